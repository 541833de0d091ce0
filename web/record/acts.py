"""Public acts as readers see them: an entry of the record in words, with the way to what it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from consult import links
from consult.consultations.traces import provisions_cited
from consult.identity.authorities import Authority
from consult.record.entries import Entry
from web.record.sentences import Facts, Subject, role_name, sentence


@dataclass(frozen=True)
class Act:
    """An entry in words. `is_ours`: of the authority whose pages these are; the record may be one for many."""

    entry: Entry
    stated: Mapping[str, Any]  # Any: what JSON can say
    subject: Subject
    is_ours: bool

    @property
    def index(self) -> int | None:
        """Its place in the record; None while it has none yet."""
        return self.entry.index

    @property
    def log(self) -> int | None:
        """The number of the log in which that place is."""
        return self.entry.log

    @property
    def event_id(self) -> str:
        """What its receipt is found by."""
        return self.entry.event.id

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.entry.event.at

    @property
    def facts(self) -> Facts:
        """What it says beyond who, when and about what."""
        facts: Facts = self.stated["facts"]
        return facts

    @property
    def sentence(self) -> str:
        """What happened."""
        return sentence(self.entry.event.type, self.facts, self.subject)

    @property
    def role(self) -> str:
        """Who acted, as far as the record says it."""
        return role_name(self.stated["actor"]["role"])

    @property
    def href(self) -> str | None:
        """The page of what it is about; None where this site has none."""
        consultation = self.subject.consultation
        if self.is_ours and self.subject.meeting:
            return links.meeting(self.subject.meeting)
        if not self.is_ours or not consultation:
            return None
        if self.subject.recommendation:
            number, year = self.subject.recommendation
            return links.recommendation(consultation, f"{number}-{year}")
        match self.entry.event.type:
            case "document.published":
                return links.document(consultation, self.facts["sha256"])
            case "version.published":
                return links.draft_text(consultation, self.facts["number"])
            case _:
                return links.consultation(consultation)


def acts_of(db: Session, authority: Authority, entries: Sequence[Entry]) -> list[Act]:
    """Return entries as acts, in their order."""
    acts = [act_of(authority, entry) for entry in entries]
    ours = {act.subject.recommendation for act in acts if act.is_ours and act.subject.recommendation}
    cited = provisions_cited(db, authority.id, ours)
    return [with_provision(act, cited) for act in acts]


def act_of(authority: Authority, entry: Entry) -> Act:
    """Return an entry as an act, without how a provision in it is cited."""
    subject = Subject.parse(entry.event.subject)
    return Act(entry, entry.event.stated, subject, is_ours=subject.authority == authority.slug)


def with_provision(act: Act, cited: Mapping[tuple[int, int], str]) -> Act:
    """Return an act with the provision that it is on, where it is about one."""
    provision = cited.get(act.subject.recommendation or (0, 0), "") if act.is_ours else ""
    return replace(act, subject=replace(act.subject, provision=provision)) if provision else act
