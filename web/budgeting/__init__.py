"""Participatory budgeting as people meet it: cycles, projects, the vote and what became of the winners."""

from web.budgeting import (
    cycles,
    desk_box,
    desk_cycle_days,
    desk_cycles,
    desk_paper,
    desk_results,
    desk_voters,
    project_appeal,
    project_confirmation,
    project_drafts,
    project_questions,
    projects,
    propose_project,
    results,
    voting,
)

handlers = [
    *cycles.handlers,
    *desk_cycles.handlers,
    *desk_cycle_days.handlers,
    *propose_project.handlers,
    *projects.handlers,
    *project_confirmation.handlers,
    *project_drafts.handlers,
    *project_questions.handlers,
    *project_appeal.handlers,
    *voting.handlers,
    *desk_voters.handlers,
    *desk_paper.handlers,
    *desk_box.handlers,
    *results.handlers,
    *desk_results.handlers,
]
