"""The register of art. 7(5) of one authority and one year: numbers 1, 2, 3… through all its consultations.

A page is found by the number after which it begins, so that the last costs as much as the first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, bindparam, select
from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation
from consult.consultations.contestations import Residence, contested_in
from consult.consultations.enclosures import Enclosures, enclosures_of
from consult.consultations.recommendations import NAMED, SHOWN, Kind, Recommendation, RecommendationId, Source, Verdict
from consult.identity.authorities import AuthorityId
from consult.identity.registers import LastNumber, Register, read_reference

#: Rows on a page, and rows that a file is read by; how many of the most supported are shown, on one page.
PAGE = 20
FILE_ROWS = 500
MOST_SUPPORTED = 50
#: Rows of the register to be printed, at a time.
PRINTED = 1000


@dataclass(frozen=True)
class Wanted:
    """What is looked for in the register; nothing leaves nothing out.

    `consultation`: its public number, `112-2026`. `article`: its key. `by_organisations`: what organisations sent.
    `most_supported`: of what others support the most supported first, and no more than one looks through.
    """

    consultation: str = ""
    article: str = ""
    source: Source | None = None
    kind: Kind | None = None
    verdict: Verdict | None = None
    waiting: bool = False
    withdrawn: bool = False
    late: bool = False
    by_organisations: bool = False
    most_supported: bool = False


class Row(NamedTuple):
    """A recommendation and the consultation in which it was made."""

    recommendation: Recommendation
    consultation: Consultation


@dataclass(frozen=True)
class YearPart:
    """Some rows of a register. `after`: the number after which the next begin; None on the last.

    `enclosures`: what came with them, where their words are read too.
    """

    rows: Sequence[Row]
    after: int | None
    enclosures: Enclosures


@dataclass(frozen=True)
class YearPage:
    """One page of a register. `years`: those in which something was received; `last`: the last number given.

    `contested`: which of its rows contest a draft budget.
    """

    part: YearPart
    contested: Mapping[RecommendationId, Residence]
    years: Sequence[int]
    last: int


def year_page(
    db: Session, authority_id: AuthorityId, year: int, wanted: Wanted, *, after: int = 0, size: int = PAGE
) -> YearPage:
    """Read a page of the register of a year. Raises NotFound for a consultation that has no such number."""
    given = dict(db.execute(YEARS, {"authority_id": authority_id}).all())
    part = year_part(db, authority_id, year, wanted, after=after, size=size, with_words=False)
    contested = contested_in(db, [row.recommendation for row in part.rows])
    return YearPage(part, contested, sorted(given, reverse=True), given.get(year, 0))


def year_part(
    db: Session,
    authority_id: AuthorityId,
    year: int,
    wanted: Wanted,
    *,
    after: int = 0,
    size: int = FILE_ROWS,
    with_words: bool = True,
) -> YearPart:
    """Read the next rows of the register of a year. `with_words`: what they say and what was answered too."""
    if wanted.most_supported:
        after, size = 0, MOST_SUPPORTED
    asked = {"authority_id": authority_id, "year": year, "after": after, "size": size + 1} | values_of(wanted)
    found = [Row._make(row) for row in db.execute(_listing(conditions_of(wanted), with_words=with_words), asked)]
    rows = found[:size]
    goes_on = len(found) > size and not wanted.most_supported
    enclosures = enclosures_of(db, [row.recommendation for row in rows]) if with_words else Enclosures()
    return YearPart(rows, rows[-1].recommendation.number if goes_on else None, enclosures)


#: How far each of an authority's registers has come.
YEARS = select(LastNumber.year, LastNumber.number).where(
    LastNumber.authority_id == bindparam("authority_id"), LastNumber.register == Register.RECOMMENDATIONS
)

CONDITIONS: dict[str, ColumnElement[bool]] = {
    "consultation": (Consultation.number == bindparam("number", type_=Integer()))
    & (Consultation.year == bindparam("of_year", type_=Integer())),
    "article": Recommendation.article_key == bindparam("article"),
    "source": Recommendation.source == bindparam("source"),
    "kind": Recommendation.kind == bindparam("kind"),
    "verdict": Recommendation.verdict == bindparam("verdict"),
    "waiting": Recommendation.answered_at.is_(None) & Recommendation.withdrawn_at.is_(None),
    "withdrawn": Recommendation.withdrawn_at.is_not(None),
    "late": Recommendation.late.is_(True),
    "by_organisations": Recommendation.organisation_id.is_not(None),
    "most_supported": Recommendation.supporters > 0,
}


def conditions_of(wanted: Wanted) -> tuple[str, ...]:
    """Return which of the conditions are asked for."""
    return tuple(name for name in CONDITIONS if getattr(wanted, name))


def values_of(wanted: Wanted) -> dict[str, Any]:  # Any: what statements are told
    """Return the values by which the register is narrowed."""
    named: dict[str, Any] = {name: getattr(wanted, name) for name in ("article", "source", "kind", "verdict")}
    if wanted.consultation:
        named["number"], named["of_year"] = read_reference(wanted.consultation)
    return {name: value for name, value in named.items() if value}


@cache
def _listing(conditions: tuple[str, ...], *, with_words: bool) -> Select[Recommendation, Consultation]:
    """Make the statement of `year_part`, once: making it costs as much as running it."""
    query = (
        select(Recommendation, Consultation)
        .join(Consultation, Consultation.id == Recommendation.consultation_id)
        .where(
            Recommendation.authority_id == bindparam("authority_id"),
            Recommendation.year == bindparam("year", type_=Integer()),
            Recommendation.number > bindparam("after", type_=Integer()),
            *(CONDITIONS[name] for name in conditions),
        )
    )
    options = SHOWN if with_words else NAMED
    if "most_supported" in conditions:
        query = query.order_by(Recommendation.supporters.desc())
    return query.options(*options).order_by(Recommendation.number).limit(bindparam("size", type_=Integer()))
