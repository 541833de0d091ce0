"""Every act that can be in the record is said in a sentence, with its numbers, in every language."""

from datetime import UTC, date, datetime

import pytest

from consult.consultations.consultations import ENDED, Stage
from consult.consultations.recommendations import Verdict
from consult.i18n import LOCALES, current_locale
from consult.identity.offices import Role
from consult.record.entry_form import Commitment, Event
from consult.record.events import (
    VOCABULARY,
    AppealDecided,
    AppealReceived,
    AuthorityCreated,
    BallotCommitted,
    BallotsOpened,
    BodyErased,
    ConsultationAnnounced,
    ConsultationDateMoved,
    ConsultationStageChanged,
    ContestationRuled,
    CycleAnnounced,
    CyclePhaseMoved,
    DebateAnnounced,
    DebateRequestAnswered,
    DebateRequested,
    DigestPublished,
    DocumentPublished,
    DutyConfirmed,
    ElectionClosed,
    ElectionKeyDestroyed,
    ElectionOpened,
    ItemDecided,
    KeyAdded,
    KeyRetired,
    LetterCodesMade,
    LocalRuleSet,
    LogContinued,
    MeetingAnnounced,
    MeetingCancelled,
    MeetingEnded,
    MeetingMoved,
    MinutesPublished,
    OfficialAppointed,
    OfficialDismissed,
    OrganisationVerified,
    PackageReceived,
    PackFrozen,
    PaperBallotsListed,
    ProjectAppealDecided,
    ProjectAppealed,
    ProjectConflictDeclared,
    ProjectProgress,
    ProjectQuestionAnswered,
    ProjectQuestionAsked,
    ProjectReviewed,
    ProjectSubmitted,
    ProjectWithdrawn,
    PromiseEnded,
    PromiseMade,
    QuorumChanged,
    RecommendationClaimed,
    RecommendationHidden,
    RecommendationReceived,
    RecommendationShown,
    RecommendationWithdrawn,
    RecordingLinked,
    ReportPublished,
    ResponsePublished,
    ResultsConfirmed,
    RollConfirmed,
    SessionAnnounced,
    SupportCounted,
    VersionPublished,
    VoterAdmitted,
    WitnessAdded,
    WitnessRemoved,
)
from consult.record.events.cycles import PhaseDays
from consult.record.events.log import SUBJECT as LOG
from consult.record.roles import PARTICIPANTS
from web.record.kinds import KINDS
from web.record.sentences import Subject, role_name, sentence

TOWN = "consult:izvoru"
CONSULTATION = f"{TOWN}/consultari/112-2026"
PROPOSAL = f"{CONSULTATION}/propuneri/47-2026"
MEETING = f"{TOWN}/sedinte/3-2026"
DAY = date(2026, 12, 17)
HASH = "0" * 64
AT = datetime(2026, 10, 5, 9, tzinfo=UTC)
REASON = Commitment(HASH, 1)
CYCLE = f"{TOWN}/buget/2027"
PROJECT = f"{CYCLE}/proiecte/12"
DAYS = PhaseDays("voting", AT, AT)

#: An act of each type, what it is in English, and the numbers that are in it in every language.
ACTS: list[tuple[Event, str]] = [
    (AuthorityCreated(subject=TOWN, name="Izvoru"), "Izvoru began to hold its consultations here"),
    (OfficialAppointed(subject=f"{TOWN}/functionari", role="approver"), "An official was appointed: approver"),
    (
        OfficialDismissed(subject=f"{TOWN}/functionari", role="approver"),
        "An official no longer holds a role: approver",
    ),
    (
        LocalRuleSet(
            subject=f"{TOWN}/reguli",
            pack="ro/law-52-2003",
            version="2",
            rule="minutes-per-speaker",
            number=3,
            since=DAY,
            act="HCL 12/2026",
            url="https://izvoru.example/hcl-12",
        ),
        "The authority set a local rule, “Minutes for each speaker”: 3 from 17 December 2026 on, by HCL 12/2026",
    ),
    (
        OrganisationVerified(subject=f"{TOWN}/organizatii/1", name="Pietonii", registry_number="1", fiscal_code="2"),
        "Organisation verified: Pietonii",
    ),
    (
        PackFrozen(subject=CONSULTATION, name="ro/law-52-2003", version="1", pack=HASH),
        "Consultation 112/2026: the rules were fixed (ro/law-52-2003, edition 1)",
    ),
    (
        ConsultationAnnounced(
            subject=CONSULTATION, number="112-2026", title="Parcări 100%", terms=(), pack=HASH, version=HASH
        ),
        "Consultation 112/2026 announced: Parcări 100%",
    ),
    (
        ConsultationStageChanged(subject=CONSULTATION, from_stage="submitted", to_stage="adopted", on=DAY),
        "Consultation 112/2026: the draft was adopted on 17 December 2026",
    ),
    (
        DocumentPublished(subject=CONSULTATION, sha256=HASH, name="Referat.pdf", kind="report"),
        "Consultation 112/2026: document published, Referat.pdf",
    ),
    (
        VersionPublished(subject=CONSULTATION, number=2, sha256=HASH),
        "Consultation 112/2026: version 2 of the text published",
    ),
    (
        RecommendationReceived(subject=PROPOSAL, number=47, kind="change", body=Commitment(HASH, 1)),
        "Proposal no. 47/2026 received",
    ),
    (
        RecommendationReceived(
            subject=PROPOSAL, number=47, kind="change", source="paper", received_at=AT, body=Commitment(HASH, 1)
        ),
        "Proposal no. 47/2026 entered by an official, who received it outside these pages",
    ),
    (
        RecommendationReceived(
            subject=PROPOSAL,
            number=47,
            kind="change",
            source="desk",
            late=True,
            received_at=AT,
            body=Commitment(HASH, 1),
        ),
        "Proposal no. 47/2026 entered by an official, who received it outside these pages after the last day",
    ),
    (
        PackageReceived(
            subject=f"{CONSULTATION}/pachete/47-2026", recommendations=("47-2026", "48-2026"), body=Commitment(HASH, 1)
        ),
        "Consultation 112/2026: proposals sent together, as a package",
    ),
    (RecommendationClaimed(subject=PROPOSAL, number=47), "Proposal no. 47/2026 claimed by its author"),
    (SupportCounted(subject=PROPOSAL, number=47, supporters=3), "Proposal no. 47/2026: supporters, 3"),
    (RecommendationWithdrawn(subject=PROPOSAL, number=47), "Proposal no. 47/2026 withdrawn by its author"),
    (
        ResponsePublished(subject=PROPOSAL, recommendation=47, verdict="partly", body=REASON),
        "Answer to proposal no. 47/2026: partly taken up",
    ),
    (
        ConsultationDateMoved(
            subject=CONSULTATION,
            term="proposals_until",
            rule="ro/law-52-2003#proposals-period",
            was=date(2026, 12, 4),
            date=date(2026, 12, 11),
            reason="La cerere.",
        ),
        "Consultation 112/2026: proposals until 11 December 2026 instead of 4 December 2026: La cerere.",
    ),
    (
        DutyConfirmed(
            subject=CONSULTATION,
            rule="ro/law-52-2003#announcement-at-seat",
            on=date(2026, 11, 24),
            note="La avizier.",
        ),
        "Consultation 112/2026: “At the seat” was done on 24 November 2026: La avizier.",
    ),
    (
        PromiseMade(
            subject=CONSULTATION, number=3, answer=HASH, text="Marcăm locurile.", until=DAY, department="Tehnic"
        ),
        "Consultation 112/2026: promise no. 3, until 17 December 2026: Marcăm locurile.",
    ),
    (
        ContestationRuled(subject=PROPOSAL, number=47, admitted=False, on=DAY, reason="Suma este cea din lege."),
        "Contestation no. 47/2026: the council rejected it on 17 December 2026: Suma este cea din lege.",
    ),
    (
        PromiseEnded(subject=CONSULTATION, number=3, ending="kept", on=DAY, note="S-au marcat."),
        "Consultation 112/2026: promise no. 3 was kept on 17 December 2026: S-au marcat.",
    ),
    (
        DebateAnnounced(subject=CONSULTATION, starts_at=datetime(2026, 12, 9, 15, 30, tzinfo=UTC), place="Sala Mare"),
        "Consultation 112/2026: public debate on 9 December 2026, 17:30",
    ),
    (
        SessionAnnounced(subject=CONSULTATION, starts_at=datetime(2026, 12, 17, 8, tzinfo=UTC), place="Sala Mare"),
        "Consultation 112/2026: the council decides on 17 December 2026, 10:00",
    ),
    (
        DebateRequested(
            subject=CONSULTATION, number="2-2026", by="Pietonii", asker="association", asked_on=DAY, body=REASON
        ),
        "Consultation 112/2026: Pietonii asked for a public debate, request no. 2/2026",
    ),
    (
        DebateRequestAnswered(subject=CONSULTATION, number="2-2026", meeting="3-2026", reason=None),
        "Consultation 112/2026: request no. 2/2026 for a debate granted",
    ),
    (
        MeetingAnnounced(
            subject=MEETING,
            kind="debate",
            title="Parcări",
            starts_at=datetime(2026, 12, 9, 15, 30, tzinfo=UTC),
            place="Sala Mare",
        ),
        "Meeting 3/2026 announced: a public debate on 9 December 2026, 17:30, Parcări",
    ),
    (
        MeetingMoved(
            subject=MEETING, starts_at=datetime(2026, 12, 10, 8, tzinfo=UTC), place="Sala Mică", reason="Ninge."
        ),
        "Meeting 3/2026 moved to 10 December 2026, 10:00: Ninge.",
    ),
    (MeetingCancelled(subject=MEETING, reason="Ninge."), "Meeting 3/2026 called off: Ninge."),
    (
        MeetingEnded(subject=MEETING, ended_at=datetime(2026, 12, 9, 17, tzinfo=UTC), participants=31, speakers=4),
        "Meeting 3/2026 ended; 31 took part, 4 spoke",
    ),
    (
        MinutesPublished(
            subject=MEETING, number=2, sha256=HASH, replaces=HASH, reason="O virgulă.", drafted_by=("c1e4",)
        ),
        "Meeting 3/2026: minutes corrected, version 2: O virgulă.",
    ),
    (
        RecordingLinked(subject=MEETING, name="Filmarea", url="https://video.example/1"),
        "Meeting 3/2026: recording published, Filmarea",
    ),
    (
        ItemDecided(
            subject=MEETING,
            item=2,
            result="adopted",
            act="HCL 7",
            members=19,
            votes_for=15,
            votes_against=2,
            abstentions=1,
            absences=1,
            is_secret=False,
        ),
        "Meeting 3/2026, item 2: adopted, HCL 7",
    ),
    (
        RecommendationHidden(subject=PROPOSAL, number=47, ground="insult", body=Commitment(HASH, 1)),
        "Proposal no. 47/2026 hidden by a moderator: insult",
    ),
    (
        RecommendationShown(subject=PROPOSAL, number=47, body=Commitment(HASH, 1)),
        "Proposal no. 47/2026 shown again",
    ),
    (
        AppealReceived(subject=PROPOSAL, number=47, body=Commitment(HASH, 1)),
        "The author of proposal no. 47/2026 appealed against its hiding",
    ),
    (
        AppealDecided(subject=PROPOSAL, number=47, outcome="upheld", body=Commitment(HASH, 1)),
        "Appeal about proposal no. 47/2026 upheld: its text is shown again",
    ),
    (
        AppealDecided(subject=PROPOSAL, number=47, outcome="refused", withheld=True, body=Commitment(HASH, 1)),
        "Appeal about proposal no. 47/2026 refused: its text stays hidden",
    ),
    (
        ReportPublished(
            subject=f"{TOWN}/rapoarte/2025",
            year=2025,
            number=1,
            pack="ro/law-52-2003",
            version="2",
            measures=(),
            figures=(),
            reason=None,
            drafted_by=("c1e4",),
        ),
        "The authority published its report on the transparency of 2025",
    ),
    (
        BodyErased(subject=PROPOSAL, erased=HASH, ground="gdpr-17-1-b"),
        (
            "A text about proposal no. 47/2026 was erased: "
            "Consent was withdrawn and nothing else allows it to be kept (GDPR, art. 17(1)(b))"
        ),
    ),
    (
        WitnessAdded(subject=LOG, name="Asociația Martor", key="k", url=""),
        "A witness of the record was added: Asociația Martor",
    ),
    (
        WitnessRemoved(subject=LOG, name="Asociația Martor", key="k", reason="gone"),
        "A witness of the record was removed: Asociația Martor",
    ),
    (
        QuorumChanged(subject=LOG, quorum=2),
        "A checkpoint now counts as witnessed with 2 signatures of witnesses",
    ),
    (
        DigestPublished(subject=LOG, day=date(2026, 11, 24), size=7, sha256=HASH),
        "The digest of 24 November 2026 went out; entries that it covers, 7",
    ),
    (KeyAdded(subject=LOG, key="a.org/log/1+ab+cd"), "The record got another signing key: a.org/log/1+ab+cd"),
    (
        KeyRetired(subject=LOG, key="a.org/log/1+ab+cd", reason="worn"),
        "A signing key of the record was retired: a.org/log/1+ab+cd",
    ),
    (LogContinued(subject=LOG, checkpoint="note", reason="lost"), "This record continues an earlier one"),
    (
        ProjectSubmitted(subject=PROJECT, number=12, pool="centru", category=None, cost=100, body=REASON),
        "Budget 2027: project no. 12 received",
    ),
    (ProjectWithdrawn(subject=PROJECT, number=12), "Budget 2027: project no. 12 withdrawn by its author"),
    (
        ProjectConflictDeclared(subject=PROJECT, number=12, other=7, reason="the same corner"),
        "Budget 2027: the projects no. 12 and no. 7 exclude each other: the same corner",
    ),
    (
        ProjectProgress(subject=PROJECT, number=12, kind="built", words="Handed over."),
        "Budget 2027: news of project no. 12, which won: Handed over.",
    ),
    (
        ProjectQuestionAsked(subject=PROJECT, number=12, question=1, answer_until=AT, body=REASON),
        "Budget 2027: a reviewer asked the author of project no. 12",
    ),
    (
        ProjectQuestionAnswered(subject=PROJECT, number=12, question=1, body=REASON),
        "Budget 2027: the author of project no. 12 answered a question",
    ),
    (
        ProjectReviewed(subject=PROJECT, number=12, verdict="not_eligible", ground="art. 9", body=REASON),
        "Budget 2027: project no. 12 found not eligible, by art. 9",
    ),
    (
        ProjectAppealed(subject=PROJECT, number=12, body=REASON),
        "Budget 2027: the author of project no. 12 appealed the review",
    ),
    (
        ProjectAppealDecided(subject=PROJECT, number=12, outcome="upheld", body=REASON),
        "Budget 2027: appeal about project no. 12 upheld, it is eligible",
    ),
    (
        CycleAnnounced(
            subject=CYCLE,
            year=2027,
            title="Bugetul participativ 2027",
            regulation="",
            regulation_url="",
            pack=HASH,
            rules=HASH,
            pools=(),
            categories=(),
            phases=(),
            drafted_by=(),
        ),
        "Budget 2027 announced: Bugetul participativ 2027",
    ),
    (
        CyclePhaseMoved(subject=CYCLE, was=DAYS, now=DAYS, reason="pană de curent"),
        "Budget 2027: the days of a phase were moved: pană de curent",
    ),
    (
        ElectionOpened(subject=CYCLE, paper=HASH, sealing_key="", promise_key="", closes_at=DAYS.ends_at, voters=7),
        "Budget 2027: the vote began; voters so far, 7",
    ),
    (BallotCommitted(subject=CYCLE, commitment=HASH), "Budget 2027: a ballot is in the record, sealed"),
    (
        ElectionClosed(subject=CYCLE, ballots=7, replaced=0, listing=HASH, voters=9),
        "Budget 2027: the vote ended; ballots that count, 7",
    ),
    (
        ElectionKeyDestroyed(subject=CYCLE),
        "Budget 2027: the key was destroyed that led from voters to ballots",
    ),
    (
        PaperBallotsListed(
            subject=CYCLE,
            listing=HASH,
            valid=5,
            invalid=1,
            printed=20,
            given=6,
            spoiled=0,
            unused=14,
            why="",
            listed_by="p-1",
        ),
        "Budget 2027: the box was opened; ballots on paper that count: 5, that do not: 1",
    ),
    (
        BallotsOpened(subject=CYCLE, openings=HASH, ballots=7),
        "Budget 2027: all ballots opened and published, 7",
    ),
    (
        VoterAdmitted(subject=CYCLE, proof="letter", link="work"),
        "Budget 2027: somebody proved that they may vote",
    ),
    (
        LetterCodesMade(subject=CYCLE, codes=500, asked_by="a"),
        "Budget 2027: codes for letters to voters made by two officials, 500",
    ),
    (
        RollConfirmed(subject=CYCLE, people=4, digest=HASH, imported_by="a"),
        "Budget 2027: a roll of voters was confirmed by a second official; people on it, 4",
    ),
    (
        ResultsConfirmed(subject=CYCLE, results=HASH, ballots=(HASH,), program="0.1.0", counted_by="a"),
        "Budget 2027: the results, counted by two officials",
    ),
]


def said(event: Event, locale: str = "en") -> str:
    token = current_locale.set(locale)
    try:
        return sentence(event.type, event.facts, Subject.parse(event.subject))
    finally:
        current_locale.reset(token)


def test_every_type_of_the_vocabulary_is_tried_here_and_offered_as_a_filter() -> None:
    assert {event.type for event, _ in ACTS} == set(VOCABULARY)
    assert {kind.type for kind in KINDS.values()} == set(VOCABULARY)


@pytest.mark.parametrize(("event", "words"), ACTS, ids=lambda each: each.type if isinstance(each, Event) else "")
def test_an_act_is_said_in_words(event: Event, words: str) -> None:
    assert said(event) == words
    assert all(event.type not in said(event, locale) for locale in LOCALES)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_verdict_and_every_stage_to_come_has_a_sentence(locale: str) -> None:
    answers = {
        said(ResponsePublished(subject=PROPOSAL, recommendation=47, verdict=each, body=REASON), locale)
        for each in Verdict
    }
    moves = {
        said(ConsultationStageChanged(subject=CONSULTATION, from_stage="x", to_stage=each, on=DAY), locale)
        for each in (Stage.SUBMITTED, *ENDED)
    }

    assert len(answers) == len(Verdict)
    assert len(moves) == 1 + len(ENDED)


def test_a_proposal_on_a_provision_names_it_as_it_is_cited() -> None:
    about = Subject("izvoru", "112-2026", (47, 2026), provision="Art. 4 alin. (2)")
    token = current_locale.set("en")

    words = sentence("recommendation.received", {"number": 47}, about)

    current_locale.reset(token)
    assert words == "Proposal no. 47/2026 received on art. 4 alin. (2)"


def test_every_role_that_the_record_names_has_a_name() -> None:
    roles = [*Role, *PARTICIPANTS]

    assert all(role_name(role) != role for role in roles)


@pytest.mark.parametrize(
    ("subject", "parsed"),
    [
        (TOWN, Subject("izvoru")),
        (f"{TOWN}/functionari", Subject("izvoru")),
        (CONSULTATION, Subject("izvoru", "112-2026")),
        (PROPOSAL, Subject("izvoru", "112-2026", (47, 2026))),
        (f"{CONSULTATION}/propuneri/47", Subject("izvoru", "112-2026")),
        (f"{CONSULTATION}/dezbateri/1", Subject("izvoru", "112-2026")),
        ("urn:somebody-else", Subject()),
    ],
)
def test_a_subject_is_read_as_far_as_it_is_known(subject: str, parsed: Subject) -> None:
    assert Subject.parse(subject) == parsed


def test_an_entry_of_a_type_from_another_time_shows_its_bare_type() -> None:
    assert sentence("moon.landed", {}, Subject()) == "moon.landed"
