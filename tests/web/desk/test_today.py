"""The desk's first page: what is due, how urgently, and the form that does it."""

from datetime import timedelta

from consult.consultations.announcements import create_consultation
from consult.consultations.answer_publication import publish_answers
from consult.consultations.recommendations import Verdict
from consult.consultations.responses import draft_answers
from consult.identity.organisations import Standing
from tests.factories import NOW, an_organisation
from tests.factories.consultations import the_day_after


def test_an_empty_desk_says_so(reader, approver) -> None:
    page = reader.sign_in(approver).get("/en/birou")

    assert page.heading == "Today, 5 October 2026"
    assert "Radu Secretarul, approver" in page.text
    assert "Nothing is due. What needs you will stand here." in page.text


def test_what_waits_for_me_and_what_waits_for_others_are_apart(reader, clerk, approver, waiting) -> None:
    mine = reader.sign_in(approver).get("/en/birou")
    theirs = reader.sign_in(clerk).get("/en/birou")

    assert mine.texts("main h2") == ["Today (1)"]
    assert mine.follow("Check and approve: Regulamentul parcărilor de reședință").heading == "Check before publication"
    assert theirs.texts("main h2") == ["Waiting for colleagues (1)"]


def test_while_nobody_has_said_anything_there_is_nothing_to_answer(reader, contact, public, own) -> None:
    page = reader.sign_in(contact).get(own(public, ""))

    seen = page.follow("See it as the public does")

    assert "Read and answer the proposals" not in page.text
    assert seen.path.startswith("/en/consultari/1-2026")


def test_what_is_answered_in_a_draft_only_is_not_said_to_be_answered_in_public(
    reader, database, clock, contact, public, received, own
) -> None:
    clock.at = the_day_after(public.proposals_until)
    ids = [each.id for each in received]
    words = {"verdict": Verdict.PARTLY, "reason": "Pentru că așa e legea.", "by": contact, "at": clock.at}
    database.act(draft_answers, public.id, recommendation_ids=ids, **words)

    drafted = reader.sign_in(contact).get(own(public, ""))
    database.act(publish_answers, public.id, by=contact, at=clock.at)
    published = reader.get(own(public, ""))

    assert "all have an answer, but not all are public" in drafted.text
    assert "all have a public answer" in published.text


def test_lines_are_grouped_by_urgency(reader, clock, contact, public, received) -> None:
    clock.at = the_day_after(public.submission_on) + timedelta(days=1)
    page = reader.sign_in(contact).get("/en/birou")
    assert page.texts("main h2") == ["Overdue (1)"]
    assert "3 proposals without an answer. The period for proposals ended on 15 October 2026." in page.text
    assert "Late by 2 days" in page.texts(".tag")

    clock.at = NOW + timedelta(days=5)
    early = reader.sign_in(contact).get("/en/birou")
    assert early.texts("main h2") == ["Overdue (1)", "This week (1)"]
    assert "3 channels of the announcement are not confirmed." in early.text
    clock.at = the_day_after(public.proposals_until)
    assert reader.sign_in(contact).get("/en/birou").texts("main h2") == ["Later (1)"]


def test_each_line_says_by_which_article_and_leads_to_the_rule_as_it_was_frozen(reader, contact, public) -> None:
    page = reader.sign_in(contact).get("/en/birou")

    laws = {each.get_text().partition(":")[0]: each["href"] for each in page.html.select(".task-hint a")}

    frozen = f"/en/reguli/inghetate/{public.pack_digest}"
    assert laws == {
        "Legea 52/2003, art. 7 alin. (1)": f"{frozen}#announcement-at-seat",
        "Legea 52/2003, art. 7 alin. (4)": f"{frozen}#proposals-period",
    }


def test_everybodys_work_is_shown_but_leads_only_where_i_may_do_it(reader, database, authority, clerk, contact) -> None:
    database.act(create_consultation, authority.id, title="Parcări", by=clerk, at=NOW)
    page = reader.sign_in(contact).get("/en/birou")
    assert "Finish the draft: Parcări" not in page.text

    everybodys = page.follow("Everybody's 1")

    assert "Finish the draft: Parcări" in everybodys.text
    assert "A colleague's work." in everybodys.text
    assert not any(each.startswith("Finish the draft") for each in everybodys.texts(".task > div > a:first-child"))


def test_organisations_wait_to_be_verified(reader, database, authority, contact) -> None:
    database.act(an_organisation, authority, name="Asociația Fără Bariere", standing=Standing.PENDING)

    page = reader.sign_in(contact).get("/en/birou")

    assert page.texts("main h2") == ["Organisations to verify (1)"]
    assert page.follow("Asociația Fără Bariere").path.startswith("/en/birou/organizatii/")


def test_each_line_costs_no_statement_of_its_own(reader, database, clerk, waiting, count_statements) -> None:
    reader.sign_in(clerk).get("/en/birou")
    with count_statements() as one:
        reader.get("/en/birou")
    for title in ("Unu", "Doi", "Trei", "Patru"):
        reader.get("/en/birou/consultari/noua").form("Begin").fill(title=title).submit()

    with count_statements() as five:
        reader.get("/en/birou")

    assert five.count == one.count
    assert five.count <= 18
