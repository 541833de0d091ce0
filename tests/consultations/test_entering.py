"""What comes on paper, by e-mail or by word of mouth: entered with its own time, numbered with all others, claimed."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.attachments import (
    FileForgotten,
    forget_unsent,
    hold_file,
)
from consult.consultations.claims import NoSuchSlip, claim_recommendation
from consult.consultations.consultations import Consultation
from consult.consultations.contestations import contestations_of
from consult.consultations.entering import (
    EnteredAlready,
    WentOn,
    enter_recommendation,
)
from consult.consultations.erasure import erase_texts, texts_about
from consult.consultations.figure_places import FigurePlace
from consult.consultations.figure_proposals import AddressMissing, FigureProposal, NotContestable
from consult.consultations.further_packs import contesting
from consult.consultations.hand_entries import claim_code, hand_entry_of
from consult.consultations.letters import BeforeAnnouncement, ContactMissing, Letter, NotYetReceived
from consult.consultations.recommendations import Kind, Recommendation, Source, find_recommendation
from consult.consultations.withdrawals import withdraw_recommendation
from consult.consultations.words import Words
from consult.files.held import DELETE, WAITS
from consult.files.sealing import SealedFile
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.identity.vault import Vault
from consult.jobs import Job
from consult.record.bodies import Body, texts
from consult.record.entries import entry_of
from consult.record.erasure_grounds import ErasureGround
from consult.refusals import NotPermitted
from tests.consultations.test_figure_proposals import a_budget
from tests.factories import NOW, a_citizen, an_official
from tests.factories.consultations import (
    a_recommendation,
    an_open_consultation,
    answer_everything,
    the_day_after,
)

HOUR = timedelta(hours=1)
LETTER = Letter(
    source=Source.PAPER,
    received_at=NOW + HOUR,
    provision_key="art-3",
    said=Words(Kind.OBSERVATION, "Ghișeul să fie deschis și sâmbăta.", ""),
    name="Maria Dobre",
    organisation="",
    named=False,
    contact="Str. Morii 4, Izvoru",
    email="",
)


@pytest.fixture
def vault() -> Vault:
    return Vault(bytes(32))


def a_clerk_of(db: Session, consultation: Consultation) -> Actor:
    return an_official(db, db.get_one(Authority, consultation.authority_id), Role.CLERK)


def entered(
    db: Session, consultation: Consultation, letter: Letter = LETTER, *, at: datetime | None = None
) -> Recommendation:
    clerk = a_clerk_of(db, consultation)
    return enter_recommendation(db, consultation.id, letter=letter, by=clerk, at=at or letter.received_at + HOUR)


def body_of(db: Session, recommendation: Recommendation) -> dict[str, str]:
    return texts(db.get_one(Body, recommendation.body_id))


def test_a_letter_gets_the_next_number_of_the_one_register(db: Session) -> None:
    consultation = an_open_consultation(db)
    online = a_recommendation(db, consultation)

    letter = entered(db, consultation)

    assert letter.number == online.number + 1
    assert (letter.source, letter.received_at, letter.late) == (Source.PAPER, LETTER.received_at, False)
    assert letter.provision_label == "Art. 3"
    assert body_of(db, letter)["wording"] == LETTER.said.wording


def test_the_record_tells_how_and_when_a_letter_came_and_in_which_role_it_was_entered(db: Session) -> None:
    scan = SealedFile("scrisoare.pdf", "application/pdf", size=8, commitment="ab" * 32)
    letter = entered(db, an_open_consultation(db), replace(LETTER, scan=hold_file(db, scan, at=NOW)))

    entry = entry_of(db, letter.event_id)

    assert entry is not None
    stated = entry.event.stated
    assert stated["actor"]["role"] == "clerk"
    assert stated["facts"]["source"] == "paper"
    assert stated["facts"]["received_at"] == LETTER.received_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert stated["facts"]["scan"] == {"alg": "sha256-salt32", "c": "ab" * 32, "size": 8}
    assert "Maria" not in str(stated)


def test_the_scan_of_a_letter_is_deleted_with_its_words(db: Session) -> None:
    scan = SealedFile("scrisoare.pdf", "application/pdf", size=8, commitment="ab" * 32)
    consultation = an_open_consultation(db)
    letter = entered(db, consultation, replace(LETTER, scan=hold_file(db, scan, at=NOW)))
    official = an_official(db, db.get_one(Authority, consultation.authority_id), Role.CONTACT_PERSON)
    [words] = texts_about(db, letter)

    facts = {"chosen_by": a_citizen(db).person_id, "by": official, "at": NOW + 3 * HOUR}
    erase_texts(db, letter, [words.commitment], next(iter(ErasureGround)), **facts)

    jobs = db.scalars(select(Job).where(Job.kind == DELETE)).all()
    assert [job.facts for job in jobs] == [{"files": [scan.commitment]}]
    db.expire_all()
    kept = hand_entry_of(db, letter.id)
    assert kept is not None
    assert (kept.scan_commitment, kept.scan_name, kept.contact) == (None, "", LETTER.contact)


def test_the_scan_of_a_letter_that_was_not_entered_in_time_is_chosen_again(db: Session) -> None:
    scan = SealedFile("scrisoare.pdf", "application/pdf", size=8, commitment="ab" * 32)
    held = hold_file(db, scan, at=NOW)
    forget_unsent(db, at=NOW + WAITS + HOUR)

    with pytest.raises(FileForgotten):
        entered(db, an_open_consultation(db), replace(LETTER, scan=held))


@pytest.mark.parametrize(
    ("organisation", "named", "author"),
    [("", False, "Participant"), ("", True, "Maria Dobre"), ("Asociația Drumeților", False, "Asociația Drumeților")],
)
def test_who_wrote_appears_only_as_they_agreed(db: Session, organisation: str, *, named: bool, author: str) -> None:
    consultation = an_open_consultation(db)

    letter = entered(db, consultation, replace(LETTER, organisation=organisation, named=named))

    assert find_recommendation(db, consultation.id, letter.reference).author == author


def test_what_came_in_time_is_in_time_however_late_it_is_entered(db: Session) -> None:
    consultation = an_open_consultation(db)

    letter = entered(db, consultation, at=the_day_after(consultation.proposals_until))

    assert not letter.late


def test_what_came_after_the_last_instant_is_kept_and_marked_late(db: Session) -> None:
    consultation = an_open_consultation(db)
    assert consultation.closes_at is not None

    last = entered(db, consultation, replace(LETTER, received_at=consultation.closes_at - timedelta(seconds=1)))
    late = entered(db, consultation, replace(LETTER, received_at=consultation.closes_at, provision_key=None))

    assert (last.late, late.late) == (False, True)
    entry = entry_of(db, late.event_id)
    assert entry is not None
    assert entry.event.stated["facts"]["late"] is True


def test_a_letter_from_the_future_is_refused(db: Session) -> None:
    with pytest.raises(NotYetReceived):
        entered(db, an_open_consultation(db), at=LETTER.received_at - HOUR)


def test_a_letter_from_before_the_draft_is_refused(db: Session) -> None:
    with pytest.raises(BeforeAnnouncement):
        entered(db, an_open_consultation(db), replace(LETTER, received_at=NOW - HOUR), at=NOW + HOUR)


def test_a_letter_that_nobody_can_answer_is_refused(db: Session) -> None:
    with pytest.raises(ContactMissing):
        entered(db, an_open_consultation(db), replace(LETTER, contact=" "))


def test_a_letter_found_after_the_answers_is_still_entered_and_awaits_its_own(db: Session) -> None:
    consultation = an_open_consultation(db)
    a_recommendation(db, consultation)
    at = answer_everything(db, consultation)

    letter = entered(db, consultation, at=at + HOUR)

    assert (letter.late, letter.answered_at) == (False, None)


def test_a_draft_that_went_on_hears_no_more_letters(db: Session) -> None:
    consultation = an_open_consultation(db)
    consultation.stage = type(consultation.stage).SUBMITTED

    with pytest.raises(WentOn):
        entered(db, consultation)


def test_a_copy_of_what_was_sent_here_is_pointed_out_and_entered_only_if_it_is_another(db: Session) -> None:
    consultation = an_open_consultation(db)
    online = a_recommendation(db, consultation)
    copy = replace(LETTER, said=replace(LETTER.said, wording=f"  {body_of(db, online)['wording']} "))

    with pytest.raises(EnteredAlready) as refused:
        entered(db, consultation, copy)
    another = entered(db, consultation, replace(copy, is_another=True))

    assert online.register_number in refused.value.explain()
    assert another.number == online.number + 1


def test_only_those_who_keep_the_register_enter_into_it(db: Session) -> None:
    consultation = an_open_consultation(db)
    authority = db.get_one(Authority, consultation.authority_id)

    for by in (a_citizen(db), an_official(db, authority, Role.MODERATOR)):
        with pytest.raises(NotPermitted):
            enter_recommendation(db, consultation.id, letter=LETTER, by=by, at=NOW + 2 * HOUR)


def test_who_gave_an_address_is_written_to_and_gets_the_answer_there(db: Session) -> None:
    consultation = an_open_consultation(db)
    entered(db, consultation, replace(LETTER, email="Maria@posta.example"))
    answer_everything(db, consultation)

    jobs = [job.facts for job in db.scalars(select(Job).where(Job.kind == "letter").order_by(Job.id))]
    assert [job["letter"]["kind"] for job in jobs if job["to"] == "maria@posta.example"] == [
        "recommendation-received",
        "answer-published",
    ]


def test_who_gave_no_address_is_answered_all_the_same(db: Session) -> None:
    consultation = an_open_consultation(db)
    letter = entered(db, consultation)

    answer_everything(db, consultation)

    assert find_recommendation(db, consultation.id, letter.reference).answered_at is not None


def test_the_slip_makes_it_ones_own_and_then_one_may_take_it_back(db: Session, vault: Vault) -> None:
    consultation = an_open_consultation(db)
    letter, author = entered(db, consultation), a_citizen(db)

    code = claim_code(vault, letter).lower().replace("-", " ")
    claim_recommendation(
        db, letter.authority_id, number=letter.register_number, code=code, vault=vault, by=author, at=NOW + 3 * HOUR
    )
    withdraw_recommendation(db, letter.id, by=author, at=NOW + 4 * HOUR)

    assert letter.person_id == author.person_id
    entry = hand_entry_of(db, letter.id)
    assert entry is not None
    assert entry.claimed_at == NOW + 3 * HOUR
    assert letter.withdrawn_at is not None


def test_a_slip_opens_one_account_and_no_other(db: Session, vault: Vault) -> None:
    letter = entered(db, an_open_consultation(db))
    slip = {"number": letter.register_number, "code": claim_code(vault, letter), "vault": vault, "at": NOW + 3 * HOUR}
    claim_recommendation(db, letter.authority_id, by=a_citizen(db), **slip)

    with pytest.raises(NoSuchSlip):
        claim_recommendation(db, letter.authority_id, by=a_citizen(db), **slip)


@pytest.mark.parametrize("number", ["1/2026", "99/2026", "x", "1-2026-3"])
def test_a_wrong_code_or_number_opens_nothing(db: Session, vault: Vault, number: str) -> None:
    letter = entered(db, an_open_consultation(db))

    with pytest.raises(NoSuchSlip):
        claim_recommendation(
            db,
            letter.authority_id,
            number=number,
            code="0000-0000-0000",
            vault=vault,
            by=a_citizen(db),
            at=NOW + 3 * HOUR,
        )


def test_what_was_sent_here_cannot_be_claimed(db: Session, vault: Vault) -> None:
    online = a_recommendation(db, an_open_consultation(db))

    with pytest.raises(NoSuchSlip):
        claim_recommendation(
            db,
            online.authority_id,
            number=online.register_number,
            code=claim_code(vault, online),
            vault=vault,
            by=a_citizen(db),
            at=NOW + 3 * HOUR,
        )


def test_a_slip_can_be_printed_again_and_is_another_for_each_letter(db: Session, vault: Vault) -> None:
    consultation = an_open_consultation(db)
    first, second = entered(db, consultation), entered(db, consultation, replace(LETTER, provision_key=None))

    codes = [claim_code(vault, letter) for letter in (first, first, second)]

    assert codes[0] == codes[1] != codes[2]
    assert claim_code(Vault(bytes(31) + b"1"), first) != codes[0]


def test_a_move_of_money_on_paper_is_in_the_one_register_with_its_lines(db: Session) -> None:
    budget = a_budget(db)
    said = FigureProposal("51-02-01", "65-02-03", 1_000_000, "Copiii au nevoie de mai mult.")

    letter = entered(db, budget, replace(LETTER, provision_key=None, figures=said))

    place = db.get_one(FigurePlace, letter.id)
    assert (letter.number, letter.kind, letter.source) == (1, Kind.MOVE, Source.PAPER)
    assert (place.line_key, place.to_key, place.amount) == ("51-02-01", "65-02-03", 1_000_000)
    facts = entry_of(db, letter.event_id).event.stated["facts"]
    assert (facts["line"], facts["to_line"], facts["amount"]) == ("51-02-01", "65-02-03", 1_000_000)


@pytest.mark.parametrize(("is_resident", "residence"), [(False, "declared"), (True, "proven")])
def test_a_contestation_on_paper_says_whether_residence_was_proven(
    db: Session, *, is_resident: bool, residence: str
) -> None:
    budget = a_budget(db)
    said = FigureProposal(None, None, None, "Cheltuielile nu se susțin.", contests=True, address="Str. Morii 4")

    letter = entered(db, budget, replace(LETTER, figures=said, is_resident=is_resident))

    [contestation] = contestations_of(db, budget.id)
    assert (contestation.recommendation_id, contestation.residence) == (letter.id, residence)
    assert contestation.declared_address == ("" if is_resident else "Str. Morii 4")
    assert entry_of(db, letter.event_id).event.stated["facts"]["residence"] == residence


def test_a_contestation_on_paper_is_late_by_its_own_term(db: Session) -> None:
    budget = a_budget(db)
    said = FigureProposal(None, None, None, "Nu ajunge.", contests=True, address="Str. Morii 4")
    closes_at = contesting(db, budget).closes_at

    last = entered(db, budget, replace(LETTER, figures=said, received_at=closes_at - HOUR), at=closes_at + HOUR)
    late = entered(
        db, budget, replace(LETTER, figures=said, received_at=closes_at, is_another=True), at=closes_at + HOUR
    )

    assert (last.late, late.late) == (False, True)


def test_a_letter_contests_only_a_draft_budget_under_its_law(db: Session) -> None:
    said = FigureProposal(None, None, None, "Nu ajunge.", contests=True, address="Str. Morii 4")

    with pytest.raises(NotContestable):
        entered(db, a_budget(db, laws=False), replace(LETTER, figures=said))
    with pytest.raises(AddressMissing):
        entered(db, a_budget(db), replace(LETTER, figures=replace(said, address="")))
