"""What a project must say, and how people write amounts and places."""

import pytest

from consult.budgeting.project_words import (
    Cost,
    CostsMissing,
    CostUnclear,
    NotAPlace,
    TooManyCosts,
    check_project_words,
    read_coordinates,
    read_costs,
    total,
)
from consult.money import Bani
from consult.refusals import Several
from tests.factories.projects import a_proposed


@pytest.mark.parametrize(
    ("line", "what", "lei"),
    [
        ("Bănci din lemn: 12.000 lei", "Bănci din lemn", 12_000),
        ("Bănci 12000", "Bănci", 12_000),
        ("2 mese de șah – 4 500", "2 mese de șah", 4_500),
        ("Proiectare\t3.500", "Proiectare", 3_500),
        ("TVA 19%: 200", "TVA 19%", 200),
        ("Etapa 1 - 2: 500", "Etapa 1 - 2", 500),
    ],
)
def test_an_expense_is_read_as_people_write_it(line, what, lei):
    assert read_costs(line) == [Cost(what, Bani(lei * 100))]


@pytest.mark.parametrize("line", ["Bănci", "12000", "Copaci: 500,50", "Copaci: 0", "Copaci: multe"])
def test_an_expense_without_whole_lei_is_refused_with_its_line(line):
    with pytest.raises(CostUnclear) as refused:
        read_costs(f"Bănci: 100\n\n{line}")

    assert refused.value.facts == {"line": 3, "words": line}


def test_what_costs_nothing_or_too_many_things_is_refused():
    with pytest.raises(CostsMissing):
        read_costs(" \n")
    with pytest.raises(TooManyCosts):
        read_costs("Bancă: 1\n" * 41)


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(Several) as refused:
        check_project_words(a_proposed(title="–", place="", costs="", coordinates="gară").said)

    assert [part.field for part in refused.value.parts] == ["title", "place", "coordinates", "costs"]


def test_the_cost_of_a_project_is_the_sum_of_its_lines():
    assert total(check_project_words(a_proposed().said)) == 20_000_00


@pytest.mark.parametrize(("written", "kept"), [("46.567,26.913", "46.56700, 26.91300"), ("", "")])
def test_a_place_is_kept_in_one_form(written, kept):
    assert read_coordinates(written) == kept


@pytest.mark.parametrize("written", ["gară", "46", "96.5, 26.9", "46.5, 190.0"])
def test_what_is_no_place_on_earth_is_refused(written):
    with pytest.raises(NotAPlace):
        read_coordinates(written)
