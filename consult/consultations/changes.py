"""What changed between two published versions. Neither ever changes, so it is worked out once for all who ask."""

from collections import OrderedDict
from threading import Lock

from sqlalchemy.orm import Session

from consult.consultations.comparison import Changes, compare
from consult.consultations.passages import provisions_of
from consult.consultations.versions import Version

#: So many comparisons are kept, the last ones asked for; each holds two texts.
KEPT = 16

#: By the acts that published the two versions: their ids are random, and no other installation's.
_kept: OrderedDict[tuple[str, str], Changes] = OrderedDict()
_turn = Lock()


def changes_between(db: Session, older: Version, newer: Version) -> Changes:
    """Return what changed from one published version to another."""
    key = older.event_id, newer.event_id
    with _turn:
        changes = _kept.pop(key, None)
    if changes is None:
        changes = compare(provisions_of(db, older.id), provisions_of(db, newer.id))
    with _turn:
        _kept[key] = changes
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return changes
