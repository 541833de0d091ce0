import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.consultations import tracked_changes
from consult.consultations.tracked_changes import Mark, Segment, word_changes

#: Few words, so that they repeat; signs and spaces of every kind between them.
WORDINGS = st.lists(
    st.sampled_from(["taxa", "de", "240", "1.500,50", "lei", "pe", "an", ",", ".", " ", "  ", "\n", "(", "să-l", "art"])
).map(lambda words: " ".join(words).replace("  ,", ","))


def tracked(old: str, new: str) -> str:
    """Write a tracked change in one line: [-struck out-] and [+added+]."""
    signs = {Mark.SAME: "{}", Mark.REMOVED: "[-{}-]", Mark.ADDED: "[+{}+]"}
    return "".join(signs[segment.mark].format(segment.text) for segment in word_changes(old, new))


def without(mark: Mark, segments: list[Segment]) -> str:
    return "".join(segment.text for segment in segments if segment.mark is not mark)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Taxa este de 240 lei.", "Taxa este de 180 lei.", "Taxa este de [-240-][+180+] lei."),
        ("Taxa este de 1.500,50 lei.", "Taxa este de 1.500,75 lei.", "Taxa este de [-1.500,50-][+1.500,75+] lei."),
        ("Se aprobă taxa.", "Se aprobă taxa anuală.", "Se aprobă taxa[+ anuală+]."),
        ("Se aprobă, anual, taxa.", "Se aprobă taxa.", "Se aprobă[-, anual,-] taxa."),
        ("plătită de 240 de lei", "plătită de 180 de euro", "plătită de [-240 de lei-][+180 de euro+]"),
        ("", "Text nou.", "[+Text nou.+]"),
        ("Text vechi.", "", "[-Text vechi.-]"),
        ("La fel.", "La fel.", "La fel."),
        ("la primărie", "La primărie", "[-la-][+La+] primărie"),
    ],
)
def test_a_change_is_shown_as_a_person_would_mark_it(old: str, new: str, shown: str) -> None:
    assert tracked(old, new) == shown


def test_two_empty_wordings_have_nothing_to_show() -> None:
    assert word_changes("", "") == []


@settings(database=None, deadline=None)
@given(st.one_of(st.text(), WORDINGS), st.one_of(st.text(), WORDINGS))
def test_striking_out_either_side_gives_the_other_back_to_the_letter(old: str, new: str) -> None:
    segments = word_changes(old, new)

    assert without(Mark.ADDED, segments) == old
    assert without(Mark.REMOVED, segments) == new


@settings(database=None, deadline=None)
@given(st.one_of(st.text(), WORDINGS), st.one_of(st.text(), WORDINGS))
def test_a_change_that_is_asked_for_again_is_the_same_to_the_letter(old: str, new: str) -> None:
    first = word_changes(old, new)

    assert word_changes(old, new) == first


def test_no_words_are_kept_of_a_change_that_was_worked_out() -> None:
    word_changes("Taxa anuală este de 240 lei.", "Taxa lunară este de 20 lei.")

    kept = repr(tracked_changes._kept)

    assert kept
    assert not any(word in kept for word in ("Taxa", "anuală", "lunară", "240"))


@settings(database=None, deadline=None)
@given(WORDINGS, WORDINGS)
def test_segments_are_never_empty_and_no_two_alike_stand_together(old: str, new: str) -> None:
    marks = [segment.mark for segment in word_changes(old, new)]

    assert all(segment.text for segment in word_changes(old, new))
    assert all(mark is not after for mark, after in itertools.pairwise(marks))
    assert (Mark.ADDED, Mark.REMOVED) not in itertools.pairwise(marks)


def test_a_long_wording_is_still_compared_word_by_word() -> None:
    words = [f"cuvânt{number}" for number in range(3000)]
    changed = [*words[:1000], "schimbat", *words[1001:2000], *words[2010:]]

    segments = word_changes(" ".join(words), " ".join(changed))

    assert [segment.text for segment in segments if segment.mark is Mark.ADDED] == ["schimbat"]
    assert [len(segment.text.split()) for segment in segments if segment.mark is Mark.REMOVED] == [1, 10]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b " * 5000, "b a a " * 3300),
        ("x " * 10_000, "x " * 9000 + "y"),
        (" ".join(str(number * number % 7919) for number in range(4000)), " ".join(map(str, range(4000, 0, -1)))),
    ],
)
def test_wordings_made_to_be_hard_are_compared_all_the_same(old: str, new: str) -> None:
    segments = word_changes(old, new)

    assert without(Mark.ADDED, segments) == old
    assert without(Mark.REMOVED, segments) == new
