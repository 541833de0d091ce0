"""The vocabulary of the record as a JSON Schema (draft 2020-12), made from the classes themselves.

Whoever reads the log without our program finds here what every entry can say. Members that have a default may be
missing in an entry: they were added after some were written. So what was valid once stays valid under the same version.
"""

import inspect
import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from consult.record.entry_form import BODY_ALGORITHM, SUBJECT_FORM, VERSION, Commitment, Event, Signer
from consult.record.events import VOCABULARY

Schema = dict[str, Any]  # Any: what JSON can say

DRAFT = "https://json-schema.org/draft/2020-12/schema"
HASH: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
PLAIN: Mapping[Any, Schema] = {  # Any: types and what stands for them
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    date: {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    datetime: {
        "type": "string",
        "format": "date-time",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
    },
}


def entry_schema(address: str, titles: Mapping[str, str]) -> Schema:
    """Return the schema of an entry. `address`: where it is published; `titles`: how people call each type."""
    definitions: dict[str, Schema] = {}
    for name, event in VOCABULARY.items():
        definitions[name] = {"title": titles[name], **_facts(event, definitions)}
    return {
        "$schema": DRAFT,
        "$id": address,
        "title": f"An entry of the public record, version {VERSION}",
        "type": "object",
        "additionalProperties": False,
        "required": ["v", "type", "at", "subject", "actor", "prev", "facts", "body"],
        "properties": {
            "v": {"const": VERSION},
            "type": {"enum": list(VOCABULARY)},
            "at": {**PLAIN[datetime], "description": "The instant of the act."},
            "subject": {
                "type": "string",
                "pattern": f"^{SUBJECT_FORM.pattern}$",
                "description": "What the act is about.",
            },
            "actor": _object(Signer, definitions),
            "prev": {
                "anyOf": [HASH, PLAIN[NoneType]],
                "description": "The leaf hash of the entry before about the same subject.",
            },
            "facts": {"type": "object"},
            "body": {"anyOf": [_commitment(), PLAIN[NoneType]]},
        },
        "allOf": [_said_of(name, event) for name, event in VOCABULARY.items()],
        "$defs": definitions,
    }


def _said_of(name: str, event: type[Event]) -> Schema:
    """Return what more holds for entries of a type: which facts, and whether there is a text."""
    then: Schema = {"facts": _reference(name)}
    if get_type_hints(event)["body"] is Commitment:
        then["body"] = {"type": "object"}
    return {"if": {"properties": {"type": {"const": name}}}, "then": {"properties": then}}


def _facts(event: type[Event], definitions: dict[str, Schema]) -> Schema:
    return _object(event, definitions, apart=("subject", "body"))


def _object(of: type[Any], definitions: dict[str, Schema], apart: tuple[str, ...] = ()) -> Schema:  # Any: a dataclass
    """Return the schema of a dataclass. `apart`: members that stand elsewhere."""
    types = get_type_hints(of)
    members = [each for each in fields(of) if each.name not in apart]
    return {
        "description": _meaning(of),
        "type": "object",
        "additionalProperties": False,
        "required": [each.name for each in members if _is_always_there(each)],
        "properties": {each.name: _schema(types[each.name], definitions) for each in members},
    }


def _schema(of: Any, definitions: dict[str, Schema]) -> Schema:  # Any: a type, or what stands for one
    if of in PLAIN:
        return PLAIN[of]
    if is_dataclass(of) and isinstance(of, type):
        definitions.setdefault(of.__name__, _object(of, definitions))
        return _reference(of.__name__)
    if get_origin(of) in (Union, UnionType):
        return {"anyOf": [_schema(each, definitions) for each in get_args(of)]}
    if get_origin(of) is tuple:
        return {"type": "array", "items": _schema(get_args(of)[0], definitions)}
    raise TypeError(f"{of} cannot be a fact of an entry")


def _commitment() -> Schema:
    """Return the schema of what an entry says of a text."""
    said = _object(Commitment, {})
    said["required"] = ["c", "size", "alg"]
    said["properties"] |= {"c": HASH, "alg": {"const": BODY_ALGORITHM}}
    return said


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _is_always_there(member: Field[Any]) -> bool:  # Any: whatever it holds
    return member.default is MISSING and member.default_factory is MISSING


def _meaning(of: type[Any]) -> str:  # Any: a dataclass
    """Return what a class says of itself, each paragraph on one line."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", inspect.getdoc(of) or "")
