"""A text in Word: read back it says the same; its tracked changes accepted or rejected give either version."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from consult.consultations.comparison import compare
from consult.consultations.exporting.word import as_docx, as_tracked_docx
from consult.consultations.importing.docx import read_docx
from consult.consultations.importing.sheets import Code
from consult.consultations.parsing import parse
from consult.files import check_upload
from tests.consultations.drafts import AMENDING, DECISION, act
from tests.consultations.exporting.editions import edition
from tests.consultations.importing.samples import package
from tests.consultations.test_tables import ACT

OLD = """\
HOTĂRÂRE
privind parcarea
Consiliul Local hotărăște:
Art. 1. Se aprobă regulamentul.
Art. 2. (1) Taxa este de 240 de lei pe an pentru fiecare autoturism înmatriculat în municipiu.
(2) Scutirile se aprobă anual de Consiliul Local, la propunerea primarului.
Art. 3. Abonamentele se eliberează de Direcția de Parcări în termen de cinci zile lucrătoare.
Art. 4. Amenzile se aplică de Poliția Locală potrivit legii contravențiilor.
Art. 5. Dispecerul ține un jurnal.
ANEXĂ
Tarife
| Zona | Tarif |
| --- | --- |
| A | 5 lei |
| B | 2 lei |
| C | 1 leu |
"""
NEW = """\
HOTĂRÂRE
privind parcarea
Consiliul Local hotărăște:
Art. 1. Se aprobă regulamentul.
Art. 2. Amenzile se aplică de Poliția Locală potrivit legii contravențiilor.
Art. 3. (1) Taxa este de 180 de lei pe an pentru fiecare autoturism înmatriculat în municipiu.
(2) Scutirile se aprobă anual de Consiliul Local, la propunerea primarului.
(3) Taxa se plătește și online.
Art. 4. Abonamentele se eliberează de Direcția de Parcări în termen de trei zile lucrătoare.
ANEXĂ
Tarife
| Zona | Tarif |
| --- | --- |
| A | 4 lei |
| B | 2 lei |
| D | gratuit |
| E | gratuit |
"""


def words(text: str) -> list[str]:
    return [word for word in text.replace("|", " ").replace("---", " ").split() if word]


def rejected(content: bytes) -> bytes:
    """Return a document with all its tracked changes rejected: what came is what went."""
    with ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    xml = re.sub(r"w:(ins|del)\b", lambda sign: f"w:{'del' if sign[1] == 'ins' else 'ins'}", parts["word/document.xml"])
    return package({**parts, "word/document.xml": xml.replace("w:delText", "w:t")})


@pytest.mark.parametrize("text", [DECISION, AMENDING, ACT, act("153210.txt")])
def test_a_document_read_back_says_what_the_text_says(text: str) -> None:
    content = as_docx(edition(text))

    read = read_docx(content)

    assert words(read.text) == words(parse(text).text)
    assert [remark.code for remark in read.remarks] == [Code.RUNNING]
    assert check_upload("text.docx", content).name == "text.docx"


def test_accepting_all_changes_gives_the_new_version_and_rejecting_them_the_old_one() -> None:
    changes = compare(parse(OLD).elements, parse(NEW).elements)

    content = as_tracked_docx(edition(NEW), changes)

    assert words(read_docx(content).text) == words(parse(NEW).text)
    assert words(read_docx(rejected(content)).text) == words(parse(OLD).text)
    assert {remark.code for remark in read_docx(content).remarks} == {Code.RUNNING, Code.TRACKED}


def test_a_change_is_marked_word_by_word_in_the_authority_s_name() -> None:
    content = as_tracked_docx(edition(NEW), compare(parse(OLD).elements, parse(NEW).elements))

    with ZipFile(BytesIO(content)) as archive:
        xml = archive.read("word/document.xml").decode()

    assert '<w:delText xml:space="preserve">240</w:delText>' in xml
    assert '<w:t xml:space="preserve">180</w:t>' in xml
    assert 'w:author="Municipiul Izvoru" w:date="2026-11-24T00:00:00Z"' in xml
    ids = re.findall(r' w:id="(\d+)"', xml)
    assert len(ids) == len(set(ids)) > 0


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert as_docx(edition(OLD)) == as_docx(edition(OLD))
