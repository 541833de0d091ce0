"""The published policy of a log and its newest witnessed checkpoint, read from its files and checked.

They show what the authority itself counts as witnessed. Whoever trusts others checks with a policy of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from consult.i18n import N_
from consult.record.checkpoints import Checkpoint
from consult.record.faults import Fault, found_in
from consult.record.listing import WITNESSED, Listing
from consult.record.notes import MAX_NOTE_SIZE, Note, VerifyingKey
from consult.record.quorum import MAX_POLICY_SIZE, WitnessPolicy, met
from consult.record.roll import Roll
from consult.record.sources import Source, read_all


@dataclass(frozen=True)
class Witnessing:
    """What a log publishes about its witnesses: the policy as its bytes, and the checkpoint, None before the first."""

    policy: bytes
    note: Note | None

    @property
    def checkpoint(self) -> Checkpoint | None:
        """What enough witnesses have seen."""
        return Checkpoint.parse(self.note.text) if self.note else None

    def check(self, roll: Roll, keys: Sequence[VerifyingKey]) -> None:
        """Compare the policy with what the entries of the log say. `keys`: those that sign now."""
        with found_in("policy"):
            if roll.policy(keys).encode() != self.policy:
                raise Fault(N_("The policy is not the one that follows from the entries of the log."))


def read_witnessing(source: Source, listing: Listing, origin: str) -> Witnessing:
    """Read both files; a witnessed checkpoint must be the log's, and bear the quorum of the policy."""
    data = read_all(source, "policy", MAX_POLICY_SIZE)
    with found_in("policy"):
        policy = WitnessPolicy.parse(data)
    if not listing.is_witnessed:
        return Witnessing(data, None)
    signed = read_all(source, WITNESSED, MAX_NOTE_SIZE)
    with found_in(WITNESSED):
        note = Note.parse(signed)
        checkpoint = Checkpoint.parse(note.text)
        if checkpoint.origin != origin:
            facts = {"origin": checkpoint.origin, "name": origin}
            raise Fault(N_("This is the checkpoint of %(origin)s, not of %(name)s."), **facts)
        if not met(note, policy).has_quorum:
            raise Fault(N_("Too few of the witnesses whom the policy names have signed."))
        if checkpoint.size > listing.size:
            raise Fault(N_("It is larger than the newest checkpoint."))
    return Witnessing(data, note)
