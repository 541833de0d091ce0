"""A cycle from its rule pack to its announcement, and what can be changed after it: days, later, with a reason."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from sqlalchemy.orm import Session

from consult.budgeting.announcing import (
    CycleNotComplete,
    NothingSaid,
    NotSent,
    ReadAnother,
    announce_cycle,
    parts_of,
    return_cycle,
    send_cycle,
    steps_to_announcement,
)
from consult.budgeting.cycles import announced_cycles, pools_of
from consult.budgeting.phase_moves import (
    MeetsTheNext,
    NotAnnounced,
    NothingMoved,
    PhaseHasBegun,
    PhaseIsOver,
    PhaseShortened,
    WhyMoved,
    move_phase,
    moves_of,
)
from consult.budgeting.phases import Phase, phases_of
from consult.budgeting.planning import (
    AnnouncedAlready,
    CycleEditedMeanwhile,
    CyclePlan,
    EndsBeforeItBegins,
    PoolPlan,
    RulesContradict,
    SameName,
    YearTaken,
    create_cycle,
    edit_cycle,
    rules_of,
)
from consult.i18n import ZONE
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.identity.permissions import NeedsApprover, NeedsOtherEyes
from consult.money import Bani
from consult.policy.reading import NoSuchPack
from consult.policy.voting_packs import find_voting_pack, freeze_part
from consult.policy.voting_rules import BallotForm, Marks, PoolKind
from consult.record.entries import history
from consult.record.packs import pack
from tests.factories import NOW, an_announced_cycle, an_authority, an_official
from tests.factories.budgeting import RULES, a_cycle_being_written, a_plan

TODAY = NOW.astimezone(ZONE).date()
DAY = timedelta(days=1)


def test_a_cycle_begins_with_the_rules_of_its_pack_and_without_announcing_anything(db: Session) -> None:
    authority = an_authority(db)

    cycle = create_cycle(
        db, authority.id, year=2027, pack="budgeting/timisoara", by=an_official(db, authority, Role.CLERK), at=NOW
    )

    assert rules_of(cycle) == find_voting_pack("budgeting/timisoara").rules
    assert announced_cycles(db, authority.id) == []
    assert history(db, f"consult:{authority.slug}/buget/2027") == []


def test_a_year_has_one_cycle_and_a_pack_must_be_there(db: Session) -> None:
    authority = an_authority(db)
    clerk = an_official(db, authority, Role.CLERK)
    create_cycle(db, authority.id, year=2027, pack="budgeting/brasov", by=clerk, at=NOW)

    with pytest.raises(YearTaken):
        create_cycle(db, authority.id, year=2027, pack="budgeting/oradea", by=clerk, at=NOW)
    with pytest.raises(NoSuchPack):
        create_cycle(db, authority.id, year=2028, pack="budgeting/nicaieri", by=clerk, at=NOW)


def test_what_was_announced_is_fixed_and_can_be_read_byte_for_byte_under_its_hash(db: Session) -> None:
    cycle = an_announced_cycle(db)

    (entry,) = history(db, cycle.subject)

    facts = entry.event.stated["facts"]
    assert facts["rules"] == cycle.rules_digest == freeze_part(RULES).digest
    assert pack(db, facts["rules"]) == freeze_part(rules_of(cycle)).content
    assert pack(db, facts["pack"]) == freeze_part(find_voting_pack("budgeting/timisoara")).content
    assert [(pool["key"], pool["amount"]) for pool in facts["pools"]] == [
        ("tot-orasul", 10_000_000),
        ("centru", 10_000_000),
        ("gara", 10_000_000),
    ]
    assert [each["phase"] for each in facts["phases"]] == list(Phase)
    clerk = an_official(db, db.get_one(Authority, cycle.authority_id), Role.CLERK)
    with pytest.raises(AnnouncedAlready):
        edit_cycle(db, cycle.id, plan=a_plan(TODAY), edition=cycle.edition, by=clerk, at=NOW)


def test_nobody_announces_what_they_wrote_nor_without_being_an_approver(db: Session) -> None:
    authority = an_authority(db)
    clerk = an_official(db, authority, Role.CLERK)
    both = an_official(db, authority, Role.CLERK, Role.APPROVER)
    cycle = a_cycle_being_written(db, authority, both, a_plan(TODAY))
    send_cycle(db, cycle.id, by=both, at=NOW)

    with pytest.raises(NeedsOtherEyes):
        announce_cycle(db, cycle.id, edition=2, by=both, at=NOW)
    with pytest.raises(NeedsApprover):
        announce_cycle(db, cycle.id, edition=2, by=clerk, at=NOW)


def test_what_is_announced_is_what_was_read(db: Session) -> None:
    authority = an_authority(db)
    clerk, approver = an_official(db, authority, Role.CLERK), an_official(db, authority, Role.APPROVER)
    cycle = a_cycle_being_written(db, authority, clerk, a_plan(TODAY))
    send_cycle(db, cycle.id, by=clerk, at=NOW)
    edit_cycle(db, cycle.id, plan=a_plan(TODAY, districts=("Centru",)), edition=2, by=clerk, at=NOW)

    with pytest.raises(NotSent):
        announce_cycle(db, cycle.id, edition=2, by=approver, at=NOW)
    send_cycle(db, cycle.id, by=clerk, at=NOW)
    with pytest.raises(ReadAnother):
        announce_cycle(db, cycle.id, edition=2, by=approver, at=NOW)

    assert announce_cycle(db, cycle.id, edition=3, by=approver, at=NOW).is_public
    assert [pool.name for pool in pools_of(db, cycle.id)] == ["Tot orașul", "Centru"]


def test_a_second_official_sends_it_back_with_a_note(db: Session) -> None:
    authority = an_authority(db)
    clerk, approver = an_official(db, authority, Role.CLERK), an_official(db, authority, Role.APPROVER)
    cycle = a_cycle_being_written(db, authority, clerk, a_plan(TODAY))
    send_cycle(db, cycle.id, by=clerk, at=NOW)

    with pytest.raises(NothingSaid):
        return_cycle(db, cycle.id, note=" ", by=approver, at=NOW)
    return_cycle(db, cycle.id, note="Suma din Centru este alta.", by=approver, at=NOW)

    assert (cycle.sent_at, cycle.returned_note) == (None, "Suma din Centru este alta.")


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"rules": msgspec.structs.replace(RULES, tie=None)}, "Who wins between equals"),
        ({"title": ""}, "A title"),
        ({"regulation": ""}, "The council's decision"),
        ({"pools": ()}, "Money in every kind of pool that people vote on"),
        (
            {
                "pools": (
                    PoolPlan("Oraș", PoolKind.CITY, Bani(100), Bani(200)),
                    PoolPlan("Gară", PoolKind.DISTRICT, Bani(100)),
                )
            },
            "No project dearer than its pool",
        ),
        ({"phases": {Phase.VOTING: (TODAY, TODAY + DAY)}}, "The days of every phase"),
        (
            {"rules": msgspec.structs.replace(RULES, ballot=BallotForm.ONE_PER_CATEGORY), "categories": ("Mediu",)},
            "At least two domains, since people vote in each",
        ),
        (
            {"phases": dict(a_plan(TODAY).phases) | {Phase.REVIEW: (TODAY, TODAY + DAY)}},
            "Each phase begins after the one before it has ended",
        ),
        ({"phases": a_plan(TODAY - 30 * DAY).phases}, "Proposals begin today or later"),
    ],
)
def test_a_cycle_without_something_cannot_be_announced(db: Session, changed: dict[str, object], missing: str) -> None:
    authority = an_authority(db)
    clerk = an_official(db, authority, Role.CLERK)
    cycle = a_cycle_being_written(db, authority, clerk, replace(a_plan(TODAY), **changed))  # type: ignore[arg-type]

    with pytest.raises(CycleNotComplete):
        send_cycle(db, cycle.id, by=clerk, at=NOW)

    steps = steps_to_announcement(cycle, rules_of(cycle), parts_of(db, cycle.id), NOW)
    assert missing in [step.words for step in steps if not step.is_done]


@pytest.mark.parametrize(
    ("plan", "refusal"),
    [
        (replace(a_plan(TODAY), categories=("Mediu", "mediu")), SameName),
        (replace(a_plan(TODAY), phases={Phase.VOTING: (TODAY, TODAY - DAY)}), EndsBeforeItBegins),
        (
            a_plan(TODAY, rules=msgspec.structs.replace(RULES, marks=(Marks(kind=PoolKind.CITY, least=4, most=3),))),
            RulesContradict,
        ),
    ],
)
def test_what_cannot_be_right_is_not_saved(db: Session, plan: CyclePlan, refusal: type[Exception]) -> None:
    authority = an_authority(db)
    clerk = an_official(db, authority, Role.CLERK)

    with pytest.raises(refusal):
        a_cycle_being_written(db, authority, clerk, plan)


def test_a_second_clerk_is_told_of_the_first(db: Session) -> None:
    authority = an_authority(db)
    clerk = an_official(db, authority, Role.CLERK, name="Ioana Marin")
    cycle = a_cycle_being_written(db, authority, clerk, a_plan(TODAY))

    with pytest.raises(CycleEditedMeanwhile) as refused:
        edit_cycle(db, cycle.id, plan=a_plan(TODAY), edition=1, by=clerk, at=NOW)

    assert refused.value.facts == {"name": "Ioana Marin"}


def test_days_are_moved_later_with_a_reason_and_the_old_ones_stay_to_be_seen(db: Session) -> None:
    cycle = an_announced_cycle(db, phase=Phase.SUBMISSION)
    voting = next(each for each in phases_of(db, cycle.id) if each.phase is Phase.IMPLEMENTATION)
    first = voting.starts_at.astimezone(ZONE).date()
    leader = an_official(db, db.get_one(Authority, cycle.authority_id), Role.CONTACT_PERSON)

    move_phase(
        db,
        cycle.id,
        phase=Phase.IMPLEMENTATION,
        first=first + DAY,
        last=first + 60 * DAY,
        reason="Bugetul s-a votat mai târziu.",
        by=leader,
        at=NOW,
    )

    (move,) = moves_of(db, cycle.id)
    assert (move.started_at.astimezone(ZONE).date(), move.starts_at.astimezone(ZONE).date()) == (first, first + DAY)
    entry = history(db, cycle.subject)[-1]
    assert entry.event.type == "cycle.phase_moved"
    assert entry.event.stated["facts"]["reason"] == "Bugetul s-a votat mai târziu."


@pytest.mark.parametrize(
    ("phase", "first", "last", "reason", "refusal"),
    [
        (Phase.VOTING, 0, 5, "", WhyMoved),
        (Phase.APPEALS, 0, 25, "Pană de curent.", PhaseIsOver),
        (Phase.VOTING, 1, 19, "Pană de curent.", PhaseHasBegun),
        (Phase.VOTING, 0, 10, "Pană de curent.", PhaseShortened),
        (Phase.CHALLENGES, -1, 19, "Pană de curent.", PhaseShortened),
        (Phase.VOTING, 0, 19, "Pană de curent.", NothingMoved),
        (Phase.VOTING, 0, 21, "Pană de curent.", MeetsTheNext),
    ],
)
def test_no_promised_day_is_taken_back(
    db: Session, phase: Phase, first: int, last: int, reason: str, refusal: type[Exception]
) -> None:
    cycle = an_announced_cycle(db, phase=Phase.VOTING)
    moved = next(each for each in phases_of(db, cycle.id) if each.phase is phase)
    begins = moved.starts_at.astimezone(ZONE).date()
    leader = an_official(db, db.get_one(Authority, cycle.authority_id), Role.APPROVER)

    with pytest.raises(refusal):
        move_phase(
            db, cycle.id, phase=phase, first=begins + first * DAY, last=begins + last * DAY, reason=reason, by=leader,
            at=NOW,
        )  # fmt: skip


def test_the_days_of_a_cycle_that_nobody_announced_are_not_moved_but_changed(db: Session) -> None:
    authority = an_authority(db)
    cycle = a_cycle_being_written(db, authority, an_official(db, authority, Role.CLERK), a_plan(TODAY))

    with pytest.raises(NotAnnounced):
        move_phase(
            db,
            cycle.id,
            phase=Phase.VOTING,
            first=TODAY,
            last=TODAY,
            reason="Pană.",
            by=an_official(db, authority, Role.APPROVER),
            at=NOW,
        )
