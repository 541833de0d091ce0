"""Publishing the answers: all of them at once, each on the record, each author written to.

Law 52/2003, art. 7(12): all recommendations are analysed; art. 12(3): not taking one up is justified in writing.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult import links, mail
from consult.consultations.closed_accounts import mailbox_of
from consult.consultations.consultations import Consultation, ConsultationId, Stage
from consult.consultations.counters import refresh_counters
from consult.consultations.following import tell_followers
from consult.consultations.promises import make_promises, refuse_past_promises
from consult.consultations.reasons import Reason
from consult.consultations.recommendations import Recommendation, recommendation_subject
from consult.consultations.responses import AnswerDraft, AnswerStanding, consultation_to_answer, count_unanswered
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.record.events import ResponsePublished
from consult.refusals import Refusal


class StillOpen(Refusal):
    """Answers are published together, after the period for proposals."""

    sentence = N_("Proposals are received until %(last_day)s, 24:00; the answers are published after that, together.")


class AnswersMissing(Refusal):
    """Every recommendation is answered, or none of the answers is published."""

    sentence = N_("%(count)s proposals have no answer yet; the answers are published together.")


class AnswersNotApproved(Refusal):
    """What a clerk or a department drafted is read by whoever may publish it before all of it is."""

    sentence = N_("%(count)s drafted answers are not approved yet: approve them, or send them back with a note.")


class NothingToPublish(Refusal):
    """There are no drafted answers."""

    sentence = N_("There is no drafted answer to publish.")


def publish_answers(db: Session, consultation_id: ConsultationId, *, by: Actor, at: datetime) -> int:
    """Publish all answers together and write to each author; returns how many.

    Raises StillOpen before the period for proposals ends, AnswersMissing while any recommendation that was not
    withdrawn lacks one, PromisePast where an answer promises a day that has come. Source: art. 7(12), art. 12(3).
    """
    consultation = consultation_to_answer(db, consultation_id, by)
    require("answers.publish", by, consultation)
    if consultation.is_open_at(at):
        raise StillOpen(last_day=consultation.proposals_until)
    missing = count_unanswered(db, consultation_id, with_drafts=True)
    if missing:
        raise AnswersMissing(count=missing)
    drafts = drafted_answers(db, consultation_id)
    if not drafts:
        raise NothingToPublish
    unapproved = sum(draft.standing is not AnswerStanding.APPROVED for _, draft in drafts)
    if unapproved:
        raise AnswersNotApproved(count=unapproved)
    reasons = {draft.reason_id for _, draft in drafts}
    refuse_past_promises(db, reasons, at)

    for recommendation, draft in drafts:
        assert draft.reason.body is not None
        recommendation.verdict = draft.verdict
        recommendation.reason_id = draft.reason_id
        recommendation.answered_at = at
        event = ResponsePublished(
            subject=recommendation_subject(consultation, recommendation),
            recommendation=recommendation.number,
            verdict=draft.verdict,
            body=draft.reason.body.committed,
        )
        record(db, event, by=by, at=at)
        tell_author(db, consultation, recommendation, draft, at)
        db.delete(draft)
    make_promises(db, consultation, reasons, by=by, at=at)
    if consultation.stage is Stage.PROPOSALS:
        consultation.stage = Stage.ANSWERED
    # Whoever reads the answers reads their sum above them: the two are published together.
    refresh_counters(db, consultation_id)
    told = {mailbox[0] for each, _ in drafts if (mailbox := mailbox_of(db, each))}
    tell_followers(db, consultation, "answers", told=told, at=at)
    return len(drafts)


def drafted_answers(db: Session, consultation_id: ConsultationId) -> list[tuple[Recommendation, AnswerDraft]]:
    """Return the answers that wait for publication, in register order; none to what was withdrawn meanwhile."""
    query = (
        select(Recommendation, AnswerDraft)
        .join(AnswerDraft, AnswerDraft.recommendation_id == Recommendation.id)
        .where(Recommendation.consultation_id == consultation_id, Recommendation.withdrawn_at.is_(None))
        .options(joinedload(AnswerDraft.reason).joinedload(Reason.body), joinedload(Recommendation.person))
        .order_by(Recommendation.id)
    )
    return [(recommendation, draft) for recommendation, draft in db.execute(query)]


def tell_author(
    db: Session, consultation: Consultation, recommendation: Recommendation, draft: AnswerDraft, at: datetime
) -> None:
    """Write to the author what the authority decided and why."""
    mailbox = mailbox_of(db, recommendation)
    if mailbox is None:
        return
    to, locale = mailbox
    mail.post(
        db,
        "answer-published",
        to=to,
        locale=locale,
        facts={
            "authority_id": consultation.authority_id,
            "number": recommendation.register_number,
            "title": consultation.title,
            "verdict": draft.verdict.value,
            "reason": draft.reason.text,
            "link": links.recommendation(consultation.reference, recommendation.reference),
        },
        at=at,
    )
