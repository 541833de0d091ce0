"""What is taken along whole: the file of a consultation with a long register, and the register as a workbook."""

import asyncio
from collections.abc import AsyncIterator, Iterator
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
from web.workbooks import workbook

RECEIVED = 500
#: Rows of a long register, and those that are read at a time.
ROWS, PART = 100_000, 500


def of_a_file(database: Database, settings: Settings, received: int = RECEIVED) -> Iterator[Figure]:
    """Measure making the file of an answered consultation with two versions."""
    consultation = database.act(answered, received)
    sequence_all(database, settings)
    authority_id, reference = consultation.authority_id, consultation.reference
    database.act(ask_for_dossier, authority_id, reference, site=settings.base_url, at=AT)
    # Once: a second time most of its pages would be remembered, as they are not in life.
    began = perf_counter()
    make_dossier(database, {"consultation_id": consultation.id, "site": settings.base_url}, AT)
    seconds = perf_counter() - began
    made = database.read(lambda db: db.get_one(Dossier, consultation.id))
    yield Figure(f"the file of {made.read} recommendations", seconds, "s", at_most=2.0)
    yield Figure("  its size", made.size / 1000, "kB")


def answered(db: Session, received: int) -> Consultation:
    """Let as many people say something in one consultation, and answer them all."""
    people = settle_people(db, received - 1)
    consultation = settle_answered(db, an_authority(db, host=ANY_HOST), people)
    refresh_counters(db, consultation.id)
    return consultation


def of_a_workbook(rows: int = ROWS) -> Iterator[Figure]:
    """Measure writing a register as a workbook, with words of the usual length, and how much of it is held at once."""
    words = "Locuim de douăzeci de ani pe strada aceasta și vedem în fiecare zi ce se întâmplă. " * 2
    part = [[f"{number}/2026", "2-2026", "2026-11-24T10:00:00Z", "Participant", words] for number in range(PART)]

    async def parts() -> AsyncIterator[list[list[str]]]:
        for _ in range(0, rows, PART):
            yield part

    async def sent() -> list[int]:
        return [len(piece) async for piece in workbook("Registrul", ["Nr."] * 5, parts())]

    began = perf_counter()
    sizes = asyncio.run(sent())
    yield Figure(f"a workbook of {rows:,} rows", perf_counter() - began, "s")
    yield Figure("  the most of it at once", max(sizes) / 1000, "kB", at_most=1000)
