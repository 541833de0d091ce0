"""The dated steps after the text is public: debate, avizare, session, outcome, each within the days the law allows."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import Consultation, ConsultationId, Stage
from consult.consultations.date_moves import movable
from consult.consultations.debate_requests import DebateRequest, requests_about
from consult.consultations.debates import announce_debate, minutes_each
from consult.consultations.doubts import SUBMITTED, Doubt, doubts_about, doubts_in
from consult.consultations.drafts import find_for_desk
from consult.consultations.due import Progress, progress_of
from consult.consultations.gatherings import DEBATE_NOTICE, meetings_of_each
from consult.consultations.outcomes import record_outcome
from consult.consultations.procedure import SUBMISSION, local_day, pack_of
from consult.consultations.responses import count_unanswered
from consult.consultations.steps import Step, StepKind, steps_of, submit_for_avizare
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.permissions import require
from consult.identity.registers import Register, register_key
from consult.meetings.meetings import Kind, Meeting
from consult.policy.deadlines import Finding, check_date
from consult.refusals import NotFound, Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.desk.notices import WAYS_TO_SPEAK, NoticeForm
from web.fields import asks, several, text
from web.forms import blank, read_form
from web.given import Given, Request


class DebateForm(NoticeForm):
    """When and where a draft is debated, and how people take part."""

    def said(self) -> dict[str, object]:
        """Return what the action is told."""
        return {"notice": self.notice, "sure_of": self.sure_of}


class SubmissionForm(msgspec.Struct):
    """The button that sends the draft on; on an unusual day, with its motive."""

    sure_of: Annotated[list[date], several(1)] = []
    motive: Annotated[str, text(1000)] = ""

    def said(self) -> dict[str, object]:
        """Return what the action is told."""
        return {"sure_of": self.sure_of, "motive": self.motive}


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

    asked: type[DebateForm | SubmissionForm | OutcomeForm]
    action: Callable[..., Meeting | Consultation]
    done: str


#: The steps by the words of their addresses; a session is announced for several drafts at once (`web.meetings`).
STEP_FORMS = {
    "dezbatere": StepForm(DebateForm, announce_debate, N_("The public debate is announced.")),
    "avizare": StepForm(SubmissionForm, submit_for_avizare, N_("The draft is submitted for avizare.")),
    "rezultat": StepForm(OutcomeForm, record_outcome, N_("The outcome is public.")),
}


@dataclass(frozen=True)
class StepsPage:
    """A published consultation with its steps and what the law allows for the next ones.

    `window`: for each step that has one, what the law says of announcing or taking it today. `promised`: how many
    proposals were taken up that no version of the text carries. `requests`: who asked for a debate; `debates`: those
    that were announced. `minutes_each`: how long a speaker has the floor where nobody decides otherwise.
    """

    consultation: Consultation
    steps: Mapping[StepKind, Step]
    window: Mapping[StepKind, Finding]
    unanswered: int
    promised: int
    requests: Sequence[DebateRequest]
    debates: Sequence[Meeting]
    minutes_each: int | None


def steps_page(db: Session, consultation_id: ConsultationId, *, by: Actor, at: datetime) -> StepsPage:
    """Read the steps of a published consultation. Raises NotFound, NotPermitted."""
    consultation = find_for_desk(db, consultation_id, by)
    if not consultation.is_public:
        raise NotFound
    require("answers.publish", by, consultation)
    pack, today = pack_of(db, consultation), local_day(at)
    meetings = meetings_of_each(db, [consultation_id])[consultation_id]
    assert consultation.announced_on is not None
    since = {
        StepKind.DEBATE: (DEBATE_NOTICE, today),
        StepKind.SUBMISSION: (SUBMISSION, consultation.announced_on),
    }
    return StepsPage(
        consultation=consultation,
        steps=steps_of(db, consultation),
        requests=requests_about(db, [consultation_id]),
        debates=[each for each in meetings if each.kind is Kind.DEBATE],
        minutes_each=minutes_each(db, consultation),
        window={
            kind: check_date(pack, rule, day, today, consultation.circumstances) for kind, (rule, day) in since.items()
        },
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
    form = blank(asked, **initial(asked, found, at))
    # To send the draft on is to do it today, so that the day is known before the button is pressed.
    doubts = doubts_about(local_day(at), SUBMITTED, since=local_day(at)) if asked is SubmissionForm else []
    return page(request, f"desk/step_{step}.html", form=form, doubts=doubts, **shown(found, at))


@post("/pasi/{step:str}", opt=at_desk("answers.publish"))
async def take(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
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
            where = await db.act_once_alone(
                register_key(Register.MEETINGS, authority.id),
                form,
                taken.action,
                lambda _done: links.desk_consultation(consultation_id, "pasi"),
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


def initial(
    asked: type[DebateForm | SubmissionForm | OutcomeForm], found: StepsPage, at: datetime
) -> dict[str, object]:
    """Return what stands in the form of a step before anybody wrote in it."""
    if asked is OutcomeForm:
        return {"on": local_day(at)}
    if asked is SubmissionForm:
        return {}
    return {
        "ways_to_send": found.consultation.ways_to_send,
        "ways_to_speak": gettext(WAYS_TO_SPEAK),
        "minutes_each": found.minutes_each,
    }


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
        "requests": found.requests,
        "debates": found.debates,
        "stage": found.consultation.stage_at(at),
        "movable": movable(found.consultation, at),
        "own": links.desk_consultation(found.consultation.id),
    }


handlers = [steps, prepare, take]
