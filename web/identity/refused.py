"""How a form says that its action refused."""

from typing import Any

from consult.refusals import NotFound, NotPermitted, Refusal, Withdrawn
from web.errors import STATUS, status_of
from web.forms import Form

#: These concern the address or its visitor, not what was typed: a page of their own says them.
NOT_THE_FORMS = (NotFound, NotPermitted, Withdrawn)
UNPROCESSABLE = 422


def refused(form: Form[Any], refusal: Refusal, **elsewhere: str) -> int:  # Any: a form of any fields
    """Say in a form why its action refused, and return the status of the page that shows it again.

    `elsewhere`: as in `Form.refuse`.

    Raises the refusal itself when there is nothing in the form that could be put right.
    """
    if isinstance(refusal, NOT_THE_FORMS):
        raise refusal
    form.refuse(refusal, **elsewhere)
    status = status_of(refusal)
    return UNPROCESSABLE if status == STATUS[Refusal] else status
