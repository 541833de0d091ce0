"""The agenda of a meeting, and what was decided on each of its items: the result, and how each member voted.

The minutes of a session hold the vote of each member (Law 52/2003, art. 11), but for a secret vote, of which only the
sums are known to anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.meetings.meetings import Kind, Meeting, MeetingId, meeting_by_id
from consult.record.bodies import keep_body
from consult.record.events import ItemDecided
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

AgendaItemId = NewType("AgendaItemId", int)
VoteId = NewType("VoteId", int)
key_type(AgendaItemId)
key_type(VoteId)


class Result(StrEnum):
    """What became of an item."""

    ADOPTED = "adopted"
    #: Adopted with amendments made in the session.
    AMENDED = "amended"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    #: Sent back to be worked on.
    RETURNED = "returned"


#: These come about by a vote; what is withdrawn is not voted on, and what is returned need not be.
VOTED = frozenset({Result.ADOPTED, Result.AMENDED, Result.REJECTED})
CARRIED = frozenset({Result.ADOPTED, Result.AMENDED})


class Choice(StrEnum):
    """How a member voted."""

    FOR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"
    ABSENT = "absent"


class AgendaItem(Base):
    """One item, and once it was dealt with what came of it. The sums are those of the vote, open or secret."""

    __tablename__ = "agenda_item"
    __table_args__ = (UniqueConstraint("meeting_id", "position"),)

    id: Mapped[AgendaItemId] = mapped_column(primary_key=True)
    meeting_id: Mapped[MeetingId] = mapped_column(ForeignKey("meeting.id"))
    position: Mapped[int]
    title: Mapped[str]
    result: Mapped[Result | None] = mapped_column(state_column(Result, name="agendaresult"))
    #: Number of the act that was adopted, and where it can be read.
    act: Mapped[str] = mapped_column(default="")
    act_url: Mapped[str] = mapped_column(default="")
    #: Why it was rejected, withdrawn or returned, or what was amended.
    note: Mapped[str] = mapped_column(default="")
    is_secret: Mapped[bool] = mapped_column(default=False)
    votes_for: Mapped[int] = mapped_column(default=0)
    votes_against: Mapped[int] = mapped_column(default=0)
    abstentions: Mapped[int] = mapped_column(default=0)
    absences: Mapped[int] = mapped_column(default=0)
    decided_at: Mapped[datetime | None]
    event_id: Mapped[str | None]


class Vote(Base):
    """How one member voted on one item, by name: a member of a council votes in public."""

    __tablename__ = "vote"
    __table_args__ = (UniqueConstraint("agenda_item_id", "member"),)

    id: Mapped[VoteId] = mapped_column(primary_key=True)
    agenda_item_id: Mapped[AgendaItemId] = mapped_column(ForeignKey("agenda_item.id"))
    member: Mapped[str]
    choice: Mapped[Choice] = mapped_column(state_column(Choice, name="votechoice"))


@dataclass(frozen=True)
class Topic:
    """An item as it is announced. `about`: the record's name of what it is about, where the record has it."""

    title: str
    about: str | None = None


@dataclass(frozen=True)
class Ballot:
    """A vote as it was taken. `members`: how many the council has; `names`: of an open vote, who chose what."""

    members: int
    sums: Mapping[Choice, int]
    names: Mapping[Choice, Sequence[str]] = field(default_factory=dict)
    is_secret: bool = False

    @classmethod
    def by_name(cls, names: Mapping[Choice, Sequence[str]]) -> "Ballot":
        """Return an open vote, of which everything follows from who chose what."""
        sums = {choice: len(names.get(choice, ())) for choice in Choice}
        return cls(sum(sums.values()), sums, names)


class NoVote(Refusal):
    """What is adopted or rejected is voted on."""

    sentence = N_("Write how the members voted: an act is adopted or rejected by a vote (art. 11).")
    field = "votes_for"


class VotedTwice(Refusal):
    """Each member has one vote."""

    sentence = N_("%(names)s: each member stands in one list, once.")
    field = "votes_for"


class DoesNotAddUp(Refusal):
    """The votes of a secret ballot are those of the members there are."""

    sentence = N_("The sums make %(sum)s, but the council has %(members)s members.")
    field = "members"


class NotCarried(Refusal):
    """No rule of voting lets an act be adopted against which as many voted as for it."""

    sentence = N_("An act is not adopted with %(given)s votes for it and %(against)s against it.")
    field = "result"


class NotHeldYet(Refusal):
    """A result is told once the meeting has begun."""

    sentence = N_("The meeting has not begun yet; its results are told after that.")


class AlreadyDecided(Refusal):
    """A result is public and stays."""

    sentence = N_("The result of this item is public already.")


def decide_item(
    db: Session,
    item_id: AgendaItemId,
    *,
    result: Result,
    ballot: Ballot | None,
    act: str = "",
    act_url: str = "",
    note: str = "",
    by: Actor,
    at: datetime,
) -> AgendaItem:
    """Say in public what came of an item of a session, and how each member voted (art. 11).

    Raises NotHeldYet, AlreadyDecided, NoVote, VotedTwice, DoesNotAddUp, NotCarried.
    """
    item, meeting = item_to_decide(db, item_id, by=by, at=at)
    check_ballot(result, ballot)
    sums = ballot.sums if ballot else {}

    item.result, item.decided_at = result, at
    item.act, item.act_url, item.note = act.strip(), act_url.strip(), note.strip()
    item.votes_for, item.votes_against = sums.get(Choice.FOR, 0), sums.get(Choice.AGAINST, 0)
    item.abstentions, item.absences = sums.get(Choice.ABSTAINED, 0), sums.get(Choice.ABSENT, 0)
    item.is_secret = ballot is not None and ballot.is_secret
    names = ballot.names if ballot and not ballot.is_secret else {}
    for choice, members in names.items():
        db.add_all(Vote(agenda_item_id=item_id, member=member, choice=choice) for member in members)
    body = keep_body(db, {choice.value: "\n".join(members) for choice, members in names.items()}) if names else None
    event = ItemDecided(
        subject=meeting.subject,
        item=item.position,
        result=result,
        act=item.act or None,
        members=ballot.members if ballot else 0,
        votes_for=item.votes_for,
        votes_against=item.votes_against,
        abstentions=item.abstentions,
        absences=item.absences,
        is_secret=item.is_secret,
        body=body.committed if body else None,
    )
    item.event_id = record(db, event, by=by, at=at).id
    db.flush()
    return item


def item_to_decide(db: Session, item_id: AgendaItemId, *, by: Actor, at: datetime) -> tuple[AgendaItem, Meeting]:
    """Return an item of which the result may be told now. Raises NotFound, NotHeldYet, AlreadyDecided."""
    item = db.get(AgendaItem, item_id)
    if item is None:
        raise NotFound
    meeting = meeting_by_id(db, item.meeting_id)
    require("meeting.lead", by, meeting)
    if meeting.kind is not Kind.SESSION or meeting.cancelled_at is not None:
        raise NotFound
    if meeting.starts_at > at:
        raise NotHeldYet
    if item.result is not None:
        raise AlreadyDecided
    return item, meeting


def check_ballot(result: Result, ballot: Ballot | None) -> None:
    """Refuse a vote that cannot have been. Raises NoVote, VotedTwice, DoesNotAddUp, NotCarried."""
    if ballot is None or not ballot.members:
        if result in VOTED:
            raise NoVote
        return
    voted = [member for members in ballot.names.values() for member in members]
    twice = sorted({member for member in voted if voted.count(member) > 1})
    if twice:
        raise VotedTwice(names=", ".join(twice))
    total = sum(ballot.sums.values())
    if total != ballot.members:
        raise DoesNotAddUp(sum=total, members=ballot.members)
    given, against = ballot.sums.get(Choice.FOR, 0), ballot.sums.get(Choice.AGAINST, 0)
    if result in CARRIED and given <= against:
        raise NotCarried(given=given, against=against)


def agenda_of(db: Session, meeting_id: MeetingId) -> list[AgendaItem]:
    """Return the items of a meeting in their order."""
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id)
    return list(db.scalars(query.order_by(AgendaItem.position)))


def votes_on(db: Session, item_ids: Sequence[AgendaItemId]) -> dict[AgendaItemId, dict[Choice, list[str]]]:
    """Return who chose what on each of these items, by name and in the order in which they were written down."""
    found: dict[AgendaItemId, dict[Choice, list[str]]] = {}
    for vote in db.scalars(select(Vote).where(Vote.agenda_item_id.in_(item_ids)).order_by(Vote.id)):
        found.setdefault(vote.agenda_item_id, {}).setdefault(vote.choice, []).append(vote.member)
    return found


def members_known(db: Session, meeting: Meeting) -> list[str]:
    """Return the members who voted last in the authority's sessions, so that nobody writes the council down again."""
    last = (
        select(Vote.agenda_item_id)
        .join(AgendaItem, AgendaItem.id == Vote.agenda_item_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(Meeting.authority_id == meeting.authority_id)
        .order_by(Vote.id.desc())
        .limit(1)
    )
    item_id = db.scalar(last)
    if item_id is None:
        return []
    return list(db.scalars(select(Vote.member).where(Vote.agenda_item_id == item_id).order_by(Vote.member)))
