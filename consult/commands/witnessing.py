"""`consult witness …`: a witness of one's own, for an association that wants to see for itself (RUNBOOK.md, 9).

It needs a folder and nothing else: no database, and no setting of any town.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from consult import clock
from consult.i18n import N_, gettext
from consult.record.faults import Fault
from consult.record.outgoing import posting
from consult.witness.alarms import Mailbox, tell, words_about
from consult.witness.memory import KnownLog, Memory
from consult.witness.protocol import Fork
from consult.witness.server import witness_app
from consult.witness.visits import Caught, bring, keep_in, visit


@click.group()
@click.option(
    "--folder",
    envvar="WITNESS_FOLDER",
    default=Path.home() / "consult-witness",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the witness keeps its key and what it signed.",
)
@click.option("--smtp", envvar="WITNESS_SMTP_URL", help="Mail server for alarms: smtps://user:password@host.")
@click.option("--mail-from", envvar="WITNESS_MAIL_FROM", default="witness@localhost", show_default=True)
@click.option("--mail-to", envvar="WITNESS_MAIL_TO", help="Who is told when a log was caught.")
@click.pass_context
def witness(context: click.Context, folder: Path, smtp: str | None, mail_from: str, mail_to: str | None) -> None:
    """Watch over somebody's public record, and sign what continues what you have seen."""
    mailbox = Mailbox(smtp, mail_from, mail_to) if smtp and mail_to else None
    context.obj = (Memory(folder), folder, mailbox)


@witness.command()
@click.argument("name")
@click.pass_obj
def init(given: tuple[Memory, Path, Mailbox | None], name: str) -> None:
    """Make the witness's key, under a NAME such as pietonii.example/martor, and print what others must know of it."""
    _, folder, _ = given
    click.echo(Memory.create(folder, name).key.verifying.vkey)
    click.echo(gettext("Give this line to the authority. Copy the folder to no other machine that signs."), err=True)


@witness.command()
@click.argument("vkey")
@click.argument("url", required=False, default="")
@click.pass_obj
def trust(given: tuple[Memory, Path, Mailbox | None], vkey: str, url: str) -> None:
    """Begin to cosign the log with this VKEY, whose files lie at URL. Take the key from somebody whom you believe."""
    memory, _, _ = given
    _ = memory.key
    log = memory.trust(vkey, url)
    click.echo(gettext("This witness now knows the log %(origin)s.") % {"origin": log.origin})


@witness.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8600, show_default=True, type=click.IntRange(1, 65535))
@click.pass_obj
def serve(given: tuple[Memory, Path, Mailbox | None], host: str, port: int) -> None:
    """Answer logs that ask, at http://HOST:PORT/add-checkpoint; put a proxy with TLS before it."""
    import uvicorn  # noqa: PLC0415 - the other commands start without it

    memory, _, mailbox = given
    click.echo(memory.key.verifying.vkey)
    app = witness_app(memory, clock=clock.now, alarm=_alarm(memory, mailbox))
    uvicorn.run(
        app, host=host, port=port, access_log=False, server_header=False, log_level="warning", limit_concurrency=64
    )


@witness.command()
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), help="Write signatures here, send none.")
@click.pass_obj
def once(given: tuple[Memory, Path, Mailbox | None], keep: Path | None) -> None:
    """Go to every known log, cosign it if it continues what was seen, and bring it the signature; for a timetable."""
    memory, _, mailbox = given
    logs = {log.origin: log for log in memory.logs() if log.url}
    if not logs:
        raise Fault(N_("This witness knows no log with an address yet; consult witness trust names one."))
    failed = [log for log in logs.values() if not _go_to(log, memory, keep, mailbox)]
    if failed:
        sys.exit(1)


def _go_to(log: KnownLog, memory: Memory, keep: Path | None, mailbox: Mailbox | None) -> bool:
    """Visit one log and say how it went; a log that cannot be reached must not keep the others waiting."""
    at, forks = clock.now(), list[Fork]()
    try:
        visited = visit(memory, log, at=at, alarm=forks.append)
        if keep is None:
            # Where this goes its keeper has written down; it may well be a machine next to this one.
            bring(log, visited, posting(allows_private=True))
        else:
            click.echo(keep_in(keep, log, visited))
    except Caught as caught:
        # A new fork is told with its proof; one that was told before, and a log that shrank, in a sentence.
        words = words_about(forks[0]) if forks else caught.explain()
        tell(words, mailbox, name=memory.key.name, about=log.origin, at=at)
        return False
    except Fault as fault:
        click.echo(fault.explain(), err=True)
        return False
    facts = {"origin": log.origin, "size": visited.checkpoint.size}
    click.echo(gettext("%(origin)s: cosigned at %(size)d entries.") % facts)
    return True


def _alarm(memory: Memory, mailbox: Mailbox | None) -> Callable[[Fork], None]:
    def alarm(fork: Fork) -> None:
        tell(words_about(fork), mailbox, name=memory.key.name, about=fork.origin, at=clock.now())

    return alarm
