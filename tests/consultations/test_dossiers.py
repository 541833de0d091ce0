"""The file of a consultation: all that is public in one document, made once, thrown away with what may not be read."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation, Stage
from consult.consultations.documents import DocumentKind
from consult.consultations.dossiers import words
from consult.consultations.dossiers.contents import read_contents
from consult.consultations.dossiers.dossiers import (
    MAKE,
    Dossier,
    ask_for_dossier,
    dossier_page,
    dossier_to_give,
    forget_dossiers,
)
from consult.consultations.dossiers.making import make_dossier, on_paper
from consult.consultations.drafts import save_text
from consult.consultations.erasure import erase_texts, texts_about
from consult.consultations.importing.pdf import read_pdf
from consult.consultations.legal_dates import Milestone
from consult.consultations.moderation import hide_recommendation
from consult.consultations.publication import publish_version
from consult.consultations.recommendations import Kind, Source, Verdict, find_recommendation
from consult.consultations.sessions import decide
from consult.consultations.standings import State
from consult.consultations.steps import submit_for_avizare
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.jobs import work_once
from consult.jobs.jobs import LEASE
from consult.meetings.agendas import Ballot, Choice, Result, agenda_of
from consult.meetings.meetings import Kind as MeetingKind
from consult.record.erasure_grounds import ErasureGround
from consult.record.moderation_rules import ModerationRule
from consult.refusals import NotFound
from consult.store import Database
from tests.consultations.test_attachments import held, sent
from tests.consultations.test_figure_proposals import MOVE, a_budget, submit
from tests.consultations.test_packages import Scene as PackageScene
from tests.consultations.test_sessions import AFTER, AVIZARE, SESSION
from tests.factories import (
    DRAFT,
    NOW,
    a_citizen,
    a_recommendation,
    a_session,
    an_authority,
    an_official,
    an_open_consultation,
)
from tests.factories.consultations import answer_everything
from tests.record.logs import sequence_all

SITE = "https://izvoru.ro"
VOTES = Ballot.by_name({Choice.FOR: ["Ana Ene", "Dan Pop"], Choice.AGAINST: ["Ion Luca"]})


def a_decided_consultation(db: Session) -> Consultation:
    """A consultation through which everything went: a proposal, an answer, a better text, a session that adopted it."""
    authority = an_authority(db)
    contact, clerk = (an_official(db, authority, role) for role in (Role.CONTACT_PERSON, Role.CLERK))
    consultation = an_open_consultation(db, authority)
    author = a_citizen(db, name="Elena Stan", email="elena.stan@posta.example")
    said = a_recommendation(db, consultation, by=author)
    said.named = True
    at = answer_everything(db, consultation)
    save_text(db, consultation.id, text=DRAFT.replace("240 de lei", "180 de lei"), edition=1, by=clerk, at=at)
    publish_version(db, consultation.id, causes={"art-2-alin-2": [said.id]}, by=contact, at=at)
    submit_for_avizare(db, consultation.id, by=contact, at=AVIZARE)
    session = a_session(db, [consultation], contact, starts_at=SESSION, at=AVIZARE)
    (item,) = agenda_of(db, session.id)
    decide(db, item.id, result=Result.ADOPTED, ballot=VOTES, act="HCL 112/2026", by=contact, at=AFTER)
    return consultation


def ask(database: Database, consultation: Consultation, at=NOW) -> None:
    database.act(ask_for_dossier, consultation.authority_id, consultation.reference, site=SITE, at=at)


def made(database: Database, consultation: Consultation, at=NOW) -> bytes:
    """Ask for the file, let the worker make it, and return it."""
    ask(database, consultation, at)
    assert work_once(database, {MAKE: make_dossier}, at)
    return given(database, consultation)


def given(database: Database, consultation: Consultation) -> bytes:
    return database.read(dossier_to_give, consultation.authority_id, consultation.reference)[1]


def printed(piece: Mapping[str, Any]) -> str:
    """Return the words of a piece, whatever it is."""
    rows = [*piece.get("head", ()), *piece.get("rows", ())]
    cells = [cell for row in rows for cell in row]
    facts = [word for fact in piece.get("facts", ()) for word in fact]
    marked = [f"[{each['mark']}]{each['text']}" for each in piece.get("segments", ())]
    codes = [line for code in piece.get("codes", ()) for line in code["lines"]]
    return " ".join([piece.get("name", ""), *piece.get("lines", ()), *cells, *facts, *marked, *codes])


def test_the_file_holds_everything_that_is_public_and_nobodys_address(db: Session) -> None:
    consultation = a_decided_consultation(db)

    contents = read_contents(db, consultation.id, tell=lambda _read, _to_read: None, at=AFTER)
    said = "\n".join(map(printed, on_paper(contents, SITE).pieces))

    assert "Observația mea" in said
    assert "Costul real a fost recalculat." in said
    assert "[removed]240[added]180" in said.replace(" ", "")
    assert "1/2026" in said
    assert "Elena Stan" in said
    assert "HCL 112/2026" in said
    assert "Ana Ene, Dan Pop" in said
    assert "Cel puțin 10 zile calendaristice pentru propuneri" in said
    assert f"{SITE}/consultari/{consultation.reference}" in said
    assert all(version.sha256 in said for version in contents.page.versions)
    annex = said.partition("Anexă: textul versiunii 1")[2]
    assert "240 de lei" in annex
    assert "180 de lei" not in annex
    assert "elena.stan@posta.example" not in said


def test_a_draft_budget_stands_there_line_by_line_with_the_money_that_people_would_move(db: Session) -> None:
    budget = a_budget(db)
    submit(db, budget, MOVE)

    contents = read_contents(db, budget.id, tell=lambda _read, _to_read: None, at=NOW)
    said = "\n".join(map(printed, on_paper(contents, SITE).pieces))

    assert contents.lines
    assert all(line.title in said for line in contents.lines)
    assert contents.editions[-1].table.sha256 in said
    assert "10.000 lei, din rândul" in said


def test_the_files_of_a_proposal_are_named_with_what_the_record_says_of_them(db: Session, tmp_path: Path) -> None:
    consultation = an_open_consultation(db)
    file = held(db, tmp_path)
    proposal = sent(db, consultation, [file])

    contents = read_contents(db, consultation.id, tell=lambda _read, _to_read: None, at=NOW)
    said = "\n".join(map(printed, on_paper(contents, SITE).pieces))

    (attachment,) = contents.files[proposal.id]
    assert f"Fișier: {attachment.name}, 1 KB" in said.replace("\u00a0", " ")
    assert attachment.commitment in said


def test_what_was_sent_together_stands_there_with_its_letter_and_its_numbers(db: Session) -> None:
    scene = PackageScene(db)
    package = scene.send(db)

    contents = read_contents(db, scene.consultation.id, tell=lambda _read, _to_read: None, at=NOW)
    said = "\n".join(map(printed, on_paper(contents, SITE).pieces))

    assert package.organisation.name in said
    assert "Vă scriem pentru cei care merg pe jos." in said
    assert "2/2026, 3/2026" in said
    assert said.count("Trimisă împreună cu altele: Loc pentru pietoni") == 2


def test_a_new_text_stands_there_under_the_number_that_it_would_bear(db: Session) -> None:
    consultation = an_open_consultation(db)
    a_recommendation(db, consultation, provision_key="art-2", kind=Kind.INSERTION)

    contents = read_contents(db, consultation.id, tell=lambda _read, _to_read: None, at=NOW)
    said = "\n".join(map(printed, on_paper(contents, SITE).pieces))

    assert said.count("Art. 2^1, nou, după art. 2") == 2


def test_every_state_that_can_be_printed_has_a_name() -> None:
    private = {Stage.DRAFT, Stage.APPROVAL}

    assert words.stages().keys() == set(Stage) - private
    assert words.milestones().keys() == set(Milestone)
    assert words.document_kinds().keys() == set(DocumentKind)
    assert words.kinds().keys() == set(Kind)
    assert words.sources().keys() == set(Source)
    assert words.verdicts().keys() == set(Verdict)
    assert words.meeting_kinds().keys() == set(MeetingKind)
    assert words.results().keys() == set(Result)
    assert words.choices().keys() == set(Choice)
    assert words.standings().keys() == set(State)


def test_a_hidden_text_is_not_printed_and_its_number_is(db: Session) -> None:
    consultation = an_open_consultation(db)
    proposal = a_recommendation(db, consultation)
    wording = find_recommendation(db, consultation.id, proposal.reference).kept_words["wording"]
    moderator = an_official(db, db.get_one(Authority, proposal.authority_id), Role.MODERATOR)
    hide_recommendation(db, proposal.id, rule=ModerationRule.INSULT, facts="O jignire.", by=moderator, at=NOW)

    contents = read_contents(db, consultation.id, tell=lambda _read, _to_read: None, at=NOW)
    said = "\n".join(map(printed, on_paper(contents, SITE).pieces))

    assert wording not in said
    assert "Insulte" in said
    assert f"Nr. {proposal.register_number}" in said.replace("\u00a0", " ")


def test_the_job_makes_a_tagged_document_the_same_whenever_it_is_made_of_the_same(database: Database) -> None:
    consultation = database.act(a_decided_consultation)
    sequence_all(database)

    first = made(database, consultation, AFTER)
    database.act(forget_dossiers, [consultation.id])
    second = made(database, consultation, AFTER)

    assert first == second
    assert b"/StructTreeRoot" in first
    assert "Costul real a fost recalculat." in read_pdf(first).text


def test_progress_is_told_and_ends_with_the_size_and_the_hash(database: Database) -> None:
    consultation = database.act(an_open_consultation)
    database.act(a_recommendation, consultation)
    ask(database, consultation)
    asked = database.read(dossier_page, consultation.authority_id, consultation.reference, at=NOW)
    assert asked.dossier.is_being_made
    assert not asked.is_to_make

    work_once(database, {MAKE: make_dossier}, NOW + timedelta(seconds=5))

    dossier = database.read(lambda db: db.get_one(Dossier, consultation.id))
    assert (dossier.read, dossier.to_read) == (1, 1)
    assert not dossier.is_being_made
    assert dossier.size == len(given(database, consultation))


def test_it_is_made_once_however_often_it_is_asked_for_while_it_would_say_the_same(database: Database) -> None:
    consultation = database.act(an_open_consultation)
    sequence_all(database)
    ask(database, consultation)
    ask(database, consultation, NOW + timedelta(seconds=1))
    assert work_once(database, {MAKE: make_dossier}, NOW + timedelta(seconds=2))

    ask(database, consultation, NOW + timedelta(minutes=1))

    assert not work_once(database, {MAKE: make_dossier}, NOW + timedelta(minutes=1))


def test_what_happened_since_or_another_day_makes_it_worth_making_anew(database: Database) -> None:
    consultation = database.act(an_open_consultation)
    sequence_all(database)
    made(database, consultation)

    def is_to_make(at) -> bool:
        return database.read(dossier_page, consultation.authority_id, consultation.reference, at=at).is_to_make

    assert not is_to_make(NOW)
    assert is_to_make(NOW + timedelta(days=1))
    database.act(a_recommendation, consultation)
    sequence_all(database)
    assert is_to_make(NOW)


def test_a_file_whose_worker_died_can_be_asked_for_again(database: Database) -> None:
    consultation = database.act(an_open_consultation)
    ask(database, consultation)

    found = database.read(dossier_page, consultation.authority_id, consultation.reference, at=NOW + LEASE)

    assert found.is_to_make


@pytest.mark.parametrize("way", ["hidden", "erased"])
def test_with_a_text_that_may_not_be_read_the_whole_file_goes(database: Database, way: str) -> None:
    consultation = database.act(an_open_consultation)
    said = database.act(a_recommendation, consultation)
    sequence_all(database)
    made(database, consultation)

    def take_away(db: Session) -> None:
        authority = an_official(db, db.get_one(Authority, consultation.authority_id), Role.MODERATOR)
        if way == "hidden":
            hide_recommendation(db, said.id, rule=ModerationRule.INSULT, facts="O jignire.", by=authority, at=NOW)
            return
        it = find_recommendation(db, consultation.id, said.reference)
        commitments = [text.commitment for text in texts_about(db, it)]
        erase_texts(db, it, commitments, ErasureGround.OBJECTION, chosen_by=authority.person_id, by=authority, at=NOW)

    database.act(take_away)

    with pytest.raises(NotFound):
        given(database, consultation)


def test_a_file_that_was_being_made_when_a_text_in_it_was_erased_is_not_kept(database: Database) -> None:
    consultation = database.act(an_open_consultation)
    ask(database, consultation)
    database.act(forget_dossiers, [consultation.id])

    work_once(database, {MAKE: make_dossier}, NOW)

    with pytest.raises(NotFound):
        given(database, consultation)
