"""Frozen rules that are none, times that others saw, what is due at an instant, and logs that go on from others."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import rfc8785

from consult.audit.announcements import ANNOUNCEMENT as ANNOUNCING
from consult.audit.announcements import AVIZARE, PROPOSALS_CLOSE, SHORTER, URGENT
from consult.audit.audit import audit
from consult.audit.gatherings import DEBATE, SESSION
from consult.audit.procedures import NEXT
from consult.audit.report import facts, sentences
from consult.audit.stages import DEBATE_NOTICE, SESSION_NOTICE
from consult.consultations import consultations, procedure
from consult.consultations.consultations import ENDED as ENDED_STAGES
from consult.consultations.consultations import PRIVATE, Stage
from consult.consultations.recommendations import TAKEN, Kind, Verdict
from consult.i18n import current_locale
from consult.policy.freezing import FrozenPack
from consult.policy.reading import find_pack
from consult.policy.rules import DeadlineRule
from consult.record import canonical
from consult.record.entry_form import Signer
from consult.record.events import KeyAdded, OrganisationVerified
from consult.record.events.consultations import ENDED, KINDS, STAGES, TAKEN_UP, VERDICTS
from consult.record.events.log import SUBJECT as LOG
from consult.record.faults import Fault
from consult.record.sources import Folder
from tests.audit.logs import (
    ANNOUNCED,
    BEFORE,
    CONTACT,
    DECIDED,
    FROZEN,
    KEY,
    NEIGHBOUR,
    OPERATOR,
    ORGANISATION,
    OTHER_KEY,
    RULES,
    SUBMISSION,
    Step,
    after,
    announced,
    answered,
    appeal_decided,
    appealed,
    audited,
    changed,
    lawful,
    on,
    proposal,
    received,
    told,
    without,
)

MEMBER, OTHER_MEMBER = (Signer("organisation_member", name) for name in ("3e01", "3e02"))
STORY = lawful()
NAMES = [step.name for step in STORY]
RECEIVED, ANSWER, ANNOUNCEMENT = "recommendation.received", "response.published", "consultation.announced"


def other_rules(**members: object) -> FrozenPack:
    """The frozen pack, as somebody altered it before it was frozen; None takes a member away."""
    stated = {name: each for name, each in {**canonical_pack(), **members}.items() if each is not None}
    content = rfc8785.dumps(stated)
    return FrozenPack(FROZEN.name, FROZEN.version, sha256(content).hexdigest(), content)


def canonical_pack() -> dict[str, object]:
    return canonical.load(FROZEN.content)


def under(pack: FrozenPack, story: list[Step]) -> list[Step]:
    return changed(changed(story, "frozen", pack=pack.digest), "announced", pack=pack.digest)


def test_rules_that_were_weakened_before_they_were_frozen_are_found(tmp_path: Path) -> None:
    [*rules] = canonical_pack()["rule"]
    weakened = [{**rule, "days": 3} if rule["id"] == "proposals-period" else rule for rule in rules]
    pack = other_rules(rule=weakened)

    found = audited(tmp_path, under(pack, STORY), packs=[pack.content])

    expected = f"the rules of {RULES}, edition 2"
    assert list(map(told, found.failures)) == [("record/rules-as-known", "pack.frozen", ["proposals-period"], expected)]


def test_rules_said_in_better_words_are_the_same_rules(tmp_path: Path) -> None:
    [*rules] = canonical_pack()["rule"]
    pack = other_rules(rule=[{**rule, "title": {"ro": "Altfel spus", "en": "In other words"}} for rule in rules])

    assert audited(tmp_path, under(pack, STORY), packs=[pack.content]).count == 0


def test_rules_that_this_program_does_not_know_are_taken_as_they_were_frozen(tmp_path: Path) -> None:
    [*rules] = canonical_pack()["rule"]
    longer = [{**rule, "days": 14} if rule["id"] == "proposals-period" else rule for rule in rules]
    pack = other_rules(rule=longer, version="9")
    story = changed(under(pack, STORY), "frozen", version="9")

    found = audited(tmp_path, story, packs=[pack.content])

    assert list(map(told, found.failures)) == [(f"{RULES}#proposals-period", ANNOUNCEMENT, "2026-12-07", "2026-12-08")]


def of_edition_nine(**members: object) -> tuple[FrozenPack, list[Step]]:
    """Rules of an edition that this program does not have, and the story under them."""
    pack = other_rules(version="9", **members)
    return pack, changed(under(pack, STORY), "frozen", version="9")


def rules_with(rule_id: str, **members: object) -> list[object]:
    [*rules] = canonical_pack()["rule"]
    return [{**rule, **members} if rule["id"] == rule_id else rule for rule in rules]


@pytest.mark.usefixtures("_first_language")
def test_an_unknown_edition_is_named_in_the_report(tmp_path: Path) -> None:
    current_locale.set("en")
    pack, story = of_edition_nine()

    found = audited(tmp_path, story, packs=[pack.content])

    assert found.count == 0
    assert any(f"does not know the rules {RULES}, edition 9" in each for each in sentences(found))
    assert facts(found)["unknown_packs"] == [{"name": RULES, "version": "9"}]
    assert facts(audited(tmp_path / "known", STORY))["unknown_packs"] == []


@pytest.mark.parametrize(
    ("members", "loosened"),
    [
        ({"rule": rules_with("proposals-period", days=1)}, "proposals-period"),
        ({"rule": rules_with("announcement-before-avizare", unit="calendar")}, "announcement-before-avizare"),
        ({"rule": rules_with("debate-after-notice", days=90)}, "debate-after-notice"),
        ({"rule": rules_with("session-notice", valid_until="2026-01-01")}, "session-notice"),
        ({"rule": rules_with("announcement-reasons", advisory=True)}, "announcement-reasons"),
        ({"rule": [rule for rule in rules_with("") if rule["id"] != "proposals-period"]}, "proposals-period"),
        ({"time_zone": "Pacific/Kiritimati"}, "time_zone"),
    ],
    ids=["fewer days", "other days", "more days", "out of force", "advice", "left out", "another sun"],
)
def test_an_unknown_edition_that_asks_for_less_is_found(
    members: dict[str, object], loosened: str, tmp_path: Path
) -> None:
    pack, story = of_edition_nine(**members)

    found = audited(tmp_path, story, packs=[pack.content])

    assert (
        "record/rules-not-loosened",
        "pack.frozen",
        [loosened],
        f"no less than the rules of {RULES}, edition 2",
    ) in [told(failure) for failure in found.failures]


def test_known_rules_of_another_time_zone_are_found(tmp_path: Path) -> None:
    pack = other_rules(time_zone="Pacific/Kiritimati")

    found = audited(tmp_path, under(pack, STORY), packs=[pack.content])

    assert told(found.failures[0])[::2] == ("record/rules-as-known", ["time_zone"])


@pytest.mark.parametrize(
    "pack",
    [other_rules(frozen=None), other_rules(rule=[]), other_rules(time_zone="Europe/Izvoru"), other_rules(rule="?")],
    ids=["no days off", "no rules", "no such time zone", "no pack"],
)
def test_rules_that_nobody_can_apply_are_found_and_the_rest_is_still_judged(pack: FrozenPack, tmp_path: Path) -> None:
    story = changed(under(pack, STORY), "answer", verdict="maybe")

    found = audited(tmp_path, without(story, "version"), packs=[pack.content])

    assert [failure.breach.rule.id for failure in found.failures] == [
        "record/rules-frozen",
        "record/answered-with-reason",
    ]


def test_a_day_beyond_the_frozen_days_off_is_said_to_be_beyond_reckoning(tmp_path: Path) -> None:
    frozen = canonical_pack()["frozen"]
    pack = other_rules(frozen={**frozen, "until": "2026-12-31"})

    found = audited(tmp_path, without(under(pack, STORY), "submitted", *DECIDED), packs=[pack.content])

    [failure] = found.failures
    assert failure.breach.rule.id == f"{RULES}#announcement-before-avizare"
    assert told(failure)[3].startswith("a day that can be computed (Legal holidays are known from 2026-11-24")


def test_an_announcement_lacks_nothing_while_its_documents_may_be_in_the_entries_to_come(tmp_path: Path) -> None:
    assert audited(tmp_path, STORY[:4]).count == 0


@pytest.mark.parametrize(
    ("taken", "added", "found", "expected"),
    [
        ([], ["2026-12-24"], ["2026-12-24"], []),
        (["2026-12-25"], [], [], ["2026-12-25"]),
        (["2027-05-03"], ["2027-04-26"], ["2027-04-26"], ["2027-05-03"]),
    ],
    ids=["a bridge day", "a working Christmas", "the Easter of others"],
)
def test_days_off_that_are_not_the_holidays_of_the_law_are_found(
    taken: list[str], added: list[str], found: list[str], expected: list[str], tmp_path: Path
) -> None:
    frozen = canonical_pack()["frozen"]
    kept = {day: name for day, name in frozen["days_off"].items() if day not in taken}
    named = {day: {"ro": "Zi liberă", "en": "A day off"} for day in added}
    pack = other_rules(frozen={**frozen, "days_off": kept | named})

    failures = audited(tmp_path, under(pack, STORY), packs=[pack.content]).failures

    assert told(failures[0]) == ("record/days-off", "pack.frozen", found, expected)


def test_the_holidays_of_another_country_are_taken_as_they_were_frozen(tmp_path: Path) -> None:
    pack = other_rules(holidays={"country": "MD"}, frozen={**canonical_pack()["frozen"], "days_off": {}})

    failures = audited(tmp_path, under(pack, STORY), packs=[pack.content]).failures

    assert "record/days-off" not in [failure.breach.rule.id for failure in failures]


def test_an_urgency_with_its_motive_lifts_the_thirty_working_days(tmp_path: Path) -> None:
    early = date(2026, 12, 15)
    story = changed(STORY, "announced", urgent_motive="Inundații.", terms=announced(submission=early).terms)
    story = changed(story, "submitted", on=early, at=on(early))
    story = without(story, "erased", *DECIDED)

    assert audited(tmp_path, story).count == 0


def test_a_late_proposal_that_is_marked_so_is_received(tmp_path: Path) -> None:
    late = Step("late", received(4, late=True), STORY[5].by, on(date(2026, 12, 9)))
    answer = Step("late answer", answered(4, "out_of_scope"), CONTACT, on(date(2026, 12, 10), 11))
    at = NAMES.index("answer")

    story = [*STORY[:at], late, *STORY[at : at + 2], answer, *STORY[at + 2 :]]

    assert audited(tmp_path, story).count == 0


def confirmed(sent_at: datetime, at: datetime) -> list[Step]:
    """The story with a fourth proposal, sent without an account and confirmed later, and its answer."""
    sent = Step("confirmed", received(4, received_at=sent_at), STORY[5].by, at)
    answer = Step("its answer", answered(4, "out_of_scope"), CONTACT, on(date(2026, 12, 14), 11))
    before = [step for step in STORY if step.at <= at]
    between = [step for step in STORY if at < step.at <= answer.at]
    return [*before, sent, *between, answer, *STORY[len(before) + len(between) :]]


LAST_INSTANT = on(date(2026, 12, 7), 23, 59)


def test_a_proposal_sent_in_the_last_minute_and_confirmed_within_seven_days_is_in_time(tmp_path: Path) -> None:
    assert audited(tmp_path, confirmed(LAST_INSTANT, on(date(2026, 12, 9)))).count == 0


@pytest.mark.parametrize(
    ("sent_at", "at"),
    [
        (LAST_INSTANT + timedelta(minutes=1), on(date(2026, 12, 9))),
        (on(ANNOUNCED, 13), on(date(2026, 12, 2))),
        (on(date(2026, 12, 3), 10), on(date(2026, 12, 3), 9)),
    ],
    ids=["sent too late", "confirmed too late", "confirmed before it was sent"],
)
def test_a_proposal_sent_or_confirmed_too_late_is_found(tmp_path: Path, sent_at: datetime, at: datetime) -> None:
    found = audited(tmp_path, confirmed(sent_at, at))

    assert [told(failure)[0] for failure in found.failures] == ["record/received-in-time"]


def test_a_member_withdraws_what_another_member_of_an_organisation_sent(tmp_path: Path) -> None:
    sent = changed(STORY, "third", by=MEMBER, organisation=ORGANISATION)

    story = changed(sent, "withdrawn", by=OTHER_MEMBER, organisation=ORGANISATION)

    assert audited(tmp_path, story).count == 0


def test_a_member_of_another_organisation_or_nobody_s_cannot_withdraw_it(tmp_path: Path) -> None:
    elsewhere = OrganisationVerified(
        subject="consult:izvoru/organizatii/8", name="Bicicliștii", registry_number="2/A/2019", fiscal_code="8"
    )
    story = after(changed(STORY, "third", by=MEMBER, organisation=ORGANISATION), "third", elsewhere, by=CONTACT)

    by_another = audited(tmp_path / "1", changed(story, "withdrawn", by=OTHER_MEMBER, organisation=elsewhere.subject))
    alone = audited(tmp_path / "2", changed(story, "withdrawn", by=replace(MEMBER, role="participant")))

    rule, type_ = "record/withdrawn-by-its-author", "recommendation.withdrawn"
    assert list(map(told, by_another.failures)) == [(rule, type_, elsewhere.subject, ORGANISATION)]
    assert list(map(told, alone.failures)) == [(rule, type_, None, ORGANISATION)]


def test_an_appeal_that_nobody_decides_is_told_with_its_age_and_is_no_failure(tmp_path: Path) -> None:
    asked = [replace(step, event=appealed(2), by=NEIGHBOUR) if step.name == "shown" else step for step in STORY]
    [appeal] = [step for step in asked if step.name == "shown"]
    days = (STORY[-1].at - appeal.at).days
    current_locale.set("en")

    waiting = audited(tmp_path / "1", asked)
    decided = audited(tmp_path / "2", after(asked, "shown", appeal_decided(2)))

    assert (waiting.count, [place.subject for place in waiting.open_appeals]) == (0, [proposal(2)])
    assert [each["days"] for each in facts(waiting)["open_appeals"]] == [days]
    assert any(f"the appeal has waited for {days} days" in each for each in sentences(waiting))
    assert list(decided.open_appeals) == []


def test_each_year_has_its_own_numbers(tmp_path: Path) -> None:
    last = on(date(2026, 12, 31), 23, 59)
    story = [
        *changed(STORY, "announced", terms=announced(until=date(2027, 1, 11)).terms)[:8],
        Step("fourth", received(4), STORY[5].by, last),
        Step("new year", received(1, 2027), STORY[5].by, last + timedelta(minutes=1)),
    ]

    assert audited(tmp_path, story).count == 0


# What is due.


def test_what_has_no_answer_is_in_its_time_until_the_day_announced_for_avizare_is_over(tmp_path: Path) -> None:
    begun = without(STORY[: NAMES.index("answer") + 1], "withdrawn")
    midnight = on(SUBMISSION + timedelta(days=1), 0)

    in_time = audited(tmp_path / "a", begun, at=midnight - timedelta(seconds=1))
    late = audited(tmp_path / "b", begun, at=midnight)

    assert in_time.count == 0
    assert in_time.is_given
    assert (
        list(map(told, late.failures))
        == [
            (
                "record/answered-in-time",
                RECEIVED,
                "no answer on 2027-01-14T22:00:00Z",
                "an answer until 2027-01-14",
            )
        ]
        * 2
    )
    assert [failure.where.index for failure in late.failures] == [BEFORE + 6, BEFORE + 7]


def test_nobody_waits_for_answers_about_a_draft_that_was_withdrawn(tmp_path: Path) -> None:
    event = replace(STORY[-1].event, from_stage="proposals", to_stage="withdrawn", on=ANNOUNCED)
    story = [*STORY[:8], replace(STORY[-1], event=event, at=on(ANNOUNCED, 18))]

    assert audited(tmp_path, story, at=on(date(2028, 1, 1))).count == 0


def test_an_entry_later_than_the_audit_is_found(tmp_path: Path) -> None:
    at = STORY[-1].at - timedelta(minutes=5, seconds=1)

    found = audited(tmp_path, STORY, at=at)

    assert list(map(told, found.failures)) == [
        (
            "record/time-not-ahead",
            "consultation.stage_changed",
            "2027-01-20T16:00:00Z",
            "at the latest 2027-01-20T15:59:59Z",
        )
    ]


# What others saw.


def test_an_entry_later_than_a_witness_had_seen_it_is_found(tmp_path: Path) -> None:
    seen = STORY[-1].at - timedelta(minutes=5)

    in_time = audited(tmp_path / "a", STORY, cosigned_at=seen)
    late = audited(tmp_path / "b", STORY, cosigned_at=seen - timedelta(seconds=1))

    assert (in_time.count, in_time.witnessed) == (0, BEFORE + len(STORY))
    assert list(map(told, late.failures)) == [
        (
            "record/time-witnessed",
            "consultation.stage_changed",
            "2027-01-20T16:00:00Z",
            "at the latest 2027-01-20T15:59:59Z: pietonii.example/martor had seen it by then",
        )
    ]


def test_an_entry_later_than_a_witness_had_signed_it_in_the_digest_of_a_day_is_found(tmp_path: Path) -> None:
    received_third = NAMES.index("third")
    seen = STORY[received_third].at - timedelta(minutes=5)

    in_time = audited(tmp_path / "a", STORY, digests={"2026-11-24": (BEFORE + received_third + 1, seen)})
    late = audited(
        tmp_path / "b", STORY, digests={"2026-11-24": (BEFORE + received_third + 1, seen - timedelta(seconds=1))}
    )

    assert (in_time.count, in_time.witnessed) == (0, BEFORE + received_third + 1)
    assert [told(failure)[:2] for failure in late.failures] == [("record/time-witnessed", RECEIVED)]


# The log itself.


def test_a_log_with_another_key_passes(tmp_path: Path) -> None:
    story = after(STORY, "adopted", KeyAdded(subject=LOG, key=OTHER_KEY.verifying.vkey), by=OPERATOR)

    assert audited(tmp_path, story).count == 0


def test_where_a_hash_does_not_hold_nothing_is_believed(tmp_path: Path) -> None:
    audited(tmp_path, changed(STORY, "answer", recommendation=7))
    bundle = next((tmp_path / "tile/entries").rglob(f"*{BEFORE + len(STORY)}"))
    bundle.write_bytes(bundle.read_bytes().replace(b'"taken_up"', b'"taken_un"', 1))

    with pytest.raises(Fault, match="was changed"):
        audit(Folder(tmp_path), KEY.verifying)


# The words that the audit shares with those who act, without importing them.


def test_the_audit_and_the_actions_mean_the_same_by_the_same_words() -> None:
    assert set(VERDICTS) == set(Verdict)
    assert set(KINDS) == set(Kind)
    assert set(TAKEN_UP) == TAKEN
    assert set(STAGES) == set(Stage) - PRIVATE
    assert set(ENDED) == ENDED_STAGES
    assert set(NEXT) | set(ENDED) == set(STAGES)
    assert (URGENT, SHORTER) == (consultations.URGENT, consultations.SHORTER)


def test_the_law_sets_a_deadline_between_the_events_of_which_the_audit_asks() -> None:
    rules = {(r.start_event, r.end_event): r.id for r in find_pack(RULES).rules if isinstance(r, DeadlineRule)}

    assert rules[ANNOUNCING, PROPOSALS_CLOSE] == procedure.PROPOSALS
    assert rules[ANNOUNCING, AVIZARE] == procedure.SUBMISSION
    assert {(DEBATE_NOTICE, DEBATE), (SESSION_NOTICE, SESSION)} <= rules.keys()
