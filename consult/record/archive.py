"""The whole log as one file (tar), for people who take it home with a browser instead of a program.

It is made and sent piece by piece. Only its beginning must come from one snapshot: the checkpoint and all else that
grows, and the list that goes with it; every other file of that list never changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from tarfile import BLOCKSIZE, USTAR_FORMAT, TarInfo

from sqlalchemy.orm import Session

from consult.record.static import files_bytes, growing_files, immutable_bytes
from consult.record.tree import CURRENT, LogNumber

#: The folder that the file unpacks into.
FOLDER = "registru"
#: How a tar file ends.
END = bytes(2 * BLOCKSIZE)
#: How many files are read in one snapshot.
PIECE = 100


@dataclass(frozen=True)
class Beginning:
    """The first bytes of the file, and the paths of all that follows."""

    content: bytes
    paths: Sequence[str]


def beginning(db: Session, log: LogNumber = CURRENT) -> Beginning | None:
    """Return what grows and the list of files, from one snapshot; None while nothing is signed."""
    files = files_bytes(db, log)
    if files is None:
        return None
    first = {**growing_files(db, log), "files": files}
    paths = [path for path in files.decode("ascii").splitlines() if path not in first]
    return Beginning(b"".join(member(path, content) for path, content in first.items()), paths)


def piece(db: Session, paths: Sequence[str], log: LogNumber = CURRENT) -> bytes:
    """Return some more files of the log; what was erased meanwhile is left out."""
    contents = ((path, immutable_bytes(db, path, log)) for path in paths)
    return b"".join(member(path, content) for path, content in contents if content is not None)


def member(path: str, content: bytes) -> bytes:
    """Return one file as a tar file holds it: a header, the bytes, and nothing up to the end of the block."""
    header = TarInfo(f"{FOLDER}/{path}")
    header.size = len(content)
    return header.tobuf(USTAR_FORMAT) + content + bytes(-len(content) % BLOCKSIZE)
