"""How a lived-in town met: a debate that was held and minuted twice, and a session that still lasts."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation
from consult.consultations.debates import announce_debate
from consult.consultations.sessions import announce_session, decide
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.meetings.agendas import Ballot, Choice, Result, agenda_of
from consult.meetings.attendance import Attendant, Attending, end_meeting, write_attendance
from consult.meetings.meetings import Meeting, Notice
from consult.meetings.minutes import approve_minutes, save_minutes
from consult.meetings.recordings import link_recording
from consult.meetings.speakers import SpeakerState, add_in_room, mark_speaker, register_speaker


def hold_debate(
    db: Session, consultation: Consultation, officials: Mapping[str, Actor], member: Actor, at: datetime
) -> Meeting:
    """A debate with two speakers, two versions of its minutes, a draft of a third, and a recording."""
    contact, clerk, approver = officials["contact"], officials["clerk"], officials["approver"]
    notice = Notice(
        at + timedelta(days=5), "Sala Mare", "https://video.example/dezbatere", "În scris.", "În ordine.", 5
    )
    debate = announce_debate(db, consultation.id, notice=notice, by=contact, at=at)
    over = debate.starts_at + timedelta(hours=2)
    register_speaker(db, debate.id, named=False, by=member, at=at + timedelta(hours=1))
    first = add_in_room(db, debate.id, name="Ion din sală", named=True, by=contact, at=over)
    mark_speaker(db, first.id, state=SpeakerState.ABSENT, by=contact, at=over)
    mark_speaker(db, first.id - 1, state=SpeakerState.SPOKEN, by=contact, at=over)
    present = [Attendant(kind, "Viorel Manea", "viceprimar") for kind in Attending]
    write_attendance(db, debate.id, present=present, by=contact, at=over)
    end_meeting(db, debate.id, ended_at=over, participants=31, by=contact, at=over)
    for number in (1, 2):
        reason = "O virgulă." if number > 1 else ""
        save_minutes(db, debate.id, text=f"Minuta, {number}.", reason=reason, edition=0, by=clerk, at=over)
        approve_minutes(db, debate.id, edition=1, by=approver, at=over)
    save_minutes(db, debate.id, text="Minuta, 3.", reason="Încă una.", edition=0, by=clerk, at=over)
    link_recording(db, debate.id, name="Filmarea", url="https://video.example/1", by=contact, at=over)
    return debate


def hold_session(db: Session, authority_id: AuthorityId, contact: Actor, at: datetime) -> Meeting:
    """A session of two items, the first of which is decided by name."""
    notice = Notice(at + timedelta(days=4), "Sala de ședințe")
    items = ["Raportul trimestrial", "Diverse"]
    facts = {"title": "Ședința ordinară", "notice": notice, "drafts": [], "others": items}
    session = announce_session(db, authority_id, **facts, by=contact, at=at)
    ballot = Ballot.by_name({Choice.FOR: ["Ana Ene", "Dan Pop"], Choice.AGAINST: ["Ion Luca"]})
    decided = {"result": Result.ADOPTED, "ballot": ballot, "act": "HCL 7/2026", "act_url": "https://acte.example/7"}
    first, _second = agenda_of(db, session.id)
    decide(db, first.id, **decided, by=contact, at=notice.starts_at + timedelta(hours=1))
    return session
