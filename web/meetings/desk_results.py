"""What came of an item of a session, and how each member voted: one name on a line, in the list of their choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import Consultation
from consult.consultations.meeting_pages import MeetingAtDesk, meeting_desk
from consult.consultations.sessions import decide
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.permissions import require
from consult.meetings.agendas import AgendaItem, Ballot, Choice, Result, members_known
from consult.meetings.meetings import Meeting, MeetingId
from consult.refusals import NotFound
from web.access import at_desk
from web.answers import page
from web.database import Db
from web.desk.notices import Deed
from web.fields import asks, line, text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in

#: More members than any council has, with their names.
LIST = text(10_000)
MOST_MEMBERS = 1000


class ResultForm(msgspec.Struct):
    """The result and the vote: by name, or of a secret vote the sums."""

    result: Annotated[Result, asks(N_("Choose what came of it."))]
    act: Annotated[str, line(300)] = ""
    act_url: Annotated[str, line(1000)] = ""
    note: Annotated[str, text(2000)] = ""
    voting: Literal["open", "secret", "none"] = "open"
    votes_for: Annotated[str, LIST] = ""
    votes_against: Annotated[str, LIST] = ""
    abstained: Annotated[str, LIST] = ""
    absent: Annotated[str, LIST] = ""
    members: int | None = None
    sum_for: int | None = None
    sum_against: int | None = None
    sum_abstained: int | None = None
    sum_absent: int | None = None

    @property
    def ballot(self) -> Ballot | None:
        """The vote as it was taken; none where nobody voted."""
        if self.voting == "none":
            return None
        if self.voting == "open":
            lists = (self.votes_for, self.votes_against, self.abstained, self.absent)
            return Ballot.by_name({choice: names(each) for choice, each in zip(Choice, lists, strict=True)})
        sums = (self.sum_for, self.sum_against, self.sum_abstained, self.sum_absent)
        counted = {choice: max(each or 0, 0) for choice, each in zip(Choice, sums, strict=True)}
        return Ballot(min(max(self.members or 0, 0), MOST_MEMBERS), counted, is_secret=True)


@dataclass(frozen=True)
class ItemAtDesk:
    """An item of an agenda that waits for its result. `draft`: the draft that it is, where it is one."""

    meeting: Meeting
    item: AgendaItem
    draft: Consultation | None
    members: Sequence[str]


def item_desk(db: Session, meeting_id: MeetingId, position: int, *, by: Actor) -> ItemAtDesk:
    """Read an item of a session by its number. Raises NotFound, NotPermitted."""
    found: MeetingAtDesk = meeting_desk(db, meeting_id, by=by)
    require("meeting.lead", by, found.meeting)
    for item in found.page.agenda:
        if item.position == position:
            return ItemAtDesk(found.meeting, item, found.page.drafts.get(item.id), members_known(db, found.meeting))
    raise NotFound


@get("/rezultat/{item:str}", opt=at_desk("meeting.lead"))
async def prepare(
    request: Request, db: Given[Db], actor: Given[Actor], meeting_id: Given[MeetingId], item: FromPath[str]
) -> Response[str]:
    """Ask what came of an item; the members who voted last stand in the first list."""
    found = await db.read(item_desk, meeting_id, key_in(item), by=actor)
    form = blank(ResultForm, voting="open", votes_for="\n".join(found.members), members=len(found.members) or None)
    return page(request, "meetings/desk_result.html", form=form, found=found, meeting=found.meeting)


@post("/rezultat/{item:str}", opt=at_desk("meeting.lead"))
async def tell(
    request: Request,
    db: Given[Db],
    actor: Given[Actor],
    meeting_id: Given[MeetingId],
    item: FromPath[str],
) -> Response[Any]:
    """Say in public what came of an item."""
    form: Form[ResultForm] = await read_form(request, ResultForm)
    found = await db.read(item_desk, meeting_id, key_in(item), by=actor)
    said = gettext("The result is public.")
    deed = Deed(request, db, form, actor, lambda _item: links.desk_meeting(meeting_id), said)
    told = form.data
    if told is not None:
        facts = {"act": told.act, "act_url": told.act_url, "note": told.note}
        done = await deed.do(decide, found.item.id, result=told.result, ballot=told.ballot, **facts)
        if done is not None:
            return done
    return page(request, "meetings/desk_result.html", status=422, form=form, found=found, meeting=found.meeting)


def names(written: str) -> list[str]:
    """Return the names that stand in a list, one on a line."""
    return [" ".join(each.split()) for each in written.splitlines() if each.strip()]


handlers = [prepare, tell]
