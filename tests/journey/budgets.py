"""A draft budget of the lived-in town: its figures, a move between two lines, a contestation."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation
from consult.consultations.drafts import request_approval
from consult.consultations.figure_proposals import FigureProposal, submit_figure_proposal
from consult.consultations.figures import save_figures
from consult.consultations.further_packs import BUDGET, run_under
from consult.consultations.publication import approve
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.money import Bani, Unit
from tests.factories import a_draft_ready_for_approval
from tests.library.samples import BUDGET as TABLE

#: What says which pages of it are looked at.
LINE, OTHER = "51-02-01", "65-02-03"


def draft_budget(
    db: Session, authority: Authority, officials: Mapping[str, Actor], citizen: Actor, at: datetime
) -> dict[str, object]:
    """Publish a draft budget, of which one line is odd but adds nothing up wrong; return the names of its pages."""
    clerk = officials["clerk"]
    draft = a_draft_ready_for_approval(db, authority, clerk=clerk, at=at)
    odd = TABLE + ";din care:;;\n"
    save_figures(db, draft.id, text=odd, unit=Unit.THOUSAND, main=None, edition=0, by=clerk, at=at)
    run_under(db, draft.id, pack=BUDGET, applies=True, by=clerk, at=at)
    request_approval(db, draft.id, by=clerk, at=at)
    budget: Consultation = approve(db, draft.id, by=officials["approver"], at=at)
    move = FigureProposal(LINE, OTHER, Bani(100_000), "Copiii au nevoie de mai mult.", True, "Str. Morii 3")
    sent = submit_figure_proposal(db, budget.id, proposal=move, named=False, by=citizen, at=at)
    return {"budget": budget.reference, "desk-budget": budget.id, "moved": sent.reference, "line": LINE}
