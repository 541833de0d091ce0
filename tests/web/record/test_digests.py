"""The digest of a day on its page, in the feed and by letter: to be printed, compared, asked for and left."""

import logging
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import timedelta
from email import policy
from email.parser import BytesParser
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import segno
from sqlalchemy import func, select

from consult.commands.working import DIGEST, TIMETABLE, handlers
from consult.identity.one_use_links import OneUseLink
from consult.jobs import Job
from consult.mail import LETTER, Posted
from consult.mail.kinds import ConfirmSubscription, DailyDigest
from consult.notifications.digests import STAMP
from consult.notifications.subscriptions import DigestSubscription
from consult.record.digests import digest_of, keep_digest
from consult.record.notes import SigningKey
from consult.record.reports import verify_log
from consult.settings import Settings
from consult.store import Database
from tests.factories import NOW, a_recommendation
from tests.record.timestamping import found, served
from tests.web.reader import Clock, Page, Reader
from tests.web.record.conftest import Town

DAY = NOW.date()
ANA = "ana@example.ro"
ABOUT = (ConfirmSubscription, DailyDigest)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def digest(database: Database, town: Town) -> str:
    """The digest of today; returns its words."""
    kept = database.act(keep_digest, at=NOW)
    assert kept is not None
    return " ".join(kept.words)


def letters(database: Database) -> list[Posted]:
    """Return the letters about digests that wait, the oldest first."""
    return [posted for job in waiting(database) if isinstance((posted := Posted.from_job(job.facts)).letter, ABOUT)]


def waiting(database: Database) -> Sequence[Job]:
    """Return the letters that wait, as jobs."""
    return database.read(lambda db: db.scalars(select(Job).where(Job.kind == LETTER).order_by(Job.id)).all())


def subscribed(reader: Reader, database: Database, email: str = ANA) -> Page:
    """Ask for the letters and confirm the address; returns the page that says so."""
    reader.get("/en/abonare").form("Send me the letters").fill(email=email).submit()
    link = letters(database)[-1].letter.link
    return reader.get(f"/en{link}").form("Yes, send it").submit()


def the_day_comes(database: Database, settings: Settings, at: object = NOW) -> None:
    handlers(settings)[DIGEST](database, {}, at)


# The page, the code and the feed.


def test_the_page_of_a_day_shows_what_is_compared(reader: Reader, digest: str, database: Database) -> None:
    page = reader.get(f"/en/registru/zilnic/{DAY}")

    checkpoint = database.read(digest_of, DAY).checkpoint
    root = reader.ask("GET", f"/log/1/digests/{DAY}").text.splitlines()[2]
    assert " ".join(page.texts(".digest-words li")) == digest
    assert checkpoint.origin in page.text
    assert "Entries 6" in page.text
    assert root in page.text
    assert "No witness had signed it yet." in page.text
    assert page.link("The signed note of this day") == f"/log/1/digests/{DAY}"


def test_the_code_to_scan_holds_the_three_lines_that_were_signed(reader: Reader, digest: str) -> None:
    note = reader.ask("GET", f"/log/1/digests/{DAY}").text

    answer = reader.ask("GET", f"/registru/zilnic/{DAY}/qr.svg")

    expected = BytesIO()
    signed = note.partition("\n\n")[0] + "\n"
    segno.make(signed, error="m").save(expected, kind="svg", scale=4, border=4, light="white")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.content == expected.getvalue()
    assert len(signed.splitlines()) == 3


def test_the_note_of_a_day_is_what_the_program_takes_as_kept(
    reader: Reader, digest: str, database: Database, town: Town, key: SigningKey, tmp_path: Path
) -> None:
    kept = tmp_path / str(DAY)
    kept.write_bytes(reader.ask("GET", f"/log/1/digests/{DAY}").content)
    database.act(a_recommendation, town.consultation)
    town.sequence()
    for path in reader.ask("GET", "/log/1/files").text.splitlines():
        file = tmp_path / "log" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(reader.ask("GET", f"/log/1/{path}").content)

    report = verify_log(str(tmp_path / "log"), key.verifying.vkey, since=kept)

    assert report.passed, report.sentences


def test_days_lead_to_their_neighbours_and_the_list_goes_on(reader: Reader, database: Database, town: Town) -> None:
    for days in range(32):
        database.act(keep_digest, at=NOW + timedelta(days=days))

    first = reader.get("/en/registru/zilnic")
    second = first.follow("Older days")

    assert len(first.texts("tbody tr")) == 30
    assert len(second.texts("tbody tr")) == 2
    assert second.follow("To the newest").path == "/en/registru/zilnic"
    newest = first.follow(first.texts("tbody th")[0])
    assert newest.select('a[rel="prev"]')["href"] == f"/en/registru/zilnic/{DAY + timedelta(days=30)}"
    assert newest.texts('a[rel="next"]') == []


def test_a_day_without_a_digest_has_no_page(reader: Reader, digest: str) -> None:
    for written in ("2020-01-01", "2026-13-41", "20261123", "azi", "2026-W48-1", "٢٠٢٦-٠١-٠١"):
        reader.get(f"/registru/zilnic/{written}", status=404)
        assert reader.ask("GET", f"/registru/zilnic/{written}/qr.svg").status_code == 404
    assert reader.ask("GET", "/registru/zilnic?inainte=maine").status_code in {400, 404}


def test_the_feed_tells_each_day_with_its_words(reader: Reader, digest: str) -> None:
    answer = reader.ask("GET", "/registru/zilnic.atom")

    feed = ET.fromstring(answer.text)  # noqa: S314 - our own feed
    [entry] = feed.findall(f"{ATOM}entry")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert (entry.findtext(f"{ATOM}content") or "").startswith(digest)
    assert (entry.findtext(f"{ATOM}id") or "").endswith(f"/registru/zilnic/{DAY}")
    assert "6 înregistrări" in (entry.findtext(f"{ATOM}title") or "")


def test_before_the_first_day_the_list_and_the_feed_are_empty(reader: Reader) -> None:
    assert "No day has ended yet" in reader.get("/en/registru/zilnic").text
    assert "<entry>" not in reader.ask("GET", "/registru/zilnic.atom").text


def test_a_time_stamp_stands_on_the_page_and_in_the_log(
    reader: Reader, database: Database, town: Town, settings: Settings, tmp_path: Path
) -> None:
    authority = found(tmp_path / "tsa")
    with served(authority) as url:
        stamping = Settings(
            **{**vars(settings), "timestamp_url": url, "timestamp_roots": authority.folder / "root.pem"}
        )
        the_day_comes(database, stamping)
        [job] = database.read(lambda db: db.scalars(select(Job).where(Job.kind == STAMP)).all())
        handlers(stamping)[STAMP](database, job.facts, NOW)

    page = reader.get(f"/en/registru/zilnic/{DAY}")

    assert "Marca" in page.select(".digest").get_text()
    stamp = page.link("The time stamp (RFC 3161)")
    files = (tmp_path / "note", tmp_path / "stamp")
    for file, path in zip(files, (f"/log/1/digests/{DAY}", stamp), strict=True):
        file.write_bytes(reader.ask("GET", path).content)
    asked = ("ts", "-verify", "-data", str(files[0]), "-in", str(files[1]), "-CAfile", "root.pem")
    assert "Verification: OK" in authority.openssl(*asked)


# The letters.


def test_the_digest_is_made_once_a_day_and_goes_to_whoever_asked(
    reader: Reader, database: Database, town: Town, settings: Settings
) -> None:
    subscribed(reader, database)

    the_day_comes(database, settings)
    the_day_comes(database, settings, NOW + timedelta(hours=1))

    sent = [posted for posted in letters(database) if posted.letter.link == f"/registru/zilnic/{DAY}"]
    assert DIGEST in {each.kind for each in TIMETABLE}
    assert [(posted.to, posted.locale) for posted in sent] == [(ANA, "en")]


def test_the_letter_says_the_words_and_lets_its_reader_leave(
    reader: Reader, database: Database, town: Town, settings: Settings
) -> None:
    subscribed(reader, database)
    the_day_comes(database, settings)
    posted = letters(database)[-1]

    handlers(settings)[LETTER](database, waiting(database)[-1].facts, NOW)

    [file] = settings.mail_folder.glob("**/*.eml")
    letter = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
    text = str(letter.get_content())
    assert " ".join(database.read(digest_of, DAY).words) in text.replace("\n", " ")
    leaving = f"{settings.base_url}/en{posted.letter.leave}"
    assert leaving in text
    assert letter["List-Unsubscribe"] == f"<{leaving}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_an_address_is_kept_only_once_it_is_confirmed(reader: Reader, database: Database, town: Town) -> None:
    reader.get("/en/abonare").form("Send me the letters").fill(email=ANA).submit()
    before = database.read(lambda db: db.scalar(select(func.count(DigestSubscription.id))))

    page = reader.get(f"/en{letters(database)[-1].letter.link}").form("Yes, send it").submit()

    kept = database.read(lambda db: db.scalars(select(DigestSubscription.email)).all())
    assert before == 0
    assert page.heading == "The letters begin tomorrow"
    assert kept == [ANA]
    assert database.read(lambda db: db.scalars(select(OneUseLink.email)).all()) == []


def test_opening_the_link_of_a_letter_confirms_nothing(reader: Reader, database: Database, town: Town) -> None:
    reader.get("/en/abonare").form("Send me the letters").fill(email=ANA).submit()

    reader.get(letters(database)[-1].letter.link)

    assert database.read(lambda db: db.scalars(select(DigestSubscription.email)).all()) == []


def test_a_link_confirms_once_and_for_a_week(reader: Reader, database: Database, town: Town, clock: Clock) -> None:
    subscribed(reader, database)
    used = letters(database)[-1].letter.link
    reader.get("/en/abonare").form("Send me the letters").fill(email="ion@example.ro").submit()
    late = letters(database)[-1].letter.link

    clock.at = NOW + timedelta(days=7)

    for link in (used, late, "/abonare/confirma/x"):
        dead = reader.get(f"/en{link}", status=410)
        assert dead.form("Send a new link").fill(email=ANA).submit().heading == "Look into your mailbox"


def test_asking_twice_gives_one_letter_a_day(
    reader: Reader, database: Database, town: Town, settings: Settings
) -> None:
    subscribed(reader, database)
    subscribed(reader, database)
    before = len(letters(database))

    the_day_comes(database, settings)

    assert len(letters(database)) == before + 1


def test_leaving_deletes_the_address_at_once(
    reader: Reader, database: Database, town: Town, settings: Settings
) -> None:
    subscribed(reader, database)
    the_day_comes(database, settings)
    leaving = letters(database)[-1].letter.leave

    page = reader.get(f"/en{leaving}").form("Send me no more letters").submit()

    assert page.heading == "The letters have ended"
    assert database.read(lambda db: db.scalars(select(DigestSubscription)).all()) == []
    assert reader.get(f"/en{leaving}").heading == "The letters have ended"


def test_a_mail_program_leaves_with_one_press_and_no_page(
    reader: Reader, database: Database, town: Town, settings: Settings
) -> None:
    subscribed(reader, database)
    the_day_comes(database, settings)
    leaving = letters(database)[-1].letter.leave

    # As RFC 8058 says: no cookie, no page of ours before it.
    answer = reader.client.post(leaving, data={"List-Unsubscribe": "One-Click"}, follow_redirects=False)

    assert answer.status_code == 303
    assert database.read(lambda db: db.scalars(select(DigestSubscription)).all()) == []


def test_what_is_no_address_is_said_beside_the_field(reader: Reader, database: Database, town: Town) -> None:
    for wrong in ("", "ana", "ana@", "ana@example.ro\r\nBcc: x@example.ro"):
        page = reader.get("/en/abonare").form("Send me the letters").fill(email=wrong).submit(status=422)
        assert page.errors
    assert letters(database) == []


def test_nobody_floods_a_mailbox(reader: Reader, database: Database, town: Town) -> None:
    for _ in range(5):
        reader.get("/en/abonare").form("Send me the letters").fill(email=ANA).submit()

    reader.get("/en/abonare").form("Send me the letters").fill(email=ANA).submit(status=429)

    assert len(letters(database)) == 5


def test_no_address_and_no_link_stands_in_the_log_of_requests(
    reader: Reader, database: Database, town: Town, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    subscribed(reader, database)
    the_day_comes(database, settings)
    leaving = letters(database)[-1].letter.leave
    reader.get(leaving)

    # The client of the tests tells what it asks for; the service does not.
    own = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("http"))
    assert urlsplit(leaving).path.rpartition("/")[2] not in own
    assert ANA not in own
    assert "/abonare/renunta/{token}" in own


def test_without_a_record_nothing_is_sent(reader: Reader, database: Database, settings: Settings) -> None:
    subscribed(reader, database)
    before = len(letters(database))

    the_day_comes(database, settings)

    assert len(letters(database)) == before
