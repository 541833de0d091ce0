"""Published documents: byte for byte, to be kept, under the name their author gave; private ones do not exist."""

import hashlib

from sqlalchemy.orm import Session

from consult.consultations.documents import DocumentKind, attach_document
from consult.consultations.drafts import request_approval
from consult.consultations.publication import approve
from consult.files import KeptFile, put
from consult.identity.offices import Role
from consult.settings import Settings
from tests.factories import NOW, a_draft_ready_for_approval, an_official
from tests.web.consultations.conftest import Town
from tests.web.reader import Reader

CONTENT = b"%PDF-1.7\n" + bytes(range(256)) * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def with_document(db: Session, town: Town, *, is_public: bool) -> None:
    draft = a_draft_ready_for_approval(db, town.authority, clerk=town.clerk)
    attach_document(
        db,
        draft.id,
        kind=DocumentKind.REPORT,
        file=KeptFile('Referat „de" aprobare\u2013ț.pdf', SHA256, len(CONTENT), "application/pdf"),
        by=town.clerk,
        at=NOW,
    )
    request_approval(db, draft.id, by=town.clerk, at=NOW)
    if is_public:
        approve(db, draft.id, by=an_official(db, town.authority, Role.APPROVER), at=NOW)


def test_a_published_document_is_sent_to_be_kept(reader: Reader, town: Town, settings: Settings) -> None:
    put(settings.files, CONTENT)
    town.database.act(with_document, town, is_public=True)

    page = reader.get("/en/consultari/1-2026")
    answer = reader.ask("GET", page.link('Referat „de" aprobare–ț.pdf'))

    assert answer.content == CONTENT
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-length"] == str(len(CONTENT))
    assert answer.headers["content-disposition"] == (
        'attachment; filename="Referat _de_ aprobare__.pdf"; '
        "filename*=UTF-8''Referat%20%E2%80%9Ede%22%20aprobare%E2%80%93%C8%9B.pdf"
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert page.texts(".document-meta") == ["PDF, 250 KB, 5 October 2026"]


def test_a_document_of_a_draft_does_not_exist(reader: Reader, town: Town, settings: Settings) -> None:
    put(settings.files, CONTENT)
    town.database.act(with_document, town, is_public=False)
    town.publish()

    for address in (f"1-2026/documente/{SHA256}", f"None-None/documente/{SHA256}", "1-2026/documente/..%2f..%2fkeys"):
        assert reader.ask("GET", f"/consultari/{address}").status_code == 404


def test_a_document_belongs_to_its_own_consultation(reader: Reader, town: Town, settings: Settings) -> None:
    put(settings.files, CONTENT)
    town.database.act(with_document, town, is_public=True)
    town.publish()

    assert reader.ask("GET", f"/consultari/2-2026/documente/{SHA256}").status_code == 404
    assert reader.ask("HEAD", f"/consultari/1-2026/documente/{SHA256}").status_code == 200
