"""Proposals per second, end to end: browsers, HTTP, as many serving processes as the machine has cores, the database.

Everything is as in production but for the proxy: uvicorn serves, beside it the record is signed, and whoever sends is
on the same cores, as is PostgreSQL's server. Each proposal is a whole form: whose session it is, what the law lets them
do, the number without a gap, the row, the entry of the record, the letter, the commit.

Two cores carry some 200 a second, not the 300 that are wanted. On SQLite a request takes 4.5 ms of CPU time, all in one
process. On PostgreSQL it takes 6.6 ms in the serving process and 3.1 ms in the server's: even if both cores were never
idle, that is 206 a second. And they are idle: register numbers without gaps are given one after another, so that
acts of one authority and year do not overlap, and each asks its server some twenty things in turn, at 0.3 ms a way,
during which the other side sleeps: some 110 a second. Other authorities' acts do not wait for these, and more cores
help until then. What would help one authority is fewer ways: several rows sent at once, without waiting for each.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from threading import Event, Thread
from time import perf_counter
from urllib.parse import urlencode

import uvicorn
from litestar import Litestar

from consult.commands.working import keep_sequencing
from consult.settings import Settings
from consult.store import Database
from tests.benchmarks.faces import Face, Request
from tests.benchmarks.pages import proposals
from tests.benchmarks.tables import Figure
from tests.benchmarks.towns import AT
from tests.databases import free_port
from tests.load.servers import environment, wait_for
from web.app import HANDLERS, installed, routed
from web.identity.sign_in import sign_in_page

HOST = "127.0.0.1"
PROCESSES = 2
#: So many browsers at once; so many proposals before it is measured, and then; and what each is answered: see other.
BROWSERS, FIRST, SENT, SEE_OTHER = 24, 100, 600, b"303"


def face() -> Litestar:
    """Return the pages of the installation in the environment, in whose town it is always the same day."""
    settings = Settings.from_environment()
    # Not the worker, which keeps real time: to it the sessions of the town's day are long over.
    background = [keep_sequencing] if settings.is_embedded else []
    return installed(routed(HANDLERS, sign_in_page), settings, None, background=background, clock=lambda: AT)


def of_a_served_town(asked: Face, settings: Settings, *, first: int = FIRST, sent: int = SENT) -> Iterator[Figure]:
    """Measure how many proposals a town receives through its real door."""
    processes = 1 if settings.is_embedded else PROCESSES
    port = free_port()
    serving = [sys.executable, "-m", __name__, str(port), str(processes)]
    with ExitStack() as stack:
        started = subprocess.Popen(serving, env=environment(settings))
        stack.callback(started.wait)
        stack.callback(started.terminate)
        if not settings.is_embedded:
            stack.enter_context(_sequencing(settings))
        wait_for(port)
        asyncio.run(_send(asked, port, first))
        began = perf_counter()
        asyncio.run(_send(asked, port, sent))
        taken = perf_counter() - began
    yield Figure(f"proposals by HTTP, {processes} serving", sent / taken, "a second", at_least=300)


@contextmanager
def _sequencing(settings: Settings) -> Iterator[None]:
    """Sign the record beside the serving processes, as the worker does."""
    database, stop = Database(settings.database_url), Event()
    thread = Thread(target=keep_sequencing, args=(settings, database, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        database.close()


async def _send(asked: Face, port: int, number: int) -> None:
    """Send proposals over so many connections, each of which waits for its answer."""
    requests = islice(proposals(asked), number)

    async def browse() -> None:
        reader, writer = await asyncio.open_connection(HOST, port)
        for request in requests:
            writer.write(_by_http(request))
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.split()[1] == SEE_OTHER, head
            lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
            await reader.readexactly(int(lengths[0].split(b":")[1]) if lengths else 0)
        writer.close()

    async with asyncio.TaskGroup() as browsers:
        for _ in range(BROWSERS):
            browsers.create_task(browse())


def _by_http(request: Request) -> bytes:
    body = urlencode(request.form or {}).encode()
    headers = [*request.headers, (b"content-length", str(len(body)).encode())]
    lines = [b"POST " + request.path.encode() + b" HTTP/1.1", *(name + b": " + value for name, value in headers)]
    return b"\r\n".join([*lines, b"", body])


if __name__ == "__main__":
    uvicorn.run(
        "tests.benchmarks.serving:face",
        factory=True,
        port=int(sys.argv[1]),
        workers=int(sys.argv[2]),
        access_log=False,
        log_level="warning",
    )
