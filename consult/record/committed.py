"""Whether a file that somebody kept is what an entry commits to: a text by its salted hash, a document by its hash.

People keep texts in many ways, so several are understood: the file `body/<commitment>` of the log, the JSON inside it,
or the plain words as they stand on the page.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from consult.i18n import N_
from consult.record import canonical
from consult.record.entry_form import BODY_ALGORITHM
from consult.record.faults import Fault
from consult.record.texts import MAX_TEXT

#: So many empty lines of a plain text are tried as the one between the words that were proposed and the reason.
MOST_PARTINGS = 200
#: Old Romanian encodings wrote cedillas.
COMMAS_FOR_CEDILLAS = str.maketrans("\u015e\u015f\u0162\u0163", "ȘșȚț")

_ANOTHER = N_("The file is not the text, nor a document, that the entry commits to. A single other character suffices.")


def check_kept(
    entry: Mapping[str, Any],  # Any: what JSON can say
    salt: bytes,
    kept: bytes,
    files: Mapping[str, bytes] | None = None,
) -> None:
    """Check that an entry commits to a file.

    `salt`: of the text, as the receipt carries it; empty if it does not. `files`: the salts of what came with the text.
    """
    digest = sha256(kept).hexdigest()
    body = entry.get("body")
    stated = body.get("c") if isinstance(body, dict) and body.get("alg") == BODY_ALGORITHM else None
    # As the file body/<commitment>, in which the salt stands first; or as a document, which is named by its plain hash.
    named = set(strings_in(entry.get("facts")))
    if digest == stated or digest in named:
        return
    # Or as a file that came with the text: people's files are salted too.
    if any(at in named and sha256(own + kept).hexdigest() == at for at, own in (files or {}).items()):
        return
    if stated is None:
        if any(map(_is_digest, named)):
            raise Fault(_ANOTHER)
        raise Fault(N_("The entry is about no text and no document: there is nothing to compare the file with."))
    if not salt:
        raise Fault(
            N_(
                "The receipt does not carry the salt of the text: it was taken after the text was erased, or by an "
                "older program. Only the file from the folder body of the log can be compared with it."
            )
        )
    if not any(sha256(salt + each).hexdigest() == stated for each in _contents(kept)):
        raise Fault(_ANOTHER)


def _contents(kept: bytes) -> Iterator[bytes]:
    """Return what may have been committed to if this is how somebody kept it."""
    if len(kept) > MAX_TEXT:
        return
    yield kept
    try:
        words = kept.decode("utf-8-sig")
    except UnicodeDecodeError:
        return
    # As the pages take what is typed (`web.fields`): what is seen is the same, whatever editor saved it.
    words = unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n"))
    words = words.translate(COMMAS_FOR_CEDILLAS).strip()
    yield words.encode()
    yield canonical.dump({"reason": words})
    yield canonical.dump({"wording": words, "reason": ""})
    yield canonical.dump({"wording": "", "reason": words})
    parts = words.split("\n\n")
    for place in range(1, min(len(parts), MOST_PARTINGS + 1)):
        wording, reason = "\n\n".join(parts[:place]), "\n\n".join(parts[place:])
        yield canonical.dump({"wording": wording.strip(), "reason": reason.strip()})


def strings_in(stated: object) -> Iterator[str]:
    """Return every text inside of JSON, however deep it lies."""
    waiting = [stated]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _is_digest(word: str) -> bool:
    return len(word) == sha256().digest_size * 2 and set(word) <= set("0123456789abcdef")
