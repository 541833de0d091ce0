"""Small logs, written as their files by a key of the tests: a lawful story, and ways to make it unlawful."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from consult.audit.audit import Audit, audit
from consult.audit.failures import Failure, Place, plain
from consult.i18n import ZONE
from consult.policy.freezing import FrozenPack, freeze
from consult.policy.reading import find_pack
from consult.policy.voting_packs import find_voting_pack, freeze_part
from consult.record import canonical
from consult.record.checkpoints import Checkpoint
from consult.record.edge import Edge
from consult.record.entry_form import Commitment, Event, Signer, encode_entry
from consult.record.events import (
    AgendaPoint,
    AppealDecided,
    AppealReceived,
    AuthorityCreated,
    BodyErased,
    Cause,
    ConsultationAnnounced,
    ConsultationStageChanged,
    CycleAnnounced,
    DebateAnnounced,
    DocumentPublished,
    ItemDecided,
    KeyAdded,
    LogContinued,
    MeetingAnnounced,
    MeetingEnded,
    MinutesPublished,
    OfficialAppointed,
    OrganisationVerified,
    PackFrozen,
    QuorumChanged,
    RecommendationHidden,
    RecommendationReceived,
    RecommendationShown,
    RecommendationWithdrawn,
    ResponsePublished,
    SessionAnnounced,
    Term,
    VersionPublished,
    WitnessAdded,
)
from consult.record.events.log import SUBJECT as LOG
from consult.record.listing import paths_of
from consult.record.merkle import leaf_hash
from consult.record.notes import CosigningKey, SigningKey
from consult.record.roll import Roll
from consult.record.sources import Folder
from consult.record.tiles import bundle, bundles_of
from tests.factories.budgeting import RULES as VOTING_RULES

ORIGIN = "consult.example.org/log/1"
KEY = SigningKey(ORIGIN, sha256(b"the key of the tests").digest())
OTHER_KEY = SigningKey(ORIGIN, sha256(b"another key of the tests").digest())
WITNESS = CosigningKey("pietonii.example/martor", sha256(b"the key of a witness").digest())

CONSULTATION = "consult:izvoru/consultari/1-2026"
RULES = "ro/law-52-2003"
CLERK, APPROVER = Signer("clerk", "c1e4"), Signer("approver", "a440")
CONTACT, MODERATOR, ADMINISTRATOR = (
    Signer("contact_person", "c0a7"),
    Signer("moderator", "30de"),
    Signer("administrator", "ad01"),
)
OPERATOR, SERVICE = Signer("operator", "operator"), Signer("service", "service")
CITIZEN, NEIGHBOUR = Signer("participant", "5e1f"), Signer("participant", "0e16")
ANNOUNCED, UNTIL, SUBMISSION = date(2026, 11, 24), date(2026, 12, 7), date(2027, 1, 14)
SESSION = date(2027, 1, 20)
DEBATE, COUNCIL, HELD = "consult:izvoru/sedinte/1-2026", "consult:izvoru/sedinte/1-2027", date(2026, 12, 3)
AGENDA = (AgendaPoint("Parcări", CONSULTATION), AgendaPoint("Diverse"))
HASHES = [sha256(bytes([number])).hexdigest() for number in range(4)]


def on(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """An hour of the town's clocks."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def proposal(number: int, year: int = 2026) -> str:
    return f"{CONSULTATION}/propuneri/{number}-{year}"


def text(words: str) -> tuple[Commitment, bytes]:
    """What an entry says of a text, and the text's file."""
    content = canonical.dump({"wording": words})
    file = sha256(words.encode()).digest() + content
    return Commitment(sha256(file).hexdigest(), len(content)), file


def committed(words: str) -> Commitment:
    return text(words)[0]


FROZEN = freeze(find_pack(RULES), ANNOUNCED, ANNOUNCED + timedelta(days=400))
#: What a cycle of a participatory budget is announced with.
CYCLE_PACK, CYCLE_RULES = freeze_part(find_voting_pack("budgeting/timisoara")), freeze_part(VOTING_RULES)
PACKS = (FROZEN.content, CYCLE_PACK.content, CYCLE_RULES.content)


@dataclass(frozen=True)
class Step:
    """One act of a story. `stated`: members of the entry that no honest program would write."""

    name: str
    event: Event
    by: Signer
    at: datetime
    stated: Mapping[str, Any] = field(default_factory=dict)


#: The organisation with which every story begins, by its name in the record.
ORGANISATION = "consult:izvoru/organizatii/7"


def founding(authority: str = "izvoru") -> list[Step]:
    """How the authority began: its name, its officials, and an organisation whose members may speak for it."""
    at = on(ANNOUNCED, 7)
    officials = f"consult:{authority}/functionari"
    roles = (ADMINISTRATOR, ADMINISTRATOR, CLERK, APPROVER, CONTACT, MODERATOR)
    appointed = [OfficialAppointed(subject=officials, role=each.role) for each in roles]
    organisation = OrganisationVerified(
        subject=f"consult:{authority}/organizatii/7", name="Pietonii", registry_number="1/A/2019", fiscal_code="7"
    )
    return [
        Step("authority", AuthorityCreated(subject=f"consult:{authority}", name=authority), ADMINISTRATOR, at),
        *(Step(f"appointed {place}", event, ADMINISTRATOR, at) for place, event in enumerate(appointed)),
        Step("organisation", organisation, CONTACT, at),
    ]


def founded(steps: Iterable[Step]) -> list[Step]:
    """A story with how its authority began, unless it tells that itself, or an earlier log does."""
    told = list(steps)
    begins = told and isinstance(told[0].event, AuthorityCreated | LogContinued)
    return told if begins else [*founding(), *told]


#: The steps by which a draft is decided, once it went on to avizare.
DECIDED = ("council", "session", "decided", "adopted")
#: So many entries come before the first of a story.
BEFORE = len(founding())


def lawful() -> list[Step]:
    """A consultation from its announcement to its adoption, in which everything is as it should be."""
    return [
        Step("witness", a_witness(), ADMINISTRATOR, on(ANNOUNCED, 8)),
        Step("quorum", QuorumChanged(subject=LOG, quorum=1), ADMINISTRATOR, on(ANNOUNCED, 8)),
        Step("frozen", frozen(CONSULTATION), APPROVER, on(ANNOUNCED)),
        Step("announced", announced(), APPROVER, on(ANNOUNCED)),
        Step("report", document("report"), APPROVER, on(ANNOUNCED)),
        Step("first", received(1), CITIZEN, on(ANNOUNCED, 12)),
        Step("second", received(2), NEIGHBOUR, on(ANNOUNCED, 13)),
        Step("third", received(3), CITIZEN, on(ANNOUNCED, 14)),
        Step("withdrawn", RecommendationWithdrawn(subject=proposal(3), number=3), CITIZEN, on(ANNOUNCED, 15)),
        Step("hidden", hidden(2), MODERATOR, on(ANNOUNCED, 16)),
        Step("shown", shown(2), MODERATOR, on(ANNOUNCED, 17)),
        Step("meeting", meeting(DEBATE, "debate", on(HELD, 17)), CONTACT, on(date(2026, 11, 25))),
        Step("debate", debate(HELD), CONTACT, on(date(2026, 11, 25))),
        Step("ended", ended(DEBATE, on(HELD, 19)), CONTACT, on(HELD, 20)),
        Step("minutes", minutes(1), CONTACT, on(date(2026, 12, 5))),
        Step("answer", answered(1, "taken_up"), CONTACT, on(date(2026, 12, 10))),
        Step("second answer", answered(2, "not_taken_up"), CONTACT, on(date(2026, 12, 10))),
        Step("version", version(2, "1-2026"), CONTACT, on(date(2026, 12, 14))),
        Step("erased", erased(2), MODERATOR, on(date(2026, 12, 20))),
        Step("submitted", stage("answered", "submitted", SUBMISSION), CONTACT, on(SUBMISSION)),
        Step("council", meeting(COUNCIL, "session", on(SESSION, 16), AGENDA), CONTACT, on(SUBMISSION, 11)),
        Step("session", session(SESSION), CONTACT, on(SUBMISSION, 11)),
        Step("decided", item_decided(), CONTACT, on(SESSION, 17)),
        Step("adopted", stage("submitted", "adopted", SESSION), CONTACT, on(SESSION, 18)),
    ]


def frozen(subject: str, pack: FrozenPack = FROZEN) -> PackFrozen:
    return PackFrozen(subject=subject, name=pack.name, version=pack.version, pack=pack.digest)


def document(kind: str) -> DocumentPublished:
    return DocumentPublished(subject=CONSULTATION, kind=kind, name="Referat.pdf", sha256=HASHES[3])


def announced(until: date = UNTIL, submission: date = SUBMISSION, **members: Any) -> ConsultationAnnounced:
    terms = (
        Term("proposals_until", f"{RULES}#proposals-period", until),
        Term("submission_on", f"{RULES}#announcement-before-avizare", submission),
    )
    told: dict[str, Any] = {
        "subject": CONSULTATION,
        "number": "1-2026",
        "terms": terms,
        "drafted_by": (CLERK.pseudonym,),
    }
    return ConsultationAnnounced(**{"title": "Parcări", "pack": FROZEN.digest, "version": HASHES[1], **told, **members})


def received(number: int, year: int = 2026, **members: Any) -> RecommendationReceived:
    told: dict[str, Any] = {"subject": proposal(number, year), "number": number, "kind": "observation"}
    return RecommendationReceived(**{**told, "body": committed(f"{number}-{year}"), **members})


def answered(number: int, verdict: str) -> ResponsePublished:
    return ResponsePublished(
        subject=proposal(number), recommendation=number, verdict=verdict, body=committed(f"answer {number}")
    )


def hidden(number: int) -> RecommendationHidden:
    return RecommendationHidden(
        subject=proposal(number), number=number, ground="moderation-1#insult", body=committed("why hidden")
    )


def shown(number: int) -> RecommendationShown:
    return RecommendationShown(subject=proposal(number), number=number, body=committed("why shown"))


def appealed(number: int) -> AppealReceived:
    return AppealReceived(subject=proposal(number), number=number, body=committed("why appealed"))


def appeal_decided(number: int, outcome: str = "refused") -> AppealDecided:
    return AppealDecided(subject=proposal(number), number=number, outcome=outcome, body=committed("why so"))


def debate(day: date) -> DebateAnnounced:
    return DebateAnnounced(subject=CONSULTATION, starts_at=on(day, 17), place="Sala Mare", meeting="1-2026")


def meeting(subject: str, kind: str, starts_at: datetime, agenda: tuple[AgendaPoint, ...] = ()) -> MeetingAnnounced:
    return MeetingAnnounced(
        subject=subject, kind=kind, title="Parcări", starts_at=starts_at, place="Sala Mare", agenda=agenda
    )


def ended(subject: str, at: datetime, participants: int = 31) -> MeetingEnded:
    return MeetingEnded(subject=subject, ended_at=at, participants=participants, speakers=4)


def minutes(number: int, reason: str | None = None) -> MinutesPublished:
    before = HASHES[number - 1] if number > 1 else None
    facts = {"number": number, "sha256": HASHES[number], "replaces": before, "reason": reason}
    return MinutesPublished(subject=DEBATE, **facts, drafted_by=(CLERK.pseudonym,))


def item_decided() -> ItemDecided:
    return ItemDecided(
        subject=COUNCIL,
        item=1,
        result="amended",
        act="HCL 7/2027",
        members=19,
        votes_for=15,
        votes_against=2,
        abstentions=1,
        absences=1,
        is_secret=False,
        body=committed("vote"),
    )


def version(number: int, *because: str) -> VersionPublished:
    causes = (Cause("art-4", because),) if because else ()
    return VersionPublished(subject=CONSULTATION, number=number, sha256=HASHES[number], causes=causes)


def erased(number: int) -> BodyErased:
    return BodyErased(
        subject=proposal(number),
        erased=committed(f"{number}-2026").c,
        ground="gdpr-17-1-b",
        chosen_by=CONTACT.pseudonym,
    )


def session(day: date) -> SessionAnnounced:
    return SessionAnnounced(subject=CONSULTATION, starts_at=on(day, 16), place="Sala Mare", meeting="1-2027", item=1)


def a_witness(key: CosigningKey = WITNESS) -> WitnessAdded:
    return WitnessAdded(subject=LOG, name="Pietonii", key=key.verifying.vkey, url="https://pietonii.example/martor")


def stage(before: str, after: str, day: date) -> ConsultationStageChanged:
    facts = {"reason": "HCL 7/2027", "decided_by": "session"} if after == "adopted" else {}
    return ConsultationStageChanged(subject=CONSULTATION, from_stage=before, to_stage=after, on=day, **facts)


def changed(
    steps: Sequence[Step], name: str, *, by: Signer | None = None, at: datetime | None = None, **members: Any
) -> list[Step]:
    """The story with one act that is told otherwise."""
    [step] = [each for each in steps if each.name == name]
    other = replace(step, event=replace(step.event, **members), by=by or step.by, at=at or step.at)
    return [other if each is step else each for each in steps]


def misstated(steps: Sequence[Step], name: str, **stated: Any) -> list[Step]:
    """The story with one entry whose own members are changed after it was made."""
    return [replace(each, stated=stated) if each.name == name else each for each in steps]


def without(steps: Sequence[Step], *names: str) -> list[Step]:
    return [each for each in steps if each.name not in names]


def after(steps: Sequence[Step], name: str, event: Event, *, by: Signer = CONTACT, minutes: int = 1) -> list[Step]:
    """The story with one more act, soon after another."""
    at = next(place for place, each in enumerate(steps) if each.name == name)
    more = Step("more", event, by, steps[at].at + timedelta(minutes=minutes))
    return [*steps[: at + 1], more, *steps[at + 1 :]]


def write(
    folder: Path,
    steps: Iterable[Step],
    *,
    packs: Iterable[bytes] = PACKS,
    cosigned_at: datetime | None = None,
    digests: Mapping[str, tuple[int, datetime]] = MappingProxyType({}),
    key: SigningKey = KEY,
    earlier: Sequence[Step] = (),
    openings: Iterable[bytes] = (),
) -> Path:
    """Write the log that tells a story into a folder, as an export is written, with how its authority began.

    `cosigned_at`: when the witness signed all of it; `digests`: of each day, so many entries, which it signed then.
    `key`: of the log; `earlier`: the story that the logs before it tell. `openings`: the files of elections.
    """
    entries = entries_of([*earlier, *founded(steps)])[len(earlier) :]
    stated = [canonical.load(entry) for entry in entries]
    handovers = [place + 1 for place, each in enumerate(stated) if each["type"] == KeyAdded.type]
    keys = [key, OTHER_KEY] if handovers else [key]
    published = [key.verifying for key in keys]
    roll = Roll()
    for each in stated:
        roll.follow(each["type"], each["facts"])
    note = signed(entries, keys, cosigned_at)
    published_ballots = {f"openings/{sha256(each).hexdigest()}": each for each in openings}
    bodies, kept = texts_of(stated), packs_of(stated, packs)
    files = {
        **bodies,
        **kept,
        **published_ballots,
        **tiles_of(entries),
        **{f"handover/{size}": signed(entries[:size], keys) for size in handovers},
        **{f"digests/{day}": signed(entries[:size], keys, seen) for day, (size, seen) in digests.items()},
        **({"witnessed": note} if cosigned_at else {}),
        "checkpoint": note,
        "key": "".join(f"{key.vkey}\n" for key in published).encode(),
        "policy": roll.policy(published).encode(),
    }
    named = [sorted(path.partition("/")[2] for path in each) for each in (kept, bodies, published_ballots)]
    paths = paths_of(
        len(entries),
        *named,
        is_witnessed=bool(cosigned_at),
        handovers=handovers,
        digests=sorted(digests),
    )
    files["files"] = "".join(f"{path}\n" for path in paths).encode()
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def entries_of(steps: Iterable[Step]) -> list[bytes]:
    """Return a story as the bytes of its entries, each chained to the last one about the same thing."""
    entries, last = [], dict[str, bytes]()
    for step in steps:
        entry = encode_entry(step.event, signer=step.by, at=step.at, prev=last.get(step.event.subject))
        if step.stated:
            entry = canonical.dump({**canonical.load(entry), **step.stated})
        last[step.event.subject] = leaf_hash(entry)
        entries.append(entry)
    return entries


def signed(entries: Sequence[bytes], keys: Sequence[SigningKey], cosigned_at: datetime | None = None) -> bytes:
    """Return the checkpoint over these entries."""
    edge = Edge()
    edge.extend([leaf_hash(entry) for entry in entries])
    words = Checkpoint(keys[0].name, len(entries), edge.root()).text
    lines = [key.sign(words).rpartition(b"\n\n")[2] for key in keys]
    if cosigned_at:
        lines.append(WITNESS.cosign(words, cosigned_at))
    return words.encode() + b"\n" + b"".join(lines)


def tiles_of(entries: Sequence[bytes]) -> dict[str, bytes]:
    edge = Edge()
    tiles = [*edge.extend([leaf_hash(entry) for entry in entries]), *edge.partial_tiles()]
    bundles = {each.path: bundle(entries[each.start : each.start + each.width]) for each in bundles_of(len(entries))}
    return {tile.path: hashes for tile, hashes in tiles} | bundles


def packs_of(stated: Sequence[Mapping[str, Any]], packs: Iterable[bytes]) -> dict[str, bytes]:
    """Return those of these packs that were frozen."""
    freezing = (PackFrozen.type, CycleAnnounced.type)
    digests = {each["facts"].get(name) for each in stated if each["type"] in freezing for name in ("pack", "rules")}
    return {f"pack/{digest}": pack for pack in packs if (digest := sha256(pack).hexdigest()) in digests}


def texts_of(stated: Sequence[Mapping[str, Any]]) -> dict[str, bytes]:
    """Return the texts that the entries commit to, without those that were erased."""
    words = [f"{number}-{year}" for number in range(1, 9) for year in (2026, 2027)]
    known = [
        text(each)
        for each in (
            *words,
            "vote",
            "why hidden",
            "why shown",
            "why appealed",
            "why so",
            *(f"answer {n}" for n in range(1, 9)),
        )
    ]
    meant = {each["body"]["c"] for each in stated if each["body"]} - {each["facts"].get("erased") for each in stated}
    return {f"body/{commitment.c}": file for commitment, file in known if commitment.c in meant}


def audited(folder: Path, steps: Iterable[Step], *, at: datetime | None = None, **files: Any) -> Audit:
    """Write a story and audit it."""
    return audit(Folder(write(folder, steps, **files)), KEY.verifying, at)


def told(failure: Failure) -> tuple[str, str, object, object]:
    """What a failure says, to be compared: the rule, the type of the entry or the file, and both values."""
    where = failure.where.type if isinstance(failure.where, Place) else failure.where
    return failure.breach.rule.id, where, plain(failure.breach.found), plain(failure.breach.expected)
