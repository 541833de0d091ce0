"""Meetings as people and officials find them: asking, speaking, moving, minutes, votes and calendars."""

from datetime import datetime, timedelta

import pytest

from consult import links
from consult.consultations.steps import submit_for_avizare
from consult.i18n import ZONE
from consult.meetings.attendance import end_meeting
from tests.factories import NOW, a_debate, a_session
from tests.files.samples import PDF
from tests.identity.letters import last_token

AVIZARE = datetime(2026, 11, 17, 12, tzinfo=ZONE)


def test_an_association_asks_for_a_debate_and_gets_a_number_and_a_receipt(reader, member, public) -> None:
    page = reader.sign_in(member).get("/en/consultari/1-2026/dezbatere").follow("Ask for a debate")

    page = page.form("Send the request").fill(words="Cerem o dezbatere publică.").submit()

    assert page.path == "/en/consultari/1-2026/dezbatere/cereri/1-2026"
    assert "Waits for an answer" in page.text
    assert "Cerem o dezbatere publică." in page.text
    assert page.follow("Its receipt in the public record").heading


def test_a_person_is_told_why_a_wish_does_not_oblige_and_what_to_do(reader, citizen, public) -> None:
    page = reader.sign_in(citizen).get("/en/consultari/1-2026/dezbatere/cere")

    assert "Only a legally constituted association or another public authority can oblige" in page.text
    assert page.follow("Say in a proposal that you want a debate, and why").heading


def test_a_request_after_the_last_day_is_refused_with_the_day(reader, clock, member, public) -> None:
    clock.at = public.closes_at
    form = reader.sign_in(member).get("/en/consultari/1-2026/dezbatere/cere").form("Send the request")

    page = form.fill(words="Cerem o dezbatere publică.").submit(status=422)

    assert page.errors == ["A debate could be asked for until 15 October 2026, 24:00; this request came after it."]


def test_a_request_from_paper_is_entered_and_answered_at_the_desk(reader, contact, public) -> None:
    own = f"/en{links.desk_consultation(public.id)}"
    page = reader.sign_in(contact).get(f"{own}/pasi").follow("Enter a request that came on paper or by e-mail")
    filled = {"asker": "authority", "name": "Comuna Livada", "asked_on": "2026-10-05", "words": "Cerem."}

    page = page.form("Register the request").fill(**filled).submit()
    assert page.banner == "The request is registered."
    wrong = page.form("Answer the request").fill(by="refusal").submit(status=422)
    assert wrong.errors[0].startswith("Write why no debate is held")
    page = wrong.form("Answer the request").fill(reason="Comuna a renunțat.").submit()

    assert page.banner == "The request is answered."
    assert "Refused" in reader.get("/en/consultari/1-2026/dezbatere").text


def test_somebody_registers_to_speak_and_gives_their_turn_back(reader, citizen, debate) -> None:
    page = reader.sign_in(citizen).get(f"/en{links.meeting_registration(debate.reference)}")

    page = page.form("Register to speak").fill(named=True).submit()
    assert page.banner == "You are registered to speak."
    assert "You are registered, and speak first." in page.text
    assert "Ana Ilie" in reader.get(f"/en{links.meeting(debate.reference, debate.title)}").text
    page = page.form("Give my turn back").submit()

    assert page.banner == "Your turn is given back."
    # In the other language, since the page that was just read is kept for two seconds.
    assert "Ana Ilie" not in reader.get(links.meeting(debate.reference, debate.title)).text


def test_whoever_has_no_account_asks_for_the_floor_and_confirms_it_by_the_letter(reader, database, debate) -> None:
    page = reader.get(f"/en{links.meeting(debate.reference, debate.title)}").follow("I want to speak")
    wrong = page.form("Register to speak").fill(named=True, name="Vasile Pop", email="vasile").submit(status=422)
    sent = wrong.form("Register to speak").fill(email="vasile@exemplu.ro").submit()
    page = reader.get(f"/en{links.speaker_confirmation(database.read(last_token))}")
    asked = page.text
    page = page.form("Register to speak").submit()

    assert len(wrong.errors) == 1
    assert sent.heading == "Look into your mailbox"
    assert "Vasile Pop" in asked
    assert page.path == f"/en{links.meeting(debate.reference, debate.title)}"
    assert "Vasile Pop" in reader.get(links.meeting(debate.reference, debate.title)).text
    assert "vasile@exemplu.ro" not in page.text


def test_who_is_signed_in_registers_by_their_account(reader, citizen, debate) -> None:
    page = reader.sign_in(citizen).get(f"/en{links.speaking_without_account(debate.reference)}")

    assert page.path == f"/en{links.meeting_registration(debate.reference)}"


def test_a_moved_debate_shows_its_old_date_struck_through(reader, contact, debate) -> None:
    page = reader.sign_in(contact).get(f"/en{links.desk_meeting(debate.id)}").follow("Move it")

    wrong = page.form("Move the meeting").fill(on="2026-10-20", reason="Ninge.").submit(status=422)
    assert wrong.errors[0].startswith("20 October 2026 is not lawful")
    page = wrong.form("Move the meeting").fill(on="2026-10-08", place="Sala Mică").submit()

    assert page.banner.startswith("The meeting is moved.")
    shown = reader.get(f"/en{links.meeting(debate.reference, debate.title)}")
    assert "7 October 2026" in shown.select("s").get_text()
    assert "Ninge." in shown.text
    assert "7 October 2026" in reader.get("/en/consultari/1-2026").select("s").get_text()


def test_a_meeting_that_was_called_off_stays_in_calendars_struck_out(reader, contact, debate) -> None:
    page = reader.sign_in(contact).get(f"/en{links.desk_meeting(debate.id)}").follow("Call it off")

    page = page.form("Call it off").fill(reason="Sala e inundată.").submit()

    assert page.banner.startswith("The meeting is called off.")
    for address in (links.meeting_calendar(debate.reference), links.meetings(ending=".ics")):
        calendar = reader.ask("GET", f"/en{address}").text
        assert "STATUS:CANCELLED\r\n" in calendar
        assert f"UID:sedinta-{debate.reference}@" in calendar


def test_in_the_room_speakers_are_added_and_marked_and_the_end_is_said(reader, clock, contact, debate) -> None:
    own = f"/en{links.desk_meeting(debate.id)}"
    clock.at = debate.starts_at + timedelta(hours=2)
    page = reader.sign_in(contact).get(f"{own}/vorbitori")
    page = page.form("Add to the order").fill(name="Ion din sală").submit()
    ending = {"ended": "13:30", "participants": 31}
    waiting = reader.get(f"{own}/incheie").form("It ended").fill(**ending).submit(status=422)
    assert waiting.errors[0].startswith("1 who registered have neither spoken")

    reader.get(f"{own}/vorbitori").form("Spoke – Ion din sală").submit()
    page = reader.get(f"{own}/incheie").form("It ended").fill(**ending).submit()

    assert page.banner == "The meeting is over. The clock of its documents runs."
    shown = reader.get(f"/en{links.meeting(debate.reference, debate.title)}")
    assert "At the latest on 17 October 2026" in shown.text.replace("\u00a0", " ")
    assert "Due until 17 October 2026" in shown.text


def test_minutes_are_written_by_one_official_and_published_by_another(
    reader, database, clock, contact, clerk, debate
) -> None:
    over = debate.starts_at + timedelta(hours=1)
    database.act(end_meeting, debate.id, ended_at=over, participants=31, by=contact, at=over)
    clock.at = over + timedelta(hours=1)
    own = f"/en{links.desk_meeting(debate.id)}"
    page = reader.sign_in(clerk).get("/en/birou").follow(f"Write the minutes: {debate.title}")
    assert "31 people took part." in page.select("#words").get_text()
    page = page.form("Keep the draft").fill(words="S-a vorbit despre parcări.").submit()
    assert "Somebody who did not write them approves the minutes." in page.text

    page = reader.sign_in(contact).get(f"{own}/minuta").form("Approve and publish the minutes").submit()

    assert page.banner == "The minutes are public."
    reader.sign_out()
    shown = reader.get(f"/en{links.meeting(debate.reference, debate.title)}").follow("Version 1")
    assert "S-a vorbit despre parcări." in shown.text


def test_the_result_of_a_session_is_told_with_each_vote(reader, database, clock, contact, public) -> None:
    database.act(submit_for_avizare, public.id, by=contact, at=AVIZARE)
    starts_at = AVIZARE + timedelta(days=6)
    session = database.act(a_session, [public], contact, starts_at=starts_at, at=AVIZARE)
    clock.at = starts_at + timedelta(hours=2)
    own = f"/en{links.desk_meeting(session.id)}"
    page = reader.sign_in(contact).get(own).follow(f"Item 1: {public.title}")
    filled = {"result": "adopted", "act": "HCL 7/2026", "votes_for": "Ana Ene\nDan Pop", "votes_against": "Ana Ene"}

    wrong = page.form("Publish the result").fill(**filled).submit(status=422)
    assert wrong.errors[0] == "Ana Ene: each member stands in one list, once."
    page = wrong.form("Publish the result").fill(votes_against="Ion Luca").submit()

    assert page.banner == "The result is public."
    shown = reader.get(f"/en{links.meeting(session.reference, session.title)}")
    assert "For: 2; against: 1; abstained: 0; absent: 0." in shown.text
    assert "Ion Luca" in shown.text
    assert reader.get("/en/consultari/1-2026").texts(".hero .tag") == ["Adopted"]


def test_a_dialogue_is_announced_without_any_term(reader, contact) -> None:
    page = reader.sign_in(contact).get(f"/en{links.NEW_DIALOGUE}").form("Announce the meeting")

    page = page.fill(title="Cartierul Gării", on="2026-12-04", hour="18:00", place="Școala nr. 3").submit()

    assert page.banner == "The meeting is announced."
    assert "Dialogue: Cartierul Gării" in reader.get("/en/sedinte").text


def test_a_document_that_came_later_is_public_at_once(reader, contact, public) -> None:
    page = reader.sign_in(contact).get(f"/en{links.desk_consultation(public.id, 'documente-ulterioare')}")

    page = page.form("Publish the document").fill(kind="opinion", file=("aviz.pdf", PDF)).submit()

    assert page.banner == "The document is public."
    assert "aviz.pdf" in reader.get("/en/consultari/1-2026").text


@pytest.mark.parametrize("part", ["muta", "anuleaza", "rezultat/1"])
def test_a_clerk_keeps_a_meeting_but_does_not_lead_it(reader, clerk, debate, part) -> None:
    reader.sign_in(clerk).get(f"/en{links.desk_meeting(debate.id, 'vorbitori')}")

    answer = reader.ask("POST", f"/en{links.desk_meeting(debate.id, part)}", data={"key": "k" * 22})

    assert answer.status_code in {403, 422}


def test_minutes_of_no_meeting_and_a_meeting_of_no_number_do_not_exist(reader, debate) -> None:
    for address in ("/sedinte/9-2026", "/sedinte/1-2026/minuta/v1", "/sedinte/1-2026/minuta/1", "/sedinte?pagina=9"):
        reader.get(address, status=404)


def test_one_debate_is_announced_after_another_was_held(reader, database, clock, contact, public) -> None:
    first = database.act(a_debate, public, contact)
    over = first.starts_at + timedelta(hours=1)
    database.act(end_meeting, first.id, ended_at=over, participants=3, by=contact, at=over)
    clock.at = NOW + timedelta(days=3)

    page = reader.sign_in(contact).get(f"/en{links.desk_consultation(public.id, 'pasi')}")

    assert page.follow("Another public debate").form("Announce the debate")
