"""A log that holds passes; one changed byte anywhere, a dropped file or a forgery fails, and the fault says where."""

import json
import re
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.record.checkpoints import Checkpoint
from consult.record.edge import Edge
from consult.record.faults import Fault
from consult.record.listing import paths_of
from consult.record.merkle import leaf_hash
from consult.record.notes import SigningKey
from consult.record.reports import verify_log
from consult.record.roll import Roll
from consult.record.sources import Folder
from consult.record.tiles import bundle, bundles_of, entries_in
from consult.record.verify import verify
from consult.store import Database
from tests.databases import MigratedDatabases
from tests.record.logs import KEY, ORIGIN, erase_text, exported, record_events, record_texts, sequence_all
from tests.tiers import examples

SIZE = 300


@pytest.fixture(scope="module")
def whole(databases: MigratedDatabases, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of 300 entries: a pack, five texts, two tiles and one above them. Tests copy it."""
    database = Database(databases.fresh_url("sqlite"))
    database.act(record_texts, 5)
    database.act(record_events, SIZE - 6)
    sequence_all(database)
    folder = exported(database, tmp_path_factory.mktemp("whole") / "log")
    database.close()
    return folder


@pytest.fixture
def log(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "log"))


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def fault_in(folder: Path) -> Fault:
    with pytest.raises(Fault) as caught:
        verify(Folder(folder), KEY.verifying)
    return caught.value


def rewrite(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))


def test_a_log_that_holds_passes_and_says_what_it_is(log: Path) -> None:
    found = verify(Folder(log), KEY.verifying)

    assert found.checkpoint.origin == ORIGIN
    assert (found.checkpoint.size, found.packs, found.bodies) == (SIZE, 1, 5)


@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_one_changed_byte_anywhere_is_found(log: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(files_of(log)))
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[at]))

    path.write_bytes(whole[:at] + bytes([other]) + whole[at + 1 :])
    try:
        fault = fault_in(log)
    finally:
        path.write_bytes(whole)

    assert fault.where


@pytest.mark.parametrize("name", ["checkpoint", "key"])
def test_every_single_bit_of_the_small_files_matters(log: Path, name: str) -> None:
    whole = (log / name).read_bytes()

    for bit in range(8 * len(whole)):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        (log / name).write_bytes(changed)
        assert fault_in(log).where in ("checkpoint", "key")


def test_every_file_is_missed_when_it_is_missing(log: Path) -> None:
    for path in files_of(log):
        away = path.rename(log.parent / "away")
        name = str(path.relative_to(log))

        fault = fault_in(log)

        assert fault.where == name
        assert "missing" in str(fault)
        away.rename(path)


def test_every_file_is_found_cut_short_or_grown(log: Path) -> None:
    for path in files_of(log):
        whole = path.read_bytes()
        for changed in (whole[:-1], whole + b"\x00", b""):
            path.write_bytes(changed)
            assert fault_in(log).where
        path.write_bytes(whole)


@pytest.mark.parametrize("name", ["diary.txt", "body/" + "0" * 64, "tile/0/002", "tile/0/001.p/45", "tile/9/000"])
def test_a_file_that_is_not_listed_is_a_fault(log: Path, name: str) -> None:
    (log / name).parent.mkdir(parents=True, exist_ok=True)
    (log / name).write_bytes(b"")

    fault = fault_in(log)

    assert fault.where == name
    assert "not in the list" in str(fault)


def test_a_file_whose_name_is_not_even_text_is_a_fault_that_can_be_printed(log: Path) -> None:
    (Path(str(log)) / "caf\udce9").write_bytes(b"")

    assert str(fault_in(log)).encode()


def test_a_changed_entry_is_named_by_its_index(log: Path) -> None:
    rewrite(log / "tile/entries/001.p/44", lambda data: data.replace(b'"clerk"', b'"Clerk"', 1))

    assert str(fault_in(log)) == (
        "tile/0/001.p/44: The hash of entry 256 is not that of the entry in tile/entries/001.p/44: "
        "one of them was changed."
    )


def test_an_entry_forged_together_with_its_tile_is_found_by_the_tile_above(log: Path) -> None:
    forge(log, "000", 256, 17)

    fault = fault_in(log)

    assert fault.where == "tile/1/000.p/1"
    assert "root over tile/0/000" in str(fault)


def test_an_entry_forged_together_with_its_tile_is_found_by_the_root(log: Path) -> None:
    forge(log, "001.p/44", 44, 17)

    fault = fault_in(log)

    assert fault.where == "checkpoint"
    assert "the root over the entries is" in str(fault)


def test_an_entry_forged_together_with_all_tiles_is_found_by_the_root(log: Path) -> None:
    forge(log, "000", 256, 17)
    edge = Edge()
    edge.extend([leaf_hash(entry) for entry in entries_in((log / "tile/entries/000").read_bytes(), 256)])
    (log / "tile/1/000.p/1").write_bytes(edge.partial_tiles()[0][1])

    assert fault_in(log).where == "checkpoint"


def forge(log: Path, tile: str, width: int, place: int) -> None:
    """Change an entry and the hash of it in its tile, so that the two agree."""
    entries = entries_in((log / f"tile/entries/{tile}").read_bytes(), width)
    entries[place] = entries[place].replace(b"clerk", b"mayor")
    (log / f"tile/entries/{tile}").write_bytes(bundle(entries))
    (log / f"tile/0/{tile}").write_bytes(b"".join(leaf_hash(entry) for entry in entries))


def test_two_entries_that_changed_places_are_found(log: Path) -> None:
    def swap(data: bytes) -> bytes:
        entries = entries_in(data, 256)
        entries[100], entries[101] = entries[101], entries[100]
        return bundle(entries)

    rewrite(log / "tile/entries/000", swap)

    assert "The hash of entry 100" in str(fault_in(log))


def test_a_tile_of_the_wrong_width_is_found(log: Path) -> None:
    rewrite(log / "tile/0/001.p/44", lambda data: data[:-32])

    assert str(fault_in(log)) == "tile/0/001.p/44: The tile should have 1408 bytes but has 1376."


def test_a_text_that_is_not_the_one_that_was_committed_to_is_found(log: Path) -> None:
    path = next((log / "body").iterdir())
    rewrite(path, lambda data: data.replace(b"Trotuarul", b"Bulevardu"))

    fault = fault_in(log)

    assert fault.where == f"body/{path.name}"
    assert "commits to" in str(fault)


def test_a_text_that_is_dropped_from_the_folder_and_the_list_is_missed_by_its_entry(log: Path) -> None:
    path = next((log / "body").iterdir())
    path.unlink()
    rewrite(log / "files", lambda data: data.replace(f"body/{path.name}\n".encode(), b""))

    fault = fault_in(log)

    assert re.fullmatch("entry [1-5]", fault.where)
    assert f"body/{path.name} is not in the list of files, and no entry says it was erased" in str(fault)


@pytest.fixture(scope="module")
def erased(databases: MigratedDatabases, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A log of three texts, of which the second was erased, and what was its file."""
    database = Database(databases.fresh_url("sqlite"))
    database.act(record_texts, 3)
    content = database.act(erase_text, 2)
    sequence_all(database)
    folder = exported(database, tmp_path_factory.mktemp("erased") / "log")
    database.close()
    return folder, content


@pytest.fixture
def without_text(erased: tuple[Path, bytes], tmp_path: Path) -> Path:
    return Path(shutil.copytree(erased[0], tmp_path / "log"))


def test_a_text_may_be_missing_where_the_log_says_that_it_was_erased(without_text: Path) -> None:
    found = verify(Folder(without_text), KEY.verifying)

    assert (found.bodies, found.erased, found.to_delete) == (2, 1, ())


def test_another_text_may_not_be_missing_because_one_was_erased(without_text: Path) -> None:
    path = next((without_text / "body").iterdir())
    path.unlink()
    rewrite(without_text / "files", lambda data: data.replace(f"body/{path.name}\n".encode(), b""))

    assert re.fullmatch("entry [13]", fault_in(without_text).where)


@pytest.mark.parametrize("listed", [False, True])
def test_an_erased_text_that_a_mirror_still_holds_is_a_duty_and_no_tampering(
    erased: tuple[Path, bytes], without_text: Path, *, listed: bool
) -> None:
    path = keep_erased(without_text, erased[1], listed=listed)

    report = verify_log(str(without_text), KEY.verifying.vkey)

    assert report.passed
    assert report.json["to_delete"] == [path]
    assert "must delete it" in report.sentences[-2]
    assert report.sentences[-1] == path


def keep_erased(log: Path, content: bytes, *, listed: bool) -> str:
    """Put back the file of an erased text, as a mirror that never looked again has it."""
    path = f"body/{sha256(content).hexdigest()}"
    (log / path).write_bytes(content)
    if listed:
        files = (log / "files").read_text().splitlines()
        rest = [each for each in files if not each.startswith("body/")]
        bodies = sorted([*(each for each in files if each.startswith("body/")), path])
        (log / "files").write_text("".join(f"{each}\n" for each in [*rest, *bodies]))
    return path


def test_an_erased_text_that_is_kept_and_listed_must_still_be_the_one_that_was_committed_to(
    erased: tuple[Path, bytes], without_text: Path
) -> None:
    path = keep_erased(without_text, erased[1], listed=True)
    (without_text / path).write_bytes(b"other words")

    assert fault_in(without_text).where == path


def test_a_text_that_no_entry_refers_to_is_found(log: Path) -> None:
    (log / ("body/" + "f" * 64)).write_bytes(b"added")
    rewrite(log / "files", lambda data: data + b"body/" + b"f" * 64 + b"\n")

    assert str(fault_in(log)) == f"body/{'f' * 64}: No entry refers to this file."


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda lines: [*lines, lines[-1]], "out of order or stands there twice"),
        (lambda lines: [*lines[:-2], lines[-1], lines[-2]], "out of order or stands there twice"),
        (lambda lines: [*lines[:-6], *lines[-5:], lines[-6]], "out of order or stands there twice"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "The line checkpoint is missing"),
        (lambda lines: lines[:5], "The line tile/0/001.p/44 is missing"),
        (lambda lines: [*lines, b"body/../../etc/passwd\n"], "does not name a file"),
        (lambda lines: [*lines, b"x" * 1_000_000 + b"\n"], "does not name a file"),
        (lambda lines: [*lines[:-1], lines[-1].upper()], "does not name a file"),
        (lambda lines: [*lines[:-1], lines[-1][:-1]], "does not name a file"),
    ],
)
def test_the_list_has_one_form(log: Path, change: Callable[[list[bytes]], list[bytes]], sentence: str) -> None:
    rewrite(log / "files", lambda data: b"".join(change(data.splitlines(keepends=True))))

    fault = fault_in(log)

    assert fault.where == "files"
    assert sentence in str(fault)


def resigned(log: Path, size: int, key: SigningKey = KEY, origin: str = ORIGIN) -> None:
    """Sign another size over the same root, as a dishonest operator who holds the key could."""
    stated = Checkpoint.parse((log / "checkpoint").read_text().split("\n\n")[0] + "\n")
    (log / "checkpoint").write_bytes(key.sign(Checkpoint(origin, size, stated.root).text))


@pytest.mark.parametrize("size", [0, SIZE - 1, SIZE + 1, (1 << 63) - 1])
def test_a_checkpoint_of_another_size_does_not_go_with_the_files(log: Path, size: int) -> None:
    resigned(log, size)

    assert fault_in(log).where


def test_the_checkpoint_of_another_log_is_refused_even_under_the_same_key(log: Path) -> None:
    resigned(log, SIZE, origin="consult.example.org/log/2")

    assert "checkpoint of consult.example.org/log/2" in str(fault_in(log))


def test_a_log_under_another_key_than_the_readers_is_refused(log: Path) -> None:
    stranger = SigningKey(ORIGIN, bytes(32))
    resigned(log, SIZE, key=stranger)
    (log / "key").write_text(f"{stranger.verifying.vkey}\n")
    (log / "policy").write_bytes(Roll().policy([stranger.verifying]).encode())

    fault = fault_in(log)

    assert verify(Folder(log)).key == stranger.verifying
    assert fault.where == "key"


@pytest.mark.parametrize(
    "entry",
    [
        b"not json",
        b'{"v": 1}',
        b'{"v":2}',
        b"{}",
        b'{"body":{"alg":"md5","c":"","size":0},"v":1}',
        b'{"body":[],"v":1}',
        b'{"body":{"alg":"sha256-salt32","c":"../../key","size":0},"v":1}',
        b'{"body":{"alg":"sha256-salt32","c":7,"size":0},"v":1}',
        b'{"facts":{"erased":"../../key"},"type":"body.erased","v":1}',
        b'{"type":"body.erased","v":1}',
        b'{"type":"pack.frozen","v":1}',
        b'{"facts":{"pack":"0000"},"type":"pack.frozen","v":1}',
    ],
)
def test_an_entry_that_says_nothing_known_is_a_fault_even_when_it_is_signed(tmp_path: Path, entry: bytes) -> None:
    sign_log(tmp_path / "log", [entry])

    assert fault_in(tmp_path / "log").where == "entry 0"


def test_a_large_log_holds_up_to_its_highest_tile(tmp_path: Path) -> None:
    sign_log(tmp_path / "log", [b'{"v":1}'] * 70_000)
    found = verify(Folder(tmp_path / "log"), KEY.verifying)
    rewrite(tmp_path / "log/tile/1/000", lambda hashes: bytes(32) + hashes[32:])

    fault = fault_in(tmp_path / "log")

    assert found.checkpoint.size == 70_000
    assert str(fault) == "tile/1/000: Its hash number 0 is not the root over tile/0/000."


def sign_log(folder: Path, entries: list[bytes]) -> None:
    """Make a log whose hashes and signature hold, whatever its entries say."""
    edge = Edge()
    tiles = dict([*edge.extend([leaf_hash(entry) for entry in entries]), *edge.partial_tiles()])
    files = {
        "checkpoint": KEY.sign(Checkpoint(ORIGIN, len(entries), edge.root()).text),
        "files": "".join(f"{path}\n" for path in paths_of(len(entries), [], [])).encode(),
        "key": f"{KEY.verifying.vkey}\n".encode(),
        "policy": Roll().policy([KEY.verifying]).encode(),
        **{tile.path: hashes for tile, hashes in tiles.items()},
        **{tile.path: bundle(entries[tile.start : tile.start + tile.width]) for tile in bundles_of(len(entries))},
    }
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def test_a_folder_that_is_not_there_is_said() -> None:
    report = verify_log("/nowhere")

    assert report.exit_code == 1
    assert report.json == {"passed": False, "where": "", "fault": "There is no folder /nowhere."}


@pytest.mark.parametrize(
    ("location", "said"),
    [("registru.tar", "unpack it first"), ("ftp://consult.example.org/log/1", "not an address that begins with https")],
)
def test_what_is_neither_a_folder_nor_an_address_is_said_to_be_so(location: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "registru.tar").write_bytes(b"half an archive")

    report = verify_log(location if "://" in location else str(tmp_path / location))

    assert not report.passed
    assert said in report.sentences[0]


def test_a_list_with_the_line_ends_of_another_system_is_said_to_be_so(log: Path) -> None:
    listed = log / "files"
    listed.write_bytes(listed.read_bytes().replace(b"\n", b"\r\n"))

    report = verify_log(str(log))

    assert report.facts["where"] == "files"
    assert "CRLF" in report.sentences[0]


def test_the_report_of_a_log_that_holds_can_be_read_by_people_and_programs(log: Path) -> None:
    report = verify_log(str(log), KEY.verifying.vkey)

    assert report.exit_code == 0
    assert len(report.sentences) == 2
    assert json.loads(json.dumps(report.json))["size"] == SIZE


def test_without_a_key_the_report_says_which_key_it_believed(log: Path) -> None:
    report = verify_log(str(log))

    assert KEY.verifying.vkey in report.sentences[-1]


def test_a_report_of_a_fault_says_where(log: Path) -> None:
    (log / "tile/0/000").unlink()

    report = verify_log(str(log))

    assert report.exit_code == 1
    assert report.json["where"] == "tile/0/000"
    assert len(report.sentences) == 1


def test_a_key_that_is_none_is_a_fault_of_the_command(log: Path) -> None:
    assert verify_log(str(log), "no key").json["where"] == "--key"
