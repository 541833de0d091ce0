"""The policy packs that procedures froze, byte for byte as they were, so that anyone can apply the same rules again."""

from hashlib import sha256

from sqlalchemy import LargeBinary, String, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.store import Base
from consult.store.base import table_of


class KeptPack(Base):
    """A frozen pack, named by its content."""

    __tablename__ = "pack"

    #: SHA-256 of the content, hexadecimal.
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


def keep_pack(db: Session, content: bytes) -> str:
    """Keep a pack and return its digest. The same pack is kept once, however many procedures freeze it."""
    digest = sha256(content).hexdigest()
    if db.get(KeptPack, digest) is None:
        db.add(KeptPack(digest=digest, content=content))
        db.flush()
    return digest


CONTENT = select(table_of(KeptPack).c.content).where(table_of(KeptPack).c.digest == bindparam("digest"))


def pack(db: Session, digest: str) -> bytes | None:
    """Return a frozen pack, or nothing if none has this digest."""
    return db.scalar(CONTENT, {"digest": digest})
