"""Ballots on paper as they come out of the printer: one a page, each with its number, made at once and kept nowhere."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import segno
import typst

from consult.budgeting.choices import BallotPaper, ListedPool
from consult.budgeting.codes import grouped
from consult.i18n import DEFAULT_LOCALE, gettext, ngettext
from consult.money import amount_in_words
from consult.policy.voting_rules import BallotForm

TEMPLATE = Path(__file__).with_name("paper_sheets.typ")
#: A font that Typst brings along, so that a ballot looks the same wherever it is printed.
FONTS = typst.Fonts(include_system_fonts=False)
#: So many projects stand on a page in letters of the usual size, and so many in the smallest that all can read.
ROOMY, TIGHT = 16, 36
SIZES = (13, 10.5, 8.5)


def sheets_as_pdf(
    paper: BallotPaper, titles: Mapping[str, str], numbers: Sequence[str], *, title: str, authority: str
) -> bytes:
    """Return the ballots of some numbers, ready to print. `titles`: what each project is called, by its number."""
    data = {
        "title": title,
        "authority": authority,
        "language": DEFAULT_LOCALE,
        "size": _size(len(paper.projects)),
        "marks": _marks(paper),
        "todo": _what_to_do(paper),
        "pools": [_pool(paper, pool, titles) for pool in paper.pools if paper.rules.marks_in(pool.kind)],
        "foot": gettext("Fold it and put it into the box. Torn or mistaken? Hand it back and take another."),
        "sheets": [_sheet(number) for number in numbers],
    }
    made = typst.compile(
        TEMPLATE,
        format="pdf",
        font_paths=FONTS,
        sys_inputs={"data": msgspec.json.encode(data).decode()},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    assert isinstance(made, bytes)  # one document, since it is not asked for as pages
    return made


def _size(projects: int) -> float:
    return SIZES[0] if projects <= ROOMY else SIZES[1] if projects <= TIGHT else SIZES[2]


def _marks(paper: BallotPaper) -> list[str]:
    """Return what stands beside the boxes of each project; nothing where there is one."""
    if paper.rules.ballot is BallotForm.GRADES:
        return [str(grade) for grade in paper.rules.grades]
    return [str(mark) for mark in paper.marks] if len(paper.marks) > 1 else [""]


def _what_to_do(paper: BallotPaper) -> list[str]:
    said = [
        gettext(
            "Mark the boxes of the projects that you choose, and write nothing else: a ballot that tells whose it is"
            " does not count."
        )
    ]
    districts = next((marks.pools for marks in paper.rules.marks if marks.pools), None)
    if districts:
        said.append(
            ngettext(
                "Choose in %(num)s district of those below.", "Choose in %(num)s districts of those below.", districts
            )
            % {"num": districts}
        )
    said.append(
        gettext("After the count every ballot is published with its number; nobody notes to whom it was given.")
    )
    return said


def _pool(paper: BallotPaper, pool: ListedPool, titles: Mapping[str, str]) -> Mapping[str, object]:
    marks = paper.rules.marks_in(pool.kind)
    most = 1 if paper.rules.ballot is BallotForm.CHOOSE_ONE else marks.most if marks else None
    return {
        "name": f"{pool.name} · {amount_in_words(pool.amount)}",
        "rule": ngettext("Choose at most %(num)d project.", "Choose at most %(num)d projects.", most) % {"num": most}
        if most
        else "",
        "projects": [
            {
                "number": each.number,
                "title": titles.get(each.number)
                or gettext("Project no. %(number)s (words erased)") % {"number": each.number},
                "cost": amount_in_words(each.cost),
            }
            for each in paper.projects
            if each.pool == pool.key
        ],
    }


def _sheet(number: str) -> Mapping[str, str]:
    drawing = io.BytesIO()
    segno.make(number, error="m").save(drawing, kind="svg", xmldecl=False, border=0)
    shown = grouped(number)
    return {
        "number": shown,
        "drawing": drawing.getvalue().decode(),
        "alt": gettext("The number of the ballot: %(number)s") % {"number": shown},
    }
