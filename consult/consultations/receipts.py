"""What follows from receiving a recommendation: its entry in the public record, and the letter to its author."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from consult import jobs, links, mail
from consult.consultations.attachments import Attachment
from consult.consultations.consultations import Consultation
from consult.consultations.figure_places import FiguresMeant
from consult.consultations.insertions import Insertion
from consult.consultations.recommendations import Recommendation, recommendation_subject
from consult.identity.actors import Actor
from consult.identity.pseudonyms import record
from consult.identity.verification import organisation_behind
from consult.record.bodies import Body
from consult.record.events import RecommendationReceived


def record_receipt(
    db: Session,
    consultation: Consultation,
    recommendation: Recommendation,
    body: Body,
    files: Sequence[Attachment],
    *,
    figures: FiguresMeant | None = None,
    insertion: Insertion | None = None,
    pseudonym: str | None = None,
    by: Actor,
    at: datetime,
) -> str:
    """Enter the receipt of a recommendation in the public record; words and files enter as salted commitments only.

    `pseudonym`: the author's, as far as it is known already.
    """
    event = RecommendationReceived(
        subject=recommendation_subject(consultation, recommendation),
        number=recommendation.number,
        kind=recommendation.kind,
        provision=recommendation.provision_key,
        until=recommendation.until_key,
        received_at=recommendation.received_at if recommendation.confirmed_at else None,
        inserted=insertion.key or None if insertion else None,
        files=tuple(file.committed for file in files),
        line=figures.line_key if figures else None,
        to_line=figures.to_key if figures else None,
        amount=figures.amount if figures else None,
        contests=figures is not None and figures.contests,
        residence=figures.residence if figures else None,
        organisation=organisation_behind(db, by),
        body=body.committed,
    )
    return record(db, event, by=by, at=at, pseudonym=pseudonym).id


def confirmation(
    consultation: Consultation, recommendation: Recommendation, by: Actor, at: datetime
) -> Sequence[jobs.Wanted]:
    """Return the letter that tells the author what was received, under which number, and what comes next."""
    return mail.stamped(
        "recommendation-received",
        to=by.email,
        locale=by.locale,
        facts={
            "authority_id": consultation.authority_id,
            "number": recommendation.register_number,
            "title": consultation.title,
            "provision": recommendation.provision_label,
            "received_at": recommendation.received_at,
            "link": links.recommendation(consultation.reference, recommendation.reference),
        },
        at=at,
    )
