"""People find what they have said, and nothing that others have."""

from sqlalchemy.orm import Session

from consult.consultations.participation import contributions_of
from tests.factories import a_citizen, a_recommendation, an_authority, an_open_consultation


def test_a_person_finds_their_own_recommendations_newest_first(db: Session) -> None:
    authority = an_authority(db)
    first, second = (an_open_consultation(db, authority) for _ in range(2))
    ana, dan = a_citizen(db), a_citizen(db)
    own = [a_recommendation(db, consultation, by=ana) for consultation in (first, second)]
    a_recommendation(db, first, by=dan)

    found = contributions_of(db, ana.person_id)

    assert [each.recommendation.id for each in found] == [own[1].id, own[0].id]
    assert [each.consultation.id for each in found] == [second.id, first.id]
