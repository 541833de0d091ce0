"""Making the file: the job reads, tells how far it is, sets the pages, and keeps them."""

from datetime import datetime

from consult import links
from consult.consultations.consultations import ConsultationId
from consult.consultations.dossiers import closing, opening, received
from consult.consultations.dossiers.contents import Contents, read_contents
from consult.consultations.dossiers.dossiers import Dossier, keep_dossier, tell_progress
from consult.consultations.exporting.paper import Paper, as_pdf, typeset
from consult.i18n import gettext, spoken
from consult.jobs import Facts
from consult.store import Database


def make_dossier(database: Database, facts: Facts, at: datetime) -> None:
    """Make the file of a consultation for whoever asked last; nothing if it was forgotten before its turn came."""
    consultation_id = ConsultationId(facts["consultation_id"])
    asked_for = database.read(lambda db: db.get(Dossier, consultation_id))
    if asked_for is None:
        return

    def tell(read: int, to_read: int) -> None:
        database.act(tell_progress, consultation_id, read, to_read)

    contents = database.read(read_contents, consultation_id, tell=tell, at=at)
    made = as_pdf(typeset(on_paper(contents, facts["site"])))
    acts = len(contents.acts)
    database.act(keep_dossier, consultation_id, made, asked_at=asked_for.asked_at, acts=acts, at=at)


def on_paper(contents: Contents, site: str) -> Paper:
    """Return the file, part after part. `site`: under which its reader knows the pages."""
    it = contents.consultation
    number = f"{it.number}/{it.year}"
    return Paper(
        title=it.title,
        authority=contents.authority,
        head=[
            contents.authority,
            gettext("File of public consultation no. %(number)s, as of %(day)s")
            % {"number": number, "day": spoken(contents.as_of)},
        ],
        foot=[
            gettext("Made from the public pages of the consultation. A newer file, and the hash of this one: %(url)s")
            % {"url": f"{site}{links.dossier(it.reference)}"}
        ],
        pieces=[
            *opening.cover(contents, site),
            *opening.announcement(contents),
            *opening.documents(contents),
            *opening.text(contents),
            *opening.figures(contents),
            *opening.changes(contents),
            *received.register(contents),
            *received.packages(contents),
            *received.proposals(contents),
            *closing.meetings(contents),
            *closing.law(contents),
            *closing.record(contents),
            *closing.annexes(contents),
        ],
    )
