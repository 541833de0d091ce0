"""What a piece of a draft may be, and what the number at the beginning of a line says."""

from dataclasses import dataclass
from enum import Enum, StrEnum

from consult.consultations.grammar.numbers import Number


class Kind(StrEnum):
    """What a piece of a draft is, from the title of the act to its annexes."""

    NAME = "name"  # the act's own title, with the letterhead above it
    PREAMBLE = "preamble"
    ANNEX = "annex"
    BOOK = "book"
    PART = "part"
    TITLE = "title"
    CHAPTER = "chapter"
    SECTION = "section"
    SUBSECTION = "subsection"  # "paragraf" as a division of a section
    ARTICLE = "article"
    INSERTED = "inserted"  # an article or chapter of another act, quoted in the article that inserts it
    PARAGRAPH = "paragraph"  # "alineat"
    POINT = "point"
    LETTER = "letter"
    DASH = "dash"
    TABLE = "table"
    TEXT = "text"  # words without a number that stand after an enumeration or a table
    CLOSING = "closing"  # signatures and the formula of attestation


#: From the widest to the narrowest (art. 51 and 56); each ends those narrower than itself.
DIVISIONS = (Kind.BOOK, Kind.PART, Kind.TITLE, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION)
FRAMES = frozenset({Kind.ANNEX, *DIVISIONS})
LISTS = frozenset({Kind.POINT, Kind.LETTER, Kind.DASH})
#: Pieces that are one text from their first to their last word: an enumeration in a preamble is not cut.
WHOLE = frozenset({Kind.NAME, Kind.PREAMBLE, Kind.CLOSING})


class Tail(Enum):
    """What follows a number on its line."""

    CLEAR = "as a provision begins: nothing, a capital, a figure, a quotation"
    FAINT = "as a sentence may go on: a small letter"
    REFERENCE = "as a reference goes on: alin., lit., din, a comma"


@dataclass(frozen=True, slots=True)
class Marker:
    """The beginning of a line read as the number of a provision.

    `style` tells one list from another ("1." is not "1)"); `end` is where its words begin on the line. `quoted`: the
    number stands behind an opening quotation mark; `small`: "art." without a capital, "Capitolul" not all
    in capitals; `separated`: "Art. 1.-", with a
    sign between the number and the words; `other`: a second reading, for "i)" is the ninth letter or the first numeral.
    """

    kind: Kind
    style: str
    number: Number | None
    end: int
    tail: Tail
    quoted: bool = False
    small: bool = False
    separated: bool = False
    other: "Marker | None" = None
