"""The addresses of the officials' desk."""

from consult.links.addresses import asking

DESK = "/birou"
DESK_CONSULTATIONS = f"{DESK}/consultari"
DESK_ORGANISATIONS = f"{DESK}/organizatii"
NEW_CONSULTATION = f"{DESK_CONSULTATIONS}/noua"
DESK_MEETINGS = f"{DESK}/sedinte"
NEW_SESSION = f"{DESK_MEETINGS}/noua"
NEW_DIALOGUE = f"{DESK_MEETINGS}/dialog"
DESK_PEOPLE = f"{DESK}/oameni"
DESK_PARTICIPANTS = f"{DESK}/participanti"
DESK_MODERATION = f"{DESK}/moderare"
NEW_ERASURE = f"{DESK}/stergeri/noua"
DESK_WITNESSES = f"{DESK}/martori"
DESK_RULES = f"{DESK}/reguli"
DESK_REPORTS = f"{DESK}/rapoarte"


def desk_consultation(consultation_id: int, part: str = "") -> str:
    """Return the officials' page of a consultation, public or not, or of one part of their work on it ("anunt")."""
    return f"{DESK_CONSULTATIONS}/{consultation_id}" + (f"/{part}" if part else "")


def new_session(consultation_id: int) -> str:
    """Return the form that announces a session, with a draft on its agenda."""
    return asking(NEW_SESSION, proiect=consultation_id)


def desk_meeting(meeting_id: int, part: str = "") -> str:
    """Return the officials' page of a meeting, or of one part of their work on it ("minuta")."""
    return f"{DESK_MEETINGS}/{meeting_id}" + (f"/{part}" if part else "")


def desk_organisation(organisation_id: int) -> str:
    """Return the officials' page of an organisation's papers."""
    return f"{DESK_ORGANISATIONS}/{organisation_id}"


def desk_moderation(recommendation_id: int) -> str:
    """Return the officials' page on which a recommendation is hidden or shown again."""
    return f"{DESK_MODERATION}/{recommendation_id}"


def desk_appeal(appeal_id: int) -> str:
    """Return the officials' page of an appeal against moderation."""
    return f"{DESK_MODERATION}/contestatii/{appeal_id}"


def desk_erasure(request_id: int) -> str:
    """Return the officials' page of a request that a text be erased."""
    return f"{DESK}/stergeri/{request_id}"


def desk_report(year: int, part: str = "") -> str:
    """Return the officials' page of the report on a year, or of the second pair of eyes on it ("publica")."""
    return f"{DESK_REPORTS}/{year}" + (f"/{part}" if part else "")


def desk_person(person_id: int) -> str:
    """Return the page on which an official's roles are given and taken."""
    return f"{DESK_PEOPLE}/{person_id}"
