"""`consult record mirror …`: a copy of somebody's log that anybody keeps, and makes new again whenever they like."""

from collections.abc import Iterable
from pathlib import Path

from consult.i18n import N_, gettext, ngettext
from consult.record.faults import Fault
from consult.record.growing import Progress, unwatched
from consult.record.mirrors import Mirrored, Refused, mirror
from consult.record.reports import Report, duty, failed, on_their_word, said_of, trusted_key
from consult.record.sources import check_address, open_site
from consult.record.verify import read_later_logs


def mirror_log(
    address: str,
    copy: Path,
    vkey: str | None,
    *,
    seconds: float,
    continued_by: Iterable[str] = (),
    progress: Progress = unwatched,
) -> Report:
    """Make the folder a copy of the log at an address, and say what came and what had to go.

    `seconds`: how long all of it may take; what came by then is there when it is repeated. `continued_by`: where the
    logs lie that came after it, should its key have been lost.
    """
    try:
        trusted = trusted_key(vkey)
        check_address(address)
        # Its last part may be a dot, and what comes in lies beside it.
        copy = copy.absolute().resolve()
        has_kept = (copy / "checkpoint").exists()
        later = read_later_logs(continued_by)
        with open_site(address, seconds) as site:
            found = mirror(site, copy, trusted, later=later, progress=progress)
    except Refused as refused:
        return _refused(refused, copy)
    except Fault as fault:
        return failed(fault)
    except OSError as problem:
        return failed(Fault(N_("The folder cannot be written (%(problem)s)."), problem=problem.strerror))
    said = _said(found, is_proven=vkey is not None, has_grown=has_kept)
    said.sentences.extend(on_their_word(later))
    return said


def _refused(fault: Refused, copy: Path) -> Report:
    """Say that the copy stays as it is, and where the other side's state lies."""
    stays = gettext(
        "Nothing was changed in %(copy)s. What the address shows now was kept in %(evidence)s: keep both, and show "
        "them to others."
    )
    places = {"copy": str(copy), "evidence": str(fault.evidence)}
    report = failed(fault)
    return Report(False, [*report.sentences, stays % places], {**report.facts, **places})


def _said(found: Mirrored, *, is_proven: bool, has_grown: bool) -> Report:
    said = said_of(found.verified, is_proven=is_proven, has_grown=has_grown)
    came = ngettext("%(count)d file was fetched.", "%(count)d files were fetched.", found.fetched)
    left = [path for path in found.verified.to_delete if path not in found.dropped]
    sentences = [*said.sentences, *duty(left), came % {"count": found.fetched}]
    if found.dropped:
        went = ngettext(
            "%(count)d file was deleted here, for it was a text that was erased or a tile that grew:",
            "%(count)d files were deleted here, for they were texts that were erased or tiles that grew:",
            len(found.dropped),
        )
        sentences.extend([went % {"count": len(found.dropped)}, *found.dropped])
    return Report(True, sentences, {**said.facts, "fetched": found.fetched, "dropped": list(found.dropped)})
