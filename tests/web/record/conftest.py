"""A small town with a record: a consultation with a document, what people said, all of it sequenced and signed."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from consult.commands.keys import settle
from consult.consultations.consultations import Consultation
from consult.consultations.documents import DocumentKind, attach_document
from consult.consultations.drafts import request_approval
from consult.consultations.publication import approve
from consult.consultations.recommendations import Recommendation
from consult.files import KeptFile, put
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.record.keys import load_key
from consult.record.notes import SigningKey
from consult.settings import Settings
from consult.store import Database
from tests.factories import NOW, a_draft_ready_for_approval, a_recommendation, an_official

REPORT = b"%PDF-1.7 Referat de aprobare"


@dataclass(frozen=True)
class Town:
    """What there is to find. `sequence`: gives every act that has none its place, and signs."""

    authority: Authority
    consultation: Consultation
    recommendations: list[Recommendation]
    sequence: Callable[[], None]


@pytest.fixture
def key(settings: Settings) -> SigningKey:
    return load_key(settings.keys)


@pytest.fixture
def sequence(database: Database, settings: Settings) -> Callable[[], None]:
    def run() -> None:
        settle(settings, database, at=NOW)

    return run


@pytest.fixture
def town(database: Database, authority: Authority, settings: Settings, sequence: Callable[[], None]) -> Town:
    """Entry 0 fixes the rules, 1 announces the consultation, 2 publishes its report; 3, 4 and 5 are proposals."""
    sha256 = put(settings.files, REPORT)

    def publish(db: Session) -> Consultation:
        clerk = an_official(db, authority, Role.CLERK)
        draft = a_draft_ready_for_approval(db, authority, clerk=clerk)
        report = KeptFile("Referat.pdf", sha256, len(REPORT), "application/pdf")
        attach_document(db, draft.id, kind=DocumentKind.REPORT, file=report, by=clerk, at=NOW)
        request_approval(db, draft.id, by=clerk, at=NOW)
        return approve(db, draft.id, by=an_official(db, authority, Role.APPROVER), at=NOW)

    consultation = database.act(publish)
    recommendations = [database.act(a_recommendation, consultation) for _ in range(3)]
    sequence()
    return Town(authority, consultation, recommendations, sequence)
