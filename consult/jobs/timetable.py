"""Work that recurs: each time slot is rung once, however many workers look at the clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.jobs.jobs import enqueue
from consult.store import Base
from consult.store.upsert import insert_into

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Recurring:
    """A kind of job that is due once in every slot of `every`; slots are counted from the epoch."""

    kind: str
    every: timedelta

    def slot(self, at: datetime) -> datetime:
        """Return the beginning of the slot in which an instant lies."""
        return at - (at - EPOCH) % self.every


class Slot(Base):
    """The last slot in which a recurring job was asked for."""

    __tablename__ = "timetable_slot"

    kind: Mapped[str] = mapped_column(primary_key=True)
    began_at: Mapped[datetime]


def ring(db: Session, slots: Mapping[str, datetime]) -> None:
    """Ask for the job of each slot (kind and beginning) that no worker has asked for yet.

    Slots that passed while no worker ran are not made up for; if the job of the slot before still waits, it serves.
    """
    for kind, began_at in sorted(slots.items()):
        asked = insert_into(db, Slot).values(kind=kind, began_at=began_at)
        # Of two workers the second waits here for the first and then finds its slot taken.
        taken = asked.on_conflict_do_update(
            index_elements=[Slot.kind], set_={"began_at": began_at}, where=Slot.began_at < began_at
        ).returning(Slot.kind)
        if db.scalar(taken) is not None:
            enqueue(db, kind, at=began_at, unique=f"timetable:{kind}")
