"""Texts that must not stay as they are: readers report them or ask for their erasure, officials decide."""

from litestar.types import ControllerRouterHandler

from web.moderation import (
    appeals,
    desk,
    desk_erasures,
    desk_project_erasures,
    erasures,
    figures,
    project_erasures,
    reports,
    rules,
)

handlers: list[ControllerRouterHandler] = [
    *rules.handlers,
    *figures.handlers,
    *reports.handlers,
    *erasures.handlers,
    *project_erasures.handlers,
    *appeals.handlers,
    *desk.handlers,
    *desk_erasures.handlers,
    *desk_project_erasures.handlers,
]
