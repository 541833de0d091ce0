"""Meetings as the audit replays them: held in time, minuted by two people, and votes that add up."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from consult.record.events import (
    DebateRequestAnswered,
    DebateRequested,
    MeetingCancelled,
    MeetingEnded,
    MeetingMoved,
    RecordingLinked,
)
from tests.audit.logs import (
    CITIZEN,
    CLERK,
    CONSULTATION,
    COUNCIL,
    DEBATE,
    HASHES,
    HELD,
    SESSION,
    SUBMISSION,
    Step,
    after,
    audited,
    changed,
    committed,
    ended,
    item_decided,
    lawful,
    meeting,
    minutes,
    on,
    told,
    without,
)

NOTICE = date(2026, 11, 25)
MEMBER = CITIZEN.__class__("organisation_member", "0rg1")


def story() -> list[Step]:
    """The lawful story, in which the debate was asked for and its minutes were corrected."""
    steps = lawful()
    at = [step.name for step in steps].index("meeting")
    steps.insert(at, Step("requested", request(), MEMBER, on(NOTICE, 9)))
    steps = after(steps, "debate", granted(), minutes=0)
    steps = named(steps, "granted")
    steps = after(steps, "minutes", minutes(2, "O virgulă."), minutes=120)
    return named(steps, "corrected")


def named(steps: list[Step], name: str) -> list[Step]:
    return [replace(step, name=name) if step.name == "more" else step for step in steps]


def request() -> DebateRequested:
    facts = {"number": "1-2026", "by": "Asociația Pietonii", "asker": "association", "asked_on": NOTICE}
    return DebateRequested(subject=CONSULTATION, **facts, body=committed("1-2026"))


def granted() -> DebateRequestAnswered:
    return DebateRequestAnswered(subject=CONSULTATION, number="1-2026", meeting="1-2026", reason=None)


def breached(folder: Path, steps: list[Step], **files) -> list[str]:
    return [told(failure)[0] for failure in audited(folder, steps, **files).failures]


def test_what_was_held_minuted_and_voted_as_it_should_passes(tmp_path: Path) -> None:
    found = audited(tmp_path, story(), at=on(SESSION, 20))

    assert [str(each) for each in found.failures] == []


NOBODYS = "consult:izvoru/sedinte/77-2026"
LATE = on(date(2026, 12, 14))
WRONG = {
    "a debate too late": (
        lambda: changed(changed(story(), "meeting", starts_at=on(date(2026, 12, 6), 17)), "debate",
                        starts_at=on(date(2026, 12, 6), 17)),
        "ro/law-52-2003#debate-after-notice",
    ),
    "minutes too late": (lambda: changed(without(story(), "corrected"), "minutes", at=LATE), "#debate-documents"),
    "minutes by their author": (lambda: changed(story(), "minutes", by=CLERK), "record/minutes-by-two"),
    "minutes unchained": (lambda: changed(story(), "corrected", replaces=HASHES[3]), "record/minutes-in-order"),
    "a correction without a reason": (lambda: changed(story(), "corrected", reason=None), "record/with-reason"),
    "votes that do not add up": (lambda: changed(story(), "decided", votes_for=14), "record/votes-add-up"),
    "a majority against": (
        lambda: changed(story(), "decided", votes_for=2, votes_against=15),
        "record/votes-add-up",
    ),
    "an open vote without names": (lambda: changed(story(), "decided", body=None), "record/votes-add-up"),
    "another outcome": (lambda: changed(story(), "decided", result="rejected"), "record/outcome-as-decided"),
    "a request nobody answered": (lambda: without(story(), "granted"), "record/debate-before-avizare"),
    "a request in one's own name": (lambda: changed(story(), "requested", by=CITIZEN), "record/by-who-may"),
    "a request too late": (
        lambda: changed(story(), "requested", asked_on=date(2026, 12, 8), at=on(NOTICE, 9)),
        "#debate-request-period",
    ),
    "a debate never held": (
        lambda: without(story(), "ended", "minutes", "corrected"),
        "record/debate-before-avizare",
    ),
    "moved without a reason": (
        lambda: after(story(), "granted", MeetingMoved(subject=DEBATE, starts_at=on(HELD, 18), place="S", reason=" ")),
        "record/with-reason",
    ),
    "called off after it was held": (
        lambda: after(story(), "ended", MeetingCancelled(subject=DEBATE, reason="Ninge.")),
        "record/stages-in-order",
    ),
    "minutes of a meeting nobody announced": (
        lambda: after(story(), "ended", replace(minutes(1), subject=NOBODYS)),
        "record/meeting-announced-first",
    ),
    "an end of a meeting nobody announced": (
        lambda: after(story(), "ended", ended(NOBODYS, on(HELD, 19))),
        "record/meeting-announced-first",
    ),
    "a move of a meeting nobody announced": (
        lambda: after(story(), "granted", MeetingMoved(subject=NOBODYS, starts_at=on(HELD, 18), place="S", reason="?")),
        "record/meeting-announced-first",
    ),
    "a recording of a meeting nobody announced": (
        lambda: after(story(), "ended", RecordingLinked(subject=NOBODYS, name="Film", url="https://izvoru.example/1")),
        "record/meeting-announced-first",
    ),
    "an item adopted at a meeting nobody announced": (
        lambda: after(story(), "decided", replace(item_decided(), subject=NOBODYS)),
        "record/meeting-announced-first",
    ),
    "a debate at a meeting nobody announced": (
        lambda: without(story(), "meeting"),
        "record/meeting-announced-first",
    ),
    "a debate at another hour than its meeting": (
        lambda: changed(story(), "debate", starts_at=on(HELD, 16)),
        "record/meeting-announced-first",
    ),
    "a session on whose agenda the draft is not": (
        lambda: changed(story(), "session", item=2),
        "record/meeting-announced-first",
    ),
    "moved into the past": (
        lambda: after(story(), "granted", MeetingMoved(subject=DEBATE, starts_at=on(NOTICE, 9), place="S", reason="?")),
        "record/day-of-the-act",
    ),
    "a session moved to before its notice": (
        lambda: after(
            story(), "session", MeetingMoved(subject=COUNCIL, starts_at=on(SUBMISSION, 18), place="S", reason="?")
        ),
        "ro/law-52-2003#session-notice",
    ),
    "a number of another year": (
        lambda: after(story(), "meeting", meeting("consult:izvoru/sedinte/1-2031", "dialogue", on(HELD, 12))),
        "record/own-number",
    ),
    "a request with a number of another year": (
        lambda: changed(changed(story(), "requested", number="1-2019"), "granted", number="1-2019"),
        "record/own-number",
    ),
    "a request with no number": (lambda: changed(story(), "requested", number="unu"), "record/own-number"),
    "more speakers than people": (
        lambda: changed(story(), "ended", participants=3),
        "record/people-present",
    ),
    "adopted without a number": (lambda: changed(story(), "decided", act=None), "record/votes-add-up"),
    "negative votes": (lambda: changed(story(), "decided", absences=-1, votes_for=17), "record/votes-add-up"),
    "minutes that nobody could compare": (lambda: changed(story(), "corrected", sha256="?"), "record/documents-named"),
    "a gap in the numbers": (
        lambda: after(story(), "meeting", meeting("consult:izvoru/sedinte/3-2026", "dialogue", on(HELD, 12))),
        "record/numbers-without-gaps",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_as_it_should_be_at_a_meeting_is_found(tmp_path: Path, name: str) -> None:
    wrong, rule = WRONG[name]

    found = breached(tmp_path, wrong(), at=on(SESSION, 20))

    assert any(each.endswith(rule) for each in found), found


def test_a_debate_that_nobody_says_was_held_is_found_once_its_days_are_over(tmp_path: Path) -> None:
    steps = story()
    until = [each for each in steps if each.at <= on(NOTICE, 12)]

    in_time = breached(tmp_path / "in time", until, at=on(HELD + timedelta(days=2)))
    late = breached(tmp_path / "late", until, at=on(HELD + timedelta(days=3)))

    assert [each for each in in_time if "debate" in each] == []
    assert [each for each in late if "debate" in each] == ["ro/law-52-2003#debate-after-notice"]


def test_the_year_counts_who_came_to_its_sessions_and_the_debates_that_were_held(tmp_path: Path) -> None:
    over = MeetingEnded(subject=COUNCIL, ended_at=on(SESSION, 19), participants=23, speakers=0)
    steps = after(story(), "adopted", over, minutes=100)

    found = audited(tmp_path, steps, at=on(SESSION, 21))

    assert [str(each) for each in found.failures] == []
    assert {report.year: (report.by_code["c"], report.by_code["d"]) for report in found.reports} == {
        2026: (None, 1),
        2027: (23, 0),
    }
