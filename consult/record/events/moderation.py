"""The public acts of an appeal against moderation: the author's, and the authority's decision by other eyes."""

from dataclasses import dataclass, field

from consult.record.entry_form import Commitment, Event
from consult.record.roles import APPROVER, CONTACT_PERSON, MODERATOR, PARTICIPANTS


@dataclass(frozen=True, kw_only=True)
class AppealReceived(Event):
    """The author of a hidden recommendation asks that the decision be looked at again; the body is why.

    It is against the last hiding before it; against each, its author appeals once.
    """

    type = "appeal.received"
    signers = PARTICIPANTS

    number: int
    # `field()`, as in a recommendation: an appeal says why.
    body: Commitment = field()


@dataclass(frozen=True, kw_only=True)
class AppealDecided(Event):
    """An official who did not hide the recommendation decided the appeal; the body says why.

    `outcome`: `upheld`, and with that the words are on the pages again, or `refused`. `withheld`: the pages do not show
    the author's reasons, since they repeat what is hidden or tell somebody's personal data.
    """

    type = "appeal.decided"
    signers = (APPROVER, CONTACT_PERSON, MODERATOR)

    number: int
    outcome: str
    withheld: bool = False
    body: Commitment = field()
