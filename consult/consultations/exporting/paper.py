"""A document for paper and for screen readers (PDF/UA), set by Typst from pieces that say what they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import typst

from consult.i18n import DEFAULT_LOCALE, gettext

TEMPLATE = Path(__file__).with_name("paper.typ")
#: Fonts that Typst brings along, so that a document looks the same wherever it is made.
FONTS = typst.Fonts(include_system_fonts=False)
#: What fits beside the number of the page.
LONGEST_FOOTER = 90

#: Something to print, as the template knows it.
Piece = Mapping[str, Any]  # Any: JSON


@dataclass(frozen=True)
class Paper:
    """A document. `head`: the lines in the frame on its first page; `foot`: those that end it."""

    title: str
    authority: str
    head: Sequence[str]
    foot: Sequence[str]
    pieces: Iterable[Piece]


def as_pdf(data: bytes) -> bytes:
    """Return the document of what `typeset` returned; the same bytes for the same data."""
    made = typst.compile(
        TEMPLATE,
        format="pdf",
        font_paths=FONTS,
        sys_inputs={"data": data.decode()},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    assert isinstance(made, bytes)  # one document, since it is not asked for as pages
    return made


def typeset(paper: Paper) -> bytes:
    """Return what the template shows, as JSON; what it says itself is in the current language."""
    said = {
        "title": paper.title,
        "authority": paper.authority,
        "language": DEFAULT_LOCALE,
        "page": gettext("Page {page} of {pages}"),
        "head": paper.head,
        "footer": f"{paper.authority} · {paper.title}"[:LONGEST_FOOTER],
        "foot": paper.foot,
        "pieces": list(paper.pieces),
    }
    return msgspec.json.encode(said)


def heading(words: str, level: int = 1) -> Piece:
    """Return the heading of a part, by which it is found in the contents."""
    return {
        "kind": "heading",
        "level": level,
        "lines": [words],
        "centred": False,
        **({"large": 1} if level == 1 else {}),
    }


def lines_of(words: str) -> list[str]:
    """Return the lines of what somebody wrote that say something."""
    return [line.strip() for line in words.splitlines() if line.strip()]


def paragraphs(words: str) -> Piece:
    """Return plain words."""
    return {"kind": "words", "lines": lines_of(words), "indent": 0}


def quiet(*lines: str) -> Piece:
    """Return small print."""
    return {"kind": "quiet", "lines": lines}


def named(name: str, words: str) -> Piece:
    """Return words with a name before them; there are some."""
    return {"kind": "named", "name": f"{name}:", "lines": lines_of(words)}


def facts(*named_facts: tuple[str, str]) -> Piece:
    """Return facts, each with its name; those that say nothing are left out."""
    return {"kind": "facts", "facts": [fact for fact in named_facts if fact[1]]}


def table(
    head: Sequence[str], rows: Iterable[Sequence[str]], shares: Sequence[float], *, ends_in_amounts: bool = False
) -> Piece:
    """Return a table. `shares`: how wide its columns are beside each other."""
    numeric = {"numeric": True} if ends_in_amounts else {}
    return {"kind": "table", "head": [head], "rows": list(rows), "shares": shares, "indent": 0, **numeric}
