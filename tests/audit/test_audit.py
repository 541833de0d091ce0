"""A lawful story passes; and for each rule, a story that breaks it alone is found, with the entry and both values."""

from datetime import date, timedelta
from pathlib import Path

from tests.audit.logs import audited, lawful, told


def test_a_lawful_story_passes(tmp_path: Path) -> None:
    found = audited(tmp_path, lawful())

    assert list(map(told, found.failures)) == []
