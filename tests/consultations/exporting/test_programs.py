import hashlib
import json

import pytest
from jsonschema import Draft202012Validator

from consult.consultations.exporting.editions import SCHEMA as SCHEMA_FILE
from consult.consultations.exporting.programs import as_json
from consult.consultations.parsing import parse
from tests.consultations.drafts import AMENDING, DECISION
from tests.consultations.exporting.editions import edition
from tests.consultations.test_tables import ACT

SCHEMA = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", [DECISION, AMENDING, ACT])
def test_the_text_for_programs_is_as_its_schema_says_and_whole(text: str) -> None:
    said = json.loads(as_json(edition(text), "https://izvoru.ro/schema"))

    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(said)
    whole = "".join(provision["text"] for provision in said["provisions"])
    assert hashlib.sha256(whole.encode()).digest() == hashlib.sha256(parse(text).text.encode()).digest()


def test_a_table_comes_with_its_cells() -> None:
    said = json.loads(as_json(edition(ACT), "https://izvoru.ro/schema"))

    (table, *_) = [each["table"] for each in said["provisions"] if each["kind"] == "table"]
    assert table == {"head": [["Zona", "Tarif"]], "rows": [["A", "5 lei"], ["B", "2 lei"]]}
