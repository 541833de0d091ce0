"""What happens at a meeting: everybody speaks in turn, two people make its minutes, and a correction is a version."""

from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy.orm import Session

from consult.i18n import current_locale
from consult.identity.offices import Role
from consult.identity.permissions import NeedsOtherEyes
from consult.meetings.attendance import (
    Attendant,
    Attending,
    NotOverYet,
    SpeakersWaiting,
    attendance_at,
    end_meeting,
    write_attendance,
)
from consult.meetings.meetings import MeetingOver, NotBegun, State
from consult.meetings.minutes import (
    MinutesEdited,
    MinutesEmpty,
    NotEndedYet,
    SameMinutes,
    WhyCorrected,
    approve_minutes,
    latest_minutes,
    minutes_of,
    save_minutes,
)
from consult.meetings.recordings import LinkedAlready, NotAnAddress, link_recording, recordings_of
from consult.meetings.speakers import (
    AlreadyRegistered,
    HasBegun,
    SpeakerState,
    add_in_room,
    mark_speaker,
    register_speaker,
    speakers_of,
    withdraw_speaker,
)
from consult.record.entries import history
from consult.refusals import NotFound, NotPermitted
from tests.factories import (
    NOW,
    a_citizen,
    a_debate,
    a_debate_held,
    a_member_of,
    an_authority,
    an_official,
    an_open_consultation,
    an_organisation,
)


@pytest.fixture
def authority(db: Session):
    return an_authority(db)


@pytest.fixture
def contact(db: Session, authority):
    return an_official(db, authority, Role.CONTACT_PERSON)


@pytest.fixture
def clerk(db: Session, authority):
    return an_official(db, authority, Role.CLERK)


@pytest.fixture
def debate(db: Session, authority, contact):
    return a_debate(db, an_open_consultation(db, authority), contact)


@pytest.fixture
def held(db: Session, authority, contact):
    return a_debate_held(db, an_open_consultation(db, authority), contact)


def test_people_speak_in_the_order_of_registration_by_name_only_if_they_chose_so(
    db: Session, authority, debate, contact
) -> None:
    current_locale.set("en")
    ana, dan = a_citizen(db, name="Ana Ene"), a_citizen(db, name="Dan Pop")
    member = a_member_of(db, an_organisation(db, authority, name="Asociația Livada"))

    register_speaker(db, debate.id, named=False, by=ana, at=NOW)
    register_speaker(db, debate.id, named=True, by=dan, at=NOW)
    register_speaker(db, debate.id, named=False, by=member, at=NOW)
    add_in_room(db, debate.id, name="Ion Luca", named=False, by=contact, at=debate.starts_at)

    labels = [each.label for each in speakers_of(db, debate.id)]
    assert labels == ["Participant", "Dan Pop", "Asociația Livada", "Participant"]


def test_whoever_gives_their_turn_back_and_comes_again_speaks_last(db: Session, debate) -> None:
    first, second = a_citizen(db), a_citizen(db)
    for speaker in (first, second):
        register_speaker(db, debate.id, named=True, by=speaker, at=NOW)

    with pytest.raises(AlreadyRegistered):
        register_speaker(db, debate.id, named=True, by=first, at=NOW)
    withdraw_speaker(db, debate.id, by=first, at=NOW)
    assert [each.person_id for each in speakers_of(db, debate.id)] == [second.person_id]
    register_speaker(db, debate.id, named=True, by=first, at=NOW)

    assert [each.person_id for each in speakers_of(db, debate.id)] == [second.person_id, first.person_id]
    with pytest.raises(NotFound):
        withdraw_speaker(db, debate.id, by=a_citizen(db), at=NOW)


def test_once_it_has_begun_people_register_in_the_room(db: Session, debate, contact) -> None:
    with pytest.raises(HasBegun):
        register_speaker(db, debate.id, named=True, by=a_citizen(db), at=debate.starts_at)
    with pytest.raises(NotPermitted):
        register_speaker(db, debate.id, named=True, by=contact, at=NOW)

    add_in_room(db, debate.id, name="Ion Luca", named=True, by=contact, at=debate.starts_at)

    assert [each.name for each in speakers_of(db, debate.id)] == ["Ion Luca"]


def test_a_debate_ends_when_all_who_registered_have_spoken_or_did_not_come(db: Session, debate, contact) -> None:
    waiting = [register_speaker(db, debate.id, named=True, by=a_citizen(db), at=NOW) for _ in range(2)]
    over = debate.starts_at + timedelta(hours=1)
    facts = {"participants": 12, "by": contact}

    with pytest.raises(SpeakersWaiting) as refusal:
        end_meeting(db, debate.id, ended_at=over, **facts, at=over)
    with pytest.raises(NotBegun):
        mark_speaker(db, waiting[0].id, state=SpeakerState.SPOKEN, by=contact, at=NOW)
    mark_speaker(db, waiting[0].id, state=SpeakerState.SPOKEN, by=contact, at=over)
    mark_speaker(db, waiting[1].id, state=SpeakerState.ABSENT, by=contact, at=over)
    for ended_at, at in ((debate.starts_at, over), (over, debate.starts_at)):
        with pytest.raises(NotOverYet):
            end_meeting(db, debate.id, ended_at=ended_at, **facts, at=at)
    end_meeting(db, debate.id, ended_at=over, **facts, at=over)

    assert refusal.value.facts == {"count": 2}
    assert debate.state_at(over) is State.HELD
    stated = history(db, debate.subject)[-1].event.stated
    assert (stated["facts"]["participants"], stated["facts"]["speakers"]) == (12, 1)
    with pytest.raises(MeetingOver):
        end_meeting(db, debate.id, ended_at=over, **facts, at=over)


def test_officials_who_attended_are_written_down_by_name_and_office(db: Session, debate, clerk) -> None:
    present = [
        Attendant(Attending.INITIATOR, "Viorel Manea", "viceprimar"),
        Attendant(Attending.EXPERT, "Lia Marcu", "arhitect-șef"),
    ]

    for _ in range(2):
        write_attendance(db, debate.id, present=present, by=clerk, at=debate.starts_at)

    found = [(each.attending_as, each.name, each.post) for each in attendance_at(db, debate.id)]
    assert found == [(each.attending_as, each.name, each.post) for each in present]


def test_minutes_are_published_by_somebody_who_did_not_write_them(db: Session, debate, held, contact, clerk) -> None:
    with pytest.raises(NotEndedYet):
        save_minutes(db, debate.id, text="S-a vorbit.", edition=0, by=clerk, at=NOW)
    at = held.ended_at + timedelta(hours=1)
    save_minutes(db, held.id, text="S-a vorbit.  \n", edition=0, by=contact, at=at)
    with pytest.raises(NeedsOtherEyes):
        approve_minutes(db, held.id, edition=1, by=contact, at=at)
    other = an_official(db, an_authority(db), Role.APPROVER)
    with pytest.raises(NotFound):
        approve_minutes(db, held.id, edition=1, by=other, at=at)


def test_published_minutes_are_corrected_by_a_later_version_with_its_reason(db: Session, held, contact, clerk) -> None:
    at = held.ended_at + timedelta(hours=1)
    with pytest.raises(MinutesEmpty):
        save_minutes(db, held.id, text=" \n ", edition=0, by=clerk, at=at)
    save_minutes(db, held.id, text="S-a vorbit.", edition=0, by=clerk, at=at)
    with pytest.raises(MinutesEdited):
        save_minutes(db, held.id, text="Altfel.", edition=0, by=contact, at=at)
    first = approve_minutes(db, held.id, edition=1, by=contact, at=at)

    with pytest.raises(WhyCorrected):
        save_minutes(db, held.id, text="S-a vorbit mult.", edition=0, by=clerk, at=at)
    with pytest.raises(SameMinutes):
        save_minutes(db, held.id, text="S-a vorbit.\n", reason="O virgulă.", edition=0, by=clerk, at=at)
    save_minutes(db, held.id, text="S-a vorbit mult.", reason="Lipsea un cuvânt.", edition=0, by=clerk, at=at)
    second = approve_minutes(db, held.id, edition=1, by=contact, at=at)

    assert [each.text for each in minutes_of(db, held.id)] == ["S-a vorbit mult.", "S-a vorbit."]
    assert latest_minutes(db, held.id) == second
    assert first.sha256 == sha256(b"S-a vorbit.").hexdigest()
    stated = history(db, held.subject)[-1].event.stated["facts"]
    assert (stated["number"], stated["replaces"], stated["reason"]) == (2, first.sha256, "Lipsea un cuvânt.")


def test_a_recording_is_linked_once_by_its_web_address(db: Session, held, contact) -> None:
    facts = {"name": "Filmarea", "by": contact, "at": NOW}

    for url in ("javascript:alert(1)", "https://a b", "video.example/1"):
        with pytest.raises(NotAnAddress):
            link_recording(db, held.id, url=url, **facts)
    link_recording(db, held.id, url="https://video.example/1", **facts)
    with pytest.raises(LinkedAlready):
        link_recording(db, held.id, url="https://video.example/1", **facts)

    assert [each.url for each in recordings_of(db, held.id)] == ["https://video.example/1"]
