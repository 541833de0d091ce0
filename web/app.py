"""The whole face on one screen: what surrounds every request, and which areas of the town hall it leads to."""

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from threading import Event, Thread
from typing import Any, cast

from anyio.to_thread import run_sync
from litestar import Litestar
from litestar.datastructures import State
from litestar.types import ControllerRouterHandler

from consult.clock import now
from consult.identity.vault import Vault
from consult.settings import Settings
from consult.store import Database
from web import about, demo, identity, static_files
from web.access import check_doors
from web.access_log import access_log
from web.asgi import App, within
from web.cache import PublicPages
from web.compression import compression
from web.database import Db
from web.errors import answer_to, explained
from web.given import GIVEN
from web.hashing import Hashing
from web.head import head_as_get
from web.headers import security_headers
from web.hosts import Hosts
from web.identity.sign_in import sign_in_page
from web.limits import within_limits
from web.locale import locale_prefix
from web.origin import same_origin_only
from web.sessions import SignInPage, doorkeeper
from web.ui import gallery

#: What runs beside the pages with the embedded database, until the event says stop.
Background = Callable[[Settings, Database, Event], None]

HANDLERS: Sequence[ControllerRouterHandler] = [
    *static_files.handlers,
    *about.handlers,
    *identity.handlers,
    *demo.handlers,
    gallery.gallery,
]


def create_app(
    settings: Settings,
    database: Database | None = None,
    *,
    background: Sequence[Background] = (),
    clock: Callable[[], datetime] = now,
    handlers: Sequence[ControllerRouterHandler] = HANDLERS,
    sign_in_page: SignInPage = sign_in_page,
) -> Litestar:
    """Return the face of one installation.

    `database`: opened, and closed at the end, where none is given. `clock`: what tells when a request arrives.
    """
    opened = database or Database(settings.database_url)
    db = Db(opened)
    app = Litestar(
        handlers,
        dependencies=GIVEN,
        middleware=[PublicPages(clock).middleware, doorkeeper(sign_in_page)],
        exception_handlers={Exception: answer_to},
        lifespan=[partial(running_beside, background, settings, opened, closing=database is None)],
        state=State(
            {"db": db, "settings": settings, "vault": Vault.read(settings.keys), "hashing": Hashing(), "clock": clock}
        ),
        openapi_config=None,
        logging_config=None,
        request_max_body_size=None,
    )
    check_doors(app)
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
    app.asgi_handler = cast("Any", within(layers, cast("App", app.asgi_handler)))
    return app


def from_environment() -> Litestar:
    """Return the face of the installation that the environment describes; `consult serve` runs it."""
    from consult.commands.working import keep_sequencing, keep_working  # noqa: PLC0415 - only needed to serve

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    settings = Settings.from_environment()
    return create_app(settings, background=[keep_working, keep_sequencing] if settings.is_embedded else [])


@asynccontextmanager
async def running_beside(
    background: Sequence[Background], settings: Settings, database: Database, _app: Litestar, *, closing: bool
) -> AsyncIterator[None]:
    """Run the worker and the sequencer in threads while pages are served, and let them finish what they began."""
    stop = Event()
    threads = [Thread(target=each, args=(settings, database, stop)) for each in background]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            await run_sync(thread.join)
        if closing:
            database.close()
