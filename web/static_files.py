"""Files that never change under their address: the stylesheet, the script, the crest, an authority's colours."""

from litestar import Response, get
from litestar.params import FromQuery

from consult.identity.authorities import Authority
from consult.refusals import NotFound
from web.access import public
from web.assets import asset_at, theme_address
from web.given import Given, Request
from web.ui.theme import theme_css

FOR_A_YEAR = "public, max-age=31536000, immutable"


@get("/static/{name:str}", opt=public())
async def static_file(request: Request) -> Response[bytes]:
    """Serve an asset of this edition."""
    asset = asset_at(request.scope["path"])
    if asset is None:
        raise NotFound
    return Response(asset.body, media_type=asset.media_type, headers={"Cache-Control": FOR_A_YEAR})


@get("/tema.css", opt=public("v"))
async def theme(authority: Given[Authority], v: FromQuery[str] = "") -> Response[str]:
    """Serve the colours of the authority whose host was asked; an address of older colours is not kept."""
    response = Response(theme_css(authority.colour), media_type="text/css")
    if theme_address(authority.colour).endswith(f"?v={v}"):
        response.headers["Cache-Control"] = FOR_A_YEAR
    return response


handlers = [static_file, theme]
