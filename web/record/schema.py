"""What entries can say: the vocabulary of the record, for people who read it and for programs that check against it."""

import json

from litestar import Response, get

from consult import i18n, links
from consult.record.entry_form import VERSION
from consult.record.schema import Schema, entry_schema
from consult.settings import Settings
from web.access import public
from web.answers import page
from web.given import Given, Request
from web.record.kinds import KINDS

#: Stays the same for as long as entries of this version can be read: for ever.
FILE = f"{links.RECORD_SCHEMA}/v{VERSION}.json"


def published_schema(settings: Settings) -> Schema:
    """Return the schema as it is published: in English, as programs are, each type with its Romanian name."""
    romanian = i18n.translations(i18n.DEFAULT_LOCALE)
    return entry_schema(
        f"{settings.base_url}{FILE}", {each.type: romanian.gettext(each.name) for each in KINDS.values()}
    )


@get(links.RECORD_SCHEMA, opt=public())
async def schema(request: Request, settings: Given[Settings]) -> Response[str]:
    """Show every type of entry with what it means and what its members are."""
    words = {each.type: word for word, each in KINDS.items()}
    return page(request, "record/schema.html", schema=published_schema(settings), words=words, file=FILE)


@get(FILE, opt=public())
async def schema_file(settings: Given[Settings]) -> Response[bytes]:
    """Give the schema to programs."""
    written = json.dumps(published_schema(settings), ensure_ascii=False, indent=2)
    return Response(f"{written}\n".encode(), media_type="application/schema+json")


handlers = [schema, schema_file]
