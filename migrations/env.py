"""Alembic's environment: one for both databases, given an open connection by `consult migrate` and by the tests."""

from typing import Any

from alembic import context
from sqlalchemy import Enum

from consult.store.types import UtcDateTime
from consult.tables import metadata


def render_item(kind: str, item: Any, _autogen: Any) -> str | bool:  # Any: Alembic's own contract
    """Write our column types as SQLAlchemy's plain ones: a migration imports nothing of the application."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False


def compare_type(_context: Any, _inspected: Any, _metadata: Any, inspected_type: Any, metadata_type: Any) -> bool | None:
    """Leave states, which are words with a CHECK, to the constraint comparison of a test."""
    return False if isinstance(metadata_type, Enum) else None


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_item=render_item,
    compare_type=compare_type,
    # SQLite cannot alter tables in place; batch mode is for it alone.
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
