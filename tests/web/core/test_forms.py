"""Forms say every mistake at once, beside its field, and lose nothing that was typed."""

import pytest

from consult.store import Database
from tests.web.core.sample import notes
from tests.web.reader import Page, Reader

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def sent(writer: Reader, *, status: int = 422, **values: object) -> Page:
    return writer.get("/en/note/scrie").form("Send").fill(**values).submit(status=status)


def posted(writer: Reader, body: bytes | str, *, status: int, kind: str = "application/x-www-form-urlencoded") -> Page:
    """Send a body as no page of ours would."""
    content = body.encode() if isinstance(body, str) else body
    return writer.open(
        "POST",
        "/en/note/scrie",
        status=status,
        headers={"Sec-Fetch-Site": "same-origin", "Content-Type": kind},
        content=content,
    )


def test_a_blank_form_shows_its_initial_values(writer: Reader) -> None:
    form = writer.get("/note/scrie").form("Send")

    assert form.values["title"] == ["A note"]
    assert form.values["tone"] == []
    assert form.values["topics"] == ["trees"]
    assert form.values["wording"] == [""]


def test_every_mistake_is_told_at_once_in_the_order_of_the_fields(writer: Reader) -> None:
    page = sent(
        writer,
        wording="",
        title="x" * 41,
        count="1_000",
        day="31.2.2026",
        hour="25:00",
        topics=["trees", "roads", "dogs"],
    )

    assert page.errors == [
        "Write your proposal.",
        "At most 40 characters are accepted; there are 41.",
        "Write a whole number, in digits.",
        "Write a day of the calendar, for example 5.12.2026.",
        "Write an hour, for example 16:00.",
        "Choose at most 2 answers.",
    ]
    assert page.link("Write your proposal.") == "#wording"
    assert page.title.startswith("Error: ")


def test_what_was_typed_stands_in_the_form_again(writer: Reader) -> None:
    typed = {"wording": 'Mai mulți\r\n\r\n  copaci & "umbră" </textarea><script>', "title": "<b>", "count": "zece"}

    form = sent(writer, **typed, tone="loud", size="large", agreed=True, topics=["dogs"]).form("Send")

    assert form.values["wording"] == [typed["wording"]]
    assert form.values["title"] == ["<b>"]
    assert form.values["count"] == ["zece"]
    assert form.values["tone"] == ["loud"]
    assert form.values["size"] == ["large"]
    assert form.values["agreed"] == ["1"]
    assert form.values["topics"] == ["dogs"]


def test_a_password_is_never_shown_again(writer: Reader) -> None:
    page = sent(writer, wording="", password="correct horse")

    assert "correct horse" not in page.response.text


def test_a_corrected_form_is_taken_with_the_same_key(writer: Reader) -> None:
    page = sent(writer, wording="")

    done = page.form("Send").fill(wording="Mai mulți copaci.").submit()

    assert done.path == "/en/note/1"


def test_text_is_composed_stripped_and_written_with_commas_below(writer: Reader, database: Database) -> None:
    sent(writer, wording="  \u015fi a\u0306 \u0163ara\r\n\r\nsfârșit \n", status=200)

    assert database.read(notes) == ["și ă țara\n\nsfârșit"]


@pytest.mark.parametrize(
    "unseen", ["\u202e", "\u2066", "\u200b", "\u200f", "\u00ad", "\ufeff", "\u061c", "\U000e0041", "\x1b"]
)
def test_what_nobody_sees_is_taken_out_of_every_field(writer: Reader, database: Database, unseen: str) -> None:
    form = writer.get("/note/scrie").form("Send")

    refused = form.fill(title=f"A {unseen}note", wording=f"Un{unseen}u\nDoi", count="x").submit(status=422)
    form.fill(wording=f"Un{unseen}u\nDoi", count="1").submit()

    assert refused.form("Send").values["title"] == ["A note"]
    assert database.read(notes) == ["Unu\nDoi"]


def test_the_parts_of_an_emoji_stay_joined_in_a_text_and_in_no_title(writer: Reader) -> None:
    family = "\U0001f468\u200d\U0001f469"

    page = sent(writer, wording=family, title=f"{family} a\u200cb", count="x")

    assert page.form("Send").values["wording"] == [family]
    assert page.form("Send").values["title"] == ["\U0001f468\U0001f469 ab"]


def test_a_field_of_nothing_but_unseen_characters_is_empty(writer: Reader) -> None:
    assert sent(writer, wording="\u200b\u2060\u202e").errors == ["Write your proposal."]


def test_a_text_of_the_greatest_length_is_taken_and_one_character_more_is_not(
    writer: Reader, database: Database
) -> None:
    longest = "ș" * 5000

    too_long = sent(writer, wording=longest + "t")
    sent(writer, wording=longest, status=200)

    assert too_long.errors == ["At most 5,000 characters are accepted; there are 5,001."]
    assert database.read(notes) == [longest]


def test_a_paste_of_five_megabytes_is_refused_in_words_and_kept(writer: Reader) -> None:
    paste = "Articolul și țara. " * 280_000

    page = sent(writer, wording=paste)

    assert page.errors == ["At most 5,000 characters are accepted; there are 5,319,999."]
    assert page.form("Send").values["wording"] == [paste.strip()]


@pytest.mark.parametrize("written", ["2026-12-05", "5.12.2026", "05/12/2026"])
def test_a_day_may_be_written_as_people_write_it(writer: Reader, written: str) -> None:
    assert sent(writer, wording="Copaci.", day=written, status=200).heading == "A note"


@pytest.mark.parametrize("written", ["0000-01-01", "2026-13-01", "2026-1-1", "５.12.2026", "tomorrow"])
def test_what_is_no_day_is_refused(writer: Reader, written: str) -> None:
    assert sent(writer, wording="Copaci.", day=written).errors[0].startswith("Write a day")


@pytest.mark.parametrize("written", ["１２", "1_000", "+1", "1e3", "1.0", "9" * 19, "0x10", "null"])
def test_only_plain_digits_are_a_number(writer: Reader, written: str) -> None:
    assert sent(writer, wording="Copaci.", count=written).errors == ["Write a whole number, in digits."]


def test_a_line_break_has_no_place_in_one_line(writer: Reader) -> None:
    assert sent(writer, wording="Copaci.", title="To: a\r\nBcc: b").errors == ["Write it on one line."]


def test_a_character_that_cannot_be_kept_is_taken_out_and_told(writer: Reader, database: Database) -> None:
    page = sent(writer, wording="Co\x00paci.")

    assert page.form("Send").values["wording"] == ["Copaci."]
    assert page.errors[0].startswith("There was a character that cannot be kept.")
    assert database.read(notes) == []


def test_an_answer_that_was_not_offered_is_refused(writer: Reader) -> None:
    page = posted(writer, "wording=Copaci&tone=furious", status=422)

    assert page.errors == ["Choose one of the answers."]


def test_a_file_must_be_chosen_again_when_something_else_is_wrong(writer: Reader) -> None:
    page = sent(writer, wording="", annex=("studiu.pdf", b"%PDF-1.7"))

    assert page.errors == ["Write your proposal.", "Choose the file “studiu.pdf” again."]


def test_a_refusal_stands_beside_the_field_that_it_names(writer: Reader) -> None:
    page = sent(writer, wording="Copaci!!!!")

    assert page.errors == ["Notes with 4 exclamation marks are not taken."]
    assert page.link(page.errors[0]) == "#wording"
    assert page.form("Send").values["wording"] == ["Copaci!!!!"]


def test_a_refusal_of_the_whole_form_stands_above_it(writer: Reader) -> None:
    assert sent(writer, wording="Write it today.").errors == ["Not today."]


@pytest.mark.parametrize("name", ["is_admin", "authority_id", "state", "votes", "_method"])
def test_a_field_that_the_form_does_not_ask_for_is_refused(writer: Reader, database: Database, name: str) -> None:
    posted(writer, f"wording=Copaci&{name}=1", status=422)

    assert database.read(notes) == []


def test_a_field_that_is_asked_once_is_not_answered_twice(writer: Reader, database: Database) -> None:
    posted(writer, "wording=one&wording=two", status=400)

    assert database.read(notes) == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"wording=%FF%FE", 400),
        ("wording=Copaci".encode("utf-16"), 400),
        (b"wording=%ED%A0%80", 400),
        (b"&".join(b"wording=1" for _ in range(1001)), 413),
        (b"agreed=maybe&wording=Copaci", 400),
    ],
    ids=["not UTF-8", "UTF-16", "half a character", "a thousand and one fields", "a box that says maybe"],
)
def test_a_body_that_no_page_sends_is_refused(writer: Reader, database: Database, body: bytes, status: int) -> None:
    posted(writer, body, status=status)

    assert database.read(notes) == []


PART = b'--b\r\nContent-Disposition: form-data; name="wording"\r\n\r\nCopaci\r\n'


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("multipart/form-data", PART + b"--b--\r\n", 400),
        ("multipart/form-data; boundary=b", PART, 400),
        ("multipart/form-data; boundary=b", PART * 1001 + b"--b--\r\n", 413),
        ("multipart/form-data; boundary=b", PART.replace(b"name=", b"x=" + b"y" * 500_000 + b";name="), 413),
        ("multipart/form-data; boundary=b", PART.replace(b"Copaci", b"\xff") + b"--b--\r\n", 400),
        ("application/json", b'{"wording": "Copaci"}', 415),
        ("text/plain", b"wording=Copaci", 415),
    ],
    ids=["no boundary", "cut off", "1,001 parts", "a long part header", "not UTF-8", "JSON", "plain text"],
)
def test_parts_that_no_page_sends_are_refused(
    writer: Reader, database: Database, kind: str, body: bytes, status: int
) -> None:
    posted(writer, body, status=status, kind=kind)

    assert database.read(notes) == []
