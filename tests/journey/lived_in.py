"""A town hall in which there is something on every page: a consultation in each stage, people of each kind.

Brought there by the acts that people do, in the order of time. `names` gives what stands in braces in the addresses of
the pages (`tests.journey.pages`).
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.commands.keys import settle
from consult.consultations.announcements import create_consultation
from consult.consultations.answer_publication import publish_answers
from consult.consultations.appealing import appeal
from consult.consultations.attachments import hold_file
from consult.consultations.consultations import Consultation
from consult.consultations.counters import refresh_counters
from consult.consultations.debate_requests import ask_for_debate
from consult.consultations.debates import announce_debate
from consult.consultations.documents import DocumentKind, attach_document
from consult.consultations.dossiers.dossiers import ask_for_dossier
from consult.consultations.dossiers.making import make_dossier
from consult.consultations.drafts import request_approval, save_text
from consult.consultations.entering import enter_recommendation
from consult.consultations.erasure import texts_about
from consult.consultations.erasure_decisions import choose_texts, confirm_erasure
from consult.consultations.erasure_requests import enter_request
from consult.consultations.following import Follower, ask_to_follow, follow
from consult.consultations.importing.sheets import Reading
from consult.consultations.letters import Letter
from consult.consultations.moderation import hide_recommendation
from consult.consultations.places import Place
from consult.consultations.promise_drafts import draft_promise
from consult.consultations.publication import approve, publish_version
from consult.consultations.reader_reports import report_recommendation
from consult.consultations.reasons import ReasonId
from consult.consultations.recommendations import Kind, Recommendation, Source, Verdict
from consult.consultations.reports import draft_of, publish_report, report_of, save_report
from consult.consultations.responses import draft_answers
from consult.consultations.sources import import_text
from consult.consultations.submissions import submit_recommendation
from consult.consultations.supports import count_supports, support_recommendation
from consult.consultations.unconfirmed import send_unconfirmed
from consult.consultations.words import Words
from consult.files import KeptFile, check_upload, put
from consult.files.formats import TEXTS
from consult.files.sealing import SealedFile
from consult.identity.actors import Actor
from consult.identity.authorities import ANY_HOST
from consult.identity.memberships import invite_member
from consult.identity.nominations import nominate
from consult.identity.offices import Role
from consult.identity.organisations import Standing
from consult.identity.recovery import ask_for_password
from consult.identity.sessions import Certainty, begin_session
from consult.identity.sign_up import sign_up
from consult.identity.two_factor import begin_enrolment
from consult.identity.vault import Vault
from consult.links import slug
from consult.meetings.meetings import Notice
from consult.meetings.speakers import register_speaker
from consult.meetings.unconfirmed_speakers import ask_to_speak
from consult.notifications.subscriptions import ask_for_digests, subscribe, subscribers
from consult.record.digests import keep_digest
from consult.record.entries import RecordedEvent
from consult.record.entry_form import SALT_SIZE
from consult.record.erasure_grounds import ErasureGround
from consult.record.moderation_rules import ModerationRule
from consult.settings import Settings
from consult.store import Database
from tests.factories import (
    DRAFT,
    NOW,
    a_citizen,
    a_draft_ready_for_approval,
    a_member_of,
    an_authority,
    an_official,
    an_organisation,
)
from tests.factories.consultations import the_day_after
from tests.files.samples import PDF
from tests.identity.accounts import password_hash
from tests.identity.letters import last_token
from tests.journey.budgets import draft_budget
from tests.journey.cycles import begin_cycles, hold_votes
from tests.journey.gatherings import hold_debate, hold_session
from tests.journey.routing import share_work
from tests.journey.writing import write

#: A law of 42 articles.
ACT = (Path(__file__).parents[1] / "consultations/acts/66812.txt").read_text(encoding="utf-8")

LONG_AGO = NOW - timedelta(days=75)
A_MONTH_AGO = NOW - timedelta(days=31)
LAST_WEEK = NOW - timedelta(days=5)
#: When the pages are looked at.
TODAY = NOW + timedelta(hours=1)

SHA256 = hashlib.sha256(PDF).hexdigest()
#: What a department wrote for the second version of a text.
IMPROVED = DRAFT.replace("240", "180")
FILE = check_upload("Versiunea 2.txt", IMPROVED.encode(), formats=TEXTS)
#: Of the scan of each letter, which lies on the disk with a salt of its own.
SALTS = (bytes(SALT_SIZE), b"1" * SALT_SIZE)
#: Who sits at the desk, by the words of the table of addresses.
OFFICES = {
    "clerk": Role.CLERK,
    "approver": Role.APPROVER,
    "contact": Role.CONTACT_PERSON,
    "administrator": Role.ADMINISTRATOR,
    "expert": Role.DEPARTMENT_MEMBER,
}
STAGES = ("begun", "waiting", "open", "analysed", "answered")


@dataclass
class Town:
    """What stands in braces in the addresses, and a session's token for each kind of person."""

    names: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)


def a_lived_in_town(database: Database, settings: Settings) -> Town:
    """Let everything happen, and give it its place in the record."""
    put(settings.files, PDF)
    for salt in SALTS:
        put(settings.files, salt + PDF)
    put(settings.files, IMPROVED.encode())
    town = database.act(Play)
    town.written = database.act(write, town.open, town.citizen, town.member, settings.files)
    database.act(hold_votes, town.authority, town.officials, town.citizen, settings.keys)
    settle(settings, database, at=TODAY)
    make_files(database, town)
    return database.act(town.look_around, Vault.read(settings.keys))


def make_files(database: Database, town: "Play") -> None:
    """Let somebody ask for the files of two consultations, of which the worker has made one."""
    for consultation in (town.answered, town.analysed):
        database.act(ask_for_dossier, town.authority.id, consultation.reference, site="http://izvoru.test", at=TODAY)
    make_dossier(database, {"consultation_id": town.answered.id, "site": "http://izvoru.test"}, TODAY)


class Play:
    """Everything that happened, in one act: nobody looks before it is over."""

    def __init__(self, db: Session) -> None:
        self.written: dict[str, object] = {}
        self.authority = an_authority(db, host=ANY_HOST)
        self.officials = {who: an_official(db, self.authority, role, name=who.title()) for who, role in OFFICES.items()}
        self.clerk, self.contact = self.officials["clerk"], self.officials["contact"]
        self.association = an_organisation(db, self.authority)
        self.new = an_organisation(db, self.authority, standing=Standing.PENDING, name="Asociația Livada", note="")
        self.citizen = a_citizen(db, name="Ana Ilie", email="ana@posta.example", password_hash=password_hash())
        self.member = a_member_of(db, self.association, name="Elena Stan")
        self.others = [a_citizen(db, name=f"Participantul {number}") for number in range(30)]
        self.answer_and_improve(db)
        self.analyse(db)
        self.receive(db)
        self.prepare(db)
        self.report(db)
        self.session = hold_session(db, self.authority.id, self.contact, LAST_WEEK - timedelta(days=2))
        self.budget = draft_budget(db, self.authority, self.officials, self.citizen, NOW)
        self.cycles = begin_cycles(db, self.authority, self.officials, self.citizen)

    def answer_and_improve(self, db: Session) -> None:
        """The first consultation: three proposals, all answered, and a second version because of them."""
        first = self.publish(db, "Parcările de reședință", DRAFT, LONG_AGO)
        said = self.say(db, first, [self.citizen, self.member], "art-2-alin-2", LONG_AGO)
        self.answered_letter = self.enter_letter(db, first, LONG_AGO, SALTS[0])
        at = the_day_after(first.proposals_until)
        reason = self.draft_answer(db, first, [*said, self.answered_letter], at)
        in_time = {"words": "Afișăm tabelul taxelor.", "due_on": date(2026, 12, 9), "department": "Taxe", "edition": 0}
        draft_promise(db, first.id, reason, **in_time, by=self.contact, at=at)
        publish_answers(db, first.id, by=self.contact, at=at)
        self.held = hold_debate(db, first, self.officials, self.member, LONG_AGO)
        save_text(db, first.id, text=IMPROVED, edition=1, by=self.clerk, at=at)
        causes = {"art-2-alin-2": [each.id for each in said]}
        publish_version(db, first.id, causes=causes, by=self.contact, at=at)
        self.answered = first

    def analyse(self, db: Session) -> None:
        """The second: one answer is drafted, another is not, and a clerk read the next version from a file."""
        second = self.publish(db, "Taxele locale pe anul viitor", DRAFT, A_MONTH_AGO)
        said = self.say(db, second, [self.citizen, self.member], "art-2-alin-2", A_MONTH_AGO)
        self.drafted = self.draft_answer(db, second, said[:1], NOW)
        import_text(db, second.id, file=FILE, reading=Reading(IMPROVED), edition=1, by=self.clerk, at=NOW)
        self.analysed = second
        self.shared = share_work(db, second, self.officials, self.others)

    def receive(self, db: Session) -> None:
        """The third: the text of a law, about one article of which many speak, and a debate to come."""
        self.open = self.publish(db, "Finanțarea proiectelor nonprofit", ACT, LAST_WEEK)
        starts_at = NOW + timedelta(days=4)
        self.asked = ask_for_debate(db, self.open.id, words="Cerem o dezbatere.", by=self.member, at=LAST_WEEK)
        notice = Notice(starts_at, "Sala Mare", minutes_each=5)
        self.debate = announce_debate(db, self.open.id, notice=notice, by=self.contact, at=LAST_WEEK)
        register_speaker(db, self.debate.id, named=True, by=self.member, at=LAST_WEEK)
        said = self.say(db, self.open, [self.citizen, self.member, *self.others], "art-7", LAST_WEEK)
        self.mine = said[0]
        self.moderate(db, said)
        self.letter = self.enter_letter(db, self.open, LAST_WEEK, SALTS[1])
        at = LAST_WEEK + timedelta(days=1)
        support_recommendation(db, self.mine.id, by=self.member, at=at)
        count_supports(db, self.open.id, at=at + timedelta(hours=1))

    def enter_letter(self, db: Session, consultation: Consultation, at: datetime, salt: bytes) -> Recommendation:
        """Enter a letter with its scan a day after the consultation began."""
        commitment = sha256(salt + PDF).hexdigest()
        scan = hold_file(db, SealedFile("scrisoare.pdf", "application/pdf", len(PDF), commitment), at=at)
        letter = Letter(
            source=Source.PAPER,
            received_at=at + timedelta(hours=2),
            provision_key=None,
            said=Words(Kind.OBSERVATION, "Publicați și lista finanțărilor din anii trecuți.", ""),
            name="Maria Dobre",
            organisation="",
            named=False,
            contact="Str. Morii 4",
            email="",
            scan=scan,
        )
        return enter_recommendation(db, consultation.id, letter=letter, by=self.clerk, at=at + timedelta(days=1))

    def moderate(self, db: Session, said: Sequence[Recommendation]) -> None:
        """Of many proposals two are hidden, and one author appeals; one is reported, one erased, one asked to be."""
        self.hidden, self.reported, erased, self.doubted = said[2:6]
        for each in (self.hidden, self.reported):
            report_recommendation(db, each.id, rule=ModerationRule.INSULT, words="Jignește.", email=None, at=LAST_WEEK)
        facts = {"rule": ModerationRule.INSULT, "facts": "Jignește pe cineva."}
        hide_recommendation(db, self.hidden.id, **facts, by=self.contact, at=NOW)
        author = next(each for each in self.others if each.person_id == self.hidden.person_id)
        self.appeal = appeal(db, self.hidden.id, reasons="Nu jignește pe nimeni.", by=author, at=NOW)
        self.disputed = said[1]
        hide_recommendation(db, self.disputed.id, **facts, by=self.contact, at=NOW)
        ground = ErasureGround.UNLAWFULLY_PROCESSED
        asked = {"ground": ground, "words": "Spune unde locuiesc.", "name": "Ion", "email": "ion@posta.example"}
        requests = [enter_request(db, each.id, **asked, by=self.clerk, at=LAST_WEEK) for each in (erased, self.doubted)]
        for request in requests:
            (received, *_) = texts_about(db, db.get_one(Recommendation, request.recommendation_id))
            chosen = {"commitments": [received.commitment], "ground": ground, "note": "Adresa e a altcuiva."}
            choose_texts(db, request.id, **chosen, by=self.contact)
        confirm_erasure(db, requests[0].id, by=self.officials["approver"], at=NOW)
        self.erased = erased
        self.request = enter_request(db, self.reported.id, **asked, by=self.clerk, at=NOW)
        self.chosen_request, self.concluded_request = requests[1], requests[0]

    def report(self, db: Session) -> None:
        """The report on the last year is public and being corrected, that on the year before is a draft."""
        year, clerk = NOW.year - 1, self.clerk
        added, words = {"session-participants": 12, "minutes": 3}, {"report-f": "Am lucrat bine împreună."}
        for each in (year, year - 1):
            save_report(db, self.authority.id, each, added=added, words=words, edition=0, by=clerk, at=LONG_AGO)
        read = report_of(db, self.authority.id, year, draft_of(db, self.authority.id, year)).digest
        approver = self.officials["approver"]
        publish_report(db, self.authority.id, year, edition=1, read=read, by=approver, at=LONG_AGO)
        corrected = {"added": {}, "words": words, "reason": "O cifră greșită.", "edition": 0}
        save_report(db, self.authority.id, year, **corrected, by=clerk, at=A_MONTH_AGO)

    def prepare(self, db: Session) -> None:
        """What nobody outside sees: a draft that was just begun, and one that waits for approval."""
        self.begun = create_consultation(db, self.authority.id, title="Programul de iarnă", by=self.clerk, at=NOW)
        self.waiting = a_draft_ready_for_approval(db, self.authority, clerk=self.clerk)
        self.attach(db, self.waiting, NOW)
        request_approval(db, self.waiting.id, by=self.clerk, at=NOW)

    def publish(self, db: Session, title: str, text: str, at: datetime) -> Consultation:
        draft = a_draft_ready_for_approval(db, self.authority, clerk=self.clerk, text=text, at=at)
        draft.title = title
        self.attach(db, draft, at)
        request_approval(db, draft.id, by=self.clerk, at=at)
        return approve(db, draft.id, by=self.officials["approver"], at=at)

    def attach(self, db: Session, draft: Consultation, at: datetime) -> None:
        attach_document(
            db,
            draft.id,
            kind=DocumentKind.STUDY,
            file=KeptFile("Studiu.pdf", SHA256, len(PDF), "application/pdf"),
            by=self.clerk,
            at=at,
        )

    def say(
        self, db: Session, consultation: Consultation, people: Sequence[Actor], key: str, at: datetime
    ) -> list[Recommendation]:
        """Let everybody propose something else about a provision, a minute after the other."""
        said = [
            submit_recommendation(
                db,
                consultation.id,
                kind=Kind.CHANGE,
                provision_key=key,
                wording=f"Propunerea mea este să citiți de {minutes} ori ce ați scris aici.",
                reason="Așa e drept.",
                named=True,
                by=author,
                at=at + timedelta(minutes=minutes),
            )
            for minutes, author in enumerate(people, start=1)
        ]
        refresh_counters(db, consultation.id)
        return said

    def draft_answer(
        self, db: Session, consultation: Consultation, said: Sequence[Recommendation], at: datetime
    ) -> ReasonId:
        [first, *_others] = draft_answers(
            db,
            consultation.id,
            recommendation_ids=[each.id for each in said],
            verdict=Verdict.PARTLY,
            reason="O parte e deja în lege.",
            by=self.contact,
            at=at,
        )
        return first.reason_id

    def look_around(self, db: Session, vault: Vault) -> Town:
        """Return the names of everything, with the links that letters carry, and let people sign in."""
        act = db.scalars(select(RecordedEvent).where(RecordedEvent.type == "recommendation.received")).first()
        digest = keep_digest(db, at=TODAY)
        assert act is not None
        assert digest is not None
        names = {
            "answered": self.answered.reference,
            "analysed": self.analysed.reference,
            "open": self.open.reference,
            "slug": slug(self.open.title),
            "number": self.mine.reference,
            "letter": self.letter.reference,
            "answered-letter": self.answered_letter.reference,
            "source": FILE.sha256,
            "hidden": self.hidden.reference,
            "hidden-key": self.hidden.id,
            "appeal": self.appeal.id,
            "disputed": self.disputed.reference,
            "disputed-key": self.disputed.id,
            "reported-key": self.reported.id,
            "erased": self.erased.reference,
            "request": self.request.id,
            "chosen-request": self.chosen_request.id,
            "concluded-request": self.concluded_request.id,
            "act": act.id,
            "drafted": self.drafted,
            "day": digest.day,
            "sha256": SHA256,
            "asked": self.asked.reference,
            "debate": self.debate.reference,
            "debate-key": self.debate.id,
            "held": self.held.reference,
            "held-key": self.held.id,
            "session-key": self.session.id,
            "pack": self.open.pack_digest,
            "this-year": NOW.year,
            "reported-year": NOW.year - 1,
            "drafted-year": NOW.year - 2,
            "verified": self.association.id,
            "pending": self.new.id,
            "clerk": self.clerk.person_id,
            **{f"desk-{stage}": getattr(self, stage).id for stage in STAGES},
            **self.shared,
            **self.budget,
            **self.cycles,
            **self.written,
            **dict(self.links_in_letters(db)),
        }
        begin_enrolment(db, self.member.person_id, vault=vault, at=TODAY)
        people = {"citizen": self.citizen, "member": self.member, **self.officials}
        sessions = {
            who: begin_session(db, actor.person_id, Certainty.TWO_FACTORS, device="Firefox, Linux", at=TODAY)
            for who, actor in people.items()
        }
        half = begin_session(db, self.clerk.person_id, Certainty.HALF, device="Firefox, Linux", at=TODAY)
        return Town({name: str(said) for name, said in names.items()}, {**sessions, "half-way": half})

    def links_in_letters(self, db: Session) -> Iterator[tuple[str, str]]:
        """Yield the tokens of links that wait in somebody's mailbox."""
        sign_up(db, email="nou@posta.example", name="Nou", password_hash=password_hash(), locale="ro", at=TODAY)
        yield "confirmation", last_token(db)
        ask_for_password(db, "ana@posta.example", locale="ro", at=TODAY)
        yield "new-password", last_token(db)
        invite_member(db, "membru@posta.example", by=self.member, at=TODAY)
        yield "membership", last_token(db)
        send_unconfirmed(
            db,
            self.open.id,
            said=Words(Kind.OBSERVATION, "Publicați și bugetul fiecărui proiect.", ""),
            place=Place("art-7"),
            named=True,
            name="Vasile Pop",
            email="vasile@posta.example",
            locale="ro",
            at=TODAY,
        )
        yield "unconfirmed", last_token(db)
        asked = {"name": "Vasile Pop", "email": "vasile@posta.example", "named": True, "locale": "ro"}
        ask_to_speak(db, self.debate.id, **asked, at=TODAY)
        yield "speaking", last_token(db)
        administrator = self.officials["administrator"]
        nominate(db, self.authority.id, "coleg@izvoru.example", [Role.CLERK], by=administrator, at=TODAY)
        yield "office", last_token(db)
        ask_for_digests(db, email="abonat@posta.example", locale="ro", at=TODAY)
        subscribe(db, last_token(db), locale="ro", at=TODAY)
        [subscriber] = subscribers(db)
        yield "leaving", subscriber.leave_token
        ask_to_follow(db, self.authority.id, self.open.reference, email="nou@posta.example", locale="ro", at=TODAY)
        yield "following", last_token(db)
        follow(db, self.open.id, email="urmaritor@posta.example", locale="ro", at=TODAY)
        yield "unfollowing", db.scalars(select(Follower.leave_token)).one()
        ask_for_digests(db, email="nou@posta.example", locale="ro", at=TODAY)
        yield "subscription", last_token(db)
