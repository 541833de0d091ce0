"""Names and addresses as people type them, brought to one written form or refused.

What is kept here ends in letters, in the public register and on other people's screens, so no name may carry a line
break into a letter's header, reverse the text around it, or hide characters that nobody sees.
"""

import re
import unicodedata

from consult.i18n import N_
from consult.refusals import Refusal

NAME_LENGTH = 120
EMAIL_LENGTH = 254

#: ASCII only: two addresses that differ only by the case rules of some other alphabet must never meet (a known way to
#: take over accounts). A domain with diacritics is typed in its `xn--` form. No part can match in two ways, so the
#: time to refuse is linear.
EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{1,62}")

#: Unicode's categories of characters that are not seen: controls, directions, halves, private and line separators.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
#: Spaces of any width, but no tab and no line break: those are refused.
SPACES = re.compile(r"[ \u00a0\u2000-\u200a\u202f\u3000]+")

#: Old Romanian encodings wrote cedillas; the letters of the language carry a comma below.
COMMAS_FOR_CEDILLAS = str.maketrans("\u015e\u015f\u0162\u0163", "ȘșȚț")


class NotAName(Refusal):
    """The text is empty, too long, or holds characters that no name has."""

    sentence = N_("Write a name of at most %(most)s characters, on one line.")
    field = "name"


class NotAnEmail(Refusal):
    """The text is not an e-mail address that a letter can be sent to."""

    sentence = N_("The e-mail address is not complete, for example ana@example.ro.")
    field = "email"


def one_line(text: str, *, refusal: type[NotAName] = NotAName, most: int = NAME_LENGTH) -> str:
    """Return a name in its written form: composed letters, single spaces, commas below.

    Raises NotAName, or the kind of it that names another field, when it is empty, longer than `most`, or holds
    control, direction or invisible characters.
    """
    written = unicodedata.normalize("NFC", text).translate(COMMAS_FOR_CEDILLAS)
    plain = " ".join(SPACES.split(written)).strip()
    if not plain or len(plain) > most or any(unicodedata.category(character) in UNSEEN for character in plain):
        raise refusal(most=most)
    return plain


def email_address(text: str) -> str:
    """Return an e-mail address in small letters, the one form in which addresses are kept and compared."""
    address = text.strip(" ").lower()
    if len(address) > EMAIL_LENGTH or not EMAIL.fullmatch(address):
        raise NotAnEmail
    return address
