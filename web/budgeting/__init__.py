"""Participatory budgeting as people meet it: cycles, projects, the vote and what became of the winners."""

from web.budgeting import project_confirmation, projects, propose_project

handlers = [*propose_project.handlers, *projects.handlers, *project_confirmation.handlers]
