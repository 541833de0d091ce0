"""One entry after the other, each judged by what came before it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import Any

from consult.audit import rules
from consult.audit.acts import Act, Subject, read_act
from consult.audit.announcements import announced, pack_frozen
from consult.audit.books import Books
from consult.audit.budgets import contestation_ruled
from consult.audit.contents import contents_missing, document_published
from consult.audit.continued import Beginning
from consult.audit.cycles import APPEALS, SUBMISSION, VOTING
from consult.audit.date_moves import date_moved
from consult.audit.days import Days
from consult.audit.debate_requests import request_answered, requested
from consult.audit.duties import duty_confirmed
from consult.audit.failures import Breach, Failures, Words
from consult.audit.forms import oddity_of
from consult.audit.meetings import (
    item_decided,
    left_open,
    meeting_announced,
    meeting_cancelled,
    meeting_ended,
    meeting_moved,
    minutes_published,
    recording_linked,
)
from consult.audit.moderation import appealed, decided, hidden, shown
from consult.audit.packages import package_received
from consult.audit.procedures import Procedure
from consult.audit.promises import promise_ended, promise_made, promises_late
from consult.audit.proposals import answered, claimed, due_day, received, withdrawn
from consult.audit.stages import debate_announced, session_announced, stage_changed, version_published
from consult.audit.supports import supported
from consult.audit.times import TOLERANCE, Bounds, Gaps
from consult.audit.votes import cycle_announced, results_confirmed, vote_opened
from consult.audit.yearly import report_published
from consult.i18n import N_
from consult.record import events
from consult.record.entry_form import Event

#: What an act of each type is judged by. Any: each function takes its own kind of act.
JUDGES: Mapping[type[Event], Callable[[Books, Act, Any], Iterator[Breach]]] = {
    events.LocalRuleSet: lambda books, act, event: books.local_rules.local_rule_set(act, event),
    events.PackFrozen: pack_frozen,
    events.ConsultationAnnounced: announced,
    events.DocumentPublished: document_published,
    events.ConsultationDateMoved: date_moved,
    events.DutyConfirmed: duty_confirmed,
    events.ConsultationStageChanged: stage_changed,
    events.DebateAnnounced: debate_announced,
    events.SessionAnnounced: session_announced,
    events.DebateRequested: requested,
    events.DebateRequestAnswered: request_answered,
    events.MeetingAnnounced: meeting_announced,
    events.MeetingMoved: meeting_moved,
    events.MeetingCancelled: meeting_cancelled,
    events.MeetingEnded: meeting_ended,
    events.MinutesPublished: minutes_published,
    events.RecordingLinked: recording_linked,
    events.ItemDecided: item_decided,
    events.VersionPublished: version_published,
    events.RecommendationReceived: received,
    events.PackageReceived: package_received,
    events.RecommendationClaimed: claimed,
    events.SupportCounted: supported,
    events.RecommendationWithdrawn: withdrawn,
    events.ResponsePublished: answered,
    events.ContestationRuled: contestation_ruled,
    events.PromiseMade: promise_made,
    events.PromiseEnded: promise_ended,
    events.RecommendationHidden: hidden,
    events.RecommendationShown: shown,
    events.AppealReceived: appealed,
    events.AppealDecided: decided,
    events.ReportPublished: report_published,
    events.CycleAnnounced: cycle_announced,
    events.CyclePhaseMoved: lambda books, act, event: books.cycles.moved(act, event),
    events.ProjectSubmitted: lambda books, act, event: chain(
        books.cycles.during(act, SUBMISSION), books.projects.submitted(act, event)
    ),
    events.ProjectConflictDeclared: lambda books, act, event: books.projects.excluded(act, event),
    events.ProjectProgress: lambda books, act, event: books.works.told(act, event),
    events.ProjectWithdrawn: lambda books, act, event: books.projects.withdrawn(act, event),
    events.ProjectQuestionAsked: lambda books, act, event: chain(
        books.cycles.judging(act), books.projects.asked(act, event)
    ),
    events.ProjectQuestionAnswered: lambda books, act, event: chain(
        books.cycles.judging(act), books.projects.answered(act, event)
    ),
    events.ProjectReviewed: lambda books, act, event: chain(
        books.cycles.judging(act), books.projects.reviewed(act, event)
    ),
    events.ProjectAppealed: lambda books, act, event: chain(
        books.cycles.during(act, APPEALS), books.projects.appealed(act, event)
    ),
    events.ProjectAppealDecided: lambda books, act, event: chain(
        books.cycles.judging(act), books.projects.decided(act, event)
    ),
    events.ElectionOpened: vote_opened,
    events.VoterAdmitted: lambda books, act, event: books.elections.voters.admitted(act, event),
    events.LetterCodesMade: lambda books, act, event: books.elections.voters.codes_made(act, event),
    events.RollConfirmed: lambda books, act, event: books.elections.voters.roll_confirmed(act, event),
    events.BallotCommitted: lambda books, act, event: books.elections.committed(act, event),
    events.ElectionClosed: lambda books, act, event: books.elections.closed(
        act, event, books.cycles.end_of(act.about, VOTING)
    ),
    events.ElectionKeyDestroyed: lambda books, act, event: books.elections.key_destroyed(act, event),
    events.PaperBallotsListed: lambda books, act, event: books.elections.paper_listed(act, event),
    events.BallotsOpened: lambda books, act, event: books.elections.ballots_opened(act, event),
    events.ResultsConfirmed: results_confirmed,
    events.AuthorityCreated: lambda books, act, event: books.offices.authority_created(act, event),
    events.OfficialAppointed: lambda books, act, event: books.offices.official_appointed(act, event),
    events.OfficialDismissed: lambda books, act, event: books.offices.official_dismissed(act, event),
    events.OrganisationVerified: lambda books, act, event: books.offices.organisation_verified(act, event),
    events.BodyErased: lambda books, act, event: books.keepers.body_erased(
        act,
        event,
        is_known=books.is_continued or books.proposal(act.subject) is not None or books.projects.knows(act),
        is_reason=books.is_reason(event.erased),
    ),
    events.KeyAdded: lambda books, act, event: books.keepers.key_added(act, event),
    events.KeyRetired: lambda books, act, event: books.keepers.key_retired(act, event),
    events.WitnessAdded: lambda books, act, event: books.keepers.witness_added(act, event),
    events.WitnessRemoved: lambda books, act, event: books.keepers.witness_removed(act, event),
    events.DigestPublished: lambda books, act, event: books.keepers.digest_published(act, event),
    events.QuorumChanged: lambda books, act, event: books.keepers.quorum_changed(act, event),
}
#: What comes before a consultation is public.
BEFORE = (events.PackFrozen, events.ConsultationAnnounced)


class Replay:
    """The reading of a log. `until`: the instant of the audit, if one was given; nothing can have happened after it."""

    def __init__(
        self, books: Books, bounds: Bounds, days: Days, beginning: Beginning, until: datetime | None = None
    ) -> None:
        self.books = books
        self.failures = Failures()
        self.gaps = Gaps()
        self.seen: Counter[str] = Counter()
        self.oldest: datetime | None = None
        self.newest: datetime | None = None
        self.beginning = beginning
        self.bounds = bounds
        self._days = days
        self._until = until

    def meet(self, index: int, leaf: bytes, stated: Mapping[str, Any]) -> None:
        """Judge the next entry."""
        act = read_act(index, leaf, stated)
        if isinstance(act, str):
            self.failures.add(f"entry {index}", Breach(rules.READABLE, act, Words(N_("an act with all its members"))))
            if isinstance(about := stated.get("subject"), str):
                self.books.note(about, Subject.parse(about), leaf)
            return
        for path, breach in self._days.passing(index, act.at, self.newest):
            self.failures.add(path, breach)
        if oddity := oddity_of(stated, act.event):
            self.failures.add(act.place, Breach(rules.READABLE, *oddity))
        # No failure: where the log's own order does not contradict it, nobody can tell an outage from dating back.
        lacking = self.bounds.lacking(index)
        if lacking and act.at < lacking.at - TOLERANCE:
            self.gaps.add(act.place, lacking)
        for breach in self._judge(act):
            self.failures.add(act.place, breach)
        self.books.note(act.about, act.subject, act.leaf)
        self.seen[act.type] += 1
        self.oldest = min(self.oldest or act.at, act.at)
        # What had waited when the log before ended comes after the entries with which this one begins.
        if not self.beginning.is_about(act.about):
            self.newest = max(self.newest or act.at, act.at)

    def close(self, at: datetime) -> None:
        """Judge what is open at an instant: what announcements lack; answers, debates and minutes that are late."""
        for procedure in self.books.procedures.values():
            self._judge_contents(procedure)
            if procedure.stage == "withdrawn":
                continue
            for waiting in procedure.waiting.values():
                due = due_day(procedure, waiting)
                if due and procedure.day(at) > due:
                    expected = Words(N_("an answer until %(day)s"), {"day": due})
                    found = Words(N_("no answer on %(at)s"), {"at": at})
                    self.failures.add(waiting.place, Breach(rules.ANSWERED_IN_TIME, found, expected))
        for place, breach in promises_late(self.books, at):
            self.failures.add(place, breach)
        for place, breach in self.books.projects.left_out():
            self.failures.add(place, breach)
        for gathering, breach in left_open(self.books, at):
            self.failures.add(gathering.place, breach)
        for path, breach in self._days.close(self.newest):
            self.failures.add(path, breach)

    def _judge_contents(self, procedure: Procedure) -> None:
        """Judge what was announced together, unless more of it may be in the entries to come."""
        if procedure.announcement and self.newest and procedure.announcement.at < self.newest:
            for breach in contents_missing(self.books, procedure):
                self.failures.add(procedure.announcement, breach)

    def _judge(self, act: Act) -> Iterator[Breach]:
        yield from self._in_its_place(act)
        yield from self._at_its_time(act)
        if act.event is None:
            yield Breach(
                rules.READABLE, act.unreadable, Words(N_("what the vocabulary says of %(type)s"), {"type": act.type})
            )
            return
        yield from self._begins(act)
        yield from self.books.offices.breaches(act, act.event)
        in_procedure = act.subject.consultation is not None and not isinstance(act.event, BEFORE)
        if in_procedure and self.books.procedure(act.subject) is None and not self.books.is_continued:
            yield Breach(rules.ANNOUNCED, act.type, Words(N_("an announcement before it")))
        judge = JUDGES.get(type(act.event))
        if judge:
            yield from judge(self.books, act, act.event)

    def _begins(self, act: Act) -> Iterator[Breach]:
        """Judge how the log begins, and whether it goes on from one that is not known here."""
        yield from self.beginning.follow(act)
        if act.index == 0 and self.beginning.continued:
            self.books.go_on(act.at.year, is_known=self.beginning.continued.is_given)

    def _in_its_place(self, act: Act) -> Iterator[Breach]:
        """Follow the chain of what was said about one thing."""
        before = self.books.last_leaf(act.about, act.subject)
        expected = before.hex() if before else None
        if act.prev != expected and not (before is None and self.books.is_continued):
            yield Breach(rules.UNBROKEN, act.prev, expected)

    def _at_its_time(self, act: Act) -> Iterator[Breach]:
        """Hold the time of an entry against those before it, and against what others saw."""
        if self.newest and act.at < self.newest - TOLERANCE:
            yield Breach(rules.FORWARD, act.at, Words(N_("at the earliest %(day)s"), {"day": self.newest - TOLERANCE}))
        bound = self.bounds.covering(act.index)
        if bound and act.at > bound.at + TOLERANCE:
            facts = {"day": bound.at + TOLERANCE, "by": bound.by}
            yield Breach(rules.SEEN, act.at, Words(N_("at the latest %(day)s: %(by)s had seen it by then"), facts))
        if self._until and act.at > self._until + TOLERANCE:
            latest = Words(N_("at the latest %(day)s"), {"day": self._until + TOLERANCE})
            yield Breach(rules.NOT_AHEAD, act.at, latest)
