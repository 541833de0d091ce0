"""How the law on local finances was kept in a consultation about a draft budget: its three terms, its contestations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation
from consult.consultations.contestations import contestations_of
from consult.consultations.further_packs import (
    BUDGET_SUBMITTED,
    BUDGET_VOTED,
    CONTESTATIONS,
    Budget,
    BudgetDate,
    budget_of,
)
from consult.consultations.standings import Standing, State
from consult.consultations.steps import StepKind, Steps, steps_of
from consult.i18n import N_, gettext, spoken
from consult.policy.packs import Pack
from consult.policy.rules import DeadlineRule

LONGER = N_("Law 52/2003 leaves people more time: until %(day)s.")
RULED = N_("Contestations: %(count)s, of which ruled on: %(ruled)s.")
#: By which step each duty is done.
DONE_BY = {BUDGET_SUBMITTED: StepKind.SUBMISSION, BUDGET_VOTED: StepKind.OUTCOME}


@dataclass(frozen=True)
class BudgetDuty:
    """A duty of the law on local finances with how it stands."""

    rule: DeadlineRule
    standing: Standing


@dataclass(frozen=True)
class BudgetDuties:
    """All of them. `digest`: of the pack, as frozen; `pack`: what it is called is its title."""

    digest: str
    pack: Pack
    duties: Sequence[BudgetDuty]


def budget_duties(db: Session, consultation: Consultation, first: Pack, today: date) -> BudgetDuties | None:
    """Return how a published draft budget stands by its own law; None where the draft is none."""
    steps = steps_of(db, consultation)
    budget = budget_of(db, consultation, steps, first)
    if budget is None:
        return None
    return BudgetDuties(budget.digest, budget.pack, list(_duties(db, consultation, budget, steps, today)))


def _duties(db: Session, consultation: Consultation, budget: Budget, steps: Steps, today: date) -> Iterator[BudgetDuty]:
    for each in budget.dates:
        rule = each.deadline.rule
        if rule.id == CONTESTATIONS:
            received = contestations_of(db, consultation.id)
            ruled = sum(contestation.admitted is not None for contestation in received)
            note = gettext(RULED) % {"count": len(received), "ruled": ruled}
            state = State.MET if today > each.deadline.day else State.NOT_YET
            yield BudgetDuty(rule, Standing(state, each.deadline.day, note))
        else:
            yield BudgetDuty(rule, _standing(each, steps, today))


def _standing(of: BudgetDate, steps: Steps, today: date) -> Standing:
    """Say how a term stands; one that the other law lets pass is not held against the authority."""
    note = gettext(LONGER) % {"day": spoken(of.waits_for)} if of.waits_for else ""
    done = steps.get(DONE_BY[of.deadline.rule.id])
    if done is None:
        is_late = today > of.deadline.day and not of.waits_for
        return Standing(State.NOT_MET if is_late else State.NOT_YET, None, note)
    if of.finding is not None and not of.finding.is_lawful:
        return Standing(State.NOT_APPLICABLE if of.waits_for else State.NOT_MET, done.on, note)
    return Standing(State.MET, done.on)
