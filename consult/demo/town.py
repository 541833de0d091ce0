"""Izvoru, the town of the demo: who lives there, what its town hall consults about, what people say and are answered.

All of it is data, in the TOML and text files beside this module; `loading` reads them. Days count from the day of
loading and become dates in `days`: `office_day` for what officials do, `deadline` for `proposals_until` and
`submission_on`, `any_day` for what people do. Hours are those of the town.
"""

from datetime import time
from enum import StrEnum

from consult.consultations.appeals import Outcome
from consult.consultations.consultations import Stage
from consult.consultations.recommendations import Kind
from consult.demo.cycles import Budget
from consult.demo.drafts import Attached, Together, Unsent
from consult.demo.facts import Fact
from consult.demo.gatherings import Asked, ClosedSession, Council, Debate, LaterDocument
from consult.demo.notices import Confirmed, LeftOut, Postponed
from consult.demo.proposed import ProposedProject
from consult.demo.replies import Answer, Improved
from consult.demo.voices import Backed, Figures, Letter
from consult.demo.work import Department, Shared, Template
from consult.i18n import N_
from consult.identity.offices import Role
from consult.record.erasure_grounds import ErasureGround
from consult.record.moderation_rules import ModerationRule


class Authority(Fact, frozen=True):
    """The town hall. `contact`: the key of the official whom art. 7(7) makes responsible for civil society."""

    slug: str
    name: str
    slogan: str
    county: str
    siruta: str
    postal_address: str
    proposals_email: str
    contact: str
    founded: int


class Official(Fact, frozen=True):
    """Somebody who works at the town hall; `post` is what their door says."""

    key: str
    name: str
    email: str
    phone: str
    post: str
    roles: tuple[Role, ...]


class Citizen(Fact, frozen=True):
    """Somebody who takes part. `verified`: the day on which an official saw proof of where they live, if ever."""

    key: str
    name: str
    email: str
    joined: int
    verified: int | None = None


class Organisation(Fact, frozen=True):
    """An association with the people who act for it; the first member registered it.

    `verified`: the day on which an official believed its papers, with a `note` of what they saw; None while it waits.
    """

    key: str
    name: str
    registry_number: str
    fiscal_code: str
    seat: str
    email: str
    members: tuple[str, ...]
    registered: int
    verified: int | None = None
    note: str = ""


class Witness(Fact, frozen=True):
    """An organisation that witnesses the record from a day on, asked at an address that leads nowhere."""

    organisation: str
    url: str
    named: int


class LocalRule(Fact, frozen=True):
    """A number that the council set where the law leaves it one, from a day on, by an act that can be read."""

    pack: str
    rule: str
    number: int
    decided: int
    act: str
    url: str


class Transparency(Fact, frozen=True):
    """The report on the year before: what one official added and another published, on a day."""

    day: int
    drafted_by: str
    approved_by: str
    added: dict[str, int]
    words: dict[str, str]


class VisitorKind(StrEnum):
    """What can be tried with a citizen's account."""

    RESIDENT = "resident"
    UNVERIFIED = "unverified"
    MEMBER = "member"
    MEMBER_OF_UNVERIFIED = "member_of_unverified"


#: How each is said to whoever chooses an account.
VISITOR_NAMES = {
    VisitorKind.RESIDENT: N_("Citizen, residence verified"),
    VisitorKind.UNVERIFIED: N_("Citizen, not verified"),
    VisitorKind.MEMBER: N_("Member of a verified association"),
    VisitorKind.MEMBER_OF_UNVERIFIED: N_("Member of an association that awaits verification"),
}


class Visitor(Fact, frozen=True):
    """A citizen whose account visitors of the demonstration may use."""

    key: str
    name: str
    email: str
    kind: VisitorKind


class Recommendation(Fact, frozen=True):
    """What somebody says about a draft, as they send it.

    `on`: the provision, None for the draft as a whole; with `until`, the first article of a range and its last. `by`: a
    citizen, who may act for an `organisation`. `files`: what comes with it, of people's own making.
    `wording`: the new text of a change or an insertion, or what is observed; empty for a deletion.
    """

    key: str
    kind: Kind
    by: str
    day: int
    at: time
    on: str | None = None
    until: str | None = None
    organisation: str | None = None
    named: bool = False
    wording: str = ""
    reason: str = ""
    files: tuple[Attached, ...] = ()


class Stranger(Fact, frozen=True):
    """What somebody without an account says about a draft, and when they confirmed it by the link in their letter."""

    name: str
    email: str
    kind: Kind
    day: int
    at: time
    confirmed: int
    confirmed_at: time
    on: str | None = None
    named: bool = False
    wording: str = ""
    reason: str = ""


class Report(Fact, frozen=True):
    """A reader reports a recommendation."""

    of: str
    day: int
    at: time
    rule: ModerationRule
    words: str = ""


class Hiding(Fact, frozen=True):
    """A moderator hides a recommendation, on a day, for what was found in it."""

    of: str
    by: str
    day: int
    rule: ModerationRule
    facts: str


class Appealed(Fact, frozen=True):
    """The author of a hidden recommendation appeals; on the day `decided` another official, `by`, decides so."""

    of: str
    day: int
    at: time
    reasons: str
    decided: int
    by: str
    outcome: Outcome
    because: str


class Erasure(Fact, frozen=True):
    """Somebody asks in a letter that the text of a recommendation be erased: a day on which an official enters it.

    `decided` and `confirmed`: the days on which one official chose it and another confirmed; None while it waits.
    """

    of: str
    name: str
    words: str
    ground: ErasureGround
    entered: int
    entered_by: str
    note: str = ""
    decided: int | None = None
    confirmed: int | None = None
    confirmed_by: str = ""


class Days(Fact, frozen=True):
    """The dates of an announcement; on `submission_on` the draft goes on to avizare."""

    announced: int
    proposals_until: int
    submission_on: int


class Consultation(Fact, frozen=True):
    """A draft act with all that happens to it up to the day of loading.

    `stage`: where it stands on that day. `drafted_by`, `approved_by`, `contact`: officials. Without `improved` the
    answers are drafts that nobody outside has seen. Recommendations and answers are in the order of time.
    `followers`: the mailboxes to which each step is written.
    """

    key: str
    title: str
    domain: str
    department: str
    initiator: str
    concerns_business: bool
    stage: Stage
    drafted_by: str
    approved_by: str
    contact: str
    summary: str
    ways_to_send: str
    channels: str
    days: Days
    text: str
    report: str
    recommendations: tuple[Recommendation, ...]
    strangers: tuple[Stranger, ...] = ()
    unsent: tuple[Unsent, ...] = ()
    packages: tuple[Together, ...] = ()
    urgent_motive: str = ""
    answers: tuple[Answer, ...] = ()
    reports: tuple[Report, ...] = ()
    hidden: tuple[Hiding, ...] = ()
    appeals: tuple[Appealed, ...] = ()
    erasures: tuple[Erasure, ...] = ()
    improved: Improved | None = None
    requests: tuple[Asked, ...] = ()
    debate: Debate | None = None
    session: Council | None = None
    documents: tuple[LaterDocument, ...] = ()
    confirmed: tuple[Confirmed, ...] = ()
    postponed: tuple[Postponed, ...] = ()
    withheld: tuple[LeftOut, ...] = ()
    followers: tuple[str, ...] = ()
    figures: Figures = Figures()
    letters: tuple[Letter, ...] = ()
    backed: tuple[Backed, ...] = ()
    shared: Shared = Shared()


class Town(Fact, frozen=True):
    """Everything, each list in the order in which it happened."""

    authority: Authority
    officials: tuple[Official, ...]
    citizens: tuple[Citizen, ...]
    organisations: tuple[Organisation, ...]
    visitors: tuple[Visitor, ...]
    witnesses: tuple[Witness, ...]
    local_rules: tuple[LocalRule, ...]
    transparency: Transparency
    departments: tuple[Department, ...]
    templates: tuple[Template, ...]
    closed_sessions: tuple[ClosedSession, ...]
    consultations: tuple[Consultation, ...]
    budgets: tuple[Budget, ...]
    projects: tuple[ProposedProject, ...]
