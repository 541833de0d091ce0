"""The desk's first page: what is due, the most urgent first; each line opens the form that does it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from litestar import Response, get
from litestar.params import FromQuery
from sqlalchemy.orm import Session

from consult import links
from consult.budgeting.project_erasure_requests import requests_at
from consult.consultations.due import Due, Work, what_is_due
from consult.consultations.errands import Errand, ErrandDue, errands_due
from consult.consultations.meeting_pages import MeetingDue, MeetingWork, meetings_due
from consult.consultations.procedure import current_pack, local_day
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.organisations import Standing
from consult.identity.permissions import Within, may
from consult.identity.verification import organisations_at
from consult.policy.rules import Rule
from web.access import at_desk
from web.answers import page
from web.database import Db
from web.desk.works import place_of
from web.given import Given, Request

AnyDue = Due | MeetingDue | ErrandDue

A_WEEK = timedelta(days=7)
#: What only has a date, and nothing to be late with.
EVENTS = frozenset({Work.CLOSING, Work.DEBATE})


@dataclass(frozen=True)
class Line:
    """One thing that is due and where it is done. `late`: by how many days.

    `rule`: of the law, for which it is done, where the law asks for it; `law`: where it can be read, as it was frozen.
    """

    due: AnyDue
    href: str
    late: int
    rule: Rule | None
    law: str


@dataclass(frozen=True)
class Group:
    """What is equally urgent."""

    name: str
    lines: Sequence[Line]


#: The word in the address by which colleagues' work is shown too.
ALL = "toate"


@get(links.DESK, opt=at_desk())
async def today(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    ale: FromQuery[str] = "",
) -> Response[str]:
    """Show what is due: of this official, or of the whole house."""
    due = await db.read(what_is_due, authority.id, by=actor, at=at)
    organisations = await db.read(organisations_at, authority.id, Standing.PENDING)
    errands = await db.read(errands_due, authority.id, by=actor, at=at)
    errands += await db.read(project_erasures_due, authority.id, by=actor)
    meetings = await db.read(meetings_due, authority.id, by=actor, at=at)
    day = local_day(at)
    everything: list[AnyDue] = [*meetings, *errands, *(each for each in due if each.work is not Work.AWAIT)]
    mine = [each for each in everything if each.is_mine]
    return page(
        request,
        "desk/today.html",
        groups=list(by_urgency(everything if ale == ALL else mine, day)),
        counts=(len(mine), len(everything)),
        shows_all=ale == ALL,
        waiting=next(by_urgency([each for each in due if each.work is Work.AWAIT], day), None),
        organisations=organisations,
        today=day,
        who=actor.label(),
        may_begin=may("draft.create", actor, Within(authority.id)),
    )


def project_erasures_due(db: Session, authority_id: AuthorityId, *, by: Actor) -> list[ErrandDue]:
    """Read who asks that words about a project be erased; to those who may not read it nobody does."""
    if not may("erasure.read", by, Within(authority_id)):
        return []
    due = []
    for each in requests_at(db, authority_id):
        awaits, about = each.awaits_confirmation, f"{each.project.number}/{each.project.cycle.year}"
        is_mine = may("erasure.confirm" if awaits else "erasure.decide", by, each)
        due.append(ErrandDue(Errand.PROJECT_ERASURE, each.id, about, each.due_on, int(awaits), is_mine))
    return due


def by_urgency(due: Sequence[AnyDue], day: date) -> Iterator[Group]:
    """Return the groups of the page that hold anything."""
    groups: dict[str, list[Line]] = {name: [] for name in NAMES}
    rules = {rule.id: rule for rule in current_pack().rules_in_force(day)}
    for each in sorted(due, key=lambda each: (each.day is None, each.day or date.max)):
        late = (day - each.day).days if each.day and each.work not in EVENTS else 0
        rule = rules.get(each.rule or "")
        groups[urgency(each, day)].append(Line(each, href_of(each), max(late, 0), rule, law_behind(each)))
    return (Group(name, lines) for name, lines in groups.items() if lines)


def href_of(due: AnyDue) -> str:
    """Return where something is done."""
    if isinstance(due, MeetingDue):
        return links.desk_meeting(due.meeting.id, MEETING_PARTS[due.work])
    if isinstance(due, ErrandDue):
        return ERRANDS[due.work](due.key)
    # A draft is finished on its list of parts, which says what is missing.
    return links.desk_consultation(due.consultation.id) if due.work is Work.FINISH else place_of(due)


def law_behind(due: AnyDue) -> str:
    """Return where the rule stands for which something is done: as it was frozen for what is public, else as it is."""
    if isinstance(due, Due) and due.consultation.pack_digest:
        return links.frozen_rules(due.consultation.pack_digest, due.rule)
    return links.rules(current_pack().id, due.rule or "")


#: Where each errand is done, from the key of what it is about.
ERRANDS: Mapping[Errand, Callable[[int], str]] = {
    Errand.PROMISE: lambda key: links.desk_consultation(key, "promisiuni"),
    Errand.REPORTED: links.desk_moderation,
    Errand.APPEAL: links.desk_appeal,
    Errand.ERASURE: links.desk_erasure,
    Errand.PROJECT_ERASURE: links.desk_project_erasure,
    Errand.YEARLY_REPORT: links.desk_report,
    Errand.ASSIGNED: links.assigned_to_me,
    Errand.RETURNED: links.answers_returned,
    Errand.TO_APPROVE: links.answers_to_approve,
}
MEETING_PARTS = {
    MeetingWork.END: "incheie",
    MeetingWork.WRITE: "minuta",
    MeetingWork.APPROVE: "minuta",
    MeetingWork.RESULTS: "",
}

LATE, TODAY, THIS_WEEK, LATER = N_("Overdue"), N_("Today"), N_("This week"), N_("Later")
UNDATED, OTHERS = N_("Without a date yet"), N_("Waiting for colleagues")
NAMES = (LATE, TODAY, THIS_WEEK, LATER, UNDATED, OTHERS)


def urgency(due: AnyDue, day: date) -> str:
    """Return the name of the group in which something is shown."""
    if due.work is Work.AWAIT:
        return OTHERS
    if due.day is None:
        return UNDATED
    if due.day < day:
        return LATE
    if due.day == day:
        return TODAY
    return THIS_WEEK if due.day < day + A_WEEK else LATER


handlers = [today]
