"""The contents of a text: the part that is shown, article by article, and of the others where each begins."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from consult import links
from consult.consultations.grammar.kinds import FRAMES, WHOLE
from consult.consultations.passages import Head
from consult.consultations.text_pages import TextPage
from consult.consultations.text_parts import TextPart
from web.locale import local
from web.ui.contents import ContentsLine

#: Below a chapter's section's article, nothing stands further to the right in the contents.
DEEPEST = 4


def labels_in_place(found: TextPage) -> dict[str, str]:
    """Return how each piece is called where it stands: in "Anexa nr. 1" and its chapters, "Art. 1" and no more."""
    heads = {head.key: head for part in found.parts for head in part.heads}
    labels = {}
    for key, head in heads.items():
        above = heads.get(head.parent_key or "")
        while above and not head.label.startswith(above.label):
            above = heads.get(above.parent_key or "")
        own = head.label.removeprefix(above.label).lstrip(" ,") if above else head.label
        labels[key] = f"{own[0].upper()}{own[1:]}" if own else head.label
    return labels


def contents_of(found: TextPage, labels: Mapping[str, str], *, pinned: int | None, view: str) -> list[ContentsLine]:
    """Return the contents, each line with how much was said about what it leads to. `pinned`: the version, if any."""
    lines: list[ContentsLine] = []
    for part in found.parts:
        if part is found.part:
            lines += (line_of(head, labels, found.counts) for head in part.heads if head.kind not in WHOLE)
        else:
            address = local(links.draft_text(found.consultation.reference, pinned, view=view, part=part.number))
            lines += lines_elsewhere(part, labels, found.counts, address)
    return lines


def line_of(head: Head, labels: Mapping[str, str], counts: Mapping[str, int]) -> ContentsLine:
    """Return the line of a piece that stands on this page."""
    return ContentsLine(
        f"#{head.key}",
        named(head, labels),
        depth=min(head.depth, DEEPEST),
        proposals=counts.get(head.key, 0),
        is_division=head.kind in FRAMES,
    )


def lines_elsewhere(
    part: TextPart, labels: Mapping[str, str], counts: Mapping[str, int], address: str
) -> Iterator[ContentsLine]:
    """Yield the lines of another part, one for each of its chapters."""
    for heads in chapters_of(part):
        first = heads[0]
        yield ContentsLine(
            f"{address}#{first.key}",
            chapter_words(heads, labels),
            depth=min(first.depth, DEEPEST),
            proposals=sum(counts.get(head.key, 0) for head in heads),
            is_division=True,
        )


def part_words(part: TextPart, labels: Mapping[str, str]) -> str:
    """Return how a part is called: by its only chapter, or from its first to its last."""
    chapters = list(chapters_of(part))
    if len(chapters) == 1:
        return chapter_words(chapters[0], labels)
    return f"{labels[chapters[0][0].key]} – {labels[chapters[-1][0].key]}"


def chapters_of(part: TextPart) -> Iterator[Sequence[Head]]:
    """Yield the stretches of a part by the widest divisions in it; the title of the act and its preamble left out."""
    heads = [head for head in part.heads if head.kind not in WHOLE] or part.heads
    depths = [head.depth for head in heads if head.kind in FRAMES]
    widest = min(depths, default=0)
    starts = [at for at, head in enumerate(heads) if at and head.kind in FRAMES and head.depth == widest]
    for start, end in pairwise([0, *starts, len(heads)]):
        yield heads[start:end]


def chapter_words(heads: Sequence[Head], labels: Mapping[str, str]) -> str:
    """Return how a stretch is called: by its division, or by its first and last article."""
    first, last = heads[0], heads[-1]
    if first.kind in FRAMES or first is last:
        return named(first, labels)
    return f"{labels[first.key]} – {labels[last.key]}"


def named(head: Head, labels: Mapping[str, str]) -> str:
    """Return how a piece is called, with its name if it has one."""
    return f"{labels[head.key]} – {head.heading}" if head.heading else labels[head.key]
