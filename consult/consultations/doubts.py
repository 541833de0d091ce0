"""Days that the law leaves open and that are seldom meant: a Sunday, a legal holiday, the wrong year.

None of them is refused for good. Whoever chose one is told what is unusual about it, and says that it is meant so;
where others must live with it, also why, in words that everybody can read.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from consult.consultations.consultations import Consultation
from consult.consultations.procedure import PROPOSALS, current_pack
from consult.i18n import N_, gettext, spoken
from consult.policy.deadlines import evaluate
from consult.policy.words import Bilingual
from consult.policy.working_days import FRIDAY
from consult.refusals import Refusal

#: A day further away than this was most often meant for a year sooner.
FAR = timedelta(days=365)
SATURDAY = FRIDAY + 1

TOO_FAR = N_("%(day)s is more than a year away. Is the year right?")
ANNOUNCED = N_("%(day)s is %(off)s: the draft becomes public only if somebody approves it on that very day.")
RUNS_ON = N_("%(day)s is %(off)s: proposals will be received until %(until)s, and that is the day everybody is shown.")
SUBMITTED = N_("%(day)s is %(off)s: the authorities whose opinion is asked do not work on it.")
SHORTENED = N_(
    "Until %(until)s people have less time than %(rule)s gives them. The law does not say that urgency shortens it, and"
    " a court may annul the act for it."
)
DEBATED = N_("%(day)s is %(off)s: those who want to come must be able to, and the place must be open.")
DECIDED = N_("%(day)s is %(off)s: the council seldom meets on such a day.")


@dataclass(frozen=True)
class Doubt:
    """What is unusual about a day that somebody chose."""

    day: date
    sentence: str
    facts: Mapping[str, object]

    @property
    def wants_motive(self) -> bool:
        """Whether others must live with the day: a last day that runs on only gives them more time."""
        return self.sentence != RUNS_ON

    @property
    def shortens(self) -> bool:
        """Whether people have less time for proposals than the law gives them outside an urgency."""
        return self.sentence == SHORTENED

    def explain(self) -> str:
        """Return the sentence in the current locale."""
        return gettext(self.sentence) % {name: spoken(fact) for name, fact in self.facts.items()}


class DaysInDoubt(Refusal):
    """Whoever chose these days has not said yet that they are meant so; `doubts` says what is unusual about each."""

    sentence = N_("A day that you chose is unusual. Look at it again: tick it if you mean it, or choose another one.")
    field = "sure_of"

    def __init__(self, doubts: Collection[Doubt]) -> None:
        super().__init__()
        self.doubts = doubts


class MotiveMissing(DaysInDoubt):
    """What the law leaves open and people would not expect is done with a motive that they can read."""

    sentence = N_("Write why it is this day nevertheless: everybody will read it.")
    field = "motive"


def doubts_in(refusal: Refusal) -> Collection[Doubt]:
    """Return what a refusal asks about; nothing where it is about something else."""
    return refusal.doubts if isinstance(refusal, DaysInDoubt) else ()


@dataclass(frozen=True)
class DayOff:
    """Why a day is not worked, as the middle of a sentence."""

    day: date
    holiday: Bilingual | None

    def __str__(self) -> str:
        if self.holiday:
            return gettext("a legal holiday (%(name)s)") % {"name": self.holiday}
        return gettext("a Saturday") if self.day.weekday() == SATURDAY else gettext("a Sunday")


def refuse_unless_sure(doubts: Collection[Doubt], sure_of: Collection[date]) -> None:
    """Refuse days that are in doubt and of which nobody is sure. Raises DaysInDoubt, with those that are ticked too."""
    if any(doubt.day not in sure_of for doubt in doubts):
        raise DaysInDoubt(doubts)


def motive_for(doubts: Collection[Doubt], sure_of: Collection[date], motive: str) -> str:
    """Return why days that are in doubt were chosen; empty where none is. Raises DaysInDoubt, MotiveMissing."""
    refuse_unless_sure(doubts, sure_of)
    if not any(doubt.wants_motive for doubt in doubts):
        return ""
    if not motive.strip():
        raise MotiveMissing(doubts)
    return motive.strip()


def doubts_about(day: date, sentence: str, *, since: date, **facts: object) -> list[Doubt]:
    """Say what is unusual about a day, in a sentence for days that are not worked. `since`: where a year is counted.

    The calendar is today's, which reaches further than that of a pack that was frozen years ago.
    """
    if day - since > FAR:
        return [Doubt(day, TOO_FAR, {"day": day})]
    calendar = current_pack().calendar
    if calendar.is_working_day(day):
        return []
    return [Doubt(day, sentence, {"day": day, "off": DayOff(day, calendar.holiday(day)), **facts})]


def doubts_about_dates(
    *, announced_on: date, proposals_until: date, submission_on: date, today: date
) -> Collection[Doubt]:
    """Say what is unusual about the dates of an announcement; the last day is the one chosen.

    They are lawful, or the last day for proposals is so in an urgency alone.
    """
    runs_on = current_pack().calendar.working_day_from(proposals_until)
    period = evaluate(current_pack(), PROPOSALS, announced_on)
    if runs_on < period.day:
        last_day = [Doubt(proposals_until, SHORTENED, {"until": runs_on, "rule": period.rule.citation})]
    else:
        last_day = doubts_about(proposals_until, RUNS_ON, since=announced_on, until=runs_on)
    return [
        *doubts_about(announced_on, ANNOUNCED, since=today),
        *last_day,
        *doubts_about(submission_on, SUBMITTED, since=announced_on),
    ]


def doubts_about_draft(consultation: Consultation, *, today: date) -> Collection[Doubt]:
    """Say what is unusual about the dates that a draft has, to those who are to approve it."""
    announced, until, submission = (
        consultation.announced_on,
        consultation.proposals_until,
        consultation.submission_on,
    )
    if announced is None or until is None or submission is None:
        return []
    # It is published on the day of its approval, which those who approve it choose by their button.
    since = max(announced, today)
    return [
        each
        for each in doubts_about_dates(announced_on=since, proposals_until=until, submission_on=submission, today=since)
        if each.day != since
    ]
