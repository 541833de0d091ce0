"""Templates of answers: what an authority says often, written once; never an answer by itself.

A template is where an answer begins. A reason that nobody has touched since is no analysis of what somebody wrote
(Law 52/2003, art. 7(12)), so it is refused, and so is one in which a place to be filled in was left.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NewType

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.names import NotAName, one_line
from consult.identity.people import PersonId
from consult.identity.permissions import Within, require
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type

AnswerTemplateId = NewType("AnswerTemplateId", int)
key_type(AnswerTemplateId)

LONGEST_TITLE = 80
LONGEST_TEMPLATE = 5_000
#: A place to be filled in: "[why the sum stays]".
PLACE = re.compile(r"\[[^\[\]\n]{1,100}\]")


class AnswerTemplate(Base):
    """Words with which answers of an authority may begin."""

    __tablename__ = "answer_template"

    id: Mapped[AnswerTemplateId] = mapped_column(primary_key=True)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"), index=True)
    title: Mapped[str]
    words: Mapped[str]
    edited_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    edited_at: Mapped[datetime]


class NoTitle(NotAName):
    """A template is chosen by its title."""

    sentence = N_("Write a title of at most %(most)s characters, on one line.")
    field = "title"


class TemplateEmpty(Refusal):
    """A template has words."""

    sentence = N_("Write the words of the template, at most %(most)s characters.")
    field = "words"


class TemplateUnedited(Refusal):
    """The reason is a template word for word."""

    sentence = N_(
        "This is the template “%(title)s” as it stands. Say what it means for these proposals before you save it."
    )
    field = "reason"


class PlaceLeft(Refusal):
    """The reason still has a place of a template that was to be filled in."""

    sentence = N_("The template's place “%(place)s” is not filled in.")
    field = "reason"


def keep_template(
    db: Session,
    authority_id: AuthorityId,
    template_id: AnswerTemplateId | None = None,
    *,
    title: str,
    words: str,
    by: Actor,
    at: datetime,
) -> AnswerTemplate:
    """Write a template, or write it anew. Raises NotPermitted, NotFound, NoTitle, TemplateEmpty."""
    require("template.keep", by, Within(authority_id))
    written_title = one_line(title, refusal=NoTitle, most=LONGEST_TITLE)
    written = words.strip()
    if not 0 < len(written) <= LONGEST_TEMPLATE:
        raise TemplateEmpty(most=LONGEST_TEMPLATE)
    template = AnswerTemplate(authority_id=authority_id)
    if template_id is not None:
        template = find_template(db, authority_id, template_id)

    template.title, template.words = written_title, written
    template.edited_by, template.edited_at = by.person_id, at
    db.add(template)
    db.flush()
    return template


def delete_template(db: Session, authority_id: AuthorityId, template_id: AnswerTemplateId, *, by: Actor) -> None:
    """Delete a template; answers that began with it stay as they are. Raises NotPermitted, NotFound."""
    require("template.keep", by, Within(authority_id))

    db.delete(find_template(db, authority_id, template_id))


def find_template(db: Session, authority_id: AuthorityId, template_id: AnswerTemplateId) -> AnswerTemplate:
    """Return a template of an authority. Raises NotFound."""
    template = db.get(AnswerTemplate, template_id)
    if template is None or template.authority_id != authority_id:
        raise NotFound
    return template


def templates_of(db: Session, authority_id: AuthorityId) -> Sequence[AnswerTemplate]:
    """Return the templates of an authority, by title."""
    query = select(AnswerTemplate).where(AnswerTemplate.authority_id == authority_id)
    return db.scalars(query.order_by(AnswerTemplate.title, AnswerTemplate.id)).all()


def refuse_unedited(db: Session, authority_id: AuthorityId, reason: str) -> None:
    """Refuse a reason that is a template as it stands, or in which a template's place is left to be filled in.

    Raises TemplateUnedited, PlaceLeft.
    """
    for template in templates_of(db, authority_id):
        if reason.casefold().split() == template.words.casefold().split():
            raise TemplateUnedited(title=template.title)
        left = next((place for place in PLACE.findall(template.words) if place in reason), None)
        if left is not None:
            raise PlaceLeft(place=left)
