"""A town hall that is open: the real service on a port of this machine, its worker and its sequencer beside it."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import uvicorn

from consult.commands.installing import create_keys, prepare
from consult.commands.working import keep_sequencing, keep_working
from consult.i18n import ZONE
from consult.mail import read_folder
from consult.mail.letters import Letter
from consult.settings import Settings
from consult.store import Database
from tests.databases import free_port
from web.app import create_app

#: A letter takes a second; a machine under load may need longer.
PATIENCE_SECONDS = 30
LINK = re.compile(r"http\S+")
NO_BREAK = "\u00a0"


class Clock:
    """The time in the town, by the clock of Bucharest. It runs as all clocks do, and can be put forward."""

    def __init__(self, *moment: int) -> None:
        self._set_to, self._when = in_bucharest(*moment), time.monotonic()

    def __call__(self) -> datetime:
        return self._set_to + timedelta(seconds=time.monotonic() - self._when)

    def put(self, *moment: int) -> None:
        """Go forward to a moment: year, month, day, hour, minute, second."""
        at = in_bucharest(*moment)
        assert at > self(), "time does not run backwards"
        self._set_to, self._when = at, time.monotonic()

    def pass_by(self, **interval: float) -> None:
        """Let some time go by."""
        self._set_to += timedelta(**interval)


def in_bucharest(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """Return the instant of a moment in Bucharest."""
    return datetime(year, month, day, hour, minute, second, tzinfo=ZONE).astimezone(UTC)


class TownHall:
    """What anybody can know of the town hall from outside: its address, the time, and the letters in one's mailbox."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.address = settings.base_url

    def letter(self, to: str, subject: str) -> Letter:
        """Wait for the newest letter to somebody with these words in its subject."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            letters = read_folder(self.settings.mail_folder)
            for letter in letters:
                if letter.to == to and subject in letter.subject.replace(NO_BREAK, " "):
                    return letter
            time.sleep(0.1)
        raise AssertionError(f"no letter “{subject}” to {to}, but {[(each.to, each.subject) for each in letters]}")

    def link(self, to: str, subject: str) -> str:
        """Wait for a letter, and return the one link in it."""
        links = LINK.findall(self.letter(to, subject).text)
        assert len(links) == 1
        return str(links[0])


def settings_in(folder: Path, database_url: str) -> Settings:
    """Return the settings of an installation on a free port."""
    return Settings(
        data=folder,
        keys=folder / "keys",
        database_url=database_url,
        base_url=f"http://127.0.0.1:{free_port()}",
    )


@contextmanager
def installed(settings: Settings) -> Iterator[Database]:
    """Give the database of a new installation, before its doors open: keys are there, people are not."""
    database = prepare(settings)
    create_keys(settings)
    yield database
    database.close()


@contextmanager
def opened(settings: Settings, clock: Clock) -> Iterator[TownHall]:
    """Open the doors: serve the pages as `consult serve` does, on this clock."""
    app = create_app(settings, background=[keep_working, keep_sequencing], clock=clock)
    port = int(settings.base_url.rpartition(":")[2])
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", access_log=False, server_header=False)
    )
    thread = Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the service did not start"
            time.sleep(0.01)
        yield TownHall(settings, clock)
    finally:
        server.should_exit = True
        thread.join()
