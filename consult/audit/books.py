"""What the entries read so far amount to: procedures, registers, and the last word about each thing.

It is kept small, since a log has millions of entries: of a proposal that was answered a hash and a word remain.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

import msgspec

from consult.audit.acts import Subject
from consult.audit.cycles import CycleBook
from consult.audit.elections import ElectionBook
from consult.audit.failures import Place
from consult.audit.gatherings import Gathering
from consult.audit.keepers import Keepers
from consult.audit.local_rules import LocalRules
from consult.audit.offices import Offices
from consult.audit.procedures import Procedure
from consult.audit.projects import ProjectBook
from consult.audit.registers import Numbers, Proposal, ProposalRegister
from consult.audit.wording import Wording
from consult.audit.works import WorkBook
from consult.policy.freezing import FrozenPackAltered, thaw
from consult.policy.packs import Pack
from consult.policy.voting_packs import VotingPack
from consult.policy.voting_rules import VotingRules
from consult.policy.words import Part
from consult.record.listing import PACK

#: So many frozen packs are held at once; another one is read again when it is needed again.
PACKS_HELD = 64

FrozenPart = TypeVar("FrozenPart", bound=Part)

#: An authority and a year.
Year = tuple[str, int]


class Books:
    """The state of a log while its entries are read. `read`: returns a file of the log's folder by its path.

    Of logs that continue each other, all are read into the same books, if they are there.
    """

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self.procedures: dict[str, Procedure] = {}
        self.proposals: dict[Year, ProposalRegister] = {}
        self.consultations: dict[Year, Numbers] = {}
        #: How many proposals were received, withdrawn, and answered with each verdict, by the year of their number.
        self.tally: defaultdict[Year, Counter[str]] = defaultdict(Counter)
        #: The year in which this log went on from another one that was not read: not everything begins in it.
        self.continued_in: int | None = None
        #: The meetings by their names in the record.
        self.gatherings: dict[str, Gathering] = {}
        self.meetings: dict[Year, Numbers] = {}
        self.requests: dict[Year, Numbers] = {}
        #: The debates to which people were invited: authority, year, when each begins, and the meeting, if it has one.
        self.debates: list[tuple[str, int, datetime, Gathering | None]] = []
        #: How many reports of a year were published, by their name in the record.
        self.reports: Counter[str] = Counter()
        #: The appeals that no entry has decided, by what they are about.
        self.appeals: dict[str, Place] = {}
        self.keepers = Keepers()
        self.offices = Offices()
        self.local_rules = LocalRules()
        self.wording = Wording()
        self.projects = ProjectBook(self.wording)
        self.cycles = CycleBook()
        self.elections = ElectionBook(read)
        self.works = WorkBook()
        self.packs: Counter[tuple[str, str]] = Counter()
        self._leaves: dict[str, bytes] = {}
        self._read = read
        self._thawed = lru_cache(PACKS_HELD)(self._thaw)

    @property
    def is_continued(self) -> bool:
        """Whether something may have begun in an earlier log that was not read."""
        return self.continued_in is not None

    def may_be_earlier(self, year: int) -> bool:
        """Whether part of a year may be in an earlier log that was not read."""
        return self.continued_in is not None and year <= self.continued_in

    def go_on(self, year: int, *, is_known: bool) -> None:
        """Note that a log goes on from an earlier one; `is_known`: that one was read into these books."""
        self.keepers.begin_again()
        if not is_known:
            self.continued_in, self.offices.is_continued = year, True
            for book in (self.cycles, self.projects, self.elections, self.works):
                book.is_continued = True
            self.elections.voters.is_continued = True

    def procedure(self, subject: Subject) -> Procedure | None:
        """Return the consultation that an act belongs to, if it was announced."""
        found = self.procedures.get(subject.procedure) if subject.consultation else None
        return found if found and found.announced_at else None

    def proposal(self, subject: Subject) -> Proposal | None:
        """Return the proposal that an act is about, if it was received."""
        if subject.proposal is None:
            return None
        register = self.proposals.get((subject.authority, subject.proposal.year))
        found = register.find(subject.proposal.number) if register is not None else None
        return found if found and found.procedure is self.procedures.get(subject.procedure) else None

    def is_reason(self, commitment: str) -> bool:
        """Whether a text is the reason of an answer or a review, whatever the subject under which it is spoken of."""
        return commitment in self.projects.reasons or any(
            commitment in procedure.answers for procedure in self.procedures.values()
        )

    def register(self, year: Year) -> ProposalRegister:
        """Return the register of proposals of an authority and a year."""
        found = self.proposals.get(year)
        if found is None:
            found = self.proposals[year] = ProposalRegister(self._first(year))
        return found

    def numbers(self, year: Year) -> Numbers:
        """Return the numbers of the consultations of an authority and a year."""
        return self.consultations.setdefault(year, Numbers(self._first(year)))

    def meeting_numbers(self, year: Year) -> Numbers:
        """Return the numbers of the meetings of an authority and a year."""
        return self.meetings.setdefault(year, Numbers(self._first(year)))

    def request_numbers(self, year: Year) -> Numbers:
        """Return the numbers of the requests for a debate of an authority and a year."""
        return self.requests.setdefault(year, Numbers(self._first(year)))

    def pack_of(self, procedure: Procedure) -> Pack | None:
        """Return the frozen rules of a procedure; None where there are none, or they cannot be read."""
        return self.pack_in(procedure.pack)

    def pack_in(self, digest: str) -> Pack | None:
        """Return the frozen rules of a digest; None for none, or where they cannot be read."""
        return self._thawed(digest) if digest else None

    def voting_rules(self, digest: str) -> VotingRules | None:
        """Return the frozen rules of a vote; None where they cannot be read."""
        return self._part(digest, VotingRules)

    def voting_pack(self, digest: str) -> VotingPack | None:
        """Return the frozen pack that a vote's rules were chosen from; None where it cannot be read."""
        return self._part(digest, VotingPack)

    def count(self, year: Year, what: str) -> None:
        """Count something for the indicators of a year."""
        self.tally[year][what] += 1

    def last_leaf(self, about: str, subject: Subject) -> bytes | None:
        """Return the hash of the last entry about something; None before the first."""
        proposal = self.proposal(subject)
        return self._leaves.get(about) if proposal is None else proposal.leaf

    def note(self, about: str, subject: Subject, leaf: bytes) -> None:
        """Note which entry is now the last word about something."""
        proposal = self.proposal(subject)
        if proposal is None:
            self._leaves[about] = leaf
        else:
            proposal.leaf = leaf

    def _first(self, year: Year) -> int | None:
        return None if self.may_be_earlier(year[1]) else 1

    def _part(self, digest: str, kind: type[FrozenPart]) -> FrozenPart | None:
        try:
            return msgspec.json.decode(self._read(f"{PACK}/{digest}"), type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None

    def _thaw(self, digest: str) -> Pack | None:
        """Return a frozen pack; None where its content is no pack, or carries no days off."""
        try:
            pack = thaw(self._read(f"{PACK}/{digest}"), digest)
            is_usable = pack.frozen is not None and bool(pack.zone)
        except (FrozenPackAltered, msgspec.DecodeError, ValueError, KeyError, OSError):
            # KeyError, OSError: there is no such time zone.
            return None
        return pack if is_usable else None
