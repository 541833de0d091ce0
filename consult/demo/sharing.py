"""How the demo town's officials share what is to be answered: given out, noted, drafted, sent back, approved."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.alike import keep_group
from consult.consultations.answer_approval import approve_answers, return_answers
from consult.consultations.answer_templates import keep_template
from consult.consultations.assignments import Hands, assign
from consult.consultations.dealings import write_note
from consult.consultations.recommendations import Recommendation, RecommendationId
from consult.consultations.responses import AnswerDraft, AnswerStanding
from consult.demo import work as told
from consult.demo.days import any_day
from consult.demo.moderating import Happening, Playing
from consult.demo.town import Consultation
from consult.identity.departments import DepartmentId, found_department


class Sharing:
    """The town hall's departments, and what its contact person gives them."""

    def __init__(self, play: Playing) -> None:
        self._play = play
        self._departments: dict[str, DepartmentId] = {}

    def house(self) -> Iterator[Happening]:
        """Yield how departments were founded and templates written."""
        for department in self._play.town.departments:
            yield self._play.at_office(department.founded, 12), self._act(self._found, department)
        for template in self._play.town.templates:
            yield self._play.at_office(template.day, 12), self._act(self._keep, template)

    def consultation(self, draft: Consultation) -> Iterator[Happening]:
        """Yield who was given what in a consultation, and how their drafts were approved."""
        play, shared = self._play, draft.shared
        for given in shared.given:
            yield play.at_office(given.day, 8, 30), self._act(self._give, draft, given)
        for note in shared.notes:
            yield play.at_office(note.day, note.at.hour, note.at.minute), self._act(self._note, draft, note)
        for gathered in shared.gathered:
            yield play.at_office(gathered.day, 9), self._act(self._gather, draft, gathered)
        for returned in shared.returned:
            yield play.at_office(returned.day, 15), self._act(self._return, draft, returned)
        if draft.improved is not None:
            yield play.at_office(draft.improved.answered, 13), self._act(self._approve, draft)

    def _act(self, deed: Callable[..., None], *told_of: object) -> Callable[..., object]:
        return lambda at: self._play.database.act(deed, *told_of, at)

    def _found(self, db: Session, department: told.Department, _at: datetime) -> None:
        residents = self._play.residents
        by = residents.official(db, self._play.town.officials[0].key)
        members = [residents.official(db, key).person_id for key in department.members]
        founded = found_department(db, residents.authority_id, name=department.name, members=members, by=by)
        self._departments[department.key] = founded.id

    def _keep(self, db: Session, template: told.Template, at: datetime) -> None:
        residents = self._play.residents
        by = residents.official(db, self._play.town.authority.contact)
        keep_template(db, residents.authority_id, title=template.title, words=template.words, by=by, at=at)

    def _give(self, db: Session, draft: Consultation, given: told.Given, at: datetime) -> None:
        assign(
            db,
            self._play.consultations[draft.key],
            articles=given.articles,
            to=Hands(department_id=self._departments[given.to]),
            due_on=any_day(self._play.loaded_on, given.until),
            by=self._play.residents.official(db, self._play.town.authority.contact),
            at=at,
        )

    def _note(self, db: Session, draft: Consultation, note: told.Note, at: datetime) -> None:
        by = self._play.residents.official(db, note.by)
        write_note(db, self._recommendation(draft, note.of), words=note.words, by=by, at=at)

    def _gather(self, db: Session, draft: Consultation, gathered: told.Gathered, _at: datetime) -> None:
        by = self._play.residents.official(db, self._play.town.authority.contact)
        chosen = [self._recommendation(draft, key) for key in gathered.of]
        keep_group(db, self._play.consultations[draft.key], recommendation_ids=chosen, by=by)

    def _return(self, db: Session, draft: Consultation, returned: told.Returned, at: datetime) -> None:
        by = self._play.residents.official(db, self._play.town.authority.contact)
        chosen = [self._recommendation(draft, key) for key in returned.of]
        consultation_id = self._play.consultations[draft.key]
        return_answers(db, consultation_id, recommendation_ids=chosen, note=returned.note, by=by, at=at)

    def _approve(self, db: Session, draft: Consultation, at: datetime) -> None:
        consultation_id = self._play.consultations[draft.key]
        waiting = db.scalars(
            select(AnswerDraft.recommendation_id)
            .join(Recommendation, Recommendation.id == AnswerDraft.recommendation_id)
            .where(Recommendation.consultation_id == consultation_id, AnswerDraft.standing == AnswerStanding.WAITING)
        ).all()
        if waiting:
            by = self._play.residents.official(db, self._play.town.authority.contact)
            approve_answers(db, consultation_id, recommendation_ids=waiting, by=by, at=at)

    def _recommendation(self, draft: Consultation, key: str) -> RecommendationId:
        return self._play.recommendations[f"{draft.key}/{key}"]
