"""What each button of the sheet of proposals needs: who pressed it, where, and how the sheet is shown again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from litestar import Response
from litestar.params import FromQuery
from sqlalchemy.orm import Session

from consult.consultations.answering import AnsweringPage, answering_page
from consult.consultations.consultations import ConsultationId
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.permissions import Permission, Within, require
from consult.refusals import Refusal
from web.answers import see_other
from web.database import Db
from web.desk.sheet import Narrowed, Sheet, sheet_page
from web.forms import Form, read_form
from web.given import After, Given, Request

P = ParamSpec("P")
F = TypeVar("F", bound=Sheet)


@dataclass(frozen=True)
class Bench:
    """An official before the sheet of one consultation's proposals."""

    request: Request
    db: Db
    actor: Actor
    at: datetime
    consultation_id: ConsultationId
    narrowed: Narrowed

    async def read(self, form_type: type[F], permission: Permission) -> Form[F]:
        """Return the sheet as it was sent, to those who may do what the button does. Raises NotPermitted."""
        authority_id: AuthorityId = self.request.scope["state"]["authority"].id
        require(permission, self.actor, Within(authority_id))
        return await read_form(self.request, form_type)

    async def found(self) -> AnsweringPage:
        """Return the proposals on the sheet."""
        return await self.db.read(answering_page, self.consultation_id, **self.narrowed.asked(), by=self.actor)

    async def show(self, form: Form[F], found: AnsweringPage | None = None) -> Response[str]:
        """Return the sheet with a form."""
        return sheet_page(self.request, self.actor, self.at, found or await self.found(), form, self.narrowed)

    async def do(
        self,
        form: Form[F],
        said: str,
        action: Callable[Concatenate[Session, ConsultationId, P], object],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Response[Any]:
        """Do what a button does, once, and say it on the sheet; or show the sheet with why it cannot be done."""
        back = self.narrowed.address(self.consultation_id)
        try:
            where = await self.db.act_once(form, action, lambda _: back, self.consultation_id, *args, **kwargs)
        except Refusal as refusal:
            form.refuse(refusal)
            return await self.show(form)
        return see_other(self.request, where, flash=said)


async def provide_narrowed(
    articol: FromQuery[str] = "",
    stare: FromQuery[str] = "",
    fel: FromQuery[str] = "",
    ale: FromQuery[str] = "",
    dupa: FromQuery[After] = 0,
) -> Narrowed:
    """Give by what the address narrows the proposals of the consultation."""
    return Narrowed(articol, stare, fel, ale, dupa)


async def provide_bench(
    request: Request,
    db: Given[Db],
    actor: Given[Actor],
    at: Given[datetime],
    consultation_id: Given[ConsultationId],
    narrowed: Given[Narrowed],
) -> Bench:
    """Give an official's place before the sheet."""
    return Bench(request, db, actor, at, consultation_id, narrowed)
