"""Recovery codes: ten codes on paper, each good once, for the day on which the telephone is lost.

A code has 50 bits, so it is kept as a keyed hash: without the vault's key a stolen table gives nothing to guess at.
"""

import secrets
import unicodedata
from datetime import datetime
from typing import NewType

from sqlalchemy import ForeignKey, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.identity.people import PersonId
from consult.identity.vault import Vault
from consult.store import Base
from consult.store.base import key_type

RecoveryCodeId = NewType("RecoveryCodeId", int)
key_type(RecoveryCodeId)

HOW_MANY = 10
#: Crockford's base 32: five bits a character, and nothing that is mistaken for anything else.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
LOOKALIKES = str.maketrans("OIL", "011")


class RecoveryCode(Base):
    """One code of a person's sheet."""

    __tablename__ = "recovery_code"

    id: Mapped[RecoveryCodeId] = mapped_column(primary_key=True)
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("person.id"), index=True)
    mac: Mapped[bytes]
    used_at: Mapped[datetime | None]


def make_recovery_codes(db: Session, person_id: PersonId, *, vault: Vault) -> list[str]:
    """Replace a person's codes; returns the new ones as they are shown, once: `7K3M9-QXD20`."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(HOW_MANY)]
    db.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    db.add_all(RecoveryCode(person_id=person_id, mac=_mac(vault, person_id, code)) for code in codes)
    db.flush()
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def use_recovery_code(db: Session, person_id: PersonId, typed: str, *, vault: Vault, at: datetime) -> bool:
    """Use a code, once even when it is sent twice at the same time; whether it was one."""
    code = unicodedata.normalize("NFKC", typed).replace(" ", "").replace("-", "").upper().translate(LOOKALIKES)
    used = (
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person_id,
            RecoveryCode.mac == _mac(vault, person_id, code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=at)
        .returning(RecoveryCode.id)
    )
    return db.scalar(used) is not None


def recovery_codes_left(db: Session, person_id: PersonId) -> int:
    """Return how many codes of a person's sheet are unused."""
    unused = select(func.count()).where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    return db.scalars(unused).one()


def _mac(vault: Vault, person_id: PersonId, code: str) -> bytes:
    return vault.mac(code, purpose=f"recovery code of person {person_id}")
