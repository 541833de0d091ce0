"""The record of many years, a million entries, on files alone: how long its audit takes and how much memory."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter

from consult.policy.deadlines import evaluate
from consult.policy.freezing import freeze
from consult.policy.packs import Pack
from consult.policy.reading import find_pack
from consult.record.checkpoints import Checkpoint
from consult.record.edge import Edge
from consult.record.entry_form import SALT_SIZE, Commitment, Event, Signer, encode_entry
from consult.record.events import (
    AuthorityCreated,
    ConsultationAnnounced,
    DocumentPublished,
    OfficialAppointed,
    PackFrozen,
    RecommendationReceived,
    ResponsePublished,
    Term,
)
from consult.record.listing import paths_of
from consult.record.merkle import leaf_hash
from consult.record.notes import SigningKey
from consult.record.roll import Roll
from consult.record.tiles import TILE_WIDTH, Tile, bundle, bundles_of
from tests.benchmarks.tables import Figure

KEY = SigningKey("consult.example.org/log/1", sha256(b"the key of the benchmarks").digest())
ADMINISTRATOR, APPROVER, CONTACT = (
    Signer(role, name) for role, name in (("administrator", "ad01"), ("approver", "a440"), ("contact_person", "c0a7"))
)
#: The report of approval that each announcement comes with, byte for byte the same.
REPORT = sha256(b"Referat de aprobare").hexdigest()
#: Every consultation receives so many proposals and answers each; so many consultations make a million entries.
PROPOSALS, CONSULTATIONS = 1_000, 500
FIRST_DAY = date(2014, 1, 8)
#: Every tenth proposal has words of its own; the others were copied from a neighbour.
WORDS_EVERY = 10
SECOND = timedelta(seconds=1)


def of_a_million_entries(folder: Path, consultations: int = CONSULTATIONS) -> Iterator[Figure]:
    """Measure the command, with all the memory that it takes from its start."""
    size = write(folder, consultations)
    program = Path(sys.executable).with_name("consult")
    command: list[str | Path] = [program, "audit", folder, "--key", KEY.verifying.vkey, "--json"]
    with TemporaryFile() as told:
        began = perf_counter()
        process = subprocess.Popen(command, stdout=told)
        _, status, used = os.wait4(process.pid, 0)
        taken = perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        assert process.returncode == 0, told.read().decode()
    yield Figure(f"{size:,} entries verified and audited offline", taken, "s", at_most=60)
    yield Figure("  the most memory it took", used.ru_maxrss / 1024, "MB", at_most=300)


def write(folder: Path, consultations: int) -> int:
    """Write a lawful log; return how many entries it has."""
    writer = Writer(folder)
    writer.begin()
    pack, day = find_pack("ro/law-52-2003"), FIRST_DAY
    number, registers = 0, dict[int, int]()
    for _ in range(consultations):
        number = number + 1 if registers and day.year in registers else 1
        registers.setdefault(day.year, 0)
        day = writer.tell(pack, f"{number}-{day.year}", day, registers)
    return writer.close()


class Writer:
    """A log that grows, entry by entry, as files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.edge = Edge()
        self.waiting: list[bytes] = []
        self.packs: list[str] = []
        self.bodies: list[str] = []
        self.copied = self.keep(b"Cer o trecere de pietoni.")

    def begin(self) -> None:
        """Let the authority begin, and appoint its officials."""
        at = datetime.combine(FIRST_DAY, time(6), UTC)
        self.add(AuthorityCreated(subject="consult:izvoru", name="Izvoru"), ADMINISTRATOR, at)
        prev = None
        for official in (ADMINISTRATOR, APPROVER, CONTACT):
            event = OfficialAppointed(subject="consult:izvoru/functionari", role=official.role)
            prev = self.add(event, ADMINISTRATOR, at, prev)

    def tell(self, pack: Pack, reference: str, day: date, registers: dict[int, int]) -> date:
        """Announce a consultation, receive its proposals and answer them; return the day of the next one."""
        subject = f"consult:izvoru/consultari/{reference}"
        at = datetime.combine(day, time(8), UTC)
        until, submission = (
            evaluate(pack, f"{rule}", day).day for rule in ("proposals-period", "announcement-before-avizare")
        )
        frozen = freeze(pack, day, day + timedelta(days=365))
        self.file(f"pack/{frozen.digest}", frozen.content)
        self.packs.append(frozen.digest)
        prev = self.add(
            PackFrozen(subject=subject, name=frozen.name, version=frozen.version, pack=frozen.digest), APPROVER, at
        )
        announced = ConsultationAnnounced(
            subject=subject,
            number=reference,
            title="Regulament",
            terms=(
                Term("proposals_until", f"{pack.id}#proposals-period", until),
                Term("submission_on", f"{pack.id}#announcement-before-avizare", submission),
            ),
            pack=frozen.digest,
            version=frozen.digest,
            drafted_by=("c1e4",),
        )
        prev = self.add(announced, APPROVER, at, prev)
        report = DocumentPublished(subject=subject, sha256=REPORT, name="Referat.pdf", kind="report")
        self.add(report, APPROVER, at, prev)
        received = [self.receive(subject, day.year, registers, at + each * SECOND) for each in range(1, PROPOSALS + 1)]
        answered = datetime.combine(until + timedelta(days=1), time(8), UTC)
        for proposal, number, leaf in received:
            event = ResponsePublished(subject=proposal, recommendation=number, verdict="partly", body=self.copied)
            self.add(event, CONTACT, answered, leaf)
        return answered.date() + timedelta(days=1)

    def receive(self, consultation: str, year: int, registers: dict[int, int], at: datetime) -> tuple[str, int, bytes]:
        """Receive a proposal; return its subject, its number and its leaf."""
        registers[year] += 1
        number = registers[year]
        subject = f"{consultation}/propuneri/{number}-{year}"
        own = number % WORDS_EVERY == 0
        body = self.keep(f"Propunerea {number} din {year}".encode()) if own else self.copied
        event = RecommendationReceived(subject=subject, number=number, kind="observation", body=body)
        return subject, number, self.add(event, Signer("participant", f"{number:016x}"), at)

    def add(self, event: Event, by: Signer, at: datetime, prev: bytes | None = None) -> bytes:
        """Add an entry and return its leaf."""
        entry = encode_entry(event, signer=by, at=at, prev=prev)
        self.waiting.append(entry)
        leaf = leaf_hash(entry)
        for tile, hashes in self.edge.extend([leaf]):
            self.file(tile.path, hashes)
            if tile.level == 0:
                self.file(tile.path.replace("tile/0/", "tile/entries/"), bundle(self.waiting))
                self.waiting.clear()
        return leaf

    def keep(self, words: bytes) -> Commitment:
        """Keep a text."""
        content = sha256(words).digest()[:SALT_SIZE] + words
        commitment = Commitment(sha256(content).hexdigest(), len(words))
        self.file(f"body/{commitment.c}", content)
        self.bodies.append(commitment.c)
        return commitment

    def file(self, path: str, content: bytes) -> None:
        """Write a file of the log."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(content)

    def close(self) -> int:
        """Write what ends a log: its last tiles, its checkpoint, its list; return its size."""
        size = self.edge.size
        for tile, hashes in self.edge.partial_tiles():
            self.file(tile.path, hashes)
        if size % TILE_WIDTH:
            last: Tile = [*bundles_of(size)][-1]
            self.file(last.path, bundle(self.waiting))
        self.file("checkpoint", KEY.sign(Checkpoint(KEY.name, size, self.edge.root()).text))
        self.file("key", f"{KEY.verifying.vkey}\n".encode())
        self.file("policy", Roll().policy([KEY.verifying]).encode())
        paths = paths_of(size, sorted(self.packs), sorted(self.bodies))
        self.file("files", "".join(f"{path}\n" for path in paths).encode())
        return size
