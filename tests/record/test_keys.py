"""The log's key is made once, for one log, and nobody else can read it."""

from pathlib import Path

import pytest

from consult.record.faults import Fault
from consult.record.keys import create_key, load_key
from tests.record.logs import ORIGIN

FILE = "log-1.key"


def test_a_new_key_is_for_the_service_alone_and_is_loaded_again(tmp_path: Path) -> None:
    made = create_key(tmp_path / "keys", ORIGIN)

    assert load_key(tmp_path / "keys") == made
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "keys" / FILE).stat().st_mode & 0o777 == 0o600


def test_two_logs_have_two_keys(tmp_path: Path) -> None:
    assert create_key(tmp_path / "a", ORIGIN).seed != create_key(tmp_path / "b", ORIGIN).seed


def test_a_key_is_never_replaced(tmp_path: Path) -> None:
    made = create_key(tmp_path, ORIGIN)

    with pytest.raises(Fault, match="already has its key"):
        create_key(tmp_path, ORIGIN)

    assert load_key(tmp_path) == made


def test_a_missing_key_is_said(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="no key yet"):
        load_key(tmp_path)


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    create_key(tmp_path, ORIGIN)
    (tmp_path / FILE).chmod(0o640)

    with pytest.raises(Fault, match="mode 0600"):
        load_key(tmp_path)


def test_a_file_that_is_no_key_is_refused(tmp_path: Path) -> None:
    create_key(tmp_path, ORIGIN)
    (tmp_path / FILE).write_bytes(b"\xff\n")

    with pytest.raises(Fault, match="not a signing key"):
        load_key(tmp_path)


def test_a_directory_that_is_none_is_said(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file")

    with pytest.raises(Fault, match="cannot be read"):
        load_key(tmp_path / "keys")
    with pytest.raises(Fault, match="cannot be kept"):
        create_key(tmp_path / "keys", ORIGIN)
