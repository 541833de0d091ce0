"""The demo town's last half year, played through the product's own actions in the order in which it happened.

Nothing is written behind the actions' back: each act checks the law of its day, leaves its entry in the record and
posts its letters, so that the record of the demonstration holds together like a real one.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from consult.consultations.answer_publication import publish_answers
from consult.consultations.attachments import hold_file
from consult.consultations.consultations import ConsultationId, Stage
from consult.consultations.drafts import latest_text, save_text
from consult.consultations.publication import approve, publish_version
from consult.consultations.recommendations import RecommendationId
from consult.consultations.responses import draft_answers
from consult.consultations.steps import submit_for_avizare
from consult.consultations.submissions import submit_recommendation
from consult.demo import town as told
from consult.demo.behind_doors import behind_doors
from consult.demo.budgeting import budgeting
from consult.demo.budgets import speaking_of_figures
from consult.demo.days import any_day, deadline, office_day
from consult.demo.hearing import hearing
from consult.demo.keeping import keeping_the_law
from consult.demo.last_cycle import last_cycle
from consult.demo.meeting import meeting
from consult.demo.moderating import moderating
from consult.demo.preparing import prepare
from consult.demo.projecting import projecting
from consult.demo.promising import promising
from consult.demo.replies import Answer, Improved
from consult.demo.residents import Residents, by_key
from consult.demo.sharing import Sharing
from consult.demo.strangers import strangers
from consult.demo.voters import voters
from consult.demo.writers import sealed_text, writing
from consult.files import check_upload, put
from consult.i18n import ZONE
from consult.identity.registers import Register, register_key
from consult.store import Database

REPORT = "Referat de aprobare.txt"
#: A draft is begun so many days before its announcement.
PREPARATION = 3

#: Something that happens at an instant.
Happening = tuple[datetime, Callable[..., object]]


@dataclass(order=True)
class Deed:
    """Something to be done at its instant; `order` parts what happens at the same one."""

    at: datetime
    order: int
    do: Callable[..., object] = field(compare=False)


@dataclass
class Play:
    """The town as far as it has been played.

    `loaded_on`: the day from which the town's data counts. `witness_keys`: the key of each witness, by their address.
    """

    database: Database
    files: Path
    keys: Path
    town: told.Town
    residents: Residents
    loaded_on: date
    witness_keys: Mapping[str, str]
    consultations: dict[str, ConsultationId] = field(default_factory=dict)
    recommendations: dict[str, RecommendationId] = field(default_factory=dict)

    def deeds(self) -> list[Deed]:
        """Return everything that happened, in order."""
        sharing = Sharing(self)
        happened = [
            *self.people(),
            *self.witnesses(),
            *self.local_rules(),
            self.transparency(),
            *sharing.house(),
            *(each for told_of in self.town.consultations for each in self.procedure(told_of)),
            *behind_doors(self),
            *last_cycle(self),
            *budgeting(self),
            *voters(self),
            *projecting(self),
            *(each for told_of in self.town.consultations for each in sharing.consultation(told_of)),
        ]
        return sorted(Deed(at, order, do) for order, (at, do) in enumerate(happened))

    def people(self) -> Iterator[Happening]:
        """Yield how people and organisations came to take part."""
        residents = self.residents
        by = {"contact": self.town.authority.contact}
        yield self.at_office(self.town.authority.founded, 8), self._act(residents.open_town_hall, self.town)
        for citizen in self.town.citizens:
            yield self.at(citizen.joined, time(8, 15)), self._act(residents.join, citizen)
            if citizen.verified is not None:
                yield self.at_office(citizen.verified, 12), self._act(residents.prove_residence, citizen, **by)
        for organisation in self.town.organisations:
            yield self.at(organisation.registered, time(9, 40)), self._act(residents.register, organisation)
            for member in organisation.members[1:]:
                joined = max(organisation.registered, by_key(self.town.citizens, member).joined)
                yield self.at(joined, time(9, 50)), self._act(residents.admit, organisation, member)
            if organisation.verified is not None:
                yield self.at_office(organisation.verified, 13), self._act(residents.verify, organisation, **by)

    def witnesses(self) -> Iterator[Happening]:
        """Yield how associations came to witness the record, and that all of them must have signed."""
        for witness in self.town.witnesses:
            told_of = {"key": self.witness_keys[witness.url]}
            named = self._act(self.residents.name_witness, self.town, witness, **told_of)
            yield self.at_office(witness.named, 11), named
        count = len(self.town.witnesses)
        wanted = self._act(self.residents.want_signatures, count, self.town.officials[0].key)
        yield self.at_office(max(witness.named for witness in self.town.witnesses), 12), wanted

    def local_rules(self) -> Iterator[Happening]:
        """Yield what the council decided where the law leaves it a number."""
        for rule in self.town.local_rules:
            told_of = {"since": any_day(self.loaded_on, rule.decided)}
            decided = self._act(self.residents.set_local_rule, rule, self.town.officials[0].key, **told_of)
            yield self.at_office(rule.decided, 10), decided

    def transparency(self) -> Happening:
        """Return how the report on the year before was made and published."""
        told_of = self.town.transparency
        return self.at_office(told_of.day, 13), self._act(self.residents.report_year, told_of)

    def procedure(self, draft: told.Consultation) -> Iterator[Happening]:
        """Yield what happened to a draft, from its preparation to where it stands."""
        yield self.at_office(draft.days.announced - PREPARATION, 9), partial(self._prepare, draft)
        yield self.at_office(draft.days.announced, 10), partial(self._announce, draft)
        yield from keeping_the_law(self, draft)
        for recommendation in draft.recommendations:
            yield self.at(recommendation.day, recommendation.at), partial(self._recommend, draft, recommendation)
        for number, answer in enumerate(draft.answers):
            drafted = self.at_office(answer.day, 11) + timedelta(minutes=number)
            yield drafted, partial(self._answer, draft, answer)
        yield from promising(self, draft)
        yield from strangers(self, draft)
        yield from writing(self, draft)
        yield from hearing(self, draft)
        yield from speaking_of_figures(self, draft)
        yield from moderating(self, draft)
        yield from meeting(self, draft)
        if draft.improved is not None:
            yield self.at_office(draft.improved.answered, 14), self._led(publish_answers, draft)
            yield self.at_office(draft.improved.published, 9, 30), partial(self._rewrite, draft, draft.improved)
            yield self.at_office(draft.improved.published, 15), partial(self._improve, draft, draft.improved)
        if draft.stage in {Stage.SUBMITTED, Stage.ADOPTED, Stage.REJECTED}:
            submitted = datetime.combine(deadline(self.loaded_on, draft.days.submission_on), time(9), ZONE)
            yield submitted.astimezone(UTC), self._led(submit_for_avizare, draft)

    def at(self, offset: int, hour: time) -> datetime:
        """Return an hour of the town's day so many days from the loading."""
        return datetime.combine(any_day(self.loaded_on, offset), hour, ZONE).astimezone(UTC)

    def at_office(self, offset: int, hour: int, minute: int = 0) -> datetime:
        """Return an hour of the last working day up to an offset."""
        return datetime.combine(office_day(self.loaded_on, offset), time(hour, minute), ZONE).astimezone(UTC)

    def _prepare(self, draft: told.Consultation, at: datetime) -> None:
        content = draft.report.encode()
        report = check_upload(REPORT, content)
        put(self.files, content)
        contact = by_key(self.town.officials, draft.contact)
        self.consultations[draft.key] = self.database.act(
            prepare, draft, contact, self.residents, self.loaded_on, report=report, at=at
        )

    def _announce(self, draft: told.Consultation, at: datetime) -> None:
        key = register_key(Register.CONSULTATIONS, self.residents.authority_id)
        self.database.act_alone(key, self._as_official(approve), draft, draft.approved_by, at=at)

    def _recommend(self, draft: told.Consultation, said: told.Recommendation, at: datetime) -> None:
        sealed = [sealed_text(self.files, file) for file in said.files]

        def recommend(db: Session) -> RecommendationId:
            return submit_recommendation(
                db,
                self.consultations[draft.key],
                kind=said.kind,
                provision_key=said.on,
                until_key=said.until,
                wording=said.wording,
                reason=said.reason,
                files=[hold_file(db, file, at=at) for file in sealed],
                named=said.named,
                by=self.residents.speaker(db, said.by, said.organisation),
                at=at,
            ).id

        key = register_key(Register.RECOMMENDATIONS, self.residents.authority_id)
        self.recommendations[f"{draft.key}/{said.key}"] = self.database.act_alone(key, recommend)

    def _answer(self, draft: told.Consultation, answer: Answer, at: datetime) -> None:
        numbers = [self.recommendations[f"{draft.key}/{key}"] for key in answer.to]
        facts = {"recommendation_ids": numbers, "verdict": answer.verdict, "reason": answer.reason}
        self.database.act(self._as_official(draft_answers), draft, answer.by or draft.contact, **facts, at=at)

    def _rewrite(self, draft: told.Consultation, improved: Improved, at: datetime) -> None:
        def rewrite(db: Session) -> None:
            before = latest_text(db, self.consultations[draft.key])
            save_text(
                db,
                self.consultations[draft.key],
                text=improved.text,
                edition=before.edition if before else 0,
                by=self.residents.official(db, draft.drafted_by),
                at=at,
            )

        self.database.act(rewrite)

    def _improve(self, draft: told.Consultation, improved: Improved, at: datetime) -> None:
        causes = {
            change.on: [self.recommendations[f"{draft.key}/{key}"] for key in change.because]
            for change in improved.changes
        }
        self._led(publish_version, draft, causes=causes)(at=at)

    def _led(self, action: Callable[..., object], draft: told.Consultation, **facts: object) -> Callable[..., object]:
        """Return a step on which the contact person leads a consultation, to be done at its instant."""
        return self._act(self._as_official(action), draft, self.town.authority.contact, **facts)

    def _act(self, action: Callable[..., object], *given: object, **facts: object) -> Callable[..., object]:
        """Return an act that lacks nothing but its instant."""
        return lambda *, at: self.database.act(action, *given, **facts, at=at)

    def _as_official(self, action: Callable[..., object]) -> Callable[..., object]:
        """Return an action that finds its consultation and its official by their keys, in its own transaction."""

        def done(db: Session, draft: told.Consultation, official: str, **facts: object) -> object:
            return action(db, self.consultations[draft.key], by=self.residents.official(db, official), **facts)

        return done
