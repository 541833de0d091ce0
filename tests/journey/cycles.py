"""The participatory budgets of the lived-in town: one in its days of proposals, one that is being set up, and votes.

Of the votes one is open, one is closed with its box of paper half typed, and of one the results are public.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from consult.budgeting.closing import close_election, end_of, note_destruction
from consult.budgeting.opened import open_ballots
from consult.budgeting.paper_ballots import give_sheet, print_sheets
from consult.budgeting.paper_entries import enter_ballot
from consult.budgeting.planning import create_cycle
from consult.budgeting.progress import News, NewsKind, tell_news
from consult.budgeting.project_drafts import save_project_draft
from consult.budgeting.project_erasure_requests import enter_request
from consult.budgeting.projects import find_project
from consult.budgeting.results import confirm_results, count_votes
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.vault import Vault
from consult.money import Bani
from consult.policy.voting_rules import Link
from consult.record.erasure_grounds import ErasureGround
from tests.factories import NOW, an_announced_cycle
from tests.factories.elections import Vote, a_voter, an_open_vote, voted, with_rules
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
    asked = {"words": "Spune unde locuiesc.", "name": "Ion Vecinu", "email": None}
    ground = ErasureGround.UNLAWFULLY_PROCESSED
    request = enter_request(db, project.id, **asked, ground=ground, by=officials["clerk"], at=NOW)
    return {
        "project-request": request.id,
        "cycle": cycle.year,
        "project": project.number,
        "project-draft": draft.id,
        "begun-cycle": begun.year,
    }


def hold_votes(db: Session, authority: Authority, officials: Mapping[str, Actor], citizen: Actor, keys: Path) -> None:
    """Open a vote for 2029, in which a citizen may vote; close one of 2026, and publish the results of 2025."""
    on_paper, vault, clerk = with_rules(on_paper=True), Vault.read(keys), officials["clerk"]
    a_voter(db, an_open_vote(db, keys, authority=authority, year=2029, rules=on_paper), person=citizen)
    long_ago = NOW - timedelta(days=100)
    closed = an_open_vote(db, keys, authority=authority, year=2026, rules=on_paper, at=long_ago)
    sheets = print_sheets(db, closed.cycle_id, 3, "a form", vault=vault, by=clerk, at=long_ago)
    for name in ("Ion Rusu", "Ana Pop"):
        give_sheet(db, closed.cycle_id, name, date(1961, 5, 4), Link.DOMICILE, vault=vault, by=clerk, at=long_ago)
    at = close(db, closed)
    for number, typed in ((sheets[0], {"1": 1}), (sheets[1], {"2": 1})):
        enter_ballot(db, closed.cycle_id, number, typed, None, vault=vault, by=clerk, at=at)
    enter_ballot(db, closed.cycle_id, sheets[1], {"1": 1}, None, vault=vault, by=officials["contact"], at=at)
    counted = an_open_vote(db, keys, authority=authority, year=2025, at=long_ago)
    for choices in ({"1": 1, "2": 1, "3": 1}, {"2": 1, "4": 1}):
        voted(db, counted, choices, at=long_ago)
    at = close(db, counted)
    open_ballots(db, counted.cycle_id, *counted.parts[:2], at=at)
    count_votes(db, counted.cycle_id, by=clerk, at=at)
    confirm_results(db, counted.cycle_id, by=officials["approver"], at=at)
    winner = find_project(db, counted.cycle_id, 2)
    step, late = date(2026, 8, 1), date(2026, 9, 1)
    for news in (
        News(NewsKind.DEPARTMENT, "Spații Verzi"),
        News(NewsKind.MILESTONE, "Proiect tehnic", due=step),
        News(NewsKind.MOVED, "Licitația s-a reluat.", due=late, milestone=1),
        News(NewsKind.CONTRACT, "Drumuri SA, pavaj", Bani(40_000_00), url="https://acte.example/7"),
    ):
        tell_news(db, winner.id, news, by=clerk, at=at)


def close(db: Session, vote: Vote) -> datetime:
    """Close a vote at its end, and return when that was."""
    at = end_of(db, vote.cycle_id)
    close_election(db, vote.cycle_id, vote.key, at=at)
    note_destruction(db, vote.cycle_id, at=at)
    return at
