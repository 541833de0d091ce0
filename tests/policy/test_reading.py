import re
from pathlib import Path

import pytest

from consult.policy.reading import NoSuchPack, PackUnsound, find_pack, load_pack
from tests.policy.conftest import ELSEWHERE


def _written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "rulebook.toml"
    path.write_text(text, encoding="utf-8")
    return path


MISTAKES = {
    "a wrong key": (
        'cite = "Rulebook, 2"',
        'cites = "Rulebook, 2"',
        "cites",
        "rule time-to-comment: `cites` is not a key that a pack knows here; did you mean “cite”?",
    ),
    "a missing citation": (
        'cite = "Rulebook, 1a"\n',
        "",
        "[[rule]]",
        "rule time-to-answer: `cite` is missing: a rule names its article",
    ),
    "an empty citation": ('"Rulebook, 2"', '" "', 'cite = " "', "rule time-to-comment: `cite` must not be empty"),
    "nothing said of verification": (
        "verified = true\nfrom",
        "from",
        "[[rule]]",
        "rule time-to-comment: `verified` is missing",
    ),
    "an unknown kind": (
        '"deadline"',
        '"dead-line"',
        '"dead-line"',
        (
            "rule time-to-comment: `kind` cannot be “dead-line”, only one of: deadline, quantity, requirement, "
            "eligibility, indicator, exclusion; did you mean “deadline”?"
        ),
    ),
    "fewer days than none": (
        "days = 5",
        "days = -5",
        "days = -5",
        "rule time-to-comment: `days` must be a whole number of at least 0",
    ),
    "days in words": (
        "days = 5",
        'days = "five"',
        '"five"',
        "rule time-to-comment: `days` must be a whole number, not a text",
    ),
    "days and weeks": (
        "days = 5",
        "days = 5\nweeks = 1",
        "days = 5",
        "rule time-to-comment: a deadline has days, weeks or months, one of them",
    ),
    "weeks that are working ones": (
        "days = 5",
        "weeks = 1",
        "unit",
        "rule time-to-comment: days, and only days, are calendar or working ones",
    ),
    "no days at all": ("days = 5", "days = 0", "days = 0", "rule time-to-comment: a term of no days is no term"),
    "an unknown unit": (
        'unit = "working"',
        'unit = "labor"',
        '"labor"',
        "`unit` cannot be “labor”, only one of: calendar, working",
    ),
    "a text in one language": ('ro = "Cinci zile"\n', "", "[rule.text]", "rule time-to-comment: `ro` is missing"),
    "no worked example": (
        "[[rule.examples]]\ngiven = { notice = 2026-07-20 }\nthen = { latest = 2026-07-28 }\n",
        "",
        "[[rule]]",
        "rule time-to-comment: `examples` is missing",
    ),
    "an unknown event": (
        'from = "notice"',
        'from = "notices"',
        '"notices"',
        "rule time-to-comment: the event notices is not among the events of the pack; did you mean “notice”?",
    ),
    "an event misnamed in an example": (
        "given = { notice =",
        "given = { announcement =",
        "{ announcement",
        "rule time-to-comment: the example does not give the day of notice",
    ),
    "an example that expects nothing": (
        "{ latest = 2026-07-28 }",
        "{ }",
        "{ }",
        "rule time-to-comment: the example expects nothing",
    ),
    "a judgement without a chosen day": (
        "{ latest = 2026-07-28 }",
        "{ lawful = true }",
        "lawful",
        "rule time-to-comment: lawful and nearest are about a chosen day: give that of decision",
    ),
    "an example before the rule": (
        "decision = 2026-07-20",
        "decision = 2019-07-20",
        "2019-07-20",
        "rule time-to-answer: the rule was not in force on 2019-07-20",
    ),
    "overlapping validity": (
        "valid_from = 2020-01-01",
        "valid_from = 2019-06-01",
        None,
        "rule time-to-answer: its validity from 2019-06-01 overlaps that of the rule of the same id from 2010-01-01",
    ),
    "a rule that ends before it begins": (
        "valid_from = 2020-01-01\n",
        "valid_from = 2020-01-01\nvalid_until = 2020-01-01\n",
        None,
        "rule time-to-answer: its validity ends before it begins",
    ),
    "a circle": (
        'to = "answer"',
        'to = "notice"',
        'to = "notice"',
        "rule time-to-answer: the rules run in a circle: decision → notice → decision",
    ),
    "a period with a maximum": (
        'term = "minimum"',
        'term = "maximum"',
        "period",
        "rule time-to-comment: a period given to people has a minimum, not a maximum",
    ),
    "an unknown time zone": ("Brussels", "Bruxelles", "Bruxelles", "there is no time zone Europe/Bruxelles"),
    "an unknown country": ('country = "BE"', 'country = "XX"', '"XX"', "the holidays of XX are not known"),
    "an event without words": ('ro = "anunț", ', "", "[events]", "`ro` is missing"),
    "a moment for a day": (
        "2026-07-20 }",
        "2026-07-20T10:00:00 }",
        None,
        "`given` must be a day, such as 2026-11-24, not a moment",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_pack_is_said_with_its_line_and_its_rule(tmp_path, mistake):
    right, wrong, marker, sentence = MISTAKES[mistake]
    before, found, after = ELSEWHERE.rpartition(right)
    assert found, "the mistake must change the pack"
    text = before + wrong + after

    with pytest.raises(PackUnsound) as refused:
        load_pack(_written(tmp_path, text))

    said = refused.value.explain()
    assert sentence in said
    line = re.search(r"rulebook\.toml:(\d+): ", said)
    assert line, said
    if marker:
        assert marker in text.splitlines()[int(line[1]) - 1], said


def test_every_mistake_is_said_at_once(tmp_path):
    text = ELSEWHERE.replace('from = "notice"', 'from = "notices"').replace("Brussels", "Bruxelles")

    with pytest.raises(PackUnsound) as refused:
        load_pack(_written(tmp_path, text))

    assert "Bruxelles" in refused.value.explain()
    assert "notices" in refused.value.explain()


def test_a_text_that_looks_like_a_table_does_not_move_the_lines(tmp_path):
    text = ELSEWHERE.replace('"How days are counted"', '"""\n[[rule]]\nid = 1\n"""').replace("days = 5", "days = 0")

    with pytest.raises(PackUnsound) as refused:
        load_pack(_written(tmp_path, text))

    line = text.splitlines().index("days = 0") + 1
    assert f"rulebook.toml:{line}: rule time-to-comment: " in refused.value.explain()


def test_a_file_that_is_not_toml_is_refused_with_its_line(tmp_path):
    text = ELSEWHERE.replace('version = "3"', "version = three")

    with pytest.raises(PackUnsound, match=r"rulebook\.toml:2: Invalid value"):
        load_pack(_written(tmp_path, text))


@pytest.mark.parametrize("text", ["", "rule = [1]", "rule = 1", "id = 'x'"])
def test_a_file_that_is_no_pack_at_all_is_refused(tmp_path, text):
    with pytest.raises(PackUnsound, match=r"rulebook\.toml:1: "):
        load_pack(_written(tmp_path, text))


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "rulebook.toml"
    path.write_bytes(ELSEWHERE.encode("utf-16"))

    with pytest.raises(PackUnsound, match="not UTF-8"):
        load_pack(path)


@pytest.mark.parametrize("name", ["ro/law-52-2004", "law-52-2003", "../policies/ro/law-52-2003", "", "ro/"])
def test_an_unknown_pack_is_not_found(name):
    with pytest.raises(NoSuchPack):
        find_pack(name)


def test_a_file_that_is_not_there_is_not_found(tmp_path):
    with pytest.raises(NoSuchPack):
        load_pack(tmp_path / "none.toml")


def test_a_pack_lies_where_its_id_says(tmp_path):
    path = tmp_path / "be" / "other.toml"
    path.parent.mkdir()
    path.write_text(ELSEWHERE, encoding="utf-8")

    with pytest.raises(PackUnsound, match="be/rulebook"):
        find_pack("be/other", tmp_path)
