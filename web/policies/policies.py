"""The rules in public: every pack, the rules that a procedure froze, and the numbers that the authority set itself."""

import re
from datetime import datetime
from typing import Any

import msgspec
from litestar import Response, get
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.procedure import current_pack
from consult.identity.authorities import Authority
from consult.identity.authority_rules import own_rules, settings_of
from consult.policy.freezing import thaw
from consult.policy.local import with_local
from consult.policy.reading import NoSuchPack, find_pack, pack_names
from consult.policy.sheets import sheet_of
from consult.policy.voting_packs import VotingPack, find_voting_pack, voting_pack_names
from consult.policy.voting_words import example_in_words, rules_in_words
from consult.record.continuity import number_of_newest
from consult.record.packs import pack as kept_pack
from consult.refusals import NotFound
from web.access import public
from web.answers import page
from web.database import Db
from web.given import Given, Request

DIGEST = re.compile(r"[0-9a-f]{64}")


def frozen_content(db: Session, digest: str) -> tuple[bytes, int]:
    """Return what was frozen, and the number of the log in whose folder its file lies. Raises NotFound."""
    content = kept_pack(db, digest) if DIGEST.fullmatch(digest) else None
    if content is None:
        raise NotFound
    return content, number_of_newest(db)


@get(links.RULES, opt=public())
async def all_rules(request: Request, db: Given[Db], authority: Given[Authority], at: Given[datetime]) -> Response[str]:
    """List the packs, those of this country first, and what the authority set for itself, each with its source."""
    own = await db.read(own_rules, authority.id, at=at)
    here = current_pack().jurisdiction
    packs = sorted(map(find_pack, pack_names()), key=lambda pack: pack.jurisdiction != here)
    voting = [find_voting_pack(name) for name in voting_pack_names()]
    return page(request, "policies/policies.html", packs=packs, voting_packs=voting, own_rules=own)


@get(f"{links.RULES}/{{country:str}}/{{name:str}}", opt=public())
async def rules_of_a_pack(
    request: Request, db: Given[Db], authority: Given[Authority], country: FromPath[str], name: FromPath[str]
) -> Response[str]:
    """Show a pack as a sheet that a lawyer reads and prints, with the authority's own numbers in it."""
    pack = f"{country}/{name}"
    if pack in voting_pack_names():
        return voting_page(request, find_voting_pack(pack))
    settings = await db.read(settings_of, authority.id, pack)
    try:
        found = with_local(find_pack(pack), settings)
    except NoSuchPack:
        raise NotFound from None
    return page(request, "policies/policy.html", sheet=sheet_of(found))


@get(f"{links.RULES}/inghetate/{{digest:str}}", opt=public())
async def frozen_rules(request: Request, db: Given[Db], digest: FromPath[str]) -> Response[Any]:
    """Show the rules that a procedure froze when it was announced: by these it is judged for ever."""
    content, log = await db.read(frozen_content, digest)
    try:
        sheet = sheet_of(thaw(content, digest))
    except msgspec.ValidationError:
        # The rules of a cycle, which its own page of the method tells; this is the file itself.
        return Response(None, status_code=303, headers={"Location": links.log_file(log, f"pack/{digest}")})
    return page(request, "policies/policy.html", sheet=sheet, digest=digest, file=links.log_file(log, f"pack/{digest}"))


def voting_page(request: Request, pack: VotingPack) -> Response[str]:
    """Show how a city lets people vote on public money, with the small elections that try it."""
    return page(
        request,
        "policies/voting_pack.html",
        pack=pack,
        lines=rules_in_words(pack.rules),
        examples=[example_in_words(example) for example in pack.examples],
    )


handlers = [all_rules, rules_of_a_pack, frozen_rules]
