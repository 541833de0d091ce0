"""What keeps the log honest, replayed: its keys, its witnesses and their quorum, the texts that it forgot.

That the published keys and the published policy follow from the entries, and that no text is missing but what they say
was erased, the verifier has seen already.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.failures import Breach, Place, Words
from consult.i18n import N_, ZONE
from consult.record.erasure_grounds import ErasureGround
from consult.record.events import (
    BodyErased,
    DigestPublished,
    KeyAdded,
    KeyRetired,
    QuorumChanged,
    WitnessAdded,
    WitnessRemoved,
)


class ErasedReason(NamedTuple):
    """The reason of an answer that the authority erased: its own words, not those of who asked. `place`: the entry."""

    place: Place
    ground: str


@dataclass
class Keepers:
    """The keys and witnesses that the entries name, and what was erased.

    The key with which a log begins is in no entry; it is known by being none of the others.
    """

    added: set[str] = field(default_factory=set)
    retired: set[str] = field(default_factory=set)
    witnesses: set[str] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)
    erased_reasons: list[ErasedReason] = field(default_factory=list)

    #: The newest day whose digest went out.
    spread_on: date | None = None

    def begin_again(self) -> None:
        """Forget the witnesses and digests: a log that continues another one names its own."""
        self.witnesses.clear()
        self.spread_on = None

    def digest_published(self, act: Act, event: DigestPublished) -> Iterator[Breach]:
        """The digest of a day goes out on that day, once, and covers nothing that came after it."""
        today = act.at.astimezone(ZONE).date()
        if event.day != today:
            yield Breach(rules.DIGESTS, event.day, today)
        if self.spread_on is not None and event.day <= self.spread_on:
            yield Breach(rules.DIGESTS, event.day, Words(N_("after %(day)s"), {"day": self.spread_on}))
        if event.size > act.index:
            yield Breach(rules.DIGESTS, event.size, Words(N_("at most %(count)s"), {"count": act.index}))
        self.spread_on = event.day

    def key_added(self, _: Act, event: KeyAdded) -> Iterator[Breach]:
        """A key is added once."""
        if event.key in self.added or event.key in self.retired:
            yield Breach(rules.KEYS, event.key, Words(N_("a key that the log did not have before")))
        self.added.add(event.key)

    def key_retired(self, _: Act, event: KeyRetired) -> Iterator[Breach]:
        """A key of the log is retired once: one that was added, or the first."""
        # Of the same log: one that waited when an earlier log ended tells of a key of that one.
        known, gone = _of_one_log(self.added, event.key), _of_one_log(self.retired, event.key)
        if event.key in gone or (event.key not in known and gone - known):
            yield Breach(rules.KEYS, event.key, tuple(sorted(known - gone)))
        self.retired.add(event.key)

    def witness_added(self, _: Act, event: WitnessAdded) -> Iterator[Breach]:
        """A witness is added who is not one already."""
        if event.key in self.witnesses:
            yield Breach(rules.WITNESSES, event.key, Words(N_("a witness who is not asked already")))
        self.witnesses.add(event.key)

    def witness_removed(self, _: Act, event: WitnessRemoved) -> Iterator[Breach]:
        """Only a witness who was added is removed."""
        if event.key not in self.witnesses:
            yield Breach(rules.WITNESSES, event.key, tuple(sorted(self.witnesses)))
        self.witnesses.discard(event.key)

    def quorum_changed(self, _: Act, event: QuorumChanged) -> Iterator[Breach]:
        """No more witnesses are asked for than there are."""
        if not 0 <= event.quorum <= len(self.witnesses):
            yield Breach(rules.QUORUM, event.quorum, Words(N_("at most %(count)s"), {"count": len(self.witnesses)}))

    def body_erased(self, act: Act, event: BodyErased, *, is_known: bool, is_reason: bool) -> Iterator[Breach]:
        """A text is erased once, on a published ground, by two officials.

        `is_known`: it belongs to a proposal or a project. `is_reason`: of an answer or a review, which the
        reader is told.
        """
        if not is_known:
            yield Breach(rules.ERASED, act.about, Words(N_("a proposal or a project that was received")))
        if event.chosen_by in ("", act.actor.pseudonym):
            yield Breach(rules.ERASED_BY_TWO, event.chosen_by or None, Words(N_("another official")))
        if event.erased in self.erased:
            yield Breach(rules.ERASED, event.erased, Words(N_("a text that was not erased before")))
        if event.ground not in set(ErasureGround):
            yield Breach(rules.ERASED, event.ground, tuple(ErasureGround))
        if is_reason and event.erased not in self.erased:
            self.erased_reasons.append(ErasedReason(act.place, event.ground))
        self.erased.add(event.erased)


def _of_one_log(vkeys: Iterable[str], vkey: str) -> set[str]:
    """Return those keys that bear the same name as one, and so are of the same log."""
    name = vkey.partition("+")[0]
    return {each for each in vkeys if each.partition("+")[0] == name}
