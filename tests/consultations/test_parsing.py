import json

import pytest

from consult.consultations.oddities import Code
from consult.consultations.outline import Element, as_json, contents, subtree, wording
from consult.consultations.parsing import parse
from tests.consultations.drafts import AMENDING, DECISION, EXPECTED, act


def keys(text: str) -> list[str]:
    return [element.key for element in parse(text).elements]


def article_keys(text: str) -> list[str]:
    return [article.key for article in parse(text).articles]


def element(text: str, key: str) -> Element:
    return next(element for element in parse(text).elements if element.key == key)


def codes(text: str) -> list[tuple[Code, int]]:
    return [(oddity.code, oddity.line) for oddity in parse(text).warnings]


@pytest.mark.parametrize("name", EXPECTED)
def test_every_article_of_a_real_act_is_found_in_order_and_none_besides(name: str) -> None:
    parsed = parse(act(name))

    assert [f"Art.{article.number}" for article in parsed.articles] == EXPECTED[name]["articles"]
    assert "".join(element.text for element in parsed.elements) == parsed.text


def test_the_paragraphs_and_letters_of_a_real_act_are_found_too() -> None:
    parsed = parse(act("153210.txt"))

    below = [element.key for element in subtree(parsed.elements, "art-7")]
    assert [key for key in below if key.count("-") == 3] == [f"art-7-alin-{number}" for number in range(1, 14)]
    assert [key for key in below if "-lit-" in key] == [f"art-7-alin-10-lit-{letter}" for letter in "abcd"]


def test_a_real_act_has_its_title_chapters_and_sections() -> None:
    parsed = parse(act("153210.txt"))

    assert parsed.title == "LEGE nr. 52 din 21 ianuarie 2003 (*republicată*)"
    divisions = [element for element in contents(parsed.elements) if element.kind != "article"]
    assert [(division.key, division.label) for division in divisions] == [
        ("cap-1", "Capitolul I"),
        ("cap-2", "Capitolul II"),
        ("cap-2-sec-1", "Capitolul II, secțiunea 1"),
        ("cap-2-sec-2", "Capitolul II, secțiunea 2"),
        ("cap-3", "Capitolul III"),
        ("cap-4", "Capitolul IV"),
    ]
    assert divisions[0].heading == "Dispoziții generale"


@pytest.mark.parametrize(
    ("name", "line", "beginning"),
    [("153210.txt", 39, "a)"), ("66812.txt", 16, "b)"), ("182744.txt", 15, "b)"), ("15202.txt", 24, "c)")],
)
def test_a_line_that_goes_on_with_a_broken_sentence_is_no_letter_and_is_reported(
    name: str, line: int, beginning: str
) -> None:
    parsed = parse(act(name))

    assert line not in [element.line for element in parsed.elements]
    assert (Code.NOT_CUT, beginning) in [
        (oddity.code, oddity.facts["beginning"]) for oddity in parsed.warnings if oddity.line == line
    ]


@pytest.mark.parametrize(
    ("beginning", "key", "number"),
    [
        ("Art.1.- Se aprobă", "art-1", "1"),
        ("ART. 1 Se aprobă", "art-1", "1"),
        ("Art. 1 – Se aprobă", "art-1", "1"),
        ("Articolul 1\nSe aprobă", "art-1", "1"),
        ("ARTICOLUL 1: Se aprobă", "art-1", "1"),
        ("Art 1. se aprobă", "art-1", "1"),
        ("  Art.1Se aprobă", "art-1", "1"),
        ("Art. nr. 1 Se aprobă", "art-1", "1"),
        ("Articol unic - Se aprobă", "art-unic", "unic"),
        ("Art. unic – Se aprobă", "art-unic", "unic"),
        ("Art. I. - Legea se modifică", "art-i", "I"),
        ("ART.IX.- Legea se modifică", "art-ix", "IX"),
        ("Art. 76^1 Se aprobă", "art-76-ind-1", "76^1"),
        ("Art. 76¹. - Se aprobă", "art-76-ind-1", "76^1"),
        ("Art. 76 indice 1 Se aprobă", "art-76-ind-1", "76^1"),
        ("Art. 7 bis Se aprobă", "art-7-bis", "7 bis"),
        ("Art. 2.1. Se aprobă", "art-2-1", "2.1"),
    ],
)
def test_an_article_is_known_however_its_number_is_written(beginning: str, key: str, number: str) -> None:
    (article,) = parse(f"HOTĂRÂRE\n\n{beginning} bugetul.").articles

    assert (article.key, article.number) == (key, number)
    assert article.body.lower().endswith("bugetul.")


@pytest.mark.parametrize(
    "line",
    [
        "Art. 5 alin. (2) din Legea nr. 52/2003",
        "Art. 63-65 din Legea nr. 273/2006",
        "Art. 7, art. 9 și art. 11",
        "Articolul 5 se abrogă.",
        "art. 5 din Regulament",
        "art. 2 alin. (1)",
        "Art. 13 a fost modificat de pct. 2 al art. I.",
        "Art. 5 (2) din Legea nr. 52/2003",
    ],
)
def test_a_reference_at_the_beginning_of_a_line_is_no_article(line: str) -> None:
    assert article_keys(f"Art. 1 Se aplică prevederile\n{line}\nArt. 2 Se publică.") == ["art-1", "art-2"]


def test_a_list_may_begin_on_the_line_of_its_article() -> None:
    assert keys("Art. 3. - (1) a) Unu;\nb) doi.\n(2^1) Trei.") == [
        "art-3",
        "art-3-alin-1",
        "art-3-alin-1-lit-a",
        "art-3-alin-1-lit-b",
        "art-3-alin-2-ind-1",
    ]


def test_numerals_letters_points_and_dashes_nest_in_whatever_order_the_draft_has_them() -> None:
    text = "Art. 1 Sunt:\na) mici:\ni) unu;\nii) doi;\nb) mari:\n1. trei;\n2. patru:\n- cinci;\n- șase;\nc) restul."

    assert [key.removeprefix("art-1-") for key in keys(text)[1:]] == [
        "lit-a",
        "lit-a-pct-i",
        "lit-a-pct-ii",
        "lit-b",
        "lit-b-pct-1",
        "lit-b-pct-2",
        "lit-b-pct-2-lin-1",
        "lit-b-pct-2-lin-2",
        "lit-c",
    ]


def test_the_letter_i_after_h_is_a_letter_and_not_a_numeral() -> None:
    text = "Art. 1 Sunt:\n" + "\n".join(f"{letter}) ceva;" for letter in "abcdefghijk")

    assert keys(text)[-3:] == ["art-1-lit-i", "art-1-lit-j", "art-1-lit-k"]


def test_points_may_have_points_of_their_own() -> None:
    assert keys("Art. 1 Sunt:\n1. unu;\n1.1. sub unu;\n1.2. tot sub unu;\n2. doi.") == [
        "art-1",
        "art-1-pct-1",
        "art-1-pct-1-pct-1-1",
        "art-1-pct-1-pct-1-2",
        "art-1-pct-2",
    ]


def test_a_sentence_behind_an_enumeration_belongs_to_the_whole_article_again() -> None:
    text = "Art. 1 Sunt:\na) unu;\nb) doi.\nAcestea se publică."

    assert element(text, "art-1-text").body == "Acestea se publică."
    assert element(text, "art-1-text").parent_key == "art-1"


def test_a_local_decision_is_cut_from_its_letterhead_to_its_annexes() -> None:
    parsed = parse(DECISION)

    assert parsed.title == "PROIECT DE HOTĂRÂRE privind aprobarea Regulamentului de parcare"
    assert [(entry.depth, entry.key) for entry in contents(parsed.elements)] == [
        (0, "art-1"),
        (0, "art-2"),
        (0, "art-3"),
        (0, "art-4"),
        (0, "anexa-1"),
        (1, "anexa-1-cap-1"),
        (2, "anexa-1-art-1"),
        (1, "anexa-1-cap-2"),
        (2, "anexa-1-cap-2-sec-1"),
        (3, "anexa-1-art-2"),
        (2, "anexa-1-cap-2-sec-2"),
        (3, "anexa-1-art-3"),
        (0, "anexa-2"),
    ]
    assert [oddity.code for oddity in parsed.warnings] == [Code.DASHES]


def test_what_stands_before_the_articles_and_after_them_is_kept_whole() -> None:
    whole = {element.key: element for element in parse(DECISION).elements}

    assert whole["denumire"].text.startswith("ROMÂNIA\n")
    assert whole["preambul"].body.endswith("HOTĂRĂȘTE:")
    assert whole["incheiere"].body.endswith("Nr. 31 din 20.04.2026")


def test_labels_cite_as_an_official_would() -> None:
    labels = {element.key: element.label for element in parse(DECISION).elements}

    assert labels["art-2-alin-2-lit-b"] == "Art. 2 alin. (2) lit. b)"
    assert labels["anexa-1-art-1-alin-2"] == "Anexa nr. 1, art. 1 alin. (2)"
    assert labels["anexa-1-cap-2-sec-2"] == "Anexa nr. 1, capitolul II, secțiunea 2"
    assert labels["anexa-2-pct-1"] == "Anexa nr. 2 pct. 1"


def test_headings_are_parted_from_the_words_and_the_numbers() -> None:
    headings = {element.key: element.heading for element in parse(DECISION).elements if element.heading}

    assert headings == {
        "anexa-1": "REGULAMENT privind parcarea în municipiul Izvoru",
        "anexa-1-cap-1": "DISPOZIȚII GENERALE",
        "anexa-1-art-1": "Obiectul",
        "anexa-1-cap-2": "Tarife",
        "anexa-1-cap-2-sec-1": "Abonamente",
        "anexa-1-cap-2-sec-2": "Amenzi",
        "anexa-2": "Lista parcărilor",
    }


def test_every_piece_knows_the_article_on_whose_page_it_is_shown() -> None:
    shown = {element.key: element.article_key for element in parse(DECISION).elements}

    assert shown["art-2-alin-2-lit-a"] == "art-2"
    assert shown["anexa-1-cap-1"] == "anexa-1-cap-1"
    assert shown["anexa-2-pct-2"] == "anexa-2-pct-2"


def test_articles_that_an_amending_act_inserts_are_its_content_and_not_its_articles() -> None:
    parsed = parse(AMENDING)

    assert [article.key for article in parsed.articles] == ["art-i", "art-ii", "art-iii"]
    inserted = [element for element in parsed.elements if element.kind == "inserted"]
    assert [(each.key, each.label, each.article_key) for each in inserted] == [
        ("art-i-pct-2-cap-9", "Art. I pct. 2, capitolul IX", "art-i"),
        ("art-i-pct-2-art-68", "Art. I pct. 2, art. 68", "art-i"),
        ("art-i-pct-2-art-69", "Art. I pct. 2, art. 69", "art-i"),
    ]
    assert "ART. 69 Votul este electronic." in "".join(piece.text for piece in subtree(parsed.elements, "art-i"))
    assert parsed.warnings == ()


def test_the_points_of_an_amending_article_go_on_behind_what_they_insert() -> None:
    points = [key for key in keys(AMENDING) if key.startswith("art-i-pct-") and key.count("-") == 3]

    assert points == ["art-i-pct-1", "art-i-pct-2", "art-i-pct-3"]


def test_an_insertion_without_quotation_marks_ends_where_the_numbers_of_the_act_go_on() -> None:
    text = (
        "Art. I Se completează HCL nr. 5 cu:\nCAPITOLUL IX DISPOZIȚII\nART. 68 Text nou.\nART. 69 Alt text.\n"
        "Art. 2 Secretarul comunică hotărârea.\nart. 3 se publică în monitorul local."
    )

    assert article_keys(text) == ["art-i", "art-2", "art-3"]
    assert [oddity.code for oddity in parse(text).warnings] == [Code.MIXED]


def test_an_act_numbered_in_arabic_may_insert_articles_too() -> None:
    text = (
        "Art. 1. Hotărârea nr. 5 se modifică după cum urmează:\n1. Articolul 2 va avea următorul cuprins:\n"
        "„Art. 2. (1) Taxa „specială” este de 5 lei.\n(2) Se plătește anual.”\n2. După art. 4 se introduce art. 4^1:\n"
        "„Art. 4^1. Nou.\nArt. 4^2. Și mai nou.”\nRestul rămâne.\nArt. 2. Prezenta se publică."
    )

    assert article_keys(text) == ["art-1", "art-2"]
    assert "art-1-pct-2-art-4-ind-2" in keys(text)
    assert element(text, "art-1-text").body == "Restul rămâne."


def test_a_regulation_behind_the_signatures_is_an_annex_even_without_the_word() -> None:
    text = (
        "HOTĂRÂRE\nArt. 1. Se aprobă.\nArt. 2. Se publică.\nPRIMAR,\nIon Pop\n"
        "REGULAMENT\nde organizare\nCAPITOLUL I Dispoziții\nArt. 1. Obiect.\nArt. 2. Scop."
    )

    assert article_keys(text) == ["art-1", "art-2", "anexa-art-1", "anexa-art-2"]
    assert element(text, "anexa").heading == "REGULAMENT de organizare"


def test_an_annex_without_articles_is_cut_into_its_points() -> None:
    text = "Art. 1 Se aprobă.\nANEXA 1\nI. TAXE\nA. Persoane fizice\n1. Câini\n2. Pisici\nB. Firme\nII. AMENZI"

    assert keys(text)[2:] == [
        "anexa-1-pct-i",
        "anexa-1-pct-i-lit-a",
        "anexa-1-pct-i-lit-a-pct-1",
        "anexa-1-pct-i-lit-a-pct-2",
        "anexa-1-pct-i-lit-b",
        "anexa-1-pct-ii",
    ]


def test_the_name_of_an_annex_on_top_of_each_page_does_not_begin_it_again() -> None:
    text = "Art. 1 Se aprobă.\nANEXA nr. 1\nArt. 1 Unu.\nANEXA nr. 1\nArt. 2 Doi."

    assert article_keys(text) == ["art-1", "anexa-1-art-1", "anexa-1-art-2"]


def test_a_table_of_contents_is_no_chapter() -> None:
    text = "REGULAMENT\nCUPRINS\nCAPITOLUL I Obiect ...... 3\nCAPITOLUL II Scop\t5\n\nCAPITOLUL I\nObiect\nArt. 1 Text."

    assert keys(text) == ["denumire", "cap-1", "art-1"]


def test_the_part_of_the_official_gazette_is_no_part_of_the_act() -> None:
    text = (
        "Art. 1 S-a publicat în Monitorul Oficial al României,\nPartea I, nr. 471.\n"
        "Art. 2 Și în cel al României,\nPartea I."
    )

    assert keys(text) == ["art-1", "art-2"]


def test_a_sentence_about_a_chapter_or_an_annex_is_no_heading() -> None:
    text = (
        "Art. 1 Se aprobă.\nCapitolul II se abrogă.\nAnexa nr. 1 face parte integrantă din prezenta hotărâre.\n"
        "Anexa nr. 2, de asemenea.\nArt. 2 Se publică."
    )

    assert keys(text) == ["art-1", "art-2"]


def test_a_sentence_about_the_mayor_is_no_signature() -> None:
    text = "Art. 1 Se aprobă.\nArt. 2 Se comunică:\nPrimarului;\nSecretarului general\nCompartimentului contabilitate."

    assert keys(text) == ["art-1", "art-2"]


def test_books_parts_titles_and_subsections_nest_in_the_order_of_the_law() -> None:
    text = (
        "CARTEA I Unu\nPARTEA I\nTITLUL II Doi\nCapitolul al II-lea\nSecțiunea a 3-a Trei\nParagraful 1 Patru\n"
        "Art. 1 Text.\nTITLUL III\nArt. 2 Text."
    )

    assert keys(text) == [
        "carte-1",
        "carte-1-parte-1",
        "carte-1-parte-1-titlu-2",
        "carte-1-parte-1-titlu-2-cap-2",
        "carte-1-parte-1-titlu-2-cap-2-sec-3",
        "carte-1-parte-1-titlu-2-cap-2-sec-3-par-1",
        "art-1",
        "carte-1-parte-1-titlu-3",
        "art-2",
    ]


def test_a_repeated_number_gets_a_key_of_its_own_and_is_reported() -> None:
    text = "Art. 1 Unu.\nArt. 1 Iar unu:\na) da.\nArt. 2 Doi."

    assert keys(text) == ["art-1", "art-1-x2", "art-1-x2-lit-a", "art-2"]
    assert codes(text) == [(Code.REPEATED, 2)]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("Art. 1 Unu.\nArt. 3 Trei.", Code.SKIPPED, 2),
        ("Art. 1 Unu.\nArt. 2 Doi.\nArt. 1^1 Înapoi.", Code.BACKWARDS, 3),
        ("Art. 2 Doi.", Code.STARTS_LATE, 1),
        ("Art. 1 Sunt:\na) unu;\nd) patru.", Code.LETTER_SKIPPED, 3),
        ("Art. 1 Sunt:\n(1) Unu.\n(3) Trei.", Code.SKIPPED, 3),
        ("Art. 1 Sunt:\n- unu;\n- doi.", Code.DASHES, 3),
        ("Art. 1.\nArt. 2 Doi.", Code.EMPTY, 1),
        ("Art. 1 " + "foarte lung " * 1500, Code.LONG, 1),
        ("Dispozi\u0163ii\nArt. 1 Unu.", Code.CEDILLA, 1),
        ("Art. 1 U\u200bnu.", Code.UNSEEN, 1),
        ("Un text fără niciun articol.", Code.NO_ARTICLE, 1),
        ("", Code.NO_ARTICLE, 1),
    ],
)
def test_what_looks_odd_is_reported_with_its_line(text: str, code: Code, line: int) -> None:
    assert codes(text) == [(code, line)]


@pytest.mark.parametrize("letters", [["a", "b", "c", "d"], ["s", "ș", "t"], ["j", "l"], ["p", "r"], ["z", "aa", "bb"]])
def test_letters_of_the_alphabet_follow_each_other_with_and_without_the_rare_ones(letters: list[str]) -> None:
    found = codes("Art. 1 Sunt:\n" + "\n".join(f"{letter}) ceva;" for letter in letters))

    assert Code.LETTER_SKIPPED not in [code for code, _ in found]


def test_a_warning_is_a_sentence_with_its_facts() -> None:
    (oddity,) = parse("Art. 1 Unu.\nArt. 3 Trei.").warnings

    assert str(oddity) == "Art. 3 comes right after Art. 1: a number is missing between them."


def test_only_the_first_warnings_are_kept_and_the_others_counted() -> None:
    warnings = parse("Art. 1\n" * 300).warnings

    assert len(warnings) == 201
    assert warnings[-1].code is Code.MORE
    assert warnings[-1].facts == {"count": 300 + 299 - 200}


def test_a_text_of_absurd_length_is_cut_as_far_as_any_act_goes_and_kept_whole() -> None:
    text = "Art. 1 Unu.\n" + "rând\n" * 100_000 + "Art. 2 Doi."

    parsed = parse(text)

    assert [article.key for article in parsed.articles] == ["art-1"]
    assert parsed.elements[0].text == text
    assert Code.TOO_LONG in [oddity.code for oddity in parsed.warnings]


def test_the_wording_of_a_provision_is_what_is_below_its_number() -> None:
    elements = parse(DECISION).elements

    assert wording(elements, "art-2") == (
        "(1) Tariful este de 2,5 lei/oră.\n(2) Fac excepție:\na) persoanele cu handicap;\n"
        "b) vehiculele de intervenție,\n   potrivit art. 5 alin. (2) din Regulament."
    )
    assert wording(elements, "art-2-alin-2-lit-a") == "persoanele cu handicap;"
    assert wording(elements, "anexa-1-art-1").startswith("Obiectul\n(1) Prezentul regulament")
    assert subtree(elements, "art-1")[0].text.startswith("Art.1.- Se aprobă Regulamentul")


def test_a_key_that_the_draft_does_not_have_is_no_provision() -> None:
    with pytest.raises(KeyError):
        wording(parse(DECISION).elements, "art-99")


def test_the_outline_can_be_read_by_programs() -> None:
    document = json.loads(json.dumps(as_json(parse("HOTĂRÂRE\nArt. 76^1 Unu.\nArt. 78 Doi."))))

    assert [(article["id"], article["number"]) for article in document["articles"]] == [
        ("art-76-ind-1", "76^1"),
        ("art-78", "78"),
    ]
    assert (
        "".join(provision["text"] for provision in document["provisions"]) == "HOTĂRÂRE\nArt. 76^1 Unu.\nArt. 78 Doi."
    )
    assert [warning["code"] for warning in document["warnings"]] == ["starts-late", "number-skipped"]
    assert document["warnings"][1]["line"] == 3


def test_a_sentence_broken_before_the_word_mayor_is_not_torn() -> None:
    text = "Art. 1 Se aprobă.\nArt. 2 Executarea se asigură, potrivit legii.\nprimar și viceprimar"

    assert keys(text) == ["art-1", "art-2"]


def test_a_sentence_broken_at_its_references_is_not_torn() -> None:
    text = (
        "Art. 12. - Comisia, potrivit dispozițiilor\nArt. 45. din Legea nr. 5 și ale\nart. 13 din Regulament, decide "
        "în termen de\n30. de zile, în condițiile alin.\n(2) și (3) și la lit.\nb), de la data de\n"
        "15. Decizia se comunică."
    )

    assert keys(text) == ["art-12"]
    assert [(code, line) for code, line in codes(text) if code is Code.NOT_CUT] == [
        (Code.NOT_CUT, 5),
        (Code.NOT_CUT, 6),
    ]
