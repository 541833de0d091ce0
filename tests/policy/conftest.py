"""The packs that the tests of the law read."""

from pathlib import Path

import pytest

from consult.policy.packs import Pack
from consult.policy.reading import find_pack, load_pack

ELSEWHERE = """\
id = "be/rulebook"
version = "3"
jurisdiction = "BE"
time_zone = "Europe/Brussels"
valid_from = 2010-01-01

[title]
ro = "Regulament"
en = "Rulebook"

[counting]
ro = "Cum se numără"
en = "How days are counted"

[[sources]]
act = "Rulebook"
articles = "1-2"
state = "2010"
verified = true

[events]
notice = { ro = "anunț", en = "notice" }
decision = { ro = "decizie", en = "decision" }
answer = { ro = "răspuns", en = "answer" }

[holidays]
country = "BE"

[[rule]]
id = "time-to-answer"
kind = "deadline"
cite = "Rulebook, 1"
verified = false
valid_until = 2020-01-01
from = "decision"
to = "answer"
term = "maximum"
days = 20
unit = "working"
[rule.title]
ro = "Răspuns"
en = "Answer"
[rule.text]
ro = "Douăzeci de zile"
en = "Twenty days"
[[rule.examples]]
given = { decision = 2019-07-01 }
then = { latest = 2019-07-29 }

[[rule]]
id = "time-to-answer"
kind = "deadline"
cite = "Rulebook, 1a"
verified = true
valid_from = 2020-01-01
from = "decision"
to = "answer"
term = "maximum"
days = 1
unit = "working"
[rule.title]
ro = "Răspuns"
en = "Answer"
[rule.text]
ro = "O zi"
en = "One day"
[[rule.examples]]
given = { decision = 2026-07-20 }
then = { latest = 2026-07-22 }

[[rule]]
id = "time-to-comment"
kind = "deadline"
cite = "Rulebook, 2"
verified = true
from = "notice"
to = "decision"
term = "minimum"
period = true
days = 5
unit = "working"
[rule.title]
ro = "Comentarii"
en = "Comments"
[rule.text]
ro = "Cinci zile"
en = "Five days"
[[rule.examples]]
given = { notice = 2026-07-20 }
then = { latest = 2026-07-28 }
"""
"""An authority elsewhere, with a rule that was changed and one that nobody has verified: 21 July is a day off there."""


@pytest.fixture
def law() -> Pack:
    return find_pack("ro/law-52-2003")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Pack:
    path = tmp_path / "be" / "rulebook.toml"
    path.parent.mkdir()
    path.write_text(ELSEWHERE, encoding="utf-8")
    return load_pack(path)
