"""A person leaves: what served the account alone is erased, what the law keeps stays without it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from consult import mail
from consult.consultations.closed_accounts import (
    RegisteredAuthor,
    close_own_account,
    closing_of,
    is_closed,
    mailbox_of,
)
from consult.consultations.contestations import Contestation
from consult.consultations.erasure import erase_texts, texts_about
from consult.consultations.recommendations import Recommendation, find_recommendation
from consult.consultations.supports import Support, count_supports, support_recommendation
from consult.identity.actors import Actor, acting_as_member, acting_as_self
from consult.identity.appointments import appoint, dismiss
from consult.identity.authorities import Authority
from consult.identity.closing import HoldsAnOffice
from consult.identity.memberships import invite_member
from consult.identity.offices import Role
from consult.identity.one_use_links import OneUseLink
from consult.identity.organisations import Membership, Standing, members_of
from consult.identity.people import Person, person_by_email, person_of
from consult.identity.recovery import ask_for_password
from consult.identity.sessions import session_of
from consult.identity.sign_in import WrongPassword, credentials, prove
from consult.identity.sign_up import sign_up
from consult.identity.two_factor import WrongCode
from consult.identity.verification import register_organisation, verify_organisation
from consult.meetings.speakers import SpeakerState, register_speaker
from consult.notifications.subscriptions import DigestSubscription
from consult.record.entries import RecordedEvent
from consult.record.erasure_grounds import ErasureGround
from consult.refusals import NotFound
from consult.tables import metadata
from tests.consultations.test_figure_proposals import CONTESTATION, a_budget, submit
from tests.factories import NOW, a_citizen, a_debate, a_recommendation, an_authority, an_official, an_open_consultation
from tests.factories.people import a_member_of, an_organisation
from tests.identity.accounts import PASSWORD, VAULT, a_telephone, an_account, password_hash, signed_in
from tests.identity.letters import kinds
from tests.identity.test_verification import FACTS

ANA = "ana@example.ro"
AT = NOW + timedelta(days=1)


@pytest.fixture
def ana(db: Session) -> Person:
    return an_account(db, email=ANA, name="Ana Popescu")


@pytest.fixture
def authority(db: Session) -> Authority:
    return an_authority(db)


def leave(db: Session, *, withdraws_name: bool = False, code: str = "") -> None:
    asked = credentials(db, ANA)
    assert asked.person_id is not None
    proof = prove(asked, PASSWORD)
    close_own_account(db, asked.person_id, proof, code=code, withdraws_name=withdraws_name, vault=VAULT, at=AT)


def say(db: Session, authority: Authority, by: Actor, *, named: bool = False) -> Recommendation:
    consultation = an_open_consultation(db, authority)
    said = a_recommendation(db, consultation, by=by)
    said.named = named
    db.flush()
    return said


def as_readers_see(db: Session, said: Recommendation) -> Recommendation:
    db.flush()
    db.expire_all()
    return find_recommendation(db, said.consultation_id, said.reference)


def everything_in(db: Session) -> str:
    """Return every value of every table, but the letters on their way."""
    tables = [table for table in metadata.sorted_tables if table.name != "job"]
    return " ".join(str(row) for table in tables for row in db.execute(select(table)))


def test_of_whoever_has_sent_nothing_nothing_is_kept(db: Session, ana: Person) -> None:
    db.add(DigestSubscription(email=ANA, locale="ro", leave_token="x", confirmed_at=NOW))
    ask_for_password(db, ANA, locale="ro", at=AT)
    token = signed_in(db, ANA, at=AT).token

    leave(db)
    db.flush()

    assert ANA not in everything_in(db)
    assert "Popescu" not in everything_in(db)
    assert session_of(db, token, at=AT) is None
    assert db.scalar(select(func.count()).select_from(OneUseLink)) == 0
    assert db.scalar(select(func.count()).select_from(DigestSubscription)) == 0
    assert kinds(db)[-1] == (ANA, "account-closed")


def test_nobody_signs_in_or_acts_with_a_closed_account(db: Session, ana: Person) -> None:
    leave(db)

    with pytest.raises(WrongPassword):
        signed_in(db, ANA, at=AT)
    with pytest.raises(NotFound):
        acting_as_self(db, ana.id)
    assert is_closed(db, ana.id)


def test_the_mailbox_is_free_for_a_new_account_and_learns_no_more_of_the_old_one(db: Session, ana: Person) -> None:
    leave(db)

    assert person_by_email(db, ANA) is None
    sign_up(db, email=ANA, name="Ana", password_hash=password_hash(), locale="ro", at=AT)
    assert kinds(db)[-1] == (ANA, "confirm-address")


def test_what_was_sent_stays_under_its_label_and_the_register_alone_keeps_who_sent_it(
    db: Session, ana: Person, authority: Authority
) -> None:
    signed = say(db, authority, acting_as_self(db, ana.id), named=True)
    entries = db.scalar(select(func.count()).select_from(RecordedEvent))

    assert closing_of(db, ana.id).signed == 1
    leave(db)
    kept = db.scalars(select(RegisteredAuthor)).one()

    shown = as_readers_see(db, signed)
    assert shown.author == "Ana Popescu"
    assert shown.words
    assert (kept.name, kept.email) == ("Ana Popescu", ANA)
    assert person_of(db, ana.id).email != ANA
    assert db.scalar(select(func.count()).select_from(RecordedEvent)) == entries
    assert db.execute(text("SELECT count(*) FROM pseudonym WHERE person_id = :id"), {"id": ana.id}).scalar() == 0


def test_where_somebody_said_they_live_to_contest_a_budget_is_forgotten(
    db: Session, ana: Person, authority: Authority
) -> None:
    budget = a_budget(db, authority)
    own = submit(db, budget, CONTESTATION, by=acting_as_self(db, ana.id))
    other = submit(db, budget, CONTESTATION)

    leave(db)
    db.expire_all()

    assert db.get_one(Contestation, own.id).declared_address == ""
    assert db.get_one(Contestation, other.id).declared_address == CONTESTATION.address


def test_a_name_can_be_withdrawn_from_what_was_signed(db: Session, ana: Person, authority: Authority) -> None:
    signed = say(db, authority, acting_as_self(db, ana.id), named=True)

    leave(db, withdraws_name=True)

    assert as_readers_see(db, signed).author == "Participant"
    assert person_of(db, ana.id).name == ""
    assert db.scalars(select(RegisteredAuthor.name)).one() == "Ana Popescu"


def test_a_text_that_was_erased_keeps_nobody_in_the_register(db: Session, ana: Person, authority: Authority) -> None:
    said = say(db, authority, acting_as_self(db, ana.id))
    moderator = an_official(db, authority, Role.MODERATOR)
    [kept] = texts_about(db, said)
    chosen_by = an_official(db, authority, Role.CONTACT_PERSON).person_id
    erase_texts(
        db, said, [kept.commitment], ErasureGround.UNLAWFULLY_PROCESSED, chosen_by=chosen_by, by=moderator, at=AT
    )

    leave(db)

    assert db.scalars(select(RegisteredAuthor)).all() == []


def test_the_password_and_the_code_are_asked_for(db: Session, ana: Person) -> None:
    app, _ = a_telephone(db, ana.id, at=AT)
    another = an_account(db, email="maria@example.ro")
    proof = prove(credentials(db, another.email), PASSWORD)

    with pytest.raises(WrongPassword):
        close_own_account(db, ana.id, proof, code=app.at(AT), withdraws_name=False, vault=VAULT, at=AT)
    with pytest.raises(WrongCode):
        leave(db)
    assert not is_closed(db, ana.id)
    leave(db, code=app.at(AT))

    assert is_closed(db, ana.id)


def test_an_official_does_not_leave_before_the_office_is_taken_back(
    db: Session, ana: Person, authority: Authority
) -> None:
    administrator = an_official(db, authority, Role.ADMINISTRATOR)
    appoint(db, authority.id, ana.id, Role.CLERK, by=administrator, at=NOW)

    with pytest.raises(HoldsAnOffice):
        leave(db)
    dismiss(db, authority.id, ana.id, Role.CLERK, by=administrator, at=AT)
    leave(db)

    assert person_of(db, ana.id).name == "Ana Popescu"
    assert person_of(db, ana.id).email != ANA


def test_a_member_who_leaves_acts_for_no_organisation_and_invites_nobody(
    db: Session, ana: Person, authority: Authority
) -> None:
    organisation = register_organisation(db, authority.id, FACTS, by=acting_as_self(db, ana.id), at=NOW)
    invite_member(db, "dan@example.ro", by=acting_as_member(db, ana.id, organisation.id), at=AT)
    other = a_member_of(db, organisation)

    leave(db)

    assert [member.id for member in members_of(db, organisation.id)] == [other.person_id]
    assert organisation.standing is Standing.PENDING
    assert db.scalar(select(func.count()).select_from(OneUseLink)) == 0


def test_an_organisation_for_which_nobody_acts_any_more_may_come_back(
    db: Session, ana: Person, authority: Authority
) -> None:
    official = an_official(db, authority, Role.CONTACT_PERSON)
    left = register_organisation(db, authority.id, FACTS, by=acting_as_self(db, ana.id), at=NOW)
    verify_organisation(db, left.id, note="Am văzut actele.", by=official, at=NOW)
    said = say(db, authority, acting_as_member(db, ana.id, left.id))

    assert closing_of(db, ana.id).ties.alone_for == [left]
    leave(db)
    again = register_organisation(db, authority.id, FACTS, by=a_citizen(db), at=AT)
    verify_organisation(db, again.id, note="Am văzut actele.", by=official, at=AT)

    assert left.standing is Standing.LEFT
    assert again.is_verified
    assert as_readers_see(db, said).author == FACTS.name
    assert db.scalars(select(RegisteredAuthor)).all() == []


def test_the_organisation_is_written_to_once_its_member_has_left_and_nobody_for_a_person(
    db: Session, ana: Person, authority: Authority
) -> None:
    organisation = an_organisation(db, authority, email="contact@pietonii.example")
    db.add(Membership(organisation_id=organisation.id, person_id=ana.id, since=NOW, invited_by=ana.id))
    db.flush()
    for_it = say(db, authority, acting_as_member(db, ana.id, organisation.id))
    own = say(db, authority, acting_as_self(db, ana.id))
    assert [mailbox_of(db, said)[0] for said in (for_it, own)] == [ANA, ANA]

    leave(db)
    written = len(kinds(db))
    for said in (for_it, own):
        to, locale = mailbox_of(db, said)
        facts = {"link": "/", "closed_at": AT}
        mail.post(db, "account-closed", to=to, locale=locale, facts=facts, at=AT)

    assert kinds(db)[written:] == [("contact@pietonii.example", "account-closed")]


def test_support_is_taken_back_while_proposals_are_received(db: Session, ana: Person, authority: Authority) -> None:
    consultation = an_open_consultation(db, authority)
    told, untold = (a_recommendation(db, consultation) for _ in range(2))
    support_recommendation(db, told.id, by=acting_as_self(db, ana.id), at=NOW)
    count_supports(db, consultation.id, at=NOW)
    support_recommendation(db, untold.id, by=acting_as_self(db, ana.id), at=NOW)

    leave(db)
    count_supports(db, consultation.id, at=AT)

    assert (told.supporters, untold.supporters) == (0, 0)
    assert db.scalars(select(Support)).all() == []


def test_after_the_last_day_the_number_of_supporters_stands_and_nobody_knows_who_they_were(
    db: Session, ana: Person, authority: Authority
) -> None:
    consultation = an_open_consultation(db, authority)
    it = a_recommendation(db, consultation)
    support_recommendation(db, it.id, by=acting_as_self(db, ana.id), at=NOW)
    count_supports(db, consultation.id, at=NOW)
    consultation.closes_at = AT

    leave(db)
    count_supports(db, consultation.id, at=AT)

    assert it.supporters == 1
    assert [each.person_id for each in db.scalars(select(Support))] == [None]


def test_turns_to_speak_that_are_to_come_are_given_back_and_the_name_goes(
    db: Session, ana: Person, authority: Authority
) -> None:
    debate = a_debate(
        db,
        an_open_consultation(db, authority),
        an_official(db, authority, Role.CONTACT_PERSON),
        starts_at=AT + timedelta(days=3),
    )
    speaker = register_speaker(db, debate.id, named=True, by=acting_as_self(db, ana.id), at=NOW)

    leave(db)

    assert (speaker.state, speaker.name, speaker.is_named) == (SpeakerState.WITHDRAWN, "", False)


@pytest.mark.parametrize(("withdraws", "name"), [(False, "Ana Popescu"), (True, "")])
def test_whoever_spoke_by_name_keeps_it_there_unless_they_take_it_back(
    db: Session, ana: Person, authority: Authority, *, withdraws: bool, name: str
) -> None:
    debate = a_debate(
        db,
        an_open_consultation(db, authority),
        an_official(db, authority, Role.CONTACT_PERSON),
        starts_at=NOW + timedelta(days=4),
    )
    speaker = register_speaker(db, debate.id, named=True, by=acting_as_self(db, ana.id), at=NOW)
    speaker.state, debate.starts_at = SpeakerState.SPOKEN, NOW

    leave(db, withdraws_name=withdraws)

    assert speaker.name == name
