"""Versions of a draft's text, each cut into provisions that keep their name from one version to the next."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import NewType

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, func, insert, or_, select
from sqlalchemy.orm import Mapped, Session, aliased, load_only, mapped_column, undefer

from consult.consultations.consultations import ConsultationId
from consult.consultations.grammar import Kind
from consult.consultations.outline import wording
from consult.consultations.parsing import parse
from consult.i18n import N_
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type

VersionId = NewType("VersionId", int)
key_type(VersionId)


class Version(Base):
    """The whole text at one moment. Never changed: a better text is the next version."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: Mapped[VersionId] = mapped_column(primary_key=True)
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    #: The normalised text; joining its provisions gives it back.
    text: Mapped[str] = mapped_column(deferred=True)
    sha256: Mapped[str]
    published_at: Mapped[datetime]
    event_id: Mapped[str]


class Provision(Base):
    """One piece of a version: a chapter, an article, a paragraph, a letter, an annex."""

    __tablename__ = "provision"
    __table_args__ = (UniqueConstraint("version_id", "key"), Index("ix_provision_on_page", "version_id", "article_key"))

    version_id: Mapped[VersionId] = mapped_column(ForeignKey("version.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    #: Stable name, such as `art-7-alin-2-lit-b`, by which recommendations find it in every version.
    key: Mapped[str]
    kind: Mapped[str]
    number: Mapped[str]
    label: Mapped[str]
    heading: Mapped[str]
    body: Mapped[str]
    #: Its own piece of the text to the letter, number and line ends included.
    text: Mapped[str]
    depth: Mapped[int]
    parent_key: Mapped[str | None]
    #: The article, or the piece that stands on its own, on whose page it is shown.
    article_key: Mapped[str]


class NoArticle(Refusal):
    """A text in which no article was found cannot be consulted article by article."""

    sentence = N_("No article was found in this text. Articles begin a line, such as “Art. 1.”")
    field = "text"


def add_version(db: Session, consultation_id: ConsultationId, text: str, *, at: datetime) -> Version:
    """Cut a text into provisions and keep it as the next version. Raises NoArticle."""
    parsed = parse(text)
    if not parsed.articles:
        raise NoArticle
    version = Version(
        consultation_id=consultation_id,
        number=len(versions_of(db, consultation_id)) + 1,
        text=parsed.text,
        sha256=hashlib.sha256(parsed.text.encode()).hexdigest(),
        published_at=at,
        event_id="",
    )
    db.add(version)
    db.flush()
    columns = Provision.__table__.columns.keys()
    rows = [{name: getattr(element, name) for name in columns if name != "version_id"} for element in parsed.elements]
    db.execute(insert(Provision), [{"version_id": version.id, **row} for row in rows])
    return version


def versions_of(db: Session, consultation_id: ConsultationId) -> list[Version]:
    """Return all versions, the first one first, without their texts."""
    return list(db.scalars(select(Version).where(Version.consultation_id == consultation_id).order_by(Version.number)))


def latest_version(db: Session, consultation_id: ConsultationId, *, with_text: bool = False) -> Version:
    """Return the newest version; `with_text` where its whole text is read. Raises NotFound while nothing is public."""
    query = select(Version).where(Version.consultation_id == consultation_id)
    if with_text:
        query = query.options(undefer(Version.text))
    version = db.scalar(query.order_by(Version.number.desc()).limit(1))
    if version is None:
        raise NotFound
    return version


def numbered(versions: Sequence[Version], number: int | None) -> Version:
    """Return the version of a number, the newest if none is given. Raises NotFound."""
    if number is None and versions:
        return versions[-1]
    for version in versions:
        if version.number == number:
            return version
    raise NotFound


def provisions_of(db: Session, version_id: VersionId) -> list[Provision]:
    """Return every provision of a version in the order of the text."""
    return list(db.scalars(select(Provision).where(Provision.version_id == version_id).order_by(Provision.position)))


def provisions_named(db: Session, version_id: VersionId, keys: Iterable[str]) -> dict[str, Provision]:
    """Return some provisions of a version by their keys; those that it does not have are left out."""
    query = select(Provision).where(Provision.version_id == version_id, Provision.key.in_(list(keys)))
    return {provision.key: provision for provision in db.scalars(query)}


def last_version_with(db: Session, consultation_id: ConsultationId, key: str) -> int:
    """Return the number of the newest version that has an article. Raises NotFound."""
    query = (
        select(func.max(Version.number))
        .join(Provision, Provision.version_id == Version.id)
        .where(Version.consultation_id == consultation_id, Provision.key == key, Provision.article_key == key)
    )
    number = db.scalar(query)
    if number is None:
        raise NotFound
    return number


def find_provision(db: Session, version_id: VersionId, key: str) -> Provision:
    """Return one provision. Raises NotFound."""
    provision = provisions_named(db, version_id, [key]).get(key)
    if provision is None:
        raise NotFound
    return provision


def on_page(db: Session, version_id: VersionId, article_key: str) -> list[Provision]:
    """Return an article (or another piece that stands on its own) with everything shown on its page, in order."""
    query = select(Provision).where(Provision.version_id == version_id, Provision.article_key == article_key)
    return list(db.scalars(query.order_by(Provision.position)))


@dataclass(frozen=True)
class Piece:
    """An article, or another piece that stands on its own, with everything that is shown with it."""

    head: Provision
    below: Sequence[Provision]

    @property
    def whole(self) -> Sequence[Provision]:
        """The piece itself and all that is below it."""
        return [self.head, *self.below]


def pieces_of(provisions: Iterable[Provision]) -> list[Piece]:
    """Return the provisions of a text, given in its order, as the pieces that stand on their own."""
    grouped = (list(group) for _, group in groupby(provisions, key=attrgetter("version_id", "article_key")))
    return [Piece(head, below) for head, *below in grouped]


def heads_of(db: Session, version_id: VersionId) -> list[Provision]:
    """Return all pieces of a version that stand on their own, in order, without their words."""
    query = select(Provision).where(Provision.version_id == version_id, Provision.key == Provision.article_key)
    named = load_only(
        Provision.key, Provision.kind, Provision.label, Provision.heading, Provision.depth, Provision.parent_key
    )
    return list(db.scalars(query.options(named).order_by(Provision.position)))


def provisions_between(db: Session, version_id: VersionId, first: int, end: int | None) -> list[Provision]:
    """Return the provisions from one position up to but without another; None for the end of the text."""
    query = select(Provision).where(Provision.version_id == version_id, Provision.position >= first)
    if end is not None:
        query = query.where(Provision.position < end)
    return list(db.scalars(query.order_by(Provision.position)))


def current_wording(db: Session, provision: Provision) -> str:
    """Return the words of a provision with all that is below it: what an amendment begins with."""
    return wording(on_page(db, provision.version_id, provision.article_key), provision.key)


#: A provision by whose key its article is found; made once, since each making costs as much as a query.
NAMED = aliased(Provision)


def wordings_of(db: Session, wanted: Collection[tuple[VersionId, str]]) -> dict[tuple[VersionId, str], str]:
    """Return the words of several provisions with all that is below them, by version and key, in one statement."""
    # The articles first, each found by its key; asking of every provision whether it is wanted would read all texts.
    by_version: dict[VersionId, set[str]] = {}
    for version_id, key in wanted:
        by_version.setdefault(version_id, set()).add(key)
    chosen = [(NAMED.version_id == version_id) & NAMED.key.in_(keys) for version_id, keys in by_version.items()]
    pages = select(NAMED.version_id, NAMED.article_key).where(or_(false(), *chosen)).distinct().subquery()
    query = (
        select(Provision)
        .join(pages, (Provision.version_id == pages.c.version_id) & (Provision.article_key == pages.c.article_key))
        .order_by(Provision.version_id, Provision.position)
    )
    found = {}
    for piece in pieces_of(db.scalars(query)) if wanted else ():
        for provision in piece.whole:
            if (provision.version_id, provision.key) in wanted:
                found[provision.version_id, provision.key] = wording(piece.whole, provision.key)
    return found


@dataclass(frozen=True)
class Neighbours:
    """The articles before and after one."""

    previous: Provision | None
    following: Provision | None


def neighbours(db: Session, provision: Provision) -> Neighbours:
    """Return the articles next to a piece of the text, in the order of the text."""
    here = Provision.version_id == provision.version_id, Provision.kind.in_([Kind.ARTICLE, Kind.ANNEX])
    before = select(func.max(Provision.position)).where(*here, Provision.position < provision.position)
    after = select(func.min(Provision.position)).where(*here, Provision.position > provision.position)
    query = select(Provision).where(
        Provision.version_id == provision.version_id,
        Provision.position.in_([before.scalar_subquery(), after.scalar_subquery()]),
    )
    found = db.scalars(query).all()
    return Neighbours(
        next((each for each in found if each.position < provision.position), None),
        next((each for each in found if each.position > provision.position), None),
    )
