"""The rules of a vote in plain sentences of the current locale: for the pack's sheet, the desk, a cycle's page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import fill

from consult.counting.command import Rule
from consult.counting.equal_shares import Completion
from consult.counting.ties import TieRule
from consult.i18n import N_, gettext, ngettext
from consult.money import BANI_IN_A_LEU, amount_in_words
from consult.policy.review_rules import ReviewKind
from consult.policy.voting_packs import VoteExample, VotingPack
from consult.policy.voting_rules import BallotForm, Link, Marks, PoolKind, Proof, VotingRules

WIDTH = 100

POOL_KINDS: Mapping[PoolKind, str] = {PoolKind.CITY: N_("The whole place"), PoolKind.DISTRICT: N_("A district")}
LINKS: Mapping[Link, str] = {
    Link.DOMICILE: N_("has their domicile here"),
    Link.RESIDENCE: N_("has their residence here"),
    Link.WORK: N_("works here"),
    Link.STUDY: N_("studies here"),
}
PROOFS: Mapping[Proof, str] = {
    Proof.DESK: N_("an identity card shown at a desk"),
    Proof.LETTER: N_("a code sent by post"),
    Proof.ROLL: N_("the authority's own roll"),
}
BALLOTS: Mapping[BallotForm, str] = {
    BallotForm.APPROVAL: N_("Mark the projects that you want."),
    BallotForm.CHOOSE_ONE: N_("Mark one project."),
    BallotForm.ONE_PER_CATEGORY: N_("Mark at most one project in each domain."),
    BallotForm.POINTS: N_("Put projects in an order: the first gets the most points."),
    BallotForm.KNAPSACK: N_("Mark projects as long as the money lasts: what they cost together must not be more."),
    BallotForm.GRADES: N_("Give each project a grade."),
}
WINNERS: Mapping[Rule, str] = {
    Rule.GREEDY_VOTES: N_("Projects are chosen in the order of their votes, as long as the money lasts."),
    Rule.GREEDY_COST: N_("Projects are chosen by votes for each leu that they cost, as long as the money lasts."),
    Rule.PHRAGMEN: N_(
        "Everybody is given money at the same pace; a project is bought as soon as its supporters have what it costs."
    ),
    Rule.EQUAL_SHARES: N_(
        "Everybody who votes commands an equal part of the money. A project is chosen when its supporters can pay for "
        "it together; first the one that costs each of them the least for what they get."
    ),
    Rule.CATEGORY_GUARANTEE: N_(
        "The first of each domain is chosen; the others follow in the order of their votes, as long as the money lasts."
    ),
    Rule.MAJORITY_JUDGEMENT: N_(
        "Projects are chosen by their median grade, the one that half of the voters gave at least, as long as the "
        "money lasts."
    ),
}
TIES: Mapping[TieRule, str] = {
    TieRule.COST: N_("The cheaper one, and if they cost the same, the one proposed earlier."),
    TieRule.VOTES: N_("The one that more people voted for, and if these are equal too, the one proposed earlier."),
    TieRule.ID: N_("The one proposed earlier."),
}


@dataclass(frozen=True)
class Line:
    """One of the rules. `name`: what it is about, as a key that addresses and tests can use."""

    name: str
    title: str
    words: str


def rules_in_words(rules: VotingRules) -> list[Line]:
    """Return the rules as a citizen reads them, the most asked for first."""
    return [
        Line("proposing", gettext("Who may propose"), " ".join(_proposing(rules))),
        Line("review", gettext("What projects are reviewed by"), " ".join(_review(rules))),
        Line("voting", gettext("Who may vote"), " ".join(_voting(rules))),
        Line("ballot", gettext("On the ballot"), " ".join(_ballot(rules))),
        Line("winners", gettext("Who wins"), " ".join(_winners(rules))),
        Line("tie", gettext("Between equals"), tie_in_words(rules.tie)),
        Line("after", gettext("Afterwards"), " ".join(_afterwards(rules))),
    ]


def tie_in_words(tie: TieRule | None) -> str:
    """Return who goes first between two projects that are exactly equal."""
    return gettext(TIES[tie]) if tie else gettext("Not said. A cycle cannot be announced without this rule.")


def _proposing(rules: VotingRules) -> Iterator[str]:
    of = rules.proposing
    yield (
        gettext("Anybody who has turned %(age)s.") % {"age": of.minimum_age} if of.minimum_age else gettext("Anybody.")
    )
    if of.organisations:
        yield gettext("Verified organisations too.")
    if of.most_per_author:
        yield ngettext("At most %(num)s project each.", "At most %(num)s projects each.", of.most_per_author) % {
            "num": of.most_per_author
        }


def _review(rules: VotingRules) -> Iterator[str]:
    yield gettext("Every project is reviewed by the rules of the cycle and by the departments that would carry it out.")
    for kind in ReviewKind:
        yield from (str(criterion.words) for criterion in rules.criteria_of(kind))
    yield ngettext(
        "The author has %(num)s day to answer a question of a reviewer.",
        "The author has %(num)s days to answer a question of a reviewer.",
        rules.answer_days,
    ) % {"num": rules.answer_days}


def _voting(rules: VotingRules) -> Iterator[str]:
    of = rules.voting
    links = _or([gettext(LINKS[link]) for link in of.links])
    if of.minimum_age:
        yield gettext("Whoever has turned %(age)s and %(links)s.") % {"age": of.minimum_age, "links": links}
    else:
        yield gettext("Whoever %(links)s, at any age.") % {"links": links}
    proofs = _or([gettext(PROOFS[proof]) for proof in of.proofs])
    yield gettext("The right is proven once: by %(proofs)s.") % {"proofs": proofs}


def _ballot(rules: VotingRules) -> Iterator[str]:
    yield gettext(BALLOTS[rules.ballot])
    if rules.points:
        yield gettext("Points: %(points)s.") % {"points": ", ".join(map(str, rules.points))}
    if rules.grades:
        yield gettext("Grades: %(grades)s.") % {"grades": ", ".join(map(str, rules.grades))}
    for marks in rules.marks:
        yield from _marks(marks, alone=len(rules.marks) == 1)
    if rules.may_change_vote:
        yield gettext("A vote can be changed until the end; the last one counts.")
    else:
        yield gettext("A vote that was cast cannot be changed.")
    if rules.on_paper:
        yield gettext("One may vote on paper instead, at a desk, with an identity card.")


def _marks(marks: Marks, *, alone: bool) -> Iterator[str]:
    number = "" if marks.most is None else _range(marks.least, marks.most)
    if marks.kind is PoolKind.CITY:
        if number:
            sentence = N_("Projects to mark: %(number)s.") if alone else N_("For the whole place: %(number)s.")
            yield gettext(sentence) % {"number": number}
        return
    if marks.pools:
        yield ngettext("In %(num)s district of your choice.", "In %(num)s districts of your choice.", marks.pools) % {
            "num": marks.pools
        }
    else:
        yield gettext("In every district.")
    if number:
        yield gettext("In a district: %(number)s.") % {"number": number}


def _range(least: int, most: int) -> str:
    if least == most:
        return str(most)
    if least > 1:
        return gettext("from %(least)s to %(most)s") % {"least": least, "most": most}
    return gettext("up to %(most)s") % {"most": most}


def _winners(rules: VotingRules) -> Iterator[str]:
    yield gettext(WINNERS[rules.rule])
    for marks in rules.marks:
        if marks.least_votes:
            sentence = N_("For the whole place at least %(votes)s votes are needed.")
            if marks.kind is PoolKind.DISTRICT:
                sentence = N_("In a district at least %(votes)s votes are needed.")
            yield gettext(sentence) % {"votes": marks.least_votes}
    if rules.most_projects:
        yield gettext("At most %(most)s projects win.") % {"most": rules.most_projects}
    yield from _remainder(rules)


def _remainder(rules: VotingRules) -> Iterator[str]:
    remainder = rules.remainder
    if rules.shares:
        if rules.shares.completion is not Completion.NONE:
            yield gettext(
                "What is left is shared out again, %(step)s lei more for each voter at a time, until no project could "
                "be added."
            ) % {"step": rules.shares.step}
        return
    if remainder.top_up_lei:
        most = amount_in_words(remainder.top_up_lei * BANI_IN_A_LEU)
        yield gettext("The first that does not fit is chosen if at most %(most)s are missing.") % {"most": most}
    if remainder.top_up:
        yield gettext("The first that does not fit is chosen if this part of its cost is left: %(part)s.") % {
            "part": remainder.top_up
        }
    if remainder.skips:
        yield gettext("One that does not fit is passed over, and the next is tried.")
    else:
        yield gettext("At the first that does not fit the count ends.")
    if remainder.to_city:
        yield gettext("What the districts leave goes to the projects of the whole place.")


def _afterwards(rules: VotingRules) -> Iterator[str]:
    yield ngettext(
        "The results can be challenged for %(num)s day.",
        "The results can be challenged for %(num)s days.",
        rules.challenge_days,
    ) % {"num": rules.challenge_days}
    yield ngettext(
        "Of every project being carried out there is news at least every %(num)s day.",
        "Of every project being carried out there is news at least every %(num)s days.",
        rules.news_days,
    ) % {"num": rules.news_days}


def _or(words: list[str]) -> str:
    """Return words as a list of which one is enough."""
    if len(words) == 1:
        return words[0]
    return gettext("%(some)s or %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}


def example_in_words(example: VoteExample) -> str:
    """Return a worked example as a sentence: what it shows, and who wins."""
    winners = "; ".join(f"{key}: {', '.join(names)}" for key, names in example.then.winners.items())
    return gettext("%(note)s Chosen: %(winners)s.") % {"note": example.note, "winners": winners}


def voting_as_text(pack: VotingPack) -> Iterator[str]:
    """Return the lines of a pack for a terminal or a printer."""
    yield from (str(pack.title), f"{pack.id}, {gettext('edition %(version)s') % {'version': pack.version}}", "")
    yield from (fill(str(pack.text), WIDTH), "")
    yield gettext("Sources")
    for source in pack.sources:
        mark = "" if source.verified else f" [{gettext('not verified')}]"
        said = f"{source.act}, {source.articles}{mark}. {source.state}. {source.url}"
        yield fill(said.rstrip(" ."), WIDTH, initial_indent="    ", subsequent_indent="    ")
    for line in rules_in_words(pack.rules):
        yield from ("", line.title, fill(line.words, WIDTH, initial_indent="    ", subsequent_indent="    "))
    yield from ("", gettext("Worked examples"))
    for example in pack.examples:
        yield fill(f"– {example_in_words(example)}", WIDTH, initial_indent="    ", subsequent_indent="    ")
