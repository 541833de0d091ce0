"""INSERT that may say what to do when the row is already there, in one statement on both databases."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from consult.store.base import Base


def insert_into(db: Session, entity: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT into a table that takes `.on_conflict_do_nothing(…)` and `.on_conflict_do_update(…)`.

    SQLAlchemy has no common word for it, although both databases understand the same clause.
    """
    if db.get_bind().dialect.name == "sqlite":
        return sqlite.insert(entity)
    return postgresql.insert(entity)
