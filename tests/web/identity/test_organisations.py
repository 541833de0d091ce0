"""An organisation on the pages of its members: registered, looked at, joined by letter."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.people import Person
from consult.store import Database
from tests.factories import a_member_of, an_organisation
from tests.identity.accounts import PASSWORD, an_account
from tests.web.identity.conftest import Mailboxes, sign_in
from tests.web.reader import Clock, Page, Reader

FACTS = {
    "name": "Asociația Pietonii Orașului",
    "registry_number": "1039/a/2019",
    "fiscal_code": "RO 18547290",
    "seat": "Str. Gării 5, Izvoru",
    "email": "contact@pietonii.example",
}


def register(reader: Reader, *, status: int = 200, **changed: str) -> Page:
    form = reader.get("/en/cont/organizatii/noua").form("Register")
    return form.fill(**(FACTS | changed)).submit(status=status)


def test_who_registers_an_organisation_sees_that_it_waits(reader: Reader, citizen: Person) -> None:
    sign_in(reader)

    page = register(reader)

    assert page.heading == "Asociația Pietonii Orașului"
    assert "Waiting to be verified" in page.text
    assert "1039/A/2019" in page.text
    assert "18547290" in page.text
    assert reader.get("/en/cont").link("Asociația Pietonii Orașului") == page.path


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"fiscal_code": "18547291"},
            "The fiscal code is not correct: its control digit does not agree with the other digits.",
        ),
        ({"registry_number": "39"}, "The registry number has the form 1039/A/2019: number, letter, year."),
        ({"name": ""}, "Write the organisation's name, as in its papers."),
    ],
)
def test_what_cannot_be_right_is_said_beside_its_field(
    reader: Reader, citizen: Person, changed: dict[str, str], said: str
) -> None:
    sign_in(reader)

    page = register(reader, status=422, **changed)

    assert page.errors == [said]
    assert page.link(said) == f"#{next(iter(changed))}"
    assert page.form("Register").values["seat"] == ["Str. Gării 5, Izvoru"]


def test_everything_that_is_wrong_is_said_at_once(reader: Reader, citizen: Person) -> None:
    sign_in(reader)
    number = "The registry number has the form 1039/A/2019: number, letter, year."
    code = "The fiscal code is not correct: its control digit does not agree with the other digits."
    email = "The e-mail address is not complete, for example ana@example.ro."

    wrong = register(reader, status=422, registry_number="39", fiscal_code="18547291")
    wrong_and_missing = register(reader, status=422, name="", registry_number="39", fiscal_code="12", email="ana")

    assert wrong.errors == [number, code]
    assert wrong_and_missing.errors == ["Write the organisation's name, as in its papers.", number, code, email]


def test_the_same_claim_twice_is_told(reader: Reader, citizen: Person) -> None:
    sign_in(reader)
    register(reader)

    page = register(reader, status=422)

    assert page.errors == ["You have registered this organisation already; its papers are being looked at."]


def test_markup_in_a_name_is_shown_as_it_was_typed(reader: Reader, citizen: Person) -> None:
    sign_in(reader)

    page = register(reader, name='"><script>alert(1)</script>')

    assert page.heading == '"><script>alert(1)</script>'
    assert page.html.select("main script") == []


def test_a_colleague_joins_by_letter_under_their_own_login(
    reader: Reader, citizen: Person, mailboxes: Mailboxes, database: Database
) -> None:
    database.act(an_account, email="dan@example.ro", name="Dan Rus")
    sign_in(reader)
    house = register(reader)
    invited = house.form("Send the invitation").fill(email="Dan@example.ro").submit()
    link = mailboxes.last_link("dan@example.ro")
    reader.sign_out()

    asked = reader.get(f"/en{link}")
    signing_in = asked.follow("Sign in")
    invitation = signing_in.form("Sign in").fill(email="dan@example.ro", password="pădurea de lângă râu").submit()
    joined = invitation.form("Accept").submit()

    assert invited.banner == "The invitation is sent. It holds for two days."
    assert "dan@example.ro" in invited.text
    assert asked.heading == "Act for Asociația Pietonii Orașului"
    assert "Ana Pop invites dan@example.ro" in asked.text
    assert joined.banner == "You act for this organisation now."
    assert joined.texts('td[data-label="Name"]') == ["Ana Pop", "Dan Rus"]
    used = reader.get(f"/en{link}", status=410)
    assert "This link was used already" in used.text
    assert "ask whoever invited you to send it again" in used.text


def test_whoever_has_no_account_yet_finds_the_invitation_on_their_page(
    reader: Reader, citizen: Person, mailboxes: Mailboxes
) -> None:
    sign_in(reader)
    register(reader).form("Send the invitation").fill(email="dan@example.ro").submit()
    invitation = mailboxes.last_link("dan@example.ro")
    reader.sign_out()

    form = reader.get(f"/en{invitation}").follow("Create an account").form("Create the account")
    form.fill(name="Dan Rus", email="dan@example.ro", password=PASSWORD).submit()
    confirmed = reader.get(f"/en{mailboxes.last_link('dan@example.ro')}").form("This is my address").submit()
    account = confirmed.form("Sign in").fill(password=PASSWORD).submit()
    accept = account.form("Accept – Asociația Pietonii Orașului")
    joined = accept.submit()

    assert joined.banner == "You act for this organisation now."
    assert joined.texts('td[data-label="Name"]') == ["Ana Pop", "Dan Rus"]
    assert accept.submit().path == "/en/cont"
    assert "You are invited to act for" not in reader.get("/en/cont").text
    reader.get(invitation, status=410)


def test_an_invitation_that_waits_for_another_mailbox_is_nobody_elses(
    reader: Reader, citizen: Person, mailboxes: Mailboxes, database: Database
) -> None:
    database.act(an_account, email="eva@example.ro", name="Eva Ionescu")
    sign_in(reader)
    register(reader).form("Send the invitation").fill(email="dan@example.ro").submit()
    reader.sign_out()
    account = sign_in(reader, "eva@example.ro")

    refused = reader.post("/en/cont/invitatii", data={"invitation": "1"}, status=403)

    assert "You are invited to act for" not in account.text
    assert "This invitation was sent to another address." in refused.text
    reader.get(mailboxes.last_link("dan@example.ro"))


def test_an_invitation_to_one_person_is_not_accepted_by_another(
    reader: Reader, citizen: Person, mailboxes: Mailboxes, database: Database
) -> None:
    database.act(an_account, email="eva@example.ro", name="Eva Ionescu")
    sign_in(reader)
    register(reader).form("Send the invitation").fill(email="dan@example.ro").submit()
    link = mailboxes.last_link("dan@example.ro")
    reader.sign_out()
    sign_in(reader, "eva@example.ro")

    page = reader.get(f"/en{link}")
    assert "You are signed in as eva@example.ro." in page.text
    refused = reader.post(f"/en{link}/organizatie", data={"key": "k" * 22}, status=403)

    assert "This invitation was sent to another address." in refused.text
    reader.get("/en/cont")


def test_an_invitation_ends_after_two_days(reader: Reader, citizen: Person, mailboxes: Mailboxes, clock: Clock) -> None:
    sign_in(reader)
    register(reader).form("Send the invitation").fill(email="dan@example.ro").submit()
    clock.at += timedelta(days=2)

    reader.get(mailboxes.last_link("dan@example.ro"), status=410)


@dataclass(frozen=True)
class House:
    """An organisation for which two people act."""

    path: str
    ana: Actor
    dan: Actor


@pytest.fixture
def house(database: Database, authority: Authority) -> House:
    def build(db: Session) -> House:
        organisation = an_organisation(db, authority)
        ana, dan = (a_member_of(db, organisation, name=name) for name in ("Ana Pop", "Dan Rus"))
        return House(f"/en/cont/organizatii/{organisation.id}", ana, dan)

    return database.act(build)


def test_members_let_each_other_go_but_the_last_one_stays(reader: Reader, house: House) -> None:
    page = reader.sign_in(house.dan).get(house.path)
    assert page.texts('td[data-label="Name"]') == ["Ana Pop", "Dan Rus"]

    page = page.form("No longer acts for it – Ana Pop").submit()

    assert page.texts('td[data-label="Name"]') == ["Dan Rus"]
    assert "the only member" in page.text
    refused = reader.post(f"{house.path}/membri", data={"person": str(house.dan.person_id)}, status=409)
    assert "An organisation keeps at least one member." in refused.text
    reader.sign_out().sign_in(house.ana).get(house.path, status=404)


def test_whoever_left_with_a_page_still_open_does_nothing_with_it(
    reader: Reader, house: House, mailboxes: Mailboxes
) -> None:
    invite = reader.sign_in(house.dan).get(house.path).form("Send the invitation").fill(email="eva@example.ro")
    left = reader.post(f"{house.path}/membri", data={"person": str(house.dan.person_id)})

    invite.submit(status=404)

    assert left.banner == "You no longer act for this organisation."
    assert mailboxes.all() == []


@pytest.mark.parametrize("address", ["0", "007", "+1", "1_0", "999999999", "abc"])
def test_an_organisation_of_others_does_not_exist(reader: Reader, citizen: Person, address: str) -> None:
    sign_in(reader)

    reader.get(f"/cont/organizatii/{address}", status=404)
