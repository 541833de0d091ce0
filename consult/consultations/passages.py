"""The provisions of a published version as pages read them: a whole text, an article, what an article is called.

They never change, so they are read as plain rows, at half the cost of entities that a session would watch.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select, union_all
from sqlalchemy.orm import Session

from consult.consultations.consultations import ConsultationId
from consult.consultations.grammar.kinds import FRAMES, Kind
from consult.consultations.outline import indent, wording
from consult.consultations.versions import NEWEST, Provision, Version, VersionId
from consult.refusals import NotFound
from consult.store.base import table_of


class Passage(NamedTuple):
    """A provision as it is read: it never changes, so no session needs to watch it."""

    version_id: VersionId
    position: int
    key: str
    kind: str
    number: str
    label: str
    heading: str
    body: str
    text: str
    depth: int
    parent_key: str | None
    article_key: str


class Head(NamedTuple):
    """A provision as a table of contents names it, without its words."""

    position: int
    key: str
    kind: str
    label: str
    heading: str
    depth: int
    parent_key: str | None


#: Statements are made once: making one costs as much as running it. They ask for the columns of the table, not for the
#: attributes of the entity, whose rows a session would look at one by one.
PROVISION = table_of(Provision).columns
PASSAGES = select(*(PROVISION[name] for name in Passage._fields)).order_by(PROVISION.version_id, PROVISION.position)
OF_VERSION = PASSAGES.where(PROVISION.version_id == bindparam("version_id"))
NAMED = OF_VERSION.where(PROVISION.key.in_(bindparam("keys", expanding=True)))
ON_PAGE = OF_VERSION.where(PROVISION.article_key == bindparam("article_key"))
BETWEEN = OF_VERSION.where(PROVISION.position >= bindparam("first"), PROVISION.position < bindparam("end"))
HEADS = (
    select(*(PROVISION[name] for name in Head._fields))
    .where(PROVISION.version_id == bindparam("version_id"), PROVISION.key == PROVISION.article_key)
    .order_by(PROVISION.position)
)


def provisions_of(db: Session, version_id: VersionId) -> list[Passage]:
    """Return every provision of a version in the order of the text."""
    return passages(db, OF_VERSION, version_id=version_id)


def passages(db: Session, query: Select[Any], **wanted: object) -> list[Passage]:
    """Run one of the statements above."""
    return [Passage._make(row) for row in db.execute(query, wanted)]


def provisions_named(db: Session, version_id: VersionId, keys: Iterable[str]) -> dict[str, Passage]:
    """Return some provisions of a version by their keys; those that it does not have are left out."""
    return {found.key: found for found in passages(db, NAMED, version_id=version_id, keys=list(keys))}


def find_provision(db: Session, version_id: VersionId, key: str) -> Passage:
    """Return one provision. Raises NotFound."""
    found = provisions_named(db, version_id, [key]).get(key)
    if found is None:
        raise NotFound
    return found


def on_page(db: Session, version_id: VersionId, article_key: str) -> list[Passage]:
    """Return an article (or another piece that stands on its own) with everything shown on its page, in order."""
    return passages(db, ON_PAGE, version_id=version_id, article_key=article_key)


@dataclass(frozen=True)
class Piece:
    """An article, or another piece that stands on its own, with everything that is shown with it."""

    head: Passage
    below: tuple[Passage, ...]

    @property
    def whole(self) -> Sequence[Passage]:
        """The piece itself and all that is below it."""
        return [self.head, *self.below]

    @cached_property
    def lines(self) -> Sequence[tuple[str, str, int]]:
        """Its own words, without a key, then what is below it: the words as in the act, the key, the indent."""
        named = "" if self.head.kind in FRAMES else self.head.heading
        own = [(words, "", 0) for words in (named, self.head.body) if words]
        return [*own, *((each.text.strip(), each.key, indent(each, self.head)) for each in self.below)]


def pieces_of(provisions: Iterable[Passage]) -> list[Piece]:
    """Return the provisions of a text, given in its order, as the pieces that stand on their own."""
    grouped = (list(group) for _, group in groupby(provisions, key=attrgetter("version_id", "article_key")))
    return [Piece(head, tuple(below)) for head, *below in grouped]


def heads_of(db: Session, version_id: VersionId) -> list[Head]:
    """Return all pieces of a version that stand on their own, in order, without their words."""
    standing = db.execute(HEADS, {"version_id": version_id})
    return [Head._make(row) for row in standing]


#: Beyond the last provision of any text.
END = 2**31 - 1


def provisions_between(db: Session, version_id: VersionId, first: int, end: int | None) -> list[Passage]:
    """Return the provisions from one position up to but without another; None for the end of the text."""
    return passages(db, BETWEEN, version_id=version_id, first=first, end=end or END)


def current_wording(db: Session, provision: Passage) -> str:
    """Return the words of a provision with all that is below it: what an amendment begins with."""
    return wording(on_page(db, provision.version_id, provision.article_key), provision.key)


#: A provision by whose key its article is found: asking of every provision whether it is wanted would read all texts.
_MEANT = table_of(Provision).alias()
AROUND = (
    PASSAGES.order_by(None)
    .join(_MEANT, (_MEANT.c.version_id == PROVISION.version_id) & (_MEANT.c.article_key == PROVISION.article_key))
    .where(
        _MEANT.c.version_id.in_(bindparam("versions", expanding=True)),
        _MEANT.c.key.in_(bindparam("keys", expanding=True)),
    )
)


_VERSION = table_of(Version).c
AROUND_NEWEST = (
    PASSAGES.order_by(None)
    .add_columns(_VERSION.number)
    .join(_MEANT, (_MEANT.c.version_id == PROVISION.version_id) & (_MEANT.c.article_key == PROVISION.article_key))
    .join(table_of(Version), _VERSION.id == PROVISION.version_id)
    .where(_VERSION.id == NEWEST.scalar_subquery(), _MEANT.c.key == bindparam("key"))
)


def newest_piece_around(db: Session, consultation_id: ConsultationId, key: str) -> tuple[int, Piece]:
    """Return the number of a consultation's newest version, and in it the piece in which a provision stands.

    Raises NotFound.
    """
    found = sorted(db.execute(AROUND_NEWEST, {"consultation_id": consultation_id, "key": key}))
    for piece in pieces_of(Passage._make(row[:-1]) for row in found):
        return found[0][-1], piece
    raise NotFound


Wordings = dict[tuple[VersionId, str], str]


def wordings_of(db: Session, wanted: Collection[tuple[VersionId, str]], *, known: Sequence[Piece] = ()) -> Wordings:
    """Return the words of several provisions with all that is below them, by version and key, in one statement.

    `known`: pieces that were read already, whose words are not asked for.
    """
    found = wordings_in(known, wanted)
    missing = [place for place in wanted if place not in found]
    if not missing:
        return found
    versions, keys = zip(*missing, strict=True)
    # An article comes once for each of its provisions that is meant, and perhaps from a version in which it is not.
    return found | wordings_in(pieces_of(sorted({*passages(db, AROUND, versions=versions, keys=keys)})), missing)


def wordings_in(pieces: Iterable[Piece], wanted: Collection[tuple[VersionId, str]]) -> Wordings:
    """Return the words of those of these provisions that stand in some pieces."""
    return {
        (provision.version_id, provision.key): wording(piece.whole, provision.key)
        for piece in pieces
        for provision in piece.whole
        if (provision.version_id, provision.key) in wanted
    }


@dataclass(frozen=True)
class Neighbours:
    """The articles before and after one."""

    previous: Head | None = None
    following: Head | None = None


#: The nearest on each side of a position, found by the key of the table.
_LEAF = HEADS.where(PROVISION.kind.in_([Kind.ARTICLE, Kind.ANNEX])).order_by(None).limit(1)
NEIGHBOURS = union_all(
    _LEAF.where(PROVISION.position < bindparam("here")).order_by(PROVISION.position.desc()).subquery().select(),
    _LEAF.where(PROVISION.position > bindparam("here")).order_by(PROVISION.position).subquery().select(),
)


def neighbours(db: Session, provision: Passage) -> Neighbours:
    """Return the articles next to a piece of the text, in the order of the text."""
    here = {"version_id": provision.version_id, "here": provision.position}
    found = [Head._make(row) for row in db.execute(NEIGHBOURS, here)]
    return Neighbours(
        next((each for each in found if each.position < provision.position), None),
        next((each for each in found if each.position > provision.position), None),
    )
