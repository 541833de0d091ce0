"""The whole face on one screen: what surrounds every request, and which areas of the town hall it leads to."""

import gc
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Event, Thread
from typing import Any, cast

from anyio.to_thread import run_sync
from litestar import Litestar
from litestar.datastructures import State
from litestar.types import ControllerRouterHandler

from consult.clock import now
from consult.identity.one_use_links import LinkSpent
from consult.identity.vault import Vault
from consult.settings import Settings
from consult.store import Database
from web import (
    about,
    budgeting,
    consultations,
    crawlers,
    demo,
    desk,
    identity,
    meetings,
    moderation,
    policies,
    record,
    reports,
    static_files,
)
from web.access import check_doors
from web.access_log import access_log
from web.asgi import App, within
from web.cache import PublicPages, public_copies
from web.compression import compression
from web.database import Db
from web.errors import answer_to, explained
from web.given import GIVEN, give_in_turn
from web.halted import Watch, nothing_while_halted
from web.hashing import Hashing
from web.head import head_as_get
from web.headers import security_headers
from web.hosts import Hosts
from web.identity.sign_in import sign_in_page
from web.identity.spent_link import spent_link_page
from web.limits import bodies_within_limits, within_limits
from web.locale import locale_prefix
from web.origin import same_origin_only
from web.sessions import SignInPage, doorkeeper
from web.ui import gallery

#: What runs beside the pages with the embedded database, until the event says stop.
Background = Callable[[Settings, Database, Event], None]

HANDLERS: tuple[ControllerRouterHandler, ...] = (
    *static_files.handlers,
    *crawlers.handlers,
    *about.handlers,
    *consultations.handlers,
    *budgeting.handlers,
    *record.handlers,
    *identity.handlers,
    *desk.handlers,
    *meetings.handlers,
    *moderation.handlers,
    *policies.handlers,
    *reports.handlers,
    *demo.handlers,
    gallery.gallery,
)


def create_app(
    settings: Settings,
    database: Database | None = None,
    *,
    background: Sequence[Background] = (),
    clock: Callable[[], datetime] = now,
) -> Litestar:
    """Return the face of one installation.

    `database`: opened, and closed at the end, where none is given. `clock`: what tells when a request arrives.
    """
    return installed(routed(HANDLERS, sign_in_page), settings, database, background=background, clock=clock)


def routed(handlers: Sequence[ControllerRouterHandler], sign_in_page: SignInPage) -> Litestar:
    """Return what all installations have in common: the handlers behind their doors."""
    app = Litestar(
        handlers,
        dependencies=GIVEN,
        middleware=[bodies_within_limits, public_copies, doorkeeper(sign_in_page), nothing_while_halted],
        exception_handlers={Exception: answer_to, LinkSpent: spent_link_page},
        lifespan=[running_beside],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=None,
    )
    check_doors(app)
    give_in_turn(app)
    return app


def installed(
    app: Litestar,
    settings: Settings,
    database: Database | None,
    *,
    background: Sequence[Background] = (),
    clock: Callable[[], datetime] = now,
) -> Litestar:
    """Put the handlers into an installation: around them the layers, the outermost first."""
    opened = database or Database(settings.database_url)
    db = Db(opened)
    app.state = State(
        {
            "settings": settings,
            "db": db,
            "vault": Vault.read(settings.keys),
            "hashing": Hashing(),
            "clock": clock,
            "watch": Watch(settings, opened),
            "public_pages": PublicPages(clock),
            "beside": Beside(background, settings, opened, closes_database=database is None),
        }
    )
    layers = [
        security_headers(settings),
        access_log(clock),
        head_as_get,
        compression,
        locale_prefix,
        explained,
        Hosts(settings, db).layer,
        within_limits,
        same_origin_only(settings),
    ]
    app.asgi_handler = cast("Any", within(layers, cast("App", app.asgi_router)))
    return app


def from_environment() -> Litestar:
    """Return the face of the installation that the environment describes; `consult serve` runs it."""
    from consult.commands.cosigning import keep_cosigning  # noqa: PLC0415 - only needed to serve
    from consult.commands.working import keep_sequencing, keep_working  # noqa: PLC0415 - only needed to serve

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    settings = Settings.from_environment()
    # On PostgreSQL `consult worker` does both, in as many processes as wanted; a demonstration has but one process.
    alone = settings.is_embedded or settings.demo
    face = create_app(settings, background=[keep_working, keep_sequencing, keep_cosigning] if alone else [])
    # What it is made of lives as long as it does. To look through all of it for what has died would stop whoever asks
    # for a page then, for 150 ms as measured.
    gc.collect()
    gc.freeze()
    return face


@dataclass(frozen=True)
class Beside:
    """What runs beside the pages of an installation."""

    background: Sequence[Background]
    settings: Settings
    database: Database
    closes_database: bool


@asynccontextmanager
async def running_beside(app: Litestar) -> AsyncIterator[None]:
    """Run the worker and the sequencer in threads while pages are served, and let them finish what they began."""
    beside: Beside = app.state.beside
    stop = Event()
    threads = [Thread(target=each, args=(beside.settings, beside.database, stop)) for each in beside.background]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            await run_sync(thread.join)
        if beside.closes_database:
            beside.database.close()
