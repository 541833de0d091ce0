"""Logs that go on from others: what such a log must say, what is taken on trust, and what is not once all are read."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from consult.audit.audit import Audit, audit
from consult.audit.report import facts, sentences
from consult.commands import consult
from consult.i18n import current_locale
from consult.record.checkpoints import Checkpoint
from consult.record.events import LogContinued, SupportCounted
from consult.record.notes import Note, SigningKey
from consult.record.sources import Folder
from tests.audit.logs import (
    ANNOUNCED,
    CITIZEN,
    KEY,
    OPERATOR,
    ORIGIN,
    SERVICE,
    Step,
    a_witness,
    after,
    audited,
    founding,
    lawful,
    on,
    proposal,
    received,
    told,
    without,
    write,
)

SECOND = SigningKey("consult.example.org/log/2", bytes(32))
STORY = lawful()
#: What is told until the answers; the second log tells the rest.
AT = [step.name for step in STORY].index("answer")
FIRST, REST = STORY[:AT], STORY[AT:]
LOST_AT = on(date(2026, 12, 9))


@pytest.fixture(autouse=True)
def english(_first_language: None) -> None:
    current_locale.set("en")


def continued(checkpoint: str, **members: Any) -> list[Step]:
    """How the second log begins."""
    said = {"subject": "consult:log/2", "checkpoint": checkpoint, "reason": "Cheia s-a pierdut.", **members}
    witness = replace(a_witness(), subject="consult:log/2")
    return [Step("continued", LogContinued(**said), OPERATOR, LOST_AT), Step("witness", witness, OPERATOR, LOST_AT)]


def end_of(folder: Path) -> str:
    return (folder / "checkpoint").read_text(encoding="utf-8")


def second_log(folder: Path, steps: list[Step], earlier: list[Step] = FIRST) -> Path:
    return write(folder, steps, key=SECOND, earlier=[*founding(), *earlier])


def judged(folder: Path, *earlier: Path) -> Audit:
    return audit(Folder(folder), SECOND.verifying, earlier=[Folder(each) for each in earlier])


def test_a_log_that_goes_on_is_judged_with_the_one_before_it_as_if_they_were_one(tmp_path: Path) -> None:
    first = write(tmp_path / "1", FIRST)
    second = second_log(tmp_path / "2", [*continued(end_of(first)), *REST])

    found = judged(second, first)

    assert [told(failure) for failure in found.failures] == []
    assert found.continued
    assert (found.continued.end.origin, found.continued.is_given) == (ORIGIN, True)
    assert any("which was read first" in each for each in sentences(found))


def test_what_an_earlier_log_began_is_not_believed_once_it_was_read(tmp_path: Path) -> None:
    first = write(tmp_path / "1", FIRST)
    early = replace(REST[0], event=replace(REST[0].event, subject=proposal(7), recommendation=7))
    second = second_log(tmp_path / "2", [*continued(end_of(first)), early])

    alone, together = judged(second), judged(second, first)

    assert alone.failures == []
    assert [told(failure)[0] for failure in together.failures] == ["record/received-first"]


def test_the_report_says_that_an_earlier_log_was_not_given(tmp_path: Path) -> None:
    first = write(tmp_path / "1", FIRST)
    second = second_log(tmp_path / "2", [*continued(end_of(first)), *REST])

    found = judged(second)

    assert any("That log was not given (--continues): what may have begun there" in each for each in sentences(found))
    end = Checkpoint.parse(Note.parse(end_of(first).encode()).text)
    assert facts(found)["continues"]["given"] is False
    assert (facts(found)["continues"]["origin"], facts(found)["continues"]["size"]) == (ORIGIN, end.size)


def test_the_command_reads_the_log_before_first(tmp_path: Path) -> None:
    first = write(tmp_path / "1", FIRST)
    second = second_log(tmp_path / "2", [*continued(end_of(first)), *REST])

    found = CliRunner().invoke(consult, ["--locale", "en", "audit", str(second), "--continues", str(first)])

    assert found.exit_code == 0, found.output
    assert "which was read first" in found.stdout


@pytest.mark.parametrize(
    ("members", "rule"),
    [
        ({"checkpoint": "nothing"}, "record/continues-the-log-before"),
        ({"reason": " "}, "record/with-reason"),
        ({"subject": "consult:log"}, "record/continues-the-log-before"),
        ({"checkpoint": KEY.sign(Checkpoint("other.example/log/1", 5, bytes(32)).text).decode()},
         "record/continues-the-log-before"),
    ],
    ids=["no checkpoint", "no reason", "about another log", "the end of another log"],
)  # fmt: skip
def test_a_log_that_does_not_say_rightly_what_it_continues_is_found(
    tmp_path: Path, members: dict[str, str], rule: str
) -> None:
    first = write(tmp_path / "1", FIRST)
    beginning = continued(**{"checkpoint": end_of(first), **members})[:1]
    second = second_log(tmp_path / "2", beginning)

    assert rule in [told(failure)[0] for failure in judged(second).failures]


def test_a_log_that_ends_otherwise_than_it_is_cited_is_found(tmp_path: Path) -> None:
    first, shorter = write(tmp_path / "1", FIRST), write(tmp_path / "shorter", FIRST[:-1])
    second = second_log(tmp_path / "2", continued(end_of(first)))

    found = CliRunner().invoke(consult, ["--locale", "en", "audit", str(second), "--continues", str(shorter)])

    assert found.exit_code == 1
    assert "continues another log than this one, or an earlier state of it" in found.stderr


def test_the_first_log_continues_none_so_nothing_in_it_is_taken_on_trust(tmp_path: Path) -> None:
    invented = Step("continued", LogContinued(subject="consult:log/1", checkpoint="nothing", reason=""), OPERATOR,
                    on(ANNOUNCED, 7))  # fmt: skip
    dropped = without(STORY, "announced")

    found = audited(tmp_path, [invented, *founding(), *dropped])

    failures = [told(failure) for failure in found.failures]
    assert (
        "record/continues-the-log-before",
        "log.continued",
        "log.continued",
        "nothing before the first log",
    ) in failures
    assert ("record/announced-first", "recommendation.received", "recommendation.received",
            "an announcement before it") in failures  # fmt: skip


def test_a_later_log_says_what_it_continues(tmp_path: Path) -> None:
    found = judged(write(tmp_path, STORY, key=SECOND))

    assert [told(failure) for failure in found.failures] == [
        (
            "record/continues-the-log-before",
            "authority.created",
            "authority.created",
            f"that this log continues {ORIGIN}",
        )
    ]


def test_what_begins_in_the_later_log_is_not_taken_on_trust(tmp_path: Path) -> None:
    first = write(tmp_path / "1", FIRST)
    counted = SupportCounted(subject=proposal(8), number=8, supporters=3_000, added=("a",))
    story = [
        *continued(end_of(first)),
        *(step for step in lawful() if step.name in ("frozen", "announced")),
        Step("later", received(8), CITIZEN, on(date(2026, 12, 9), 11)),
        Step("gap", received(7, 2027), CITIZEN, on(date(2027, 1, 4))),
    ]
    at = replace(story[2], at=on(date(2026, 12, 9)))
    story[2:4] = [at, replace(story[3], at=at.at)]

    found = judged(second_log(tmp_path / "2", after(story, "later", counted, by=SERVICE)))

    rules = [told(failure)[0] for failure in found.failures]
    assert "record/supports-add-up" in rules
    assert [told(each) for each in found.failures if told(each)[0] == "record/numbers-without-gaps"] == [
        ("record/numbers-without-gaps", "recommendation.received", 7, 1)
    ]
