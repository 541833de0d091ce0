"""The one base of all factories: legal values, aware instants, a fixed seed, nothing random in states."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any, Generic, TypeVar

from polyfactory.factories.sqlalchemy_factory import SQLAlchemyFactory

from consult.store import UtcDateTime

T = TypeVar("T")

#: A Monday in a month without days off.
NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)

#: Makes what must be unique unique.
serial = count(1)


class TableFactory(SQLAlchemyFactory[T], Generic[T]):
    """Makes a row. Keys are the database's, relationships are named by the test, states are pinned per factory."""

    __is_base_factory__ = True
    __set_primary_key__ = False
    __set_relationships__ = False
    __set_foreign_keys__ = False
    __random_seed__ = 52

    @classmethod
    def get_sqlalchemy_types(cls) -> dict[Any, Callable[[], Any]]:
        """Give aware instants: without it every time would be naive, and refused."""
        return {**super().get_sqlalchemy_types(), UtcDateTime: lambda: NOW}
