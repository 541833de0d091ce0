"""Sending a recommendation: what it says and is about, what is refused, and its receipt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from consult.consultations.attachments import attach, files_held
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.counters import recount
from consult.consultations.figure_places import FiguresMeant, keep_place
from consult.consultations.insertions import Insertion, insertion_after
from consult.consultations.outline import wording
from consult.consultations.passages import Passage, Piece, newest_piece_around
from consult.consultations.places import Place, refuse_changed
from consult.consultations.procedure import local_day
from consult.consultations.ranges import newest_range
from consult.consultations.receipts import confirmation, record_receipt
from consult.consultations.recommendations import (
    Kind,
    RangeArticle,
    Recommendation,
    RecommendationId,
    Source,
)
from consult.consultations.versions import latest_version
from consult.consultations.words import Words, check_words
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.permissions import require
from consult.identity.pseudonyms import NAME
from consult.identity.registers import Register, next_number
from consult.jobs import enqueue_all
from consult.record import canonical
from consult.record.bodies import Body, keep_body
from consult.refusals import NotFound, Refusal
from consult.store.rows import write


class ConsultationClosed(Refusal):
    """The period for proposals has ended."""

    sentence = N_("Proposals were received until %(last_day)s, 24:00; they are no longer received.")


class AlreadyProposed(Refusal):
    """The same author has sent the same words about the same provision."""

    sentence = N_("You have already sent this proposal; it is registered with number %(number)s.")


class NoPlace(Refusal):
    """A new text is to stand after a whole range."""

    sentence = N_("A new text stands after one provision: choose that one, not a range.")
    field = "until"


@dataclass(frozen=True)
class About:
    """What a recommendation is about: a version, and in it a provision with its words, or the whole draft.

    `article_key`: of the article on whose page it stands today.
    """

    consultation: Consultation
    version_number: int
    provision: Passage | None
    current: str
    article_key: str | None
    #: The last article of a range; where those after its first stand today, in order; what it is called.
    until: str | None = None
    further: Sequence[str] = ()
    range_label: str = ""
    #: Where a text that is to be added would stand.
    insertion: Insertion | None = None
    #: What it says of the figures of a draft budget.
    figures: FiguresMeant | None = None
    #: Its author's name in the record, where it is known already.
    pseudonym: str | None = None

    @property
    def label(self) -> str:
        """The name of the provision or of the range; empty for the draft as a whole."""
        return self.range_label or (self.provision.label if self.provision else "")


def submit_recommendation(
    db: Session,
    consultation_id: ConsultationId,
    *,
    kind: Kind,
    provision_key: str | None,
    until_key: str | None = None,
    version: int | None = None,
    wording: str,
    reason: str,
    files: Sequence[str] = (),
    named: bool,
    by: Actor,
    at: datetime,
) -> Recommendation:
    """Receive a recommendation on a draft, number it, record it and write to its author.

    `provision_key`: the provision meant, None for the draft as a whole; with `until_key`, the first article of a range
    and its last; `version`: the one that was read. `wording`: the new text, or what is observed; empty only to strike a
    provision out. `files`: held by `hold_file`. `named`: appear by name; organisations always do.
    Run it by `Database.act_alone(register_key(…))`, for the number. Raises ConsultationClosed after the last instant,
    SaysNothing, ReasonMissing, ChangesNothing, TooLong, TooManyFiles, FileForgotten, TextChanged, AlreadyProposed.
    Source: policies/ro/law-52-2003.toml [proposals-period], art. 7(4)-(6).
    """
    said, place = Words(kind, wording, reason, files), Place(provision_key, until_key, version)
    about = check_recommendation(db, consultation_id, said=said, place=place, by=by, at=at)
    return receive(db, about, said, named=named, by=by, at=at)


def receive(
    db: Session, about: About, said: Words, *, named: bool, sent_at: datetime | None = None, by: Actor, at: datetime
) -> Recommendation:
    """Register what was found to be in order, and write to its author. `sent_at`: as in `register`."""
    recommendation = register(db, about, said, named=named, sent_at=sent_at, by=by, at=at)
    consultation = about.consultation
    enqueue_all(db, [recount(consultation.id, at=at), *confirmation(consultation, recommendation, by, at)])
    return recommendation


def register(
    db: Session, about: About, said: Words, *, named: bool, sent_at: datetime | None = None, by: Actor, at: datetime
) -> Recommendation:
    """Number what was found to be in order, keep it and record it; whoever does this lets it be counted.

    `sent_at`: when it was sent, where its author has confirmed it only now; that is when it was received.
    """
    about = with_insertion(db, about, said)
    consultation, provision = about.consultation, about.provision
    files = files_held(db, said.files)
    year = local_day(at).year
    body = keep_body(db, said.kept)
    recommendation = Recommendation(
        authority_id=consultation.authority_id,
        consultation_id=consultation.id,
        number=next_number(db, Register.RECOMMENDATIONS, consultation.authority_id, year),
        year=year,
        kind=said.kind,
        version_number=about.version_number,
        provision_key=provision.key if provision else None,
        until_key=about.until,
        provision_label=about.label,
        inserted_as=about.insertion.label if about.insertion else "",
        article_key=about.article_key,
        person_id=by.person_id,
        organisation_id=by.organisation_id,
        named=named,
        signature="",
        source=Source.ONLINE,
        late=False,
        supporters=0,
        file_count=len(files),
        received_at=sent_at or at,
        confirmed_at=at if sent_at else None,
        body_id=body.id,
    )
    # Recorded before it is kept, so that its row is whole from the beginning.
    recommendation.event_id = record_receipt(
        db,
        consultation,
        recommendation,
        body,
        files,
        figures=about.figures,
        insertion=about.insertion,
        pseudonym=about.pseudonym,
        by=by,
        at=at,
    )
    write(db, recommendation)
    attach(files, recommendation.id)
    for key in about.further:
        write(db, RangeArticle(recommendation_id=recommendation.id, article_key=key, consultation_id=consultation.id))
    if about.figures:
        keep_place(db, recommendation, about.figures)
    return recommendation


def check_recommendation(
    db: Session,
    consultation_id: ConsultationId,
    *,
    said: Words,
    place: Place,
    by: Actor | None,
    at: datetime,
) -> About:
    """Say what would be received, before it is sent: the same refusals as `submit_recommendation`, nothing written.

    `by`: None as long as it is not known who sends it; what depends on that is asked when they confirm it.
    """
    about = look_at(db, consultation_id, place, by=by, at=at)
    check_words(said, about.current)
    files_held(db, said.files)
    if said.kind is Kind.INSERTION and place.until_key is not None:
        raise NoPlace
    about = with_insertion(db, about, said)
    if by is None:
        return about
    return replace(about, pseudonym=refuse_repetition(db, about.consultation, place, said, by))


def look_at(db: Session, consultation_id: ConsultationId, place: Place, *, by: Actor | None, at: datetime) -> About:
    """Return what a recommendation would be about. Raises NotFound, NotPermitted, ConsultationClosed, NotARange."""
    consultation = find_for_submission(db, consultation_id, by, at)
    if not place.provision_key:
        return About(consultation, latest_version(db, consultation_id).number, None, "", None)
    number, piece = piece_meant(db, consultation_id, place)
    (provision,) = (each for each in piece.whole if each.key == place.provision_key)
    about = About(consultation, number, provision, wording(piece.whole, provision.key), provision.article_key)
    if place.until_key is None:
        return about
    meant = newest_range(db, consultation_id, provision.key, place.until_key)
    further = [article.key for article in meant.articles[1:]]
    return replace(about, current=meant.current, until=place.until_key, further=further, range_label=meant.label)


def with_insertion(db: Session, about: About, said: Words) -> About:
    """Add where a text that is to be added would stand; nothing to what is no such thing."""
    if said.kind is not Kind.INSERTION or about.provision is None or about.insertion is not None:
        return about
    return replace(about, insertion=insertion_after(db, about.provision))


def piece_meant(db: Session, consultation_id: ConsultationId, place: Place) -> tuple[int, Piece]:
    """Return the newest version's number, and its piece in which a place lies. Raises NotFound, TextChanged."""
    assert place.provision_key is not None, "the whole draft has no one piece"
    try:
        number, piece = newest_piece_around(db, consultation_id, place.provision_key)
    except NotFound:
        refuse_changed(db, consultation_id, place)
        raise
    if place.version not in (None, number):
        refuse_changed(db, consultation_id, place)
    return number, piece


def find_for_submission(db: Session, consultation_id: ConsultationId, by: Actor | None, at: datetime) -> Consultation:
    """Return a consultation that receives this actor's proposals at this instant."""
    consultation = db.get(Consultation, consultation_id)
    if consultation is None or not consultation.is_public:
        raise NotFound
    if by is not None:
        require("recommendation.submit", by, consultation)
    if not consultation.is_open_at(at):
        raise ConsultationClosed(last_day=consultation.proposals_until)
    return consultation


#: What was written has one form only, so that the database can tell whether it is the same.
SAID_BEFORE = (
    select(Recommendation.id)
    .join(Body, Recommendation.body_id == Body.id)
    .where(
        Recommendation.consultation_id == bindparam("consultation_id"),
        Recommendation.person_id == bindparam("person_id"),
        Recommendation.provision_key.is_not_distinct_from(bindparam("provision_key")),
        Recommendation.until_key.is_not_distinct_from(bindparam("until_key")),
        Recommendation.withdrawn_at.is_(None),
        Body.content == bindparam("content"),
    )
    .order_by(Recommendation.id)
    .limit(1)
)
#: Made once: both of what is known of an author, in one way to the database.
OF_AUTHOR: Select[str | None, RecommendationId | None] = select(NAME.scalar_subquery(), SAID_BEFORE.scalar_subquery())


def refuse_repetition(db: Session, consultation: Consultation, place: Place, said: Words, by: Actor) -> str | None:
    """Refuse the same words by the same author about the same place.

    Return the author's name in the record, which is asked along with it; None where there is none yet.
    """
    author = {"consultation_id": consultation.id, "person_id": by.person_id, "procedure": consultation.subject}
    meant = {"provision_key": place.provision_key, "until_key": place.until_key}
    pseudonym, earlier_id = db.execute(OF_AUTHOR, author | meant | {"content": canonical.dump(said.kept)}).one()
    if earlier_id is not None:
        earlier = db.get_one(Recommendation, earlier_id)
        raise AlreadyProposed(number=earlier.register_number, reference=earlier.reference)
    return pseudonym
