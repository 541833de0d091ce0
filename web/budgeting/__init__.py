"""Participatory budgeting as people meet it: cycles, projects, the vote and what became of the winners."""

from web.budgeting import cycles, project_confirmation, projects, propose_project, voting

handlers = [
    *cycles.handlers,
    *propose_project.handlers,
    *projects.handlers,
    *project_confirmation.handlers,
    *voting.handlers,
]
