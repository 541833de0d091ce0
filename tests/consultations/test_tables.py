"""Tables in a draft: cut as one provision, kept to the letter, and given back cell by cell."""

from hypothesis import given
from hypothesis import strategies as st

from consult.consultations.grammar.tables import Table, blocks, is_row, read_table, table_of
from consult.consultations.outline import Element
from consult.consultations.parsing import parse

FEES = """\
| Zona | Tarif |
| --- | --- |
| A | 5 lei |
| B | 2 lei |
"""
ACT = f"""\
PROIECT DE HOTĂRÂRE
privind taxele
Consiliul Local hotărăște:
Art. 1. Se aprobă taxele:
{FEES}Taxele se indexează anual.
(2) Scutiri:
a) pentru elevi:
| Clasa | Scutire |
| I-IV | 100% |
b) pentru pensionari.
Art. 2. Se comunică Prefectului.

ANEXA nr. 1
Amenzi
{FEES}
{FEES}Notă: se rotunjește la leu.
"""

cells = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]) | st.sampled_from("|\\\n")).map(
    lambda text: "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))
)


def elements(text: str) -> dict[str, Element]:
    return {element.key: element for element in parse(text).elements}


@given(rows=st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1, max_size=4), has_head=st.booleans())
def test_whatever_stands_in_the_cells_comes_back(rows: list[list[str]], has_head: bool) -> None:  # noqa: FBT001
    table = table_of(rows, int(has_head))

    written = str(table)

    assert read_table(written) == table
    assert all(map(is_row, written.split("\n")))


def test_a_table_is_one_provision_with_a_name_of_its_own() -> None:
    found = elements(ACT)

    assert [(key, found[key].label) for key in found if found[key].kind == "table"] == [
        ("art-1-tabel-1", "Art. 1 tabelul 1"),
        ("art-1-alin-2-lit-a-tabel-1", "Art. 1 alin. (2) lit. a) tabelul 1"),
        ("anexa-1-tabel-1", "Anexa nr. 1 tabelul 1"),
        ("anexa-1-tabel-2", "Anexa nr. 1 tabelul 2"),
    ]
    assert found["art-1-tabel-1"].body == FEES.strip()
    assert "".join(element.text for element in found.values()) == ACT.strip()


def test_what_follows_a_table_is_no_part_of_it() -> None:
    found = elements(ACT)

    assert found["art-1-text"].body == "Taxele se indexează anual."
    assert found["art-1-alin-2-lit-b"].body == "pentru pensionari."
    assert found["anexa-1-text"].body == "Notă: se rotunjește la leu."


def test_the_rows_above_the_dashes_name_the_columns() -> None:
    table = read_table(FEES)

    assert table.head == (("Zona", "Tarif"),)
    assert table.body == (("A", "5 lei"), ("B", "2 lei"))
    assert read_table("| A | 5 lei |").head == ()


def test_signatures_laid_out_as_a_table_stay_one_text() -> None:
    signed = f"{ACT.partition('ANEXA')[0]}Președinte de ședință,\n| Ion Pop | Secretar general |\n"

    assert [element.kind for element in parse(signed).elements][-1] == "closing"


def test_words_and_tables_are_told_apart_for_whoever_shows_them() -> None:
    shown = list(blocks("Înainte | fără bare la capete\n| a | b |\nDupă"))

    assert shown == ["Înainte | fără bare la capete", Table((("a", "b"),)), "După"]
