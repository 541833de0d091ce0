"""A letter as it leaves the house, and its form as an e-mail."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime


@dataclass(frozen=True)
class Letter:
    """A letter in words: plain text, one reader.

    `id` names it for ever. `signed_by`: the authority in whose name it goes out. `posted_at`: when the act happened
    that it tells of, which is the letter's date however late it is sent. `leave`: the address by which its reader gets
    no more of the kind; empty for a letter that comes once.
    """

    id: str
    to: str
    signed_by: str
    subject: str
    text: str
    locale: str
    posted_at: datetime
    leave: str = ""
    #: A date for the reader's calendar (iCalendar); empty where the letter is about none.
    calendar: str = ""


def as_message(letter: Letter, sender: str) -> EmailMessage:
    """Return the e-mail, from the address of the installation.

    Raises ValueError for a line break in an address or a header, which would let its writer add headers of their own.
    """
    message = EmailMessage(policy=SMTP)
    own = Address(letter.signed_by, addr_spec=sender)
    message["From"] = own
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.posted_at)
    message["Message-ID"] = f"<{letter.id}@{own.domain}>"
    # No machine shall answer: absence notices to a town hall's letters would fill its mailbox.
    message["Auto-Submitted"] = "auto-generated"
    if letter.leave:
        # The reader's program shows a button for it (RFC 8058).
        message["List-Unsubscribe"] = f"<{letter.leave}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text, cte="quoted-printable")
    if letter.calendar:
        message.add_attachment(
            letter.calendar, subtype="calendar", params={"method": "PUBLISH"}, filename="calendar.ics", cte="base64"
        )
    message["Content-Language"] = letter.locale
    return message
