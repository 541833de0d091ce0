"""A text is erased when two officials have looked; until then nothing is, and whoever asked is told the outcome."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.erasure import texts_about
from consult.consultations.erasure_decisions import choose_texts, confirm_erasure, refuse_erasure, send_back
from consult.consultations.erasure_requests import (
    ErasureRequest,
    NothingToErase,
    ask_for_erasure,
    enter_request,
    find_request,
    forget_who_asked,
    requests_at,
)
from consult.consultations.recommendations import Recommendation
from consult.identity.actors import Actor
from consult.identity.erasure_requests import (
    AlreadyConcluded,
    NotChosenYet,
    NoteMissing,
    NothingChosen,
    NothingWritten,
    Outcome,
    Source,
)
from consult.identity.names import NotAnEmail
from consult.identity.offices import Role
from consult.identity.permissions import NeedsOtherEyes
from consult.jobs import Job
from consult.record.erasure_grounds import ErasureGround
from consult.refusals import NotFound, NotPermitted
from tests.factories import NOW, a_citizen, a_recommendation, an_authority, an_official, an_open_consultation

LATER = NOW + timedelta(days=2)
GROUND = ErasureGround.UNLAWFULLY_PROCESSED


class Office:
    """A proposal about which somebody asks, and the officials who decide."""

    def __init__(self, db: Session) -> None:
        self.db = db
        self.authority = an_authority(db)
        consultation = an_open_consultation(db, self.authority)
        self.author = a_citizen(db, email="autor@posta.example")
        self.said = a_recommendation(db, consultation, by=self.author)
        self.contact = an_official(db, self.authority, Role.CONTACT_PERSON)
        self.approver = an_official(db, self.authority, Role.APPROVER)
        self.clerk = an_official(db, self.authority, Role.CLERK)
        self.stranger = an_official(db, an_authority(db), *Role)
        self.commitments = [text.commitment for text in texts_about(db, self.said)]

    def asked(self, **facts: object) -> ErasureRequest:
        told = {"words": "Scrie unde locuiesc.", "name": "Ion Vecinu", "email": "ion@posta.example"} | facts
        return ask_for_erasure(
            self.db,
            self.said.id,
            source=Source.READER,
            ground=GROUND,
            **told,
            by=None,
            at=NOW,  # type: ignore[arg-type]
        )

    def chosen(self, by: Actor | None = None) -> ErasureRequest:
        return choose_texts(
            self.db,
            self.asked().id,
            commitments=self.commitments,
            ground=GROUND,
            note="Adresa e a altcuiva.",
            by=by or self.contact,
        )

    def letters(self) -> list[tuple[str, str]]:
        posted = self.db.scalars(select(Job).where(Job.kind == "letter").order_by(Job.id))
        letters = [(job.facts["letter"]["kind"], job.facts["to"]) for job in posted]
        return [(kind, to) for kind, to in letters if kind != "recommendation-received"]

    def is_kept(self) -> bool:
        self.db.flush()
        self.db.expire_all()
        return self.db.get_one(Recommendation, self.said.id).body_id is not None


@pytest.fixture
def office(db: Session) -> Office:
    return Office(db)


def test_nothing_is_erased_until_a_second_official_confirms(db: Session, office: Office) -> None:
    request = office.chosen()

    assert office.is_kept()
    assert request.awaits_confirmation

    confirm_erasure(db, request.id, by=office.approver, at=LATER)

    assert not office.is_kept()
    assert (request.outcome, request.concluded_at) == (Outcome.ERASED, LATER)
    assert request.words == ""
    assert office.letters() == [("text-erased", "autor@posta.example"), ("text-erased", "ion@posta.example")]


def test_whoever_chose_does_not_confirm(db: Session, office: Office) -> None:
    both = an_official(db, office.authority, Role.CONTACT_PERSON, Role.APPROVER)
    request = office.chosen(by=both)

    with pytest.raises(NeedsOtherEyes):
        confirm_erasure(db, request.id, by=both, at=LATER)

    assert office.is_kept()


def test_whoever_entered_a_letter_does_not_confirm_it(db: Session, office: Office) -> None:
    entered = enter_request(
        db, office.said.id, ground=GROUND, words="Vă rog.", name="Ion", email=None, by=office.contact, at=NOW
    )
    moderator = an_official(db, office.authority, Role.MODERATOR)
    choose_texts(db, entered.id, commitments=office.commitments, ground=GROUND, note="Da.", by=moderator)

    with pytest.raises(NeedsOtherEyes):
        confirm_erasure(db, entered.id, by=office.contact, at=LATER)
    confirm_erasure(db, entered.id, by=office.approver, at=LATER)

    assert entered.source is Source.PAPER
    assert office.letters() == [("text-erased", "autor@posta.example")]


def test_an_official_who_wrote_the_text_and_asks_does_not_confirm(db: Session, office: Office) -> None:
    own = ask_for_erasure(
        db,
        office.said.id,
        source=Source.AUTHOR,
        ground=GROUND,
        words="E al meu.",
        name="Eu",
        email="eu@posta.example",
        by=office.approver.person_id,
        at=NOW,
    )
    choose_texts(db, own.id, commitments=office.commitments, ground=GROUND, note="Da.", by=office.contact)

    with pytest.raises(NeedsOtherEyes):
        confirm_erasure(db, own.id, by=office.approver, at=LATER)


def test_nothing_can_be_confirmed_that_nobody_chose(db: Session, office: Office) -> None:
    with pytest.raises(NotChosenYet):
        confirm_erasure(db, office.asked().id, by=office.approver, at=LATER)
    with pytest.raises(NotChosenYet):
        send_back(db, office.asked().id, note="De ce?", by=office.approver)


def test_a_choice_that_was_sent_back_is_made_anew(db: Session, office: Office) -> None:
    request = office.chosen()

    send_back(db, request.id, note="Temeiul nu se potrivește.", by=office.approver)

    assert (request.awaits_confirmation, request.returned_note) == (False, "Temeiul nu se potrivește.")
    choose_texts(
        db, request.id, commitments=office.commitments, ground=ErasureGround.OBJECTION, note="Altul.", by=office.contact
    )
    assert (request.awaits_confirmation, request.returned_note) == (True, "")


def test_a_refusal_has_a_reason_and_is_told(db: Session, office: Office) -> None:
    request = office.asked()

    with pytest.raises(NoteMissing):
        refuse_erasure(db, request.id, note=" ", by=office.contact, at=LATER)
    refuse_erasure(db, request.id, note="Legea cere registrul.", by=office.contact, at=LATER)

    assert request.outcome is Outcome.REFUSED
    assert office.is_kept()
    assert office.letters() == [("erasure-refused", "ion@posta.example")]


def test_a_request_is_decided_once(db: Session, office: Office) -> None:
    request = office.asked()
    refuse_erasure(db, request.id, note="Nu.", by=office.contact, at=LATER)

    with pytest.raises(AlreadyConcluded):
        refuse_erasure(db, request.id, note="Nu.", by=office.contact, at=LATER)
    with pytest.raises(AlreadyConcluded):
        choose_texts(db, request.id, commitments=office.commitments, ground=GROUND, note="Da.", by=office.contact)
    with pytest.raises(AlreadyConcluded):
        confirm_erasure(db, request.id, by=office.approver, at=LATER)


def test_a_choice_names_texts_of_this_proposal_and_why(db: Session, office: Office) -> None:
    request = office.asked()

    for commitments, refusal in (([], NothingChosen), (["0" * 64], NotFound)):
        with pytest.raises(refusal):
            choose_texts(db, request.id, commitments=commitments, ground=GROUND, note="Da.", by=office.contact)
    with pytest.raises(NoteMissing):
        choose_texts(db, request.id, commitments=office.commitments, ground=GROUND, note="", by=office.contact)


def test_who_may_not_decide_is_told_so_and_who_may_not_know_finds_nothing(db: Session, office: Office) -> None:
    request = office.asked()

    with pytest.raises(NotPermitted):
        refuse_erasure(db, request.id, note="Nu.", by=office.approver, at=LATER)
    with pytest.raises(NotPermitted):
        find_request(db, request.id, by=office.clerk)
    for outsider in (office.stranger, office.author):
        with pytest.raises(NotFound):
            find_request(db, request.id, by=outsider)


def test_a_request_says_something_and_about_something_that_is_there(db: Session, office: Office) -> None:
    with pytest.raises(NothingWritten):
        office.asked(words="  ")
    with pytest.raises(NotAnEmail):
        office.asked(email="nu e adresă")
    confirm_erasure(db, office.chosen().id, by=office.approver, at=LATER)
    with pytest.raises(NothingToErase):
        office.asked()


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (datetime(2026, 10, 5, 9, tzinfo=UTC), date(2026, 11, 5)),
        (datetime(2027, 1, 31, 9, tzinfo=UTC), date(2027, 2, 28)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2027, 2, 1)),
        (datetime(2026, 11, 30, 9, tzinfo=UTC), date(2026, 12, 30)),
        (datetime(2026, 12, 15, 9, tzinfo=UTC), date(2027, 1, 15)),
    ],
)
def test_the_answer_is_due_within_a_month(asked: datetime, due: date) -> None:
    assert ErasureRequest(asked_at=asked).due_on == due


def test_open_requests_are_listed_and_old_ones_forget_who_asked(db: Session, office: Office) -> None:
    first, second = office.asked(), office.asked()
    refuse_erasure(db, first.id, note="Nu.", by=office.contact, at=LATER)

    assert requests_at(db, office.authority.id) == [second]

    forget_who_asked(db, at=LATER + timedelta(days=366))
    db.expire_all()
    assert (first.name, first.email, first.words, first.outcome) == ("", None, "", Outcome.REFUSED)
    assert second.email == "ion@posta.example"
