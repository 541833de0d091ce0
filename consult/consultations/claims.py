"""Claiming: somebody whose letter an official entered attaches it to their account, by the code on their slip.

From then on it is theirs as if they had sent it here: they find it on their own page and can take it back.
"""

from datetime import datetime, timedelta
from hmac import compare_digest

from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation
from consult.consultations.hand_entries import as_on_the_slip, claim_code, hand_entry_of
from consult.consultations.recommendations import Recommendation, recommendation_subject
from consult.consultations.traces import recommendation_numbered
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.limits import Limit, admit
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.identity.registers import read_reference
from consult.identity.vault import Vault
from consult.record.events import RecommendationClaimed
from consult.refusals import NotFound, Refusal

#: A hundred people trying for a year would guess one code in fifty million million.
CLAIMS_PER_PERSON = Limit("claim-person", 10, timedelta(days=1))
CLAIMS_PER_NUMBER = Limit("claim-number", 20, timedelta(days=1))


class NoSuchSlip(Refusal):
    """Number and code do not belong together; which of them is wrong is not said."""

    sentence = N_("This number and this code do not belong together. Copy both from the receipt you were given.")
    field = "code"


def admit_claim(db: Session, authority_id: AuthorityId, number: str, *, by: Actor, at: datetime) -> None:
    """Count a try, in an act before the claim itself. Raises TooManyTries."""
    tried = (CLAIMS_PER_PERSON, str(by.person_id)), (CLAIMS_PER_NUMBER, f"{authority_id} {number}")
    admit(db, *tried, at=at)


def claim_recommendation(
    db: Session, authority_id: AuthorityId, *, number: str, code: str, vault: Vault, by: Actor, at: datetime
) -> tuple[Consultation, Recommendation]:
    """Attach to the actor's account the recommendation whose slip they hold. `number`: 47/2026, as on the slip.

    Raises NoSuchSlip, also for a slip that was used. Run `admit_claim` before it.
    """
    recommendation, consultation = find_claimable(db, authority_id, number)
    require("recommendation.claim", by, recommendation)
    entry = hand_entry_of(db, recommendation.id)
    # Compared even where it can open nothing, so that no clock tells a used slip from a wrong one.
    is_code = compare_digest(claim_code(vault, recommendation), as_on_the_slip(code))
    if not is_code or entry is None or entry.claimed_at is not None or recommendation.person_id is not None:
        raise NoSuchSlip

    recommendation.person_id = by.person_id
    entry.claimed_at = at
    subject = recommendation_subject(consultation, recommendation)
    record(db, RecommendationClaimed(subject=subject, number=recommendation.number), by=by, at=at)
    return consultation, recommendation


def find_claimable(db: Session, authority_id: AuthorityId, number: str) -> tuple[Recommendation, Consultation]:
    """Return the recommendation with a number as people write it. Raises NoSuchSlip."""
    try:
        found = recommendation_numbered(db, authority_id, *read_reference(number.strip().replace("/", "-")))
    except NotFound:
        found = None
    if found is None:
        raise NoSuchSlip
    return found
