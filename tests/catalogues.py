"""The catalogues against the code: every sentence that people can meet is translated, and nothing else is.

`python -m tests.catalogues` says what is missing; `--update` brings the catalogue's list of sentences up to date.
"""

import re
import sys
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
ROMANIAN = ROOT / "consult/locale/ro/LC_MESSAGES/consult.po"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
TEMPLATES = ("**.html", "**.atom", "**/letters/**.txt")
METHODS = [("**.py", "python"), *((template, "jinja2") for template in TEMPLATES)]
OPTIONS = {
    template: {"trimmed": "true", "newstyle_gettext": "true", "extensions": "jinja2.ext.i18n"} for template in TEMPLATES
}
#: No dates and no names, so that the file changes only where a sentence does.
HEADER = r"""# Romanian translations of Consult, under the same licence (EUPL-1.2).
msgid ""
msgstr ""
"Project-Id-Version: Consult\n"
"Language: ro\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : (n==0 || (n%100>0 && n%100<20)) ? 1 : 2);\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""
PLACES = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


@cache
def sentences() -> Catalog:
    """Every sentence in the code, templates and letters; looked for once, which takes seconds."""
    found = Catalog(project="Consult", charset="utf-8")
    for half in ("consult", "web"):
        for name, line, message, comments, context in extract_from_dir(
            str(ROOT / half), method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS
        ):
            found.add(message, None, [(f"{half}/{name}", line)], auto_comments=comments, context=context)
    return found


def romanian() -> Catalog:
    """The Romanian catalogue as it is."""
    with ROMANIAN.open("rb") as source:
        return read_po(source, locale="ro")


def problems() -> list[str]:
    """What keeps the Romanian catalogue from being complete and right."""
    wanted, have = sentences(), romanian()
    return [
        *(f"missing: {message.id!r}" for message in wanted if message.id and not translated(have, message)),
        *(f"fuzzy: {message.id!r}" for message in have if message.id and message.fuzzy),
        *(f"no longer used: {message.id!r}" for message in have if message.id and not known(wanted, message)),
        *(f"{fault}: {message.id!r}" for message in have if message.id for fault in faults(message)),
    ]


def known(catalogue: Catalog, message: Message) -> Message | None:
    """The same sentence in another catalogue."""
    return catalogue.get(message.id if isinstance(message.id, str) else message.id[0], message.context)


def translated(catalogue: Catalog, message: Message) -> bool:
    """Whether a sentence has a translation, in all three forms where it has a number."""
    found = known(catalogue, message)
    if found is None:
        return False
    forms = as_forms(found)
    return all(forms) and (isinstance(message.id, str) or len(forms) == catalogue.num_plurals)


def as_forms(message: Message) -> tuple[str, ...]:
    """The forms of a translation: one, or one for each number that the language tells apart."""
    return tuple(message.string) if isinstance(message.string, tuple) else (str(message.string or ""),)


def faults(message: Message) -> list[str]:
    """What is wrong with a translation: places for facts that differ, old letters."""
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    forms = as_forms(message)
    allowed = {place for each in ids for place in places(each)}
    found = [f"other places {sorted(places(form) - allowed)}" for form in forms if places(form) - allowed]
    if isinstance(message.id, str) and forms[0] and places(forms[0]) != allowed:
        found.append("places left out")
    if any(set("\u015e\u015f\u0162\u0163") & set(form) for form in forms):
        found.append("cedilla letters")
    return found


def places(sentence: str) -> set[str]:
    """The names of the facts in a sentence."""
    return {first or second for first, second in PLACES.findall(sentence)}


def update() -> None:
    """Add new sentences to the Romanian catalogue, without guesses, and drop those that are gone."""
    catalogue = romanian() if ROMANIAN.exists() else Catalog(locale="ro", project="Consult", charset="utf-8")
    catalogue.update(sentences(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    write(catalogue)


def write(catalogue: Catalog) -> None:
    """Write the Romanian catalogue, its sentences in the order of the alphabet."""
    ROMANIAN.parent.mkdir(parents=True, exist_ok=True)
    with ROMANIAN.open("wb") as target:
        target.write(HEADER.encode())
        write_po(target, catalogue, width=120, sort_output=True, no_location=True, omit_header=True)


if __name__ == "__main__":
    if "--update" in sys.argv:
        update()
    found = problems()
    sys.stderr.write("".join(f"{problem}\n" for problem in found))
    sys.exit(1 if found else 0)
