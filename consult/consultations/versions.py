"""Versions of a draft's text, each cut into provisions that keep their name from one version to the next."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import NewType

from sqlalchemy import (
    ForeignKey,
    Index,
    UniqueConstraint,
    bindparam,
    func,
    insert,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, undefer

from consult.consultations.consultations import ConsultationId
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


VERSIONS_IN_ORDER = (
    select(Version).where(Version.consultation_id == bindparam("consultation_id")).order_by(Version.number)
)


def versions_of(db: Session, consultation_id: ConsultationId) -> list[Version]:
    """Return all versions, the first one first, without their texts."""
    return list(db.scalars(VERSIONS_IN_ORDER, {"consultation_id": consultation_id}))


#: The newest version of a consultation.
NEWEST = (
    select(Version.id)
    .where(Version.consultation_id == bindparam("consultation_id"))
    .order_by(Version.number.desc())
    .limit(1)
)
LATEST = select(Version).where(Version.id == NEWEST.scalar_subquery())
LATEST_WITH_TEXT = LATEST.options(undefer(Version.text))


def latest_version(db: Session, consultation_id: ConsultationId, *, with_text: bool = False) -> Version:
    """Return the newest version; `with_text` where its whole text is read. Raises NotFound while nothing is public."""
    version = db.scalar(LATEST_WITH_TEXT if with_text else LATEST, {"consultation_id": consultation_id})
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
