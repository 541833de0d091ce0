"""Who may record what: each act in a role that may do it, given by an entry and not taken back by another."""

from dataclasses import replace
from pathlib import Path

import pytest

from consult.record.entry_form import Signer
from consult.record.events import OfficialAppointed, OfficialDismissed
from tests.audit.logs import (
    ADMINISTRATOR,
    ANNOUNCED,
    CITIZEN,
    CLERK,
    CONTACT,
    MODERATOR,
    ORGANISATION,
    SERVICE,
    Step,
    after,
    audited,
    changed,
    founding,
    lawful,
    on,
    received,
    told,
)

STORY = lawful()
OFFICIALS = "consult:izvoru/functionari"
MASCOT = Signer("mascot", "aaaa")
ENTITLED = ["contact_person", "approver"]
APPOINTED = "an official who was appointed to that, and had not left"


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (changed(STORY, "answer", by=MASCOT), ("response.published", "mascot", ENTITLED)),
        (changed(STORY, "answer", by=SERVICE), ("response.published", "service", ENTITLED)),
        (changed(STORY, "answer", by=CLERK), ("response.published", "clerk", ENTITLED)),
        (changed(STORY, "answer", by=replace(CONTACT, pseudonym="")), ("response.published", None, "a pseudonym")),
        (changed(STORY, "hidden", by=CLERK), ("recommendation.hidden", "clerk", ["moderator", "contact_person"])),
        (
            changed(STORY, "erased", by=CLERK),
            ("body.erased", "clerk", ["approver", "contact_person", "moderator"]),
        ),
        (changed(STORY, "ended", by=MODERATOR), ("meeting.ended", "moderator", [*ENTITLED, "clerk"])),
        (changed(STORY, "witness", by=CONTACT), ("witness.added", "contact_person", ["administrator", "operator"])),
        (
            changed(STORY, "withdrawn", by=replace(CITIZEN, role="moderator")),
            ("recommendation.withdrawn", "moderator", ["participant", "verified_participant", "organisation_member"]),
        ),
    ],
    ids=lambda each: each[0] + " by " + str(each[1]) if isinstance(each, tuple) else None,
)
def test_an_act_in_a_role_that_may_not_do_it_is_found(
    tmp_path: Path, steps: list[Step], expected: tuple[str, object, object]
) -> None:
    found = audited(tmp_path, steps)

    assert list(map(told, found.failures)) == [("record/by-who-may", *expected)]


def test_who_was_never_appointed_cannot_act(tmp_path: Path) -> None:
    beginning = [step for step in founding() if getattr(step.event, "role", "") != "approver"]

    found = audited(tmp_path, [*beginning, *STORY[:5]])

    assert list(map(told, found.failures)) == [
        ("record/in-office", each, "approver", APPOINTED)
        for each in ("pack.frozen", "consultation.announced", "document.published")
    ]


def test_an_authority_that_never_began_cannot_appoint(tmp_path: Path) -> None:
    _, *officials = founding("malu")

    found = audited(tmp_path, [*founding(), *officials[:1]])

    assert list(map(told, found.failures)) == [
        ("record/authority-first", "official.appointed", "malu", "an authority that began to act here before")
    ]


def test_an_authority_begins_once(tmp_path: Path) -> None:
    found = audited(tmp_path, [*founding(), *founding()[:1], *STORY])

    assert list(map(told, found.failures)) == [
        ("record/authority-first", "authority.created", "consult:izvoru", "an authority that did not act here before")
    ]


def test_who_has_left_acts_no_more_unless_another_holds_the_role(tmp_path: Path) -> None:
    left = after(STORY, "shown", OfficialDismissed(subject=OFFICIALS, role="moderator"), by=ADMINISTRATOR)
    back = OfficialAppointed(subject=OFFICIALS, role="moderator")
    replaced = after([replace(step, name="left") if step.name == "more" else step for step in left], "left", back,
                     by=ADMINISTRATOR)  # fmt: skip

    found = audited(tmp_path / "left", left)

    assert list(map(told, found.failures)) == [("record/in-office", "body.erased", "moderator", APPOINTED)]
    assert audited(tmp_path / "replaced", replaced).failures == []


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (OfficialAppointed(subject=OFFICIALS, role="mascot"), "clerk"),
        (OfficialDismissed(subject=OFFICIALS, role="commission_member"), "a role that somebody holds"),
    ],
    ids=["given a role that there is not", "taken from nobody"],
)
def test_a_role_is_one_that_there_is_and_that_somebody_holds(
    tmp_path: Path, event: OfficialAppointed | OfficialDismissed, expected: str
) -> None:
    found = audited(tmp_path, after(STORY, "quorum", event, by=ADMINISTRATOR))

    [failure] = map(told, found.failures)
    assert failure[:3] == ("record/in-office", event.type, event.role)
    assert expected in failure[3]


def test_nobody_speaks_for_an_organisation_before_one_was_verified(tmp_path: Path) -> None:
    member = Signer("organisation_member", "0a0a")
    story = [step for step in founding() if step.name != "organisation"]
    story += [*STORY[2:5], Step("first", received(1, organisation=ORGANISATION), member, on(ANNOUNCED, 12))]

    found = audited(tmp_path, story)

    expected = "an organisation that was verified before"
    assert list(map(told, found.failures)) == [
        ("record/in-office", "recommendation.received", "organisation_member", expected),
        ("record/in-office", "recommendation.received", ORGANISATION, expected),
    ]


@pytest.mark.parametrize(
    ("role", "named", "expected"),
    [
        ("organisation_member", None, "the organisation of a member"),
        ("organisation_member", "consult:izvoru/organizatii/8", "an organisation that was verified before"),
        ("participant", ORGANISATION, None),
    ],
)
def test_a_member_names_the_verified_organisation_and_nobody_else_does(
    tmp_path: Path, role: str, named: str | None, expected: str | None
) -> None:
    story = changed(STORY, "first", by=Signer(role, "0a0a"), organisation=named)

    found = audited(tmp_path, story)

    assert list(map(told, found.failures)) == [("record/in-office", "recommendation.received", named, expected)]
