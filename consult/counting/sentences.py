"""Explanations as sentences: why a project won or lost, in words for those who voted for it."""

from collections.abc import Iterator
from decimal import Decimal

from babel.numbers import format_decimal

from consult.counting.elections import Amount
from consult.counting.results import Explanation, Fate, Result
from consult.i18n import current_locale, gettext, ngettext


def sentences_of(result: Result) -> Iterator[tuple[int, str]]:
    """Yield for each project, winners first, the sentences that explain its fate in the current locale."""
    explained = result.explanations
    order = [*result.selected, *(place for place in explained if place not in set(result.selected))]
    for place in order:
        if place in explained:
            yield place, " ".join(_sentences(result, place, explained[place]))


def effective_support(result: Result, place: int) -> int | None:
    """Return how much of its cost a project's supporters had, in whole per cent; 100 and more wins."""
    behind = result.explanations[place].behind
    return None if behind is None else int(100 * behind / result.election.projects[place].cost)


def _sentences(result: Result, place: int, each: Explanation) -> Iterator[str]:
    yield _fate(each)
    support = effective_support(result, place)
    if support is not None and each.fate is Fate.TOO_LITTLE_SUPPORT and each.behind is not None:
        yield gettext("Its supporters had %(behind)s left of the %(cost)s it costs: %(percent)s%%.") % {
            "behind": money(each.behind),
            "cost": money(result.election.projects[place].cost),
            "percent": support,
        }
    if each.rivals:
        winner, most = max(each.rivals.items(), key=lambda rival: rival[1])
        yield gettext("Most of their money, %(money)s, had gone to %(project)s.") % {
            "money": money(most),
            "project": result.election.projects[winner].name or result.election.projects[winner].id,
        }
    if each.fate is not Fate.TOO_LITTLE_SUPPORT:
        return
    if each.winning_cost is not None:
        yield gettext("At a cost of %(cost)s it would have won.") % {"cost": money(each.winning_cost)}
    if each.winning_votes is not None:
        yield ngettext(
            "With %(num)s more vote, for it alone, it would have won.",
            "With %(num)s more votes, for it alone, it would have won.",
            each.winning_votes,
        ) % {"num": _number(each.winning_votes)}


def _fate(each: Explanation) -> str:
    facts = {
        "round": each.round,
        "votes": _number(each.votes),
        "needed": money(each.needed) if each.needed is not None else "",
        "more": _number(each.winning_votes or 0),
    }
    sentences = {
        Fate.WON: gettext("Chosen in round %(round)s, with %(votes)s votes."),
        Fate.GUARANTEED: gettext("Chosen as the first of its category, with %(votes)s votes."),
        Fate.COMPLETED: gettext("Chosen by its %(votes)s votes with the money that was left over."),
        Fate.TOPPED_UP: gettext("Chosen although %(needed)s was missing, which is added by the rule."),
        Fate.DID_NOT_FIT: gettext("Not chosen: when its turn came, %(needed)s was missing from what was left."),
        Fate.AFTER_THE_END: gettext("Not chosen: the count had ended before its turn came."),
        Fate.TOO_LITTLE_SUPPORT: gettext("Not chosen: its supporters could not pay for it."),
        Fate.BELOW_THRESHOLD: gettext("Not chosen: it has %(more)s votes fewer than the least that is asked for."),
        Fate.EXCLUDED: gettext("Not chosen: a project that excludes it was chosen before it."),
        Fate.TOO_DEAR: gettext("Not chosen: it costs more than the whole budget."),
        Fate.NO_SUPPORT: gettext("Not chosen: nobody voted for it."),
    }
    return sentences[each.fate] % facts


def money(amount: Amount) -> str:
    """Return a sum of money as people write it, without a currency."""
    return _number(amount)


def _number(amount: Amount) -> str:
    value = Decimal(amount.numerator) / amount.denominator
    return format_decimal(value, locale=current_locale.get())
