"""The participatory budgets of the lived-in town: one in its days of proposals, and one that is being set up."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from consult.budgeting.planning import create_cycle
from consult.budgeting.project_drafts import save_project_draft
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from tests.factories import NOW, an_announced_cycle
from tests.factories.projects import a_project, a_proposed


def begin_cycles(
    db: Session, authority: Authority, officials: Mapping[str, Actor], citizen: Actor
) -> dict[str, object]:
    """Announce a cycle in which somebody proposes a project and keeps the draft of another; return their names."""
    cycle = an_announced_cycle(db, authority, year=2027)
    project = a_project(db, cycle, title="Bănci în parc", by=citizen)
    draft = save_project_draft(
        db, cycle.id, proposed=a_proposed(title="Umbră la școală"), named=False, begun=None, by=citizen, at=NOW
    )
    begun = create_cycle(db, authority.id, year=2028, pack="budgeting/timisoara", by=officials["clerk"], at=NOW)
    return {"cycle": cycle.year, "project": project.number, "project-draft": draft.id, "begun-cycle": begun.year}
