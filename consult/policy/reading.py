"""Reading a pack from its file, with an error that a lawyer can mend: the line, the rule and what is wrong with it."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from consult.i18n import N_
from consult.policy.faults import Fault
from consult.policy.packs import Pack
from consult.policy.soundness import faults
from consult.policy.words import NOT_EMPTY
from consult.refusals import Refusal
from consult.settings import POLICIES

PLACE = re.compile(r"(?P<message>.*?)(?: - at (?:`key` in )?`(?P<place>[^`]+)`)?", re.DOTALL)
FIELD = re.compile(r"Object (?:contains|missing) (?P<what>unknown|required) field `(?P<key>[^`]+)`")
TOML_LINE = re.compile(r" \(at line (\d+), column \d+\)")
HEADER = re.compile(r"\s*(?P<open>\[\[?)(?P<name>[\w.-]+)\]")
KEY = re.compile(r"(?P<key>[\w-]+)\s*=")


class NoSuchPack(Refusal):
    """There is no pack of that name, or no file at that path."""

    sentence = N_("There is no policy pack %(pack)s.")


class PackUnsound(Refusal):
    """The file is not a sound pack; `faults` has one line for each thing that is wrong."""

    sentence = N_("The policy pack cannot be used:\n%(faults)s")


@cache
def find_pack(name: str, directory: Path = POLICIES) -> Pack:
    """Return the pack of a name such as `ro/law-52-2003`, read once. Raises NoSuchPack, PackUnsound."""
    path = directory / f"{name}.toml"
    if not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)+", name) or not path.is_file():
        raise NoSuchPack(pack=name)
    pack = load_pack(path)
    if pack.id != name:
        raise PackUnsound(faults=f"{path.name}: its id is {pack.id}, but its place under policies/ says {name}")
    return pack


def load_pack(path: Path) -> Pack:
    """Read and check a pack. Raises NoSuchPack, PackUnsound."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        raise NoSuchPack(pack=path) from None
    except UnicodeDecodeError:
        raise PackUnsound(faults=f"{path.name}: the file is not UTF-8 text") from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = TOML_LINE.search(str(error))
        where = f"{path.name}:{line[1]}" if line else path.name
        raise PackUnsound(faults=f"{where}: {TOML_LINE.sub('', str(error))}") from None
    try:
        pack = msgspec.convert(data, Pack)
    except msgspec.ValidationError as error:
        found = [_fault(str(error))]
    else:
        found = list(faults(pack))
    if found:
        places = lines_of(text)
        raise PackUnsound(faults="\n".join(_described(fault, path.name, places, data) for fault in found))
    return pack


def lines_of(text: str) -> dict[str, int]:
    """Return the line of every table and key, named as msgspec names places: `$.rule[2].examples[0].then`."""
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = "$"
    inside_text = False
    for number, line in enumerate(text.splitlines(), start=1):
        if not inside_text:
            if header := HEADER.match(line):
                table = "$"
                *parents, last = header["name"].split(".")
                for parent in parents:
                    table = _indexed(f"{table}.{parent}", counts)
                table = f"{table}.{last}"
                if header["open"] == "[[":
                    counts[table] = counts.get(table, -1) + 1
                    table = _indexed(table, counts)
                lines[table] = number
            elif key := KEY.match(line):
                lines[f"{table}.{key['key']}"] = number
        inside_text ^= line.count('"""') % 2 == 1
    return lines


def _indexed(table: str, counts: dict[str, int]) -> str:
    return f"{table}[{counts[table]}]" if table in counts else table


def _fault(error: str) -> Fault:
    """Put an error of msgspec into plain words."""
    found = PLACE.fullmatch(error)
    message, place = (found["message"], found["place"] or "$") if found else (error, "$")
    place = place.replace("[...]", "")  # msgspec does not name the keys of a dictionary
    if wrong := FIELD.match(message):
        key = wrong["key"]
        said = f"`{key}` is missing" if wrong["what"] == "required" else f"`{key}` is not a key that a pack knows here"
        return Fault(f"{place}.{key}", said)
    if message == f"Expected `str` matching regex {NOT_EMPTY!r}":
        return Fault(place, f"`{place.rpartition('.')[2]}` must not be empty")
    return Fault(place, message)


def _described(fault: Fault, name: str, lines: dict[str, int], data: dict[str, Any]) -> str:  # any TOML
    """Return a fault with its file, its line where one is found, and the rule it stands in."""
    place = fault.place
    while place not in lines and "." in place:
        place = place.rpartition(".")[0]
    where = f"{name}:{lines[place]}" if place in lines else name
    rule = re.match(r"\$\.rule\[(\d+)\]", fault.place)
    table = data["rule"][int(rule[1])] if rule else None
    name_of_rule = f"rule {table.get('id', 'without an id')}: " if isinstance(table, dict) else ""
    return f"{where}: {name_of_rule}{fault.sentence}"
