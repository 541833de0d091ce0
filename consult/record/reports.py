"""What the commands say about a log or a receipt: sentences for people, facts for programs, never a traceback."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.x509 import Certificate

from consult.i18n import N_, gettext, ngettext, spoken
from consult.record.committed import check_kept
from consult.record.encoding import encode_base64
from consult.record.export import export
from consult.record.faults import Fault, found_in
from consult.record.growing import Progress, unwatched
from consult.record.heads import read_keys
from consult.record.later_logs import LaterLogs
from consult.record.notes import MAX_NOTE_SIZE, Note, VerifyingKey
from consult.record.proofs import MAX_PROOF_SIZE, check_receipt
from consult.record.quorum import MAX_POLICY_SIZE, WitnessPolicy
from consult.record.sources import Folder, open_source, read_all
from consult.record.timestamps import read_roots
from consult.record.tree import CURRENT, LogNumber
from consult.record.verify import Hashed, Verified, met_by, read_later_logs, verify, verify_hashes
from consult.store import Database

#: No document that anybody publishes is larger.
MAX_KEPT_SIZE = 1 << 29
#: The certificates of every authority of time stamps in Europe have fewer bytes.
MAX_ROOTS_SIZE = 1 << 22


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


def verify_log(
    location: str,
    vkey: str | None = None,
    *,
    policy: Path | None = None,
    since: Path | None = None,
    continued_by: Iterable[str] = (),
    timestamp_roots: Path | None = None,
    hashes_only: bool = False,
    progress: Progress = unwatched,
) -> Report:
    """Check the log in a folder or at an address.

    `vkey`: its key, as the reader got it from elsewhere. `policy`: a file that says which witnesses count. `since`: a
    checkpoint of the log that the reader kept. `continued_by`: where the logs lie that came after it, should its key
    have been lost: they say which of its texts were erased since. `timestamp_roots`: a file with the certificates of
    the authorities whose time stamps count. `hashes_only`: look at the tree alone, of any log in the format.
    """
    try:
        key, own, kept = trusted_key(vkey), _policy(policy), _kept(since)
        roots = roots_in(timestamp_roots)
        with open_source(location) as source:
            if hashes_only:
                keys = [key] if key else _keys_of(own) or read_keys(source)
                tree = verify_hashes(source, keys, kept=kept, policy=own, progress=progress)
                return said_of(tree, is_proven=vkey is not None, has_grown=kept is not None)
            later = read_later_logs(continued_by)
            found = verify(source, key, kept=kept, policy=own, later=later, stamp_roots=roots, progress=progress)
    except Fault as fault:
        return failed(fault)
    except OSError as problem:
        return unreadable(problem)
    said = said_of(found, is_proven=vkey is not None, has_grown=kept is not None)
    stamped = said_of_stamps(found, is_checked=bool(roots))
    said.sentences.extend([*on_their_word(later), *stamped.sentences, *duty(found.to_delete)])
    texts = {"packs": found.packs, "bodies": found.bodies, "erased": found.erased, "to_delete": list(found.to_delete)}
    return Report(True, said.sentences, {**said.facts, **stamped.facts, **texts})


def said_of_stamps(found: Verified, *, is_checked: bool) -> Report:
    """Say of the time stamps what was checked and what was not."""
    facts: dict[str, object] = {"timestamps": len(found.stamps), "timestamps_signed": is_checked}
    if not found.stamps:
        return Report(True, [], facts)
    names = {"names": ", ".join(dict.fromkeys(stamp.by or "?" for stamp in found.stamps))}
    over = ngettext(
        "%(count)d digest of a day has a time stamp, the newest of %(at)s.",
        "%(count)d digests of days have a time stamp, the newest of %(at)s.",
        len(found.stamps),
    )
    by = (
        gettext("Each bears the signature of %(names)s, for which your certificates vouch.")
        if is_checked
        else gettext(
            "Each is over its digest. Whether it bears the signature of %(names)s was not checked: give their"
            " certificate with --timestamp-roots."
        )
    )
    told = over % {"count": len(found.stamps), "at": spoken(found.stamps[-1].at)}
    return Report(True, [f"{told} {by % names}"], facts)


def on_their_word(later: LaterLogs) -> list[str]:
    """Say which keys were believed because they lay in the logs that were named as continuing this one."""
    sentence = N_(
        "Which of its texts were erased is also said by %(name)s, on the word of the key %(key)s. No log vouches for"
        " the key of another: make sure that it is theirs."
    )
    return [gettext(sentence) % {"name": key.name, "key": key.vkey} for key in later.keys]


def duty(to_delete: Collection[str]) -> list[str]:
    """Say which erased texts still lie in a copy."""
    if not to_delete:
        return []
    sentence = ngettext(
        "%(count)d text was erased by the record but still lies here; whoever keeps this copy must delete it:",
        "%(count)d texts were erased by the record but still lie here; whoever keeps this copy must delete them:",
        len(to_delete),
    )
    return [sentence % {"count": len(to_delete)}, *to_delete]


def said_of(found: Verified | Hashed, *, is_proven: bool, has_grown: bool) -> Report:
    """Say of which log it was shown that it holds, and what shows it."""
    key, checkpoint, cosigned = found.key, found.checkpoint, found.cosigned
    root = encode_base64(checkpoint.root)
    holds = ngettext(
        "The record %(origin)s holds: %(count)d entry.",
        "The record %(origin)s holds: %(count)d entries.",
        checkpoint.size,
    )
    sentences = [
        holds % {"origin": checkpoint.origin, "count": checkpoint.size},
        gettext("The root over its entries is %(root)s.") % {"root": root},
    ]
    facts: dict[str, object] = {"origin": checkpoint.origin, "size": checkpoint.size, "root": root, "key": key.vkey}
    if has_grown:
        sentences.append(gettext("It has grown from the checkpoint that you kept, of which nothing was changed."))
    if cosigned is not None:
        times = {name: at.isoformat() for name, at in cosigned.at.items()}
        said = {"count": cosigned.size, "witnesses": ", ".join(f"{name} ({at})" for name, at in times.items()) or "–"}
        sentences.append(
            gettext("The witnesses of your policy have seen its first %(count)d entries: %(witnesses)s.") % said
        )
        facts |= {"witnessed": cosigned.size, "cosigned": times}
    elif not is_proven:
        unproven = gettext("It was signed with the key %(key)s; compare it with the one that the authority publishes.")
        sentences.append(unproven % {"key": key.vkey})
    return Report(True, sentences, facts)


def verify_receipt(
    file: Path, vkey: str | None = None, *, kept: Path | None = None, policy: Path | None = None
) -> Report:
    """Check a `.tlog-proof` file by itself, and against what the reader brings.

    `vkey`: the log's key. `kept`: the text or the document that the act is said to be about. `policy`: a file that says
    which witnesses count; its log's key is believed where no other is given.
    """
    try:
        trusted, own = trusted_key(vkey), _policy(policy)
        keys = [trusted] if trusted else _keys_of(own)
        data = small_file(file, MAX_PROOF_SIZE)
        with found_in(file.name):
            found = check_receipt(data, keys)
        cosigned = met_by([found.note], own) if own else None
        if kept is not None:
            with found_in(kept.name):
                check_kept(found.entry, found.salt, small_file(kept, MAX_KEPT_SIZE), found.files)
    except Fault as fault:
        return failed(fault)
    except OSError as problem:
        return unreadable(problem)
    facts: dict[str, object] = {"origin": found.checkpoint.origin, "index": found.index, "size": found.checkpoint.size}
    stands = gettext("The act stands in the record %(origin)s as entry %(index)d of %(size)d.") % facts
    said = " ".join(str(found.entry.get(member)) for member in ("at", "type", "subject"))
    sentences = [stands, "".join(each if each.isprintable() else "\ufffd" for each in said)]
    if kept is not None:
        sentences.append(gettext("The file %(name)s is exactly what it commits to.") % {"name": kept.name})
    if cosigned is not None:
        witnesses = ", ".join(f"{name} ({at.isoformat()})" for name, at in cosigned.at.items()) or "–"
        sentences.append(
            gettext("The witnesses of your policy have seen it: %(witnesses)s.") % {"witnesses": witnesses}
        )
        facts["cosigned"] = {name: at.isoformat() for name, at in cosigned.at.items()}
    if not keys:
        sentences.append(gettext("No key was given, so nothing shows yet that this record is the authority's own."))
    return Report(True, sentences, {**facts, "signers": list(found.signers), "entry": found.entry})


def export_log(database: Database, directory: Path, log: LogNumber = CURRENT) -> Report:
    """Write a whole log into a new folder."""
    try:
        count = database.read(export, directory, log)
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


def roots_in(file: Path | None) -> list[Certificate]:
    """Read the certificates that somebody named, if they did."""
    with found_in("--timestamp-roots"):
        return read_roots(small_file(file, MAX_ROOTS_SIZE)) if file is not None else []


def _policy(file: Path | None) -> WitnessPolicy | None:
    with found_in("--policy"):
        return WitnessPolicy.parse(small_file(file, MAX_POLICY_SIZE)) if file is not None else None


def _kept(file: Path | None) -> Note | None:
    with found_in("--since"):
        return Note.parse(small_file(file, MAX_NOTE_SIZE)) if file is not None else None


def small_file(file: Path, limit: int) -> bytes:
    """Read a file that somebody named, which nobody expects to be large."""
    return read_all(Folder(file.parent), file.name, limit)


def _keys_of(policy: WitnessPolicy | None) -> list[VerifyingKey]:
    return [log.key for log in policy.logs if log.key] if policy else []


def failed(fault: Fault) -> Report:
    """Say what does not hold, and where."""
    return Report(False, [fault.explain()], {"where": fault.where, "fault": fault.what})


def unreadable(problem: OSError) -> Report:
    """Say that a disk failed in the middle of a file."""
    return failed(Fault(N_("The files cannot be read to their end (%(problem)s)."), problem=problem.strerror))
