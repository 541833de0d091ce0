"""The cycles of participatory budgets, replayed: announced once, their phases in order, and what is done in each."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.failures import Breach, Words
from consult.i18n import N_
from consult.record.events import CycleAnnounced, CyclePhaseMoved, PhaseDays

SUBMISSION, REVIEW, APPEALS, VOTING = "submission", "review", "appeals", "voting"
PHASES = (SUBMISSION, REVIEW, APPEALS, VOTING, "challenges", "implementation")


class CycleBook:
    """The days of each announced cycle that hold now. `is_continued`: whether some stand in an earlier, unread log."""

    def __init__(self) -> None:
        self.phases: dict[str, dict[str, PhaseDays]] = {}
        #: What was announced of each, which no later day changes.
        self.events: dict[str, CycleAnnounced] = {}
        self.is_continued = False

    def announced(self, act: Act, event: CycleAnnounced) -> Iterator[Breach]:
        """A cycle is announced once, by somebody who did not write it, with the days of all phases in their order."""
        if act.about in self.phases:
            yield Breach(rules.CYCLE_ANNOUNCED, act.about, Words(N_("a cycle that is not announced yet")))
        if act.actor.pseudonym in event.drafted_by or not event.drafted_by:
            yield Breach(rules.CYCLE_ANNOUNCED, act.actor.pseudonym, Words(N_("another official than the authors")))
        self.events[act.about] = event
        phases = self.phases[act.about] = {each.phase: each for each in event.phases}
        if tuple(each.phase for each in event.phases) != PHASES:
            yield Breach(rules.PHASES_IN_ORDER, [each.phase for each in event.phases], PHASES)
        yield from _in_order(phases)

    def moved(self, act: Act, event: CyclePhaseMoved) -> Iterator[Breach]:
        """The days that hold are moved before they are over, later and never earlier, with a reason."""
        was, now = event.was, event.now
        if not event.reason.strip():
            yield Breach(rules.PHASE_MOVED, None, Words(N_("a reason")))
        phases = self.phases.get(act.about)
        if phases is None:
            yield from self._unknown(act)
            return
        held = phases.get(was.phase)
        if was != held or now.phase != was.phase:
            yield Breach(rules.PHASE_MOVED, was.starts_at, Words(N_("the days that were announced")))
        if now == was or now.starts_at < was.starts_at or now.ends_at < was.ends_at:
            yield Breach(rules.PHASE_MOVED, now.ends_at, Words(N_("later days")))
        if act.at >= was.ends_at or (act.at >= was.starts_at and now.starts_at != was.starts_at):
            yield Breach(rules.PHASE_MOVED, act.at, Words(N_("before %(day)s"), {"day": was.ends_at}))
        phases[now.phase] = now
        yield from _in_order(phases)

    def end_of(self, cycle: str, phase: str) -> datetime | None:
        """Return the first instant after a phase, by the days that hold now; None where they are not known."""
        days = self.phases.get(cycle, {}).get(phase)
        return days.ends_at if days else None

    def during(self, act: Act, phase: str) -> Iterator[Breach]:
        """What a phase is for is done in its days alone."""
        yield from self._between(act, phase, phase)

    def judging(self, act: Act) -> Iterator[Breach]:
        """Projects are judged, and appeals decided, once all are in and before anybody votes."""
        yield from self._between(act, REVIEW, APPEALS)

    def _between(self, act: Act, first: str, last: str) -> Iterator[Breach]:
        cycle = act.about.partition("/proiecte/")[0]
        phases = self.phases.get(cycle)
        if phases is None:
            yield from self._unknown(act)
            return
        if first not in phases or last not in phases:
            return
        # Reviewing goes on until the vote begins, which is when what it says must be there.
        since = phases[SUBMISSION].ends_at if first == REVIEW and SUBMISSION in phases else phases[first].starts_at
        until = phases[VOTING].starts_at if last == APPEALS != first and VOTING in phases else phases[last].ends_at
        if not since <= act.at < until:
            yield Breach(
                rules.IN_PHASE, act.at, Words(N_("from %(since)s until %(until)s"), {"since": since, "until": until})
            )

    def _unknown(self, act: Act) -> Iterator[Breach]:
        if not self.is_continued:
            yield Breach(rules.CYCLE_ANNOUNCED, act.type, Words(N_("an announcement before it")))


def _in_order(phases: Mapping[str, PhaseDays]) -> Iterator[Breach]:
    """Each phase lasts some time, and ends before the next begins."""
    days = [phases[phase] for phase in PHASES if phase in phases]
    for each in days:
        if each.ends_at <= each.starts_at:
            yield Breach(rules.PHASES_IN_ORDER, each.ends_at, Words(N_("after %(day)s"), {"day": each.starts_at}))
    for one, following in pairwise(days):
        if following.starts_at < one.ends_at:
            found, earliest = following.starts_at, {"day": one.ends_at}
            yield Breach(rules.PHASES_IN_ORDER, found, Words(N_("at the earliest %(day)s"), earliest))
