"""The announcement of a consultation, replayed: its rules, its number, its dates, and the two people behind it."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.books import Books
from consult.audit.budgets import CONTESTATIONS_UNTIL, budget_announced
from consult.audit.dates import breaches_of_deadline
from consult.audit.editions import compared
from consult.audit.failures import Breach, Words
from consult.audit.legal_holidays import COUNTRY, FIRST_YEAR, legal_holidays
from consult.audit.procedures import Procedure
from consult.i18n import N_
from consult.policy.deadlines import last_instant
from consult.policy.packs import Pack
from consult.policy.requirements import requirements_of
from consult.policy.rules import Asks
from consult.record.events import ConsultationAnnounced, PackFrozen, Term
from consult.record.events.consultations import EXEMPT

#: The circumstances of art. 7(13): in which a pack lifts the 30 working days, and the days for proposals too.
URGENT, SHORTER = "urgent", "urgent-short"
#: The dates of an announcement, by the names of its terms, and the events of the pack that they are the days of.
PROPOSALS_UNTIL, SUBMISSION_ON = "proposals_until", "submission_on"
ANNOUNCEMENT, PROPOSALS_CLOSE, AVIZARE = "announcement", "proposals-close", "avizare"
EVENTS = {PROPOSALS_UNTIL: PROPOSALS_CLOSE, SUBMISSION_ON: AVIZARE}
ONE_SECOND = timedelta(seconds=1)


def pack_frozen(books: Books, act: Act, event: PackFrozen) -> Iterator[Breach]:
    """The rules of a consultation are fixed before it is announced, each pack once, and can be read.

    The first are those of its announcement; others may apply besides, as the law on local finances to a draft budget.
    """
    procedure = books.procedures.setdefault(act.about, Procedure(pack=event.pack))
    if procedure.announced_at or event.name in procedure.packs:
        yield Breach(rules.FROZEN, event.pack, Words(N_("rules that were not frozen before")))
        return
    procedure.packs[event.name] = event.pack
    books.packs[event.name, event.version] += 1
    pack = books.pack_in(event.pack)
    if pack is None:
        expected = Words(N_("a pack that can be read, with the days off that it counts by"))
        yield Breach(rules.FROZEN, event.pack, expected)
        return
    if event.pack == procedure.pack:
        procedure.zone = pack.zone
    yield from compared(books, act, pack)
    yield from _days_off(pack)
    if (pack.id, pack.version) != (event.name, event.version):
        yield Breach(rules.FROZEN, f"{event.name} {event.version}", f"{pack.id} {pack.version}")


def announced(books: Books, act: Act, event: ConsultationAnnounced) -> Iterator[Breach]:
    """A consultation is announced once, by an approver who did not write it, with a number and lawful dates."""
    procedure = books.procedures.setdefault(act.about, Procedure())
    if procedure.announced_at is not None:
        yield Breach(rules.FROZEN, event.number, Words(N_("no second announcement")))
        return
    if event.pack != procedure.pack or not procedure.pack:
        expected = procedure.pack or Words(N_("a pack that was frozen for it"))
        yield Breach(rules.FROZEN, event.pack, expected)
    yield from _numbered(books, act, event, procedure)
    yield from _four_eyes(act, event)
    yield from _withheld(event)

    procedure.announced_at, procedure.stage = act.at, "proposals"
    procedure.is_urgent = event.urgent_motive is not None
    procedure.is_shorter = procedure.is_urgent and event.shorter_motive is not None
    procedure.version, procedure.sha256 = 1, event.version
    procedure.announcement, procedure.announced_text = act.place, event.version
    procedure.announced_reasons = event.reasons or ""
    terms = {term.name: term for term in event.terms}
    known = (*EVENTS, CONTESTATIONS_UNTIL)
    if len(terms) < len(event.terms) or not terms.keys() <= {*known}:
        yield Breach(rules.DATED, tuple(term.name for term in event.terms), known)
    if until := terms.get(PROPOSALS_UNTIL):
        procedure.closes_at = last_instant(until.date, procedure.zone)
    if submission := terms.get(SUBMISSION_ON):
        procedure.submission_on = submission.date
    pack = books.pack_of(procedure)
    if pack is not None:
        yield from _dated(pack, procedure, act, terms)
        yield from _urgent(pack, procedure, act, event)
    yield from budget_announced(books, act, event, procedure)
    if until and submission and submission.date <= until.date:
        yield Breach(rules.FINISHED, submission.date, Words(N_("after %(day)s"), {"day": until.date}))


def circumstances_of(procedure: Procedure) -> tuple[str, ...]:
    """Return the circumstances of a procedure that its pack knows."""
    said = {URGENT: procedure.is_urgent, SHORTER: procedure.is_shorter}
    return tuple(circumstance for circumstance, holds in said.items() if holds)


def local_last_day(procedure: Procedure) -> date | None:
    """Return the last day for proposals, which ends with its last instant."""
    return procedure.day(procedure.closes_at - ONE_SECOND) if procedure.closes_at else None


def _days_off(pack: Pack) -> Iterator[Breach]:
    """Compare the days off that were frozen with those of the law, where this program knows them."""
    if pack.frozen is None or pack.holidays.country != COUNTRY:
        return
    since, until = max(pack.frozen.since, date(FIRST_YEAR, 1, 1)), pack.frozen.until
    lawful = legal_holidays(since, until)
    closed = {day.date for day in pack.holidays.closed_days if not day.counted}
    frozen = {day for day in pack.frozen.days_off.keys() - closed if since <= day <= until}
    if frozen != lawful:
        yield Breach(rules.DAYS_OFF, _written(frozen - lawful), _written(lawful - frozen))


def _written(days: Iterable[date]) -> tuple[str, ...]:
    return tuple(day.isoformat() for day in sorted(days))


def _numbered(books: Books, act: Act, event: ConsultationAnnounced, procedure: Procedure) -> Iterator[Breach]:
    own = act.subject.consultation
    if own is None or event.number != str(own):
        yield Breach(rules.OWN_NUMBER, event.number, str(own) if own else act.about)
        return
    year = procedure.day(act.at).year
    if own.year != year:
        yield Breach(rules.OWN_NUMBER, own.year, year)
    expected = books.numbers((act.subject.authority, own.year)).give(own.number)
    if own.number != expected:
        yield Breach(rules.NUMBERED, own.number, expected)


def _four_eyes(act: Act, event: ConsultationAnnounced) -> Iterator[Breach]:
    if not all(event.drafted_by) or not event.drafted_by:
        yield Breach(rules.FOUR_EYES, None, Words(N_("the pseudonyms of those who wrote the draft")))
    if act.actor.pseudonym in event.drafted_by:
        yield Breach(rules.FOUR_EYES, act.actor.pseudonym, Words(N_("somebody who did not write the draft")))


def _dated(pack: Pack, procedure: Procedure, act: Act, terms: dict[str, Term]) -> Iterator[Breach]:
    """Compute the dates of the announcement anew."""
    on = procedure.day(act.at)
    for name, event in EVENTS.items():
        term = terms.get(name)
        if term is None:
            yield Breach(rules.DATED, None, name)
            continue
        circumstances = circumstances_of(procedure)
        deadlines = list(rules.deadlines_between(pack, ANNOUNCEMENT, event, on, circumstances))
        if term.rule not in {f"{pack.id}#{rule.id}" for rule in deadlines}:
            yield Breach(rules.DATED, term.rule, tuple(f"{pack.id}#{rule.id}" for rule in deadlines))
        for rule in deadlines:
            yield from breaches_of_deadline(pack, rule, on, term.date, circumstances)


def _withheld(event: ConsultationAnnounced) -> Iterator[Breach]:
    """What is not public falls under a letter of art. 6, with a reason."""
    for each in event.withheld:
        if each.letter not in EXEMPT:
            yield Breach(rules.WITHHELD, each.letter, EXEMPT)
        if not each.reason.strip():
            yield Breach(rules.WITHHELD, None, Words(N_("a reason, in the authority's words")))


def _urgent(pack: Pack, procedure: Procedure, act: Act, event: ConsultationAnnounced) -> Iterator[Breach]:
    """The urgent procedure has a motive, which everybody can read, and another one for fewer days for proposals."""
    motives = {URGENT: event.urgent_motive, SHORTER: event.shorter_motive}
    blank = [each for each, motive in motives.items() if motive is not None and not motive.strip()]
    day: date = procedure.day(act.at)
    for rule in requirements_of(pack, ANNOUNCEMENT, on=day, circumstances=[*pack.circumstances.keys() & blank]):
        if rule.asks is Asks.MOTIVE and rule.when in blank:
            yield Breach(rules.law(pack, rule), None, Words(N_("a motive, in the authority's words")))
