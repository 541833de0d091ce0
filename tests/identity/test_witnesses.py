"""An administrator says who witnesses the record; each change is an entry, and nothing is promised that cannot hold."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.identity.witnesses import (
    AlreadyAWitness,
    NoReason,
    NotAWitnessAddress,
    NotAWitnessKey,
    QuorumTooLarge,
    TooManyWitnesses,
    add_witness,
    remove_witness,
    set_quorum,
    tell_administrators,
)
from consult.jobs.jobs import Job
from consult.record.entries import RecordedEvent, history
from consult.record.events.log import SUBJECT
from consult.record.notes import CosigningKey
from consult.record.witnesses import MOST_WITNESSES, Trouble, Witness, WitnessId, current_witnesses, quorum
from consult.refusals import NotFound, NotPermitted
from tests.factories import NOW, an_authority, an_official
from tests.record.logs import KEY

URL = "https://pietonii.example/martor"


def key(number: int = 0) -> str:
    return CosigningKey("pietonii.example/martor", bytes([number]) * 32).verifying.vkey


@pytest.fixture
def authority(db: Session) -> Authority:
    return an_authority(db)


def add(db: Session, authority: Authority, number: int = 0, **given: str) -> Witness:
    by = an_official(db, authority, Role.ADMINISTRATOR, Role.CONTACT_PERSON)
    told = {"name": "Asociația Pietonii", "vkey": key(number), "url": URL} | given
    return add_witness(db, by=by, at=NOW, **told)


def said(db: Session) -> list[tuple[str, dict[str, object]]]:
    return [(entry.event.type, entry.event.stated["facts"]) for entry in history(db, SUBJECT)]


def test_a_witness_is_named_in_the_record_by_an_administrator(db: Session, authority: Authority) -> None:
    witness = add(db, authority)

    facts = {"name": "Asociația Pietonii", "key": key(), "url": URL}
    assert said(db) == [("witness.added", facts)]
    assert current_witnesses(db) == [witness]
    event = db.scalars(select(RecordedEvent).where(RecordedEvent.subject == SUBJECT)).one()
    assert event.stated["actor"]["role"] == "administrator"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_says_who_witnesses_the_record(db: Session, authority: Authority, role: Role) -> None:
    witness = add(db, authority)
    by = an_official(db, authority, role)

    for forbidden in (
        lambda: add_witness(db, name="X", vkey=key(1), url="", by=by, at=NOW),
        lambda: remove_witness(db, witness.id, reason="X", by=by, at=NOW),
        lambda: set_quorum(db, 1, by=by, at=NOW),
    ):
        with pytest.raises(NotPermitted):
            forbidden()


def test_an_administrator_of_another_authority_does_not_keep_the_record(db: Session, authority: Authority) -> None:
    other = an_official(db, an_authority(db), Role.ADMINISTRATOR)

    with pytest.raises(NotPermitted):
        add_witness(db, name="X", vkey=key(), url="", by=other, at=NOW)


@pytest.mark.parametrize("wrong", ["", "martor", KEY.verifying.vkey, key()[:-2], f"{key()}x"])
def test_what_is_no_key_of_a_witness_is_refused(db: Session, authority: Authority, wrong: str) -> None:
    with pytest.raises(NotAWitnessKey):
        add(db, authority, vkey=wrong)


@pytest.mark.parametrize(
    "wrong",
    ["pietonii.example", "ftp://a.example", "https://a b", "https://a?b", "https://u:p@a.example", "https://a\nb"],
)
def test_what_is_no_address_is_refused(db: Session, authority: Authority, wrong: str) -> None:
    with pytest.raises(NotAWitnessAddress):
        add(db, authority, url=wrong)


def test_the_same_key_is_not_asked_twice_but_may_come_back(db: Session, authority: Authority) -> None:
    witness = add(db, authority)
    with pytest.raises(AlreadyAWitness):
        add(db, authority)
    by = an_official(db, authority, Role.ADMINISTRATOR)

    remove_witness(db, witness.id, reason="Își mută calculatorul.", by=by, at=NOW)
    again = add(db, authority)

    assert again.id != witness.id
    assert [type_ for type_, _ in said(db)] == ["witness.added", "witness.removed", "witness.added"]


def test_there_are_no_more_witnesses_than_programs_read_signatures(db: Session, authority: Authority) -> None:
    for number in range(MOST_WITNESSES):
        add(db, authority, number)

    with pytest.raises(TooManyWitnesses):
        add(db, authority, MOST_WITNESSES)


def test_no_more_signatures_are_asked_for_than_there_are_witnesses(db: Session, authority: Authority) -> None:
    by = an_official(db, authority, Role.ADMINISTRATOR)
    witnesses = [add(db, authority, number) for number in range(2)]
    for wrong in (-1, 3):
        with pytest.raises(QuorumTooLarge):
            set_quorum(db, wrong, by=by, at=NOW)

    set_quorum(db, 2, by=by, at=NOW)
    set_quorum(db, 2, by=by, at=NOW)

    assert quorum(db) == 2
    assert [type_ for type_, _ in said(db)].count("quorum.changed") == 1
    with pytest.raises(QuorumTooLarge):
        remove_witness(db, witnesses[0].id, reason="X", by=by, at=NOW)


def test_a_witness_is_not_dropped_without_a_word(db: Session, authority: Authority) -> None:
    by = an_official(db, authority, Role.ADMINISTRATOR)
    witness = add(db, authority)

    with pytest.raises(NoReason):
        remove_witness(db, witness.id, reason=" ", by=by, at=NOW)
    with pytest.raises(NotFound):
        remove_witness(db, WitnessId(9_999), reason="X", by=by, at=NOW)


def test_every_administrator_is_written_to_when_a_witness_raises_an_alarm(db: Session, authority: Authority) -> None:
    an_official(db, authority, Role.CLERK)
    witness = add(db, authority)
    an_official(db, authority, Role.ADMINISTRATOR)
    witness.trouble = Trouble.FORK

    tell_administrators(db, witness, NOW)

    letters = [job.facts["letter"] for job in db.scalars(select(Job).where(Job.kind == "letter"))]
    assert [(letter["kind"], letter["trouble"]) for letter in letters] == [("witness-alarm", "fork")] * 2
