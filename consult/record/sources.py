"""Where a log is read from: a folder on this machine, or the address of a living log or a mirror."""

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from socket import SHUT_RDWR, socket
from tempfile import SpooledTemporaryFile
from threading import Timer
from time import monotonic, sleep
from typing import IO, Any, NoReturn, Protocol

import httpx

from consult.i18n import N_
from consult.record.faults import Fault, found_in

#: How long an address may be silent, and how long one file may take, however busily its bytes drip.
TIMEOUT_SECONDS = 30
FILE_SECONDS = 600
#: How long all that is asked of one address may take: files that each come in time may be millions.
ALL_SECONDS = 86_400.0
#: How often an address is asked that is busy, as a record is between an erasure and its next signature.
BUSY_TRIES = 4
BUSY_SECONDS = 1
#: Files larger than this are kept on the disk while they are read.
IN_MEMORY = 1 << 20


class Missing(Fault):
    """There is no such file."""


class NotReached(Fault):
    """An address did not give what it was asked for. That says nothing of the log: asked again, it may."""


class Source(Protocol):
    """The files of one log."""

    def open(self, path: str, limit: int) -> IO[bytes]:
        """Open a file for reading; a fault if it is missing or longer than `limit` bytes."""

    def paths(self) -> Iterator[str]:
        """Return the path of every file that is there, where that can be known."""


@contextmanager
def open_source(location: str, seconds: float = ALL_SECONDS) -> Iterator[Source]:
    """Reach the folder or the address that somebody named. `seconds`: how long all that is asked of it may take."""
    if is_address(location):
        with open_site(location, seconds) as site:
            yield site
    elif "://" in location:
        check_address(location)
    else:
        yield Folder(Path(location))


@contextmanager
def open_site(address: str, seconds: float = ALL_SECONDS) -> Iterator["Site"]:
    """Reach an address. `seconds`: how long all that is asked of it may take."""
    # A redirection is not followed: it could lead anywhere.
    with httpx.Client(timeout=TIMEOUT_SECONDS, follow_redirects=False) as client:
        yield Site(client, address, monotonic() + seconds)


def is_address(location: str) -> bool:
    """Tell whether somebody named an address, and not a folder."""
    return location.startswith(("http://", "https://"))


def check_address(location: str) -> None:
    """Refuse what is not an address, where only an address will do."""
    if not is_address(location):
        with found_in(location):
            raise Fault(N_("This is not an address that begins with https://."))


def read_all(source: Source, path: str, limit: int) -> bytes:
    """Return the content of a small file."""
    with source.open(path, limit) as file:
        return file.read()


class Folder:
    """An exported log, or a mirror of one."""

    def __init__(self, folder: Path) -> None:
        if folder.is_file():
            sentence = N_("%(folder)s is a file. A record is a folder: unpack it first, if it is an archive.")
            raise Fault(sentence, folder=folder)
        if not folder.is_dir():
            raise Fault(N_("There is no folder %(folder)s."), folder=folder)
        self._folder = folder

    def open(self, path: str, limit: int) -> IO[bytes]:
        """Open a file of the folder."""
        with found_in(path):
            try:
                # Joined without pathlib, which would take a third of the time of reading a short text.
                name = f"{self._folder}/{path}"
                file = open(name, "rb", opener=_open_at_once)  # noqa: SIM115 - the caller's to close
            except (FileNotFoundError, NotADirectoryError):
                raise Missing(N_("The file is missing.")) from None
            except (OSError, ValueError) as problem:  # ValueError: no file has such a name
                words = getattr(problem, "strerror", None) or str(problem)
                raise Fault(N_("The file cannot be read (%(problem)s)."), problem=words) from None
            found = os.fstat(file.fileno())
            if stat.S_ISREG(found.st_mode) and found.st_size <= limit:
                return file
            file.close()
            if not stat.S_ISREG(found.st_mode):
                raise Fault(N_("This is not a file: it may be a device or a pipe."))
            raise Fault(N_("The file is longer than the %(limit)d bytes that it may have."), limit=limit)

    def paths(self) -> Iterator[str]:
        """Return the path of every file, and of every link to a folder, below the folder."""
        for folder, folders, names in os.walk(self._folder, onerror=_unreadable):
            links = (name for name in folders if os.path.islink(os.path.join(folder, name)))  # noqa: PTH114, PTH118
            for name in (*names, *links):
                path = os.path.relpath(os.path.join(folder, name), self._folder)  # noqa: PTH118 - a million times
                # A name that is not UTF-8 must still be printable in a sentence.
                yield path.replace(os.sep, "/").encode(errors="backslashreplace").decode()


class Site:
    """A log behind an address, such as https://consult.example.org/log/1."""

    def __init__(self, client: httpx.Client, address: str, ends_at: float) -> None:
        self._client = client
        self._address = address.rstrip("/")
        self._ends_at = ends_at
        self._connection: socket | None = None

    def open(self, path: str, limit: int) -> IO[bytes]:
        """Fetch a file."""
        with found_in(path), ExitStack() as unfinished:
            received = unfinished.enter_context(SpooledTemporaryFile(IN_MEMORY))
            try:
                self._fetch_in_time(path, received, limit)
            except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as problem:  # UnicodeError: no host has this name
                words = str(problem) or type(problem).__name__
                raise NotReached(N_("The file cannot be fetched (%(problem)s)."), problem=words) from None
            received.seek(0)
            # It has arrived; from now on it is the caller's to close.
            unfinished.pop_all()
            return received

    def paths(self) -> Iterator[str]:
        """Return nothing: nobody can ask an address for what it does not tell of."""
        return iter(())

    def _fetch_in_time(self, path: str, received: "SpooledTemporaryFile[bytes]", limit: int) -> None:
        """Fetch a file, and hang up where it takes too long: the time limits of HTTP begin anew with every byte."""
        ends_at = min(monotonic() + FILE_SECONDS, self._ends_at)
        _check_time(ends_at)
        timer = Timer(ends_at - monotonic(), self._hang_up)
        timer.daemon = True
        timer.start()
        try:
            self._fetch(path, received, limit)
        except httpx.HTTPError:
            _check_time(ends_at)
            raise
        finally:
            timer.cancel()
        # What comes without its length looks whole when somebody hangs up.
        _check_time(ends_at)

    def _hang_up(self) -> None:
        connection = self._connection
        if connection is not None:
            with suppress(OSError):
                # Not by a method of the connection: that of TLS would first say goodbye.
                socket.shutdown(connection, SHUT_RDWR)

    def _remember(self, step: str, told: Mapping[str, Any]) -> None:  # Any: httpx says so
        """Be told each step of a conversation, and so when another connection is opened."""
        if step in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._connection = told["return_value"].get_extra_info("socket")

    def _fetch(self, path: str, received: "SpooledTemporaryFile[bytes]", limit: int) -> None:
        for _ in range(BUSY_TRIES):
            if self._has_come(path, received, limit):
                return
            sleep(BUSY_SECONDS)
        raise NotReached(N_("The address is busy; try again later."))

    def _has_come(self, path: str, received: "SpooledTemporaryFile[bytes]", limit: int) -> bool:
        """Receive a file; tell whether the address was not too busy to give it."""
        asked = self._client.stream("GET", f"{self._address}/{path}", extensions={"trace": self._remember})
        with asked as answer:
            if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
                return False
            if answer.status_code != httpx.codes.OK:
                raise _refusal(answer)
            for chunk in answer.iter_bytes():
                received.write(chunk)
                if received.tell() > limit:
                    raise Fault(N_("The file is longer than the %(limit)d bytes that it may have."), limit=limit)
        return True


def _check_time(ends_at: float) -> None:
    if monotonic() >= ends_at:
        raise NotReached(N_("The address takes longer than anybody can wait for."))


def _refusal(answer: httpx.Response) -> Fault:
    """Return what an address says instead of giving a file."""
    if answer.status_code == httpx.codes.NOT_FOUND:
        return Missing(N_("The file is missing."))
    if answer.status_code == httpx.codes.GONE:
        return NotReached(N_("The text was erased since the list of files was made; read the record again."))
    if answer.is_redirect:
        there = "".join(each for each in answer.headers["location"] if each.isprintable())[:100]
        return NotReached(
            N_("The address sends us on to %(there)s, and no redirection is followed; if you trust it, name it."),
            there=there,
        )
    return NotReached(N_("The address answers with status %(status)d."), status=answer.status_code)


def _open_at_once(path: str, flags: int) -> int:
    """Open a file without waiting for anybody to write into it, should it be a pipe."""
    return os.open(path, flags | os.O_NONBLOCK)


def _unreadable(problem: OSError) -> NoReturn:
    raise Fault(
        N_("The folder %(folder)s cannot be read (%(problem)s)."), folder=problem.filename, problem=problem.strerror
    )
