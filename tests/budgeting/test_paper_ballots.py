"""Ballots on paper: printed, given, typed twice from the box, listed by two officials, and counted with the others."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from consult.budgeting.ballots import VoteClosed
from consult.budgeting.choices import TooManyPools
from consult.budgeting.closing import close_election, end_of, note_destruction
from consult.budgeting.codes import CodeMistyped, grouped
from consult.budgeting.opened import open_ballots
from consult.budgeting.paper_ballots import (
    NoneLeft,
    NotOnPaper,
    NotPrintedHere,
    PaperGiven,
    TooManySheets,
    count_sheets,
    give_sheet,
    print_sheets,
    spoil_sheet,
)
from consult.budgeting.paper_counts import (
    MoreThanGiven,
    NothingListed,
    PaperListed,
    PaperNotListed,
    PaperOpen,
    UnusedDiffers,
    confirm_list,
    list_ballots,
    return_list,
)
from consult.budgeting.paper_entries import BoxNotOpen, SpoiledSheet, Standing, TypedAlike, enter_ballot
from consult.budgeting.paper_listing import Invalidity, read_listing
from consult.budgeting.results import confirm_results, count_votes
from consult.budgeting.voter_identity import TooYoung
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.identity.permissions import NeedsOtherEyes
from consult.identity.vault import Vault
from consult.policy.voting_rules import Link
from consult.record.entries import RecordedEvent
from consult.record.openings import election_file
from consult.refusals import NotPermitted
from tests.factories import an_authority, an_official
from tests.factories.base import NOW
from tests.factories.elections import an_open_vote, voted, with_rules

VAULT = Vault(b"k" * 32)
BORN = date(1961, 5, 4)


class Desk:
    """A vote on paper, with two clerks and an approver."""

    def __init__(self, db, keys, **changed):
        self.db = db
        authority = an_authority(db)
        self.vote = an_open_vote(db, keys, authority=authority, rules=with_rules(**{"on_paper": True} | changed))
        self.cycle_id = self.vote.cycle_id
        authority = db.get_one(Authority, authority.id)
        self.one, self.other = (an_official(db, authority, Role.CLERK) for _ in range(2))
        self.approver = an_official(db, authority, Role.APPROVER)
        self.moderator = an_official(db, authority, Role.MODERATOR)
        self.end = end_of(db, self.cycle_id)

    def print(self, count=3, form="form", **facts):
        return print_sheets(self.db, self.cycle_id, count, form, **{"vault": VAULT, "by": self.one, "at": NOW} | facts)

    def give(self, name="Ion Rusu", born=BORN, link=Link.DOMICILE, **facts):
        facts = {"vault": VAULT, "by": self.one, "at": NOW} | facts
        return give_sheet(self.db, self.cycle_id, name, born, link, **facts)

    def spoil(self, number):
        spoil_sheet(self.db, self.cycle_id, number, vault=VAULT, by=self.one, at=NOW)

    def close(self):
        close_election(self.db, self.cycle_id, self.vote.key, at=self.end)

    def type(self, number, choices=None, invalid=None, *, by=None):
        by = by or self.one
        return enter_ballot(self.db, self.cycle_id, number, choices or {}, invalid, vault=VAULT, by=by, at=self.end)

    def type_twice(self, number, choices=None, invalid=None):
        self.type(number, choices, invalid)
        return self.type(number, choices, invalid, by=self.other)

    def list(self, unused, why="", *, by=None):
        return list_ballots(self.db, self.cycle_id, unused, why, by=by or self.one, at=self.end)

    def confirm(self):
        return confirm_list(self.db, self.cycle_id, by=self.approver, at=self.end)


@pytest.fixture
def desk(db, tmp_path):
    return Desk(db, tmp_path)


def test_one_person_is_given_one_ballot_however_the_name_is_written(desk):
    desk.print()
    desk.give("Ștefan Popa-Ionescu")

    with pytest.raises(PaperGiven):
        desk.give("POPA IONESCU Stefan")
    desk.give("Ștefan Popa-Ionescu", born=date(1990, 1, 1))

    assert count_sheets(desk.db, desk.cycle_id).left == 1


def test_who_is_too_young_is_given_none(db, tmp_path):
    desk = Desk(db, tmp_path)
    desk.print()

    with pytest.raises(TooYoung):
        desk.give(born=date(2020, 1, 1))


def test_no_more_are_given_than_were_printed_and_one_handed_back_counts_among_them(desk):
    number, _, _ = desk.print(3)
    desk.give("Ana Pop")
    desk.spoil(number)
    desk.give("Dan Pop")

    with pytest.raises(NoneLeft):
        desk.give("Eva Pop")
    desk.spoil(number)
    assert count_sheets(desk.db, desk.cycle_id).spoiled == 1


def test_a_form_that_is_sent_again_prints_the_same_numbers(desk):
    first = desk.print(3)

    assert desk.print(3) == first
    assert desk.print(3, form="another") != first
    assert count_sheets(desk.db, desk.cycle_id).printed == 6


def test_nothing_is_printed_or_given_where_the_rules_know_no_paper_nor_after_the_end(db, tmp_path, desk):
    other = Desk(db, tmp_path / "other", on_paper=False)

    with pytest.raises(NotOnPaper):
        other.print()
    with pytest.raises(VoteClosed):
        desk.print(at=desk.end)
    with pytest.raises(TooManySheets):
        desk.print(201)
    with pytest.raises(NotPermitted):
        desk.print(by=desk.moderator)


def test_nothing_is_typed_while_people_vote(desk):
    (number,) = desk.print(1)

    with pytest.raises(BoxNotOpen):
        desk.type(number, {"1": 1})


def test_a_ballot_stands_once_two_officials_read_it_alike(desk):
    (number,) = desk.print(1)
    desk.give()
    desk.close()

    assert desk.type(grouped(number).lower(), {"1": 1}).standing is Standing.ONCE
    assert desk.type(number, {"1": 1, "2": 1}).standing is Standing.ONCE
    differs = desk.type(number, {"1": 1, "3": 1}, by=desk.other)
    assert differs.standing is Standing.DIFFERS
    assert differs.disputed == ["2", "3"]
    assert desk.type(number, {"1": 1, "3": 1}).standing is Standing.ALIKE
    with pytest.raises(TypedAlike):
        desk.type(number, {"1": 1})


def test_a_number_that_was_never_printed_is_refused_and_a_slip_is_told_from_it(desk):
    number, spoiled = desk.print(2)
    desk.spoil(spoiled)
    desk.close()

    with pytest.raises(CodeMistyped):
        desk.type(number[:-1] + ("0" if number[-1] != "0" else "1"), {"1": 1})
    with pytest.raises(NotPrintedHere):
        desk.type("0000-0000-00001", {"1": 1})
    with pytest.raises(SpoiledSheet):
        desk.type(spoiled, {"1": 1})


def test_a_ballot_that_breaks_the_rules_is_typed_as_invalid_with_its_reason(desk):
    (number,) = desk.print(1)
    desk.give()
    desk.close()

    with pytest.raises(TooManyPools):
        desk.type(number, {"3": 1, "5": 1})
    assert desk.type_twice(number, invalid=Invalidity.RULES).standing is Standing.ALIKE


def test_the_list_waits_until_every_ballot_was_read_alike_and_adds_up(desk):
    numbers = desk.print(4)
    desk.give("Ana Pop")
    desk.close()
    desk.type(numbers[0], {"1": 1})

    with pytest.raises(PaperOpen):
        desk.list(3)
    desk.type(numbers[0], {"1": 1}, by=desk.other)
    with pytest.raises(UnusedDiffers):
        desk.list(2)
    desk.type_twice(numbers[1], {"1": 1})
    with pytest.raises(MoreThanGiven):
        desk.list(3)


def test_a_second_official_publishes_the_list_and_only_then_are_the_other_ballots_opened(desk):
    voted(desk.db, desk.vote, {"2": 1})
    numbers = desk.print(3)
    desk.give("Ana Pop")
    desk.give("Dan Pop")
    desk.close()
    note_destruction(desk.db, desk.cycle_id, at=desk.end)
    desk.type_twice(numbers[0], {"1": 1})
    desk.type_twice(numbers[1], invalid=Invalidity.BLANK)

    with pytest.raises(PaperNotListed):
        open_ballots(desk.db, desk.cycle_id, *desk.vote.parts[:2], at=desk.end)
    with pytest.raises(NothingListed):
        desk.confirm()
    desk.list(0, "one sheet blew away")
    with pytest.raises(PaperListed):
        desk.list(1)
    with pytest.raises(NotPermitted):
        confirm_list(desk.db, desk.cycle_id, by=desk.other, at=desk.end)
    count = desk.confirm()

    (event,) = desk.db.scalars(select(RecordedEvent).where(RecordedEvent.type == "paper_ballots.listed"))
    facts = event.stated["facts"]
    assert (facts["valid"], facts["invalid"], facts["printed"], facts["given"]) == (1, 1, 3, 2)
    assert facts["why"] == "one sheet blew away"
    listed = read_listing(election_file(desk.db, count.listing))
    assert {ballot.number: ballot.invalid for ballot in listed} == {numbers[0]: None, numbers[1]: Invalidity.BLANK}
    open_ballots(desk.db, desk.cycle_id, *desk.vote.parts[:2], at=desk.end)
    with pytest.raises(BoxNotOpen):
        desk.type(numbers[2], {"1": 1})


def test_whoever_made_the_list_does_not_confirm_it_and_it_can_be_sent_back(desk):
    both = an_official(desk.db, desk.db.get_one(Authority, desk.one.authority_id), Role.CLERK, Role.APPROVER)
    desk.close()
    desk.list(0, by=both)

    with pytest.raises(NeedsOtherEyes):
        confirm_list(desk.db, desk.cycle_id, by=both, at=desk.end)
    return_list(desk.db, desk.cycle_id, by=desk.approver, at=desk.end)
    desk.list(0)
    desk.confirm()


def test_ballots_on_paper_are_counted_with_the_others_and_told_apart_in_the_result(desk):
    voted(desk.db, desk.vote, {"2": 1})
    numbers = desk.print(2)
    desk.give("Ana Pop")
    desk.give("Dan Pop")
    desk.close()
    note_destruction(desk.db, desk.cycle_id, at=desk.end)
    for number in numbers:
        desk.type_twice(number, {"1": 1})
    desk.list(0)
    desk.confirm()
    open_ballots(desk.db, desk.cycle_id, *desk.vote.parts[:2], at=desk.end + timedelta(hours=1))

    count_votes(desk.db, desk.cycle_id, by=desk.one, at=desk.end)
    result = confirm_results(desk.db, desk.cycle_id, by=desk.approver, at=desk.end)

    stated = election_file(desk.db, result.digest)
    assert b'"ballots":3,"channels":{"online":1,"paper":2,"paper_invalid":0}' in stated
    assert b'"voters":{"online":1,"paper":2}' in stated
