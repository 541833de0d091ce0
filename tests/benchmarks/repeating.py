"""Rows that repeat what one real act wrote, inserted in bulk: ten thousand proposals in the time of thirty."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from itertools import cycle
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.gatherings import ConsultationMeeting
from consult.consultations.listings import ConsultationWord
from consult.consultations.passages import current_wording, find_provision
from consult.consultations.reasons import Reason
from consult.consultations.recommendations import Kind, Recommendation, Verdict
from consult.consultations.versions import Provision, Version, latest_version
from consult.identity.people import PersonId
from consult.identity.pseudonyms import Pseudonym
from consult.identity.registers import LastNumber
from consult.meetings import meetings
from consult.record import canonical
from consult.record.bodies import Body, keep_body
from consult.record.entries import EventId, RecordedEvent, procedure_of
from consult.record.entry_form import SALT_SIZE, Commitment, Event, Signer, encode_entry
from consult.record.events import RecommendationReceived, ResponsePublished
from consult.record.merkle import leaf_hash
from consult.record.roles import PARTICIPANT
from consult.store import Base
from consult.store.base import table_of

Row = dict[str, Any]  # Any: a row has columns of all types

WHY = (
    "Locuim de douăzeci de ani pe strada aceasta și vedem în fiecare zi ce se întâmplă când regula nu e limpede: "
    "cine ajunge primul ocupă totul, iar ceilalți plătesc pentru ceva ce nu folosesc. Rog să fie scris cine răspunde."
)
ANSWERS = {
    Verdict.TAKEN_UP: "Propunerea face textul mai limpede și a fost preluată întocmai în versiunea a doua.",
    Verdict.PARTLY: "Termenul a fost prelungit, însă excepția cerută ar fi contrară art. 7 din lege.",
    Verdict.NOT_TAKEN_UP: "Bugetul pe anul în curs nu acoperă cheltuiala, iar legea nu lasă taxa la alegerea noastră.",
    Verdict.OUT_OF_SCOPE: "Propunerea privește un drum județean, de care răspunde consiliul județean.",
}


def like(entity: Base, **different: object) -> Row:
    """Return a row like an entity's own but for its id and what is different."""
    columns = table_of(type(entity)).columns.keys()
    return {name: getattr(entity, name) for name in columns if name != "id"} | different


def repeat_recommendation(
    db: Session, consultation: Consultation, model: Recommendation, people: Sequence[PersonId], keys: Sequence[str]
) -> None:
    """Receive a proposal from each of these people, about each of these articles in turn, half of them amendments."""
    version = latest_version(db, consultation.id)
    provisions = [find_provision(db, version.id, key) for key in keys]
    wordings = {provision.key: current_wording(db, provision) for provision in provisions}
    subject = consultation.subject
    recommendations, bodies, events = [], [], []
    for number, (person_id, provision) in enumerate(zip(people, cycle(provisions)), start=model.number + 1):
        kind = Kind.CHANGE if number // len(keys) % 2 else Kind.OBSERVATION
        body = body_row(kind, wordings[provision.key], number)
        received = RecommendationReceived(
            subject=f"{subject}/propuneri/{number}-{model.year}",
            number=number,
            kind=kind,
            provision=provision.key,
            body=Commitment(body["commitment"], len(body["content"])),
        )
        event = event_row(received, at=model.received_at)
        bodies.append(body)
        events.append(event)
        recommendations.append(
            like(
                model,
                number=number,
                kind=kind,
                provision_key=provision.key,
                provision_label=provision.label,
                article_key=provision.article_key,
                person_id=person_id,
                body_id=body["id"],
                event_id=event["id"],
            )
        )
    names = [{"person_id": each, "procedure": procedure_of(subject), "name": secrets.token_hex(8)} for each in people]
    db.execute(insert(Body), bodies)
    insert_events(db, events)
    db.execute(insert(Recommendation), recommendations)
    db.execute(insert(Pseudonym), names)
    last = update(LastNumber).where(
        LastNumber.authority_id == model.authority_id, LastNumber.number == model.number, LastNumber.year == model.year
    )
    db.execute(last.values(number=model.number + len(people)))


def repeat_answer(db: Session, consultation: Consultation, *, at: datetime) -> None:
    """Answer everything that a consultation received, in four ways, each with its reason."""
    reasons = [Reason(consultation_id=consultation.id, body=keep_body(db, {"reason": why})) for why in ANSWERS.values()]
    db.add_all(reasons)
    db.flush()
    given = list(zip(ANSWERS, reasons, strict=True))
    received = db.scalars(
        select(Recommendation).where(Recommendation.consultation_id == consultation.id).order_by(Recommendation.id)
    ).all()
    leaves = {row.id: row.leaf for row in db.execute(select(RecordedEvent.id, RecordedEvent.leaf))}
    subject = consultation.subject
    answers, events = [], []
    for recommendation, (verdict, reason) in zip(received, cycle(given)):
        assert reason.body is not None
        answers.append({"id": recommendation.id, "verdict": verdict, "reason_id": reason.id, "answered_at": at})
        published = ResponsePublished(
            subject=f"{subject}/propuneri/{recommendation.reference}",
            recommendation=recommendation.number,
            verdict=verdict,
            body=reason.body.committed,
        )
        events.append(event_row(published, at=at, ordinal=1, prev=leaves[EventId(recommendation.event_id)]))
    db.execute(update(Recommendation), answers)
    insert_events(db, events)


def repeat_consultation(db: Session, model: Consultation, number: int) -> None:
    """Remember as many consultations of earlier years, each with its text and its session."""
    version = latest_version(db, model.id)
    provisions = db.scalars(select(Provision).where(Provision.version_id == version.id)).all()
    first_year = model.announced_on.year - 1 if model.announced_on else 0
    rows = [like(model, number=1 + n % 250, year=first_year - n // 250) for n in range(number)]
    db.execute(insert(Consultation), rows)
    places: list[ConsultationId] = list(db.scalars(select(Consultation.id).where(Consultation.id > model.id)))
    db.execute(insert(Version), [like(version, consultation_id=place) for place in places])
    hold_sessions(db, model, places)
    words = db.scalars(select(ConsultationWord.word).where(ConsultationWord.consultation_id == model.id)).all()
    db.execute(
        insert(ConsultationWord), [{"word": word, "consultation_id": place} for place in places for word in words]
    )
    versions = db.scalars(select(Version.id).where(Version.consultation_id.in_(places))).all()
    db.execute(insert(Provision), [like(each, version_id=version_id) for version_id in versions for each in provisions])


def hold_sessions(db: Session, model: Consultation, places: Sequence[ConsultationId]) -> None:
    """Remember a session for each of these consultations, all of which were long ago."""
    assert model.opens_at is not None, "only what is published comes before a session"
    held = {
        "authority_id": model.authority_id,
        "kind": meetings.Kind.SESSION,
        "title": "Ședință ordinară",
        "starts_at": model.opens_at,
        "place": "Sala Mare",
        "online": "",
        "ways_to_send": "",
        "ways_to_speak": "",
        "details": "",
        "announced_at": model.opens_at,
        "noticed_at": model.opens_at,
        "created_by": model.created_by,
        "event_id": "",
        "cancelled_because": "",
    }
    db.execute(insert(meetings.Meeting), [{**held, "number": 1 + n, "year": 1990} for n in range(len(places))])
    held_ids = db.scalars(
        select(meetings.Meeting.id).where(meetings.Meeting.year == 1990).order_by(meetings.Meeting.id)
    ).all()
    pairs = zip(places, held_ids, strict=True)
    db.execute(
        insert(ConsultationMeeting), [{"consultation_id": each, "meeting_id": meeting} for each, meeting in pairs]
    )


def body_row(kind: Kind, current: str, number: int) -> Row:
    """Return the words of a proposal: an article with some words changed, or an observation of three lines."""
    if kind is Kind.CHANGE:
        wording = current.replace(" de ", " din ", 1 + number % 3).replace(",", f", după {number} de zile,", 1)
    else:
        wording = f"{WHY} Am numărat {number} de mașini într-o singură dimineață."
    salt, content = secrets.token_bytes(SALT_SIZE), canonical.dump({"wording": wording, "reason": WHY})
    commitment = sha256(salt + content).hexdigest()
    return {"id": secrets.token_hex(16), "salt": salt, "content": content, "commitment": commitment}


def event_row(event: Event, *, at: datetime, ordinal: int = 0, prev: bytes | None = None) -> Row:
    """Return a public act as `consult.record.entries.append` writes it."""
    entry = encode_entry(event, signer=Signer(PARTICIPANT, secrets.token_hex(8)), at=at, prev=prev)
    return {
        "id": secrets.token_hex(16),
        "type": event.type,
        "subject": event.subject,
        "ordinal": ordinal,
        "at": at,
        "entry": entry,
        "leaf": leaf_hash(entry),
        "commitment": event.body.c if event.body else None,
    }


def insert_events(db: Session, events: Sequence[Row]) -> None:
    """Record public acts that wait for the sequencer."""
    db.execute(insert(RecordedEvent), events)
