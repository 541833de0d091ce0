"""The page of one consultation: one address, the stages with their dates, the reasons of the law, what can be done."""

from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from consult.consultations.announcements import set_dates
from consult.consultations.consultations import Consultation
from consult.consultations.drafts import request_approval
from consult.consultations.gatherings import session_to_decide
from consult.consultations.procedure import local_day
from consult.consultations.publication import approve
from consult.consultations.recommendations import Verdict
from consult.consultations.sessions import decide
from consult.consultations.steps import submit_for_avizare
from consult.i18n import ZONE
from consult.identity.offices import Role
from consult.meetings.agendas import Ballot, Choice, Result
from consult.policy.deadlines import last_instant
from tests.factories import NOW, a_debate_held, a_draft_ready_for_approval, a_session, an_official
from tests.web.consultations.conftest import Town
from tests.web.reader import Clock, Reader

SLUG = "regulamentul-parcarilor-de-resedinta"


def test_every_address_of_a_consultation_leads_to_its_one_address(reader: Reader, town: Town) -> None:
    town.publish()

    for prefix in ("", "/en"):
        for wrong in ("1-2026", "1-2026/alt-titlu", f"01-2026/{SLUG}"):
            answer = reader.ask("GET", f"{prefix}/consultari/{wrong}")
            assert answer.status_code == 301
            assert answer.headers["location"] == f"{prefix}/consultari/1-2026/{SLUG}"


def test_a_title_cannot_take_the_address_of_a_page(reader: Reader, town: Town) -> None:
    for number, title in enumerate(["Text", "Propuneri", "Răspuns", "Schimbări"], start=1):
        consultation = town.publish()
        town.database.act(retitle, consultation.id, title)

        assert reader.get(f"/en/consultari/{number}-2026").heading == title


def test_what_was_never_public_does_not_exist(reader: Reader, town: Town) -> None:
    town.publish()

    for reference in ("2-2026", "1-2025", "x", "1-2026-1", "99999999999-2026", "-2026", "\uff11-2026"):
        for path in ("", "/x", "/text", "/text/art-1", "/propuneri", "/propuneri.csv", "/raspuns", "/schimbari"):
            assert reader.ask("GET", f"/consultari/{reference}{path}").status_code == 404


def test_an_open_consultation_says_what_it_is_and_offers_one_thing_to_do(reader: Reader, town: Town) -> None:
    town.publish()

    page = reader.get(f"/en/consultari/1-2026/{SLUG}")

    assert page.heading == "Regulamentul parcărilor de reședință"
    assert page.texts(".hero .tag") == ["Receiving proposals", "10 days left"]
    assert page.texts(".page-header-meta") == ["No. 1/2026 · Mobilitate · Initiator: Primarul · Direcția Tehnică"]
    assert page.texts(".summary-box p") == ["Primăria vrea să împartă locurile de parcare prin abonament anual."]
    assert page.texts("a.button") == ["Send a proposal"]
    assert page.link("Send a proposal") == "/en/consultari/1-2026/propune"
    assert page.link("consultare@izvoru.example") == "mailto:consultare@izvoru.example"
    assert page.texts(".stage") == [
        "Announcement – done 5 October 2026",
        "Proposals – now until 15 October 2026, 24:00",
        "Answers with reasons before 17 November 2026",
        "Vote not before 17 November 2026",
    ]


def test_each_date_comes_with_the_rule_its_article_and_its_reason(reader: Reader, town: Town) -> None:
    town.publish(at=NOW + timedelta(days=50))  # 24 November: holidays lie ahead

    said = reader.get("/en/consultari/1-2026").texts(".key-value")

    assert said[1] == (
        "Last day for proposals 4 December 2026 The limit set by law: Until 4 December 2026, at 24:00: "
        "at least 10 calendar days after "
        "24 November 2026 (Legea 52/2003, art. 7 alin. (4)). "
        "The rule : At least 10 calendar days for proposals "
        "A more lenient reading of the law would say 3 December 2026."
    )
    assert (
        "14 January 2027 (planned) The limit set by law: Earliest 14 January 2027: at least 30 working days" in said[2]
    )
    assert "art. 7 alin. (2)" in said[2]
    assert "1 December 2026 (National Day)" in said[2]


def test_an_urgent_procedure_shows_its_motive_and_the_term_it_is_freed_from(reader: Reader, town: Town) -> None:
    town.database.act(publish_urgently, town)

    page = reader.get("/en/consultari/1-2026")

    assert page.texts(".hero .tag")[-1] == "Urgent procedure"
    assert "Ploile au avariat podul." in page.text
    assert "this term does not bind (Legea 52/2003, art. 7 alin. (13))" in page.texts(".key-value")[2]


def test_after_the_deadline_nothing_is_offered_but_the_answer_to_come(reader: Reader, town: Town, clock: Clock) -> None:
    consultation = town.publish()
    assert consultation.closes_at is not None
    clock.at = consultation.closes_at

    page = reader.get("/en/consultari/1-2026")

    assert page.texts(".hero .tag") == ["Analysing the proposals"]
    assert page.texts("a.button") == []
    assert "The town hall analyses each of them and answers with reasons." in page.text
    assert page.texts('[aria-current="step"]') == ["Answers with reasons – now before 17 November 2026"]


def test_from_debate_to_vote_each_step_shows_its_day_and_its_act(reader: Reader, town: Town, clock: Clock) -> None:
    consultation = town.publish()
    town.draft_answer(consultation, town.say(consultation), verdict=Verdict.TAKEN_UP)
    town.database.act(a_debate_held, consultation, town.contact, at=NOW + timedelta(days=6))
    town.publish_answers(consultation)
    submission = last_instant(consultation.submission_on, ZONE) - timedelta(hours=9)
    session = submission + timedelta(days=7)
    clock.at = session + timedelta(days=2)
    town.database.act(submit_for_avizare, consultation.id, by=town.contact, at=submission)
    town.database.act(a_session, [consultation], town.contact, starts_at=session, at=submission)
    item = town.database.read(session_to_decide, consultation.id)
    ballot = Ballot.by_name({Choice.FOR: ["Anton Barbu", "Camelia Dinu"]})
    facts = {"result": Result.ADOPTED, "ballot": ballot, "act": "HCL 214/2026"}
    town.database.act(decide, item.id, **facts, by=town.contact, at=clock.at)

    page = reader.get("/en/consultari/1-2026")

    assert page.texts(".hero .tag") == ["Adopted"]
    assert page.texts(".stage") == [
        "Announcement – done 5 October 2026",
        "Proposals – done until 15 October 2026, 24:00",
        "Public debate – done 13 October 2026, 12:00 Sala Mare",
        "Answers with reasons – done 16 October 2026",
        "Adopted – done 24 November 2026 HCL 214/2026",
    ]
    assert page.texts("a.button") == ["Read the answers"]
    news = page.texts(".news li")
    assert news[0].startswith("26 November 2026, 15:00 The draft was adopted on 24 November 2026. HCL 214/2026")
    assert "The town hall answered 1 proposal, with reasons." in " ".join(news)
    assert "A public debate was announced for 13 October 2026, 12:00: Sala Mare" in " ".join(news)


def test_every_act_in_the_news_leads_to_its_receipt(reader: Reader, town: Town) -> None:
    town.publish()

    page = reader.get("/en/consultari/1-2026")

    assert len(page.texts(".news li")) == 2
    receipts = [str(link["href"]) for link in page.html.select(".news .quiet a")]
    assert all(reader.get(receipt).heading for receipt in receipts)
    assert all(receipt.startswith("/en/registru/act/") for receipt in receipts)


def test_the_most_discussed_articles_are_named(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    for key in ("art-3", "art-2-alin-1", "art-2-alin-2-lit-a", None):
        town.say(consultation, key)

    page = reader.get("/en/consultari/1-2026")

    assert page.texts(".bars tr") == ["Art. 2 2", "Art. 3 1"]
    assert page.link("4 proposals") == "/en/consultari/1-2026/propuneri"


def retitle(db: Session, consultation_id: int, title: str) -> None:
    db.execute(update(Consultation).where(Consultation.id == consultation_id).values(title=title))


def publish_urgently(db: Session, town: Town) -> None:
    draft = a_draft_ready_for_approval(db, town.authority, clerk=town.clerk)
    assert draft.proposals_until is not None
    set_dates(
        db,
        draft.id,
        announced_on=local_day(NOW),
        proposals_until=draft.proposals_until,
        submission_on=draft.proposals_until + timedelta(days=1),
        urgent_motive="Ploile au avariat podul.",
        edition=draft.edition,
        by=town.clerk,
        at=NOW,
    )
    request_approval(db, draft.id, by=town.clerk, at=NOW)
    approve(db, draft.id, by=an_official(db, town.authority, Role.APPROVER), at=NOW)
