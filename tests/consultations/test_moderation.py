"""A hidden proposal cannot be read on the pages, is counted and answered all the same, and its author is told why."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.answer_publication import publish_answers
from consult.consultations.moderation import (
    FactsMissing,
    Hidden,
    NotHidden,
    NothingToHide,
    hidden_recommendations,
    hide_recommendation,
    let_stay,
    moderated,
    reasons_told,
    show_recommendation,
)
from consult.consultations.reader_reports import (
    HiddenAlready,
    ReportTooLong,
    forget_reporters,
    open_reports,
    report_recommendation,
    reported_at,
)
from consult.consultations.recommendations import Recommendation, Verdict, find_recommendation
from consult.consultations.responses import draft_answers
from consult.identity.names import NotAnEmail
from consult.identity.offices import Role
from consult.identity.permissions import NeedsOtherEyes
from consult.jobs import Job
from consult.record.bodies import Body
from consult.record.entries import RecordedEvent, history
from consult.record.moderation_rules import RULES, ModerationRule, rule_of
from consult.record.static import body_bytes
from consult.refusals import NotPermitted
from consult.store import Database
from tests.factories import NOW, a_citizen, a_recommendation, an_authority, an_official, an_open_consultation
from tests.factories.consultations import the_day_after
from tests.record.logs import sequence_all

LATER = NOW + timedelta(days=2)
INSULT = ModerationRule.INSULT


class Office:
    """A proposal, its moderator, and an approver who is none."""

    def __init__(self, db: Session) -> None:
        self.db = db
        self.authority = an_authority(db)
        self.consultation = an_open_consultation(db, self.authority)
        self.said = a_recommendation(db, self.consultation, by=a_citizen(db, email="autor@posta.example"))
        self.moderator = an_official(db, self.authority, Role.MODERATOR)
        self.contact = an_official(db, self.authority, Role.CONTACT_PERSON)
        self.approver = an_official(db, self.authority, Role.APPROVER)

    def hide(self) -> Recommendation:
        return hide_recommendation(
            self.db, self.said.id, rule=INSULT, facts="Îl face „hoț” pe un vecin.", by=self.moderator, at=LATER
        )

    def report(self, **facts: object) -> None:
        told = {"rule": INSULT, "words": "Jignește.", "email": "cititor@posta.example"} | facts
        report_recommendation(self.db, self.said.id, **told, at=NOW)  # type: ignore[arg-type]

    def letters(self) -> list[dict[str, str]]:
        posted = self.db.scalars(select(Job).where(Job.kind == "letter").order_by(Job.id))
        letters = [{**job.facts["letter"], "to": job.facts["to"]} for job in posted]
        return [letter for letter in letters if letter["kind"] != "recommendation-received"]

    def acts(self) -> list[dict[str, object]]:
        received = self.db.get_one(RecordedEvent, self.said.event_id)
        return [entry.event.stated for entry in history(self.db, received.subject)]


@pytest.fixture
def office(db: Session) -> Office:
    return Office(db)


def test_hidden_words_are_read_by_officials_and_the_author_alone(db: Session, office: Office) -> None:
    said = office.hide()

    assert said.words == {}
    assert said.kept_words["wording"].startswith("Observația mea")
    assert (said.hidden_at, said.hidden_for) == (LATER, INSULT)


def test_the_decision_is_recorded_with_its_ground_and_its_statement_of_reasons(db: Session, office: Office) -> None:
    said = office.hide()

    (_, act) = office.acts()
    reasons = reasons_told(db, said)
    assert act["type"] == "recommendation.hidden"
    assert act["facts"] == {"number": said.number, "ground": "moderation-1#insult"}
    assert act["actor"]["role"] == "moderator"  # type: ignore[index]
    assert set(reasons) == {"measure", "facts", "ground", "automation", "redress"}
    assert reasons["facts"] == "Îl face „hoț” pe un vecin."
    assert all(reasons.values())


def test_the_author_is_told_what_was_found(office: Office) -> None:
    office.hide()

    (letter,) = office.letters()
    assert (letter["kind"], letter["to"]) == ("recommendation-hidden", "autor@posta.example")
    assert letter["facts"] == "Îl face „hoț” pe un vecin."
    assert letter["rule"] == RULES[INSULT].name


def test_what_is_hidden_is_counted_and_answered_like_every_other(db: Session, office: Office) -> None:
    office.hide()
    at = the_day_after(office.consultation.proposals_until)
    facts = {"recommendation_ids": [office.said.id], "verdict": Verdict.NOT_TAKEN_UP, "reason": "Nu e cazul."}

    draft_answers(db, office.consultation.id, **facts, by=office.contact, at=at)  # type: ignore[arg-type]
    answered = publish_answers(db, office.consultation.id, by=office.contact, at=at)

    db.expire_all()
    said = find_recommendation(db, office.consultation.id, office.said.reference)
    assert answered == 1
    assert said.answer is not None
    assert said.answer.text == "Nu e cazul."
    assert said.words == {}


def test_it_can_be_shown_again_with_a_reason_and_hidden_again(db: Session, office: Office) -> None:
    office.hide()

    said = show_recommendation(db, office.said.id, facts="Era o glumă.", by=office.contact, at=LATER)

    assert said.words == said.kept_words
    assert (said.hidden_at, said.hidden_for, said.hidden_in) == (None, None, None)
    assert [letter["kind"] for letter in office.letters()] == ["recommendation-hidden", "recommendation-shown"]
    office.hide()
    assert [act["type"] for act in office.acts()] == [
        "recommendation.received",
        "recommendation.hidden",
        "recommendation.shown",
        "recommendation.hidden",
    ]


def test_a_decision_fits_the_state_and_has_facts(db: Session, office: Office) -> None:
    with pytest.raises(NotHidden):
        show_recommendation(db, office.said.id, facts="De ce?", by=office.moderator, at=LATER)
    for facts in ("", " ", "x" * 2_001):
        with pytest.raises(FactsMissing):
            hide_recommendation(db, office.said.id, rule=INSULT, facts=facts, by=office.moderator, at=LATER)
    office.hide()
    with pytest.raises(Hidden):
        office.hide()


def test_what_was_erased_is_not_hidden(db: Session, office: Office) -> None:
    office.said.body_id = None
    db.flush()

    with pytest.raises(NothingToHide):
        office.hide()


def test_only_moderators_hide_and_nobody_their_own(db: Session, office: Office) -> None:
    own = a_recommendation(db, office.consultation, by=a_citizen(db))
    own.person_id = office.moderator.person_id

    with pytest.raises(NotPermitted):
        hide_recommendation(db, office.said.id, rule=INSULT, facts="Da.", by=office.approver, at=LATER)
    with pytest.raises(NeedsOtherEyes):
        hide_recommendation(db, own.id, rule=INSULT, facts="Da.", by=office.moderator, at=LATER)


def test_readers_reports_wait_together_until_a_moderator_hides_the_text(db: Session, office: Office) -> None:
    office.report()
    office.report(email=None, words="")

    (reported,) = reported_at(db, office.authority.id)
    assert reported.recommendation.id == office.said.id
    assert len(reported.reports) == 2

    office.hide()

    assert reported_at(db, office.authority.id) == []
    told = [letter for letter in office.letters() if letter["kind"] == "report-concluded"]
    assert [(letter["to"], letter["outcome"]) for letter in told] == [("cititor@posta.example", "hidden")]
    with pytest.raises(HiddenAlready):
        office.report()


def test_a_report_may_be_concluded_by_letting_the_text_stay(db: Session, office: Office) -> None:
    office.report()
    office.report()

    assert let_stay(db, office.said.id, by=office.moderator, at=LATER) == 2

    assert open_reports(db, office.said.id) == []
    assert [letter["outcome"] for letter in office.letters()] == ["stays"]
    assert office.said.words


def test_a_report_is_short_and_its_address_is_one(office: Office) -> None:
    with pytest.raises(ReportTooLong):
        office.report(words="x" * 2_001)
    with pytest.raises(NotAnEmail):
        office.report(email="cititor")


def test_who_reported_is_forgotten_a_year_after(db: Session, office: Office) -> None:
    office.report()
    office.hide()

    forget_reporters(db, at=LATER + timedelta(days=366))

    db.expire_all()
    assert reported_at(db, office.authority.id) == []
    assert "Jignește" not in str([job.facts for job in db.scalars(select(Job))])


def test_the_counts_are_public_and_the_words_stay_in_the_folder_of_the_log(database: Database) -> None:
    office = database.act(Office)
    commitment = database.read(lambda db: db.scalars(select(Body.commitment)).first())

    def hide(db: Session) -> None:
        office.db = db
        office.hide()
        show_recommendation(db, office.said.id, facts="Greșeală.", by=office.contact, at=LATER)
        office.hide()

    database.act(hide)
    sequence_all(database)

    counts = database.read(moderated, office.authority)
    hidden = database.read(hidden_recommendations, office.authority.id)
    assert (counts.hidden, counts.shown) == (2, 1)
    assert [each.id for each in hidden] == [office.said.id]
    assert commitment is not None
    assert b"Observa" in (database.read(body_bytes, commitment) or b"")


def test_every_rule_is_published_and_known_by_its_ground() -> None:
    assert set(RULES) == set(ModerationRule)
    assert [rule_of(rule.ground) for rule in ModerationRule] == list(ModerationRule)
    assert rule_of("moderation-9#insult") is rule_of("moderation-1#moon") is None
