"""What a witness says aloud, by mail and on its terminal: that a log was caught, and where the proof of it lies."""

import smtplib
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import click

from consult.i18n import current_locale, gettext
from consult.jobs import GiveUp
from consult.mail import Letter, SmtpTransport
from consult.record.encoding import encode_base64
from consult.witness.protocol import Fork


@dataclass(frozen=True)
class Mailbox:
    """Whom to write to, and through which server (`smtps://user:password@host`)."""

    smtp_url: str
    sender: str
    to: str


def words_about(fork: Fork) -> str:
    """Return what happened and what to do with it, in the current locale."""
    said = gettext(
        "The log %(origin)s has signed a checkpoint of %(shown)d entries that does not continue the one of %(known)d"
        " entries that this witness cosigned. It was rewritten, there are two of it, or it was restored from a backup."
        "\n\n"
        "Cosigned here: root %(known_root)s\n"
        "Shown now:     root %(shown_root)s\n"
        "\n"
        "The log's own signature under what it shows now is kept in the file %(evidence)s. Keep this file and the"
        " witness's folder, tell others who keep copies, and ask the authority in public what happened."
    )
    return said % {
        "origin": fork.origin,
        "shown": fork.shown.size,
        "known": fork.known.size,
        "known_root": encode_base64(fork.known.root),
        "shown_root": encode_base64(fork.shown.root),
        "evidence": fork.evidence,
    }


def tell(words: str, mailbox: Mailbox | None, *, name: str, about: str, at: datetime) -> None:
    """Say it on the terminal, and by mail where there is a mailbox. `name`: the witness's; `about`: the log."""
    click.echo(words, err=True)
    if mailbox is None:
        return
    letter = Letter(
        id=sha256(words.encode()).hexdigest()[:32],
        to=mailbox.to,
        signed_by=name,
        subject=gettext("A log was caught: %(origin)s") % {"origin": about},
        text=f"{words}\n",
        locale=current_locale.get(),
        posted_at=at,
    )
    try:
        SmtpTransport(mailbox.smtp_url, sender=mailbox.sender).send(letter)
    except (OSError, smtplib.SMTPException, GiveUp) as problem:
        # The witness must go on; the file and the terminal say the same.
        click.echo(gettext("The letter could not be sent (%(problem)s).") % {"problem": problem}, err=True)
