"""Cutting a draft: which lines begin a provision, and where each belongs.

The text is read once, line by line, with a stack of the provisions that are open. `grammar` says what a line looks
like; here its number, the line before it and the open provisions decide whether it is that. A doubtful line is left
in the sentence above and reported: a cut too few can be seen and mended, a torn sentence misleads.
"""

from consult.consultations.grammar.formulas import begins_annexed_text, closes_act, opens_preamble
from consult.consultations.grammar.kinds import DIVISIONS, FRAMES, LISTS, WHOLE, Kind, Marker, Tail
from consult.consultations.grammar.lines import first_inside, marker_on
from consult.consultations.grammar.lists import ends_list, is_item, reading_here
from consult.consultations.grammar.neighbours import Before, next_articles
from consult.consultations.grammar.numbers import Number, arabic
from consult.consultations.grammar.pieces import Piece, Register, label_of
from consult.consultations.grammar.quotations import Insertion, quotes_article, quotes_frame
from consult.consultations.grammar.tables import is_row
from consult.consultations.oddities import Code, Oddity, out_of_sequence

#: A table behind one of these belongs to what they stand in, unless their words announce it.
_ENDED_BY_TABLE = frozenset({*LISTS, Kind.TEXT, Kind.TABLE})
#: The longest codes have a third of this; what lies behind stays whole in the last piece, so that no paste can hang.
MOST_LINES = 100_000


class Cutter:
    """One reading of one draft; `pieces` and `oddities` are its result."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n", MOST_LINES)[:MOST_LINES] if text else []
        self._is_whole = text.count("\n") < MOST_LINES
        self._markers = [marker_on(line) for line in self._lines]
        self._next_articles = next_articles(self._markers)
        self._register = Register()
        self._stack: list[Piece] = []
        self._annex: Piece | None = None
        self._article: Piece | None = None
        self._insertion: Insertion | None = None
        self._before = Before()
        self._at = 0
        self._offset = 0
        self.oddities: list[Oddity] = []

    @property
    def pieces(self) -> list[Piece]:
        """The pieces in the order of the text; each ends where the next begins."""
        return self._register.pieces

    def cut(self) -> None:
        """Read all lines."""
        for at, line in enumerate(self._lines):
            self._at = at
            if line.startswith("|") and is_row(line) and self._takes_table():
                self._read_row()
            elif line:
                self._read(line, self._markers[self._at])
            else:
                self._before = Before(self._before.line, apart=True)
            self._offset += len(line) + 1
        if not self._is_whole:
            self._note(Code.TOO_LONG, None, count=MOST_LINES)

    def _takes_table(self) -> bool:
        """Whether a table may stand here. Letterheads and signatures are one text, whatever they are laid out by."""
        return bool(self._stack) and self._stack[-1].kind not in WHOLE

    def _read_row(self) -> None:
        """Begin a table, or go on with the one whose row was the line before."""
        top = self._stack[-1]
        if top.kind is Kind.TABLE and not self._before.apart:
            return
        if not self._before.line.endswith(":"):
            while self._stack[-1].kind in _ENDED_BY_TABLE:
                self._stack.pop()
        parent = self._stack[-1]
        parent.tables += 1
        self._open(Kind.TABLE, None, parent, number=arabic(str(parent.tables)))
        self._before = Before("", apart=False)

    def _leave_table(self) -> Piece | None:
        """Close the table whose last row has been read; return the piece that goes on behind it."""
        if not self._stack or self._stack[-1].kind is not Kind.TABLE:
            return None
        self._stack.pop()
        return self._stack[-1]

    def _read(self, line: str, marker: Marker | None) -> None:
        left = self._leave_closed_insertion(marker) or self._leave_table()
        accepted = marker and self._accept(marker)
        if accepted:
            while inner := first_inside(line, accepted):
                self._open_item(inner, self._stack[-1], self._offset + accepted.end)
                accepted = inner
            over = accepted.kind in FRAMES or accepted.end >= len(line)
            self._before = Before() if over else Before(line, apart=False)
        else:
            if marker:
                self._note_not_cut(line, marker)
            self._read_plain(line, left)
            self._before = Before(line, apart=False)
        if self._insertion:
            self._insertion.read(line)

    def _accept(self, marker: Marker) -> Marker | None:
        """Open the piece that a marker begins; nothing if here it is part of a sentence."""
        if marker.kind is Kind.ARTICLE:
            return marker if self._accept_article(marker) else None
        if marker.kind in FRAMES:
            return marker if self._accept_frame(marker) else None
        return self._accept_item(marker)

    def _accept_article(self, marker: Marker) -> bool:
        number = marker.number
        if number is None or not self._is_article(marker, number):
            return False
        own = self._own()
        if own and quotes_article(marker, self._before, own, self._insertion):
            self._insert(marker).last = number
            return True
        self._insertion = None
        self._pop_to_frame()
        last = self._article.number if self._article else None
        self._article = self._open(Kind.ARTICLE, marker, self._stack[-1] if self._stack else None)
        self._note_sequence(self._article, last, self._annex)
        return True

    def _is_article(self, marker: Marker, number: Number) -> bool:
        before = self._before
        announced = marker.quoted or before.introduces
        expected = announced or self._is_expected(number)
        ended = before.ended or (bool(self._stack) and self._stack[-1].kind in FRAMES)
        if marker.tail is Tail.REFERENCE:
            return marker.separated and expected and ended and not announced
        if marker.small or (marker.tail is Tail.FAINT and not marker.separated):
            return expected and ended
        if marker.tail is Tail.FAINT:
            return ended
        return expected or not before.goes_on

    def _is_expected(self, number: Number) -> bool:
        inserted = self._insertion.last if self._insertion else None
        last = self._article.number if self._article else None
        return number.follows(last) or (inserted is not None and number.follows(inserted))

    def _own(self) -> Number | None:
        """Return the number of the article that is open, where a quotation may stand."""
        return self._article.number if self._article and self._article in self._stack else None

    def _insert(self, marker: Marker) -> Insertion:
        if self._insertion is None:
            self._insertion = Insertion(self._stack[-1])
        self._pop_to(self._insertion.parent)
        self._open(Kind.INSERTED, marker, self._insertion.parent)
        return self._insertion

    def _leave_closed_insertion(self, marker: Marker | None) -> Piece | None:
        """Close a run of quoted articles whose quotation mark has been read; return the piece that goes on."""
        if self._insertion and self._insertion.parent not in self._stack:
            self._insertion = None
        if self._insertion is None or not self._insertion.closed or (marker and marker.quoted):
            return None
        parent = self._insertion.parent
        self._pop_to(parent)
        self._insertion = None
        return parent

    def _accept_frame(self, marker: Marker) -> bool:
        before = self._before
        if (marker.small and before.goes_on) or (marker.kind is Kind.ANNEX and not self._is_new_annex(marker)):
            return False
        own = self._own()
        if own and quotes_frame(marker, before, own, self._insertion, self._next_articles[self._at]):
            self._insert(marker)
            return True
        self._insertion = None
        if marker.kind is Kind.ANNEX:
            self._begin_annex(marker)
            return True
        wider = {Kind.ANNEX, *DIVISIONS[: DIVISIONS.index(marker.kind)]}
        while self._stack and self._stack[-1].kind not in wider:
            self._stack.pop()
        parent = self._stack[-1] if self._stack else None
        lists = parent.lists if parent else self._register.lists
        last = lists.get(marker.style)
        piece = self._open(marker.kind, marker, parent)
        if marker.number:
            lists[marker.style] = marker.number
        self._note_sequence(piece, last, parent)
        return True

    def _is_new_annex(self, marker: Marker) -> bool:
        # The name of the annex printed on top of each of its pages does not begin it again.
        repeated = self._annex and marker.number and marker.number == self._annex.number
        in_preamble = bool(self._stack) and self._stack[-1].kind is Kind.PREAMBLE
        listed = not self._before.apart and self._before.line[-1:] in {";", ","}
        return not (repeated or in_preamble or listed)

    def _begin_annex(self, marker: Marker | None) -> None:
        self._stack.clear()
        self._article, self._annex = None, None
        self._annex = self._open(Kind.ANNEX, marker, None)

    def _accept_item(self, marker: Marker) -> Marker | None:
        if not self._stack or self._stack[-1].kind in WHOLE:
            return None
        announced = marker.quoted or self._before.introduces
        marker, parent, expected = reading_here(marker, self._stack, announced=announced)
        if parent is None or not is_item(marker, parent, self._before, expected=expected):
            return None
        self._open_item(marker, parent, self._offset, announced=announced)
        return marker

    def _open_item(self, marker: Marker, parent: Piece, start: int, *, announced: bool = False) -> None:
        self._pop_to(parent)
        last = parent.lists.get(marker.style)
        number = marker.number
        if number is None:
            parent.dashes += 1
            number = arabic(str(parent.dashes))
            if parent.dashes == 2 and parent.kind not in FRAMES:  # noqa: PLR2004 - a list has at least two items
                self._note(Code.DASHES, parent, label=parent.label)
        piece = self._open(marker.kind, marker, parent, start, number)
        piece.ended_with = self._before.line[-1:] if last else ""
        parent.lists[marker.style] = number
        if not announced and not (marker.kind is Kind.PARAGRAPH and parent.kind in LISTS):
            self._note_sequence(piece, last, parent)

    def _read_plain(self, line: str, left: Piece | None) -> None:
        """Open a piece that begins without a number, or leave the line in the piece above."""
        top = self._stack[-1] if self._stack else None
        if top is None:
            self._open(Kind.PREAMBLE if opens_preamble(line) else Kind.NAME, None, None)
        elif top.kind is Kind.NAME and opens_preamble(line):
            self._stack.clear()
            self._open(Kind.PREAMBLE, None, None)
        elif self._begins_unnamed_annex(line):
            self._begin_annex(None)
        elif self._begins_closing(line, top):
            self._stack = [self._annex] if self._annex else []
            self._open(Kind.CLOSING, None, self._annex)
        elif left is not None or ends_list(line, top, self._before):
            while self._stack[-1].kind in LISTS:
                self._stack.pop()
            self._open(Kind.TEXT, None, self._stack[-1])

    def _begins_unnamed_annex(self, line: str) -> bool:
        following = self._next_articles[self._at]
        return self._article is not None and following is not None and following.is_first and begins_annexed_text(line)

    def _begins_closing(self, line: str, top: Piece) -> bool:
        following = self._next_articles[self._at]
        over = self._article is not None and (following is None or following.is_first)
        ended = self._before.ended and self._before.line[-1:] not in {";", ":"}
        return over and ended and top.kind is not Kind.CLOSING and closes_act(line)

    def _open(
        self,
        kind: Kind,
        marker: Marker | None,
        parent: Piece | None,
        start: int | None = None,
        number: Number | None = None,
    ) -> Piece:
        """Begin a piece here, inside `parent`, which is the innermost one open."""
        form = marker.kind if marker else kind
        words = self._offset + marker.end if marker else self._offset
        if marker and number is None:
            number = marker.number
        begin = self._offset if start is None else start
        piece = Piece(kind, form, number, begin, words, self._at + 1, parent)
        self._register.add(piece, self._annex)
        self._stack.append(piece)
        return piece

    def _pop_to(self, piece: Piece) -> None:
        while self._stack[-1] is not piece:
            self._stack.pop()

    def _pop_to_frame(self) -> None:
        while self._stack and self._stack[-1].kind not in FRAMES:
            self._stack.pop()

    def _note(self, code: Code, piece: Piece | None, **facts: str | int) -> None:
        key = piece.key if piece else None
        self.oddities.append(Oddity(code, self._at + 1, key, facts))

    def _note_not_cut(self, line: str, marker: Marker) -> None:
        # A point is not reported: too many lines begin with a figure. Nor is what plainly refers to another article.
        looks_cut = marker.kind in {Kind.LETTER, Kind.PARAGRAPH} or (
            marker.kind is Kind.ARTICLE and marker.tail is not Tail.REFERENCE
        )
        if looks_cut and self._stack and self._stack[-1].kind not in WHOLE:
            self._note(Code.NOT_CUT, self._stack[-1], beginning=line[: marker.end].strip())

    def _note_sequence(self, piece: Piece, last: Number | None, within: Piece | None) -> None:
        code = out_of_sequence(piece.number, last) if piece.number else None
        if code:
            previous = label_of(piece.form, last, within) if last else ""
            self._note(code, piece, label=piece.label, previous=previous, key=piece.key)
