"""Eligibility: who may do something, such as asking for a public debate that must then be held."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from consult.i18n import N_, gettext
from consult.policy.packs import Pack, WrongKind
from consult.policy.rules import Eligibility
from consult.policy.scope import refuse_excluded


class NotAnEligibility(WrongKind):
    """The rule says something else than who may act."""

    sentence = N_("The rule %(rule)s of %(pack)s does not say who may do something.")


@dataclass(frozen=True)
class Standing:
    """Whether a party may do what a rule is about. `by`: the party; `may`: those who may, in the words of the pack."""

    rule: Eligibility
    by: str
    is_eligible: bool
    may: tuple[object, ...]

    def __str__(self) -> str:
        """Return who may, in the current locale, with the article."""
        parties = ", ".join(map(str, self.may))
        return gettext("%(title)s: %(parties)s (%(cite)s).") % {
            "title": self.rule.title,
            "parties": parties,
            "cite": self.rule.citation,
        }


def standing(pack: Pack, rule_id: str, *, by: str, on: date, circumstances: Collection[str] = ()) -> Standing:
    """Say whether a party of the pack may do what a rule is about.

    Raises NoSuchRule, NotInForce, NotAnEligibility, Excluded. A party that the pack does not know is a mistake of the
    caller: taking it for one that may not would silence somebody.
    """
    rule = pack.rule(rule_id, on)
    if not isinstance(rule, Eligibility):
        raise NotAnEligibility(pack=pack.id, rule=rule_id)
    refuse_excluded(pack, rule_id, on=on, circumstances=circumstances)
    if by not in pack.parties:
        raise ValueError(f"{pack.id} does not speak of the party {by}")
    return Standing(rule, by, by in rule.open_to, tuple(pack.parties[party] for party in rule.open_to))
