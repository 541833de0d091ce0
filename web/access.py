"""Who may reach a handler at all. Each one says it in its `opt`; one that says nothing stops the service from starting.

This is the door, not the judgement: what an actor may do to a thing is decided by `consult.identity.permissions`, in
the action, with the thing in hand.
"""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from consult.identity.permissions import Permission
from web.limits import MOST_BYTES

Options = dict[str, Any]  # Any: Litestar's own type of a handler's options

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


#: Marks a handler of which nobody shall know by whom and when it was used.
TRACELESS = "traceless"


class Door(StrEnum):
    """The four doors, from the widest to the narrowest."""

    #: The same bytes for everybody, cached; no cookie reaches the handler.
    PUBLIC = "public"
    #: Signed in or not.
    ANYONE = "anyone"
    #: Somebody who is signed in.
    PERSON = "person"
    #: An official of this authority whose session passed the second factor; to all others the desk does not exist.
    OFFICIAL = "official"


#: What the handlers behind a door cannot be given.
UNKNOWN = {Door.PUBLIC: frozenset({"visitor", "actor"}), Door.ANYONE: frozenset({"actor"})}


def public(*query: str, is_streamed: bool = False) -> Options:
    """Open to all, the same for everybody: only the address and these query parameters change the page.

    `is_streamed`: a file that may be too large to be held here; it is sent as it is made, and kept by nobody but a
    proxy, if it says so itself.
    """
    return {"door": Door.PUBLIC, "query": frozenset(query), "is_streamed": is_streamed}


ANYONE: Options = {"door": Door.ANYONE}


def signed_in(permission: Permission | None = None) -> Options:
    """For people who are signed in; `permission` is what the action behind it will require."""
    return {"door": Door.PERSON, "permission": permission}


def traceless() -> Options:
    """For people who vote: signed in, but no visit of theirs is written down, in the sessions or in the log."""
    return {"door": Door.PERSON, "permission": None, TRACELESS: True}


def at_desk(permission: Permission | None = None, *, most_bytes: int = MOST_BYTES) -> Options:
    """For officials at their desk; `permission` is what the action behind it will require.

    `most_bytes`: how much a form may bring, where that is more than most forms may.
    """
    return {"door": Door.OFFICIAL, "permission": permission, "most_bytes": most_bytes}


def door_of(options: Mapping[str, Any]) -> Door | None:
    """Return the door of a handler, or None if it names none."""
    door = options.get("door")
    return door if isinstance(door, Door) else None


def check_doors(app: Litestar) -> None:
    """Refuse to start with a handler that breaks the rules of its door."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", []):
            if isinstance(handler, HTTPRouteHandler) and handler.http_methods != {"OPTIONS"}:
                check_door(handler)
        if any(definition.type not in {str, Path} for definition in route.path_parameters.values()):
            # Litestar takes "1_0" and "１０" for numbers, and each would be an address of its own.
            raise TypeError(f"{route.path} would be read in several ways: let its parameters be text")


def check_door(handler: HTTPRouteHandler) -> None:
    """Refuse a handler that names no door, writes behind a cached one, or asks who asks where nobody knows."""
    door = door_of(handler.opt)
    if door is None:
        raise TypeError(f"{handler} does not say who may reach it (web/access.py)")
    if door is Door.PUBLIC and not handler.http_methods <= SAFE:
        raise TypeError(f"{handler} is public, so it must not change anything")
    unknown = UNKNOWN.get(door, frozenset()) & handler.parsed_fn_signature.parameters.keys()
    if unknown:
        raise TypeError(f"{handler} is open to {door}, so it cannot ask for {', '.join(sorted(unknown))}")
