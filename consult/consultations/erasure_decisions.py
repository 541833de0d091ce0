"""Deciding a request for erasure: one official chooses the texts and says why, another one confirms.

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
from consult.consultations.erasure_requests import ErasureRequest, ErasureRequestId, Outcome
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.permissions import Permission, require
from consult.record.erasure_grounds import GROUNDS, ErasureGround
from consult.refusals import NotFound, Refusal

LONGEST_NOTE = 2_000


class NothingChosen(Refusal):
    """The decision names the texts."""

    sentence = N_("Choose at least one text to erase.")
    field = "texts"


class NoteMissing(Refusal):
    """A decision has a reason."""

    sentence = N_("Write why, in at most %(most)s characters.")
    field = "note"


class AlreadyConcluded(Refusal):
    """A request is decided once."""

    sentence = N_("This request was decided on %(concluded_at)s.")


class NotChosenYet(Refusal):
    """There is nothing to confirm, or to send back."""

    sentence = N_("No official has proposed yet what to erase.")


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
    _check_note(note)
    if not commitments:
        raise NothingChosen
    known = {text.commitment for text in texts_about(db, request.recommendation)}
    if not known.issuperset(commitments):
        raise NotFound
    request.chosen, request.ground, request.note = sorted(set(commitments)), ground, note.strip()
    request.edited_by, request.returned_note = by.person_id, ""
    return request


def send_back(db: Session, request_id: ErasureRequestId, *, note: str, by: Actor) -> ErasureRequest:
    """Send a choice back, as the second official, with what is wrong with it. Raises NotChosenYet, NoteMissing."""
    request = _open_request(db, request_id, "erasure.confirm", by)
    if not request.awaits_confirmation:
        raise NotChosenYet
    _check_note(note)
    request.chosen, request.ground, request.returned_note = [], None, note.strip()
    return request


def confirm_erasure(db: Session, request_id: ErasureRequestId, *, by: Actor, at: datetime) -> ErasureRequest:
    """Erase what the first official chose, as the second one, and tell whoever asked and the author.

    Raises AlreadyConcluded, NotChosenYet, NeedsOtherEyes for whoever entered the request or made the choice.
    """
    request = _open_request(db, request_id, "erasure.confirm", by)
    if request.ground is None or request.edited_by is None:
        raise NotChosenYet
    recommendation = request.recommendation
    left = {text.commitment for text in texts_about(db, recommendation)}
    chosen = [each for each in request.chosen if each in left]
    author = mailbox_of(db, recommendation)
    erase_texts(db, recommendation, chosen, request.ground, chosen_by=request.edited_by, by=by, at=at)
    _conclude(request, Outcome.ERASED, by, at)
    readers = ({author[0]: author[1]} if author else {}) | ({request.email: request.locale} if request.email else {})
    for email, locale in readers.items():
        _write(db, request, "text-erased", to=email, locale=locale, at=at, ground=GROUNDS[request.ground])
    return request


def refuse_erasure(db: Session, request_id: ErasureRequestId, *, note: str, by: Actor, at: datetime) -> ErasureRequest:
    """Refuse a request, with a reason that is told to whoever asked. Raises AlreadyConcluded, NoteMissing."""
    request = _open_request(db, request_id, "erasure.decide", by)
    _check_note(note)
    request.chosen, request.ground, request.note = [], None, note.strip()
    _conclude(request, Outcome.REFUSED, by, at)
    if request.email:
        _write(db, request, "erasure-refused", to=request.email, locale=request.locale, at=at, reason=request.note)
    return request


def _open_request(db: Session, request_id: ErasureRequestId, permission: Permission, by: Actor) -> ErasureRequest:
    query = select(ErasureRequest).where(ErasureRequest.id == request_id)
    request = db.scalar(query.options(joinedload(ErasureRequest.recommendation)))
    if request is None:
        raise NotFound
    require(permission, by, request)
    if request.outcome is not None:
        raise AlreadyConcluded(concluded_at=request.concluded_at)
    return request


def _check_note(note: str) -> None:
    if not 0 < len(note.strip()) <= LONGEST_NOTE:
        raise NoteMissing(most=LONGEST_NOTE)


def _conclude(request: ErasureRequest, outcome: Outcome, by: Actor, at: datetime) -> None:
    request.outcome, request.concluded_by, request.concluded_at = outcome, by.person_id, at
    if outcome is Outcome.ERASED:
        # Whoever asks for a text to be forgotten repeats it more often than not.
        request.words = ""


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
