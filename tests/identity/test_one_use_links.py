"""A link works once, in its time, and for its purpose."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.identity.one_use_links import (
    LIFETIMES,
    LinkExpired,
    LinkReplaced,
    LinkSpent,
    LinkUnknown,
    LinkUsed,
    OneUseLink,
    Purpose,
    SpentLink,
    end_links,
    forget_links,
    look_at,
    send_out,
    use_up,
    why_spent,
)
from consult.store import Database

AT = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


def test_looking_at_a_link_does_not_use_it_and_using_it_works_once(db: Session) -> None:
    _, token = send_out(db, Purpose.CONFIRM_ADDRESS, email="ana@example.ro", at=AT)

    assert look_at(db, token, Purpose.CONFIRM_ADDRESS, at=AT).email == "ana@example.ro"
    assert look_at(db, token, Purpose.CONFIRM_ADDRESS, at=AT).email == "ana@example.ro"
    assert use_up(db, token, Purpose.CONFIRM_ADDRESS, at=AT).email == "ana@example.ro"
    with pytest.raises(LinkSpent):
        use_up(db, token, Purpose.CONFIRM_ADDRESS, at=AT)
    with pytest.raises(LinkSpent):
        look_at(db, token, Purpose.CONFIRM_ADDRESS, at=AT)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_link_is_good_for_its_purpose_alone(db: Session, purpose: Purpose) -> None:
    _, token = send_out(db, purpose, email="ana@example.ro", at=AT)
    others = [other for other in Purpose if other is not purpose]

    with pytest.raises(LinkSpent):
        use_up(db, token, *others, at=AT)

    assert use_up(db, token, purpose, at=AT).purpose is purpose


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_link_ends_at_the_end_of_its_time(db: Session, purpose: Purpose) -> None:
    _, token = send_out(db, purpose, email="ana@example.ro", at=AT)
    end = AT + LIFETIMES[purpose]

    assert look_at(db, token, purpose, at=end - timedelta(seconds=1))
    with pytest.raises(LinkSpent):
        look_at(db, token, purpose, at=end)


def test_a_link_that_works_no_more_tells_its_holder_why(db: Session) -> None:
    used, replaced, expired = (
        send_out(db, Purpose.RECOVERY, email="ana@example.ro", at=AT - timedelta(minutes=minutes))[1]
        for minutes in (0, 0, 30)
    )
    use_up(db, used, Purpose.RECOVERY, at=AT)
    reasons = {used: LinkUsed, expired: LinkExpired}

    before = {token: type(why_spent(db, token, Purpose.RECOVERY, at=AT)) for token in reasons}
    end_links(db, OneUseLink.email == "ana@example.ro", at=AT)

    assert before == reasons
    for token, reason in {**reasons, replaced: LinkReplaced, "x": LinkUnknown}.items():
        with pytest.raises(reason):
            look_at(db, token, Purpose.RECOVERY, at=AT)
        with pytest.raises(reason):
            use_up(db, token, Purpose.SETUP, Purpose.RECOVERY, at=AT)
        with pytest.raises(LinkUnknown):
            look_at(db, token, Purpose.MEMBERSHIP, at=AT)


def test_of_a_link_that_ended_no_mailbox_is_kept_and_after_a_month_nothing_at_all(db: Session) -> None:
    send_out(db, Purpose.CONFIRM_ADDRESS, email="ana@example.ro", at=AT)
    end = AT + LIFETIMES[Purpose.CONFIRM_ADDRESS]

    forget_links(db, at=end)
    assert db.scalar(select(func.count()).select_from(OneUseLink)) == 0
    assert "ana" not in str(db.execute(select(SpentLink.__table__)).mappings().one())
    forget_links(db, at=end + timedelta(days=30))
    assert db.scalar(select(func.count()).select_from(SpentLink)) == 1
    forget_links(db, at=end + timedelta(days=30, seconds=1))

    assert db.scalar(select(func.count()).select_from(SpentLink)) == 0


def test_the_database_holds_no_token(db: Session) -> None:
    _, token = send_out(db, Purpose.RECOVERY, email="ana@example.ro", at=AT)

    kept = db.execute(select(OneUseLink.__table__)).mappings().one()

    assert not any(token in str(value) or token.encode() in bytes(str(value), "utf-8") for value in kept.values())


def test_a_link_pressed_by_ten_at_once_works_for_one(database: Database) -> None:
    _, token = database.act(send_out, Purpose.RECOVERY, email="ana@example.ro", at=AT)

    def press(_: int) -> bool:
        try:
            database.act(use_up, token, Purpose.RECOVERY, at=AT)
        except LinkSpent:
            return False
        return True

    with ThreadPoolExecutor(10) as people:
        assert sum(people.map(press, range(10))) == 1
