"""Rolls of voters: imported, confirmed by a second official, and proving one right for each line."""

import hashlib
from datetime import date

import pytest
from sqlalchemy import func, select

from consult.budgeting.closing import close_election, end_of, note_destruction
from consult.budgeting.cycles import Cycle
from consult.budgeting.rolls import (
    EmptyRoll,
    NoRollWaits,
    NotOnTheRoll,
    RollLine,
    RollWaits,
    TooManyDoubts,
    confirm_roll,
    hash_roll,
    import_roll,
    people_on_roll,
    prove_by_roll,
    roll_waiting,
    throw_roll_away,
)
from consult.budgeting.voter_identity import TooYoung
from consult.budgeting.voting_rights import KnownVoter, NotThisProof, give_right, may_vote
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.identity.permissions import NeedsOtherEyes, NotPermitted
from consult.identity.vault import Vault
from consult.policy.voting_rules import Electorate, Link, Proof
from consult.record.entries import RecordedEvent
from tests.factories import a_citizen, an_official
from tests.factories.base import NOW
from tests.factories.budgeting import an_announced_cycle
from tests.factories.elections import an_open_vote, with_rules

VAULT = Vault(bytes(32))
ROLL = Electorate(minimum_age=16, links=(Link.DOMICILE,), proofs=(Proof.DESK, Proof.ROLL))
FILE = "nume;prenume;data nașterii\nRusu;Ana-Maria;17.05.1990\nPop;Ion;01.02.1960\nPop;Dan;01.02.2015\n"
ANA = ("Ana Maria RUSU", date(1990, 5, 17))


@pytest.fixture
def cycle(db):
    return db.get_one(Cycle, an_announced_cycle(db, rules=with_rules(voting=ROLL)).id)


@pytest.fixture
def clerks(db, cycle):
    authority = db.get_one(Authority, cycle.authority_id)
    return an_official(db, authority, Role.CLERK), an_official(db, authority, Role.CLERK)


def hashed(cycle, content=FILE):
    return hash_roll(content.encode(), vault=VAULT, cycle_id=cycle.id, today=NOW.date())


def confirmed(db, cycle, clerks, content=FILE):
    one, other = clerks
    import_roll(db, cycle.id, hashed(cycle, content), by=one, at=NOW)
    return confirm_roll(db, cycle.id, by=other, at=NOW)


def proven(db, cycle, who, person=None):
    name, born = who
    by = person or a_citizen(db)
    return prove_by_roll(db, cycle.id, name, born, Link.DOMICILE, vault=VAULT, by=by, at=NOW)


def said_of(db, kind):
    return db.scalars(select(RecordedEvent).where(RecordedEvent.type == kind)).one().stated["facts"]


def test_whoever_is_on_the_roll_proves_it_by_name_and_birth_date(db, cycle, clerks):
    confirmed(db, cycle, clerks)
    citizen = a_citizen(db)

    right = proven(db, cycle, ANA, citizen)

    assert may_vote(db, cycle.id, citizen.person_id)
    assert (right.proof, right.seen_by) == (Proof.ROLL, None)
    assert said_of(db, "voter.admitted") == {"proof": "roll", "link": "domicile"}


def test_a_line_proves_the_right_of_one_person(db, cycle, clerks):
    confirmed(db, cycle, clerks)
    proven(db, cycle, ANA)

    with pytest.raises(KnownVoter):
        proven(db, cycle, ANA)


def test_whoever_was_let_at_the_desk_is_known_on_the_roll(db, cycle, clerks):
    confirmed(db, cycle, clerks)
    a_citizen(db, name="Ana", email="ana@example.ro")
    name, born = ANA
    let = {"name": name, "born": born, "vault": VAULT}
    give_right(db, cycle.id, "ana@example.ro", Link.DOMICILE, **let, by=clerks[0], at=NOW)

    with pytest.raises(KnownVoter):
        proven(db, cycle, ANA)


def test_an_imported_roll_proves_nothing_before_a_second_official_confirms_it(db, cycle, clerks):
    one, other = clerks
    import_roll(db, cycle.id, hashed(cycle), by=one, at=NOW)

    with pytest.raises(NotOnTheRoll):
        proven(db, cycle, ANA)
    with pytest.raises(NeedsOtherEyes):
        confirm_roll(db, cycle.id, by=one, at=NOW)
    with pytest.raises(NotPermitted):
        confirm_roll(db, cycle.id, by=a_citizen(db), at=NOW)

    confirm_roll(db, cycle.id, by=other, at=NOW)
    assert people_on_roll(db, cycle.id) == 3


def test_the_age_is_that_of_the_last_day_of_the_vote(db, cycle, clerks):
    confirmed(db, cycle, clerks)

    with pytest.raises(TooYoung):
        proven(db, cycle, ("Dan Pop", date(2015, 2, 1)))


@pytest.mark.parametrize("who", [("Ana Rusu", date(1990, 5, 17)), ("Ana Maria Rusu", date(1990, 5, 18))])
def test_half_a_name_or_another_day_is_nobody_on_the_roll(db, cycle, clerks, who):
    confirmed(db, cycle, clerks)

    with pytest.raises(NotOnTheRoll):
        proven(db, cycle, who)


def test_lines_that_add_nobody_are_told_by_their_numbers(db, cycle, clerks):
    again = FILE + "RUSU;ANA MARIA;1990-05-17\nPop;;32.01.1990\nPop;Ion;01.01.1790\n"

    roll = import_roll(db, cycle.id, hashed(cycle, again), by=clerks[0], at=NOW)

    assert (roll.people, roll.repeated, roll.unread) == (3, [5], [6, 7])


def test_a_file_of_doubts_is_put_right_first(db, cycle, clerks):
    doubtful = FILE + "Pop;Ion;01.02.1960\n" * 201

    with pytest.raises(TooManyDoubts) as refused:
        import_roll(db, cycle.id, hashed(cycle, doubtful), by=clerks[0], at=NOW)

    assert refused.value.facts == {"count": 201, "line": 5}


def test_a_later_roll_adds_those_who_are_new(db, cycle, clerks):
    confirmed(db, cycle, clerks)

    roll = confirmed(db, cycle, clerks, FILE + "Stan;Eva;03.04.1970\n")

    assert (roll.people, roll.repeated) == (1, [2, 3, 4])
    with pytest.raises(EmptyRoll):
        import_roll(db, cycle.id, hashed(cycle), by=clerks[0], at=NOW)


def test_an_import_waits_or_is_thrown_away(db, cycle, clerks):
    import_roll(db, cycle.id, hashed(cycle), by=clerks[0], at=NOW)
    with pytest.raises(RollWaits):
        import_roll(db, cycle.id, hashed(cycle), by=clerks[0], at=NOW)

    throw_roll_away(db, cycle.id, by=clerks[0], at=NOW)

    assert roll_waiting(db, cycle.id) is None
    assert db.scalar(select(func.count()).select_from(RollLine)) == 0
    with pytest.raises(NoRollWaits):
        throw_roll_away(db, cycle.id, by=clerks[0], at=NOW)


def test_after_the_vote_who_is_on_the_roll_is_forgotten_and_how_many_is_not(db, tmp_path):
    vote = an_open_vote(db, tmp_path, rules=with_rules(voting=ROLL))
    cycle = db.get_one(Cycle, vote.cycle_id)
    authority = db.get_one(Authority, cycle.authority_id)
    confirmed(db, cycle, [an_official(db, authority, Role.CLERK) for _ in range(2)])
    ends_at = end_of(db, cycle.id)

    close_election(db, cycle.id, vote.key, at=ends_at)
    note_destruction(db, cycle.id, at=ends_at)

    assert db.scalar(select(func.count()).select_from(RollLine)) == 0
    assert people_on_roll(db, cycle.id) == 3


def test_the_record_tells_how_many_and_a_hash_of_hashes(db, cycle, clerks):
    roll = confirmed(db, cycle, clerks)

    said = said_of(db, "roll.confirmed")

    kept = sorted(db.scalars(select(RollLine.identity)))
    assert said["people"] == 3
    assert said["digest"] == roll.digest == hashlib.sha256(b"".join(kept)).hexdigest()
    assert "Rusu" not in str(said)


def test_no_roll_is_imported_where_the_rules_know_none(db, clerks):
    rules = with_rules(voting=Electorate(minimum_age=16, links=(Link.DOMICILE,), proofs=(Proof.DESK,)))
    other = db.get_one(Cycle, an_announced_cycle(db, rules=rules).id)
    clerk = an_official(db, db.get_one(Authority, other.authority_id), Role.CLERK)

    with pytest.raises(NotThisProof):
        import_roll(db, other.id, hashed(other), by=clerk, at=NOW)
