"""How the service is doing, said to everybody: whether it takes anything in, and how far the record is signed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from litestar import Response, get
from sqlalchemy.orm import Session

from consult import links
from consult.jobs import backlog
from consult.record.continuity import PerhapsOlder, RecordHalted
from consult.record.entries import waiting_since
from consult.settings import Settings
from web.access import public
from web.answers import page
from web.database import Db
from web.given import Given, Request
from web.halted import Watch
from web.record.signed import SignedState, newest_signed

#: What waits for longer is worth a word.
LATE = timedelta(minutes=1)


@dataclass(frozen=True)
class Status:
    """What waits for too long, and the newest checkpoint."""

    signed: SignedState | None
    act_waits_since: datetime | None
    job_waits_since: datetime | None


def status_at(db: Session, *, at: datetime) -> Status:
    """Read how things stand at this instant."""
    act, job = waiting_since(db), backlog(db, at=at).due_since
    return Status(
        newest_signed(db),
        act if act and at - act > LATE else None,
        job if job and at - job > LATE else None,
    )


@get(links.STATUS, opt=public())
async def status(request: Request, db: Given[Db], settings: Given[Settings], at: Given[datetime]) -> Response[str]:
    """Show whether anything can be sent now, and since when anything has waited."""
    watch: Watch = request.app.state.watch
    halted: RecordHalted | None = await watch.halt()
    found = await db.read(status_at, at=at)
    return page(
        request,
        "about/status.html",
        changes_at=at + timedelta(seconds=1),
        found=found,
        halted=halted,
        is_closed=isinstance(halted, PerhapsOlder),
        origin=found.signed.origin if found.signed else settings.log_origin,
    )


handlers = [status]
