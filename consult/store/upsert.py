"""INSERT that may say what to do when the row is already there, in one statement on both databases."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from consult.store.base import Base


def insert_into(db: Session, entity: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT into a table that takes `.on_conflict_do_nothing(…)` and `.on_conflict_do_update(…)`.

    SQLAlchemy has no common word for it, although both databases understand the same clause.
    """
    return insert_on(db.get_bind().dialect.name, entity)


def insert_on(dialect: str, table: Table | type[Base]) -> postgresql.Insert | sqlite.Insert:
    """Return the same for a kind of database, for statements that are made once."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
