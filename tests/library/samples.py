"""Budgets as town halls write them, and a workbook as spreadsheets save one."""

from io import BytesIO
from zipfile import ZipFile

#: The annex of a draft: preamble, a head with years, a row that numbers the columns, codes, thousands of lei.
BUDGET = """\
Anexa nr. 2;;;
Cod;Denumirea indicatorilor;2026;Propuneri 2027 (mii lei)
A;B;1;2
;TOTAL CHELTUIELI;160,5;185,5
51.02;Autorități publice;100;110
51.02.01;  Cheltuieli de personal;70;80,250
51.02.02;  Bunuri și servicii;30;29,75
65.02;Învățământ;60,5;75,5
65.02.03;Preșcolar și primar;60,5;75,5
"""

_NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def xlsx(*rows: str, texts: str = "", styles: str = "") -> bytes:
    """Return a workbook of one sheet, its rows as in the format."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f"<workbook {_NAMESPACE}/>",
        "xl/sharedStrings.xml": f"<sst {_NAMESPACE}>{texts}</sst>",
        "xl/styles.xml": f"<styleSheet {_NAMESPACE}>{styles}</styleSheet>",
        "xl/worksheets/sheet1.xml": f"<worksheet {_NAMESPACE}><sheetData>{''.join(rows)}</sheetData></worksheet>",
    }
    kept = BytesIO()
    with ZipFile(kept, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()
