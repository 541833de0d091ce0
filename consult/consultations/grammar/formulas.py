"""The fixed formulas around the articles: how a title, a preamble, an annex without a number and the end are worded.

They are written as town halls write them, with and without diacritics.
"""

import re

from consult.consultations.grammar.lines import HORIZON

_PREAMBLE = re.compile(
    r"[ \t]*(?:(?i:av[âa]nd [îi]n vedere|v[ăa]z[âa]nd|analiz[âa]nd|examin[âa]nd|dezb[ăa]t[âa]nd|lu[âa]nd (?:act|[îi]n)"
    r"|[țt]in[âa]nd (?:cont|seama)|[îi]n (?:temeiul|baza|conformitate)|potrivit|necesitatea)\b"
    r"|(?:Consiliul|Primarul|Viceprimarul|Președintele|Guvernul|Parlamentul|Ministrul|Prefectul)\b)"
)
_SIGNED_BY = re.compile(
    r"[ \t]*(?i:(?:vice)?pre[șs]edinte|(?:vice)?primar|ini[țt]iator|secretar|contrasemneaz[ăa]|avizat|vizat|consilier"
    r"|prefect|[îi]ntocmit|redactat)[\w ,.:/()-]*$"
)
_ATTESTED = re.compile(
    r"[ \t]*(?:(?i:prezenta|aceast[ăa])\s\w+\s(?:a fost )?(?i:adoptat)|(?i:adoptat[ăa]|dat[ăa]) (?:[îi]n|la|ast[ăa]zi)"
    r"|(?i:nr)\.?[ \t]*[_.]*\d*[ \t]*(?:din|/|_))"
)
_SENTENCE = re.compile(r"\b(?:se|va|vor|este|sunt|au|are|prin|pentru|care|duce)\b")
_ANNEXED = re.compile(
    r"[ \t]*(?:REGULAMENT(?:UL)?|STATUT(?:UL)?|METODOLOGI[EA]|NORME(?:LE)?|PROCEDUR[AĂ]|CAIET(?:UL)? DE SARCINI"
    r"|GHID(?:UL)?|CONTRACT(?:UL)?)\b"
)
_TITLE = re.compile(
    r"[ \t]*(?i:p ?r ?o ?i ?e ?c ?t|hot[ăa]r[âîa]re|lege|ordonan[țt]|ordin|dispozi[țt]i|regulament|decizi|statut)"
)
_CONTENTS = "CUPRINS"
_LONGEST_TITLE = 300
_LONGEST_SIGNATURE = 120


def opens_preamble(line: str) -> bool:
    """Whether a line begins the preamble or the introductory formula (art. 42-43): who acts, and by which law."""
    return _PREAMBLE.match(line[:HORIZON]) is not None


def closes_act(line: str) -> bool:
    """Whether a line begins the signatures or the formula of attestation (art. 40), and is no sentence."""
    if len(line) > _LONGEST_SIGNATURE or not line.lstrip()[:1].isupper():
        return False
    signed = _SIGNED_BY.match(line) and line[-1] not in ".;" and not _SENTENCE.search(line)
    return bool(signed or _ATTESTED.match(line))


def begins_annexed_text(line: str) -> bool:
    """Whether a line in capitals begins a regulation that stands behind the decision without the word "annex"."""
    return len(line) < HORIZON and line.isupper() and _ANNEXED.match(line) is not None


def title_in(lines: list[str]) -> str:
    """Return the title from the lines above the preamble: "HOTĂRÂRE" with what it is about, or else the first line."""
    start = next((at for at, line in enumerate(lines) if _TITLE.match(line)), 0)
    title: list[str] = []
    for line in lines[start:]:
        if (not line.strip() and len(title) > 1) or line.strip() == _CONTENTS:
            break
        if line.strip():
            title.append(line.strip())
    return " ".join(title)[:_LONGEST_TITLE]
