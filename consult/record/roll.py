"""Who witnesses a log and how many of them must have cosigned, as the log's own entries say it, one after another.

The published policy follows from the entries and the log's keys alone, so that no byte of it is free: whoever has the
entries knows what the policy must be.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from consult.i18n import N_
from consult.record.events import QuorumChanged, WitnessAdded, WitnessRemoved
from consult.record.faults import Fault
from consult.record.notes import COSIGNATURE, VerifyingKey
from consult.record.quorum import Group, TrustedLog, TrustedWitness, WitnessPolicy

#: The entries that change the roll.
TYPES = (WitnessAdded.type, WitnessRemoved.type, QuorumChanged.type)
#: The group of all witnesses in the published policy, and with a number each of them.
GROUP = "martori"


class Roll:
    """The witnesses whom the authority asks, by their keys, in the order in which they were named, and the quorum."""

    def __init__(self) -> None:
        self.urls: dict[str, str] = {}
        #: The keys of all who were ever asked: what they signed while they were stays.
        self.ever: set[VerifyingKey] = set()
        self.quorum = 0

    def follow(self, type_: str, facts: Mapping[str, Any]) -> None:  # Any: what JSON can say
        """Go on by one entry."""
        if type_ == WitnessAdded.type:
            key, url = facts.get("key"), facts.get("url")
            if not isinstance(key, str) or not isinstance(url, str):
                raise Fault(N_("The entry does not name a witness in the known way."))
            witness = VerifyingKey.parse(key)
            if witness.kind != COSIGNATURE:
                raise Fault(N_("The entry does not name a witness in the known way."))
            self.urls[key] = url
            self.ever.add(witness)
        elif type_ == WitnessRemoved.type:
            self.urls.pop(str(facts.get("key")), None)
        elif type_ == QuorumChanged.type:
            wanted = facts.get("quorum")
            if not isinstance(wanted, int) or wanted < 0:
                raise Fault(N_("The entry does not say a quorum in the known way."))
            self.quorum = wanted

    def policy(self, keys: Sequence[VerifyingKey]) -> WitnessPolicy:
        """Return the policy by which the log wants to be judged. `keys`: those that sign it now."""
        logs = tuple(TrustedLog(key.vkey, address_of(key.name), key) for key in keys)
        witnesses = tuple(
            TrustedWitness(f"{GROUP}-{number}", vkey, url, VerifyingKey.parse(vkey))
            for number, (vkey, url) in enumerate(self.urls.items(), start=1)
        )
        if self.quorum == 0:
            return WitnessPolicy(logs, witnesses)
        group = Group(GROUP, self.quorum, tuple(witness.name for witness in witnesses))
        return WitnessPolicy(logs, witnesses, (group,), GROUP)


def address_of(origin: str) -> str:
    """Return where the files of a log lie: its name is its address; a demonstration on this machine has no TLS."""
    is_local = re.match(r"(?:127\.0\.0\.1|localhost)[:/]", origin) is not None
    return f"{'http' if is_local else 'https'}://{origin}"
