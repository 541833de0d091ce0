"""Which projects won, by the results that two officials published."""

import json
from collections.abc import Collection

from sqlalchemy.orm import Session

from consult.budgeting.cycles import CycleId
from consult.budgeting.projects import Project
from consult.budgeting.results import result_of
from consult.record.openings import election_file


def winners_of(db: Session, cycle_id: CycleId) -> Collection[int]:
    """Return the numbers of the projects that won; none before the results are public."""
    result = result_of(db, cycle_id)
    content = election_file(db, result.digest) if result and result.is_public else None
    pools = json.loads(content)["pools"] if content else []
    # Ids are numbers with zeros before them (`recount.project_id`).
    return {int(each) for pool in pools for each in pool["result"]["selected"]}


def has_won(db: Session, project: Project) -> bool:
    """Whether a project won in a vote whose results are public."""
    return project.number in winners_of(db, project.cycle_id)
