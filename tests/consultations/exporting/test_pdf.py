import re

import pytest

from consult.consultations.exporting.pdf import text_as_pdf
from consult.consultations.importing.pdf import read_pdf
from consult.consultations.parsing import parse
from consult.files import check_upload
from tests.consultations.drafts import AMENDING, DECISION, act
from tests.consultations.exporting.editions import edition
from tests.consultations.test_tables import ACT


@pytest.mark.parametrize("text", [DECISION, AMENDING, ACT, act("153210.txt")])
def test_every_word_of_the_text_is_printed_and_tagged(text: str) -> None:
    content = text_as_pdf(edition(text))

    printed = set(re.findall(r"\w+", read_pdf(content).text))
    wanted = {word for word in re.findall(r"\w+", parse(text).text) if len(word) > 1}
    # A word that a line's end parted at a hyphen of its own is not looked for.
    assert len(wanted - printed) <= len(wanted) // 50
    assert b"/MarkInfo" in content or b"/StructTreeRoot" in content
    assert check_upload("text.pdf", content).name == "text.pdf"


def test_words_of_an_act_are_never_read_as_markup() -> None:
    text = 'Art. 1. Prețul #panic("x") este *5* $lei$ @ref <art> \\ și `atât`.'

    read = read_pdf(text_as_pdf(edition(text)))

    assert 'Prețul #panic("x") este *5* $lei$ @ref <art> \\ și `atât`.' in read.text


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert text_as_pdf(edition(ACT)) == text_as_pdf(edition(ACT))
