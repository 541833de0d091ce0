"""A log that was made through the product's own pages, and copies of it that somebody tampered with."""

import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from litestar.status_codes import HTTP_303_SEE_OTHER
from sqlalchemy.orm import Session

from consult import links
from consult.commands.keys import settle
from consult.consultations.consultations import Consultation
from consult.identity.actors import Actor
from consult.identity.authorities import ANY_HOST, Authority
from consult.identity.offices import Role
from consult.identity.pseudonyms import record
from consult.identity.vault import Vault
from consult.record.events import AuthorityCreated, OfficialAppointed
from consult.record.export import export
from consult.record.keys import create_key
from consult.record.merkle import HASH_SIZE, leaf_hash
from consult.record.tiles import TILE_WIDTH, entries_in
from consult.settings import Settings
from consult.store import Database
from tests.databases import MigratedDatabases
from tests.factories import NOW, a_citizen, a_draft_ready_for_approval, an_authority, an_official
from tests.factories.consultations import the_day_after
from tests.web.conftest import BASE_URL, opened, routed_once
from tests.web.reader import Clock, Reader
from web.app import HANDLERS, installed
from web.identity.sign_in import sign_in_page

ROLES = (Role.CLERK, Role.APPROVER, Role.CONTACT_PERSON, Role.MODERATOR)
#: More than a full tile, so that the tree has two levels and a full bundle of entries.
COMMENTS = 270
#: Nobody may send many in an hour, so many people do.
PEOPLE = 30
PROPOSALS = "/en/consultari/1-2026/propuneri"
#: The proposals whose words are hidden and erased.
HIDDEN, ERASED = 5, 7


@dataclass(frozen=True)
class Log:
    """A log as folders: as it is now, and as it was at two earlier moments. `vkey`: got from elsewhere.

    `settings`: of the installation, which is as it was at the end.
    """

    vkey: str
    settings: Settings
    first: Path
    second: Path
    now: Path
    #: Another history of the same key that goes on from the first moment and is as long as the true one.
    forked: Path

    @property
    def kept(self) -> Path:
        """The checkpoint that a reader kept from the second moment."""
        return self.second / "checkpoint"


@dataclass(frozen=True)
class Town:
    """A town hall in front of its pages, and those who act there."""

    reader: Reader
    settings: Settings
    draft: Consultation
    approver: Actor
    contact: Actor
    moderator: Actor
    people: list[Actor]

    @property
    def _desk(self) -> str:
        return f"/en/birou/consultari/{self.draft.id}"

    def publish(self) -> None:
        """The second official lets the draft become public."""
        page = self.reader.sign_in(self.approver).get(f"{self._desk}/verifica")
        page.form("Approve and publish").submit()
        self.reader.clock.at += timedelta(hours=1)

    def propose(self, count: int, *, kind: str = "observation", word: str) -> None:
        """People send proposals, each another one."""
        for number in range(count):
            words = f"{word} {number}: la trecerea de lângă școală nu se vede nimic."
            said = {
                "key": f"{word}-{number:020}",
                "step": "send",
                "kind": kind,
                "provision": "art-3",
                "wording": words if kind == "change" else "",
                "reason": "Copiii traversează printre mașini." if kind == "change" else words,
                "acting_for": "",
            }
            self.reader.sign_in(self.people[number % PEOPLE])
            answer = self.reader.ask("POST", links.propose("1-2026"), data=said)
            assert answer.status_code == HTTP_303_SEE_OTHER, answer.text

    def answer(self) -> None:
        """The contact person answers all of them with one reason, and makes the answers public."""
        self.reader.clock.at = the_day_after(self.draft.proposals_until)
        self.reader.sign_in(self.contact)
        while waiting := self._unanswered():
            form = self.reader.get(f"{self._desk}/propuneri?stare=fara-raspuns").form("Save the answer as a draft")
            form.fill(recommendations=waiting, verdict="partly", reason="Se preia: trecerea se mută.").submit()
        self.reader.get(f"{self._desk}/raspunsuri/publica").form().submit()

    def hide(self, number: int) -> None:
        """Somebody reports a proposal, and the moderator keeps its words from the pages."""
        self.reader.sign_out()
        report = self.reader.get(f"{PROPOSALS}/{number}-2026").follow("Report this proposal").form("Send the report")
        report.fill(rule="insult", words="Mă jignește.").submit()
        desk = self.reader.sign_in(self.moderator).get("/en/birou/moderare")
        form = desk.follow(f"Proposal no. {number}/2026").form("Hide the text")
        form.fill(rule="insult", facts="Jignește un vecin.").submit()

    def erase(self, number: int) -> None:
        """Somebody asks for the erasure of a text, one official chooses it, and another erases it."""
        asked = {"words": "Scrie unde locuiesc.", "name": "Ion Vecinu", "email": "ion@posta.example"}
        self.reader.sign_out()
        request = self.reader.get(f"{PROPOSALS}/{number}-2026/stergere").form("Send the request")
        request.fill(ground="gdpr-17-1-d", **asked).submit()
        page = self.reader.sign_in(self.contact).get("/en/birou/stergeri/1")
        text = str(page.select('input[name="texts"]')["value"])
        form = page.form("Propose to erase it")
        form.fill(texts=[text], ground="gdpr-17-1-d", note="Adresa e a altcuiva.").submit()
        self.reader.sign_in(self.approver).get("/en/birou/stergeri/1").form("Erase for good").submit()

    def taken_home(self, folder: Path) -> Path:
        """Let the sequencer come by, and export the log."""
        settle(self.settings, self.reader.database, at=self.reader.clock.at)
        self.reader.database.read(export, folder)
        return folder

    def _unanswered(self) -> list[str]:
        page = self.reader.get(f"{self._desk}/propuneri?stare=fara-raspuns")
        return [str(box["value"]) for box in page.html.select("input[name=recommendations]")]


@contextmanager
def visited(settings: Settings) -> Iterator[Reader]:
    """Open the face of an installation."""
    database, clock = Database(settings.database_url), Clock(NOW)
    app = installed(routed_once(HANDLERS, sign_in_page), settings, database, clock=clock)
    with opened(app) as client:
        yield Reader(client, database, clock)
    database.close()


def settled(reader: Reader, settings: Settings) -> Town:
    """A town hall with a draft that waits for its second pair of eyes, and people who have something to say."""
    act = reader.database.act
    authority = act(an_authority, host=ANY_HOST)
    clerk, approver, contact, moderator = (act(an_official, authority, role) for role in ROLES)
    act(on_record, authority, ROLES, act(an_official, authority, Role.ADMINISTRATOR))
    draft = act(a_draft_ready_for_approval, authority, clerk=clerk)
    return Town(reader, settings, draft, approver, contact, moderator, [act(a_citizen) for _ in range(PEOPLE)])


def on_record(db: Session, authority: Authority, roles: Iterable[str], by: Actor) -> None:
    """Enter how the town hall began, and whom it appointed: one that a factory made did neither in public."""
    record(db, AuthorityCreated(subject=f"consult:{authority.slug}", name=authority.name), by=by, at=NOW)
    for role in (Role.ADMINISTRATOR, *roles):
        record(db, OfficialAppointed(subject=f"consult:{authority.slug}/functionari", role=role), by=by, at=NOW)


def copied(settings: Settings, file: Path) -> Settings:
    """Copy an installation, with what it remembers, as a dishonest operator would who wants to tell two stories."""
    source = settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(source)) as true, closing(sqlite3.connect(file)) as other:
        true.backup(other)
    high_water = shutil.copy(settings.high_water_file, file.with_suffix(".high-water"))
    return replace(settings, database_url=f"sqlite:///{file}", high_water=Path(high_water))


@pytest.fixture(scope="session")
def shared_by_workers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what is made once a run, whichever worker makes it."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if folder.name.startswith("popen-") else folder


@pytest.fixture(scope="session")
def log(databases: MigratedDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Log]:
    """Publish, amend, comment, moderate, answer and erase through the pages; take the log home three times."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    folder = tmp_path_factory.mktemp("outsiders")
    Vault.create(folder / "keys")
    vkey = create_key(folder / "keys", "izvoru.test/log/1").verifying.vkey
    url = databases.fresh_url("sqlite")
    settings = Settings(data=folder, keys=folder / "keys", database_url=url, base_url=BASE_URL)
    with visited(settings) as reader:
        town = settled(reader, settings)
        town.publish()
        town.propose(3, kind="change", word="Modificarea")
        first = town.taken_home(folder / "first")
        other = copied(settings, folder / "other.db")
        town.propose(COMMENTS, word="Observația")
        town.hide(HIDDEN)
        second = town.taken_home(folder / "second")
        town.answer()
        town.erase(ERASED)
        now = town.taken_home(folder / "now")
    with visited(other) as reader:
        elsewhere = replace(town, reader=reader, settings=other)
        reader.clock.at += timedelta(hours=1)
        elsewhere.propose(COMMENTS + 10, word="Altceva")
        forked = elsewhere.taken_home(folder / "forked")
    yield Log(vkey, settings, first, second, now, forked)
    databases.forget(url)


Tampering = Callable[[Log, Path], None]


def with_another_entry(log: Log, copy: Path) -> None:
    """Change a letter in an entry of the full bundle."""
    shutil.copytree(log.now, copy)
    change_entry(copy / "tile/entries/000")


def with_another_tile(log: Log, copy: Path) -> None:
    """Change a hash in the full tile."""
    shutil.copytree(log.now, copy)
    file = copy / "tile/0/000"
    tile = bytearray(file.read_bytes())
    tile[7 * HASH_SIZE] ^= 1
    file.write_bytes(tile)


def with_entry_and_tile_that_agree(log: Log, copy: Path) -> None:
    """Change an entry, and its hash in the full tile: whoever trusts full tiles believes it."""
    shutil.copytree(log.now, copy)
    place, entry = change_entry(copy / "tile/entries/000")
    file = copy / "tile/0/000"
    tile = bytearray(file.read_bytes())
    tile[place * HASH_SIZE : (place + 1) * HASH_SIZE] = leaf_hash(entry)
    file.write_bytes(tile)


def with_another_size(log: Log, copy: Path) -> None:
    """Take one from the size in the checkpoint."""
    shutil.copytree(log.now, copy)
    file = copy / "checkpoint"
    origin, size, rest = file.read_text(encoding="utf-8").split("\n", 2)
    file.write_text(f"{origin}\n{int(size) - 1}\n{rest}", encoding="utf-8")


def rolled_back(log: Log, copy: Path) -> None:
    """Show an earlier state, truly signed, as if nothing had come after."""
    shutil.copytree(log.first, copy)


def forked(log: Log, copy: Path) -> None:
    """Show another history, truly signed."""
    shutil.copytree(log.forked, copy)


def change_entry(bundle: Path) -> tuple[int, bytes]:
    """Change a letter of an entry in the middle; return its place and what it now says."""
    data = bundle.read_bytes()
    entries = entries_in(data, TILE_WIDTH)
    place = TILE_WIDTH // 2
    other = entries[place].replace(b"observation", b"observatiom")
    assert other != entries[place]
    bundle.write_bytes(data.replace(entries[place], other))
    return place, other


TAMPERINGS: tuple[Tampering, ...] = (
    with_another_entry,
    with_another_tile,
    with_entry_and_tile_that_agree,
    with_another_size,
    rolled_back,
    forked,
)


@pytest.fixture(params=TAMPERINGS, ids=lambda each: each.__name__)
def tampered(request: pytest.FixtureRequest, log: Log, tmp_path: Path) -> Path:
    """A copy of the log that is not as it was."""
    request.param(log, tmp_path / "copy")
    return tmp_path / "copy"
