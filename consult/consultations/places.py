"""Where in a text somebody points, and what became of that place when another version was published meanwhile.

Whoever writes about an article writes about its words. When these change before the proposal is sent, its writer is
shown how and carries what they wrote over to where the article now stands, or leaves it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.consultations.consultations import ConsultationId
from consult.consultations.passages import find_provision, provisions_named
from consult.consultations.since import SpokenOf, articles_read, spoken_of
from consult.consultations.versions import numbered, versions_of
from consult.i18n import N_
from consult.refusals import Refusal


@dataclass(frozen=True)
class Place:
    """Where in the text somebody points: at a provision, at a range of articles, or, with neither, at the whole.

    `version`: the number of the one that they read; None for the newest.
    """

    provision_key: str | None
    until_key: str | None = None
    version: int | None = None


@dataclass(frozen=True)
class Meanwhile:
    """What a newer version made of the articles that somebody writes about, and where these are today.

    `place`: in the newest version; the draft as a whole where it has them no more.
    """

    read: int
    newest: int
    articles: Sequence[SpokenOf]
    place: Place


class TextChanged(Refusal):
    """Another version was published while somebody was writing, and it changed what they write about."""

    sentence = N_("The text changed while you were writing. See below what changed; your words are kept.")


def changed_meanwhile(db: Session, consultation_id: ConsultationId, place: Place) -> Meanwhile | None:
    """Return what has changed at a place since it was read; None where its articles stand and read as they did."""
    if place.version is None or place.provision_key is None:
        return None
    versions = versions_of(db, consultation_id)
    read, newest = numbered(versions, place.version), versions[-1]
    if read is newest:
        return None
    keys = articles_read(db, read, place.provision_key, place.until_key)
    articles = [spoken_of(db, versions, read, key) for key in keys]
    if not any(each.is_changed or each.key != key for each, key in zip(articles, keys, strict=True)):
        return None
    today = Place(None, None, newest.number)
    if not any(each.is_gone for each in articles):
        first, last = articles[0].key, articles[-1].key
        if place.until_key is None:
            below = find_provision(db, read.id, place.provision_key).key.removeprefix(keys[0])
            first = first + below if provisions_named(db, newest.id, [first + below]) else first
        today = Place(first, last if place.until_key else None, newest.number)
    return Meanwhile(read.number, newest.number, articles, today)


def refuse_changed(db: Session, consultation_id: ConsultationId, place: Place) -> None:
    """Refuse what is about words that have changed since its writer read them. Raises TextChanged."""
    if changed_meanwhile(db, consultation_id, place) is not None:
        raise TextChanged
