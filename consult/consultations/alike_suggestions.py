"""Which recommendations seem to say the same, by the words that they share; officials judge, and keep some as alike."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.alike import FEWEST, AlikeMember
from consult.consultations.assignments import UNDRAFTED, WHOLE_DRAFT
from consult.consultations.consultations import ConsultationId
from consult.consultations.recommendations import SHOWN, Recommendation
from consult.consultations.similar import ALIKE, FEWEST_WORDS, likeness, stems
from consult.consultations.text_pages import words_meant
from consult.consultations.versions import versions_of

#: Of what waits for an answer, so much is compared at once: the oldest. When that is drafted, the next is.
LOOKED_AT = 300


def suggested_groups(db: Session, consultation_id: ConsultationId, *, article: str = "") -> list[list[Recommendation]]:
    """Return what seems to say the same about the same article, of what waits for an answer and is in no group.

    `article`: a key, WHOLE_DRAFT, or empty for all.
    """
    grouped = select(AlikeMember.recommendation_id).where(AlikeMember.recommendation_id == Recommendation.id).exists()
    query = select(Recommendation).where(
        Recommendation.consultation_id == consultation_id,
        UNDRAFTED,
        Recommendation.body_id.is_not(None),
        ~grouped,
    )
    if article:
        query = query.where(Recommendation.article_key == (None if article == WHOLE_DRAFT else article))
    waiting = db.scalars(query.options(*SHOWN).order_by(Recommendation.id).limit(LOOKED_AT)).all()
    currents = words_meant(db, versions_of(db, consultation_id), waiting)
    said = [(each, _own_stems(each, currents.get(each.id, ""))) for each in waiting]
    about: dict[str | None, list[tuple[Recommendation, frozenset[str]]]] = {}
    for each, words in said:
        about.setdefault(each.article_key, []).append((each, words))
    return sorted((group for each in about.values() for group in gathered(each)), key=lambda group: group[0].id)


def gathered(said: Iterable[tuple[Recommendation, frozenset[str]]]) -> list[list[Recommendation]]:
    """Gather what shares most words with the first of its group; what is like nothing else is left out."""
    groups: list[tuple[frozenset[str], list[Recommendation]]] = []
    for each, words in said:
        if len(words) < FEWEST_WORDS:
            continue
        nearest = max(groups, key=lambda group: likeness(words, group[0]), default=None)
        if nearest is not None and likeness(words, nearest[0]) >= ALIKE:
            nearest[1].append(each)
        else:
            groups.append((words, [each]))
    return [members for _, members in groups if len(members) >= FEWEST]


def _own_stems(recommendation: Recommendation, current: str) -> frozenset[str]:
    """Return the words that an author added to those of the draft, which all who change an article repeat."""
    return stems(" ".join(recommendation.kept_words.values())) - stems(current)
