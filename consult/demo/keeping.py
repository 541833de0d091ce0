"""How the demo town keeps the law outside its pages: notices that were posted, dates moved with a reason, followers."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation as Prepared
from consult.consultations.consultations import ConsultationId
from consult.consultations.date_moves import move_date
from consult.consultations.duties import confirm_duty
from consult.consultations.following import follow
from consult.consultations.withheld import withhold
from consult.demo.days import deadline, office_day
from consult.demo.notices import Confirmed, Postponed
from consult.demo.residents import Residents
from consult.demo.town import Consultation, Town
from consult.i18n import DEFAULT_LOCALE
from consult.identity.actors import Actor
from consult.store import Database

#: Something that happens at an instant.
Happening = tuple[datetime, Callable[..., object]]


class Playing(Protocol):
    """The town as it is played."""

    database: Database
    town: Town
    residents: Residents
    loaded_on: date
    consultations: dict[str, ConsultationId]

    def at_office(self, offset: int, hour: int, minute: int = 0) -> datetime:
        """Return an hour of the last working day up to an offset."""


def leave_out(db: Session, consultation: Prepared, draft: Consultation, *, by: Actor, at: datetime) -> None:
    """Leave out of a draft what cannot be public."""
    for each in draft.withheld:
        withhold(
            db,
            consultation.id,
            part=each.part,
            letter=each.letter,
            reason=each.reason.strip(),
            edition=consultation.edition,
            by=by,
            at=at,
        )


def keeping_the_law(play: Playing, draft: Consultation) -> Iterator[Happening]:
    """Yield what officials confirmed about a draft, who follows it, and which of its dates they moved."""
    for number, confirmed in enumerate(draft.confirmed):
        at = play.at_office(draft.days.announced, 12, number)
        yield at, lambda at, confirmed=confirmed: _confirm(play, draft, confirmed, at)
    for email in draft.followers:
        yield play.at_office(draft.days.announced, 15), lambda at, email=email: _follow(play, draft, email, at)
    for postponed in draft.postponed:
        at = play.at_office(postponed.day, 13)
        yield at, lambda at, postponed=postponed: _postpone(play, draft, postponed, at)


def _confirm(play: Playing, draft: Consultation, confirmed: Confirmed, at: datetime) -> None:
    done_on = office_day(play.loaded_on, draft.days.announced)

    def confirm(db: Session) -> None:
        clerk = play.residents.official(db, draft.drafted_by)
        key = play.consultations[draft.key]
        confirm_duty(db, key, rule=confirmed.rule, done_on=done_on, note=confirmed.note, by=clerk, at=at)

    play.database.act(confirm)


def _follow(play: Playing, draft: Consultation, email: str, at: datetime) -> None:
    play.database.act(follow, play.consultations[draft.key], email=email, locale=DEFAULT_LOCALE, at=at)


def _postpone(play: Playing, draft: Consultation, postponed: Postponed, at: datetime) -> None:
    day = deadline(play.loaded_on, postponed.to)

    def postpone(db: Session) -> None:
        contact = play.residents.official(db, play.town.authority.contact)
        key = play.consultations[draft.key]
        move_date(db, key, of=postponed.of, day=day, reason=postponed.reason, by=contact, at=at)

    play.database.act(postpone)
