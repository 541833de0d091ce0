"""Proof of identity or residence, shown to an official: it makes a participant a verified participant."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.people import PersonId, person_of
from consult.identity.permissions import NeedsOtherEyes, Within, require


def verify_residence(db: Session, authority_id: AuthorityId, person_id: PersonId, *, by: Actor, at: datetime) -> None:
    """Note that an official saw proof of who a person is or where they live. What was seen is not kept.

    Raises NotPermitted, NeedsOtherEyes for oneself.
    """
    require("residence.verify", by, Within(authority_id))
    if person_id == by.person_id:
        raise NeedsOtherEyes

    person = person_of(db, person_id)
    person.residence_verified_at = person.residence_verified_at or at
