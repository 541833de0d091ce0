"""The same person is known again, and nobody else is taken for them."""

from datetime import date

import pytest

from consult.budgeting.cycles import CycleId
from consult.budgeting.voter_identity import NotABirthDate, TooYoung, age_on, check_age, identity_of
from consult.identity.names import NotAName
from consult.identity.vault import Vault

VAULT = Vault(b"k" * 32)
CYCLE = CycleId(1)
BORN = date(1990, 2, 28)


@pytest.mark.parametrize("name", ["Ștefan Popa-Ionescu", "POPA IONESCU STEFAN", "popa-ionescu  \u015etefan"])
def test_the_same_person_is_known_however_the_name_is_written(name):
    assert identity_of(VAULT, CYCLE, name, BORN) == identity_of(VAULT, CYCLE, "Ștefan Popa Ionescu", BORN)


def test_another_day_another_name_or_another_cycle_is_another():
    one = identity_of(VAULT, CYCLE, "Ana Pop", BORN)

    assert one != identity_of(VAULT, CYCLE, "Ana Pop", date(1990, 3, 1))
    assert one != identity_of(VAULT, CYCLE, "Ana Popa", BORN)
    assert one != identity_of(VAULT, CycleId(2), "Ana Pop", BORN)


def test_a_name_without_letters_is_none():
    with pytest.raises(NotAName):
        identity_of(VAULT, CYCLE, "- . -", BORN)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2008, 2, 29), date(2024, 2, 28), 15),
        (date(2008, 2, 29), date(2024, 2, 29), 16),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_years_are_whole_ones(born, day, age):
    assert age_on(born, day) == age


def test_who_is_too_young_on_the_last_day_is_refused_and_so_is_no_birth_date():
    check_age(date(2010, 12, 12), least=16, on=date(2026, 12, 12))

    with pytest.raises(TooYoung):
        check_age(date(2010, 12, 13), least=16, on=date(2026, 12, 12))
    for born in (date(1899, 12, 31), date(2026, 12, 13)):
        with pytest.raises(NotABirthDate):
            check_age(born, least=0, on=date(2026, 12, 12))
