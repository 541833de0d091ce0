"""Proof of identity or residence, shown to an official: it makes a participant a verified participant."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.people import person_by_email
from consult.identity.permissions import NeedsOtherEyes, Within, require
from consult.refusals import Refusal


class NoSuchParticipant(Refusal):
    """The person at the counter has no account under this address."""

    sentence = N_("No participant has confirmed this address.")
    field = "email"


def verify_residence(db: Session, authority_id: AuthorityId, email: str, *, by: Actor, at: datetime) -> None:
    """Note that an official saw proof of who a person is or where they live. What was seen is not kept.

    Raises NotPermitted, NotAnEmail, NoSuchParticipant, NeedsOtherEyes for oneself.
    """
    require("residence.verify", by, Within(authority_id))
    person = person_by_email(db, email)
    if person is None or not person.is_confirmed or person.is_disabled:
        raise NoSuchParticipant
    if person.id == by.person_id:
        raise NeedsOtherEyes

    person.residence_verified_at = person.residence_verified_at or at
