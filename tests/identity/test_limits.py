"""Limits are exact, count by account and by network, and give tries back with time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from consult.identity.limits import Limit, TooManyTries, admit, forget_paces, network_of
from consult.store import Database

LIMIT = Limit("test", 10, timedelta(minutes=5))
OTHER = Limit("other", 2, timedelta(minutes=5))
AT = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


def passes(db: Session, limit: Limit, key: str, at: datetime) -> bool:
    try:
        admit(db, (limit, key), at=at)
    except TooManyTries:
        return False
    return True


def test_ten_tries_pass_and_the_eleventh_does_not(db: Session) -> None:
    assert [passes(db, LIMIT, "ana", AT) for _ in range(11)] == [True] * 10 + [False]


def test_tries_come_back_one_by_one_and_the_refusal_says_when(db: Session) -> None:
    for _ in range(10):
        admit(db, (LIMIT, "ana"), at=AT)

    with pytest.raises(TooManyTries) as refused:
        admit(db, (LIMIT, "ana"), at=AT)

    assert refused.value.facts == {"again_at": AT + timedelta(seconds=30)}
    assert not passes(db, LIMIT, "ana", AT + timedelta(seconds=29))
    assert passes(db, LIMIT, "ana", AT + timedelta(seconds=30))
    assert not passes(db, LIMIT, "ana", AT + timedelta(seconds=31))


def test_a_refused_try_does_not_lengthen_the_wait(db: Session) -> None:
    for _ in range(10):
        admit(db, (LIMIT, "ana"), at=AT)
    for second in range(29):
        assert not passes(db, LIMIT, "ana", AT + timedelta(seconds=second))

    assert passes(db, LIMIT, "ana", AT + timedelta(seconds=30))


def test_each_key_and_each_limit_counts_for_itself(db: Session) -> None:
    for _ in range(10):
        admit(db, (LIMIT, "ana"), at=AT)

    assert passes(db, LIMIT, "maria", AT)
    assert passes(db, OTHER, "ana", AT)


def test_of_two_hundred_tries_at_once_ten_pass(database: Database) -> None:
    with ThreadPoolExecutor(8) as attackers:
        passed = list(attackers.map(lambda _: database.sequence(passes, LIMIT, "ana", AT), range(200)))

    assert sum(passed) == 10


def test_a_try_counts_even_when_what_it_guarded_is_refused(database: Database) -> None:
    for _ in range(10):
        database.act(admit, (LIMIT, "ana"), at=AT)

    with pytest.raises(TooManyTries):
        database.act(admit, (LIMIT, "ana"), at=AT)


def test_what_is_used_up_by_nobody_is_forgotten(db: Session) -> None:
    for _ in range(10):
        admit(db, (LIMIT, "ana"), at=AT)

    forget_paces(db, at=AT + timedelta(minutes=4))
    still_full = passes(db, LIMIT, "ana", AT)
    forget_paces(db, at=AT + timedelta(minutes=6))

    assert not still_full
    assert passes(db, LIMIT, "ana", AT)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("2001:db8:1:2::ffff", "2001:0db8:0001:0002"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("203.0.113.7, 10.0.0.1", "unknown"),
        ("", "unknown"),
    ],
)
def test_an_ipv6_subscriber_is_one_network(address: str, network: str) -> None:
    assert network_of(address) == network
