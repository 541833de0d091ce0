"""The dates of the announcement: what the law allows from the day on which it becomes public, and why."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get, post

from consult import links
from consult.consultations.announcements import EditedMeanwhile, InThePast, set_dates
from consult.consultations.consultations import SHORTER, URGENT, ConsultationId
from consult.consultations.doubts import Doubt, doubts_in
from consult.consultations.further_packs import CONTESTATIONS
from consult.consultations.procedure import PROPOSALS, LawfulDates, current_pack, lawful_dates, local_day
from consult.i18n import N_, gettext, spoken
from consult.identity.actors import Actor
from consult.policy.deadlines import check_date, evaluate
from consult.refusals import Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.desk.announcement import Opened, draft_opened
from web.desk.opened import opened
from web.fields import Mistake, asks, read_day, several, text, verbatim
from web.forms import Form, blank, read_form
from web.given import Given, Request

FIELDS = ("announced_on", "proposals_until", "submission_on", "urgent_motive")
NO_MOTIVE = N_("Write the motive of the urgency: it is public.")
#: How each day is called, on the page and in the summary of what is wrong.
LABELS = {
    "announced_on": N_("Day of the announcement"),
    "proposals_until": N_("Last day for proposals"),
    "submission_on": N_("Day for avizare"),
}
NOT_TICKED = N_("There is a motive of urgency, but the box is not ticked. Tick it, or delete the motive.")


class DatesForm(msgspec.Struct):
    """The dates as chosen, and the button that was pressed. `edition` and `opened`: what was there at first.

    `sure_of`: the days that are meant although they are unusual, and `motive`: why.
    """

    step: Literal["compute", "save"]
    edition: int
    opened: Annotated[str, verbatim(64)]
    announced_on: Annotated[date, asks(N_("Choose the day of the announcement."))]
    proposals_until: Annotated[date, asks(N_("Choose the last day for proposals."))]
    submission_on: Annotated[date, asks(N_("Choose the day for avizare."))]
    urgent: bool = False
    urgent_motive: Annotated[str, text(2000)] = ""
    sure_of: Annotated[list[date], several(len(FIELDS))] = []
    motive: Annotated[str, text(1000)] = ""


@get("/date", opt=at_desk("draft.edit"))
async def edit(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], consultation_id: Given[ConsultationId]
) -> Response[str]:
    """Show the dates chosen before, or the earliest lawful ones."""
    draft = await db.read(draft_opened, consultation_id, by=actor)
    kept, today = draft.consultation, local_day(at)
    form = blank(
        DatesForm,
        edition=kept.edition,
        opened=opened(saved(draft)),
        announced_on=max(kept.announced_on or today, today),
        proposals_until=kept.proposals_until,
        submission_on=kept.submission_on,
        urgent=kept.is_urgent,
        urgent_motive=kept.urgent_motive,
        motive=kept.shorter_motive or kept.dates_motive,
    )
    return dates_page(request, earliest(form, today), draft, today)


@post("/date", opt=at_desk("draft.edit"))
async def compute_or_save(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], consultation_id: Given[ConsultationId]
) -> Response[Any]:
    """Compute the dates anew, or save them, or say which is not lawful and which would be."""
    draft = await db.read(draft_opened, consultation_id, by=actor)
    form: Form[DatesForm] = await read_form(request, DatesForm)
    today = local_day(at)
    if form.text("step") == "compute":
        return dates_page(request, earliest(form, today), draft, today)
    chosen = form.data
    if chosen is not None:
        check_motive(form, chosen)
        computed(form, today)
    if chosen is None or form.errors:
        return dates_page(request, form, draft, today)
    try:
        where = await db.act_once(
            form,
            set_dates,
            lambda kept: links.desk_consultation(kept.id),
            draft.consultation.id,
            announced_on=chosen.announced_on,
            proposals_until=chosen.proposals_until,
            submission_on=chosen.submission_on,
            urgent_motive=chosen.urgent_motive,
            edition=draft.consultation.edition if chosen.opened == opened(saved(draft)) else chosen.edition,
            sure_of=chosen.sure_of,
            motive=chosen.motive,
            by=actor,
            at=form.received_at,
        )
    except Refusal as refusal:
        form.refuse(refusal)
        draft = await db.read(draft_opened, consultation_id, by=actor)
        is_conflict, doubts = isinstance(refusal, EditedMeanwhile), doubts_in(refusal)
        return dates_page(request, form, draft, today, is_conflict=is_conflict, doubts=doubts)
    return see_other(request, where, flash=what_was_saved(chosen))


def check_motive(form: Form[DatesForm], chosen: DatesForm) -> None:
    """Ask for box and motive together: the motive is what counts, and nobody writes one unawares."""
    if chosen.urgent and not chosen.urgent_motive:
        form.add("urgent_motive", gettext(NO_MOTIVE))
    if chosen.urgent_motive and not chosen.urgent:
        form.add("urgent", gettext(NOT_TICKED))


def what_was_saved(chosen: DatesForm) -> str:
    """Say that the dates are saved, and of a last day that is a day off, until when it runs on."""
    circumstances = (URGENT, SHORTER) if chosen.urgent else ()
    finding = check_date(current_pack(), PROPOSALS, chosen.announced_on, chosen.proposals_until, circumstances)
    if not finding.runs_on:
        return gettext("The dates are saved.")
    said = gettext("The dates are saved. %(chosen)s is a day off: proposals are received until %(nearest)s.")
    return said % {"chosen": spoken(finding.chosen), "nearest": spoken(finding.nearest)}


def earliest(form: Form[DatesForm], today: date) -> Form[DatesForm]:
    """Return the form with each date brought to the earliest lawful one, where it is missing or comes sooner.

    The urgent procedure is free in both its days, which therefore stay as they are.
    """
    lawful = computed(form, today)
    if lawful is None:
        return form
    is_urgent = bool(form.text("urgent"))

    def lawful_day(name: str, first: date) -> date:
        chosen = day_in(form, name) or first
        return chosen if is_urgent else max(chosen, first)

    return blank(
        DatesForm,
        edition=form.text("edition"),
        opened=form.text("opened"),
        announced_on=lawful.proposals.start,
        proposals_until=lawful_day("proposals_until", lawful.proposals.day),
        submission_on=lawful_day("submission_on", lawful.submission.day),
        urgent=is_urgent,
        urgent_motive=form.text("urgent_motive"),
        motive=form.text("motive"),
    )


def computed(form: Form[DatesForm], today: date) -> LawfulDates | None:
    """Return what the law makes of the day of announcement; None, the reason in the form, where it is no such day."""
    announced_on = day_in(form, "announced_on")
    if announced_on is None:
        return None
    if announced_on < today:
        form.refuse(InThePast(day=announced_on))
        return None
    try:
        return lawful_dates(current_pack(), announced_on)
    except Refusal as refusal:
        # So far away that the law or its days off are not known.
        form.add("announced_on", refusal.explain())
        return None


def day_in(form: Form[DatesForm], name: str) -> date | None:
    """Return the day that stands in a field; None where it is none."""
    try:
        return read_day(form.text(name))
    except Mistake:
        return None


def saved(draft: Opened) -> dict[str, object]:
    """Return the dates as they are saved now."""
    return {name: getattr(draft.consultation, name) for name in FIELDS}


def dates_page(
    request: Request,
    form: Form[DatesForm],
    draft: Opened,
    today: date,
    *,
    is_conflict: bool = False,
    doubts: Collection[Doubt] = (),
) -> Response[str]:
    """Return the page with both dates computed; after a conflict with the dates that the colleague saved."""
    own, budget = draft.consultation, draft.budget
    lawful = computed(form, today)
    return page(
        request,
        "desk/dates.html",
        status=409 if is_conflict else 422 if form.errors else 200,
        consultation=own,
        form=form,
        lawful=lawful,
        contestations=evaluate(budget, CONTESTATIONS, lawful.proposals.start) if budget and lawful else None,
        counting=str(current_pack().counting),
        pack=current_pack().id,
        editor=draft.editor,
        is_conflict=is_conflict,
        doubts=doubts,
        labels=LABELS,
        edition=own.edition if is_conflict else form.text("edition"),
        opened=opened(saved(draft)) if is_conflict else form.text("opened"),
        own=links.desk_consultation(own.id),
    )


handlers = [edit, compute_or_save]
