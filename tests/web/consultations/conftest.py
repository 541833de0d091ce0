"""A town hall with things to read, brought there by the acts that officials and citizens do; all pages in English."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from consult.consultations.answer_publication import publish_answers
from consult.consultations.consultations import Consultation
from consult.consultations.counters import refresh_counters
from consult.consultations.debates import announce_debate
from consult.consultations.drafts import save_text
from consult.consultations.publication import publish_version
from consult.consultations.recommendations import Kind, Recommendation, Verdict
from consult.consultations.responses import draft_answers
from consult.consultations.submissions import submit_recommendation
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.meetings.meetings import Notice
from consult.store import Database
from tests.factories import DRAFT, NOW, a_citizen, a_recommendation, an_official, an_open_consultation
from tests.factories.consultations import the_day_after
from tests.web.reader import Clock

#: The second version: art. 2 changed, a new art. 3, the old art. 3 is art. 4 now, and the old art. 4 is gone.
BETTER = (
    DRAFT.replace("240 de lei", "180 de lei")
    .replace("Art. 4. - Prezenta hotărâre se duce la îndeplinire de primar.\n", "")
    .replace("Art. 3. - ", "Art. 3. - Persoanele cu handicap grav nu plătesc nicio taxă de parcare.\nArt. 4. - ")
)


class Town:
    """One town hall and what happens in it. Each deed is an act of its own, as in life."""

    def __init__(self, database: Database, authority: Authority) -> None:
        self.database = database
        self.authority = authority
        self.clerk: Actor = database.act(an_official, authority, Role.CLERK)
        self.contact: Actor = database.act(an_official, authority, Role.CONTACT_PERSON)

    def publish(self, text: str = DRAFT, at: datetime = NOW) -> Consultation:
        """Put a draft before the public, until the earliest lawful day."""
        return self.database.act(an_open_consultation, self.authority, text=text, at=at)

    def say(
        self,
        consultation: Consultation,
        key: str | None = "art-3",
        kind: Kind = Kind.OBSERVATION,
        *,
        wording: str = "Cererile să fie primite tot anul.",
        reason: str = "",
        named: bool = False,
        by: Actor | None = None,
        at: datetime = NOW + timedelta(hours=1),
    ) -> Recommendation:
        """Receive a recommendation, and let the worker count it."""

        def received(db: Session) -> Recommendation:
            author = by or a_citizen(db)
            said = {"wording": wording, "reason": reason or ("" if kind is Kind.OBSERVATION else "Așa e drept.")}
            it = submit_recommendation(
                db, consultation.id, kind=kind, provision_key=key, named=named, by=author, at=at, **said
            )
            refresh_counters(db, consultation.id)
            return it

        return self.database.act(received)

    def say_often(self, consultation: Consultation, times: int) -> list[Recommendation]:
        """Receive as many recommendations as a campaign sends, each from somebody else."""

        def received(db: Session) -> list[Recommendation]:
            said = [a_recommendation(db, consultation) for _ in range(times)]
            refresh_counters(db, consultation.id)
            return said

        return self.database.act(received)

    def draft_answer(
        self,
        consultation: Consultation,
        *said: Recommendation,
        verdict: Verdict,
        reason: str = "Pentru că așa e legea.",
    ) -> None:
        """Draft an answer, which nobody outside may see."""
        self.database.act(
            draft_answers,
            consultation.id,
            recommendation_ids=[each.id for each in said],
            verdict=verdict,
            reason=reason,
            by=self.contact,
            at=NOW,
        )

    def publish_answers(self, consultation: Consultation) -> datetime:
        """Publish all answers on the day after the last one for proposals."""
        at = the_day_after(consultation.proposals_until)
        self.database.act(publish_answers, consultation.id, by=self.contact, at=at)
        return at

    def improve(
        self, consultation: Consultation, text: str = BETTER, *, edition: int = 1, **causes: list[Recommendation]
    ) -> None:
        """Publish the next version. `causes`: by the key of what changed, its hyphens written as underscores."""
        at = the_day_after(consultation.proposals_until)
        ids = {key.replace("_", "-"): [each.id for each in behind] for key, behind in causes.items()}
        self.database.act(save_text, consultation.id, text=text, edition=edition, by=self.clerk, at=at)
        self.database.act(publish_version, consultation.id, causes=ids, by=self.contact, at=at)


@pytest.fixture
def town(database: Database, authority: Authority) -> Town:
    return Town(database, authority)


@pytest.fixture
def lived_in(town: Town, clock: Clock) -> Consultation:
    """A consultation through which everything went: amendments, a debate, answers, a second version."""
    consultation = town.publish()
    said = [town.say(consultation, key) for key in ("art-2-alin-2", "art-3", "art-4", None)]
    said.append(town.say(consultation, "art-2-alin-2-lit-a", Kind.CHANGE, wording="toate autoturismele;"))
    starts_at = NOW + timedelta(days=4)
    town.database.act(announce_debate, consultation.id, notice=Notice(starts_at, "Sala Mare"), by=town.contact, at=NOW)
    town.draft_answer(consultation, *said, verdict=Verdict.PARTLY)
    clock.at = town.publish_answers(consultation) + timedelta(hours=1)
    town.improve(consultation, art_2_alin_2=said[:1])
    return consultation


@pytest.fixture
def statements(database: Database) -> Callable[[], Any]:
    """Count the statements that reach the database while something is done."""

    @contextmanager
    def counted() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(("PRAGMA", "BEGIN")):
                seen.append(statement)

        event.listen(database.engine, "before_cursor_execute", note)
        yield seen
        event.remove(database.engine, "before_cursor_execute", note)

    return counted
