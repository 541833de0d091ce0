"""Texts that must not stay as they are: readers report them or ask for their erasure, officials decide."""

from litestar.types import ControllerRouterHandler

from web.moderation import desk, desk_erasures, erasures, reports, rules

handlers: list[ControllerRouterHandler] = [
    *rules.handlers,
    *reports.handlers,
    *erasures.handlers,
    *desk.handlers,
    *desk_erasures.handlers,
]
