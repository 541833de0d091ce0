"""The log's signing keys as files: outside the database and its backups, readable by the service alone.

`log-1.key` is the key that the log began with, `log-1-<id>.key` one that was added later. A log whose key was lost is
continued by `log-2.key` under another name; `log-1.key.compromised` is a key that somebody else has too.
"""

import os
import re
import secrets
import stat
from pathlib import Path

from consult.durable import sync_folder
from consult.i18n import N_
from consult.record.faults import Fault, found_in
from consult.record.keyring import Keyring
from consult.record.notes import SEED_SIZE, SigningKey
from consult.record.tree import number_of

#: The name of a key file: the number of the log, and the id of a key that is not its first.
KEY_FILE = re.compile(r"log-([1-9][0-9]{0,3})(?:-([0-9a-f]{8}))?\.key", re.ASCII)
#: What the name of a key file ends with once somebody else has the key too.
COMPROMISED = ".compromised"


class NoKey(Fault):
    """There is no key here: none was made yet, or it was lost."""


def create_key(directory: Path, origin: str) -> SigningKey:
    """Make the first key of a log and keep it in the directory; a key that is already there is never replaced.

    `origin`: the schemeless address of the log, such as `consult.example.org/log/1`; the log bears it for ever.
    """
    key = SigningKey(origin, secrets.token_bytes(SEED_SIZE))
    keep_key(directory / f"log-{number_of(origin)}.key", key)
    return key


def create_another_key(directory: Path, origin: str) -> SigningKey:
    """Make a key that shall take over; it signs nothing before the log itself says so."""
    key = SigningKey(origin, secrets.token_bytes(SEED_SIZE))
    keep_key(directory / f"log-{number_of(origin)}-{key.verifying.id.hex()}.key", key)
    return key


def keep_key(path: Path, key: SigningKey) -> None:
    """Write a new key file; it is on the disk when this returns."""
    with found_in(str(path)):
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Created with its final mode: there is no moment at which others could read it.
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as problem:
            if path.exists():
                raise Fault(N_("The log already has its key.")) from None
            raise Fault(N_("The log's key cannot be kept here (%(problem)s)."), problem=problem.strerror) from None
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{key.secret}\n")
        file.flush()
        os.fsync(descriptor)
    sync_folder(path.parent)


def set_aside(directory: Path, log: int) -> None:
    """Give the keys of a log that somebody else has too a name under which nothing signs with them any more."""
    for file in _files_in(directory):
        found = KEY_FILE.fullmatch(file.name)
        if found and int(found[1]) == log:
            file.rename(file.with_name(f"{file.name}{COMPROMISED}"))
    sync_folder(directory)


def load_keyring(directory: Path) -> Keyring:
    """Return the keys of the newest log; they must be nobody else's to read."""
    files = [(found, file) for file in _files_in(directory) if (found := KEY_FILE.fullmatch(file.name))]
    if not files:
        with found_in(str(directory)):
            raise NoKey(N_("The log has no key yet."))
    newest = max(int(found[1]) for found, _ in files)
    of_newest = sorted((file.name, found[2], file) for found, file in files if int(found[1]) == newest)
    first = next((read_key(file) for _, key_id, file in of_newest if not key_id), None)
    keyring = Keyring(first, tuple(read_key(file) for _, key_id, file in of_newest if key_id))
    for key in keyring.keys:
        if key.name != keyring.name:
            with found_in(str(directory)):
                facts = {"name": keyring.name, "other": key.name}
                raise Fault(N_("There are keys of two logs under one number: %(name)s and %(other)s."), **facts)
    return keyring


def load_key(directory: Path) -> SigningKey:
    """Return the key that the newest log began with, or the oldest that is left of it."""
    return load_keyring(directory).keys[0]


def read_key(path: Path) -> SigningKey:
    """Return the key in a file; it must be nobody else's to read."""
    with found_in(str(path)):
        try:
            line = path.read_text(encoding="utf-8", errors="replace")
        except OSError as problem:
            raise Fault(N_("The log's key cannot be read (%(problem)s)."), problem=problem.strerror) from None
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise Fault(N_("Others than the service can read the log's key; give the file the mode 0600."))
        return SigningKey.parse(line.removesuffix("\n"))


def _files_in(directory: Path) -> list[Path]:
    with found_in(str(directory)):
        try:
            return list(directory.iterdir())
        except FileNotFoundError:
            return []
        except OSError as problem:
            raise Fault(N_("The log's key cannot be read (%(problem)s)."), problem=problem.strerror) from None
