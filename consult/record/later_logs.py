"""What a log says of the one that it continues: where that one ended, and which texts were erased since.

A log whose key was lost can say nothing any more, not even that one of its texts was erased. The log that continues it
says so.
"""

from collections.abc import Iterable
from typing import Any

from consult.i18n import N_
from consult.record.checkpoints import Checkpoint
from consult.record.events import BodyErased, LogContinued
from consult.record.faults import Fault, found_in
from consult.record.notes import Note
from consult.record.sources import open_source
from consult.record.verify import verify


class LaterLogs:
    """The logs that came after one, each verified against the key that lies in it."""

    def __init__(self, locations: Iterable[str]) -> None:
        self.erased: set[bytes] = set()
        self._cited: list[Checkpoint] = []
        for location in locations:
            with found_in(location), open_source(location) as source:
                verify(source, visit=self._follow)

    def check_end(self, checkpoint: Checkpoint) -> None:
        """Check that one of them continues exactly this state, if there are any."""
        if self._cited and checkpoint not in self._cited:
            with found_in("--continued-by"):
                raise Fault(N_("It continues another log than this one, or an earlier state of it."))

    def _follow(self, index: int, _leaf: bytes, entry: dict[str, Any]) -> None:  # Any: what JSON can say
        if index == 0:
            if entry["type"] != LogContinued.type:
                raise Fault(N_("It does not begin by saying which log it continues."))
            self._cited.append(Checkpoint.parse(Note.parse(entry["facts"]["checkpoint"].encode()).text))
        if entry["type"] == BodyErased.type:
            self.erased.add(bytes.fromhex(entry["facts"]["erased"]))
