"""What is wrong with the files of an election, each fault with its line: whoever wrote the file looks there first."""

from collections.abc import Mapping

from consult.i18n import N_, gettext
from consult.refusals import Refusal


class NoElection(Refusal):
    """A file is no `.pb` file, or contradicts itself; the sentence says in which line."""

    sentence = N_("Line %(line)s: %(why)s")

    def __init__(self, line: int, why: str, **facts: object) -> None:
        super().__init__(line=line, why=_Why(why, facts))


class _Why:
    """A reason, translated when the sentence around it is."""

    def __init__(self, sentence: str, facts: Mapping[str, object]) -> None:
        self._sentence, self._facts = sentence, facts

    def __str__(self) -> str:
        return gettext(self._sentence) % self._facts


class NotText(Refusal):
    """The file's bytes are no UTF-8 text."""

    sentence = N_("This is not a text in UTF-8; a .pb file is.")


class TooLarge(Refusal):
    """The file is larger than any election."""

    sentence = N_("The file is larger than %(megabytes)s MB, and no election is; reading stopped in line %(line)s.")
