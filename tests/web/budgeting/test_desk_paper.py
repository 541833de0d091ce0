"""Ballots on paper at the desk: printed, given and handed back while people vote; typed, listed and counted after."""

import pytest

from consult import links
from consult.budgeting.closing import close_election, end_of, note_destruction
from consult.budgeting.paper_ballots import print_sheets
from consult.identity.actors import acting_as_official
from consult.identity.offices import Role
from consult.identity.vault import Vault
from tests.factories import an_official
from tests.factories.base import NOW
from tests.factories.elections import an_open_vote, with_rules

DESK = "/en" + links.desk_budget(2027, "hartie")
BOX = "/en" + links.desk_budget(2027, "urna")
WHO = {"name": "Ion Rusu", "born": "1961-05-04", "link": "domicile", "seen": True}


@pytest.fixture
def vote(database, settings, authority):
    return database.act(an_open_vote, settings.keys, authority=authority, rules=with_rules(on_paper=True))


@pytest.fixture
def official(database, authority, vote):
    def appoint(*roles):
        person_id = database.act(an_official, authority, *roles).person_id
        return database.read(acting_as_official, person_id, authority.id)

    return appoint


def download(reader, key):
    return reader.ask("POST", DESK + "/tipar", data={"key": key, "count": "2"})


def closed(db, vote):
    close_election(db, vote.cycle_id, vote.key, at=end_of(db, vote.cycle_id))
    note_destruction(db, vote.cycle_id, at=end_of(db, vote.cycle_id))


def test_ballots_are_printed_as_a_file_and_a_resend_prints_the_same(reader, database, vote, official):
    form = reader.sign_in(official(Role.CLERK)).get(DESK).select("form[action$=tipar] input[name=key]")

    first, again = (download(reader, form["value"]) for _ in range(2))

    assert first.content.startswith(b"%PDF")
    assert first.content == again.content
    assert "Printed 2" in " ".join(reader.get(DESK).text.split())


def test_somebody_is_given_a_ballot_once(reader, database, vote, official):
    page = reader.sign_in(official(Role.CLERK)).get(DESK)
    download(reader, page.select("form[action$=tipar] input[name=key]")["value"])

    given = reader.get(DESK).form("Note that they are given a ballot").fill(**WHO).submit()
    again = reader.get(DESK).form("Note that they are given a ballot").fill(**WHO).submit(status=422)
    young = reader.get(DESK).form("Note that they are given a ballot").fill(**WHO | {"born": "2020-01-01"})

    assert given.banner == "Give them one ballot from the pile, without looking at its number."
    assert again.errors == ["Somebody of this name and birth date was given a ballot on paper already."]
    assert "one votes from the age of" in young.submit(status=422).errors[0]


def test_a_ballot_is_handed_back_by_its_number(reader, database, vote, official, settings):
    page = reader.sign_in(official(Role.CLERK)).get(DESK)
    download(reader, page.select("form[action$=tipar] input[name=key]")["value"])

    slip = reader.get(DESK).form("It counts no more").fill(number="AAAA-AAAA-AAAAA").submit(status=422)
    unknown = reader.get(DESK).form("It counts no more").fill(number="0000-0000-00001").submit(status=422)

    assert "a slip in it" in slip.errors[0]
    assert unknown.errors == ["No ballot of this cycle has this number."]


def test_two_officials_type_each_ballot_and_two_publish_the_list(reader, database, settings, vote, official):
    one, other, approver = official(Role.CLERK), official(Role.CLERK), official(Role.APPROVER)
    (number,) = database.act(printed, vote, one, Vault.read(settings.keys))
    reader.sign_in(one).get(DESK).form("Note that they are given a ballot").fill(**WHO).submit()
    reader.get(BOX, status=404)
    database.act(closed, vote)

    wrong = reader.get(BOX).form("Note this ballot").fill(number=number, choices="3, 5").submit(status=422)
    unread = reader.get(BOX).form("Note this ballot").fill(number=number, choices="three").submit(status=422)
    typed = reader.get(BOX).form("Note this ballot").fill(number=number, choices="1 2").submit()
    early = reader.get(BOX).form("Everything is typed").fill(unused="0").submit(status=422)
    reader.sign_in(other).get(BOX).form("Note this ballot").fill(number=number, choices="1").submit()
    differs = reader.get(BOX)
    reader.sign_in(one).get(BOX).form("Note this ballot").fill(number=number, choices="1").submit()
    reader.get(BOX).form("Everything is typed").fill(unused="0").submit()
    listed = reader.sign_in(approver).get(BOX).form("Confirm and publish").fill(compared=True).submit()

    assert "at most 1 of these areas" in wrong.errors[0]
    assert unread.errors == ["“three” is not the number of a project. Write the numbers one after another: 3, 7, 12."]
    assert typed.banner == "Noted. Type the next one."
    assert early.errors == ["Ballots that two officials have not typed alike yet: 1."]
    assert "not alike" in differs.text
    assert listed.banner == "The list of ballots on paper is public and in the record."


def test_the_second_official_does_not_see_what_the_first_one_typed(reader, database, settings, vote, official):
    one, other = official(Role.CLERK), official(Role.CLERK)
    (number,) = database.act(printed, vote, one, Vault.read(settings.keys))
    database.act(closed, vote)
    reader.sign_in(one).get(BOX).form("Note this ballot").fill(number=number, invalid="signed").submit()

    seen = reader.sign_in(other).get(BOX)

    assert "waits for a second official" in seen.text
    assert seen.text.count("Something on it tells whose it is") == 1  # the choice in the form


def test_a_cycle_without_paper_has_no_such_page(reader, database, settings, authority, official):
    reader.sign_in(official(Role.MODERATOR)).get(DESK, status=403)


def printed(db, vote, by, vault):
    return print_sheets(db, vote.cycle_id, 1, "form", vault=vault, by=by, at=NOW)
