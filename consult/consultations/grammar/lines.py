"""What the beginning of a line may announce (Law 24/2000, art. 40-57).

Everything here looks at one line and knows nothing of its neighbours; whether a line that looks like an article is
one, or goes on with the sentence above, is decided in `cutting`. No pattern can backtrack far: a line of five million
characters costs no more than its first few hundred.
"""

import re
from dataclasses import replace

from consult.consultations.grammar.kinds import Kind, Marker, Tail
from consult.consultations.grammar.numbers import INDEX, SOLE, Number, arabic, lettered, roman

#: How much of a line can matter to its meaning; what follows is prose.
HORIZON = 300

_LEAD = re.compile(r"[ \t]*(?P<quote>[\"„“”«]?)[ \t]*")
_SEPARATOR = re.compile(r"[ \t]*(?P<sign>[.:]?[ \t]?[-–—]?\.?)[ \t]*")
_REFERENCE = re.compile(
    r"[,;)]|(?:[-–—][ \t]?)?(?:(?:art|alin|al|lit|pct)\b|alineat|litera|punct)|(?:din|și|si|sau|ori|la|ale)\b|a\b(?!\))"
    r"|\(\d{1,3}\)[ \t]?(?:[,;]|[-–—]|(?:din|și|si|sau|lit|pct)\b)"
    r"|se[ ](?:modifică|completează|abrogă|introduc)|va[ ]avea|devin"
)
_FURTHER_LETTER = re.compile(r"[.,;:)]|(?:și|si|sau|ori|până la|[-–—])[ \t]*(?:lit\.?[ \t]*)?\w{1,2}\)")
_OF_ANOTHER_ACT = re.compile(r"(?:a|al|ale|din)[ ](?:art|alin|Leg|Ordonanț|Hotărâr)")
_VERB = re.compile(r"\b(?:se|va|vor|este|sunt|fac|face|are|au|cuprinde|conține|stabilește|devine)\b")
_PAGE_NUMBER = re.compile(r".*(?:\.{3}|…|\t|_{3})[ \t.…_]*\d{1,4}$")

_ROMAN = r"(?P<roman>[IVXLC]{1,8})(?!\w)"
_ARTICLE = re.compile(
    rf"(?i:art(?:icol(?:ul)?)?)[ \t]*\.?[ \t]*(?i:nr\.?[ \t]*)?(?:(?P<sole>(?i:unic))\b|{_ROMAN}"
    rf"|(?P<arabic>[1-9]\d{{0,3}}(?:\.[1-9]\d{{0,2}}(?=\.?(?:[ \t]|$)))?))(?P<index>{INDEX})"
)
_ANNEX = re.compile(
    rf"A(?i:nex[aă])(?!\w)[ \t]*(?i:nr\.?[ \t]*)?"
    rf"(?:(?:{_ROMAN}|(?P<arabic>[1-9]\d{{0,2}}(?:\.[1-9]\d?)?))(?P<index>{INDEX})(?P<letter>[a-zA-Z]?)(?!\w))?"
)
_DIVISIONS = {
    Kind.BOOK: re.compile(r"C(?i:artea)\b"),
    Kind.PART: re.compile(r"P(?i:artea)\b"),
    Kind.TITLE: re.compile(r"T(?i:itlul)\b"),
    Kind.CHAPTER: re.compile(r"C(?i:ap(?:itolul\b|\.|\b))"),
    Kind.SECTION: re.compile(r"S(?i:ec[țt](?:iunea\b|\.|\b))"),
    Kind.SUBSECTION: re.compile(r"P(?i:aragraful)\b|S(?i:ubsec[țt]iunea)\b|§"),
}
_DIVISION_NUMBER = re.compile(
    rf"[ \t]*(?i:nr\.?[ \t]*)?(?:al?[ \t]+)?(?:{_ROMAN}|(?P<arabic>[1-9]\d{{0,2}})(?!\d)|(?P<first>(?i:întâi)\b))"
    rf"(?P<index>{INDEX})(?:-(?i:lea|a)\b)?"
)
_PARAGRAPH = re.compile(
    rf"(?:A(?i:lin)(?:\.|eatul)[ \t]*)?\((?P<arabic>[1-9]\d{{0,2}})(?P<index>{INDEX})[ \t]?\)[ \t]*"
)
_POINT = re.compile(
    rf"(?P<arabic>[1-9]\d{{0,2}}(?:\.[1-9]\d{{0,2}}){{0,4}})(?P<index>{INDEX})(?P<sign>[.)]?)"
    r"(?:[ \t]+|$|(?<=[.)])(?=[^\W\d]))"
)
_LETTER = re.compile(rf"(?P<open>\(?)(?P<letters>[a-zA-ZăâîșțĂÂÎȘȚ]{{1,5}})(?P<index>{INDEX})\)[ \t]*")
_CAPITAL = re.compile(r"(?P<letters>[A-Z]{1,5})\.[ \t]+")
_DASH = re.compile(r"(?:[-–—](?![-–—\d])|[•●▪■◦►➢✓\uf0b7])[ \t]*(?:[-–—][ \t]+)?(?=\S)")


def marker_on(line: str) -> Marker | None:
    """Read the beginning of a line as the number of a provision; nothing if it is plain text."""
    head = line[:HORIZON]
    lead = _LEAD.match(head)
    start = lead.end() if lead else 0
    quoted = bool(lead and lead["quote"])
    first = head[start : start + 1]
    if first == "(":
        return _paragraph(head, start, quoted=quoted) or _letter(head, start, quoted=quoted)
    if first.isdigit():
        return _point(head, start, quoted=quoted)
    if first.isalpha():
        return _words(head, start, quoted=quoted) or _letter(head, start, quoted=quoted)
    if first == "§":
        return _division(head, start, quoted=quoted)
    return _dash(head, start)


def first_inside(line: str, outer: Marker) -> Marker | None:
    """Find a list that begins right behind a number, on the same line: "Art. 3. (1) ...", "(2) a) ..."."""
    head = line[outer.end : outer.end + HORIZON]
    inner = None
    if outer.kind is Kind.ARTICLE and head.startswith(("(", "Alin")):
        inner = _paragraph(head, 0, quoted=False)
    elif outer.kind in {Kind.ARTICLE, Kind.PARAGRAPH} and head.startswith("a"):
        inner = _letter(head, 0, quoted=False)
    if inner is None or inner.tail is Tail.REFERENCE or inner.number is None or not inner.number.is_first:
        return None
    return replace(inner, end=outer.end + inner.end)


def _tail(rest: str) -> Tail:
    if _REFERENCE.match(rest):
        return Tail.REFERENCE
    return Tail.FAINT if rest[:1].islower() else Tail.CLEAR


def _words(head: str, start: int, *, quoted: bool) -> Marker | None:
    """Read what begins with a word: an article, an annex, a chapter, "Alin. (1)"."""
    match head[start]:
        case "A" | "a":
            return (
                _article(head, start, quoted=quoted)
                or _annex(head, start, quoted=quoted)
                or _paragraph(head, start, quoted=quoted)
            )
        case "C" | "P" | "T" | "S":
            return _division(head, start, quoted=quoted)
    return None


def _article(head: str, start: int, *, quoted: bool) -> Marker | None:
    found = _ARTICLE.match(head, start)
    if not found:
        return None
    number: Number | None = SOLE
    if found["roman"]:
        number = roman(found["roman"], found["index"])
    elif found["arabic"]:
        number = arabic(found["arabic"], found["index"])
    if number is None:
        return None
    sign, end = _separator(head, found.end())
    rest = head[end:]
    tail = _tail(rest)
    # "Art. 5, ...", "Art. 63-65" and "Art. 7 - art. 9" point at provisions; they do not begin one.
    if _REFERENCE.match(head[found.end() :].lstrip()) or (sign in {"-", "–", "—"} and rest[:1].isdigit()):
        tail = Tail.REFERENCE
    elif rest[:1].isdigit() and not sign:
        tail = Tail.FAINT
    small = head[start].islower()
    return Marker(Kind.ARTICLE, "art", number, end, tail, quoted=quoted, small=small, separated=bool(sign))


def _annex(head: str, start: int, *, quoted: bool) -> Marker | None:
    found = _ANNEX.match(head, start)
    if not found or len(head) == HORIZON:
        return None
    number = None
    if found["roman"]:
        number = roman(found["roman"], found["index"], counted=True)
    elif found["arabic"]:
        number = arabic(found["arabic"], found["index"])
    if number and found["letter"]:
        small = found["letter"].lower()
        number = replace(
            number, written=number.written + small, slug=number.slug + small, order=(*number.order, ord(small))
        )
    sign, end = _separator(head, found.end())
    rest = head[end:]
    capitals = found[0].split()[0].isupper()
    if not rest.startswith("la ") and not _is_heading(rest, capitals=capitals, separated=bool(sign)):
        return None
    if rest[-1:] in {";", ","} or (_VERB.search(rest) and not rest.isupper()):
        return None
    return Marker(Kind.ANNEX, "anexa", number, end, Tail.CLEAR, quoted=quoted, small=not capitals)


def _division(head: str, start: int, *, quoted: bool) -> Marker | None:
    for kind, word in _DIVISIONS.items():
        named = word.match(head, start)
        found = named and _DIVISION_NUMBER.match(head, named.end())
        if not named or not found or len(head) == HORIZON:
            continue
        number: Number | None = arabic(found["arabic"] or "1", found["index"])
        if found["roman"]:
            number = roman(found["roman"], found["index"], counted=True)
        sign, end = _separator(head, found.end())
        capitals = named[0].isupper() or named[0] == "§"
        if number is None or not _is_heading(head[end:], capitals=capitals, separated=bool(sign)):
            return None
        return Marker(kind, kind, number, end, Tail.CLEAR, quoted=quoted, small=not capitals)
    return None


def _is_heading(rest: str, *, capitals: bool, separated: bool) -> bool:
    """Whether words behind "Capitolul II" name it, rather than say something about it or list it with its page."""
    if rest[:1] in {",", ";", ")"} or rest[-1:] in {",", ";"} or _PAGE_NUMBER.match(rest):
        return False
    if not capitals and rest.endswith(".") and _VERB.search(rest):
        return False
    return capitals or separated or not rest[:1].islower()


def _paragraph(head: str, start: int, *, quoted: bool) -> Marker | None:
    found = _PARAGRAPH.match(head, start)
    if not found:
        return None
    number = arabic(found["arabic"], found["index"])
    return Marker(Kind.PARAGRAPH, "(1)", number, found.end(), _tail(head[found.end() :]), quoted=quoted)


def _point(head: str, start: int, *, quoted: bool) -> Marker | None:
    found = _POINT.match(head, start)
    if not found:
        return None
    dots = found["arabic"].count(".")
    if not dots and not found["sign"]:
        return None
    style = "1" + ".1" * dots if dots else "1" + found["sign"]
    number = arabic(found["arabic"], found["index"])
    return Marker(Kind.POINT, style, number, found.end(), _tail(head[found.end() :]), quoted=quoted)


def _letter(head: str, start: int, *, quoted: bool) -> Marker | None:
    found = _LETTER.match(head, start)
    index, bracket = (found["index"], found["open"]) if found else ("", "")
    if not found:
        found = _CAPITAL.match(head, start)
    if not found:
        return None
    letters = found["letters"]
    rest = head[found.end() :]
    tail = Tail.REFERENCE if _FURTHER_LETTER.match(rest) or _OF_ANOTHER_ACT.match(rest) else Tail.CLEAR
    # "a)", "(a)", "A)" and "A." are four lists, and so are "i)", "(i)", "I)" and "I.".
    sign = bracket + "%s" + found[0].rstrip()[-1]
    case = "a" if letters.islower() else "A"
    numeral = roman(letters, index) if letters in {letters.lower(), letters.upper()} else None
    letter = lettered(letters, index) if len(letters) == 1 or (len(letters) == 2 and letters.islower()) else None  # noqa: PLR2004
    other = None
    if numeral:
        other = Marker(Kind.POINT, sign % ("i" if case == "a" else "I"), numeral, found.end(), tail, quoted=quoted)
    if letter is None:
        return other
    return Marker(Kind.LETTER, sign % case, letter, found.end(), tail, quoted=quoted, other=other)


def _dash(head: str, start: int) -> Marker | None:
    found = _DASH.match(head, start)
    return Marker(Kind.DASH, "-", None, found.end(), Tail.CLEAR) if found else None


def _separator(head: str, start: int) -> tuple[str, int]:
    """Return the sign between a number and its words ("", ".", ".-", "–") and where the words begin."""
    found = _SEPARATOR.match(head, start)
    return (found["sign"].strip(), found.end()) if found else ("", start)
