"""Packages: several drafts of an organisation, sent whole or not at all, each with its number, under one name."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.erasure import texts_about
from consult.consultations.packages import (
    DraftChanged,
    NameMissing,
    Package,
    PartRefused,
    SaidTwice,
    TooFewTogether,
    find_package,
    package_of,
    parts_of,
    recommendations_of,
    send_package,
    withdraw_package,
)
from consult.consultations.places import Place
from consult.consultations.recommendations import Kind, Recommendation
from consult.consultations.submissions import ConsultationClosed
from consult.consultations.unsent import Begun, save_unsent, unsent_by
from consult.consultations.withdrawals import AlreadyWithdrawn, withdraw_recommendation
from consult.consultations.words import ReasonMissing, Words
from consult.identity.actors import acting_as_self
from consult.jobs import Job
from consult.record.entries import RecordedEvent
from consult.refusals import NotPermitted
from tests.factories import NOW, a_member_of, a_recommendation, an_authority, an_open_consultation, an_organisation

LATER = NOW + timedelta(hours=1)


class Scene:
    """An organisation with two drafts that are ready and one that has no reason yet."""

    def __init__(self, db: Session) -> None:
        authority = an_authority(db)
        self.consultation = an_open_consultation(db, authority)
        self.member = a_member_of(db, an_organisation(db, authority, name="Pietonii"))
        a_recommendation(db, self.consultation)
        self.ready = [
            self.begin(db, "art-3", Words(Kind.CHANGE, "Cererile se depun oriunde.", "E mai simplu.")),
            self.begin(db, "art-4", Words(Kind.DELETION, "", "E de prisos.")),
        ]
        self.unready = self.begin(db, "art-1", Words(Kind.CHANGE, "Se aprobă altul.", ""))

    def begin(self, db: Session, key: str, said: Words) -> Begun:
        kept = {"said": said, "place": Place(key), "named": True, "begun": None, "by": self.member, "at": NOW}
        draft = save_unsent(db, self.consultation.id, **kept)
        return Begun(draft.id, draft.edition)

    def send(self, db: Session, *drafts: Begun, name: str = "Loc pentru pietoni", **changes: object) -> Package:
        told = {"name": name, "letter": "Vă scriem pentru cei care merg pe jos.", "by": self.member, "at": LATER}
        return send_package(db, self.consultation.id, drafts=drafts or self.ready, **(told | changes))


@pytest.fixture
def scene(db: Session) -> Scene:
    return Scene(db)


def entries(db: Session, kind: str) -> list[RecordedEvent]:
    return list(db.scalars(select(RecordedEvent).where(RecordedEvent.type == kind).order_by(RecordedEvent.at)))


def test_each_gets_its_number_and_all_stand_under_one_name(db: Session, scene: Scene) -> None:
    package = scene.send(db)

    sent = recommendations_of(db, package.id)
    assert [each.number for each in sent] == [2, 3]
    assert [each.author for each in sent] == ["Pietonii", "Pietonii"]
    assert package.reference == "2-2026"
    assert find_package(db, scene.consultation.id, "2-2026").name == "Loc pentru pietoni"
    assert package_of(db, sent[1]) is package
    assert [each.id for each in unsent_by(db, scene.member, scene.consultation.id)] == [scene.unready.id]


def test_the_record_tells_of_each_and_of_the_package_with_its_letter_as_a_commitment(db: Session, scene: Scene) -> None:
    sent = scene.send(db)

    (told,) = entries(db, "package.received")
    package = find_package(db, scene.consultation.id, sent.reference)
    assert told.stated["facts"] == {"recommendations": ["2-2026", "3-2026"]}
    assert told.subject.endswith("/consultari/1-2026/pachete/2-2026")
    assert told.stated["actor"]["role"] == "organisation_member"
    assert package.body is not None
    assert told.commitment == package.body.commitment
    assert len(entries(db, "recommendation.received")) == 3


def test_one_letter_confirms_them_all(db: Session, scene: Scene) -> None:
    scene.send(db)

    posted = [job.facts for job in db.scalars(select(Job).where(Job.kind == "letter"))]
    (letter,) = (each["letter"] for each in posted if each["to"] == scene.member.email)
    assert (letter["kind"], letter["numbers"]) == ("package-received", ["2/2026", "3/2026"])


def test_one_draft_that_is_not_ready_keeps_all_from_being_sent(db: Session, scene: Scene) -> None:
    with pytest.raises(PartRefused):
        scene.send(db, *scene.ready, scene.unready)

    assert len(db.scalars(select(Recommendation)).all()) == 1
    refused = [part.refusal for part in parts_of(db, scene.consultation.id, by=scene.member, at=LATER)]
    assert [type(each) for each in refused] == [type(None), type(None), ReasonMissing]


def test_a_draft_that_somebody_else_saved_meanwhile_must_be_read_again(db: Session, scene: Scene) -> None:
    first, second = scene.ready

    with pytest.raises(DraftChanged):
        scene.send(db, first, replace(second, edition=2))


def test_two_drafts_that_say_the_same_are_not_two_proposals(db: Session, scene: Scene) -> None:
    again = scene.begin(db, "art-4", Words(Kind.DELETION, "", "E de prisos."))

    with pytest.raises(SaidTwice):
        scene.send(db, *scene.ready, again)


def test_one_is_no_package_and_a_package_has_a_name(db: Session, scene: Scene) -> None:
    with pytest.raises(TooFewTogether):
        scene.send(db, scene.ready[0])
    with pytest.raises(NameMissing):
        scene.send(db, name="  ")


def test_packages_are_for_organisations_and_for_the_time_of_proposals(db: Session, scene: Scene) -> None:
    with pytest.raises(NotPermitted):
        scene.send(db, by=acting_as_self(db, scene.member.person_id))
    with pytest.raises(ConsultationClosed):
        scene.send(db, at=scene.consultation.closes_at)


def test_a_package_is_withdrawn_whole_or_what_is_left_of_it(db: Session, scene: Scene) -> None:
    package = scene.send(db)
    first, second = recommendations_of(db, package.id)
    withdraw_recommendation(db, first.id, by=scene.member, at=LATER)

    withdraw_package(db, package.id, by=scene.member, at=LATER + timedelta(hours=1))

    assert second.withdrawn_at == LATER + timedelta(hours=1)
    assert first.withdrawn_at == LATER
    with pytest.raises(AlreadyWithdrawn):
        withdraw_package(db, package.id, by=scene.member, at=LATER)


def test_nobody_else_withdraws_a_package(db: Session, scene: Scene) -> None:
    package = scene.send(db)

    with pytest.raises(NotPermitted):
        withdraw_package(db, package.id, by=acting_as_self(db, scene.member.person_id), at=LATER)


def test_its_letter_can_be_erased_with_the_texts_of_any_of_its_proposals(db: Session, scene: Scene) -> None:
    first, _ = recommendations_of(db, scene.send(db).id)

    words = [text.words for text in texts_about(db, first)]

    assert {"name": "Loc pentru pietoni", "letter": "Vă scriem pentru cei care merg pe jos."} in words
