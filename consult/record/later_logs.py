"""What a log says of the one that it continues: where that one ended, and which texts were erased since.

A log whose key was lost can say nothing any more, not even that one of its texts was erased. The log that continues it
says so.
"""

from typing import Any

from consult.i18n import N_
from consult.record.checkpoints import Checkpoint
from consult.record.events import BodyErased, LogContinued
from consult.record.faults import Fault, found_in
from consult.record.notes import Note, VerifyingKey


class LaterLogs:
    """What the logs that came after one say, as far as they were read: by nobody, if none came after it."""

    def __init__(self) -> None:
        self.erased: set[bytes] = set()
        #: The keys of those logs, each taken from the log itself: no log can vouch for the key of another.
        self.keys: list[VerifyingKey] = []
        #: Where the logs ended that they continue.
        self.cited: list[Checkpoint] = []

    def follow(self, index: int, _leaf: bytes, entry: dict[str, Any]) -> None:  # Any: what JSON can say
        """Hear an entry of a later log."""
        if index == 0:
            if entry["type"] != LogContinued.type:
                raise Fault(N_("It does not begin by saying which log it continues."))
            self.cited.append(Checkpoint.parse(Note.parse(entry["facts"]["checkpoint"].encode()).text))
        if entry["type"] == BodyErased.type:
            self.erased.add(bytes.fromhex(entry["facts"]["erased"]))

    def add(self, other: "LaterLogs") -> None:
        """Believe what was heard elsewhere too."""
        self.erased |= other.erased
        self.cited += other.cited

    @property
    def is_silent(self) -> bool:
        """Whether none was read."""
        return not self.cited

    def check_end(self, checkpoint: Checkpoint) -> None:
        """Check that one of them continues exactly this state, if there are any."""
        if not self.is_silent and checkpoint not in self.cited:
            with found_in("--continued-by"):
                raise Fault(N_("It continues another log than this one, or an earlier state of it."))
