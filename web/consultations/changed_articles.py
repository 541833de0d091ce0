"""A changed article as pages show it: its words with what went and what came, under an address of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from consult.consultations.comparison import ArticleChange, Change, Compared, State
from consult.consultations.grammar.kinds import Kind
from consult.consultations.outline import indent
from consult.consultations.recommendations import Recommendation
from consult.consultations.succession import gone_key
from consult.consultations.table_changes import TableChange, table_changes
from consult.consultations.tracked_changes import Mark

#: A tracked change as the components take it: (kind, text).
Pieces = Sequence[tuple[str, str]]

MARKS = {State.ADDED: Mark.ADDED, State.REMOVED: Mark.REMOVED}


@dataclass(frozen=True)
class ChangedArticle:
    """An article between two versions, and the recommendations that changed it. `newest`: the last version there is."""

    change: ArticleChange
    before: int
    after: int
    newest: int
    causes: Sequence[Recommendation] = ()

    @property
    def id(self) -> str:
        """Its place on the page. A removed article may have had the number that another has now."""
        return self.change.new.key if self.change.new else gone_key(self.change.here.key, self.before)

    @property
    def key(self) -> str:
        """The key by which its own page is found today."""
        if self.change.new is None or self.after == self.newest:
            return self.id
        return gone_key(self.change.new.key, self.after)

    @property
    def lines(self) -> list[tuple[int, Pieces | TableChange]]:
        """Its own words, then each paragraph, letter and table: how far to the right it stands, its tracked change."""
        parts = [
            (indent(part.here, self.change.here), table_of(part) if is_table(part) else tuple(pieces_of(part)))
            for part in self.change.parts
        ]
        return [(depth, pieces) for depth, pieces in parts if pieces]

    @property
    def pieces(self) -> Pieces:
        """All its words as one tracked change, a provision a line; its tables are apart."""
        parts = [part for part in self.change.parts if not is_table(part)]
        lines = ((*pieces, line_end(part)) for part in parts if (pieces := tuple(pieces_of(part))))
        return [*chain.from_iterable(lines)]

    @property
    def tables(self) -> Sequence[TableChange]:
        """Its tables that changed."""
        return [table_of(part) for part in self.change.parts if is_table(part) and part.state is not State.SAME]


def is_table(part: Change) -> bool:
    """Whether a provision is a table."""
    return part.here.kind == Kind.TABLE


def table_of(part: Change) -> TableChange:
    """Return a table with what went and what came in its cells."""
    return table_changes(part.old.body if part.old else "", part.new.body if part.new else "")


def pieces_of(part: Change) -> Iterator[tuple[str, str]]:
    """Return one provision as a tracked change, its number before its words."""
    old, new = numeral(part.old), numeral(part.new)
    numbered = [(Mark.SAME, new)] if old == new else [(Mark.REMOVED, old), (Mark.ADDED, new)]
    for mark, text in (*numbered, *((segment.mark, segment.text) for segment in part.segments)):
        if text:
            yield mark.value, text


def line_end(part: Change) -> tuple[str, str]:
    """Return the end of a provision's line, which came and went with it."""
    return MARKS.get(part.state, Mark.SAME).value, "\n"


def numeral(provision: Compared | None) -> str:
    """Return a paragraph's or a letter's number as it stands in the text, "(2) "; nothing for an article's own."""
    if provision is None or provision.key == provision.article_key:
        return ""
    words = provision.heading or provision.body
    return provision.text.partition(words)[0].lstrip() if words else provision.text.strip()
