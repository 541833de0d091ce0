"""The receipt of an act: where it stands in the record, and the file that shows it to anybody without us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from litestar import Response, get
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.identity.authorities import Authority
from consult.record.entries import entry_of, history
from consult.record.keyring import all_keys
from consult.record.notes import Note, VerifyingKey
from consult.record.proofs import Proof
from consult.record.receipts import receipt as receipt_bytes
from consult.record.tree import CURRENT
from consult.record.witnesses import best_note
from consult.refusals import NotFound
from consult.settings import Settings
from web.access import public
from web.answers import page
from web.database import Db
from web.given import Given, Request
from web.record.acts import Act, acts_of
from web.record.signed import SignedState, newest_signed

ENDING = ".tlog-proof"
#: The sequencer comes by more often than that, so no cache keeps the page of an act that has no place yet any longer.
SOON = timedelta(seconds=1)


@dataclass(frozen=True)
class ReceiptPage:
    """An act and everything that happened to the same thing, before and after. `key`: under its receipt."""

    act: Act
    history: Sequence[Act]
    signed: SignedState | None
    key: VerifyingKey | None

    @property
    def is_signed(self) -> bool:
        """Whether the act has its place in a tree that was signed, and so a receipt that can be taken along."""
        return self.act.index is not None and self.signed is not None and self.act.index < self.signed.size


def receipt_page(db: Session, authority: Authority, event_id: str) -> ReceiptPage:
    """Read the receipt page of an act. Raises NotFound."""
    found = entry_of(db, event_id)
    if found is None:
        raise NotFound
    acts = acts_of(db, authority, history(db, found.event.subject))
    act = next(each for each in acts if each.event_id == event_id)
    return ReceiptPage(act, acts, newest_signed(db, act.log or CURRENT), key_of(db, act))


def key_of(db: Session, act: Act) -> VerifyingKey | None:
    """Return the newest of the keys that signed what an act's receipt cites; None while nothing did."""
    best = best_note(db, act.index, act.log) if act.index is not None and act.log else None
    return Note.parse(best[1]).signed_by(all_keys(db, act.log))[-1] if best and act.log else None


@get(f"{links.RECORD}/act/{{name:str}}", opt=public())
async def receipt(
    request: Request,
    db: Given[Db],
    settings: Given[Settings],
    authority: Given[Authority],
    at: Given[datetime],
    name: FromPath[str],
) -> Response[str] | Response[bytes]:
    """Show an act's place in the record, or give its receipt as a file (`.tlog-proof`)."""
    if name.endswith(ENDING):
        return await receipt_to_take_along(db, settings, name.removesuffix(ENDING))
    found = await db.read(receipt_page, authority, name)
    return page(
        request,
        "record/receipt.html",
        changes_at=None if found.is_signed else at + SOON,
        found=found,
    )


async def receipt_to_take_along(db: Db, settings: Settings, event_id: str) -> Response[bytes]:
    """Give the receipt, under the newest checkpoint."""
    content = await db.read(receipt_bytes, event_id, settings.files)
    if content is None:
        raise NotFound
    # As bytes and not as text: one changed line end and it would be no receipt any more.
    name = f"registru-{Proof.parse(content).index}{ENDING}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/octet-stream", headers=headers)


handlers = [receipt]
