"""The declarative base of every table."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Date, Integer, MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeEngine

from consult.store.types import UtcDateTime

#: Named constraints, so that a migration can speak of them on both databases.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

#: A key that both databases number by themselves: SQLite does so only for its own INTEGER.
KEY: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")


class Base(DeclarativeBase):
    """Every table of the service. Relationships are `lazy="raise"`: a query loads what its page shows."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: dict[Any, Any] = {  # noqa: RUF012 - SQLAlchemy's contract
        str: Text(),
        datetime: UtcDateTime(),
        date: Date(),
    }


def key_type(entity_id: Any) -> None:  # Any: NewType objects have no public type
    """Tell SQLAlchemy that a `NewType` of entity ids is kept as a key (it wants each listed)."""
    Base.registry.update_type_annotation_map({entity_id: KEY})


def table_of(entity: type[Base]) -> Table:
    """Return the table of an entity, for statements that pass the session's bookkeeping by."""
    table = entity.__table__
    assert isinstance(table, Table), f"{entity.__name__} is no plain table"
    return table
