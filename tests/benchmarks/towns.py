"""A town with as much in it as one likes: what happens is done once by the service's own actions, then repeated."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation, Stage
from consult.consultations.counters import refresh_counters
from consult.consultations.drafts import latest_text, save_text
from consult.consultations.publication import publish_version
from consult.consultations.recommendations import TAKEN, Recommendation
from consult.identity.authorities import ANY_HOST, Authority
from consult.identity.offices import Role
from consult.identity.passwords import CITIZEN, hash_password
from consult.identity.people import Person, PersonId
from consult.identity.sessions import Certainty, begin_session
from tests.benchmarks.codes import CHAPTER, a_code, in_chapters
from tests.benchmarks.repeating import like, repeat_answer, repeat_consultation, repeat_recommendation
from tests.factories import DRAFT, NOW, a_citizen, a_recommendation, an_authority, an_official, an_open_consultation

#: A real act of 42 articles.
ACT = (Path(__file__).parents[1] / "consultations" / "acts" / "66812.txt").read_text(encoding="utf-8")
#: One of its articles, of the usual length, about which everybody speaks; and those that the register is about.
ARTICLE = "art-11"
ARTICLES = ("art-5", "art-6", "art-9", "art-12", "art-13", "art-15", "art-18", "art-19", "art-25", "art-29")

#: When a consultation began that has been answered, and when the town is looked at.
EARLIER = NOW - timedelta(days=63)
AT = NOW + timedelta(hours=2)

PASSWORD = "castanii din parc înfloresc devreme"
#: People who may write or sign in during a measurement, each once.
WRITERS = 400

#: How much there is in a town of size 1.
ARCHIVE, ON_ARTICLE, IN_REGISTER, ON_CODE = 25, 100, 50, 50
#: In a town of any size so much is said of each article of one chapter of its code: what is shown of them is the same.
ON_EACH = 17


@dataclass(frozen=True)
class Town:
    """Where things are in a town.

    `discussed`: an open consultation with all proposals on `ARTICLE`. `answered`: one with two versions and a register
    of answers, of which `recommendation` is in the middle; `last_page`: the row after which its last page begins.
    `code`: an open one with a code of 300 articles in chapters, of which `CHAPTER` has the same proposals in each town,
    and the others all that are more.
    `people`: those who write, the first of whom sent the proposal `sent`; `tokens`: of their sessions; `mailboxes`: by
    which they sign in, all with `PASSWORD`.
    """

    authority: Authority
    discussed: Consultation
    answered: Consultation
    code: Consultation
    recommendation: str
    last_page: int
    sent: str
    people: list[PersonId]
    tokens: list[str]
    mailboxes: list[str]


def settle(db: Session, size: int) -> Town:
    """Fill an empty database with a town; all that may grow in a town grows with its size."""
    authority = an_authority(db, host=ANY_HOST, slug="izvoru")
    people = settle_people(db, max(ON_ARTICLE * size, WRITERS))
    archived = an_open_consultation(db, authority, text=DRAFT, at=EARLIER)
    archived.stage = Stage.ADOPTED
    repeat_consultation(db, archived, ARCHIVE * size)
    answered = settle_answered(db, authority, people[: IN_REGISTER * size - 1])
    discussed = an_open_consultation(db, authority, text=ACT)
    first = a_recommendation(db, discussed, provision_key=ARTICLE)
    repeat_recommendation(db, discussed, first, people[: ON_ARTICLE * size - 1], [ARTICLE])
    code = settle_code(db, authority, people, ON_CODE * size)
    for consultation in (discussed, answered, code):
        refresh_counters(db, consultation.id)
    register = db.scalars(received(answered)).all()
    return Town(
        authority=authority,
        discussed=discussed,
        answered=answered,
        code=code,
        recommendation=register[len(register) // 2].reference,
        last_page=register[-IN_REGISTER - 1].id if size > 1 else 0,
        sent=db.scalars(received(discussed).where(Recommendation.person_id == people[0])).one().reference,
        people=people[:WRITERS],
        tokens=[begin_session(db, each, Certainty.ONE_FACTOR, device="Firefox", at=AT) for each in people[:WRITERS]],
        mailboxes=[f"locuitor-{number}@posta.example" for number in range(WRITERS)],
    )


def received(consultation: Consultation) -> Select[Recommendation]:
    """Select what a consultation received, in register order."""
    return select(Recommendation).where(Recommendation.consultation_id == consultation.id).order_by(Recommendation.id)


def settle_people(db: Session, number: int) -> list[PersonId]:
    """Let people move in who all have one password, of which one hash is made."""
    model = db.get_one(Person, a_citizen(db).person_id)
    known = hash_password(PASSWORD, CITIZEN)
    mailboxes = [f"locuitor-{n}@posta.example" for n in range(number)]
    db.execute(insert(Person), [like(model, email=mailbox, password_hash=known) for mailbox in mailboxes])
    return list(db.scalars(select(Person.id).where(Person.id > model.id).order_by(Person.id)))


def settle_answered(db: Session, authority: Authority, people: list[PersonId]) -> Consultation:
    """Publish a draft, answer what was received, and publish a second version."""
    consultation = an_open_consultation(db, authority, text=ACT, at=EARLIER)
    first = a_recommendation(db, consultation, provision_key=ARTICLES[0], at=EARLIER + timedelta(hours=1))
    repeat_recommendation(db, consultation, first, people, ARTICLES)
    repeat_answer(db, consultation, at=EARLIER + timedelta(days=30))
    publish_better_text(db, consultation, authority)
    consultation.stage = Stage.ANSWERED
    return consultation


def settle_code(db: Session, authority: Authority, people: list[PersonId], proposals: int) -> Consultation:
    """Publish a code, and receive so many proposals, each from somebody else; of one chapter as many in any town."""
    code = a_code()
    consultation = an_open_consultation(db, authority, text=in_chapters(code))
    chapter = [f"art-{number}" for number in CHAPTER]
    first = a_recommendation(db, consultation, provision_key=chapter[0])
    own = ON_EACH * len(chapter)
    repeat_recommendation(db, consultation, first, people[: own - 1], chapter)
    elsewhere = [f"art-{number}" for number in range(1, len(code) + 1) if number not in CHAPTER]
    *_, last = db.scalars(received(consultation))
    if proposals > own:
        repeat_recommendation(db, consultation, last, people[own - 1 : proposals - 1], elsewhere)
    return consultation


def publish_better_text(db: Session, consultation: Consultation, authority: Authority) -> None:
    """Publish a version in which five articles say something else, each because of a proposal that was taken up."""
    clerk = an_official(db, authority, *Role)
    draft = latest_text(db, consultation.id)
    assert draft is not None
    text, causes = draft.text, {}
    for key in ARTICLES[:5]:
        about = Recommendation.provision_key == key, Recommendation.verdict.in_(TAKEN)
        taken = select(Recommendation.id).where(Recommendation.consultation_id == consultation.id, *about)
        causes[key] = list(db.scalars(taken.order_by(Recommendation.id).limit(1)))
        before, heading, after = text.partition(f"Articolul {key.removeprefix('art-')}\n")
        text = before + heading + after.replace(".", ", cu respectarea termenului de 30 de zile.", 1)
    save_text(db, consultation.id, text=text, edition=draft.edition, by=clerk, at=AT)
    publish_version(db, consultation.id, causes=causes, by=clerk, at=AT)
