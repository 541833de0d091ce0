"""Refusals: expected noes, which carry facts and one sentence that a face translates.

A refusal is raised before anything has been written. Each is defined beside the action that raises it; the kinds
below are shared because the faces answer them differently (404, 403, 409).
"""

from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar

from consult.i18n import N_, gettext, spoken

T = TypeVar("T")


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The action cannot be done now, and this sentence says why.

    `facts` fill the sentence's `%(name)s` places; a date stays a date, so that the reader's language formats it.
    `field` names the form field that the reader should change, where there is one; `brief` is a shorter sentence, for
    the place that leads to that field, where the whole one is long.
    """

    sentence: ClassVar[str] = N_("This cannot be done now.")
    brief: ClassVar[str | None] = None
    field: ClassVar[str | None] = None

    def __init__(self, **facts: object) -> None:
        super().__init__(self.sentence, facts)
        self.facts = facts

    @property
    def parts(self) -> Sequence["Refusal"]:
        """The noes that it is made of: more than itself where several things are wrong at once."""
        return [self]

    def explain(self) -> str:
        """Return the sentence with its facts, in the current locale."""
        return self._said(self.sentence)

    def explain_cause(self) -> str:
        """Return what whoever keeps the machine must know, in the current locale: most often no more than others."""
        return self.explain()

    def explain_briefly(self) -> str:
        """Return the shorter sentence, or the only one, with its facts, in the current locale."""
        return self._said(self.brief or self.sentence)

    def _said(self, sentence: str) -> str:
        return gettext(sentence) % {name: spoken(fact) for name, fact in self.facts.items()}

    def __str__(self) -> str:
        return self.sentence % self.facts


class NotFound(Refusal):
    """There is no such thing, or it was never public and the asker may not know that it exists."""

    sentence = N_("This page does not exist.")


class Withdrawn(Refusal):
    """The thing was public once and was withdrawn; the reason is public."""

    sentence = N_("This was withdrawn: %(reason)s")


class NotPermitted(Refusal):
    """The actor may know of the thing but may not do this to it."""

    sentence = N_("You are not allowed to do this.")


class Several(Refusal):
    """Several things are wrong at once; `parts` says each, for its own field."""

    def __init__(self, wrong: Sequence[Refusal]) -> None:
        super().__init__()
        self._wrong = wrong

    @property
    def parts(self) -> Sequence[Refusal]:
        """What is wrong, one by one."""
        return self._wrong

    def explain(self) -> str:
        """Return all reasons, one after the other, in the current locale."""
        return " ".join(part.explain() for part in self._wrong)

    def __str__(self) -> str:
        return " ".join(map(str, self._wrong))


def together(*readings: Callable[[], T]) -> list[T]:
    """Return what each of some readings returns.

    When one refuses, the others are tried all the same: whoever typed it all learns at once what is wrong with it.
    Raises that one refusal, or Several.
    """
    read: list[T] = []
    wrong: list[Refusal] = []
    for reading in readings:
        try:
            read.append(reading())
        except Refusal as refusal:
            wrong.extend(refusal.parts)
    if wrong:
        raise wrong[0] if len(wrong) == 1 else Several(wrong)
    return read
