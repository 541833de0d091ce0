"""What the desk does in public stands in the record, in plain words, one link away from where it was done."""

import pytest
from sqlalchemy.orm import Session

from consult.commands.keys import settle
from consult.consultations.recommendations import Verdict
from consult.consultations.responses import draft_answers
from consult.identity.offices import Role
from tests.factories import DRAFT, NOW, an_official
from tests.factories.consultations import the_day_after


@pytest.fixture
def leader(database, authority):
    """A clerk who may also publish."""
    return database.act(an_official, authority, Role.CLERK, Role.CONTACT_PERSON, name="Ioana Marin")


def test_every_public_act_of_the_desk_stands_in_the_record_and_the_desk_leads_there(
    reader, database, settings, clock, leader, public, received, after_proposals, own
) -> None:
    def answer(db: Session) -> None:
        ids = [each.id for each in received]
        facts = {"verdict": Verdict.TAKEN_UP, "reason": "Se preia.", "by": leader, "at": NOW}
        draft_answers(db, public.id, recommendation_ids=ids, **facts)

    database.act(answer)
    clock.at = after_proposals
    reader.sign_in(leader).get(own(public, "raspunsuri/publica")).form("Publish 3 answers").submit()
    better = (
        reader.get(own(public, "versiune")).form("Save and compare").fill(text=DRAFT.replace("240", "180")).submit()
    )
    better.form("Publish version 2").submit()
    clock.at = the_day_after(public.submission_on)
    reader.sign_in(leader).get(own(public, "pasi/avizare")).form("Submit for avizare today").submit()
    settle(settings, database, at=clock.at)

    acts = reader.get(own(public)).follow("Its acts in the public record").texts("main tbody tr")

    said = (
        "the draft went on to avizare",
        "version 2 of the text published",
        "Answer to proposal no. 3/2026: taken up",
        "Answer to proposal no. 2/2026: taken up",
        "Answer to proposal no. 1/2026: taken up",
    )
    for act, words in zip(acts, said, strict=False):
        assert words in act
    assert any("Consultation 1/2026 announced" in act for act in acts)
