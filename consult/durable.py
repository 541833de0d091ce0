"""Small files that survive a power cut: whole or not at all, and their names with them."""

import os
from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in the place of the one before it; after a crash at any instant either the one or the other is there.

    One writer at a time: what is being written lies beside it under one name. Raises OSError.
    """
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Write a folder's list of names to the disk: without it a power cut can forget a file that was synced."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
