"""Appealing against a hiding, and deciding the appeal: by somebody else, with reasons, for everybody to read.

An appeal that is upheld puts the words back at once, in the same act (DSA, art. 20(4) asks the same of platforms).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.appeals import Appeal, AppealId, Outcome, appeal_against, find_appeal, waits_for_others
from consult.consultations.consultations import Consultation
from consult.consultations.moderation import NotHidden, said_in, tell_author
from consult.consultations.recommendations import SHOWN, Recommendation, RecommendationId, recommendation_subject
from consult.i18n import N_
from consult.identity.actors import Actor, acting_officials
from consult.identity.permissions import may, require
from consult.identity.pseudonyms import person_behind, record
from consult.record.bodies import keep_body
from consult.record.entries import RecordedEvent
from consult.record.events import AppealDecided, AppealReceived
from consult.refusals import NotFound, Refusal

LONGEST_APPEAL = 2_000


class AppealedAlready(Refusal):
    """One appeal against one decision."""

    sentence = N_("You appealed against this decision already, on %(received_at)s.")


class NothingToAppeal(Refusal):
    """What its author took back, or what was erased, comes back by no appeal."""

    sentence = N_("This proposal was withdrawn or its text was erased; there is nothing to appeal against.")


class WhyMissing(Refusal):
    """An appeal says why, and so does its decision."""

    sentence = N_("Write why, in at most %(most)s characters.")
    field = "reasons"


class NothingToDecide(Refusal):
    """An appeal is decided once, while there is something to decide."""

    sentence = N_("This appeal does not wait for a decision any more.")


def appeal(db: Session, recommendation_id: RecommendationId, *, reasons: str, by: Actor, at: datetime) -> Appeal:
    """Ask that the hiding of one's own recommendation be looked at again. `reasons`: why.

    Raises NotHidden, NothingToAppeal, AppealedAlready, WhyMissing.
    """
    recommendation = db.scalar(select(Recommendation).where(Recommendation.id == recommendation_id).options(*SHOWN))
    if recommendation is None:
        raise NotFound
    require("moderation.appeal", by, recommendation)
    if recommendation.hidden_at is None or recommendation.hidden_in is None:
        raise NotHidden
    if recommendation.withdrawn_at is not None or recommendation.body_id is None:
        raise NothingToAppeal
    earlier = appeal_against(db, recommendation)
    if earlier is not None:
        raise AppealedAlready(received_at=earlier.received_at)
    _some_words(reasons)

    consultation = db.get_one(Consultation, recommendation.consultation_id)
    event = AppealReceived(
        subject=recommendation_subject(consultation, recommendation),
        number=recommendation.number,
        body=keep_body(db, {"reasons": reasons.strip()}).committed,
    )
    hiding = db.get_one(RecordedEvent, recommendation.hidden_in)
    appealed = Appeal(
        authority_id=recommendation.authority_id,
        recommendation_id=recommendation.id,
        hiding=hiding.id,
        hidden_by=person_behind(db, hiding),
        person_id=by.person_id,
        organisation_id=by.organisation_id,
        received_at=at,
        received_in=record(db, event, by=by, at=at).id,
    )
    db.add(appealed)
    db.flush()
    return appealed


def decide_appeal(
    db: Session, appeal_id: AppealId, *, outcome: Outcome, reasons: str, withheld: bool, by: Actor, at: datetime
) -> Appeal:
    """Decide an appeal against somebody else's hiding, with reasons; upheld, the words are back at once.

    `withheld`: the author's reasons are kept off the pages. Raises NeedsOtherEyes for whoever hid it, NothingToDecide,
    WhyMissing.
    """
    appealed = find_appeal(db, appeal_id)
    require("appeal.decide", by, appealed)
    recommendation = appealed.recommendation
    if not waits_for_others(db, recommendation) or recommendation.hidden_in != appealed.hiding:
        raise NothingToDecide
    _some_words(reasons)

    consultation = db.get_one(Consultation, recommendation.consultation_id)
    event = AppealDecided(
        subject=recommendation_subject(consultation, recommendation),
        number=recommendation.number,
        outcome=outcome.value,
        withheld=withheld,
        body=keep_body(db, {"reasons": reasons.strip()}).committed,
    )
    appealed.outcome, appealed.withheld = outcome, withheld
    appealed.decided_by, appealed.decided_at = by.person_id, at
    if outcome is Outcome.UPHELD:
        recommendation.hidden_at = recommendation.hidden_for = recommendation.hidden_in = None
    appealed.decided_in = record(db, event, by=by, at=at).id
    told = {"outcome": outcome.value, "reason": reasons.strip()}
    tell_author(db, consultation, recommendation, "appeal-decided", at=at, **told)
    return appealed


@dataclass(frozen=True)
class AppealPage:
    """An appeal as those who decide it read it. `statement`, `reasons`, `decision`: what was said, by its fields.

    `others`: who may decide it, where the reader may not.
    """

    consultation: Consultation
    appeal: Appeal
    statement: Mapping[str, str]
    reasons: Mapping[str, str]
    decision: Mapping[str, str]
    is_waiting: bool
    may_decide: bool
    others: Sequence[str]


def appeal_page(db: Session, appeal_id: AppealId, *, by: Actor) -> AppealPage:
    """Read an appeal at the desk. Raises NotFound, NotPermitted."""
    appealed = find_appeal(db, appeal_id)
    recommendation = appealed.recommendation
    require("draft.read", by, appealed)
    said = said_in(db, [appealed.hiding, appealed.received_in, *filter(None, [appealed.decided_in])])
    officials = acting_officials(db, appealed.authority_id)
    return AppealPage(
        consultation=db.get_one(Consultation, recommendation.consultation_id),
        appeal=appealed,
        statement=said.get(appealed.hiding, {}),
        reasons=said.get(appealed.received_in, {}),
        decision=said.get(appealed.decided_in or "", {}),
        is_waiting=waits_for_others(db, recommendation) and recommendation.hidden_in == appealed.hiding,
        may_decide=may("appeal.decide", by, appealed),
        others=[official.name for official in officials if may("appeal.decide", official, appealed)],
    )


def _some_words(reasons: str) -> None:
    if not 0 < len(reasons.strip()) <= LONGEST_APPEAL:
        raise WhyMissing(most=LONGEST_APPEAL)
