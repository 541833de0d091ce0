"""A letter leaves by SMTP or into a folder, whole, to one reader, and with no header that a stranger wrote."""

import smtplib
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from consult.jobs import GiveUp
from consult.mail import FolderTransport, Letter, SmtpTransport, read_folder
from tests.mail.servers import mail_server, make_certificate

SENDER = "consultare@primaria.example"
NOON = datetime(2026, 12, 1, 12, 0, 0, 250_000, tzinfo=UTC)
LETTER = Letter(
    id="6f1d0c9ae2b84d41",
    to="ana@example.ro",
    signed_by="Primăria Izvoru",
    subject="Propunerea nr. 47/2026 e înregistrată – parcări de reședință",
    text="Ați trimis o propunere.\n\nhttp://127.0.0.1:8000/consultari/112-2026/propuneri/47-2026\n",
    locale="ro",
    posted_at=NOON,
)
#: An address of loopback that the transport does not know as such, and so treats as a server somewhere else.
ELSEWHERE = "127.0.0.2"


def test_a_letter_arrives_as_it_was_written() -> None:
    with mail_server() as mailbox:
        SmtpTransport(f"smtp://127.0.0.1:{mailbox.port}", sender=SENDER).send(LETTER)

    [message] = mailbox.messages
    assert mailbox.recipients == [["ana@example.ro"]]
    assert message["Subject"] == LETTER.subject
    assert message["From"].addresses[0].display_name == "Primăria Izvoru"
    assert message["From"].addresses[0].addr_spec == SENDER
    assert message["Date"].datetime == NOON.replace(microsecond=0)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "ro"
    assert message.get_content_type() == "text/plain"
    assert message.get_content().replace("\r\n", "\n") == LETTER.text


def test_a_letter_that_is_sent_again_can_be_recognised() -> None:
    with mail_server() as mailbox:
        transport = SmtpTransport(f"smtp://127.0.0.1:{mailbox.port}", sender=SENDER)
        transport.send(LETTER)
        transport.send(LETTER)
        transport.send(replace(LETTER, id="another"))

    first, again, another = (message["Message-ID"] for message in mailbox.messages)
    assert first == again == "<6f1d0c9ae2b84d41@primaria.example>"
    assert another != first


def test_a_server_elsewhere_gets_letters_and_the_password_encrypted_only(tmp_path: Path) -> None:
    server, client = make_certificate(tmp_path, ELSEWHERE)

    with mail_server(ELSEWHERE, tls=server) as mailbox:
        SmtpTransport(f"smtp://consult:p%40ss@{ELSEWHERE}:{mailbox.port}", sender=SENDER, tls=client).send(LETTER)

    assert mailbox.was_encrypted == [True]
    assert [(each.login, each.password) for each in mailbox.signed_in] == [(b"consult", b"p@ss")]


def test_nothing_is_sent_to_a_server_elsewhere_that_offers_no_encryption() -> None:
    with mail_server(ELSEWHERE) as mailbox, pytest.raises(smtplib.SMTPNotSupportedError):
        SmtpTransport(f"smtp://{ELSEWHERE}:{mailbox.port}", sender=SENDER).send(LETTER)

    assert mailbox.messages == []


def test_nothing_is_sent_to_a_server_whose_certificate_is_not_trusted(tmp_path: Path) -> None:
    server, _ = make_certificate(tmp_path, ELSEWHERE)

    with mail_server(ELSEWHERE, tls=server) as mailbox, pytest.raises(ssl.SSLCertVerificationError):
        SmtpTransport(f"smtp://consult:p%40ss@{ELSEWHERE}:{mailbox.port}", sender=SENDER).send(LETTER)

    assert (mailbox.messages, mailbox.signed_in) == ([], [])


def test_a_mailbox_that_does_not_exist_is_not_tried_again() -> None:
    with mail_server(refusal="550 no such mailbox") as mailbox, pytest.raises(GiveUp):
        SmtpTransport(f"smtp://127.0.0.1:{mailbox.port}", sender=SENDER).send(LETTER)


def test_a_mailbox_that_asks_for_patience_is_tried_again() -> None:
    with mail_server(refusal="451 come back later") as mailbox, pytest.raises(smtplib.SMTPRecipientsRefused):
        SmtpTransport(f"smtp://127.0.0.1:{mailbox.port}", sender=SENDER).send(LETTER)


@pytest.mark.parametrize("url", ["", "mail.example", "http://mail.example", "smtp://"])
def test_a_setting_that_names_no_mail_server_is_refused_at_once(url: str) -> None:
    with pytest.raises(ValueError, match="smtp://host"):
        SmtpTransport(url, sender=SENDER)


@pytest.mark.parametrize(
    "letter",
    [
        replace(LETTER, to="ana@example.ro\r\nBcc: victim@example.ro"),
        replace(LETTER, to="ana@example.ro, victim@example.ro"),
        replace(LETTER, subject="Fact\r\nBcc: victim@example.ro"),
        replace(LETTER, subject="Fact\nBcc: victim@example.ro"),
        replace(LETTER, signed_by="Primăria\r\nBcc: victim@example.ro"),
    ],
)
def test_no_fact_can_add_a_header_or_a_reader(letter: Letter, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"CR or LF|linefeed|could be parsed"):
        FolderTransport(tmp_path, sender=SENDER).send(letter)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_shows_its_letters_as_they_were_written_the_newest_first(tmp_path: Path) -> None:
    transport = FolderTransport(tmp_path / "mail", sender=SENDER)
    later = replace(LETTER, id="later", posted_at=NOON + timedelta(milliseconds=1))

    transport.send(later)
    transport.send(LETTER)

    whole_second = NOON.replace(microsecond=0)
    assert read_folder(tmp_path / "mail") == [replace(each, posted_at=whole_second) for each in (later, LETTER)]
    assert [letter.id for letter in read_folder(tmp_path / "mail", most=1)] == ["later"]


def test_a_folder_keeps_a_letter_once_however_often_it_is_sent(tmp_path: Path) -> None:
    transport = FolderTransport(tmp_path, sender=SENDER)

    transport.send(LETTER)
    transport.send(LETTER)

    assert [path.name for path in tmp_path.iterdir()] == ["20261201T120000.250000Z-6f1d0c9ae2b84d41.eml"]


def test_a_folder_that_no_letter_has_reached_is_empty(tmp_path: Path) -> None:
    assert read_folder(tmp_path / "mail") == []
