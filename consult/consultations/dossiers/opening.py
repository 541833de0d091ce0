"""The first parts of the file: what was announced, with which documents, and what the draft says and said."""

from collections.abc import Iterator
from io import BytesIO

import segno

from consult import links
from consult.consultations.comparison import State
from consult.consultations.dossiers import words
from consult.consultations.dossiers.contents import Contents
from consult.consultations.exporting.paper import Piece, facts, heading, named, paragraphs, quiet, table
from consult.consultations.exporting.pdf import pieces_of_act
from consult.consultations.legal_dates import LegalDate
from consult.consultations.versions import Version
from consult.i18n import gettext, spoken
from consult.money import amount_in_words

#: What stands before a part of a line, for each line above it.
INDENT = "\u2003"
#: How wide the columns of the dates are beside each other.
SHARES = (1.6, 2.2, 3.2)


def cover(contents: Contents, site: str) -> Iterator[Piece]:
    """Yield where the consultation stands, what is in the file, and the ways to its source."""
    it, tally = contents.consultation, contents.page.tally
    answered = [
        f"{name}: {tally.by_verdict[verdict]}"
        for verdict, name in words.verdicts().items()
        if verdict in tally.by_verdict
    ]
    yield {"kind": "name", "lines": [it.title]}
    yield facts(
        (gettext("State"), words.stages()[it.stage_at(contents.at)]),
        (gettext("Initiator"), it.initiator),
        (gettext("Department"), it.department),
        (gettext("Proposals received"), str(tally.received)),
        (gettext("Answers"), ", ".join(answered)),
        (gettext("As of"), str(spoken(contents.as_of))),
    )
    yield {"kind": "contents"}
    page = f"{site}{links.consultation(it.reference)}"
    record = f"{site}{links.record(reference=it.reference)}"
    yield {
        "kind": "codes",
        "codes": [
            code(page, gettext("The consultation on the site: %(url)s")),
            code(record, gettext("Its acts in the public record: %(url)s")),
        ],
    }


def code(url: str, sentence: str) -> Piece:
    """Return a square code that leads to an address, with the address in words."""
    drawing = BytesIO()
    segno.make(url, error="m").save(drawing, kind="svg", xmldecl=False, border=0)
    said = sentence % {"url": url}
    return {"drawing": drawing.getvalue().decode(), "alt": said, "lines": [said]}


def announcement(contents: Contents) -> Iterator[Piece]:
    """Yield what was announced (art. 7(1)-(2)), and the dates with what the law says of them."""
    it = contents.consultation
    yield heading(gettext("Announcement"))
    for name, said in (
        (gettext("In short"), it.summary),
        (gettext("Why this is needed"), it.justification),
        (gettext("Urgent procedure: why the 30 working days are not awaited"), it.urgent_motive),
        (gettext("Why there are fewer days for proposals than usual"), it.shorter_motive),
        (gettext("How proposals can be sent"), it.ways_to_send),
        (gettext("Where it was announced"), it.channels),
    ):
        if said.strip():
            yield named(name, said)
    contact = ", ".join(filter(None, (it.contact_name, it.contact_email, it.contact_phone)))
    yield facts((gettext("Contact person"), contact))
    yield heading(gettext("Dates"), 2)
    names = words.milestones()
    head = [gettext("Date"), gettext("Day"), gettext("What the law says")]
    yield table(head, ([names[each.of], _day(each), _limit(each)] for each in contents.page.dates), SHARES)


def _day(each: LegalDate) -> str:
    """Return a day with its hour and place, and those before it that no longer hold."""
    planned = gettext("(planned)") if each.is_planned else ""
    said = [f"{spoken(each.starts_at or each.day)} {planned}".strip(), each.note]
    moved = gettext("Moved on %(day)s: %(reason)s")
    said += [moved % {"day": spoken(move.moved_at), "reason": move.reason} for move in each.moves]
    said += [moved % {"day": spoken(move.moved_at), "reason": move.reason} for move in each.given_up]
    return ". ".join(part.rstrip(".") for part in said if part)


def _limit(each: LegalDate) -> str:
    if each.finding is None:
        return "–"
    if each.finding.lifted_by:
        lifted = gettext("Urgent procedure: this term does not bind (%(cite)s).")
        return lifted % {"cite": each.finding.lifted_by.citation}
    return str(each.finding.deadline)


def documents(contents: Contents) -> Iterator[Piece]:
    """Yield the documents by their names and hashes, by which each is known from any other."""
    yield heading(gettext("Documents"))
    if not contents.page.documents:
        yield paragraphs(gettext("No document was published."))
    names = words.document_kinds()
    for each in contents.page.documents:
        yield named(names[each.kind], each.name)
        yield quiet(f"SHA-256 {each.sha256}")


def text(contents: Contents) -> Iterator[Piece]:
    """Yield the newest text whole, below the hashes of all its versions; the others are annexes."""
    yield {"kind": "leaf"}
    yield heading(gettext("The text of the draft"))
    for version in contents.page.versions:
        yield published(contents, version)
    yield from pieces_of_act(contents.provisions, below=1)


def published(contents: Contents, version: Version) -> Piece:
    """Return when a version was published, its hash, and the entry that says both."""
    said = gettext("Version %(number)s, published on %(moment)s")
    facts_ = {"number": version.number, "moment": spoken(version.published_at)}
    entry = next((act for act in contents.acts if act.id == version.event_id), None)
    known = [gettext("Entry %(index)s in the public record") % {"index": entry.index}] if entry else []
    return quiet(said % facts_, f"SHA-256 {version.sha256}", *known)


def figures(contents: Contents) -> Iterator[Piece]:
    """Yield the newest figures of a draft budget, line by line, below the hashes of all its editions."""
    if not contents.editions:
        return
    yield {"kind": "leaf"}
    yield heading(gettext("Figures"))
    for edition in contents.editions:
        said = gettext("Version %(number)s, published on %(moment)s")
        facts_ = {"number": edition.version.number, "moment": spoken(edition.version.published_at)}
        yield quiet(said % facts_, f"SHA-256 {edition.table.sha256}")
    newest = contents.editions[-1].table
    head = [gettext("Code"), gettext("Line"), newest.columns[newest.main]]
    rows = ([each.code, INDENT * each.depth + each.title, amount_in_words(each.amount)] for each in contents.lines)
    yield table(head, rows, (1.4, 5, 2), ends_in_amounts=True)


def changes(contents: Contents) -> Iterator[Piece]:
    """Yield what changed from the first text to the newest, words struck out and added, and for which proposals."""
    found = contents.changes
    if found is None:
        return
    yield {"kind": "leaf"}
    title = gettext("What changed from version %(before)s to version %(after)s")
    yield heading(title % {"before": found.before.number, "after": found.after.number})
    yield quiet(gettext("Underlined words were added; words struck through were taken out."))
    for article in found.changes.changed:
        yield heading(article.here.label, 2)
        for part in article.parts:
            if part.state is State.SAME and not part.renumbered:
                continue
            name = f"{part.here.label}:" if part.here.key != article.here.key else ""
            marked = [{"mark": each.mark, "text": each.text} for each in part.segments]
            yield {"kind": "tracked", "name": name, "segments": marked}
        causes = ", ".join(each.register_number for each in found.causes_behind(article))
        if causes:
            yield quiet(gettext("Because of the proposals no. %(numbers)s") % {"numbers": causes})
