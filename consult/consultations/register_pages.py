"""What the public pages of the register show: what was received, one recommendation, and what was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.consultations.answers import GivenAnswers, answers_given
from consult.consultations.attachments import Attachment, attachments_of
from consult.consultations.causes import ChangeMade, changes_caused_by
from consult.consultations.consultations import Consultation, find_published
from consult.consultations.contestations import (
    Contestation,
    Residence,
    contestation_in,
    contested_in,
    count_contestations,
    list_contestations,
)
from consult.consultations.counters import WHOLE_DRAFT, Tally, article_tallies, tally, total
from consult.consultations.enclosures import Enclosures, enclosures_of
from consult.consultations.figure_places import FigurePlace
from consult.consultations.packages import Package, package_of
from consult.consultations.passages import Head
from consult.consultations.promises import Promise, promises_in
from consult.consultations.reasons import ReasonId
from consult.consultations.recommendations import (
    Recommendation,
    RecommendationId,
    Rows,
    Verdict,
    find_recommendation,
    list_recommendations,
    recommendation_subject,
)
from consult.consultations.succession import articles_named
from consult.consultations.supports import supporting_organisations
from consult.consultations.text_pages import words_read
from consult.consultations.versions import versions_of
from consult.identity.authorities import AuthorityId
from consult.record.entries import Entry, history
from consult.record.events import SupportCounted

#: Rows that a file of the register is read by, since no file should hold up a page.
FILE_ROWS = 500


@dataclass(frozen=True)
class RegisterPage:
    """One page of the register of art. 7(5)."""

    consultation: Consultation
    rows: Rows
    tally: Tally
    #: Which of the rows contest a draft budget, and how many do of the whole register.
    contested: Mapping[RecommendationId, Residence]
    contestations: int


def register_page(
    db: Session,
    authority_id: AuthorityId,
    reference: str,
    *,
    verdict: Verdict | None = None,
    only_contestations: bool = False,
    after: int = 0,
) -> RegisterPage:
    """Read a page of the register, all of it, what got one verdict, or the contestations. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    if only_contestations:
        rows = list_contestations(db, consultation.id, after=after)
    else:
        rows = list_recommendations(db, consultation.id, verdict=verdict, after=after, with_words=False)
    return RegisterPage(
        consultation=consultation,
        rows=rows,
        tally=tally(db, consultation.id),
        contested=contested_in(db, rows.recommendations),
        contestations=count_contestations(db, consultation.id),
    )


@dataclass(frozen=True)
class RegisterFilePart:
    """Some rows of the register, of the size in which a file is made, and what came with them."""

    consultation: Consultation
    rows: Rows
    enclosures: Enclosures


def register_file_part(
    db: Session, authority_id: AuthorityId, reference: str, *, verdict: Verdict | None = None, after: int = 0
) -> RegisterFilePart:
    """Read the next rows of the register for a file. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    rows = list_recommendations(db, consultation.id, verdict=verdict, after=after, size=FILE_ROWS)
    return RegisterFilePart(consultation, rows, enclosures_of(db, rows.recommendations))


@dataclass(frozen=True)
class RecommendationPage:
    """One recommendation with the words that it proposes to change, as its author read them, and its public acts."""

    consultation: Consultation
    recommendation: Recommendation
    current: str
    acts: Sequence[Entry]
    changes: Sequence[ChangeMade]
    #: Whether a new version was published since its author wrote it.
    has_newer_text: bool
    #: The organisations that support it.
    organisations: Sequence[str]
    files: Sequence[Attachment]
    #: With what it was sent.
    package: Package | None
    #: What its answer promises.
    promise: Promise | None
    #: Where it points in the figures of a draft budget, and whether it contests that.
    figures: FigurePlace | None
    contestation: Contestation | None


def recommendation_page(db: Session, authority_id: AuthorityId, reference: str, number: str) -> RecommendationPage:
    """Read the page of a recommendation. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    recommendation = find_recommendation(db, consultation.id, number)
    versions = versions_of(db, consultation.id)
    return RecommendationPage(
        consultation=consultation,
        recommendation=recommendation,
        current=words_read(db, versions, [recommendation]).get(recommendation.id, ""),
        acts=without_earlier_counts(history(db, recommendation_subject(consultation, recommendation))),
        changes=changes_caused_by(db, [recommendation.id]).get(recommendation.id, ()),
        has_newer_text=versions[-1].number > recommendation.version_number,
        organisations=supporting_organisations(db, recommendation.id),
        files=attachments_of(db, recommendation),
        package=package_of(db, recommendation),
        promise=next(iter(promises_in(db, [recommendation.reason_id]).values()), None),
        figures=db.get(FigurePlace, recommendation.id),
        contestation=contestation_in(db, recommendation.id),
    )


def without_earlier_counts(acts: Sequence[Entry]) -> list[Entry]:
    """Leave out all counts of supporters but the last: there is one for each hour in which they changed."""
    counts = [act for act in acts if act.event.type == SupportCounted.type]
    return [act for act in acts if act not in counts[:-1]]


@dataclass(frozen=True)
class ResponsesPage:
    """The authority's answers: in sum, by article in the order of the text, and those alike together, paged."""

    consultation: Consultation
    tally: Tally
    by_article: Mapping[str, tuple[Head, Tally]]
    about_the_whole: Tally
    answers: GivenAnswers
    #: What the answers on this page promise, by their reasons.
    promises: Mapping[ReasonId, Promise]


def responses_page(db: Session, authority_id: AuthorityId, reference: str, *, after: int = 0) -> ResponsesPage:
    """Read a page of the answers. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    tallies = article_tallies(db, consultation.id)
    articles = articles_named(db, consultation.id, [key for key in tallies if key != WHOLE_DRAFT])
    answers = answers_given(db, consultation.id, after=after)
    return ResponsesPage(
        consultation=consultation,
        tally=total(tallies.values()),
        by_article={key: (provision, tallies[key]) for key, provision in articles.items()},
        about_the_whole=tallies.get(WHOLE_DRAFT, Tally()),
        answers=answers,
        promises=promises_in(db, [each.reason.id for each in answers.answers]),
    )
