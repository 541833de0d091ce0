"""A small area of its own, in which the tests of the core try what every area relies on: notes, written and read."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Stream
from sqlalchemy import text as sql
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.sessions import SignedIn
from consult.refusals import NotFound, NotPermitted, Refusal, Withdrawn
from consult.store.database import Busy
from web.access import ANYONE, at_desk, public, signed_in
from web.answers import moved, page, see_other
from web.bodies import UploadedFile
from web.database import Db
from web.fields import line, secret, several, text, verbatim
from web.forms import blank, read_form
from web.given import Given, PageNumber, Request
from web.kept import after_sign_in

#: How often each handler ran.
runs: Counter[str] = Counter()


class Tone(StrEnum):
    CALM = "calm"
    LOUD = "loud"


class NoteForm(msgspec.Struct):
    """One field of each kind."""

    wording: Annotated[str, text(5000, missing=N_("Write your proposal."))]
    title: Annotated[str, line(40)] = ""
    tone: Tone = Tone.CALM
    size: Literal["small", "large"] | None = None
    count: int | None = None
    day: date | None = None
    hour: time | None = None
    agreed: bool = False
    topics: Annotated[list[str], several(2)] = []
    password: Annotated[str, secret()] = ""
    annex: UploadedFile | None = None


class TooAngry(Refusal):
    """A rule of the sample about one field."""

    sentence = "Notes with %(count)s exclamation marks are not taken."
    field = "wording"


class NotToday(Refusal):
    """A rule of the sample about no field in particular."""

    sentence = "Not today."


def make_notes(db: Session) -> None:
    db.execute(sql("CREATE TABLE note (number INTEGER PRIMARY KEY, wording TEXT)"))


def notes(db: Session) -> list[str]:
    return list(db.execute(sql("SELECT wording FROM note ORDER BY number")).scalars())


def write_note(db: Session, *, wording: str) -> int:
    if wording.count("!") > 3:
        raise TooAngry(count=wording.count("!"))
    if "today" in wording:
        raise NotToday
    number = len(notes(db)) + 1
    db.execute(sql("INSERT INTO note VALUES (:number, :wording)"), {"number": number, "wording": wording})
    return number


def note_address(number: int) -> str:
    return f"/note/{number}"


@get("/note/scrie", opt=signed_in())
async def note_form(request: Request, actor: Given[Actor]) -> Response[str]:
    form = blank(NoteForm, title="A note", topics=["trees"])
    return page(request, "note_form.html", form=form, author=actor.name)


@post("/note/scrie", opt=signed_in())
async def send_note(request: Request, db: Given[Db], actor: Given[Actor]) -> Response[Any]:
    form = await read_form(request, NoteForm)
    if form.data is not None:
        try:
            where = await db.act_once(form, write_note, note_address, wording=form.data.wording)
            return see_other(request, where, flash="The note is written.")
        except Refusal as refusal:
            form.refuse(refusal)
    return page(request, "note_form.html", status=422, form=form, author=actor.name)


@get("/note/{number:str}", opt=ANYONE)
async def note(
    request: Request, db: Given[Db], number: FromPath[str], visitor: Given[SignedIn | None]
) -> Response[str]:
    lines = [(await db.read(notes))[int(number) - 1], f"Read by {visitor.actor.name if visitor else 'nobody'}."]
    return page(request, "lines.html", title="A note", lines=lines)


@get("/note", opt=public("pagina", "stare"))
async def all_notes(
    request: Request, db: Given[Db], at: Given[datetime], pagina: FromQuery[PageNumber] = 1, stare: FromQuery[str] = ""
) -> Response[str]:
    """Show everything that a public handler can see of a request."""
    runs["all_notes"] += 1
    seen = [f"page {pagina}", f"state {stare}", f"cookies {request.cookies}", f"headers {dict(request.headers)}"]
    lines = [*await db.read(notes), *seen, f"at {at.isoformat()}", "filling " * 200]
    answer = page(request, "lines.html", title="Notes", lines=lines, changes_at=at + timedelta(seconds=20))
    answer.set_cookie("leak", "1")
    return answer


@get("/note/toate.txt", opt=public(is_streamed=True))
async def stream(request: Request) -> Stream:
    """Send a long file as it is made."""
    runs["stream"] += 1
    return Stream((f"{number} {dict(request.cookies)}\n" for number in range(1000)), media_type="text/plain")


@get("/note/veche", opt=public())
async def old_address() -> Response[bytes]:
    return moved("/note")


@get("/birou/note", opt=at_desk("draft.read"))
async def desk(request: Request, actor: Given[Actor]) -> Response[str]:
    return page(request, "lines.html", title="Desk", lines=[actor.label()])


REFUSALS: dict[str, Exception] = {
    "missing": NotFound(),
    "forbidden": NotPermitted(),
    "withdrawn": Withdrawn(reason="<b>a name</b> stood in it"),
    "busy": Busy(),
    "refused": NotToday(),
    "bug": RuntimeError("secret detail"),
    "away": OperationalError("SELECT 1", {}, RuntimeError("server closed the connection")),
}


@get("/refuz/{kind:str}", opt=ANYONE)
async def refuse(kind: FromPath[str]) -> None:
    raise REFUSALS[kind]


class EntryForm(msgspec.Struct):
    """What a sign-in page carries along."""

    password: Annotated[str, secret()]
    kept: Annotated[str, verbatim(20_000_000)] = ""
    next: Annotated[str, line(2000)] = ""


def sign_in_page(request: Request, kept: str, next_path: str) -> Response[str]:
    form = blank(EntryForm, kept=kept, next=next_path)
    return page(request, "entry.html", status=401, form=form)


@get("/intra", opt=ANYONE)
async def entry(request: Request, next: FromQuery[str] = "") -> Response[str]:  # noqa: A002 - the name in the address
    return page(request, "entry.html", form=blank(EntryForm, next=next))


@post("/intra", opt=ANYONE)
async def enter(request: Request) -> Response[Any]:
    """Go on without a session: the test gives one beforehand."""
    form = await read_form(request, EntryForm)
    assert form.data is not None
    return after_sign_in(request, kept=form.data.kept, next_path=form.data.next)


HANDLERS = [note_form, send_note, note, all_notes, stream, old_address, desk, refuse, entry, enter]
