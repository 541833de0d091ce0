"""A row that is written at once is in the session as if it had been read."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.identity.people import Person
from consult.store.rows import write
from tests.factories import NOW


def a_person() -> Person:
    return Person(email="ana@example.ro", name="Ana Pop", locale="ro", created_at=NOW)


def test_a_row_that_is_written_has_the_key_that_the_database_gave(db: Session) -> None:
    written = write(db, a_person())

    found = db.execute(select(Person.id, Person.email, Person.disabled_at)).one()
    assert tuple(found) == (written.id, "ana@example.ro", None)


def test_what_was_written_is_the_entity_that_is_found_and_changes_with_it(db: Session) -> None:
    written = write(db, a_person())

    written.name = "Ana Popescu"

    assert db.get(Person, written.id) is written
    assert db.scalar(select(func.count()).where(Person.name == "Ana Popescu")) == 1
