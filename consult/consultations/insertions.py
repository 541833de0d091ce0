"""Where a new text would stand, and under which number: between two provisions, with an index (Law 24/2000, art. 60).

What is inserted after art. 7 is art. 7^1, so that nothing behind it changes its number; after art. 7^1 comes art. 7^2.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from sqlalchemy.orm import Session

from consult.consultations.passages import Head, Passage, heads_of, on_page

#: The index at the end of a key and of a number.
_KEY_INDEX = re.compile(r"-ind-([0-9]+)\Z")
_INDEX = re.compile(r"\^[0-9]+\Z")
#: What can be counted on: 7, 1.1, IX, b, aa; not "unic", nor what bears an index of the past ("7 bis").
_NUMBERED = re.compile(r"[0-9.]+|[IVXLC]+|[ivxlc]+|[^\W\d_]{1,2}")


@dataclass(frozen=True)
class Insertion:
    """The place of a new text. `key` and `label`: what it would be called; empty where nothing there has a number.

    `after`, `before`: the labels of its neighbours; no `before` at the end of the text or of an article.
    """

    key: str
    label: str
    after: str
    before: str


def insertion_after(db: Session, provision: Passage) -> Insertion:
    """Return where a text would stand that is inserted after a provision, in the version of that provision."""
    if provision.key == provision.article_key:
        return place_among(heads_of(db, provision.version_id), provision)
    page = on_page(db, provision.version_id, provision.article_key)
    return place_among([each for each in page if each.parent_key == provision.parent_key], provision)


def place_among(neighbours: Sequence[Head | Passage], provision: Passage) -> Insertion:
    """Return where a text would stand after a provision and those inserted there already.

    `neighbours`: the pieces beside which the provision stands, itself among them, in the order of the text.
    """
    base = _KEY_INDEX.sub("", provision.key)
    following = dropwhile(lambda each: each.key != provision.key, neighbours)
    indexed = list(takewhile(lambda each: _KEY_INDEX.sub("", each.key) == base, following))
    last = indexed[-1]
    behind = neighbours[list(neighbours).index(last) + 1 :]
    before = next((each.label for each in behind if each.label), "")
    number = _INDEX.sub("", provision.number)
    if not _NUMBERED.fullmatch(number):
        return Insertion("", "", last.label, before)
    index = int(found[1]) + 1 if (found := _KEY_INDEX.search(last.key)) else 1
    head, _, tail = provision.label.rpartition(provision.number)
    return Insertion(f"{base}-ind-{index}", f"{head}{number}^{index}{tail}", last.label, before)
