"""The whole record in one file: what a browser downloads is what `consult record verify` checks."""

import tarfile
from io import BytesIO
from pathlib import Path

from consult import links
from consult.commands.keys import settle
from consult.record.keys import load_key
from consult.record.reports import verify_log
from tests.factories import NOW, a_recommendation, an_open_consultation


def test_the_downloaded_record_verifies_until_a_byte_is_changed(
    reader, database, settings, authority, tmp_path: Path
) -> None:
    def some_acts(db) -> None:
        consultation = an_open_consultation(db, db.merge(authority))
        for _ in range(3):
            a_recommendation(db, consultation)

    database.act(some_acts)
    settle(settings, database, at=NOW)

    downloaded = reader.ask("GET", links.RECORD_ARCHIVE).content
    with tarfile.open(fileobj=BytesIO(downloaded)) as archive:
        for member in archive:
            file = tmp_path / member.name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(archive.extractfile(member).read())

    folder = tmp_path / "registru"
    vkey = load_key(settings.keys).verifying.vkey
    assert verify_log(str(folder), vkey).passed
    body = next(folder.glob("body/*"))
    body.write_bytes(body.read_bytes()[:-1] + b"!")
    report = verify_log(str(folder), vkey)
    assert not report.passed
    assert body.name in report.sentences[0]
