"""What goes on beside the pages, as this installation set it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from consult.commands.working import FORGET, handlers
from consult.jobs import Job, enqueue
from consult.settings import Settings
from consult.store import Database

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(("days", "kept"), [("", {"number": 7}), ("7", {})])
def test_the_installation_says_for_how_long_failed_jobs_are_known(
    database: Database, tmp_path: Path, days: str, kept: dict[str, int]
) -> None:
    settings = Settings.from_environment({"CONSULT_DATA": str(tmp_path), "CONSULT_FAILED_JOBS_DAYS": days})
    database.act(enqueue, "note", at=NOON, number=7)
    database.act(lambda db: setattr(db.scalars(select(Job)).one(), "failed_at", NOON))

    handlers(settings)[FORGET](database, {}, NOON + timedelta(days=8))

    assert database.read(lambda db: db.scalars(select(Job)).one()).facts == kept
