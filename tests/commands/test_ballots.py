"""What the commission does at the machine."""

import pytest
from click.testing import CliRunner

from consult.budgeting.closing import end_of, tend_elections
from consult.budgeting.commission_key import MARK
from consult.budgeting.election_key import NoElectionKey, read_election_key
from consult.budgeting.elections import announced, election_of, prepare_election
from consult.budgeting.phases import Phase
from consult.commands import consult
from consult.identity.authorities import Authority
from consult.refusals import NotFound
from tests.factories.base import NOW
from tests.factories.budgeting import an_announced_cycle
from tests.factories.elections import an_open_vote, voted


def test_the_parts_of_the_key_are_shown_once_and_kept_nowhere(database, tmp_path, monkeypatch):
    slug = database.act(lambda db: db.get_one(Authority, an_announced_cycle(db).authority_id).slug)
    monkeypatch.setenv("DATABASE_URL", database.url)
    monkeypatch.setenv("CONSULT_KEYS", str(tmp_path))

    shown = CliRunner().invoke(consult, ["ballot", "prepare", "2027", "--authority", slug])

    assert shown.exit_code == 0, shown.output
    parts = [line for line in shown.output.splitlines() if line.startswith(MARK)]
    assert len(parts) == 3
    assert not any(
        part.rsplit("-", 1)[1] in path.read_text(errors="ignore") for part in parts for path in files(tmp_path)
    )
    again = CliRunner().invoke(consult, ["ballot", "prepare", "2027", "--authority", slug])
    assert again.exit_code != 0


def test_the_worker_closes_a_vote_at_its_end_and_destroys_its_key(database, tmp_path):
    vote = database.act(an_open_vote, tmp_path)
    database.act(voted, vote, {"1": 1})
    ends_at = database.read(end_of, vote.cycle_id)

    tend_elections(database, tmp_path, at=NOW)
    assert database.read(election_of, vote.cycle_id).closed_at is None
    tend_elections(database, tmp_path, at=ends_at)

    election = database.read(election_of, vote.cycle_id)
    assert election.closed_at == election.key_destroyed_at == ends_at
    assert list(files(tmp_path)) == []
    with pytest.raises(NoElectionKey):
        read_election_key(tmp_path, vote.cycle_id, database.read(announced, vote.cycle_id).subject)


def test_two_keepers_open_the_ballots_after_the_close(database, tmp_path, monkeypatch):
    vote = database.act(an_open_vote, tmp_path)
    database.act(voted, vote, {"1": 1})
    slug = database.read(lambda db: announced(db, vote.cycle_id).authority_slug)
    tend_elections(database, tmp_path, at=database.read(end_of, vote.cycle_id))
    monkeypatch.setenv("DATABASE_URL", database.url)
    typed = "".join(f"{part.line}\n" for part in vote.parts[1:])

    opened = CliRunner().invoke(consult, ["ballot", "open", "2027", "--authority", slug], input=typed)

    assert opened.exit_code == 0, opened.output
    assert "1" in opened.output
    assert database.read(election_of, vote.cycle_id).openings is not None


def test_the_worker_opens_a_vote_that_was_prepared(database, tmp_path):
    vote = database.act(an_open_vote, tmp_path)

    def not_opened(db):
        election = election_of(db, vote.cycle_id)
        election.opened_at = election.paper = None

    database.act(not_opened)
    tend_elections(database, tmp_path, at=NOW)

    assert database.read(election_of, vote.cycle_id).opened_at == NOW


def test_a_vote_that_cannot_begin_delays_no_other_and_the_log_says_so(database, tmp_path, caplog):
    vote = database.act(an_open_vote, tmp_path)
    ends_at = database.read(end_of, vote.cycle_id)
    stuck = database.act(lambda db: an_announced_cycle(db, phase=Phase.VOTING, at=ends_at).id)
    prepare_election(database, tmp_path, stuck)

    tend_elections(database, tmp_path, at=ends_at)

    assert database.read(election_of, vote.cycle_id).key_destroyed_at == ends_at
    assert database.read(election_of, stuck).opened_at is None
    assert caplog.messages == [f"The vote of cycle {stuck} was not tended: NothingToVoteOn"]


def test_a_cycle_that_is_not_announced_has_no_vote(database, tmp_path):
    with pytest.raises(NotFound):
        prepare_election(database, tmp_path, 7)


def files(folder):
    return (path for path in folder.iterdir() if path.name.startswith("election-"))
