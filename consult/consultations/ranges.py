"""A range of provisions: one recommendation about several articles that follow one another.

It stands in the register once, under its first article, and is shown on the page of each.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.consultations.consultations import ConsultationId
from consult.consultations.grammar.kinds import Kind
from consult.consultations.outline import wording
from consult.consultations.passages import Head, heads_of, pieces_of, provisions_between
from consult.consultations.versions import Version, VersionId, latest_version
from consult.i18n import N_
from consult.refusals import NotFound, Refusal

#: What a range is made of.
STANDING = frozenset({Kind.ARTICLE, Kind.ANNEX})


class NotARange(Refusal):
    """The last article does not come after the first."""

    sentence = N_("The range must end with an article that comes after its first one.")
    field = "until"


@dataclass(frozen=True)
class Range:
    """Some articles in the order of the text, and their words. `version_number`: of the version in which they stand."""

    version_number: int
    articles: Sequence[Head]
    current: str

    @property
    def label(self) -> str:
        """The name of the range, such as "Art. 2–4"."""
        return range_label(self.articles[0].label, self.articles[-1].label)


def newest_range(db: Session, consultation_id: ConsultationId, first: str, last: str) -> Range:
    """Return a range of the newest version by the keys of its ends. Raises NotFound, NotARange."""
    return range_of(db, latest_version(db, consultation_id), first, last)


def range_of(db: Session, version: Version, first: str, last: str) -> Range:
    """Return a range of a version by the keys of its ends. Raises NotFound, NotARange."""
    heads = heads_of(db, version.id)
    places = {head.key: at for at, head in enumerate(heads) if head.kind in STANDING}
    if first not in places or last not in places:
        raise NotFound
    if places[last] <= places[first]:
        raise NotARange
    within = heads[places[first] : places[last] + 1]
    articles = [head for head in within if head.kind in STANDING]
    return Range(version.number, articles, _words(db, version.id, heads, places[first], places[last]))


def range_wording(db: Session, version_id: VersionId, first: str, last: str) -> str:
    """Return the words of a range of a version."""
    heads = heads_of(db, version_id)
    places = {head.key: at for at, head in enumerate(heads)}
    return _words(db, version_id, heads, places[first], places[last])


def range_label(first: str, last: str) -> str:
    """Return the name of a range by those of its ends, without saying twice what both are called."""
    kind, _, number = last.partition(" ")
    return f"{first}–{number}" if number and first.startswith(f"{kind} ") else f"{first} – {last}"


def _words(db: Session, version_id: VersionId, heads: Sequence[Head], first: int, last: int) -> str:
    """Return the words of some pieces, each begun by its name: whoever changes a range must see where one ends."""
    end = heads[last + 1].position if last + 1 < len(heads) else None
    pieces = pieces_of(provisions_between(db, version_id, heads[first].position, end))
    return "\n".join(f"{piece.head.label}\n{wording(piece.whole, piece.head.key)}".strip("\n") for piece in pieces)
