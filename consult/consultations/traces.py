"""From what somebody holds in hand, a file, a hash or a number, back to what was published under it.

People check a copy that they were given against what the authority published; the record itself names official
documents by nothing but their hash.
"""

from collections.abc import Collection
from hashlib import sha256

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from consult.consultations.consultations import PUBLISHED, Consultation, find_published
from consult.consultations.documents import Document
from consult.consultations.recommendations import SHOWN, Recommendation
from consult.consultations.versions import Version
from consult.identity.authorities import AuthorityId
from consult.record.entries import Entry, entry_of, history
from consult.record.events import DocumentPublished
from consult.refusals import NotFound

#: The same file may accompany many drafts; so many places are named.
MOST = 10


def documents_with(db: Session, authority_id: AuthorityId, digest: str) -> list[tuple[Document, Consultation]]:
    """Return where a file with this SHA-256 was published."""
    places = PUBLISHED.join(Document, Document.consultation_id == Consultation.id)
    query = places.where(Document.sha256 == digest).add_columns(Document).order_by(Document.id).limit(MOST)
    return [(document, consultation) for consultation, document in db.execute(query, {"authority_id": authority_id})]


def versions_with(db: Session, authority_id: AuthorityId, digest: str) -> list[tuple[Version, Consultation]]:
    """Return which versions of which drafts have a text with this SHA-256."""
    places = PUBLISHED.join(Version, Version.consultation_id == Consultation.id)
    query = places.where(Version.sha256 == digest).add_columns(Version).order_by(Version.id).limit(MOST)
    return [(version, consultation) for consultation, version in db.execute(query, {"authority_id": authority_id})]


def recommendation_numbered(
    db: Session, authority_id: AuthorityId, number: int, year: int
) -> tuple[Recommendation, Consultation] | None:
    """Return the recommendation with a register number, with its words as they are kept."""
    query = (
        select(Recommendation, Consultation)
        .join(Consultation, Consultation.id == Recommendation.consultation_id)
        .where(
            Recommendation.authority_id == authority_id, Recommendation.number == number, Recommendation.year == year
        )
        .options(*SHOWN)
    )
    row = db.execute(query).first()
    return (row[0], row[1]) if row else None


def consultation_numbered(db: Session, authority_id: AuthorityId, number: int, year: int) -> Consultation | None:
    """Return the consultation with a public number."""
    try:
        return find_published(db, authority_id, f"{number}-{year}")
    except NotFound:
        return None


def publication_of(db: Session, document: Document, consultation: Consultation) -> Entry | None:
    """Return the act by which a document was published."""
    for entry in history(db, consultation.subject):
        if entry.event.type == DocumentPublished.type and entry.event.stated["facts"]["sha256"] == document.sha256:
            return entry
    return None


def is_as_received(db: Session, recommendation: Recommendation) -> bool | None:
    """Tell whether the words that are kept are those that the record committed to; None where they were erased."""
    if recommendation.body is None:
        return None
    entry = entry_of(db, recommendation.event_id)
    assert entry is not None, "whatever is in the register is in the record"
    return sha256(recommendation.body.file).hexdigest() == entry.event.commitment


def is_hidden(db: Session, authority_id: AuthorityId, number: int, year: int) -> bool:
    """Whether a moderator keeps the words of a recommendation from the pages."""
    numbered = Recommendation.number == number, Recommendation.year == year
    hidden = exists().where(
        Recommendation.authority_id == authority_id, *numbered, Recommendation.hidden_at.is_not(None)
    )
    return bool(db.scalar(select(hidden)))


#: Each column by itself, since both databases then walk along the register's index; what is too much is left out.
CITED = select(Recommendation.number, Recommendation.year, Recommendation.provision_label).where(
    Recommendation.authority_id == bindparam("authority_id"),
    Recommendation.year.in_(bindparam("years", expanding=True)),
    Recommendation.number.in_(bindparam("numbers", expanding=True)),
)


def provisions_cited(
    db: Session, authority_id: AuthorityId, numbers: Collection[tuple[int, int]]
) -> dict[tuple[int, int], str]:
    """Return what recommendations are about, as it is cited ("Art. 4 alin. (2)"), by their number and year."""
    if not numbers:
        return {}
    asked = {
        "authority_id": authority_id,
        "years": list({year for _, year in numbers}),
        "numbers": list({number for number, _ in numbers}),
    }
    return {(number, year): label for number, year, label in db.execute(CITED, asked) if (number, year) in numbers}
