"""The only place that reads the clock, so that every rule can be tested at any instant."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant, aware, in UTC. Only faces (pages, commands, the worker) call it."""
    return datetime.now(UTC)  # noqa: TID251 - the one reading of the clock
