"""How often something may be tried. Guessing and flooding get slow; people do not notice.

The generic cell rate algorithm: one row a key holds the instant at which all that was used will have been given back.
One statement decides and takes, so that any number of processes share one exact count.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address

from sqlalchemy import BigInteger, case, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.i18n import N_
from consult.identity.people import PersonId
from consult.refusals import Refusal
from consult.store import Base
from consult.store.upsert import insert_into


@dataclass(frozen=True)
class Limit:
    """So many tries at once, and in the long run so many in each period."""

    name: str
    tries: int
    period: timedelta


SIGN_IN_PER_ACCOUNT = Limit("sign-in-account", 10, timedelta(minutes=5))
SIGN_IN_PER_ADDRESS = Limit("sign-in-address", 10, timedelta(minutes=5))
CODE_PER_PERSON = Limit("code-person", 5, timedelta(minutes=5))
#: With a window of three codes in a million, 50 tries a day would let 1.5 in 10,000 attackers a day through.
CODE_PER_DAY = Limit("code-day", 50, timedelta(days=1))
CODE_PER_DAY_OFFICIAL = Limit("code-day-official", 20, timedelta(days=1))
#: The codes by which letters prove a right to vote: whoever mistypes one has tries enough, whoever guesses has none.
LETTER_CODE_PER_PERSON = Limit("letter-code-person", 10, timedelta(days=1))
#: Names tried against a roll of voters: few for each account, and for each network, where others live too.
ROLL_PER_PERSON = Limit("roll-person", 5, timedelta(days=1))
ROLL_PER_ADDRESS = Limit("roll-address", 100, timedelta(days=1))
RECOVERY_PER_ACCOUNT = Limit("recovery-account", 5, timedelta(days=1))
RECOVERY_PER_ADDRESS = Limit("recovery-address", 20, timedelta(days=1))
SIGN_UP_PER_ACCOUNT = Limit("sign-up-account", 5, timedelta(days=1))
#: A whole school or village may sit behind one address.
SIGN_UP_PER_ADDRESS = Limit("sign-up-address", 50, timedelta(days=1))
#: Forms that need no account: reporting a proposal, asking for an erasure.
SPEAK_UP_PER_ADDRESS = Limit("speak-up-address", 20, timedelta(days=1))
SUBSCRIBE_PER_ACCOUNT = Limit("subscribe-account", 5, timedelta(days=1))
#: Proposals without an account: a village may sit behind one address, and nobody is written to more than once an hour.
PROPOSE_PER_ADDRESS = Limit("propose-address", 50, timedelta(days=1))
PROPOSE_PER_MAILBOX = Limit("propose-mailbox", 1, timedelta(hours=1))
SPEAK_PER_MAILBOX = Limit("speak-mailbox", 1, timedelta(hours=1))
#: Files that are chosen for a proposal, each of up to 10 MB, are kept before it is sent.
FILES_PER_SENDER = Limit("files-sender", 60, timedelta(days=1))
INVITE_PER_PERSON = Limit("invite-person", 30, timedelta(days=1))


class Pace(Base):
    """How much of a limit is used up by one account or one address."""

    __tablename__ = "pace"

    #: SHA-256 of limit and key: the table is no list of addresses.
    key_hash: Mapped[bytes] = mapped_column(primary_key=True)
    #: Milliseconds since the epoch at which nothing will be used up any more ("theoretical arrival time").
    free_at: Mapped[int] = mapped_column(BigInteger, index=True)


class TooManyTries(Refusal):
    """The limit is used up for now."""

    sentence = N_("Too many tries. Try again after %(again_at)s.")


def admit(db: Session, *asked: tuple[Limit, str], at: datetime) -> None:
    """Take one try of each limit for its key, or none of any: raises TooManyTries.

    It is an act of its own, before the one that it guards: that one is rolled back when it refuses, and the try must
    still count.
    """
    for limit, key in asked:
        take(db, limit, key, at)


def admit_letter_code(db: Session, person_id: PersonId, *, at: datetime) -> None:
    """Count a try to give the code of a letter; raises TooManyTries."""
    admit(db, (LETTER_CODE_PER_PERSON, str(person_id)), at=at)


def admit_name_on_roll(db: Session, person_id: PersonId, address: str, *, at: datetime) -> None:
    """Count a try to find a name on a roll of voters, by account and network address; raises TooManyTries."""
    admit(db, (ROLL_PER_PERSON, str(person_id)), (ROLL_PER_ADDRESS, network_of(address)), at=at)


def admit_stranger(db: Session, address: str, *, at: datetime) -> None:
    """Count a form that was sent without an account, by network address; raises TooManyTries."""
    admit(db, (SPEAK_UP_PER_ADDRESS, network_of(address)), at=at)


def admit_proposal(db: Session, address: str, *, at: datetime) -> None:
    """Count a proposal that was sent without an account, by network address; raises TooManyTries."""
    admit(db, (PROPOSE_PER_ADDRESS, network_of(address)), at=at)


def admit_file(db: Session, sender: str, *, at: datetime) -> None:
    """Count a file that somebody chose for a proposal, by network address or account; raises TooManyTries."""
    admit(db, (FILES_PER_SENDER, sender), at=at)


def take(db: Session, limit: Limit, key: str, at: datetime) -> None:
    """Take one try, or raise TooManyTries."""
    key_hash = hashlib.sha256(f"{limit.name}\0{key}".encode()).digest()
    now = milliseconds(at)
    period = limit.period // timedelta(milliseconds=1)
    each = period // limit.tries
    used_until = case((Pace.free_at > now, Pace.free_at), else_=now)
    attempt = (
        insert_into(db, Pace)
        .values(key_hash=key_hash, free_at=now + each)
        .on_conflict_do_update(
            index_elements=[Pace.key_hash],
            set_={"free_at": used_until + each},
            where=used_until + each <= now + period,
        )
        .returning(Pace.free_at)
    )
    if db.scalar(attempt) is None:
        free_at = db.scalars(select(Pace.free_at).where(Pace.key_hash == key_hash)).one()
        raise TooManyTries(again_at=instant(free_at + each - period))


def network_of(address: str) -> str:
    """Return what counts as one visitor: an IPv4 address, or the /64 that an IPv6 subscriber commonly has."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return parsed.exploded[:19]


def forget_paces(db: Session, *, at: datetime) -> None:
    """Forget the keys of which nothing is used up any more."""
    db.execute(delete(Pace).where(Pace.free_at < milliseconds(at)))


def milliseconds(at: datetime) -> int:
    """Return an instant as a number that both databases add to alike."""
    return (at - datetime.fromtimestamp(0, UTC)) // timedelta(milliseconds=1)


def instant(since_epoch: int) -> datetime:
    """Return the instant that a number of milliseconds means."""
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=since_epoch)
