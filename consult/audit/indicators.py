"""The figures of the yearly report on transparency (Law 52/2003, art. 13(1)), as far as the record holds them.

They are counted anew from the entries, for each authority and year, under the names of the rules. What the record does
not hold is unknown here and said to be so: a figure is never guessed.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from consult.audit.acts import Subject
from consult.audit.books import Books, Year
from consult.audit.gatherings import DEBATE, SESSION
from consult.audit.local_rules import known_pack
from consult.audit.proposals import ONLINE, RECEIVED
from consult.policy.indicators import indicators_of, value_of
from consult.policy.rules import Indicator
from consult.record.events import reports
from consult.record.events.consultations import TAKEN_UP, VERDICTS

PARTLY = "partly"
#: The one answer after which nothing is left to be justified.
WHOLLY = "taken_up"


@dataclass(frozen=True)
class YearlyReport:
    """The figures of one authority and year; None where the record does not know. `partly`: so many are taken up so.

    Recommendations count in the year of their register number, debates and sessions in that in which they were held.
    """

    authority: str
    year: int
    figures: Sequence[tuple[Indicator, int | None]]
    partly: int

    @property
    def by_code(self) -> dict[str, int | None]:
        """The figures under the letters of the law."""
        return {indicator.code: figure for indicator, figure in self.figures}


def yearly_reports(books: Books, at: datetime) -> Sequence[YearlyReport]:
    """Count the figures of every authority and year up to an instant."""
    held = {(authority, year) for authority, year, _, _ in books.debates}
    met = {_year_of(books, name) for name in books.gatherings}
    return [
        YearlyReport(
            authority,
            year,
            figures_of(books, counted_from(books, authority, year, at), year),
            books.tally.get((authority, year), Counter())[PARTLY],
        )
        for authority, year in sorted({*books.tally, *held, *met})
    ]


def figures_of(books: Books, counted: Mapping[str, int], year: int) -> list[tuple[Indicator, int | None]]:
    """Return the indicators of the law that procedures here followed, those of practice left out."""
    closed = reports.CLOSED.values()
    if not any(counted[name] for name in (reports.SESSIONS, *closed)):
        # Sessions may be held that nobody announces here: then how they were, and who came to them, is not known.
        counted = {name: number for name, number in counted.items() if name not in (reports.PARTICIPANTS, *closed)}
    packs = [pack for name, version in books.packs if (pack := known_pack(name, version))]
    return [
        (rule, int(value_of(rule, counted) or 0) if rule.counts and counted.keys() >= {*rule.counts} else None)
        for pack in packs
        for rule in indicators_of(pack, on=date(year, 12, 31))
        if rule.verified and not rule.out_of
    ]


def counted_from(books: Books, authority: str, year: int, at: datetime) -> dict[str, int]:
    """Count what a year's entries give up to an instant, by the names that measures have in the packs."""
    tally = books.tally.get((authority, year), Counter())
    held = [
        each
        for name, each in books.gatherings.items()
        if each.ended_at is not None and each.kind == SESSION and _year_of(books, name) == (authority, year)
    ]
    public = [each for each in held if each.closed is None]
    announced = [
        each for name, each in books.procedures.items() if each.announced_at and _numbered_in(name, authority, year)
    ]
    return {
        reports.RECEIVED: tally[RECEIVED],
        reports.RECEIVED_ONLINE: tally[ONLINE],
        reports.INCLUDED: sum(tally[verdict] for verdict in TAKEN_UP),
        reports.JUSTIFIED: sum(tally[verdict] for verdict in VERDICTS if verdict != WHOLLY),
        reports.ANNOUNCED: len(announced),
        reports.SOME_INCLUDED: sum(each.includes_any for each in announced),
        reports.NONE_INCLUDED: sum(
            bool(each.answers) and not each.waiting and not each.includes_any for each in announced
        ),
        reports.DEBATES: _debates(books, authority, year, at),
        reports.ON_REQUEST: _on_request(books, authority, year),
        reports.SESSIONS: len(public),
        reports.PARTICIPANTS: sum(each.participants for each in public),
        reports.MINUTES: sum(each.minuted_at is not None for each in public),
        **{measure: sum(each.closed == why for each in held) for why, measure in reports.CLOSED.items()},
    }


def _on_request(books: Books, authority: str, year: int) -> int:
    """Count the debates that were held because somebody had asked for one."""
    answered = {meeting for each in books.procedures.values() for meeting in each.requests.values()}
    return sum(
        each.kind == DEBATE and each.ended_at is not None and _year_of(books, name) == (authority, year)
        for name, each in books.gatherings.items()
        if name in answered
    )


def _debates(books: Books, authority: str, year: int, at: datetime) -> int:
    """Count the debates that were held; one that older entries only announce is taken as held in its hour."""
    return sum(
        (meeting.day(meeting.starts_at).year == year and meeting.ended_at is not None)
        if meeting
        else (announced_for == year and starts_at <= at)
        for town, announced_for, starts_at, meeting in books.debates
        if town == authority
    )


def _year_of(books: Books, name: str) -> Year:
    gathering = books.gatherings[name]
    return Subject.parse(name).authority, gathering.day(gathering.starts_at).year


def _numbered_in(name: str, authority: str, year: int) -> bool:
    subject = Subject.parse(name)
    return subject.authority == authority and subject.consultation is not None and subject.consultation.year == year
