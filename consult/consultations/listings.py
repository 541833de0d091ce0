"""The list of consultations: by how far they have come, by words, in pages.

Each word of a title, a domain and a summary is a row of its own, so that a search is a walk along an index, however
many consultations there were.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Integer,
    Select,
    Text,
    bindparam,
    delete,
    false,
    func,
    insert,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.consultations.consultations import ENDED, PUBLISHED, Consultation, ConsultationId, Stage
from consult.identity.authorities import AuthorityId
from consult.links import fold
from consult.store import Base

#: Nobody looks for more words than these at once.
MOST_WORDS = 8
#: Comes after every letter.
LAST = "\U0010ffff"


class ConsultationWord(Base):
    """A word by which a consultation is found, without diacritics and capitals."""

    __tablename__ = "consultation_word"

    #: Compared by its bytes in both databases: words that begin alike stand together.
    word: Mapped[str] = mapped_column(Text().with_variant(Text(collation="C"), "postgresql"), primary_key=True)
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"), primary_key=True, index=True)


class Group(StrEnum):
    """The groups in which readers look for consultations."""

    OPEN = "open"
    ANALYSIS = "analysis"
    ANSWERED = "answered"
    ENDED = "ended"


@dataclass(frozen=True)
class Listing:
    """One page of a list of consultations; `more` tells whether another follows."""

    consultations: list[Consultation]
    more: bool


#: Consultations on one page of the list.
PAGE = 20


def list_consultations(
    db: Session,
    authority_id: AuthorityId,
    *,
    group: Group | None = None,
    words: str = "",
    page: int = 1,
    size: int = PAGE,
    at: datetime,
) -> Listing:
    """Return published consultations, the newest first. `words`: as in `sought`."""
    beginnings = sought(words)
    place = {"skipped": (page - 1) * size, "size": size + 1}
    found = list(
        db.scalars(
            _listing(group, None if beginnings is None else len(beginnings)),
            _told(authority_id, beginnings, at) | place,
        )
    )
    return Listing(found[:size], more=len(found) > size)


def count_consultations(
    db: Session, authority_id: AuthorityId, *, group: Group | None = None, words: str = "", at: datetime
) -> int:
    """Return how many published consultations there are. `words`: as in `sought`."""
    beginnings = sought(words)
    return (
        db.scalar(
            _counting(group, None if beginnings is None else len(beginnings)), _told(authority_id, beginnings, at)
        )
        or 0
    )


def sought(words: str) -> list[str] | None:
    """Return with what a word of title, domain or summary must begin, each; None where nothing is sought."""
    return words_in(words)[:MOST_WORDS] if words.strip() else None


def _told(authority_id: AuthorityId, beginnings: Sequence[str] | None, at: datetime) -> dict[str, object]:
    told: dict[str, object] = {"authority_id": authority_id, "at": at}
    for place, beginning in enumerate(beginnings or ()):
        told |= {f"from_{place}": beginning, f"until_{place}": beginning + LAST}
    return told


CONDITIONS: Mapping[Group, ColumnElement[bool]] = {
    Group.OPEN: (Consultation.stage == Stage.PROPOSALS) & (Consultation.closes_at > bindparam("at")),
    Group.ANALYSIS: (Consultation.stage == Stage.PROPOSALS) & (Consultation.closes_at <= bindparam("at")),
    Group.ANSWERED: Consultation.stage.in_([Stage.ANSWERED, Stage.SUBMITTED]),
    Group.ENDED: Consultation.stage.in_(ENDED),
}


@cache
def _listing(group: Group | None, words: int | None) -> Select[Consultation]:
    """Make the statement of a page of what so many words find, once: making it costs as much as running it."""
    newest_first = _found(group, words).order_by(Consultation.year.desc(), Consultation.number.desc())
    return newest_first.offset(bindparam("skipped", type_=Integer())).limit(bindparam("size", type_=Integer()))


@cache
def _counting(group: Group | None, words: int | None) -> Select[int]:
    return _found(group, words).with_only_columns(func.count(Consultation.id))


def _found(group: Group | None, words: int | None) -> Select[Consultation]:
    query = PUBLISHED if words is None else _found_by(words)
    return query if group is None else query.where(CONDITIONS[group])


def _found_by(words: int) -> Select[Consultation]:
    if words == 0:
        # There is not even a letter in what is sought.
        return PUBLISHED.where(false())
    # Nothing is added: SQLite would otherwise walk along all that the authority ever published, not along the words.
    query = select(Consultation).where(
        Consultation.authority_id + 0 == bindparam("authority_id"), Consultation.number.is_not(None)
    )
    word = ConsultationWord.word
    for place in range(words):
        having = select(ConsultationWord.consultation_id).where(
            word >= bindparam(f"from_{place}"), word < bindparam(f"until_{place}")
        )
        query = query.where(Consultation.id.in_(having))
    return query


def words_in(text: str) -> list[str]:
    """Return the words of a text as they are kept, each once."""
    return list(dict.fromkeys(re.findall(r"\w+", fold(text))))


def keep_words(db: Session, consultation: Consultation) -> None:
    """Let a consultation be found by the words of its announcement as it is now."""
    db.execute(delete(ConsultationWord).where(ConsultationWord.consultation_id == consultation.id))
    said = f"{consultation.title} {consultation.domain} {consultation.summary}"
    rows = [{"word": word, "consultation_id": consultation.id} for word in words_in(said)]
    if rows:
        db.execute(insert(ConsultationWord), rows)
