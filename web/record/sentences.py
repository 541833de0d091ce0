"""What each type of entry says, in one sentence. A new type in the vocabulary gets its line here.

An entry says less than people want to read: a number, a verdict, a day. Nothing is added to it but how a provision is
cited.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from consult.i18n import N_, gettext, in_sentence
from consult.identity.offices import ROLE_NAMES
from consult.policy.reading import find_pack
from consult.record.erasure_grounds import ground_in_words
from consult.record.moderation_rules import RULES, rule_of
from consult.record.roles import OPERATOR, ORGANISATION_MEMBER, PARTICIPANT, SERVICE, VERIFIED_PARTICIPANT
from consult.refusals import Refusal
from web.record.phrases import BUDGETS, DATES, MEETINGS, PROJECTS, RESULTS, STAGES, VERDICTS
from web.ui.dates import day, moment

Facts = Mapping[str, Any]  # Any: what JSON can say

_SUBJECT = re.compile(
    r"consult:(?P<authority>[^/]+)"
    r"(?:/consultari/(?P<consultation>[^/]+)(?:/propuneri/(?P<number>[0-9]{1,9})-(?P<year>[0-9]{4})|/.*)?"
    r"|/sedinte/(?P<meeting>[^/]+)|/buget/(?P<cycle>[0-9]{4})(?:/.*)?|/.*)?"
)

#: Who acted, or was appointed, by the role that the record names.
ROLES: Mapping[str, str] = {
    PARTICIPANT: N_("Participant"),
    VERIFIED_PARTICIPANT: N_("Verified participant"),
    ORGANISATION_MEMBER: N_("Member of an organisation"),
    **{role.value: name for role, name in ROLE_NAMES.items()},
    SERVICE: N_("The service itself"),
    OPERATOR: N_("Operator of the service"),
}


@dataclass(frozen=True)
class Subject:
    """What an entry is about: something of an authority, a meeting or consultation of it, a recommendation in one.

    `recommendation`: register number and year. `provision`: how the provision is cited that the recommendation is on.
    """

    authority: str = ""
    consultation: str = ""
    recommendation: tuple[int, int] | None = None
    provision: str = ""
    meeting: str = ""
    #: The year of a participatory budget.
    cycle: str = ""

    @property
    def number(self) -> str:
        """How people call the consultation: no. 1/2026 for the `1-2026` of addresses and entries."""
        return self.consultation.replace("-", "/", 1)

    @classmethod
    def parse(cls, subject: str) -> "Subject":
        """Read a subject; one in words that this program does not know is about nothing that it knows."""
        found = _SUBJECT.fullmatch(subject)
        if found is None:
            return cls()
        numbered = (int(found["number"]), int(found["year"])) if found["number"] else None
        place = {"meeting": found["meeting"] or "", "cycle": found["cycle"] or ""}
        return cls(found["authority"], found["consultation"] or "", numbered, **place)


def sentence(type_: str, facts: Facts, about: Subject) -> str:
    """Return what happened, in the current locale; the bare type of an entry that this program does not know."""
    said = SENTENCES.get(type_)
    return said(facts, about) if said else type_


def role_name(role: str) -> str:
    """Return how a role is called."""
    return gettext(ROLES.get(role, role))


def _saying(words: str) -> Callable[[Facts, Subject], str]:
    """Return what says a sentence with the entry's facts and the numbers of what it is about."""

    def said(facts: Facts, about: Subject) -> str:
        number, year = about.recommendation or (0, 0)
        told = {
            "consultation": about.number,
            "proposal": f"{number}/{year}",
            "meeting": about.meeting.replace("-", "/"),
            "cycle": about.cycle,
        }
        return gettext(words) % {**facts, **told}

    return said


def _received(facts: Facts, about: Subject) -> str:
    if facts.get("source"):
        return _saying(ENTERED_LATE if facts["late"] else ENTERED)(facts, about)
    if not about.provision:
        return _saying(N_("Proposal no. %(proposal)s received"))(facts, about)
    cited = in_sentence(about.provision)
    return _saying(N_("Proposal no. %(proposal)s received on %(cited)s"))({**facts, "cited": cited}, about)


ENTERED = N_("Proposal no. %(proposal)s entered by an official, who received it outside these pages")
ENTERED_LATE = N_(
    "Proposal no. %(proposal)s entered by an official, who received it outside these pages after the last day"
)


def _answered(facts: Facts, about: Subject) -> str:
    return _saying(VERDICTS[facts["verdict"]])(facts, about)


def _ruled(facts: Facts, about: Subject) -> str:
    admitted = N_("Contestation no. %(proposal)s: the council admitted it on %(day)s: %(reason)s")
    rejected = N_("Contestation no. %(proposal)s: the council rejected it on %(day)s: %(reason)s")
    when = {**facts, "day": day(date.fromisoformat(facts["on"]))}
    return _saying(admitted if facts["admitted"] else rejected)(when, about)


def _moved(facts: Facts, about: Subject) -> str:
    return _saying(STAGES[facts["to_stage"]])({**facts, "day": day(date.fromisoformat(facts["on"]))}, about)


def _date_moved(facts: Facts, about: Subject) -> str:
    days = {name: day(date.fromisoformat(facts[name])) for name in ("was", "date")}
    return _saying(DATES[facts["term"]])({**facts, **days}, about)


def _title_of(pack: str, rule: str, on: str) -> str:
    """Return what a rule was called on a day; empty where no pack of today has it."""
    try:
        return str(find_pack(pack).rule(rule, date.fromisoformat(on)).title)
    except Refusal:
        return ""


def _duty(facts: Facts, about: Subject) -> str:
    pack, _, rule = facts["rule"].partition("#")
    titled = _title_of(pack, rule, facts["on"]) or facts["rule"]
    words = N_("Consultation %(consultation)s: “%(rule)s” was done on %(on)s: %(note)s")
    return _saying(words)({**facts, "rule": titled, "on": day(date.fromisoformat(facts["on"]))}, about)


def _dated(fact: str, words: str) -> Callable[[Facts, Subject], str]:
    """Return what says a sentence in which one of the facts is a day."""
    return lambda facts, about: _saying(words)({**facts, fact: day(date.fromisoformat(facts[fact]))}, about)


def _promise_ended(facts: Facts, about: Subject) -> str:
    kept = N_("Consultation %(consultation)s: promise no. %(number)s was kept on %(on)s: %(note)s")
    dropped = N_("Consultation %(consultation)s: promise no. %(number)s was given up on %(on)s: %(note)s")
    said = {**facts, "on": day(date.fromisoformat(facts["on"]))}
    return _saying(kept if facts["ending"] == "kept" else dropped)(said, about)


def _meeting(words: str) -> Callable[[Facts, Subject], str]:
    """Return what says when people are to meet."""

    def said(facts: Facts, about: Subject) -> str:
        return _saying(words)({**facts, "moment": moment(datetime.fromisoformat(facts["starts_at"]))}, about)

    return said


def _announced(facts: Facts, about: Subject) -> str:
    return _meeting(MEETINGS[facts["kind"]])(facts, about)


def _decided(facts: Facts, about: Subject) -> str:
    said = {**facts, "act": facts["act"] or ""}
    return _saying(RESULTS[facts["result"]])(said, about)


def _minuted(facts: Facts, about: Subject) -> str:
    words = N_("Meeting %(meeting)s: minutes corrected, version %(number)s: %(reason)s")
    return _saying(words if facts["reason"] else N_("Meeting %(meeting)s: minutes published"))(facts, about)


def _request_answered(facts: Facts, about: Subject) -> str:
    refused = N_("Consultation %(consultation)s: request no. %(number)s for a debate refused: %(reason)s")
    granted = N_("Consultation %(consultation)s: request no. %(number)s for a debate granted")
    return _saying(granted if facts["meeting"] else refused)({**facts, "number": slashed(facts["number"])}, about)


def _requested(facts: Facts, about: Subject) -> str:
    words = N_("Consultation %(consultation)s: %(by)s asked for a public debate, request no. %(number)s")
    return _saying(words)({**facts, "number": slashed(facts["number"])}, about)


def slashed(reference: str) -> str:
    """Return a number with its year as people write it: 2/2026 for `2-2026`."""
    return reference.replace("-", "/", 1)


def _in_office(words: str) -> Callable[[Facts, Subject], str]:
    """Return what says something of an office, by the name of its role."""

    def said(facts: Facts, about: Subject) -> str:
        return _saying(words)({**facts, "role": role_name(facts["role"]).lower()}, about)

    return said


def _local_rule(facts: Facts, about: Subject) -> str:
    rule = _title_of(facts["pack"], facts["rule"], facts["since"]) or facts["rule"]
    said = N_("The authority set a local rule, “%(rule)s”: %(number)s from %(since)s on, by %(act)s")
    return _saying(said)({**facts, "rule": rule, "since": day(date.fromisoformat(facts["since"]))}, about)


def _hidden(facts: Facts, about: Subject) -> str:
    rule = rule_of(facts["ground"])
    said = gettext(RULES[rule].name) if rule else facts["ground"]
    return _saying(N_("Proposal no. %(proposal)s hidden by a moderator: %(rule)s"))({**facts, "rule": said}, about)


def _appeal_decided(facts: Facts, about: Subject) -> str:
    upheld = N_("Appeal about proposal no. %(proposal)s upheld: its text is shown again")
    refused = N_("Appeal about proposal no. %(proposal)s refused: its text stays hidden")
    return _saying(upheld if facts["outcome"] == "upheld" else refused)(facts, about)


def _judged(fact: str) -> Callable[[Facts, Subject], str]:
    return lambda facts, about: _saying(PROJECTS[facts[fact]])(facts, about)


def _reported(facts: Facts, about: Subject) -> str:
    words = N_("The authority corrected its report on the transparency of %(year)s, version %(number)s: %(reason)s")
    first = N_("The authority published its report on the transparency of %(year)s")
    return _saying(words if facts["reason"] else first)(facts, about)


def _erased(facts: Facts, about: Subject) -> str:
    words = N_("Participatory budget %(cycle)s: a text about a project was erased: %(why)s")
    of_proposal = N_("A text about proposal no. %(proposal)s was erased: %(why)s")
    words = words if about.cycle else of_proposal if about.recommendation else N_("A text was erased: %(why)s")
    return _saying(words)({**facts, "why": gettext(ground_in_words(facts["ground"]))}, about)


SENTENCES: Mapping[str, Callable[[Facts, Subject], str]] = {
    "authority.created": _saying(N_("%(name)s began to hold its consultations here")),
    "official.appointed": _in_office(N_("An official was appointed: %(role)s")),
    "official.dismissed": _in_office(N_("An official no longer holds a role: %(role)s")),
    "local_rule.set": _local_rule,
    "organisation.verified": _saying(N_("Organisation verified: %(name)s")),
    "pack.frozen": _saying(N_("Consultation %(consultation)s: the rules were fixed (%(name)s, edition %(version)s)")),
    "consultation.announced": _saying(N_("Consultation %(consultation)s announced: %(title)s")),
    "consultation.stage_changed": _moved,
    "consultation.date_moved": _date_moved,
    "duty.confirmed": _duty,
    "document.published": _saying(N_("Consultation %(consultation)s: document published, %(name)s")),
    "version.published": _saying(N_("Consultation %(consultation)s: version %(number)s of the text published")),
    "recommendation.received": _received,
    "package.received": _saying(N_("Consultation %(consultation)s: proposals sent together, as a package")),
    "recommendation.claimed": _saying(N_("Proposal no. %(proposal)s claimed by its author")),
    "support.counted": _saying(N_("Proposal no. %(proposal)s: supporters, %(supporters)s")),
    "recommendation.withdrawn": _saying(N_("Proposal no. %(proposal)s withdrawn by its author")),
    "response.published": _answered,
    "contestation.ruled": _ruled,
    "promise.made": _dated(
        "until", N_("Consultation %(consultation)s: promise no. %(number)s, until %(until)s: %(text)s")
    ),
    "promise.ended": _promise_ended,
    "debate.announced": _meeting(N_("Consultation %(consultation)s: public debate on %(moment)s")),
    "session.announced": _meeting(N_("Consultation %(consultation)s: the council decides on %(moment)s")),
    "debate.requested": _requested,
    "debate.request_answered": _request_answered,
    "meeting.announced": _announced,
    "meeting.moved": _meeting(N_("Meeting %(meeting)s moved to %(moment)s: %(reason)s")),
    "meeting.cancelled": _saying(N_("Meeting %(meeting)s called off: %(reason)s")),
    "meeting.ended": _saying(N_("Meeting %(meeting)s ended; %(participants)s took part, %(speakers)s spoke")),
    "minutes.published": _minuted,
    "recording.linked": _saying(N_("Meeting %(meeting)s: recording published, %(name)s")),
    "item.decided": _decided,
    "recommendation.hidden": _hidden,
    "recommendation.shown": _saying(N_("Proposal no. %(proposal)s shown again")),
    "appeal.received": _saying(N_("The author of proposal no. %(proposal)s appealed against its hiding")),
    "appeal.decided": _appeal_decided,
    "report.published": _reported,
    **{type_: _saying(words) for type_, words in BUDGETS.items()},
    "project.reviewed": _judged("verdict"),
    "project.appeal_decided": _judged("outcome"),
    "body.erased": _erased,
    "witness.added": _saying(N_("A witness of the record was added: %(name)s")),
    "witness.removed": _saying(N_("A witness of the record was removed: %(name)s")),
    "quorum.changed": _saying(N_("A checkpoint now counts as witnessed with %(quorum)s signatures of witnesses")),
    "digest.published": _dated("day", N_("The digest of %(day)s went out; entries that it covers, %(size)s")),
    "key.added": _saying(N_("The record got another signing key: %(key)s")),
    "key.retired": _saying(N_("A signing key of the record was retired: %(key)s")),
    "log.continued": _saying(N_("This record continues an earlier one")),
}
