"""A promise at the desk and on the pages: written into an answer, read by everybody, kept in public."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation
from consult.consultations.recommendations import Recommendation, Verdict
from consult.consultations.responses import draft_answers
from consult.identity.actors import Actor
from consult.store import Database
from tests.web.reader import Reader


@pytest.fixture
def drafted(
    database: Database, public: Consultation, received: list[Recommendation], contact: Actor, after_proposals: datetime
) -> int:
    """One answer drafted for all proposals; its reason."""

    def draft(db: Session) -> int:
        answers = draft_answers(
            db,
            public.id,
            recommendation_ids=[each.id for each in received],
            verdict=Verdict.PARTLY,
            reason="Vom marca locurile.",
            by=contact,
            at=after_proposals,
        )
        return answers[0].reason_id

    return database.act(draft)


def test_what_an_answer_promises_is_public_with_it_due_at_the_desk_and_kept_in_public(
    reader: Reader,
    contact: Actor,
    public: Consultation,
    received: list[Recommendation],
    drafted: int,
    after_proposals: datetime,
    own: Callable[..., str],
) -> None:
    reader.clock.at = after_proposals
    page = reader.sign_in(contact).get(own(public, "raspunsuri/publica"))
    form = page.follow("It promises something: write by when : Vom marca locurile.").form("Save the promise")
    page = form.fill(words="Marcăm locurile din centru.", due_on="2026-11-02").submit()
    assert page.banner.startswith("The promise stands in the drafted answer.")
    assert "It promises, until 2 November 2026 (Direcția Tehnică): Marcăm locurile din centru." in page.text

    page.form("Publish 3 answers").submit()

    said = f"/en/consultari/{public.reference}/propuneri/{received[0].reference}"
    for address in (said, f"/en/consultari/{public.reference}/raspuns", "/en/promisiuni?stare=in-curs"):
        assert "Marcăm locurile din centru." in reader.get(address).text, address
    page = reader.get("/en/birou").follow("Keep the promise: Marcăm locurile din centru.")
    form = page.form("Say it in public").fill(number="1", ending="kept", on="2026-10-16", note="S-au marcat.")
    assert form.submit().banner == "It is public. Those to whom it was promised were written to."
    assert "Kept on 16 October 2026: S-au marcat." in reader.get("/en/promisiuni").text


def test_a_promise_for_a_day_that_is_over_is_refused_beside_its_field(
    reader: Reader,
    contact: Actor,
    public: Consultation,
    drafted: int,
    after_proposals: datetime,
    own: Callable[..., str],
) -> None:
    reader.clock.at = after_proposals
    page = reader.sign_in(contact).get(own(public, f"raspunsuri/{drafted}/promisiune"))

    page = page.form("Save the promise").fill(words="Marcăm.", due_on="2026-10-05").submit(status=422)

    assert page.link(page.errors[0]) == "#due_on"
    assert page.errors[0].startswith("5 October 2026 is not to come any more.")


def test_a_promise_of_nobody_cannot_be_ended(
    reader: Reader, contact: Actor, public: Consultation, own: Callable[..., str]
) -> None:
    page = reader.sign_in(contact).get(own(public, "promisiuni"))

    assert "The answers to this consultation promise nothing." in page.text
    assert not page.html.select("main form")
