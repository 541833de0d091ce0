"""A letter is posted with the act that causes it, with all the facts that it will need."""

from datetime import UTC, datetime

import msgspec
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.jobs import Facts, Job
from consult.mail import LETTER, Posted, post
from consult.mail.kinds import ConfirmAddress

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
FACTS = {"link": "/confirma/abc", "expires_at": NOON}


def posted_jobs(db: Session) -> list[Facts]:
    return list(db.scalars(select(Job.facts).where(Job.kind == LETTER).order_by(Job.id)))


def test_a_posted_letter_carries_its_facts_to_the_worker(db: Session) -> None:
    post(db, "confirm-address", to="ana@example.ro", locale="en", facts=FACTS, at=NOON)

    [job] = posted_jobs(db)
    posted = Posted.from_job(job)
    assert (posted.to, posted.locale, posted.posted_at) == ("ana@example.ro", "en", NOON)
    assert posted.letter == ConfirmAddress(link="/confirma/abc", expires_at=NOON)


def test_each_letter_has_an_id_of_its_own(db: Session) -> None:
    for _ in range(2):
        post(db, "confirm-address", to="ana@example.ro", locale="ro", facts=FACTS, at=NOON)

    first, second = posted_jobs(db)
    assert Posted.from_job(first).id != Posted.from_job(second).id


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("confirm-adress", FACTS),
        ("confirm-address", {"link": "/confirma/abc"}),
        ("confirm-address", FACTS | {"name": "Ana"}),
        ("confirm-address", FACTS | {"expires_at": "tomorrow"}),
        ("confirm-address", FACTS | {"link": "https://evil.example/"}),
        ("confirm-address", FACTS | {"link": "//evil.example/"}),
        ("confirm-address", FACTS | {"link": "/\\evil.example/"}),
    ],
    ids=["unknown kind", "fact missing", "fact unknown", "fact of the wrong sort", "address", "host", "backslash"],
)
def test_a_letter_that_could_not_be_written_fails_in_the_action(db: Session, kind: str, facts: dict) -> None:
    with pytest.raises(msgspec.ValidationError):
        post(db, kind, to="ana@example.ro", locale="ro", facts=facts, at=NOON)

    assert posted_jobs(db) == []
