"""How the council of the demo town met once behind closed doors, on a day that people would not expect.

Both are left open by the law and done with a reason that everybody reads, which the yearly report counts.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from consult.consultations.sessions import announce_session, decide
from consult.demo import gatherings as told
from consult.demo.meeting import Gathering, Happening, Playing
from consult.i18n import ZONE
from consult.meetings.agendas import Ballot, agenda_of
from consult.meetings.meetings import Notice

SATURDAY = 5
A_WEEK = 7


def behind_doors(play: Playing) -> Iterator[Happening]:
    """Yield what happened of the sessions that were not public."""
    for session in play.town.closed_sessions:
        yield from ClosedSession(play, session).deeds()


class ClosedSession(Gathering):
    """A session that nobody may come to, on a Saturday."""

    def __init__(self, play: Playing, session: told.ClosedSession) -> None:
        super().__init__(play, session.announced, session.day, session.at)
        self.told = session
        self.day = saturday_by(play.loaded_on + timedelta(days=session.day))
        self.starts_at = datetime.combine(self.day, session.at, ZONE).astimezone(UTC)

    def deeds(self) -> Iterator[Happening]:
        """Yield its announcement, its end and what it decided."""
        yield self.announced_at, self._announce
        yield from self.ended(self.told.held)
        yield self.next_day(8), self._tell

    def _announce(self, at: datetime) -> None:
        it = self.told
        self.announce(
            announce_session,
            self.play.residents.authority_id,
            title=it.title,
            notice=Notice(
                self.starts_at, it.place, motive=it.motive, closed=it.closed, closed_because=it.closed_because
            ),
            drafts=[],
            others=[item.title for item in it.items],
            sure_of=[self.day],
            at=at,
        )

    def _tell(self, at: datetime) -> None:
        agenda = self.play.database.read(agenda_of, self.id)
        for item, told_of in zip(agenda, self.told.items, strict=True):
            decided = told_of.decided
            ballot = Ballot(sum(decided.sums.values()), decided.sums, is_secret=True)
            said = {"act": decided.act, "act_url": decided.act_url, "note": decided.note}
            self.lead(decide, item.id, result=decided.result, ballot=ballot, **said, at=at)


def saturday_by(day: date) -> date:
    """Return the last Saturday up to a day."""
    return day - timedelta(days=(day.weekday() - SATURDAY) % A_WEEK)
