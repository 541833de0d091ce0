"""The addresses of consultations, of what is proposed in them, and of what the law makes of them."""

import re

from consult.links.addresses import asking, slug

HOME = "/"
CONSULTATIONS = "/consultari"
#: What the text of a version for programs says.
TEXT_SCHEMA = f"{CONSULTATIONS}/schema/text-v1.json"
#: The register of proposals of art. 7(5), by years.
REGISTER = "/registrul-propunerilor"
RULES = "/reguli"
#: The yearly reports on transparency.
REPORTS = "/rapoarte"
#: What the authority promised in its answers.
PROMISES = "/promisiuni"
#: Where followers of a consultation leave.
LEAVE_CONSULTATION = "/urmarire/renunta"
MODERATION = "/moderare"
MODERATION_FIGURES = f"{MODERATION}/cifre"
_PROPOSING = re.compile(r"(/consultari/[0-9-]+/propune)(\?.*)?", re.ASCII)


def consultation(reference: str, title: str = "") -> str:
    """Return the page of a consultation; a wrong slug is led to the right one."""
    return f"/consultari/{reference}/{slug(title)}" if title else f"/consultari/{reference}"


def consultations(*, state: str = "", words: str = "", page: int = 1, ending: str = "") -> str:
    """Return the list of consultations, or with an `ending` (".csv") the same list as a file."""
    return asking(f"{CONSULTATIONS}{ending}", stare=state, q=words, pagina=page if page > 1 else None)


def calendar(reference: str) -> str:
    """Return the dates of a consultation for a calendar."""
    return f"/consultari/{reference}/calendar.ics"


def draft_text(reference: str, version: int | None = None, *, view: str = "", part: int = 1, place: str = "") -> str:
    """Return the page of a draft's text, of its newest version or of one that is pinned; seen in a way, in parts.

    `place`: a provision on it.
    """
    path = f"/consultari/{reference}/text" + (f"/v{version}" if version else "")
    return asking(path, vedere=view, parte=part if part > 1 else None) + (f"#{place}" if place else "")


def in_text(reference: str, key: str, version: int | None = None) -> str:
    """Return the lasting address of a provision in the text: it leads to the part in which that version has it."""
    return asking(draft_text(reference, version), la=key)


def draft_text_file(reference: str, version: int, ending: str) -> str:
    """Return the text of a version as a file: `.txt`, `.html`, `.pdf`, `.docx`, `.xml`, `.json`."""
    return f"/consultari/{reference}/text/v{version}{ending}"


def figures(
    reference: str, *, line: str = "", version: int | None = None, view: str = "", words: str = "", page: int = 1
) -> str:
    """Return the figures of a draft budget: by chapter, of one line, in a view, or the lines with some words."""
    pages = page if page > 1 else None
    return asking(f"/consultari/{reference}/cifre", rand=line, q=words, versiune=version, vedere=view, pagina=pages)


def propose_figures(reference: str, line: str = "") -> str:
    """Return the composer for a line of a draft budget, or without one for a contestation of it all."""
    return asking(f"/consultari/{reference}/propune/cifre", rand=line)


def figures_file(reference: str, version: int) -> str:
    """Return the figures of a version as a file."""
    return f"/consultari/{reference}/cifre/v{version}.csv"


def changes_file(reference: str, before: int, after: int) -> str:
    """Return a document in which the changes between two versions are tracked."""
    return f"/consultari/{reference}/schimbari/v{before}-v{after}.docx"


def article(reference: str, key: str, *, after: int = 0, place: str = "") -> str:
    """Return the page of one article with what is said about it, from the recommendation after `after` on.

    `place`: a provision on it.
    """
    return asking(f"/consultari/{reference}/text/{key}", dupa=after or None) + (f"#{place}" if place else "")


def register(
    reference: str, *, verdict: str = "", contestations: bool = False, after: int = 0, ending: str = ""
) -> str:
    """Return the register of what was received, or with an `ending` (".csv") the same register as a file.

    `contestations`: of a draft budget, and nothing else.
    """
    kind = "contestatii" if contestations else ""
    return asking(f"/consultari/{reference}/propuneri{ending}", raspuns=verdict, fel=kind, dupa=after or None)


def year_register(year: int, *, after: int = 0, ending: str = "", **narrowed: str) -> str:
    """Return the register of a year, through all consultations, or with an `ending` (".csv") the same as a file.

    `narrowed`: what is looked for, by the words of the address.
    """
    path = f"{REGISTER}/{year}" + (f"/propuneri{ending}" if ending else "")
    return asking(path, **narrowed, dupa=after or None)


def year_register_to_print(year: int, *, after: int = 0, **narrowed: str) -> str:
    """Return the register of a year as it is printed, from the number after `after` on."""
    return asking(f"{REGISTER}/{year}/tipar", **narrowed, dupa=after or None)


def responses(reference: str, *, after: int = 0) -> str:
    """Return the authority's answers."""
    return asking(f"/consultari/{reference}/raspuns", dupa=after or None)


def promises(*, state: str = "", before: int = 0, promise: int | None = None) -> str:
    """Return what the authority promised in its answers: all, those in a state, or the place of one of them."""
    if promise is not None:
        # The list begins with the newest, so one that is asked for stands at its top.
        return f"{asking(PROMISES, dinainte=promise + 1)}#promisiune-{promise}"
    return asking(PROMISES, stare=state, dinainte=before or None)


def recommendation(reference: str, number: str) -> str:
    """Return the page of one recommendation, by its register number and year, such as `47-2026`."""
    return f"/consultari/{reference}/propuneri/{number}"


def support(reference: str, number: str) -> str:
    """Return the page on which somebody supports a recommendation, or takes their support back."""
    return f"{recommendation(reference, number)}/sprijina"


def attachment(reference: str, number: str, file: str) -> str:
    """Return a file that came with a recommendation, by its random name."""
    return f"{recommendation(reference, number)}/fisiere/{file}"


def follow(reference: str, part: str = "") -> str:
    """Return the page on which somebody follows a consultation, or the page after it ("trimis")."""
    return f"{CONSULTATIONS}/{reference}/urmareste" + (f"/{part}" if part else "")


def follow_confirmation(reference: str, token: str) -> str:
    """Return the one-use link that confirms that a mailbox follows a consultation."""
    return follow(reference, f"confirma/{token}")


def leave_consultation(token: str) -> str:
    """Return the link by which a follower gets no more letters; it stands in every one."""
    return f"{LEAVE_CONSULTATION}/{token}"


def since(reference: str, number: str) -> str:
    """Return what has changed since a recommendation was written."""
    return f"{recommendation(reference, number)}/de-atunci"


def document(reference: str, sha256: str) -> str:
    """Return a published document; its address is its content's hash."""
    return f"/consultari/{reference}/documente/{sha256}"


def package(reference: str, number: str) -> str:
    """Return the page of what was sent together, by the register number and year of its first recommendation."""
    return f"/consultari/{reference}/pachete/{number}"


def package_confirmation(reference: str, number: str) -> str:
    """Return the page that confirms to an organisation what it sent together."""
    return f"{package(reference, number)}/confirmare"


def send_package(reference: str, organisation_id: int) -> str:
    """Return the page on which an organisation sends its drafts together."""
    return f"/consultari/{reference}/pachet/{organisation_id}"


def report(reference: str, number: str, part: str = "") -> str:
    """Return the form by which a reader reports a recommendation, or the page after it ("primita")."""
    return f"{recommendation(reference, number)}/semnalare" + (f"/{part}" if part else "")


def erasure(reference: str, number: str, part: str = "") -> str:
    """Return the form by which anybody asks that a text be erased, or the page after it ("primita")."""
    return f"{recommendation(reference, number)}/stergere" + (f"/{part}" if part else "")


def compliance(reference: str) -> str:
    """Return the page that says how the law was kept in a consultation, duty by duty."""
    return f"/consultari/{reference}/respectarea-legii"


def dossier(reference: str, ending: str = "") -> str:
    """Return the page of the file of a consultation, or with an `ending` (".pdf") the file itself."""
    return f"/consultari/{reference}/dosar{ending}"


def rules(pack: str, rule: str = "") -> str:
    """Return the page of a policy pack, `ro/law-52-2003`, or the place of one of its rules on it."""
    return f"{RULES}/{pack}" + (f"#{rule}" if rule else "")


def frozen_rules(digest: str, rule: str = "") -> str:
    """Return the page of the rules that a procedure froze, by their digest, or the place of one of them on it."""
    return f"{RULES}/inghetate/{digest}" + (f"#{rule}" if rule else "")


def yearly_report(year: int, part: str = "") -> str:
    """Return the report on a year, one of its numbers ("v1"), or the one that holds as a file ("raport.csv")."""
    return f"{REPORTS}/{year}" + (f"/{part}" if part else "")


def search(reference: str, words: str = "", *, where: str = "", page: int = 1, after: int = 0) -> str:
    """Return the search within a consultation: in its text, or `where` it says so in what was proposed."""
    return asking(
        f"/consultari/{reference}/cauta", q=words, unde=where, pagina=page if page > 1 else None, dupa=after or None
    )


def changes(reference: str, before: int | None = None, after: int | None = None) -> str:
    """Return the comparison of two versions, of the last two where none are named."""
    return asking(f"/consultari/{reference}/schimbari", **{"de-la": before, "la": after})


def propose(reference: str, key: str = "") -> str:
    """Return the composer of a recommendation, on a provision or on the whole draft."""
    return f"/consultari/{reference}/propune" + (f"?la={key}" if key else "")


def go_on_writing(reference: str, unsent_id: int) -> str:
    """Return the composer with a draft that was kept."""
    return asking(f"/consultari/{reference}/propune", ciorna=unsent_id)


def propose_without_account(reference: str, key: str = "", *, part: str = "") -> str:
    """Return the composer for whoever has no account, or the page after it ("trimis")."""
    path = f"/consultari/{reference}/propune/fara-cont" + (f"/{part}" if part else "")
    return asking(path, la=key)


def proposal_confirmation(token: str) -> str:
    """Return the one-use link that confirms a proposal sent without an account."""
    return f"/propune/confirma/{token}"


def without_account(path: str) -> str:
    """Return where the same can be done without an account; empty where it cannot."""
    proposing = _PROPOSING.fullmatch(path)
    return f"{proposing[1]}/fara-cont{proposing[2] or ''}" if proposing else ""


def confirmation(reference: str, number: str) -> str:
    """Return the page that confirms to an author what was received."""
    return f"/consultari/{reference}/propuneri/{number}/confirmare"


def appeal(reference: str, number: str) -> str:
    """Return the page on which an author appeals against the hiding of a recommendation."""
    return f"/consultari/{reference}/propuneri/{number}/contestatie"


def withdrawal(reference: str, number: str) -> str:
    """Return the page on which an author takes a recommendation back."""
    return f"/consultari/{reference}/propuneri/{number}/retragere"
