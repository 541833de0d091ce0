"""The digest of a day is that of its day: it covers what was entered before, and nothing later."""

from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from consult.record.events import DigestPublished
from consult.record.events.log import DIGESTS_SUBJECT
from tests.audit.logs import (
    ANNOUNCED,
    BEFORE,
    KEY,
    SERVICE,
    Step,
    audited,
    entries_of,
    founded,
    lawful,
    on,
    signed,
    told,
)

STORY = lawful()
NAMES = [step.name for step in STORY]
THE_DAY_AFTER = ANNOUNCED + timedelta(days=1)
#: So many entries there are when the first day is over, and at noon of it.
DAY, NOON = BEFORE + NAMES.index("meeting"), BEFORE + NAMES.index("first")


def test_the_digest_of_a_day_holds(tmp_path: Path) -> None:
    digests = {"2026-11-24": (NOON, on(ANNOUNCED, 13)), "2026-11-25": (DAY, on(THE_DAY_AFTER, 9))}

    assert audited(tmp_path, STORY, digests=digests).failures == []


def test_the_digest_of_the_day_before_in_its_place_is_found(tmp_path: Path) -> None:
    found = audited(tmp_path, STORY, digests={"2026-11-26": (NOON, on(ANNOUNCED, 13))})

    [failure] = map(told, found.failures)
    assert failure[:2] == ("record/digest-of-its-day", "digests/2026-11-26")
    assert failure[2:] == (
        f"without entry {NOON}, of 2026-11-24T10:00:00Z",
        "every entry before 2026-11-25T20:55:00Z",
    )


def test_the_digest_of_a_later_day_in_its_place_is_found(tmp_path: Path) -> None:
    late = on(date(2027, 1, 20), 19)

    found = audited(tmp_path, STORY, digests={"2026-11-24": (BEFORE + len(STORY), late)})

    assert [told(failure)[:3] for failure in found.failures] == [
        ("record/digest-of-its-day", "digests/2026-11-24", "2027-01-20T16:00:00Z")
    ]


def spread(on_day: date = ANNOUNCED, size: int = NOON) -> list[Step]:
    """The story of the first morning, after which the digest of the day goes out, and the record says so."""
    begun = STORY[: NAMES.index("first")]
    note = signed(entries_of(founded(begun))[:size], [KEY], on(ANNOUNCED, 13))
    event = DigestPublished(subject=DIGESTS_SUBJECT, day=on_day, size=size, sha256=sha256(note).hexdigest())
    return [*begun, Step("spread", event, SERVICE, on(ANNOUNCED, 12))]


def test_a_digest_that_goes_out_on_its_day_and_is_told_of_is_in_order(tmp_path: Path) -> None:
    assert audited(tmp_path, spread(), digests={"2026-11-24": (NOON, on(ANNOUNCED, 13))}).failures == []


@pytest.mark.parametrize(
    ("story", "digest", "found"),
    [
        (spread(THE_DAY_AFTER), "2026-11-25", "2026-11-25"),
        ([*spread(), spread()[-1]], "2026-11-24", "2026-11-24"),
    ],
)
def test_a_digest_that_the_record_tells_of_otherwise_than_it_can_have_gone_out_is_found(
    tmp_path: Path, story: list[Step], digest: str, found: str
) -> None:
    failures = audited(tmp_path, story, digests={digest: (NOON, on(ANNOUNCED, 13))}).failures

    assert ("record/digests-in-order", "digest.published", found) in [told(failure)[:3] for failure in failures]
