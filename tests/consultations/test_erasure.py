"""Erasing a text: nothing of it is left where we hold it, the log says so, and every proof still holds."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from consult.consultations.answer_publication import publish_answers
from consult.consultations.erasure import erase_texts, let_go, texts_about
from consult.consultations.moderation import hide_recommendation
from consult.consultations.recommendations import Recommendation, Verdict, find_recommendation
from consult.consultations.responses import draft_answers
from consult.identity.actors import Actor
from consult.identity.erasing import reapply_erasures
from consult.identity.offices import Role
from consult.identity.pseudonyms import pseudonym_of
from consult.jobs import Job
from consult.mail import WITHHELD
from consult.record.bodies import Body
from consult.record.entries import RecordedEvent
from consult.record.erasure_grounds import GROUNDS, ErasureGround, ground_in_words
from consult.record.erasures import ErasedText
from consult.record.moderation_rules import ModerationRule
from consult.record.sources import Folder
from consult.record.verify import verify
from consult.refusals import NotFound
from consult.store import Database
from tests.factories import NOW, a_citizen, a_recommendation, an_authority, an_official, an_open_consultation
from tests.factories.consultations import the_day_after
from tests.record.logs import KEY, exported, sequence_all

LATER = NOW + timedelta(days=40)
CONSENT = ErasureGround.CONSENT_WITHDRAWN


class Scene:
    """An answered proposal with its two texts, and an official."""

    def __init__(self, db: Session) -> None:
        authority = an_authority(db)
        consultation = an_open_consultation(db, authority)
        self.official: Actor = an_official(db, authority, Role.CONTACT_PERSON)
        self.first: Actor = an_official(db, authority, Role.CLERK)
        self.author = a_citizen(db, name="Ana Ilie")
        self.said = a_recommendation(db, consultation, by=self.author)
        self.said.named = True
        self.other = a_recommendation(db, consultation)
        at = the_day_after(consultation.proposals_until)
        draft_answers(
            db,
            consultation.id,
            recommendation_ids=[self.said.id, self.other.id],
            verdict=Verdict.PARTLY,
            reason="Domnul Ilie are dreptate în parte.",
            by=self.official,
            at=at,
        )
        publish_answers(db, consultation.id, by=self.official, at=at)
        self.consultation_id = consultation.id

    def texts(self, db: Session) -> dict[str, str]:
        """The commitments of the texts about the proposal, by the type of their entries."""
        return {text.event.type: text.commitment for text in texts_about(db, self.said)}

    def erase(self, db: Session, *types: str, ground: ErasureGround = CONSENT) -> None:
        known = self.texts(db)
        erase_texts(
            db,
            self.said,
            [known[each] for each in types],
            ground,
            chosen_by=self.first.person_id,
            by=self.official,
            at=LATER,
        )
        db.expire_all()

    def read(self, db: Session, which: Recommendation) -> Recommendation:
        return find_recommendation(db, self.consultation_id, which.reference)


@pytest.fixture
def scene(db: Session) -> Scene:
    return Scene(db)


def test_the_texts_about_a_proposal_are_its_own_its_answers_and_its_moderations(db: Session, scene: Scene) -> None:
    hide_recommendation(db, scene.said.id, rule=ModerationRule.INSULT, facts="Jignește.", by=scene.official, at=LATER)

    assert list(scene.texts(db)) == ["recommendation.received", "response.published", "recommendation.hidden"]


def test_an_erased_proposal_keeps_its_number_and_loses_words_salt_and_name(db: Session, scene: Scene) -> None:
    scene.erase(db, "recommendation.received")

    said = scene.read(db, scene.said)
    assert said.kept_words == said.words == {}
    assert said.author == "Participant"
    assert said.erasure is not None
    assert (said.erasure.ground, said.erasure.erased_at) == (CONSENT.value, LATER)
    assert said.answer is not None
    assert said.answer.text.startswith("Domnul Ilie")
    assert list(scene.texts(db)) == ["response.published"]


def test_the_reason_of_an_answer_goes_from_everything_that_it_answers(db: Session, scene: Scene) -> None:
    scene.erase(db, "response.published")

    for each in (scene.said, scene.other):
        said = scene.read(db, each)
        assert said.verdict is Verdict.PARTLY
        assert said.answer is not None
        assert said.answer.text == ""
        assert said.answer.erasure is not None
        assert said.words
    assert {text.event.type for text in texts_about(db, scene.other)} == {"recommendation.received"}


def test_each_erased_text_has_its_entry_about_the_same_thing(db: Session, scene: Scene) -> None:
    known = scene.texts(db)

    scene.erase(db, *known)

    entries = db.scalars(select(RecordedEvent).where(RecordedEvent.type == "body.erased")).all()
    received = db.scalars(select(RecordedEvent).where(RecordedEvent.id == scene.said.event_id)).one()
    first = pseudonym_of(db, scene.first.person_id, received.subject)
    assert [entry.stated["facts"] for entry in entries] == [
        {"erased": commitment, "ground": CONSENT.value, "chosen_by": first} for commitment in known.values()
    ]
    assert first not in {entry.stated["actor"]["pseudonym"] for entry in entries}
    assert {entry.subject for entry in entries} == {received.subject}
    assert {entry.stated["actor"]["role"] for entry in entries} == {"contact_person"}


def test_letters_that_wait_or_were_given_up_lose_the_words_and_nothing_else(db: Session, scene: Scene) -> None:
    before = db.scalar(select(func.count()).select_from(Job))
    db.scalars(select(Job).where(Job.kind == "letter")).first().failed_at = LATER  # type: ignore[union-attr]

    scene.erase(db, "response.published")

    letters = [job.facts["letter"] for job in db.scalars(select(Job).where(Job.kind == "letter"))]
    answers = [letter for letter in letters if letter["kind"] == "answer-published"]
    assert [letter["reason"] for letter in answers] == [WITHHELD, WITHHELD]
    assert all(letter["title"] and letter["number"] for letter in answers)
    assert "dreptate" not in str(letters)
    assert db.scalar(select(func.count()).select_from(Job)) == before


def test_a_text_of_something_else_is_not_erased_with_it(db: Session, scene: Scene) -> None:
    (other, _) = texts_about(db, scene.other)

    with pytest.raises(NotFound):
        erase_texts(
            db, scene.said, [other.commitment], CONSENT, chosen_by=scene.first.person_id, by=scene.official, at=LATER
        )

    assert db.scalar(select(func.count()).select_from(ErasedText)) == 0


def test_nothing_is_erased_twice(db: Session, scene: Scene) -> None:
    commitment = scene.texts(db)["recommendation.received"]
    scene.erase(db, "recommendation.received")

    with pytest.raises(NotFound):
        erase_texts(db, scene.said, [commitment], CONSENT, chosen_by=scene.first.person_id, by=scene.official, at=LATER)


def test_whoever_erased_text_was_hidden_is_gone_all_the_same(db: Session, scene: Scene) -> None:
    hide_recommendation(db, scene.said.id, rule=ModerationRule.INSULT, facts="Jignește.", by=scene.official, at=LATER)

    scene.erase(db, "recommendation.received", "recommendation.hidden")

    assert scene.read(db, scene.said).kept_words == {}
    assert "Jignește" not in str([job.facts for job in db.scalars(select(Job))])


def test_every_ground_has_its_words_and_a_strange_one_stands_as_it_is() -> None:
    assert set(GROUNDS) == set(ErasureGround)
    assert all("art. 17(1)" in words for ground, words in GROUNDS.items() if ground.startswith("gdpr"))
    assert ground_in_words("gdpr-17-1-b") == GROUNDS[CONSENT]
    assert ground_in_words("moon-1") == "moon-1"


def test_a_log_with_an_erased_text_holds_and_a_restored_backup_forgets_it_again(
    database: Database, tmp_path: Path
) -> None:
    """The backup is from before the erasure; the entry comes back from a mirror."""
    scene = database.act(Scene)
    commitment = database.act(lambda db: scene.texts(db)["recommendation.received"])
    backup = database.read(lambda db: db.scalars(select(Body).where(Body.commitment == commitment)).one())
    database.act(scene.erase, "recommendation.received")
    database.act(restore_text, scene, backup)

    undone = database.act(reapply_erasures, let_go)

    said = database.read(scene.read, scene.said)
    sequence_all(database)
    report = exported_and_verified(database, tmp_path / "log")
    assert undone == 1
    assert said.kept_words == {}
    assert said.erasure is not None
    assert report == (2, 1)
    assert database.act(reapply_erasures, let_go) == 0


def restore_text(db: Session, scene: Scene, backup: Body) -> None:
    """Bring the rows back as they were before the erasure, and leave the entry as a mirror gives it."""
    body = Body(id=backup.id, salt=backup.salt, content=backup.content, commitment=backup.commitment)
    db.add(body)
    db.flush()
    said = db.get_one(Recommendation, scene.said.id)
    said.body_id, said.erased_as = body.id, None
    db.flush()
    db.execute(delete(ErasedText).where(ErasedText.commitment == backup.commitment))


def exported_and_verified(database: Database, folder: Path) -> tuple[int, int]:
    found = verify(Folder(exported(database, folder)), KEY.verifying)
    return found.bodies, found.erased
