"""What changed between two texts, made ready to be shown: article by article, only the pieces that are not the same."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from consult.consultations.causes import name_in
from consult.consultations.comparison import ArticleChange, Change, State, compare
from consult.consultations.outline import Element
from consult.consultations.passages import Passage
from consult.consultations.table_changes import TableChange
from consult.consultations.tracked_changes import Segment
from web.consultations.changed_articles import is_table, table_of
from web.desk.cut import cut

#: A tracked change as the components take it: ("same" | "removed" | "added", words).
Pieces = list[tuple[str, str]]
Text = Sequence[Element] | Sequence[Passage]


@dataclass(frozen=True)
class ShownChange:
    """One article that changed. `key`: its own, or that of one gone; `keys`: by which proposals are about it."""

    key: str
    label: str
    state: State
    is_renumbered: bool
    is_moved: bool
    was: str
    keys: frozenset[str]
    parts: Sequence[tuple[str, Pieces | TableChange]]


def changes_between(old: Text, new: Text, *, version: int = 1) -> list[ShownChange]:
    """Return what changed from one text to the other, in the order of the new. `version`: the number of the new one."""
    before = {provision.key for provision in old}
    return [shown(change, before, version) for change in compare(old, new).changed]


def changes_of_texts(old: str, new: str) -> list[ShownChange]:
    """Return what changed between two texts that were never cut. Slow for codes: run it beside the loop."""
    return changes_between(cut(old).elements, cut(new).elements)


def shown(change: ArticleChange, before: Collection[str], version: int) -> ShownChange:
    """Return a change as pages show it. `before`: the keys of the old text, which proposals are about."""
    old, new = change.old, change.new
    return ShownChange(
        key=name_in(version, change.parts[0]),
        label=change.here.label,
        state=change.state,
        is_renumbered=change.renumbered,
        is_moved=change.moved,
        was=old.label if old else "",
        keys=frozenset([*([old.key] if old else []), *([new.key] if new and new.key not in before else [])]),
        parts=[(part.here.label, shown_part(part)) for part in change.parts if part.state is not State.SAME],
    )


def shown_part(part: Change) -> Pieces | TableChange:
    """Return what went and what came in a provision: in its words, or in the cells of a table."""
    return table_of(part) if is_table(part) else pieces(part.segments)


def pieces(segments: Sequence[Segment]) -> Pieces:
    """Return a tracked change as the components take it."""
    return [(segment.mark.value, segment.text) for segment in segments]
