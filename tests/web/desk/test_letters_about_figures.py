"""A letter about the figures of a draft budget on the clerk's desk: about a line, a move of money, a contestation."""

from datetime import timedelta

import pytest

from tests.consultations.test_figure_proposals import a_budget
from tests.web.desk.test_letters import LETTER

ABOUT_THE_BUDGET = LETTER | {"article": "", "wording": "Copiii au nevoie."}
MOVE = {"row": "51-02-01", "to": "65-02-03", "amount": "1.000"}


@pytest.fixture
def budget(database, authority):
    return database.act(a_budget, authority)


@pytest.fixture
def form(reader, clerk, budget, own):
    reader.clock.at += timedelta(hours=4)
    return reader.sign_in(clerk).get(own(budget, "propuneri/noua")).form("Enter it in the register")


def test_money_that_a_letter_would_move_stands_in_the_register_in_words(form, reader, budget) -> None:
    form.fill(**ABOUT_THE_BUDGET, **MOVE).submit()

    page = reader.get(f"/en/consultari/{budget.reference}/propuneri/1-2026")
    assert "Amendment: money to another line" in page.text
    assert "1.000 lei, din rândul 51.02.01 Cheltuieli de personal" in page.text
    assert "Copiii au nevoie." in page.text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (MOVE | {"amount": "mult"}, "Write an amount in lei, such as 150.000."),
        (MOVE | {"amount": "80.251"}, "has 80.250 lei; not more can be moved from it."),
        (MOVE | {"to": "51-02"}, "hold the same money: choose a line outside it."),
        ({"contests": True, "organisation": "Asociația Drumeților"}, "no organisation may"),
    ],
)
def test_what_a_letter_says_of_the_figures_and_cannot_be_is_said_and_the_rest_stays(form, values, said) -> None:
    page = form.fill(**ABOUT_THE_BUDGET, **values).submit(status=422)

    assert said in page.errors[0]
    assert page.select("#wording").get_text(strip=True) == "Copiii au nevoie."


@pytest.mark.parametrize(("proof", "known"), [({}, "residence declared"), ({"is_resident": True}, "residence proven")])
def test_a_contestation_on_paper_says_in_public_whether_a_proof_of_residence_was_seen_and_not_where(
    form, reader, budget, proof, known
) -> None:
    form.fill(**ABOUT_THE_BUDGET, contests=True, **proof).submit()

    page = reader.get(f"/en/consultari/{budget.reference}/propuneri/1-2026")
    assert known in page.text
    assert "Morii" not in page.text
