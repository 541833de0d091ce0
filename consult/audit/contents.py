"""What an announcement must contain by its frozen pack (art. 7(2)), as far as the record itself tells it.

Where proposals are to be sent, by which channels and to whom the announcement went, stands in no entry: of that the
audit says nothing. The date of posting is the time of the entry, and the last day for proposals one of its terms
(`consult.audit.announcements`).
"""

import re
from collections.abc import Iterator

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.announcements import ANNOUNCEMENT, circumstances_of
from consult.audit.books import Books
from consult.audit.failures import Breach, Value, Words
from consult.audit.procedures import Procedure
from consult.i18n import N_
from consult.policy.requirements import requirements_of
from consult.record.events import DocumentPublished

#: The names that packs give to two of the contents: the report of approval (or the note of motives), the whole text.
REASONS, FULL_TEXT = "announcement-reasons", "announcement-full-text"
#: The kind of document that is such a report.
REPORT = "report"

SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


def document_published(books: Books, act: Act, event: DocumentPublished) -> Iterator[Breach]:
    """A document is named by its hash; one that comes with the announcement, at the same instant, is a part of it."""
    if not SHA256.fullmatch(event.sha256):
        yield Breach(rules.NAMED, event.sha256, Words(N_("a SHA-256")))
    procedure = books.procedure(act.subject)
    if procedure and event.sha256 in procedure.documents:
        yield Breach(rules.NAMED, event.sha256, Words(N_("a document that was not published before")))
    if procedure:
        procedure.documents.add(event.sha256)
    if procedure and act.at == procedure.announced_at:
        procedure.announced_with.add(event.kind)


def contents_missing(books: Books, procedure: Procedure) -> Iterator[Breach]:
    """Return what an announcement lacks, once everything that was published with it was read."""
    pack = books.pack_of(procedure)
    if pack is None or procedure.announced_at is None:
        return
    kinds, text = procedure.announced_with, procedure.announced_text
    report = Words(N_("reasons in the announcement, or a document of the kind “report” with it"))
    digest = Words(N_("the SHA-256 of the whole text"))
    has_reasons = REPORT in kinds or SHA256.fullmatch(procedure.announced_reasons) is not None
    told: dict[str, tuple[bool, Value, Value]] = {
        REASONS: (has_reasons, tuple(sorted(kinds)), report),
        FULL_TEXT: (SHA256.fullmatch(text) is not None, text, digest),
    }
    known = [each for each in circumstances_of(procedure) if each in pack.circumstances]
    day = procedure.day(procedure.announced_at)
    for rule in requirements_of(pack, ANNOUNCEMENT, on=day, circumstances=known):
        is_there, found, expected = told.get(rule.id, (True, None, None))
        if not is_there:
            yield Breach(rules.law(pack, rule), found, expected)
