import json
from datetime import date

import pytest

from consult.policy.command import check_packs, compute_date
from consult.policy.packs import NotInForce
from tests.policy.conftest import ELSEWHERE


@pytest.fixture
def directory(tmp_path):
    (tmp_path / "be").mkdir()
    (tmp_path / "be" / "rulebook.toml").write_text(ELSEWHERE, encoding="utf-8")
    return tmp_path


def test_all_packs_of_the_house_pass_their_examples():
    report = check_packs()

    assert report.passed, "\n".join(report.lines)
    assert any(line.startswith("ro/law-52-2003: ") and line.endswith(" 0 failed") for line in report.lines)


def test_the_report_reads_as_given_and_then(directory):
    report = check_packs(["be/rulebook"], directory)

    assert "    ok      given decision 2026-07-20 then latest 2026-07-22" in report.lines


def test_the_report_marks_what_was_not_verified(directory):
    lines = check_packs(["ro/law-52-2003"]).lines

    assert any(line.startswith("  NOT VERIFIED  HG 831/2022") for line in lines)


def test_a_failed_example_says_what_was_computed_and_fails_the_check(directory):
    path = directory / "mine.toml"
    path.write_text(ELSEWHERE.replace("latest = 2026-07-28", "latest = 2026-07-27"), encoding="utf-8")

    report = check_packs([str(path)])

    assert not report.passed
    failed = report.lines.index("    FAILED  given notice 2026-07-20 then latest 2026-07-27")
    assert report.lines[failed + 1] == "            computed latest 2026-07-28"
    assert report.lines[-1] == "be/rulebook: 3 examples, 1 failed"


def test_a_pack_that_cannot_be_read_fails_the_check_and_the_others_are_still_checked(directory):
    report = check_packs(["be/none", "be/rulebook"], directory)

    assert not report.passed
    assert "be/none" in report.lines[0]
    assert report.lines[-1] == "be/rulebook: 3 examples, 0 failed"


def test_an_example_beyond_the_known_calendar_fails_the_check(directory):
    path = directory / "mine.toml"
    path.write_text(ELSEWHERE.replace("notice = 2026-07-20", "notice = 2526-07-20"), encoding="utf-8")

    assert not check_packs([str(path)]).passed


@pytest.mark.parametrize(
    ("rule", "start", "enforced", "lenient", "days_off"),
    [
        ("proposals-period", date(2026, 4, 1), ("latest", "2026-04-14"), "2026-04-10", ["2026-04-12", "2026-04-13"]),
        (
            "announcement-before-avizare",
            date(2026, 11, 24),
            ("earliest", "2027-01-14"),
            "2027-01-12",
            ["2026-11-30", "2026-12-01", "2026-12-25", "2027-01-01", "2027-01-06", "2027-01-07"],
        ),
        ("debate-after-notice", date(2026, 11, 24), ("latest", "2026-12-04"), "2026-12-07", []),
        ("debate-documents", date(2026, 12, 3), ("latest", "2026-12-13"), "2026-12-14", []),
        ("session-notice", date(2026, 11, 24), ("earliest", "2026-11-28"), "2026-11-26", []),
    ],
)
def test_a_date_as_json_has_iso_dates_and_exactly_the_promised_keys(rule, start, enforced, lenient, days_off):
    key, day = enforced

    plain = json.loads(compute_date("ro/law-52-2003", rule, start, as_json=True))

    assert list(plain) == ["rule", "cite", "from", key, "lenient", "days_off", "why"]
    assert (plain["rule"], plain["from"], plain[key], plain["lenient"]) == (rule, start.isoformat(), day, lenient)
    assert plain["days_off"] == days_off
    assert plain["cite"] in plain["why"]


def test_a_date_for_people_gives_the_reason_and_then_the_rule():
    reason, rule = compute_date("ro/law-52-2003", "proposals-period", date(2026, 4, 1)).split("\n")

    assert "14 aprilie 2026" in reason
    assert rule.startswith("La publicarea anunțului")


def test_a_date_of_a_rule_not_in_force_is_refused():
    with pytest.raises(NotInForce):
        compute_date("ro/law-52-2003", "proposals-period", date(2003, 6, 1))
