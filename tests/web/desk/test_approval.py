"""Four eyes on the page: who may approve, why not, and that only what was read becomes public."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.announcements import edit_announcement
from consult.consultations.consultations import Consultation, Stage
from consult.consultations.drafts import request_approval
from consult.identity.offices import Role
from tests.factories import NOW, a_draft_ready_for_approval, an_official
from tests.factories.consultations import ANNOUNCEMENT


def kept(db: Session, key: int) -> Consultation:
    return db.get_one(Consultation, key)


def how_many_are_public(db: Session) -> int:
    return db.scalar(select(func.count()).where(Consultation.number.is_not(None))) or 0


def test_a_clerk_reads_who_can_approve(reader, clerk, approver, waiting, own) -> None:
    page = reader.sign_in(clerk).get(own(waiting, "verifica"))

    assert "It can be approved by Radu Secretarul." in page.text
    assert page.texts("button") == []


def test_nobody_is_both_eyes_and_the_page_says_why(reader, database, authority, approver, own) -> None:
    both = database.act(an_official, authority, Role.CLERK, Role.APPROVER, name="Vera Amândouă")
    draft = database.act(a_draft_ready_for_approval, authority, clerk=both)

    page = reader.sign_in(both).get(own(draft, "verifica"))

    assert "You began it or changed it last, and nobody is both eyes of four." in page.text
    assert "Radu Secretarul" in page.text
    reader.post(own(draft, "verifica/aproba"), status=403, data={"key": "k" * 22, "edition": str(draft.edition)})
    assert database.read(kept, draft.id).stage is Stage.APPROVAL


def test_a_clerk_who_would_publish_hears_of_the_second_pair_of_eyes(reader, clerk, waiting, own) -> None:
    page = reader.sign_in(clerk).post(
        own(waiting, "verifica/aproba"), status=403, data={"key": "k" * 22, "edition": "1"}
    )

    assert "Only an approver can do this, as the second pair of eyes" in page.text


def test_an_approver_sees_everything_and_publishes(reader, database, approver, waiting, own) -> None:
    page = reader.sign_in(approver).get(own(waiting, "verifica"))

    assert "Maria Funcționara wrote it and asks for your approval." in page.text
    assert ANNOUNCEMENT.summary in page.text
    assert "Taxa anuală este de 240 de lei pentru:" in page.text
    page = page.form("Approve and publish").submit()
    assert page.banner == "The consultation is public."
    assert database.read(kept, waiting.id).stage is Stage.PROPOSALS


def test_approving_before_the_planned_day_says_that_the_draft_is_public_today(
    reader, database, authority, clerk, approver, own
) -> None:
    draft = database.act(a_draft_ready_for_approval, authority, clerk=clerk, at=NOW + timedelta(days=3))

    page = reader.sign_in(approver).get(own(draft, "verifica"))

    assert "The announcement was planned for 8 October 2026" in page.text
    assert "the draft is public today, and the time for proposals runs from today" in page.text


def test_damaged_words_and_unusual_days_are_shown_to_the_second_pair_of_eyes(
    reader, database, clerk, approver, waiting, own
) -> None:
    form = reader.sign_in(clerk).get(own(waiting, "anunt")).form("Save the announcement")
    form.fill(title="Taxa \u00c3\u00aen lei").submit()
    dates = reader.get(own(waiting, "date")).form("Save the dates").fill(submission_on="2026-11-22")
    dates.submit(status=422).form("Save the dates").fill(
        sure_of=["2026-11-22"], motive="E termenul din program."
    ).submit()

    page = reader.sign_in(approver).get(own(waiting, "verifica"))

    assert "what was probably meant stands behind each: \u00c3\u00aen → în." in page.text
    assert "22 November 2026 is a Sunday" in page.text


def test_approval_that_is_sent_twice_publishes_once(reader, database, approver, waiting, own) -> None:
    form = reader.sign_in(approver).get(own(waiting, "verifica")).form("Approve and publish")

    first, second = form.submit(), form.submit()

    assert first.path == second.path
    assert database.read(how_many_are_public) == 1


def test_an_old_page_does_not_approve_what_was_written_since(reader, database, clerk, approver, waiting, own) -> None:
    form = reader.sign_in(approver).get(own(waiting, "verifica")).form("Approve and publish")
    database.act(edit_announcement, waiting.id, announcement=ANNOUNCEMENT, edition=waiting.edition, by=clerk, at=NOW)
    database.act(request_approval, waiting.id, by=clerk, at=NOW)

    page = form.submit(status=422)

    assert "Maria Funcționara saved this draft at" in page.errors[0]
    assert page.form("Approve and publish").submit().banner == "The consultation is public."


def test_dates_that_became_unlawful_are_refused_and_the_draft_can_be_sent_back(
    reader, clock, approver, waiting, own
) -> None:
    clock.at = NOW + timedelta(days=3)

    page = reader.sign_in(approver).get(own(waiting, "verifica")).form("Approve and publish").submit(status=422)

    assert "15 October 2026 is not lawful" in page.errors[0]
    assert "Send the draft back, so that its dates are chosen again." in page.text
    page.form("Send back with this note").fill(note="Datele au trecut.").submit()
    assert "Late by 3 days" in reader.get("/en/birou").text or "Nothing is due" in reader.get("/en/birou").text


def test_a_draft_is_sent_back_with_a_note_that_its_clerk_reads(reader, clerk, approver, waiting, own) -> None:
    page = reader.sign_in(approver).get(own(waiting, "verifica"))

    assert page.form("Send back with this note").submit(status=422).errors == ["Write what should be changed."]
    page.form("Send back with this note").fill(note="Art. 2: taxa diferă de cea din raport.").submit()

    page = reader.sign_in(clerk).get(own(waiting))
    assert "Art. 2: taxa diferă de cea din raport." in page.text
    assert "Sent back with a note." in reader.get("/en/birou").text


def test_an_incomplete_draft_says_what_is_missing_and_cannot_be_sent(reader, clerk, own) -> None:
    page = reader.sign_in(clerk).get("/en/birou/consultari/noua").form("Begin").fill(title="Parcări").submit()

    page = page.follow("Everything as the public will see it")

    assert "6 things are still missing" in page.text
    assert page.texts("button") == []
    reader.post(page.path + "/cere", status=422, data={"key": "k" * 22})


def test_approval_is_asked_for_once_however_often_it_is_sent(reader, database, clerk, approver, waiting, own) -> None:
    database.act(edit_announcement, waiting.id, announcement=ANNOUNCEMENT, edition=waiting.edition, by=clerk, at=NOW)
    form = reader.sign_in(clerk).get(own(waiting, "verifica")).form("Ask for approval")

    form.submit()
    page = form.submit()

    assert page.text.startswith("Waiting for approval")


def test_a_public_consultation_is_not_checked_again(reader, approver, public, own) -> None:
    assert "what was published stays as it is" in reader.sign_in(approver).get(own(public, "verifica"), status=409).text
