"""The dated steps after the text is public: debate, avizare, session, outcome, each within the days the law allows."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import Consultation, ConsultationId, Stage
from consult.consultations.doubts import SUBMITTED, Doubt, doubts_about, doubts_in
from consult.consultations.drafts import find_for_desk
from consult.consultations.due import Progress, progress_of
from consult.consultations.procedure import SUBMISSION, URGENT, local_day, pack_of
from consult.consultations.responses import count_unanswered
from consult.consultations.steps import (
    DEBATE_NOTICE,
    SESSION_NOTICE,
    Step,
    StepKind,
    announce_debate,
    announce_session,
    record_outcome,
    steps_of,
    submit_for_avizare,
)
from consult.i18n import N_, ZONE, gettext
from consult.identity.actors import Actor
from consult.identity.permissions import require
from consult.policy.deadlines import Finding, check_date
from consult.refusals import NotFound, Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.fields import asks, line, several, text
from web.forms import blank, read_form
from web.given import Given, Request


class MeetingForm(msgspec.Struct):
    """When and where people meet: a public debate, or the session that decides."""

    on: Annotated[date, asks(N_("Choose the day."))]
    hour: Annotated[time, asks(N_("Write the hour, for example 16:00."))]
    place: Annotated[str, line(300, missing=N_("Write where it takes place."))]
    sure_of: Annotated[list[date], several(1)] = []

    def said(self) -> dict[str, object]:
        """Return what the action is told."""
        starts_at = datetime.combine(self.on, self.hour, ZONE).astimezone(UTC)
        return {"starts_at": starts_at, "place": self.place, "sure_of": self.sure_of}


class SubmissionForm(msgspec.Struct):
    """The button that sends the draft on."""

    sure_of: Annotated[list[date], several(1)] = []

    def said(self) -> dict[str, object]:
        """Return what the action is told."""
        return {"sure_of": self.sure_of}


class OutcomeForm(msgspec.Struct):
    """What became of the draft."""

    outcome: Annotated[Literal["adopted", "rejected", "withdrawn"], asks(N_("Choose what became of the draft."))]
    on: Annotated[date, asks(N_("Choose the day."))]
    note: Annotated[str, text(2000, missing=N_("Write the number of the act, or the reason."))]
    sure_of: Annotated[list[date], several(1)] = []

    def said(self) -> dict[str, object]:
        """Return what the action is told."""
        return {"outcome": Stage(self.outcome), "on": self.on, "note": self.note, "sure_of": self.sure_of}


@dataclass(frozen=True)
class StepForm:
    """How a step is taken: what is asked, which action does it, and what is said when it is done."""

    asked: type[MeetingForm | SubmissionForm | OutcomeForm]
    action: Callable[..., Step]
    done: str


#: The steps by the words of their addresses.
STEP_FORMS = {
    "dezbatere": StepForm(MeetingForm, announce_debate, N_("The public debate is announced.")),
    "avizare": StepForm(SubmissionForm, submit_for_avizare, N_("The draft is submitted for avizare.")),
    "sedinta": StepForm(MeetingForm, announce_session, N_("The session is announced.")),
    "rezultat": StepForm(OutcomeForm, record_outcome, N_("The outcome is public.")),
}


@dataclass(frozen=True)
class StepsPage:
    """A published consultation with its steps and what the law allows for the next ones.

    `window`: for each step that has one, what the law says of announcing or taking it today. `promised`: how many
    proposals were taken up that no version of the text carries.
    """

    consultation: Consultation
    steps: Mapping[StepKind, Step]
    window: Mapping[StepKind, Finding]
    unanswered: int
    promised: int


def steps_page(db: Session, consultation_id: ConsultationId, *, by: Actor, at: datetime) -> StepsPage:
    """Read the steps of a published consultation. Raises NotFound, NotPermitted."""
    consultation = find_for_desk(db, consultation_id, by)
    if not consultation.is_public:
        raise NotFound
    require("answers.publish", by, consultation)
    pack, today = pack_of(db, consultation), local_day(at)
    circumstances = (URGENT,) if consultation.is_urgent else ()
    assert consultation.announced_on is not None
    since = {
        StepKind.DEBATE: (DEBATE_NOTICE, today),
        StepKind.SUBMISSION: (SUBMISSION, consultation.announced_on),
        StepKind.SESSION: (SESSION_NOTICE, today),
    }
    return StepsPage(
        consultation=consultation,
        steps=steps_of(db, consultation_id),
        window={kind: check_date(pack, rule, day, today, circumstances) for kind, (rule, day) in since.items()},
        unanswered=count_unanswered(db, consultation_id),
        promised=progress_of(db, [consultation_id]).get(consultation_id, Progress()).promised,
    )


@get("/pasi", opt=at_desk("answers.publish"))
async def steps(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], consultation_id: Given[ConsultationId]
) -> Response[str]:
    """Show the steps taken and those to come."""
    found = await db.read(steps_page, consultation_id, by=actor, at=at)
    return page(request, "desk/steps.html", **shown(found, at))


@get("/pasi/{step:str}", opt=at_desk("answers.publish"))
async def prepare(
    request: Request,
    db: Given[Db],
    actor: Given[Actor],
    at: Given[datetime],
    consultation_id: Given[ConsultationId],
    step: FromPath[str],
) -> Response[str]:
    """Ask what a step needs."""
    found = await db.read(steps_page, consultation_id, by=actor, at=at)
    asked = step_form(step).asked
    form = blank(asked, on=local_day(at)) if asked is OutcomeForm else blank(asked)
    # To send the draft on is to do it today, so that the day is known before the button is pressed.
    doubts = doubts_about(local_day(at), SUBMITTED, since=local_day(at)) if asked is SubmissionForm else []
    return page(request, f"desk/step_{step}.html", form=form, doubts=doubts, **shown(found, at))


@post("/pasi/{step:str}", opt=at_desk("answers.publish"))
async def take(
    request: Request,
    db: Given[Db],
    actor: Given[Actor],
    at: Given[datetime],
    consultation_id: Given[ConsultationId],
    step: FromPath[str],
) -> Response[Any]:
    """Take a step, or say within which days the law allows it."""
    taken = step_form(step)
    form = await read_form(request, taken.asked)
    doubts: Collection[Doubt] = ()
    if form.data is not None:
        try:
            where = await db.act_once(
                form,
                taken.action,
                lambda _step: links.desk_consultation(consultation_id, "pasi"),
                consultation_id,
                by=actor,
                at=form.received_at,
                **form.data.said(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
            doubts = doubts_in(refusal)
        else:
            return see_other(request, where, flash=gettext(taken.done))
    found = await db.read(steps_page, consultation_id, by=actor, at=at)
    return page(request, f"desk/step_{step}.html", status=422, form=form, doubts=doubts, **shown(found, at))


def step_form(step: str) -> StepForm:
    """Return how a step is taken. Raises NotFound for a word that is none."""
    if step not in STEP_FORMS:
        raise NotFound
    return STEP_FORMS[step]


def shown(found: StepsPage, at: datetime) -> dict[str, Any]:  # Any: as a template's values are
    """Return what all pages of the steps show."""
    return {
        "consultation": found.consultation,
        "steps": found.steps,
        "window": found.window,
        "unanswered": found.unanswered,
        "promised": found.promised,
        "stage": found.consultation.stage_at(at),
        "own": links.desk_consultation(found.consultation.id),
    }


handlers = [steps, prepare, take]
