"""The pieces that a draft is being cut into: how each is named in a key and cited in a label."""

from dataclasses import dataclass, field
from typing import Final

from consult.consultations.grammar.kinds import Kind
from consult.consultations.grammar.numbers import Number
from consult.i18n import N_, gettext

_SLUGS: Final = {
    Kind.NAME: "denumire",
    Kind.PREAMBLE: "preambul",
    Kind.ANNEX: "anexa",
    Kind.BOOK: "carte",
    Kind.PART: "parte",
    Kind.TITLE: "titlu",
    Kind.CHAPTER: "cap",
    Kind.SECTION: "sec",
    Kind.SUBSECTION: "par",
    Kind.ARTICLE: "art",
    Kind.PARAGRAPH: "alin",
    Kind.POINT: "pct",
    Kind.LETTER: "lit",
    Kind.DASH: "lin",
    Kind.TABLE: "tabel",
    Kind.TEXT: "text",
    Kind.CLOSING: "incheiere",
}
# How an official citation names each (the law's words, the same in every language of the pages).
_CITED: Final = {
    Kind.NAME: "Titlul actului",
    Kind.PREAMBLE: "Preambul",
    Kind.ANNEX: "Anexa nr. {}",
    Kind.BOOK: "Cartea {}",
    Kind.PART: "Partea {}",
    Kind.TITLE: "Titlul {}",
    Kind.CHAPTER: "Capitolul {}",
    Kind.SECTION: "Secțiunea {}",
    Kind.SUBSECTION: "Paragraful {}",
    Kind.ARTICLE: "Art. {}",
    Kind.PARAGRAPH: "alin. ({})",
    Kind.POINT: "pct. {}",
    Kind.LETTER: "lit. {})",
    Kind.DASH: "liniuța {}",
    Kind.TABLE: "tabelul {}",
    Kind.TEXT: "text nenumerotat",
    Kind.CLOSING: "Încheiere",
}
#: What has no number has no citation in the law either: these names are ours, in the reader's language.
_OUR_NAMES: Final = {
    Kind.NAME: N_("Title of the act"),
    Kind.PREAMBLE: N_("Preamble"),
    Kind.CLOSING: N_("Closing words"),
    Kind.TEXT: N_("Unnumbered text"),
}
_CITED_WITHOUT_NUMBER: Final = {Kind.ANNEX: "Anexă"}
_SOLE: Final = "Articol unic"
_CITED_BEHIND_A_SPACE: Final = frozenset({Kind.PARAGRAPH, Kind.POINT, Kind.LETTER, Kind.DASH, Kind.TABLE, Kind.TEXT})


@dataclass(slots=True, eq=False)
class Piece:
    """One provision while the draft is being cut.

    `form` is what its number says it is, `kind` what it is here: a quoted article has the form of an article but is
    an insertion. `start` and `words` are places in the text, where it begins and where its number ends. `lists`: the
    last number of each list that is open in it. `ended_with`: how the item before it in its list ended. `dashes` and
    `tables`: how many it has, since these are only counted.
    """

    kind: Kind
    form: Kind
    number: Number | None
    start: int
    words: int
    line: int
    parent: "Piece | None"
    key: str = ""
    label: str = ""
    ended_with: str = ""
    dashes: int = 0
    tables: int = 0
    lists: dict[str, Number] = field(default_factory=dict)

    @property
    def depth(self) -> int:
        """How many pieces it stands in."""
        return 0 if self.parent is None else self.parent.depth + 1


class Register:
    """All pieces in order, with keys that no two share; `lists` holds the divisions that stand in nothing."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.lists: dict[str, Number] = {}
        self._taken: dict[str, int] = {}

    def add(self, piece: Piece, annex: Piece | None) -> None:
        """Name a piece and keep it. An article is named by its annex only, since its number runs through the act."""
        within = annex if piece.kind is Kind.ARTICLE else piece.parent
        piece.key = self._unique(key_of(piece.form, piece.number, within))
        piece.label = label_of(piece.form, piece.number, within)
        self.pieces.append(piece)

    def _unique(self, key: str) -> str:
        # "x2" cannot come from a number, since every number follows its kind: "art-2", "lit-x".
        times = self._taken.get(key, 0) + 1
        self._taken[key] = times
        return key if times == 1 else f"{key}-x{times}"


def key_of(form: Kind, number: Number | None, within: Piece | None) -> str:
    """Return the stable name: "art-7-alin-2-lit-b", "anexa-1-art-3", "cap-2-sec-1"."""
    own = _SLUGS[form] if number is None else f"{_SLUGS[form]}-{number.slug}"
    return f"{within.key}-{own}" if within else own


def label_of(form: Kind, number: Number | None, within: Piece | None) -> str:
    """Return how the provision is cited: "Art. 7 alin. (2) lit. b)", "Anexa nr. 1, art. 3"."""
    if number is None:
        own = _CITED_WITHOUT_NUMBER.get(form, _CITED[form])
    elif number.order == (1,) and number.written == "unic":
        own = _SOLE
    else:
        own = _CITED[form].format(number.written)
    if within is None:
        return own[0].upper() + own[1:]
    if form in _CITED_BEHIND_A_SPACE:
        return f"{within.label} {own}"
    return f"{within.label}, {own[0].lower()}{own[1:]}"


_UNNUMBERED: Final = {label_of(kind, None, None): name for kind, name in _OUR_NAMES.items()}


def called(label: str) -> str:
    """Return a label as the reader's language says it: a citation stays the law's, what has no number has a name."""
    return gettext(_UNNUMBERED[label]) if label in _UNNUMBERED else label
