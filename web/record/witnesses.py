"""Who countersigns the record, in words for people, how anyone becomes a witness, and where signatures are brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from litestar import MediaType, Response, get, post
from sqlalchemy.orm import Session

from consult import links
from consult.i18n import N_, gettext, ngettext
from consult.identity.witnesses import tell_administrators
from consult.record.continuity import number_of_newest
from consult.record.cosigning import accept, brought
from consult.record.faults import Fault
from consult.record.tree import SignedCheckpoint, newest_checkpoint
from consult.record.witnesses import Seen, Trouble, roll_at, seen_by_witnesses, witnessed_size
from consult.settings import Settings
from web.access import ANYONE, public
from web.answers import page
from web.database import Db
from web.given import Given, Request
from web.record.signed import published_keys
from web.ui.figures import number

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

#: What is said of a witness whose signature is not there.
TROUBLES = {
    Trouble.UNREACHABLE: N_("does not answer; asked again and again"),
    Trouble.STRANGER: N_("does not know this record yet: its keeper has yet to trust our key"),
    Trouble.NO_SIGNATURE: N_("gives answers that are no signature over this record"),
    Trouble.AHEAD: N_("ALARM: has signed more entries than this record has. It was probably restored from a backup."),
    Trouble.FORK: N_("ALARM: has signed another record. Ours was rewritten, or there are two."),
}


@dataclass(frozen=True)
class Line:
    """A witness on the page: how far they have signed, how long ago, and what is the matter, in words."""

    seen: Seen
    signed: str
    trouble: str | None


@dataclass(frozen=True)
class Witnesses:
    """Who signs, how many must, and how far so many have. `newest`: how far there is to sign."""

    lines: Sequence[Line]
    quorum: int
    size: int | None
    newest: int

    @property
    def covers_all(self) -> bool:
        """Whether the newest checkpoint itself is witnessed."""
        return self.size is not None and self.size == self.newest

    @property
    def is_alarmed(self) -> bool:
        """Whether a witness knows another record than this one."""
        return any(line.seen.witness.is_alarmed for line in self.lines)

    @property
    def words(self) -> str:
        """Say in one sentence whether others stand by the record."""
        if not self.lines:
            return gettext("Nobody outside the town hall signs this record yet.")
        if self.quorum == 0:
            return gettext("Witnesses sign this record, but the town hall has not said how many must have.")
        if self.size is None:
            return gettext("Not enough witnesses have signed yet.")
        if self.covers_all:
            return gettext("All entries are witnessed: enough of the witnesses have signed the newest state.")
        waiting = self.newest - self.size
        words = ngettext(
            "All but the last %(num)s entry are witnessed.", "All but the last %(num)s entries are witnessed.", waiting
        )
        return words % {"num": number(waiting)}


def witnesses_now(db: Session, *, at: datetime) -> Witnesses:
    """Read who has signed the record, as of an instant."""
    return witnesses_of(db, newest_checkpoint(db), at=at)


def witnesses_of(db: Session, newest: SignedCheckpoint | None, *, at: datetime) -> Witnesses:
    """Read who has signed what the newest checkpoint covers."""
    roll = roll_at(db, newest)
    lines = [
        Line(seen, signed_words(seen, at), gettext(TROUBLES[seen.witness.trouble]) if seen.witness.trouble else None)
        for seen in seen_by_witnesses(db)
    ]
    return Witnesses(lines, roll.quorum, witnessed_size(db, roll), newest.size if newest else 0)


def signed_words(seen: Seen, now: datetime) -> str:
    """Return how far a witness has signed and how long ago."""
    if seen.at is None or seen.size is None:
        return gettext("nothing yet")
    words = ngettext("%(num)s entry, %(ago)s", "%(num)s entries, %(ago)s", seen.size)
    return words % {"num": number(seen.size), "ago": ago(seen.at, now)}


def ago(at: datetime, now: datetime) -> str:
    """Return how long ago something was, as one would say it."""
    past = now - at
    if past < MINUTE:
        return gettext("a moment ago")
    if past < HOUR:
        return ngettext("%(num)d minute ago", "%(num)d minutes ago", past // MINUTE) % {"num": past // MINUTE}
    if past < DAY:
        return ngettext("%(num)d hour ago", "%(num)d hours ago", past // HOUR) % {"num": past // HOUR}
    return ngettext("%(num)d day ago", "%(num)d days ago", past.days) % {"num": past.days}


@get(links.RECORD_WITNESSES, opt=public())
async def witnesses(request: Request, db: Given[Db], settings: Given[Settings], at: Given[datetime]) -> Response[str]:
    """Show who signs, and say how one becomes a witness."""
    log = await db.read(number_of_newest)
    return page(
        request,
        "record/witnesses.html",
        changes_at=at + MINUTE,
        found=await db.read(witnesses_now, at=at),
        keys=await db.read(published_keys, settings.keys),
        log=log,
        address=f"{settings.base_url}{links.LOGS}/{log}",
    )


@post(links.log_file("{log:str}", "cosignatures"), opt=ANYONE)
async def bring(request: Request, db: Given[Db], at: Given[datetime]) -> Response[bytes]:
    """Take the signature of a witness who was not asked: a checkpoint of ours, as a signed note, with their line."""
    body = await request.body()
    try:
        # Looked at before anything is locked: strangers may send here whatever they like.
        await db.read(brought, body, at=at)
        names = await db.act(accept, body, tell_administrators, at=at)
    except Fault as fault:
        return Response(f"{fault}\n".encode(), media_type=MediaType.TEXT, status_code=400)
    return Response(f"{names}\n".encode(), media_type=MediaType.TEXT, status_code=200)


handlers = [witnesses, bring]
