"""What the schema finds wrong in a pack, put into words for whoever wrote the pack."""

import re
from typing import Any

from consult.policy.faults import Fault
from consult.policy.names import kinds, names_at, nearest
from consult.policy.words import NOT_EMPTY, PACK_ID, SLUG

PLACE = re.compile(r"(?P<message>.*?)(?: - at (?:`key` in )?`(?P<place>[^`]+)`)?", re.DOTALL)
FIELD = re.compile(r"Object (?:contains|missing) (?P<what>unknown|required) field `(?P<key>[^`]+)`")
CHOICE = re.compile(r"Invalid (?:enum )?value '(?P<said>.*)'", re.DOTALL)
EXPECTED = re.compile(r"Expected `(?P<wanted>[^`]+)`(?P<more>[^,]*)(?:, got `(?P<got>[^`]+)`)?", re.DOTALL)
PATTERNS = {
    f" matching regex {NOT_EMPTY!r}": "must not be empty",
    f" matching regex {SLUG!r}": "must be a name of small letters, digits and hyphens",
    f" matching regex {PACK_ID!r}": "must be a pack's name, such as ro/law-52-2003",
}
WORDS = {
    "str": "a text",
    "int": "a whole number",
    "bool": "true or false",
    "date": "a day, such as 2026-11-24",
    "datetime": "a moment",
    "float": "a number with a fraction",
    "array": "a list",
    "object": "a table",
}
#: What is most often forgotten is asked for by what it means.
MEANINGS = {"cite": "`cite` is missing: a rule names its article"}


def mistake(error: str, data: dict[str, Any], shape: type[Any]) -> Fault:  # any TOML, any pack
    """Put an error of msgspec about the data of a pack of some shape into plain words."""
    found = PLACE.fullmatch(error)
    message, place = (found["message"], found["place"] or "$") if found else (error, "$")
    if wrong := FIELD.fullmatch(message):
        key = wrong["key"]
        if wrong["what"] == "required":
            return Fault(f"{_plain(place)}.{key}", MEANINGS.get(key, f"`{key}` is missing"))
        near = nearest(key, names_at(place, data, shape))
        return Fault(f"{_plain(place)}.{key}", f"`{key}` is not a key that a pack knows here{near}")
    name = _plain(place).rpartition(".")[2].partition("[")[0]
    if choice := CHOICE.fullmatch(message):
        known = kinds() if name == "kind" else names_at(place, data, shape)
        near = nearest(choice["said"], known)
        said = f"`{name}` cannot be “{choice['said']}”, only one of: {', '.join(known)}{near}"
        return Fault(_plain(place), said)
    return Fault(_plain(place), f"`{name}` {_expected(message)}" if name != "$" else f"this is no pack: {message}")


def _plain(place: str) -> str:
    """Return a place without its members of dictionaries, which msgspec does not name."""
    return place.replace("[...]", "")


def _expected(message: str) -> str:
    wanted = EXPECTED.fullmatch(message)
    if wanted is None:
        return f"cannot be used: {message}"
    if wanted["more"] in PATTERNS:
        return PATTERNS[wanted["more"]]
    more = wanted["more"].replace(" of length >= 1", " that is not empty").replace(">=", "of at least")
    kinds_of_it = [WORDS.get(each, each) for each in wanted["wanted"].split(" | ") if each != "null"]
    got = f", not {WORDS.get(wanted['got'], wanted['got'])}" if wanted["got"] else ""
    return f"must be {' or '.join(kinds_of_it)}{more.replace('<=', 'of at most')}{got}"
