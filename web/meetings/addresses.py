"""How the addresses of meetings at the desk are read. They are made in `consult.links`."""

from collections.abc import Sequence

from litestar import Router
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from consult import links
from consult.meetings.meetings import MeetingId
from web.keys import key_in


async def provide_meeting_id(meeting: FromPath[str]) -> MeetingId:
    """Give the key of the meeting that the address names."""
    return MeetingId(key_in(meeting))


def of_a_meeting(handlers: Sequence[HTTPRouteHandler]) -> Router:
    """Return handlers under the address of one meeting at the desk, whose key each is given as `meeting_id`."""
    return Router(
        f"{links.DESK_MEETINGS}/{{meeting:str}}",
        route_handlers=handlers,
        dependencies={"meeting_id": Provide(provide_meeting_id)},
    )
