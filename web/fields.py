"""One field of a form: what may be typed into it, how that becomes a value, and what to say when it does not.

A form is a `msgspec.Struct`; its annotations are the rules. msgspec's own conversion stops at the first mistake and
explains it to programmers, so each field is read by itself, and each mistake has a sentence for people.
"""

import re
import types
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from babel.dates import get_month_names

from consult.i18n import LOCALES, N_, gettext, ngettext
from web.bodies import Malformed, UploadedFile
from web.ui.figures import number

Answer = str | UploadedFile

#: Old Romanian encodings wrote cedillas; the letters of the language carry a comma below.
COMMAS_FOR_CEDILLAS = tuple(zip("\u015e\u015f\u0162\u0163", "ȘșȚț", strict=True))

#: Characters that nobody sees: controls, and marks that turn the order of others around (CVE-2021-42574), hide a word's
#: end, or make two names that look the same. A character without bytes (NUL) is told instead, by `read_text`.
UNSEEN = re.compile(
    "[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
#: What joins the parts of an emoji, or keeps letters apart: it has its place in a text, and none in a title or a name.
JOINERS = re.compile("[\u200c\u200d]")

WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}")
DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
DAY_BY_HAND = re.compile(r"(?P<day>[0-9]{1,2})[./](?P<month>[0-9]{1,2})[./](?P<year>[0-9]{4})")
DAY_IN_WORDS = re.compile(r"(?P<day>[0-9]{1,2}) +(?P<month>[^\W\d_]+)\.? +(?P<year>[0-9]{4})")
HOUR = re.compile(r"(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?::00)?")

#: What a ticked box sends.
TICKED = "1"


class Mistake(Exception):  # noqa: N818 - it is the reader's, not the program's
    """What was typed cannot be taken; the message, in the reader's language, says why."""


@dataclass(frozen=True)
class Rule:
    """What a form declares of a field beside its type."""

    #: The most characters of a text, or the most answers to one question.
    most: int | None = None
    #: What to say when the answer is wanted and not there; the type has words of its own.
    missing: str | None = None
    is_one_line: bool = False
    #: Taken exactly as typed: no space cut off, no letter composed.
    is_verbatim: bool = False
    #: Never shown again.
    is_secret: bool = False


def text(most: int, *, missing: str | None = None) -> Rule:
    """Several lines of at most `most` characters."""
    return Rule(most=most, missing=missing)


def line(most: int = 200, *, missing: str | None = None) -> Rule:
    """One line of at most `most` characters."""
    return Rule(most=most, missing=missing, is_one_line=True)


def secret(most: int = 1000, *, missing: str | None = None) -> Rule:
    """A password or a code: taken exactly as typed, and never shown again."""
    return Rule(most=most, missing=missing, is_verbatim=True, is_secret=True)


def verbatim(most: int) -> Rule:
    """What a form carries along for us and nobody types: taken exactly as it came."""
    return Rule(most=most, is_verbatim=True)


def several(most: int, *, missing: str | None = None) -> Rule:
    """Answers to one question, at most `most` of them; at least one where the form declares no default."""
    return Rule(most=most, missing=missing)


def asks(missing: str) -> Rule:
    """Words for a date, a choice, a file or a tick that is wanted and not there."""
    return Rule(missing=missing)


@dataclass(frozen=True)
class Field:
    """A field as its form declares it. `type` is that of one answer, without None and without list."""

    name: str
    type: Any  # Any: a class, or a Literal
    rule: Rule
    is_required: bool
    takes_several: bool

    def clean(self, typed: str) -> str:
        """Return what was typed in its written form: composed letters, commas below, nothing unseen or around it."""
        if self.rule.is_verbatim:
            return typed
        written = UNSEEN.sub("", unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n")))
        if self.rule.is_one_line:
            written = JOINERS.sub("", written)
        for cedilla, comma in COMMAS_FOR_CEDILLAS:
            # Ten times as fast as `translate` on a paste of megabytes, which others wait for.
            written = written.replace(cedilla, comma)
        return written.strip()

    def read(self, answers: Sequence[Answer]) -> object:
        """Return what the answers mean, or UNSET where the form's default holds.

        Raises Mistake; and Malformed when a field that is asked once is answered twice.
        """
        if len(answers) > 1 and not self.takes_several:
            raise Malformed
        given = [answer for answer in answers if answer]
        if not given:
            if self.is_required:
                raise Mistake(gettext(self.rule.missing or NOTHING_GIVEN.get(self.type, NOT_CHOSEN)))
            return msgspec.UNSET
        if self.takes_several:
            return self._read_several(given)
        return self._read_one(given[0])

    def _read_several(self, given: Sequence[Answer]) -> list[object]:
        most = self.rule.most
        if most is not None and len(given) > most:
            said = ngettext("Choose at most %(most)s answer.", "Choose at most %(most)s answers.", most)
            raise Mistake(said % {"most": number(most)})
        return [self._read_one(answer) for answer in given]

    def _read_one(self, answer: Answer) -> object:
        if isinstance(answer, UploadedFile) != (self.type is UploadedFile):
            raise Malformed
        if self.type is str and not self.takes_several:
            return read_text(str(answer), self.rule)
        reader = READERS.get(self.type)
        return reader(answer) if reader else read_choice(answer, self.type)


def read_text(typed: str, rule: Rule) -> str:
    """Return a text that is not too long and, where one line is asked for, has no second."""
    if "\x00" in typed:
        raise Mistake(gettext("There was a character that cannot be kept. It was taken out: check the text again."))
    if rule.most is not None and len(typed) > rule.most:
        said = ngettext(
            "At most %(most)s character is accepted; there are %(length)s.",
            "At most %(most)s characters are accepted; there are %(length)s.",
            rule.most,
        )
        raise Mistake(said % {"most": number(rule.most), "length": number(len(typed))})
    if rule.is_one_line and len(typed.splitlines()) > 1:
        raise Mistake(gettext("Write it on one line."))
    return typed


def read_whole_number(typed: str) -> int:
    """Return a whole number: the digits of ASCII and nothing else."""
    if not WHOLE_NUMBER.fullmatch(typed):
        raise Mistake(gettext(NOTHING_GIVEN[int]))
    return int(typed)


def read_day(typed: str) -> date:
    """Return a day, as browsers send it (2026-12-05) or as people here write it (5.12.2026, 5 decembrie 2026)."""
    found = DAY.fullmatch(typed) or DAY_BY_HAND.fullmatch(typed) or DAY_IN_WORDS.fullmatch(typed)
    if found:
        month = months().get(found["month"].casefold()) or found["month"]
        with suppress(ValueError):
            return date(int(found["year"]), int(month), int(found["day"]))
    raise Mistake(gettext(NOTHING_GIVEN[date]))


@cache
def months() -> dict[str, int]:
    """Return the number of each month by its names, long and short, in every language of ours."""
    return {
        name.casefold().rstrip("."): number
        for locale in LOCALES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=locale).items()
    }


def read_hour(typed: str) -> time:
    """Return an hour of the day, such as 16:00 or 16.00."""
    found = HOUR.fullmatch(typed)
    if found:
        with suppress(ValueError):
            return time(int(found["hour"]), int(found["minute"]))
    raise Mistake(gettext(NOTHING_GIVEN[time]))


def read_tick(typed: str) -> bool:
    """Return whether a box was ticked; a box that was not sends nothing at all."""
    if typed != TICKED:
        raise Malformed
    return True


def read_choice(typed: object, choices: Any) -> object:
    """Return one of the members of an enumeration or of the values of a Literal."""
    for choice in get_args(choices) or list(choices):
        if typed == str(choice.value if isinstance(choice, Enum) else choice):
            return choice
    raise Mistake(gettext(NOT_CHOSEN))


def read_bare(typed: str) -> str:
    """Return one of several texts, such as the keys of ticked rows."""
    return read_text(typed, Rule(most=1000, is_one_line=True))


READERS: dict[Any, Callable[[Any], object]] = {
    str: read_bare,
    int: read_whole_number,
    bool: read_tick,
    date: read_day,
    time: read_hour,
    UploadedFile: lambda file: file,
}

NOT_CHOSEN = N_("Choose one of the answers.")
NOTHING_GIVEN = {
    str: N_("Fill this in."),
    int: N_("Write a whole number, in digits."),
    bool: N_("Tick this to go on."),
    date: N_("Write a day of the calendar, for example 5.12.2026."),
    time: N_("Write an hour, for example 16:00."),
    UploadedFile: N_("Choose a file."),
}


@cache
def fields_of(form_type: type[msgspec.Struct]) -> dict[str, Field]:
    """Return the fields of a form by name, in their order: the names of the attributes are those on the page."""
    hints = get_type_hints(form_type, include_extras=True)
    return {
        each.name: declared(each.name, hints[each.name], is_required=each.required)
        for each in msgspec.structs.fields(form_type)
    }


def declared(name: str, annotation: Any, *, is_required: bool) -> Field:
    """Take an annotation apart: `Annotated[list[str], several(5)]`, `date | None`, `Literal["a", "b"]`."""
    rule = Rule()
    if get_origin(annotation) is Annotated:
        annotation, *notes = get_args(annotation)
        rule = next(note for note in notes if isinstance(note, Rule))
    if get_origin(annotation) in {Union, types.UnionType}:
        (annotation,) = (each for each in get_args(annotation) if each is not types.NoneType)
    takes_several = get_origin(annotation) is list
    if takes_several:
        (annotation,) = get_args(annotation)
    if not (annotation in READERS or get_origin(annotation) is Literal or issubclass(annotation, Enum)):
        raise TypeError(f"{name}: a form cannot ask for {annotation}")
    return Field(name, annotation, rule, is_required, takes_several)
