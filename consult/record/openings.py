"""What an election publishes beside its entries: the ballot paper, the list of its ballots, and the ballots opened.

Each is a file of its own, `openings/<digest>` in the log's folder, named by its content and by the entry that tells it.
"""

from hashlib import sha256

from sqlalchemy import LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.store import Base
from consult.store.rows import write


class ElectionFile(Base):
    """A file of an election, named by its content. Never changed."""

    __tablename__ = "election_file"

    #: SHA-256 of the content, hexadecimal.
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


def keep_election_file(db: Session, content: bytes) -> str:
    """Keep a file and return its digest; the same content is kept once."""
    digest = sha256(content).hexdigest()
    if election_file(db, digest) is None:
        write(db, ElectionFile(digest=digest, content=content))
    return digest


def election_file(db: Session, digest: str) -> bytes | None:
    """Return a file of an election by its digest."""
    return db.scalar(select(ElectionFile.content).where(ElectionFile.digest == digest))
