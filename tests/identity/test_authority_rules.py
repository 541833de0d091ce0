"""What an authority sets itself: by an administrator, with its act, in public, for what is announced from then on."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from consult.consultations.procedure import pack_of, pack_today
from consult.identity.authorities import Authority
from consult.identity.authority_rules import (
    AuthorityRule,
    NoDecision,
    NotAPublicAddress,
    authority_pack,
    own_rules,
    set_rule,
)
from consult.identity.offices import Role
from consult.policy.local import LocalSetting, NotLocal, OutsideRange, quantity
from consult.policy.packs import NoSuchRule
from consult.policy.reading import NoSuchPack
from consult.record.entries import history
from consult.refusals import NotPermitted
from tests.factories import NOW, an_authority, an_official, an_open_consultation

LAW = "ro/law-52-2003"
MINUTES = "minutes-per-speaker"
TODAY = date(2026, 11, 24)


@pytest.fixture
def authority(db: Session) -> Authority:
    return an_authority(db, slug="izvoru")


def decide(db: Session, authority: Authority, number: int = 3, *, pack: str = LAW, **given: object) -> AuthorityRule:
    told = {"rule": MINUTES, "since": date(2026, 1, 1), "act": "HCL 12/2026", "url": "https://izvoru.example/hcl-12"}
    setting = LocalSetting(number=number, **{**told, **given})  # type: ignore[arg-type]  # a test may give anything
    by = an_official(db, authority, Role.ADMINISTRATOR, Role.CONTACT_PERSON)
    return set_rule(db, authority.id, pack=pack, setting=setting, by=by, at=NOW)


def minutes(db: Session, authority: Authority, on: date = TODAY) -> int:
    return quantity(authority_pack(db, authority.id, LAW), MINUTES, on=on).number


def test_a_rule_is_set_with_its_act_and_stands_in_the_record(db: Session, authority: Authority) -> None:
    decide(db, authority)

    assert minutes(db, authority) == 3
    (entry,) = history(db, "consult:izvoru/reguli")
    assert entry.event.type == "local_rule.set"
    assert entry.event.stated["actor"]["role"] == "administrator"
    assert entry.event.stated["facts"] == {
        "pack": LAW,
        "version": "2",
        "rule": MINUTES,
        "number": 3,
        "since": "2026-01-01",
        "act": "HCL 12/2026",
        "url": "https://izvoru.example/hcl-12",
    }


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_sets_a_rule(db: Session, authority: Authority, role: Role) -> None:
    setting = LocalSetting(MINUTES, 3, TODAY, "HCL 12/2026", "https://izvoru.example/hcl-12")

    with pytest.raises(NotPermitted):
        set_rule(db, authority.id, pack=LAW, setting=setting, by=an_official(db, authority, role), at=NOW)


def test_an_administrator_of_another_authority_sets_nothing_here(db: Session, authority: Authority) -> None:
    other = an_authority(db, slug="malu", host="malu.example")
    setting = LocalSetting(MINUTES, 3, TODAY, "HCL 12/2026", "https://izvoru.example/hcl-12")

    with pytest.raises(NotPermitted):
        set_rule(db, authority.id, pack=LAW, setting=setting, by=an_official(db, other, Role.ADMINISTRATOR), at=NOW)
    decide(db, other, 7)

    assert (minutes(db, authority), minutes(db, other)) == (5, 7)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"rule": "proposals-period"}, NotLocal),
        ({"rule": "minutes"}, NoSuchRule),
        ({"pack": "ro/law-1-2003"}, NoSuchPack),
        ({"number": 0}, OutsideRange),
        ({"number": 999}, OutsideRange),
        ({"act": "  "}, NoDecision),
        ({"act": "HCL\n12"}, NoDecision),
        ({"url": ""}, NotAPublicAddress),
        ({"url": "javascript:alert(1)"}, NotAPublicAddress),
        ({"url": "https://izvoru.example/" + "x" * 500}, NotAPublicAddress),
    ],
)
def test_a_rule_that_is_not_the_authority_s_to_set_or_has_no_source_is_refused(
    db: Session, authority: Authority, wrong: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        decide(db, authority, **wrong)  # type: ignore[arg-type]  # as above

    assert history(db, "consult:izvoru/reguli") == []


def test_a_consultation_keeps_the_rules_under_which_it_was_announced(db: Session, authority: Authority) -> None:
    decide(db, authority, 3)
    before = an_open_consultation(db, authority)
    decide(db, authority, 8, act="HCL 40/2026")
    after = an_open_consultation(db, authority, at=NOW + timedelta(days=1))

    assert quantity(pack_of(db, before), MINUTES, on=TODAY).number == 3
    assert quantity(pack_of(db, after), MINUTES, on=TODAY).number == 8
    assert quantity(pack_today(db, authority.id), MINUTES, on=TODAY).number == 8


def test_all_local_rules_are_told_with_what_holds_today_and_what_was_ever_set(
    db: Session, authority: Authority
) -> None:
    decide(db, authority, 3)
    decide(db, authority, 8, since=date(2030, 1, 1), act="HCL 40/2026")

    asking, speaking = own_rules(db, authority.id, at=NOW)

    assert (asking.rule.id, asking.history, asking.words) == ("debate-request-period", (), "aceeași zi")
    assert (speaking.rule.id, speaking.words) == (MINUTES, "3")
    assert [kept.act for kept in speaking.history] == ["HCL 40/2026", "HCL 12/2026"]
