"""The form in which an official writes down a cycle, and what it means for the rules that the pack began with."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated

import msgspec

from consult.budgeting.announcing import Parts
from consult.budgeting.cycles import Cycle
from consult.budgeting.days import last_day
from consult.budgeting.phases import Phase
from consult.budgeting.planning import CyclePlan, PoolPlan, rules_of
from consult.budgeting.pool_lines import read_pools, write_pools
from consult.counting.ties import TieRule
from consult.i18n import ZONE
from consult.policy.voting_rules import Link, Marks, PoolKind, Proof, VotingRules
from web.fields import line, several, text
from web.forms import Form, blank


class PlanForm(msgspec.Struct):
    """Everything that can be said of a cycle beside its pack. `edition`: the one that was opened."""

    edition: int
    title: Annotated[str, line()] = ""
    summary: Annotated[str, text(1000)] = ""
    regulation: Annotated[str, line(300)] = ""
    regulation_url: Annotated[str, line(500)] = ""
    city: Annotated[str, text(1000)] = ""
    districts: Annotated[str, text(10_000)] = ""
    categories: Annotated[str, text(5000)] = ""
    submission_from: date | None = None
    submission_until: date | None = None
    review_from: date | None = None
    review_until: date | None = None
    appeals_from: date | None = None
    appeals_until: date | None = None
    voting_from: date | None = None
    voting_until: date | None = None
    challenges_from: date | None = None
    challenges_until: date | None = None
    implementation_from: date | None = None
    implementation_until: date | None = None
    proposing_age: int = 0
    organisations: bool = False
    most_per_author: int | None = None
    voting_age: int = 0
    links: Annotated[list[Link], several(len(Link))] = []
    proofs: Annotated[list[Proof], several(len(Proof))] = []
    city_most: int | None = None
    city_least_votes: int = 0
    district_pools: int | None = None
    district_most: int | None = None
    district_least_votes: int = 0
    may_change_vote: bool = False
    on_paper: bool = False
    top_up_lei: int | None = None
    to_city: bool = False
    tie: TieRule | None = None
    challenge_days: int = 0
    news_days: int = 60


def plan_of(form: PlanForm, rules: VotingRules) -> CyclePlan:
    """Return what a form says of a cycle. Raises PoolLineUnread, and ValidationError for a number out of all bounds."""
    pools = [*read_pools(form.city, PoolKind.CITY), *read_pools(form.districts, PoolKind.DISTRICT)]
    return CyclePlan(
        title=form.title,
        rules=changed(rules, form, pools),
        summary=form.summary,
        regulation=form.regulation,
        regulation_url=form.regulation_url,
        pools=pools,
        categories=[name.strip() for name in form.categories.splitlines() if name.strip()],
        phases=dict(_phases(form)),
    )


def changed(rules: VotingRules, form: PlanForm, pools: Sequence[PoolPlan]) -> VotingRules:
    """Return the rules with what the form says; the way of voting and of counting stays the pack's.

    Where there is money of a kind people mark projects there, and nowhere else.
    """
    kinds = [kind for kind in PoolKind if any(pool.kind is kind for pool in pools)]
    of_kind = {
        PoolKind.CITY: (None, form.city_most, form.city_least_votes),
        PoolKind.DISTRICT: (form.district_pools, form.district_most, form.district_least_votes),
    }
    marks = []
    for kind in kinds or [each.kind for each in rules.marks]:
        most_pools, most, least_votes = of_kind[kind]
        least = rules.marks_in(kind) or rules.marks[0]
        marks.append(Marks(kind=kind, pools=most_pools, least=least.least, most=most, least_votes=least_votes))
    made = msgspec.structs.replace(
        rules,
        marks=tuple(marks),
        voting=msgspec.structs.replace(
            rules.voting,
            minimum_age=form.voting_age,
            links=tuple(form.links) or rules.voting.links,
            proofs=tuple(form.proofs) or rules.voting.proofs,
        ),
        proposing=msgspec.structs.replace(
            rules.proposing,
            minimum_age=form.proposing_age,
            organisations=form.organisations,
            most_per_author=form.most_per_author,
        ),
        remainder=msgspec.structs.replace(rules.remainder, top_up_lei=form.top_up_lei, to_city=form.to_city),
        tie=form.tie,
        may_change_vote=form.may_change_vote,
        on_paper=form.on_paper,
        challenge_days=form.challenge_days,
        news_days=form.news_days,
    )
    # Read back, so that a number out of bounds is refused as it would be in a pack.
    return msgspec.convert(msgspec.to_builtins(made), VotingRules)


def filled(cycle: Cycle, parts: Parts) -> Form[PlanForm]:
    """Return the form with what is saved of a cycle."""
    rules = rules_of(cycle)
    city, district = rules.marks_in(PoolKind.CITY), rules.marks_in(PoolKind.DISTRICT)
    plans = [PoolPlan(pool.name, pool.kind, pool.amount, pool.cost_ceiling) for pool in parts.pools]
    form = blank(
        PlanForm,
        edition=cycle.edition,
        title=cycle.title,
        summary=cycle.summary,
        regulation=cycle.regulation,
        regulation_url=cycle.regulation_url,
        city=write_pools(plan for plan in plans if plan.kind is PoolKind.CITY),
        districts=write_pools(plan for plan in plans if plan.kind is PoolKind.DISTRICT),
        categories="\n".join(category.name for category in parts.categories),
        proposing_age=rules.proposing.minimum_age,
        organisations=rules.proposing.organisations,
        most_per_author=rules.proposing.most_per_author,
        voting_age=rules.voting.minimum_age,
        links=list(rules.voting.links),
        proofs=list(rules.voting.proofs),
        city_most=city.most if city else None,
        city_least_votes=city.least_votes if city else 0,
        district_pools=district.pools if district else None,
        district_most=district.most if district else None,
        district_least_votes=district.least_votes if district else 0,
        may_change_vote=rules.may_change_vote,
        on_paper=rules.on_paper,
        top_up_lei=rules.remainder.top_up_lei,
        to_city=rules.remainder.to_city,
        tie=rules.tie,
        challenge_days=rules.challenge_days,
        news_days=rules.news_days,
    )
    for each in parts.phases:
        days = {"from": each.starts_at.astimezone(ZONE).date(), "until": last_day(each.ends_at)}
        form.carry_over(**{f"{each.phase}_{end}": day.isoformat() for end, day in days.items()})
    return form


def _phases(form: PlanForm) -> Iterator[tuple[Phase, tuple[date, date]]]:
    for phase in Phase:
        first, last = getattr(form, f"{phase}_from"), getattr(form, f"{phase}_until")
        if first is not None and last is not None:
            yield phase, (first, last)
