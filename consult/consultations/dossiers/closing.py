"""The last parts of the file: what was debated and decided, how the law was kept, and what the record holds."""

from collections.abc import Iterator

from consult.consultations.dossiers import words
from consult.consultations.dossiers.contents import Contents
from consult.consultations.dossiers.opening import published
from consult.consultations.exporting.paper import Piece, facts, heading, named, paragraphs, quiet, table
from consult.consultations.exporting.pdf import pieces_of_act
from consult.consultations.meeting_pages import MeetingPage
from consult.i18n import gettext, spoken
from consult.meetings.agendas import AgendaItem, Choice

#: How wide the columns of the duties are beside each other.
SHARES = (4, 1.6, 1.6, 2.8)


def meetings(contents: Contents) -> Iterator[Piece]:
    """Yield the debates and the sessions: when and where, what was decided with which votes, and the minutes."""
    if not contents.meetings:
        return
    yield {"kind": "leaf"}
    yield heading(gettext("Debates and sessions"))
    for page in contents.meetings:
        yield from _meeting(page)


def _meeting(page: MeetingPage) -> Iterator[Piece]:
    it = page.meeting
    yield heading(f"{words.meeting_kinds()[it.kind]}: {it.title}", 2)
    moved = gettext("Moved on %(moment)s: %(reason)s")
    off = gettext("Called off on %(moment)s: %(reason)s")
    yield facts(
        (gettext("When"), str(spoken(it.starts_at))),
        (gettext("Where"), it.where),
        *((str(spoken(m.was_at)), moved % {"moment": spoken(m.moved_at), "reason": m.reason}) for m in it.moves),
        (gettext("Participants"), "" if it.participants is None else str(it.participants)),
        (
            gettext("Called off"),
            off % {"moment": spoken(it.cancelled_at), "reason": it.cancelled_because} if it.cancelled_at else "",
        ),
    )
    about = {item.id for item in page.agenda if item.id in page.drafts}
    for item in page.agenda:
        if item.id in about:
            yield from _decided(page, item)
    for minutes in page.minutes[-1:]:
        said = gettext("Minutes, version %(number)s, published on %(moment)s")
        yield heading(said % {"number": minutes.number, "moment": spoken(minutes.published_at)}, 3)
        yield paragraphs(minutes.text)
        yield quiet(f"SHA-256 {minutes.sha256}")


def _decided(page: MeetingPage, item: AgendaItem) -> Iterator[Piece]:
    """Yield what became of a draft on the agenda, and how each member voted (art. 11)."""
    if item.result is None:
        return
    yield heading(f"{item.position}. {item.title}", 3)
    sums = {
        Choice.FOR: item.votes_for,
        Choice.AGAINST: item.votes_against,
        Choice.ABSTAINED: item.abstentions,
        Choice.ABSENT: item.absences,
    }
    votes = page.votes.get(item.id, {})
    is_voted = any(sums.values())
    yield facts(
        (gettext("Outcome"), words.results()[item.result]),
        (gettext("Act"), item.act),
        (gettext("Vote"), gettext("The vote was secret.") if item.is_secret else ""),
        *(
            (f"{name} ({sums[choice]})", ", ".join(votes.get(choice, ())) or "–")
            for choice, name in words.choices().items()
            if is_voted
        ),
    )
    if item.note:
        yield paragraphs(item.note)


def law(contents: Contents) -> Iterator[Piece]:
    """Yield every duty of the frozen rules, how it stands, and how that is known."""
    found = contents.compliance
    yield {"kind": "leaf"}
    yield heading(gettext("How the law was kept"))
    said = gettext("Every duty of %(title)s, edition %(version)s, as fixed when the draft was announced.")
    yield paragraphs(said % {"title": found.pack.title, "version": found.pack.version})
    yield quiet(gettext("“Not confirmed” says that nobody has confirmed it, not that it was not done."))
    names, indexes = words.standings(), {act.id: act.index for act in contents.acts}
    head = [gettext("Duty"), gettext("State"), gettext("Day"), gettext("How it is known")]
    for event, lines in found.asked_for.items():
        yield heading(str(found.pack.events[event]).capitalize(), 2)
        rows = []
        for line in lines:
            index = indexes.get(line.standing.event_id)
            entry = gettext("Entry %(index)s in the public record") % {"index": index} if index is not None else ""
            known = ". ".join(filter(None, (line.standing.note.rstrip("."), entry)))
            day = str(spoken(line.standing.on)) if line.standing.on else "–"
            rows.append([f"{line.rule.title} ({line.rule.citation})", names[line.standing.state], day, known or "–"])
        yield table(head, rows, SHARES)
    if found.not_asked_for:
        yield heading(gettext("Not asked for here"), 2)
        yield paragraphs("; ".join(f"{line.rule.title} ({line.rule.citation})" for line in found.not_asked_for))


def record(contents: Contents) -> Iterator[Piece]:
    """Yield the acts about the consultation itself, each with the hash of its entry."""
    yield {"kind": "leaf"}
    yield heading(gettext("In the public record"))
    yield paragraphs(
        gettext(
            "Each act is an entry in a record to which anything can be added and from which nothing can be taken. "
            "Whoever has a copy of the record finds an entry by its number, and sees by its hash that it is the same."
        )
    )
    received = {contents.subject(each) for each in contents.recommendations}
    received |= {contents.subject_of_package(each) for each in contents.packages.values()}
    for act in contents.acts:
        if act.subject not in received:
            yield named(str(act.index), f"{spoken(act.at)}, {act.type}")
            yield quiet(f"SHA-256 {act.leaf.hex()}")


def annexes(contents: Contents) -> Iterator[Piece]:
    """Yield the texts before the newest, each whole: what people read who wrote before it changed."""
    for version, provisions in contents.earlier:
        yield {"kind": "leaf"}
        yield heading(gettext("Annex: the text of version %(number)s") % {"number": version.number})
        yield published(contents, version)
        yield from pieces_of_act(provisions, below=1)
