"""The nearest right name to a wrong one, since most mistakes in a pack are slips of the pen."""

import re
from collections.abc import Collection
from difflib import get_close_matches
from typing import Any

from msgspec import inspect

from consult.policy.packs import Pack

STEP = re.compile(r"\.(?P<key>[\w-]+)|\[(?P<index>\d+)\]|(?P<any>\[\.\.\.\])")


def nearest(name: str, known: Collection[str]) -> str:
    """Return `; did you mean “…”?` with the nearest of the known names, or nothing where none is near."""
    found = get_close_matches(name, sorted(known), n=1)
    return f"; did you mean “{found[0]}”?" if found else ""


def names_at(place: str, data: Any, shape: type[Any] = Pack) -> tuple[str, ...]:  # any TOML, any pack
    """Return the names that may stand at a place of a pack, `$.rule[2]`: the keys of a table, the words of a choice."""
    found: inspect.Type | None = _shape_of(shape)
    for step in STEP.finditer(place):
        found = _inside(_chosen(found, data), step["key"])
        data = _member(data, step)
    match _chosen(found, data):
        case inspect.StructType(fields=fields, tag_field=tag):
            return (*([tag] if tag else []), *(field.encode_name for field in fields))
        case inspect.EnumType(cls=choice):
            return tuple(str(each.value) for each in choice)
        case _:
            return ()


def kinds() -> tuple[str, ...]:
    """Return the kinds of rules that there are."""
    rules = _inside(_inside(_shape_of(Pack), "rule"), None)
    assert isinstance(rules, inspect.UnionType)
    return tuple(str(each.tag) for each in rules.types if isinstance(each, inspect.StructType))


def _shape_of(pack: type[Any]) -> inspect.Type:  # any pack
    return inspect.type_info(pack)


def _chosen(found: inspect.Type | None, data: Any) -> inspect.Type | None:  # any TOML
    """Return a type without what surrounds it; of several kinds of tables the one that the table says it is."""
    while isinstance(found, inspect.Metadata):
        found = found.type
    if not isinstance(found, inspect.UnionType):
        return found
    kinds_of_it = [each for each in found.types if not isinstance(each, inspect.NoneType)]
    if len(kinds_of_it) == 1:
        return _chosen(kinds_of_it[0], data)
    said = data.get("kind") if isinstance(data, dict) else None
    return next((each for each in kinds_of_it if isinstance(each, inspect.StructType) and each.tag == said), None)


def _inside(found: inspect.Type | None, key: str | None) -> inspect.Type | None:
    """Return the type of a member, or of an element where there is no key."""
    while isinstance(found, inspect.Metadata):
        found = found.type
    match found:
        case inspect.StructType(fields=fields):
            return next((field.type for field in fields if field.encode_name == key), None)
        case inspect.VarTupleType(item_type=item):
            return item
        case inspect.DictType(value_type=value):
            return value
        case _:
            return None


def _member(data: Any, step: re.Match[str]) -> Any:  # any TOML
    """Return the part of the data to which a step leads; None where there is no such part."""
    if step["key"] and isinstance(data, dict):
        return data.get(step["key"])
    if step["index"] and isinstance(data, list) and int(step["index"]) < len(data):
        return data[int(step["index"])]
    return None
