"""`consult serve` and `consult worker`: what runs in production, and in the demo."""

import logging
import signal
from threading import Event, Thread

import click

from consult.commands.cosigning import keep_cosigning
from consult.commands.working import keep_sequencing, keep_working, tell_if_halted
from consult.identity.vault import Vault
from consult.settings import Settings
from consult.store import Database


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes (PostgreSQL only)."
)
@click.option("--proxy", "proxies", default="127.0.0.1", show_default=True, help="Addresses whose X-Forwarded-* count.")
def serve(host: str, port: int, workers: int, proxies: str) -> None:
    """Serve the pages. With the embedded database the worker and the sequencer run beside them in this process."""
    import uvicorn  # noqa: PLC0415 - the other commands start without it

    settings = Settings.from_environment()
    if settings.is_embedded and workers > 1:
        raise click.ClickException("The embedded database has one process: use PostgreSQL for more workers.")
    # Every process reads it for itself; here one sentence says that it is lost, before any of them starts.
    Vault.read(settings.keys)
    database = Database(settings.database_url)
    tell_if_halted(settings, database)
    database.close()
    uvicorn.run(
        "web.app:from_environment",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        forwarded_allow_ips=proxies,
        access_log=False,
        server_header=False,
        date_header=True,
        log_level="warning",
        timeout_keep_alive=15,
        h11_max_incomplete_event_size=32_768,
    )


@click.command()
def worker() -> None:
    """Send letters, refresh counters and sign the record until stopped. Start as many as you like."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    settings = Settings.from_environment()
    if settings.is_embedded:
        raise click.ClickException("With the embedded database the worker runs inside `consult serve`.")
    database = Database(settings.database_url)
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    beside = [Thread(target=each, args=(settings, database, stop)) for each in (keep_sequencing, keep_cosigning)]
    for thread in beside:
        thread.start()
    keep_working(settings, database, stop)
    for thread in beside:
        thread.join()
    database.close()
