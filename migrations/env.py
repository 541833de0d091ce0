"""Alembic's environment: one for both databases, given an open connection by `consult migrate` and by the tests."""

from typing import Any

from alembic import context

from consult.store.types import UtcDateTime
from consult.tables import metadata


def render_item(kind: str, item: Any, _autogen: Any) -> str | bool:  # Any: Alembic's own contract
    """Write our column types as SQLAlchemy's plain ones: a migration imports nothing of the application."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_item=render_item,
    # SQLite cannot alter tables in place; batch mode is for it alone.
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
