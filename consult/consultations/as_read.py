"""Publishing what was read, and nothing else.

A page may be old when its button is pressed. The second pair of eyes approves the words it saw: if somebody saved the
draft since, the act is refused and the page is read again.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.announcements import editor_name
from consult.consultations.causes import Causes
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.drafts import consultation_awaiting_approval, find_for_desk, latest_text
from consult.consultations.publication import approve, publish_version
from consult.consultations.versions import Version
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.refusals import Refusal


class SavedSince(Refusal):
    """What is about to become public is not what was read."""

    sentence = N_("%(name)s saved this draft at %(saved_at)s, after you opened this page. Read it again below.")


def approve_as_read(
    db: Session, consultation_id: ConsultationId, *, edition: int, by: Actor, at: datetime
) -> Consultation:
    """Approve a draft. `edition`: the consultation's when it was read. Raises SavedSince and what `approve` raises."""
    consultation = consultation_awaiting_approval(db, consultation_id, by)
    if consultation.edition != edition:
        raise SavedSince(name=editor_name(db, consultation.edited_by), saved_at=consultation.edited_at)
    return approve(db, consultation_id, by=by, at=at)


def publish_version_as_read(
    db: Session, consultation_id: ConsultationId, *, edition: int, causes: Causes, by: Actor, at: datetime
) -> Version:
    """Publish the next version. `edition`: the text's when it was read. Raises SavedSince and as `publish_version`."""
    find_for_desk(db, consultation_id, by)
    text = latest_text(db, consultation_id)
    if text is not None and text.edition != edition:
        raise SavedSince(name=editor_name(db, text.saved_by), saved_at=text.saved_at)
    return publish_version(db, consultation_id, causes=causes, by=by, at=at)
