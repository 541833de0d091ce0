"""What has changed since somebody commented: the articles that they spoke of, as they read them and as they are now."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation, find_published
from consult.consultations.outline import wording
from consult.consultations.passages import find_provision, on_page
from consult.consultations.ranges import range_of
from consult.consultations.recommendations import Recommendation, find_recommendation
from consult.consultations.succession import as_last_seen, place_today
from consult.consultations.versions import Version, numbered, versions_of
from consult.identity.authorities import AuthorityId


@dataclass(frozen=True)
class SpokenOf:
    """An article as an author read it, and as it reads today. `key`, `label`, `after`: empty where it is gone."""

    label_read: str
    before: str
    key: str
    label: str
    after: str

    @property
    def is_gone(self) -> bool:
        """Whether the newest version has it no more."""
        return not self.key

    @property
    def is_changed(self) -> bool:
        """Whether it says anything else; a new number alone is no change."""
        return self.before.split() != self.after.split()


@dataclass(frozen=True)
class SincePage:
    """A recommendation, the version that its author read, the newest, and the articles that it is about."""

    consultation: Consultation
    recommendation: Recommendation
    read: Version
    newest: Version
    articles: Sequence[SpokenOf]


def since_page(db: Session, authority_id: AuthorityId, reference: str, number: str) -> SincePage:
    """Compare what the author of a recommendation read with the newest version. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    recommendation = find_recommendation(db, consultation.id, number)
    versions = versions_of(db, consultation.id)
    read = numbered(versions, recommendation.version_number)
    read_keys = articles_read(db, read, recommendation.provision_key, recommendation.until_key)
    return SincePage(
        consultation=consultation,
        recommendation=recommendation,
        read=read,
        newest=versions[-1],
        articles=[spoken_of(db, versions, read, key) for key in read_keys],
    )


def articles_read(db: Session, read: Version, first: str | None, last: str | None) -> list[str]:
    """Return the articles that somebody spoke of, by their keys in the version that they read.

    `first`: the provision meant, None for the draft as a whole; with `last`, the first article of a range and its last.
    """
    if first is None:
        return []
    if last is None:
        return [find_provision(db, read.id, first).article_key]
    return [article.key for article in range_of(db, read, first, last).articles]


def spoken_of(db: Session, versions: Sequence[Version], read: Version, key: str) -> SpokenOf:
    """Compare one article of a version with what it has become."""
    before = on_page(db, read.id, key)
    today, gone_with = as_last_seen(place_today(db, versions, key, since=read))
    after = on_page(db, versions[-1].id, today) if gone_with is None else []
    return SpokenOf(
        label_read=before[0].label,
        before=wording(before, key),
        key=today if after else "",
        label=after[0].label if after else "",
        after=wording(after, today) if after else "",
    )
