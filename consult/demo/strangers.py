"""How people of the demo town take part who have no account: what they send waits for the link in their letter."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.consultations import ConsultationId
from consult.consultations.places import Place
from consult.consultations.unconfirmed import confirm_recommendation, send_unconfirmed
from consult.consultations.words import Words
from consult.demo import town as told
from consult.demo.moderating import Happening, Playing
from consult.i18n import DEFAULT_LOCALE
from consult.identity.registers import Register, register_key
from consult.jobs import Job
from consult.mail import LETTER


def strangers(play: Playing, draft: told.Consultation) -> Iterator[Happening]:
    """Yield what was sent without an account, and when it was confirmed."""
    for said in draft.strangers:
        yield play.at(said.day, said.at), lambda at, said=said: _send(play, play.consultations[draft.key], said, at)
        confirmed = play.at(said.confirmed, said.confirmed_at)
        yield confirmed, lambda at, said=said: _confirm(play, said, at)


def _send(play: Playing, consultation_id: ConsultationId, said: told.Stranger, at: datetime) -> None:
    play.database.act(
        send_unconfirmed,
        consultation_id,
        said=Words(said.kind, said.wording, said.reason),
        place=Place(said.on),
        named=said.named,
        name=said.name,
        email=said.email,
        locale=DEFAULT_LOCALE,
        at=at,
    )


def _confirm(play: Playing, said: told.Stranger, at: datetime) -> None:
    def token_in_letter(db: Session) -> str:
        letters = (job.facts for job in db.scalars(select(Job).where(Job.kind == LETTER)))
        (link,) = (posted["letter"]["link"] for posted in letters if posted["to"] == said.email)
        return str(link).rpartition("/")[2]

    authority_id = play.residents.authority_id
    key = register_key(Register.RECOMMENDATIONS, authority_id)
    token = play.database.read(token_in_letter)
    play.database.act_alone(key, confirm_recommendation, authority_id, token, at=at)
