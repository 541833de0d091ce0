"""What a handler may ask for by name, and the one way to write it.

    async def draft(request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime]) -> Response[str]:

`db`, `settings`, `hashing`, `vault`, `authority`, `at` (the instant of arrival) are there for every handler, `visitor`
for those open to anyone, `actor` for those who are signed in: as themselves, or at the desk as an official.
"""

from datetime import datetime
from typing import Annotated, Any, TypeVar

import litestar
from litestar.di import NamedDependency, Provide
from litestar.params import Parameter, SkipValidation
from litestar.routes import HTTPRoute

from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.sessions import SignedIn
from consult.identity.vault import Vault
from consult.settings import Settings
from web.database import Db
from web.hashing import Hashing

T = TypeVar("T")

Request = litestar.Request[Any, Any, Any]  # Any: the types of user, auth and state, of which we use none

#: Given by name, and taken as it is: Litestar would rebuild it from its fields.
Given = NamedDependency[SkipValidation[T]]

#: The number of a page of a list, from 1.
PageNumber = Annotated[int, Parameter(ge=1, le=100_000)]
#: The key of the last row of the page before; 0 for the first page. No database could be asked for more.
After = Annotated[int, Parameter(ge=0, le=2**31 - 1)]


async def provide_db(request: Request) -> Db:
    """Give the way to the database."""
    db: Db = request.app.state.db
    return db


async def provide_settings(request: Request) -> Settings:
    """Give the installation's settings."""
    settings: Settings = request.app.state.settings
    return settings


async def provide_hashing(request: Request) -> Hashing:
    """Give the turns in which passwords are hashed."""
    hashing: Hashing = request.app.state.hashing
    return hashing


async def provide_vault(request: Request) -> Vault:
    """Give the key that opens what is sealed."""
    vault: Vault = request.app.state.vault
    return vault


async def provide_at(request: Request) -> datetime:
    """Give the instant at which the request arrived."""
    at: datetime = request.scope["state"]["at"]
    return at


async def provide_authority(request: Request) -> Authority:
    """Give the authority whose host name was asked."""
    authority: Authority = request.scope["state"]["authority"]
    return authority


async def provide_visitor(request: Request) -> SignedIn | None:
    """Give the session of whoever asks, where there is one."""
    visitor: SignedIn | None = request.scope["state"]["visitor"]
    return visitor


async def provide_actor(request: Request) -> Actor:
    """Give whoever asks in their capacity; a handler whose door is open to anyone cannot ask for it."""
    actor: Actor = request.scope["state"]["actor"]
    return actor


GIVEN = {
    "db": Provide(provide_db),
    "settings": Provide(provide_settings),
    "hashing": Provide(provide_hashing),
    "vault": Provide(provide_vault),
    "at": Provide(provide_at),
    "authority": Provide(provide_authority),
    "visitor": Provide(provide_visitor),
    "actor": Provide(provide_actor),
}


def give_in_turn(app: litestar.Litestar) -> None:
    """Give handlers what they ask for one after another.

    Litestar begins a task for each thing, so that they can wait together. Ours wait for nothing, and the tasks cost a
    fifth of what it takes to answer with a small page.
    """
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for _, asked in route.route_handler_map.values():
                asked.dependency_batches = [{each} for batch in asked.dependency_batches for each in batch]
