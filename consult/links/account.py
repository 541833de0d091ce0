"""The addresses at which people come in, and of their accounts."""

SIGN_IN = "/intra"
SIGN_IN_CODE = f"{SIGN_IN}/cod"
SIGN_OUT = "/iesire"
SIGN_UP = "/inregistrare"
RECOVERY = "/recuperare"
ACCOUNT = "/cont"
SESSIONS = f"{ACCOUNT}/sesiuni"
PASSWORD = f"{ACCOUNT}/parola"
TWO_STEPS = f"{ACCOUNT}/doi-pasi"
INVITATIONS = f"{ACCOUNT}/invitatii"
#: Where the author of a letter attaches it to their account.
CLAIM = f"{ACCOUNT}/revendica"
#: What somebody began to write and has not sent.
UNSENT = f"{ACCOUNT}/ciorne"
CLOSE_ACCOUNT = f"{ACCOUNT}/inchide"
ACCOUNT_CLOSED = f"{ACCOUNT}/inchis"
NEW_ORGANISATION = f"{ACCOUNT}/organizatii/noua"
PERSONAL_DATA = "/date-personale"


def address_confirmation(token: str) -> str:
    """Return the one-use link that confirms a mailbox."""
    return f"/confirma/{token}"


def new_password(token: str) -> str:
    """Return the one-use link that sets a password."""
    return f"{RECOVERY}/{token}"


def invitation(token: str) -> str:
    """Return the one-use link by which somebody begins to act for an organisation or an authority."""
    return f"/invitatie/{token}"


def discard_unsent(unsent_id: int) -> str:
    """Return where a draft of a proposal is thrown away."""
    return f"{UNSENT}/{unsent_id}/sterge"


def organisation(organisation_id: int) -> str:
    """Return the page on which an organisation's members look after it."""
    return f"{ACCOUNT}/organizatii/{organisation_id}"
