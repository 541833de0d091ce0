"""The database of a log that is visited, and the language in which a command line speaks."""

from tests.record.conftest import english, sqlite

__all__ = ["english", "sqlite"]
