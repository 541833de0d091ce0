"""The words that stand in the addresses of consultations, and what they mean."""

from consult.consultations.listings import Group
from consult.consultations.recommendations import Kind, Source, Verdict

GROUPS = {
    "deschise": Group.OPEN,
    "analiza": Group.ANALYSIS,
    "raspuns": Group.ANSWERED,
    "arhiva": Group.ENDED,
}
VERDICTS = {
    "preluate": Verdict.TAKEN_UP,
    "partial": Verdict.PARTLY,
    "nepreluate": Verdict.NOT_TAKEN_UP,
    "in-afara-subiectului": Verdict.OUT_OF_SCOPE,
}
KINDS = {
    "observatii": Kind.OBSERVATION,
    "modificari": Kind.CHANGE,
    "adaugiri": Kind.INSERTION,
    "eliminari": Kind.DELETION,
    "mutari": Kind.MOVE,
}
SOURCES = {
    "pagini": Source.ONLINE,
    "hartie": Source.PAPER,
    "e-mail": Source.EMAIL,
    "dezbatere": Source.DEBATE,
    "ghiseu": Source.DESK,
}
