"""Reading a pack from its file, with an error that a lawyer can mend: the line, the rule and what is wrong with it."""

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from consult.i18n import N_
from consult.policy.faults import Fault
from consult.policy.mistakes import mistake
from consult.policy.packs import Pack
from consult.policy.soundness import faults
from consult.refusals import Refusal
from consult.settings import POLICIES

ShapeT = TypeVar("ShapeT")
#: Below policies/, the packs of participatory budgets have a folder and a shape of their own (`voting_packs`).
OTHER_SHAPES = frozenset({"budgeting"})
TOML_LINE = re.compile(r" \(at line (\d+), column \d+\)")
HEADER = re.compile(r"\s*(?P<open>\[\[?)(?P<name>[\w.-]+)\]")
KEY = re.compile(r"\s*(?P<key>[\w-]+(?:\.[\w-]+)*)\s*=")
QUOTES = re.compile(r'"""|\'\'\'')


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


def pack_names(directory: Path = POLICIES) -> list[str]:
    """Return the names of all packs of the law, `ro/law-52-2003` and the others."""
    paths = (path.relative_to(directory) for path in directory.glob("*/**/*.toml"))
    return sorted(path.with_suffix("").as_posix() for path in paths if path.parts[0] not in OTHER_SHAPES)


def load_pack(path: Path) -> Pack:
    """Read and check a pack of the law. Raises NoSuchPack, PackUnsound."""
    return read_pack(path, Pack, faults)


def read_pack(path: Path, shape: type[ShapeT], faults_of: Callable[[ShapeT], Iterator[Fault]]) -> ShapeT:
    """Read a file as a pack of some shape, and check what no schema can. Raises NoSuchPack, PackUnsound."""
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
        pack = msgspec.convert(data, shape)
    except msgspec.ValidationError as error:
        found = [mistake(str(error), data, shape)]
    else:
        found = list(faults_of(pack))
    if found:
        places = lines_of(text)
        raise PackUnsound(faults="\n".join(_described(fault, path.name, places, data) for fault in found))
    return pack


def lines_of(text: str) -> dict[str, int]:
    """Return the line of every table and key, named as msgspec names places: `$.rule[2].examples[0].then`."""
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = "$"
    inside = ""  # the quotes that close the text in which a line stands
    for number, line in enumerate(text.splitlines(), start=1):
        if not inside:
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
        for quotes in QUOTES.findall(line):
            inside = "" if inside == quotes else inside or quotes
    return lines


def _indexed(table: str, counts: dict[str, int]) -> str:
    return f"{table}[{counts[table]}]" if table in counts else table


def _described(fault: Fault, name: str, lines: dict[str, int], data: dict[str, Any]) -> str:  # any TOML
    """Return a fault with its file, its line, and the rule it stands in."""
    place = fault.place
    while place not in lines and "." in place:
        place = place.rpartition(".")[0]
    # What is missing in the file as a whole is missing from its first line on.
    where = f"{name}:{lines.get(place, 1)}"
    rule = re.match(r"\$\.rule\[(\d+)\]", fault.place)
    table = data["rule"][int(rule[1])] if rule else None
    name_of_rule = f"rule {table.get('id', 'without an id')}: " if isinstance(table, dict) else ""
    return f"{where}: {name_of_rule}{fault.sentence}"
