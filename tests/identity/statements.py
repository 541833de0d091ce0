"""What an action asks of the database: where it must not show which case it was, both cases ask the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session


@contextmanager
def statements(db: Session) -> Iterator[list[str]]:
    """Gather the statements that are run meanwhile, without their values."""
    run: list[str] = []

    def note(*call: Any) -> None:  # Any: what SQLAlchemy hands over
        run.append(call[2])

    connection = db.connection()
    event.listen(connection, "before_cursor_execute", note)
    try:
        yield run
        db.flush()
    finally:
        event.remove(connection, "before_cursor_execute", note)
