"""Numbers by which organisations are known are checked for their form, and fiscal codes for their control digit."""

from datetime import UTC, datetime

import pytest

from consult.identity.organisations import NotAFiscalCode, NotARegistryNumber, fiscal_code, registry_number

AT = datetime(2026, 10, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "kept"), [("1039/A/2019", "1039/A/2019"), (" 39 / f / 2026 ", "39/F/2026"), ("0007/A/2001", "7/A/2001")]
)
def test_a_registry_number_has_one_form(typed: str, kept: str) -> None:
    assert registry_number(typed, at=AT) == kept


@pytest.mark.parametrize("typed", ["", "1039", "1039/2019", "1039/A/2027", "1039/A/1899", "A/1039/2019", "١٠/A/2019"])
def test_what_is_not_in_the_registers_form_is_refused(typed: str) -> None:
    with pytest.raises(NotARegistryNumber):
        registry_number(typed, at=AT)


@pytest.mark.parametrize("typed", ["18547290", "RO18547290", "ro 18547290"])
def test_a_fiscal_code_is_kept_in_digits(typed: str) -> None:
    assert fiscal_code(typed) == "18547290"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "RO",
        "18547291",
        "81547290",
        "185472290",
        "12345678901",
        "\uff11\uff18\uff15\uff14\uff17\uff12\uff19\uff10",
        "J40/1/2020",
    ],
)
def test_a_fiscal_code_whose_control_digit_does_not_agree_is_refused(typed: str) -> None:
    with pytest.raises(NotAFiscalCode):
        fiscal_code(typed)
