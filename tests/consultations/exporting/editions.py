"""Editions to be exported, cut from plain texts."""

from datetime import UTC, datetime

from consult.consultations.exporting.editions import Edition
from consult.consultations.parsing import parse

PAGE = "https://izvoru.ro/consultari/112-2026/text/v2"


def edition(text: str, number: int = 2) -> Edition:
    return Edition(
        authority="Municipiul Izvoru",
        authority_url="https://izvoru.ro",
        reference="112-2026",
        title="Regulamentul de parcare <proiect>",
        number=number,
        published_at=datetime(2026, 11, 24, tzinfo=UTC),
        sha256="ab" * 32,
        url=PAGE,
        provisions=parse(text).elements,
    )
