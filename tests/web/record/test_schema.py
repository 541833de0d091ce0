"""The vocabulary as a public page and as a file that programs check entries against."""

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from consult.record import canonical
from consult.record.entry_form import Commitment, Event, Signer, encode_entry
from consult.record.events import VOCABULARY, ResponsePublished
from consult.record.tiles import entries_in
from consult.settings import Settings
from tests.factories import NOW
from tests.web.conftest import BASE_URL
from tests.web.reader import Reader
from tests.web.record.conftest import Town
from web.record.kinds import KINDS
from web.record.schema import published_schema

ANSWER = ResponsePublished(
    subject="consult:izvoru/consultari/1-2026/propuneri/2-2026",
    recommendation=2,
    verdict="partly",
    body=Commitment("ab" * 32, 1),
)


def entry(event: Event = ANSWER) -> dict[str, object]:
    return canonical.load(encode_entry(event, signer=Signer("clerk", "c0ffee"), at=NOW, prev=None))


@pytest.fixture(scope="module")
def validator(tmp_path_factory: pytest.TempPathFactory) -> Draft202012Validator:
    """What checks entries against the schema as it is published."""
    folder = tmp_path_factory.mktemp("published")
    schema = published_schema(Settings(data=folder, keys=folder, database_url="", base_url=BASE_URL))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_entry_that_is_served_is_valid_by_the_schema_that_is_served(
    reader: Reader, town: Town, validator: Draft202012Validator
) -> None:
    assert reader.ask("GET", "/registru/schema/v1.json").json() == validator.schema

    served = entries_in(reader.ask("GET", "/log/1/tile/entries/000.p/6").content, 6)

    assert len(served) == 6
    for each in served:
        validator.validate(canonical.load(each))


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"type": "response.unheard_of"},
        {"at": "2026-11-24T12:00:00+02:00"},
        {"subject": "izvoru"},
        {"actor": {"role": "clerk"}},
        {"actor": {"role": "clerk", "pseudonym": "c0ffee", "name": "Ana"}},
        {"prev": "ab"},
        {"facts": {"recommendation": 2}},
        {"facts": {"recommendation": "2", "verdict": "partly"}},
        {"facts": {"recommendation": 2, "verdict": "partly", "more": 1}},
        {"body": None},
        {"body": {"c": "ab", "size": 1, "alg": "sha256-salt32"}},
        {"body": {"c": "ab" * 32, "size": 1, "alg": "md5"}},
        {"more": 1},
    ],
)
def test_what_is_no_entry_is_not_valid(validator: Draft202012Validator, change: dict[str, object]) -> None:
    validator.validate(entry())

    with pytest.raises(ValidationError):
        validator.validate(entry() | change)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_page_explains_every_type_and_leads_to_its_entries(reader: Reader) -> None:
    page = reader.get("/en/registru/schema")

    for word, kind in KINDS.items():
        assert page.select(f'[id="{kind.type}"]').get_text().strip()
        assert page.select(f'a[href="/en/registru?fel={word}"]')
    assert {kind.type for kind in KINDS.values()} == set(VOCABULARY)
    assert page.link("The vocabulary as JSON Schema") == "/registru/schema/v1.json"


def test_types_bear_their_romanian_names(settings: Settings) -> None:
    schema = published_schema(settings)

    assert schema["$defs"]["recommendation.received"]["title"] == "Propuneri"
    assert schema["$id"] == f"{settings.base_url}/registru/schema/v1.json"
    assert "`" in schema["$defs"]["pack.frozen"]["description"]
