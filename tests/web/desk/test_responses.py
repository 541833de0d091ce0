"""Publishing the answers: all together, after the last day, by those who may."""

import pytest
from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation, Stage
from consult.consultations.recommendations import Recommendation, Verdict
from consult.consultations.responses import draft_answers
from tests.factories import NOW

REASON = "Se preia: costul real a fost recalculat."


@pytest.fixture
def answered(database, public, received, contact):
    """Every proposal has a drafted answer."""

    def draft(db: Session) -> None:
        for chosen, verdict, reason in (
            (received[:2], Verdict.TAKEN_UP, REASON),
            (received[2:], Verdict.NOT_TAKEN_UP, "Legea nu permite."),
        ):
            ids = [each.id for each in chosen]
            draft_answers(db, public.id, recommendation_ids=ids, verdict=verdict, reason=reason, by=contact, at=NOW)

    database.act(draft)


def verdicts(db: Session, keys: list[int]) -> list[Verdict | None]:
    return [db.get_one(Recommendation, key).verdict for key in keys]


def test_alike_answers_are_checked_together_and_published(
    reader, database, clock, contact, public, received, answered, after_proposals, own
) -> None:
    clock.at = after_proposals
    page = reader.sign_in(contact).get("/en/birou").follow("Publish the answers: Regulamentul parcărilor de reședință")

    headings = ["Taken up: 2 proposals – No. 1/2026", "Not taken up: one proposal – No. 3/2026"]
    assert page.texts("main h2")[:2] == headings
    assert page.texts(".answered-together")[0] == "No. 1/2026 , Art. 3 No. 2/2026 , Art. 3"
    page = page.form("Publish 3 answers").submit()

    assert page.banner == "The answers are public. Each author has been written to."
    keys = [each.id for each in received]
    assert database.read(verdicts, keys) == [Verdict.TAKEN_UP, Verdict.TAKEN_UP, Verdict.NOT_TAKEN_UP]
    assert database.read(lambda db: db.get_one(Consultation, public.id).stage) is Stage.ANSWERED


def test_while_one_is_unanswered_none_is_published(
    reader, database, clock, contact, public, received, after_proposals, own
) -> None:
    clock.at = after_proposals

    page = reader.sign_in(contact).get(own(public, "raspunsuri/publica"))

    assert "3 proposals have no answer yet" in page.text
    assert page.texts("button") == []
    assert page.follow("Answer them").heading == "Proposals to answer"
    page = reader.post(own(public, "raspunsuri/publica"), status=422, data={"key": "k" * 22})
    assert page.errors == ["3 proposals have no answer yet; the answers are published together."]


def test_before_the_last_instant_nothing_is_published(reader, contact, public, answered, own) -> None:
    page = reader.sign_in(contact).get(own(public, "raspunsuri/publica"))

    assert "The answers are published together, after 15 October 2026." in page.text
    assert page.texts("button") == []
    page = reader.post(own(public, "raspunsuri/publica"), status=422, data={"key": "k" * 22})
    assert page.errors[0].startswith("Proposals are received until")


def test_a_clerk_reads_them_and_publishes_nothing(reader, clock, clerk, public, answered, after_proposals, own) -> None:
    clock.at = after_proposals

    page = reader.sign_in(clerk).get(own(public, "raspunsuri/publica"))

    assert page.heading == "The drafted answers, together"
    assert "Ioana Marin, whose desk shows it as soon as the period for proposals is over" in page.text
    assert clerk.name not in page.select(".inset").get_text()
    assert page.texts("button") == []
    reader.post(own(public, "raspunsuri/publica"), status=403, data={"key": "k" * 22})


def test_a_publication_that_is_sent_twice_is_done_once(
    reader, clock, contact, public, answered, after_proposals, own
) -> None:
    clock.at = after_proposals
    form = reader.sign_in(contact).get(own(public, "raspunsuri/publica")).form("Publish 3 answers")

    first, second = form.submit(), form.submit()

    assert first.path == second.path
