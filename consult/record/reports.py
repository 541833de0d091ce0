"""What the commands say about a log or a receipt: sentences for people, facts for programs, never a traceback."""

from dataclasses import dataclass, field
from pathlib import Path

from consult.i18n import N_, gettext, ngettext
from consult.record.encoding import encode_base64
from consult.record.export import export
from consult.record.faults import Fault, found_in
from consult.record.notes import VerifyingKey
from consult.record.proofs import MAX_PROOF_SIZE, check_receipt
from consult.record.sources import Folder, open_source, read_all
from consult.record.verify import verify
from consult.store import Database


@dataclass(frozen=True)
class Report:
    """The outcome of a check. `facts`: JSON values by name; when it failed, `where` and `fault` are among them."""

    passed: bool
    sentences: list[str]
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """What a command returns to the shell."""
        return 0 if self.passed else 1

    @property
    def json(self) -> dict[str, object]:
        """The report for programs."""
        return {"passed": self.passed, **self.facts}


def verify_log(location: str, vkey: str | None = None) -> Report:
    """Check the log in a folder or at an address, with the key that the reader got from elsewhere, if any."""
    try:
        trusted = trusted_key(vkey)
        with open_source(location) as source:
            found = verify(source, trusted)
    except Fault as fault:
        return failed(fault)
    except OSError as problem:
        return unreadable(problem)
    checkpoint, root = found.checkpoint, encode_base64(found.checkpoint.root)
    holds = ngettext(
        "The record %(origin)s holds: %(count)d entry.",
        "The record %(origin)s holds: %(count)d entries.",
        checkpoint.size,
    )
    sentences = [
        holds % {"origin": checkpoint.origin, "count": checkpoint.size},
        gettext("The root over its entries is %(root)s.") % {"root": root},
    ]
    if vkey is None:
        unproven = gettext("It was signed with the key %(key)s; compare it with the one that the authority publishes.")
        sentences.append(unproven % {"key": found.key.vkey})
    if found.to_delete:
        duty = ngettext(
            "%(count)d text was erased by the record but still lies here; whoever keeps this copy must delete it:",
            "%(count)d texts were erased by the record but still lie here; whoever keeps this copy must delete them:",
            len(found.to_delete),
        )
        sentences += [duty % {"count": len(found.to_delete)}, *found.to_delete]
    facts = {"origin": checkpoint.origin, "size": checkpoint.size, "root": root, "key": found.key.vkey}
    texts = {"packs": found.packs, "bodies": found.bodies, "erased": found.erased, "to_delete": list(found.to_delete)}
    return Report(True, sentences, {**facts, **texts})


def verify_receipt(file: Path, vkey: str | None = None) -> Report:
    """Check a `.tlog-proof` file by itself, and its signature if the reader gives a key."""
    try:
        trusted = trusted_key(vkey)
        data = read_all(Folder(file.parent), file.name, MAX_PROOF_SIZE)
        with found_in(file.name):
            found = check_receipt(data, [trusted] if trusted else [])
    except Fault as fault:
        return failed(fault)
    except OSError as problem:
        return unreadable(problem)
    facts: dict[str, object] = {"origin": found.checkpoint.origin, "index": found.index, "size": found.checkpoint.size}
    stands = gettext("The act stands in the record %(origin)s as entry %(index)d of %(size)d.") % facts
    sentences = [stands, f"{found.entry.get('at')} {found.entry.get('type')} {found.entry.get('subject')}"]
    if not trusted:
        sentences.append(gettext("No key was given, so nothing shows yet that this record is the authority's own."))
    return Report(True, sentences, {**facts, "signers": list(found.signers), "entry": found.entry})


def export_log(database: Database, directory: Path, key: VerifyingKey) -> Report:
    """Write the whole log into a new folder."""
    try:
        count = database.read(export, directory, key)
    except Fault as fault:
        return failed(fault)
    except OSError as problem:
        return failed(Fault(N_("The folder cannot be written (%(problem)s)."), problem=problem.strerror))
    written = ngettext("%(count)d file was written.", "%(count)d files were written.", count) % {"count": count}
    return Report(True, [written], {"files": count, "directory": str(directory)})


def trusted_key(vkey: str | None) -> VerifyingKey | None:
    """Read the key that somebody typed, if they did."""
    with found_in("--key"):
        return VerifyingKey.parse(vkey) if vkey is not None else None


def failed(fault: Fault) -> Report:
    """Say what does not hold, and where."""
    return Report(False, [fault.explain()], {"where": fault.where, "fault": fault.what})


def unreadable(problem: OSError) -> Report:
    """Say that a disk failed in the middle of a file."""
    return failed(Fault(N_("The files cannot be read to their end (%(problem)s)."), problem=problem.strerror))
