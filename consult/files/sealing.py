"""People's files on the disk: each with a salt before it, so that nobody can guess from the record what it was."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from consult.files.blobs import put
from consult.files.uploads import CheckedFile
from consult.record.entry_form import SALT_SIZE, Commitment


@dataclass(frozen=True)
class SealedFile:
    """A file that was found to be what it says, under the hash of its bytes with their salt."""

    name: str
    media_type: str
    size: int
    commitment: str

    @property
    def sha256(self) -> str:
        """The hash of what lies on the disk: the salt, then the content."""
        return self.commitment

    @property
    def committed(self) -> Commitment:
        """What the record says of this file."""
        return Commitment(self.commitment, self.size)


def seal_file(folder: Path, checked: CheckedFile, content: bytes) -> SealedFile:
    """Put the bytes of a file on the disk behind a random salt."""
    commitment = put(folder, secrets.token_bytes(SALT_SIZE) + content)
    return SealedFile(checked.name, checked.media_type, checked.size, commitment)
