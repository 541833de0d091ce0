"""How the law was kept in one consultation: each duty of its frozen pack, whether it is met, when, and by which act.

What these pages do themselves they know (`standings`); what is done outside them is as officials confirmed it
(`duties`); of what nobody said anything, that is said.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.answers import first_answered_at
from consult.consultations.budget_duties import BudgetDuties, budget_duties
from consult.consultations.consultations import Consultation, find_published
from consult.consultations.debate_documents import owed_after
from consult.consultations.documents import documents_of
from consult.consultations.due import Progress, progress_of
from consult.consultations.duties import OUTSIDE, confirmed_duties
from consult.consultations.gatherings import meetings_of_each
from consult.consultations.procedure import local_day, pack_of
from consult.consultations.responses import count_unanswered
from consult.consultations.standings import DEADLINES, EVENTS, KNOWN, NONE, Facts, Standing, State, circumstances_of
from consult.consultations.versions import versions_of
from consult.identity.authorities import AuthorityId
from consult.meetings.agendas import agenda_of
from consult.meetings.meetings import Kind
from consult.meetings.minutes import minutes_of
from consult.policy.packs import Pack
from consult.policy.rules import Asks, DeadlineRule, Requirement


@dataclass(frozen=True)
class Line:
    """A duty of the pack with how it stands."""

    rule: DeadlineRule | Requirement
    standing: Standing

    @property
    def is_asked_for(self) -> bool:
        """Whether the duty arises here; those of a debate do not where nobody asked for one."""
        return self.standing.state is not State.NOT_APPLICABLE


@dataclass(frozen=True)
class CompliancePage:
    """The duties of a consultation by the event that brings them, in the order of the pack."""

    consultation: Consultation
    pack: Pack
    groups: Mapping[str, Sequence[Line]]
    counts: Mapping[State, int]
    #: What the law on local finances asks besides, of a draft budget.
    budget: BudgetDuties | None

    @property
    def asked_for(self) -> Mapping[str, Sequence[Line]]:
        """The groups without the duties that do not arise here."""
        left = {event: [line for line in lines if line.is_asked_for] for event, lines in self.groups.items()}
        return {event: lines for event, lines in left.items() if lines}

    @property
    def not_asked_for(self) -> Sequence[Line]:
        """The duties that do not arise here."""
        return [line for lines in self.groups.values() for line in lines if not line.is_asked_for]


def compliance_page(db: Session, authority_id: AuthorityId, reference: str, *, at: datetime) -> CompliancePage:
    """Read how the law was kept in a published consultation. Raises NotFound."""
    facts = facts_of(db, find_published(db, authority_id, reference), at=at)
    lines = list(lines_of(facts))
    groups: dict[str, list[Line]] = {}
    for line in lines:
        event = line.rule.end_event if isinstance(line.rule, DeadlineRule) else line.rule.event
        groups.setdefault(event, []).append(line)
    counts = {state: sum(line.standing.state is state for line in lines) for state in State}
    budget = budget_duties(db, facts.consultation, facts.pack, facts.today)
    return CompliancePage(facts.consultation, facts.pack, groups, counts, budget)


def facts_of(db: Session, consultation: Consultation, *, at: datetime) -> Facts:
    """Read what is known of a consultation."""
    meetings = [each for each in meetings_of_each(db, [consultation.id])[consultation.id] if not each.cancelled_at]
    debates = [each for each in meetings if each.kind is Kind.DEBATE]
    session = next((each for each in reversed(meetings) if each.kind is Kind.SESSION), None)
    owed = owed_after(db, debates[-1], consultation) if debates else None
    answered_at = first_answered_at(db, consultation.id)
    agenda = agenda_of(db, session.id) if session else []
    return Facts(
        consultation=consultation,
        pack=pack_of(db, consultation),
        today=local_day(at),
        announced=versions_of(db, consultation.id)[0].event_id,
        documents=documents_of(db, consultation.id),
        received=progress_of(db, [consultation.id]).get(consultation.id, Progress()).received,
        unanswered=count_unanswered(db, consultation.id),
        answered_on=local_day(answered_at) if answered_at else None,
        debates=debates,
        session=session,
        minutes={each.id: published[-1] for each in meetings if (published := minutes_of(db, each.id))},
        owed={each.duty: each for each in owed.documents} if owed else {},
        is_decided=bool(agenda) and all(item.result is not None for item in agenda),
        confirmed=confirmed_duties(db, consultation.id),
    )


def lines_of(facts: Facts) -> Iterator[Line]:
    """Yield every duty that the pack lays on the authority in a consultation, with how it stands."""
    circumstances = set(circumstances_of(facts))
    for rule in facts.pack.rules_in_force(facts.announced_on):
        if isinstance(rule, DeadlineRule) and rule.id in DEADLINES:
            applies = rule.when is None or rule.when in circumstances
            yield Line(rule, DEADLINES[rule.id](facts) if applies else NONE)
        elif isinstance(rule, Requirement) and rule.asks is not Asks.FORM and rule.event in EVENTS:
            applies = rule.when is None or rule.when in circumstances
            yield Line(rule, _required(facts, rule) if applies else NONE)


def _required(facts: Facts, rule: Requirement) -> Standing:
    """Say how a requirement stands: as was confirmed; else, once its event has come, as these pages know."""
    confirmed = facts.confirmed.get(rule.id)
    if confirmed is not None:
        return Standing(State.MET, confirmed.done_on, confirmed.note, confirmed.event_id)
    came = EVENTS[rule.event](facts)
    if came.state is not State.MET:
        return came
    known = KNOWN.get(rule.id)
    if known is not None:
        return known(facts, came)
    return Standing(State.UNKNOWN) if rule.asks in OUTSIDE else came
