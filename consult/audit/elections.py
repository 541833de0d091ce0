"""The votes of participatory budgets, replayed: opened, ballots committed, all listed at the close, and then opened.

Whoever reads a log while people vote sees commitments alone. Once the ballots are opened, each is hashed here again,
found among the commitments, and held against the ballot paper that was fixed before anybody voted.
"""

import re
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

import msgspec

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.ballot_papers import paper_faults
from consult.audit.failures import Breach, Rule, Words
from consult.audit.voters import VoterBook
from consult.budgeting.choices import BallotPaper, check_choices, read_paper
from consult.budgeting.codes import code_of, grouped
from consult.budgeting.openings import Choices, Opening, read_opening
from consult.budgeting.paper_listing import PaperBallot, listing_of, read_listing
from consult.i18n import N_
from consult.record.events import (
    BallotCommitted,
    BallotsOpened,
    ElectionClosed,
    ElectionKeyDestroyed,
    ElectionOpened,
    PaperBallotsListed,
)
from consult.record.faults import Fault
from consult.record.listing import OPENINGS
from consult.refusals import Refusal

SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
#: What may be said of a commitment when the vote is closed.
COUNTS, REPLACED, STRAY = "counts", "replaced", "stray"
#: How far a vote has come, in this order.
WAITS, OPEN, CLOSED, KEYLESS, COUNTED, PUBLISHED = (
    "no vote",
    "opened",
    "closed",
    "key destroyed",
    "ballots opened",
    "results published",
)


@dataclass
class Vote:
    """The vote of a cycle, as far as the entries tell it.

    `counting`: the commitments that are to be opened; `on_paper`: the ballots from the box, once they are listed;
    `openings`: the SHA-256 of the opened ballots.
    """

    stage: str = WAITS
    closes_at: datetime | None = None
    paper: BallotPaper | None = None
    openings: str | None = None
    committed: set[str] = field(default_factory=set)
    counting: set[str] = field(default_factory=set)
    on_paper: list[PaperBallot] | None = None


class ElectionBook:
    """The votes of all cycles. `read`: returns a file of the log's folder by its path.

    `is_continued`: whether some may have begun in an earlier log that was not read.
    """

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self.votes: dict[str, Vote] = {}
        self.voters = VoterBook()
        self.is_continued = False
        self._read = read

    def opened(self, act: Act, event: ElectionOpened) -> Iterator[Breach]:
        """A vote begins once, before the instant at which it is to end, with a ballot paper of its own."""
        vote = yield from self._at_stage(act, WAITS, OPEN)
        vote.closes_at = event.closes_at
        yield from self.voters.counted(act.about, event.voters)
        if act.at >= event.closes_at:
            yield Breach(rules.VOTE_IN_ORDER, act.at, Words(N_("before %(day)s"), {"day": event.closes_at}))
        try:
            paper = read_paper(self.file(event.paper))
        except (msgspec.DecodeError, UnicodeDecodeError) as problem:
            yield Breach(rules.BALLOT_PAPER, str(problem), Words(N_("a ballot paper")))
            return
        if paper.election != act.about:
            yield Breach(rules.BALLOT_PAPER, paper.election, act.about)
        unusable = list(paper_faults(paper))
        yield from (Breach(rules.BALLOT_PAPER, fault, Words(N_("a ballot paper"))) for fault in unusable)
        # By what contradicts itself nothing can be judged.
        vote.paper = None if unusable else paper

    def committed(self, act: Act, event: BallotCommitted) -> Iterator[Breach]:
        """A ballot enters while the vote is open, or with those that its close waits for, and once."""
        vote = yield from self._at_stage(act, OPEN, OPEN)
        if not SHA256.fullmatch(event.commitment):
            yield Breach(rules.BALLOTS_LISTED, event.commitment, Words(N_("a SHA-256")))
        if event.commitment in vote.committed:
            yield Breach(rules.BALLOTS_LISTED, event.commitment, Words(N_("a ballot that is not in the record yet")))
        vote.committed.add(event.commitment)

    def closed(self, act: Act, event: ElectionClosed, ends_at: datetime | None) -> Iterator[Breach]:
        """A vote ends at its hour with a list of exactly the ballots that were committed, each counting or replaced.

        `ends_at`: of its phase, which may have been moved since the vote was opened; None where that is not known.
        """
        vote = yield from self._at_stage(act, OPEN, CLOSED)
        vote.closes_at = ends_at or vote.closes_at
        if vote.closes_at and act.at < vote.closes_at:
            yield Breach(rules.VOTE_IN_ORDER, act.at, Words(N_("at the earliest %(day)s"), {"day": vote.closes_at}))
        lines = [line.partition(" ") for line in self.file(event.listing).decode(errors="replace").splitlines()]
        listed = [commitment for commitment, _, _ in lines]
        vote.counting = {commitment for commitment, _, state in lines if state == COUNTS}
        replaced, strays = (sum(state == said for _, _, state in lines) for said in (REPLACED, STRAY))
        if listed != sorted(set(listed)) or len(vote.counting) + replaced + strays != len(lines):
            yield Breach(rules.BALLOTS_LISTED, event.listing, Words(N_("each ballot once, in order")))
        if not self.is_continued:
            yield from _each(rules.BALLOTS_LISTED, vote.committed - {*listed}, Words(N_("a ballot on the list")))
            yield from _each(rules.BALLOTS_LISTED, {*listed} - vote.committed, Words(N_("a ballot in the record")))
        stated, counted = (event.ballots, event.replaced, event.strays), (len(vote.counting), replaced, strays)
        if stated != counted:
            yield Breach(rules.BALLOTS_LISTED, tuple(map(str, stated)), tuple(map(str, counted)))
        yield from self.voters.counted(act.about, event.voters)
        if event.ballots > event.voters:
            yield Breach(rules.BALLOTS_LISTED, event.ballots, Words(N_("at most %(count)s"), {"count": event.voters}))
        if replaced and vote.paper and not vote.paper.rules.may_change_vote:
            yield Breach(rules.BALLOTS_LISTED, replaced, 0)
        if strays:
            # Not counted, and still somebody wrote them: the place to ask why is the town hall.
            yield Breach(rules.NO_STRAYS, strays, 0)

    def key_destroyed(self, act: Act, _event: ElectionKeyDestroyed) -> Iterator[Breach]:
        """The key that leads from voters to ballots is destroyed once the vote is closed, before any is opened."""
        yield from self._at_stage(act, CLOSED, KEYLESS)

    def paper_listed(self, act: Act, event: PaperBallotsListed) -> Iterator[Breach]:
        """The box is emptied after the close and before the online ballots are opened, where the rules know paper."""
        vote = self.votes.setdefault(act.about, Vote())
        if vote.stage not in {CLOSED, KEYLESS} and not self.is_continued:
            yield Breach(rules.VOTE_IN_ORDER, vote.stage, CLOSED)
        if vote.on_paper is not None or (vote.paper and not vote.paper.rules.on_paper):
            yield Breach(rules.PAPER_BALLOTS, event.listing, None)
        content = self.file(event.listing)
        try:
            ballots = vote.on_paper = list(read_listing(content))
        except Fault as fault:
            yield Breach(rules.PAPER_BALLOTS, event.listing, Words(fault.sentence, fault.facts))
            return
        if content != listing_of({ballot.number: ballot for ballot in ballots}.values()):
            yield Breach(rules.PAPER_BALLOTS, event.listing, Words(N_("each ballot once, in order")))
        valid = [ballot for ballot in ballots if ballot.invalid is None]
        if (event.valid, event.invalid) != (len(valid), len(ballots) - len(valid)):
            stated, counted = (event.valid, event.invalid), (len(valid), len(ballots) - len(valid))
            yield Breach(rules.PAPER_BALLOTS, tuple(map(str, stated)), tuple(map(str, counted)))
        if len(ballots) > event.given:
            yield Breach(rules.PAPER_BALLOTS, len(ballots), Words(N_("at most %(count)s"), {"count": event.given}))
        if event.given + event.spoiled + event.unused != event.printed and not event.why:
            found = event.given + event.spoiled + event.unused
            yield Breach(rules.PAPER_BALLOTS, found, event.printed)
        for ballot in valid:
            yield from _lawful(vote.paper, ballot.choices, ballot.number)

    def ballots_opened(self, act: Act, event: BallotsOpened) -> Iterator[Breach]:
        """After that, every ballot that counts is opened, once and no other, and each is marked as it may be."""
        vote = yield from self._at_stage(act, KEYLESS, COUNTED)
        if vote.paper and vote.paper.rules.on_paper and vote.on_paper is None:
            yield Breach(rules.PAPER_BALLOTS, None, Words(N_("the ballots on paper listed first")))
        vote.openings = event.openings
        lines = self.file(event.openings).splitlines()
        if event.ballots != len(lines):
            yield Breach(rules.BALLOTS_OPENED, event.ballots, len(lines))
        opened = []
        for line in lines:
            code, _, form = line.partition(b" ")
            try:
                opening = read_opening(form)
            except Fault:
                yield Breach(rules.BALLOTS_OPENED, line.decode(errors="replace"), Words(N_("an opened ballot")))
                continue
            opened.append(opening.commitment)
            yield from _own_code(opening, code.decode(errors="replace"))
            yield from _legal(act.about, vote.paper, opening)
        if any(one >= other for one, other in pairwise(opened)):
            yield Breach(rules.BALLOTS_OPENED, event.openings, Words(N_("each ballot once, in order")))
        if vote.counting or not self.is_continued:
            yield from _each(rules.BALLOTS_OPENED, vote.counting - {*opened}, Words(N_("a ballot that is opened")))
            yield from _each(rules.BALLOTS_OPENED, {*opened} - vote.counting, Words(N_("a ballot that counts")))

    def published(self, act: Act) -> Generator[Breach, None, Vote]:
        """Results are published once, after the ballots."""
        return (yield from self._at_stage(act, COUNTED, PUBLISHED))

    def opened_choices(self, vote: Vote) -> Iterator[Choices]:
        """Yield what the opened ballots of a vote choose, of those that can be counted."""
        for line in self.file(vote.openings).splitlines() if vote.openings else ():
            with suppress(Fault):
                choices = read_opening(line.partition(b" ")[2]).choices
                if not any(_lawful(vote.paper, choices, "")):
                    yield choices

    def lawful_on_paper(self, vote: Vote) -> list[PaperBallot]:
        """Return the ballots from the box without those that are listed as valid and cannot be."""
        listed = vote.on_paper or []
        return [each for each in listed if each.invalid or not any(_lawful(vote.paper, each.choices, each.number))]

    def _at_stage(self, act: Act, expected: str, following: str) -> Generator[Breach, None, Vote]:
        """Return the vote that an act is about; its stage is the one that the act supposes."""
        is_new = act.about not in self.votes
        vote = self.votes.setdefault(act.about, Vote())
        if vote.stage != expected and not (is_new and self.is_continued):
            yield Breach(rules.VOTE_IN_ORDER, vote.stage, expected)
        vote.stage = following
        return vote

    def file(self, digest: str) -> bytes:
        """Return a file of an election by its SHA-256."""
        return self._read(f"{OPENINGS}/{digest}")


def _own_code(opening: Opening, printed: str) -> Iterator[Breach]:
    """A voter finds a ballot by its code, which follows from what is hashed."""
    code = code_of(bytes.fromhex(opening.commitment))
    expected = grouped(code) if code else None
    if printed != expected:
        yield Breach(rules.BALLOTS_OPENED, printed, expected)


def _legal(election: str, paper: BallotPaper | None, opening: Opening) -> Iterator[Breach]:
    """A ballot is of this vote, and what it chooses could have been chosen."""
    if opening.election != election:
        yield Breach(rules.BALLOTS_LEGAL, opening.election, election)
    yield from _lawful(paper, opening.choices, opening.commitment)


def _lawful(paper: BallotPaper | None, choices: Choices, ballot: str) -> Iterator[Breach]:
    """What a ballot chooses could have been chosen."""
    if paper is None:
        return
    try:
        check_choices(paper, choices)
    except Refusal as refusal:
        lawful = Words(N_("choices that the paper lets, in the ballot %(ballot)s"), {"ballot": ballot})
        for wrong in refusal.parts:
            yield Breach(rules.BALLOTS_LEGAL, Words(wrong.sentence, wrong.facts), lawful)


def _each(rule: Rule, commitments: set[str], expected: Words) -> Iterator[Breach]:
    for commitment in sorted(commitments):
        yield Breach(rule, commitment, expected)
