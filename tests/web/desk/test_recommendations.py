"""Answering at the desk: many at once, in private; nothing ticked or typed is lost."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.answer_publication import publish_answers
from consult.consultations.counters import refresh_counters
from consult.consultations.reasons import Reason
from consult.consultations.recommendations import Recommendation, Verdict
from consult.consultations.responses import AnswerDraft, draft_answers
from consult.consultations.withdrawals import withdraw_recommendation
from consult.identity.actors import acting_as_self
from consult.identity.offices import Role
from tests.factories import NOW, a_recommendation, an_official

REASON = "Se preia: costul real a fost recalculat."


@pytest.fixture
def page(reader, contact, public, received, own):
    return reader.sign_in(contact).get(own(public, "propuneri"))


def drafts(db: Session) -> list[tuple[int, Verdict, str]]:
    query = select(AnswerDraft).options(joinedload(AnswerDraft.reason).joinedload(Reason.body))
    found = db.scalars(query.order_by(AnswerDraft.recommendation_id))
    return [(draft.recommendation_id, draft.verdict, draft.reason.text) for draft in found]


def numbers(page) -> list[str]:
    return page.texts(".to-answer-number")


def test_one_reason_is_drafted_for_all_that_are_ticked(page, contact, database, received) -> None:
    chosen = [received[0].id, received[1].id]

    page = page.form("Save the answer as a draft").fill(recommendations=chosen, verdict="taken_up", reason=REASON)
    page = page.submit()

    assert page.banner == "The answer is drafted for 2 proposals. Nobody outside sees it yet."
    assert database.read(drafts) == [(key, Verdict.TAKEN_UP, REASON) for key in chosen]
    assert page.texts(".to-answer-answer")[0] == f"Taken up drafted by {contact.name}, private {REASON}"
    assert page.texts(".to-answer-answer")[2] == "No answer yet"


def test_the_second_of_two_officials_is_told_and_no_text_is_lost(
    page, reader, database, authority, received, own, public
) -> None:
    mine = page.form("Save the answer as a draft").fill(
        recommendations=[received[0].id], verdict="partly", reason="Meu."
    )
    clerk = database.act(an_official, authority, Role.CLERK, name="Irina Dumitrașcu")
    theirs = {"recommendation_ids": [received[0].id], "verdict": Verdict.TAKEN_UP, "reason": REASON}
    database.act(draft_answers, public.id, **theirs, by=clerk, at=NOW)

    page = mine.submit(status=422)

    assert page.errors[0].startswith(
        "Irina Dumitrașcu drafted an answer to proposal no. 1/2026 while you were writing."
    )
    assert page.texts(".to-answer-answer")[0] == f"Taken up drafted by Irina Dumitrașcu, private To approve {REASON}"
    assert page.select("#reason").get_text().strip() == "Meu."
    assert database.read(drafts) == [(received[0].id, Verdict.TAKEN_UP, REASON)]
    page.form("Save the answer as a draft").submit()
    assert database.read(drafts) == [(received[0].id, Verdict.PARTLY, "Meu.")]


def test_what_was_ticked_and_typed_is_kept_when_something_is_missing(page, received, database) -> None:
    form = page.form("Save the answer as a draft").fill(recommendations=[received[2].id], reason=REASON)

    page = form.submit(status=422)

    assert page.errors == ["Choose what the authority decides."]
    ticked = [box["value"] for box in page.html.select("input[name=recommendations][checked]")]
    assert ticked == [str(received[2].id)]
    assert page.select("#reason").get_text().strip() == REASON
    assert database.read(drafts) == []


def test_nothing_ticked_and_no_reason_are_both_said_at_once(page) -> None:
    page = page.form("Save the answer as a draft").fill(verdict="partly").submit(status=422)

    assert page.errors == [
        "Tick at least one proposal to answer.",
        "Write the reason: every answer has one, by art. 12(3) of Law 52/2003.",
    ]
    assert page.link(page.errors[0]) == "#recommendations"


def test_a_proposed_wording_is_shown_as_a_change_of_the_words_it_is_about(page) -> None:
    removed = page.select("del").get_text()

    assert "Taxa anuală este de 240 de lei" in removed
    assert "Observația mea" in page.select("ins").get_text()


def test_proposals_are_narrowed_by_state_and_by_article(page, reader, database, public, received, own) -> None:
    database.act(refresh_counters, public.id)
    page.form("Save the answer as a draft").fill(
        recommendations=[received[0].id], verdict="not_taken_up", reason=REASON
    ).submit()

    page = reader.get(own(public, "propuneri")).follow("Without an answer")
    assert numbers(page) == ["No. 2/2026", "No. 3/2026"]
    page = page.follow("Art. 2")
    assert numbers(page) == ["No. 3/2026"]
    assert numbers(page.follow("All articles").follow("Answer drafted")) == ["No. 1/2026"]
    assert page.follow("The draft as a whole").text.count("No proposal here.") == 1


def test_the_filter_is_kept_after_an_answer_and_after_a_mistake(reader, page, received, public, own) -> None:
    page = page.follow("Without an answer")
    wrong = page.form("Save the answer as a draft").submit(status=422)
    assert "stare=fara-raspuns" in str(wrong.response.url)

    page = wrong.form("Save the answer as a draft").fill(
        recommendations=[received[0].id], verdict="partly", reason=REASON
    )
    page = page.submit()

    assert numbers(page) == ["No. 2/2026", "No. 3/2026"]


def test_all_of_a_page_are_ticked_by_one_link(page, received) -> None:
    page = page.follow("Tick all on this page")

    assert len(page.html.select("input[name=recommendations][checked]")) == 3


def test_one_link_ticks_no_proposal_whose_drafted_answer_would_be_replaced(page, received) -> None:
    page = page.form("Save the answer as a draft").fill(
        recommendations=[received[0].id], verdict="partly", reason=REASON
    )
    page = page.submit()

    mixed = page.follow("Tick all that have no answer on this page")
    drafted = page.follow("Answer drafted").follow("Tick all on this page")

    def ticked(page) -> list[str]:
        return [box["value"] for box in page.html.select("input[name=recommendations][checked]")]

    assert ticked(mixed) == [str(each.id) for each in received[1:]]
    assert ticked(drafted) == [str(received[0].id)]


def test_a_long_register_is_read_page_by_page(reader, contact, database, public, own) -> None:
    database.act(lambda db: [a_recommendation(db, public) for _ in range(22)])

    page = reader.sign_in(contact).get(own(public, "propuneri"))

    assert len(numbers(page)) == 20
    assert len(page.follow("Tick all on this page").html.select("input[name=recommendations][checked]")) == 20
    page = page.follow("The following proposals")
    assert numbers(page) == ["No. 21/2026", "No. 22/2026"]
    assert len(page.follow("Tick all on this page").html.select("input[name=recommendations][checked]")) == 2
    assert len(numbers(page.follow("From the beginning"))) == 20


def test_proposals_are_narrowed_by_kind_together_with_their_state(page, received) -> None:
    page.form("Save the answer as a draft").fill(
        recommendations=[received[0].id], verdict="not_taken_up", reason=REASON
    ).submit()

    page = page.follow("Observation").follow("Without an answer")

    assert numbers(page) == ["No. 2/2026"]
    assert numbers(page.follow("Amendment: another wording")) == ["No. 3/2026"]
    assert page.follow("Amendment: striking out").text.count("No proposal here.") == 1
    assert numbers(page.follow("All kinds")) == ["No. 2/2026", "No. 3/2026"]


def test_what_is_answered_in_public_or_withdrawn_has_no_box(
    reader, database, contact, public, received, after_proposals, clock, own
) -> None:
    def answer_the_rest(db: Session) -> None:
        author = acting_as_self(db, db.get_one(Recommendation, received[0].id).person_id)
        withdraw_recommendation(db, received[0].id, by=author, at=NOW)
        rest = [each.id for each in received[1:]]
        draft_answers(
            db, public.id, recommendation_ids=rest, verdict=Verdict.TAKEN_UP, reason=REASON, by=contact, at=NOW
        )
        publish_answers(db, public.id, by=contact, at=after_proposals)

    database.act(answer_the_rest)
    clock.at = after_proposals

    page = reader.sign_in(contact).get(own(public, "propuneri"))

    assert page.html.select("input[name=recommendations]") == []
    assert (
        page.texts(".to-answer-answer")[0] == "Withdrawn proposal" or "Withdrawn" in page.texts(".to-answer-answer")[0]
    )
    assert page.texts(".to-answer-answer")[1] == f"Taken up public {REASON}"


def test_answers_sent_twice_are_drafted_once(page, received, database) -> None:
    form = page.form("Save the answer as a draft").fill(
        recommendations=[received[0].id], verdict="partly", reason=REASON
    )

    form.submit()
    form.submit()

    assert len(database.read(lambda db: list(db.scalars(select(Reason))))) == 1


def test_an_official_does_not_answer_what_they_said_themselves(reader, database, authority, public, own) -> None:
    official = database.act(an_official, authority, Role.CONTACT_PERSON)

    def say(db: Session) -> Recommendation:
        return a_recommendation(db, public, by=acting_as_self(db, official.person_id))

    mine = database.act(say)
    form = reader.sign_in(official).get(own(public, "propuneri")).form("Save the answer as a draft")

    page = form.fill(recommendations=[mine.id], verdict="taken_up", reason=REASON).submit(status=422)

    assert "This needs a second person" in page.errors[0]
    assert page.select("#reason").get_text().strip() == REASON


def test_an_approver_reads_the_proposals_but_does_not_answer_them(reader, approver, public, received, own) -> None:
    page = reader.sign_in(approver).get(own(public, "propuneri"))

    assert page.html.select("input[name=recommendations]") == []
    data = {"key": "k" * 22, "recommendations": str(received[0].id), "verdict": "partly", "reason": REASON}
    reader.post(own(public, "propuneri"), status=403, data=data)


def test_another_consultations_proposal_cannot_be_answered_here(reader, database, page, own, public, authority) -> None:
    data = {"key": "k" * 22, "recommendations": "999999", "verdict": "partly", "reason": REASON}

    reader.post(own(public, "propuneri"), status=422, data=data)

    assert database.read(drafts) == []
