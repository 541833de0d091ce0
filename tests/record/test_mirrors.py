"""A copy of a log that anybody keeps: made, made new again, and never given up for another history."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from consult.commands.mirroring import mirror_log
from consult.commands.records import record
from consult.record import sources
from consult.record.growing import unwatched
from consult.record.reports import Report, verify_log
from consult.record.sources import Folder
from consult.store import Database
from tests.databases import MigratedDatabases
from tests.record.logs import KEY, erase_text, exported, record_events, record_texts, sequence_all
from tests.record.test_sources import Answer, from_folder, served


class History:
    """A log that grows and forgets, as folders. `first` has 6 entries, `second` 300, and one text fewer."""

    def __init__(self, database: Database, folder: Path) -> None:
        database.act(record_texts, 5)
        sequence_all(database)
        self.first = exported(database, folder / "first")
        database.act(record_events, 293)
        self.erased = database.act(erase_text, 2)
        sequence_all(database)
        self.second = exported(database, folder / "second")


@pytest.fixture(scope="module")
def history(databases: MigratedDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    with databases.lend("sqlite") as database:
        yield History(database, tmp_path_factory.mktemp("history"))


@pytest.fixture(scope="module")
def forked(databases: MigratedDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Another log of the same key, as long as the second state."""
    with databases.lend("sqlite") as database:
        database.act(record_events, 300)
        sequence_all(database)
        yield exported(database, tmp_path_factory.mktemp("forked") / "log")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy"


def mirrored(answer: Answer | Path, copy: Path, vkey: str | None = None) -> Report:
    with served(from_folder(answer) if isinstance(answer, Path) else answer) as address:
        return mirror_log(address, copy, vkey, seconds=60, progress=unwatched)


def content(folder: Path) -> dict[str, bytes]:
    return {path: (folder / path).read_bytes() for path in Folder(folder).paths()}


def test_a_copy_has_every_file_of_the_log_and_nothing_beside_it(history: History, copy: Path) -> None:
    report = mirrored(history.second, copy, KEY.verifying.vkey)

    assert report.passed, report.sentences
    assert content(copy) == content(history.second)
    assert report.facts["fetched"] == len(content(history.second))
    assert list(copy.parent.iterdir()) == [copy]


def test_a_copy_is_made_new_again_and_loses_what_the_log_has_no_longer(history: History, copy: Path) -> None:
    mirrored(history.first, copy)

    report = mirrored(history.second, copy)

    assert report.passed, report.sentences
    assert content(copy) == content(history.second)
    erased = next(path for path in content(history.first) if path not in content(copy) and path.startswith("body/"))
    assert {erased, "tile/0/000.p/6", "tile/entries/000.p/6"} == set(dropped(report))
    assert any("has grown from the checkpoint" in sentence for sentence in report.sentences)
    assert not (copy / "tile/0/000.p").exists()


def dropped(report: Report) -> list[str]:
    found = report.facts["dropped"]
    assert isinstance(found, list)
    return found


def test_what_the_copy_has_is_not_fetched_again(history: History, copy: Path) -> None:
    mirrored(history.second, copy)
    asked: list[str] = []

    def answer(path: str) -> tuple[int, bytes]:
        asked.append(path)
        return from_folder(history.second)(path)

    report = mirrored(answer, copy)

    assert report.passed
    assert set(asked) == {"checkpoint", "files", "key", "policy"}


@pytest.mark.parametrize("stops_after", [1, 4, 6, 8, 10])
def test_a_run_that_was_interrupted_leaves_the_copy_as_it_was_and_is_simply_repeated(
    history: History, copy: Path, stops_after: int
) -> None:
    mirrored(history.first, copy)
    before, asked = content(copy), list[str]()

    def answer(path: str) -> tuple[int, bytes]:
        asked.append(path)
        return from_folder(history.second)(path) if len(asked) <= stops_after else (500, b"")

    interrupted = mirrored(answer, copy)

    assert not interrupted.passed
    assert "status 500" in interrupted.sentences[0]
    assert content(copy) == before
    assert verify_log(str(copy)).passed
    assert mirrored(history.second, copy).passed
    assert content(copy) == content(history.second)
    assert list(copy.parent.iterdir()) == [copy]


def test_a_run_that_ended_while_it_moved_files_is_repeated(history: History, copy: Path) -> None:
    mirrored(history.first, copy)
    for path in ("tile/0/000", "tile/entries/000", "tile/1/000.p/1"):
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(history.second / path, copy / path)

    report = mirrored(history.second, copy)

    assert report.passed, report.sentences
    assert content(copy) == content(history.second)


def evidence(report: Report) -> Path:
    assert not report.passed
    assert "keep both" in report.sentences[1]
    return Path(str(report.facts["evidence"]))


def test_another_history_is_refused_and_both_are_kept(history: History, forked: Path, copy: Path) -> None:
    mirrored(history.first, copy)
    before = content(copy)

    report = mirrored(forked, copy)

    assert "does not go on from the copy" in report.sentences[0]
    assert content(copy) == before
    assert (evidence(report) / "checkpoint").read_bytes() == (forked / "checkpoint").read_bytes()


def test_another_history_of_the_same_length_is_refused(history: History, forked: Path, copy: Path) -> None:
    mirrored(history.second, copy)

    report = mirrored(forked, copy)

    assert (evidence(report) / "checkpoint").read_bytes() == (forked / "checkpoint").read_bytes()


def test_a_log_that_was_cut_back_is_refused(history: History, copy: Path) -> None:
    mirrored(history.second, copy)

    report = mirrored(history.first, copy)

    assert "it was cut back" in report.sentences[0]
    assert content(copy) == content(history.second)
    assert evidence(report).name == "copy.refused"


def test_each_refusal_is_kept_beside_those_before(history: History, forked: Path, copy: Path) -> None:
    mirrored(history.second, copy)

    names = [evidence(mirrored(other, copy)).name for other in (history.first, forked, forked)]

    assert names == ["copy.refused", "copy.refused-2", "copy.refused-3"]


def test_what_is_tampered_with_on_the_way_does_not_come_into_the_copy(history: History, copy: Path) -> None:
    mirrored(history.first, copy)
    before = content(copy)

    for path in content(history.second):
        if path in before and path not in ("checkpoint", "files", "key", "policy"):
            continue
        report = mirrored(changed_at(path, history.second), copy)

        assert not report.passed, path
        assert content(copy) == before
    assert mirrored(history.second, copy).passed


def changed_at(changed: str, folder: Path) -> Answer:
    def answer(path: str) -> tuple[int, bytes]:
        status, data = from_folder(folder)(path)
        return (status, bytes([data[0] ^ 1]) + data[1:]) if path == changed else (status, data)

    return answer


def test_a_log_under_another_key_than_the_copys_is_refused(history: History, copy: Path) -> None:
    mirrored(history.first, copy)
    other = "consult.example.org/log/1+00000000+AQ=="

    assert mirrored(history.second, copy, other).facts["where"] == "--key"


def test_a_folder_that_holds_something_else_is_not_made_a_copy(history: History, copy: Path) -> None:
    copy.mkdir()
    (copy / "diary.txt").write_text("Dragă jurnalule", encoding="utf-8")

    report = mirrored(history.first, copy)

    assert report.facts["where"] == "diary.txt"
    assert list(copy.parent.iterdir()) == [copy]


@pytest.mark.parametrize("status", [301, 404, 410, 500, 502])
def test_an_address_that_is_no_log_is_one_sentence(copy: Path, status: int) -> None:
    report = mirrored(lambda _: (status, b"<html>"), copy)

    assert report.exit_code == 1
    assert report.facts["where"] == "key"
    assert len(report.sentences) == 1
    assert not copy.exists()


def test_a_folder_is_no_address(history: History, copy: Path) -> None:
    report = mirror_log(str(history.first), copy, None, seconds=1, progress=unwatched)

    assert "begins with https://" in report.sentences[0]


def test_a_log_without_end_ends_with_the_time_for_it(
    history: History, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "BUSY_SECONDS", 0.01)
    with served(from_folder(history.second)) as address:
        report = mirror_log(address, copy, None, seconds=0, progress=unwatched)

    assert "longer than anybody can wait for" in report.sentences[0]


def test_two_runs_at_once_are_one_too_many(history: History, copy: Path) -> None:
    def answer(path: str) -> tuple[int, bytes]:
        if path == "files":
            others.append(mirrored(history.second, copy))
        return from_folder(history.second)(path)

    others: list[Report] = []

    assert mirrored(answer, copy).passed
    assert others[0].facts["fault"] == "Another run is at work on this copy."


def test_a_disk_that_takes_nothing_is_one_sentence(history: History, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    report = mirrored(history.first, tmp_path / "file" / "copy")

    assert report.exit_code == 1
    assert "cannot be written" in report.sentences[0]


def test_a_copy_made_twice_by_its_list_says_what_to_delete(history: History, copy: Path) -> None:
    for state in (history.first, history.second):
        shutil.copytree(state, copy, dirs_exist_ok=True)

    report = verify_log(str(copy))

    assert report.facts["where"] in ("tile/0/000.p/6", "tile/entries/000.p/6")
    for word in ("partial tiles", "consult record mirror", "tile/0/000.p/6", "tile/entries/000.p/6"):
        assert word in report.sentences[0]
    for path in ("tile/0/000.p/6", "tile/entries/000.p/6"):
        (copy / path).unlink()
    assert verify_log(str(copy)).passed


def test_the_command_makes_a_copy(history: History, copy: Path) -> None:
    with served(from_folder(history.first)) as address:
        result = CliRunner().invoke(record, ["mirror", address, str(copy), "--json"])

    assert result.exit_code == 0, result.output
    assert verify_log(str(copy)).passed
