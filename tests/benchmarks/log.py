"""The public record under work: how fast acts enter it, how soon they are signed, how fast anyone checks them."""

import asyncio
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from threading import Event, Thread
from time import perf_counter, sleep

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from consult import clock
from consult.commands.working import keep_sequencing
from consult.consultations.recommendations import Kind, Recommendation
from consult.consultations.submissions import submit_recommendation
from consult.identity.actors import Actor, acting_as_self
from consult.identity.registers import Register, register_key
from consult.record.bodies import Body
from consult.record.entries import Leaf, RecordedEvent
from consult.record.entry_form import Commitment
from consult.record.events import RecommendationReceived, ResponsePublished
from consult.record.export import export
from consult.record.high_water import HighWater
from consult.record.keys import load_key
from consult.record.proofs import check_receipt
from consult.record.receipts import receipt
from consult.record.sequencer import advance
from consult.record.sources import open_source
from consult.record.tree import newest_checkpoint
from consult.record.verify import verify
from consult.settings import Settings
from consult.store import Database
from tests.benchmarks.faces import Face
from tests.benchmarks.pages import proposals
from tests.benchmarks.repeating import body_row, event_row, insert_events
from tests.benchmarks.tables import Figure
from tests.benchmarks.towns import ARTICLE, AT, Town
from web.database import ACTORS

APPENDED = 400
#: So many people press the button at once, and what each is answered: see other.
AT_ONCE, SENT = 8, 303
#: Writers during the watch on the signing: so many acts, so far apart.
WATCHED, APART_SECONDS = 200, 0.02
RECEIPTS = 300
#: A log of many years, of which every tenth entry has a text.
LONG_LOG, TEXT_EVERY = 100_000, 10


class Writing:
    """People who send proposals through the same action as the page does."""

    def __init__(self, database: Database, town: Town) -> None:
        self._database = database
        self._town = town
        self._actors: list[Actor] = database.read(lambda db: [acting_as_self(db, each) for each in town.people])
        self._sent = 0

    def send(self, _: object = None) -> Recommendation:
        """Send one proposal, unlike all others; it is committed when this returns."""
        self._sent += 1
        number = self._sent
        return self._database.act_alone(
            register_key(Register.RECOMMENDATIONS, self._town.authority.id),
            submit_recommendation,
            self._town.discussed.id,
            kind=Kind.OBSERVATION,
            provision_key=ARTICLE,
            wording=f"Termenul de {number} de zile e prea scurt pentru o asociație cu voluntari.",
            reason="",
            named=False,
            by=self._actors[number % len(self._actors)],
            at=AT,
        )


def of_a_living_town(database: Database, settings: Settings, town: Town) -> Iterator[Figure]:
    """Measure the record while people write to it."""
    writing = Writing(database, town)
    began = perf_counter()
    with ThreadPoolExecutor(ACTORS) as threads:
        sent = list(threads.map(writing.send, range(APPENDED)))
    yield Figure("acts entered by a real action", len(sent) / (perf_counter() - began), "a second", at_least=300)

    face = Face(database, settings, town)
    began = perf_counter()
    asyncio.run(sent_at_once(face))
    yield Figure("requests that record, at the face", APPENDED / (perf_counter() - began), "a second", at_least=300)

    waits = seconds_until_signed(database, settings, writing)
    yield Figure("from the commit to the signed checkpoint, median", median(waits), "s")
    yield Figure("  the slowest hundredth", quantiles(waits, n=100)[98], "s", at_most=2)

    key = load_key(settings.keys).verifying
    chosen = random.Random(52).sample(database.read(places), RECEIPTS)  # noqa: S311 - any will do
    began = perf_counter()
    receipts = [database.read(receipt, event_id) for event_id in chosen]
    yield Figure("receipts made", RECEIPTS / (perf_counter() - began), "a second", at_least=20)
    began = perf_counter()
    for each in receipts:
        assert each is not None
        check_receipt(each, [key])
    yield Figure("receipts checked", RECEIPTS / (perf_counter() - began), "a second", at_least=1000)


async def sent_at_once(face: Face) -> None:
    """Send proposals as browsers do, several people at once."""
    requests = islice(proposals(face), APPENDED)

    async def send_some() -> None:
        for request in requests:
            answer = await face.ask(request)
            assert answer.status == SENT, f"{answer.status}\n{answer.body[:500]!r}"

    async with asyncio.TaskGroup() as senders:
        for _ in range(AT_ONCE):
            senders.create_task(send_some())


def seconds_until_signed(database: Database, settings: Settings, writing: Writing) -> list[float]:
    """Return how long each of some acts waited for a checkpoint that covers it, while others were written."""
    stop, seen = Event(), list[tuple[float, int]]()

    def watch() -> None:
        while not stop.is_set():
            size = database.read(signed_size)
            if not seen or size > seen[-1][1]:
                seen.append((perf_counter(), size))
            sleep(0.005)

    beside = [Thread(target=keep_sequencing, args=(settings, database, stop)), Thread(target=watch)]
    for thread in beside:
        thread.start()
    committed = []
    for _ in range(WATCHED):
        committed.append((writing.send().event_id, perf_counter()))
        sleep(APART_SECONDS)
    all_of_them = database.read(count_events)
    while seen[-1][1] < all_of_them:
        sleep(0.05)
    stop.set()
    for thread in beside:
        thread.join()
    place = {event_id: at for at, event_id in enumerate(database.read(places))}
    return [next(when for when, size in seen if size > place[event_id]) - since for event_id, since in committed]


def places(db: Session) -> list[str]:
    """Return the acts of the log by their places."""
    return list(db.scalars(select(Leaf.event_id).order_by(Leaf.idx)))


def count_events(db: Session) -> int:
    """Return how many acts there are, signed or not."""
    return db.scalar(select(func.count(RecordedEvent.id))) or 0


def signed_size(db: Session) -> int:
    """Return how many acts are signed."""
    checkpoint = newest_checkpoint(db)
    return checkpoint.size if checkpoint else 0


def sequence_all(database: Database, settings: Settings) -> Figure:
    """Give every act that waits its place."""
    key, high_water = load_key(settings.keys), HighWater(settings.high_water_file)
    began, taken = perf_counter(), 0
    while now_taken := advance(database, key, at=clock.now(), high_water=high_water):
        taken += now_taken
    return Figure("acts sequenced", taken / (perf_counter() - began), "a second", at_least=5000)


def of_a_long_log(database: Database, settings: Settings, folder: Path) -> Iterator[Figure]:
    """Measure a log of many years: sequencing, exporting and verifying it."""
    database.act(write_long_log)
    yield sequence_all(database, settings)
    began = perf_counter()
    files = database.read(export, folder)
    yield Figure(f"exported, {files:,} files", perf_counter() - began, "s")
    began = perf_counter()
    with open_source(str(folder)) as source:
        found = verify(source)
    assert (found.checkpoint.size, found.bodies) == (LONG_LOG, LONG_LOG // TEXT_EVERY + 1)
    yield Figure(f"{LONG_LOG:,} entries verified offline", perf_counter() - began, "s", at_most=6)


def write_long_log(db: Session) -> None:
    """Record what a town hall receives and answers in many years."""
    shared = body_row(Kind.OBSERVATION, "", 0)
    reason = Commitment(shared["commitment"], len(shared["content"]))
    bodies, events = [shared], []
    for number in range(LONG_LOG):
        subject = f"consult:izvoru/consultari/1-2026/propuneri/{number}-2026"
        if number % TEXT_EVERY:
            answered = ResponsePublished(subject=subject, recommendation=number, verdict="partly", body=reason)
            events.append(event_row(answered, at=AT))
            continue
        body = body_row(Kind.OBSERVATION, "", number)
        bodies.append(body)
        committed = Commitment(body["commitment"], len(body["content"]))
        received = RecommendationReceived(subject=subject, number=number, kind=Kind.OBSERVATION, body=committed)
        events.append(event_row(received, at=AT))
    db.execute(insert(Body), bodies)
    insert_events(db, events)
