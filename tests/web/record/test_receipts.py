"""The receipt of an act: first recorded, a moment later with its place, and then as a file that anybody checks."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult.consultations.withdrawals import withdraw_recommendation
from consult.identity.actors import acting_as_self
from consult.record.notes import SigningKey
from consult.record.proofs import check_receipt
from consult.store import Database
from tests.factories import NOW, a_recommendation
from tests.web.reader import Reader
from tests.web.record.conftest import Town


def test_an_act_is_recorded_before_it_has_its_place(reader: Reader, town: Town, database: Database) -> None:
    waiting = database.act(a_recommendation, town.consultation)

    page = reader.get(f"/en/registru/act/{waiting.event_id}")

    assert page.heading == "Recorded"
    assert "Its place in the record is given within seconds." in page.text
    assert reader.ask("GET", f"/registru/act/{waiting.event_id}.tlog-proof").status_code == 404


def test_no_cache_keeps_the_page_of_an_act_that_waits_for_its_place(
    reader: Reader, town: Town, database: Database
) -> None:
    waiting = database.act(a_recommendation, town.consultation)
    path = f"/en/registru/act/{waiting.event_id}"

    kept = reader.ask("GET", path).headers["cache-control"]

    assert kept == "public, max-age=0, s-maxage=1"


def test_a_moment_later_it_shows_its_place(reader: Reader, town: Town, database: Database, key: SigningKey) -> None:
    waiting = database.act(a_recommendation, town.consultation)
    town.sequence()

    page = reader.get(f"/en/registru/act/{waiting.event_id}")

    assert page.heading == "In the public record"
    assert page.texts(".receipt-number") == ["Entry 6"]
    assert "Proposal no. 4/2026 received on art. 3" in page.text
    assert f"consult record check registru-6.tlog-proof --key '{key.verifying.vkey}'" in page.text
    assert page.link("See the entry") == "/en/registru/6"


def test_the_receipt_taken_along_holds_under_the_published_key(
    reader: Reader, town: Town, database: Database, key: SigningKey
) -> None:
    page = reader.get(f"/en/registru/act/{town.recommendations[1].event_id}")
    answer = reader.ask("GET", page.link("Download the receipt"))

    checked = check_receipt(answer.content, [key.verifying])
    assert (checked.index, checked.checkpoint.size) == (4, 6)
    assert checked.entry["facts"]["number"] == 2
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == 'attachment; filename="registru-4.tlog-proof"'
    assert "content-encoding" not in answer.headers


def test_the_page_tells_everything_that_happened_to_the_same_thing(
    reader: Reader, town: Town, database: Database
) -> None:
    it = town.recommendations[0]

    def withdraw(db: Session) -> None:
        withdraw_recommendation(db, it.id, by=acting_as_self(db, it.person_id), at=NOW + timedelta(hours=2))

    database.act(withdraw)
    page = reader.get(f"/en/registru/act/{it.event_id}")

    assert page.texts(".table tbody td:nth-child(3)") == [
        "Proposal no. 1/2026 received on art. 3",
        "Proposal no. 1/2026 withdrawn by its author",
    ]
    assert page.texts(".table tbody th") == ["3", "given within seconds"]


@pytest.mark.parametrize("name", ["0" * 32, "x", "0" * 400, f"{'0' * 32}.tlog-proof", ".tlog-proof"])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_act_that_never_was_has_no_receipt(reader: Reader, town: Town, name: str) -> None:
    reader.get(f"/registru/act/{name}", status=404)
