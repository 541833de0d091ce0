"""Who keeps the log honest, replayed: its keys, its witnesses and their quorum, the texts that it forgot."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.failures import NOTHING, Breach, Failures, Place, Words
from consult.i18n import N_
from consult.record.events import (
    BodyErased,
    KeyAdded,
    KeyRetired,
    QuorumChanged,
    WitnessAdded,
    WitnessRemoved,
)
from consult.record.quorum import NONE, WitnessPolicy

KEY, POLICY = "key", "policy"


@dataclass
class Keepers:
    """The keys and witnesses that the entries name, each with the entry that named it, and what was erased.

    The key with which a log begins is in no entry; it is known by being none of the others.
    """

    added: dict[str, Place] = field(default_factory=dict)
    retired: dict[str, Place] = field(default_factory=dict)
    witnesses: dict[str, Place] = field(default_factory=dict)
    quorum: int = 0
    quorum_at: Place | None = None
    erased: set[str] = field(default_factory=set)

    def key_added(self, act: Act, event: KeyAdded) -> Iterator[Breach]:
        """A key is added once."""
        if event.key in self.added or event.key in self.retired:
            yield Breach(rules.KEYS, event.key, Words(N_("a key that the log did not have before")))
        self.added[event.key] = act.place

    def key_retired(self, act: Act, event: KeyRetired) -> Iterator[Breach]:
        """A key of the log is retired once: one that was added, or the first."""
        first = [key for key in self.retired if key not in self.added]
        if event.key in self.retired or (event.key not in self.added and first):
            yield Breach(rules.KEYS, event.key, tuple(key for key in self.added if key not in self.retired))
        self.retired[event.key] = act.place

    def witness_added(self, act: Act, event: WitnessAdded) -> Iterator[Breach]:
        """A witness is added who is not one already."""
        if event.key in self.witnesses:
            yield Breach(rules.WITNESSES, event.key, Words(N_("a witness who is not asked already")))
        self.witnesses[event.key] = act.place

    def witness_removed(self, _: Act, event: WitnessRemoved) -> Iterator[Breach]:
        """Only a witness who was added is removed."""
        if self.witnesses.pop(event.key, None) is None:
            yield Breach(rules.WITNESSES, event.key, tuple(self.witnesses))

    def quorum_changed(self, act: Act, event: QuorumChanged) -> Iterator[Breach]:
        """No more witnesses are asked for than there are."""
        if not 0 <= event.quorum <= len(self.witnesses):
            yield Breach(rules.QUORUM, event.quorum, Words(N_("at most %(count)d"), {"count": len(self.witnesses)}))
        self.quorum, self.quorum_at = event.quorum, act.place

    def body_erased(self, _: Act, event: BodyErased) -> Iterator[Breach]:
        """A text is erased once, on a ground. That nothing else is missing, the verifier sees."""
        if event.erased in self.erased:
            yield Breach(rules.ERASED, event.erased, Words(N_("a text that was not erased before")))
        if not event.ground.strip():
            yield Breach(rules.ERASED, NOTHING, Words(N_("a ground")))
        self.erased.add(event.erased)

    def compare_keys(self, published: list[str], failures: Failures) -> None:
        """Compare the keys of the log's folder with those that sign by its entries."""
        for key, place in self.added.items():
            if key not in published and key not in self.retired:
                failures.add(place, Breach(rules.KEYS, NOTHING, key))
        for key, place in self.retired.items():
            if key in published:
                failures.add(place, Breach(rules.KEYS, key, NOTHING))
        strangers = [key for key in published if key not in self.added and key not in self.retired]
        has_first = not any(key not in self.added for key in self.retired)
        for key in strangers[1 if has_first else 0 :]:
            failures.add(KEY, Breach(rules.KEYS, key, NOTHING))

    def compare_policy(self, published: WitnessPolicy | None, failures: Failures) -> None:
        """Compare the policy of the log's folder with the witnesses and the quorum of its entries."""
        policy = published or WitnessPolicy()
        named = [witness.vkey for witness in policy.witnesses]
        for key, place in self.witnesses.items():
            if key not in named:
                failures.add(place, Breach(rules.WITNESSES, NOTHING, key))
        for key in named:
            if key not in self.witnesses:
                failures.add(POLICY, Breach(rules.WITNESSES, key, NOTHING))
        asked = asked_for(policy)
        if asked != self.quorum:
            failures.add(self.quorum_at or POLICY, Breach(rules.QUORUM, asked, self.quorum))


def asked_for(policy: WitnessPolicy) -> int:
    """Return how many witnesses a policy asks for."""
    if policy.quorum == NONE:
        return 0
    return next((group.threshold for group in policy.groups if group.name == policy.quorum), 1)
