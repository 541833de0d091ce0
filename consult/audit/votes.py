"""The vote of a cycle held against everything that was public before it, and its results counted again.

What a cycle announced, and the verdicts on its projects, decide what stands on the ballot paper; the paper and the
opened ballots decide who wins. Nothing between them is left to anybody.
"""

from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version

import msgspec

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.ballot_papers import countable_faults
from consult.audit.books import Books
from consult.audit.cycles import VOTING
from consult.audit.failures import Breach, Words
from consult.budgeting.choices import BallotPaper
from consult.budgeting.recount import count_vote
from consult.i18n import N_
from consult.policy.voting_packs import freeze_part
from consult.policy.voting_rules import VotingRules
from consult.record.events import CycleAnnounced, ElectionOpened, ResultsConfirmed

COUNTABLE = Words(N_("rules that votes can be counted by"))


class Chosen(msgspec.Struct):
    """What a published result says of a pot beside its explanations."""

    selected: tuple[str, ...]


class PublishedPool(msgspec.Struct):
    """A pot in a published result."""

    pool: str
    result: Chosen


class Published(msgspec.Struct):
    """A published result, as far as it decides anything."""

    pools: tuple[PublishedPool, ...]


def cycle_announced(books: Books, act: Act, event: CycleAnnounced) -> Iterator[Breach]:
    """A cycle is announced with rules that lie in the log's folder, and so does the pack that they come from."""
    yield from books.cycles.announced(act, event)
    frozen = books.voting_rules(event.rules)
    if frozen is None:
        yield Breach(rules.CYCLE_RULES, event.rules, COUNTABLE)
    else:
        yield from (Breach(rules.CYCLE_RULES, fault, COUNTABLE) for fault in countable_faults(frozen))
    if books.voting_pack(event.pack) is None:
        yield Breach(rules.CYCLE_RULES, event.pack, Words(N_("a rule pack that can be read")))


def vote_opened(books: Books, act: Act, event: ElectionOpened) -> Iterator[Breach]:
    """A vote begins in its phase, when every project has its verdict, with the ballot paper that follows from both."""
    yield from books.cycles.during(act, VOTING)
    yield from books.elections.opened(act, event)
    for number in books.projects.undecided(act.about, act.at):
        yield Breach(rules.ALL_JUDGED, number, Words(N_("a verdict on it")))
    announced, paper = books.cycles.events.get(act.about), books.elections.votes[act.about].paper
    if announced is None:
        return
    ends_at = books.cycles.end_of(act.about, VOTING)
    if event.closes_at != ends_at:
        yield Breach(rules.AS_ANNOUNCED, event.closes_at, ends_at)
    if paper is None:
        return
    yield from _rules_as_announced(paper, announced, books.voting_rules(announced.rules))
    money = {each.key: (each.name, each.kind, str(each.amount)) for each in announced.pools}
    listed = {each.key: (each.name, each.kind.value, str(each.amount)) for each in paper.pools}
    yield from _differing(listed, money)
    let_in = {str(number): _plain(asks) for number, asks in books.projects.eligible(act.about).items()}
    on_paper = {each.number: _plain((each.pool, each.category, each.cost)) for each in paper.projects}
    yield from _differing(on_paper, let_in)
    excluding = frozenset(map(frozenset, paper.conflicts))
    if excluding != (declared := books.projects.conflicts(act.about)):
        yield Breach(rules.AS_ANNOUNCED, _pairs(excluding), _pairs(declared))


def results_confirmed(books: Books, act: Act, event: ResultsConfirmed) -> Iterator[Breach]:
    """Results are published once, by two officials, as the opened ballots and the rules on their paper give them."""
    vote = yield from books.elections.published(act)
    if not event.counted_by or act.actor.pseudonym == event.counted_by:
        yield Breach(rules.RESULTS_BY_TWO, act.actor.pseudonym, Words(N_("another official than who counted first")))
    announced = books.cycles.events.get(act.about)
    if vote.paper is None or vote.openings is None or announced is None:
        return
    choices = books.elections.opened_choices(vote)
    counted = count_vote(vote.paper, choices, announced.year, on_paper=books.elections.lawful_on_paper(vote))
    files = tuple(pool.digest for pool in counted.pools)
    if event.ballots != files:
        yield Breach(rules.RESULTS, event.ballots, files)
    won, winners = _winners(books.elections.file(event.results)), _winners(counted.content) or {}
    books.works.won(act.about, {int(each) for pot in winners.values() for each in pot})
    if won is None or won.keys() != winners.keys():
        yield Breach(rules.RESULTS, tuple(won or ()), tuple(winners))
    else:
        yield from (Breach(rules.RESULTS, won[pot], winners[pot]) for pot in winners if won[pot] != winners[pot])
    # Another version may explain the same winners in other words; its own must be these, to the letter.
    if event.program == version("consult") and event.results != counted.digest:
        yield Breach(rules.RESULTS, event.results, counted.digest)


def _rules_as_announced(paper: BallotPaper, announced: CycleAnnounced, frozen: VotingRules | None) -> Iterator[Breach]:
    if frozen is not None and paper.rules != frozen:
        yield Breach(rules.AS_ANNOUNCED, freeze_part(paper.rules).digest, announced.rules)


def _differing(found: Mapping[str, tuple[str, ...]], expected: Mapping[str, tuple[str, ...]]) -> Iterator[Breach]:
    """Tell what stands on the paper otherwise than it was announced, by its name there."""
    for name in sorted(found.keys() | expected.keys()):
        if found.get(name) != expected.get(name):
            yield Breach(
                rules.AS_ANNOUNCED,
                (name, *found[name]) if name in found else None,
                (name, *expected[name]) if name in expected else None,
            )


def _pairs(conflicts: frozenset[frozenset[str]]) -> tuple[str, ...]:
    return tuple(sorted(" + ".join(sorted(pair, key=int)) for pair in conflicts))


def _plain(asks: tuple[str, str | None, int]) -> tuple[str, ...]:
    pool, category, cost = asks
    return (pool, category or "", str(cost))


def _winners(content: bytes) -> Mapping[str, Sequence[str]] | None:
    """Return who won in each pot, in the order of their selection; None for what is no result."""
    try:
        published = msgspec.json.decode(content, type=Published)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return {each.pool: each.result.selected for each in published.pools}
