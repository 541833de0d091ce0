"""The sheet on which proposals are answered: which of them it shows, and the one form with its several buttons.

Whoever ticks proposals may answer them, give them to colleagues, keep them as alike, approve their drafts or send these
back. Each button asks for its own part of the form and brings the rest along, so that nothing typed is ever lost.
"""

from datetime import date, datetime
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

import msgspec
from litestar import Response

from consult import links
from consult.consultations.answering import Answering, AnsweringPage, InHands, ToAnswer
from consult.consultations.assignments import WHOLE_DRAFT, Hands, suggested_term
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.dealings import LONGEST_NOTE
from consult.consultations.entering import HEARING
from consult.consultations.recommendations import PAGE, Kind, RecommendationId, Verdict
from consult.consultations.responses import LONGEST_REASON
from consult.consultations.routing import Recipients
from consult.consultations.tracked_changes import word_changes
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.departments import DepartmentId
from consult.identity.people import PersonId
from consult.identity.permissions import Within, may
from consult.refusals import NotFound
from web.answers import page
from web.consultations.words import KINDS
from web.desk.changes import Pieces, pieces
from web.fields import asks, line, several, text
from web.forms import Form
from web.given import Request
from web.keys import key_in

#: A page holds no more proposals, so no honest form ticks more.
MOST_AT_ONCE = PAGE
NOTHING_TICKED = N_("Tick at least one proposal to answer.")
#: The states by the words of the address.
STATES = {
    "fara-raspuns": Answering.WAITING,
    "cu-ciorna": Answering.DRAFTED,
    "de-aprobat": Answering.TO_APPROVE,
    "intoarse": Answering.RETURNED,
    "cu-raspuns": Answering.PUBLISHED,
    "retrase": Answering.WITHDRAWN,
}
STATE_NAMES = {
    "": N_("All"),
    "fara-raspuns": N_("Without an answer"),
    "cu-ciorna": N_("Answer drafted"),
    "de-aprobat": N_("To approve"),
    "intoarse": N_("Sent back"),
    "cu-raspuns": N_("Answered in public"),
    "retrase": N_("Withdrawn proposals"),
}
HANDS = {"mele": InHands.MINE, "nimanui": InHands.NOBODYS}
HAND_NAMES = {"": N_("Everybody's"), "mele": N_("Given to you"), "nimanui": N_("Given to nobody")}
#: How a recipient stands in the form: "d-3" is a department, "p-7" an official.
DEPARTMENT, PERSON = "d-", "p-"

F = TypeVar("F", bound="Sheet")


class Sheet(msgspec.Struct, kw_only=True):
    """All that stands on the sheet."""

    recommendations: Annotated[list[int], several(MOST_AT_ONCE)] = []
    verdict: Verdict | None = None
    reason: Annotated[str, text(LONGEST_REASON)] = ""
    #: The last reason on the page on which this one was written.
    seen: int = 0
    #: The template with which the reason shall begin.
    template: int | None = None
    to: Annotated[str, line(20)] = ""
    due_on: date | None = None
    note: Annotated[str, text(LONGEST_NOTE)] = ""


class AnswerForm(Sheet, kw_only=True):
    """One answer for all that are ticked."""

    recommendations: Annotated[list[int], several(MOST_AT_ONCE, missing=NOTHING_TICKED)]
    verdict: Annotated[Verdict, asks(N_("Choose what the authority decides."))]
    reason: Annotated[
        str, text(LONGEST_REASON, missing=N_("Write the reason: every answer has one, by art. 12(3) of Law 52/2003."))
    ]


class TickedForm(Sheet, kw_only=True):
    """Something that is done with all that are ticked."""

    recommendations: Annotated[list[int], several(MOST_AT_ONCE, missing=N_("Tick at least one proposal."))]

    @property
    def chosen(self) -> list[RecommendationId]:
        """The proposals that are ticked."""
        return [RecommendationId(key) for key in self.recommendations]


class AssignForm(TickedForm, kw_only=True):
    """To whom all that are ticked are given, and until when."""

    to: Annotated[str, line(20, missing=N_("Choose a department or an official."))]
    due_on: Annotated[date, asks(N_("Write the last day for drafting the answers."))]


class ReturnForm(TickedForm, kw_only=True):
    """What should change in the drafted answers of all that are ticked."""

    note: Annotated[str, text(LONGEST_NOTE, missing=N_("Write what should change."))]


class Narrowed(msgspec.Struct, frozen=True):
    """Which proposals are shown: of an article, in a state, of a kind, in somebody's hands, from one on."""

    article: str = ""
    state: str = ""
    kind: str = ""
    hands: str = ""
    after: int = 0

    def asked(self) -> dict[str, Any]:  # Any: keyword arguments of various types
        """Return what the query is asked for."""
        state, kind = STATES.get(self.state), KINDS.get(self.kind)
        hands = HANDS.get(self.hands)
        return {"article": self.article, "state": state, "kind": kind, "hands": hands, "after": self.after}

    def address(self, consultation_id: ConsultationId, part: str = "", **changed: object) -> str:
        """Return the address of the page narrowed so, or with something changed. `part`: of what a button does."""
        asked = {
            "articol": self.article,
            "stare": self.state,
            "fel": self.kind,
            "ale": self.hands,
            "dupa": self.after or "",
        } | changed
        query = urlencode({name: value for name, value in asked.items() if value})
        path = links.desk_consultation(consultation_id, "propuneri" + (f"/{part}" if part else ""))
        return f"{path}?{query}" if query else path


def hands_in(written: str) -> Hands:
    """Return to whom a form gives something. Raises NotFound for what no form of ours offers."""
    if written.startswith(DEPARTMENT):
        return Hands(department_id=DepartmentId(key_in(written.removeprefix(DEPARTMENT))))
    if written.startswith(PERSON):
        return Hands(person_id=PersonId(key_in(written.removeprefix(PERSON))))
    raise NotFound


def offered(recipients: Recipients) -> list[tuple[str, str]]:
    """Return the departments and officials as a form offers them: value and words."""
    departments = [
        (f"{DEPARTMENT}{each.department.id}", f"{each.department.name} ({len(each.members)})")
        for each in recipients.departments
    ]
    return departments + [(f"{PERSON}{each.person_id}", each.name) for each in recipients.officials]


def usual_recipient(recipients: Recipients, consultation: Consultation) -> str:
    """Return the department that prepared the draft, as the form offers it; nothing where the authority has none."""
    own = (each.department for each in recipients.departments if each.department.name == consultation.department)
    return next((f"{DEPARTMENT}{each.id}" for each in own), "")


def sheet_page(
    request: Request, actor: Actor, at: datetime, found: AnsweringPage, form: Form[F], narrowed: Narrowed
) -> Response[str]:
    """Return the page of the proposals with the form that does something with those that are ticked."""
    own = found.consultation
    house = Within(own.authority_id)
    may_see_letters = may("recommendation.enter", actor, own)

    def href(**changed: object) -> str:
        return narrowed.address(own.id, "", **{"dupa": "", **changed})

    return page(
        request,
        "desk/recommendations.html",
        status=422 if form.errors else 200,
        consultation=own,
        found=found,
        changes={row.recommendation.id: change_in(row) for row in found.rows},
        form=form,
        action=lambda part="": narrowed.address(own.id, part),
        states=[
            (value, gettext(name), href(stare=value), value == narrowed.state) for value, name in STATE_NAMES.items()
        ],
        hands=[(gettext(name), href(ale=value), value == narrowed.hands) for value, name in HAND_NAMES.items()],
        articles=[
            ("", gettext("All articles"), href(articol="")),
            *((key, label, href(articol=key)) for key, label, _count in found.articles),
            (WHOLE_DRAFT, gettext("The draft as a whole"), href(articol=WHOLE_DRAFT)),
        ],
        kinds=[(kind, href(fel=value), value == narrowed.kind) for value, kind in [("", None), *KINDS.items()]],
        is_narrowed=bool(narrowed.article or narrowed.kind),
        article=narrowed.article,
        state=narrowed.state,
        following=href(dupa=found.after) if found.after else None,
        first_href=href() if narrowed.after else None,
        stage=own.stage_at(at),
        may_answer=may("recommendation.answer", actor, house),
        may_route=may("recommendation.route", actor, house),
        may_see_letters=may_see_letters,
        may_enter=may_see_letters and own.stage in HEARING,
        may_publish=may("answers.publish", actor, house),
        recipients=offered(found.recipients),
        term=suggested_term(own, at),
        routing=links.asking(links.desk_consultation(own.id, "propuneri/repartizare"), articol=narrowed.article),
        alike=links.asking(links.desk_consultation(own.id, "propuneri/asemanatoare"), articol=narrowed.article),
        everything=narrowed.address(own.id, bifate="toate"),
        own=links.desk_consultation(own.id),
    )


def change_in(row: ToAnswer) -> Pieces:
    """Return a proposal's words as a change of those it is about; nothing where it changes none."""
    wording = row.recommendation.kept_words.get("wording", "")
    if row.recommendation.kind is Kind.DELETION:
        return pieces(word_changes(row.current, ""))
    if row.recommendation.kind is Kind.CHANGE and wording:
        return pieces(word_changes(row.current, wording))
    return []
