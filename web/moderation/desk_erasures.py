"""Requests at the desk that a text about a proposal be erased."""

from typing import Any

from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import Consultation
from consult.consultations.erasure import texts_about
from consult.consultations.erasure_decisions import choose_texts, confirm_erasure, refuse_erasure, send_back
from consult.consultations.erasure_requests import ErasureRequest, ErasureRequestId, enter_request, find_request
from consult.consultations.traces import recommendation_numbered
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.registers import read_reference
from consult.refusals import NotFound, Refusal
from web.moderation.erasure_desk import Kind, Requested, chooser_of, deciding, entering
from web.moderation.erasures import about_proposal


class NoSuchProposal(Refusal):
    """The letter names no proposal of this authority."""

    sentence = N_("There is no proposal with this number.")
    field = "number"


def requested(db: Session, request_id: ErasureRequestId, *, by: Actor) -> Requested:
    """Read what is decided on. Raises NotFound, NotPermitted."""
    request = find_request(db, request_id, by=by)
    it = request.recommendation
    about = about_proposal((db.get_one(Consultation, it.consultation_id), it))
    return Requested(request, about, texts_about(db, it), chooser_of(db, request))


def enter_by_number(
    db: Session, authority: Authority, number: str, /, **told: Any
) -> ErasureRequest:  # Any: what `enter_request` is told
    """Enter a request about the proposal with a register number. Raises NoSuchProposal, and as `enter_request`."""
    try:
        found = recommendation_numbered(db, authority.id, *read_reference(number.replace("/", "-").replace(" ", "")))
    except NotFound:
        found = None
    if found is None:
        raise NoSuchProposal
    return enter_request(db, found[0].id, **told)


PROPOSALS = Kind(
    where=links.ERASURES,
    is_project=False,
    read=requested,
    enter=enter_by_number,
    choose=choose_texts,
    send_back=send_back,
    confirm=confirm_erasure,
    refuse=refuse_erasure,
)
handlers = [*entering(PROPOSALS), *deciding(PROPOSALS)]
