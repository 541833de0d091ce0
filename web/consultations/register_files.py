"""The whole register as a file, made and sent row by row however long it is: for spreadsheets and for programs."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
from litestar import MediaType, get
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from consult import links
from consult.consultations.consultations import Consultation
from consult.consultations.recommendations import Recommendation, Verdict
from consult.consultations.register_pages import RegisterFilePart, register_file_part
from consult.i18n import gettext
from consult.identity.authorities import Authority, AuthorityId
from web.access import public
from web.addresses import absolute
from web.consultations.words import VERDICTS
from web.database import Db
from web.given import Given, Request
from web.spreadsheets import BYTE_ORDER_MARK, MEDIA_TYPE, csv_lines

#: Proxies may keep it for a little; we do not (`web.access.public`).
KEPT = {"Cache-Control": "public, max-age=0, s-maxage=30"}


@get("/consultari/{reference:str}/propuneri.csv", opt=public("raspuns", is_streamed=True))
async def register_csv(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    reference: FromPath[str],
    raspuns: FromQuery[str] = "",
) -> Stream:
    """Give the register to spreadsheets."""
    verdict = VERDICTS.get(raspuns)
    first = await db.read(register_file_part, authority.id, reference, verdict=verdict)

    async def lines() -> AsyncIterator[str]:
        yield BYTE_ORDER_MARK + csv_lines([columns()])
        async for part in parts(db, authority.id, reference, verdict, first):
            yield csv_lines(row(request, part.consultation, each) for each in part.rows.recommendations)

    return Stream(lines(), media_type=MEDIA_TYPE, headers=KEPT)


@get("/consultari/{reference:str}/propuneri.json", opt=public("raspuns", is_streamed=True))
async def register_json(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    reference: FromPath[str],
    raspuns: FromQuery[str] = "",
) -> Stream:
    """Give the register to programs."""
    verdict = VERDICTS.get(raspuns)
    first = await db.read(register_file_part, authority.id, reference, verdict=verdict)

    async def pieces() -> AsyncIterator[bytes]:
        consultation = first.consultation
        head = {
            "consultation": consultation.reference,
            "title": consultation.title,
            "url": absolute(request, links.consultation(consultation.reference, consultation.title)),
        }
        yield msgspec.json.encode(head)[:-1] + b',"recommendations":['
        before = b"\n"
        async for part in parts(db, authority.id, reference, verdict, first):
            for each in part.rows.recommendations:
                yield before + msgspec.json.encode(described(request, consultation, each))
                before = b",\n"
        yield b"\n]}\n"

    return Stream(pieces(), media_type=MediaType.JSON, headers=KEPT)


async def parts(
    db: Db, authority_id: AuthorityId, reference: str, verdict: Verdict | None, first: RegisterFilePart
) -> AsyncIterator[RegisterFilePart]:
    """Read the register on, each part in a moment of its own, so that a slow reader holds nothing up."""
    part = first
    yield part
    while part.rows.after is not None:
        part = await db.read(register_file_part, authority_id, reference, verdict=verdict, after=part.rows.after)
        yield part


def columns() -> list[str]:
    """Return the names of the columns."""
    return [
        gettext("Number"),
        gettext("Received on"),
        gettext("About"),
        gettext("Author"),
        gettext("Kind"),
        gettext("Text"),
        gettext("Reasons"),
        gettext("Withdrawn on"),
        gettext("Text hidden for"),
        gettext("Text erased for"),
        gettext("Answer"),
        gettext("Reasons of the answer"),
        gettext("Answered on"),
        gettext("Reasons of the answer erased for"),
        gettext("Address"),
        gettext("Act in the public record"),
        gettext("How it came"),
        gettext("Late"),
        gettext("Supporters"),
    ]


def row(request: Request, consultation: Consultation, each: Recommendation) -> list[object]:
    """Return one row of the spreadsheet; states are said by their words in the code, which never change."""
    said = described(request, consultation, each)
    return [
        said["number"],
        each.received_at.isoformat(),
        said["provision_label"],
        said["author"],
        said["kind"],
        said["wording"],
        said["reason"],
        each.withdrawn_at.isoformat() if each.withdrawn_at else None,
        said["hidden_for"],
        said["erased_for"],
        said["verdict"],
        said["answer"],
        each.answered_at.isoformat() if each.answered_at else None,
        said["answer_erased_for"],
        said["url"],
        said["record_url"],
        said["source"],
        gettext("late") if each.late else None,
        each.supporters,
    ]


def described(request: Request, consultation: Consultation, each: Recommendation) -> dict[str, Any]:  # Any: JSON
    """Return what programs are told of a recommendation. What was hidden or erased is null; its number stays."""
    return {
        "number": each.register_number,
        "received_at": each.received_at,
        "source": each.source,
        "late": each.late,
        "supporters": each.supporters,
        "kind": each.kind,
        "version": each.version_number,
        "provision": each.provision_key,
        "provision_label": each.provision_label or None,
        "article": each.article_key,
        "author": each.author,
        "wording": each.words.get("wording"),
        "reason": each.words.get("reason"),
        "withdrawn_at": each.withdrawn_at,
        "hidden_for": each.hidden_for.ground if each.hidden_for else None,
        "erased_for": each.erasure.ground if each.erasure else None,
        "verdict": each.verdict,
        "answer": (each.answer.text or None) if each.answer else None,
        "answer_erased_for": each.answer.erasure.ground if each.answer and each.answer.erasure else None,
        "answered_at": each.answered_at,
        "url": absolute(request, links.recommendation(consultation.reference, each.reference)),
        "record_url": absolute(request, links.receipt(each.event_id)),
    }
