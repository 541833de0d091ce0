"""The next version of a text: written, compared with the one that is public, linked to the proposals behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import msgspec
from anyio.to_thread import run_sync
from litestar import Response, get, post
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.as_read import publish_version_as_read
from consult.consultations.causes import Causes
from consult.consultations.consultations import ConsultationId
from consult.consultations.desk import NextVersion, TextBeingWritten, next_version
from consult.consultations.drafts import LONGEST_DRAFT
from consult.consultations.recommendations import TAKEN, Recommendation, RecommendationId
from consult.i18n import gettext
from consult.identity.actors import Actor
from consult.identity.permissions import Within, may
from consult.refusals import NotFound, NotPermitted, Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.desk.changes import ShownChange, changes_between
from web.desk.cut import cut
from web.desk.text import blank_form, save_and_show, text_to_write, writing_page
from web.fields import several
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.limits import bytes_of_text

#: More links than one form may carry are published in the next version.
MOST_CAUSES = 900
#: No row of either database has a longer number.
MOST_DIGITS = 18


class VersionForm(msgspec.Struct):
    """The version as it was read, and the proposals that caused its changes, each as `article:number of the row`."""

    edition: int
    causes: Annotated[list[str], several(MOST_CAUSES)] = []


@get("/versiune", opt=at_desk("draft.edit"))
async def write(
    request: Request, db: Given[Db], actor: Given[Actor], consultation_id: Given[ConsultationId]
) -> Response[str]:
    """Show the text of the next version for writing."""
    written = await db.read(later_text, consultation_id, by=actor)
    return await writing_page(request, "desk/version.html", blank_form(written), written)


@post("/versiune", opt=at_desk("draft.edit", most_bytes=bytes_of_text(LONGEST_DRAFT)))
async def save(
    request: Request, db: Given[Db], actor: Given[Actor], consultation_id: Given[ConsultationId]
) -> Response[Any]:
    """Save the text and show how it differs from the one that is public."""
    await db.read(later_text, consultation_id, by=actor)
    where = links.desk_consultation(consultation_id, "versiune/verifica")
    return await save_and_show(request, db, actor, consultation_id, "desk/version.html", where)


@get("/versiune/verifica", opt=at_desk("draft.read"))
async def check(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], consultation_id: Given[ConsultationId]
) -> Response[str]:
    """Show what the next version changes and ask which proposals caused it."""
    return await check_page(request, db, actor, at, consultation_id)


@post("/versiune/verifica", opt=at_desk("version.publish"))
async def publish(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], consultation_id: Given[ConsultationId]
) -> Response[Any]:
    """Publish the next version."""
    form: Form[VersionForm] = await read_form(request, VersionForm)
    if form.data is not None:
        try:
            where = await db.act_once(
                form,
                publish_version_as_read,
                lambda _version: links.desk_consultation(consultation_id),
                consultation_id,
                edition=form.data.edition,
                causes=causes_in(form.data.causes),
                by=actor,
                at=form.received_at,
            )
        except NotPermitted:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return see_other(request, where, flash=gettext("The new version is public."))
    return await check_page(request, db, actor, at, consultation_id, form)


def later_text(db: Session, consultation_id: ConsultationId, *, by: Actor) -> TextBeingWritten:
    """Read the text of the next version for writing; a draft has none before its first is public."""
    written = text_to_write(db, consultation_id, by=by)
    if not written.consultation.is_public:
        raise NotFound
    return written


def causes_in(ticked: Sequence[str]) -> Causes:
    """Return what was ticked, by article. Raises NotFound for what no box of ours says."""
    causes: dict[str, list[RecommendationId]] = {}
    for value in ticked:
        key, _, number = value.rpartition(":")
        if not (key and number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS):
            raise NotFound
        causes.setdefault(key, []).append(RecommendationId(int(number)))
    return causes


@dataclass(frozen=True)
class Candidate:
    """A proposal that was taken up and may have caused the change of an article. `value`: of its box."""

    value: str
    recommendation: Recommendation


@dataclass(frozen=True)
class Decided:
    """A changed article, the proposals among which its causes are ticked, and those whose answer is still private."""

    change: ShownChange
    candidates: Sequence[Candidate]
    waiting: Sequence[Recommendation]


def decided(found: NextVersion) -> list[Decided]:
    """Compare the versions, and gather what was said about each article that changed."""
    number = found.version.number + 1
    changes = changes_between(found.provisions, cut(found.text.text).elements, version=number)
    return [weighed(change, said_about(change, found) if change.parts else []) for change in changes]


def said_about(change: ShownChange, found: NextVersion) -> list[Recommendation]:
    """Return what was said about an article, under its old number or its new one."""
    return [recommendation for key in sorted(change.keys) for recommendation in found.said.get(key, ())]


def weighed(change: ShownChange, said: Sequence[Recommendation]) -> Decided:
    """Part what was said about a change into what can have caused it and what must be answered before it."""
    taken = [Candidate(f"{change.key}:{each.id}", each) for each in said if each.verdict in TAKEN]
    return Decided(change, taken, [each for each in said if each.answered_at is None])


def waiting_for_answers(changed: Sequence[Decided]) -> list[Recommendation]:
    """Return what must be answered in public before these changes are, each once, in register order."""
    waiting = {each.id: each for article in changed for each in article.waiting}
    return [waiting[key] for key in sorted(waiting)]


async def check_page(
    request: Request,
    db: Db,
    actor: Actor,
    at: datetime,
    consultation_id: ConsultationId,
    form: Form[VersionForm] | None = None,
) -> Response[str]:
    """Return the comparison; whatever was taken up on an article is ticked as the cause of its change."""
    found = await db.read(next_version, consultation_id, by=actor)
    own = found.consultation
    changed = await run_sync(decided, found)
    if form is None:
        taken = [each.value for article in changed for each in article.candidates]
        form = blank(VersionForm, edition=found.text.edition, causes=taken)
    return page(
        request,
        "desk/version_check.html",
        status=422 if form.errors else 200,
        consultation=own,
        version=found.version,
        changed=changed,
        edition=found.text.edition,
        form=form,
        is_open=own.is_open_at(at),
        waiting=waiting_for_answers(changed),
        may_edit=may("draft.edit", actor, own),
        writers=found.writers,
        publishers=found.publishers,
        may_publish=may("version.publish", actor, Within(own.authority_id)),
        own=links.desk_consultation(consultation_id),
    )


handlers = [write, save, check, publish]
