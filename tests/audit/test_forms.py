"""The schema is closed: an entry with a member, or a form of a value, that the vocabulary does not have is found."""

from pathlib import Path
from typing import Any

import pytest

from consult.record import canonical
from tests.audit.logs import CONTACT, audited, entries_of, lawful, misstated, told

STORY = lawful()
UNKNOWN = "no member that the vocabulary does not have"
INSTANT = "an instant in UTC and whole seconds, such as 2026-12-01T10:00:00Z"


def facts_of(name: str) -> dict[str, Any]:
    place = [step.name for step in STORY].index(name)
    facts: dict[str, Any] = canonical.load(entries_of(STORY)[place])["facts"]
    return facts


FIRST, ANNOUNCED, AGENDA = facts_of("first"), facts_of("announced"), facts_of("council")["agenda"]
HELD = facts_of("debate")


@pytest.mark.parametrize(
    ("name", "stated", "found", "expected"),
    [
        ("first", {"note": "x"}, "note", UNKNOWN),
        ("first", {"facts": {**FIRST, "secret": "x"}}, "facts.secret", UNKNOWN),
        ("council", {"facts": {**facts_of("council"), "agenda": [{**AGENDA[0], "x": 1}, AGENDA[1]]}},
         "facts.agenda[0].x", UNKNOWN),
        ("answer", {"actor": {"role": CONTACT.role, "pseudonym": CONTACT.pseudonym, "name": "Ioana"}}, "name", UNKNOWN),
        ("adopted", {"at": "2027-01-20T16:00:00.5Z"}, "2027-01-20T16:00:00.5Z", INSTANT),
        ("adopted", {"at": "2027-01-20T18:00:00+02:00"}, "2027-01-20T18:00:00+02:00", INSTANT),
        ("adopted", {"at": "2027-01-20 16:00:00Z"}, "2027-01-20 16:00:00Z", INSTANT),
        ("debate", {"facts": {**HELD, "starts_at": "2026-12-03T17:00:00+02:00"}},
         "facts.starts_at: 2026-12-03T17:00:00+02:00", "facts.starts_at: 2026-12-03T15:00:00Z"),
    ],
    ids=["a member", "a fact", "a fact of a fact", "a name", "a fraction", "a zone", "a blank", "an hour elsewhere"],
)  # fmt: skip
def test_what_the_vocabulary_does_not_have_is_found(
    tmp_path: Path, name: str, stated: dict[str, Any], found: str, expected: str
) -> None:
    failures = audited(tmp_path, misstated(STORY, name, **stated)).failures

    assert [told(failure)[2:] for failure in failures] == [(found, expected)]
    assert told(failures[0])[0] == "record/readable"


def test_a_member_that_was_added_later_may_be_missing(tmp_path: Path) -> None:
    older = {name: value for name, value in ANNOUNCED.items() if name != "urgent_motive"}

    assert audited(tmp_path, misstated(STORY, "announced", facts=older)).count == 0
