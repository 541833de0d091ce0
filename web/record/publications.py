"""Finding what was published by its hash, its number or its code."""

import re

from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import Consultation
from consult.consultations.recommendations import Recommendation
from consult.consultations.traces import (
    consultation_numbered,
    documents_with,
    is_as_received,
    publication_of,
    recommendation_numbered,
    versions_with,
)
from consult.i18n import gettext
from consult.identity.authorities import Authority
from consult.record.continuity import number_of_newest
from consult.record.entries import Entry, entries_at, entry_at, entry_of, entry_with_text
from consult.record.erasures import is_erased
from consult.record.listing import PACK
from consult.record.packs import pack
from web.record.findings import Finding, Link, not_found, place_of, said_of
from web.ui.dates import moment

HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
CODE = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
NUMBER = re.compile(r"(?<![0-9])([1-9][0-9]{0,8}) ?[-/] ?([0-9]{4})(?![0-9])")
#: The address of an entry, and its place alone, which tells nothing of the log in which it is.
ADDRESS = re.compile(rf".*{links.RECORD}/(?:([1-9][0-9]{{0,3}})/)?(0|[1-9][0-9]{{0,17}})")
INDEX = re.compile(r"0|[1-9][0-9]{0,17}")


def about_text(db: Session, authority: Authority, text: str) -> list[Finding] | None:
    """Return what is found about a hash, a code, a number or an address with one; None for what is none of them."""
    text = text.lower()
    if found := HASH.search(text):
        return about_hash(db, authority, found[0])
    if found := CODE.search(text):
        return [about_entry(db, authority, entry_of(db, found[0]))]
    if found := ADDRESS.fullmatch(text):
        return [about_entry(db, authority, entry_at(db, int(found[2]), int(found[1] or 1)))]
    # In the address of a proposal the number of its consultation stands first.
    if numbers := NUMBER.findall(text):
        return about_number(db, authority, int(numbers[-1][0]), int(numbers[-1][1]))
    if INDEX.fullmatch(text):
        # Each log has an entry of this number.
        return [about_entry(db, authority, entry) for entry in entries_at(db, int(text)) or (None,)]
    return None


def about_hash(db: Session, authority: Authority, digest: str) -> list[Finding]:
    """Return everything that was published with this SHA-256."""
    found = [
        about_document(name=document.name, consultation=consultation, entry=publication_of(db, document, consultation))
        for document, consultation in documents_with(db, authority.id, digest)
    ]
    for version, consultation in versions_with(db, authority.id, digest):
        name = gettext("Version %(number)s of the text") % {"number": version.number}
        found.append(about_document(name=name, consultation=consultation, entry=entry_of(db, version.event_id)))
    if entry := entry_with_text(db, digest):
        act, ways = said_of(db, authority, entry)
        text = gettext("This is the text to which an entry of the record commits.")
        if is_erased(db, digest):
            text = gettext("An entry of the record commits to this text; it was erased on a lawful request.")
        found.append(
            Finding(holds=True, title=gettext("Found: the text of an entry"), sentences=(text, act), links=ways)
        )
    if pack(db, digest) is not None:
        found.append(about_rules(db, digest))
    sentence = gettext(
        "Nothing that was published here has exactly this content (SHA-256 %(digest)s). A file that was saved anew, "
        "printed or changed in a single character is another file."
    )
    return found or [not_found(sentence % {"digest": digest})]


def about_document(*, name: str, consultation: Consultation, entry: Entry | None) -> Finding:
    """Return where a file was published."""
    said = {"number": consultation.reference, "title": consultation.title}
    sentences = [gettext("Byte for byte, this was published in consultation %(number)s: %(title)s") % said]
    ways: list[Link] = [(links.consultation(consultation.reference, consultation.title), gettext("The consultation"))]
    if entry is not None:
        sentences.append(gettext("It is in the record since %(moment)s.") % {"moment": moment(entry.event.at)})
        ways.append(place_of(entry))
    title = gettext("Found: %(name)s") % {"name": name}
    return Finding(holds=True, title=title, sentences=tuple(sentences), links=tuple(ways))


def about_rules(db: Session, digest: str) -> Finding:
    """Return that a file is a frozen policy pack."""
    sentence = gettext(
        "These are rules as they were fixed for a consultation, with the days off they count by (%(path)s)."
    )
    path = links.log_file(number_of_newest(db), f"{PACK}/{digest}")
    return Finding(
        holds=True, title=gettext("Found: the rules of a consultation"), sentences=(sentence % {"path": path},)
    )


def about_entry(db: Session, authority: Authority, entry: Entry | None) -> Finding:
    """Return what an act was, or that there is no such act."""
    if entry is None:
        return not_found(gettext("No entry of the record has this number or this code."))
    act, ways = said_of(db, authority, entry)
    receipt = (links.receipt(entry.event.id), gettext("The receipt"))
    return Finding(holds=True, title=gettext("Found in the record"), sentences=(act,), links=(*ways, receipt))


def about_number(db: Session, authority: Authority, number: int, year: int) -> list[Finding]:
    """Return the proposal and the consultation that have a number."""
    found = []
    if received := recommendation_numbered(db, authority.id, number, year):
        found.append(about_recommendation(db, *received))
    if consultation := consultation_numbered(db, authority.id, number, year):
        title = gettext("Found: consultation %(number)s") % {"number": consultation.reference}
        way = (links.consultation(consultation.reference, consultation.title), gettext("Its page"))
        found.append(Finding(holds=True, title=title, sentences=(consultation.title,), links=(way,)))
    sentence = gettext("No proposal and no consultation has the number %(number)s.") % {"number": f"{number}/{year}"}
    return found or [not_found(sentence)]


def about_recommendation(db: Session, it: Recommendation, consultation: Consultation) -> Finding:
    """Return whether the words of a proposal are still those that were received."""
    is_kept = is_as_received(db, it)
    words = {
        True: gettext("Its text is the one to which the record committed on that day."),
        False: gettext("Its text is not the one to which the record committed on that day: it was changed."),
        None: gettext("Its text was erased on a lawful request; its number and its place in the record stay."),
    }
    received = gettext("Received on %(moment)s in the consultation “%(title)s”.")
    return Finding(
        holds=is_kept is not False,
        title=gettext("Found: proposal no. %(number)s") % {"number": it.register_number},
        sentences=(received % {"moment": moment(it.received_at), "title": consultation.title}, words[is_kept]),
        links=(
            (links.recommendation(consultation.reference, it.reference), gettext("The proposal")),
            (links.receipt(it.event_id), gettext("The receipt")),
        ),
    )
