"""Deciding a request for erasure about a recommendation: one official chooses the texts and says why, another confirms.

Until then nothing is erased; then all of it is, in one transaction. Refusing takes one official and a reason, which
whoever asked is told (GDPR, art. 12(4)).
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult import links, mail
from consult.consultations.closed_accounts import mailbox_of
from consult.consultations.consultations import Consultation
from consult.consultations.erasure import erase_texts, texts_about
from consult.consultations.erasure_requests import ErasureRequest, ErasureRequestId
from consult.consultations.recommendations import Recommendation
from consult.identity.actors import Actor
from consult.identity.erasure_requests import choose, chosen_in, conclude, give_back, refuse, require_open
from consult.identity.permissions import Permission, require
from consult.record.erasure_grounds import GROUNDS, ErasureGround
from consult.refusals import NotFound


def choose_texts(
    db: Session,
    request_id: ErasureRequestId,
    *,
    commitments: Sequence[str],
    ground: ErasureGround,
    note: str,
    by: Actor,
) -> ErasureRequest:
    """Choose, as the first official, which texts the law wants erased, on which ground and why.

    Nothing is erased yet. Raises AlreadyConcluded, NothingChosen, NoteMissing; NotFound for a text of something else.
    """
    request = _open_request(db, request_id, "erasure.decide", by)
    choose(request, commitments, ground, note, known=_known(db, request.recommendation), by=by)
    return request


def send_back(db: Session, request_id: ErasureRequestId, *, note: str, by: Actor) -> ErasureRequest:
    """Send a choice back, as the second official, with what is wrong with it. Raises NotChosenYet, NoteMissing."""
    request = _open_request(db, request_id, "erasure.confirm", by)
    give_back(request, note)
    return request


def confirm_erasure(db: Session, request_id: ErasureRequestId, *, by: Actor, at: datetime) -> ErasureRequest:
    """Erase what the first official chose, as the second one, and tell whoever asked and the author.

    Raises AlreadyConcluded, NotChosenYet, NeedsOtherEyes for whoever entered the request or made the choice.
    """
    request = _open_request(db, request_id, "erasure.confirm", by)
    recommendation = request.recommendation
    chosen, ground, chosen_by = chosen_in(request, _known(db, recommendation))
    author = mailbox_of(db, recommendation)
    erase_texts(db, recommendation, chosen, ground, chosen_by=chosen_by, by=by, at=at)
    conclude(request, by=by, at=at)
    readers = ({author[0]: author[1]} if author else {}) | ({request.email: request.locale} if request.email else {})
    for email, locale in readers.items():
        _write(db, request, "text-erased", to=email, locale=locale, at=at, ground=GROUNDS[ground])
    return request


def refuse_erasure(db: Session, request_id: ErasureRequestId, *, note: str, by: Actor, at: datetime) -> ErasureRequest:
    """Refuse a request, with a reason that is told to whoever asked. Raises AlreadyConcluded, NoteMissing."""
    request = _open_request(db, request_id, "erasure.decide", by)
    refuse(request, note, by=by, at=at)
    if request.email:
        _write(db, request, "erasure-refused", to=request.email, locale=request.locale, at=at, reason=request.note)
    return request


def _known(db: Session, recommendation: Recommendation) -> set[str]:
    return {text.commitment for text in texts_about(db, recommendation)}


def _open_request(db: Session, request_id: ErasureRequestId, permission: Permission, by: Actor) -> ErasureRequest:
    query = select(ErasureRequest).where(ErasureRequest.id == request_id)
    request = db.scalar(query.options(joinedload(ErasureRequest.recommendation)))
    if request is None:
        raise NotFound
    require(permission, by, request)
    require_open(request)
    return request


def _write(
    db: Session, request: ErasureRequest, kind: str, *, to: str, locale: str, at: datetime, **facts: str
) -> None:
    recommendation = request.recommendation
    consultation = db.get_one(Consultation, recommendation.consultation_id)
    page = links.recommendation(consultation.reference, recommendation.reference)
    told = {
        "authority_id": request.authority_id,
        "number": recommendation.register_number,
        "title": consultation.title,
        "link": page if kind == "text-erased" else links.PERSONAL_DATA,
    }
    mail.post(db, kind, to=to, locale=locale, facts={**told, **facts}, at=at)
