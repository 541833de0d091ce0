"""How far the log was ever signed, kept where no backup of the database can take it back.

A database that was restored does not know what it has forgotten, and a copy of it that somebody started beside the
first does not know that it is one. Either would give old places to new acts, and sign that. The newest signed note,
kept in a file of its own, is what they are measured by before anything is signed.
"""

from dataclasses import dataclass
from pathlib import Path

from consult.durable import replace_file
from consult.i18n import N_
from consult.record.checkpoints import Checkpoint
from consult.record.faults import Fault, found_in
from consult.record.notes import Note


@dataclass(frozen=True)
class HighWater:
    """The file with the newest checkpoint that was signed here."""

    path: Path

    def read(self) -> Checkpoint | None:
        """Return the newest checkpoint that was signed; None before the first."""
        note = self.read_note()
        with found_in(str(self.path)):
            return Checkpoint.parse(Note.parse(note).text) if note is not None else None

    def read_note(self) -> bytes | None:
        """Return the newest signed note as it was written."""
        with found_in(str(self.path)):
            try:
                return self.path.read_bytes()
            except FileNotFoundError:
                return None
            except OSError as problem:
                raise Fault(N_("The file cannot be read (%(problem)s)."), problem=problem.strerror) from None

    def write(self, note: bytes) -> None:
        """Remember a signed note; after a crash at any instant either the one before it or this one is there."""
        with found_in(str(self.path)):
            try:
                replace_file(self.path, note)
            except OSError as problem:
                facts = {"problem": problem.strerror}
                raise Fault(
                    N_("How far the record was signed cannot be written down (%(problem)s)."), **facts
                ) from None
