"""The programs of others, made ready to run: built once a run, whichever test asks first.

They are not among the project's dependencies: Go and its packages come from the distribution, aics-tlog needs a newer
Python than the project, and pabutools may not be linked with it, so these get environments of their own.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).parent
GO_PACKAGES = Path("/usr/share/gocode")
#: Of these the first that runs is taken.
NEWER_PYTHONS = ("python3.14", "python3.13", "python3.12")


def missing(what: str) -> None:
    """Skip a test whose program is not on this machine; in CI it must be."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is not on this machine")
    pytest.skip(f"{what} is not on this machine")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep the other workers of the run waiting while one makes something that all use."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def made_once(folder: Path, name: str, make: Callable[[Path], None]) -> Path:
    """Return what a run makes only once."""
    path = folder / name
    with alone(folder):
        if not path.exists():
            make(path)
    return path


def tlverify(folder: Path) -> Path:
    """Build the Go program."""
    if shutil.which("go") is None or not (GO_PACKAGES / "src/golang.org/x/mod").is_dir():
        missing("Go with golang.org/x/mod (Debian: golang-go, golang-golang-x-mod-dev)")

    def build(path: Path) -> None:
        environment = os.environ | {
            "GO111MODULE": "off",
            "GOPATH": str(GO_PACKAGES),
            "GOCACHE": str(folder / "go-cache"),
        }
        source = str(HERE / "tlverify.go")
        subprocess.run(["go", "build", "-o", str(path), source], check=True, env=environment, cwd=folder)

    return made_once(folder, "tlverify", build)


def aics(folder: Path) -> Path:
    """Make the environment of aics-tlog and aics-witness; return the folder of its programs."""
    python = newer_python()
    if python is None:
        missing("Python 3.12 or newer with venv, for aics-tlog")
    assert python is not None
    return environment(folder, "aics", python, HERE / "requirements.lock")


def budgets(folder: Path) -> Path:
    """Make the environment of pabutools and pabulib-checker; return the folder of its programs.

    It is apart from the project's, which must not have what pabutools brings: its licence, and a solver that is not
    free software.
    """
    return environment(folder, "budgets", sys.executable, HERE / "budgets.lock")


def environment(folder: Path, name: str, python: str, lock: Path) -> Path:
    """Make an environment of what a file locks; return the folder of its programs."""

    def install(path: Path) -> None:
        subprocess.run([python, "-m", "venv", str(path)], check=True)
        pip = [str(path / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        made = subprocess.run([*pip, "--require-hashes", "-r", str(lock)], check=False, capture_output=True, text=True)
        if made.returncode:
            shutil.rmtree(path)
            missing(f"what {lock.name} locks ({made.stderr.strip().splitlines()[-1]})")

    return made_once(folder, name, install) / "bin"


def newer_python() -> str | None:
    """Return an interpreter of Python 3.12 or newer that can make environments."""
    kept = sorted(Path.home().glob(".pyenv/versions/3.1[2-9]*/bin/python"))
    for candidate in (*NEWER_PYTHONS, *map(str, kept)):
        program = shutil.which(candidate)
        test = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))"
        if program and subprocess.run([program, "-c", test], check=False, capture_output=True).returncode == 0:
            return program
    return None
