"""What officials owe beside the steps of a procedure: promises, texts to judge, work given, a yearly report."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import extract, select
from sqlalchemy.orm import Session

from consult.consultations.appeals import waiting_appeals
from consult.consultations.consultations import Consultation
from consult.consultations.erasure_requests import requests_at
from consult.consultations.procedure import local_day
from consult.consultations.promises import open_promises
from consult.consultations.reader_reports import reported_at
from consult.consultations.reports import draft_of, reports_of_year
from consult.consultations.routing import routed_work
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.permissions import Permission, Within, may

#: The rule of the pack that asks for the yearly report to be published; it sets no day.
YEARLY_REPORT = "report-on-site"


class Errand(StrEnum):
    """What there is to do."""

    PROMISE = "promise"
    #: Readers reported a text.
    REPORTED = "reported"
    APPEAL = "appeal"
    ERASURE = "erasure"
    #: Of words about a project of a participatory budget; the room of these says which there are.
    PROJECT_ERASURE = "project-erasure"
    YEARLY_REPORT = "yearly-report"
    #: The contact person gave this official something to answer; somebody sent back what they had drafted.
    ASSIGNED = "assigned"
    RETURNED = "returned"
    #: Colleagues drafted answers that whoever may publish them reads first.
    TO_APPROVE = "to-approve"


@dataclass(frozen=True)
class ErrandDue:
    """One thing that is due. `key`: of what it is about, in addresses; `about`: its number or its words.

    `day`: the last on which it is in time, where there is one. `count`: of reports or of proposals, or 1 for
    an erasure that another official has decided and a yearly report that one has drafted: a second pair of eyes is
    wanted.
    """

    work: Errand
    key: int
    about: str
    day: date | None = None
    count: int = 0
    is_mine: bool = True

    @property
    def rule(self) -> str | None:
        """The rule of the pack behind it, where the law asks for it."""
        return YEARLY_REPORT if self.work is Errand.YEARLY_REPORT else None


def errands_due(db: Session, authority_id: AuthorityId, *, by: Actor, at: datetime) -> list[ErrandDue]:
    """Return what an authority owes beside its procedures; `is_mine` says by whom it can be done."""
    house = Within(authority_id)

    def mine(permission: Permission) -> bool:
        return may(permission, by, house)

    keeps, moderates = mine("answers.publish"), mine("recommendation.moderate")
    return [
        *(
            ErrandDue(Errand.PROMISE, each.consultation_id, each.words, each.due_on, is_mine=keeps)
            for each in open_promises(db, authority_id)
        ),
        *(
            ErrandDue(
                Errand.REPORTED,
                each.recommendation.id,
                each.recommendation.register_number,
                count=len(each.reports),
                is_mine=moderates,
            )
            for each in reported_at(db, authority_id)
        ),
        *(
            ErrandDue(
                Errand.APPEAL, each.id, each.recommendation.register_number, is_mine=may("appeal.decide", by, each)
            )
            for each in waiting_appeals(db, authority_id)
        ),
        *_erasures(db, authority_id, by),
        *_routed(db, authority_id, by),
        *_yearly_report(db, authority_id, by, local_day(at).year - 1),
    ]


def _erasures(db: Session, authority_id: AuthorityId, by: Actor) -> Iterator[ErrandDue]:
    """Yield the requests for erasure; to those who may not read them they do not exist."""
    if not may("erasure.read", by, Within(authority_id)):
        return
    for each in requests_at(db, authority_id):
        awaits = each.awaits_confirmation
        is_mine = may("erasure.confirm" if awaits else "erasure.decide", by, each)
        number = each.recommendation.register_number
        yield ErrandDue(Errand.ERASURE, each.id, number, each.due_on, int(awaits), is_mine)


def _routed(db: Session, authority_id: AuthorityId, by: Actor) -> Iterator[ErrandDue]:
    """Yield what this official was given, was sent back, and has to approve, by consultation."""
    for each in routed_work(db, authority_id, by=by):
        key, title = each.consultation.id, each.consultation.title
        if each.given:
            yield ErrandDue(Errand.ASSIGNED, key, title, each.due_on, each.given)
        if each.returned:
            yield ErrandDue(Errand.RETURNED, key, title, count=each.returned)
        if each.to_approve:
            yield ErrandDue(Errand.TO_APPROVE, key, title, each.consultation.submission_on, each.to_approve)


def _yearly_report(db: Session, authority_id: AuthorityId, by: Actor, year: int) -> Iterator[ErrandDue]:
    """Yield the report on the year before, once there was something to report on, until it is published."""
    consulted = select(Consultation.id).where(
        Consultation.authority_id == authority_id,
        Consultation.opens_at.is_not(None),
        extract("year", Consultation.announced_on) == year,
    )
    if reports_of_year(db, authority_id, year) or db.scalar(consulted.limit(1)) is None:
        return
    draft = draft_of(db, authority_id, year)
    is_mine = may("report.publish", by, draft) if draft else may("report.keep", by, Within(authority_id))
    yield ErrandDue(Errand.YEARLY_REPORT, year, str(year), count=int(draft is not None), is_mine=is_mine)
