"""What holds for every text that anybody may paste."""

import re
from unicodedata import is_normalized

from hypothesis import given, settings
from hypothesis import strategies as st

from consult.consultations.grammar.plain_text import normalise
from consult.consultations.parsing import parse
from tests.consultations.drafts import AMENDING, DECISION, EXPECTED, act
from tests.tiers import examples

without_a_store = settings(database=None, deadline=None, max_examples=examples(150))

ACTS = [act(name) for name in EXPECTED]
PIECES = st.sampled_from(
    [
        *(
            "Art. 1 Text.",
            "Art.2.-",
            "ART. I",
            "art. 3 se",
            "Art. 5 alin. (2)",
            "Articol unic",
            "„Art. 7 Citat.",
            "Art. 1^1",
        ),
        *(
            "(1) Text.",
            "(2^1)",
            "(3) și",
            "a) text;",
            "b) a art. 2",
            "ii) doi",
            "1. punct;",
            "1.1. sub",
            "- item;",
            "• - x",
        ),
        *(
            "CAPITOLUL I",
            "Capitolul II se abrogă.",
            "Secțiunea a 2-a - Text",
            "ANEXA nr. 1",
            "Anexa",
            "I. TAXE",
            "A. Unu",
        ),
        *("va avea următorul cuprins:", "”", '"', "potrivit lit.", "PRIMAR,", "REGULAMENT", "Având în vedere", "Text."),
        *("", " ", "\t", "\r", "\u00a0", "\ufeff", "s\u0327", "\u2028", "\x0b", "\ud800"),
    ]
)
DRAFTS = st.lists(PIECES, max_size=30).flatmap(
    lambda pieces: st.sampled_from(["\n", "\n\n", " ", "\r\n"]).map(lambda between: between.join(pieces))
)


def holds_together(text: str) -> None:
    parsed = parse(text)
    keys = [element.key for element in parsed.elements]

    assert "".join(element.text for element in parsed.elements) == parsed.text == normalise(text).text
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", key) for key in keys)
    assert [element.position for element in parsed.elements] == list(range(1, len(keys) + 1))
    depths = {element.key: element.depth for element in parsed.elements}
    for element in parsed.elements:
        assert element.depth == (depths[element.parent_key] + 1 if element.parent_key else 0)
        assert element.article_key in depths
        shown = " ".join(f"{element.heading} {element.body}".split())
        assert all(word in element.text for word in shown.split())


@without_a_store
@given(st.text())
def test_no_character_of_any_text_is_lost(text: str) -> None:
    holds_together(text)


@without_a_store
@given(DRAFTS)
def test_no_character_of_a_mangled_draft_is_lost(text: str) -> None:
    holds_together(text)


@without_a_store
@given(st.sampled_from([*ACTS, DECISION, AMENDING]), st.data())
def test_no_character_of_a_real_act_is_lost_whatever_is_torn_out_of_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 3000)))
    put_in = data.draw(DRAFTS)

    holds_together(text[:start] + put_in + text[end : end + 6000])


@without_a_store
@given(st.text())
def test_a_normalised_text_stays_as_it_is(text: str) -> None:
    once = normalise(text).text

    assert normalise(once).text == once
    assert is_normalized("NFC", once)
    assert not re.search("[\r\x00\u00a0\ufeff\u015e\u015f\u0162\u0163]", once)
    assert parse(once).elements == parse(text).elements


NUMBERED = [
    lambda number: f"Art.{number}.- ",
    lambda number: f"ART. {number} ",
    lambda number: f"Articolul {number}\n",
    lambda number: f"  Art. {number} – ",
    lambda number: f"Art {number}. ",
    lambda number: f"ARTICOLUL {number}.\t",
]


@without_a_store
@given(st.sampled_from(list(EXPECTED)), st.data())
def test_every_article_of_a_real_act_is_found_however_its_numbers_are_written(name: str, data: st.DataObject) -> None:
    choose = st.sampled_from(NUMBERED)
    text = re.sub(r"^Articolul (\d+)\n", lambda found: data.draw(choose)(found[1]), act(name), flags=re.MULTILINE)
    text = data.draw(st.sampled_from([text, text.replace("\n", "\r\n"), text.replace("\n\n", "\n"), "\ufeff" + text]))

    assert [f"Art.{article.number}" for article in parse(text).articles] == EXPECTED[name]["articles"]
