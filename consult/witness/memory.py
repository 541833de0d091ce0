"""What a witness must never forget: its key, the logs it knows, and the largest checkpoint that it cosigned of each.

All of it is plain files in one folder. A state is written to the disk beside the old one, flushed, and put in its place
in one step, before any signature leaves the house; a crash at any moment leaves the old state or the new one.
"""

import fcntl
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock

from consult.durable import replace_file, sync_folder
from consult.i18n import N_
from consult.record.checkpoints import Checkpoint
from consult.record.faults import Fault, found_in
from consult.record.merkle import EMPTY_ROOT
from consult.record.notes import ED25519, MAX_NOTE_SIZE, SEED_SIZE, CosigningKey, Note, VerifyingKey, is_key_name

KEY, LOGS, LOCK = "witness.key", "logs", "lock"
#: Where the latest cosigned checkpoint of each log lies, and what a log was caught with.
CHECKPOINTS, EVIDENCE = "checkpoints", "evidence"
#: A log that was caught so often need not be caught again; nobody shall fill the disk with it.
MOST_EVIDENCE = 100


@dataclass(frozen=True)
class KnownLog:
    """A log that this witness cosigns: its key, whose name is its origin, and the address of its files, if known."""

    key: VerifyingKey
    url: str

    @property
    def origin(self) -> str:
        """The name of the log."""
        return self.key.name


class Memory:
    """The folder of one witness."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._in_this_process = Lock()

    @classmethod
    def create(cls, folder: Path, name: str) -> "Memory":
        """Begin a witness under this name: make its key, once and for good."""
        if not is_key_name(name):
            raise Fault(N_("A witness's name has no spaces and no plus; take an address of yours, without https://."))
        memory = cls(folder)
        key = CosigningKey(name, secrets.token_bytes(SEED_SIZE))
        with found_in(str(folder)):
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                descriptor = os.open(folder / KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                raise Fault(N_("There is a witness in this folder already.")) from None
            except OSError as problem:
                raise Fault(N_("The folder cannot be written (%(problem)s)."), problem=problem.strerror) from None
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(f"{key.secret}\n")
            file.flush()
            os.fsync(descriptor)
        sync_folder(folder)
        return memory

    @property
    def key(self) -> CosigningKey:
        """The witness's key; nobody else may be able to read it."""
        path = self._folder / KEY
        with found_in(str(path)):
            try:
                line = path.read_text(encoding="utf-8")
            except FileNotFoundError:
                raise Fault(N_("There is no witness in this folder; consult witness init makes one.")) from None
            except (OSError, UnicodeDecodeError):
                raise Fault(N_("The witness's key cannot be read.")) from None
            if stat.S_IMODE(path.stat().st_mode) & 0o077:
                raise Fault(N_("Others can read the witness's key; give the file the mode 0600."))
            return CosigningKey.parse(line.removesuffix("\n"))

    def trust(self, vkey: str, url: str) -> KnownLog:
        """Begin to cosign a log. A second key of the same log is added to the first, as when it changes its key."""
        with found_in("VKEY"):
            log = KnownLog(VerifyingKey.parse(vkey), url)
            if log.key.kind != ED25519:
                raise Fault(N_("This key is not of the kind with which logs sign, or witnesses cosign."))
        with self.held():
            others = [known for known in self.logs() if known.key != log.key]
            lines = "".join(f"{known.key.vkey} {known.url}".rstrip() + "\n" for known in [*others, log])
            self._put(self._folder / LOGS, lines.encode())
        return log

    def logs(self) -> list[KnownLog]:
        """Return the logs that this witness knows."""
        path = self._folder / LOGS
        if not path.exists():
            return []
        with found_in(str(path)):
            words = [line.split(" ") for line in path.read_text(encoding="utf-8").splitlines()]
            return [KnownLog(VerifyingKey.parse(vkey), " ".join(url)) for vkey, *url in words]

    def keys_of(self, origin: str) -> list[VerifyingKey]:
        """Return the keys that may sign for a log; none for one that is not known."""
        return [known.key for known in self.logs() if known.origin == origin]

    def note_of(self, origin: str) -> bytes | None:
        """Return the latest checkpoint of a log, with this witness's own signature; nothing before the first."""
        path = self._path_of(origin)
        return path.read_bytes() if path.exists() else None

    def latest(self, origin: str) -> Checkpoint:
        """Return the latest checkpoint of a log; the empty one before the first."""
        note = self.note_of(origin)
        if note is None:
            return Checkpoint(origin, 0, EMPTY_ROOT)
        with found_in(str(self._path_of(origin))):
            return Checkpoint.parse(Note.parse(note).text)

    def remember(self, origin: str, note: bytes) -> None:
        """Put the latest checkpoint on the disk; on return it is there whatever happens. To be called while held."""
        self._put(self._path_of(origin), note)

    def keep_evidence(self, origin: str, request: bytes) -> Path | None:
        """Keep, for good, what a log was caught with: the request, whose checkpoint the log itself has signed.

        Return where it lies; nothing if it lay there already, or if this log was caught so often that it proves no
        more. To be called while held.
        """
        folder = self._folder / EVIDENCE
        path = folder / f"{name_of(origin)}-{sha256(request).hexdigest()[:16]}"
        if path.exists() or len(list(folder.glob(f"{name_of(origin)}-*"))) >= MOST_EVIDENCE:
            return None
        self._put(path, request)
        return path

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let nobody else look and write meanwhile: no other thread, and no other process on this folder."""
        with self._in_this_process, (self._folder / LOCK).open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _path_of(self, origin: str) -> Path:
        return self._folder / CHECKPOINTS / name_of(origin)

    def _put(self, path: Path, content: bytes) -> None:
        assert len(content) <= 2 * MAX_NOTE_SIZE, "a state is small"
        path.parent.mkdir(mode=0o700, exist_ok=True)
        replace_file(path, content)


def name_of(origin: str) -> str:
    """Return the name of a log in paths: the SHA-256 of its origin, as the protocol says."""
    return sha256(origin.encode()).hexdigest()
