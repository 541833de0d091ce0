"""A letter's link that works no more: what became of it, and how to get another one."""

from typing import Annotated

import msgspec
from litestar import Response

from consult.i18n import N_
from consult.identity.names import EMAIL_LENGTH
from consult.identity.one_use_links import LinkSpent
from web.answers import page
from web.errors import status_of
from web.fields import line
from web.forms import blank
from web.given import Request


class AskAgainForm(msgspec.Struct):
    """Where to send another letter; the page that sends the first one takes it."""

    email: Annotated[str, line(EMAIL_LENGTH, missing=N_("Write your e-mail address."))]


def spent_link_page(request: Request, spent: LinkSpent) -> Response[str]:
    """Say how a link ended and offer the way to another one, the same for every mailbox."""
    return page(
        request,
        "identity/spent_link.html",
        status=status_of(spent),
        form=blank(AskAgainForm),
        explanation=spent.explain(),
        purposes=spent.purposes,
    )
