"""Personal texts: each lives once, here, beside the salt that keeps its commitment from being guessed.

Rows, search and letters refer to a body by its id; the record says only SHA-256(salt || content). Erasing the row is
one deletion, after which nobody can tell what the entry was about while every proof still holds.
"""

import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import NewType

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.record import canonical
from consult.record.entry_form import SALT_SIZE, Commitment
from consult.store import Base
from consult.store.rows import write

BodyId = NewType("BodyId", str)
Base.registry.update_type_annotation_map({BodyId: String(32)})


class Body(Base):
    """A text as somebody wrote it. It may be erased, but never changed."""

    __tablename__ = "body"

    #: Random, so that it tells nobody who wrote before whom.
    id: Mapped[BodyId] = mapped_column(primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(SALT_SIZE))
    #: Canonical JSON: the names of the form's fields and what was written in them.
    content: Mapped[bytes] = mapped_column(LargeBinary)
    #: SHA-256(salt || content), hexadecimal.
    commitment: Mapped[str] = mapped_column(String(64), unique=True)

    @property
    def committed(self) -> Commitment:
        """What an entry says of this text."""
        return Commitment(self.commitment, len(self.content))

    @property
    def file(self) -> bytes:
        """The bytes of `body/<commitment>` in the log's folder: their SHA-256 is the file's name."""
        return self.salt + self.content


def keep_body(db: Session, content: Mapping[str, str]) -> Body:
    """Keep what somebody wrote, by the names of the fields they wrote it in."""
    salt, text = secrets.token_bytes(SALT_SIZE), canonical.dump(content)
    body = Body(id=BodyId(secrets.token_hex(16)), salt=salt, content=text, commitment=sha256(salt + text).hexdigest())
    return write(db, body)


def texts(body: Body) -> dict[str, str]:
    """Return what was written, by the names of the fields."""
    return canonical.read_back(body.content)
