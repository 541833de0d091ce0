"""From a pasted text to a public consultation: the clerk's way and the approver's, page by page."""

from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation, Stage
from consult.consultations.documents import documents_of
from consult.consultations.passages import provisions_of
from consult.consultations.versions import latest_version
from consult.files.blobs import path_of
from tests.factories import DRAFT
from tests.files.samples import PDF

SUMMARY = "Primăria vrea să împartă locurile de parcare prin abonament anual."


def stage_of(db: Session, key: int) -> Stage:
    return db.get_one(Consultation, key).stage


def test_a_clerk_prepares_a_consultation_and_a_second_official_publishes_it(
    reader, database, settings, clerk, approver
) -> None:
    page = reader.sign_in(clerk).get("/en/birou").follow("Begin a consultation")
    page = page.form("Begin").fill(title="Parcări de reședință").submit()
    assert page.heading == "Parcări de reședință"
    assert page.banner == "The draft is begun. Nobody outside sees it yet."
    key = int(page.path.rpartition("/")[2])

    preview = page.follow("Continue with what is missing").form("Save and see how it is cut").fill(text=DRAFT).submit()
    assert preview.heading == "The text as it was cut"
    assert "4 articles" in preview.text

    page = preview.follow("Continue").follow("Summary in plain words")
    page = page.form("Save the announcement").fill(
        summary=SUMMARY,
        justification="Locurile sunt mai puține decât mașinile.",
        ways_to_send="Prin e-mail sau la registratură.",
        channels="La avizierul de la intrare; la Radio Izvoru.",
    )
    page = page.submit().follow("Dates")
    # The dates stand there already: the earliest that the law allows.
    page = page.form("Save the dates").submit()
    assert page.banner == "The dates are saved."

    page = page.follow("Documents, such as annexes and studies")
    page = page.form("Add the document").fill(kind="annex", file=("Planșa 1.pdf", PDF)).submit()
    assert "Planșa 1.pdf" in page.text

    page = reader.get(f"/en/birou/consultari/{key}").follow("Check and ask for approval")
    assert SUMMARY in page.text
    page = page.form("Ask for approval").submit()
    assert page.banner == "Approval is asked for. The approvers have been written to."
    assert database.read(stage_of, key) is Stage.APPROVAL

    page = reader.sign_in(approver).get("/en/birou").follow("Check and approve: Parcări de reședință")
    page = page.form("Approve and publish").submit()
    assert page.banner == "The consultation is public."
    assert page.text.startswith("Receiving proposals")

    def published(db: Session):
        consultation = db.get_one(Consultation, key)
        return (
            consultation,
            provisions_of(db, latest_version(db, consultation.id).id),
            documents_of(db, consultation.id),
        )

    consultation, provisions, documents = database.read(published)
    assert consultation.reference == "1-2026"
    assert consultation.approved_by == approver.person_id
    assert "art-2-alin-2-lit-b" in {provision.key for provision in provisions}
    assert path_of(settings.files, documents[0].sha256).read_bytes() == PDF


def test_the_list_of_parts_says_what_is_missing_and_leads_there(reader, clerk) -> None:
    page = reader.sign_in(clerk).get("/en/birou/consultari/noua").form("Begin").fill(title="Parcări").submit()

    states = dict(zip(page.texts(".task > div"), page.texts(".task .tag"), strict=True))

    assert states["Full text of the draft"] == "Missing"
    assert states["Contact person"] == "Ready"
    assert page.follow("Full text of the draft").heading == "The text of the draft"
    assert page.follow("Dates").heading == "The dates"


def test_a_draft_without_a_title_is_not_begun(reader, clerk) -> None:
    page = reader.sign_in(clerk).get("/en/birou/consultari/noua").form("Begin").submit(status=422)

    assert page.errors == ["Write the title of the draft."]
    assert page.title.startswith("Error: ")
    assert reader.get("/en/birou/consultari").texts("tbody tr") == []


def test_a_title_that_is_sent_twice_begins_one_draft(reader, clerk) -> None:
    form = reader.sign_in(clerk).get("/en/birou/consultari/noua").form("Begin").fill(title="Parcări")

    first, second = form.submit(), form.submit()

    assert first.path == second.path
    assert len(reader.get("/en/birou/consultari").texts("tbody tr")) == 1


def test_the_list_at_the_desk_has_drafts_and_what_is_public(reader, waiting, public, contact) -> None:
    rows = reader.sign_in(contact).get("/en/birou/consultari").texts("tbody tr")

    assert len(rows) == 2
    assert "Receiving proposals" in rows[0]
    assert "Waiting for approval" in rows[1]
