"""Moderation in figures, for everybody: what was hidden for which rule in which year, shown again, appealed against.

Counted from the entries of the record alone, so that whoever holds a copy of it counts the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.appeals import Appeal, Outcome
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.moderation import said_in
from consult.i18n import ZONE
from consult.identity.authorities import Authority
from consult.record.entries import Leaf, RecordedEvent
from consult.record.events import AppealDecided, AppealReceived, RecommendationHidden, RecommendationShown
from consult.record.moderation_rules import ModerationRule, rule_of
from consult.record.tree import Head

ACTS = (RecommendationHidden, RecommendationShown, AppealReceived, AppealDecided)
#: So many appeals are told in full, the last decided first; the record has all of them.
MOST_TOLD = 50


@dataclass
class Count:
    """What became of the texts that were hidden in a year for a rule. `taken_back`: shown again without an appeal."""

    year: int
    rule: ModerationRule | None
    hidden: int = 0
    taken_back: int = 0
    appealed: int = 0
    upheld: int = 0
    refused: int = 0

    @property
    def shown(self) -> int:
        """How many can be read again."""
        return self.taken_back + self.upheld


def count_acts(events: Iterable[RecordedEvent]) -> list[Count]:
    """Count the acts of moderation, each under the year and the rule of the hiding that it is about.

    `events`: in the order of the record. The last year comes first.
    """
    counts: dict[tuple[int, str], Count] = {}
    about: dict[str, Count] = {}
    for event in events:
        facts = event.stated["facts"]
        if event.type == RecommendationHidden.type:
            year, ground = event.at.astimezone(ZONE).year, facts["ground"]
            about[event.subject] = counts.setdefault((year, ground), Count(year, rule_of(ground)))
            about[event.subject].hidden += 1
        elif (count := about.get(event.subject)) is not None:
            count.taken_back += event.type == RecommendationShown.type
            count.appealed += event.type == AppealReceived.type
            count.upheld += facts.get("outcome") == Outcome.UPHELD
            count.refused += facts.get("outcome") == Outcome.REFUSED
    order = list(ModerationRule)
    return sorted(counts.values(), key=lambda each: (-each.year, order.index(each.rule) if each.rule else len(order)))


@dataclass(frozen=True)
class Told:
    """A decided appeal with the reasons of both sides. An empty text was erased; the author's may be withheld."""

    appeal: Appeal
    consultation: Consultation
    rule: ModerationRule | None
    hidden_at: datetime
    found: str
    why: str
    decided: str


@dataclass(frozen=True)
class Figures:
    """The counts by year and rule, and the appeals that were decided."""

    counts: Sequence[Count]
    appeals: Sequence[Told]


def moderation_figures(db: Session, authority: Authority) -> Figures:
    """Read how an authority moderates."""
    query = (
        select(RecordedEvent)
        .join(Leaf, Leaf.event_id == RecordedEvent.id)
        .join(Head, (Head.log == Leaf.log) & (Leaf.idx < Head.size))
        .where(
            Leaf.type.in_([act.type for act in ACTS]),
            Leaf.procedure.startswith(f"consult:{authority.slug}/", autoescape=True),
        )
        .order_by(Leaf.log, Leaf.idx)
    )
    return Figures(count_acts(db.scalars(query)), decided_appeals(db, authority))


def decided_appeals(db: Session, authority: Authority) -> list[Told]:
    """Return the appeals that were decided, the last first, without the words that they are about."""
    decided = db.scalars(
        select(Appeal)
        .where(Appeal.authority_id == authority.id, Appeal.decided_at.is_not(None))
        .options(joinedload(Appeal.recommendation))
        .order_by(Appeal.decided_at.desc(), Appeal.id.desc())
        .limit(MOST_TOLD)
    ).all()
    keys = {each.recommendation.consultation_id for each in decided}
    consultations = {each.id: each for each in db.scalars(select(Consultation).where(Consultation.id.in_(keys)))}
    hidings = {
        each.id: each
        for each in db.scalars(select(RecordedEvent).where(RecordedEvent.id.in_([each.hiding for each in decided])))
    }
    said = said_in(
        db, [event for each in decided for event in (each.hiding, each.received_in, each.decided_in) if event]
    )
    return [_told(each, consultations, hidings[each.hiding], said) for each in decided]


def _told(
    appeal: Appeal,
    consultations: dict[ConsultationId, Consultation],
    hiding: RecordedEvent,
    said: dict[str, dict[str, str]],
) -> Told:
    return Told(
        appeal=appeal,
        consultation=consultations[appeal.recommendation.consultation_id],
        rule=rule_of(hiding.stated["facts"]["ground"]),
        hidden_at=hiding.at,
        found=said.get(appeal.hiding, {}).get("facts", ""),
        why="" if appeal.withheld else said.get(appeal.received_in, {}).get("reasons", ""),
        decided=said.get(appeal.decided_in or "", {}).get("reasons", ""),
    )
