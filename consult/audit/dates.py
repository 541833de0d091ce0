"""A day that somebody chose, held against a deadline of the frozen pack."""

from collections.abc import Iterator, Sequence
from datetime import date

from consult.audit import rules
from consult.audit.failures import Breach, Words
from consult.i18n import N_
from consult.policy.deadlines import check_date
from consult.policy.packs import Pack
from consult.policy.rules import DeadlineRule
from consult.refusals import Refusal


def breaches_between(
    pack: Pack | None, start: str, end: str, *, since: date, chosen: date, circumstances: Sequence[str] = ()
) -> Iterator[Breach]:
    """Hold a day against every deadline that a pack sets between two events; no pack, no deadline."""
    if pack is not None:
        for rule in rules.deadlines_between(pack, start, end, since, circumstances):
            yield from breaches_of_deadline(pack, rule, since, chosen, circumstances)


def breaches_of_deadline(
    pack: Pack, rule: DeadlineRule, since: date, chosen: date, circumstances: Sequence[str] = ()
) -> Iterator[Breach]:
    """Hold a day against one deadline. A last day for people that is a day off is not the last one."""
    known = [circumstance for circumstance in circumstances if circumstance in pack.circumstances]
    try:
        finding = check_date(pack, rule.id, since, chosen, known)
    except Refusal as refusal:
        yield Breach(rules.law(pack, rule), chosen, Words(N_("a day that can be computed (%(why)s)"), {"why": refusal}))
        return
    if not finding.is_lawful or finding.runs_on:
        yield Breach(rules.law(pack, rule), chosen, finding.nearest, finding.deadline)
