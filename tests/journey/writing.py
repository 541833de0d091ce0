"""What people of the lived-in town write: a file with a proposal, drafts that wait, a package of an association."""

from pathlib import Path

from sqlalchemy.orm import Session

from consult.consultations.attachments import attachments_of, hold_file
from consult.consultations.consultations import Consultation
from consult.consultations.packages import send_package
from consult.consultations.places import Place
from consult.consultations.recommendations import Kind
from consult.consultations.submissions import submit_recommendation
from consult.consultations.unsent import Begun, save_unsent
from consult.consultations.words import Words
from consult.files import check_upload
from consult.files.sealing import seal_file
from consult.identity.actors import Actor
from tests.factories import NOW
from tests.files.samples import PDF


def write(db: Session, consultation: Consultation, citizen: Actor, member: Actor, folder: Path) -> dict[str, object]:
    """Send a proposal with a file and a package, and keep drafts; return the names in addresses."""
    file = hold_file(db, seal_file(folder, check_upload("Studiu.pdf", PDF), PDF), at=NOW)
    said = {
        "kind": Kind.INSERTION,
        "provision_key": "art-2",
        "wording": "Cererile sunt gratuite.",
        "reason": "E drept.",
    }
    attached = submit_recommendation(db, consultation.id, **said, files=[file], named=True, by=citizen, at=NOW)

    def keep(key: str, said: Words, by: Actor = member) -> Begun:
        kept = {"said": said, "place": Place(key), "named": True, "begun": None}
        draft = save_unsent(db, consultation.id, **kept, by=by, at=NOW)
        return Begun(draft.id, draft.edition)

    parts = [keep(key, Words(Kind.DELETION, "", f"Punctul {key} e de prisos.")) for key in ("art-5", "art-6")]
    letter = "Le-am scris împreună cu cei pe care îi reprezentăm."
    package = send_package(
        db, consultation.id, name="Mai puține hârtii", letter=letter, drafts=parts, by=member, at=NOW
    )
    keep("art-3", Words(Kind.CHANGE, "Cererile se depun oriunde.", "E mai simplu."))
    keep("art-4", Words(Kind.CHANGE, "Se acordă tuturor.", ""))
    own = keep("art-2", Words(Kind.OBSERVATION, "Taxa e prea", ""), citizen)
    return {
        "attached": attached.reference,
        "file": attachments_of(db, attached)[0].id,
        "package": package.reference,
        "unsent": own.id,
        "association": member.organisation_id,
    }
