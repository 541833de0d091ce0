from consult.consultations.importing.markdown import read_markdown
from consult.consultations.importing.sheets import Code


def test_markdown_loses_its_signs_and_keeps_every_number_as_typed() -> None:
    read = read_markdown("""\
# HOTĂRÂRE

**Art. 1.** Se aprobă [regulamentul](https://exemplu.ro/r.pdf), *conform*:
a) prima;
b) a doua \\* literă.

3. punctul trei
5. punctul cinci
   - liniuță

| Zona | Tarif |
|:-----|------:|
| A \\| B | **5** lei |

![Planșă](p.png)
<b>1</b>
""")

    assert read.text.split("\n") == [
        "HOTĂRÂRE", "Art. 1. Se aprobă regulamentul (https://exemplu.ro/r.pdf), conform:", "a) prima;",
        "b) a doua * literă.", "3. punctul trei", "5. punctul cinci", "- liniuță", "| Zona | Tarif |", "| --- | --- |",
        "| A \\| B | 5 lei |", "", "Planșă", "<b>1</b>",
    ]  # fmt: skip
    assert [(remark.code, remark.facts) for remark in read.remarks] == [(Code.PICTURES, {"count": 1})]
