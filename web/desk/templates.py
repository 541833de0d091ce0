"""Templates of answers: written and changed here, put into a reason on the sheet (`recommendations`)."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from consult import links
from consult.consultations.answer_templates import (
    LONGEST_TEMPLATE,
    LONGEST_TITLE,
    AnswerTemplate,
    AnswerTemplateId,
    delete_template,
    find_template,
    keep_template,
    templates_of,
)
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.permissions import Within, require
from consult.refusals import Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.fields import line, text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in


class TemplateForm(msgspec.Struct):
    """A template."""

    title: Annotated[str, line(LONGEST_TITLE, missing=N_("Write a title."))]
    words: Annotated[str, text(LONGEST_TEMPLATE, missing=N_("Write the words of the template."))]


class DeleteForm(msgspec.Struct):
    """A button that says it all."""


@get(links.DESK_TEMPLATES, opt=at_desk("template.keep"))
async def show_all(request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor]) -> Response[str]:
    """List the templates, with a form for one more."""
    require("template.keep", actor, Within(authority.id))
    return await templates_page(request, db, authority, blank(TemplateForm))


async def templates_page(request: Request, db: Db, authority: Authority, form: Form[TemplateForm]) -> Response[str]:
    """Return the page of all templates."""
    templates = await db.read(templates_of, authority.id)
    status = 422 if form.errors else 200
    return page(request, "desk/templates.html", status=status, templates=templates, form=form)


@post(links.DESK_TEMPLATES, opt=at_desk("template.keep"))
async def write(request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor]) -> Response[Any]:
    """Write a template."""
    require("template.keep", actor, Within(authority.id))
    form: Form[TemplateForm] = await read_form(request, TemplateForm)
    kept = await keep(request, db, authority, actor, form)
    return kept or await templates_page(request, db, authority, form)


@get(f"{links.DESK_TEMPLATES}/{{template:str}}", opt=at_desk("template.keep"))
async def show(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], template: FromPath[str]
) -> Response[str]:
    """Show a template, to be changed."""
    require("template.keep", actor, Within(authority.id))
    found = await db.read(find_template, authority.id, AnswerTemplateId(key_in(template)))
    return template_page(request, found, blank(TemplateForm, title=found.title, words=found.words))


@post(f"{links.DESK_TEMPLATES}/{{template:str}}", opt=at_desk("template.keep"))
async def change(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], template: FromPath[str]
) -> Response[Any]:
    """Write a template anew."""
    require("template.keep", actor, Within(authority.id))
    found = await db.read(find_template, authority.id, AnswerTemplateId(key_in(template)))
    form: Form[TemplateForm] = await read_form(request, TemplateForm)
    kept = await keep(request, db, authority, actor, form, found.id)
    return kept or template_page(request, found, form)


@post(f"{links.DESK_TEMPLATES}/{{template:str}}/sterge", opt=at_desk("template.keep"))
async def delete(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], template: FromPath[str]
) -> Response[Any]:
    """Delete a template."""
    form = await read_form(request, DeleteForm)
    template_id = AnswerTemplateId(key_in(template))
    where = await db.act_once(
        form, delete_template, lambda _: links.DESK_TEMPLATES, authority.id, template_id, by=actor
    )
    return see_other(request, where, flash=gettext(N_("The template is deleted.")))


async def keep(
    request: Request,
    db: Db,
    authority: Authority,
    actor: Actor,
    form: Form[TemplateForm],
    template_id: AnswerTemplateId | None = None,
) -> Response[bytes] | None:
    """Keep what a form says; None where it cannot be kept, and the form says why."""
    if form.data is None:
        return None
    title, words, at = form.data.title, form.data.words, form.received_at
    try:
        where = await db.act_once(
            form,
            keep_template,
            lambda _: links.DESK_TEMPLATES,
            authority.id,
            template_id,
            title=title,
            words=words,
            by=actor,
            at=at,
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    return see_other(request, where, flash=gettext(N_("The template is kept.")))


def template_page(request: Request, found: AnswerTemplate, form: Form[TemplateForm]) -> Response[str]:
    """Return the page of one template."""
    status = 422 if form.errors else 200
    deleting = blank(DeleteForm)
    return page(request, "desk/template.html", status=status, it=found, form=form, deleting=deleting)


handlers = [show_all, write, show, change, delete]
