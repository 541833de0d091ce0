"""When things happen in the demo town: its data counts days from the one on which it is loaded.

So the town is alive whenever it is loaded: something closes in three days, something was answered last week.
"""

from datetime import date, timedelta

from consult.policy.working_days import ONE_DAY, calendar_of

_CALENDAR = calendar_of("RO")


def any_day(loaded_on: date, offset: int) -> date:
    """Return the day itself: people write on Sundays too."""
    return loaded_on + timedelta(days=offset)


def office_day(loaded_on: date, offset: int) -> date:
    """Return the last working day up to an offset: what officials do, they do when the town hall is open."""
    day = any_day(loaded_on, offset)
    while not _CALENDAR.is_working_day(day):
        day -= ONE_DAY
    return day


def working_day_after(day: date, count: int) -> date:
    """Return the so many-th working day after a day: what officials do when something is over."""
    return _CALENDAR.working_day_after(day, count)


def deadline(loaded_on: date, offset: int) -> date:
    """Return the first working day from an offset on: a deadline never runs out on a day off."""
    return _CALENDAR.working_day_from(any_day(loaded_on, offset))
