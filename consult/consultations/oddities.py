"""What looked odd while a draft was cut, told to the clerk before she publishes: never a refusal, always a line."""

from dataclasses import dataclass, field
from enum import StrEnum

from consult.consultations.grammar.numbers import Number
from consult.consultations.grammar.pieces import called
from consult.i18n import N_, gettext, spoken

#: So many are kept; a text with more is not a draft, and the clerk needs to see the first ones.
MOST_KEPT = 200
#: Characters. A longer article is hard to discuss; a text in which an article was overlooked also shows up here.
LONG_ARTICLE = 15_000


class Code(StrEnum):
    """The kinds of oddity."""

    NO_ARTICLE = "no-article"
    CEDILLA = "cedilla"
    UNSEEN = "unseen-characters"
    MISREAD = "misread-letters"
    STARTS_LATE = "starts-late"
    SKIPPED = "number-skipped"
    REPEATED = "number-repeated"
    BACKWARDS = "number-backwards"
    LETTER_SKIPPED = "letter-skipped"
    MIXED = "roman-and-arabic"
    DASHES = "dashes"
    NOT_CUT = "continuation"
    EMPTY = "empty-article"
    LONG = "long-article"
    TOO_LONG = "too-long"
    MORE = "more"


SENTENCES = {
    Code.NO_ARTICLE: N_("No article was found. Articles begin a line, such as “Art. 1.”"),
    Code.CEDILLA: N_("Letters with a cedilla, changed to ș and ț with a comma: %(count)s."),
    Code.UNSEEN: N_("Invisible characters, taken out: %(count)s."),
    Code.MISREAD: N_(
        "%(label)s has words whose letters were damaged before they came here (%(count)s), with what was probably"
        " meant: %(words)s. Paste the text from its source again, or correct them."
    ),
    Code.STARTS_LATE: N_("%(label)s is the first of its list, but not number one."),
    Code.SKIPPED: N_("%(label)s comes right after %(previous)s: a number is missing between them."),
    Code.REPEATED: N_("%(label)s stands here for the second time; its key is %(key)s."),
    Code.BACKWARDS: N_("%(label)s comes after %(previous)s: the numbers run backwards."),
    Code.LETTER_SKIPPED: N_("%(label)s comes right after %(previous)s: a letter is missing between them."),
    Code.MIXED: N_("%(label)s comes after %(previous)s: Roman and Arabic numbers are mixed."),
    Code.DASHES: N_("%(label)s lists its items with dashes; the law asks for letters (Law 24/2000, art. 49)."),
    Code.NOT_CUT: N_("This line begins with “%(beginning)s” but goes on with the sentence above; it was not cut."),
    Code.EMPTY: N_("%(label)s has no words."),
    Code.LONG: N_("%(label)s is very long (%(count)s characters); check that no article in it was overlooked."),
    Code.TOO_LONG: N_("The text has more than %(count)s lines; what follows was not cut into provisions."),
    Code.MORE: N_("Further remarks, not shown: %(count)s."),
}


@dataclass(frozen=True, slots=True)
class Oddity:
    """One remark: what (`code`), where (`line`, counted from 1; `key` of the provision, if any), and its facts."""

    code: Code
    line: int
    key: str | None = None
    facts: dict[str, str | int] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The sentence for the catalogues, with places for the facts."""
        return SENTENCES[self.code]

    def explain(self) -> str:
        """Return the sentence with its facts, in the current locale."""
        facts = {name: called(fact) if isinstance(fact, str) else spoken(fact) for name, fact in self.facts.items()}
        return gettext(self.sentence) % facts

    def __str__(self) -> str:
        return self.sentence % self.facts


def out_of_sequence(number: Number, previous: Number | None) -> Code | None:
    """Say what is odd about a number that stands after `previous` in its list; nothing if it follows."""
    if previous is not None and number.roman != previous.roman and number.order != previous.order:
        return Code.MIXED
    if number.follows(previous):
        return None
    if previous is None:
        return Code.STARTS_LATE
    if number.order == previous.order:
        return Code.REPEATED
    if number.order < previous.order:
        return Code.BACKWARDS
    return Code.LETTER_SKIPPED if number.lettered else Code.SKIPPED


def first_ones(oddities: list[Oddity]) -> tuple[Oddity, ...]:
    """Return the remarks in the order of their lines, cut off after the first `MOST_KEPT`."""
    oddities.sort(key=lambda oddity: oddity.line)
    left_out = len(oddities) - MOST_KEPT
    if left_out <= 0:
        return tuple(oddities)
    last = oddities[MOST_KEPT - 1].line
    return (*oddities[:MOST_KEPT], Oddity(Code.MORE, last, facts={"count": left_out}))
