"""Whose word is enough (C2SP tlog-policy): the logs that are meant, their witnesses, and how many must have cosigned.

A policy is a small text file that anybody may write for themselves: the authority publishes one, an NGO may trust
others. Names of witnesses and groups mean something in the file alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from consult.i18n import N_
from consult.record.faults import Fault, found_in
from consult.record.notes import COSIGNATURE, ED25519, Note, UnknownKind, VerifyingKey

#: The quorum that asks for no witness at all, and so the one name that nobody may bear.
NONE = "none"
ANY, ALL = "any", "all"
MAX_POLICY_SIZE = 100_000
#: The standard asks for at least 32 of each; more would only be somebody's way of making us work.
MOST_LINES = 256

_THRESHOLD = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)
_ADDRESS = re.compile(r"https?://[^/?#]+[^?#]*", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class TrustedLog:
    """A log whose checkpoints are meant. `key`: None where this program cannot check signatures of its kind."""

    vkey: str
    url: str = ""
    key: VerifyingKey | None = None


@dataclass(frozen=True)
class TrustedWitness:
    """Somebody whose cosignature counts. `key`: as above; then it counts as one that never cosigns."""

    name: str
    vkey: str
    url: str = ""
    key: VerifyingKey | None = None


@dataclass(frozen=True)
class Group:
    """Some witnesses and groups, of whom `threshold` must have cosigned for the group to have done so."""

    name: str
    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Met:
    """What a note bears of a policy. `cosigned`: when each witness did, by its name in the policy."""

    logs: tuple[VerifyingKey, ...]
    cosigned: Mapping[str, datetime]
    has_quorum: bool

    @property
    def holds(self) -> bool:
        """Whether the note may be relied on: one of the logs signed it, and enough witnesses did."""
        return bool(self.logs) and self.has_quorum


@dataclass(frozen=True)
class WitnessPolicy:
    """A policy. `quorum`: the name of the witness or group that must have cosigned, or `none`."""

    logs: tuple[TrustedLog, ...] = ()
    witnesses: tuple[TrustedWitness, ...] = ()
    groups: tuple[Group, ...] = ()
    quorum: str = NONE

    @classmethod
    def parse(cls, data: bytes) -> "WitnessPolicy":
        """Read a policy file; a fault names the line."""
        return _Reader().read(data)

    def encode(self) -> bytes:
        """Return the bytes of the file."""
        lines = [
            *(("log", log.vkey, log.url) for log in self.logs),
            *(("witness", witness.name, witness.vkey, witness.url) for witness in self.witnesses),
            *(("group", group.name, str(group.threshold), *group.members) for group in self.groups),
            ("quorum", self.quorum),
        ]
        return "".join(" ".join(filter(None, line)) + "\n" for line in lines).encode(errors="surrogateescape")

    def meets(self, cosigned: Iterable[str]) -> bool:
        """Tell whether the quorum holds when these witnesses have cosigned."""
        # A group names only what stands before it.
        done = {NONE, *cosigned}
        for group in self.groups:
            if sum(member in done for member in group.members) >= group.threshold:
                done.add(group.name)
        return self.quorum in done


def met(note: Note, policy: WitnessPolicy) -> Met:
    """Return who signed a note and whether that is enough; a signature that is claimed falsely is a fault."""
    logs = [log.key for log in policy.logs if log.key]
    names = {witness.key: witness.name for witness in policy.witnesses if witness.key}
    cosigned = {names[said.key]: said.at for said in note.cosigned_by(names)}
    return Met(tuple(note.signers_among(logs)), MappingProxyType(cosigned), policy.meets(cosigned))


@dataclass
class _Reader:
    """What was read so far of a policy file."""

    logs: list[TrustedLog] = field(default_factory=list)
    witnesses: list[TrustedWitness] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    quorum: str | None = None
    #: The names that are taken, and those of them that are already members of a group.
    names: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)

    def read(self, data: bytes) -> WitnessPolicy:
        for number, line in _lines_of(data):
            with found_in(f"policy:{number}"):
                self._read_line(line)
        if self.quorum is None:
            raise Fault(N_("The policy has no line that says the quorum."))
        return WitnessPolicy(tuple(self.logs), tuple(self.witnesses), tuple(self.groups), self.quorum)

    def _read_line(self, line: str) -> None:
        word, *rest = line.split(" ")
        readers: dict[str, Callable[[list[str]], None]] = {
            "log": self._read_log,
            "witness": self._read_witness,
            "group": self._read_group,
            "quorum": self._read_quorum,
        }
        if word not in readers:
            raise Fault(
                N_("The line begins with “%(word)s”, not with log, witness, group or quorum."), word=_shown(word)
            )
        readers[word](rest)

    def _read_log(self, words: list[str]) -> None:
        vkey, url, key = _key_and_url(words, ED25519)
        if _public(vkey) in map(_public, (log.vkey for log in self.logs)):
            raise Fault(N_("This key stands in the policy twice."))
        self.logs.append(TrustedLog(vkey, url, key))

    def _read_witness(self, words: list[str]) -> None:
        name, *rest = words or [""]
        vkey, url, key = _key_and_url(rest, COSIGNATURE)
        if _public(vkey) in map(_public, (witness.vkey for witness in self.witnesses)):
            raise Fault(N_("This key stands in the policy twice."))
        self._define(name)
        self.witnesses.append(TrustedWitness(name, vkey, url, key))

    def _read_group(self, words: list[str]) -> None:
        name, threshold, *members = [*words, "", ""] if len(words) < 2 else words  # noqa: PLR2004 - as unpacked
        members = [member for member in members if member]
        if not members:
            raise Fault(N_("A group is written as: group NAME any|all|NUMBER MEMBER…"))
        for member in members:
            self._refer_to(member)
            if member == NONE:
                raise Fault(N_("“none” cannot be a member of a group."))
            if member in self.members:
                raise Fault(N_("“%(name)s” is already a member of a group."), name=_shown(member))
            self.members.add(member)
        self._define(name)
        self.groups.append(Group(name, _threshold(threshold, len(members)), tuple(members)))

    def _read_quorum(self, words: list[str]) -> None:
        if len(words) != 1:
            raise Fault(N_("The quorum is one name, or none."))
        if self.quorum is not None:
            raise Fault(N_("The policy says its quorum twice."))
        self._refer_to(words[0])
        self.quorum = words[0]

    def _define(self, name: str) -> None:
        if not name or name == NONE or name in self.names:
            raise Fault(N_("The name “%(name)s” is taken."), name=_shown(name))
        self.names.add(name)

    def _refer_to(self, name: str) -> None:
        if name != NONE and name not in self.names:
            raise Fault(N_("Nothing before this line is called “%(name)s”."), name=_shown(name))


def _lines_of(data: bytes) -> Iterator[tuple[int, str]]:
    """Return the lines that say something, with their numbers."""
    if len(data) > MAX_POLICY_SIZE:
        raise Fault(N_("The policy is longer than any that is read."))
    # Names are octets to the standard, not letters: what is no UTF-8 stays as it is.
    text = data.decode(errors="surrogateescape")
    if not text.endswith("\n"):
        raise Fault(N_("The last line of the policy does not end."))
    if _CONTROL.search(text):
        raise Fault(N_("The policy holds a control character; perhaps its line ends were changed to CRLF."))
    numbered = ((number, re.sub(r"[ \t]+", " ", line).strip(" ")) for number, line in enumerate(text.split("\n"), 1))
    said = [(number, line) for number, line in numbered if line and not line.startswith("#")]
    if len(said) > MOST_LINES:
        raise Fault(N_("The policy is longer than any that is read."))
    return iter(said)


def _key_and_url(words: list[str], kind: bytes) -> tuple[str, str, VerifyingKey | None]:
    if not 1 <= len(words) <= 2:  # noqa: PLR2004 - a key and an address
        raise Fault(N_("A log or a witness is written with its key and, if it has one, its address."))
    vkey, url = words[0], words[1] if words[1:] else ""
    if url and not _ADDRESS.fullmatch(url):
        raise Fault(N_("“%(url)s” is not an address."), url=_shown(url))
    try:
        key = VerifyingKey.parse(vkey)
    except UnknownKind:
        return vkey, url, None
    if key.kind != kind:
        raise Fault(N_("This key is not of the kind with which logs sign, or witnesses cosign."))
    return vkey, url, key


def _public(vkey: str) -> str:
    """Return the part of a vkey by which two of them are the same key whatever it is called."""
    return vkey.split("+", 2)[-1]


def _threshold(word: str, members: int) -> int:
    if word in {ANY, ALL}:
        return 1 if word == ANY else members
    if not _THRESHOLD.fullmatch(word) or int(word) > members:
        raise Fault(
            N_("The group has %(members)d members; as many, or fewer, but at least one can be asked for."),
            members=members,
        )
    return int(word)


def _shown(word: str) -> str:
    """Return a word of the file so that any terminal can show it."""
    return word.encode(errors="surrogateescape").decode(errors="replace")[:80]
