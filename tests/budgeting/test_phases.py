"""The phases of a cycle, by their days."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult.budgeting.cycles import categories_of, find_announced, pools_of
from consult.budgeting.phases import Phase, is_on, phases_of
from consult.identity.authorities import AuthorityId
from consult.refusals import NotFound
from tests.factories import NOW, an_announced_cycle


@pytest.mark.parametrize("phase", list(Phase))
def test_a_cycle_is_in_the_phase_whose_days_these_are(db: Session, phase: Phase) -> None:
    cycle = an_announced_cycle(db, phase=phase)

    assert [each for each in Phase if is_on(db, cycle.id, each, NOW)] == [phase]


def test_a_phase_ends_with_its_last_instant(db: Session) -> None:
    cycle = an_announced_cycle(db, phase=Phase.VOTING)

    voting = next(each for each in phases_of(db, cycle.id) if each.phase is Phase.VOTING)

    assert voting.is_on_at(voting.ends_at - timedelta(microseconds=1))
    assert not voting.is_on_at(voting.ends_at)


def test_a_cycle_is_found_by_its_year_with_its_money_and_its_domains_in_order(db: Session) -> None:
    cycle = an_announced_cycle(db, year=2027)

    assert find_announced(db, cycle.authority_id, 2027) is cycle
    assert [pool.key for pool in pools_of(db, cycle.id)] == ["tot-orasul", "centru", "gara"]
    assert [category.key for category in categories_of(db, cycle.id)] == ["spatii-verzi", "mobilitate"]
    with pytest.raises(NotFound):
        find_announced(db, cycle.authority_id, 2028)
    with pytest.raises(NotFound):
        find_announced(db, AuthorityId(cycle.authority_id + 1), 2027)
