"""The demo town is the first thing a visitor reads: it must hold together, and be lawful whenever it is loaded."""

import re
from collections import Counter
from pathlib import Path

import pytest
from stdnum.ro import cui

import consult.demo
from consult.consultations.announcements import SUMMARY_WORDS
from consult.consultations.comparison import State, compare
from consult.consultations.consultations import Stage
from consult.consultations.outline import wording
from consult.consultations.parsing import parse
from consult.consultations.recommendations import Kind
from consult.demo.loading import load_town
from consult.demo.town import Consultation, Town
from consult.files.formats import markup_name
from consult.identity.names import email_address, one_line
from consult.identity.organisations import REGISTRY_NUMBER

FILES = [path for path in Path(consult.demo.__file__).parent.rglob("*") if path.suffix in {".toml", ".txt"}]
TOWN = load_town()
KEYS = [consultation.key for consultation in TOWN.consultations]


@pytest.fixture
def town() -> Town:
    return TOWN


@pytest.fixture(params=KEYS)
def consultation(request) -> Consultation:
    return TOWN.consultations[KEYS.index(request.param)]


def test_the_town_is_big_enough_to_feel_real(town):
    recommendations = [said for consultation in town.consultations for said in consultation.recommendations]

    assert len(town.consultations) == 6
    assert len(recommendations) >= 200
    assert len(town.citizens) >= 60
    assert len(town.organisations) == 8
    assert sum(organisation.verified is None for organisation in town.organisations) == 1
    assert {role for official in town.officials for role in official.roles} >= {
        "clerk",
        "approver",
        "contact_person",
        "department_member",
        "moderator",
        "administrator",
    }


def test_the_consultations_stand_in_different_stages(town):
    stages = Counter(consultation.stage for consultation in town.consultations)

    assert stages == {Stage.PROPOSALS: 2, Stage.ANALYSIS: 1, Stage.ANSWERED: 2, Stage.ADOPTED: 1}
    assert sum(bool(consultation.urgent_motive) for consultation in town.consultations) == 1
    assert sum(bool(each.debate and each.debate.day > 0) for each in town.consultations) == 1
    assert sum(each.improved is not None for each in town.consultations) == 3


def test_each_draft_is_cut_without_a_remark(consultation):
    texts = [consultation.text, *([consultation.improved.text] if consultation.improved else [])]

    for parsed in map(parse, texts):
        assert 8 <= len(parsed.articles) <= 40
        assert not [str(warning) for warning in parsed.warnings]
        assert "HOTĂRÂRE" in parsed.title


def test_what_is_said_is_said_of_provisions_that_exist(consultation):
    keys = {element.key for element in parse(consultation.text).elements}

    assert {said.on for said in (*consultation.recommendations, *consultation.letters) if said.on} <= keys


def test_an_amendment_changes_the_words_of_its_provision_and_says_why(consultation):
    elements = parse(consultation.text).elements

    for said in consultation.recommendations:
        if said.kind is Kind.CHANGE:
            assert said.on, said.key
            assert said.wording.split() != wording(elements, said.on).split(), said.key
        if said.kind is not Kind.OBSERVATION:
            assert said.reason, said.key
        assert bool(said.wording) == (said.kind is not Kind.DELETION), said.key


def test_no_two_people_say_or_are_told_the_same_words(town):
    said = [each for consultation in town.consultations for each in consultation.recommendations]
    letters = [each for consultation in town.consultations for each in consultation.letters]
    answers = [each for consultation in town.consultations for each in consultation.answers]

    for texts in (
        [each.wording for each in (*said, *letters) if each.wording],
        [each.reason for each in said if each.reason],
        [each.reason for each in answers],
        [each.key for each in said],
    ):
        assert not [text for text, times in Counter(texts).items() if times > 1]


def test_all_names_resolve(town):
    officials = {official.key for official in town.officials}
    citizens = {citizen.key for citizen in town.citizens}
    departments = {department.key for department in town.departments}
    members = {organisation.key: organisation.members for organisation in town.organisations}

    assert town.authority.contact in officials
    assert {member for department in town.departments for member in department.members} <= officials
    assert {member for group in members.values() for member in group} <= citizens
    for consultation in town.consultations:
        assert {consultation.drafted_by, consultation.approved_by, consultation.contact} <= officials
        assert consultation.drafted_by != consultation.approved_by
        assert {note.by for note in consultation.shared.notes} <= officials
        assert {given.to for given in consultation.shared.given} <= departments
        assert {answer.by for answer in consultation.answers if answer.by} <= officials
        for said in consultation.recommendations:
            assert said.by in citizens, said.key
            assert said.organisation is None or said.by in members[said.organisation], said.key
        assert {letter.entered_by for letter in consultation.letters} <= officials
        assert {letter.claim.by for letter in consultation.letters if letter.claim} <= citizens
        for backer in (each for backed in consultation.backed for each in backed.backers):
            assert backer.by in citizens
            assert backer.organisation is None or backer.by in members[backer.organisation], backer.by


def test_nobody_speaks_before_they_joined_nor_for_an_unverified_organisation(town):
    joined = {citizen.key: citizen.joined for citizen in town.citizens}
    organisations = {organisation.key: organisation for organisation in town.organisations}

    for organisation in town.organisations:
        assert town.authority.founded < joined[organisation.members[0]] < organisation.registered
        assert organisation.verified is None or organisation.verified > organisation.registered
    for said in (each for consultation in town.consultations for each in consultation.recommendations):
        assert joined[said.by] < said.day, said.key
        if said.organisation:
            verified = organisations[said.organisation].verified
            assert verified is not None, said.key
            assert verified < said.day, said.key


def test_people_have_names_and_addresses_of_their_own(town):
    everybody = [*town.officials, *town.citizens]

    assert len({person.key for person in everybody}) == len({person.name for person in everybody}) == len(everybody)
    assert len({person.email for person in everybody}) == len(everybody)
    for person in [*everybody, *town.organisations]:
        assert one_line(person.name) == person.name
        assert email_address(person.email) == person.email
        assert person.email.endswith(".example")


def test_organisations_have_sound_codes(town):
    for organisation in town.organisations:
        assert cui.is_valid(organisation.fiscal_code), organisation.key
        assert REGISTRY_NUMBER.fullmatch(organisation.registry_number), organisation.key
    assert len({organisation.fiscal_code for organisation in town.organisations}) == len(town.organisations)


def test_answers_reach_each_recommendation_once(consultation):
    said = {each.key: each for each in consultation.recommendations}
    answered = Counter(key for answer in consultation.answers for key in answer.to)

    assert set(answered) <= set(said)
    assert not [key for key, times in answered.items() if times > 1]
    if consultation.improved:
        assert set(answered) == set(said)
        assert max(answer.day for answer in consultation.answers) <= consultation.improved.answered
    assert all(answer.day > consultation.days.proposals_until for answer in consultation.answers)


@pytest.mark.parametrize("key", [each.key for each in TOWN.consultations if each.improved])
def test_the_improved_text_changed_exactly_where_recommendations_are_named(key):
    consultation = TOWN.consultations[KEYS.index(key)]
    assert consultation.improved is not None

    changes = compare(parse(consultation.text).elements, parse(consultation.improved.text).elements)

    changed = {part.here.key for article in changes.articles for part in article.parts if part.state is not State.SAME}

    assert changed == {change.on for change in consultation.improved.changes}
    assert not any(part.renumbered or part.moved for article in changes.articles for part in article.parts)


def test_only_what_was_taken_up_at_least_partly_changed_the_text(consultation):
    verdicts = {key: answer.verdict for answer in consultation.answers for key in answer.to}
    causes = {
        key for change in (consultation.improved.changes if consultation.improved else ()) for key in change.because
    }

    assert {verdicts[key] for key in causes} <= {"taken_up", "partly"}


def test_summaries_are_read_in_a_minute(consultation):
    assert 40 < len(consultation.summary.split()) <= SUMMARY_WORDS
    assert 200 < len(consultation.report.split()) < 700


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_texts_are_written_in_the_letters_of_the_language(path):
    text = path.read_text(encoding="utf-8")

    assert not re.search("[\u015e\u015f\u0162\u0163]", text)
    assert not re.search("[\u00ad\u200b\u2028\ufeff\t]", text)
    assert not re.search(r"(?i)lorem|ipsum|todo|xxx", text)
    assert markup_name(text) is None
