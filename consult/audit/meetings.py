"""Meetings replayed: announced, moved or called off, held in time, minuted by two people, and votes that add up."""

from collections.abc import Generator, Iterator
from datetime import datetime

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.books import Books
from consult.audit.contents import SHA256
from consult.audit.dates import breaches_between
from consult.audit.failures import Breach, Words
from consult.audit.gatherings import DEBATE, SESSION, Gathering
from consult.i18n import N_, ZONE
from consult.record.events import (
    ItemDecided,
    MeetingAnnounced,
    MeetingCancelled,
    MeetingEnded,
    MeetingMoved,
    MinutesPublished,
    RecordingLinked,
    reports,
)
from consult.record.events.meetings import CARRIED, KINDS, RESULTS, VOTED

#: The events of the packs between which the day of a meeting lies, by its kind.
NOTICES = {DEBATE: ("debate-notice", "debate"), SESSION: ("session-announcement", "session")}
DEBATE_END, DOCUMENTS = "debate-end", "debate-documents"


def meeting_announced(books: Books, act: Act, event: MeetingAnnounced) -> Iterator[Breach]:
    """A meeting is announced once, with the next number of its year, before it is held."""
    own = act.subject.meeting
    if own is None or event.kind not in KINDS or act.about in books.gatherings:
        yield Breach(rules.IN_ORDER, event.kind, KINDS)
        return
    if own.year != (year := act.at.astimezone(ZONE).year):
        yield Breach(rules.OWN_NUMBER, own.year, year)
    expected = books.meeting_numbers((act.subject.authority, own.year)).give(own.number)
    if own.number != expected:
        yield Breach(rules.NUMBERED, own.number, expected)
    yield from _to_come(act, event.starts_at)
    agenda = tuple(point.about for point in event.agenda)
    if event.closed is not None and event.closed not in reports.CLOSED:
        yield Breach(rules.CLOSED_WHY, event.closed, tuple(reports.CLOSED))
    if event.closed is not None and not (event.closed_because or "").strip():
        yield Breach(rules.CLOSED_WHY, None, Words(N_("a reason, in the authority's words")))
    books.gatherings[act.about] = Gathering(act.place, event.kind, event.starts_at, act.at, agenda, event.closed)


def meeting_moved(books: Books, act: Act, event: MeetingMoved) -> Iterator[Breach]:
    """A meeting is moved before it is over, with a reason; a new day keeps the term that a new notice has."""
    gathering = yield from _convened(books, act)
    if gathering is None:
        return
    yield from _still_to_hold(gathering)
    if not event.reason.strip():
        yield Breach(rules.WITH_REASON, None, Words(N_("a reason, in the authority's words")))
    yield from _to_come(act, event.starts_at)
    is_other_day = gathering.day(event.starts_at) != gathering.day(gathering.starts_at)
    gathering.starts_at = event.starts_at
    if is_other_day:
        gathering.noticed_at = act.at
        yield from in_its_days(books, gathering, event.starts_at)


def meeting_cancelled(books: Books, act: Act, event: MeetingCancelled) -> Iterator[Breach]:
    """A meeting is called off before it is over, with a reason."""
    gathering = yield from _convened(books, act)
    if gathering is None:
        return
    yield from _still_to_hold(gathering)
    if not event.reason.strip():
        yield Breach(rules.WITH_REASON, None, Words(N_("a reason, in the authority's words")))
    gathering.is_cancelled = True
    for procedure in gathering.about:
        for number, meeting in procedure.requests.items():
            procedure.requests[number] = None if meeting == act.about else meeting


def meeting_ended(books: Books, act: Act, event: MeetingEnded) -> Iterator[Breach]:
    """A meeting ends once, after it began and not in the future, on a day that the law allows."""
    gathering = yield from _convened(books, act)
    if gathering is None:
        return
    yield from _still_to_hold(gathering)
    if not gathering.starts_at < event.ended_at <= act.at:
        facts = {"first": gathering.starts_at, "last": act.at}
        yield Breach(rules.ON_ITS_DAY, event.ended_at, Words(N_("between %(first)s and %(last)s"), facts))
    if not 0 <= event.speakers <= event.participants:
        expected = Words(N_("no more than came (%(count)s)"), {"count": event.participants})
        yield Breach(rules.PRESENT, event.speakers, expected)
    gathering.ended_at, gathering.participants = event.ended_at, event.participants


def minutes_published(books: Books, act: Act, event: MinutesPublished) -> Iterator[Breach]:
    """Minutes follow the end of their meeting and each other, and whoever publishes them did not write them."""
    gathering = yield from _convened(books, act)
    if gathering is None:
        return
    if gathering.ended_at is None:
        yield Breach(rules.MINUTES, event.number, Words(N_("minutes of a meeting that has ended")))
    if (event.number, event.replaces) != (gathering.version + 1, gathering.sha256):
        expected = f"{gathering.version + 1}, {gathering.sha256 or '-'}"
        yield Breach(rules.MINUTES, f"{event.number}, {event.replaces or '-'}", expected)
    if not SHA256.fullmatch(event.sha256):
        yield Breach(rules.NAMED, event.sha256, Words(N_("a SHA-256")))
    if event.number > 1 and not (event.reason or "").strip():
        yield Breach(rules.WITH_REASON, None, Words(N_("a reason, in the authority's words")))
    if not event.drafted_by or not all(event.drafted_by) or act.actor.pseudonym in event.drafted_by:
        yield Breach(rules.MINUTES_BY_TWO, act.actor.pseudonym, Words(N_("somebody who did not write the minutes")))
    gathering.version, gathering.sha256 = max(event.number, gathering.version), event.sha256
    if gathering.minuted_at is None and gathering.ended_at is not None:
        gathering.minuted_at = act.at
        yield from _minuted_in_time(books, gathering, act.at)


def recording_linked(books: Books, act: Act, event: RecordingLinked) -> Iterator[Breach]:
    """A recording is of a meeting that began, and can be found."""
    gathering = yield from _convened(books, act)
    if gathering is None:
        return
    if not event.url.startswith(("https://", "http://")):
        yield Breach(rules.NAMED, event.url, Words(N_("an address on the web")))
    if act.at <= gathering.starts_at:
        yield Breach(rules.ON_ITS_DAY, act.at, Words(N_("after %(day)s"), {"day": gathering.starts_at}))


def item_decided(books: Books, act: Act, event: ItemDecided) -> Iterator[Breach]:
    """An item of a session is decided once, after the session began, by votes that make the number of the members."""
    gathering = yield from _convened(books, act)
    if gathering is None:
        return
    is_on_agenda = gathering.kind == SESSION and 1 <= event.item <= len(gathering.agenda)
    if not is_on_agenda or event.item in gathering.results or gathering.is_cancelled:
        yield Breach(rules.VOTES, event.item, Words(N_("an item of the agenda that is not decided yet")))
    if act.at <= gathering.starts_at:
        yield Breach(rules.ON_ITS_DAY, act.at, Words(N_("after %(day)s"), {"day": gathering.starts_at}))
    if event.result not in RESULTS:
        yield Breach(rules.VOTES, event.result, RESULTS)
    if event.result in CARRIED and not (event.act or "").strip():
        yield Breach(rules.VOTES, None, Words(N_("the number of the act")))
    if min(event.votes_for, event.votes_against, event.abstentions, event.absences) < 0:
        yield Breach(rules.VOTES, Words(N_("less than nothing")), Words(N_("the votes of the members")))
    total = event.votes_for + event.votes_against + event.abstentions + event.absences
    if total != event.members or (event.result in VOTED and not total):
        yield Breach(rules.VOTES, total, event.members or Words(N_("the votes of the members")))
    if event.result in CARRIED and event.votes_for <= event.votes_against:
        expected = Words(N_("more votes for it than against it (%(against)s)"), {"against": event.votes_against})
        yield Breach(rules.VOTES, event.votes_for, expected)
    if total and not event.is_secret and act.body is None:
        yield Breach(rules.VOTES, None, Words(N_("the vote of each member, as the vote was open")))
    gathering.results[event.item] = event.result


def left_open(books: Books, at: datetime) -> Iterator[tuple[Gathering, Breach]]:
    """Yield what is still missing at an instant: debates that were never held, and minutes that are late."""
    for gathering in books.gatherings.values():
        if gathering.is_cancelled:
            continue
        if gathering.ended_at is None:
            for breach in in_its_days(books, gathering, at):
                if gathering.kind == DEBATE and gathering.starts_at < at:
                    yield gathering, breach
        elif gathering.minuted_at is None:
            for breach in _minuted_in_time(books, gathering, at):
                yield gathering, breach


def in_its_days(books: Books, gathering: Gathering, at: datetime) -> Iterator[Breach]:
    """Hold a day against what each consultation's own law says of such a meeting."""
    if gathering.kind not in NOTICES:
        return
    start, end = NOTICES[gathering.kind]
    since, chosen = gathering.day(gathering.noticed_at), gathering.day(at)
    for procedure in gathering.about:
        yield from breaches_between(books.pack_of(procedure), start, end, since=since, chosen=chosen)


def _minuted_in_time(books: Books, gathering: Gathering, at: datetime) -> Iterator[Breach]:
    if gathering.kind != DEBATE or gathering.ended_at is None:
        return
    since, chosen = gathering.day(gathering.ended_at), gathering.day(at)
    for procedure in gathering.about:
        pack = books.pack_of(procedure)
        yield from breaches_between(pack, DEBATE_END, DOCUMENTS, since=since, chosen=chosen)


def _convened(books: Books, act: Act) -> Generator[Breach, None, Gathering | None]:
    """Return the meeting that an act is about; it was announced before, here or in an earlier log."""
    gathering = books.gatherings.get(act.about)
    if gathering is None and not books.is_continued:
        yield Breach(rules.CONVENED, act.type, Words(N_("an announcement before it")))
    return gathering


def _to_come(act: Act, starts_at: datetime) -> Iterator[Breach]:
    if starts_at <= act.at:
        yield Breach(rules.ON_ITS_DAY, starts_at, Words(N_("after %(day)s"), {"day": act.at}))


def _still_to_hold(gathering: Gathering) -> Iterator[Breach]:
    if gathering.is_over:
        yield Breach(rules.IN_ORDER, Words(N_("a meeting that is over")), Words(N_("a meeting that is still to hold")))
