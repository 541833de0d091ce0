"""The record over a real connection: anyone downloads and verifies it, and one changed byte is found."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread
from time import sleep

import httpx
import pytest
import uvicorn
from click.testing import CliRunner

from consult.commands.mirroring import mirror_log
from consult.commands.records import record
from consult.record.growing import unwatched
from consult.record.reports import verify_log, verify_receipt
from consult.record.sources import Folder
from consult.settings import Settings
from consult.store import Database
from tests.factories import NOW, a_recommendation
from tests.web.record.conftest import Town
from web.app import create_app


@contextmanager
def served(settings: Settings, database: Database) -> Iterator[str]:
    """Serve the real face on a port of its own; give the address of the log."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        own = replace(settings, base_url=f"http://127.0.0.1:{port}")
        app = create_app(own, database, clock=lambda: NOW)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            sleep(0.01)
        try:
            yield f"{own.base_url}/log/1"
        finally:
            server.should_exit = True
            thread.join()


def downloaded(log: str, folder: Path) -> Path:
    """Mirror the log as its own list of files says, like `wget` does."""
    with httpx.Client() as client:
        for path in client.get(f"{log}/files").text.splitlines():
            answer = client.get(f"{log}/{path}").raise_for_status()
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(answer.content)
    return folder


def test_the_command_verifies_the_log_behind_its_address(town: Town, settings: Settings, database: Database) -> None:
    with served(settings, database) as log:
        vkey = httpx.get(f"{log}/key").text.strip()
        result = CliRunner().invoke(record, ["verify", log, "--key", vkey, "--json"])

    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["size"] == 6


@pytest.fixture
def copy(town: Town, settings: Settings, database: Database, tmp_path: Path) -> Path:
    with served(settings, database) as log:
        return downloaded(log, tmp_path / "copy")


def test_a_downloaded_copy_verifies_without_a_connection(copy: Path) -> None:
    report = verify_log(str(copy))

    assert report.passed, report.sentences
    assert (report.facts["size"], report.facts["packs"], report.facts["bodies"]) == (6, 1, 3)


def test_a_mirror_of_the_living_log_is_made_new_as_it_grows(
    town: Town, settings: Settings, database: Database, tmp_path: Path
) -> None:
    copy = tmp_path / "mirror"
    with served(settings, database) as log:
        first = mirror_log(log, copy, None, seconds=60, progress=unwatched)
        database.act(a_recommendation, town.consultation)
        town.sequence()
        second = mirror_log(log, copy, None, seconds=60, progress=unwatched)
        whole = downloaded(log, tmp_path / "whole")

    assert (first.facts["size"], second.facts["size"]) == (6, 7), second.sentences
    assert sorted(Folder(copy).paths()) == sorted(Folder(whole).paths())
    assert verify_log(str(copy)).passed


def flipped(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def test_one_changed_byte_in_any_file_of_the_copy_is_found_and_its_place_is_named(copy: Path) -> None:
    paths = sorted(Folder(copy).paths())
    # A changed entry is found where its hash is kept, a changed key in what it signed, a changed name in the list of
    # files where the file is that it should name, or at the entry that has lost its text.
    entries = [f"entry {index}" for index in range(6)]
    elsewhere = {"tile/entries/000.p/6": ["tile/0/000.p/6"], "key": ["checkpoint"], "files": [*paths, *entries]}
    elsewhere["policy"] = ["policy:1", "policy:2"]

    for path in paths:
        original = (copy / path).read_bytes()
        flipped(copy / path)

        report = verify_log(str(copy))

        assert not report.passed, path
        assert report.facts["where"] in {path, *elsewhere.get(path, [])}
        (copy / path).write_bytes(original)
    assert verify_log(str(copy)).passed


def test_a_receipt_taken_from_its_page_verifies_without_a_connection(
    town: Town, settings: Settings, database: Database, tmp_path: Path
) -> None:
    with served(settings, database) as log:
        site = log.removesuffix("/log/1")
        vkey = httpx.get(f"{log}/key").text.strip()
        event_id = town.recommendations[1].event_id
        file = tmp_path / "registru-4.tlog-proof"
        file.write_bytes(httpx.get(f"{site}/registru/act/{event_id}.tlog-proof").content)

    report = verify_receipt(file, vkey)

    assert report.passed, report.sentences
    assert report.facts["index"] == 4
