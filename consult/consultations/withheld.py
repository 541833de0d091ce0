"""What of a draft cannot be public: under which letter of art. 6, and why. The rest of it is consulted upon.

The law does not apply to information of three kinds (Law 52/2003, art. 6); whoever leaves a part out says which kind
it is and why, in words that stand beside the draft and in the record.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from consult.consultations.announcements import refuse_overwriting
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.documents import consultation_for_edit, mark_edited
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.refusals import NotFound, Refusal

MOST_PARTS = 20
LONGEST_PART = 200
LONGEST_WHY = 2_000


class Letter(StrEnum):
    """The letters of art. 6: what is classified, what would harm fair competition, personal data."""

    CLASSIFIED = "a"
    COMPETITION = "b"
    PERSONAL = "c"


@dataclass(frozen=True)
class Withheld:
    """One part of a draft that is not public."""

    part: str
    letter: Letter
    reason: str


class PartMissing(Refusal):
    """People know what they do not see."""

    sentence = N_("Write which part is not public, for example: annex 2, the prices of each operator.")
    field = "part"


class WhyWithheldMissing(Refusal):
    """Art. 6 is an exception: each use of it has its reason."""

    sentence = N_("Write why this part cannot be public: everybody will read it.")
    field = "reason"


class TooManyParts(Refusal):
    """A draft of which most is not public is not consulted upon."""

    sentence = N_("At most %(most)s parts can be left out.")


def withhold(
    db: Session,
    consultation_id: ConsultationId,
    *,
    part: str,
    letter: Letter,
    reason: str,
    edition: int,
    by: Actor,
    at: datetime,
) -> Consultation:
    """Leave a part out of what will be public. `edition`: of the draft that the clerk opened.

    Raises PartMissing, WhyWithheldMissing, TooManyParts, EditedMeanwhile, AlreadyPublished. Source: art. 6.
    """
    consultation = consultation_for_edit(db, consultation_id, by)
    refuse_overwriting(db, consultation, edition)
    if not part.strip():
        raise PartMissing
    if not reason.strip():
        raise WhyWithheldMissing
    if len(consultation.withheld) >= MOST_PARTS:
        raise TooManyParts(most=MOST_PARTS)

    one = Withheld(part.strip(), letter, reason.strip())
    consultation.withheld = [*consultation.withheld, asdict(one)]
    mark_edited(consultation, by, at)
    return consultation


def make_public(
    db: Session, consultation_id: ConsultationId, *, place: int, edition: int, by: Actor, at: datetime
) -> Consultation:
    """Take a part, by its place from 0, from the list of those left out. Raises NotFound, EditedMeanwhile."""
    consultation = consultation_for_edit(db, consultation_id, by)
    refuse_overwriting(db, consultation, edition)
    if not 0 <= place < len(consultation.withheld):
        raise NotFound

    consultation.withheld = [each for number, each in enumerate(consultation.withheld) if number != place]
    mark_edited(consultation, by, at)
    return consultation
