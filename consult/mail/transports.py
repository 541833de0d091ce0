"""The two ways by which a letter leaves the house: SMTP, and a folder in which the demo shows it."""

import smtplib
import ssl
from datetime import UTC
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Protocol
from urllib.parse import unquote, urlsplit

from consult.jobs import GiveUp
from consult.mail.letters import Letter, as_message

#: How long one step of the conversation may take; all of them together stay well under a job's lease.
TIMEOUT_SECONDS = 20
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Transport(Protocol):
    """What takes a letter out of the house; on return somebody else answers for it."""

    def send(self, letter: Letter) -> None:
        """Send one letter; raises if it may not have been taken."""


class SmtpTransport:
    """Hands letters to a mail server.

    `url`: `smtps://user:password@host` (TLS from the start) or `smtp://user:password@host:587` (STARTTLS, without
    which nothing is sent; only a server on loopback is spoken to in clear). `sender`: the address in From.
    """

    def __init__(self, url: str, *, sender: str, tls: ssl.SSLContext | None = None) -> None:
        self._server = urlsplit(url)
        if self._server.scheme not in {"smtp", "smtps"} or not self._server.hostname:
            raise ValueError("the mail server's URL must be smtp://host or smtps://host")
        self._is_tls_from_the_start = self._server.scheme == "smtps"
        self._sender = sender
        self._tls = tls or ssl.create_default_context()

    def send(self, letter: Letter) -> None:
        """Send one letter; raises GiveUp when the server says that there is no such mailbox."""
        message = as_message(letter, self._sender)
        with self._connect() as server:
            if not self._is_tls_from_the_start and self._server.hostname not in LOOPBACK:
                server.starttls(context=self._tls)
            if self._server.username:
                server.login(unquote(self._server.username), unquote(self._server.password or ""))
            try:
                server.send_message(message)
            except smtplib.SMTPRecipientsRefused as refusal:
                # 4xx: try again later, as with greylisting. 5xx: never.
                if all(code >= 500 for code, _ in refusal.recipients.values()):  # noqa: PLR2004 - RFC 5321, 4.2.1
                    raise GiveUp from refusal
                raise

    def _connect(self) -> smtplib.SMTP:
        host, port = self._server.hostname or "", self._server.port
        if self._is_tls_from_the_start:
            return smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT_SECONDS, context=self._tls)
        return smtplib.SMTP(host, port or 587, timeout=TIMEOUT_SECONDS)


class FolderTransport:
    """Puts each letter into a folder as an `.eml` file that any mail program opens."""

    def __init__(self, folder: Path, *, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    def send(self, letter: Letter) -> None:
        """Write one letter; a letter that is sent again takes its own place."""
        message = as_message(letter, self._sender)
        self._folder.mkdir(parents=True, exist_ok=True)
        # Whoever reads the folder never meets half a letter.
        with NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as part:
            part.write(message.as_bytes())
        posted = letter.posted_at.astimezone(UTC)
        Path(part.name).replace(self._folder / f"{posted:%Y%m%dT%H%M%S.%fZ}-{letter.id}.eml")


def read_folder(folder: Path, *, most: int | None = None) -> list[Letter]:
    """Return the letters in a folder, the newest first, at most so many."""
    return [read_letter(path) for path in sorted(folder.glob("*.eml"), reverse=True)[:most]]


def read_letter(path: Path) -> Letter:
    """Return one letter from its file."""
    with path.open("rb") as source:
        message = BytesParser(EmailMessage, policy=policy.SMTP).parse(source)
    body = message.get_body(("plain",))
    assert body is not None, "every letter of ours is plain text"
    return Letter(
        id=message["Message-ID"].strip("<>").partition("@")[0],
        to=message["To"].addresses[0].addr_spec,
        signed_by=message["From"].addresses[0].display_name,
        subject=str(message["Subject"]),
        text=body.get_content().replace("\r\n", "\n"),
        locale=str(message["Content-Language"]),
        posted_at=message["Date"].datetime.astimezone(UTC),
    )
