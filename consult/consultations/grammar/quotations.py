"""Articles of another act, quoted inside the article that amends it (Law 24/2000, art. 47(4), 59 and 60).

"Art. I. - Regulamentul se modifică: 1. Art. 68 va avea următorul cuprins: „Art. 68 ..."": the second is no article of
this act. Where quotation marks are missing or never closed, the numbers tell which article goes on with which.
"""

from consult.consultations.grammar.kinds import Kind, Marker
from consult.consultations.grammar.neighbours import Before
from consult.consultations.grammar.numbers import Number
from consult.consultations.grammar.pieces import Piece


class Insertion:
    """A run of quoted articles, from "va avea următorul cuprins:" to the quotation mark that closes it.

    `parent` is the piece that inserts them, `last` the number of the last one.
    """

    def __init__(self, parent: Piece) -> None:
        self.parent = parent
        self.last: Number | None = None
        self.closed = False
        self._open_marks = 0
        self._straight_marks = 0

    def read(self, line: str) -> None:
        """Count the quotation marks of a line; the run is over where one ends a line and none is left open."""
        self._open_marks += line.count("„") + line.count("«") - line.count("”") - line.count("»") - line.count("“")
        self._straight_marks += line.count('"')
        ends_quoted = Before(line).closes_quotation
        self.closed = ends_quoted and self._open_marks <= 0 and self._straight_marks % 2 == 0


def quotes_article(marker: Marker, before: Before, own: Number, run: Insertion | None) -> bool:
    """Whether an article is a quotation in the article `own` that is open, where `run` may have begun already."""
    if marker.quoted or before.introduces:
        return True
    number = marker.number
    if number is None or number.roman:
        return False
    last = run.last if run else None
    if number.follows(own):
        # "Art. I ... „Art. 1 ... Art. 2 ...”": the quotation is still open, and this is its next one.
        return own.roman and last is not None and number.follows(last)
    return own.roman or (run is not None and (last is None or number.order > last.order))


def quotes_frame(marker: Marker, before: Before, own: Number, run: Insertion | None, following: Number | None) -> bool:
    """Whether a chapter or an annex is a quotation in the article `own`; `following` is the next article below it."""
    if marker.quoted or before.introduces:
        return True
    if marker.kind is Kind.ANNEX or (run is None and not own.roman):
        return False
    return following is None or not (following.follows(own) or (own.roman and following.roman))
