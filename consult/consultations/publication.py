"""Making things public: the first version with the announcement, by a second pair of eyes, and every version after."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import links, mail
from consult.consultations.answer_publication import StillOpen
from consult.consultations.causes import Causes, add_causes, causes_of, name_in
from consult.consultations.comparison import Changes, State, compare
from consult.consultations.consultations import ENDED, Consultation, ConsultationId, Stage
from consult.consultations.documents import documents_of
from consult.consultations.drafts import (
    NotComplete,
    consultation_awaiting_approval,
    latest_text,
    missing_for_publication,
)
from consult.consultations.figures import (
    FiguresBeingWritten,
    figures_being_written,
    publish_figures,
    published_figures,
    refuse_doubtful_figures,
)
from consult.consultations.following import tell_followers
from consult.consultations.further_packs import freeze_further
from consult.consultations.parsing import parse
from consult.consultations.passages import provisions_of
from consult.consultations.procedure import FROZEN_FOR, PROPOSALS, SUBMISSION, check_dates, local_day, pack_today
from consult.consultations.recommendations import RangeArticle, Recommendation
from consult.consultations.succession import carry_over
from consult.consultations.versions import Version, add_version, latest_version
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.people import Person, PersonId
from consult.identity.permissions import require
from consult.identity.pseudonyms import pseudonym_of, record
from consult.identity.registers import Register, next_number
from consult.library.figures import hash_of
from consult.policy.deadlines import last_instant
from consult.policy.freezing import freeze
from consult.record.events import ConsultationAnnounced, DocumentPublished, PackFrozen, Term, VersionPublished, Withheld
from consult.record.packs import keep_pack
from consult.refusals import NotFound, Refusal

#: So many are named in one sentence.
NAMED = 10


class NothingChanged(Refusal):
    """The next version says what the last one says."""

    sentence = N_("The text is the same as version %(number)s; there is nothing new to publish.")
    field = "text"


class DecidedAlready(Refusal):
    """What was adopted, rejected or withdrawn is no draft any more."""

    sentence = N_("This draft was decided on or withdrawn; there are no new versions of it.")


class AnswersFirst(Refusal):
    """A version shows what became of the recommendations about it, so their answers cannot still be private."""

    sentence = N_("Publish the answers first: this version changes what proposals no. %(numbers)s are about.")


def approve(db: Session, consultation_id: ConsultationId, *, by: Actor, at: datetime) -> Consultation:
    """Publish a consultation, as the second pair of eyes (never its author nor its last editor).

    The dates are judged once more by today's law and today's date; the pack is then frozen for good. Run it by
    `Database.act_alone(register_key(Register.CONSULTATIONS, …))`, for the number.
    Raises NotAwaitingApproval, NotComplete, UnlawfulDates. Source: art. 7(1), 7(2), 7(4).
    """
    consultation = consultation_awaiting_approval(db, consultation_id, by)
    if missing_for_publication(db, consultation):
        raise NotComplete
    figures = figures_being_written(db, consultation_id)
    refuse_doubtful_figures(figures)
    pack = pack_today(db, consultation.authority_id)
    today = local_day(at)
    draft = latest_text(db, consultation_id)
    assert draft is not None
    assert consultation.proposals_until is not None
    assert consultation.submission_on is not None
    proposals_until = check_dates(
        pack,
        announced_on=today,
        proposals_until=consultation.proposals_until,
        submission_on=consultation.submission_on,
        circumstances=consultation.circumstances,
    )

    consultation.number = next_number(db, Register.CONSULTATIONS, consultation.authority_id, today.year)
    consultation.year = today.year
    consultation.announced_on = today
    consultation.opens_at = at
    consultation.proposals_until = proposals_until
    consultation.closes_at = last_instant(proposals_until, pack.zone)
    consultation.stage = Stage.PROPOSALS
    consultation.approved_by = by.person_id
    frozen = freeze(pack, today, today + FROZEN_FOR)
    consultation.pack_digest = keep_pack(db, frozen.content)
    version = add_version(db, consultation_id, draft.text, at=at)
    db.flush()

    subject = consultation.subject
    record(db, PackFrozen(subject=subject, name=frozen.name, version=frozen.version, pack=frozen.digest), by=by, at=at)
    further = freeze_further(db, consultation, today, by=by, at=at)
    announced = ConsultationAnnounced(
        subject=subject,
        number=consultation.reference,
        title=consultation.title,
        terms=(
            Term("proposals_until", f"{pack.id}#{PROPOSALS}", proposals_until),
            Term("submission_on", f"{pack.id}#{SUBMISSION}", consultation.submission_on),
            *further,
        ),
        pack=frozen.digest,
        version=version.sha256,
        figures=publish_figures(db, version, figures),
        reasons=_hash_of(consultation.justification) if consultation.justification else None,
        urgent_motive=consultation.urgent_motive or None,
        shorter_motive=consultation.shorter_motive or None,
        dates_motive=consultation.dates_motive or None,
        withheld=tuple(Withheld(**each) for each in consultation.withheld),
        drafted_by=tuple(
            sorted({pseudonym_of(db, each, subject) for each in (consultation.created_by, consultation.edited_by)})
        ),
    )
    version.event_id = record(db, announced, by=by, at=at).id
    for document in documents_of(db, consultation_id):
        event = DocumentPublished(subject=subject, kind=document.kind, name=document.name, sha256=document.sha256)
        record(db, event, by=by, at=at)
    return consultation


def _hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def publish_version(
    db: Session, consultation_id: ConsultationId, *, causes: Causes, by: Actor, at: datetime
) -> Version:
    """Publish the improved text as the next version, saying which recommendations caused which change.

    What was said about an article moves to where it now stands. Whatever was said about an article that changes is
    answered in public before. Raises DecidedAlready, StillOpen, NothingChanged, NoArticle, UnknownCause,
    NotChangedHere, AnswersFirst.
    Source: art. 7(8), art. 7(10) d) ("versiunile îmbunătățite").
    """
    consultation = db.get(Consultation, consultation_id)
    if consultation is None:
        raise NotFound
    require("version.publish", by, consultation)
    if consultation.stage in ENDED:
        raise DecidedAlready
    if consultation.is_open_at(at):
        raise StillOpen(last_day=consultation.proposals_until)
    earlier = latest_version(db, consultation_id, with_text=True)
    draft = latest_text(db, consultation_id)
    figures = figures_being_written(db, consultation_id)
    is_same_text = draft is None or parse(draft.text).text == earlier.text
    if draft is None or (is_same_text and not figures_changed(db, consultation_id, figures)):
        raise NothingChanged(number=earlier.number)
    refuse_doubtful_figures(figures)

    version = add_version(db, consultation_id, draft.text, at=at)
    changes = compare(provisions_of(db, earlier.id), provisions_of(db, version.id))
    refuse_before_answers(db, consultation_id, changes, causes)
    event = VersionPublished(
        subject=consultation.subject,
        number=version.number,
        sha256=version.sha256,
        figures=publish_figures(db, version, figures),
        causes=tuple(add_causes(db, consultation_id, version, changes, causes)),
    )
    version.event_id = record(db, event, by=by, at=at).id
    carry_over(db, consultation_id, changes, version=earlier.number)
    labels = {name_in(version.number, part): part.here.label for part in changes.touched}
    told = tell_authors(db, consultation, version, labels, at=at)
    tell_followers(db, consultation, "version", told=told, at=at)
    return version


def figures_changed(db: Session, consultation_id: ConsultationId, being_written: FiguresBeingWritten) -> bool:
    """Whether the figures that were last written are others than those of the newest version."""
    published = published_figures(db, consultation_id)
    reading = being_written.reading
    if reading is None or not published:
        return reading is not None or bool(published)
    return published[-1].table.sha256 != hash_of(reading.columns, reading.lines)


def refuse_before_answers(db: Session, consultation_id: ConsultationId, changes: Changes, causes: Causes) -> None:
    """Refuse a version while what is behind it, or about what it changes, has no public answer. Raises AnswersFirst."""
    touched = [each.old.key for each in changes.articles if each.old and each.state is not State.SAME]
    behind = [recommendation for recommendations in causes.values() for recommendation in recommendations]
    spanning = select(RangeArticle.recommendation_id).where(
        RangeArticle.consultation_id == consultation_id, RangeArticle.article_key.in_(touched)
    )
    waiting = select(Recommendation).where(
        Recommendation.consultation_id == consultation_id,
        Recommendation.article_key.in_(touched) | Recommendation.id.in_(spanning) | Recommendation.id.in_(behind),
        Recommendation.answered_at.is_(None),
        Recommendation.withdrawn_at.is_(None),
    )
    found = db.scalars(waiting.order_by(Recommendation.id)).all()
    if found:
        numbers = [each.register_number for each in found[:NAMED]]
        raise AnswersFirst(numbers=", ".join(numbers) + (", …" if len(found) > NAMED else ""))


def tell_authors(
    db: Session, consultation: Consultation, version: Version, labels: Mapping[str, str], *, at: datetime
) -> set[str]:
    """Write to those whose recommendations changed the text, naming only what they changed; return their mailboxes.

    `labels`: what each changed provision is called, in the order of the text.
    """
    changed: dict[PersonId, set[str]] = {}
    for key, recommendations in causes_of(db, version.id).items():
        for recommendation in recommendations:
            if recommendation.person_id is not None:
                changed.setdefault(recommendation.person_id, set()).add(key)
    people = db.scalars(select(Person).where(Person.id.in_(changed))).all()
    for person in people:
        touched = [label for name, label in labels.items() if name in changed[person.id]]
        mail.post(
            db,
            "version-published",
            to=person.email,
            locale=person.locale,
            facts={
                "authority_id": consultation.authority_id,
                "title": consultation.title,
                "version": version.number,
                "provisions": touched,
                "link": links.changes(consultation.reference),
            },
            at=at,
        )
    return {person.email for person in people}
