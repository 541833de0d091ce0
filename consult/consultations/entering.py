"""Entering what came on paper, by e-mail or by word of mouth: it gets its number in the one register there is.

The day and hour at which the authority had it decide whether it was in time, not those of the entry. One that came late
is kept and numbered as well, and everybody sees that it was late.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult import links, mail
from consult.consultations.attachments import take_over
from consult.consultations.consultations import Consultation, ConsultationId, Stage
from consult.consultations.counters import ask_for_recount
from consult.consultations.figure_places import keep_place
from consult.consultations.figure_proposals import NotContestable, said_of_figures
from consult.consultations.further_packs import contesting
from consult.consultations.hand_entries import HandEntry
from consult.consultations.letters import Letter, check_letter
from consult.consultations.outline import wording
from consult.consultations.passages import newest_piece_around
from consult.consultations.procedure import local_day
from consult.consultations.recommendations import Recommendation, recommendation_subject
from consult.consultations.submissions import About, with_insertion
from consult.consultations.versions import latest_version
from consult.consultations.words import Words, check_words
from consult.files.sealing import SealedFile
from consult.i18n import DEFAULT_LOCALE, N_
from consult.identity.actors import Actor
from consult.identity.names import email_address, one_line
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.identity.registers import Register, next_number
from consult.record import canonical
from consult.record.bodies import Body, keep_body
from consult.record.events import RecommendationReceived
from consult.refusals import NotFound, Refusal
from consult.store.rows import write

#: The stages in which the draft can still hear somebody.
HEARING = frozenset({Stage.PROPOSALS, Stage.ANSWERED})
#: How far apart a letter and its copy on these pages are looked for.
MOST_ALIKE = 500


class WentOn(Refusal):
    """The draft has left the stage in which proposals change it."""

    sentence = N_(
        "This draft has gone on and hears no more proposals. Register the letter as a petition: it is answered within"
        " 30 days (Government Ordinance 27/2002)."
    )


class EnteredAlready(Refusal):
    """The same words about the same provision are in the register already."""

    sentence = N_(
        "No. %(number)s says the same in the same words. If it is another letter, tick the box and send again."
    )
    field = "is_another"


def enter_recommendation(
    db: Session, consultation_id: ConsultationId, *, letter: Letter, by: Actor, at: datetime
) -> Recommendation:
    """Enter a letter into the register, record it, and write to its author if they gave an e-mail address.

    Run it by `Database.act_alone(register_key(Register.RECOMMENDATIONS, …))`, for the number. Raises WentOn,
    NotYetReceived, BeforeAnnouncement, ContactMissing, EnteredAlready, and as `check_words` does.
    Source: art. 7(5)-(7); policies/ro/law-52-2003.toml [proposals-period].
    """
    consultation = consultation_to_enter(db, consultation_id, by)
    check_letter(consultation, letter, at)
    about, said = what_it_says(db, consultation, letter)
    refuse_copy(db, consultation_id, letter)
    scan = take_over(db, letter.scan) if letter.scan else None

    year = local_day(at).year
    body = keep_body(db, said.kept)
    recommendation = Recommendation(
        authority_id=consultation.authority_id,
        consultation_id=consultation_id,
        number=next_number(db, Register.RECOMMENDATIONS, consultation.authority_id, year),
        year=year,
        kind=said.kind,
        version_number=about.version_number,
        provision_key=about.provision.key if about.provision else None,
        provision_label=about.label,
        inserted_as=about.insertion.label if about.insertion else "",
        article_key=about.article_key,
        named=letter.named,
        signature=letter.organisation or (letter.name if letter.named else ""),
        source=letter.source,
        late=is_late(db, about, letter.received_at),
        supporters=0,
        file_count=0,
        received_at=letter.received_at,
        body_id=body.id,
    )
    recommendation.event_id = record_entry(db, about, recommendation, body, scan, by=by, at=at)
    write(db, recommendation)
    if about.figures:
        keep_place(db, recommendation, about.figures)
    keep_hand_entry(db, recommendation, letter, scan, by=by, at=at)

    ask_for_recount(db, consultation_id, at=at)
    if letter.email:
        tell_author(db, consultation, recommendation, letter, at=at)
    return recommendation


def consultation_to_enter(db: Session, consultation_id: ConsultationId, by: Actor) -> Consultation:
    """Return a published consultation for which this official may enter letters. Raises NotFound, WentOn."""
    consultation = db.get(Consultation, consultation_id)
    if consultation is None or not consultation.is_public:
        raise NotFound
    require("recommendation.enter", by, consultation)
    if consultation.stage not in HEARING:
        raise WentOn
    return consultation


def is_late(db: Session, about: About, received_at: datetime) -> bool:
    """Whether what came at an instant came after the last one for proposals, or for contestations if it is one.

    Raises NotContestable.
    """
    consultation = about.consultation
    assert consultation.closes_at is not None, "a consultation is published with its dates"
    if about.figures is None or not about.figures.contests:
        return received_at >= consultation.closes_at
    time = contesting(db, consultation)
    if time is None:
        raise NotContestable
    return not time.is_open_at(received_at)


def what_it_says(db: Session, consultation: Consultation, letter: Letter) -> tuple[About, Words]:
    """Return what a letter is about, and its words as they are kept."""
    if letter.figures is not None:
        is_proven, for_organisation = letter.is_resident, bool(letter.organisation)
        found = said_of_figures(
            db, consultation, letter.figures, is_proven=is_proven, for_organisation=for_organisation
        )
        return found.about, found.said
    said = letter.said
    about = with_insertion(db, found_in_text(db, consultation, letter.provision_key), said)
    # A letter need not give its reasons: that is for the authority to make the best of.
    check_words(replace(said, reason=said.reason or said.wording), about.current)
    return about, said


def found_in_text(db: Session, consultation: Consultation, provision_key: str | None) -> About:
    """Return what a letter is about, in the newest version. Raises NotFound."""
    if provision_key is None:
        return About(consultation, latest_version(db, consultation.id).number, None, "", None)
    number, piece = newest_piece_around(db, consultation.id, provision_key)
    (provision,) = (each for each in piece.whole if each.key == provision_key)
    return About(consultation, number, provision, wording(piece.whole, provision_key), provision.article_key)


#: What was said last about the same provision.
ABOUT_THE_SAME = (
    select(Recommendation.number, Recommendation.year, Body.content)
    .join(Body, Recommendation.body_id == Body.id)
    .where(
        Recommendation.consultation_id == bindparam("consultation_id"),
        Recommendation.provision_key.is_not_distinct_from(bindparam("provision_key")),
        Recommendation.withdrawn_at.is_(None),
    )
    .order_by(Recommendation.id.desc())
    .limit(MOST_ALIKE)
)


def refuse_copy(db: Session, consultation_id: ConsultationId, letter: Letter) -> None:
    """Ask whether a letter that repeats one in the register, such as one sent on these pages too, is another one."""
    if letter.is_another:
        return
    about = {"consultation_id": consultation_id, "provision_key": letter.provision_key}
    for number, year, content in db.execute(ABOUT_THE_SAME, about):
        if canonical.read_back(content).get("wording", "").split() == letter.said.wording.split():
            raise EnteredAlready(number=f"{number}/{year}", reference=f"{number}-{year}")


def record_entry(
    db: Session,
    about: About,
    recommendation: Recommendation,
    body: Body,
    scan: SealedFile | None,
    *,
    by: Actor,
    at: datetime,
) -> str:
    """Enter into the record what came, how and when, and in which role it was entered; nothing of its author."""
    figures = about.figures
    event = RecommendationReceived(
        subject=recommendation_subject(about.consultation, recommendation),
        number=recommendation.number,
        kind=recommendation.kind,
        provision=recommendation.provision_key,
        late=recommendation.late,
        source=recommendation.source,
        inserted=about.insertion.key or None if about.insertion else None,
        line=figures.line_key if figures else None,
        to_line=figures.to_key if figures else None,
        amount=figures.amount if figures else None,
        contests=figures is not None and figures.contests,
        residence=figures.residence if figures else None,
        received_at=recommendation.received_at,
        scan=scan.committed if scan else None,
        body=body.committed,
    )
    return record(db, event, by=by, at=at).id


def keep_hand_entry(
    db: Session, recommendation: Recommendation, letter: Letter, scan: SealedFile | None, *, by: Actor, at: datetime
) -> None:
    """Keep beside the register who wrote and how they are reached, and note the scan."""
    entry = HandEntry(
        recommendation_id=recommendation.id,
        name=one_line(letter.name),
        contact=letter.contact.strip(),
        email=email_address(letter.email) if letter.email else None,
        entered_by=by.person_id,
        entered_at=at,
        scan_name=scan.name if scan else "",
        scan_media_type=scan.media_type if scan else "",
        scan_size=scan.size if scan else 0,
        scan_commitment=scan.commitment if scan else None,
    )
    db.add(entry)
    db.flush()


def tell_author(
    db: Session, consultation: Consultation, recommendation: Recommendation, letter: Letter, *, at: datetime
) -> None:
    """Write to the author what was received and under which number."""
    facts = {
        "authority_id": consultation.authority_id,
        "number": recommendation.register_number,
        "title": consultation.title,
        "provision": recommendation.provision_label,
        "received_at": recommendation.received_at,
        "link": links.recommendation(consultation.reference, recommendation.reference),
    }
    mail.post(db, "recommendation-received", to=email_address(letter.email), locale=DEFAULT_LOCALE, facts=facts, at=at)
