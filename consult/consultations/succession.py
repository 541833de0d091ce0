"""What was said about an article stays with it: under its next number, and after the article is gone.

A recommendation names the provision that its author read, in the version that they read, and this never changes. Its
`article_key` says on which article's page it stands today. When an article is inserted, every key behind it names
another article than before, so each new version moves what was said to where its article now is; what was said about
an article that is gone is kept under its last key and the number of the version that still had it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from sqlalchemy import bindparam, case, select, update
from sqlalchemy.orm import Session

from consult.consultations.changes import changes_between
from consult.consultations.comparison import Changes
from consult.consultations.consultations import ConsultationId
from consult.consultations.counters import refresh_counters
from consult.consultations.passages import Head
from consult.consultations.recommendations import RangeArticle, Recommendation
from consult.consultations.versions import Provision, Version

_GONE = re.compile(r"(?P<key>.+)-v(?P<version>[0-9]{1,6})")


def gone_key(key: str, version: int) -> str:
    """Return the name of an article that is gone: its last key, and the last version that had it (`art-5-v1`)."""
    return f"{key}-v{version}"


def as_last_seen(key: str) -> tuple[str, int | None]:
    """Return the key of an article and the version to look it up in; None for the newest."""
    gone = _GONE.fullmatch(key)
    return (gone["key"], int(gone["version"])) if gone else (key, None)


def carry_over(db: Session, consultation_id: ConsultationId, changes: Changes, *, version: int) -> None:
    """Move what was said about the articles of a version to where they stand in the next. `version`: the older one."""
    now = places_after(changes, version=version)
    moved = [_move(db, consultation_id, stands, now) for stands in (Recommendation, RangeArticle)]
    if any(moved):
        refresh_counters(db, consultation_id)


def _move(
    db: Session, consultation_id: ConsultationId, stands: type[Recommendation | RangeArticle], now: Mapping[str, str]
) -> bool:
    """Move what stands on the pages of articles to where these are now; tell whether anything had to."""
    spoken_of = select(stands.article_key).where(stands.consultation_id == consultation_id).distinct()
    moves = {key: now[key] for key in db.scalars(spoken_of) if key is not None and key in now}
    if moves:
        db.execute(
            update(stands)
            .where(stands.consultation_id == consultation_id, stands.article_key.in_(moves))
            # One statement for all: art. 5 becomes art. 6 while art. 6 becomes art. 7.
            .values(article_key=case(moves, value=stands.article_key))
        )
    return bool(moves)


def place_today(db: Session, versions: Sequence[Version], key: str, *, since: Version) -> str:
    """Return the key under which an article of a version stands today, or that by which it is known to be gone."""
    for older, newer in pairwise(versions[since.number - 1 :]):
        changes = changes_between(db, older, newer)
        key = places_after(changes, version=older.number).get(key, key)
        if _GONE.fullmatch(key):
            break
    return key


NAMED_SO = (
    select(Version.number, *(getattr(Provision, name) for name in Head._fields))
    .join(Provision, Provision.version_id == Version.id)
    .where(
        Version.consultation_id == bindparam("consultation_id"), Provision.key.in_(bindparam("keys", expanding=True))
    )
    .order_by(Version.number)
)


def articles_named(db: Session, consultation_id: ConsultationId, keys: Iterable[str]) -> dict[str, Head]:
    """Return the articles of these keys, in the order of the text, those that are gone after all others.

    They come without their words.
    """
    wanted = {key: as_last_seen(key) for key in keys}
    named_so = {"consultation_id": consultation_id, "keys": list({key for key, _ in wanted.values()})}
    found: dict[tuple[str, int | None], Head] = {}
    for number, *row in db.execute(NAMED_SO, named_so):
        head = Head._make(row)
        found[head.key, number] = found[head.key, None] = head
    named = {key: found[place] for key, place in wanted.items() if place in found}
    return dict(sorted(named.items(), key=lambda pair: (wanted[pair[0]][1] is not None, pair[1].position)))


def places_after(changes: Changes, *, version: int) -> Mapping[str, str]:
    """Return the new key of every article that does not keep its own."""
    places = {}
    for article in changes.articles:
        if article.old is None:
            continue
        key = article.old.key
        place = article.new.key if article.new else gone_key(key, version)
        if place != key:
            places[key] = place
    return places
