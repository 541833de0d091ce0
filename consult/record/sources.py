"""Where a log is read from: a folder on this machine, or the address of a living log or a mirror."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from time import sleep
from typing import IO, Protocol

import httpx

from consult.i18n import N_
from consult.record.faults import Fault, found_in

TIMEOUT_SECONDS = 30
#: How often an address is asked that is busy, as a record is between an erasure and its next signature.
BUSY_TRIES = 4
BUSY_SECONDS = 1
#: Files larger than this are kept on the disk while they are read.
IN_MEMORY = 1 << 20


class Missing(Fault):
    """There is no such file."""


class Source(Protocol):
    """The files of one log."""

    def open(self, path: str, limit: int) -> IO[bytes]:
        """Open a file for reading; a fault if it is missing or longer than `limit` bytes."""

    def paths(self) -> Iterator[str]:
        """Return the path of every file that is there, where that can be known."""


@contextmanager
def open_source(location: str) -> Iterator[Source]:
    """Reach the folder or the address that somebody named."""
    if location.startswith(("http://", "https://")):
        # A redirection is not followed: it could lead anywhere.
        with httpx.Client(timeout=TIMEOUT_SECONDS, follow_redirects=False) as client:
            yield Site(client, location)
    else:
        yield Folder(Path(location))


def read_all(source: Source, path: str, limit: int) -> bytes:
    """Return the content of a small file."""
    with source.open(path, limit) as file:
        return file.read()


class Folder:
    """An exported log, or a mirror of one."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise Fault(N_("There is no folder %(folder)s."), folder=folder)
        self._folder = folder

    def open(self, path: str, limit: int) -> IO[bytes]:
        """Open a file of the folder."""
        with found_in(path):
            try:
                file = (self._folder / path).open("rb")
            except (FileNotFoundError, NotADirectoryError):
                raise Missing(N_("The file is missing.")) from None
            except OSError as problem:
                raise Fault(N_("The file cannot be read (%(problem)s)."), problem=problem.strerror) from None
            if os.fstat(file.fileno()).st_size > limit:
                file.close()
                raise Fault(N_("The file is longer than the %(limit)d bytes that it may have."), limit=limit)
            return file

    def paths(self) -> Iterator[str]:
        """Return the path of every file, below the folder."""
        for folder, _, names in os.walk(self._folder):
            for name in names:
                path = os.path.relpath(os.path.join(folder, name), self._folder)  # noqa: PTH118 - a million times
                # A name that is not UTF-8 must still be printable in a sentence.
                yield path.replace(os.sep, "/").encode(errors="backslashreplace").decode()


class Site:
    """A log behind an address, such as https://consult.example.org/log/1."""

    def __init__(self, client: httpx.Client, address: str) -> None:
        self._client = client
        self._address = address.rstrip("/")

    def open(self, path: str, limit: int) -> IO[bytes]:
        """Fetch a file."""
        with found_in(path), ExitStack() as unfinished:
            received = unfinished.enter_context(SpooledTemporaryFile(IN_MEMORY))
            try:
                self._fetch(path, received, limit)
            except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as problem:  # UnicodeError: no host has this name
                words = str(problem) or type(problem).__name__
                raise Fault(N_("The file cannot be fetched (%(problem)s)."), problem=words) from None
            received.seek(0)
            # It has arrived; from now on it is the caller's to close.
            unfinished.pop_all()
            return received

    def paths(self) -> Iterator[str]:
        """Return nothing: nobody can ask an address for what it does not tell of."""
        return iter(())

    def _fetch(self, path: str, received: "SpooledTemporaryFile[bytes]", limit: int) -> None:
        for _ in range(BUSY_TRIES):
            if self._has_come(path, received, limit):
                return
            sleep(BUSY_SECONDS)
        raise Fault(N_("The address is busy; try again later."))

    def _has_come(self, path: str, received: "SpooledTemporaryFile[bytes]", limit: int) -> bool:
        """Receive a file; tell whether the address was not too busy to give it."""
        with self._client.stream("GET", f"{self._address}/{path}") as answer:
            if answer.status_code == httpx.codes.NOT_FOUND:
                raise Missing(N_("The file is missing."))
            if answer.status_code == httpx.codes.GONE:
                raise Fault(N_("The text was erased since the list of files was made; read the record again."))
            if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
                return False
            if answer.status_code != httpx.codes.OK:
                raise Fault(N_("The address answers with status %(status)d."), status=answer.status_code)
            for chunk in answer.iter_bytes():
                received.write(chunk)
                if received.tell() > limit:
                    raise Fault(N_("The file is longer than the %(limit)d bytes that it may have."), limit=limit)
        return True
