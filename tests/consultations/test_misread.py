"""Letters that were damaged before a text was pasted: pointed at with what was probably meant, and never changed."""

import pytest

from consult.consultations.grammar.misread import misread_words
from consult.consultations.grammar.plain_text import normalise
from consult.consultations.oddities import Code
from consult.consultations.parsing import parse
from consult.i18n import current_locale

WORDS = "Primăria stabilește în ședință, că și cetățenii din Țară pot; ÎNTÂI „acum”"
CEDILLAS = str.maketrans("șțȘȚ", "\u015f\u0163\u015e\u0162")


def seen(text: str) -> dict[str, str]:
    return {misread.word: misread.meant for misread in misread_words(normalise(text).text)}


def misread(text: str, encoding: str) -> str:
    """Return what a program shows that takes UTF-8 for something else; bytes that mean nothing become controls."""
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("encoding", ["cp1252", "cp1250", "iso-8859-1"])
@pytest.mark.parametrize("text", [WORDS, WORDS.translate(CEDILLAS)], ids=["commas", "cedillas"])
def test_what_was_utf_8_is_told_from_every_encoding_that_it_is_taken_for(text: str, encoding: str) -> None:
    shown = normalise(misread(text, encoding)).text.split()

    found = seen(misread(text, encoding))

    mended = [found.get(word.strip(";,"), word.strip(";,")) for word in shown]
    assert mended == [word.strip(";,") for word in WORDS.split()]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("stabile\u00c5\u0178te", "stabilește"),
        ("\u00c3\u00aen", "în"),
        ("\u00c5\u00a3ara", "țara"),
        ("cet\u00e3\u00feenii", "cetățenii"),
        ("\u00bai", "și"),
        ("\u00aaedin\u00fea", "Ședința"),
        ("&icirc;n", "în"),
        ("cet&#259;\u021beni", "cetățeni"),
        ("\u00c3\u0192\u00c2\u00aen", "în"),
        ("\ufffdedin\u021ba", ""),
        ("ora?ul", ""),
    ],
)
def test_a_damaged_word_is_found_with_what_was_probably_meant(word: str, meant: str) -> None:
    assert seen(f"Art. 1. Se aprobă, {word}, și atât.") == {word: meant}


@pytest.mark.parametrize(
    "text",
    [
        "Ședința „ordinară” a fost; în țară, ÎNTR-O VARĂ – „VARĂ” – la 25°C, 12 m² (§ 3) …",
        "nr. 5, nº 5, 1ª, https://izvoru.example/x?id=3&pagina=2, AT&T, Ce? De ce?da",
        "Kovács Ödön, Müller, Łukasz, café, €, ½",
    ],
)
def test_what_was_written_so_is_left_in_peace(text: str) -> None:
    assert set(seen(text)) <= {"ce?da"}


def test_the_preview_names_the_provision_and_the_words_and_changes_nothing() -> None:
    text = "Art. 1. Bine.\nArt. 2. (1) Bine.\n(2) Taxa \u00c3\u00aen lei \u00c5\u0178i bani;\nnimic \ufffdn plus."

    parsed = parse(text)

    (oddity,) = parsed.warnings
    assert (oddity.code, oddity.line, oddity.key) == (Code.MISREAD, 3, "art-2-alin-2")
    assert oddity.facts == {"label": "Art. 2", "count": 3, "words": "\u00c3\u00aen → în; \u00c5\u0178i → și; \ufffdn"}
    assert parsed.text == text


def test_of_many_damaged_words_the_first_are_shown_and_all_are_counted() -> None:
    (oddity,) = parse("Art. 1. " + "\u00c3\u00aen " * 8).warnings

    assert oddity.facts["count"] == 8
    assert str(oddity.facts["words"]).count("→") == 5


def test_an_endless_damaged_line_is_read_through_once() -> None:
    oddities = {oddity.code: oddity for oddity in parse("Art. 1. " + "\u00c3\u00ae" * 500_000).warnings}

    assert len(str(oddities[Code.MISREAD].facts["words"])) < 2000


def test_the_part_of_an_act_that_has_no_number_is_named_in_the_readers_language() -> None:
    parsed = parse("HOT\u00c4\u201aR\u00c3\u201aRE\n\nArt. 1. Unu.")
    token = current_locale.set("en")

    said = parsed.warnings[0].explain()

    current_locale.reset(token)
    assert said.startswith("Title of the act has words whose letters were damaged")
