"""Reads the town from its files: who and what there is in TOML, drafts and reports in plain text."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from consult.consultations.outline import Element, wording
from consult.consultations.parsing import parse
from consult.demo.town import Town

_HERE = Path(__file__).parent


def load_town() -> Town:
    """Read the town from its files. Raises msgspec.ValidationError or ValueError where they contradict themselves."""
    told = _read("town.toml")
    citizens = sorted(_read("people.toml")["people"], key=lambda citizen: citizen["joined"])
    known = {citizen["key"]: citizen for citizen in citizens}
    for visitor in told["visitors"]:
        visitor.update({name: known[visitor["key"]][name] for name in ("name", "email")})
    consultations = [_consultation(path) for path in (_HERE / "consultations").glob("*.toml")]
    consultations.sort(key=lambda consultation: consultation["days"]["announced"])
    budgets = _read("budgets.toml")["budgets"]
    happened = {"consultations": consultations, "budgets": budgets, **_read("projects.toml")}
    return msgspec.convert({**told, "citizens": citizens, **happened}, Town)


def _read(name: str) -> dict[str, Any]:  # a TOML document
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


def _text(name: str) -> str:
    return (_HERE / "texts" / f"{name}.txt").read_text(encoding="utf-8")


def _consultation(path: Path) -> dict[str, Any]:  # as in the file, with its texts
    key = path.stem
    told = _read(f"consultations/{path.name}")
    text = _text(f"{key}-v1")
    elements = parse(text).elements
    told |= {"key": key, "text": text, "report": _text(f"{key}-referat")}
    if (_HERE / "texts" / f"{key}-cifre.txt").exists():
        told.setdefault("figures", {})["table"] = _text(f"{key}-cifre")
    told["recommendations"] = [_recommendation(elements, each) for each in told["recommendations"]]
    told["recommendations"].sort(key=lambda each: (each["day"], each["at"]))
    for said in (*told["recommendations"], *told.get("answers", ())):
        said.update({name: said[name].strip() for name in ("wording", "reason") if name in said})
    if "improved" in told:
        told["improved"]["text"] = _text(f"{key}-v2")
    return told


def _recommendation(elements: Sequence[Element], told: dict[str, Any]) -> dict[str, Any]:  # as in the file
    """Return a recommendation whose `edits` of the provision have become its new wording.

    Files say only what an author strikes out and puts instead, so that an amendment never drifts from the draft.
    """
    edits = told.pop("edits", ())
    if not edits:
        return told
    words = wording(elements, told["on"])
    for old, new in edits:
        if words.count(old) != 1:
            raise ValueError(f"{told['key']}: “{old}” stands {words.count(old)} times in {told['on']}")
        words = words.replace(old, new)
    return told | {"wording": words}
