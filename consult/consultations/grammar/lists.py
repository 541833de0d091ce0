"""Where an item belongs: to a list that is open, or to a new one in the innermost provision.

Law 24/2000 knows paragraphs with letters; drafts put letters under points and points under letters, in any order, so
the lists that are open decide, not a fixed ladder.
"""

from collections.abc import Sequence

from consult.consultations.grammar.kinds import FRAMES, LISTS, Kind, Marker, Tail
from consult.consultations.grammar.neighbours import Before
from consult.consultations.grammar.pieces import Piece

# "A." and "I." number the parts of an annex; inside an article such a line is rather somebody's initial.
_OUTSIDE_ARTICLES = frozenset({"A.", "I."})
# Lists within lists. Deeper nesting is a table or a mistake, and goes on in the list that is open.
_DEEPEST = 6


def reading_here(marker: Marker, stack: Sequence[Piece], *, announced: bool) -> tuple[Marker, Piece | None, bool]:
    """Choose what an item is ("i)" is a letter after h, a numeral after a letter) and the piece it stands in.

    The last value tells whether its number is the expected one there.
    """
    parent, expected = _place(marker, stack, announced=announced)
    if marker.other is not None:
        other_parent, other_expected = _place(marker.other, stack, announced=announced)
        goes_on = other_parent is not None and marker.other.style in other_parent.lists
        if (other_expected and not expected) or (goes_on and other_expected and marker.style not in _open(stack)):
            return marker.other, other_parent, other_expected
    return marker, parent, expected


def is_item(marker: Marker, parent: Piece, before: Before, *, expected: bool) -> bool:
    """Whether a line that looks like an item of a list in `parent` is one, and not a part of the sentence above."""
    if before.names_a_provision:
        return False
    if marker.kind is Kind.DASH:
        return before.ended or parent.dashes > 0
    if marker.kind is Kind.LETTER:
        return marker.tail is not Tail.REFERENCE and (expected or before.ended)
    goes_on = marker.style in parent.lists
    if before.ended or parent.kind in FRAMES:
        return expected or (marker.tail is not Tail.REFERENCE and (goes_on or marker.kind is Kind.PARAGRAPH))
    if marker.tail is Tail.CLEAR and marker.kind is Kind.PARAGRAPH:
        return expected or not before.goes_on
    return expected and not before.goes_on and (marker.tail is Tail.CLEAR or (goes_on and marker.tail is Tail.FAINT))


def ends_list(line: str, item: Piece, before: Before) -> bool:
    """Whether a line without a number behind a list belongs to the whole provision again.

    Items end with ";" and the last with ".": a sentence that begins a line behind it is no longer of the last item.
    """
    closed = item.kind in LISTS and item.ended_with == ";" and before.line.endswith(".")
    return closed and line.lstrip(' \t„"')[:1].isupper()


def _open(stack: Sequence[Piece]) -> set[str]:
    return {style for piece in stack for style in piece.lists}


def _place(marker: Marker, stack: Sequence[Piece], *, announced: bool) -> tuple[Piece | None, bool]:
    """Return the piece that an item stands in, and whether its number is the expected one there."""
    within = _within(stack)
    if marker.style in _OUTSIDE_ARTICLES and within[-1].kind not in FRAMES:
        return None, False
    number = marker.number
    going_on = [piece for piece in within if marker.style in piece.lists]
    if number is None:
        dashed = next((piece for piece in within if piece.dashes), None)
        return (dashed or _innermost_that_lists(within)), True
    for piece in going_on:
        if number.follows(piece.lists[marker.style]):
            return piece, True
    if marker.kind is Kind.PARAGRAPH:
        return _place_of_paragraph(within, going_on, announced=announced), announced or number.is_first
    nested = len(within) < _DEEPEST and (not going_on or within.index(going_on[0]) > 1)
    if number.is_first and nested:
        return within[0], True
    return (going_on[0] if going_on else within[0]), announced or (number.is_first and not going_on)


def _within(stack: Sequence[Piece]) -> list[Piece]:
    """Return the open pieces from the innermost out to the article, or to the annex or chapter without articles."""
    within: list[Piece] = []
    for piece in reversed(stack):
        within.append(piece)
        if piece.kind in FRAMES or piece.kind is Kind.ARTICLE:
            break
    return within


def _place_of_paragraph(within: list[Piece], going_on: list[Piece], *, announced: bool) -> Piece:
    if going_on:
        return going_on[0]
    if announced:
        return within[0]
    return next(piece for piece in within if piece.kind not in LISTS and piece.kind is not Kind.TEXT)


def _innermost_that_lists(within: list[Piece]) -> Piece | None:
    """Return the innermost piece for dashes; a chapter has none, its heading may begin with one."""
    return within[0] if within[0].kind not in FRAMES or within[0].kind is Kind.ANNEX else None
