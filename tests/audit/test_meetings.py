"""Meetings as the audit replays them: held in time, minuted by two people, and votes that add up."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from consult.record.events import (
    AgendaPoint,
    DebateAnnounced,
    DebateRequestAnswered,
    DebateRequested,
    ItemDecided,
    MeetingAnnounced,
    MeetingCancelled,
    MeetingEnded,
    MeetingMoved,
    MinutesPublished,
    SessionAnnounced,
)
from tests.audit.logs import (
    CITIZEN,
    CLERK,
    CONSULTATION,
    CONTACT,
    HASHES,
    SESSION,
    SUBMISSION,
    Step,
    after,
    audited,
    changed,
    committed,
    lawful,
    on,
    told,
    without,
)

DEBATE, COUNCIL = "consult:izvoru/sedinte/1-2026", "consult:izvoru/sedinte/1-2027"
NOTICE, HELD = date(2026, 11, 25), date(2026, 12, 3)
MEMBER = CITIZEN.__class__("organisation_member", "0rg1")


def story() -> list[Step]:
    """The lawful story with its meetings: a debate that was asked for, held and minuted, and a session that votes."""
    steps = without(lawful(), "debate", "session", "adopted")
    place = next(at for at, each in enumerate(steps) if each.name == "answer")
    debate = [
        Step("requested", request(), MEMBER, on(NOTICE, 9)),
        Step("meeting", meeting(DEBATE, "debate", on(HELD, 17)), CONTACT, on(NOTICE, 10)),
        Step("debate", debate_of("1-2026"), CONTACT, on(NOTICE, 10)),
        Step("granted", granted(), CONTACT, on(NOTICE, 10)),
        Step("ended", MeetingEnded(subject=DEBATE, ended_at=on(HELD, 19), participants=31, speakers=4), CONTACT,
             on(HELD, 20)),
        Step("minutes", minutes(1), CONTACT, on(date(2026, 12, 9))),
        Step("corrected", minutes(2, "O virgulă."), CONTACT, on(date(2026, 12, 9), 12)),
    ]  # fmt: skip
    agenda = (AgendaPoint("Parcări", CONSULTATION), AgendaPoint("Diverse"))
    council = [
        Step("council", meeting(COUNCIL, "session", on(SESSION, 16), agenda), CONTACT, on(SUBMISSION, 11)),
        Step("session", session_of("1-2027"), CONTACT, on(SUBMISSION, 11)),
        Step("decided", decided(), CONTACT, on(SESSION, 18)),
        *(each for each in lawful() if each.name == "adopted"),
    ]
    return [*steps[:place], *debate, *steps[place:], *council]


def request() -> DebateRequested:
    facts = {"number": "1-2026", "by": "Asociația Pietonii", "asker": "association", "asked_on": NOTICE}
    return DebateRequested(subject=CONSULTATION, **facts, body=committed("1-2026"))


def granted() -> DebateRequestAnswered:
    return DebateRequestAnswered(subject=CONSULTATION, number="1-2026", meeting="1-2026", reason=None)


def meeting(subject: str, kind: str, starts_at, agenda=()) -> MeetingAnnounced:
    return MeetingAnnounced(
        subject=subject, kind=kind, title="Parcări", starts_at=starts_at, place="Sala Mare", agenda=agenda
    )


def debate_of(number: str) -> DebateAnnounced:
    return DebateAnnounced(subject=CONSULTATION, starts_at=on(HELD, 17), place="Sala Mare", meeting=number)


def session_of(number: str) -> SessionAnnounced:
    return SessionAnnounced(subject=CONSULTATION, starts_at=on(SESSION, 16), place="Sala Mare", meeting=number, item=1)


def minutes(number: int, reason: str | None = None) -> MinutesPublished:
    before = HASHES[number - 1] if number > 1 else None
    facts = {"number": number, "sha256": HASHES[number], "replaces": before, "reason": reason}
    return MinutesPublished(subject=DEBATE, **facts, drafted_by=(CLERK.pseudonym,))


def decided() -> ItemDecided:
    return ItemDecided(
        subject=COUNCIL,
        item=1,
        result="amended",
        act="HCL 7/2027",
        members=19,
        votes_for=15,
        votes_against=2,
        abstentions=1,
        absences=1,
        is_secret=False,
        body=committed("2-2026"),
    )


def breached(folder: Path, steps: list[Step], **files) -> list[str]:
    return [told(failure)[0] for failure in audited(folder, steps, **files).failures]


def test_what_was_held_minuted_and_voted_as_it_should_passes(tmp_path: Path) -> None:
    found = audited(tmp_path, story(), at=on(SESSION, 20))

    assert [str(each) for each in found.failures] == []


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
    "a request in one's own name": (lambda: changed(story(), "requested", by=CITIZEN), "record/debate-asked-by"),
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
