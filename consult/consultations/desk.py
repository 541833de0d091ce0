"""What the officials' pages of a consultation show, private work included; the public's pages are in `pages`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.announcements import Part, editor_name, parts_of_announcement
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.contestations import contestations_of
from consult.consultations.documents import Document, DocumentKind, documents_of
from consult.consultations.drafts import DraftText, find_for_desk, latest_text
from consult.consultations.due import Due, Progress, due_of_draft, due_of_procedure, progress_of
from consult.consultations.figures import figures_being_written
from consult.consultations.listings import Listing
from consult.consultations.passages import Passage, provisions_of
from consult.consultations.promises import promises_of
from consult.consultations.recommendations import SHOWN, Recommendation
from consult.consultations.sources import DraftSource, source_of
from consult.consultations.steps import Step, StepKind, steps_of
from consult.consultations.versions import Version, latest_version, versions_of
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.offices import Role, officials_of
from consult.identity.permissions import who_may
from consult.library.lines import Reading

PAGE = 20


def list_at_desk(db: Session, authority_id: AuthorityId, *, page: int = 1) -> Listing:
    """Return everything that an authority prepares or has published, last begun first; for its officials only."""
    query = select(Consultation).where(Consultation.authority_id == authority_id).order_by(Consultation.id.desc())
    found = list(db.scalars(query.offset((page - 1) * PAGE).limit(PAGE + 1)))
    return Listing(found[:PAGE], more=len(found) > PAGE)


@dataclass(frozen=True)
class DeskPage:
    """A consultation as the officials who work on it see it.

    `maker` and `editor`: who began it and who changed it last. `approvers`: who else could be the second pair of eyes.
    `figures`: of a draft budget, as they were understood; `contested`: how many contestations wait for the council.
    `publishers`: who may publish its answers. `promises`: how many its answers made. `due`: what it wants of this
    official next.
    """

    consultation: Consultation
    parts: Sequence[Part]
    documents: Sequence[Document]
    text: DraftText | None
    maker: str
    editor: str
    approvers: Sequence[str]
    publishers: Sequence[str]
    versions: Sequence[Version]
    steps: Mapping[StepKind, Step]
    progress: Progress
    figures: Reading | None
    contested: int
    promises: int
    due: Due | None


def desk_page(db: Session, consultation_id: ConsultationId, *, by: Actor, at: datetime) -> DeskPage:
    """Read a consultation with the state of all work on it. Raises NotFound."""
    consultation = find_for_desk(db, consultation_id, by)
    documents = documents_of(db, consultation_id)
    text = latest_text(db, consultation_id)
    has_report = any(document.kind is DocumentKind.REPORT for document in documents)
    parts = parts_of_announcement(consultation, has_text=text is not None, has_report=has_report)
    hands = {consultation.created_by, consultation.edited_by}
    steps = steps_of(db, consultation)
    progress = progress_of(db, [consultation_id]).get(consultation_id, Progress())
    due: Due | None
    if consultation.is_public:
        due = due_of_procedure(consultation, progress, steps.get(StepKind.SESSION), by=by, at=at)
    else:
        due = due_of_draft(consultation, parts, by=by)
    return DeskPage(
        consultation=consultation,
        parts=parts,
        documents=documents,
        text=text,
        maker=editor_name(db, consultation.created_by),
        editor=editor_name(db, consultation.edited_by),
        approvers=[
            official.person.name
            for official in officials_of(db, consultation.authority_id)
            if Role.APPROVER in official.roles and official.person.id not in hands
        ],
        publishers=who_may(db, "answers.publish", consultation.authority_id),
        versions=versions_of(db, consultation_id),
        steps=steps,
        progress=progress,
        figures=figures_being_written(db, consultation_id).reading,
        contested=sum(each.admitted is None for each in contestations_of(db, consultation_id)),
        promises=len(promises_of(db, consultation_id)) if consultation.is_public else 0,
        due=due if due and due.is_mine else None,
    )


@dataclass(frozen=True)
class TextBeingWritten:
    """The text that a clerk writes, and whose words it holds now.

    `version`: the newest that is public. `source`: the file from which it was read, if it was.
    """

    consultation: Consultation
    latest: DraftText | None
    editor: str
    version: Version | None
    source: DraftSource | None

    @property
    def edition(self) -> int:
        """The number of its newest edition, 0 before the first."""
        return self.latest.edition if self.latest else 0


def text_being_written(db: Session, consultation_id: ConsultationId, *, by: Actor) -> TextBeingWritten:
    """Read the newest edition of the text being prepared. Raises NotFound."""
    consultation = find_for_desk(db, consultation_id, by)
    latest = latest_text(db, consultation_id)
    version = latest_version(db, consultation_id, with_text=True) if consultation.is_public else None
    return TextBeingWritten(
        consultation=consultation,
        latest=latest,
        editor=editor_name(db, latest.saved_by) if latest else "",
        version=version,
        source=source_of(db, latest, version),
    )


@dataclass(frozen=True)
class NextVersion:
    """A version about to be published, beside the one it replaces, and the recommendations that may have caused it.

    `said`: what was said about each article, and not withdrawn. `writers`: who may write it. `publishers`: who may
    publish it.
    """

    consultation: Consultation
    version: Version
    provisions: Sequence[Passage]
    text: DraftText
    said: Mapping[str, Sequence[Recommendation]]
    writers: Sequence[str]
    publishers: Sequence[str]


def next_version(db: Session, consultation_id: ConsultationId, *, by: Actor) -> NextVersion:
    """Read what the next version is judged by. Raises NotFound while nothing is published."""
    consultation = find_for_desk(db, consultation_id, by)
    version = latest_version(db, consultation_id, with_text=True)
    text = latest_text(db, consultation_id)
    assert text is not None, "whatever was published was written at the desk"
    return NextVersion(
        consultation,
        version,
        provisions_of(db, version.id),
        text,
        _said_by_article(db, consultation_id),
        who_may(db, "draft.edit", consultation.authority_id),
        who_may(db, "version.publish", consultation.authority_id),
    )


def _said_by_article(db: Session, consultation_id: ConsultationId) -> dict[str, list[Recommendation]]:
    query = (
        select(Recommendation)
        .where(
            Recommendation.consultation_id == consultation_id,
            Recommendation.withdrawn_at.is_(None),
            Recommendation.article_key.is_not(None),
        )
        .options(*SHOWN)
        .order_by(Recommendation.id)
    )
    found: dict[str, list[Recommendation]] = {}
    for recommendation in db.scalars(query):
        found.setdefault(recommendation.article_key or "", []).append(recommendation)
    return found
