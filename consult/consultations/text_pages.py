"""What the public pages of a draft's text show: a version, part by part, and an article with all that is said of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session, undefer

from consult.consultations.causes import ChangeMade, causes_of, changes_caused_by
from consult.consultations.changes import changes_between
from consult.consultations.comparison import ArticleChange
from consult.consultations.consultations import Consultation, ConsultationId, find_published
from consult.consultations.counters import Tally, article_tally, standing_counts
from consult.consultations.passages import (
    Neighbours,
    Passage,
    Piece,
    find_provision,
    heads_of,
    neighbours,
    on_page,
    pieces_of,
    provisions_between,
    provisions_named,
    wordings_of,
)
from consult.consultations.ranges import range_wording
from consult.consultations.recommendations import (
    NAMED,
    RangeArticle,
    Recommendation,
    RecommendationId,
    Rows,
    list_recommendations,
)
from consult.consultations.succession import as_last_seen, gone_key, place_today
from consult.consultations.text_parts import TextPart, parts_of
from consult.consultations.versions import Version, VersionId, last_version_with, numbered, versions_of
from consult.identity.authorities import AuthorityId
from consult.refusals import NotFound

#: Recommendations on one page of an article: the words of each are shown, and their changes.
SAID = 20


@dataclass(frozen=True)
class TextPage:
    """One part of a version's text, with how much was said about each article.

    `changes`: what became of each article since the version before, where that was asked for. `said`: the first
    recommendations about each article, where those were.
    """

    consultation: Consultation
    versions: Sequence[Version]
    version: Version
    parts: Sequence[TextPart]
    part: TextPart
    pieces: Sequence[Piece]
    counts: Mapping[str, int]
    changes: Sequence[ArticleChange] = ()
    said: Mapping[str, Sequence[Recommendation]] | None = None

    @property
    def is_newest(self) -> bool:
        """Whether no better text was published since."""
        return self.version is self.versions[-1]


def text_page(
    db: Session,
    authority_id: AuthorityId,
    reference: str,
    number: int | None = None,
    *,
    part: int = 1,
    with_changes: bool = False,
    with_said: bool = False,
) -> TextPage:
    """Read a part of a version's text, of the newest where none is named. Raises NotFound.

    What was said about an article is counted where the article stands today, so an older text shows no counts.
    """
    consultation = find_published(db, authority_id, reference)
    versions = versions_of(db, consultation.id)
    version = numbered(versions, number)
    parts = parts_of(heads_of(db, version.id))
    if not 1 <= part <= len(parts):
        raise NotFound
    shown = parts[part - 1]
    end = parts[part].heads[0].position if part < len(parts) else None
    keys = [head.key for head in shown.heads]
    is_newest = version is versions[-1]
    changes: Sequence[ArticleChange] = ()
    if with_changes:
        if version.number == 1:
            raise NotFound
        older = numbered(versions, version.number - 1)
        compared = changes_between(db, older, version).articles
        changes = changes_within(compared, frozenset(keys), is_first=part == 1)
    return TextPage(
        consultation=consultation,
        versions=versions,
        version=version,
        parts=parts,
        part=shown,
        pieces=pieces_of(provisions_between(db, version.id, shown.heads[0].position, end)),
        counts=standing_counts(db, consultation.id) if is_newest else {},
        changes=changes,
        said=first_about_each(db, consultation.id, keys) if with_said and is_newest else None,
    )


def changes_within(articles: Sequence[ArticleChange], keys: frozenset[str], *, is_first: bool) -> list[ArticleChange]:
    """Return the changes of the articles with these keys, and what went between them, in the order of the text."""
    found, is_within = [], is_first
    for article in articles:
        if article.new is not None:
            is_within = article.new.key in keys
        if is_within:
            found.append(article)
    return found


#: So many are named beside an article in its text; the others are on the article's own page.
FIRST = 3


def first_about_each(
    db: Session, consultation_id: ConsultationId, article_keys: Collection[str]
) -> dict[str, list[Recommendation]]:
    """Return the first recommendations about each of some articles, in register order, without their words."""
    about = union_all(
        *(
            select(key.label("id"), stands.article_key.label("article_key")).where(
                stands.consultation_id == consultation_id, stands.article_key.in_(article_keys)
            )
            for stands, key in ((Recommendation, Recommendation.id), (RangeArticle, RangeArticle.recommendation_id))
        )
    ).subquery()
    place = func.row_number().over(partition_by=about.c.article_key, order_by=about.c.id).label("place")
    placed = select(about, place).subquery()
    query = (
        select(placed.c.article_key, Recommendation)
        .join(placed, placed.c.id == Recommendation.id)
        .where(placed.c.place <= FIRST)
        .options(*NAMED)
        .order_by(Recommendation.id)
    )
    found: dict[str, list[Recommendation]] = {}
    for key, recommendation in db.execute(query):
        found.setdefault(key, []).append(recommendation)
    return found


def part_with(db: Session, authority_id: AuthorityId, reference: str, number: int | None, key: str) -> int:
    """Return the number of the part in which a version has a provision. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    version = numbered(versions_of(db, consultation.id), number)
    article = find_provision(db, version.id, key).article_key
    parts = parts_of(heads_of(db, version.id))
    return next(part.number for part in parts if any(head.key == article for head in part.heads))


@dataclass(frozen=True)
class TextFile:
    """A version's whole text, to take along."""

    consultation: Consultation
    version: Version


def text_file(db: Session, authority_id: AuthorityId, reference: str, number: int | None = None) -> TextFile:
    """Read a version's text to the letter, of the newest where none is named. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    version = numbered(versions_of(db, consultation.id), number)
    return TextFile(
        consultation, db.get_one(Version, version.id, options=[undefer(Version.text)], populate_existing=True)
    )


@dataclass(frozen=True)
class ArticlePage:
    """One article with everything said about it, paged, and its neighbours.

    `version`: the newest, or the last that had the article. `causes`: the recommendations that made it what it is in
    that version; `removed_by`: those because of which the next one has it no more. Of each recommendation on the page,
    `read` holds the words that its author proposes to change, and `made` what it changed.
    """

    consultation: Consultation
    key: str
    versions: Sequence[Version]
    version: Version
    piece: Piece
    neighbours: Neighbours
    rows: Rows
    tally: Tally
    causes: Sequence[Recommendation]
    removed_by: Sequence[Recommendation]
    read: Mapping[RecommendationId, str]
    made: Mapping[RecommendationId, Sequence[ChangeMade]]

    @property
    def is_gone(self) -> bool:
        """Whether the newest version has it no more."""
        return self.version is not self.versions[-1]


class Elsewhere(Exception):  # noqa: N818 - an answer, not an error
    """The article stands under another key today, or is known as gone by it; or a provision stands within it."""

    def __init__(self, key: str, place: str = "") -> None:
        super().__init__(key, place)
        self.key = key
        self.place = place


def article_page(db: Session, authority_id: AuthorityId, reference: str, key: str, *, after: int = 0) -> ArticlePage:
    """Read the page of an article in the newest version, or in the last that had it. Raises NotFound, Elsewhere."""
    consultation = find_published(db, authority_id, reference)
    versions = versions_of(db, consultation.id)
    name, number = as_last_seen(key)
    version, found = last_seen(db, versions, name, number)
    place = place_today(db, versions, name, since=version)
    if place != key:
        raise Elsewhere(place)
    (piece,) = pieces_of(found)
    rows = list_recommendations(db, consultation.id, article_key=key, after=after, size=SAID)
    return ArticlePage(
        consultation=consultation,
        key=key,
        versions=versions,
        version=version,
        piece=piece,
        neighbours=neighbours(db, piece.head) if version is versions[-1] else Neighbours(None, None),
        rows=rows,
        tally=article_tally(db, consultation.id, key),
        # The first version was caused by nobody, and the newest removed nothing.
        causes=behind(db, version, piece) if version is not versions[0] else (),
        removed_by=behind(db, versions[version.number], piece, gone=True) if version is not versions[-1] else (),
        read=words_read(db, versions, rows.recommendations, known=[piece]),
        made=changes_caused_by(db, [each.id for each in rows.recommendations]) if len(versions) > 1 else {},
    )


def last_seen(
    db: Session, versions: Sequence[Version], name: str, number: int | None
) -> tuple[Version, Sequence[Passage]]:
    """Return an article as a version has it, or the last version that had it. Raises NotFound, Elsewhere."""
    version = numbered(versions, number)
    found = on_page(db, version.id, name)
    if found:
        return version, found
    within = provisions_named(db, version.id, [name]).get(name)
    if within is not None:
        article = within.article_key
        raise Elsewhere(gone_key(article, number) if number else article, place=name)
    version = numbered(versions, last_version_with(db, version.consultation_id, name))
    return version, on_page(db, version.id, name)


def behind(db: Session, version: Version, piece: Piece, *, gone: bool = False) -> list[Recommendation]:
    """Return the recommendations because of which a version has other words here, or has it no more, in their order."""
    keys = [gone_key(each.key, version.number - 1) if gone else each.key for each in piece.whole]
    causes = causes_of(db, version.id, keys)
    return sorted({each.id: each for found in causes.values() for each in found}.values(), key=lambda it: it.id)


def words_read(
    db: Session, versions: Sequence[Version], recommendations: Sequence[Recommendation], *, known: Sequence[Piece] = ()
) -> dict[RecommendationId, str]:
    """Return the words that each amendment proposes to change, as they were in the version that its author read."""
    return words_meant(db, versions, [each for each in recommendations if each.is_amendment], known=known)


def words_meant(
    db: Session, versions: Sequence[Version], recommendations: Sequence[Recommendation], *, known: Sequence[Piece] = ()
) -> dict[RecommendationId, str]:
    """Return the words that each recommendation is about, as they were in the version that its author read.

    `known`: pieces that were read already.
    """
    ids = {version.number: version.id for version in versions}
    places: dict[RecommendationId, tuple[VersionId, str]] = {
        each.id: (ids[each.version_number], each.provision_key)
        for each in recommendations
        if each.provision_key is not None
    }
    words = wordings_of(db, set(places.values()), known=known)
    meant = {recommendation: words.get(place, "") for recommendation, place in places.items()}
    for each in recommendations:
        if each.until_key is not None:
            meant[each.id] = range_wording(db, *places[each.id], each.until_key)
    return meant
