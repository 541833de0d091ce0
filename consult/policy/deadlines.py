"""Deadlines: from the day of one event, the day that the law allows for another, and why.

Two readings of every term are computed. The strict one, which is enforced, is safe for citizens: a minimum term is
counted in free days (neither end counts) and a last day for citizens moves past a day off; a maximum term ends on
day N, with no extension. The lenient one, shown beside it, counts both ends of a minimum term, and of a maximum term
neither, extended past days off. The pack's `counting` explains both to the reader.
"""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from consult.i18n import N_, gettext, spoken
from consult.policy.packs import Pack
from consult.policy.rules import DeadlineRule, Requirement, Term, Unit
from consult.policy.scope import know, lifting, refuse_excluded
from consult.policy.working_days import FRIDAY, ONE_DAY, Calendar, DayOff
from consult.refusals import Refusal


class OutOfRange(Refusal):
    """The term would end after the last date there is."""

    sentence = N_("No date can be computed so far from %(start)s.")


@dataclass(frozen=True)
class Deadline:
    """What a rule makes of a day.

    `day` is the date enforced: the earliest day of an act, or the latest day of a period or of a maximum term.
    `lenient` is the same under the lenient reading. `days_off` are the legal holidays that moved `day`; `counted` is
    the last day counted, which differs from a period's `day` where that moved past days off. `closed`: days counted on
    which offices are nevertheless closed, to be warned about.
    """

    rule: DeadlineRule
    start: date
    day: date
    lenient: date
    counted: date
    days_off: tuple[DayOff, ...]
    closed: tuple[DayOff, ...] = ()

    @property
    def is_earliest(self) -> bool:
        """Whether `day` is the first lawful one; otherwise it is the last."""
        return self.rule.term is Term.MINIMUM and not self.rule.period

    @property
    def earliest(self) -> date | None:
        """The first day on which the act is lawful, where the law says that it may not come sooner."""
        return self.day if self.is_earliest else None

    @property
    def latest(self) -> date | None:
        """The last day: for people to act within a period, or for the authority to act within a maximum term."""
        return None if self.is_earliest else self.day

    def __str__(self) -> str:
        """Return the reason in words, in the current locale."""
        reasons = [self._conclusion()]
        if self.rule.period and self.day != self.counted:
            moved = gettext("The last day counted, %(counted)s, is not a working day: the term runs to the next one.")
            reasons.append(moved % {"counted": spoken(self.counted)})
        if self.days_off:
            named = ", ".join(f"{spoken(off.date)} ({off.name})" for off in self.days_off)
            reasons.append(gettext("Days off: %(days_off)s.") % {"days_off": named})
        if self.closed:
            named = ", ".join(f"{spoken(off.date)} ({off.name})" for off in self.closed)
            reasons.append(gettext("Counted although offices are closed: %(days)s.") % {"days": named})
        return " ".join(reasons)

    def _conclusion(self) -> str:
        if self.is_earliest:
            sentence = gettext("Earliest %(day)s: at least %(term)s between %(start)s and that day (%(cite)s).")
        elif self.rule.days == 0:
            sentence = gettext("Until %(day)s, at 24:00 (%(cite)s).")
        elif self.rule.period:
            sentence = gettext("Until %(day)s, at 24:00: at least %(term)s after %(start)s (%(cite)s).")
        else:
            sentence = gettext("At the latest on %(day)s: at most %(term)s after %(start)s (%(cite)s).")
        return sentence % {
            "day": spoken(self.day),
            "term": self.rule.length,
            "start": spoken(self.start),
            "cite": self.rule.citation,
        }


@dataclass(frozen=True)
class Finding:
    """What the law says of a day that somebody chose.

    `nearest` is the nearest lawful day. It is later than a lawful last day for citizens that falls on a day off: such
    a period runs on to `nearest`. `lifted_by` is the exception under which the deadline does not bind.
    """

    deadline: Deadline
    chosen: date
    nearest: date
    is_lawful: bool
    lifted_by: Requirement | None = None

    @property
    def runs_on(self) -> bool:
        """Whether the day is lawful, but a day off, so that people have until `nearest`."""
        return self.is_lawful and self.nearest != self.chosen


def evaluate(pack: Pack, rule_id: str, start: date, circumstances: Collection[str] = ()) -> Deadline:
    """Compute a deadline from the day of the event it runs from.

    Raises NoSuchRule, NotADeadline, NotInForce; Excluded where the rule does not apply in these circumstances;
    DaysOffUnknown where the calendar ends; OutOfRange.
    """
    rule = pack.deadline_rule(rule_id, start)
    refuse_excluded(pack, rule_id, on=start, circumstances=circumstances)
    calendar = pack.calendar
    try:
        counted, day, lenient = _readings(rule, start, calendar)
    except OverflowError:
        raise OutOfRange(start=start) from None
    days_off = _days_off_met(rule, calendar, start, counted, day)
    # A term in working days counts the days between; of any other term only its own day can be one without an office.
    since = start if rule.unit is Unit.WORKING else day - ONE_DAY
    closed = tuple(pack.closed_days(since + ONE_DAY, day + ONE_DAY))
    return Deadline(rule, start, day, lenient, counted, days_off, closed)


def deadlines_from(pack: Pack, event: str, day: date, circumstances: Collection[str] = ()) -> tuple[Deadline, ...]:
    """Compute every deadline that runs from an event, in the order of the pack: what follows once it has happened.

    A deadline of another circumstance is left out; one that an exception lifts is not, and `check_date` tells of it.
    Raises Excluded, DaysOffUnknown, OutOfRange.
    """
    know(pack, circumstances)
    return tuple(
        evaluate(pack, rule.id, day, circumstances)
        for rule in pack.kind(DeadlineRule, day)
        if rule.start_event == event and (rule.when is None or rule.when in circumstances)
    )


def check_date(pack: Pack, rule_id: str, start: date, chosen: date, circumstances: Collection[str] = ()) -> Finding:
    """Say whether a day that somebody chose for the second event of a deadline is lawful, and which day would be.

    A minimum may be exceeded, a maximum stayed under, and nothing may happen before the event the term runs from.
    `circumstances`: those the pack knows, as "urgent", in which another rule may lift the deadline. Raises as
    `evaluate`.
    """
    deadline = evaluate(pack, rule_id, start, circumstances)
    exception = lifting(pack, rule_id, on=start, circumstances=circumstances)
    if exception:
        first, last = start, date.max
    elif deadline.rule.term is Term.MINIMUM:
        first, last = deadline.day, date.max
    else:
        first, last = start, deadline.day
    nearest = min(max(chosen, first), last)
    is_lawful = nearest == chosen
    if deadline.rule.period:
        nearest = pack.calendar.working_day_from(nearest)
    return Finding(deadline, chosen, nearest, is_lawful, exception)


def last_instant(day: date, zone: ZoneInfo) -> datetime:
    """Return the end of a day, 24:00 where people live, as an instant in UTC: a period closes at it, excluded."""
    return datetime.combine(day + ONE_DAY, time(), tzinfo=zone).astimezone(UTC)


def _readings(rule: DeadlineRule, start: date, calendar: Calendar) -> tuple[date, date, date]:
    """Return the last day counted, the day enforced, and the day under the lenient reading."""
    counted = _counted(rule, start, calendar)
    both_ends = max(start, _counted(rule, start - ONE_DAY, calendar))
    neither_end = calendar.working_day_after(counted, 1) if rule.unit is Unit.WORKING else counted + ONE_DAY
    if rule.term is Term.MAXIMUM:
        return counted, counted, calendar.working_day_from(neither_end)
    if rule.period:
        return counted, calendar.working_day_from(counted), both_ends
    return counted, neither_end, both_ends


def _counted(rule: DeadlineRule, after: date, calendar: Calendar) -> date:
    """Return the last day of a term that begins after a day; weeks and months end on the corresponding day."""
    if rule.weeks:
        return after + timedelta(weeks=rule.weeks)
    if rule.months:
        return _months_after(after, rule.months)
    days = rule.days or 0
    if rule.unit is Unit.WORKING:
        return calendar.working_day_after(after, days)
    return after + timedelta(days=days)


def _months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last where it has no such day (31 January, 29 February)."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > date.max.year:
        raise OverflowError
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _days_off_met(rule: DeadlineRule, calendar: Calendar, start: date, counted: date, day: date) -> tuple[DayOff, ...]:
    """Name the legal holidays that moved the day: weekdays left out of the count, and days off a last day ran past."""
    if rule.unit is Unit.WORKING:
        return tuple(off for off in calendar.days_off(start + ONE_DAY, day) if off.date.weekday() <= FRIDAY)
    return tuple(calendar.days_off(counted, day)) if rule.period else ()
