"""The demo town is played through the real actions, so its record must hold together like a real one."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.audit.audit import audit, replay_of
from consult.audit.indicators import counted_from
from consult.commands.demo import load
from consult.commands.installing import create_keys
from consult.consultations.consultations import Consultation, Stage
from consult.consultations.hand_entries import HandEntry
from consult.consultations.reader_reports import reported_at
from consult.consultations.recommendations import TAKEN, Recommendation, Source
from consult.consultations.report_figures import counted_here
from consult.consultations.responses import AnswerDraft
from consult.consultations.supports import Support
from consult.demo.residents import Account, read_accounts, write_accounts
from consult.i18n import current_locale
from consult.identity.authorities import Authority
from consult.mail import read_folder
from consult.record.digests import cosigners_of, newest_digests
from consult.record.entries import Leaf, RecordedEvent
from consult.record.events import VOCABULARY, reports
from consult.record.export import export
from consult.record.keys import load_key
from consult.record.moderation_rules import ModerationRule
from consult.record.notes import Note
from consult.record.quorum import WitnessPolicy, met
from consult.record.reports import verify_log
from consult.record.schema import entry_schema
from consult.record.sources import Folder
from consult.record.static import checkpoint_bytes, policy_bytes, witnessed_bytes
from consult.record.verify import verify
from consult.record.witnesses import seen_by_witnesses
from consult.settings import Settings
from consult.store import Database
from tests.databases import MigratedDatabases
from tests.tiers import sample

#: A Monday: the data is tried for every day of two years in test_days.
LOADED_AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

#: What happens to a log in years, what has not come yet, or never; the rest the town has lived through.
NOT_IN_THE_TOWN = {
    "meeting.cancelled",
    "recommendation.withdrawn",
    "recommendation.shown",
    "contestation.ruled",
    "key.added",
    "key.retired",
    "log.continued",
    "witness.removed",
    # Last cycle's projects were all let in, and nobody voted on paper; the projects of this one are being proposed.
    "cycle.phase_moved",
    "project.withdrawn",
    "project.question_asked",
    "project.conflict_declared",
    "project.question_answered",
    "project.appealed",
    "project.appeal_decided",
    "letter_codes.made",
    "paper_ballots.listed",
}


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def town(request, databases: MigratedDatabases, tmp_path_factory):
    """The town as it was loaded, with its accounts and its folder."""
    folder = tmp_path_factory.mktemp("izvoru")
    url = databases.fresh_url(request.param)
    settings = Settings(
        data=folder, keys=folder / "keys", database_url=url, base_url="https://izvoru.example", demo=True
    )
    database = Database(url)
    create_keys(settings)
    accounts = load(settings, database, at=LOADED_AT)
    yield settings, database, accounts
    database.close()


def entries(db: Session) -> list[dict[str, object]]:
    """Every entry of the record in its order."""
    query = select(RecordedEvent.entry).join(Leaf, Leaf.event_id == RecordedEvent.id).order_by(Leaf.idx)
    return [json.loads(entry) for entry in db.scalars(query)]


def test_six_consultations_stand_where_the_data_says(town) -> None:
    _, database, _ = town

    stages = database.read(lambda db: [each.stage_at(LOADED_AT) for each in db.scalars(select(Consultation))])

    assert sorted(stages) == sorted(
        [Stage.PROPOSALS, Stage.PROPOSALS, Stage.ANALYSIS, Stage.ANSWERED, Stage.ANSWERED, Stage.ADOPTED]
    )


def test_recommendations_are_numbered_without_gaps(town) -> None:
    _, database, _ = town

    numbers = database.read(lambda db: sorted(db.scalars(select(Recommendation.number))))

    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 200


def test_what_is_in_analysis_has_drafts_that_nobody_sees(town) -> None:
    _, database, _ = town

    drafted = database.read(lambda db: db.scalar(select(func.count()).select_from(AnswerDraft)))

    assert drafted > 0


def test_the_record_holds_and_its_times_never_run_backwards(town, tmp_path: Path) -> None:
    settings, database, _ = town
    key = load_key(settings.keys)
    database.read(export, tmp_path / "log")

    report = verify_log(str(tmp_path / "log"), key.verifying.vkey)

    assert report.passed, report.sentences
    times = [entry["at"] for entry in database.read(entries)]
    assert times == sorted(times)


def test_every_entry_is_written_in_the_published_vocabulary(town) -> None:
    _, database, _ = town
    schema = entry_schema("https://izvoru.example/registru/schema/v1.json", {name: name for name in VOCABULARY})
    validator = Draft202012Validator(schema)

    found = database.read(entries)

    assert len(found) > 300
    assert [error.message for entry in found for error in validator.iter_errors(entry)] == []


def test_every_day_that_something_was_entered_has_its_digest(town) -> None:
    _, database, _ = town

    digests = database.read(newest_digests, limit=400)

    assert len(digests) > 100
    assert [each.size for each in digests] == sorted((each.size for each in digests), reverse=True)
    assert len(database.read(cosigners_of, digests[0])) == 2


def test_all_that_the_record_tells_was_lawful(town, tmp_path: Path) -> None:
    settings, database, _ = town
    key = load_key(settings.keys).verifying
    database.read(export, tmp_path / "log")

    found = audit(Folder(tmp_path / "log"), key, at=LOADED_AT)

    assert [str(failure) for failure in found.failures] == []
    numbers = database.read(lambda db: db.scalar(select(func.count()).select_from(Recommendation)))
    verdicts = database.read(lambda db: list(db.scalars(select(Recommendation.verdict))))
    [report] = found.reports
    assert report.by_code["a"] == numbers
    assert report.by_code["b"] == sum(verdict in TAKEN for verdict in verdicts)
    assert report.by_code["d"] == 1


def test_the_service_counts_a_year_as_the_record_does(town, tmp_path: Path) -> None:
    settings, database, _ = town
    database.read(export, tmp_path / "log")
    source = Folder(tmp_path / "log")
    replay = replay_of([source])
    verify(source, load_key(settings.keys).verifying, visit=replay.meet)

    for year in (LOADED_AT.year - 1, LOADED_AT.year):
        authority_id = database.read(lambda db: db.scalars(select(Authority.id)).one())
        counted = database.read(counted_here, authority_id, year)
        assert counted == counted_from(replay.books, "izvoru", year, LOADED_AT)
    assert all(counted[each] for each in (reports.RECEIVED, reports.INCLUDED, reports.DEBATES, reports.PARTICIPANTS))


def test_every_kind_of_public_act_happened_and_left_its_entry(town) -> None:
    _, database, _ = town

    happened = {entry["type"] for entry in database.read(entries)}

    assert happened == set(VOCABULARY) - NOT_IN_THE_TOWN


def test_letters_are_entered_one_of_them_late_and_one_is_claimed(town) -> None:
    _, database, _ = town

    def found(db: Session) -> list[tuple[Source, bool, bool]]:
        query = select(Recommendation).join(HandEntry, HandEntry.recommendation_id == Recommendation.id)
        return [(each.source, each.late, each.person_id is not None) for each in db.scalars(query)]

    assert sorted(database.read(found)) == [
        (Source.DESK, False, False),
        (Source.EMAIL, False, False),
        (Source.PAPER, False, False),
        (Source.PAPER, False, True),
        (Source.PAPER, True, False),
    ]


def test_all_support_is_counted_before_the_town_is_shown(town) -> None:
    _, database, _ = town

    given = database.read(lambda db: list(db.scalars(select(Support.is_counted))))
    shown = database.read(
        lambda db: sorted(db.scalars(select(Recommendation.supporters).where(Recommendation.supporters > 0)))
    )

    assert all(given)
    assert sum(shown) == len(given)
    assert shown == [2, 4]


def test_one_text_is_erased_another_hidden_and_a_report_waits(town) -> None:
    _, database, _ = town

    def found(db: Session) -> tuple[list[str], int, list[ModerationRule]]:
        erased = db.scalars(select(Recommendation).where(Recommendation.erased_as.is_not(None))).all()
        hidden = db.scalars(select(Recommendation).where(Recommendation.hidden_at.is_not(None))).all()
        authority = db.scalars(select(Authority)).one()
        waiting = [report.rule for each in reported_at(db, authority.id) for report in each.reports]
        return [each.provision_label for each in erased], len(hidden), waiting

    erased, hidden, waiting = database.read(found)
    assert (len(erased), hidden, waiting) == (1, 1, [ModerationRule.NO_PROPOSAL])


def test_nobody_s_name_or_address_is_in_the_record(town) -> None:
    _, database, accounts = town
    log = json.dumps(database.read(entries), ensure_ascii=False)

    assert not [account.name for account in accounts if account.name in log]
    assert "@" not in log


def test_every_letter_was_written(town) -> None:
    settings, _, _ = town

    letters = read_folder(settings.mail_folder)

    assert len(letters) > 300
    assert all(letter.subject and letter.text for letter in letters)


def test_officials_accounts_come_with_a_second_factor(town) -> None:
    _, _, accounts = town
    with_code = [account for account in accounts if account.secret]

    assert len(with_code) == 7
    assert all(isinstance(account, Account) and len(account.code) == 6 for account in with_code)


def test_what_an_account_is_for_is_said_in_the_language_of_whoever_reads_it(town, tmp_path: Path) -> None:
    path = tmp_path / "accounts.json"
    write_accounts(path, town[2])
    accounts = read_accounts(path)

    said = {}
    for locale in ("ro", "en"):
        current_locale.set(locale)
        said[locale] = [account.role for account in accounts]

    assert {"Citizen, not verified", "Member of a verified association"} <= set(said["en"])
    assert "Cetățean, neverificat" in said["ro"]
    assert set(said["ro"]) & set(said["en"]) <= {"Administrator", "Moderator"}


def test_a_changed_signature_of_a_witness_is_found_wherever_it_stands(town, tmp_path: Path) -> None:
    _, database, _ = town
    folder = tmp_path / "log"
    database.read(export, folder)

    for file in [folder / "checkpoint", folder / "witnessed", *(folder / "digests").iterdir()]:
        note = file.read_bytes()
        start = note.index(b"\n\n") + 2
        for at in sample(range(start, len(note), 7), 6):
            file.write_bytes(note[:at] + bytes([note[at] ^ 1]) + note[at + 1 :])

            report = verify_log(str(folder))

            assert not report.passed, (file.name, at)
            assert report.facts["where"] == file.relative_to(folder).as_posix()
            if file.parent != folder:
                break
        file.write_bytes(note)
    assert verify_log(str(folder)).passed


def test_the_newest_checkpoint_is_countersigned_by_both_witnesses_of_the_town(town) -> None:
    _, database, _ = town

    policy = WitnessPolicy.parse(database.read(policy_bytes) or b"")
    newest, witnessed = database.read(checkpoint_bytes), database.read(witnessed_bytes)

    assert newest == witnessed
    assert met(Note.parse(newest), policy).holds
    assert len(policy.witnesses) == policy.groups[0].threshold == 2


def test_the_towns_witnesses_are_called_what_they_are(town) -> None:
    _, database, _ = town

    assert all("(demonstrație)" in seen.witness.name for seen in database.read(seen_by_witnesses))
