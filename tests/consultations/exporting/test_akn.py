"""Akoma Ntoso: the names, the order and the ids that the vocabulary wants, and every word of the text."""

import xml.etree.ElementTree as ET

import pytest

from consult.consultations.exporting.akn import NAMESPACE, as_akn
from consult.consultations.parsing import parse
from tests.consultations.drafts import AMENDING, DECISION, act
from tests.consultations.exporting.editions import PAGE, edition
from tests.consultations.test_tables import ACT

DIVISIONS = {"book", "part", "title", "chapter", "section", "subsection"}
HIERARCHY = DIVISIONS | {"article", "paragraph", "point", "indent", "hcontainer"}
BLOCKS = {"p", "table"}
#: What each element may hold, in this order (the schema of the vocabulary, for the elements that we write).
ORDER = {
    "akomaNtoso": [{"bill"}],
    "bill": [{"meta"}, {"preface"}, {"preamble"}, {"body"}, {"conclusions"}, {"attachments"}],
    "doc": [{"meta"}, {"preface"}, {"preamble"}, {"mainBody"}, {"conclusions"}, {"attachments"}],
    "meta": [{"identification"}, {"references"}],
    "identification": [{"FRBRWork"}, {"FRBRExpression"}, {"FRBRManifestation"}],
    "attachments": [{"attachment"}],
    "attachment": [{"heading"}, {"doc"}],
    "body": [HIERARCHY],
    "mainBody": [HIERARCHY | {"p"}],
    **{name: [{"num"}, {"heading"}, {"intro"}, HIERARCHY | {"content"}] for name in HIERARCHY},
    **{name: [BLOCKS] for name in ("content", "intro", "preface", "preamble", "conclusions")},
    "table": [{"tr"}],
    "tr": [{"th", "td"}],
    "th": [{"p"}],
    "td": [{"p"}],
}
REQUIRED = {
    **{name: {"eId"} for name in HIERARCHY | {"attachment"}},
    **{name: {"source"} for name in ("identification", "references")},
    **{name: {"name"} for name in ("bill", "doc")},
    "hcontainer": {"eId", "name"},
    "FRBRdate": {"date", "name"},
    "FRBRauthor": {"href"},
    "FRBRlanguage": {"language"},
}
TEXTS = [DECISION, AMENDING, ACT, act("153210.txt"), act("66812.txt")]


def name(element: ET.Element) -> str:
    return element.tag.removeprefix(f"{{{NAMESPACE}}}")


def written(text: str) -> ET.Element:
    return ET.fromstring(as_akn(edition(text)))  # noqa: S314 - it is our own


@pytest.mark.parametrize("text", TEXTS)
def test_every_element_has_its_place_and_what_it_must_say(text: str) -> None:
    for element in written(text).iter():
        places = ORDER.get(name(element), [])
        held = [next((at for at, names in enumerate(places) if name(each) in names), -1) for each in element]
        if places:
            assert -1 not in held, (name(element), [name(each) for each in element])
            assert held == sorted(held), name(element)
        assert REQUIRED.get(name(element), set()) <= set(element.keys())


@pytest.mark.parametrize("text", TEXTS)
def test_no_two_elements_have_one_id_and_each_provision_keeps_its_key(text: str) -> None:
    ids = [element.attrib["eId"] for element in written(text).iter() if "eId" in element.attrib]
    keys = {element.attrib["wId"] for element in written(text).iter() if "wId" in element.attrib}

    assert len(ids) == len(set(ids))
    assert keys == {each.key for each in parse(text).elements if each.kind not in {"name", "preamble", "closing"}}


@pytest.mark.parametrize("text", TEXTS)
def test_every_word_of_the_text_is_in_it(text: str) -> None:
    root = written(text)
    for meta in [(parent, each) for parent in root.iter() for each in parent if name(each) == "meta"]:
        meta[0].remove(meta[1])

    words = sorted(" ".join(each for each in root.itertext()).split())

    plain = parse(text).text.replace("| --- | --- |", "").replace("|", " ")
    assert words == sorted(plain.split())


def test_ids_follow_the_naming_convention() -> None:
    ids = {element.attrib["wId"]: element.attrib["eId"] for element in written(ACT).iter() if "wId" in element.attrib}

    assert ids["art-1-alin-2-lit-b"] == "art_1__para_2__point_b"
    assert ids["anexa-1-tabel-2"] == "att_1__table_2"


def test_it_says_whose_text_it_is_and_where_the_original_stands() -> None:
    root = written(ACT)

    assert [each.attrib["value"] for each in root.iter() if name(each) == "FRBRalias"] == [PAGE, PAGE]
    assert "Municipiul Izvoru" in {each.attrib.get("showAs") for each in root.iter()}
