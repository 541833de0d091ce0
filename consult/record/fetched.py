"""What was fetched of a log from an address: each file once, so that it cannot answer one reader so and the next so.

Who reads a log twice, first to verify it and then to believe it, must read the same bytes both times.
"""

import shutil
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from consult.record.heads import read_head, read_keys
from consult.record.listing import BODY, GROWING
from consult.record.sources import ALL_SECONDS, Folder, Missing, Source, is_address, open_source


class Fetched:
    """A log as it will be: what copies of it have, what has come in, and what must be fetched still.

    `incoming`: the folder into which it comes.
    """

    def __init__(self, site: Source, incoming: Path, *copies: Path) -> None:
        self._site = site
        self._incoming = incoming
        self._again: Collection[str] = GROWING
        self._folders = [Folder(folder) for folder in (incoming, *copies) if folder.is_dir()]

    def open(self, path: str, limit: int) -> IO[bytes]:
        """Open a file, wherever it is; what changes is always fetched anew."""
        for folder in self._folders if path not in self._again else ():
            with suppress(Missing):
                return folder.open(path, limit)
        self._fetch(path, limit)
        return Folder(self._incoming).open(path, limit)

    def paths(self) -> Iterator[str]:
        """Return the texts that are here, for one that was erased must go; of the rest only what is listed stays."""
        for folder in self._folders[1:]:
            yield from (path for path in folder.paths() if path.startswith(f"{BODY}/"))

    def settle(self) -> None:
        """From now on fetch nothing twice, not even what changes from day to day."""
        self._again = ()

    def _fetch(self, path: str, limit: int) -> None:
        file = self._incoming / path
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f"{file.name}.part")
        with self._site.open(path, limit) as received, part.open("wb") as written:
            shutil.copyfileobj(received, written, 1 << 20)
        part.replace(file)


@contextmanager
def open_kept(location: str, seconds: float = ALL_SECONDS) -> Iterator[Source]:
    """Reach the folder or the address that somebody named, for whoever reads it more than once.

    Of an address, the log as it is now: what it signs later is not waited for. `seconds`: how long all that is asked of
    it may take. Raises Fault where its keys, its newest checkpoint and its list of files do not go together.
    """
    with ExitStack() as opened:
        source = opened.enter_context(open_source(location, seconds))
        if is_address(location):
            incoming = opened.enter_context(TemporaryDirectory(prefix="consult-"))
            source = kept = Fetched(source, Path(incoming))
            # A living log may grow between two of its files; these are read until they fit.
            read_head(kept, read_keys(kept))
            kept.settle()
        yield source
