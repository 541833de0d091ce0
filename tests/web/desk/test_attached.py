"""The files of a proposal at the desk: read by those who answer it, also while it is hidden."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult.consultations.attachments import hold_file
from consult.consultations.consultations import Consultation
from consult.consultations.moderation import hide_recommendation
from consult.consultations.recommendations import Kind, Recommendation
from consult.consultations.submissions import submit_recommendation
from consult.files import check_upload
from consult.files.sealing import seal_file
from consult.identity.actors import Actor
from consult.record.moderation_rules import ModerationRule
from consult.settings import Settings
from consult.store import Database
from tests.factories import NOW, a_citizen
from tests.files.samples import PDF
from tests.web.reader import Reader


@pytest.fixture
def said(database: Database, settings: Settings, public: Consultation) -> Recommendation:
    """A proposal with a study."""
    sealed = seal_file(settings.files, check_upload("Studiu.pdf", PDF), PDF)

    def submit(db: Session) -> Recommendation:
        words = {"kind": Kind.OBSERVATION, "wording": "Vedeți studiul.", "reason": ""}
        files = [hold_file(db, sealed, at=NOW)]
        return submit_recommendation(
            db, public.id, provision_key="art-2", **words, files=files, named=False, by=a_citizen(db), at=NOW
        )

    return database.act(submit)


def test_officials_open_the_files_of_a_proposal_that_is_hidden_and_readers_do_not(
    reader: Reader, database: Database, public: Consultation, clerk: Actor, contact: Actor, said: Recommendation, own
) -> None:
    facts = {"rule": ModerationRule.INSULT, "facts": "Jignește."}
    database.act(hide_recommendation, said.id, **facts, by=contact, at=NOW + timedelta(hours=1))

    page = reader.sign_in(clerk).get(own(public, "propuneri")).follow("With one file : No. 1/2026")
    address = page.link("Studiu.pdf")

    assert reader.client.get(address).content == PDF
    address_for_all = f"/en/consultari/1-2026/propuneri/1-2026/fisiere/{address.rpartition('/')[2]}"
    assert "A moderator hid this proposal" in reader.sign_out().get(address_for_all, status=410).text
