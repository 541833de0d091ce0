"""Proposing a project: in its days, within the rules of its cycle, under a number without gaps."""

from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import select

from consult.budgeting.days import OutOfPhase
from consult.budgeting.phases import Phase
from consult.budgeting.project_drafts import (
    NothingWritten,
    find_project_draft,
    project_drafts_of,
    save_project_draft,
    send_project,
)
from consult.budgeting.project_lists import alike
from consult.budgeting.project_withdrawals import NotStanding, VotingBegan, withdraw_project
from consult.budgeting.projects import State, project_of, project_subject
from consult.budgeting.proposing import (
    CategoryUnknown,
    OverTheCeiling,
    PeopleOnly,
    PoolUnknown,
    ProposedAlready,
    TooManyProjects,
    submit_project,
)
from consult.jobs.jobs import Job
from consult.policy.voting_rules import Proposing
from consult.record.entries import history
from consult.refusals import NotFound, NotPermitted, Several
from tests.factories import NOW, a_citizen, a_member_of, an_announced_cycle, an_organisation
from tests.factories.budgeting import RULES
from tests.factories.people import an_authority
from tests.factories.projects import a_project, a_proposed

LATER = NOW + timedelta(days=40)


def rules(**proposing):
    return msgspec.structs.replace(RULES, proposing=Proposing(minimum_age=16, **proposing))


def test_a_project_gets_its_number_its_entry_and_its_letter(db):
    cycle = an_announced_cycle(db)

    first, second = a_project(db, cycle, title="Bănci la gară"), a_project(db, cycle)

    assert [first.number, second.number] == [1, 2]
    assert first.cost == first.asked_cost == 20_000_00
    [entry] = history(db, project_subject(project_of(db, first.id)))
    assert entry.event.stated["facts"]["pool"] == "centru"
    assert "Bănci" not in entry.event.entry.decode()
    assert "Bănci la gară" in str([job.facts for job in db.scalars(select(Job))])


def test_a_project_outside_its_days_is_refused(db):
    cycle = an_announced_cycle(db)

    with pytest.raises(OutOfPhase) as refused:
        a_project(db, cycle, at=LATER)

    assert refused.value.facts["last_day"] == (NOW + timedelta(days=18)).date()


def test_a_project_over_the_ceiling_of_its_pool_is_refused(db):
    with pytest.raises(OverTheCeiling):
        a_project(db, an_announced_cycle(db), costs="Pasarelă: 50.001")


def test_a_project_for_an_unknown_pool_and_category_is_refused_for_both(db):
    cycle = an_announced_cycle(db)
    proposed = a_proposed()
    elsewhere = type(proposed)(proposed.said, "alt-oras", "altceva")

    with pytest.raises(Several) as refused:
        submit_project(db, cycle.id, proposed=elsewhere, named=False, by=a_citizen(db), at=NOW)

    assert [type(part) for part in refused.value.parts] == [PoolUnknown, CategoryUnknown]


def test_an_author_proposes_no_more_than_the_rules_allow_and_one_taken_back_does_not_count(db):
    cycle, author = an_announced_cycle(db, rules=rules(most_per_author=1)), a_citizen(db)
    first = a_project(db, cycle, by=author)

    with pytest.raises(TooManyProjects):
        a_project(db, cycle, by=author)
    withdraw_project(db, first.id, by=author, at=NOW)

    assert a_project(db, cycle, by=author).number == 2


def test_an_organisation_proposes_only_where_the_rules_let_it(db):
    authority = an_authority(db)
    member = a_member_of(db, an_organisation(db, authority, name="Asociația Teilor"))
    cycle = an_announced_cycle(db, authority)
    people_only = an_announced_cycle(db, an_authority(db), rules=rules(organisations=False))

    project = project_of(db, a_project(db, cycle, by=member).id)

    assert project.author == "Asociația Teilor"
    with pytest.raises(PeopleOnly):
        a_project(db, people_only, by=member)


def test_the_same_words_are_received_once(db):
    cycle, author = an_announced_cycle(db), a_citizen(db)
    a_project(db, cycle, title="Bănci", by=author)

    with pytest.raises(ProposedAlready):
        a_project(db, cycle, title="Bănci", by=author)


def test_nobody_proposes_in_a_cycle_that_was_not_announced(db):
    cycle = an_announced_cycle(db)
    cycle.announced_at = cycle.pack_digest = cycle.rules_digest = None
    db.flush()

    with pytest.raises(NotFound):
        a_project(db, cycle)


def test_only_its_author_takes_a_project_back_and_once(db):
    cycle, author = an_announced_cycle(db), a_citizen(db)
    project = a_project(db, cycle, by=author)

    with pytest.raises(NotPermitted):
        withdraw_project(db, project.id, by=a_citizen(db), at=NOW)
    withdraw_project(db, project.id, by=author, at=NOW)

    assert project_of(db, project.id).state is State.WITHDRAWN
    with pytest.raises(NotStanding):
        withdraw_project(db, project.id, by=author, at=NOW)


def test_nothing_is_taken_back_once_people_vote(db):
    cycle, author = an_announced_cycle(db), a_citizen(db)
    project = a_project(db, cycle, by=author)

    with pytest.raises(VotingBegan):
        withdraw_project(db, project.id, by=author, at=NOW + timedelta(days=60))


def test_a_draft_is_its_writers_alone_and_gone_once_it_is_sent(db):
    cycle, author = an_announced_cycle(db), a_citizen(db)
    facts = {"proposed": a_proposed(costs="încă nu știu"), "named": False, "by": author, "at": NOW}
    draft = save_project_draft(db, cycle.id, begun=None, **facts)

    with pytest.raises(NotFound):
        find_project_draft(db, draft.id, a_citizen(db).person_id)
    again = save_project_draft(db, cycle.id, begun=draft.id, **facts)
    send_project(db, cycle.id, begun=draft.id, **facts | {"proposed": a_proposed()})

    assert again.id == draft.id
    assert project_drafts_of(db, author.person_id) == []


def test_a_draft_has_at_least_a_name(db):
    with pytest.raises(NothingWritten):
        save_project_draft(
            db,
            an_announced_cycle(db).id,
            proposed=a_proposed(title=""),
            named=False,
            begun=None,
            by=a_citizen(db),
            at=NOW,
        )


def test_who_proposes_what_was_proposed_already_is_shown_it(db):
    cycle = an_announced_cycle(db)
    trees = a_project(db, cycle, title="Copaci pe strada Gării")
    a_project(db, cycle, title="Pistă de biciclete", place="Bulevardul Unirii")

    found = alike(db, cycle, "Copaci noi pe strada gării", "lângă piață")

    assert [each.id for each in found] == [trees.id]


def test_the_phases_of_a_project_follow_each_other(db):
    cycle = an_announced_cycle(db, phase=Phase.VOTING)

    with pytest.raises(OutOfPhase):
        a_project(db, cycle)
