"""What people say about the figures of a draft budget, how it is contested, and what the council owes it."""

from datetime import timedelta

import pytest

from consult.consultations.consultations import Stage
from consult.consultations.contestations import (
    Contestation,
    ContestationsFirst,
    NotBeforeCouncil,
    NotOnThatDay,
    RuledAlready,
    contestations_of,
    rule_on_contestation,
)
from consult.consultations.drafts import request_approval
from consult.consultations.erasure import erase_texts, texts_about
from consult.consultations.figure_places import FigurePlace, said_about_line
from consult.consultations.figure_proposals import (
    FigureProposal,
    MoreThanThere,
    NoSuchLine,
    NotContestable,
    NothingMoved,
    OnlyInhabitants,
    SameMoney,
    submit_figure_proposal,
)
from consult.consultations.figures import FiguresInDoubt, save_figures
from consult.consultations.further_packs import BUDGET, budget_of, contesting, run_under
from consult.consultations.procedure import local_day, pack_of
from consult.consultations.publication import approve
from consult.consultations.recommendations import Kind
from consult.consultations.steps import go_on, steps_of
from consult.consultations.submissions import AlreadyProposed, ConsultationClosed
from consult.consultations.words import SaysNothing
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.money import Unit
from consult.record.erasure_grounds import ErasureGround
from tests.factories import NOW, a_citizen, a_draft_ready_for_approval, an_authority, an_official
from tests.factories.people import a_member_of, an_organisation
from tests.library.samples import BUDGET as TABLE

MOVE = FigureProposal("51-02-01", "65-02-03", 1_000_000, "Copiii au nevoie de mai mult.")
CONTESTATION = FigureProposal(None, None, None, "Cheltuielile nu se susțin.", True, "Str. Morii 3")
AFTER_CONTESTATIONS = NOW + timedelta(days=16)


def a_budget(db, authority=None, *, table: str = TABLE, laws: bool = True):
    """An open consultation about a draft budget, under both laws."""
    authority = authority or an_authority(db)
    clerk = an_official(db, authority, Role.CLERK)
    draft = a_draft_ready_for_approval(db, authority, clerk=clerk)
    save_figures(db, draft.id, text=table, unit=Unit.THOUSAND, main=None, edition=0, by=clerk, at=NOW)
    run_under(db, draft.id, pack=BUDGET, applies=laws, by=clerk, at=NOW)
    request_approval(db, draft.id, by=clerk, at=NOW)
    return approve(db, draft.id, by=an_official(db, authority, Role.APPROVER), at=NOW)


def submit(db, budget, proposal: FigureProposal, *, by=None, at=NOW):
    return submit_figure_proposal(db, budget.id, proposal=proposal, named=False, by=by or a_citizen(db), at=at)


def test_money_is_moved_between_two_lines_that_are_there_and_the_words_say_so(db) -> None:
    budget = a_budget(db)

    sent = submit(db, budget, MOVE)

    place = db.get(FigurePlace, sent.id)
    assert (place.line_key, place.to_key, place.amount) == ("51-02-01", "65-02-03", 1_000_000)
    assert sent.kind is Kind.MOVE
    (said,) = said_about_line(db, budget.id, "65-02-03")
    assert said.words == {
        "wording": "10.000 lei, din rândul 51.02.01 Cheltuieli de personal în rândul 65.02.03 Preșcolar și primar",
        "reason": "Copiii au nevoie de mai mult.",
    }


@pytest.mark.parametrize(
    ("proposal", "refusal"),
    [
        (FigureProposal("51-02-01", "99", 100, "De ce?"), NoSuchLine),
        (FigureProposal("99", None, None, "De ce?"), NoSuchLine),
        (FigureProposal(None, None, None, "De ce?"), NoSuchLine),
        (FigureProposal("51-02-01", "51-02-01", 100, "De ce?"), SameMoney),
        (FigureProposal("51-02-01", "51-02", 100, "De ce?"), SameMoney),
        (FigureProposal("total-cheltuieli", "65-02-03", 100, "De ce?"), SameMoney),
        (FigureProposal("51-02-01", "65-02-03", 0, "De ce?"), NothingMoved),
        (FigureProposal("51-02-01", "65-02-03", 8_025_001, "De ce?"), MoreThanThere),
        (FigureProposal("51-02-01", None, None, " "), SaysNothing),
    ],
)
def test_money_that_is_not_there_or_goes_nowhere_is_not_moved(db, proposal, refusal) -> None:
    budget = a_budget(db)

    with pytest.raises(refusal):
        submit(db, budget, proposal)


def test_all_that_a_line_has_can_be_moved(db) -> None:
    assert submit(db, a_budget(db), FigureProposal("51-02-01", "65-02-03", 8_025_000, "Tot.")).number


def test_the_same_words_about_the_same_line_are_received_once_and_about_another_again(db) -> None:
    budget, citizen = a_budget(db), a_citizen(db)
    comment = FigureProposal("51-02-01", None, None, "Prea mult.")
    submit(db, budget, comment, by=citizen)

    with pytest.raises(AlreadyProposed):
        submit(db, budget, comment, by=citizen)
    assert submit(db, budget, FigureProposal("51-02-02", None, None, "Prea mult."), by=citizen)


def test_a_draft_budget_is_contested_for_15_days_however_long_proposals_are_received(db) -> None:
    budget = a_budget(db)
    last = contesting(db, budget).closes_at
    assert budget.closes_at < last
    assert local_day(last - timedelta(seconds=1)) == local_day(NOW) + timedelta(days=15)

    assert submit(db, budget, CONTESTATION, at=last - timedelta(seconds=1)).id
    with pytest.raises(NotContestable):
        submit(db, budget, CONTESTATION, at=last)
    with pytest.raises(ConsultationClosed):
        submit(db, budget, FigureProposal("51-02", None, None, "Prea mult."), at=budget.closes_at)


def test_only_a_draft_budget_is_contested(db) -> None:
    with pytest.raises(NotContestable):
        submit(db, a_budget(db, laws=False), CONTESTATION)


def test_an_organisation_does_not_contest_and_may_still_propose(db) -> None:
    authority = an_authority(db)
    budget = a_budget(db, authority)
    member = a_member_of(db, an_organisation(db, authority))

    with pytest.raises(OnlyInhabitants):
        submit(db, budget, CONTESTATION, by=member)
    assert submit(db, budget, MOVE, by=member).organisation_id == member.organisation_id


def test_where_somebody_says_they_live_is_forgotten_with_the_text_of_their_contestation(db) -> None:
    authority = an_authority(db)
    budget = a_budget(db, authority)
    contested, other = submit(db, budget, CONTESTATION), submit(db, budget, CONTESTATION)
    commitments = [each.commitment for each in texts_about(db, contested)]
    first, second = an_official(db, authority, Role.CONTACT_PERSON), an_official(db, authority, Role.MODERATOR)

    ground = ErasureGround.CONSENT_WITHDRAWN
    erase_texts(db, contested, commitments, ground, chosen_by=first.person_id, by=second, at=NOW)
    db.expire_all()

    assert db.get_one(Contestation, contested.id).declared_address == ""
    assert db.get_one(Contestation, other.id).declared_address == "Str. Morii 3"


def test_both_packs_are_frozen_and_the_dates_of_the_budget_cite_their_articles(db) -> None:
    budget = a_budget(db)

    found = budget_of(db, budget, steps_of(db, budget), pack_of(db, budget))

    assert found.digest != budget.pack_digest
    assert [each.deadline.rule.citation for each in found.dates] == [
        "Legea 273/2006, art. 39 alin. (3)",
        "Legea 273/2006, art. 39 alin. (4)",
        "Legea 273/2006, art. 39 alin. (5)",
    ]
    assert found.dates[1].waits_for == budget.submission_on, "Law 52/2003 leaves more time than 5 days"


def submitted(db, budget):
    """The draft before the council, with one contestation."""
    by = an_official(db, db.get_one(Authority, budget.authority_id), Role.CONTACT_PERSON)
    contestation = submit(db, budget, CONTESTATION)
    budget.submitted_on = local_day(AFTER_CONTESTATIONS)
    go_on(db, budget, Stage.SUBMITTED, on=budget.submitted_on, by=by, at=AFTER_CONTESTATIONS)
    return contestation, by


def ruling(db, budget, contestation, by, **values):
    facts = {"admitted": False, "on": local_day(AFTER_CONTESTATIONS), "reason": "Cheltuielile sunt obligatorii."}
    return rule_on_contestation(db, budget.id, contestation.id, **facts | values, by=by, at=AFTER_CONTESTATIONS)


def test_a_budget_is_adopted_after_the_council_ruled_on_each_contestation(db) -> None:
    budget = a_budget(db)
    contestation, by = submitted(db, budget)
    day = local_day(AFTER_CONTESTATIONS)

    with pytest.raises(ContestationsFirst):
        go_on(db, budget, Stage.ADOPTED, on=day, by=by, at=AFTER_CONTESTATIONS)
    ruling(db, budget, contestation, by)
    go_on(db, budget, Stage.ADOPTED, on=day, by=by, at=AFTER_CONTESTATIONS)

    (ruled,) = contestations_of(db, budget.id)
    assert (ruled.admitted, ruled.reason) == (False, "Cheltuielile sunt obligatorii.")
    with pytest.raises(NotBeforeCouncil):
        ruling(db, budget, contestation, by)


def test_a_contestation_is_ruled_on_once_by_the_council_on_a_day_after_it_had_it(db) -> None:
    budget = a_budget(db)
    waiting = submit(db, budget, CONTESTATION)
    by = an_official(db, db.get_one(Authority, budget.authority_id), Role.CONTACT_PERSON)

    with pytest.raises(NotBeforeCouncil):
        ruling(db, budget, waiting, by)
    contestation, by = submitted(db, budget)
    with pytest.raises(NotOnThatDay):
        ruling(db, budget, contestation, by, on=local_day(NOW))
    ruling(db, budget, contestation, by)
    with pytest.raises(RuledAlready):
        ruling(db, budget, contestation, by)


def test_figures_with_a_line_in_doubt_are_not_published(db) -> None:
    with pytest.raises(FiguresInDoubt):
        a_budget(db, table=TABLE.replace("80,250", "optzeci"))
