"""Writing what an answer promises, while the answer is a draft: in private, and checked as a promise will be."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.doubts import doubts_about, refuse_unless_sure
from consult.consultations.procedure import local_day
from consult.consultations.promises import PromiseDraft, PromisePast
from consult.consultations.reasons import Reason, ReasonId
from consult.consultations.responses import AnswerDraft, consultation_to_answer
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.people import Person
from consult.identity.permissions import Within, require
from consult.refusals import NotFound, Refusal

LONGEST_PROMISE = 500
#: A council sits for four years, and promises nothing for the next one.
FURTHEST = timedelta(days=4 * 365)

DONE_ON = N_("%(day)s is %(off)s: nobody at the town hall works on it.")


class PromiseMissing(Refusal):
    """A promise says what will be done."""

    sentence = N_("Write what will be done.")
    field = "words"


class PromiseTooLong(Refusal):
    """A promise is one thing, said in a few lines."""

    sentence = N_("The promise has %(length)s characters; at most %(most)s fit.")
    field = "words"


class DepartmentMissing(Refusal):
    """Somebody answers for a promise."""

    sentence = N_("Write which department answers for it.")
    field = "department"


class PromiseTooFar(Refusal):
    """Further ahead nobody who promises can keep it."""

    sentence = N_("Choose a day until %(latest)s: a council cannot promise for the one after it.")
    field = "due_on"


class AnswerNotDrafted(Refusal):
    """What is promised is promised in a drafted answer; a published one is not rewritten."""

    sentence = N_("This answer is no draft any more: it was published or written anew meanwhile. Nothing was promised.")


class PromisedMeanwhile(Refusal):
    """Two officials wrote at once: the second reads what the first promised before replacing it."""

    sentence = N_(
        "%(name)s wrote a promise into this answer while you were writing: “%(words)s”. Nothing was replaced. Saving "
        "again replaces that promise by yours."
    )
    field = "words"


@dataclass(frozen=True)
class PromiseDraftPage:
    """A drafted answer, and what it promises so far."""

    consultation: Consultation
    reason: Reason
    draft: PromiseDraft | None


def promise_draft_page(
    db: Session, consultation_id: ConsultationId, reason_id: ReasonId, by: Actor
) -> PromiseDraftPage:
    """Read a drafted answer to write its promise. Raises NotFound, AnswerNotDrafted."""
    consultation = consultation_to_answer(db, consultation_id, by)
    reason = db.scalar(select(Reason).where(Reason.id == reason_id).options(joinedload(Reason.body)))
    if reason is None or reason.consultation_id != consultation_id:
        raise NotFound
    if db.scalar(select(AnswerDraft.recommendation_id).where(AnswerDraft.reason_id == reason_id).limit(1)) is None:
        raise AnswerNotDrafted
    return PromiseDraftPage(consultation, reason, db.get(PromiseDraft, reason_id))


def draft_promise(
    db: Session,
    consultation_id: ConsultationId,
    reason_id: ReasonId,
    *,
    words: str,
    due_on: date,
    department: str,
    edition: int,
    sure_of: Collection[date] = (),
    by: Actor,
    at: datetime,
) -> PromiseDraft:
    """Write what a drafted answer promises, or write it anew. `edition`: of the promise that was read; 0 for none.

    Raises AnswerNotDrafted, PromiseMissing, PromiseTooLong, DepartmentMissing, PromisePast, PromiseTooFar,
    PromisedMeanwhile, DaysInDoubt.
    """
    page = _draft_to_write(db, consultation_id, reason_id, edition, by)
    if not words.strip():
        raise PromiseMissing
    if len(words) > LONGEST_PROMISE:
        raise PromiseTooLong(length=len(words), most=LONGEST_PROMISE)
    if not department.strip():
        raise DepartmentMissing
    today = local_day(at)
    if due_on <= today:
        raise PromisePast(day=due_on)
    if due_on > today + FURTHEST:
        raise PromiseTooFar(latest=today + FURTHEST)
    refuse_unless_sure(doubts_about(due_on, DONE_ON, since=today), sure_of)

    draft = page.draft or PromiseDraft(reason_id=reason_id, edition=0)
    draft.words, draft.due_on, draft.department = words.strip(), due_on, department.strip()
    draft.edition, draft.drafted_by = draft.edition + 1, by.person_id
    db.add(draft)
    db.flush()
    return draft


def leave_out_promise(
    db: Session,
    consultation_id: ConsultationId,
    reason_id: ReasonId,
    *,
    edition: int,
    by: Actor,
    at: datetime,  # noqa: ARG001 - as every deed at the desk
) -> None:
    """Take what a drafted answer promises out of it again. Raises AnswerNotDrafted, PromisedMeanwhile."""
    page = _draft_to_write(db, consultation_id, reason_id, edition, by)
    if page.draft is not None:
        db.delete(page.draft)


def _draft_to_write(
    db: Session, consultation_id: ConsultationId, reason_id: ReasonId, edition: int, by: Actor
) -> PromiseDraftPage:
    page = promise_draft_page(db, consultation_id, reason_id, by)
    require("recommendation.answer", by, Within(page.consultation.authority_id))
    draft = page.draft
    if draft is not None and draft.edition != edition and draft.drafted_by != by.person_id:
        name = db.scalar(select(Person.name).where(Person.id == draft.drafted_by))
        raise PromisedMeanwhile(name=name, words=draft.words)
    return page
