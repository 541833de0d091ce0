"""The addresses of the public record and of everything that proves it."""

from datetime import date

from consult.links.addresses import asking

RECORD = "/registru"
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
