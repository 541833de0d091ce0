import pytest

from consult.consultations.grammar.plain_text import normalise


def test_letters_with_a_cedilla_become_letters_with_a_comma_and_are_counted() -> None:
    plain = normalise("Prevederile ac\u0163iunii \u015fi \u0162ara \u015eapte s\u0327i")

    assert plain.text == "Prevederile acțiunii și Țara Șapte și"
    assert plain.cedillas == 5


def test_line_ends_of_every_system_become_one() -> None:
    assert normalise("a\r\nb\rc\u2028d\x0ce\x85f").text == "a\nb\nc\nd\ne\nf"


def test_spaces_that_only_look_different_become_plain_and_none_is_left_at_the_end_of_a_line() -> None:
    assert normalise("art.\u00a05 \u2009(1)  \t\n\u202ftext").text == "art. 5  (1)\n text"


@pytest.mark.parametrize("unseen", ["\ufeff", "\u200b", "\u00ad", "\x00", "\x1b", "\u202e", "\u2066"])
def test_what_nobody_sees_is_taken_out_and_counted(unseen: str) -> None:
    plain = normalise(f"{unseen}Art. {unseen}1")

    assert (plain.text, plain.unseen) == ("Art. 1", 2)


def test_half_a_surrogate_pair_stays_visible() -> None:
    plain = normalise("Art. 1 \ud83d text")

    assert plain.text == "Art. 1 \ufffd text"
    assert plain.text.encode()


def test_blank_lines_at_the_edges_are_dropped_and_those_between_kept() -> None:
    assert normalise("\n\n  Art. 1\n\n\nArt. 2\n\n").text == "  Art. 1\n\n\nArt. 2"
