"""Who may vote, as far as the record tells: how many proved it and how, so that no vote has more voters than that."""

from collections import Counter
from collections.abc import Iterator

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.failures import Breach, Words
from consult.i18n import N_
from consult.policy.voting_rules import Proof
from consult.record.events import LetterCodesMade, RollConfirmed, VoterAdmitted
from consult.record.roles import SERVICE


class VoterBook:
    """How many may vote in each cycle. `is_continued`: whether some may stand in an earlier log that was not read."""

    def __init__(self) -> None:
        self.is_continued = False
        self._admitted: Counter[str] = Counter()
        #: How many proved it, and how many could, by cycle and way of proof.
        self._proven: Counter[tuple[str, str]] = Counter()
        self._provable: Counter[tuple[str, str]] = Counter()

    def admitted(self, act: Act, event: VoterAdmitted) -> Iterator[Breach]:
        """At a desk an official says who may vote; whoever proves it alone is no name; and no code is used twice."""
        self._admitted[act.about] += 1
        if (event.proof == Proof.DESK) is (act.actor.role == SERVICE):
            yield Breach(rules.VOTERS_ADMITTED, act.actor.role, event.proof)
        if event.proof in (Proof.LETTER, Proof.ROLL):
            way = act.about, event.proof
            self._proven[way] += 1
            proven, provable = self._proven[way], self._provable[way]
            if proven > provable and not self.is_continued:
                yield Breach(rules.VOTERS_ADMITTED, proven, Words(N_("at most %(count)s"), {"count": provable}))

    def codes_made(self, act: Act, event: LetterCodesMade) -> Iterator[Breach]:
        """Codes for letters are asked for by one official and made by another."""
        self._provable[act.about, Proof.LETTER.value] += event.codes
        if act.actor.pseudonym == event.asked_by:
            yield Breach(rules.VOTERS_ADMITTED, act.actor.pseudonym, Words(N_("another official than who asked")))

    def roll_confirmed(self, act: Act, event: RollConfirmed) -> Iterator[Breach]:
        """A roll is imported by one official and confirmed by another."""
        self._provable[act.about, Proof.ROLL.value] += event.people
        if act.actor.pseudonym == event.imported_by:
            yield Breach(rules.VOTERS_ADMITTED, act.actor.pseudonym, Words(N_("another official than who imported it")))

    def counted(self, cycle: str, voters: int) -> Iterator[Breach]:
        """As many may vote as have proven it."""
        if voters != self._admitted[cycle] and not self.is_continued:
            yield Breach(rules.VOTERS_ADMITTED, voters, self._admitted[cycle])
