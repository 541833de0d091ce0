"""What people say about the figures of a draft budget: about a line, or to move money from one line to another.

A contestation of the draft budget is one of them, or about the budget as a whole; it is received in its own time
(Law 273/2006, art. 39(3)), and the council rules on it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.contestations import Residence
from consult.consultations.figure_places import FiguresMeant
from consult.consultations.figures import newest_figures
from consult.consultations.further_packs import contesting
from consult.consultations.recommendations import Kind, Recommendation
from consult.consultations.submissions import About, AlreadyProposed, ConsultationClosed, receive
from consult.consultations.words import Words, check_words
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.permissions import require
from consult.library.figures import FigureLine, FigureTableId, lines_named, way_to
from consult.money import Bani, amount_in_words
from consult.record import canonical
from consult.record.bodies import Body
from consult.refusals import NotFound, Refusal


class NoSuchLine(Refusal):
    """The figures have no such line."""

    sentence = N_("Choose a line of the budget.")
    field = "to"


class SameMoney(Refusal):
    """One of two lines is a part of the other, or they are the same."""

    sentence = N_("“%(to)s” and “%(line)s” hold the same money: choose a line outside it.")
    field = "to"


class NothingMoved(Refusal):
    """No amount would go from one line to the other."""

    sentence = N_("Write an amount above zero.")
    field = "amount"


class MoreThanThere(Refusal):
    """A line has less than somebody would take from it."""

    sentence = N_("“%(line)s” has %(there)s; not more can be moved from it.")
    field = "amount"


class AddressMissing(Refusal):
    """A draft budget is contested by those who live in the town."""

    sentence = N_("Write where you live: those who live here may contest the draft budget. Your address is not public.")
    field = "address"


class OnlyInhabitants(Refusal):
    """An organisation lives nowhere: the law lets the inhabitants contest a draft budget (art. 39(3))."""

    sentence = N_("Only those who live here may contest the draft budget, each in their own name: no organisation may.")
    field = "contests"


class NotContestable(Refusal):
    """The draft is no local budget, or its time for contestations is over."""

    sentence = N_("This draft cannot be contested now: contestations of a draft budget are received for 15 days.")


@dataclass(frozen=True)
class FigureProposal:
    """What is said about the figures. `line_key`: None for the budget as a whole, which can only be contested.

    `to_key` and `amount`: of a move. `words`: the comment, or why money should be moved. `contests`: the author lives
    in the town and contests the draft budget; `address`: where, for the officials who check it.
    """

    line_key: str | None
    to_key: str | None
    amount: Bani | None
    words: str
    contests: bool = False
    address: str = ""


@dataclass(frozen=True)
class Checked:
    """A proposal that was found to be in order: what it is about, what it says, and its lines before and after."""

    about: About
    said: Words
    line: FigureLine | None
    to: FigureLine | None


def submit_figure_proposal(
    db: Session, consultation_id: ConsultationId, *, proposal: FigureProposal, named: bool, by: Actor, at: datetime
) -> Recommendation:
    """Receive what somebody says about the figures, number it, record it and write to its author.

    Run it by `Database.act_alone(register_key(…))`, for the number. Raises what `check_figure_proposal` raises.
    """
    found = check_figure_proposal(db, consultation_id, proposal=proposal, by=by, at=at)
    return receive(db, found.about, found.said, named=named, by=by, at=at)


def check_figure_proposal(
    db: Session, consultation_id: ConsultationId, *, proposal: FigureProposal, by: Actor, at: datetime
) -> Checked:
    """Say what would be received; nothing is written.

    Raises ConsultationClosed, NotContestable, OnlyInhabitants, AddressMissing, NoSuchLine, SameMoney, NothingMoved,
    MoreThanThere, SaysNothing, TooLong, AlreadyProposed; NotFound where there are no figures.
    """
    consultation = _open_for(db, consultation_id, contests=proposal.contests, by=by, at=at)
    is_proven, for_organisation = by.is_verified, by.organisation_id is not None
    found = said_of_figures(db, consultation, proposal, is_proven=is_proven, for_organisation=for_organisation)
    _refuse_repetition(db, consultation_id, found.about.range_label, found.said, by)
    return found


def said_of_figures(
    db: Session, consultation: Consultation, proposal: FigureProposal, *, is_proven: bool, for_organisation: bool
) -> Checked:
    """Say what a proposal makes of the figures, whoever sends it and whenever it came.

    `is_proven`: whether it was proven that its author lives in the town. `for_organisation`: whether they speak
    for one. Raises OnlyInhabitants, AddressMissing, and what `check_figure_proposal` raises of lines, amounts, words.
    """
    if proposal.contests and for_organisation:
        raise OnlyInhabitants
    if proposal.contests and not is_proven and not proposal.address.strip():
        raise AddressMissing
    shown = newest_figures(db, consultation.id)
    line, to = _lines(db, shown.table_id, proposal)
    check_words(Words(Kind.OBSERVATION, proposal.words, ""), "")
    said = _words(proposal, line, to)
    residence = Residence.PROVEN if is_proven else Residence.DECLARED
    meant = FiguresMeant(
        proposal.line_key,
        proposal.to_key,
        proposal.amount,
        residence if proposal.contests else None,
        "" if is_proven or not proposal.contests else proposal.address.strip(),
    )
    label = _label(line, to)
    about = About(consultation, shown.version.number, None, "", None, range_label=label, figures=meant)
    return Checked(about, said, line, to)


def _open_for(db: Session, consultation_id: ConsultationId, *, contests: bool, by: Actor, at: datetime) -> Consultation:
    consultation = db.get(Consultation, consultation_id)
    if consultation is None or not consultation.is_public:
        raise NotFound
    require("recommendation.submit", by, consultation)
    if contests:
        time = contesting(db, consultation)
        if time is None or not time.is_open_at(at):
            raise NotContestable
    elif not consultation.is_open_at(at):
        raise ConsultationClosed(last_day=consultation.proposals_until)
    return consultation


def _lines(
    db: Session, table_id: FigureTableId, proposal: FigureProposal
) -> tuple[FigureLine | None, FigureLine | None]:
    """Return the lines that are meant, having seen that the money that is moved is there."""
    if proposal.line_key is None and proposal.contests and proposal.to_key is None:
        return None, None
    found = lines_named(db, table_id, [key for key in (proposal.line_key, proposal.to_key) if key])
    line = found.get(proposal.line_key or "")
    if line is None:
        raise NoSuchLine
    if proposal.to_key is None:
        return line, None
    to = found.get(proposal.to_key)
    if to is None:
        raise NoSuchLine
    above = {each.key for meant in (line, to) for each in way_to(db, table_id, meant)}
    if line.key == to.key or above & {line.key, to.key}:
        raise SameMoney(line=line.label, to=to.label)
    if proposal.amount is None or proposal.amount <= 0:
        raise NothingMoved
    if proposal.amount > line.amount:
        raise MoreThanThere(line=line.label, there=amount_in_words(line.amount))
    return line, to


def _label(line: FigureLine | None, to: FigureLine | None) -> str:
    """Return what it is about, in the language of the act."""
    if line is None:
        return "bugetul, în întregime"
    return f"rândul {line.label}" + (f" și rândul {to.label}" if to else "")


def _words(proposal: FigureProposal, line: FigureLine | None, to: FigureLine | None) -> Words:
    """Return what is kept of it: a move says itself in words, in the language of the act, wherever it is read."""
    if line is None or to is None or proposal.amount is None:
        return Words(Kind.OBSERVATION, proposal.words, "")
    amount = amount_in_words(proposal.amount)
    return Words(Kind.MOVE, f"{amount}, din rândul {line.label} în rândul {to.label}", proposal.words)


def _refuse_repetition(db: Session, consultation_id: ConsultationId, label: str, said: Words, by: Actor) -> None:
    query = (
        select(Recommendation)
        .join(Body, Recommendation.body_id == Body.id)
        .where(Recommendation.consultation_id == consultation_id, Recommendation.person_id == by.person_id)
        .where(Recommendation.provision_label == label, Recommendation.withdrawn_at.is_(None))
        .where(Body.content == canonical.dump(said.kept))
    )
    earlier = db.scalar(query.limit(1))
    if earlier is not None:
        raise AlreadyProposed(number=earlier.register_number, reference=earlier.reference)
