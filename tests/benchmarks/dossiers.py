"""The file of a consultation with a long register: read, set and kept, as its job does it."""

from collections.abc import Iterator
from time import perf_counter

from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation
from consult.consultations.counters import refresh_counters
from consult.consultations.dossiers.dossiers import Dossier, ask_for_dossier
from consult.consultations.dossiers.making import make_dossier
from consult.identity.authorities import ANY_HOST
from consult.settings import Settings
from consult.store import Database
from tests.benchmarks.log import sequence_all
from tests.benchmarks.tables import Figure
from tests.benchmarks.towns import AT, settle_answered, settle_people
from tests.factories import an_authority

RECEIVED = 500
#: How often it is made; the quickest counts, since a machine is never slower by itself.
TIMES = 3


def of_a_file(database: Database, settings: Settings, received: int = RECEIVED, times: int = TIMES) -> Iterator[Figure]:
    """Measure making the file of an answered consultation with two versions."""
    consultation = database.act(answered, received)
    sequence_all(database, settings)
    authority_id, reference = consultation.authority_id, consultation.reference
    database.act(ask_for_dossier, authority_id, reference, site=settings.base_url, at=AT)
    facts = {"consultation_id": consultation.id, "site": settings.base_url}
    seconds = min(timed(database, facts) for _ in range(times))
    made = database.read(lambda db: db.get_one(Dossier, consultation.id))
    yield Figure(f"the file of {made.read} recommendations", seconds, "s", at_most=2.0)
    yield Figure("  its size", made.size / 1000, "kB")


def answered(db: Session, received: int) -> Consultation:
    """Let as many people say something in one consultation, and answer them all."""
    people = settle_people(db, received - 1)
    consultation = settle_answered(db, an_authority(db, host=ANY_HOST), people)
    refresh_counters(db, consultation.id)
    return consultation


def timed(database: Database, facts: dict[str, object]) -> float:
    """Return how long the job takes."""
    began = perf_counter()
    make_dossier(database, facts, AT)
    return perf_counter() - began
