"""The addresses of debates and sessions."""

from consult.links.addresses import asking, slug

MEETINGS = "/sedinte"


def debate(reference: str, part: str = "") -> str:
    """Return the page of the public debates of a draft, or the form by which one is asked for ("cere")."""
    return f"/consultari/{reference}/dezbatere" + (f"/{part}" if part else "")


def debate_request(reference: str, number: str) -> str:
    """Return the page of a request for a debate, by its number and year, such as `2-2026`."""
    return f"/consultari/{reference}/dezbatere/cereri/{number}"


def meetings(*, page: int = 1, ending: str = "") -> str:
    """Return the list of meetings, or with an `ending` (".ics") the same for calendars."""
    return asking(f"{MEETINGS}{ending}", pagina=page if page > 1 else None)


def meeting(reference: str, title: str = "") -> str:
    """Return the page of a meeting; a wrong slug is led to the right one."""
    return f"{MEETINGS}/{reference}/{slug(title)}" if title else f"{MEETINGS}/{reference}"


def meeting_calendar(reference: str) -> str:
    """Return the date of a meeting for a calendar."""
    return f"{MEETINGS}/{reference}/calendar.ics"


def meeting_occasion(reference: str, host: str) -> str:
    """Return the name by which calendars know a meeting, whoever tells them of it."""
    return f"sedinta-{reference}@{host}"


def meeting_registration(reference: str) -> str:
    """Return the page on which somebody registers to speak, or gives their turn back."""
    return f"{MEETINGS}/{reference}/inscriere"


def speaking_without_account(reference: str, part: str = "") -> str:
    """Return the page on which somebody without an account asks for the floor, or what follows ("trimis")."""
    return f"{meeting_registration(reference)}/fara-cont" + (f"/{part}" if part else "")


def speaker_confirmation(token: str) -> str:
    """Return the page on which the reader of a letter confirms that they want to speak."""
    return f"/inscriere/confirma/{token}"


def minutes(reference: str, version: int) -> str:
    """Return the minutes of a meeting, in one of their versions."""
    return f"{MEETINGS}/{reference}/minuta/v{version}"
