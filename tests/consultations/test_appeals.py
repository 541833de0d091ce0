"""The author of a hidden proposal appeals once; somebody else decides; an appeal upheld puts the words back at once."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult.consultations.appealing import (
    AppealedAlready,
    NothingToAppeal,
    NothingToDecide,
    WhyMissing,
    appeal,
    appeal_page,
    decide_appeal,
)
from consult.consultations.appeals import Appeal, Outcome, appeal_against, waiting_appeals
from consult.consultations.erasure import erase_texts, texts_about
from consult.consultations.moderation import AppealWaits, NotHidden, show_recommendation
from consult.consultations.moderation_figures import Count, moderation_figures
from consult.consultations.withdrawals import withdraw_recommendation
from consult.identity.actors import Actor, acting_as_self
from consult.identity.permissions import NeedsOtherEyes
from consult.record.erasure_grounds import ErasureGround
from consult.record.moderation_rules import ModerationRule
from consult.refusals import NotFound, NotPermitted
from consult.store import Database
from tests.consultations.test_moderation import INSULT, LATER, Office
from tests.factories import a_citizen
from tests.record.logs import sequence_all

WHY = "Am criticat o hotărâre, nu un om."
DECIDED = LATER + timedelta(days=3)


class Court(Office):
    """The office, where the proposal is hidden by its moderator."""

    def __init__(self, db: Session) -> None:
        super().__init__(db)
        assert self.said.person_id is not None
        self.author = acting_as_self(db, self.said.person_id)
        self.hide()

    def appeal(self, reasons: str = WHY) -> Appeal:
        return appeal(self.db, self.said.id, reasons=reasons, by=self.author, at=LATER + timedelta(days=1))

    def decide(self, outcome: Outcome, by: Actor | None = None, *, withheld: bool = False) -> Appeal:
        (waiting,) = waiting_appeals(self.db, self.authority.id)
        facts = {"outcome": outcome, "reasons": "Recitit de altcineva.", "withheld": withheld}
        return decide_appeal(self.db, waiting.id, **facts, by=by or self.approver, at=DECIDED)  # type: ignore[arg-type]


@pytest.fixture
def court(db: Session) -> Court:
    return Court(db)


def test_an_upheld_appeal_puts_the_words_back_at_once_in_one_act(court: Court) -> None:
    court.appeal()

    court.decide(Outcome.UPHELD)

    assert court.said.words == court.said.kept_words != {}
    assert [act["type"] for act in court.acts()][1:] == ["recommendation.hidden", "appeal.received", "appeal.decided"]
    assert court.acts()[-1]["facts"] == {"number": court.said.number, "outcome": "upheld", "withheld": False}


def test_a_refused_appeal_leaves_it_hidden_and_is_the_last_one(court: Court) -> None:
    court.appeal()
    court.decide(Outcome.REFUSED)

    with pytest.raises(AppealedAlready):
        court.appeal()

    assert court.said.words == {}
    with pytest.raises(ValueError, match="not enough values"):
        court.decide(Outcome.UPHELD)


def test_the_author_is_told_what_was_decided_and_why(court: Court) -> None:
    court.appeal()
    court.decide(Outcome.REFUSED)

    letter = court.letters()[-1]

    assert (letter["kind"], letter["to"]) == ("appeal-decided", "autor@posta.example")
    assert (letter["outcome"], letter["reason"]) == ("refused", "Recitit de altcineva.")


def test_whoever_hid_it_does_not_decide_the_appeal(db: Session, court: Court) -> None:
    appealed = court.appeal()

    with pytest.raises(NeedsOtherEyes):
        court.decide(Outcome.REFUSED, by=court.moderator)

    assert not appeal_page(db, appealed.id, by=court.moderator).may_decide
    assert appeal_page(db, appealed.id, by=court.contact).may_decide


def test_the_record_names_two_pseudonyms(court: Court) -> None:
    court.appeal()
    court.decide(Outcome.REFUSED)

    _, hidden, _, decided = court.acts()

    assert hidden["actor"]["pseudonym"] != decided["actor"]["pseudonym"]  # type: ignore[index]
    assert decided["actor"]["role"] == "approver"  # type: ignore[index]


def test_who_hid_it_is_known_by_the_account_even_after_another_office_did_it_again(court: Court) -> None:
    court.appeal()
    court.decide(Outcome.UPHELD)
    court.hide()

    again = court.appeal()

    assert again.hidden_by == court.moderator.person_id
    court.decide(Outcome.REFUSED, by=court.contact)


def test_only_its_author_appeals_against_a_hiding(db: Session, court: Court) -> None:
    for stranger in (a_citizen(db), court.contact):
        with pytest.raises(NotPermitted):
            appeal(db, court.said.id, reasons=WHY, by=stranger, at=LATER)


def test_there_is_no_appeal_without_a_hiding_or_without_reasons(db: Session, court: Court) -> None:
    for reasons in ("", "  ", "x" * 2_001):
        with pytest.raises(WhyMissing):
            court.appeal(reasons)

    show_recommendation(db, court.said.id, facts="Greșeală.", by=court.moderator, at=LATER)

    with pytest.raises(NotHidden):
        court.appeal()


def test_own_withdrawal_and_erasure_are_no_appeal_cases(db: Session, court: Court) -> None:
    appealed = court.appeal()
    withdraw_recommendation(db, court.said.id, by=court.author, at=DECIDED)

    assert waiting_appeals(db, court.authority.id) == []
    facts = {"outcome": Outcome.UPHELD, "reasons": "Da.", "withheld": False}
    with pytest.raises(NothingToDecide):
        decide_appeal(db, appealed.id, **facts, by=court.approver, at=DECIDED)  # type: ignore[arg-type]


def test_what_was_withdrawn_is_not_appealed(db: Session, court: Court) -> None:
    withdraw_recommendation(db, court.said.id, by=court.author, at=LATER)

    with pytest.raises(NothingToAppeal):
        court.appeal()


def test_the_house_does_not_show_it_past_a_waiting_appeal(db: Session, court: Court) -> None:
    court.appeal()

    with pytest.raises(AppealWaits):
        show_recommendation(db, court.said.id, facts="Greșeală.", by=court.moderator, at=DECIDED)


def test_the_words_of_an_appeal_are_erased_like_all_others(db: Session, court: Court) -> None:
    appealed = court.appeal()
    text = next(each for each in texts_about(db, court.said) if each.event.type == "appeal.received")

    erase_texts(
        db,
        court.said,
        [text.commitment],
        ErasureGround.OBJECTION,
        chosen_by=court.contact.person_id,
        by=court.approver,
        at=DECIDED,
    )

    assert appeal_page(db, appealed.id, by=court.contact).reasons == {}


def test_an_appeal_that_is_none_is_not_found(db: Session, court: Court) -> None:
    with pytest.raises(NotFound):
        appeal_page(db, 999, by=court.contact)  # type: ignore[arg-type]

    assert appeal_against(db, court.said) is None


def test_the_figures_tell_both_sides_by_year_and_rule(database: Database) -> None:
    court = database.act(Court)

    def live(db: Session) -> None:
        court.db, court.said = db, db.merge(court.said)
        court.appeal()
        court.decide(Outcome.UPHELD)
        court.hide()
        court.appeal("Repet cuvintele ascunse.")
        court.decide(Outcome.REFUSED, withheld=True)

    database.act(live)
    sequence_all(database)

    figures = database.read(moderation_figures, court.authority)

    assert figures.counts == [Count(LATER.year, INSULT, hidden=2, appealed=2, upheld=1, refused=1)]
    assert figures.counts[0].shown == 1
    refused, upheld = figures.appeals
    assert (upheld.found, upheld.why, upheld.decided) == ("Îl face „hoț” pe un vecin.", WHY, "Recitit de altcineva.")
    assert (refused.rule, refused.why) == (ModerationRule.INSULT, "")
