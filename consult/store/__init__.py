"""Where facts are kept: column types that say their meaning, and the two ways to the database, `read` and `act`."""

from consult.store.base import Base
from consult.store.database import Database
from consult.store.types import UtcDateTime

__all__ = ["Base", "Database", "UtcDateTime"]
