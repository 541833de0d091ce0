"""Proposing a project: write, check, send. What was written travels in the form until it is saved or sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from anyio.to_thread import run_sync
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from sqlalchemy.orm import Session

from consult import links
from consult.budgeting.cycles import Category, Cycle, CycleId, Pool, categories_of, find_announced, pools_of
from consult.budgeting.phases import CyclePhase, Phase, phases_of
from consult.budgeting.project_drafts import find_project_draft, save_project_draft, send_project
from consult.budgeting.project_lists import alike
from consult.budgeting.project_photos import (
    MOST_PHOTOS,
    ProjectPhoto,
    TooManyPhotos,
    hold_photo,
    photos_waiting,
)
from consult.budgeting.project_words import LONGEST_PLACE, LONGEST_TEXT, LONGEST_TITLE, ProjectWords
from consult.budgeting.projects import Project
from consult.budgeting.proposing import Checked, Proposed, check_project
from consult.files.formats import names_of
from consult.files.photos import PHOTOS, check_photo
from consult.files.sealing import SealedFile, seal_file
from consult.files.uploads import LARGEST
from consult.i18n import gettext, spoken
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.limits import admit_file
from consult.identity.organisations import Organisation, organisations_of
from consult.identity.people import PersonId
from consult.identity.registers import Register, register_key
from consult.policy.voting_rules import VotingRules
from consult.refusals import NotFound, Refusal
from consult.settings import Settings
from web.access import signed_in
from web.answers import page, see_other
from web.bodies import UploadedFile
from web.consultations.propose import appears_as, speaking_for
from web.database import Db
from web.fields import line, several, text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in

#: Whoever chooses more photographs than may come with a project is told so; nobody chooses more than these.
MOST_AT_ONCE = 50
LONGEST_COSTS = 5_000


class ProjectForm(msgspec.Struct):
    """A project as it is written. `costs`: a line for each expense. `acting_for`: an organisation's id.

    `files`: photographs that were chosen last; `attached`: the names of all that wait with the form. `draft`: which
    draft it goes on with. `step`: the button that was pressed.
    """

    step: Literal["check", "edit", "save", "send"] = "edit"
    title: Annotated[str, line(LONGEST_TITLE)] = ""
    pool: Annotated[str, line()] = ""
    category: Annotated[str, line()] = ""
    description: Annotated[str, text(LONGEST_TEXT)] = ""
    reason: Annotated[str, text(LONGEST_TEXT)] = ""
    place: Annotated[str, line(LONGEST_PLACE)] = ""
    coordinates: Annotated[str, line()] = ""
    costs: Annotated[str, text(LONGEST_COSTS)] = ""
    acting_for: int | None = None
    named: bool = False
    draft: int | None = None
    files: Annotated[list[UploadedFile], several(MOST_AT_ONCE)] = msgspec.field(default_factory=list)
    attached: Annotated[list[str], several(MOST_PHOTOS)] = msgspec.field(default_factory=list)


#: What the check page carries on, unseen.
CARRIED = [name for name in ProjectForm.__struct_fields__ if name not in {"step", "files", "attached"}]


@dataclass(frozen=True)
class Desk:
    """What lies beside the paper: the cycle with its money and its days, whom one may speak for, what waits."""

    cycle: Cycle
    pools: Sequence[Pool]
    categories: Sequence[Category]
    days: CyclePhase | None
    organisations: Sequence[Organisation]
    photos: Sequence[ProjectPhoto]

    @property
    def rules(self) -> VotingRules:
        """By which rules projects are received."""
        return msgspec.convert(self.cycle.rules, VotingRules)


def desk_for(
    db: Session, authority_id: AuthorityId, year: int, person_id: PersonId, attached: Sequence[str] = ()
) -> Desk:
    """Read what the form shows. Raises NotFound."""
    cycle = find_announced(db, authority_id, year)
    days = next((each for each in phases_of(db, cycle.id) if each.phase is Phase.SUBMISSION), None)
    return Desk(
        cycle,
        pools_of(db, cycle.id),
        categories_of(db, cycle.id),
        days,
        organisations_of(db, person_id),
        photos_waiting(db, attached),
    )


def proposed_in(form: Form[ProjectForm], data: ProjectForm) -> Proposed:
    """Return what a form proposes."""
    said = ProjectWords(data.title, data.description, data.reason, data.place, data.costs, data.coordinates)
    return Proposed(said, data.pool, data.category, form.texts("attached"))


@get("/buget/{year:str}/depune", opt=signed_in("project.propose"))
async def compose(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    year: FromPath[str],
    ciorna: FromQuery[int | None] = None,
) -> Response[str]:
    """Show the page on which a project is written."""
    values: dict[str, Any] = {}  # Any: the fields of a form
    if ciorna is not None:
        draft = await db.read(find_project_draft, ciorna, actor.person_id)
        if draft.cycle.year != key_in(year):
            raise NotFound
        values = {**draft.said, "pool": draft.pool, "category": draft.category, "attached": draft.photos}
        values |= {"acting_for": draft.organisation_id, "named": draft.named, "draft": draft.id}
    form = blank(ProjectForm, **values)
    desk = await db.read(desk_for, authority.id, key_in(year), actor.person_id, form.texts("attached"))
    return writing_page(request, form, desk, at)


@post("/buget/{year:str}/depune", opt=signed_in("project.propose"))
async def check_or_send(
    request: Request,
    db: Given[Db],
    settings: Given[Settings],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
) -> Response[Any]:  # Any: a page, or the way to the next
    """Show what was written as it will stand, save it, or send it."""
    form = await read_form(request, ProjectForm)
    data = form.data
    await take_in(db, settings, form, sender=f"person:{actor.person_id}")
    desk = await db.read(desk_for, authority.id, key_in(year), actor.person_id, form.texts("attached"))
    if data is not None and data.step == "edit":
        return writing_page(request, form, desk, form.received_at)
    try:
        if data is not None and not form.errors:
            return await stepped(request, db, form, data, desk.cycle, actor)
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
    return writing_page(request, form, desk, form.received_at, status=422)


async def stepped(
    request: Request, db: Db, form: Form[ProjectForm], data: ProjectForm, cycle: Cycle, actor: Actor
) -> Response[Any]:  # Any: a page, or the way to the next
    """Do what the button that was pressed says: keep a draft, send, or show what would be sent."""
    by = await speaking_for(db, actor, data.acting_for)
    proposed, at = proposed_in(form, data), form.received_at
    if data.step == "check":
        checked, similar = await db.read(with_alike, cycle.id, proposed=proposed, by=by, at=at)
        return check_page(request, form, checked, similar, proposed, author=appears_as(by, named=data.named))
    facts: dict[str, Any] = {"proposed": proposed, "named": data.named, "begun": data.draft, "by": by, "at": at}
    if data.step == "save":
        where = await db.act_once(
            form, save_project_draft, lambda kept: links.propose_project(cycle.year, kept.id), cycle.id, **facts
        )
        said = gettext("Draft saved on %(at)s. Only you see it.") % {"at": spoken(at)}
        return see_other(request, where, flash=said if by.organisation_id is None else gettext("Draft saved."))
    key = register_key(Register.PROJECTS, cycle.authority_id)
    where = await db.act_once_alone(
        key, form, send_project, lambda sent: links.project(cycle.year, sent.number, "confirmare"), cycle.id, **facts
    )
    return see_other(request, where)


def with_alike(
    db: Session, cycle_id: CycleId, *, proposed: Proposed, by: Actor, at: datetime
) -> tuple[Checked, Sequence[Project]]:
    """Read what the check page shows. Raises what `check_project` raises."""
    checked = check_project(db, cycle_id, proposed=proposed, by=by, at=at)
    return checked, alike(db, checked.cycle, proposed.said.title, proposed.said.place)


async def take_in(db: Db, settings: Settings, form: Form[ProjectForm], *, sender: str) -> None:
    """Check and keep the photographs that were chosen, which from then on the form knows by their names."""
    for file in form.take_files("files"):
        try:
            if len(form.texts("attached")) >= MOST_PHOTOS:
                raise TooManyPhotos(most=MOST_PHOTOS)
            await db.act(admit_file, sender, at=form.received_at)
            sealed = await run_sync(bare_and_sealed, settings, file)
        except Refusal as refusal:
            form.refuse(refusal, file="files")
        else:
            form.answer("attached", await db.act(hold_photo, sealed, at=form.received_at))


def bare_and_sealed(settings: Settings, file: UploadedFile) -> SealedFile:
    """Take from a photograph what its camera wrote beside it, and put it where it stays. Raises UploadRefused."""
    checked, content = check_photo(file.name, file.content)
    return seal_file(settings.files, checked, content)


def writing_page(
    request: Request, form: Form[ProjectForm], desk: Desk, at: datetime, *, status: int = 200
) -> Response[str]:
    """Show the page on which a project is written, with everything that was written so far."""
    return page(
        request,
        "budgeting/propose_project.html",
        status=status,
        form=form,
        desk=desk,
        is_open=desk.days is not None and desk.days.is_on_at(at),
        largest=LARGEST,
        most_photos=MOST_PHOTOS,
        accepted=names_of(PHOTOS),
    )


def check_page(
    request: Request,
    form: Form[ProjectForm],
    checked: Checked,
    similar: Sequence[Project],
    proposed: Proposed,
    *,
    author: str,
) -> Response[str]:
    """Show what was written as everybody will see it. `author`: under which name."""
    return page(
        request,
        "budgeting/propose_project_check.html",
        form=form,
        checked=checked,
        similar=similar,
        said=proposed.said,
        author=author,
        carried=CARRIED,
    )


handlers = [compose, check_or_send]
