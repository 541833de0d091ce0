"""Who witnesses the record: an administrator of the authority that keeps it names them, and how many must have signed.

A witness is somebody outside: an association, a newspaper, a university, another town. The authority does not appoint
them and cannot silence them; it only says whom it asks, in the record itself, so that everybody sees when one is
dropped.
"""

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import links, mail
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.names import NotAName, one_line
from consult.identity.offices import Role, officials_of
from consult.identity.permissions import Within, require
from consult.identity.pseudonyms import record
from consult.record.events import QuorumChanged, WitnessAdded, WitnessRemoved
from consult.record.events.log import SUBJECT
from consult.record.faults import Fault
from consult.record.notes import COSIGNATURE, VerifyingKey
from consult.record.witnesses import MOST_WITNESSES, Witness, WitnessId, current_witnesses, quorum
from consult.refusals import NotFound, Refusal

KEY_LENGTH = URL_LENGTH = 300
REASON_LENGTH = 500

_URL = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*/?")


class NotAWitnessKey(Refusal):
    """The text is no key with which a witness cosigns."""

    sentence = N_("This is not the key of a witness. It has one line, such as consult witness init prints.")
    field = "vkey"


class NotAWitnessAddress(Refusal):
    """The text is no address at which a witness could be asked."""

    sentence = N_("The address must begin with https:// and have no question mark; leave it empty if there is none.")
    field = "url"


class NoReason(NotAName):
    """A witness is not dropped without a word: everybody reads why."""

    sentence = N_("Write why, on one line of at most %(most)s characters. Everybody can read it.")
    field = "reason"


class AlreadyAWitness(Refusal):
    """Whoever has this key is asked already."""

    sentence = N_("This witness is on the list already.")
    field = "vkey"


class TooManyWitnesses(Refusal):
    """A checkpoint with more signatures would not be read by programs that follow the standard."""

    sentence = N_("There can be at most %(most)s witnesses: programs read no more signatures than that.")


class QuorumTooLarge(Refusal):
    """More signatures would be wanted than there are witnesses, so that nothing would ever count as witnessed."""

    sentence = N_("Of %(witnesses)s witnesses, %(quorum)s cannot be asked to have signed. Change that number first.")
    field = "quorum"


def record_keeper(db: Session) -> AuthorityId:
    """Return the authority that keeps the record: the one that runs the installation. Raises NotFound before any."""
    found = db.scalar(select(Authority.id).order_by(Authority.id).limit(1))
    if found is None:
        raise NotFound
    return found


def add_witness(db: Session, *, name: str, vkey: str, url: str, by: Actor, at: datetime) -> Witness:
    """Begin to ask somebody to cosign. `vkey`: their key; `url`: empty for one who sends signatures by themselves.

    Raises NotPermitted, NotAName, NotAWitnessKey, NotAWitnessAddress, AlreadyAWitness, TooManyWitnesses.
    """
    require("witnesses.manage", by, Within(record_keeper(db)))
    called = one_line(name)
    key = _witness_key(vkey.strip())
    if url and (len(url) > URL_LENGTH or not _URL.fullmatch(url)):
        raise NotAWitnessAddress
    known = current_witnesses(db)
    if any(each.key.public == key.public for each in known):
        raise AlreadyAWitness
    if len(known) >= MOST_WITNESSES:
        raise TooManyWitnesses(most=MOST_WITNESSES)

    witness = Witness(name=called, vkey=key.vkey, url=url.rstrip("/"), added_at=at)
    db.add(witness)
    db.flush()
    record(db, WitnessAdded(subject=SUBJECT, name=called, key=witness.vkey, url=witness.url), by=by, at=at)
    return witness


def remove_witness(db: Session, witness_id: WitnessId, *, reason: str, by: Actor, at: datetime) -> None:
    """Stop asking somebody. What they signed stays; whoever trusts their key may go on doing so.

    Raises NotPermitted, NotFound, NoReason, QuorumTooLarge when too few would be left.
    """
    require("witnesses.manage", by, Within(record_keeper(db)))
    known = current_witnesses(db)
    witness = next((each for each in known if each.id == witness_id), None)
    if witness is None:
        raise NotFound
    why = one_line(reason, refusal=NoReason, most=REASON_LENGTH)
    wanted = quorum(db)
    if wanted > len(known) - 1:
        raise QuorumTooLarge(witnesses=len(known) - 1, quorum=wanted)

    witness.removed_at = at
    record(db, WitnessRemoved(subject=SUBJECT, name=witness.name, key=witness.vkey, reason=why), by=by, at=at)


def set_quorum(db: Session, wanted: int, *, by: Actor, at: datetime) -> None:
    """Say how many witnesses must have signed a checkpoint for it to count as witnessed; 0 asks for none.

    Raises NotPermitted, QuorumTooLarge.
    """
    require("witnesses.manage", by, Within(record_keeper(db)))
    known = len(current_witnesses(db))
    if not 0 <= wanted <= known:
        raise QuorumTooLarge(witnesses=known, quorum=wanted)
    if wanted == quorum(db):
        return

    record(db, QuorumChanged(subject=SUBJECT, quorum=wanted), by=by, at=at)


def tell_administrators(db: Session, witness: Witness, at: datetime) -> None:
    """Write to whoever keeps the settings that a witness knows another record than ours, or more of it."""
    authority_id = record_keeper(db)
    for official in officials_of(db, authority_id):
        if Role.ADMINISTRATOR in official.roles:
            facts = {
                "authority_id": authority_id,
                "link": links.DESK_WITNESSES,
                "witness": witness.name,
                "trouble": witness.trouble,
                "noticed_at": at,
            }
            mail.post(db, "witness-alarm", to=official.person.email, locale=official.person.locale, facts=facts, at=at)


def _witness_key(text: str) -> VerifyingKey:
    try:
        key = VerifyingKey.parse(text)
    except Fault:
        raise NotAWitnessKey from None
    if key.kind != COSIGNATURE or len(text) > KEY_LENGTH:
        raise NotAWitnessKey
    return key
