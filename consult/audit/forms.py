"""The one form in which an entry says what it says: no member more than the schema has, and each value written one way.

What nobody reads, nobody judges: a member that is not in the vocabulary could promise one thing to those who see it,
and another instant of the same act could be meant by a fraction or a time zone that only some programs understand.
"""

import re
from collections.abc import Mapping
from typing import Any

from consult.audit.failures import Words
from consult.i18n import N_
from consult.record.entry_form import BODY_ALGORITHM, Event

MEMBERS = frozenset({"v", "type", "at", "subject", "actor", "prev", "facts", "body"})
ACTOR, BODY = frozenset({"role", "pseudonym"}), frozenset({"alg", "c", "size"})
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)

#: What is not as it should be, and how it should be.
Oddity = tuple[str, Words | str]
UNKNOWN = Words(N_("no member that the vocabulary does not have"))


def oddity_of(stated: Mapping[str, Any], event: Event | None) -> Oddity | None:  # Any: what JSON can say
    """Return the first thing that an entry does not say in its one form; `event`: as it was read, if it could be."""
    body = stated.get("body")
    for members, known in ((stated, MEMBERS), (stated["actor"], ACTOR), (body, BODY)):
        if members is not None and members.keys() != known:
            more, less = sorted(members.keys() - known), sorted(known - members.keys())
            return ", ".join(more or less), UNKNOWN if more else Words(N_("every member that an entry has"))
    if not _INSTANT.fullmatch(stated["at"]):
        return stated["at"], Words(N_("an instant in UTC and whole seconds, such as 2026-12-01T10:00:00Z"))
    if body and not (body["alg"] == BODY_ALGORITHM and _HASH.fullmatch(body["c"]) and body["size"] >= 0):
        return f"{body['alg']}, {body['c']}, {body['size']}", Words(N_("the commitment to a text"))
    said = event.facts if event else None
    return _in_facts(stated["facts"], said) if event and stated["facts"] != said else None


def _in_facts(stated: Any, said: Any, name: str = "facts") -> Oddity | None:  # Any: what JSON can say
    """Compare what is stated with how the service would say the same; a member with a default may be missing."""
    if isinstance(stated, dict) and isinstance(said, dict):
        for member, value in stated.items():
            if member not in said:
                return f"{name}.{member}", UNKNOWN
            if value != said[member] and (found := _in_facts(value, said[member], f"{name}.{member}")):
                return found
        return None
    if isinstance(stated, list) and isinstance(said, list) and len(stated) == len(said):
        pairs = enumerate(zip(stated, said, strict=True))
        differing = (_in_facts(one, other, f"{name}[{place}]") for place, (one, other) in pairs if one != other)
        return next((each for each in differing if each), None)
    return f"{name}: {stated}", f"{name}: {said}"
