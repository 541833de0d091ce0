"""An act is recorded in its own transaction, chained to what happened before to the same thing, and found again."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.event import listen
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from consult.record.entries import (
    Pending,
    RecordedEvent,
    append,
    append_all,
    entry_at,
    entry_of,
    entry_with_text,
    history,
    newest_entries,
    previous_of,
    procedure_of,
)
from consult.record.events import ConsultationStageChanged, OfficialAppointed, RecommendationWithdrawn
from consult.record.merkle import leaf_hash
from consult.store import Database
from tests.record.logs import CLERK, CONSULTATION, NOON, an_event, record_events, record_texts, sequence_all


def stage(to_stage: str) -> ConsultationStageChanged:
    return ConsultationStageChanged(subject=CONSULTATION, from_stage="announced", to_stage=to_stage, on=NOON.date())


def test_an_act_is_kept_as_the_bytes_that_enter_the_log(db: Session) -> None:
    recorded = append(db, stage("debate"), signer=CLERK, at=NOON)

    db.expire_all()
    found = db.get_one(RecordedEvent, recorded.id)
    assert found.leaf == leaf_hash(found.entry)
    assert found.stated["facts"]["to_stage"] == "debate"
    assert found.stated["actor"] == {"role": "clerk", "pseudonym": "c0ffee00"}
    assert found.at == NOON


def test_each_act_names_the_one_before_it_about_the_same_thing(db: Session) -> None:
    first = append(db, stage("debate"), signer=CLERK, at=NOON)
    append(db, an_event(), signer=CLERK, at=NOON)
    second = append(db, stage("adoption"), signer=CLERK, at=NOON)

    assert first.stated["prev"] is None
    assert second.stated["prev"] == first.leaf.hex()
    assert [entry.event.id for entry in history(db, CONSULTATION)] == [first.id, second.id]


def test_many_acts_about_one_thing_are_recorded_together_as_if_one_after_another(db: Session) -> None:
    first = append(db, stage("debate"), signer=CLERK, at=NOON)

    append_all(db, map(stage, ("analysis", "adoption", "adopted")), signer=CLERK, at=NOON)

    chain = [entry.event for entry in history(db, CONSULTATION)]
    assert [event.stated["prev"] for event in chain[1:]] == [event.leaf.hex() for event in chain[:-1]]
    assert [event.ordinal for event in chain] == [0, 1, 2, 3]
    assert [event.stated["facts"]["to_stage"] for event in chain[1:]] == ["analysis", "adoption", "adopted"]
    assert chain[0].id == first.id


def test_the_chain_of_one_thing_cannot_fork(db: Session) -> None:
    first = append(db, stage("debate"), signer=CLERK, at=NOON)
    fork = {column.key: getattr(first, column.key) for column in RecordedEvent.__table__.columns} | {"id": "f" * 32}

    with pytest.raises(IntegrityError):
        db.execute(insert(RecordedEvent).values(fork))


def test_what_begins_with_an_act_cannot_begin_again(db: Session) -> None:
    record_texts(db, 1)

    with pytest.raises(IntegrityError):
        record_texts(db, 1)


def test_the_time_of_an_act_is_kept_in_whole_seconds_as_its_entry_says_it(db: Session) -> None:
    recorded = append(db, an_event(), signer=CLERK, at=NOON + timedelta(microseconds=999_999))

    assert recorded.at == NOON


def test_an_act_that_is_rolled_back_leaves_no_entry(database: Database) -> None:
    def fail(db: Session) -> None:
        append(db, an_event(), signer=CLERK, at=NOON)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        database.act(fail)
    sequence_all(database)

    assert database.read(lambda db: db.scalar(select(func.count()).select_from(RecordedEvent))) == 0
    assert database.read(lambda db: db.scalar(select(func.count()).select_from(Pending))) == 0
    assert database.read(newest_entries) == []


def test_an_act_has_no_index_until_it_is_sequenced(database: Database) -> None:
    (event_id,) = database.act(record_events, 1)
    before = database.read(entry_of, event_id)

    sequence_all(database)

    after, at_its_place = database.read(entry_of, event_id), database.read(entry_at, 0)
    assert before is not None
    assert after is not None
    assert at_its_place is not None
    assert (before.index, after.index) == (None, 0)
    assert at_its_place.event.id == event_id


def test_what_is_not_there_is_not_found(database: Database) -> None:
    assert database.read(entry_of, "0" * 32) is None
    assert database.read(entry_at, 0) is None
    assert database.read(history, CONSULTATION) == []


def test_the_log_is_paged_newest_first_without_a_gap(database: Database) -> None:
    database.act(record_events, 25)
    sequence_all(database)

    pages, before = [], None
    while page := database.read(newest_entries, before=before, limit=10):
        pages.append([entry.index for entry in page])
        before = page[-1].index

    assert pages == [list(range(24, 14, -1)), list(range(14, 4, -1)), list(range(4, -1, -1))]


def test_the_log_can_be_read_by_type_and_by_procedure(database: Database) -> None:
    def record_several(db: Session) -> None:
        append(db, stage("debate"), signer=CLERK, at=NOON)
        append(db, OfficialAppointed(subject="consult:izvoru", role="clerk"), signer=CLERK, at=NOON)
        withdrawn = RecommendationWithdrawn(subject=f"{CONSULTATION}/propuneri/47", number=47)
        append(db, withdrawn, signer=CLERK, at=NOON)
        append(db, RecommendationWithdrawn(subject=f"{CONSULTATION}7/propuneri/1", number=1), signer=CLERK, at=NOON)

    database.act(record_several)
    sequence_all(database)

    by_type = database.read(newest_entries, type_="recommendation.withdrawn")
    by_procedure = database.read(newest_entries, procedure=CONSULTATION)
    by_both = database.read(newest_entries, type_="recommendation.withdrawn", procedure=CONSULTATION)
    assert [entry.index for entry in by_type] == [3, 2]
    assert [entry.index for entry in by_procedure] == [2, 0]
    assert [entry.index for entry in by_both] == [2]


@pytest.mark.parametrize("chosen", [{"type_": "x"}, {"procedure": "x"}, {}])
def test_a_page_is_one_walk_along_an_index_and_sorts_nothing(sqlite: Database, chosen: dict[str, str]) -> None:
    executed: list[tuple[str, Any]] = []
    listen(sqlite.engine, "before_cursor_execute", lambda *call: executed.append((call[2], call[3])))
    sqlite.read(newest_entries, before=5, type_=chosen.get("type_"), procedure=chosen.get("procedure"))
    query, values = executed[-1]

    plan = sqlite.read(lambda db: db.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values).all())

    assert "SEARCH leaf USING" in str(plan)
    assert "TEMP B-TREE" not in str(plan)


@pytest.mark.parametrize(
    ("subject", "procedure"),
    [
        ("consult:izvoru", "consult:izvoru"),
        (CONSULTATION, CONSULTATION),
        (f"{CONSULTATION}/propuneri/47", CONSULTATION),
    ],
)
def test_everything_below_a_procedure_belongs_to_it(subject: str, procedure: str) -> None:
    assert procedure_of(subject) == procedure


def test_an_act_leads_back_to_the_one_before_about_the_same_thing(database: Database) -> None:
    first, second = (database.act(append, stage(to), signer=CLERK, at=NOON) for to in ("debate", "answered"))
    sequence_all(database)

    before = database.read(previous_of, second)

    assert before is not None
    assert (before.index, before.event.id) == (0, first.id)
    assert database.read(previous_of, first) is None


def test_a_text_leads_back_to_the_act_that_committed_to_it(database: Database) -> None:
    database.act(record_texts, 2)
    sequence_all(database)
    written = database.read(entry_at, 2)
    assert written is not None

    found = database.read(entry_with_text, written.event.stated["body"]["c"])

    assert found is not None
    assert found.index == 2
    assert database.read(entry_with_text, "0" * 64) is None
