"""The demonstration's witnesses: two associations of the town, which sign as real ones would, but in this very process.

They run through the code of `consult witness`, with keys and memories of their own. Only the way to them is short:
nobody can believe a witness whom the authority itself keeps, and so each is called a demonstration.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from consult.record.outgoing import Answer, Post
from consult.record.roll import address_of
from consult.witness.memory import KEY, Memory
from consult.witness.protocol import Fork, add_checkpoint

#: Where they keep what they must not forget, in the folder of the keys.
FOLDER = "demo-witnesses"


class DemoWitnesses:
    """The witnesses that live in a folder, each under its address."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER

    def settle(self, url: str, log: str) -> str:
        """Let a witness settle under an address, who knows the log with this key; return its key."""
        memory = self._memory_of(url)
        if not (self._home_of(url) / KEY).exists():
            Memory.create(self._home_of(url), url.removeprefix("https://"))
        memory.trust(log, address_of(log.partition("+")[0]))
        return memory.key.verifying.vkey

    def way(self, elsewhere: Post, *, now: Callable[[], datetime]) -> Post:
        """Return the way to these witnesses; whoever is none of them is reached by the other way."""

        def post(url: str, body: bytes) -> Answer:
            base = url.removesuffix("/add-checkpoint")
            if not (self._home_of(base) / KEY).exists():
                return elsewhere(url, body)
            answer = add_checkpoint(self._memory_of(base), body, at=now(), alarm=let_be)
            return Answer(answer.status, answer.body)

        return post

    def _home_of(self, url: str) -> Path:
        return self._folder / (urlsplit(url).hostname or "nowhere")

    def _memory_of(self, url: str) -> Memory:
        return Memory(self._home_of(url))


def let_be(_fork: Fork) -> None:
    """Tell nobody: the town's own page says it, and here there is nobody else."""
