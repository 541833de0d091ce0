"""What the commands about the record show while they work."""

import io

import pytest

from consult.commands.records import counting


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_shows_how_much_of_a_log_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)

    with counting("Entries checked", is_shown=True) as progress:
        progress(250, 1_000)
        progress(1_000, 1_000)

    half, whole = terminal.getvalue().strip("\r\n").split("\r")
    assert half == f"Entries checked [{'#' * 10}{'-' * 30}] 250 / 1,000"
    assert whole == f"Entries checked [{'#' * 40}] 1,000 / 1,000"


def test_nothing_is_shown_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with counting("Entries checked", is_shown=True) as progress:
        progress(250, 1_000)

    assert capsys.readouterr() == ("", "")
