"""What each public page of a consultation shows, read in a handful of statements however much there is of it.

The pages of the text are in `text_pages`, those of what was said and answered in `register_pages`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.answers import first_answered_at
from consult.consultations.causes import causes_of, name_in
from consult.consultations.changes import changes_between
from consult.consultations.comparison import ArticleChange, Changes
from consult.consultations.consultations import (
    Consultation,
    find_published,
    open_consultations,
    recently_answered,
)
from consult.consultations.counters import WHOLE_DRAFT, Tally, article_tallies, tallies, total
from consult.consultations.date_moves import moves_of_dates
from consult.consultations.documents import Document, documents_of, find_document
from consult.consultations.figures import published_figures
from consult.consultations.further_packs import Budget, budget_of
from consult.consultations.legal_dates import LegalDate, legal_dates
from consult.consultations.listings import Group, Listing, count_consultations, list_consultations
from consult.consultations.passages import Head
from consult.consultations.procedure import pack_of
from consult.consultations.promises import Promise, promises_of
from consult.consultations.recommendations import Recommendation
from consult.consultations.steps import Step, StepKind, coming_steps, steps_of, steps_of_each
from consult.consultations.succession import articles_named
from consult.consultations.versions import Version, numbered, versions_of
from consult.identity.authorities import AuthorityId
from consult.library.figures import FigureTable
from consult.policy.packs import Pack
from consult.record.entries import Entry, history
from consult.record.events import (
    ConsultationAnnounced,
    ConsultationDateMoved,
    PackFrozen,
    PromiseMade,
    VersionPublished,
)
from consult.refusals import NotFound


@dataclass(frozen=True)
class HomePage:
    """What is open now with its steps, the nearest deadline first; what comes next; what was answered last, and how."""

    open: Sequence[tuple[Consultation, Mapping[StepKind, Step]]]
    coming: Sequence[tuple[Step, Consultation]]
    answered: Sequence[tuple[Consultation, Tally]]


def home_page(db: Session, authority_id: AuthorityId, *, at: datetime) -> HomePage:
    """Read the front page."""
    answered = recently_answered(db, authority_id)
    counted = tallies(db, [consultation.id for consultation in answered])
    open_now = open_consultations(db, authority_id, at)
    steps = steps_of_each(db, open_now)
    return HomePage(
        open=[(consultation, steps[consultation.id]) for consultation in open_now],
        coming=coming_steps(db, authority_id, at),
        answered=[(consultation, counted.get(consultation.id, Tally())) for consultation in answered],
    )


@dataclass(frozen=True)
class ListPage:
    """A page of the list of consultations, and how many there are on all of them."""

    listing: Listing
    count: int


def list_page(
    db: Session, authority_id: AuthorityId, *, group: Group | None, words: str, page: int, at: datetime
) -> ListPage:
    """Read a page of the list. `words`: as in `sought`."""
    return ListPage(
        list_consultations(db, authority_id, group=group, words=words, page=page, at=at),
        count_consultations(db, authority_id, group=group, words=words, at=at),
    )


@dataclass(frozen=True)
class ConsultationPage:
    """One consultation: its text, its dates by the frozen pack, its documents, what was said, and its public acts.

    `discussed`: the articles about which most was said. `news`: the acts about the consultation itself, as recorded.
    `answered_at`: when the answers were published, where they were.
    """

    consultation: Consultation
    documents: Sequence[Document]
    versions: Sequence[Version]
    steps: Mapping[StepKind, Step]
    pack: Pack
    dates: Sequence[LegalDate]
    discussed: Sequence[tuple[str, Head, int]]
    tally: Tally
    answered_at: datetime | None
    promises: Sequence[Promise]
    news: Sequence[Entry]
    #: Of a draft budget: its newest figures, and what the law on local finances makes of it.
    figures: FigureTable | None
    budget: Budget | None


#: How many of the most discussed articles are named.
DISCUSSED = 5
#: The acts that publish a text, and the figures with it.
TEXTS = {ConsultationAnnounced.type, VersionPublished.type}


def consultation_page(db: Session, authority_id: AuthorityId, reference: str) -> ConsultationPage:
    """Read the page of a consultation. Raises NotFound.

    What happens to few consultations is read only where the record says that it happened to this one.
    """
    consultation = find_published(db, authority_id, reference)
    news = history(db, consultation.subject)
    happened = Counter(entry.event.type for entry in news)
    steps = steps_of(db, consultation)
    pack = pack_of(db, consultation)
    by_article = article_tallies(db, consultation.id)
    said = {key: each.received for key, each in by_article.items() if key != WHOLE_DRAFT}
    most = sorted(said, key=lambda key: (-said[key], key))[:DISCUSSED]
    named = articles_named(db, consultation.id, most)
    tally = total(by_article.values())
    moves = moves_of_dates(db, consultation.id) if happened[ConsultationDateMoved.type] else ()
    has_figures = any(entry.event.stated["facts"].get("figures") for entry in news if entry.event.type in TEXTS)
    figures = published_figures(db, consultation.id) if has_figures else ()
    return ConsultationPage(
        consultation=consultation,
        documents=documents_of(db, consultation.id),
        versions=versions_of(db, consultation.id),
        steps=steps,
        pack=pack,
        dates=legal_dates(consultation, steps, pack, moves),
        discussed=[(key, named[key], said[key]) for key in most if key in named],
        tally=tally,
        answered_at=first_answered_at(db, consultation.id) if tally.answered else None,
        promises=promises_of(db, consultation.id) if happened[PromiseMade.type] else (),
        news=news,
        figures=figures[-1].table if figures else None,
        budget=budget_of(db, consultation, steps, pack) if happened[PackFrozen.type] > 1 else None,
    )


@dataclass(frozen=True)
class DatesOf:
    """A consultation and its dates, for a calendar."""

    consultation: Consultation
    dates: Sequence[LegalDate]


def dates_page(db: Session, authority_id: AuthorityId, reference: str) -> DatesOf:
    """Read the dates of a consultation. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    steps = steps_of(db, consultation)
    dates = legal_dates(consultation, steps, pack_of(db, consultation), moves_of_dates(db, consultation.id))
    return DatesOf(consultation, dates)


def published_document(db: Session, authority_id: AuthorityId, reference: str, sha256: str) -> Document:
    """Return a document of a published consultation. Raises NotFound."""
    return find_document(db, find_published(db, authority_id, reference).id, sha256)


@dataclass(frozen=True)
class ChangesPage:
    """What changed from one version to another, and which recommendations caused it."""

    consultation: Consultation
    versions: Sequence[Version]
    before: Version
    after: Version
    changes: Changes
    causes: Mapping[str, Sequence[Recommendation]]

    def causes_behind(self, article: ArticleChange) -> list[Recommendation]:
        """Return the recommendations that changed an article or anything in it, in register order."""
        names = [name_in(self.after.number, part) for part in article.parts]
        behind = [cause for name in names for cause in self.causes.get(name, ())]
        return sorted({cause.id: cause for cause in behind}.values(), key=lambda cause: cause.id)


def changes_page(
    db: Session, authority_id: AuthorityId, reference: str, *, before: int | None = None, after: int | None = None
) -> ChangesPage:
    """Compare two versions, the last two where none are named. Raises NotFound when there are no two to compare."""
    consultation = find_published(db, authority_id, reference)
    versions = versions_of(db, consultation.id)
    newer = numbered(versions, after)
    older = numbered(versions, before if before is not None else newer.number - 1)
    if older.number >= newer.number:
        raise NotFound
    return ChangesPage(
        consultation=consultation,
        versions=versions,
        before=older,
        after=newer,
        changes=changes_between(db, older, newer),
        causes=causes_of(db, newer.id),
    )
