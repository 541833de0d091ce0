"""What happens to a vote: opened, ballots committed in batches, closed, its key destroyed, the ballots published.

No entry says who voted, when, or for what before all is counted.
"""

from dataclasses import dataclass

from consult.record.entry_form import Event, Instant
from consult.record.roles import APPROVER, CLERK, CONTACT_PERSON, OPERATOR, SERVICE


@dataclass(frozen=True, kw_only=True)
class VoterAdmitted(Event):
    """Somebody proved that they may vote in a cycle. Who, is not said, nor whether they do.

    `proof`: how: at a desk, where the official who signs saw the papers, or by what the service can check itself, which
    then signs: the code of a letter, a roll, the state's electronic identity. `link`: what ties them to the place.
    """

    type = "voter.admitted"
    signers = (CONTACT_PERSON, CLERK, SERVICE)

    proof: str
    link: str


@dataclass(frozen=True, kw_only=True)
class LetterCodesMade(Event):
    """Codes for letters were made, by each of which one person may prove that they may vote.

    `codes`: how many. `asked_by`: the pseudonym of the official who asked for them; another one made them.
    """

    type = "letter_codes.made"
    signers = (CONTACT_PERSON, CLERK)

    codes: int
    asked_by: str


@dataclass(frozen=True, kw_only=True)
class RollConfirmed(Event):
    """A roll of people who may vote was confirmed; each of them may prove it by their name and birth date.

    `people`: how many are on it who were on none before. `digest`: SHA-256, in hex, of their keyed hashes, which are
    not published and tell nothing without the key. `imported_by`: the pseudonym of the official who imported it;
    another one confirmed it.
    """

    type = "roll.confirmed"
    signers = (CONTACT_PERSON, CLERK)

    people: int
    digest: str
    imported_by: str


@dataclass(frozen=True, kw_only=True)
class ElectionOpened(Event):
    """The vote of a cycle began.

    `paper`: SHA-256 of the ballot paper, `openings/<paper>`: the rules, the money and the list of projects, which no
    longer changes. `sealing_key`: the commission's public key (X25519, hexadecimal), to which each ballot is sealed
    (HPKE). `promise_key`: the key that signs what voters are promised. `closes_at`: when the vote ends, as announced.
    `voters`: how many people have proven their right so far.
    """

    type = "election.opened"
    signers = (SERVICE,)

    paper: str
    sealing_key: str
    promise_key: str
    closes_at: Instant
    voters: int


@dataclass(frozen=True, kw_only=True)
class BallotCommitted(Event):
    """There is a ballot of which this is the SHA-256. Ballots enter shuffled and many at a time, with one time for all.

    `commitment`: hexadecimal. Whether it was cast anew since is told when the vote is closed.
    """

    type = "ballot.committed"
    signers = (SERVICE,)

    commitment: str


@dataclass(frozen=True, kw_only=True)
class ElectionClosed(Event):
    """The vote ended: nothing is taken in any more, and nobody has seen a choice yet.

    `ballots`: how many count; `replaced`: how many voters had cast before and then cast anew; `strays`: how many lay
    under no name of anybody who has the right, and do not count. `listing`: SHA-256 of `openings/<listing>`, which
    names the commitments of all three. `voters`: how many people had the right.
    """

    type = "election.closed"
    signers = (SERVICE,)

    ballots: int
    replaced: int
    listing: str
    voters: int
    strays: int = 0


@dataclass(frozen=True, kw_only=True)
class ElectionKeyDestroyed(Event):
    """The key was destroyed that led from a voter to a ballot: from here on nothing that was kept does."""

    type = "election.key_destroyed"
    signers = (SERVICE,)


@dataclass(frozen=True, kw_only=True)
class PaperBallotsListed(Event):
    """The box was opened after the close, each ballot on paper typed by two officials alike, and all of them listed.

    `listing`: SHA-256 of `openings/<listing>`: every ballot from the box, one a line, sorted by its number, with what
    is marked on it or why it is invalid. `valid`, `invalid`: how many of each. `printed`, `given`: how many were
    printed, and given to voters, each to another person; `spoiled`: handed back and replaced; `unused`: counted at the
    desk afterwards; `why`: what explains a difference. `listed_by`: the pseudonym of the official who made the list.
    """

    type = "paper_ballots.listed"
    signers = (APPROVER,)

    listing: str
    valid: int
    invalid: int
    printed: int
    given: int
    spoiled: int
    unused: int
    why: str
    listed_by: str


@dataclass(frozen=True, kw_only=True)
class BallotsOpened(Event):
    """Two holders of the commission's key opened the ballots.

    `openings`: SHA-256 of `openings/<openings>`: every ballot that counts, one a line, sorted by its commitment:
    the voter's code, a space, and the opening. `ballots`: how many. Anybody can hash each opening, find it among the
    commitments, and count again. A ballot that counts by the list of the close and is not here was lost, altered, or
    chose what its paper does not let; it is not counted.
    """

    type = "ballots.opened"
    signers = (OPERATOR,)

    openings: str
    ballots: int


@dataclass(frozen=True, kw_only=True)
class ResultsConfirmed(Event):
    """Two officials counted the published ballots by the rules on the ballot paper, with the same result.

    `results`: SHA-256 of `openings/<results>`: the winners of each pool in the order of their selection, and how each
    project fared. `ballots`: SHA-256 of a `.pb` file for each pool, in the order of the ballot paper, which
    `consult count` counts again; `conflicts`: of the files beside some of them, which name projects that exclude each
    other. `program`: the version that counted. `counted_by`: the pseudonym of who counted first.
    """

    type = "results.confirmed"
    signers = (APPROVER,)

    results: str
    ballots: tuple[str, ...]
    program: str
    counted_by: str
    conflicts: tuple[str, ...] = ()
