"""An entry read back into the act that it records, or the reason why it cannot be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from consult.audit.failures import Place
from consult.record.entry_form import Commitment, Event, Instant, Signer
from consult.record.events import VOCABULARY

_NUMBER = r"[1-9][0-9]{0,8}-[1-9][0-9]{3}"
_REFERENCE = re.compile(_NUMBER, re.ASCII)
_SUBJECT = re.compile(
    rf"(consult:([^/]+)(?:/consultari/({_NUMBER}))?)(?:/propuneri/({_NUMBER})|/sedinte/({_NUMBER}))?(?:/.*)?", re.ASCII
)


class Reference(NamedTuple):
    """A number in a register of an authority: the how-manieth of which year."""

    number: int
    year: int

    def __str__(self) -> str:
        return f"{self.number}-{self.year}"

    @classmethod
    def parse(cls, reference: str) -> "Reference | None":
        """Read a reference such as `47-2026`, in its one form."""
        return cls.read(reference) if _REFERENCE.fullmatch(reference) else None

    @classmethod
    def read(cls, reference: str) -> "Reference":
        """Read a reference of which the form is known to be right."""
        number, _, year = reference.partition("-")
        return cls(int(number), int(year))


class Subject(NamedTuple):
    """What an act is about: something of an authority, one of its consultations or meetings, a proposal in one."""

    authority: str = ""
    #: The name of the consultation in the record.
    procedure: str = ""
    consultation: Reference | None = None
    proposal: Reference | None = None
    meeting: Reference | None = None

    @classmethod
    def parse(cls, subject: str) -> "Subject":
        """Read a subject; one in words that this program does not know is about nothing that it knows."""
        found = _SUBJECT.fullmatch(subject)
        if found is None:
            return cls()
        procedure, authority, consultation, proposal, meeting = found.groups()
        return cls(
            authority,
            procedure,
            Reference.read(consultation) if consultation else None,
            Reference.read(proposal) if proposal and consultation else None,
            Reference.read(meeting) if meeting and not consultation else None,
        )


@dataclass(frozen=True, slots=True)
class Act:
    """A public act as an entry tells it. `event`: what happened; None where the entry cannot be read so."""

    index: int
    leaf: bytes
    type: str
    at: datetime
    actor: Signer
    prev: str | None
    about: str
    subject: Subject
    body: Commitment | None
    event: Event | None
    #: Why it cannot be read, in the words of the reader of JSON.
    unreadable: str = ""

    @property
    def place(self) -> Place:
        """The entry, as a failure names it."""
        return Place(self.index, self.type, self.at, self.about)


class _Stated(msgspec.Struct):
    """The members of every entry (`consult.record.entry_form`)."""

    type: str
    at: Instant
    subject: str
    actor: Signer
    facts: dict[str, Any]  # Any: what JSON can say
    prev: str | None = None
    body: Commitment | None = None


#: Stands for the text that an entry should commit to and does not, so that the rest of it can be judged.
NO_TEXT = Commitment("", 0)


def read_act(index: int, leaf: bytes, stated: Mapping[str, Any]) -> Act | str:
    """Return the act that an entry tells, or why it is none."""
    try:
        entry = msgspec.convert(stated, _Stated)
    except msgspec.ValidationError as problem:
        return str(problem)
    event, unreadable = None, ""
    members = {**entry.facts, "subject": entry.subject, "body": entry.body or NO_TEXT}
    try:
        event = msgspec.convert(members, VOCABULARY[entry.type])
    except KeyError:
        unreadable = entry.type
    except msgspec.ValidationError as problem:
        unreadable = str(problem)
    return Act(
        index,
        leaf,
        entry.type,
        entry.at,
        entry.actor,
        entry.prev,
        entry.subject,
        Subject.parse(entry.subject),
        entry.body,
        event,
        unreadable,
    )
