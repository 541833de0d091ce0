"""Proposing a project and reading what others propose."""

import pytest

from tests.factories import a_citizen, an_announced_cycle
from tests.factories.projects import WORDS, a_project
from tests.files import samples


@pytest.fixture
def cycle(database, authority):
    return database.act(an_announced_cycle, authority)


@pytest.fixture
def written():
    words = {name: getattr(WORDS, name) for name in WORDS.__dataclass_fields__}
    return {**words, "pool": "centru", "category": "mobilitate"}


def test_a_project_is_written_checked_and_sent(reader, database, cycle, written) -> None:
    reader.sign_in(database.act(a_citizen, name="Ana"))
    form = reader.get("/en/buget/2027/depune").form("Check the project")

    page = form.fill(**written, files=("poza.jpg", samples.jpeg())).submit()
    assert page.heading == "Check your project"
    assert "20.000" in page.text or "20,000" in page.text
    page = page.form("Send the project").submit()

    assert page.heading == "We have registered your project"
    public = reader.get("/en/buget/2027/proiecte/1")
    assert public.heading == WORDS.title
    photo = reader.client.get(public.select("img.photo")["src"])
    assert photo.headers["content-type"] == "image/jpeg"
    assert photo.content.startswith(b"\xff\xd8")


def test_what_is_wrong_is_said_beside_each_field_and_the_text_is_kept(reader, database, cycle, written) -> None:
    reader.sign_in(database.act(a_citizen, name="Ana"))
    form = reader.get("/en/buget/2027/depune").form("Check the project")

    page = form.fill(**written | {"costs": "bănci", "pool": "", "coordinates": "gară"}).submit(status=422)

    assert len(page.errors) == 3
    assert page.select("#costs").get_text().strip() == "bănci"


def test_a_draft_is_found_again_and_thrown_away(reader, database, cycle, written) -> None:
    reader.sign_in(database.act(a_citizen, name="Ana"))
    reader.get("/en/buget/2027/depune").form("Save the draft").fill(**written).submit()

    listed = reader.get("/en/cont").follow("Drafts of projects that you have not sent")
    again = listed.follow(WORDS.title)
    gone = listed.form(f"Delete : {WORDS.title}").submit()

    assert again.heading == "Propose a project"
    assert "The draft is deleted" in gone.banner
    assert "You have no draft of a project" in gone.text


def test_a_draft_is_saved_and_gone_on_with(reader, database, cycle) -> None:
    reader.sign_in(database.act(a_citizen, name="Ana"))
    form = reader.get("/en/buget/2027/depune").form("Save the draft")

    page = form.fill(title="Bănci").submit()

    assert page.banner.startswith("Draft saved")
    assert page.select("#title")["value"] == "Bănci"


def test_an_author_takes_their_project_back(reader, database, cycle) -> None:
    author = database.act(a_citizen, name="Ana")
    database.act(a_project, cycle, by=author, title="Bănci")
    reader.sign_in(author)

    page = reader.get("/en/buget/2027/proiecte/1/retragere").form("Withdraw the project").submit()

    assert page.banner == "Your project was withdrawn."
    assert "Withdrawn by its author" in reader.get("/en/buget/2027/proiecte/1").text


def test_nobody_opens_the_confirmation_of_somebody_elses_project(reader, database, cycle) -> None:
    database.act(a_project, cycle)
    reader.sign_in(database.act(a_citizen, name="Ion"))

    reader.get("/en/buget/2027/proiecte/1/confirmare", status=403)


def test_the_list_is_narrowed_by_part_of_the_town_state_and_words(reader, database, cycle) -> None:
    for title in ("Bănci la gară", "Pistă de biciclete"):
        database.act(a_project, cycle, title=title)

    page = reader.get("/en/buget/2027/proiecte")
    found = reader.get("/en/buget/2027/proiecte?q=biciclete&zona=centru&stare=verificare")
    nothing = reader.get("/en/buget/2027/proiecte?zona=gara")

    assert page.texts(".card-title") == ["Bănci la gară", "Pistă de biciclete"]
    assert found.texts(".card-title") == ["Pistă de biciclete"]
    assert nothing.texts(".card-title") == []


def test_a_cycle_or_a_project_that_is_not_there_is_not_found(reader, cycle) -> None:
    for path in ("/buget/2030/proiecte", "/buget/2027/proiecte/7", "/buget/x/proiecte"):
        reader.get(path, status=404)


def test_a_long_list_goes_on_to_the_next_page_as_it_was_narrowed(reader, database, cycle) -> None:
    for number in range(21):
        database.act(a_project, cycle, title=f"Bănci, locul {number}")

    page = reader.get("/en/buget/2027/proiecte?stare=verificare").follow("Next page")

    assert page.texts(".card-title") == ["Bănci, locul 20"]
    assert "stare=verificare" in str(page.response.url)
