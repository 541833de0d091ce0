"""The written justification as a letter on paper, for whoever has no e-mail address."""

from consult.consultations.answer_publication import publish_answers
from consult.consultations.recommendations import Verdict
from consult.consultations.responses import draft_answers
from tests.factories.consultations import the_day_after
from tests.web.desk.test_letters import LETTER, WORDS, form

__all__ = ["form"]


def test_an_answer_is_printed_for_an_author_on_paper_once_it_is_public(
    form, reader, database, clock, clerk, contact, public, own
) -> None:
    form.fill(**LETTER).submit()
    early = reader.ask("GET", own(public, "propuneri/1-2026/justificare"))
    assert early.status_code == 404
    clock.at = the_day_after(public.proposals_until)
    words = {"verdict": Verdict.NOT_TAKEN_UP, "reason": "Sâmbăta nu sunt bani de ture.", "by": contact, "at": clock.at}
    database.act(draft_answers, public.id, recommendation_ids=[1], **words)
    database.act(publish_answers, public.id, by=contact, at=clock.at)

    slip = reader.sign_in(clerk).get(own(public, "propuneri/1-2026/dovada"))
    assert "Enter another one" not in slip.text
    letter = slip.follow("Print the answer")

    assert letter.heading == "Answer to proposal no. 1/2026"
    for said in ("Maria Dobre", "Str. Morii 4", WORDS, "Not taken up", "Sâmbăta nu sunt bani de ture."):
        assert said in letter.text
