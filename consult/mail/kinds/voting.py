"""Letters to those who vote about a participatory budget: never what they chose, nor when they did."""

from consult.mail.kinds.facts import AuthorityLetter


class VoteCast(AuthorityLetter, frozen=True, kw_only=True, tag="vote-cast"):
    """A vote was cast in the reader's name. `cycle`: what the cycle is called."""

    cycle: str


OfVotes = VoteCast
