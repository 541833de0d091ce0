"""Supporting a proposal from its public page: a button that is the same for everybody, and a page of one's own."""

import pytest

from consult.consultations.consultations import Consultation
from consult.consultations.supports import count_supports
from tests.factories import a_citizen, a_member_of, a_recommendation, an_open_consultation, an_organisation


@pytest.fixture
def proposal(database, authority):
    return database.act(lambda db: a_recommendation(db, an_open_consultation(db, authority)))


@pytest.fixture
def address(proposal, database):
    consultation = database.read(lambda db: db.get_one(Consultation, proposal.consultation_id))
    return f"/en/consultari/{consultation.reference}/propuneri/{proposal.reference}"


def test_pressing_the_public_button_supports_it_once(reader, database, address, proposal) -> None:
    reader.sign_in(database.act(a_citizen, name="Ion Sprijinitorul"))

    # As the button sends it: the page itself is kept for everybody and would still show the number of before.
    pages = [reader.post(f"{address}/sprijina", data={"step": "support"}) for _ in range(2)]
    database.act(count_supports, proposal.consultation_id, at=reader.clock.at)
    public = reader.get(address)

    assert [page.banner for page in pages] == ["You support this proposal."] * 2
    assert "One supporter" in public.text
    assert "Ion" not in public.text
    assert reader.get(f"{address}/sprijina").select("code").get_text()


def test_who_is_not_signed_in_is_asked_to_and_comes_to_the_same_page(reader, address) -> None:
    page = reader.get(address).form("Support it").submit(status=401)

    assert page.heading == "Sign in"
    assert "sprijina" in str(page.response.url)


def test_support_is_taken_back_on_ones_own_page(reader, database, address) -> None:
    reader.sign_in(database.act(a_citizen, name="Ion"))
    page = reader.get(address).form("Support it").submit()

    page = page.form("Take the support back – Ion").submit()

    assert page.banner == "Your support is taken back."
    assert page.form("Support it – Ion")


def test_an_organisation_supports_by_name(reader, database, address, authority) -> None:
    organisation = database.act(an_organisation, authority, name="Asociația Drumeților")
    reader.sign_in(database.act(a_member_of, organisation))

    page = reader.get(f"{address}/sprijina").form("Support it – Asociația Drumeților").submit()

    assert page.banner == "You support this proposal."
    assert "Organisations among them: Asociația Drumeților." in reader.get(address).text


def test_nobody_supports_their_own(reader, database, authority) -> None:
    author = database.act(a_citizen)
    consultation = database.act(an_open_consultation, authority)
    own = database.act(a_recommendation, consultation, by=author)
    reader.sign_in(author)

    page = reader.get(f"/en/consultari/{consultation.reference}/propuneri/{own.reference}").form("Support it")

    assert page.submit(status=422).errors == ["This is your own proposal; support is for others to give."]
