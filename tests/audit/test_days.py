"""The digest of a day is that of its day: it covers what was entered before, and nothing later."""

from datetime import date, timedelta
from pathlib import Path

from tests.audit.logs import ANNOUNCED, BEFORE, audited, lawful, on, told

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
