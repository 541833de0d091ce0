"""Requests at the desk that a text about a project of a participatory budget be erased."""

from typing import Any

from sqlalchemy.orm import Session

from consult import links
from consult.budgeting.cycles import find_announced
from consult.budgeting.project_erasure_requests import (
    ProjectErasureRequest,
    ProjectErasureRequestId,
    choose_texts,
    confirm_erasure,
    enter_request,
    find_request,
    refuse_erasure,
    send_back,
)
from consult.budgeting.project_erasures import texts_about
from consult.budgeting.projects import find_project
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.registers import read_reference
from consult.refusals import NotFound, Refusal
from web.moderation.erasure_desk import Kind, Requested, chooser_of, deciding, entering
from web.moderation.project_erasures import about_project


class NoSuchProject(Refusal):
    """The letter names no project of this authority."""

    sentence = N_("There is no project with this number in a cycle of this year.")
    field = "number"


def requested(db: Session, request_id: ProjectErasureRequestId, *, by: Actor) -> Requested:
    """Read what is decided on. Raises NotFound, NotPermitted."""
    request = find_request(db, request_id, by=by)
    return Requested(request, about_project(request.project), texts_about(db, request.project), chooser_of(db, request))


def enter_by_number(
    db: Session, authority: Authority, number: str, /, **told: Any
) -> ProjectErasureRequest:  # Any: what `enter_request` is told
    """Enter a request about the project with a number, such as 12/2027. Raises NoSuchProject, as `enter_request`."""
    try:
        own, year = read_reference(number.replace("/", "-").replace(" ", ""))
        project = find_project(db, find_announced(db, authority.id, year).id, own)
    except NotFound:
        raise NoSuchProject from None
    return enter_request(db, project.id, **told)


PROJECTS = Kind(
    where=links.PROJECT_ERASURES,
    is_project=True,
    read=requested,
    enter=enter_by_number,
    choose=choose_texts,
    send_back=send_back,
    confirm=confirm_erasure,
    refuse=refuse_erasure,
)
handlers = [*entering(PROJECTS), *deciding(PROJECTS)]
