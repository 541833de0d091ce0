"""A recommendation as the register's files tell of it: a row for spreadsheets, named facts for programs."""

from typing import Any

from consult import links
from consult.consultations.attachments import Attachment
from consult.consultations.consultations import Consultation
from consult.consultations.enclosures import Enclosures
from consult.consultations.packages import Package
from consult.consultations.recommendations import Recommendation
from consult.i18n import gettext
from web.addresses import absolute
from web.given import Request


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
        gettext("New text, as"),
        gettext("Sent with others"),
        gettext("Files"),
        gettext("Contestation: residence"),
    ]


def row(request: Request, consultation: Consultation, each: Recommendation, enclosures: Enclosures) -> list[object]:
    """Return one row of the spreadsheet; states are said by their words in the code, which never change."""
    said = described(request, consultation, each, enclosures)
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
        said["inserted_as"],
        said["package"]["name"] if said["package"] else None,
        "\n".join(file["name"] for file in said["files"]),
        said["contests"],
    ]


def described(
    request: Request, consultation: Consultation, each: Recommendation, enclosures: Enclosures
) -> dict[str, Any]:  # Any: JSON
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
        "inserted_as": each.inserted_as or None,
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
        "contests": enclosures.contested.get(each.id),
        "package": package_described(request, consultation, enclosures.package_of(each)),
        "files": [file_described(request, consultation, each, file) for file in enclosures.files_of(each)],
        "url": absolute(request, links.recommendation(consultation.reference, each.reference)),
        "record_url": absolute(request, links.receipt(each.event_id)),
    }


def package_described(request: Request, consultation: Consultation, package: Package | None) -> dict[str, Any] | None:
    """Return what programs are told of the package with which a recommendation came. An erased name is null."""
    if package is None:
        return None
    return {
        "name": package.name or None,
        "organisation": package.organisation.name,
        "url": absolute(request, links.package(consultation.reference, package.reference)),
    }


def file_described(
    request: Request, consultation: Consultation, each: Recommendation, file: Attachment
) -> dict[str, Any]:  # Any: JSON
    """Return what programs are told of a file that came with a recommendation."""
    return {
        "name": file.name,
        "size": file.size,
        "media_type": file.media_type,
        "commitment": file.commitment,
        "url": absolute(request, links.attachment(consultation.reference, each.reference, file.id)),
    }
