from consult.consultations.table_changes import RowChange, table_changes
from consult.consultations.tracked_changes import Mark, Segment

OLD = "| Zona | Tarif |\n| --- | --- |\n| A | 5 lei |\n| B | 2 lei |\n| C | 1 leu |"
NEW = "| Zona | Tarif |\n| --- | --- |\n| A | 4 lei |\n| B | 2 lei |\n| D | gratuit |\n| E | gratuit |"


def told(row: RowChange) -> tuple[str, list[str]]:
    signs = {Mark.SAME: "", Mark.REMOVED: "-", Mark.ADDED: "+"}
    return signs[row.mark], ["".join(f"{signs[each.mark]}{each.text}" for each in cell) for cell in row.cells]


def test_rows_are_paired_and_the_words_of_their_cells_compared() -> None:
    rows = table_changes(OLD, NEW).rows

    assert [told(row) for row in rows] == [
        ("", ["Zona", "Tarif"]),
        ("", ["A", "-5+4 lei"]),
        ("", ["B", "2 lei"]),
        ("", ["-C+D", "-1 leu+gratuit"]),
        ("+", ["+E", "+gratuit"]),
    ]
    assert [row.is_head for row in rows] == [True, False, False, False, False]


def test_a_table_that_came_or_went_is_so_row_by_row() -> None:
    assert {row.mark for row in table_changes("", NEW).rows} == {Mark.ADDED}
    assert {row.mark for row in table_changes(OLD, "").rows} == {Mark.REMOVED}
    assert table_changes(OLD, OLD).rows[1].cells[0] == (Segment(Mark.SAME, "A"),)


def test_rows_of_another_width_are_replaced_whole() -> None:
    assert [row.mark for row in table_changes("| a | b |", "| a | b | c |").rows] == [Mark.REMOVED, Mark.ADDED]
