"""The list of consultations: by how far they have come, by words, in pages.

Each word of a title, a domain and a summary is a row of its own, so that a search is a walk along an index, however
many consultations there were.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Select, Text, delete, false, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.consultations.consultations import ENDED, Consultation, ConsultationId, Stage, published
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
    query = sought(authority_id, group, words, at).order_by(Consultation.year.desc(), Consultation.number.desc())
    found = list(db.scalars(query.offset((page - 1) * size).limit(size + 1)))
    return Listing(found[:size], more=len(found) > size)


def count_consultations(
    db: Session, authority_id: AuthorityId, *, group: Group | None = None, words: str = "", at: datetime
) -> int:
    """Return how many published consultations there are. `words`: as in `sought`."""
    counted = sought(authority_id, group, words, at).with_only_columns(func.count(Consultation.id))
    return db.scalar(counted) or 0


def sought(authority_id: AuthorityId, group: Group | None, words: str, at: datetime) -> Select[Consultation]:
    """Select published consultations. `words`: with each of which a word of title, domain or summary begins."""
    query = found_by(authority_id, words) if words.strip() else published(authority_id)
    conditions = {
        Group.OPEN: (Consultation.stage == Stage.PROPOSALS) & (Consultation.closes_at > at),
        Group.ANALYSIS: (Consultation.stage == Stage.PROPOSALS) & (Consultation.closes_at <= at),
        Group.ANSWERED: Consultation.stage.in_([Stage.ANSWERED, Stage.SUBMITTED]),
        Group.ENDED: Consultation.stage.in_(ENDED),
    }
    if group is not None:
        query = query.where(conditions[group])
    return query


def found_by(authority_id: AuthorityId, words: str) -> Select[Consultation]:
    """Select what an authority has published by its words."""
    # Nothing is added: SQLite would otherwise walk along all that the authority ever published, not along the words.
    query = select(Consultation).where(Consultation.authority_id + 0 == authority_id, Consultation.number.is_not(None))
    word, beginnings = ConsultationWord.word, words_in(words)[:MOST_WORDS]
    if not beginnings:
        # There is not even a letter in what is sought.
        return query.where(false())
    for beginning in beginnings:
        having = select(ConsultationWord.consultation_id).where(word >= beginning, word < beginning + LAST)
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
