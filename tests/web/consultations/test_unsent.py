"""Drafts of proposals on their pages: saved, gone on with, sent, deleted; and what if the text changes meanwhile."""

import pytest

from consult.consultations.consultations import Consultation
from consult.consultations.versions import add_version
from tests.factories import NOW, a_citizen
from tests.web.consultations.conftest import BETTER, Town
from tests.web.reader import Clock, Page, Reader

WRITE = "/en/consultari/1-2026/propune?la=art-2"
DRAFTS = "/en/cont/ciorne"


@pytest.fixture
def consultation(town: Town) -> Consultation:
    return town.publish()


@pytest.fixture
def writer(reader: Reader, town: Town, consultation: Consultation) -> Reader:
    return reader.sign_in(town.database.act(a_citizen))


def kept(writer: Reader, **written: str) -> Page:
    """Save an unfinished proposal on art. 2."""
    form = writer.get(WRITE).form("Save the draft")
    return form.fill(**({"kind": "observation", "reason": "Taxa e prea"} | written)).submit()


def test_a_draft_is_saved_found_again_finished_and_sent(writer: Reader) -> None:
    saved = kept(writer)
    again = writer.get(DRAFTS).follow("Art. 2")
    check = again.form("Check the proposal").fill(reason="Taxa e prea mare.").submit()
    check.form("Send the proposal").submit()

    assert saved.banner.startswith("Draft saved on 5 October 2026, 12:00")
    assert again.form("Save the draft").values["reason"] == ["Taxa e prea"]
    assert "You have no draft." in writer.get(DRAFTS).text
    assert "Taxa e prea mare." in writer.get("/en/consultari/1-2026/propuneri/1-2026").text


@pytest.mark.parametrize(("kind", "field"), [("change", "wording"), ("insertion", "addition")])
def test_what_was_written_stands_where_it_stood(writer: Reader, kind: str, field: str) -> None:
    saved = kept(writer, kind=kind, reason="Fiindcă", **{field: "Un text nou"})

    values = saved.form("Save the draft").values

    assert (values["kind"], values[field], values["reason"]) == ([kind], ["Un text nou"], ["Fiindcă"])


def test_a_draft_is_deleted(writer: Reader) -> None:
    kept(writer)

    page = writer.get(DRAFTS).form("Delete : Art. 2").submit()

    assert page.banner == "The draft is deleted."
    assert "You have no draft." in page.text


def test_the_draft_of_somebody_else_does_not_exist(writer: Reader, town: Town) -> None:
    path = kept(writer).path

    writer.sign_in(town.database.act(a_citizen))

    writer.get(f"{path}?ciorna=1", status=404)


def test_whoever_was_writing_while_the_text_changed_is_shown_how_and_carries_it_over(
    writer: Reader, town: Town, consultation: Consultation
) -> None:
    open_since = writer.get(WRITE).form("Check the proposal").fill(kind="observation", reason="Taxa e prea mare.")
    town.database.act(add_version, consultation.id, BETTER, at=NOW)

    told = open_since.submit(status=422)
    check = told.form("Check the proposal").submit()

    assert "The text changed while you were writing" in told.text
    assert told.texts("main ins")
    assert check.form("Send the proposal").submit().heading == "We have registered your proposal"


def test_a_draft_about_an_article_that_is_gone_is_kept_as_a_comment_on_the_whole(
    writer: Reader, town: Town, consultation: Consultation
) -> None:
    form = writer.get("/en/consultari/1-2026/propune?la=art-4").form("Save the draft")
    form.fill(wording="Se duce la îndeplinire de viceprimar.", reason="Primarul pleacă.").submit()
    town.database.act(add_version, consultation.id, BETTER, at=NOW)

    page = writer.get(DRAFTS).follow("Art. 4")

    (reason,) = page.form("Save the draft").values["reason"]
    assert page.heading == "Proposal on the draft as a whole"
    assert reason.splitlines() == ["Primarul pleacă.", "", "Se duce la îndeplinire de viceprimar."]


def test_after_the_last_day_a_draft_can_be_read_and_not_sent(
    reader: Reader, town: Town, consultation: Consultation, clock: Clock
) -> None:
    somebody = town.database.act(a_citizen)
    kept(reader.sign_in(somebody))
    clock.at = consultation.closes_at

    page = reader.sign_in(somebody).get(DRAFTS).follow("Art. 2")

    assert "Proposals are no longer received" in page.text
    assert "Taxa e prea" in page.text
    assert "Save the draft" not in page.text
