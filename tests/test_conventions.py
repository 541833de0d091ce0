"""The rules of the house, each with the accident that it prevents."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HALVES = ("consult", "web")
LONGEST_MODULE = 300
LONGEST_STYLESHEET = 120
TEXT = {".py", ".html", ".txt", ".toml", ".md", ".css", ".js", ".po", ".svg", ".lock", ".mako", ".yml", ".yaml", ""}


def tracked() -> list[Path]:
    """Every file that is in the repository, or would be with the next commit."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def modules(*halves: str) -> list[Path]:
    return sorted(path for half in halves for path in (ROOT / half).rglob("*.py"))


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Every call in a module, as (line, dotted name)."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_run_downward_only() -> None:
    """A rule that knows the web cannot be tested, reused or trusted without it."""
    result = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout


def test_no_module_is_longer_than_one_noun() -> None:
    """Peers' files of thousands of lines began as files of three hundred and one."""
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(*HALVES)}

    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_stylesheet_is_longer_than_one_component() -> None:
    sheets = {named(path): len(path.read_text().splitlines()) for path in (ROOT / "web/static/css").rglob("*.css")}

    assert {name: length for name, length in sheets.items() if length > LONGEST_STYLESHEET} == {}


def test_nothing_in_the_domain_commits() -> None:
    """Two actions that each commit cannot be joined into one, and a failed commit would be acknowledged."""
    ends = {"commit", "rollback", "begin", "begin_nested"}
    outside = [path for path in modules(*HALVES) if "consult/store" not in path.as_posix()]

    found = [
        f"{named(path)}:{line}" for path in outside for line, name in calls(path) if name.rpartition(".")[2] in ends
    ]

    assert found == []


def test_only_faces_read_the_clock() -> None:
    """A rule that reads the clock cannot be tried on 29 February or in the second after the deadline."""
    faces = ("web/", "consult/commands", "consult/clock.py", "consult/jobs/worker.py", "consult/demo")
    readings = {"clock.now", "now", "datetime.now", "datetime.utcnow", "date.today", "time.time"}

    found = [
        f"{named(path)}:{line}"
        for path in modules(*HALVES)
        for line, name in calls(path)
        if name in readings and not named(path).startswith(faces)
    ]

    assert found == []


@pytest.mark.parametrize("path", modules(*HALVES), ids=named)
def test_nothing_is_caught_blindly_but_at_the_edges(path: Path) -> None:
    """A swallowed error once answered "stored" for a vote that was not."""
    # In `turns` it is somebody else's, and is raised where they wait for it.
    edges = {"consult/jobs/worker.py", "consult/store/turns.py", "web/errors.py"}

    found = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    ]

    assert named(path) in edges or found == []


def test_no_template_escapes_the_escaping() -> None:
    """Stored cross-site scripting is the most frequent published hole of the peers."""
    unsafe = re.compile(r"\|\s*safe\b|autoescape\s+false|\bstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", re.IGNORECASE)

    found = [
        f"{named(path)}: {match[0]}"
        for path in (ROOT / "web").rglob("*.html")
        for match in [unsafe.search(path.read_text(encoding="utf-8"))]
        if match
    ]

    assert found == []


def test_the_repository_names_no_machine_and_no_package_index() -> None:
    """What is read by everybody must not depend on one workplace."""
    machine = re.compile(r"(?:^|[^a-z0-9.])/(?:work|root|farm)/|pypi\.org|registry\.npmjs|https?://[^\s\"']*/simple")
    allowed = {"tests/test_conventions.py"}

    found = [
        f"{named(path)}: {match[0]}"
        for path in tracked()
        if path.suffix in TEXT and named(path) not in allowed
        for match in [machine.search(path.read_text(encoding="utf-8", errors="replace"))]
        if match
    ]

    assert found == []


def test_romanian_is_written_with_commas_below() -> None:
    """The cedilla letters are another language's; searching for one does not find the other."""
    cedillas = set("\u015e\u015f\u0162\u0163")
    real_acts = ROOT / "tests/consultations/acts"

    found = [
        named(path)
        for path in tracked()
        if path.suffix in TEXT
        and real_acts not in path.parents
        and cedillas & set(path.read_text(encoding="utf-8", errors="replace"))
    ]

    assert found == []


def test_nothing_unfinished_is_left_in_the_code() -> None:
    marks = re.compile(
        r"\b(?:"
        + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "raise NotImplemented" + "Error", "pragma: no " + "cover"))
        + r")\b"
    )

    found = [
        f"{named(path)}: {match[0]}"
        for path in tracked()
        if path.suffix in {".py", ".html", ".css", ".js"}
        for match in [marks.search(path.read_text(encoding="utf-8"))]
        if match
    ]

    assert found == []


def test_the_top_level_holds_what_it_should() -> None:
    wanted = {"consult", "web", "policies", "migrations", "tests", "deploy"}
    files = {"pyproject.toml", "README.md", "Makefile", "LICENSE"}

    found = {named(path).split("/")[0] for path in tracked()}

    assert {name for name in found if not name.startswith(".")} == wanted | files


def test_every_module_says_why_it_exists() -> None:
    silent = [
        named(path)
        for path in modules(*HALVES)
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        and path.read_text(encoding="utf-8").strip()
    ]

    assert silent == []
