"""What an official is asked when people are invited: the day, the hour, the place, and how everybody takes part."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated, Any

import msgspec
from litestar import Response

from consult.consultations.doubts import Doubt, doubts_in
from consult.i18n import N_, ZONE
from consult.identity.actors import Actor
from consult.meetings.meetings import Notice
from consult.refusals import NotPermitted, Refusal
from web.answers import see_other
from web.database import Db
from web.fields import asks, line, several, text
from web.forms import Form
from web.given import Request

#: How the floor is given where nobody wrote it otherwise; what the house does by itself.
WAYS_TO_SPEAK = N_(
    "Register on the page of the meeting, by telephone or in the room. The floor is given in the order of registration,"
    " to everybody who asks for it."
)


class DayForm(msgspec.Struct):
    """When people meet. `sure_of`: a day that is meant, however unusual."""

    on: Annotated[date, asks(N_("Choose the day."))]
    hour: Annotated[time, asks(N_("Write the hour, for example 16:00."))]
    place: Annotated[str, line(300, missing=N_("Write where it takes place."))]
    sure_of: Annotated[list[date], several(1)] = []

    @property
    def starts_at(self) -> datetime:
        """The instant at which it begins."""
        return datetime.combine(self.on, self.hour, ZONE).astimezone(UTC)


class NoticeForm(DayForm):
    """When and where people meet, and what art. 7(10) a) wants them to know; why on a day that is unusual."""

    online: Annotated[str, line(500)] = ""
    ways_to_send: Annotated[str, text(2000)] = ""
    ways_to_speak: Annotated[str, text(2000)] = ""
    minutes_each: int | None = None
    details: Annotated[str, text(2000)] = ""
    motive: Annotated[str, text(1000)] = ""

    @property
    def notice(self) -> Notice:
        """What the announcement says."""
        return Notice(
            self.starts_at,
            self.place,
            self.online,
            self.ways_to_send,
            self.ways_to_speak,
            self.minutes_each,
            self.details,
            self.motive,
        )


@dataclass
class Deed:
    """A form at the desk that does one thing: where it leads when it is done, and what is then said.

    `alone`: the key of what must be strictly one after another, such as numbering.
    """

    request: Request
    db: Db
    form: Form[Any]
    actor: Actor
    where: Callable[[Any], str]
    said: str
    alone: str = ""
    #: What is unusual about the day that was chosen, once the action has said so.
    doubts: Collection[Doubt] = ()

    async def do(self, action: Callable[..., Any], *args: object, **facts: object) -> Response[Any] | None:
        """Do it once and lead on; None when the form must be put right. Raises NotPermitted."""
        facts |= {"by": self.actor, "at": self.form.received_at}
        try:
            if self.alone:
                where = await self.db.act_once_alone(self.alone, self.form, action, self.where, *args, **facts)
            else:
                where = await self.db.act_once(self.form, action, self.where, *args, **facts)
        except NotPermitted:
            raise
        except Refusal as refusal:
            self.form.refuse(refusal)
            self.doubts = doubts_in(refusal)
            return None
        return see_other(self.request, where, flash=self.said)
