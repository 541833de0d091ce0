"""What came on paper, by e-mail or by word of mouth, as it stands in the letter; and what is wrong with one."""

from dataclasses import dataclass
from datetime import datetime

from consult.consultations.consultations import Consultation
from consult.consultations.figure_proposals import FigureProposal
from consult.consultations.recommendations import Source
from consult.consultations.words import Words
from consult.i18n import N_
from consult.identity.names import email_address, one_line
from consult.refusals import Refusal

#: A postal address with a telephone number.
LONGEST_CONTACT = 500


class NotYetReceived(Refusal):
    """A letter is entered when it has come."""

    sentence = N_("This moment is still to come.")
    field = "received_on"


class BeforeAnnouncement(Refusal):
    """Nobody can have said something about a draft that was not public."""

    sentence = N_("The draft became public on %(opens_at)s; nothing about it can have come before.")
    field = "received_on"


class ContactMissing(Refusal):
    """The register says how an author is reached (art. 7(5) and (6))."""

    sentence = N_("Write how the author can be reached: an e-mail address, a telephone number or an address.")
    field = "contact"


@dataclass(frozen=True)
class Letter:
    """What came, as it stands in the letter or was said.

    `received_at`: when the authority had it. `organisation`: on whose behalf, empty for a person's own. `named`: the
    person agreed to appear by name. `is_another`: it repeats the words of another one, and is another one nevertheless.
    `scan`: the name of the file that waits for it (see `attachments`).
    """

    source: Source
    received_at: datetime
    provision_key: str | None
    said: Words
    name: str
    organisation: str
    named: bool
    contact: str
    email: str
    is_another: bool = False
    scan: str | None = None
    #: What it says of the figures of a draft budget, instead of a provision, and whether a proof of residence was seen.
    figures: FigureProposal | None = None
    is_resident: bool = False


def check_letter(consultation: Consultation, letter: Letter, at: datetime) -> None:
    """Refuse a letter from the future or from before the draft, or one that nobody can answer."""
    assert consultation.opens_at is not None, "a consultation is published with its dates"
    if letter.received_at > at:
        raise NotYetReceived
    if letter.received_at < consultation.opens_at:
        raise BeforeAnnouncement(opens_at=consultation.opens_at)
    if not (letter.contact.strip() or letter.email.strip()):
        raise ContactMissing
    one_line(letter.name)
    if letter.email:
        email_address(letter.email)
