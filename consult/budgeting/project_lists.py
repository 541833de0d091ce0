"""The list of a cycle's projects: for one pool or category, by how far they have come, by words, in pages.

A cycle has tens or hundreds of projects, so they are read together and chosen here: filters then count each other's
choices without a statement for each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy.orm import Session

from consult.budgeting.checklists import Answered
from consult.budgeting.cycles import Category, Cycle, Pool, categories_of, find_announced, pools_of
from consult.budgeting.progress import Progress, progress_of
from consult.budgeting.project_appeals import ProjectAppeal, find_project_appeal
from consult.budgeting.project_conflicts import rivals_of
from consult.budgeting.project_erasures import erased_in
from consult.budgeting.project_photos import ProjectPhoto, photos_of
from consult.budgeting.project_questions import ProjectQuestion, questions_of
from consult.budgeting.projects import Project, State, find_project, project_subject, projects_of
from consult.budgeting.reviews import reviews_of
from consult.budgeting.verdicts import checklist_of
from consult.budgeting.winners import has_won
from consult.identity.authorities import AuthorityId
from consult.links import fold
from consult.record.entries import Entry, history
from consult.record.erasures import ErasedText

PAGE = 20


class Group(StrEnum):
    """The groups in which readers look for projects."""

    REVIEW = "review"
    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    GONE = "gone"


STATES: Mapping[Group, frozenset[State]] = {
    Group.REVIEW: frozenset({State.SUBMITTED}),
    Group.ELIGIBLE: frozenset({State.ELIGIBLE}),
    Group.NOT_ELIGIBLE: frozenset({State.NOT_ELIGIBLE, State.APPEALED}),
    Group.GONE: frozenset({State.WITHDRAWN}),
}


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for; `pool` and `category` by their keys, `words` each as a part of a word."""

    pool: str = ""
    category: str = ""
    group: Group | None = None
    words: str = ""

    def has(self, project: Project) -> bool:
        """Whether a project is what is looked for."""
        if self.pool and project.pool.key != self.pool:
            return False
        if self.category and (project.category is None or project.category.key != self.category):
            return False
        if self.group and project.state not in STATES[self.group]:
            return False
        said = fold(" ".join((project.title, project.words.get("description", ""), project.words.get("place", ""))))
        return all(word in said for word in fold(self.words).split())


@dataclass(frozen=True)
class ProjectList:
    """One page of the projects of a cycle. `count`: all that were found; `groups`: how many each group would have."""

    cycle: Cycle
    pools: Sequence[Pool]
    categories: Sequence[Category]
    projects: Sequence[Project]
    count: int
    groups: Mapping[Group | None, int]
    more: bool


def project_list(db: Session, authority_id: AuthorityId, year: int, *, wanted: Wanted, page: int = 1) -> ProjectList:
    """Return a page of the projects of a cycle, by their numbers. Raises NotFound."""
    cycle = find_announced(db, authority_id, year)
    every = projects_of(db, cycle.id)
    groups = {group: sum(map(replace(wanted, group=group).has, every)) for group in (None, *Group)}
    found = [each for each in every if wanted.has(each)]
    first = (page - 1) * PAGE
    return ProjectList(
        cycle=cycle,
        pools=pools_of(db, cycle.id),
        categories=categories_of(db, cycle.id),
        projects=found[first : first + PAGE],
        count=len(found),
        groups=groups,
        more=len(found) > first + PAGE,
    )


@dataclass(frozen=True)
class ProjectPage:
    """A project as everybody reads it. `checklist`: of its published review; `acts`: its history in the record.

    `erased`: how texts of these acts were erased, as `erased_in` names them.
    """

    cycle: Cycle
    project: Project
    photos: Sequence[ProjectPhoto]
    acts: Sequence[Entry]
    appeal: ProjectAppeal | None
    checklist: Sequence[Answered]
    questions: Sequence[ProjectQuestion]
    rivals: Sequence[tuple[int, str]]
    progress: Progress | None
    erased: Mapping[str, ErasedText]


def project_page(db: Session, authority_id: AuthorityId, year: int, number: int) -> ProjectPage:
    """Return the page of a project. Raises NotFound."""
    cycle = find_announced(db, authority_id, year)
    project = find_project(db, cycle.id, number)
    acts = history(db, project_subject(project))
    appeal = find_project_appeal(db, project.id) if project.appealed_at else None
    checklist = checklist_of(project, reviews_of(db, [project.id])) if project.verdict else ()
    questions = questions_of(db, [project.id])
    rivals = rivals_of(db, project)
    progress = progress_of(db, project.id) if cycle.results_published_at and has_won(db, project) else None
    photos, erased = photos_of(db, project), erased_in(db, acts)
    return ProjectPage(cycle, project, photos, acts, appeal, checklist, questions, rivals, progress, erased)


def alike(db: Session, cycle: Cycle, title: str, place: str, *, most: int = 5) -> Sequence[Project]:
    """Return the projects of a cycle that share most of the long words of a title and a place, the most alike first.

    Whoever is about to propose what was proposed already is shown it, and may propose theirs all the same.
    """
    meant = _long_words(f"{title} {place}")
    scored = [
        (len(meant & _long_words(f"{each.title} {each.words.get('place', '')}")), each)
        for each in projects_of(db, cycle.id)
        if each.is_standing
    ]
    enough = max(2, len(meant) // 3)
    found = sorted((pair for pair in scored if pair[0] >= enough), key=lambda pair: (-pair[0], pair[1].number))
    return [each for _score, each in found[:most]]


def _long_words(text: str) -> set[str]:
    """Return the words that say something, cut so that most endings do not matter."""
    kept, longest = 4, 6
    return {word[:longest] for word in fold(text).replace(",", " ").split() if len(word) >= kept}
