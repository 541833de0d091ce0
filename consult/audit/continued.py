"""A log that goes on from another one: what its first entry must say, and what then cannot be judged from it alone.

Whoever says that something began in an earlier log asks to be believed. So only the second and later logs of a record
may say it, they must cite the signed end of the log just before, and the audit says whether that log was given to it.
Given, it is read first, and nothing that began there is taken on trust.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.failures import Breach, Words
from consult.i18n import N_
from consult.record.checkpoints import Checkpoint
from consult.record.events import LogContinued
from consult.record.events.log import beginning_of
from consult.record.faults import Fault
from consult.record.notes import Note

_NUMBERED = re.compile(r"(.*/)([1-9][0-9]{0,8})", re.ASCII)


@dataclass(frozen=True)
class Continued:
    """The end of the log before, as this one cites it. `is_given`: whether that log was read as well."""

    end: Checkpoint
    is_given: bool


class Beginning:
    """How a log begins. `origin`: its own; `before`: the end of the log before it, where that was read first."""

    def __init__(self, origin: str, before: Checkpoint | None = None) -> None:
        found = _NUMBERED.fullmatch(origin)
        self._number = int(found[2]) if found else None
        self._before = before
        #: The name of the log before this one; None for the first.
        self.earlier = f"{found[1]}{int(found[2]) - 1}" if found and int(found[2]) > 1 else None
        self.continued: Continued | None = None

    def is_about(self, subject: str) -> bool:
        """Whether an entry belongs to how the log begins."""
        return self.continued is not None and subject == beginning_of(self._number or 0)

    def follow(self, act: Act) -> Iterator[Breach]:
        """Judge whether an entry begins the log as it must."""
        if isinstance(act.event, LogContinued):
            if act.index:
                yield Breach(rules.BEGINNING, act.index, 0)
            else:
                yield from self._begun(act, act.event)
        elif act.index == 0 and self.earlier:
            yield Breach(
                rules.CONTINUED, act.type, Words(N_("that this log continues %(name)s"), {"name": self.earlier})
            )

    def _begun(self, act: Act, event: LogContinued) -> Iterator[Breach]:
        if not event.reason.strip():
            yield Breach(rules.WITH_REASON, None, Words(N_("a reason, in the authority's words")))
        if self.earlier is None:
            yield Breach(rules.CONTINUED, act.type, Words(N_("nothing before the first log")))
            return
        if act.about != beginning_of(self._number or 0):
            yield Breach(rules.CONTINUED, act.about, beginning_of(self._number or 0))
        try:
            end = Checkpoint.parse(Note.parse(event.checkpoint.encode()).text)
        except Fault as fault:
            expected = Words(
                N_("the last signed checkpoint of %(name)s (%(why)s)"), {"name": self.earlier, "why": fault}
            )
            yield Breach(rules.CONTINUED, event.checkpoint, expected)
            end = Checkpoint("", 0, b"")
        else:
            if end.origin != self.earlier:
                yield Breach(rules.CONTINUED, end.origin, self.earlier)
        self.continued = Continued(end, is_given=self._before is not None)
        if self._before and end != self._before:
            yield Breach(rules.CONTINUED, _said(end), _said(self._before))


def _said(end: Checkpoint) -> str:
    return f"{end.origin}, {end.size}, {end.root.hex()}"
