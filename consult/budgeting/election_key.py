"""The election key: what turns a voter into a pseudonym while people vote, and is destroyed when they no longer do.

It lies in a file of its own in the folder of the keys, outside the database, its backups and the data; the workers that
take in ballots read it. Once it is gone nothing that was kept leads from a ballot to a person any more.
"""

import os
import random
import secrets
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import TypeVar

from consult.durable import sync_folder
from consult.i18n import N_
from consult.identity.vault import KEY_SIZE, Vault
from consult.record.notes import SigningKey
from consult.refusals import Refusal

T = TypeVar("T")


class NoElectionKey(Refusal):
    """No ballot can be taken in, or told from another, without the key of its election."""

    sentence = N_("The key of this election is not here, so no ballot can be cast. Tell the town hall.")


class ElectionKey:
    """What is known of voters while an election is open. `election`: its subject in the record."""

    def __init__(self, election: str, secret: bytes) -> None:
        self._election = election
        self._vault = Vault(secret)

    def pseudonym(self, voter: str) -> bytes:
        """Return under what name a voter's ballots lie: the same for each of them, and nobody else's."""
        return self._vault.mac(voter, purpose=f"pseudonyms of {self._election}")

    def form(self, key: str) -> bytes:
        """Return by what a form is known again that was sent already."""
        return self._vault.mac(key, purpose=f"forms of {self._election}")

    def nonces(self, voter: str, form: str) -> Iterator[bytes]:
        """Return what hides the ballot of a form: always the same, so that the form sent again has the same receipt.

        Nobody else can work it out: `form` is a random key that is kept nowhere.
        """
        return (self._vault.mac(f"{voter}\n{form}\n{each}", purpose=f"nonces of {self._election}") for each in count())

    def shuffled(self, voter: str, things: Sequence[T]) -> list[T]:
        """Return things in an order that is this voter's own on every visit, and favours none of them."""
        seed = self._vault.mac(voter, purpose=f"orders of {self._election}")
        # Not a secret: an order that is even, and the same again for who comes back.
        return random.Random(seed).sample(things, len(things))  # noqa: S311

    @property
    def promising(self) -> SigningKey:
        """The key that signs what voters are promised; its public half stands in the record from the opening on."""
        return SigningKey(self._election, self._vault.mac("promises", purpose=f"promises of {self._election}"))


def create_election_key(folder: Path, cycle_id: int, election: str) -> ElectionKey:
    """Make the key of an election where only the service can read it; one that is there is never replaced."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret = secrets.token_bytes(KEY_SIZE)
    descriptor = os.open(_path(folder, cycle_id), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(descriptor)
    sync_folder(folder)
    return ElectionKey(election, secret)


def read_election_key(folder: Path, cycle_id: int, election: str) -> ElectionKey:
    """Return the key of an election. Raises NoElectionKey."""
    try:
        return ElectionKey(election, _path(folder, cycle_id).read_bytes())
    except (OSError, ValueError):
        raise NoElectionKey from None


def destroy_election_key(folder: Path, cycle_id: int) -> None:
    """Overwrite the key and delete it; what is gone already stays gone."""
    path = _path(folder, cycle_id)
    try:
        with path.open("r+b") as file:
            file.write(bytes(KEY_SIZE))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return
    sync_folder(folder)


def _path(folder: Path, cycle_id: int) -> Path:
    return folder / f"election-{cycle_id}.key"
