"""What officials confirmed was done outside these pages, replayed: asked for by the frozen rules, and done by then."""

from collections.abc import Iterator

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.books import Books
from consult.audit.failures import Breach, Words
from consult.i18n import N_
from consult.policy.rules import Requirement
from consult.record.events import DutyConfirmed


def duty_confirmed(books: Books, act: Act, event: DutyConfirmed) -> Iterator[Breach]:
    """A duty of the frozen pack is confirmed once, for a day between the announcement and the entry."""
    procedure = books.procedure(act.subject)
    if procedure is None or procedure.announced_at is None:
        return
    first, last = procedure.day(procedure.announced_at), procedure.day(act.at)
    if not first <= event.on <= last:
        facts = {"first": first, "last": last}
        yield Breach(rules.CONFIRMED, event.on, Words(N_("between %(first)s and %(last)s"), facts))
    pack = books.pack_of(procedure)
    asked = {f"{pack.id}#{rule.id}" for rule in pack.kind(Requirement, first)} if pack else {event.rule}
    if event.rule not in asked or event.rule in procedure.confirmed:
        yield Breach(rules.CONFIRMED, event.rule, Words(N_("a duty of the frozen rules that was not confirmed before")))
    procedure.confirmed.add(event.rule)
