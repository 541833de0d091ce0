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
DESK_DEPARTMENTS = f"{DESK}/departamente"
DESK_TEMPLATES = f"{DESK}/sabloane"
DESK_REGISTER = f"{DESK}/registru"
DESK_PARTICIPANTS = f"{DESK}/participanti"
DESK_MODERATION = f"{DESK}/moderare"
ERASURES = f"{DESK}/stergeri"
NEW_ERASURE = f"{ERASURES}/noua"
PROJECT_ERASURES = f"{ERASURES}/proiecte"
NEW_PROJECT_ERASURE = f"{PROJECT_ERASURES}/noua"
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
    return f"{ERASURES}/{request_id}"


def desk_project_erasure(request_id: int) -> str:
    """Return the officials' page of a request that a text about a project be erased."""
    return f"{PROJECT_ERASURES}/{request_id}"


def desk_report(year: int, part: str = "") -> str:
    """Return the officials' page of the report on a year, or of the second pair of eyes on it ("publica")."""
    return f"{DESK_REPORTS}/{year}" + (f"/{part}" if part else "")


def desk_person(person_id: int) -> str:
    """Return the page on which an official's roles are given and taken."""
    return f"{DESK_PEOPLE}/{person_id}"


def desk_department(department_id: int) -> str:
    """Return the page on which an administrator says who works in a department."""
    return f"{DESK_DEPARTMENTS}/{department_id}"


def desk_template(template_id: int) -> str:
    """Return the page on which a template of answers is written anew."""
    return f"{DESK_TEMPLATES}/{template_id}"


def desk_register(year: int) -> str:
    """Return the officials' own register of a year, with the contact data of those who wrote."""
    return f"{DESK_REGISTER}/{year}"


def exported_register(year: int, export_id: int) -> str:
    """Return the file of an export of that register."""
    return f"{DESK_REGISTER}/{year}/{export_id}.csv"


def dealings(consultation_id: int, reference: str) -> str:
    """Return the officials' page of what was done with a recommendation, and of their notes about it."""
    return desk_consultation(consultation_id, f"propuneri/{reference}/circuit")


def assigned_to_me(consultation_id: int) -> str:
    """Return what an official was given to answer in a consultation."""
    return asking(desk_consultation(consultation_id, "propuneri"), ale="mele", stare="fara-raspuns")


def answers_returned(consultation_id: int) -> str:
    """Return the drafted answers of a consultation that were sent back."""
    return asking(desk_consultation(consultation_id, "propuneri"), stare="intoarse")


def answers_to_approve(consultation_id: int) -> str:
    """Return the drafted answers of a consultation that wait for whoever may publish them."""
    return asking(desk_consultation(consultation_id, "propuneri"), stare="de-aprobat")
