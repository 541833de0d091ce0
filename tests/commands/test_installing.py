"""What `consult check` says before a service is opened to the public, and while it is open."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import update
from sqlalchemy.orm import Session

from consult.commands import consult
from consult.commands.installing import LATE, problems_of_work
from consult.identity.vault import NoIdentityKey
from consult.jobs import Job, enqueue
from consult.store import Database
from tests.factories import NOW, an_open_consultation
from tests.record.logs import sequence_all

FACTS = {
    "--slug": "izvoru",
    "--name": "Municipiul Izvoru",
    "--county": "Bacău",
    "--siruta": "20297",
    "--address": "Str. Primăriei 1, Izvoru",
    "--proposals-email": "propuneri@izvoru.example",
    "--contact-name": "Ioana Marin",
    "--contact-email": "consultare@izvoru.example",
    "--contact-phone": "0234 000 000",
}


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of an installation that is fit for the public."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("CONSULT_DEMO", raising=False)
    monkeypatch.setenv("CONSULT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CONSULT_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("CONSULT_BASE_URL", "https://consultare.izvoru.example")
    monkeypatch.setenv("CONSULT_SMTP_URL", "smtps://mail.izvoru.example")


def init() -> None:
    facts = [word for pair in FACTS.items() for word in pair]
    officials = ["--official", "Ana Pop", "ana@izvoru.example", "--official", "Ion Marin", "ion@izvoru.example"]
    result = CliRunner().invoke(consult, ["init", *facts, *officials])
    assert result.exit_code == 0, result.output


@pytest.mark.usefixtures("environment")
def test_an_installation_that_was_set_up_is_fit_to_be_opened() -> None:
    init()

    result = CliRunner().invoke(consult, ["check"])

    assert result.exit_code == 0, result.output


@pytest.mark.usefixtures("environment")
def test_a_demonstration_over_plain_http_is_not_fit_to_be_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    init()
    monkeypatch.setenv("CONSULT_DEMO", "1")
    monkeypatch.setenv("CONSULT_BASE_URL", "http://consultare.izvoru.example")

    result = CliRunner().invoke(consult, ["check"])

    assert result.exit_code == 1
    assert "CONSULT_DEMO" in result.output
    assert "https" in result.output


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("left", [None, b"half a key"])
def test_a_lost_identity_key_is_one_sentence_when_asked_and_at_start(left: bytes | None, tmp_path: Path) -> None:
    init()
    lost = tmp_path / "keys" / "identity.key"
    lost.unlink()
    if left is not None:
        lost.write_bytes(left)
        lost.chmod(0o600)

    check = CliRunner().invoke(consult, ["check"])
    serve = CliRunner().invoke(consult, ["serve"])

    assert check.exit_code == 1
    assert check.output.splitlines() == [f"- {NoIdentityKey(path=lost).explain()}"]
    assert isinstance(serve.exception, NoIdentityKey)
    assert str(lost) in serve.exception.explain_cause()


@pytest.mark.usefixtures("environment")
def test_no_worker_runs_beside_the_embedded_database() -> None:
    result = CliRunner().invoke(consult, ["worker"])

    assert result.exit_code == 1
    assert "consult serve" in result.output


def test_a_job_that_was_given_up_is_told(database: Database) -> None:
    def give_up(db: Session) -> None:
        enqueue(db, "letter", at=NOW)
        db.execute(update(Job).values(failed_at=NOW))

    database.act(give_up)

    (problem,) = problems_of_work(database, at=NOW + LATE * 2)

    assert "last try: 1" in problem


def test_what_nobody_takes_is_told_once_it_is_late(database: Database) -> None:
    database.act(an_open_consultation)
    database.act(enqueue, "letter", at=NOW)

    at_first = list(problems_of_work(database, at=NOW + LATE))
    later = list(problems_of_work(database, at=NOW + LATE + timedelta(minutes=1)))

    assert at_first == []
    assert ["job" in later[0], "public act" in later[1]] == [True, True]


def test_an_act_in_the_record_waits_for_nobody(database: Database) -> None:
    database.act(an_open_consultation)
    sequence_all(database)

    problems = list(problems_of_work(database, at=NOW + LATE * 2))

    assert not any("public act" in problem for problem in problems)
