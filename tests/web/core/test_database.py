"""The handlers' way to the database: whole, in threads, and nobody who waits to write keeps others from reading."""

from threading import Event

import anyio
from sqlalchemy.orm import Session

from consult.store import Database
from tests.factories import NOW
from tests.web.core import sample
from web.bodies import Posted
from web.database import ACTORS, Db
from web.forms import Arrival, Form, new_key


def sent_form() -> Form[sample.NoteForm]:
    """A form as it arrives."""
    posted = Posted({"wording": ["Copaci."], "key": [new_key()]})
    form = Form(sample.NoteForm, posted, Arrival(NOW, "/note/scrie", "1"))
    form.read(sample.NoteForm)
    return form


def test_an_act_is_committed_when_it_returns(database: Database) -> None:
    async def scenario() -> list[str]:
        db = Db(database)
        await db.act(sample.make_notes)
        await db.act(sample.write_note, wording="one")
        await db.act_alone("notes", sample.write_note, wording="two")
        return await db.read(sample.notes)

    assert anyio.run(scenario) == ["one", "two"]


def test_a_form_is_done_once_alone_or_not(database: Database) -> None:
    async def scenario() -> tuple[list[str], list[str]]:
        db = Db(database)
        await db.act(sample.make_notes)
        one, two = sent_form(), sent_form()
        pages = [
            await db.act_once(one, sample.write_note, sample.note_address, wording="one"),
            await db.act_once_alone("notes", two, sample.write_note, sample.note_address, wording="two"),
            await db.act_once_alone("notes", two, sample.write_note, sample.note_address, wording="two"),
            await db.act_once(one, sample.write_note, sample.note_address, wording="one"),
        ]
        return pages, await db.read(sample.notes)

    assert anyio.run(scenario) == (["/note/1", "/note/2", "/note/2", "/note/1"], ["one", "two"])


def test_those_who_wait_to_write_keep_nobody_from_reading(database: Database) -> None:
    go_on = Event()

    def dawdle(_db: Session) -> None:
        assert go_on.wait(10)

    async def scenario() -> list[str]:
        db = Db(database)
        await db.act(sample.make_notes)
        async with anyio.create_task_group() as waiting:
            for _ in range(ACTORS * 3):
                waiting.start_soon(db.act, dawdle)
            await anyio.sleep(0.05)
            with anyio.fail_after(5):
                found = await db.read(sample.notes)
            go_on.set()
        return found

    assert anyio.run(scenario) == []
