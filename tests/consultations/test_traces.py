"""From a file's hash or a number, readers come back to what was published under it, and to nothing that was not."""

from hashlib import sha256

from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation
from consult.consultations.documents import DocumentKind, attach_document
from consult.consultations.drafts import request_approval
from consult.consultations.publication import approve
from consult.consultations.traces import (
    consultation_numbered,
    documents_with,
    is_as_received,
    provisions_cited,
    publication_of,
    recommendation_numbered,
    versions_with,
)
from consult.consultations.versions import versions_of
from consult.files import KeptFile
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.record.bodies import keep_body
from tests.factories import (
    NOW,
    a_draft_ready_for_approval,
    a_recommendation,
    an_authority,
    an_official,
    an_open_consultation,
)

REPORT = sha256(b"Referat").hexdigest()


def a_draft_with_a_report(db: Session, authority: Authority) -> Consultation:
    clerk = an_official(db, authority, Role.CLERK)
    draft = a_draft_ready_for_approval(db, authority, clerk=clerk)
    file = KeptFile("Referat.pdf", REPORT, 7, "application/pdf")
    attach_document(db, draft.id, kind=DocumentKind.REPORT, file=file, by=clerk, at=NOW)
    request_approval(db, draft.id, by=clerk, at=NOW)
    return draft


def test_a_document_is_found_once_it_is_public_and_with_the_act_that_published_it(db: Session) -> None:
    authority = an_authority(db)
    draft = a_draft_with_a_report(db, authority)

    before = documents_with(db, authority.id, REPORT)
    approve(db, draft.id, by=an_official(db, authority, Role.APPROVER), at=NOW)
    ((document, consultation),) = documents_with(db, authority.id, REPORT)

    assert before == []
    assert (document.name, consultation.id) == ("Referat.pdf", draft.id)
    published = publication_of(db, document, consultation)
    assert published is not None
    assert published.event.stated["facts"]["sha256"] == REPORT
    assert documents_with(db, authority.id, "0" * 64) == []


def test_a_version_is_found_by_its_text(db: Session) -> None:
    authority = an_authority(db)
    consultation = an_open_consultation(db, authority)
    (version,) = versions_of(db, consultation.id)

    assert versions_with(db, authority.id, version.sha256) == [(version, consultation)]
    assert versions_with(db, authority.id, "0" * 64) == []


def test_another_authority_published_none_of_it(db: Session) -> None:
    authority, neighbour = an_authority(db), an_authority(db)
    consultation = an_open_consultation(db, authority)
    recommendation = a_recommendation(db, consultation)
    (version,) = versions_of(db, consultation.id)

    assert versions_with(db, neighbour.id, version.sha256) == []
    assert recommendation_numbered(db, neighbour.id, recommendation.number, recommendation.year) is None
    assert consultation_numbered(db, neighbour.id, 1, NOW.year) is None
    assert provisions_cited(db, neighbour.id, {(recommendation.number, recommendation.year)}) == {}


def test_a_number_leads_to_its_proposal_and_to_its_consultation(db: Session) -> None:
    authority = an_authority(db)
    consultation = an_open_consultation(db, authority)
    a_recommendation(db, consultation)
    second = a_recommendation(db, consultation)

    assert recommendation_numbered(db, authority.id, 2, NOW.year) == (second, consultation)
    assert recommendation_numbered(db, authority.id, 3, NOW.year) is None
    assert consultation_numbered(db, authority.id, 1, NOW.year) is consultation
    assert consultation_numbered(db, authority.id, 2, NOW.year) is None


def test_words_are_as_received_until_they_are_changed_or_erased(db: Session) -> None:
    authority = an_authority(db)
    consultation = an_open_consultation(db, authority)
    recommendation = a_recommendation(db, consultation)
    number, year = recommendation.number, recommendation.year

    def as_received() -> bool | None:
        db.flush()
        db.expire_all()
        found = recommendation_numbered(db, authority.id, number, year)
        assert found is not None
        return is_as_received(db, found[0])

    assert as_received() is True
    recommendation.body_id = keep_body(db, {"wording": "Altceva.", "reason": ""}).id
    assert as_received() is False
    recommendation.body_id = None
    assert as_received() is None


def test_provisions_are_cited_for_exactly_the_numbers_that_were_asked_for(db: Session) -> None:
    authority = an_authority(db)
    consultation = an_open_consultation(db, authority)
    for key in ("art-3", "art-2-alin-2-lit-a", None):
        a_recommendation(db, consultation, provision_key=key)

    cited = provisions_cited(db, authority.id, {(2, NOW.year), (3, NOW.year), (9, 1999)})

    assert cited == {(2, NOW.year): "Art. 2 alin. (2) lit. a)", (3, NOW.year): ""}
    assert provisions_cited(db, authority.id, set()) == {}
