"""Meetings as people find them: when and where, who speaks, what was said, and how each member voted."""

from litestar.types import ControllerRouterHandler

from web.desk.addresses import of_a_consultation
from web.meetings import (
    debates,
    desk,
    desk_changes,
    desk_later,
    desk_minutes,
    desk_requests,
    desk_results,
    desk_room,
    meetings,
    registration,
    strangers,
)
from web.meetings.addresses import of_a_meeting

handlers: list[ControllerRouterHandler] = [
    *meetings.handlers,
    *registration.handlers,
    *strangers.handlers,
    *debates.handlers,
    *desk.handlers,
    of_a_meeting(
        [
            *desk.of_one,
            *desk_changes.handlers,
            *desk_room.handlers,
            *desk_minutes.handlers,
            *desk_results.handlers,
        ]
    ),
    of_a_consultation([*desk_requests.handlers, *desk_later.handlers]),
]
