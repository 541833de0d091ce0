"""What the authority sets itself where the law leaves it a number: an administrator writes down what was decided."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post

from consult import links
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.authority_rules import ACT_LENGTH, URL_LENGTH, OwnRule, own_rules, set_rule
from consult.identity.permissions import Within, may
from consult.policy.local import LocalSetting
from consult.refusals import Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.fields import asks, line
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.identity.refused import refused

#: Parts the pack from its rule where one of them is chosen: `ro/law-52-2003#minutes-per-speaker`.
MARK = "#"


class RuleForm(msgspec.Struct):
    """What was decided: for which rule, which number, from which day on, by which act."""

    rule: Annotated[str, line(200, missing=N_("Choose the rule."))]
    number: Annotated[int, asks(N_("Write the number."))]
    since: Annotated[date, asks(N_("Choose the day."))]
    act: Annotated[str, line(ACT_LENGTH, missing=N_("Write which act sets it."))]
    url: Annotated[str, line(URL_LENGTH, missing=N_("Write the address at which everybody can read the act."))]


@get(links.DESK_RULES, opt=at_desk())
async def show(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], at: Given[datetime]
) -> Response[str]:
    """Show the local rules, and to administrators the form that sets one."""
    own = await db.read(own_rules, authority.id, at=at)
    return rules_page(request, own, blank(RuleForm), actor, authority)


@post(links.DESK_RULES, opt=at_desk("rules.manage"))
async def decide(request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor]) -> Response[Any]:
    """Write down what the authority decided."""
    form = await read_form(request, RuleForm)
    at, status = form.received_at, 422
    if form.data is not None:
        pack, _, rule = form.data.rule.partition(MARK)
        setting = LocalSetting(rule, form.data.number, form.data.since, form.data.act, form.data.url)
        try:
            where = await db.act_once(
                form, set_rule, lambda _: links.DESK_RULES, authority.id, pack=pack, setting=setting, by=actor, at=at
            )
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            return see_other(request, where, flash=gettext("The rule is set. Everybody sees it with its source."))
    own = await db.read(own_rules, authority.id, at=at)
    return rules_page(request, own, form, actor, authority, status=status)


def rules_page(
    request: Request,
    own: Sequence[OwnRule],
    form: Form[RuleForm],
    actor: Actor,
    authority: Authority,
    *,
    status: int = 200,
) -> Response[str]:
    """Return the page of the local rules, with the form that was refused as it was sent."""
    return page(
        request,
        "policies/desk_rules.html",
        status=status,
        own_rules=own,
        form=form,
        rule_options=[
            ("", gettext("Choose")),
            *((f"{each.pack.id}{MARK}{each.rule.id}", each.rule.title) for each in own),
        ],
        may_manage=may("rules.manage", actor, Within(authority.id)),
    )


handlers = [show, decide]
