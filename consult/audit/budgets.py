"""A draft budget, replayed: its own law, frozen beside the first; its contestations, in their time and ruled on; lines.

Source: policies/ro/law-273-2006.toml, art. 39(3)-(5).
"""

import re
from collections.abc import Iterator

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.books import Books
from consult.audit.dates import breaches_of_deadline
from consult.audit.failures import Breach, Words
from consult.audit.procedures import Procedure
from consult.i18n import N_
from consult.policy.deadlines import last_instant
from consult.record.events import ConsultationAnnounced, ContestationRuled, RecommendationReceived

BUDGET, CONTESTATIONS = "ro/law-273-2006", "contestations-period"
#: What can be known of where somebody lives who contests a draft budget.
RESIDENCES = ("declared", "proven")
#: The term of an announcement that tells until when a draft budget can be contested.
CONTESTATIONS_UNTIL = "contestations_until"
MOVE, SUBMITTED, ADOPTED = "move", "submitted", "adopted"

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


def budget_announced(books: Books, act: Act, event: ConsultationAnnounced, procedure: Procedure) -> Iterator[Breach]:
    """Figures are named by their hash; a draft budget says until when it can be contested, which is long enough."""
    yield from figures_named(event.figures, procedure)
    term = next((each for each in event.terms if each.name == CONTESTATIONS_UNTIL), None)
    pack = books.pack_in(procedure.packs.get(BUDGET, ""))
    if pack is None:
        if term is not None:
            yield Breach(rules.DATED, term.rule, Words(N_("a pack that was frozen for it")))
        return
    rule = f"{BUDGET}#{CONTESTATIONS}"
    if term is None or term.rule != rule:
        yield Breach(rules.DATED, term.rule if term else None, rule)
        return
    on = procedure.day(act.at)
    yield from breaches_of_deadline(pack, pack.deadline_rule(CONTESTATIONS, on), on, term.date)
    procedure.contestations_close = last_instant(term.date, pack.zone)


def figures_named(figures: str | None, procedure: Procedure) -> Iterator[Breach]:
    """Note the figures of a version, which are named by the hash of their file."""
    if figures is not None and not _SHA256.fullmatch(figures):
        yield Breach(rules.NAMED, figures, Words(N_("a SHA-256")))
    procedure.figures = figures


def lines_meant(procedure: Procedure, act: Act, event: RecommendationReceived) -> Iterator[Breach]:
    """Money goes from one line of published figures to another; a contestation waits for the council's ruling."""
    moves = event.kind == MOVE
    told = (event.line, event.to_line, event.amount)
    if moves and (None in told or event.line == event.to_line or (event.amount or 0) <= 0):
        yield Breach(rules.MOVED, tuple(map(str, told)), Words(N_("two lines, and an amount above zero")))
    if not moves and (event.to_line is not None or event.amount is not None):
        yield Breach(rules.MOVED, event.kind, MOVE)
    if event.line is not None and procedure.figures is None:
        yield Breach(rules.MOVED, event.line, Words(N_("figures that were published")))
    if event.contests != (event.residence in RESIDENCES):
        yield Breach(rules.RULED, event.residence, RESIDENCES if event.contests else None)
    if event.contests and act.subject.proposal is not None:
        procedure.contested.add(act.subject.proposal)


def contests_in_time(procedure: Procedure, act: Act) -> bool:
    """Whether a contestation came before its own last instant, while the draft had not gone to the council."""
    closes_at = procedure.contestations_close
    return closes_at is not None and act.at < closes_at and procedure.stage in {"proposals", "answered"}


def contestation_ruled(books: Books, act: Act, event: ContestationRuled) -> Iterator[Breach]:
    """The council rules on a contestation once, with a reason, on a day on which it had the draft."""
    own, procedure = act.subject.proposal, books.procedure(act.subject)
    if own is None or own.number != event.number:
        yield Breach(rules.OWN_NUMBER, event.number, own.number if own else act.about)
        return
    if procedure is None:
        return
    if own not in procedure.contested:
        yield Breach(rules.RULED, act.about, Words(N_("a contestation that waits for a ruling")))
    procedure.contested.discard(own)
    if not event.reason.strip():
        yield Breach(rules.RULED, None, Words(N_("a reason")))
    today = procedure.day(act.at)
    since = procedure.submitted_on
    if procedure.stage != SUBMITTED or since is None:
        yield Breach(rules.RULED, procedure.stage, SUBMITTED)
    elif not since <= event.on <= today:
        yield Breach(
            rules.RULED, event.on, Words(N_("from %(since)s until %(until)s"), {"since": since, "until": today})
        )


def all_ruled(procedure: Procedure, stage: str) -> Iterator[Breach]:
    """A budget is adopted when no contestation waits for its ruling."""
    if stage == ADOPTED and procedure.contested:
        waiting = tuple(str(each) for each in sorted(procedure.contested, key=lambda each: (each.year, each.number)))
        yield Breach(rules.RULED, waiting, Words(N_("a ruling on each")))
