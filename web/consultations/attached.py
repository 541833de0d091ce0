"""The files of a proposal: kept as soon as they are chosen, and handed out from its page."""

from anyio.to_thread import run_sync
from litestar import get
from litestar.params import FromPath
from litestar.response import Stream
from sqlalchemy.orm import Session

from consult.consultations.attachments import (
    MOST_FILES,
    Attachment,
    TooManyFiles,
    find_attachment,
    hold_file,
)
from consult.consultations.consultations import find_published
from consult.consultations.recommendations import find_recommendation
from consult.files import check_upload
from consult.files.sealing import SealedFile, seal_file
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.limits import admit_file
from consult.record.entry_form import SALT_SIZE
from consult.refusals import Refusal
from consult.settings import Settings
from web.access import public
from web.bodies import UploadedFile
from web.consultations.composer import ProposalT
from web.consultations.documents import file_to_keep
from web.database import Db
from web.forms import Form
from web.given import Given


async def take_in(db: Db, settings: Settings, form: Form[ProposalT], *, sender: str) -> None:
    """Check and keep the files that were chosen on a form, which from then on knows them by their names.

    What is wrong with one is said in the form; the others need not be chosen again. `sender`: whose files are counted.
    """
    for file in form.take_files("files"):
        try:
            if len(form.texts("attached")) >= MOST_FILES:
                raise TooManyFiles(most=MOST_FILES)
            await db.act(admit_file, sender, at=form.received_at)
            sealed = await run_sync(checked_and_sealed, settings, file)
        except Refusal as refusal:
            form.refuse(refusal, file="files")
        else:
            form.answer("attached", await db.act(hold_file, sealed, at=form.received_at))


def checked_and_sealed(settings: Settings, file: UploadedFile) -> SealedFile:
    """Look at what a file is and put its bytes where they stay. Raises UploadRefused."""
    return seal_file(settings.files, check_upload(file.name, file.content), file.content)


def public_file(db: Session, authority_id: AuthorityId, reference: str, number: str, file: str) -> Attachment:
    """Return a file of a proposal. Raises NotFound, HiddenFile, ErasedFile."""
    consultation = find_published(db, authority_id, reference)
    return find_attachment(db, find_recommendation(db, consultation.id, number), file)


@get("/consultari/{reference:str}/propuneri/{number:str}/fisiere/{file:str}", opt=public(is_streamed=True))
async def attachment(
    db: Given[Db],
    settings: Given[Settings],
    authority: Given[Authority],
    reference: FromPath[str],
    number: FromPath[str],
    file: FromPath[str],
) -> Stream:
    """Send a file to be kept, never to be shown within this site: it was somebody's file."""
    found = await db.read(public_file, authority.id, reference, number, file)
    return file_to_keep(settings, found, after=SALT_SIZE)


handlers = [attachment]
