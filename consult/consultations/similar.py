"""What others have said already that is much like what somebody is about to send: they may want to support it instead.

Two proposals about the same place are alike when they share words, whatever their endings and diacritics. The draft's
own words do not count, since all who change an article repeat them. Nothing is refused because of it: it is a hint.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult.consultations.recommendations import SHOWN, RangeArticle, Recommendation
from consult.consultations.submissions import About
from consult.consultations.words import Words
from consult.links import fold

#: Of what was said about a place, so much is looked at: the newest, so that a page costs the same however much it is.
LOOKED_AT = 200
#: So many are named, the most alike first.
NAMED = 3
#: From which share of common words on two proposals are called alike: of ten words in each, four.
ALIKE = 0.4
#: With fewer words of its own a text is like too many others.
FEWEST_WORDS = 3
#: Shorter words and those of every sentence say nothing about what a text is about.
SHORTEST_WORD = 3
EVERYDAY = frozenset(
    re.findall(
        "[a-z]+",
        "acea acei acel acest aceasta acesta aceste ale alt alte are asa asta astfel atat atunci avea avem avut bine"
        " care cand cat cei cele celor cum dar daca deci decat deja din dintre doar dupa ele este fara fel fie fiecare"
        " fiind foarte imi insa inca isi lor mai mult nici nimic noastra nostru nou numai oameni ori pana pentru poate"
        " pot prea prin propun sau sunt tot toate toti totul trebui trebuie una unde unei unor unui unul vom vor vrea"
        " the and for not with that this was has have but you all",
    )
)
#: Endings of Romanian nouns, adjectives and verbs, the longest first.
ENDINGS = sorted(
    re.findall(
        "[a-z]+",
        "urilor arilor iilor ilor elor ului urile arile iile area ari are ere ire eaza ele ile uri ati ate lui lor"
        " ul ii ei ea le at it ut a e i u",
    ),
    key=len,
    reverse=True,
)
#: What is left without its ending has so many letters at least.
SHORTEST_STEM = 3

#: The newest of what was said about an article, by itself or in a range, or about the draft as a whole.
SAID = (
    select(Recommendation)
    .where(
        Recommendation.consultation_id == bindparam("consultation_id"),
        Recommendation.withdrawn_at.is_(None),
        Recommendation.hidden_at.is_(None),
        Recommendation.body_id.is_not(None),
    )
    .options(*SHOWN)
    .order_by(Recommendation.id.desc())
    .limit(LOOKED_AT)
)
IN_RANGES = select(RangeArticle.recommendation_id).where(
    RangeArticle.consultation_id == bindparam("consultation_id"), RangeArticle.article_key == bindparam("article_key")
)
ABOUT_ARTICLE = SAID.where((Recommendation.article_key == bindparam("article_key")) | Recommendation.id.in_(IN_RANGES))
ABOUT_WHOLE = SAID.where(Recommendation.article_key.is_(None))


def similar_to(db: Session, about: About, said: Words) -> list[Recommendation]:
    """Return what is much like a text that somebody is about to send about the same place, the most alike first."""
    own = stems(f"{said.wording} {said.reason}") - stems(about.current)
    if len(own) < FEWEST_WORDS:
        return []
    wanted = {"consultation_id": about.consultation.id, "article_key": about.article_key}
    others = db.scalars(ABOUT_WHOLE if about.article_key is None else ABOUT_ARTICLE, wanted).all()
    return most_alike(own, others, without=stems(about.current))


def most_alike(
    own: frozenset[str], others: Sequence[Recommendation], *, without: frozenset[str]
) -> list[Recommendation]:
    """Return those of some recommendations that share most words with a text, the draft's own words left aside."""
    scored = [(likeness(own, stems(" ".join(each.words.values())) - without), each) for each in others]
    alike = [(score, each) for score, each in scored if score >= ALIKE]
    return [each for _, each in sorted(alike, key=lambda pair: (-pair[0], pair[1].id))[:NAMED]]


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how many of the words of two texts are common to both, from 0 to 1 (Dice's coefficient)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def stems(text: str) -> frozenset[str]:
    """Return the words of a text that say what it is about, without endings, capitals and diacritics."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    return frozenset(stem(word) for word in words if len(word) >= SHORTEST_WORD and word not in EVERYDAY)


# Words are kept, never texts: those may have to be erased, and other processes would not hear of it.
@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return a folded word without its ending: `parcarilor`, `parcare` and `parcari` become `parc`."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return stem(word.removesuffix(ending))
    return word
