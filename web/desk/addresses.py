"""How the desk's addresses are read. They are made in `consult.links`."""

from collections.abc import Sequence

from litestar import Router
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from consult import links
from consult.consultations.consultations import ConsultationId
from web.desk.bench import provide_bench, provide_narrowed
from web.keys import key_in


async def provide_consultation_id(consultation: FromPath[str]) -> ConsultationId:
    """Give the key of the consultation that the address names."""
    return ConsultationId(key_in(consultation))


def of_a_consultation(handlers: Sequence[HTTPRouteHandler]) -> Router:
    """Return handlers under the address of one consultation, whose key each is given as `consultation_id`.

    `bench`: for the buttons of the sheet on which its proposals are answered.
    """
    return Router(
        f"{links.DESK_CONSULTATIONS}/{{consultation:str}}",
        route_handlers=handlers,
        dependencies={
            "consultation_id": Provide(provide_consultation_id),
            "narrowed": Provide(provide_narrowed),
            "bench": Provide(provide_bench),
        },
    )
