"""A town on its vote day: one vote that is open, and as many voters as one likes, each with a browser of their own."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from consult.budgeting.projects import Project
from consult.budgeting.voting_rights import VotingRight
from consult.identity.authorities import ANY_HOST
from consult.identity.people import Person
from consult.identity.sessions import BrowserSession, Certainty, begin_session
from consult.identity.tokens import hash_of, new_token
from consult.record.bodies import keep_body
from consult.settings import Settings
from tests.benchmarks.repeating import like
from tests.factories import an_authority
from tests.factories.elections import Vote, a_voter, an_open_vote

#: As many projects as stand on the ballot of a large town, each described at length.
COSTS = [20_000 + 500 * number for number in range(36)]
WORDS = {
    "title": "Un scuar cu bănci, umbră și apă de băut",
    "summary": "În locul parcării de lângă școală.",
    "description": "Sunt douăzeci de tei, opt bănci și o cișmea. " * 40,
    "costs": "[]",
}


@dataclass(frozen=True)
class VoteDay:
    """A vote and the sessions of those who may vote in it. `year`: of its cycle."""

    vote: Vote
    year: int
    tokens: list[str]


def settle_voters(db: Session, settings: Settings, number: int, *, at: datetime) -> VoteDay:
    """Open a vote and let people prove their right: one as everybody does, the others as rows like theirs."""
    authority = an_authority(db, host=ANY_HOST, slug="izvoru")
    vote = an_open_vote(db, settings.keys, authority=authority, year=at.year, costs=COSTS, at=at)
    for project in db.scalars(select(Project).where(Project.cycle_id == vote.cycle_id)):
        project.body_id = keep_body(db, WORDS | {"title": f"{WORDS['title']} nr. {project.number}"}).id
    first = a_voter(db, vote, at)
    begin_session(db, first, Certainty.ONE_FACTOR, device="Firefox", at=at)
    db.flush()
    person = db.get_one(Person, first)
    right = db.scalars(select(VotingRight)).one()
    session = db.scalars(select(BrowserSession)).one()

    db.execute(insert(Person), [like(person, email=f"votant-{each}@posta.example") for each in range(number)])
    people = db.scalars(select(Person.id).where(Person.email.like("votant-%")).order_by(Person.id)).all()
    db.execute(insert(VotingRight), [like(right, person_id=each) for each in people])
    tokens = [new_token() for _ in people]
    rows = [
        like(session, person_id=each, token_hash=hash_of(token)) for each, token in zip(people, tokens, strict=True)
    ]
    db.execute(insert(BrowserSession), rows)
    return VoteDay(vote, at.year, tokens)
