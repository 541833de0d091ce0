"""Who may do what: one table, read aloud. What it does not allow is refused.

Handlers name a permission, actions check it again, and the tests enumerate every role against every row.
"""

from typing import Literal

from sqlalchemy.orm import Session

from consult.i18n import N_
from consult.identity.actors import Actor, acting_officials
from consult.identity.authorities import AuthorityId
from consult.identity.predicates import (
    Predicate,
    Subject,
    Within,
    administrator,
    anyone,
    approver,
    author,
    clerk,
    contact_person,
    department_member,
    hands,
    member,
    member_of_it,
    moderator,
    official,
    other_eyes,
    person,
    published,
    verified_organisation,
)
from consult.refusals import NotFound, NotPermitted

__all__ = ["PERMISSIONS", "Permission", "Subject", "Within", "may", "require", "table", "who_may"]


class AwaitingVerification(NotPermitted):
    """The papers of the organisation have not been looked at, or did not convince."""

    sentence = N_("Your organisation is not verified yet; until it is, you can take part in your own name.")


class NeedsOtherEyes(NotPermitted):
    """Nobody is both eyes of four."""

    sentence = N_("This needs a second person: it is decided by someone who neither made nor last changed it.")


class NeedsApprover(NotPermitted):
    """Only approvers publish what others prepared."""

    sentence = N_(
        "Only an approver can do this, as the second pair of eyes: somebody who neither began the draft "
        "nor last changed it."
    )


Permission = Literal[
    "published.read",
    "draft.create",
    "draft.read",
    "draft.edit",
    "draft.approve",
    "recommendation.submit",
    "recommendation.withdraw",
    "recommendation.enter",
    "recommendation.claim",
    "recommendation.support",
    "recommendation.answer",
    "recommendation.route",
    "recommendation.moderate",
    "moderation.appeal",
    "appeal.decide",
    "answers.publish",
    "note.write",
    "template.keep",
    "contacts.read",
    "version.publish",
    "document.publish",
    "duty.confirm",
    "debate.ask",
    "debate.enter",
    "meeting.lead",
    "meeting.keep",
    "meeting.speak",
    "minutes.approve",
    "report.keep",
    "report.publish",
    "erasure.enter",
    "erasure.read",
    "erasure.decide",
    "erasure.confirm",
    "organisation.register",
    "organisation.invite",
    "organisation.verify",
    "residence.verify",
    "people.manage",
    "rules.manage",
    "witnesses.manage",
    "cycle.prepare",
    "cycle.announce",
    "cycle.move",
    "project.propose",
    "project.withdraw",
    "project.review",
    "project_question.answer",
    "verdicts.publish",
    "project.appeal",
    "project_appeal.decide",
    "voters.admit",
    "codes.make",
    "paper.enter",
    "project.carry_out",
    "results.count",
    "results.confirm",
]

#: Each permission with its alternatives; an alternative holds when all of its predicates do.
PERMISSIONS: dict[Permission, tuple[tuple[Predicate, ...], ...]] = {
    "published.read": ((anyone, published),),
    "draft.create": ((clerk,),),
    "draft.read": ((official,),),
    "draft.edit": ((clerk,),),
    "draft.approve": ((approver, other_eyes),),
    "recommendation.submit": ((person, published), (member, verified_organisation, published)),
    "recommendation.withdraw": ((author,),),
    "recommendation.enter": ((contact_person,), (clerk,)),
    "recommendation.claim": ((person, published),),
    "recommendation.support": ((person, published), (member, verified_organisation, published)),
    "recommendation.answer": ((contact_person, other_eyes), (clerk, other_eyes), (department_member, other_eyes)),
    "recommendation.route": ((contact_person,),),
    "recommendation.moderate": ((moderator, other_eyes), (contact_person, other_eyes)),
    "moderation.appeal": ((author,),),
    "appeal.decide": ((moderator, other_eyes), (contact_person, other_eyes), (approver, other_eyes)),
    "answers.publish": ((contact_person,), (approver,)),
    "note.write": ((contact_person,), (clerk,), (department_member,), (approver,)),
    "template.keep": ((contact_person,), (clerk,)),
    "contacts.read": ((contact_person,), (approver,)),
    "version.publish": ((contact_person,), (approver,)),
    "document.publish": ((contact_person,), (approver,)),
    "duty.confirm": ((contact_person,), (clerk,), (approver,)),
    "debate.ask": ((member, verified_organisation, published),),
    "debate.enter": ((contact_person,), (clerk,), (approver,)),
    "meeting.lead": ((contact_person,), (approver,)),
    "meeting.keep": ((contact_person,), (clerk,), (approver,)),
    "meeting.speak": ((person, published), (member, verified_organisation, published)),
    "minutes.approve": ((contact_person, other_eyes), (approver, other_eyes)),
    "report.keep": ((contact_person,), (clerk,), (approver,)),
    "report.publish": ((contact_person, other_eyes), (approver, other_eyes)),
    "erasure.enter": ((contact_person,), (moderator,), (clerk,)),
    "erasure.read": ((contact_person,), (moderator,), (approver,)),
    "erasure.decide": ((contact_person,), (moderator,)),
    "erasure.confirm": ((approver, other_eyes), (contact_person, other_eyes), (moderator, other_eyes)),
    "organisation.register": ((person,),),
    "organisation.invite": ((member_of_it,),),
    "organisation.verify": ((contact_person, other_eyes), (administrator, other_eyes)),
    "residence.verify": ((contact_person,), (clerk,)),
    "people.manage": ((administrator,),),
    "rules.manage": ((administrator,),),
    "witnesses.manage": ((administrator,),),
    "cycle.prepare": ((clerk,), (contact_person,)),
    "cycle.announce": ((approver, other_eyes),),
    "cycle.move": ((contact_person,), (approver,)),
    "project.propose": ((person, published), (member, verified_organisation, published)),
    "project.withdraw": ((author,),),
    "project.review": ((contact_person, other_eyes), (clerk, other_eyes), (department_member, other_eyes)),
    "project_question.answer": ((author,),),
    "verdicts.publish": ((contact_person,), (approver,)),
    "project.appeal": ((author,),),
    "project_appeal.decide": ((contact_person, other_eyes), (approver, other_eyes)),
    "voters.admit": ((contact_person,), (clerk,)),
    "codes.make": ((contact_person, other_eyes), (clerk, other_eyes)),
    "project.carry_out": ((contact_person,), (clerk,), (department_member,)),
    "paper.enter": ((contact_person,), (clerk,)),
    "results.count": ((contact_person,), (clerk,)),
    "results.confirm": ((approver, other_eyes),),
}

#: What to say when nothing but this predicate stands in the way.
EXPLANATIONS: dict[Predicate, type[NotPermitted]] = {
    verified_organisation: AwaitingVerification,
    other_eyes: NeedsOtherEyes,
}


def may(permission: Permission, actor: Actor | None, subject: Subject) -> bool:
    """Whether the table allows it; for showing or hiding a button, never instead of `require`."""
    return any(all(holds(actor, subject) for holds in alternative) for alternative in PERMISSIONS[permission])


def require(permission: Permission, actor: Actor | None, subject: Subject) -> None:
    """Pass when the table allows it.

    Raises NotFound when the actor may not even know of the subject, else NotPermitted, which explains itself where
    one thing alone is missing.
    """
    if may(permission, actor, subject):
        return
    if not may_know(actor, subject):
        raise NotFound
    missing = [[holds for holds in each if not holds(actor, subject)] for each in PERMISSIONS[permission]]
    if all(approver in lacking for lacking in missing):
        raise NeedsApprover
    for lone in (lacking[0] for lacking in missing if len(lacking) == 1):
        if lone in EXPLANATIONS:
            raise EXPLANATIONS[lone]
    raise NotPermitted


def who_may(db: Session, permission: Permission, authority_id: AuthorityId) -> list[str]:
    """Return the names of the officials whom the table allows something in their authority's house."""
    house = Within(authority_id)
    return [actor.name for actor in acting_officials(db, authority_id) if may(permission, actor, house)]


def may_know(actor: Actor | None, subject: Subject) -> bool:
    """Whether the actor may know that the subject exists: it is public, or it is theirs or their authority's."""
    if subject.is_public or official(actor, subject) or author(actor, subject) or member_of_it(actor, subject):
        return True
    return actor is not None and actor.person_id in hands(subject)


def table() -> str:
    """Return the whole table in Markdown, for the documentation."""
    lines = ["| permission | who |", "| --- | --- |"]
    for permission, alternatives in PERMISSIONS.items():
        who = "; ".join(", ".join(words(holds) for holds in alternative) for alternative in alternatives)
        lines.append(f"| `{permission}` | {who} |")
    return "\n".join(lines) + "\n"


def words(predicate: Predicate) -> str:
    """Return a predicate as the table says it: its docstring's first line."""
    said = (predicate.__doc__ or "").splitlines()[0].rstrip(".")
    return said[0].lower() + said[1:]
