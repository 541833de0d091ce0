"""Requests that a text be erased, whatever it is about (GDPR, art. 17): who asks, and how two officials decide.

A request is private; what is public is that a text was erased, on which ground. Who asked is told the outcome within a
month (art. 12(3)). One official chooses the texts and says why, another one confirms; refusing takes one and a reason
(art. 12(4)). What a request can be about, and what is then erased, stands in the rooms above.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import JSON, ForeignKey, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.i18n import N_, ZONE
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.names import email_address, one_line
from consult.identity.people import PersonId
from consult.record.erasure_grounds import ErasureGround
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.types import state_column

LONGEST_REQUEST = 5_000
LONGEST_NOTE = 2_000
#: For how long who asked is remembered after the decision: as long as they would ask again, or complain.
REMEMBERED = timedelta(days=365)


class Source(StrEnum):
    """By which way a request came."""

    AUTHOR = "author"
    READER = "reader"
    PAPER = "paper"


class Outcome(StrEnum):
    """How a request ended."""

    ERASED = "erased"
    REFUSED = "refused"


class AskedErasure(Base):
    """Somebody asked that a text be erased. Never public."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"))
    source: Mapped[Source] = mapped_column(state_column(Source))
    #: The author, or the official who entered a letter; nobody known for a reader.
    created_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    #: Who asks and how they are answered; no address where an answer goes on paper.
    name: Mapped[str]
    email: Mapped[str | None]
    locale: Mapped[str]
    asked_ground: Mapped[ErasureGround] = mapped_column(state_column(ErasureGround, name="asked_ground"))
    words: Mapped[str]
    asked_at: Mapped[datetime]

    #: The first official's choice: commitments of texts, the ground, and why; empty before it, or once sent back.
    chosen: Mapped[list[str]] = mapped_column(JSON, default=list)
    ground: Mapped[ErasureGround | None] = mapped_column(state_column(ErasureGround))
    note: Mapped[str] = mapped_column(default="")
    edited_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    returned_note: Mapped[str] = mapped_column(default="")

    outcome: Mapped[Outcome | None] = mapped_column(state_column(Outcome))
    concluded_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    concluded_at: Mapped[datetime | None]

    @property
    def is_public(self) -> bool:
        """Nobody outside knows who asked for what."""
        return False

    @property
    def awaits_confirmation(self) -> bool:
        """Whether the first official has chosen and the second has not looked yet."""
        return self.ground is not None and self.outcome is None

    @property
    def due_on(self) -> date:
        """The last day for telling whoever asked: one month (art. 12(3)), to the day, or to the month's last."""
        asked = self.asked_at.astimezone(ZONE).date()
        year, month = asked.year + asked.month // 12, asked.month % 12 + 1
        last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
        return date(year, month, min(asked.day, last))


Kind = TypeVar("Kind", bound=AskedErasure)


class NothingWritten(Refusal):
    """A request says what it is about."""

    sentence = N_("Write what should be erased, and why.")
    field = "words"


class NothingChosen(Refusal):
    """The decision names the texts."""

    sentence = N_("Choose at least one text to erase.")
    field = "texts"


class NoteMissing(Refusal):
    """A decision has a reason."""

    sentence = N_("Write why, in at most %(most)s characters.")
    field = "note"


class AlreadyConcluded(Refusal):
    """A request is decided once."""

    sentence = N_("This request was decided on %(concluded_at)s.")


class NotChosenYet(Refusal):
    """There is nothing to confirm, or to send back."""

    sentence = N_("No official has proposed yet what to erase.")


def fill_in(
    request: Kind,
    *,
    source: Source,
    ground: ErasureGround,
    words: str,
    name: str,
    email: str | None,
    locale: str,
    by: PersonId | None,
    at: datetime,
) -> Kind:
    """Write into a new request who asks, for what and why. `by`: the author, or the official who enters a letter.

    Raises NothingWritten, NotAName, NotAnEmail.
    """
    if not 0 < len(words.strip()) <= LONGEST_REQUEST:
        raise NothingWritten
    request.email = email_address(email) if email else None
    request.name, request.locale, request.created_by = one_line(name), locale, by
    request.source, request.asked_ground, request.words, request.asked_at = source, ground, words.strip(), at
    return request


def require_open(request: AskedErasure) -> None:
    """Pass a request that nobody has decided. Raises AlreadyConcluded."""
    if request.outcome is not None:
        raise AlreadyConcluded(concluded_at=request.concluded_at)


def choose(
    request: AskedErasure,
    commitments: Sequence[str],
    ground: ErasureGround,
    note: str,
    *,
    known: Collection[str],
    by: Actor,
) -> None:
    """Note the first official's choice among the texts that are `known`, by their commitments. Nothing is erased yet.

    Raises NoteMissing, NothingChosen, NotFound for a text of something else.
    """
    _check_note(note)
    if not commitments:
        raise NothingChosen
    if not set(known).issuperset(commitments):
        raise NotFound
    request.chosen, request.ground, request.note = sorted(set(commitments)), ground, note.strip()
    request.edited_by, request.returned_note = by.person_id, ""


def chosen_in(request: AskedErasure, known: Collection[str]) -> tuple[list[str], ErasureGround, PersonId]:
    """Return which texts the first official chose that are still here, on which ground, and who that was.

    Raises NotChosenYet.
    """
    if request.ground is None or request.edited_by is None:
        raise NotChosenYet
    return [each for each in request.chosen if each in known], request.ground, request.edited_by


def give_back(request: AskedErasure, note: str) -> None:
    """Undo the first official's choice, with what the second finds wrong with it. Raises NotChosenYet, NoteMissing."""
    if not request.awaits_confirmation:
        raise NotChosenYet
    _check_note(note)
    request.chosen, request.ground, request.returned_note = [], None, note.strip()


def refuse(request: AskedErasure, note: str, *, by: Actor, at: datetime) -> None:
    """End a request without erasing anything, with the reason that whoever asked is told. Raises NoteMissing."""
    _check_note(note)
    request.chosen, request.ground, request.note = [], None, note.strip()
    request.outcome, request.concluded_by, request.concluded_at = Outcome.REFUSED, by.person_id, at


def conclude(request: AskedErasure, *, by: Actor, at: datetime) -> None:
    """End a request whose texts are erased; its own words too, which repeat them more often than not."""
    request.outcome, request.concluded_by, request.concluded_at = Outcome.ERASED, by.person_id, at
    request.words = ""


def forget_askers(db: Session, kind: type[AskedErasure], *, at: datetime) -> None:
    """Forget who asked, and in which words, a year after the decision; that it was decided, and by whom, stays."""
    old = kind.concluded_at < at - REMEMBERED
    db.execute(update(kind).where(old, kind.name != "").values(name="", email=None, words=""))


def _check_note(note: str) -> None:
    if not 0 < len(note.strip()) <= LONGEST_NOTE:
        raise NoteMissing(most=LONGEST_NOTE)
