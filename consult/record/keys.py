"""The log's signing key: one file, outside the database and its backups, readable by the service alone."""

import os
import secrets
import stat
from pathlib import Path

from consult.i18n import N_
from consult.record.faults import Fault, found_in
from consult.record.notes import SEED_SIZE, SigningKey

FILE = "log-1.key"


def create_key(directory: Path, origin: str) -> SigningKey:
    """Make a new key for a log and keep it in the directory; a key that is already there is never replaced.

    `origin`: the schemeless address of the log, such as `consult.example.org/log/1`; the log bears it for ever.
    """
    key = SigningKey(origin, secrets.token_bytes(SEED_SIZE))
    path = directory / FILE
    with found_in(str(path)):
        try:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
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
    return key


def load_key(directory: Path) -> SigningKey:
    """Return the log's key, whose name is the log's origin for ever; it must be nobody else's to read."""
    path = directory / FILE
    with found_in(str(path)):
        try:
            line = path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            raise Fault(N_("The log has no key yet.")) from None
        except OSError as problem:
            raise Fault(N_("The log's key cannot be read (%(problem)s)."), problem=problem.strerror) from None
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise Fault(N_("Others than the service can read the log's key; give the file the mode 0600."))
        return SigningKey.parse(line.removesuffix("\n"))
