"""What outsiders' programs say of the log, and of copies that somebody tampered with."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.outsiders.conftest import Log
from tests.outsiders.programs import HERE, aics, tlverify

pytestmark = pytest.mark.slow


def run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], check=False, capture_output=True, text=True)


class Program:
    """A program that checks a folder, with the key and with a checkpoint that was kept. `words`: how it is called."""

    def __init__(self, *words: object) -> None:
        self._words = words

    def check(self, folder: Path, log: Log) -> subprocess.CompletedProcess[str]:
        return run(*(log_word(word, folder, log) for word in self._words))


def log_word(word: object, folder: Path, log: Log) -> object:
    return {"DIR": folder, "VKEY": log.vkey, "KEPT": log.kept}.get(word, word) if isinstance(word, str) else word


def go_program(folder: Path) -> Program:
    return Program(tlverify(folder), "DIR", "VKEY", "KEPT")


def aics_program(folder: Path) -> Program:
    return Program(aics(folder) / "python", HERE / "whole_log.py", "DIR", "VKEY", "KEPT")


def own_program(_: Path) -> Program:
    consult = Path(sys.executable).with_name("consult")
    return Program(consult, "record", "verify", "DIR", "--key", "VKEY", "--since", "KEPT")


@pytest.fixture(params=[go_program, aics_program, own_program], ids=lambda each: each.__name__)
def program(request: pytest.FixtureRequest, shared_by_workers: Path) -> Program:
    return request.param(shared_by_workers)


def test_a_log_made_through_the_pages_holds(program: Program, log: Log) -> None:
    found = program.check(log.now, log)

    assert found.returncode == 0, found.stderr


def test_what_a_log_made_through_the_pages_tells_was_lawful(log: Log) -> None:
    consult = Path(sys.executable).with_name("consult")

    found = run(consult, "audit", log.now, "--key", log.vkey)

    assert found.returncode == 0, found.stderr


def test_a_copy_that_was_tampered_with_is_rejected(program: Program, log: Log, tampered: Path) -> None:
    found = program.check(tampered, log)

    assert found.returncode == 1, found.stdout
