"""Every address of the service, made in one place: Romanian nouns without diacritics, stable for ever."""

import re
import unicodedata
from datetime import date
from urllib.parse import urlencode

from consult.i18n import DEFAULT_LOCALE

SLUG_LENGTH = 70
#: Pages of a consultation or of a meeting, whose names no title may take.
PAGES = frozenset(
    {
        "text",
        "propuneri",
        "propune",
        "raspuns",
        "schimbari",
        "documente",
        "dezbatere",
        "dosar",
        "inscriere",
        "minuta",
        "respectarea-legii",
    }
)


def fold(text: str) -> str:
    """Return text without diacritics and capitals, for searching and for slugs: `Parcări` becomes `parcari`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def slug(title: str) -> str:
    """Return the decorative part of an address, made from a title, cut at a word."""
    words = re.findall(r"[a-z0-9]+", fold(title))
    made = ""
    for word in words:
        if len(made) + len(word) >= SLUG_LENGTH:
            break
        made = f"{made}-{word}" if made else word
    return f"{made}-proiect" if made in PAGES else made or "proiect"


def in_language(path: str, locale: str) -> str:
    """Return an address in a language: Romanian addresses have no prefix, the others do (`/en/…`)."""
    if locale == DEFAULT_LOCALE:
        return path
    return f"/{locale}" if path == "/" else f"/{locale}{path}"


def asking(path: str, **query: str | int | None) -> str:
    """Return an address with the parts of a query that say something."""
    said = {name: value for name, value in query.items() if value not in {None, ""}}
    return f"{path}?{urlencode(said)}" if said else path


def consultation(reference: str, title: str = "") -> str:
    """Return the page of a consultation; a wrong slug is led to the right one."""
    return f"/consultari/{reference}/{slug(title)}" if title else f"/consultari/{reference}"


def consultations(*, state: str = "", words: str = "", page: int = 1, ending: str = "") -> str:
    """Return the list of consultations, or with an `ending` (".csv") the same list as a file."""
    return asking(f"{CONSULTATIONS}{ending}", stare=state, q=words, pagina=page if page > 1 else None)


def calendar(reference: str) -> str:
    """Return the dates of a consultation for a calendar."""
    return f"/consultari/{reference}/calendar.ics"


def draft_text(reference: str, version: int | None = None, *, view: str = "", part: int = 1) -> str:
    """Return the page of a draft's text, of its newest version or of one that is pinned; seen in a way, in parts."""
    path = f"/consultari/{reference}/text" + (f"/v{version}" if version else "")
    return asking(path, vedere=view, parte=part if part > 1 else None)


def draft_text_file(reference: str, version: int, ending: str) -> str:
    """Return the text of a version as a file: `.txt`, `.html`, `.pdf`, `.docx`, `.xml`, `.json`."""
    return f"/consultari/{reference}/text/v{version}{ending}"


def changes_file(reference: str, before: int, after: int) -> str:
    """Return a document in which the changes between two versions are tracked."""
    return f"/consultari/{reference}/schimbari/v{before}-v{after}.docx"


def article(reference: str, key: str, *, after: int = 0) -> str:
    """Return the page of one article with what is said about it, from the recommendation after `after` on."""
    return asking(f"/consultari/{reference}/text/{key}", dupa=after or None)


def register(reference: str, *, verdict: str = "", after: int = 0, ending: str = "") -> str:
    """Return the register of what was received, or with an `ending` (".csv") the same register as a file."""
    return asking(f"/consultari/{reference}/propuneri{ending}", raspuns=verdict, dupa=after or None)


def year_register(year: int, *, after: int = 0, ending: str = "", **narrowed: str) -> str:
    """Return the register of a year, through all consultations, or with an `ending` (".csv") the same as a file.

    `narrowed`: what is looked for, by the words of the address.
    """
    path = f"{REGISTER}/{year}" + (f"/propuneri{ending}" if ending else "")
    return asking(path, **narrowed, dupa=after or None)


def responses(reference: str, *, after: int = 0) -> str:
    """Return the authority's answers."""
    return asking(f"/consultari/{reference}/raspuns", dupa=after or None)


def recommendation(reference: str, number: str) -> str:
    """Return the page of one recommendation, by its register number and year, such as `47-2026`."""
    return f"/consultari/{reference}/propuneri/{number}"


def support(reference: str, number: str) -> str:
    """Return the page on which somebody supports a recommendation, or takes their support back."""
    return f"{recommendation(reference, number)}/sprijina"


def since(reference: str, number: str) -> str:
    """Return what has changed since a recommendation was written."""
    return f"{recommendation(reference, number)}/de-atunci"


def receipt(event_id: str) -> str:
    """Return the page that shows an act's place in the public record."""
    return f"/registru/act/{event_id}"


def receipt_file(event_id: str) -> str:
    """Return the receipt of an act as a file that can be checked without us."""
    return f"{receipt(event_id)}.tlog-proof"


def record(*, kind: str = "", reference: str = "", before: int | None = None, log: int | None = None) -> str:
    """Return the public record, newest entries first: of one kind, of one consultation, from an index on downwards.

    `log`: the number of an earlier log, which another one continues.
    """
    return asking(RECORD, jurnal=log, fel=kind, consultare=reference, inainte=before)


def entry(index: int, log: int = 1) -> str:
    """Return the page of one entry of the public record. Every entry keeps its address, whichever log goes on."""
    return f"{RECORD}/{index}" if log == 1 else f"{RECORD}/{log}/{index}"


def log_file(log: int | str, path: str) -> str:
    """Return a file of a log, as the programs that check it ask for it."""
    return f"{LOGS}/{log}/{path}"


def digest(day: date, log: int = 1) -> str:
    """Return the page of a log's digest of a day, made to be printed."""
    return f"{RECORD_DIGESTS}/{day.isoformat()}" if log == 1 else f"{RECORD_DIGESTS}/{log}/{day.isoformat()}"


def digests(*, before: date | None = None, ending: str = "") -> str:
    """Return the digests, newest first, or with an `ending` (".atom") the same as a feed."""
    return asking(f"{RECORD_DIGESTS}{ending}", inainte=before.isoformat() if before else None)


def subscription_confirmation(token: str) -> str:
    """Return the one-use link that confirms where the digests go."""
    return f"{SUBSCRIBE}/confirma/{token}"


def leave_digests(token: str) -> str:
    """Return the link by which a reader of the digests gets no more of them; it stands in every letter."""
    return f"{SUBSCRIBE}/renunta/{token}"


def document(reference: str, sha256: str) -> str:
    """Return a published document; its address is its content's hash."""
    return f"/consultari/{reference}/documente/{sha256}"


def report(reference: str, number: str, part: str = "") -> str:
    """Return the form by which a reader reports a recommendation, or the page after it ("primita")."""
    return f"{recommendation(reference, number)}/semnalare" + (f"/{part}" if part else "")


def erasure(reference: str, number: str, part: str = "") -> str:
    """Return the form by which anybody asks that a text be erased, or the page after it ("primita")."""
    return f"{recommendation(reference, number)}/stergere" + (f"/{part}" if part else "")


def debate(reference: str, part: str = "") -> str:
    """Return the page of the public debates of a draft, or the form by which one is asked for ("cere")."""
    return f"/consultari/{reference}/dezbatere" + (f"/{part}" if part else "")


def compliance(reference: str) -> str:
    """Return the page that says how the law was kept in a consultation, duty by duty."""
    return f"/consultari/{reference}/respectarea-legii"


def debate_request(reference: str, number: str) -> str:
    """Return the page of a request for a debate, by its number and year, such as `2-2026`."""
    return f"/consultari/{reference}/dezbatere/cereri/{number}"


def meetings(*, page: int = 1, ending: str = "") -> str:
    """Return the list of meetings, or with an `ending` (".ics") the same for calendars."""
    return asking(f"{MEETINGS}{ending}", pagina=page if page > 1 else None)


def meeting(reference: str, title: str = "") -> str:
    """Return the page of a meeting; a wrong slug is led to the right one."""
    return f"{MEETINGS}/{reference}/{slug(title)}" if title else f"{MEETINGS}/{reference}"


def meeting_calendar(reference: str) -> str:
    """Return the date of a meeting for a calendar."""
    return f"{MEETINGS}/{reference}/calendar.ics"


def meeting_registration(reference: str) -> str:
    """Return the page on which somebody registers to speak, or gives their turn back."""
    return f"{MEETINGS}/{reference}/inscriere"


def minutes(reference: str, version: int) -> str:
    """Return the minutes of a meeting, in one of their versions."""
    return f"{MEETINGS}/{reference}/minuta/v{version}"


def rules(pack: str, rule: str = "") -> str:
    """Return the page of a policy pack, `ro/law-52-2003`, or the place of one of its rules on it."""
    return f"{RULES}/{pack}" + (f"#{rule}" if rule else "")


def frozen_rules(digest: str, rule: str = "") -> str:
    """Return the page of the rules that a procedure froze, by their digest, or the place of one of them on it."""
    return f"{RULES}/inghetate/{digest}" + (f"#{rule}" if rule else "")


def yearly_report(year: int, part: str = "") -> str:
    """Return the report on a year, one of its numbers ("v1"), or the one that holds as a file ("raport.csv")."""
    return f"{REPORTS}/{year}" + (f"/{part}" if part else "")


HOME = "/"
CONSULTATIONS = "/consultari"
#: What the text of a version for programs says.
TEXT_SCHEMA = f"{CONSULTATIONS}/schema/text-v1.json"
#: The register of proposals of art. 7(5), by years.
REGISTER = "/registrul-propunerilor"
MEETINGS = "/sedinte"
RECORD = "/registru"
RULES = "/reguli"
#: The yearly reports on transparency.
REPORTS = "/rapoarte"
RECORD_CHECK = f"{RECORD}/verifica"
RECORD_WITNESSES = f"{RECORD}/martori"
#: How anybody keeps a copy of it, and checks the copy.
RECORD_MIRROR = f"{RECORD}/oglinda"
#: What entries can say, for people and (`/v1.json`) for programs.
RECORD_SCHEMA = f"{RECORD}/schema"
#: The checkpoint of each day.
RECORD_DIGESTS = f"{RECORD}/zilnic"
SUBSCRIBE = "/abonare"
#: The whole of it in one file.
RECORD_ARCHIVE = f"{RECORD}.tar"
#: Below it the record lies as plain files; with the number of the log this is the path of its origin.
LOGS = "/log"
#: How the service is doing.
STATUS = "/stare"
SIGN_IN = "/intra"
SIGN_IN_CODE = f"{SIGN_IN}/cod"
SIGN_OUT = "/iesire"
SIGN_UP = "/inregistrare"
RECOVERY = "/recuperare"
ACCOUNT = "/cont"
SESSIONS = f"{ACCOUNT}/sesiuni"
PASSWORD = f"{ACCOUNT}/parola"
TWO_STEPS = f"{ACCOUNT}/doi-pasi"
INVITATIONS = f"{ACCOUNT}/invitatii"
#: Where the author of a letter attaches it to their account.
CLAIM = f"{ACCOUNT}/revendica"
CLOSE_ACCOUNT = f"{ACCOUNT}/inchide"
ACCOUNT_CLOSED = f"{ACCOUNT}/inchis"
NEW_ORGANISATION = f"{ACCOUNT}/organizatii/noua"
DESK = "/birou"
DESK_CONSULTATIONS = f"{DESK}/consultari"
DESK_ORGANISATIONS = f"{DESK}/organizatii"
NEW_CONSULTATION = f"{DESK_CONSULTATIONS}/noua"
DESK_MEETINGS = f"{DESK}/sedinte"
NEW_SESSION = f"{DESK_MEETINGS}/noua"
NEW_DIALOGUE = f"{DESK_MEETINGS}/dialog"
DESK_PEOPLE = f"{DESK}/oameni"
DESK_PARTICIPANTS = f"{DESK}/participanti"
DESK_MODERATION = f"{DESK}/moderare"
NEW_ERASURE = f"{DESK}/stergeri/noua"
PERSONAL_DATA = "/date-personale"
MODERATION = "/moderare"
MODERATION_FIGURES = f"{MODERATION}/cifre"
DESK_WITNESSES = f"{DESK}/martori"
DESK_RULES = f"{DESK}/reguli"
DESK_REPORTS = f"{DESK}/rapoarte"


def desk_consultation(consultation_id: int, part: str = "") -> str:
    """Return the officials' page of a consultation, public or not, or of one part of their work on it ("anunt")."""
    return f"{DESK_CONSULTATIONS}/{consultation_id}" + (f"/{part}" if part else "")


def new_session(consultation_id: int) -> str:
    """Return the form that announces a session, with a draft on its agenda."""
    return asking(NEW_SESSION, proiect=consultation_id)


def desk_meeting(meeting_id: int, part: str = "") -> str:
    """Return the officials' page of a meeting, or of one part of their work on it ("minuta")."""
    return f"{DESK_MEETINGS}/{meeting_id}" + (f"/{part}" if part else "")


def address_confirmation(token: str) -> str:
    """Return the one-use link that confirms a mailbox."""
    return f"/confirma/{token}"


def new_password(token: str) -> str:
    """Return the one-use link that sets a password."""
    return f"{RECOVERY}/{token}"


def invitation(token: str) -> str:
    """Return the one-use link by which somebody begins to act for an organisation or an authority."""
    return f"/invitatie/{token}"


def organisation(organisation_id: int) -> str:
    """Return the page on which an organisation's members look after it."""
    return f"{ACCOUNT}/organizatii/{organisation_id}"


def desk_organisation(organisation_id: int) -> str:
    """Return the officials' page of an organisation's papers."""
    return f"{DESK_ORGANISATIONS}/{organisation_id}"


def desk_moderation(recommendation_id: int) -> str:
    """Return the officials' page on which a recommendation is hidden or shown again."""
    return f"{DESK_MODERATION}/{recommendation_id}"


def desk_appeal(appeal_id: int) -> str:
    """Return the officials' page of an appeal against moderation."""
    return f"{DESK_MODERATION}/contestatii/{appeal_id}"


def desk_erasure(request_id: int) -> str:
    """Return the officials' page of a request that a text be erased."""
    return f"{DESK}/stergeri/{request_id}"


def desk_report(year: int, part: str = "") -> str:
    """Return the officials' page of the report on a year, or of the second pair of eyes on it ("publica")."""
    return f"{DESK_REPORTS}/{year}" + (f"/{part}" if part else "")


def desk_person(person_id: int) -> str:
    """Return the page on which an official's roles are given and taken."""
    return f"{DESK_PEOPLE}/{person_id}"


def changes(reference: str, before: int | None = None, after: int | None = None) -> str:
    """Return the comparison of two versions, of the last two where none are named."""
    return asking(f"/consultari/{reference}/schimbari", **{"de-la": before, "la": after})


def propose(reference: str, key: str = "") -> str:
    """Return the composer of a recommendation, on a provision or on the whole draft."""
    return f"/consultari/{reference}/propune" + (f"?la={key}" if key else "")


def propose_without_account(reference: str, key: str = "", *, part: str = "") -> str:
    """Return the composer for whoever has no account, or the page after it ("trimis")."""
    path = f"/consultari/{reference}/propune/fara-cont" + (f"/{part}" if part else "")
    return asking(path, la=key)


def proposal_confirmation(token: str) -> str:
    """Return the one-use link that confirms a proposal sent without an account."""
    return f"/propune/confirma/{token}"


_PROPOSING = re.compile(r"(/consultari/[0-9-]+/propune)(\?.*)?", re.ASCII)


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
