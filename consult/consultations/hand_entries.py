"""What an official entered for somebody else: who wrote or said it, how they are reached, and the scan of their letter.

Law 52/2003, art. 7(5) and (6): the register says when each proposal came, from whom, and how they can be reached. None
of it is public. A slip of paper with a code lets the author attach it to an account of their own, once.
"""

import unicodedata
from datetime import datetime

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.consultations.recommendations import Recommendation, RecommendationId
from consult.files.held import delete_later
from consult.identity.people import PersonId
from consult.identity.recovery_codes import ALPHABET, LOOKALIKES
from consult.identity.vault import Vault
from consult.store import Base

#: Sixty bits: with the few tries that anybody has, nobody ever guesses one.
CODE_LENGTH = 12
GROUP = 4


class HandEntry(Base):
    """What the authority alone knows of a recommendation that an official entered."""

    __tablename__ = "hand_entry"

    recommendation_id: Mapped[RecommendationId] = mapped_column(ForeignKey("recommendation.id"), primary_key=True)
    name: Mapped[str]
    #: As they gave it: an address, a telephone number.
    contact: Mapped[str]
    #: Where letters go; without one they are printed.
    email: Mapped[str | None]
    entered_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime]
    #: When the author attached it to an account, after which the code opens nothing.
    claimed_at: Mapped[datetime | None]
    #: The scan of the letter, for officials only. It lies on the disk with its salt under its commitment in the record.
    scan_name: Mapped[str] = mapped_column(default="")
    scan_media_type: Mapped[str] = mapped_column(default="")
    scan_size: Mapped[int] = mapped_column(default=0)
    scan_commitment: Mapped[str | None] = mapped_column(String(64), unique=True)


def hand_entry_of(db: Session, recommendation_id: RecommendationId) -> HandEntry | None:
    """Return what an official noted when entering a recommendation; None for one that came by these pages."""
    return db.get(HandEntry, recommendation_id)


def forget_hand_entry(db: Session, erased_as: str, *, at: datetime) -> None:
    """Let go of the scan of a letter whose text was erased: it shows the same words. The register keeps the contact."""
    erased = select(Recommendation.id).where(Recommendation.erased_as == erased_as)
    letters = HandEntry.recommendation_id.in_(erased), HandEntry.scan_commitment.is_not(None)
    scans = db.scalars(select(HandEntry.scan_commitment).where(*letters)).all()
    nothing = {"scan_name": "", "scan_media_type": "", "scan_size": 0, "scan_commitment": None}
    db.execute(update(HandEntry).where(*letters).values(nothing))
    delete_later(db, [scan for scan in scans if scan], at=at)


def claim_code(vault: Vault, recommendation: Recommendation) -> str:
    """Return the code on the author's slip: `7K3M-9QXD-20RT`.

    It is worked out from the key outside the database and kept nowhere, so that a slip can be printed again and a
    stolen table opens nothing.
    """
    bits = int.from_bytes(vault.mac(recommendation.event_id, purpose="claim of a recommendation"))
    code = "".join(ALPHABET[bits >> 5 * place & 31] for place in range(CODE_LENGTH))
    return "-".join(code[start : start + GROUP] for start in range(0, CODE_LENGTH, GROUP))


def as_on_the_slip(typed: str) -> str:
    """Return a code that was typed as it stands on the slip: in capitals, with its hyphens."""
    code = "".join(unicodedata.normalize("NFKC", typed).replace("-", "").split()).upper().translate(LOOKALIKES)
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
