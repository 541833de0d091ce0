"""What serves on a vote day, and how it is killed: `consult serve`, `consult worker`, and PostgreSQL beneath them."""

import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

from consult.settings import Settings
from tests.databases import PostgresqlServer, children_of

PROCESSES = 2
#: So long the service may take to come up.
PATIENCE_SECONDS = 60
#: How a serving process is told from the others that Python starts beside it.
SERVING = b"spawn_main"


@contextmanager
def serving(settings: Settings, port: int, log: Path) -> Iterator[int]:
    """Serve a town, and work and sign beside it; return the process above the serving ones."""
    consult = str(Path(sys.executable).with_name("consult"))
    processes = "1" if settings.is_embedded else str(PROCESSES)
    with log.open("ab") as errors:
        started = [[consult, "serve", "--port", str(port), "--workers", processes]]
        started += [] if settings.is_embedded else [[consult, "worker"]]
        running = [subprocess.Popen(each, env=environment(settings), stderr=errors) for each in started]
        try:
            wait_for(port)
            yield running[0].pid
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait()


@contextmanager
def killing(above: int, server: PostgresqlServer, *, seconds: float, crash_seconds: float) -> Iterator[list[str]]:
    """Kill a serving process every few seconds and PostgreSQL every so many; return what was killed."""
    killed: list[str] = []
    stop = Event()

    def kill() -> None:
        crashed = monotonic()
        while not stop.wait(random.uniform(0.5, 1.5) * seconds):  # noqa: S311 - chance, not a secret
            if monotonic() - crashed > crash_seconds:
                server.crash()
                killed.append("postgresql")
                crashed = monotonic()
            elif workers := serving_below(above):
                with suppress(ProcessLookupError):
                    os.kill(random.choice(workers), signal.SIGKILL)  # noqa: S311 - as above
                    killed.append("worker")

    thread = Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        stop.set()
        thread.join()


def serving_below(above: int) -> Sequence[int]:
    """Return the serving processes that one has started."""
    found = []
    for pid in children_of(above):
        with suppress(OSError):
            if SERVING in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(pid)
    return found


def environment(settings: Settings) -> dict[str, str]:
    """Return the environment that says these settings."""
    return os.environ | {
        "CONSULT_DATA": str(settings.data),
        "CONSULT_KEYS": str(settings.keys),
        "CONSULT_BASE_URL": settings.base_url,
        "DATABASE_URL": settings.database_url,
    }


def wait_for(port: int) -> None:
    """Wait until somebody listens."""
    ends = monotonic() + PATIENCE_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            assert monotonic() < ends, "the server does not start"
            sleep(0.1)
        else:
            return
