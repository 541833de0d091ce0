"""A record whose key was lost goes on under another name, and no address that was given out leads elsewhere."""

import tarfile
from io import BytesIO

import pytest

from consult.commands.keys import continue_without_key, settle
from consult.notifications.digests import publish_digest
from consult.record.entries import entry_of
from consult.record.keys import load_key
from consult.settings import Settings
from consult.store import Database
from tests.factories import NOW, a_recommendation
from tests.web.reader import Reader
from tests.web.record.conftest import Town
from tests.web.record.test_verification import checked

WHY = "cheia a ars odată cu seiful"


def files_of(reader: Reader, log: int) -> dict[str, bytes]:
    listed = reader.ask("GET", f"/log/{log}/files").text.splitlines()
    return {path: reader.ask("GET", f"/log/{log}/{path}").content for path in listed}


@pytest.fixture
def before(reader: Reader, town: Town) -> dict[str, bytes]:
    """What lay in the log's folder before the key was lost."""
    return files_of(reader, 1)


@pytest.fixture
def continued(database: Database, settings: Settings, town: Town, before: dict[str, bytes]) -> Settings:
    (settings.keys / "log-1.key").unlink()
    continue_without_key(settings, database, WHY, at=NOW)
    database.act(a_recommendation, town.consultation)
    settle(settings, database, at=NOW)
    return settings


def test_the_earlier_log_is_served_as_it_was(reader: Reader, continued: Settings, before: dict[str, bytes]) -> None:
    assert files_of(reader, 1) == before
    assert reader.ask("GET", "/log/3/checkpoint").status_code == 404
    assert reader.ask("GET", "/log/01/checkpoint").status_code == 404


def test_every_file_of_the_log_that_goes_on_is_served(reader: Reader, continued: Settings) -> None:
    files = files_of(reader, 2)

    assert b"/log/2\n2\n" in files["checkpoint"]
    assert load_key(continued.keys).verifying.vkey.encode() in files["key"]
    assert sum(path.startswith("body/") for path in files) == 1


def test_the_page_of_the_record_says_that_it_continues_an_earlier_one(reader: Reader, continued: Settings) -> None:
    page = reader.get("/en/registru")

    assert "This record continues an earlier one" in page.text
    assert WHY in page.text
    earlier = reader.get("/en/registru?jurnal=1")
    assert "This is an earlier record" in earlier.text
    assert "/log/1" in earlier.text
    assert reader.ask("GET", "/registru?jurnal=3").status_code == 404


def test_the_number_of_an_entry_never_comes_to_mean_another_one(
    reader: Reader, continued: Settings, database: Database, town: Town
) -> None:
    received = database.read(entry_of, town.recommendations[0].event_id)
    assert received is not None
    assert (received.log, received.index) == (1, 3)

    assert received.event.subject in reader.get("/registru/3").text
    assert "log.continued" in reader.get("/registru/2/0").text
    assert reader.ask("GET", "/registru/1/3").status_code == 404
    assert reader.ask("GET", "/registru/2/2").status_code == 404


def test_a_receipt_of_either_log_is_checked_against_its_own(
    reader: Reader, continued: Settings, database: Database, town: Town
) -> None:
    first = reader.ask("GET", f"/registru/act/{town.recommendations[0].event_id}.tlog-proof").content

    page = checked(reader, file=("registru-3.tlog-proof", first))

    assert "The receipt holds" in page.text
    assert page.link("Entry 3") == "/en/registru/3"


def test_a_number_alone_finds_the_entry_of_each_log(reader: Reader, continued: Settings) -> None:
    both = checked(reader, text="0")
    one = checked(reader, text="https://izvoru.example/registru/2/0")

    assert len(both.texts(".inset h2")) == 2
    assert "This record continues an earlier one" in one.text
    assert len(one.texts(".inset h2")) == 1


def test_the_digests_of_one_day_have_a_page_each_and_lead_to_one_another(
    reader: Reader, continued: Settings, database: Database
) -> None:
    database.act(publish_digest, is_stamped=False, at=NOW)
    day = NOW.date()

    first, second = reader.get(f"/en/registru/zilnic/{day}"), reader.get(f"/en/registru/zilnic/2/{day}")

    assert "/log/1" in first.text
    assert first.link("The signed note of this day") == f"/log/1/digests/{day}"
    assert second.link("The signed note of this day") == f"/log/2/digests/{day}"
    assert first.select('a[rel="next"]')["href"] == second.path
    assert second.select('a[rel="prev"]')["href"] == first.path
    reader.get(f"/registru/zilnic/3/{day}", status=404)
    codes = [reader.ask("GET", f"/registru/zilnic/{place}/qr.svg").content for place in (day, f"2/{day}")]
    assert codes[0] != codes[1]
    assert len(reader.get("/en/registru/zilnic").texts("tbody tr")) == 2
    feed = reader.ask("GET", "/registru/zilnic.atom").text
    assert f"/registru/zilnic/{day}</id>" in feed
    assert f"/registru/zilnic/2/{day}</id>" in feed


def test_either_log_can_be_taken_home_in_one_file(reader: Reader, continued: Settings) -> None:
    def checkpoint_in(address: str) -> bytes:
        with tarfile.open(fileobj=BytesIO(reader.ask("GET", address).content)) as archive:
            file = archive.extractfile("registru/checkpoint")
            return file.read() if file else b""

    assert b"/log/1\n6\n" in checkpoint_in("/registru.tar?jurnal=1")
    assert b"/log/2\n2\n" in checkpoint_in("/registru.tar")
