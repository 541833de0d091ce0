"""What happens to the log itself: its keys, its witnesses, its digests, and the texts that it may no longer hold."""

from dataclasses import dataclass
from datetime import date

from consult.record.entry_form import Event
from consult.record.roles import ADMINISTRATOR, APPROVER, CONTACT_PERSON, MODERATOR, OPERATOR, SERVICE

#: What the entries about the log itself are about.
SUBJECT = "consult:log"
#: What the entries about the digests of its days are about, so that each names the one before.
DIGESTS_SUBJECT = f"{SUBJECT}/digests"


def beginning_of(log: int) -> str:
    """Return what those entries are about with which a log begins that continues another one."""
    return f"{SUBJECT}/{log}"


@dataclass(frozen=True, kw_only=True)
class BodyErased(Event):
    """A text that an entry commits to was erased everywhere, on a lawful request; the entry and every proof stay.

    `erased`: its commitment, which opens nothing once the salt is gone. `ground`: why the law asks for it, such as
    `gdpr-17-1-b`. `chosen_by`: the pseudonym of the official who chose it; whoever erases it is somebody else. The
    subject is that of the entry. Whoever keeps a mirror must delete `body/<erased>`.
    """

    type = "body.erased"
    signers = (APPROVER, CONTACT_PERSON, MODERATOR)

    erased: str
    ground: str
    chosen_by: str = ""


@dataclass(frozen=True, kw_only=True)
class KeyAdded(Event):
    """The log got another signing key. From here on both sign, until the older one is retired.

    `key`: its verifier key. A checkpoint that the older key signed covers this entry, and so vouches for the new key.
    """

    type = "key.added"
    signers = (OPERATOR,)

    key: str


@dataclass(frozen=True, kw_only=True)
class KeyRetired(Event):
    """A key stopped signing: what bears its signature alone and is larger than this entry's tree is not the log's."""

    type = "key.retired"
    signers = (OPERATOR,)

    key: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class LogContinued(Event):
    """This log goes on where another one ended, whose key was lost or came into other hands: always the first entry.

    `checkpoint`: the last signed note of the earlier log, verbatim. `reason`: why that log could not go on.
    """

    type = "log.continued"
    signers = (OPERATOR,)

    checkpoint: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class WitnessAdded(Event):
    """Somebody independent began to countersign the log's checkpoints.

    `key`: their verifier key. `url`: where they are asked; empty for one who sends signatures without being asked.
    """

    type = "witness.added"
    signers = (ADMINISTRATOR, OPERATOR)

    name: str
    key: str
    url: str


@dataclass(frozen=True, kw_only=True)
class WitnessRemoved(Event):
    """The authority no longer asks this witness. Whoever trusts its key may go on doing so."""

    type = "witness.removed"
    signers = (ADMINISTRATOR,)

    name: str
    key: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class QuorumChanged(Event):
    """How many of the witnesses must have countersigned a checkpoint for it to count as witnessed."""

    type = "quorum.changed"
    signers = (ADMINISTRATOR, OPERATOR)

    quorum: int


@dataclass(frozen=True, kw_only=True)
class DigestPublished(Event):
    """The digest of a day went out: the checkpoint that was spread by letter and by feed, and printed.

    `day`: in Bucharest. `size`: how many entries it covers. `sha256`: of the file `digests/<day>`. The next digest
    covers this entry, and the next entry about a digest names this one: none of them can be taken away, or another put
    in its place, without contradicting what was spread on a later day.
    """

    type = "digest.published"
    signers = (SERVICE,)

    day: date
    size: int
    sha256: str
