"""How the demo town hears those who write letters or come to the counter, and those who agree with what others said."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from consult.consultations.claims import claim_recommendation
from consult.consultations.entering import enter_recommendation
from consult.consultations.hand_entries import claim_code
from consult.consultations.letters import Letter
from consult.consultations.recommendations import Recommendation, RecommendationId
from consult.consultations.supports import GATHERED_FOR, count_supports, support_recommendation
from consult.consultations.words import Words
from consult.demo import voices as told
from consult.demo.moderating import Happening, Playing
from consult.demo.town import Consultation
from consult.identity.registers import Register, register_key


def hearing(play: Playing, draft: Consultation) -> Iterator[Happening]:
    """Yield which letters were entered and claimed, and who supported what."""
    for letter in draft.letters:
        yield from Received(play, draft, letter).deeds()
    for backed in draft.backed:
        first = play.at(backed.day, backed.at)
        for backer in backed.backers:
            given = first + timedelta(minutes=backer.after)
            yield given, lambda at, backed=backed, backer=backer: _back(play, draft, backed, backer, at)
        yield first + GATHERED_FOR, lambda at: play.database.act(count_supports, play.consultations[draft.key], at=at)


class Received:
    """A letter, from the day on which it came to the account of its author."""

    def __init__(self, play: Playing, draft: Consultation, letter: told.Letter) -> None:
        self._play = play
        self._draft = draft
        self._told = letter
        self._received_at = play.at_office(letter.day, letter.at.hour, letter.at.minute)
        self._id = RecommendationId(0)

    def deeds(self) -> Iterator[Happening]:
        """Yield how it was entered, and how its author claimed it."""
        yield self._received_at + timedelta(minutes=self._told.after), self._enter
        if claim := self._told.claim:
            yield self._play.at(claim.day, claim.at), lambda at: self._claim(claim, at)

    def _enter(self, at: datetime) -> None:
        it = self._told
        letter = Letter(
            source=it.source,
            received_at=self._received_at,
            provision_key=it.on,
            said=Words(it.kind, it.wording.strip(), it.reason.strip()),
            name=it.name,
            organisation="",
            named=it.named,
            contact=it.contact,
            email=it.email,
        )

        def enter(db: Session) -> RecommendationId:
            by = self._play.residents.official(db, it.entered_by)
            return enter_recommendation(db, self._play.consultations[self._draft.key], letter=letter, by=by, at=at).id

        key = register_key(Register.RECOMMENDATIONS, self._play.residents.authority_id)
        self._id = self._play.database.act_alone(key, enter)

    def _claim(self, claim: told.Claim, at: datetime) -> None:
        residents = self._play.residents

        def attach(db: Session) -> None:
            entered = db.get_one(Recommendation, self._id)
            claim_recommendation(
                db,
                residents.authority_id,
                number=entered.register_number,
                code=claim_code(residents.vault, entered),
                vault=residents.vault,
                by=residents.speaker(db, claim.by),
                at=at,
            )

        self._play.database.act(attach)


def _back(play: Playing, draft: Consultation, backed: told.Backed, backer: told.Backer, at: datetime) -> None:
    def support(db: Session) -> None:
        by = play.residents.speaker(db, backer.by, backer.organisation)
        support_recommendation(db, play.recommendations[f"{draft.key}/{backed.of}"], by=by, at=at)

    play.database.act(support)
