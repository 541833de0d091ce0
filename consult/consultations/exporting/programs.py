"""A published text for programs, as JSON. What each name means is in `text.schema.json` beside this file."""

from typing import Any

import msgspec

from consult.consultations.exporting.editions import Edition, Exported, numeral
from consult.consultations.grammar.kinds import Kind
from consult.consultations.grammar.tables import read_table


def as_json(edition: Edition, schema_url: str) -> bytes:
    """Return an edition as JSON; `schema_url`: where its schema is published."""
    said = {
        "$schema": schema_url,
        "authority": edition.authority,
        "consultation": edition.reference,
        "title": edition.title,
        "version": edition.number,
        "published_at": edition.published_at,
        "sha256": edition.sha256,
        "url": edition.url,
        "provisions": [described(provision) for provision in edition.provisions],
    }
    return msgspec.json.encode(said) + b"\n"


def described(provision: Exported) -> dict[str, Any]:  # Any: JSON
    """Return what is said of one provision."""
    said: dict[str, Any] = {
        "id": provision.key,
        "kind": provision.kind,
        "number": provision.number or None,
        "numeral": numeral(provision) or None,
        "label": provision.label,
        "heading": provision.heading or None,
        "body": provision.body or None,
        "text": provision.text,
        "depth": provision.depth,
        "parent": provision.parent_key,
        "article": provision.article_key,
    }
    if provision.kind == Kind.TABLE:
        table = read_table(provision.body)
        said["table"] = {"head": table.head, "rows": table.body}
    return said
