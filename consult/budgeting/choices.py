"""What may stand on a ballot: the list that was frozen when the vote began, and the rules by which it is marked.

Pure, so that the audit judges every opened ballot by the same words by which it was taken in.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from hashlib import sha256

import msgspec

from consult.budgeting.openings import CHOSEN, Choices, size_of_longest
from consult.i18n import N_
from consult.money import amount_in_words
from consult.policy.voting_rules import BallotForm, Marks, PoolKind, VotingRules
from consult.record import canonical
from consult.refusals import Refusal, Several


class EmptyBallot(Refusal):
    """Nothing was chosen: whoever wants none of the projects need not vote."""

    sentence = N_("Choose at least one project.")
    field = "choices"


class NotOnTheBallot(Refusal):
    """A project that is not on the list: of another cycle, or withdrawn before the vote."""

    sentence = N_("The project %(number)s is not on this ballot.")
    field = "choices"


class ChosenTwice(Refusal):
    """The same project came twice."""

    sentence = N_("The project %(number)s stands on your ballot twice.")
    field = "choices"


class TooFew(Refusal):
    """Fewer projects in a pool than a ballot must name there."""

    sentence = N_("%(pool)s: choose at least %(least)s projects, or none.")
    field = "choices"


class TooMany(Refusal):
    """More projects in a pool than a ballot may name there."""

    sentence = N_("%(pool)s: you chose %(count)s projects; at most %(most)s may be chosen. Take away %(over)s.")
    field = "choices"


class TooManyPools(Refusal):
    """Projects in more districts than one voter may vote in."""

    sentence = N_("You may vote in at most %(most)s of these areas, and chose in %(count)s: %(pools)s.")
    field = "choices"


class SameCategory(Refusal):
    """Two projects of a category, of which only one may be named."""

    sentence = N_("%(pool)s: choose only one project of the same category: %(numbers)s.")
    field = "choices"


class OverBudget(Refusal):
    """The chosen projects cost more than there is."""

    sentence = N_("%(pool)s: you are %(over)s over the budget. These do not fit any more: %(numbers)s. Take one away.")
    field = "choices"


class NotTheseMarks(Refusal):
    """Points or grades that this ballot does not know, or the same points twice."""

    sentence = N_("Give each project of your choice one of these, and each only once: %(marks)s.")
    field = "choices"


class ListedPool(msgspec.Struct, frozen=True, kw_only=True):
    """A pot of money as the ballot has it. `amount`: in bani."""

    key: str
    name: str
    kind: PoolKind
    amount: int


class ListedProject(msgspec.Struct, frozen=True, kw_only=True):
    """A project as the ballot has it. `number`: as in its cycle; `cost`: in bani."""

    number: str
    pool: str
    category: str | None
    cost: int


class BallotPaper(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The ballot of an election: what may be marked, and how. `election`: its subject in the record.

    `conflicts`: the numbers of projects of which at most one of two can be chosen by the count.
    """

    election: str
    rules: VotingRules
    pools: tuple[ListedPool, ...]
    projects: tuple[ListedProject, ...]
    conflicts: tuple[tuple[str, str], ...] = ()

    @cached_property
    def form(self) -> bytes:
        """Its canonical bytes, by whose hash the record names it."""
        return canonical.dump(msgspec.to_builtins(self))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of its form, hexadecimal."""
        return sha256(self.form).hexdigest()

    @cached_property
    def by_number(self) -> Mapping[str, ListedProject]:
        """Its projects by their numbers."""
        return {project.number: project for project in self.projects}

    def rivals_of(self, number: str) -> Sequence[str]:
        """Return the numbers of the projects that exclude one."""
        return [each for pair in self.conflicts if number in pair for each in pair if each != number]

    @cached_property
    def width(self) -> int:
        """How many digits its longest number has."""
        return max(map(len, self.by_number))

    @property
    def marks(self) -> Sequence[int]:
        """What one project can be given: points, grades from the worst, 1, upwards, or only that it is chosen."""
        if self.rules.ballot is BallotForm.POINTS:
            return self.rules.points
        if self.rules.ballot is BallotForm.GRADES:
            return range(1, len(self.rules.grades) + 1)
        return (CHOSEN,)

    @cached_property
    def ballot_size(self) -> int:
        """How many bytes each of its ballots is padded to."""
        return size_of_longest(self.election, self.by_number, max(self.marks))


#: On the day of a vote every request needs the same one or two.
@lru_cache(maxsize=8)
def read_paper(data: bytes) -> BallotPaper:
    """Read a ballot paper from its canonical form. Raises msgspec.ValidationError for what is none."""
    return msgspec.json.decode(data, type=BallotPaper)


def gather(marked: Iterable[tuple[str, int]]) -> Choices:
    """Return what a form marked, project by project. Raises ChosenTwice."""
    choices: dict[str, int] = {}
    for number, given in marked:
        if number in choices:
            raise ChosenTwice(number=number)
        choices[number] = given
    return choices


def check_choices(paper: BallotPaper, choices: Choices) -> None:
    """Refuse a ballot that breaks a rule; all that is wrong with it is said at once."""
    if not choices:
        raise EmptyBallot
    unknown = [NotOnTheBallot(number=number) for number in choices if number not in paper.by_number]
    wrong: list[Refusal] = [*unknown]
    if not unknown:
        wrong += _wrong_pools(paper, choices)
        wrong += _wrong_marks(paper, choices)
    if wrong:
        raise wrong[0] if len(wrong) == 1 else Several(wrong)


def spent(paper: BallotPaper, choices: Choices) -> Mapping[str, int]:
    """Return what the chosen projects of each pool cost together, in bani."""
    costs: Counter[str] = Counter()
    for number in choices:
        if project := paper.by_number.get(number):
            costs[project.pool] += project.cost
    return costs


def _wrong_pools(paper: BallotPaper, choices: Choices) -> Iterable[Refusal]:
    chosen: dict[str, list[ListedProject]] = defaultdict(list)
    for project in paper.projects:
        if project.number in choices:
            chosen[project.pool].append(project)
    for kind in PoolKind:
        marked = [pool for pool in paper.pools if pool.kind is kind and chosen[pool.key]]
        marks = paper.rules.marks_in(kind)
        if marks is None:
            yield from (NotOnTheBallot(number=each.number) for pool in marked for each in chosen[pool.key])
            continue
        if marks.pools is not None and len(marked) > marks.pools:
            names = ", ".join(pool.name for pool in marked)
            yield TooManyPools(most=marks.pools, count=len(marked), pools=names)
        for pool in marked:
            yield from _wrong_in(paper.rules, marks, pool, chosen[pool.key])


def _wrong_in(rules: VotingRules, marks: Marks, pool: ListedPool, chosen: Sequence[ListedProject]) -> Iterable[Refusal]:
    most = 1 if rules.ballot is BallotForm.CHOOSE_ONE else marks.most
    if most is not None and len(chosen) > most:
        yield TooMany(pool=pool.name, count=len(chosen), most=most, over=len(chosen) - most)
    if len(chosen) < marks.least:
        yield TooFew(pool=pool.name, least=marks.least)
    if rules.ballot is BallotForm.ONE_PER_CATEGORY:
        for category, times in Counter(project.category for project in chosen).items():
            if times > 1:
                alike = ", ".join(project.number for project in chosen if project.category == category)
                yield SameCategory(pool=pool.name, numbers=alike)
    if rules.ballot is BallotForm.KNAPSACK:
        yield from _over_budget(pool, chosen)


def _over_budget(pool: ListedPool, chosen: Sequence[ListedProject]) -> Iterable[Refusal]:
    """Name the projects at which the money was used up, in the order of their numbers on the list."""
    left, beyond = pool.amount, []
    for project in chosen:
        if project.cost <= left:
            left -= project.cost
        else:
            beyond.append(project.number)
    over = sum(project.cost for project in chosen) - pool.amount
    if over > 0:
        yield OverBudget(pool=pool.name, over=amount_in_words(over), numbers=", ".join(beyond))


def _wrong_marks(paper: BallotPaper, choices: Choices) -> Iterable[Refusal]:
    allowed = paper.marks
    is_wrong = any(given not in allowed for given in choices.values())
    if paper.rules.ballot is BallotForm.POINTS and not is_wrong:
        # Gdańsk lost 11,414 ballots in 2018 on which points stood twice: here such a ballot is never taken in.
        given_in: dict[str, list[int]] = defaultdict(list)
        for number, given in choices.items():
            given_in[paper.by_number[number].pool].append(given)
        is_wrong = any(Counter(given) - Counter(allowed) for given in given_in.values())
    if is_wrong:
        yield NotTheseMarks(marks=", ".join(map(str, allowed)))
