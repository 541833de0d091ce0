"""The desk's pages about people and organisations: whom they show what, and what they let them do."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.offices import Role, roles_of
from consult.identity.organisations import Organisation, Standing, organisation_of
from consult.identity.people import Person, person_by_email
from consult.identity.sessions import Certainty
from consult.identity.two_factor import is_enrolled
from consult.record.entries import RecordedEvent
from consult.store import Database
from tests.factories import a_citizen, an_authority, an_official, an_organisation
from tests.factories.people import OrganisationFactory, added
from tests.web.identity.conftest import Mailboxes, official, sign_in
from tests.web.reader import Reader

LONG = "malul celălalt al râului"


@pytest.fixture
def pending(database: Database, authority: Authority) -> Organisation:
    return database.act(
        lambda db: an_organisation(
            db, authority, name="Asociația Pietonii", standing=Standing.PENDING, decided_at=None, note=""
        )
    )


@pytest.fixture
def contact(database: Database, authority: Authority) -> Actor:
    return database.act(official, authority, "contact@izvoru.example", "Vasile Dinu", Role.CONTACT_PERSON)


def test_an_official_verifies_an_organisation_with_a_note(
    reader: Reader, contact: Actor, pending: Organisation, database: Database
) -> None:
    listed = reader.sign_in(contact).get("/en/birou/organizatii")
    papers = listed.follow("Asociația Pietonii")

    silent = papers.form("Verify").submit(status=422)
    done = silent.form("Verify").fill(note="Am văzut actul constitutiv.").submit()

    assert silent.errors == ["Write what you have seen, or why you refuse."]
    assert done.banner == "Asociația Pietonii is verified."
    assert database.read(organisation_of, pending.id).is_verified
    assert database.read(lambda db: db.scalars(select(RecordedEvent.type)).all()) == ["organisation.verified"]
    assert "Am văzut actul constitutiv." in reader.get(f"/en/birou/organizatii/{pending.id}").text


def test_an_official_refuses_an_organisation_with_a_note(
    reader: Reader, contact: Actor, pending: Organisation, database: Database
) -> None:
    papers = reader.sign_in(contact).get(f"/en/birou/organizatii/{pending.id}")

    papers.form("Refuse").fill(note="Codul fiscal e al altcuiva.").submit()

    assert database.read(organisation_of, pending.id).standing is Standing.REFUSED


def test_of_two_officials_who_decide_the_second_is_told(
    reader: Reader, contact: Actor, pending: Organisation, database: Database
) -> None:
    form = reader.sign_in(contact).get(f"/en/birou/organizatii/{pending.id}").form("Refuse")
    reader.get(f"/en/birou/organizatii/{pending.id}").form("Verify").fill(note="Văzut.").submit()

    page = form.fill(note="Nu.").submit(status=422)

    assert page.errors[0].startswith("This was decided on")
    assert database.read(organisation_of, pending.id).is_verified


@pytest.mark.parametrize("role", [Role.CLERK, Role.APPROVER, Role.DEPARTMENT_MEMBER, Role.MODERATOR])
def test_other_officials_see_the_papers_and_decide_nothing(
    reader: Reader, database: Database, authority: Authority, pending: Organisation, role: Role
) -> None:
    reader.sign_in(database.act(an_official, authority, role))
    papers = reader.get(f"/en/birou/organizatii/{pending.id}")

    assert papers.html.select("main form") == []
    content = {"decision": "verify", "note": "Văzut.", "key": "k" * 22}
    reader.post(f"/en/birou/organizatii/{pending.id}", data=content, status=403)
    assert database.read(organisation_of, pending.id).standing is Standing.PENDING


def test_an_organisation_of_another_town_does_not_exist_here(
    reader: Reader, contact: Actor, database: Database
) -> None:
    def elsewhere(db: Session) -> Organisation:
        founder = a_citizen(db)
        organisation = OrganisationFactory.build(
            authority_id=an_authority(db).id,
            created_by=founder.person_id,
            decided_by=None,
            decided_at=None,
            standing=Standing.PENDING,
        )
        return added(db, organisation)

    other = database.act(elsewhere)
    reader.sign_in(contact)

    reader.get(f"/birou/organizatii/{other.id}", status=404)
    content = {"decision": "verify", "note": "Văzut.", "key": "k" * 22}
    reader.post(f"/birou/organizatii/{other.id}", data=content, status=404)


@pytest.mark.parametrize("path", ["/birou/organizatii", "/birou/organizatii/1", "/birou/oameni", "/birou/participanti"])
def test_to_whoever_is_no_official_the_desk_does_not_exist(reader: Reader, database: Database, path: str) -> None:
    reader.sign_in(database.act(a_citizen))

    reader.get(path, status=404)


def test_an_official_whose_session_has_one_factor_is_not_at_the_desk(reader: Reader, contact: Actor) -> None:
    reader.sign_in(contact, certainty=Certainty.ONE_FACTOR)

    assert reader.get("/en/birou/organizatii").heading == "Sign in in two steps"


def test_an_administrator_invites_somebody_who_becomes_an_official(
    reader: Reader, administrator: Actor, authority: Authority, mailboxes: Mailboxes, database: Database
) -> None:
    people = reader.sign_in(administrator).get("/en/birou/oameni")
    nobody = people.form("Send the invitation").fill(email="dan@primaria.example").submit(status=422)
    sent = nobody.form("Send the invitation").fill(roles=["clerk", "approver"]).submit()
    link = mailboxes.last_link("dan@primaria.example")
    reader.sign_out()

    offer = reader.get(f"/en{link}")
    short = offer.form("Accept the office").fill(name="Dan Rus", password="râul și malul").submit(status=422)
    accepted = short.form("Accept the office").fill(name="Dan Rus", password=LONG).submit()
    signed_in = sign_in(reader, "dan@primaria.example", password=LONG)

    assert nobody.errors == ["Choose at least one role."]
    assert sent.texts('td[data-label="E-mail address"]') == ["dan@primaria.example"]
    assert "Ioana Marin offers it to dan@primaria.example." in offer.text
    assert short.errors == ["Choose a password of at least 15 characters; a sentence of several words is best."]
    assert accepted.banner == "You are an official now. Sign in."
    assert signed_in.heading == "Sign in in two steps"
    person = database.read(person_by_email, "dan@primaria.example")
    assert person is not None
    assert database.read(roles_of, person.id, authority.id) == {Role.CLERK, Role.APPROVER}
    reader.get(link, status=410)


def test_an_administrator_changes_roles_but_never_their_own(
    reader: Reader, administrator: Actor, contact: Actor, authority: Authority, database: Database
) -> None:
    reader.sign_in(administrator)
    page = reader.get("/en/birou/oameni").follow("Vasile Dinu")
    assert page.form("Change the roles").values["roles"] == ["contact_person"]

    changed = page.form("Change the roles").fill(roles=["clerk", "contact_person"]).submit()

    assert changed.banner == "The roles of Vasile Dinu are changed."
    assert database.read(roles_of, contact.person_id, authority.id) == {Role.CLERK, Role.CONTACT_PERSON}
    own = f"/en/birou/oameni/{administrator.person_id}"
    assert reader.get(own).html.select("main form") == []
    reader.post(own, data={"roles": ["approver"]}, status=403)
    assert database.read(roles_of, administrator.person_id, authority.id) == {Role.ADMINISTRATOR}


def test_an_official_without_roles_is_none_any_more(
    reader: Reader, administrator: Actor, contact: Actor, authority: Authority, database: Database
) -> None:
    page = reader.sign_in(administrator).get(f"/en/birou/oameni/{contact.person_id}")

    page.form("Change the roles").fill(roles=[]).submit()

    assert database.read(roles_of, contact.person_id, authority.id) == frozenset()
    reader.get(f"/en/birou/oameni/{contact.person_id}", status=404)


def test_an_administrator_helps_who_lost_the_telephone_and_closes_the_account_of_who_left(
    reader: Reader, administrator: Actor, contact: Actor, database: Database, connect
) -> None:
    connect(contact.person_id)
    page = reader.sign_in(administrator).get(f"/en/birou/oameni/{contact.person_id}")

    reset = page.form("Let them set it up anew").submit()
    assert reset.banner == "Vasile Dinu sets up the second step anew at the next sign-in."
    assert not database.read(is_enrolled, contact.person_id)

    page.form("Close the account").submit()
    assert database.read(lambda db: db.get_one(Person, contact.person_id).is_disabled)


@pytest.mark.parametrize("path", ["", "/al-doilea-pas", "/inchide"])
def test_only_administrators_manage_officials(
    reader: Reader, administrator: Actor, contact: Actor, database: Database, authority: Authority, path: str
) -> None:
    reader.sign_in(contact)
    listed = reader.get("/en/birou/oameni")

    assert "Ioana Marin" in listed.text
    assert listed.html.select("main form") == []
    reader.post(f"/en/birou/oameni/{administrator.person_id}{path}", data={"key": "k" * 22}, status=403)
    reader.post("/en/birou/oameni", data={"email": "x@y.ro", "roles": "clerk", "key": "k" * 22}, status=403)
    assert database.read(roles_of, administrator.person_id, authority.id) == {Role.ADMINISTRATOR}


def test_a_resident_is_verified_at_the_counter(
    reader: Reader, contact: Actor, citizen: Person, database: Database
) -> None:
    listed = reader.sign_in(contact).get("/en/birou/organizatii")
    form = listed.follow("Verify a participant").form("Verify")

    unseen = form.fill(email="ana@example.ro").submit(status=422)
    unknown = unseen.form("Verify").fill(email="nimeni@example.ro", seen=True).submit(status=422)
    done = unknown.form("Verify").fill(email="Ana@example.ro", seen=True).submit()

    assert unseen.errors == ["Confirm that you have seen the proof."]
    assert unknown.errors == ["No participant has confirmed this address."]
    assert done.banner == "Ana@example.ro is a verified participant now."
    assert database.read(lambda db: db.get_one(Person, citizen.id).is_verified)


def test_a_moderator_verifies_no_resident(reader: Reader, database: Database, authority: Authority) -> None:
    reader.sign_in(database.act(an_official, authority, Role.MODERATOR))

    reader.get("/en/birou/participanti", status=403)
