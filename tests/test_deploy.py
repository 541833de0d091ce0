"""What a town hall's one administrator is given stays true: settings, units, proxy, backup and restore."""

import configparser
import os
import re
import shutil
import stat
import subprocess
import sys
import tarfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import click
import pytest
from sqlalchemy import make_url, text

from consult import links
from consult.commands import consult
from consult.commands.keys import settle
from consult.consultations.drafts import LONGEST_DRAFT
from consult.files import blobs
from consult.files.uploads import LARGEST, MEGABYTE
from consult.record.tree import newest_checkpoint
from consult.settings import Settings
from consult.store import Database
from tests.benchmarks.__main__ import installation
from tests.databases import KINDS, MigratedDatabases, find_postgresql
from tests.factories import NOW, an_open_consultation
from web.limits import MOST_BYTES

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
README = (ROOT / "README.md").read_text(encoding="utf-8")
RUNBOOK = (DEPLOY / "RUNBOOK.md").read_text(encoding="utf-8")
SETTINGS = set(re.findall(r'environment\.get\("([A-Z_]+)"', (ROOT / "consult/settings.py").read_text(encoding="utf-8")))
UNITS = sorted(DEPLOY.glob("*.service"))
TEXTS = sorted(path for path in DEPLOY.iterdir() if path.is_file() and path.suffix != ".lock")

REPORT = b"Referat de aprobare"


@contextmanager
def to_lose(databases: MigratedDatabases, kind: str) -> Iterator[Database]:
    """Make a database that is nobody else's: what happens to some here, they do not survive."""
    fresh = Database(databases.fresh_url(kind))
    yield fresh
    fresh.close()
    databases.forget(fresh.url)


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, databases: MigratedDatabases) -> Iterator[Database]:
    with to_lose(databases, request.param) as fresh:
        yield fresh


@pytest.fixture
def sqlite(databases: MigratedDatabases) -> Iterator[Database]:
    """The embedded database alone."""
    with to_lose(databases, "sqlite") as fresh:
        yield fresh


def unit(path: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # as the documentation advises
    parser.read(path, encoding="utf-8")
    return parser["Service"]


def check_command(words: list[str]) -> None:
    """A command line of ours names a command that exists, with options that it has."""
    command: click.Command = consult
    while words and isinstance(command, click.Group):
        name, *words = words
        found = command.get_command(click.Context(command), name)
        assert found is not None, f"there is no `consult {name}`"
        command = found
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_every_setting_is_documented_and_stands_in_the_example() -> None:
    example = (DEPLOY / "consult.env.example").read_text(encoding="utf-8")

    assert len(SETTINGS) > 5
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)) == SETTINGS
    assert set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)) == SETTINGS


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_every_unit_starts_something_that_exists(path: Path) -> None:
    program, *words = unit(path)["ExecStart"].removeprefix("/opt/consult/").split()

    if program == ".venv/bin/consult":
        check_command(words)
    else:
        assert os.access(ROOT / program, os.X_OK)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_every_unit_is_locked_in(path: Path) -> None:
    said = unit(path)

    assert said["User"] == "consult"
    for name in ("NoNewPrivileges", "MemoryDenyWriteExecute", "PrivateDevices", "ProtectHome", "RestrictNamespaces"):
        assert said[name] == "yes"
    assert said["ProtectSystem"] == "strict"
    assert said["CapabilityBoundingSet"] == ""
    assert said["EnvironmentFile"] == "/etc/consult/consult.env"


def test_what_serves_comes_back_by_itself() -> None:
    for name in ("consult.service", "consult-worker.service"):
        assert unit(DEPLOY / name)["Restart"] == "always"


def test_commands_in_the_runbook_exist() -> None:
    commands = re.findall(r"as-consult consult ([a-z -]+)", RUNBOOK) + re.findall(r"`consult ([a-z-]+)[ `]", RUNBOOK)

    assert len(commands) > 5
    for command in commands:
        check_command(command.split())


def test_commands_of_the_containers_exist() -> None:
    compose = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    container = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    lists = re.findall(r"^    command: \[(.+)\]", compose, re.MULTILINE)
    lists += re.findall(r"^CMD \[(.+)\]", container, re.MULTILINE)
    runs = re.findall(r"run --rm web ([a-z]+)$", compose, re.MULTILINE)

    assert (len(lists), runs) == (4, ["init"])
    for words in (*lists, *runs):
        check_command([word.strip(' "') for word in words.split(",")])


def test_files_that_are_named_exist() -> None:
    named = {name for path in TEXTS for name in re.findall(r"(?:/opt/consult/)?deploy/([\w.-]+\w)", path.read_text())}

    assert "backup.sh" in named
    assert [name for name in sorted(named) if not (DEPLOY / name).exists()] == []


def test_the_proxy_lets_our_own_limit_speak() -> None:
    said = re.search(r"client_max_body_size (\d+)m;", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"))

    assert said is not None
    assert int(said[1]) * 2**20 > MOST_BYTES


def test_what_the_proxy_answers_by_itself_is_said_in_both_languages_with_our_limits() -> None:
    proxy = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    said = re.search(r"client_max_body_size (\d+)m;", proxy)
    pages = re.findall(r"error_page [\d ]+ /([\w-]+\.html);", proxy)

    assert said is not None
    assert pages == ["too-large.html", "busy.html"]
    for name in pages:
        page = (DEPLOY / name).read_text(encoding="utf-8")
        style = re.search("<style>(.*)</style>", page, re.DOTALL)
        assert style is not None
        assert b64encode(sha256(style[1].encode()).digest()).decode() in proxy
        assert 'html lang="ro"' in page
        assert 'div lang="en"' in page
    too_large = (DEPLOY / "too-large.html").read_text(encoding="utf-8")
    assert too_large.count(f"{said[1]} MB") == 2
    assert too_large.count(f"{LARGEST // MEGABYTE} MB") == 2
    assert f"{LONGEST_DRAFT:,} characters" in too_large


def test_the_proxy_believes_no_client_about_its_address() -> None:
    proxy = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")

    assert "proxy_set_header X-Forwarded-For $remote_addr;" in proxy
    assert "$proxy_add_x_forwarded_for" not in proxy
    assert 'proxy_set_header X-Forwarded-Host "";' in proxy


def test_the_proxy_writes_no_line_of_who_votes() -> None:
    proxy = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    untold = re.search(r"map \$uri \$consult_is_told \{\s+~(\S+) 0;\s+default 1;", proxy)

    assert untold is not None
    for path in (links.vote(2027), *(links.vote(2027, part) for part in ("verifica", "chitanta", "cod"))):
        assert re.search(untold[1], path)
        assert re.search(untold[1], f"/en{path}")
    assert not re.search(untold[1], links.projects(2027))
    assert re.findall(r"access_log (?!off).*;", proxy) == [
        "access_log /var/log/nginx/consult.log consult if=$consult_is_told;"
    ]


def test_only_example_addresses_stand_in_what_is_deployed() -> None:
    for path in TEXTS:
        hosts = re.findall(r"https?://([\w.-]+)", path.read_text(encoding="utf-8"))
        assert [
            host for host in hosts if not host.endswith("example.org") and host not in {"consult", "127.0.0.1"}
        ] == []


def an_installation(database: Database, folder: Path) -> Settings:
    """A published draft, a signed record and a document; the keys lie elsewhere."""
    settings = replace(installation(folder / "keys", database.url), data=folder / "data")
    blobs.put(settings.files, REPORT)
    database.act(an_open_consultation)
    settle(settings, database, at=NOW)
    return settings


def environment_of(settings: Settings) -> dict[str, str]:
    """Return the environment in which the administrator works."""
    programs = [Path(sys.executable).parent, find_postgresql() or Path("/usr/bin")]
    return {
        "PATH": os.pathsep.join([*map(str, programs), os.environ["PATH"]]),
        "CONSULT_DATA": str(settings.data),
        "CONSULT_KEYS": str(settings.keys),
        "CONSULT_BASE_URL": settings.base_url,
        "DATABASE_URL": settings.database_url,
    }


def run(script: str, argument: Path, settings: Settings) -> subprocess.CompletedProcess[str]:
    """Run a script of ours as the administrator does."""
    return subprocess.run(
        [DEPLOY / script, argument], env=environment_of(settings), capture_output=True, text=True, check=False, cwd="/"
    )


def backed_up(settings: Settings, folder: Path) -> Path:
    result = run("backup.sh", folder, settings)
    assert result.returncode == 0, result.stderr
    return Path(result.stdout.strip())


def destroy(database: Database, settings: Settings) -> None:
    """Lose everything but the keys."""
    shutil.rmtree(settings.data)
    if not database.is_sqlite:
        with database.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    path = make_url(database.url).database
    database.close()
    if database.is_sqlite:
        for file in Path(f"{path}").parent.glob(f"{Path(f'{path}').name}*"):
            file.unlink()


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True)
def test_what_was_lost_is_restored_and_the_record_holds(database: Database, tmp_path: Path) -> None:
    settings = an_installation(database, tmp_path)
    signed = database.read(newest_checkpoint)
    backup = backed_up(settings, tmp_path / "backups")
    destroy(database, settings)

    result = run("restore.sh", backup, settings)

    assert result.returncode == 0, result.stderr
    assert f"The record {settings.log_origin} holds" in result.stdout
    assert blobs.path_of(settings.files, sha256(REPORT).hexdigest()).read_bytes() == REPORT
    restored = Database(settings.database_url)
    again = restored.read(newest_checkpoint)
    restored.close()
    assert signed is not None
    assert again is not None
    assert again.note == signed.note


def test_a_restore_overwrites_nothing(database: Database, tmp_path: Path) -> None:
    settings = an_installation(database, tmp_path)
    backup = backed_up(settings, tmp_path / "backups")

    over_documents = run("restore.sh", backup, settings)
    shutil.rmtree(settings.files)
    over_the_database = run("restore.sh", backup, settings)

    assert (over_documents.returncode, over_the_database.returncode) == (1, 1)
    assert "documents" in over_documents.stderr
    assert "database" in over_the_database.stderr
    assert not settings.files.exists()


def test_the_keys_are_in_no_backup(sqlite: Database, tmp_path: Path) -> None:
    settings = an_installation(sqlite, tmp_path)

    backup = backed_up(settings, tmp_path / "backups")

    with tarfile.open(backup) as archive:
        names = archive.getnames()
        saved = b"".join(file.read() for member in archive if (file := archive.extractfile(member)))
    assert {name.split("/")[0] for name in names} == {"database.sqlite", "files"}
    for key in settings.keys.glob("*.key"):
        assert key.read_bytes().strip() not in saved
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_backup_in_which_a_document_was_changed_is_refused(sqlite: Database, tmp_path: Path) -> None:
    settings = an_installation(sqlite, tmp_path)
    path = blobs.path_of(settings.files, sha256(REPORT).hexdigest())
    path.write_bytes(b"Alt referat")
    backup = backed_up(settings, tmp_path / "backups")
    destroy(sqlite, settings)

    result = run("restore.sh", backup, settings)

    assert result.returncode == 1
    assert path.name in result.stdout
    assert not list(settings.data.iterdir())


def test_old_backups_go_so_that_what_was_erased_does_not_live_on(sqlite: Database, tmp_path: Path) -> None:
    settings = an_installation(sqlite, tmp_path)
    old, other = tmp_path / "consult-20200101T000000Z.tar.gz", tmp_path / "note.txt"
    for file in (old, other):
        file.touch()
        os.utime(file, (0, 0))

    backup = backed_up(settings, tmp_path)

    assert [path for path in (backup, old, other) if path.exists()] == [backup, other]
