"""Search within one consultation: the newest text, and the words of what was proposed.

A reader writes as the keyboard allows, and an old act is written as its time did: `ș` may stand as a cedilla or as `s`,
`pâine` as `pîine` or `paine`. Nothing is kept for it, since people's words live in one place only: a search reads them,
so many at a time however much was said, and goes on from there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation, ConsultationId, find_published
from consult.consultations.listings import sought
from consult.consultations.passages import Piece, pieces_of, provisions_of
from consult.consultations.recommendations import SHOWN, Recommendation, RecommendationId
from consult.consultations.versions import Version, latest_version
from consult.identity.authorities import AuthorityId
from consult.record import canonical
from consult.record.bodies import Body
from consult.store.base import table_of

#: Hits on one page.
PAGE = 20
#: Proposals that one request reads, the next goes on behind them: few at first, since what is sought is mostly found
#: among those, and then the others.
READ = 100, 900
#: Characters of an excerpt, and of them before the first hit.
EXCERPT, BEFORE = 280, 60

#: Letters that stand for one another: with and without diacritics, by either spelling of each sound.
ALIKE = {"a": "aăâî", "i": "iîâ", "s": "sș\u015f", "t": "tț\u0163"}

#: An excerpt, piece by piece: whether it is what was sought, and the words.
Excerpt = Sequence[tuple[bool, str]]


class Sought:
    """What is looked for: every word must occur, at least by its beginning."""

    def __init__(self, words: str) -> None:
        wanted = sought(words) or ()
        self._each = [re.compile(beginning_of(word)) for word in wanted]
        self._any = re.compile(rf"(?:{'|'.join(beginning_of(word) for word in wanted)})\w*", re.IGNORECASE)

    def __bool__(self) -> bool:
        return bool(self._each)

    def is_in(self, text: str) -> bool:
        """Whether all the words occur."""
        lower = text.lower()
        return all(word.search(lower) for word in self._each)

    def is_touched_by(self, text: str) -> bool:
        """Whether one of the words occurs."""
        return self._any.search(text) is not None

    def excerpt(self, text: str) -> Excerpt:
        """Return the words around the first hit, every hit in them marked."""
        plain = " ".join(text.split())
        first = self._any.search(plain)
        start = max(0, first.start() - BEFORE) if first else 0
        start = plain.find(" ", start, start + BEFORE) + 1 if start else 0
        shown = plain[start:] if len(plain) - start <= EXCERPT else plain[start : start + EXCERPT].rpartition(" ")[0]
        pieces, at = [(False, "… ")] if start else [], 0
        for hit in self._any.finditer(shown):
            pieces += [(False, shown[at : hit.start()]), (True, hit[0])]
            at = hit.end()
        return [*pieces, (False, shown[at:] + (" …" if start + len(shown) < len(plain) else ""))]


def beginning_of(word: str) -> str:
    """Return the pattern of what begins with a folded word, in which each letter stands for those that are alike.

    That no word goes on there is asked behind the first letter, since that one is found twenty times as fast as the
    border of a word.
    """
    first, *rest = (f"[{ALIKE[letter]}]" if letter in ALIKE else re.escape(letter) for letter in word)
    return rf"{first}(?<!\w.){''.join(rest)}"


@dataclass(frozen=True)
class TextHit:
    """A piece of the text in which all that is sought occurs, and the first provision of it that has some of it."""

    piece: Piece
    key: str
    excerpt: Excerpt


@dataclass(frozen=True)
class TextSearch:
    """What was found in the newest text: a page of it, and how much in all."""

    consultation: Consultation
    version: Version
    hits: Sequence[TextHit]
    count: int


def search_text(db: Session, authority_id: AuthorityId, reference: str, words: str, *, page: int = 1) -> TextSearch:
    """Search the newest text of a consultation, in its order. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    version = latest_version(db, consultation.id)
    wanted = Sought(words)
    found = [piece for piece in pieces_of(provisions_of(db, version.id)) if wanted.is_in(words_of(piece))]
    shown = found[(page - 1) * PAGE : page * PAGE] if wanted else []
    return TextSearch(
        consultation=consultation,
        version=version,
        hits=[TextHit(piece, place_in(piece, wanted), wanted.excerpt(words_of(piece))) for piece in shown],
        count=len(found) if wanted else 0,
    )


def words_of(piece: Piece) -> str:
    """Return all words of a piece without its number, as they stand in the text."""
    return "\n".join([piece.head.heading, piece.head.body, *(each.text for each in piece.below)])


def place_in(piece: Piece, wanted: Sought) -> str:
    """Return the key of the first provision that has one of the words."""
    if wanted.is_touched_by(f"{piece.head.heading}\n{piece.head.body}"):
        return piece.head.key
    return next(each.key for each in piece.below if wanted.is_touched_by(each.text))


@dataclass(frozen=True)
class ProposalHit:
    """A recommendation in whose words all that is sought occurs."""

    recommendation: Recommendation
    excerpt: Excerpt


@dataclass(frozen=True)
class ProposalSearch:
    """What was found in the words of recommendations. `after`: behind which one the search goes on; None at the end."""

    consultation: Consultation
    hits: Sequence[ProposalHit]
    after: RecommendationId | None


#: What nobody hid or erased, as plain rows: a session would look at each of a thousand.
_IT, _BODY = table_of(Recommendation).c, table_of(Body).c
WORDS = (
    select(_IT.id, _BODY.content)
    .join(table_of(Body), _BODY.id == _IT.body_id)
    .where(_IT.consultation_id == bindparam("consultation_id"), _IT.id > bindparam("after"), _IT.hidden_at.is_(None))
    .order_by(_IT.id)
    .limit(bindparam("size", type_=Integer()))
)
HITS = (
    select(Recommendation)
    .where(Recommendation.id.in_(bindparam("ids", expanding=True)))
    .options(*SHOWN)
    .order_by(Recommendation.id)
)


def search_proposals(
    db: Session, authority_id: AuthorityId, reference: str, words: str, *, after: int = 0
) -> ProposalSearch:
    """Search the recommendations of a consultation that follow one, in register order. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    wanted = Sought(words)
    if not wanted:
        return ProposalSearch(consultation, [], None)
    found, last = proposals_with(db, consultation.id, wanted, after=after)
    hits = db.scalars(HITS, {"ids": list(found)}) if found else ()
    return ProposalSearch(consultation, [ProposalHit(it, wanted.excerpt(found[it.id])) for it in hits], last)


def proposals_with(
    db: Session, consultation_id: ConsultationId, wanted: Sought, *, after: int
) -> tuple[dict[RecommendationId, str], RecommendationId | None]:
    """Return the words of the next recommendations that have all that is sought, and the last that was read.

    None in its place where nothing follows.
    """
    found: dict[RecommendationId, str] = {}
    for size in READ:
        rows = db.execute(WORDS, {"consultation_id": consultation_id, "after": after, "size": size + 1}).all()
        for it, content in rows[:size]:
            said = canonical.read_back(content)
            words = f"{said['wording']}\n{said['reason']}"
            if wanted.is_in(words):
                found[it] = words
            if len(found) == PAGE:
                return found, it if it != rows[-1].id else None
        if len(rows) <= size:
            return found, None
        after = rows[size - 1].id
    return found, RecommendationId(after)
