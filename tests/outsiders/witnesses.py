"""Witnesses that run as they would at an association's: theirs, of the package aics-witness, and our own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

NAME = "pietonii.example/martor"
#: How long a server may take to open its door.
START_SECONDS = 20


@dataclass(frozen=True)
class Running:
    """A witness that answers. `vkey`: its key, as it was printed when it was made."""

    url: str
    vkey: str


@contextmanager
def aics_witness(programs: Path, folder: Path, log_vkey: str) -> Iterator[Running]:
    """Run the witness of others. `programs`: where its commands are."""
    program, config = programs / "aics-witness", folder / "witness.json"
    port = free_port()
    vkey = said(program, "init", "--config", config, "--name", NAME, "--listen", f"127.0.0.1:{port}")
    said(program, "add-log", "--config", config, "--origin", log_vkey.partition("+")[0], "--vkey", log_vkey)
    with serving(port, program, "serve", "--config", config, "--log-level", "ERROR"):
        yield Running(f"http://127.0.0.1:{port}", vkey)


@contextmanager
def own_witness(folder: Path, log_vkey: str) -> Iterator[Running]:
    """Run our own witness."""
    program = (Path(sys.executable).with_name("consult"), "witness", "--folder", folder / "witness")
    port = free_port()
    vkey = said(*program, "init", NAME)
    said(*program, "trust", log_vkey)
    with serving(port, *program, "serve", "--port", port):
        yield Running(f"http://127.0.0.1:{port}", vkey)


def said(*command: object) -> str:
    """Run a command to its end, and return the last line of what it says."""
    done = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)
    return done.stdout.strip().rpartition("\n")[2]


@contextmanager
def serving(port: int, *command: object) -> Iterator[None]:
    """Keep a server running until it is not needed any more."""
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [str(part) for part in command], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            wait_for(port, server)
            yield
        finally:
            server.terminate()


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Wait until a server answers."""
    until = monotonic() + START_SECONDS
    while monotonic() < until:
        assert server.poll() is None, "the witness ended before it was asked anything"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            sleep(0.05)
        else:
            return
    raise TimeoutError


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port
