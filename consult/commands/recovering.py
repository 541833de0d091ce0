"""`consult record recover`: going on after a restore, with what others kept of the record."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.budgeting.project_erasures import let_go as let_go_of_projects
from consult.commands.keys import own_keyring
from consult.consultations.erasure import let_go
from consult.i18n import N_, gettext, ngettext
from consult.identity.authorities import Authority
from consult.identity.erasing import reapply_erasures
from consult.identity.registers import Register, pass_over, read_reference
from consult.record.checkpoints import Checkpoint, open_checkpoint
from consult.record.continuity import RecordHalted, check_shown, number_of_newest, remember_again
from consult.record.events import (
    BodyErased,
    ConsultationAnnounced,
    DebateRequested,
    DigestPublished,
    KeyAdded,
    KeyRetired,
    LogContinued,
    MeetingAnnounced,
    ProjectSubmitted,
    QuorumChanged,
    RecommendationReceived,
    WitnessAdded,
    WitnessRemoved,
)
from consult.record.export import export
from consult.record.faults import found_in
from consult.record.fetched import open_kept
from consult.record.heads import read_keys
from consult.record.high_water import HighWater
from consult.record.keyring import all_keys, signing_keys
from consult.record.keys import NoKey
from consult.record.later_logs import LaterLogs
from consult.record.notes import MAX_NOTE_SIZE, VerifyingKey
from consult.record.recovery import BroughtBack, bring_back
from consult.record.reports import Report, small_file
from consult.record.sequencer import sign_head
from consult.record.sources import Folder, Source
from consult.record.tree import Head, number_of
from consult.record.verify import Verified, Visit, pass_by, verify
from consult.settings import Settings
from consult.store import Database

#: Acts by which a register gave a number.
REGISTERS = {
    ConsultationAnnounced.type: Register.CONSULTATIONS,
    RecommendationReceived.type: Register.RECOMMENDATIONS,
    DebateRequested.type: Register.DEBATE_REQUESTS,
    MeetingAnnounced.type: Register.MEETINGS,
    ProjectSubmitted.type: Register.PROJECTS,
}

#: Acts of which the record holds everything: with their entries they are back.
WHOLE = tuple(
    each.type
    for each in (
        BodyErased,
        KeyAdded,
        KeyRetired,
        LogContinued,
        WitnessAdded,
        WitnessRemoved,
        QuorumChanged,
        DigestPublished,
    )
)

NOT_BACK = N_(
    "What was received and decided in them is not back, for the record does not say by whom. Enter it again: the texts"
    " stand in the record, and their authors can show receipts. Their numbers stay theirs. Addresses of receipts that"
    " were given out for them lead nowhere now; the receipts hold."
)

ITS_KEY_IS_NOT_HERE = N_(
    "So far the copy of %(name)s goes, whose key is not among ours. If another log continues it, bring that back the"
    " same way; if its key was lost, and no copy is longer, go on with `consult record key lost`."
)

NOT_REMEMBERED = N_(
    "Up to there it is known whole, and no further: the file that remembered how far was signed did not survive, so"
    " nobody here can tell whether more was. Before anything is recorded, ask every witness and whoever keeps a copy"
    " how far theirs goes; if one goes further, run this again with it."
)

LONGER_COPY = N_("This copy does not reach so far. Look for a longer one, and run this again.")


def recover_record(
    settings: Settings, database: Database, location: str, *, continued_by: Iterable[str] = (), at: datetime
) -> Report:
    """Bring back what the record lacks from a copy of it, verify the whole, and say what did not come back.

    `continued_by`: copies of the logs that came after it, should its key have been lost: they say which of its texts
    were erased since, and where it ended. Raises Fault.
    """
    known = known_keys(settings, database)
    with open_kept(location) as source:
        later = read_continuations(continued_by, known)
        copy = verify_copy(source, known, later)
        found = database.sequence(bring_back, source, copy, erased_later=later.erased, at=at)
    # Before anything is served: the backup may still have what was erased after it was made.
    forgotten = database.act(reapply_erasures, let_go, let_go_of_projects)
    lost = [act for act in found if not act.is_known and act.entry["type"] not in WHOLE]
    database.act(keep_numbers, lost)
    facts = {"back": len(found), "erased_again": forgotten, "lost": [act.said for act in lost]}
    return go_on(settings, database, copy.checkpoint, came_back(found, lost, forgotten), facts, at=at)


def resume_record(settings: Settings, database: Database, kept: Path, *, at: datetime) -> Report:
    """Let the record go on from a database that is whole, though nothing here remembers how far was signed.

    `kept`: the newest checkpoint that somebody else kept, such as a witness. Raises Fault, RecordHalted.
    """
    with found_in("--checkpoint"):
        shown, _ = open_checkpoint(small_file(kept, MAX_NOTE_SIZE), known_keys(settings, database))
    database.read(check_shown, shown)
    return go_on(settings, database, shown, [], {}, at=at)


def go_on(
    settings: Settings,
    database: Database,
    shown: Checkpoint,
    sentences: list[str],
    facts: dict[str, object],
    *,
    at: datetime,
) -> Report:
    """Sign what is here if it reaches as far as was signed, and verify the whole. `shown`: what others kept of it."""
    keyring, high_water = own_keyring(settings), HighWater(settings.high_water_file)
    try:
        is_believed = database.read(remember_again, high_water, shown)
        if keyring is None or keyring.name != shown.origin:
            return Report(True, [*sentences, gettext(ITS_KEY_IS_NOT_HERE) % {"name": shown.origin}], facts)
        database.sequence(sign_head, keyring, high_water, at=at)
    except RecordHalted as halted:
        return Report(False, [*sentences, halted.explain_cause(), gettext(LONGER_COPY)], facts)
    size = verify_ours(database, keyring.keys[0].verifying).checkpoint.size
    return Report(
        True,
        [*sentences, *holds(size, is_believed=is_believed)],
        {**facts, "size": size, "remembered": not is_believed},
    )


def holds(size: int, *, is_believed: bool) -> list[str]:
    """Say how far the record is whole. `is_believed`: that nothing was signed beyond is only what others kept of it."""
    if is_believed:
        known = ngettext("The record holds up to %(count)d entry.", "The record holds up to %(count)d entries.", size)
        return [known % {"count": size}, gettext(NOT_REMEMBERED)]
    whole = ngettext(
        "The record holds and can go on: %(count)d entry.", "The record holds and can go on: %(count)d entries.", size
    )
    return [whole % {"count": size}]


def known_keys(settings: Settings, database: Database) -> list[VerifyingKey]:
    """Return every key of ours: those that the database knows to have signed, and those that are here."""
    keyring = own_keyring(settings)
    own = [key.verifying for key in keyring.keys] if keyring else []
    return list(dict.fromkeys([*database.read(keys_of_all_logs), *own]))


def keys_of_all_logs(db: Session) -> list[VerifyingKey]:
    """Return every key with which this database knows that a log of ours was signed."""
    return [key for log in db.scalars(select(Head.log).order_by(Head.log)) for key in all_keys(db, log)]


def read_continuations(locations: Iterable[str], known: Sequence[VerifyingKey]) -> LaterLogs:
    """Read copies of the logs that came after one, the newest first: our own keys vouch for what they say."""
    later = LaterLogs()
    with ExitStack() as opened:
        sources = [(opened.enter_context(open_kept(location)), location) for location in locations]
        for source, location in sorted(sources, key=lambda each: -number_of(read_keys(each[0])[0].name)):
            with found_in(location):
                said = LaterLogs()
                verify_copy(source, known, later, visit=said.follow)
                later.add(said)
    return later


def verify_copy(source: Source, known: Sequence[VerifyingKey], later: LaterLogs, *, visit: Visit = pass_by) -> Verified:
    """Verify a copy against our own keys, or against what a log under our own key cites of it.

    So a log whose key is long lost, and of which there is no backup, can still be told from any other.
    """
    stated = read_keys(source)
    # The copy may be older than our newest key, or newer than our oldest: one of ours leads to its own.
    own = [key for key in known if key.name == stated[0].name]
    if own:
        return verify(source, next((key for key in own if key in stated), own[0]), later=later, visit=visit)
    if later.is_silent:
        with found_in("key"):
            sentence = N_(
                "This is a copy of %(name)s, of which neither the keys nor the database know anything. If a log of ours"
                " continues it, name a copy of that with --continued-by."
            )
            raise NoKey(sentence, name=stated[0].name)
    return verify(source, later=later, visit=visit)


def verify_ours(database: Database, known: VerifyingKey) -> Verified:
    """Verify the whole record as it is now, from its files alone: the log that goes on, and each that it continues."""
    newest = database.read(number_of_newest)
    ours = _verify_log(database, newest, known, later := LaterLogs())
    for log in range(newest - 1, 0, -1):
        _verify_log(database, log, database.read(signing_keys, log)[0], later)
    return ours


def _verify_log(database: Database, log: int, key: VerifyingKey, later: LaterLogs) -> Verified:
    """Verify one of our logs, and note what it says of those before it."""
    with tempfile.TemporaryDirectory(prefix="consult-") as folder:
        database.read(export, Path(folder), log)
        return verify(Folder(Path(folder)), key, later=later, visit=later.follow if log > 1 else pass_by)


def keep_numbers(db: Session, acts: Sequence[BroughtBack]) -> None:
    """Let no register give a number again that an act of the record bears."""
    authorities = {row.slug: row.id for row in db.execute(select(Authority.slug, Authority.id))}
    for act in acts:
        register = REGISTERS.get(act.entry["type"])
        slug, *path = act.entry["subject"].removeprefix("consult:").split("/")
        if register and slug in authorities:
            number, year = _number_in(act.entry["type"], path, act.entry["facts"])
            pass_over(db, register, authorities[slug], year, number)


def _number_in(type_: str, path: Sequence[str], facts: Mapping[str, Any]) -> tuple[int, int]:
    """Return the number that a register gave, and the year of that register."""
    if type_ == ProjectSubmitted.type:
        return facts["number"], int(path[1])
    # A request for a debate stands under its consultation; all others have their number in their address.
    return read_reference(facts["number"] if type_ == DebateRequested.type else path[-1])


def came_back(found: Sequence[BroughtBack], lost: Sequence[BroughtBack], forgotten: int) -> list[str]:
    """Say what came back, what did not, and what is left to do."""
    came = ngettext("%(count)d entry came back.", "%(count)d entries came back.", len(found))
    sentences = [came % {"count": len(found)}]
    if forgotten:
        again = ngettext("%(count)d text was erased again.", "%(count)d texts were erased again.", forgotten)
        sentences.append(again % {"count": forgotten})
    if lost:
        acts = ngettext(
            "Of %(count)d act only the entry is back:", "Of %(count)d acts only the entries are back:", len(lost)
        )
        sentences += [acts % {"count": len(lost)}, *(f"  {act.said}" for act in lost), gettext(NOT_BACK)]
    return sentences
