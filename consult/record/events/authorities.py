"""What an authority does about itself and about those who act here."""

from dataclasses import dataclass
from datetime import date

from consult.record.entry_form import Event
from consult.record.roles import ADMINISTRATOR, CONTACT_PERSON


@dataclass(frozen=True, kw_only=True)
class AuthorityCreated(Event):
    """An authority began to hold its consultations here, under this official name."""

    type = "authority.created"
    signers = (ADMINISTRATOR,)

    name: str


@dataclass(frozen=True, kw_only=True)
class OfficialAppointed(Event):
    """An authority gave one of its people a role, such as clerk or approver. Who it is, the record does not say."""

    type = "official.appointed"
    signers = (ADMINISTRATOR,)

    role: str


@dataclass(frozen=True, kw_only=True)
class OfficialDismissed(Event):
    """An authority took a role back from one of its people, or they left. Who it was, the record does not say."""

    type = "official.dismissed"
    signers = (ADMINISTRATOR,)

    role: str


@dataclass(frozen=True, kw_only=True)
class OrganisationVerified(Event):
    """An official found an organisation to be the one in the public registry; its members may now act in its name."""

    type = "organisation.verified"
    signers = (CONTACT_PERSON, ADMINISTRATOR)

    name: str
    registry_number: str
    fiscal_code: str


@dataclass(frozen=True, kw_only=True)
class LocalRuleSet(Event):
    """An authority wrote down what it decided where the law leaves it a number, such as the minutes of a speaker.

    `pack`, `version` and `rule`: the policy pack, its edition and the rule. `number`: what holds from the day `since`
    on. `act`: the decision that set it; `url`: where everybody can read it. What was announced before keeps its own
    rules.
    """

    type = "local_rule.set"
    signers = (ADMINISTRATOR,)

    pack: str
    version: str
    rule: str
    number: int
    since: date
    act: str
    url: str
