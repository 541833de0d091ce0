"""Drafts as town halls write them, with what breaks in real ones, for the tests of the parser."""

import json
from pathlib import Path

ACTS = Path(__file__).parent / "acts"
EXPECTED: dict[str, dict[str, list[str]]] = json.loads((ACTS / "expected.json").read_text(encoding="utf-8"))


def act(name: str) -> str:
    """Return the text of a real act, as a clerk would paste it."""
    return (ACTS / name).read_text(encoding="utf-8")


#: A local decision with a regulation annexed; references at the beginning of lines, dashes, signatures in columns.
DECISION = """\
ROMÂNIA
JUDEȚUL BACĂU
MUNICIPIUL IZVORU
CONSILIUL LOCAL

                        PROIECT DE HOTĂRÂRE
privind aprobarea Regulamentului de parcare

Consiliul Local al Municipiului Izvoru, întrunit în ședință ordinară,
Având în vedere:
- referatul de aprobare nr. 1234/2026 al Primarului;
1. avizul comisiei de specialitate;
a) raportul compartimentului de resort;
În conformitate cu prevederile
Art. 36 alin. (2) lit. d) din Legea nr. 215/2001,
art. 7 din Legea nr. 52/2003,
În temeiul art. 129 alin. (2) lit. d), art. 139 alin. (1) și
art. 196 alin. (1) lit. a) din OUG nr. 57/2019,

HOTĂRĂȘTE:

Art.1.- Se aprobă Regulamentul de parcare, conform anexei nr. 1, care face parte integrantă din prezenta hotărâre.
Art.2.- (1) Tariful este de 2,5 lei/oră.
(2) Fac excepție:
a) persoanele cu handicap;
b) vehiculele de intervenție,
   potrivit art. 5 alin. (2) din Regulament.
Art. 3 – Cu ducerea la îndeplinire se încredințează:
- Primarul municipiului;
- Direcția economică.
Anexa nr. 1 face parte integrantă din prezenta hotărâre.
ART. 4 Prezenta se comunică Instituției
Prefectului.

PREȘEDINTE DE ȘEDINȚĂ,                  CONTRASEMNEAZĂ,
Ion Popescu                              SECRETAR GENERAL
                                          Maria Ionescu
Nr. 31 din 20.04.2026

ANEXA nr. 1
la H.C.L. nr. 31/2026

REGULAMENT
privind parcarea în municipiul Izvoru

CAPITOLUL I
DISPOZIȚII GENERALE

Art. 1 Obiectul
(1) Prezentul regulament stabilește regulile de parcare.
(2) El se aplică tuturor.

CAPITOLUL II. Tarife
Secțiunea 1 – Abonamente
Art. 2. Prețul abonamentului este:
1. pentru riverani – 20 lei;
2. pentru ceilalți – 100 lei:
a) persoane fizice;
b) persoane juridice.
Secțiunea a 2-a
Amenzi
Articolul 3
Amenda este de 100 lei.
Anexa nr. 2
Lista parcărilor
1. Parcarea Centru
2. Parcarea Gară
"""

#: An amending decision in Roman numerals that inserts a chapter with an article, quoted with straight marks.
AMENDING = """\
HOTĂRÂREA NR. 31/20.04.2021
privind completarea Regulamentului de organizare

Consiliul Local al comunei Stremț;
Văzând expunerea de motive;
În temeiul art. 129 din Codul administrativ,
HOTĂRĂȘTE:
Art.I. Regulamentul aprobat prin HCL nr. 5/2020 se modifică și se completează după cum urmează:
1. La articolul 12, alineatul (2) se modifică și va avea următorul cuprins:
„(2) Ședințele sunt publice.
(3) Ele se înregistrează.”
2. După capitolul VIII se introduce un nou capitol, capitolul IX, cu următorul cuprins:
"CAPITOLUL IX
Ședințe la distanță
ART. 68 (1) Ședințele se pot ține și online.
(2) Convocarea se face prin:
a) e-mail;
b) telefon.
ART. 69 Votul este electronic."
3. Articolul 70 se abrogă.
Art.II. Celelalte prevederi rămân neschimbate.
Art. III - Prezenta hotărâre se comunică.
Președinte de ședință,
Pop Ioan
"""
