"""The next version at the desk: compared word by word, linked to the proposals that caused it, published as read."""

import pytest
from sqlalchemy.orm import Session

from consult.consultations.answer_publication import publish_answers
from consult.consultations.causes import causes_of
from consult.consultations.drafts import save_text
from consult.consultations.recommendations import Verdict
from consult.consultations.responses import draft_answers
from consult.consultations.versions import latest_version
from consult.identity.offices import Role
from tests.factories import DRAFT, an_official

BETTER = DRAFT.replace("240 de lei", "180 de lei").replace("Cererile se depun online", "Cererile se depun și online")


@pytest.fixture
def leader(database, authority):
    """A clerk who may also publish."""
    return database.act(an_official, authority, Role.CLERK, Role.CONTACT_PERSON, name="Ioana Marin")


@pytest.fixture
def drafted(database, public, received, leader, after_proposals):
    """Both proposals on art. 3 are taken up, the one on art. 2 is not; the answers are drafted."""

    def draft(db: Session) -> None:
        for chosen, verdict in ((received[:2], Verdict.TAKEN_UP), (received[2:], Verdict.NOT_TAKEN_UP)):
            ids = [each.id for each in chosen]
            draft_answers(
                db,
                public.id,
                recommendation_ids=ids,
                verdict=verdict,
                reason="Fiindcă.",
                by=leader,
                at=after_proposals,
            )

    database.act(draft)


@pytest.fixture
def check_early(reader, clock, leader, public, drafted, after_proposals, own):
    """The comparison of a better text that was saved before the answers were public."""
    clock.at = after_proposals
    page = reader.sign_in(leader).get(own(public, "versiune"))
    return page.form("Save and compare").fill(text=BETTER).submit()


@pytest.fixture
def check(reader, clock, leader, public, drafted, database, after_proposals, own):
    """The comparison, after the answers were published and the better text was saved."""
    database.act(publish_answers, public.id, by=leader, at=after_proposals)
    clock.at = after_proposals
    page = reader.sign_in(leader).get(own(public, "versiune"))
    return page.form("Save and compare").fill(text=BETTER).submit()


def causes(db: Session, key: int) -> dict[str, list[str]]:
    found = causes_of(db, latest_version(db, key).id)
    return {key: [each.register_number for each in causing] for key, causing in found.items()}


def version_number(db: Session, key: int) -> int:
    return latest_version(db, key).number


def test_the_newest_version_stands_in_the_field(reader, leader, public, own) -> None:
    page = reader.sign_in(leader).get(own(public, "versiune"))

    assert page.select("#text").get_text().split() == DRAFT.split()
    assert "Version 1 is public since 5 October 2026." in page.text


def test_what_changed_is_shown_and_what_was_taken_up_is_ticked(check) -> None:
    assert check.texts("main h2") == ["Art. 2 Changed", "Art. 3 Changed"]
    for said in check.html.select("main .hidden"):
        said.decompose()
    assert check.texts("del") == ["240"]
    assert check.texts("ins") == ["180", "și"]
    assert check.texts(".choice label") == ["No. 1/2026 – Participant", "No. 2/2026 – Participant"]
    assert "No proposal about it was taken up." in check.text
    ticked = [box["value"].partition(":")[0] for box in check.html.select("input[name=causes][checked]")]
    assert ticked == ["art-3", "art-3"]


def test_a_version_is_published_with_its_causes(check, database, public) -> None:
    page = check.form("Publish version 2").submit()

    assert page.banner == "The new version is public."
    assert database.read(version_number, public.id) == 2
    assert database.read(causes, public.id) == {"art-3": ["1/2026", "2/2026"]}


def test_before_the_answers_are_public_the_desk_says_which_come_first_and_leads_there(reader, check_early) -> None:
    assert "The answers come first" in check_early.text
    assert check_early.texts("main .inset a") == [
        "No. 1/2026",
        "No. 2/2026",
        "No. 3/2026",
        "Check and publish the answers",
    ]
    assert check_early.texts("button") == []
    assert check_early.follow("Check and publish the answers").heading == "Check and publish the answers"


def test_a_version_sent_before_its_answers_are_public_is_refused_with_their_numbers(reader, check_early, own, public):
    page = reader.post(own(public, "versiune/verifica"), status=422, data={"key": "k" * 22, "edition": "2"})

    assert page.errors == [
        "Publish the answers first: this version changes what proposals no. 1/2026, 2/2026, 3/2026 are about."
    ]


def test_an_official_corrects_what_is_ticked(check, database, public) -> None:
    values = check.form("Publish version 2").values["causes"]

    check.form("Publish version 2").fill(causes=values[:1]).submit()

    assert database.read(causes, public.id) == {"art-3": ["1/2026"]}


def test_a_publication_that_is_sent_twice_is_one_version(check, database, public) -> None:
    form = check.form("Publish version 2")

    first, second = form.submit(), form.submit()

    assert first.path == second.path
    assert database.read(version_number, public.id) == 2


def test_an_old_page_publishes_nothing_that_was_written_since(check, database, public, leader, clock) -> None:
    database.act(save_text, public.id, text=BETTER.replace("180", "90"), edition=2, by=leader, at=clock.at)

    page = check.form("Publish version 2").submit(status=422)

    assert "Ioana Marin saved this draft at" in page.errors[0]
    assert database.read(version_number, public.id) == 1
    assert page.form("Publish version 2").submit().banner == "The new version is public."


def test_who_may_not_write_the_next_version_reads_who_may(reader, clock, contact, leader, public, after_proposals, own):
    clock.at = after_proposals

    page = reader.sign_in(contact).get(own(public, "versiune/verifica"))

    assert "It can be written by" in page.text
    assert leader.name in page.text


def test_an_unchanged_text_is_not_published(reader, clock, leader, public, after_proposals, own) -> None:
    clock.at = after_proposals

    page = reader.sign_in(leader).get(own(public, "versiune/verifica"))

    assert "The text is the same as version 1." in page.text
    assert page.texts("button") == []
    page = reader.post(own(public, "versiune/verifica"), status=422, data={"key": "k" * 22, "edition": "1"})
    assert page.errors == ["The text is the same as version 1; there is nothing new to publish."]


def test_while_proposals_are_received_a_version_is_written_but_not_published(reader, leader, public, own) -> None:
    page = reader.sign_in(leader).get(own(public, "versiune")).form("Save and compare").fill(text=BETTER).submit()

    assert "A new version is published after 15 October 2026" in page.text
    assert page.texts("button") == []
    page = reader.post(own(public, "versiune/verifica"), status=422, data={"key": "k" * 22, "edition": "2"})
    assert page.errors[0].startswith("Proposals are received until")


def test_two_clerks_writing_the_next_version_see_both_texts(reader, leader, colleague, public, own) -> None:
    mine = reader.sign_in(leader).get(own(public, "versiune")).form("Save and compare")
    reader.sign_in(colleague).get(own(public, "versiune")).form("Save and compare").fill(text=BETTER).submit()

    page = reader.sign_in(leader) and mine.fill(text=DRAFT.replace("240", "90")).submit(status=409)

    assert "Dan Colegu saved this draft" in page.errors[0]
    assert "90 de lei" in page.select("#text").get_text()
    assert "180 de lei" in page.select("#theirs").get_text()


@pytest.mark.parametrize("ticked", ["art-3", "art-3:x", ":1", "art-3:999999", "art-1:1"])
def test_a_cause_that_no_box_offers_is_refused(reader, check, database, public, ticked) -> None:
    form = check.form("Publish version 2")
    data = {"key": form.values["key"], "edition": form.values["edition"], "causes": [ticked]}

    reader.post(check.path, status=422, data=data)

    assert database.read(version_number, public.id) == 1


def test_a_draft_has_no_next_version(reader, clerk, waiting, own) -> None:
    reader.sign_in(clerk).get(own(waiting, "versiune"), status=404)
    reader.get(own(waiting, "versiune/verifica"), status=404)
