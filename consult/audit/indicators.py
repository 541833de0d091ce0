"""The figures of the yearly report on transparency (Law 52/2003, art. 13(1)), as far as the record holds them.

They are counted anew from the entries, for each authority and year. What the record does not hold is unknown here and
said to be so: a figure is never guessed.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from consult.audit.acts import Subject
from consult.audit.books import Books, Year
from consult.audit.gatherings import SESSION
from consult.audit.proposals import RECEIVED
from consult.i18n import N_
from consult.record.events.consultations import TAKEN_UP

PARTLY = "partly"
DEBATES = "debates"

#: What the report holds, by the letters of art. 13(1), in the law's words; the catalogue has them to the letter.
INDICATORS: Mapping[str, str] = {
    "a": N_("total number of recommendations received"),
    "b": N_("total number of recommendations included in draft acts and in the decisions taken"),
    "c": N_("number of participants in public sessions"),
    "d": N_("number of public debates held on draft acts"),
    "e": N_("cases in which the authority was sued for not observing this law"),
    "f": N_("own evaluation of the partnership with citizens and their associations"),
    "g": N_("number of sessions that were not public, and why"),
}


@dataclass(frozen=True)
class YearlyReport:
    """The figures of one authority and year; None where the record does not know. `partly`: how many of `b` are so.

    Recommendations count in the year of their register number, debates and sessions in that in which they were held.
    """

    authority: str
    year: int
    figures: Mapping[str, int | None]
    partly: int


def yearly_reports(books: Books, at: datetime) -> Sequence[YearlyReport]:
    """Count the figures of every authority and year up to an instant."""
    tally: dict[Year, Counter[str]] = {year: counted.copy() for year, counted in books.tally.items()}
    for authority, year, starts_at, meeting in books.debates:
        if meeting.ended_at is not None if meeting else starts_at <= at:
            tally.setdefault((authority, year), Counter())[DEBATES] += 1
    attended = sessions_attended(books)
    for year in attended:
        tally.setdefault(year, Counter())
    return [
        YearlyReport(
            authority,
            year,
            {
                **dict.fromkeys(INDICATORS),
                "a": counted[RECEIVED],
                "b": sum(counted[verdict] for verdict in TAKEN_UP),
                "c": attended.get((authority, year)),
                "d": counted[DEBATES],
            },
            counted[PARTLY],
        )
        for (authority, year), counted in sorted(tally.items())
    ]


def sessions_attended(books: Books) -> Mapping[Year, int]:
    """Count who came to the public sessions that were held, by authority and year."""
    attended: Counter[Year] = Counter()
    for name, gathering in books.gatherings.items():
        if gathering.kind == SESSION and gathering.ended_at is not None:
            attended[Subject.parse(name).authority, gathering.day(gathering.starts_at).year] += gathering.participants
    return attended
