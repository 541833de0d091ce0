"""What is found about something that a reader brings. Each finding says what was compared with what."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult import links
from consult.i18n import gettext
from consult.identity.authorities import Authority
from consult.record.entries import Entry
from web.record.acts import acts_of
from web.ui.dates import moment
from web.ui.figures import number

#: An address and the words that lead there.
Link = tuple[str, str]


@dataclass(frozen=True)
class Finding:
    """One answer. `holds`: whether all is as it should be; where to read on, in `links`."""

    holds: bool
    title: str
    sentences: tuple[str, ...]
    links: tuple[Link, ...] = ()


def not_found(sentence: str) -> Finding:
    """Return that there is nothing of this kind here."""
    return Finding(holds=False, title=gettext("Not found"), sentences=(sentence,))


def said_of(db: Session, authority: Authority, entry: Entry) -> tuple[str, tuple[Link, ...]]:
    """Return an act in words, with its time, and the ways to its place in the record and to what it is about."""
    (act,) = acts_of(db, authority, [entry])
    sentence = gettext("%(act)s (%(moment)s)") % {"act": act.sentence, "moment": moment(act.at)}
    ways = (place_of(entry),)
    return sentence, (*ways, (act.href, gettext("What it is about"))) if act.href else ways


def place_of(entry: Entry) -> Link:
    """Return the way to an act's place in the record."""
    if entry.index is None or entry.log is None:
        return links.receipt(entry.event.id), gettext("Its place in the record")
    return links.entry(entry.index, entry.log), gettext("Entry %(index)s") % {"index": number(entry.index)}
