"""The minutes of a meeting: drafted in private, approved by somebody else, corrected only by a later version.

Minutes are the written summary of what the participants of a session or of a debate held (Law 52/2003, art. 3 g)).
"""

from datetime import datetime
from hashlib import sha256
from typing import NewType

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.people import PersonId
from consult.identity.permissions import require
from consult.identity.pseudonyms import pseudonym_of, record
from consult.meetings.meetings import Meeting, MeetingId, meeting_by_id
from consult.record.events import MinutesPublished
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type

MinutesId = NewType("MinutesId", int)
key_type(MinutesId)

#: The longest minutes that are kept, in characters: some forty pages.
LONGEST_MINUTES = 120_000


class MinutesDraft(Base):
    """What an official writes and nobody outside has seen. `reason`: why the published version is corrected."""

    __tablename__ = "minutes_draft"

    meeting_id: Mapped[MeetingId] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"))
    text: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    #: Counts the edits, so that what is approved is what was read.
    edition: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    edited_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    edited_at: Mapped[datetime]

    @property
    def is_public(self) -> bool:
        """Whether anybody may know that it exists."""
        return False


class MinutesVersion(Base):
    """Minutes as they were published; the last version holds, the others stay to be read."""

    __tablename__ = "minutes_version"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[MinutesId] = mapped_column(primary_key=True)
    meeting_id: Mapped[MeetingId] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]
    text: Mapped[str]
    sha256: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    drafted_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    approved_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime]
    event_id: Mapped[str]


class NotEndedYet(Refusal):
    """Minutes are of a meeting that was held."""

    sentence = N_("Say first that the meeting ended; its minutes come after it.")


class MinutesEmpty(Refusal):
    """Minutes say something."""

    sentence = N_("Write the minutes.")
    field = "words"


class MinutesTooLong(Refusal):
    """Minutes are a summary."""

    sentence = N_("The minutes have %(length)s characters; at most %(most)s fit.")
    field = "words"


class WhyCorrected(Refusal):
    """Published minutes are corrected with a reason that everybody can read."""

    sentence = N_("Write why the published minutes are corrected.")
    field = "reason"


class SameMinutes(Refusal):
    """The correction says what the published version says."""

    sentence = N_("This is what the published minutes say already.")
    field = "words"


class MinutesEdited(Refusal):
    """A colleague saved the minutes meanwhile."""

    sentence = N_("A colleague changed the minutes meanwhile. Read them again before you go on.")


def save_minutes(
    db: Session, meeting_id: MeetingId, *, text: str, reason: str = "", edition: int, by: Actor, at: datetime
) -> MinutesDraft:
    """Keep a draft of the minutes. `edition`: of the draft that was opened, 0 where there was none.

    Raises NotEndedYet, MinutesEmpty, MinutesTooLong, WhyCorrected, SameMinutes, MinutesEdited.
    """
    meeting = meeting_by_id(db, meeting_id)
    require("meeting.keep", by, meeting)
    words = _normal(text)
    _refuse_unfit(db, meeting, words, reason)
    draft = db.get(MinutesDraft, meeting_id)
    if (draft.edition if draft else 0) != edition:
        raise MinutesEdited

    if draft is None:
        draft = MinutesDraft(
            meeting_id=meeting_id, authority_id=meeting.authority_id, created_by=by.person_id, edition=0
        )
        db.add(draft)
    draft.text, draft.reason = words, reason.strip()
    draft.edition += 1
    draft.edited_by, draft.edited_at = by.person_id, at
    db.flush()
    return draft


def approve_minutes(db: Session, meeting_id: MeetingId, *, edition: int, by: Actor, at: datetime) -> MinutesVersion:
    """Publish the drafted minutes, as the second pair of eyes. `edition`: the one that was read.

    Raises NotFound, MinutesEdited. Source: art. 7(10) d), art. 11, art. 12(1).
    """
    meeting = meeting_by_id(db, meeting_id)
    draft = db.get(MinutesDraft, meeting_id)
    if draft is None:
        raise NotFound
    require("minutes.approve", by, draft)
    if draft.edition != edition:
        raise MinutesEdited

    before = latest_minutes(db, meeting_id)
    version = MinutesVersion(
        meeting_id=meeting_id,
        number=before.number + 1 if before else 1,
        text=draft.text,
        sha256=sha256(draft.text.encode()).hexdigest(),
        reason=draft.reason,
        drafted_by=draft.edited_by,
        approved_by=by.person_id,
        published_at=at,
    )
    hands = {draft.created_by, draft.edited_by}
    event = MinutesPublished(
        subject=meeting.subject,
        number=version.number,
        sha256=version.sha256,
        replaces=before.sha256 if before else None,
        reason=version.reason or None,
        drafted_by=tuple(sorted(pseudonym_of(db, each, meeting.subject) for each in hands)),
    )
    version.event_id = record(db, event, by=by, at=at).id
    db.add(version)
    db.delete(draft)
    db.flush()
    return version


def minutes_of(db: Session, meeting_id: MeetingId) -> list[MinutesVersion]:
    """Return the published versions, the newest first."""
    query = select(MinutesVersion).where(MinutesVersion.meeting_id == meeting_id)
    return list(db.scalars(query.order_by(MinutesVersion.number.desc())))


def latest_minutes(db: Session, meeting_id: MeetingId) -> MinutesVersion | None:
    """Return the version that holds; none before the first."""
    return next(iter(minutes_of(db, meeting_id)), None)


def _refuse_unfit(db: Session, meeting: Meeting, words: str, reason: str) -> None:
    if meeting.ended_at is None:
        raise NotEndedYet
    if not words:
        raise MinutesEmpty
    if len(words) > LONGEST_MINUTES:
        raise MinutesTooLong(length=len(words), most=LONGEST_MINUTES)
    before = latest_minutes(db, meeting.id)
    if before is not None and not reason.strip():
        raise WhyCorrected
    if before is not None and before.text == words:
        raise SameMinutes


def _normal(text: str) -> str:
    """Return a text by lines without what nobody sees, so that its hash is that of what is read."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
