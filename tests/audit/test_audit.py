"""A lawful story passes; and for each rule, a story that breaks it alone is found, with the entry and both values."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from consult.record.entry_form import encode_entry
from consult.record.erasure_grounds import ErasureGround
from consult.record.events import (
    DocumentPublished,
    KeyAdded,
    KeyRetired,
    LogContinued,
    QuorumChanged,
    RecommendationWithdrawn,
    SupportCounted,
    Withheld,
    WitnessRemoved,
)
from consult.record.events.log import SUBJECT as LOG
from consult.record.merkle import leaf_hash
from consult.record.moderation_rules import ModerationRule
from consult.record.notes import SigningKey
from tests.audit.logs import (
    ADMINISTRATOR,
    AGENDA,
    ANNOUNCED,
    APPROVER,
    BEFORE,
    CITIZEN,
    CONSULTATION,
    CONTACT,
    DECIDED,
    FROZEN,
    HASHES,
    HELD,
    MODERATOR,
    NEIGHBOUR,
    OPERATOR,
    ORIGIN,
    OTHER_KEY,
    RULES,
    SERVICE,
    SESSION,
    SUBMISSION,
    UNTIL,
    WITNESS,
    Step,
    a_witness,
    after,
    announced,
    answered,
    appeal_decided,
    appealed,
    audited,
    changed,
    debate,
    erased,
    frozen,
    hidden,
    lawful,
    meeting,
    misstated,
    on,
    proposal,
    received,
    session,
    shown,
    stage,
    told,
    version,
    without,
)

STORY = lawful()
#: A story that ends with the answers: nothing after them hangs on what is changed.
BEGUN = STORY[: [step.name for step in STORY].index("second answer") + 1]


def step_of(name: str) -> Step:
    return next(step for step in STORY if step.name == name)


#: A story that ends with the invitation to the debate; two hours at which it cannot be.
INVITED = STORY[: [step.name for step in STORY].index("debate") + 1]
TOO_LATE, OVER = on(date(2026, 12, 6)), on(date(2026, 11, 25), 9)
#: A story in which the author appeals, where in the other the house shows the proposal again by itself.
APPEALED = [replace(step, event=appealed(2), by=NEIGHBOUR) if step.name == "shown" else step for step in STORY]
RECEIVED, ANSWER, STAGE = "recommendation.received", "response.published", "consultation.stage_changed"
ANNOUNCEMENT, VERSION, DEBATE = "consultation.announced", "version.published", "debate.announced"
FIRST_LEAF = leaf_hash(encode_entry(STORY[5].event, signer=STORY[5].by, at=STORY[5].at, prev=None)).hex()
THIRD_KEY, FOURTH_KEY = (SigningKey(ORIGIN, sha256(words).digest()) for words in (b"a third key", b"a fourth key"))
NO_REASONS = "reasons in the announcement, or a document of the kind “report” with it"
#: A rule, an entry, what was found, what was expected.
Told = tuple[str, str, object, object]

BROKEN: dict[str, tuple[Sequence[Step], list[Told]]] = {
    # The law's dates, by the frozen pack.
    "too few days for proposals": (
        changed(BEGUN, "announced", terms=announced(until=date(2026, 12, 3)).terms),
        [(f"{RULES}#proposals-period", ANNOUNCEMENT, "2026-12-03", "2026-12-04")],
    ),
    "a last day for proposals that is a day off": (
        changed(BEGUN, "announced", terms=announced(until=date(2026, 12, 5)).terms),
        [(f"{RULES}#proposals-period", ANNOUNCEMENT, "2026-12-05", "2026-12-07")],
    ),
    "avizare announced before the thirty-first working day": (
        changed(BEGUN, "announced", terms=announced(submission=date(2027, 1, 13)).terms),
        [(f"{RULES}#announcement-before-avizare", ANNOUNCEMENT, "2027-01-13", "2027-01-14")],
    ),
    "fewer days in an urgency, without a motive for them": (
        changed(
            BEGUN,
            "announced",
            urgent_motive="Podul s-a surpat.",
            shorter_motive=" ",
            terms=announced(until=date(2026, 12, 2)).terms,
        ),
        [(f"{RULES}#urgent-short-motive", ANNOUNCEMENT, None, "a motive, in the authority's words")],
    ),
    "a motive for fewer days where there is no urgency": (
        changed(BEGUN, "announced", shorter_motive="Ne grăbim.", terms=announced(until=date(2026, 12, 3)).terms),
        [(f"{RULES}#proposals-period", ANNOUNCEMENT, "2026-12-03", "2026-12-04")],
    ),
    "an urgency without a motive": (
        changed(BEGUN, "announced", urgent_motive=" "),
        [(f"{RULES}#urgency-motive", ANNOUNCEMENT, None, "a motive, in the authority's words")],
    ),
    "a part that is left out under no letter of the law and without a reason": (
        changed(BEGUN, "announced", withheld=(Withheld("Anexa 2", "d", " "),)),
        [
            ("record/withheld-with-reason", ANNOUNCEMENT, "d", ["a", "b", "c"]),
            ("record/withheld-with-reason", ANNOUNCEMENT, None, "a reason, in the authority's words"),
        ],
    ),
    "an urgent draft that goes on while proposals are received": (
        changed(BEGUN[:-2], "announced", urgent_motive="Inundații.", terms=announced(submission=UNTIL).terms),
        [("record/avizare-after-proposals", ANNOUNCEMENT, "2026-12-07", "after 2026-12-07")],
    ),
    "going on to avizare before its time": (
        without(changed(STORY, "submitted", at=on(date(2027, 1, 13)), on=date(2027, 1, 13)), *DECIDED),
        [(f"{RULES}#announcement-before-avizare", STAGE, "2027-01-13", "2027-01-14")],
    ),
    "a debate more than ten days after its notice": (
        changed(changed(INVITED, "meeting", starts_at=TOO_LATE), "debate", starts_at=TOO_LATE),
        [(f"{RULES}#debate-after-notice", DEBATE, "2026-12-06", "2026-12-05")],
    ),
    "a session announced two days before": (
        changed(STORY, "session", at=on(date(2027, 1, 17))),
        [(f"{RULES}#session-notice", "session.announced", "2027-01-20", "2027-01-21")],
    ),
    # The rules of a procedure.
    "rules other than those that were frozen": (
        changed(BEGUN, "announced", pack=HASHES[0]),
        [("record/rules-frozen", ANNOUNCEMENT, HASHES[0], FROZEN.digest)],
    ),
    "rules frozen a second time": (
        after(BEGUN, "announced", frozen(CONSULTATION), by=APPROVER),
        [("record/rules-frozen", "pack.frozen", FROZEN.digest, "rules that were not frozen before")],
    ),
    "a second announcement": (
        after(BEGUN, "announced", announced(), by=APPROVER),
        [("record/rules-frozen", ANNOUNCEMENT, "1-2026", "no second announcement")],
    ),
    "rules under another name": (
        changed(BEGUN, "frozen", version="9"),
        [("record/rules-frozen", "pack.frozen", f"{RULES} 9", f"{RULES} 2")],
    ),
    "an announcement without its rules": (
        without(changed(BEGUN, "announced", pack=""), "frozen"),
        [("record/rules-frozen", ANNOUNCEMENT, "", "a pack that was frozen for it")],
    ),
    "an announcement that does not say until when": (
        changed(BEGUN, "announced", terms=announced().terms[1:]),
        [("record/dates-announced", ANNOUNCEMENT, None, "proposals_until")],
    ),
    "two last days for proposals": (
        changed(BEGUN, "announced", terms=(*announced().terms, announced().terms[0])),
        [
            (
                "record/dates-announced",
                ANNOUNCEMENT,
                ["proposals_until", "submission_on", "proposals_until"],
                ["proposals_until", "submission_on", "contestations_until"],
            )
        ],
    ),
    "a date by another rule than the law's": (
        changed(BEGUN, "announced", terms=(replace(announced().terms[0], rule="ro/altele#rule"), announced().terms[1])),
        [("record/dates-announced", ANNOUNCEMENT, "ro/altele#rule", [f"{RULES}#proposals-period"])],
    ),
    # Two people.
    "a draft announced by who wrote it": (
        changed(BEGUN, "announced", drafted_by=("a440", "c1e4")),
        [("record/four-eyes", ANNOUNCEMENT, "a440", "somebody who did not write the draft")],
    ),
    "a draft that nobody wrote": (
        changed(BEGUN, "announced", drafted_by=()),
        [("record/four-eyes", ANNOUNCEMENT, None, "the pseudonyms of those who wrote the draft")],
    ),
    "a draft written by somebody without a name": (
        changed(BEGUN, "announced", drafted_by=("",)),
        [("record/four-eyes", ANNOUNCEMENT, None, "the pseudonyms of those who wrote the draft")],
    ),
    "a draft announced by no approver": (
        changed(BEGUN, "announced", by=MODERATOR),
        [("record/by-who-may", ANNOUNCEMENT, "moderator", ["approver"])],
    ),
    # Numbers.
    "a number left out": (
        changed(without(STORY, "third", "withdrawn"), "second", number=4, subject=proposal(4))[:7],
        [("record/numbers-without-gaps", RECEIVED, 4, 2)],
    ),
    "a number given twice": (
        [*STORY[:7], replace(STORY[6], at=STORY[6].at + timedelta(minutes=1))],
        [("record/numbers-without-gaps", RECEIVED, 2, 3)],
    ),
    "a number of another year": (
        changed(BEGUN[:6], "first", subject=proposal(1, 2027), number=1),
        [("record/own-number", RECEIVED, 2027, 2026)],
    ),
    "a proposal that says another number": (
        changed(STORY, "first", number=7),
        [("record/own-number", RECEIVED, 7, 1)],
    ),
    "an answer that says another number": (
        changed(STORY, "answer", recommendation=7),
        [("record/own-number", ANSWER, 7, 1)],
    ),
    "a withdrawn number that is used again": (
        after(BEGUN, "withdrawn", received(3), by=CITIZEN),
        [("record/numbers-without-gaps", RECEIVED, 3, 4)],
    ),
    "a consultation's number left out": (
        [
            replace(STORY[3], event=announced(number="2-2026", subject="consult:izvoru/consultari/2-2026"))
            if step.name == "announced"
            else replace(step, event=frozen("consult:izvoru/consultari/2-2026"))
            for step in STORY[2:4]
        ],
        [("record/numbers-without-gaps", ANNOUNCEMENT, 2, 1)],
    ),
    "a consultation that says another number": (
        changed(BEGUN, "announced", number="2-2026"),
        [("record/own-number", ANNOUNCEMENT, "2-2026", "1-2026")],
    ),
    # Proposals.
    "a proposal of no known kind": (
        changed(STORY, "first", kind="rant"),
        [("record/readable", RECEIVED, "rant", ["observation", "change", "insertion", "deletion", "move"])],
    ),
    "a document published twice": (
        after(STORY, "announced", STORY[4].event, minutes=0),
        [("record/documents-named", "document.published", HASHES[3], "a document that was not published before")],
    ),
    "a proposal after the last day": (
        changed(STORY[:8], "third", at=on(date(2026, 12, 8), 0)),
        [
            (
                "record/received-in-time",
                RECEIVED,
                "2026-12-07T22:00:00Z",
                "from 2026-11-24T08:00:00Z until before 2026-12-07T22:00:00Z",
            )
        ],
    ),
    "a proposal in time that is marked as late": (
        changed(STORY, "first", late=True),
        [("record/received-in-time", RECEIVED, "marked as late", "not marked: it came in time")],
    ),
    "a proposal before any announcement": (
        [replace(STORY[5], event=received(1, body=STORY[5].event.body))],
        [("record/announced-first", RECEIVED, RECEIVED, "an announcement before it")],
    ),
    "a proposal withdrawn by somebody else": (
        changed(STORY, "withdrawn", by=NEIGHBOUR),
        [("record/withdrawn-by-its-author", "recommendation.withdrawn", NEIGHBOUR.pseudonym, CITIZEN.pseudonym)],
    ),
    "a proposal withdrawn after its answer": (
        after(STORY, "answer", RecommendationWithdrawn(subject=proposal(1), number=1), by=CITIZEN),
        [
            ("record/withdrawn-by-its-author", "recommendation.withdrawn", "taken_up", "waiting"),
        ],
    ),
    "an answer to a withdrawn proposal": (
        after(STORY, "answer", answered(3, "partly")),
        [("record/answered-once", ANSWER, "withdrawn", "waiting")],
    ),
    "a second answer": (
        after(STORY, "answer", answered(1, "partly")),
        [("record/answered-once", ANSWER, "taken_up", "waiting")],
    ),
    "an answer to nobody": (
        after(STORY, "answer", answered(8, "partly")),
        [("record/received-first", ANSWER, proposal(8), "a proposal that was received")],
    ),
    "an answer without a reason": (
        misstated(STORY, "answer", body=None),
        [("record/answered-with-reason", ANSWER, None, "a reason")],
    ),
    "an answer without a verdict": (
        changed(without(STORY, "version"), "answer", verdict="maybe"),
        [
            (
                "record/answered-with-reason",
                ANSWER,
                "maybe",
                ["taken_up", "partly", "not_taken_up", "out_of_scope"],
            )
        ],
    ),
    "an answer before the last day is over": (
        changed(STORY, "answer", at=on(UNTIL, 23)),
        [("record/after-the-last-day", ANSWER, "2026-12-07T21:00:00Z", "not before 2026-12-07T22:00:00Z")],
    ),
    "avizare without every answer": (
        without(STORY, "second answer", *DECIDED),
        [
            (
                "record/answered-before-avizare",
                STAGE,
                "proposals without an answer: 1, the first of them no. 2-2026",
                "none",
            )
        ],
    ),
    "a proposal hidden without reasons": (
        misstated(STORY, "hidden", body=None),
        [("record/hidden-with-reasons", "recommendation.hidden", None, "a statement of reasons")],
    ),
    "a proposal hidden without a ground": (
        changed(STORY, "hidden", ground=""),
        [("record/hidden-with-reasons", "recommendation.hidden", "", [rule.ground for rule in ModerationRule])],
    ),
    "a proposal hidden twice": (
        after(STORY, "hidden", hidden(2), by=MODERATOR),
        [("record/hidden-with-reasons", "recommendation.hidden", "hidden", "shown")],
    ),
    "a proposal shown that was not hidden": (
        after(STORY, "hidden", shown(1), by=MODERATOR),
        [("record/hidden-with-reasons", "recommendation.shown", "shown", "hidden")],
    ),
    "an appeal decided by who hid the proposal": (
        after(APPEALED, "shown", appeal_decided(2), by=MODERATOR),
        [("record/appeal-by-others", "appeal.decided", MODERATOR.pseudonym, "another official")],
    ),
    "an appeal decided without reasons": (
        misstated(after(APPEALED, "shown", appeal_decided(2)), "more", body=None),
        [("record/appealed-once", "appeal.decided", None, "a statement of reasons")],
    ),
    "an appeal decided in no known way": (
        after(APPEALED, "shown", appeal_decided(2, "perhaps")),
        [("record/appealed-once", "appeal.decided", "perhaps", ["upheld", "refused"])],
    ),
    "an appeal decided twice": (
        after(after(APPEALED, "shown", appeal_decided(2), minutes=2), "shown", appeal_decided(2)),
        [("record/appealed-once", "appeal.decided", "a decision", "an appeal before it")],
    ),
    "an appeal by an official": (
        after(without(STORY, "shown"), "hidden", appealed(2), by=CONTACT),
        [
            (
                "record/by-who-may",
                "appeal.received",
                "contact_person",
                ["participant", "verified_participant", "organisation_member"],
            )
        ],
    ),
    "a second appeal": (
        after(APPEALED, "shown", appealed(2), by=NEIGHBOUR),
        [("record/appealed-once", "appeal.received", "a second appeal", "one appeal")],
    ),
    "an appeal against nothing": (
        after(STORY, "shown", appealed(2), by=NEIGHBOUR),
        [("record/appealed-once", "appeal.received", "shown", "hidden")],
    ),
    "a proposal shown by the house while its appeal waits": (
        after(STORY, "hidden", appealed(2), by=NEIGHBOUR),
        [("record/appealed-once", "recommendation.shown", "shown", "a decision on the appeal")],
    ),
    "a text erased by one official alone": (
        changed(STORY, "erased", chosen_by=MODERATOR.pseudonym),
        [("record/erased-by-two", "body.erased", MODERATOR.pseudonym, "another official")],
    ),
    "a text that nobody chose": (
        changed(STORY, "erased", chosen_by=""),
        [("record/erased-by-two", "body.erased", None, "another official")],
    ),
    "a text erased without a ground": (
        changed(STORY, "erased", ground=" "),
        [("record/erased-once", "body.erased", " ", list(ErasureGround))],
    ),
    "a text erased twice": (
        after(STORY, "erased", erased(2), by=MODERATOR),
        [("record/erased-once", "body.erased", erased(2).erased, "a text that was not erased before")],
    ),
    # Stages and versions.
    "a stage that was not reached": (
        changed(STORY, "submitted", from_stage="analysis"),
        [("record/stages-in-order", STAGE, "analysis", "answered")],
    ),
    "an adoption without avizare": (
        [*BEGUN, replace(STORY[-1], event=replace(stage("answered", "adopted", SESSION), decided_by="executive"))],
        [("record/stages-in-order", STAGE, "adopted", ["submitted", "withdrawn"])],
    ),
    "an adoption on a day to come": (
        changed(STORY, "adopted", on=date(2027, 1, 21)),
        [("record/day-of-the-act", STAGE, "2027-01-21", "at the latest 2027-01-20")],
    ),
    "an adoption before the session": (
        changed(STORY, "adopted", on=date(2027, 1, 19)),
        [("record/day-of-the-act", STAGE, "2027-01-19", "at the earliest 2027-01-20")],
    ),
    "avizare dated back": (
        without(changed(STORY, "submitted", at=on(date(2027, 1, 15)), on=SUBMISSION), *DECIDED),
        [("record/day-of-the-act", STAGE, "2027-01-14", "2027-01-15")],
    ),
    "a debate that is over when it is announced": (
        changed(changed(INVITED, "meeting", starts_at=OVER), "debate", starts_at=OVER),
        [
            ("record/day-of-the-act", each, "2026-11-25T07:00:00Z", "after 2026-11-25T08:00:00Z")
            for each in ("meeting.announced", DEBATE)
        ],
    ),
    "a second debate": (
        after(STORY, "debate", debate(HELD)),
        [("record/stages-in-order", DEBATE, "2026-12-03T15:00:00Z", "no second debate")],
    ),
    "a debate of what has gone on": (
        after(without(STORY, "debate"), "submitted", debate(date(2027, 1, 18))),
        [
            ("record/stages-in-order", DEBATE, "submitted", ["proposals", "analysis", "answered"]),
            ("record/meeting-announced-first", DEBATE, "2027-01-18T15:00:00Z", "2026-12-03T15:00:00Z"),
        ],
    ),
    "a session before avizare": (
        after(
            after(BEGUN, "second answer", replace(session(SESSION), meeting="2-2026"), minutes=2),
            "second answer",
            meeting("consult:izvoru/sedinte/2-2026", "session", on(SESSION, 16), AGENDA),
        ),
        [("record/stages-in-order", "session.announced", "answered", "submitted")],
    ),
    "a second session": (
        after(STORY, "session", session(SESSION)),
        [("record/stages-in-order", "session.announced", "2027-01-20T14:00:00Z", "no second session")],
    ),
    "an adoption in no session": (
        without(STORY, "council", "session", "decided"),
        [("record/decided-by-whom", STAGE, "session", "a session that was announced")],
    ),
    "an adoption of which nobody says who decided": (
        changed(STORY, "adopted", decided_by=None),
        [("record/decided-by-whom", STAGE, None, ["session", "executive"])],
    ),
    "an adoption by the mayor of what a session decided": (
        changed(STORY, "adopted", decided_by="executive"),
        [("record/decided-by-whom", STAGE, "executive", "session")],
    ),
    "an adoption without the number of its act": (
        changed(STORY, "adopted", reason=" "),
        [("record/with-reason", STAGE, None, "the number of the act, or a reason")],
    ),
    "a withdrawal without a reason": (
        [*BEGUN, replace(step_of("adopted"), event=stage("answered", "withdrawn", SESSION))],
        [("record/with-reason", STAGE, None, "the number of the act, or a reason")],
    ),
    "going on to avizare twice": (
        after(STORY, "submitted", stage("submitted", "submitted", SUBMISSION)),
        [
            ("record/stages-in-order", STAGE, "submitted", ["adopted", "answered", "rejected", "withdrawn"]),
        ],
    ),
    "a version after the adoption": (
        after(STORY, "adopted", version(3)),
        [("record/stages-in-order", VERSION, "adopted", "a draft that is not decided yet")],
    ),
    "a proposal after the adoption": (
        after(STORY, "adopted", received(1, 2027, late=True), by=CITIZEN),
        [("record/stages-in-order", RECEIVED, "adopted", "a draft that is not decided yet")],
    ),
    "support after the adoption": (
        after(STORY, "adopted", SupportCounted(subject=proposal(1), number=1, supporters=1, added=("a",)), by=SERVICE),
        [("record/stages-in-order", "support.counted", "adopted", "a draft that is not decided yet")],
    ),
    "an answer after the day that was promised": (
        without(changed(STORY, "second answer", at=on(SUBMISSION + timedelta(days=1)))[:-5], "version", "erased"),
        [("record/answered-in-time", ANSWER, "2027-01-15", "an answer until 2027-01-14")],
    ),
    "a text erased that is not a proposal's": (
        changed(STORY, "erased", subject="consult:izvoru/reguli"),
        [("record/erased-once", "body.erased", "consult:izvoru/reguli", "a proposal or a project that was received")],
    ),
    "a version left out": (
        changed(STORY, "version", number=3),
        [("record/versions-in-order", VERSION, 3, 2)],
    ),
    "a version that changes nothing": (
        changed(STORY, "version", sha256=HASHES[1]),
        [("record/versions-in-order", VERSION, HASHES[1], "another text than that of version 1")],
    ),
    "a version while proposals are received": (
        after(STORY[:6], "first", version(2)),
        [("record/after-the-last-day", VERSION, "2026-11-24T10:01:00Z", "not before 2026-12-07T22:00:00Z")],
    ),
    "a change ascribed to what was not taken up": (
        changed(STORY, "version", causes=version(2, "1-2026", "2-2026").causes),
        [("record/causes-taken-up", VERSION, "art-4: 2-2026, not_taken_up", ["taken_up", "partly"])],
    ),
    "a change ascribed to what was not answered": (
        [*BEGUN[:-2], replace(step_of("version"), at=on(date(2026, 12, 8)))],
        [("record/causes-taken-up", VERSION, "art-4: 1-2026, waiting", ["taken_up", "partly"])],
    ),
    "a change ascribed to nobody": (
        changed(STORY, "version", causes=version(2, "8-2026").causes),
        [("record/causes-taken-up", VERSION, "art-4: 8-2026, not_of_this_consultation", ["taken_up", "partly"])],
    ),
    "a document of a consultation that nobody announced": (
        [
            Step(
                "document",
                DocumentPublished(subject=CONSULTATION, sha256=HASHES[0], name="Referat.pdf", kind="report"),
                CONTACT,
                on(ANNOUNCED),
            )
        ],
        [("record/announced-first", "document.published", "document.published", "an announcement before it")],
    ),
    # The log itself.
    "a broken chain": (
        misstated(STORY, "answer", prev="ab" * 32),
        [("record/history-unbroken", ANSWER, "ab" * 32, FIRST_LEAF)],
    ),
    "a chain begun anew": (
        misstated(STORY, "answer", prev=None),
        [("record/history-unbroken", ANSWER, None, FIRST_LEAF)],
    ),
    "an entry six minutes older than the one before it": (
        changed(STORY, "third", at=on(ANNOUNCED, 12, 54)),
        [("record/time-forward", RECEIVED, "2026-11-24T10:54:00Z", "at the earliest 2026-11-24T10:55:00Z")],
    ),
    "an act that nobody knows": (
        misstated(STORY, "debate", type="debate.imagined"),
        [("record/readable", "debate.imagined", "debate.imagined", "what the vocabulary says of debate.imagined")],
    ),
    "an act that does not say when": (
        misstated(STORY, "debate", facts={"starts_at": "2026-12-03T17:00:00", "place": "Sala Mare"}),
        [
            (
                "record/readable",
                DEBATE,
                "Expected `datetime` with a timezone component - at `$.starts_at`",
                "what the vocabulary says of debate.announced",
            )
        ],
    ),
    "an entry without its actor": (
        misstated(STORY, "debate", actor=None),
        [
            (
                "record/readable",
                f"entry {BEFORE + 12}",
                "Expected `object`, got `null` - at `$.actor`",
                "an act with all its members",
            )
        ],
    ),
    "a witness named twice": (
        after(STORY, "quorum", a_witness(), by=ADMINISTRATOR),
        [("record/witnesses-in-order", "witness.added", WITNESS.verifying.vkey, "a witness who is not asked already")],
    ),
    "a witness removed who was none": (
        after(
            STORY[2:],
            "frozen",
            WitnessRemoved(subject=LOG, name="Pietonii", key=WITNESS.verifying.vkey, reason="plecați"),
            by=ADMINISTRATOR,
        ),
        [("record/witnesses-in-order", "witness.removed", WITNESS.verifying.vkey, [])],
    ),
    "more witnesses asked for than there are": (
        [
            *STORY,
            *[replace(STORY[1], event=QuorumChanged(subject=LOG, quorum=each), at=STORY[-1].at) for each in (2, 1)],
        ],
        [("record/quorum-can-hold", "quorum.changed", 2, "at most 1")],
    ),
    "a key added twice": (
        [
            *STORY,
            *[
                replace(
                    STORY[0], event=KeyAdded(subject=LOG, key=OTHER_KEY.verifying.vkey), by=OPERATOR, at=STORY[-1].at
                )
            ]
            * 2,
        ],
        [("record/keys-in-order", "key.added", OTHER_KEY.verifying.vkey, "a key that the log did not have before")],
    ),
    "a key retired that the log never had": (
        [
            *STORY,
            *[
                replace(
                    STORY[0], event=KeyRetired(subject=LOG, key=key, reason="schimbată"), by=OPERATOR, at=STORY[-1].at
                )
                for key in (THIRD_KEY.verifying.vkey, FOURTH_KEY.verifying.vkey)
            ],
        ],
        [("record/keys-in-order", "key.retired", FOURTH_KEY.verifying.vkey, [])],
    ),
    "a citizen who answers": (
        changed(STORY, "answer", by=CITIZEN),
        [("record/by-who-may", ANSWER, "participant", ["contact_person", "approver"])],
    ),
    "no report of approval": (
        without(STORY, "report"),
        [(f"{RULES}#announcement-reasons", ANNOUNCEMENT, [], NO_REASONS)],
    ),
    "a report of approval that comes later": (
        changed(STORY, "report", at=on(ANNOUNCED, 11)),
        [(f"{RULES}#announcement-reasons", ANNOUNCEMENT, [], NO_REASONS)],
    ),
    "a study instead of the report": (
        changed(STORY, "report", kind="study"),
        [
            (
                f"{RULES}#announcement-reasons",
                ANNOUNCEMENT,
                ["study"],
                NO_REASONS,
            )
        ],
    ),
    "a draft that nobody could compare": (
        changed(STORY, "announced", version="draft.pdf"),
        [(f"{RULES}#announcement-full-text", ANNOUNCEMENT, "draft.pdf", "the SHA-256 of the whole text")],
    ),
    "a document that nobody could compare": (
        changed(STORY, "report", sha256="?"),
        [("record/documents-named", "document.published", "?", "a SHA-256")],
    ),
    "a log that says in its middle what it continues": (
        after(STORY, "adopted", LogContinued(subject=LOG, checkpoint="note", reason="pierdută"), by=OPERATOR),
        [("record/continued-at-the-beginning", "log.continued", BEFORE + len(STORY), 0)],
    ),
}


@pytest.mark.parametrize("outcome", ["upheld", "refused"])
def test_an_appeal_decided_by_another_official_passes(outcome: str, tmp_path: Path) -> None:
    found = audited(tmp_path, after(APPEALED, "shown", appeal_decided(2, outcome)))

    assert found.failures == []


def test_reasons_may_stand_in_the_announcement_itself(tmp_path: Path) -> None:
    story = changed(without(STORY, "report"), "announced", reasons=HASHES[0])

    assert audited(tmp_path, story).failures == []


def test_a_lawful_story_passes(tmp_path: Path) -> None:
    found = audited(tmp_path, STORY)

    assert [told(failure) for failure in found.failures] == []
    assert found.at == STORY[-1].at


@pytest.mark.parametrize("case", BROKEN)
def test_a_story_that_breaks_one_rule_is_found_by_that_rule(case: str, tmp_path: Path) -> None:
    story, expected = BROKEN[case]

    found = audited(tmp_path, story)

    assert [told(failure) for failure in found.failures] == expected
