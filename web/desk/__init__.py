"""The officials' desk: drafts, dates, approval, answers, versions and steps. To everybody else it does not exist."""

from litestar.types import ControllerRouterHandler

from web.desk import (
    announcement,
    approval,
    attached,
    consultation,
    contestations,
    date_moves,
    dates,
    dealings,
    documents,
    duties,
    figures,
    imports,
    justifications,
    letters,
    project_conflicts,
    project_reviews,
    promises,
    recommendations,
    register,
    responses,
    routing,
    steps,
    templates,
    text,
    today,
    versions,
    withheld,
)
from web.desk.addresses import of_a_consultation

handlers: list[ControllerRouterHandler] = [
    *today.handlers,
    *consultation.handlers,
    *templates.handlers,
    *register.handlers,
    *project_reviews.handlers,
    *project_conflicts.handlers,
    of_a_consultation(
        [
            *consultation.of_one,
            *contestations.handlers,
            *text.handlers,
            *imports.handlers,
            *figures.handlers,
            *announcement.handlers,
            *dates.handlers,
            *documents.handlers,
            *approval.handlers,
            *recommendations.handlers,
            *attached.handlers,
            *routing.handlers,
            *dealings.handlers,
            *letters.handlers,
            *responses.handlers,
            *promises.handlers,
            *versions.handlers,
            *withheld.handlers,
            *steps.handlers,
            *date_moves.handlers,
            *duties.handlers,
            *justifications.handlers,
        ]
    ),
]
