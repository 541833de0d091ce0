"""Writes the whole log into a folder, which anyone can copy, keep and check without us."""

from pathlib import Path

from sqlalchemy.orm import Session

from consult.i18n import N_
from consult.record.faults import Fault, found_in
from consult.record.static import growing_files, immutable_bytes, paths
from consult.record.tree import CURRENT, LogNumber, newest_checkpoint


def export(db: Session, directory: Path, log: LogNumber = CURRENT) -> int:
    """Write a log as its newest checkpoint signs it, from one snapshot; return the number of files.

    The directory must be new or empty: a file that is not of this log would make the export false.
    """
    checkpoint = newest_checkpoint(db, log)
    if checkpoint is None:
        raise Fault(N_("The log has no checkpoint yet; the worker signs the first one."))
    all_paths = paths(db, checkpoint)
    directory.mkdir(parents=True, exist_ok=True)
    if any(directory.iterdir()):
        with found_in(str(directory)):
            raise Fault(N_("The folder is not empty."))
    given = growing_files(db, log)
    written = 0
    with (directory / "files").open("w", encoding="ascii", newline="\n") as listed:
        for path in all_paths:
            listed.write(f"{path}\n")
            written += 1
            if path == "files":
                continue
            content = given.get(path) or immutable_bytes(db, path, log)
            if content is None:
                raise RuntimeError(f"the database lacks {path}, which the log refers to")
            file = directory / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    return written
