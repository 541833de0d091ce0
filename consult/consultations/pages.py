"""What each public page of a consultation shows, read in a handful of statements however much there is of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.causes import ChangeMade, causes_of, changes_caused_by
from consult.consultations.comparison import Changes, compare
from consult.consultations.consultations import (
    Consultation,
    find_published,
    open_consultations,
    recently_answered,
)
from consult.consultations.counters import article_counts
from consult.consultations.documents import Document, documents_of
from consult.consultations.recommendations import (
    Recommendation,
    Rows,
    Verdict,
    find_recommendation,
    list_recommendations,
)
from consult.consultations.responses import Tally, tally
from consult.consultations.steps import Step, StepKind, coming_steps, steps_of
from consult.consultations.versions import (
    Neighbours,
    Provision,
    Version,
    current_wording,
    find_provision,
    neighbours,
    numbered,
    on_page,
    provisions_named,
    provisions_of,
    versions_of,
)
from consult.identity.authorities import AuthorityId
from consult.record.entries import Entry, entry_of
from consult.refusals import NotFound


@dataclass(frozen=True)
class HomePage:
    """What is open now, the nearest deadline first; what comes next; whose answers came last."""

    open: Sequence[Consultation]
    coming: Sequence[tuple[Step, Consultation]]
    answered: Sequence[Consultation]


def home_page(db: Session, authority_id: AuthorityId, *, at: datetime) -> HomePage:
    """Read the front page."""
    return HomePage(
        open=open_consultations(db, authority_id, at),
        coming=coming_steps(db, authority_id, at),
        answered=recently_answered(db, authority_id),
    )


@dataclass(frozen=True)
class ConsultationPage:
    """One consultation with its documents, versions, steps and answers."""

    consultation: Consultation
    documents: Sequence[Document]
    versions: Sequence[Version]
    steps: Mapping[StepKind, Step]
    discussed: Sequence[tuple[Provision, int]]
    tally: Tally


#: How many of the most discussed articles are named.
DISCUSSED = 5


def consultation_page(db: Session, authority_id: AuthorityId, reference: str) -> ConsultationPage:
    """Read the page of a consultation. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    versions = versions_of(db, consultation.id)
    counts = article_counts(db, consultation.id)
    most = sorted(counts, key=lambda key: (-counts[key], key))[:DISCUSSED]
    labels = provisions_named(db, versions[-1].id, most)
    return ConsultationPage(
        consultation=consultation,
        documents=documents_of(db, consultation.id),
        versions=versions,
        steps=steps_of(db, consultation.id),
        discussed=[(labels[key], counts[key]) for key in most if key in labels],
        tally=tally(db, consultation.id),
    )


@dataclass(frozen=True)
class TextPage:
    """A version's whole text, with how much was said about each article."""

    consultation: Consultation
    versions: Sequence[Version]
    version: Version
    provisions: Sequence[Provision]
    counts: Mapping[str, int]


def text_page(db: Session, authority_id: AuthorityId, reference: str, number: int | None = None) -> TextPage:
    """Read a version's text, the newest where none is named. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    versions = versions_of(db, consultation.id)
    version = numbered(versions, number)
    return TextPage(consultation, versions, version, provisions_of(db, version.id), article_counts(db, consultation.id))


@dataclass(frozen=True)
class ArticlePage:
    """One article with everything said about it, paged, and its neighbours.

    `provisions`: the article itself, then all that is below it. `version`: the newest that has it.
    """

    consultation: Consultation
    version: Version
    provisions: Sequence[Provision]
    neighbours: Neighbours
    rows: Rows
    count: int

    @property
    def article(self) -> Provision:
        """The article itself."""
        return self.provisions[0]


def article_page(db: Session, authority_id: AuthorityId, reference: str, key: str, *, after: int = 0) -> ArticlePage:
    """Read the page of an article in the newest version, or in the last that had it. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    for version in reversed(versions_of(db, consultation.id)):
        provisions = on_page(db, version.id, key)
        if provisions:
            return ArticlePage(
                consultation=consultation,
                version=version,
                provisions=provisions,
                neighbours=neighbours(db, provisions[0]),
                rows=list_recommendations(db, consultation.id, article_key=key, after=after),
                count=article_counts(db, consultation.id).get(key, 0),
            )
    raise NotFound


@dataclass(frozen=True)
class RegisterPage:
    """One page of the register of art. 7(5)."""

    consultation: Consultation
    rows: Rows
    tally: Tally


def register_page(
    db: Session, authority_id: AuthorityId, reference: str, *, verdict: Verdict | None = None, after: int = 0
) -> RegisterPage:
    """Read a page of the register, all of it or what got one verdict. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    rows = list_recommendations(db, consultation.id, verdict=verdict, after=after)
    return RegisterPage(consultation, rows, tally(db, consultation.id))


@dataclass(frozen=True)
class RecommendationPage:
    """One recommendation with the words it proposes to change, as its author read them."""

    consultation: Consultation
    recommendation: Recommendation
    current: str
    entry: Entry | None
    changes: Sequence[ChangeMade]


def recommendation_page(db: Session, authority_id: AuthorityId, reference: str, number: str) -> RecommendationPage:
    """Read the page of a recommendation. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    recommendation = find_recommendation(db, consultation.id, number)
    current = ""
    if recommendation.provision_key is not None:
        version = numbered(versions_of(db, consultation.id), recommendation.version_number)
        current = current_wording(db, find_provision(db, version.id, recommendation.provision_key))
    return RecommendationPage(
        consultation=consultation,
        recommendation=recommendation,
        current=current,
        entry=entry_of(db, recommendation.event_id),
        changes=changes_caused_by(db, recommendation.id),
    )


@dataclass(frozen=True)
class ChangesPage:
    """What changed from one version to the next, and which recommendations caused it."""

    consultation: Consultation
    versions: Sequence[Version]
    before: Version
    after: Version
    changes: Changes
    causes: Mapping[str, Sequence[Recommendation]]


def changes_page(
    db: Session, authority_id: AuthorityId, reference: str, *, before: int | None = None, after: int | None = None
) -> ChangesPage:
    """Compare two versions, the last two where none are named. Raises NotFound when there is only one."""
    consultation = find_published(db, authority_id, reference)
    versions = versions_of(db, consultation.id)
    if len(versions) < 2:  # noqa: PLR2004 - two make a comparison
        raise NotFound
    newer = numbered(versions, after)
    older = numbered(versions, before if before is not None else newer.number - 1)
    return ChangesPage(
        consultation=consultation,
        versions=versions,
        before=older,
        after=newer,
        changes=compare(provisions_of(db, older.id), provisions_of(db, newer.id)),
        causes=causes_of(db, newer.id),
    )
