"""Why a text cannot be read, in the reader's language: the ground of an erasure, the rule of moderation."""

from consult.i18n import gettext
from consult.record.erasure_grounds import ground_in_words
from consult.record.moderation_rules import RULES, ModerationRule


def erasure_ground(ground: str) -> str:
    """Return on what ground of the law a text was erased."""
    return gettext(ground_in_words(ground))


def moderation_rule(rule: str) -> str:
    """Return for which rule a text is hidden."""
    return gettext(RULES[ModerationRule(rule)].name)
