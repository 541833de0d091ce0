"""How anybody keeps a copy of the record, and checks it without us: the key, the policy, the commands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from litestar import Response, get
from sqlalchemy.orm import Session

from consult import links
from consult.i18n import ZONE
from consult.record.continuity import number_of_newest
from consult.record.digests import newest_digests
from consult.record.notes import VerifyingKey
from consult.record.static import policy_bytes
from consult.record.witnesses import signed_roll, witnessed_checkpoint
from consult.settings import Settings
from web.access import public
from web.answers import page
from web.database import Db
from web.given import Given, Request
from web.record.signed import published_keys


@dataclass(frozen=True)
class MirrorPage:
    """What the commands are written with. `day`: of the newest digest; None before the first."""

    keys: Sequence[VerifyingKey]
    log: int
    policy: str
    is_witnessed: bool
    day: date | None


def mirror_page(db: Session, keys: Path) -> MirrorPage:
    """Read what signs now, and how the record wants to be judged."""
    newest = next(iter(newest_digests(db, limit=1)), None)
    return MirrorPage(
        keys=published_keys(db, keys),
        log=number_of_newest(db),
        policy=(policy_bytes(db) or b"").decode(),
        is_witnessed=witnessed_checkpoint(db, signed_roll(db)) is not None,
        day=newest.day if newest else None,
    )


@get(links.RECORD_MIRROR, opt=public())
async def mirror(request: Request, db: Given[Db], settings: Given[Settings], at: Given[datetime]) -> Response[str]:
    """Say how the record is downloaded, kept up to date and checked."""
    found = await db.read(mirror_page, settings.keys)
    return page(
        request,
        "record/mirror.html",
        keys=found.keys,
        log=found.log,
        policy=found.policy,
        is_witnessed=found.is_witnessed,
        day=found.day or at.astimezone(ZONE).date(),
        base=settings.base_url,
        address=f"{settings.base_url}{links.LOGS}/{found.log}",
    )


handlers = [mirror]
