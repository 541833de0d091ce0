"""How to keep a copy: the page gives commands that do what it says, with the key and the policy of this record."""

from pathlib import Path

import pytest

from consult.record.notes import SigningKey
from consult.record.reports import verify_log
from tests.web.reader import Reader
from tests.web.record.conftest import Town


def test_the_page_shows_key_and_policy_to_be_copied(reader: Reader, town: Town, key: SigningKey) -> None:
    page = reader.get("/en/registru/oglinda")

    assert key.verifying.vkey in page.text
    assert " ".join(reader.ask("GET", "/log/1/policy").text.split()) in page.text
    assert f"consult record verify registru --key '{key.verifying.vkey}'" in page.text
    assert f"consult record mirror http://izvoru.test/log/1 registru --key '{key.verifying.vkey}'" in page.text
    assert page.link("The list of all files") == "/log/1/files"
    assert page.link("how to become one") == "/en/registru/martori"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_the_lines_for_wget_fetch_is_the_whole_record(
    reader: Reader, town: Town, key: SigningKey, tmp_path: Path
) -> None:
    page = reader.get("/en/registru/oglinda")
    [first, second] = next(text for text in page.texts("pre code") if text.startswith("wget")).split("wget -x -nH")[1:]
    base = second.partition("--base=")[2].strip()

    fetched = [*first.split(), *(base + path for path in reader.ask("GET", "/log/1/files").text.split())]
    for address in dict.fromkeys(fetched):
        path = address.removeprefix("http://izvoru.test/")
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(reader.ask("GET", f"/{path}").content)

    assert "-nc -i log/1/files" in second
    assert verify_log(str(tmp_path / "log/1"), key.verifying.vkey).passed
