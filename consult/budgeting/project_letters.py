"""Letters to the author of a project: what every one of them says, so that each act adds only what is its own."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult import links, mail
from consult.budgeting.projects import Project
from consult.identity.people import person_of


def tell_author(db: Session, project: Project, kind: str, *, at: datetime, **facts: object) -> None:
    """Write to the author of a project."""
    person = person_of(db, project.person_id)
    told = {
        "authority_id": project.authority_id,
        "number": project.number,
        "title": project.title,
        "link": links.project(project.cycle.year, project.number),
        **facts,
    }
    mail.post(db, kind, to=person.email, locale=person.locale, facts=told, at=at)
