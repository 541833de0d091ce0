"""The vote day itself: people vote, things are killed, the end comes while some are still voting, all is opened."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic, sleep

from sqlalchemy import update
from sqlalchemy.orm import Session

from consult import clock
from consult.budgeting.closing import COUNTING, REPLACED
from consult.budgeting.cycles import CycleId, lock_of
from consult.budgeting.elections import Election, election_of
from consult.budgeting.opened import open_ballots
from consult.budgeting.openings import Opening
from consult.budgeting.phases import CyclePhase, Phase
from consult.record.openings import election_file
from consult.settings import Settings
from consult.store import Database
from tests.databases import PostgresqlServer, free_port
from tests.load.servers import killing, serving
from tests.load.towns import VoteDay, settle_voters
from tests.load.voters import Log, Place, vote_all

#: Of so many voters one comes at the last moment, and so long before the end these begin, in seconds.
LATE_ONE_IN, LAST_SECONDS = 20, 2.0
#: So long the worker may take to close the vote; it looks once a minute.
PATIENCE_SECONDS = 900


@dataclass(frozen=True)
class Outcome:
    """What voters were told, and what was published in the end.

    `seconds`: from the first voter to the last of those who did not come late. `closing`: from the end of the vote to
    the destroyed key, in seconds. `listed`: whether each ballot counts, by its commitment. `killed`: what was.
    """

    log: Log
    began: float
    seconds: float
    closing: float
    listed: Mapping[str, str]
    opened: Sequence[Opening]
    killed: Sequence[str]

    @property
    def acknowledged(self) -> Mapping[str, str]:
        """What the list of the close must say by the receipts: the last ballot of each voter counts."""
        said: dict[str, str] = {}
        for receipts in self.log.receipts.values():
            *replaced, last = (receipt.commitment for receipt in receipts)
            said |= dict.fromkeys(replaced, REPLACED) | {last: COUNTING}
        return said


@dataclass(frozen=True)
class Kills:
    """How often a serving process and PostgreSQL itself are killed, in seconds."""

    seconds: float
    crash_seconds: float


def rehearse(settings: Settings, voters: int, *, server: PostgresqlServer | None, kills: Kills | None) -> Outcome:
    """Let so many people vote in an empty database, and return what came of it."""
    database, log = Database(settings.database_url), Log()
    day = database.act(settle_voters, settings, voters, at=clock.now())
    place = Place(free_port(), day.year, day.vote.key.promising.verifying)
    everybody = dict(enumerate(day.tokens))
    late = {voter: everybody.pop(voter) for voter in [*everybody][::LATE_ONE_IN]}
    with ExitStack() as stack:
        stack.callback(database.close)
        above = stack.enter_context(serving(settings, place.port, settings.data / "errors.log"))
        killed: Sequence[str] = []
        began = monotonic()
        with ExitStack() as dangers:
            if kills and server:
                times = {"seconds": kills.seconds, "crash_seconds": kills.crash_seconds}
                killed = dangers.enter_context(killing(above, server, **times))
            asyncio.run(vote_all(place, everybody, log))
        seconds = monotonic() - began
        database.act(end_soon, day.vote.cycle_id)
        asyncio.run(vote_all(place, late, log))
        ended = monotonic()
        wait_for_close(database, day.vote.cycle_id)
        closing = monotonic() - ended
        listed, opened = open_all(database, day)
    return Outcome(log, began, seconds, closing, listed, opened, killed)


def end_soon(db: Session, cycle_id: CycleId) -> None:
    """Let the vote end in a moment, which no official could do."""
    voting = CyclePhase.cycle_id == cycle_id, CyclePhase.phase == Phase.VOTING
    db.execute(update(CyclePhase).where(*voting).values(ends_at=clock.now() + timedelta(seconds=LAST_SECONDS)))


def wait_for_close(database: Database, cycle_id: CycleId) -> None:
    """Wait until the worker has closed the vote and destroyed its key."""
    ends = monotonic() + PATIENCE_SECONDS
    while database.read(lambda db: db.get_one(Election, cycle_id).key_destroyed_at) is None:
        assert monotonic() < ends, "the vote is not closed"
        sleep(0.5)


def open_all(database: Database, day: VoteDay) -> tuple[Mapping[str, str], Sequence[Opening]]:
    """Open the ballots as two holders of the commission's key do; return the list of the close, and them."""
    cycle_id, (one, other, _) = day.vote.cycle_id, day.vote.parts
    opened = database.act_alone(lock_of(cycle_id), open_ballots, cycle_id, one, other, at=clock.now())
    election = database.read(election_of, cycle_id)
    assert election is not None
    listing = database.read(election_file, election.listing or "") or b""
    lines = [line.split() for line in listing.decode().splitlines()]
    return dict(lines), opened
