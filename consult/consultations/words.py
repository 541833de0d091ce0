"""The words of a recommendation: what it asks for, what it says and why, and when that is too little or too much."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consult.consultations.recommendations import Kind
from consult.i18n import N_
from consult.refusals import Refusal

#: The longest wording and reason that are received, in characters; an article of law seldom passes a third of it.
LONGEST_TEXT = 20_000


class SaysNothing(Refusal):
    """There is neither a text nor a reason."""

    sentence = N_("Write your proposal.")
    field = "wording"


class ReasonMissing(Refusal):
    """A change of the text wants a reason: the authority must weigh it and answer it."""

    sentence = N_("Write why you propose this.")
    field = "reason"


class ChangesNothing(Refusal):
    """The proposed wording is the wording that is there."""

    sentence = N_("The text you propose is the same as the text of the draft. Change it, or send an observation.")
    field = "wording"


class MovedNowhere(Refusal):
    """Money is moved between lines of a budget, and none were named."""

    sentence = N_("Choose on the pages of the budget between which lines money is moved.")
    field = "kind"


class TooLong(Refusal):
    """A text is longer than a recommendation may be."""

    sentence = N_("The text has %(length)s characters; at most %(most)s are received. Longer studies can be attached.")
    field = "wording"


@dataclass(frozen=True)
class Words:
    """What a recommendation says.

    `wording`: the new text, or what is observed; empty only to strike a provision out. `files`: those that come with
    it, by the names under which they wait.
    """

    kind: Kind
    wording: str
    reason: str
    files: Sequence[str] = ()

    @property
    def kept(self) -> Mapping[str, str]:
        """What is kept of it as its body."""
        return {"wording": self.wording, "reason": self.reason}


def check_words(said: Words, current: str) -> None:
    """Refuse a recommendation that says nothing, or changes nothing."""
    longest = max(len(said.wording), len(said.reason))
    if longest > LONGEST_TEXT:
        raise TooLong(length=longest, most=LONGEST_TEXT)
    if said.kind is Kind.MOVE:
        raise MovedNowhere
    if said.kind is not Kind.DELETION and not can_be_read(said.wording):
        raise SaysNothing
    if said.kind is not Kind.OBSERVATION and not can_be_read(said.reason):
        raise ReasonMissing
    if said.kind is Kind.CHANGE and said.wording.split() == current.split():
        raise ChangesNothing


def can_be_read(text: str) -> bool:
    """Whether a text has a letter, a figure or a sign: spaces and invisible characters are no words."""
    return any(unicodedata.category(character)[0] in "LNPS" for character in text)
