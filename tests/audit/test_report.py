"""What the audit tells people, what it tells programs, and what the command leaves behind."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consult.audit.failures import MOST_TOLD
from consult.audit.report import facts, sentences
from consult.audit.times import MOST_GAPS
from consult.commands import consult
from consult.i18n import LOCALES, current_locale
from tests.audit.logs import (
    BEFORE,
    DECIDED,
    KEY,
    ORIGIN,
    OTHER_KEY,
    Step,
    audited,
    changed,
    committed,
    lawful,
    on,
    received,
    without,
    write,
)

STORY = lawful()
EARLY = date(2027, 1, 13)
TOO_SOON = without(changed(STORY, "submitted", at=on(EARLY), on=EARLY), *DECIDED)


@pytest.fixture(autouse=True)
def english(_first_language: None) -> None:
    current_locale.set("en")


def run(*words: str, locale: str = "en") -> Result:
    return CliRunner().invoke(consult, ["--locale", locale, "audit", *words])


def test_a_lawful_record_is_told_in_a_few_sentences(tmp_path: Path) -> None:
    told = sentences(audited(tmp_path, STORY))

    assert told[-8:-6] == [
        "Figures for the report of art. 13(1) of Law 52/2003, izvoru, 2027:",
        "  a) total number of recommendations received: 0",
    ]
    assert told[:-8] == [
        f"The record {ORIGIN} holds, and what it tells was lawful: 32 entries.",
        (
            "Checked, by its own rules: consultations announced: 1; proposals received: 3; proposals withdrawn: 1; "
            "answers: 2; new versions: 1; debates announced: 1; changes of stage: 2; sessions announced: 1; "
            "proposals hidden: 1; texts erased: 1."
        ),
        "Rules: ro/law-52-2003, edition 2, as frozen by 1 consultation.",
        "Judged as of 20 January 2027, 18:00, the time of the newest entry.",
        "No witness has told a time yet: how late the entries were written, nobody outside can say.",
        "Figures for the report of art. 13(1) of Law 52/2003, izvoru, 2026:",
        "  a) total number of recommendations received: 3",
        "  b) total number of recommendations included in draft acts and in the decisions taken: 1",
        "  c) number of participants in public sessions: not in the record",
        "  d) number of public debates held on draft acts: 1",
        "  e) situation of the cases in which the authority was sued for not observing this law: not in the record",
        (
            "  f) own evaluation of the partnership with citizens and their legally constituted associations: "
            "not in the record"
        ),
        "  g) number of sessions that were not public and the reasons for restricting access: not in the record",
    ]


def test_an_authority_that_erases_the_reason_of_its_own_answer_is_named_with_its_ground(tmp_path: Path) -> None:
    about_another = "consult:izvoru/consultari/1-2026/propuneri/1-2026"
    gone = committed("answer 2").c

    own = audited(tmp_path / "own", changed(STORY, "erased", erased=gone))
    other = audited(tmp_path / "other", changed(STORY, "erased", erased=gone, subject=about_another))
    words = audited(tmp_path / "words", STORY)

    told = (
        "Entry 26 (body.erased, 20 December 2026, 10:00, consult:izvoru/consultari/1-2026/propuneri/2-2026): "
        "the authority erased the reason of its own answer, on the ground gdpr-17-1-b."
    )
    assert told in sentences(own)
    assert [(reason.place.subject, reason.ground) for reason in other.erased_reasons] == [
        (about_another, "gdpr-17-1-b")
    ]
    assert facts(words)["erased_reasons"] == []


def test_a_failure_names_the_entry_the_article_both_dates_and_the_days_off(tmp_path: Path) -> None:
    told = sentences(audited(tmp_path, TOO_SOON))

    assert told[0] == f"The hashes of the record {ORIGIN} hold, but one thing in it cannot have been right:"
    assert told[1].splitlines() == [
        "Entry 27 (consultation.stage_changed, 13 January 2027, 10:00, consult:izvoru/consultari/1-2026):",
        (
            "  The announcement, at least 30 working days before avizare (Legea 52/2003, art. 7 alin. (2)) "
            "[ro/law-52-2003#announcement-before-avizare]"
        ),
        "  Found: 13 January 2027. Expected: 14 January 2027.",
        (
            "  Earliest 14 January 2027: at least 30 working days between 24 November 2026 and that day "
            "(Legea 52/2003, art. 7 alin. (2)). Days off: 30 November 2026 (Saint Andrew's Day), 1 December 2026 "
            "(National Day), 25 December 2026 (Christmas Day), 1 January 2027 (New Year's Day), 6 January 2027 "
            "(Epiphany), 7 January 2027 (Saint John the Baptist)."
        ),
    ]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_failure_is_told_in_the_reader_s_language(locale: str, tmp_path: Path) -> None:
    current_locale.set(locale)

    told = "\n".join(sentences(audited(tmp_path, TOO_SOON)))

    assert ("14 ianuarie 2027" in told) == (locale == "ro")
    assert ("14 January 2027" in told) == (locale == "en")


def test_programs_get_every_value_as_it_is(tmp_path: Path) -> None:
    said = json.loads(json.dumps(facts(audited(tmp_path, TOO_SOON))))

    assert said["failures"] == [
        {
            "index": 27,
            "type": "consultation.stage_changed",
            "at": "2027-01-13T08:00:00Z",
            "subject": "consult:izvoru/consultari/1-2026",
            "rule": "ro/law-52-2003#announcement-before-avizare",
            "cite": "Legea 52/2003, art. 7 alin. (2)",
            "found": "2027-01-13",
            "expected": "2027-01-14",
        }
    ]
    assert (said["failure_count"], said["size"], said["at"]) == (1, 28, "2027-01-13T08:00:00Z")
    assert said["indicators"] == [
        {
            "authority": "izvoru",
            "year": 2026,
            "a": 3,
            "b": 1,
            "c": None,
            "d": 1,
            "e": None,
            "f": None,
            "g": None,
            "b_partly": 0,
        }
    ]


def test_of_very_many_failures_the_first_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    late = on(date(2026, 12, 9))
    more: Sequence[Step] = [
        replace(STORY[5], event=received(number, body=received(1).body), at=late + timedelta(seconds=number))
        for number in range(4, 4 + MOST_TOLD + 3)
    ]

    found = audited(tmp_path, [*STORY[:12], *more])

    assert (len(found.failures), found.count) == (MOST_TOLD, MOST_TOLD + 3)
    assert "… and 3 more." in sentences(found)


def test_a_debate_to_come_is_not_counted_as_held(tmp_path: Path) -> None:
    before = audited(tmp_path, STORY[:13], at=on(date(2026, 12, 3), 16))

    assert before.reports[0].by_code["d"] == 0


def test_what_was_taken_up_in_part_is_counted_and_said(tmp_path: Path) -> None:
    told = sentences(audited(tmp_path, changed(STORY, "answer", verdict="partly")))

    assert any(line.endswith("in the decisions taken: 1, of which 1 in part") for line in told)


def test_without_a_key_from_elsewhere_the_reader_is_told_to_compare(tmp_path: Path) -> None:
    folder = write(tmp_path, STORY)

    with_key, without_key = run(str(folder), "--key", KEY.verifying.vkey), run(str(folder))

    assert KEY.verifying.vkey not in with_key.stdout
    assert f"It was signed with the key {KEY.verifying.vkey}; compare it" in without_key.stdout


def test_times_of_witnesses_are_told(tmp_path: Path) -> None:
    told = sentences(audited(tmp_path, STORY, cosigned_at=STORY[-1].at))

    assert (
        f"The first {BEFORE + len(STORY)} entries were signed by somebody outside: each existed by then, and does not "
        "say a later time. That none was dated back before then, no signature shows."
    ) in told


def test_an_entry_dated_before_a_signature_over_a_log_without_it_is_told_in_a_notice(tmp_path: Path) -> None:
    answer = BEFORE + [step.name for step in STORY].index("answer")
    digests = {"2026-12-10": (answer, on(date(2026, 12, 10), 10, 6))}
    folder = write(tmp_path, STORY, digests=digests)

    told, counted = run(str(folder)), json.loads(run(str(folder), "--json").stdout)

    assert told.exit_code == 0
    lines = told.stdout.splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith("Notice: 2 entries are dated before"))
    assert "an outage" in lines[first]
    assert lines[first + 1].endswith(
        f"not among the {answer} entries that pietonii.example/martor signed on 10 December 2026, 10:06."
    )
    assert "10 December 2026, 10:00" in lines[first + 1]
    assert (counted["notice_count"], counted["failure_count"]) == (2, 0)
    assert counted["notices"][0] == {
        "index": answer,
        "type": "response.published",
        "at": "2026-12-10T08:00:00Z",
        "subject": "consult:izvoru/consultari/1-2026/propuneri/1-2026",
        "not_among": answer,
        "signed_at": "2026-12-10T08:06:00Z",
        "by": "pietonii.example/martor",
    }


def test_an_entry_dated_within_what_clocks_differ_of_a_signature_without_it_is_no_notice(tmp_path: Path) -> None:
    answer = BEFORE + [step.name for step in STORY].index("answer")

    found = audited(tmp_path, STORY, digests={"2026-12-10": (answer, on(date(2026, 12, 10), 10, 5))})

    assert (found.gap_count, found.count) == (0, 0)


def test_of_very_many_notices_the_first_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    found = audited(tmp_path, STORY, digests={"2027-01-20": (1, on(date(2027, 2, 20)))})

    assert (len(found.gaps), found.gap_count) == (MOST_GAPS, BEFORE + len(STORY) - 1)
    assert f"… and {found.gap_count - MOST_GAPS} more." in sentences(found)


def test_the_command_ends_well_for_a_lawful_record_and_badly_for_another(tmp_path: Path) -> None:
    good, bad = write(tmp_path / "good", STORY), write(tmp_path / "bad", TOO_SOON)

    assert run(str(good), "--key", KEY.verifying.vkey).exit_code == 0
    failed = run(str(bad), "--json")
    assert failed.exit_code == 1
    assert json.loads(failed.stdout)["failure_count"] == 1


def test_the_command_judges_as_of_the_instant_that_is_asked(tmp_path: Path) -> None:
    begun = write(tmp_path, STORY[:8])

    assert run(str(begun), "--at", "2027-01-14T23:59").exit_code == 0
    late = run(str(begun), "--at", "2027-01-15")

    assert late.exit_code == 1
    assert "Judged as of 15 January 2027, 00:00, the instant that you gave." in late.stderr


def test_the_command_refuses_a_day_that_is_none(tmp_path: Path) -> None:
    wrong = run(str(tmp_path), "--at", "tomorrow")

    assert wrong.exit_code == 2
    assert "is not a day or a moment" in wrong.stderr


def test_the_command_says_what_does_not_hold_before_anything_is_judged(tmp_path: Path) -> None:
    folder = write(tmp_path, STORY)

    other = run(str(folder), "--key", OTHER_KEY.verifying.vkey)
    (folder / "checkpoint").unlink()
    missing = run(str(folder), "--json")

    assert (other.exit_code, missing.exit_code) == (1, 1)
    assert "not the one that you gave" in other.stderr
    assert json.loads(missing.stdout)["where"] == "checkpoint"
