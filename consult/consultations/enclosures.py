"""What came with recommendations, as the register's files name it: their files, and the packages they were sent in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.attachments import Attachment
from consult.consultations.contestations import Residence, contested_in
from consult.consultations.packages import WHOLE, Package
from consult.consultations.recommendations import Recommendation, RecommendationId


@dataclass(frozen=True)
class Enclosures:
    """What came with some rows of the register. Hidden or erased words take their files with them."""

    files: Mapping[RecommendationId, Sequence[Attachment]] = field(default_factory=dict)
    packages: Mapping[int, Package] = field(default_factory=dict)
    #: Which of them contest a draft budget, and whether it was proven that their authors live there.
    contested: Mapping[RecommendationId, Residence] = field(default_factory=dict)

    def files_of(self, recommendation: Recommendation) -> Sequence[Attachment]:
        """Return the files of a recommendation that can be read, in their order."""
        return self.files.get(recommendation.id, ())

    def package_of(self, recommendation: Recommendation) -> Package | None:
        """Return the package with which a recommendation came."""
        return self.packages.get(recommendation.package_id) if recommendation.package_id is not None else None


def enclosures_of(db: Session, recommendations: Sequence[Recommendation]) -> Enclosures:
    """Return what came with some recommendations; it asks the database only where something did."""
    with_files = [each.id for each in recommendations if each.file_count and each.hidden_at is None]
    together = {each.package_id for each in recommendations if each.package_id is not None}
    files: dict[RecommendationId, list[Attachment]] = {each: [] for each in with_files}
    if with_files:
        own = select(Attachment).where(Attachment.recommendation_id.in_(with_files))
        for file in db.scalars(own.order_by(Attachment.recommendation_id, Attachment.position)):
            assert file.recommendation_id is not None, "it was asked for by it"
            files[file.recommendation_id].append(file)
    packages = db.scalars(select(Package).where(Package.id.in_(together)).options(*WHOLE)) if together else ()
    return Enclosures(files, {package.id: package for package in packages}, contested_in(db, recommendations))
