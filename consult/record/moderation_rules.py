"""The rules of moderation, as they are published: for what a proposal's words may be taken from the pages.

A rule keeps its name and its meaning for ever, since entries of the record cite it. Who wants others writes another
edition beside this one.
"""

from dataclasses import dataclass
from enum import StrEnum

from consult.i18n import N_

#: As in the record: `moderation-1#insult`.
EDITION = "moderation-1"


class ModerationRule(StrEnum):
    """What a proposal must not be."""

    HATE = "hate"
    INSULT = "insult"
    OTHERS_DATA = "others-data"
    UNLAWFUL = "unlawful"
    ADVERTISING = "advertising"
    NO_PROPOSAL = "no-proposal"

    @property
    def ground(self) -> str:
        """The rule as the record cites it."""
        return f"{EDITION}#{self.value}"


@dataclass(frozen=True)
class RuleInWords:
    """A rule as readers know it: in a few words, and what they mean."""

    name: str
    meaning: str


#: In the order in which they are published.
RULES = {
    ModerationRule.HATE: RuleInWords(
        N_("Hatred or threats"),
        N_("It threatens somebody, or calls for violence or hatred against people for what they are."),
    ),
    ModerationRule.INSULT: RuleInWords(
        N_("Insults"),
        N_("It insults a person. Criticism of decisions, officials and institutions is no insult, however sharp."),
    ),
    ModerationRule.OTHERS_DATA: RuleInWords(
        N_("Somebody else's personal data"),
        N_("It tells an address, a telephone number, an illness or another private fact of somebody else."),
    ),
    ModerationRule.UNLAWFUL: RuleInWords(
        N_("Unlawful content"),
        N_("Publishing it breaks a law, which the decision names."),
    ),
    ModerationRule.ADVERTISING: RuleInWords(
        N_("Advertising"),
        N_("It advertises goods or services, or asks for votes in an election."),
    ),
    ModerationRule.NO_PROPOSAL: RuleInWords(
        N_("No proposal at all"),
        N_("It says nothing that could be weighed or answered: random letters, or the same text sent by a program."),
    ),
}


def rule_of(ground: str) -> ModerationRule | None:
    """Return the rule that an entry cites; None for one of an edition that this program does not know."""
    edition, _, rule = ground.partition("#")
    return ModerationRule(rule) if edition == EDITION and rule in set(ModerationRule) else None
