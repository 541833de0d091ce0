"""Asking that a text about a project be erased, and deciding it: one official chooses the texts, another confirms.

What every request has, and how two officials decide, stands in `consult.identity.erasure_requests`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NewType

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from consult import links, mail
from consult.budgeting.project_erasures import erase_texts, texts_about
from consult.budgeting.projects import SHOWN, Project, ProjectId, project_of
from consult.i18n import DEFAULT_LOCALE, N_
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.erasure_requests import (
    AskedErasure,
    Source,
    choose,
    chosen_in,
    conclude,
    fill_in,
    forget_askers,
    give_back,
    refuse,
    require_open,
)
from consult.identity.people import PersonId, person_of
from consult.identity.permissions import Permission, Within, require
from consult.record.erasure_grounds import GROUNDS, ErasureGround
from consult.refusals import NotFound, Refusal
from consult.store.base import key_type

ProjectErasureRequestId = NewType("ProjectErasureRequestId", int)
key_type(ProjectErasureRequestId)


class ProjectErasureRequest(AskedErasure):
    """Somebody asked that a text about a project be erased. Never public."""

    __tablename__ = "project_erasure_request"
    __table_args__ = (Index("ix_project_erasure_request_open", "authority_id", "concluded_at", "id"),)

    id: Mapped[ProjectErasureRequestId] = mapped_column(primary_key=True)
    project_id: Mapped[ProjectId] = mapped_column(ForeignKey("project.id"))

    project: Mapped[Project] = relationship(lazy="raise")


class NothingToEraseOfProject(Refusal):
    """All texts about this project are gone already."""

    sentence = N_("Nothing is left to erase here: the texts about this project are gone already.")


def ask_for_erasure(
    db: Session,
    project_id: ProjectId,
    *,
    source: Source,
    ground: ErasureGround,
    words: str,
    name: str,
    email: str | None,
    locale: str = DEFAULT_LOCALE,
    by: PersonId | None,
    at: datetime,
) -> ProjectErasureRequest:
    """Ask that a text about a project be erased. `by`: the author, or the official who enters a letter.

    Raises NothingWritten, NothingToEraseOfProject, NotAName, NotAnEmail.
    """
    project = project_of(db, project_id)
    request = ProjectErasureRequest(authority_id=project.authority_id, project_id=project_id)
    fill_in(request, source=source, ground=ground, words=words, name=name, email=email, locale=locale, by=by, at=at)
    if not texts_about(db, project):
        raise NothingToEraseOfProject
    db.add(request)
    db.flush()
    return request


def enter_request(
    db: Session,
    project_id: ProjectId,
    *,
    ground: ErasureGround,
    words: str,
    name: str,
    email: str | None,
    by: Actor,
    at: datetime,
) -> ProjectErasureRequest:
    """Enter a request that came on paper. Raises NotPermitted, and as `ask_for_erasure`."""
    require("erasure.enter", by, Within(project_of(db, project_id).authority_id))
    return ask_for_erasure(
        db,
        project_id,
        source=Source.PAPER,
        ground=ground,
        words=words,
        name=name,
        email=email,
        by=by.person_id,
        at=at,
    )


def find_request(
    db: Session, request_id: ProjectErasureRequestId, *, permission: Permission = "erasure.read", by: Actor
) -> ProjectErasureRequest:
    """Return a request with the project that it is about, for officials. Raises NotFound, NotPermitted."""
    query = select(ProjectErasureRequest).where(ProjectErasureRequest.id == request_id)
    request = db.scalar(query.options(joinedload(ProjectErasureRequest.project).options(*SHOWN)))
    if request is None:
        raise NotFound
    require(permission, by, request)
    return request


def requests_at(db: Session, authority_id: AuthorityId, *, most: int = 100) -> Sequence[ProjectErasureRequest]:
    """Return the requests that wait for a decision, the one that has waited longest first."""
    query = (
        select(ProjectErasureRequest)
        .where(ProjectErasureRequest.authority_id == authority_id, ProjectErasureRequest.concluded_at.is_(None))
        .options(joinedload(ProjectErasureRequest.project).options(*SHOWN))
    )
    return db.scalars(query.order_by(ProjectErasureRequest.id).limit(most)).all()


def choose_texts(
    db: Session,
    request_id: ProjectErasureRequestId,
    *,
    commitments: Sequence[str],
    ground: ErasureGround,
    note: str,
    by: Actor,
) -> ProjectErasureRequest:
    """Choose, as the first official, which texts the law wants erased, on which ground and why.

    Nothing is erased yet. Raises AlreadyConcluded, NothingChosen, NoteMissing; NotFound for a text of something else.
    """
    request = _open_request(db, request_id, "erasure.decide", by)
    choose(request, commitments, ground, note, known=_known(db, request.project), by=by)
    return request


def send_back(db: Session, request_id: ProjectErasureRequestId, *, note: str, by: Actor) -> ProjectErasureRequest:
    """Send a choice back, as the second official, with what is wrong with it. Raises NotChosenYet, NoteMissing."""
    request = _open_request(db, request_id, "erasure.confirm", by)
    give_back(request, note)
    return request


def confirm_erasure(
    db: Session, request_id: ProjectErasureRequestId, *, by: Actor, at: datetime
) -> ProjectErasureRequest:
    """Erase what the first official chose, as the second one, and tell whoever asked and the author.

    Raises AlreadyConcluded, NotChosenYet, NeedsOtherEyes for whoever entered the request or made the choice.
    """
    request = _open_request(db, request_id, "erasure.confirm", by)
    chosen, ground, chosen_by = chosen_in(request, _known(db, request.project))
    erase_texts(db, request.project, chosen, ground, chosen_by=chosen_by, by=by, at=at)
    conclude(request, by=by, at=at)
    author = person_of(db, request.project.person_id)
    readers = {author.email: author.locale} | ({request.email: request.locale} if request.email else {})
    for email, locale in readers.items():
        _write(db, request, "text-erased", to=email, locale=locale, at=at, ground=GROUNDS[ground])
    return request


def refuse_erasure(
    db: Session, request_id: ProjectErasureRequestId, *, note: str, by: Actor, at: datetime
) -> ProjectErasureRequest:
    """Refuse a request, with a reason that is told to whoever asked. Raises AlreadyConcluded, NoteMissing."""
    request = _open_request(db, request_id, "erasure.decide", by)
    refuse(request, note, by=by, at=at)
    if request.email:
        _write(db, request, "erasure-refused", to=request.email, locale=request.locale, at=at, reason=request.note)
    return request


def forget_who_asked(db: Session, *, at: datetime) -> None:
    """Forget who asked, and in which words, a year after the decision; that it was decided, and by whom, stays."""
    forget_askers(db, ProjectErasureRequest, at=at)


def _known(db: Session, project: Project) -> set[str]:
    return {text.commitment for text in texts_about(db, project)}


def _open_request(
    db: Session, request_id: ProjectErasureRequestId, permission: Permission, by: Actor
) -> ProjectErasureRequest:
    request = find_request(db, request_id, permission=permission, by=by)
    require_open(request)
    return request


def _write(
    db: Session, request: ProjectErasureRequest, kind: str, *, to: str, locale: str, at: datetime, **facts: str
) -> None:
    project = request.project
    page = links.project(project.cycle.year, project.number)
    told = {
        "authority_id": request.authority_id,
        "about": "project",
        "number": str(project.number),
        "title": project.cycle.title,
        "link": page if kind == "text-erased" else links.PERSONAL_DATA,
    }
    mail.post(db, kind, to=to, locale=locale, facts={**told, **facts}, at=at)
