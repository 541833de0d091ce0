"""The rules of the law asked for at the command line: what is mistyped is answered in plain words."""

from click.testing import CliRunner

from consult.commands import consult


def test_a_day_that_no_calendar_has_is_said_without_the_words_of_programmers() -> None:
    result = CliRunner().invoke(consult, ["policy", "date", "ro/law-52-2003", "proposals-period", "2026-13-01"])

    assert result.exit_code == 2
    assert "There is no day 2026-13-01." in result.output
    assert "%Y" not in result.output
