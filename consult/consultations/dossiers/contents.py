"""What stands in the file: all that the pages of a consultation show, read in one snapshot."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.attachments import Attachment
from consult.consultations.compliance import CompliancePage, compliance_page
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.dossiers.dossiers import consultation_in_file, subjects_of
from consult.consultations.figures import VersionFigures, published_figures
from consult.consultations.gatherings import meetings_of_each
from consult.consultations.meeting_pages import MeetingPage, page_of
from consult.consultations.packages import Package, PackageId, package_subject, packages_in
from consult.consultations.pages import ChangesPage, ConsultationPage, changes_page, consultation_page
from consult.consultations.passages import Passage, provisions_of
from consult.consultations.procedure import local_day
from consult.consultations.recommendations import (
    Recommendation,
    RecommendationId,
    list_recommendations,
    recommendation_subject,
)
from consult.consultations.versions import Version
from consult.identity.authorities import Authority
from consult.library.figures import FigureLine, lines_of
from consult.record.entries import Leaf, RecordedEvent
from consult.record.tree import CURRENT

#: So many recommendations are read at a time.
PART = 250

#: Told how many recommendations were read, of how many.
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Act:
    """A public act and its place in the record. `leaf`: the hash of its entry; `commitment`: of its text, if any."""

    index: int
    id: str
    type: str
    subject: str
    at: datetime
    leaf: bytes
    commitment: str | None


@dataclass(frozen=True)
class Contents:
    """Everything in the file. `acts`: those about the consultation and its meetings, in the order of the record.

    `earlier`: the texts before the newest, the first first. `changes`: from the first text to the newest, where there
    are two. `editions`: of a draft budget's figures, with the `lines` of the newest. `files`: what came with the
    recommendations that can be read. `packages`: those that came together, in the order in which they came.
    """

    authority: str
    page: ConsultationPage
    provisions: Sequence[Passage]
    earlier: Sequence[tuple[Version, Sequence[Passage]]]
    changes: ChangesPage | None
    editions: Sequence[VersionFigures]
    lines: Sequence[FigureLine]
    recommendations: Sequence[Recommendation]
    files: Mapping[RecommendationId, Sequence[Attachment]]
    packages: Mapping[PackageId, Package]
    meetings: Sequence[MeetingPage]
    compliance: CompliancePage
    acts: Sequence[Act]
    as_of: date
    at: datetime

    @property
    def consultation(self) -> Consultation:
        """The consultation itself."""
        return self.page.consultation

    @property
    def acts_by_subject(self) -> Mapping[str, Sequence[Act]]:
        """The acts by what they are about."""
        found: dict[str, list[Act]] = {}
        for act in self.acts:
            found.setdefault(act.subject, []).append(act)
        return found

    def subject(self, recommendation: Recommendation) -> str:
        """Return the name of a recommendation in the record."""
        return recommendation_subject(self.consultation, recommendation)

    def subject_of_package(self, package: Package) -> str:
        """Return the name of a package in the record."""
        return package_subject(self.consultation, package)


def read_contents(db: Session, consultation_id: ConsultationId, *, tell: Tell, at: datetime) -> Contents:
    """Read what the file of a published consultation says at an instant."""
    consultation = consultation_in_file(db, consultation_id)
    authority = db.get_one(Authority, consultation.authority_id)
    page = consultation_page(db, authority.id, consultation.reference)
    changes = changes_page(db, authority.id, consultation.reference, before=1) if len(page.versions) > 1 else None
    editions = published_figures(db, consultation_id)
    return Contents(
        authority=authority.name,
        page=page,
        provisions=provisions_of(db, page.versions[-1].id),
        earlier=[(version, provisions_of(db, version.id)) for version in page.versions[:-1]],
        changes=changes,
        editions=editions,
        lines=lines_of(db, editions[-1].table_id) if editions else [],
        recommendations=_recommendations(db, consultation_id, tell),
        files=_files(db, consultation_id),
        packages={package.id: package for package in packages_in(db, consultation_id)},
        meetings=[page_of(db, each) for each in meetings_of_each(db, [consultation_id])[consultation_id]],
        compliance=compliance_page(db, authority.id, consultation.reference, at=at),
        acts=_acts(db, consultation),
        as_of=local_day(at),
        at=at,
    )


def _recommendations(db: Session, consultation_id: ConsultationId, tell: Tell) -> list[Recommendation]:
    received = select(func.count()).where(Recommendation.consultation_id == consultation_id)
    count = db.scalars(received).one()
    found: list[Recommendation] = []
    after: int | None = 0
    while after is not None:
        tell(len(found), count)
        part = list_recommendations(db, consultation_id, after=after, size=PART)
        found += part.recommendations
        after = part.after
    tell(len(found), count)
    return found


def _files(db: Session, consultation_id: ConsultationId) -> dict[RecommendationId, list[Attachment]]:
    """Return the files of the recommendations whose words are not hidden; with erased words they are gone."""
    query = (
        select(Attachment)
        .join(Recommendation, Recommendation.id == Attachment.recommendation_id)
        .where(Recommendation.consultation_id == consultation_id, Recommendation.hidden_at.is_(None))
        .order_by(Attachment.recommendation_id, Attachment.position)
    )
    found: dict[RecommendationId, list[Attachment]] = {}
    for each in db.scalars(query):
        if each.recommendation_id is not None:
            found.setdefault(each.recommendation_id, []).append(each)
    return found


def _acts(db: Session, consultation: Consultation) -> list[Act]:
    event = RecordedEvent
    query = (
        select(Leaf.idx, event.id, event.type, event.subject, event.at, event.leaf, event.commitment)
        .join(event, event.id == Leaf.event_id)
        .where(Leaf.log == CURRENT, Leaf.procedure.in_(subjects_of(db, consultation)))
        .order_by(Leaf.idx)
    )
    return [Act(*row) for row in db.execute(query)]
