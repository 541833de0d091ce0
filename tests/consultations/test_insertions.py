"""Where a new text would stand between two others, and the number with an index that it would get."""

import pytest
from sqlalchemy.orm import Session

from consult.consultations.insertions import Insertion, insertion_after
from consult.consultations.passages import find_provision
from consult.consultations.recommendations import Kind, Recommendation
from consult.consultations.submissions import submit_recommendation
from consult.consultations.versions import latest_version
from consult.record.entries import entry_of
from tests.factories import NOW, a_citizen, an_open_consultation

TEXT = """HOTĂRÂRE
privind parcările de reședință

CAPITOLUL I
Dispoziții generale
Art. 1. - Se aprobă Regulamentul.
Art. 2. - (1) Abonamentul se acordă la cerere.
(2) Taxa anuală este de 240 de lei pentru:
a) primul autoturism;
b) fiecare autoturism în plus.
Art. 2^1. - Cererile se depun online.
CAPITOLUL II
Dispoziții finale
Art. 3. - Primarul duce la îndeplinire.
"""


@pytest.fixture
def consultation(db: Session):
    return an_open_consultation(db, text=TEXT)


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("art-1", Insertion("art-1-ind-1", "Art. 1^1", "Art. 1", "Art. 2")),
        ("art-2", Insertion("art-2-ind-2", "Art. 2^2", "Art. 2^1", "Capitolul II")),
        ("art-2-ind-1", Insertion("art-2-ind-2", "Art. 2^2", "Art. 2^1", "Capitolul II")),
        ("denumire", Insertion("", "", "Titlul actului", "Capitolul I")),
        ("art-3", Insertion("art-3-ind-1", "Art. 3^1", "Art. 3", "")),
        (
            "art-2-alin-1",
            Insertion("art-2-alin-1-ind-1", "Art. 2 alin. (1^1)", "Art. 2 alin. (1)", "Art. 2 alin. (2)"),
        ),
        (
            "art-2-alin-2-lit-b",
            Insertion("art-2-alin-2-lit-b-ind-1", "Art. 2 alin. (2) lit. b^1)", "Art. 2 alin. (2) lit. b)", ""),
        ),
    ],
)
def test_a_new_text_stands_between_two_others_with_the_next_index(
    db: Session, consultation, key: str, place: Insertion
) -> None:
    provision = find_provision(db, latest_version(db, consultation.id).id, key)

    assert insertion_after(db, provision) == place


def propose(db: Session, consultation, kind: Kind) -> Recommendation:
    said = {"wording": "Persoanele cu handicap nu plătesc.", "reason": "E drept.", "named": False}
    return submit_recommendation(
        db, consultation.id, kind=kind, provision_key="art-1", **said, by=a_citizen(db), at=NOW
    )


def test_an_insertion_is_kept_and_recorded_with_the_number_it_would_get(db: Session, consultation) -> None:
    it = propose(db, consultation, Kind.INSERTION)

    assert (it.provision_label, it.inserted_as) == ("Art. 1", "Art. 1^1")
    assert entry_of(db, it.event_id).event.stated["facts"]["inserted"] == "art-1-ind-1"


def test_nothing_else_has_such_a_number(db: Session, consultation) -> None:
    it = propose(db, consultation, Kind.CHANGE)

    assert it.inserted_as == ""
    assert entry_of(db, it.event_id).event.stated["facts"]["inserted"] is None
