"""The vocabulary says what happened in a form that never changes."""

import re
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from consult.identity.offices import Role
from consult.record import canonical
from consult.record.entry_form import Commitment, Event, Signer, encode_entry
from consult.record.events import (
    VOCABULARY,
    Cause,
    ConsultationAnnounced,
    OfficialAppointed,
    RecommendationReceived,
    Term,
    VersionPublished,
)
from consult.record.roles import OFFICIALS, OPERATOR, PARTICIPANTS, SERVICE
from tests.record.logs import CLERK, CONSULTATION, NOON


def encoded(event: Event, at: datetime = NOON, prev: bytes | None = None) -> dict[str, Any]:
    return canonical.load(encode_entry(event, signer=CLERK, at=at, prev=prev))


def test_an_entry_is_these_bytes() -> None:
    event = RecommendationReceived(
        subject=f"{CONSULTATION}/propuneri/47",
        number=47,
        kind="change",
        provision="art-7-alin-2",
        body=Commitment("ab" * 32, 412),
    )

    entry = encode_entry(event, signer=Signer("person", "5e1f"), at=NOON, prev=bytes(32))

    assert entry.decode() == (
        '{"actor":{"pseudonym":"5e1f","role":"person"},"at":"2026-11-24T12:00:00Z",'
        f'"body":{{"alg":"sha256-salt32","c":"{"ab" * 32}","size":412}},'
        '"facts":{"amount":null,"contests":false,"files":[],"inserted":null,"kind":"change","late":false,"line":null,'
        '"number":47,"organisation":null,"provision":"art-7-alin-2","received_at":null,"residence":null,"scan":null,'
        '"source":null,"to_line":null,"until":null},'
        f'"prev":"{"00" * 32}","subject":"consult:izvoru/consultari/112-2026/propuneri/47",'
        '"type":"recommendation.received","v":1}'
    )


def test_an_announcement_says_its_dates_with_the_rules_that_gave_them() -> None:
    event = ConsultationAnnounced(
        subject=CONSULTATION,
        number="112-2026",
        title="Regulament privind parcările",
        terms=(Term("proposals", "ro/law-52-2003#proposals-period", date(2026, 12, 7)),),
        pack="cd" * 32,
        version="ef" * 32,
    )

    facts = encoded(event)["facts"]

    assert facts["terms"] == [{"name": "proposals", "rule": "ro/law-52-2003#proposals-period", "date": "2026-12-07"}]
    assert facts["urgent_motive"] is None


def test_a_version_says_which_recommendations_caused_which_provision() -> None:
    event = VersionPublished(
        subject=CONSULTATION,
        number=2,
        sha256="ab" * 32,
        causes=(Cause("art-4", ("3-2026", "17-2026")), Cause("art-9", ("3-2026",))),
    )

    assert encoded(event)["facts"]["causes"] == [
        {"provision": "art-4", "recommendations": ["3-2026", "17-2026"]},
        {"provision": "art-9", "recommendations": ["3-2026"]},
    ]


def test_the_instant_is_in_utc_and_whole_seconds() -> None:
    at = datetime(2026, 11, 24, 14, 0, 5, 999_999, timezone(timedelta(hours=2)))

    assert encoded(OfficialAppointed(subject="consult:izvoru", role="clerk"), at)["at"] == "2026-11-24T12:00:05Z"


def test_an_instant_without_its_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        encoded(OfficialAppointed(subject="consult:izvoru", role="clerk"), datetime(2026, 1, 1))  # noqa: DTZ001


def test_an_entry_longer_than_its_length_can_say_is_refused() -> None:
    event = OfficialAppointed(subject="consult:izvoru", role="ș" * 32_768)

    with pytest.raises(ValueError, match="65535"):
        encoded(event)


def test_a_fraction_is_no_fact() -> None:
    event = OfficialAppointed(subject="consult:izvoru", role=0.5)  # type: ignore[arg-type]

    with pytest.raises(TypeError, match="float"):
        encoded(event)


@pytest.mark.parametrize("subject", ["izvoru", "consult:", "consult:a//b", "consult:Ion Popescu", "consult:a/b\n"])
def test_a_subject_is_an_address_and_not_a_sentence(subject: str) -> None:
    with pytest.raises(ValueError, match="not a subject"):
        OfficialAppointed(subject=subject, role="clerk")


def test_a_provision_with_an_index_may_stand_in_a_subject() -> None:
    OfficialAppointed(subject="consult:izvoru/consultari/112-2026/art-76^1", role="clerk")


@pytest.mark.parametrize("event", VOCABULARY.values(), ids=VOCABULARY)
def test_every_type_says_what_it_means_in_the_world(event: type[Event]) -> None:
    own = [sentence for sentence in (event.__doc__ or "").split("\n") if sentence]

    assert re.fullmatch(r"[a-z]+(_[a-z]+)?\.[a-z]+(_[a-z]+)*", event.type)
    assert own[0].endswith((".", ",", ":"))
    assert not own[0].startswith(f"{event.__name__}(")


@pytest.mark.parametrize("event", VOCABULARY.values(), ids=lambda event: event.type)
def test_each_event_says_in_which_known_roles_it_may_be_recorded(event: type[Event]) -> None:
    assert event.signers
    assert {*event.signers} <= {*OFFICIALS, *PARTICIPANTS, SERVICE, OPERATOR}


def test_the_record_calls_the_roles_of_officials_as_the_house_does() -> None:
    assert set(OFFICIALS) == set(Role)
