"""The record's own rules: what must hold of any log of this vocabulary, whatever the law of the day.

The law's rules are not here: they are in the policy packs that the procedures froze. The id of a rule never changes.
"""

from collections.abc import Collection, Iterator
from datetime import date

from consult.audit.failures import Rule
from consult.i18n import N_
from consult.policy.packs import Pack
from consult.policy.rules import DeadlineRule, Requirement

LAW = "Legea 52/2003"

READABLE = Rule("record/readable", N_("An entry is of a known type and says what its type must say."))
UNBROKEN = Rule("record/history-unbroken", N_("An entry names the previous one about the same thing, by its hash."))
FORWARD = Rule("record/time-forward", N_("No entry is more than five minutes older than one before it."))
SEEN = Rule(
    "record/time-witnessed", N_("No entry is more than five minutes later than when somebody outside had seen it.")
)
NOT_AHEAD = Rule("record/time-not-ahead", N_("No entry is more than five minutes later than the instant of the audit."))
NUMBERED = Rule(
    "record/numbers-without-gaps", N_("Register numbers run 1, 2, 3… through a year, without a gap and none twice.")
)
OWN_NUMBER = Rule("record/own-number", N_("What an entry says is about the thing whose number it bears."))
FROZEN = Rule(
    "record/rules-frozen",
    N_("A consultation is announced once, under rules that were frozen for it, days off included."),
)
ANNOUNCED = Rule("record/announced-first", N_("Nothing happens in a consultation before it is announced."))
RECEIVED = Rule("record/received-first", N_("Nothing is said of a proposal before it is received."))
SIGNED = Rule("record/by-who-may", N_("Each act is done in a role that may do it."))
IN_OFFICE = Rule(
    "record/in-office", N_("Whoever acts in a role was appointed to it before, or their organisation verified.")
)
AUTHORITY = Rule("record/authority-first", N_("An authority begins once, and under one name, before it acts."))
LOCAL = Rule(
    "record/local-rules",
    N_("An authority sets itself only the numbers that the law leaves to it, by an act of its own."),
)
KNOWN = Rule(
    "record/rules-as-known", N_("Frozen rules are those that this program knows under their name and edition.")
)
NOT_LOOSENED = Rule(
    "record/rules-not-loosened",
    N_("Rules of an edition that this program does not know ask for no less than those that it knows."),
)
DAYS_OFF = Rule(
    "record/days-off",
    N_("The days off that were frozen are the legal holidays, as this program knows the law."),
    "Legea 53/2003, art. 139 alin. (1)",
)
FOUR_EYES = Rule("record/four-eyes", N_("Whoever announces a draft is an approver and did not write it."))
DATED = Rule("record/dates-announced", N_("The announcement tells its dates, each with the rule that it follows."))
FINISHED = Rule(
    "record/avizare-after-proposals",
    N_("A draft goes on to avizare after the last day for proposals."),
    f"{LAW}, art. 7 alin. (8)",
)
IN_ORDER = Rule("record/stages-in-order", N_("A consultation goes from stage to stage in an order that can be."))
ON_ITS_DAY = Rule("record/day-of-the-act", N_("An act tells a day on which it can have happened."))
ALL_ANSWERED = Rule(
    "record/answered-before-avizare",
    N_("A draft goes on to avizare when every proposal has its answer."),
    f"{LAW}, art. 7 alin. (12)",
)
REQUESTS_ANSWERED = Rule(
    "record/debate-before-avizare",
    N_("A draft goes on to avizare when each request for a debate is answered and each debate announced was held."),
    f"{LAW}, art. 7 alin. (9)",
)
ENTITLED = Rule(
    "record/debate-asked-by",
    N_("An association or another authority asks for a debate; nobody does so for themselves."),
    f"{LAW}, art. 7 alin. (9)",
)
WITH_REASON = Rule("record/with-reason", N_("What is moved, called off, corrected or refused is so with a reason."))
CONVENED = Rule("record/meeting-announced-first", N_("Nothing happens at a meeting that was not announced."))
PRESENT = Rule("record/people-present", N_("No more people spoke at a meeting than came to it."))
MINUTES = Rule(
    "record/minutes-in-order",
    N_("Minutes are of a meeting that ended; their versions are numbered, and each names the one that it replaces."),
)
MINUTES_BY_TWO = Rule("record/minutes-by-two", N_("Whoever publishes minutes is not who wrote them."))
MOVED_LATER = Rule(
    "record/moved-later", N_("A date that was promised is moved before it comes, and only to a later day.")
)
CONFIRMED = Rule(
    "record/duty-confirmed",
    N_("What is confirmed is asked for by the frozen rules, was done after the announcement, and is confirmed once."),
)
VOTES = Rule(
    "record/votes-add-up",
    N_("An item is decided once; its votes make the number of the members and carry its result."),
    f"{LAW}, art. 11",
)
REPORTS = Rule(
    "record/reports-in-order",
    N_(
        "A yearly report is of a year that is over; it is numbered 1, 2, 3…, and whoever publishes it did not write it."
    ),
    f"{LAW}, art. 13",
)
RECOUNTED = Rule(
    "record/reports-recounted",
    N_("The figures of a yearly report are what this record gives, with what the authority says it added."),
    f"{LAW}, art. 13 alin. (1)",
)
DECIDED_BY = Rule(
    "record/decided-by-whom",
    N_("A draft is adopted or rejected in a session that was announced, or said to be decided without one."),
)
AS_DECIDED = Rule("record/outcome-as-decided", N_("What became of a draft is what the session decided on it."))
IN_TIME = Rule(
    "record/received-in-time",
    N_("A proposal is received while the consultation is open; one that came too late is marked so."),
    f"{LAW}, art. 7 alin. (4)",
)
BY_HAND = Rule(
    "record/entered-by-an-official",
    N_("What came on paper, by e-mail or by word of mouth is entered by an official, with how and when it came."),
    f"{LAW}, art. 7 alin. (5)",
)
SUPPORTS = Rule(
    "record/supports-add-up",
    N_("The supporters of a proposal are those told before, with the marks that came and without those that went."),
)
FILES = Rule(
    "record/files-in-order", N_("A proposal comes with at most five files; each is committed to once, and has a size.")
)
INSERTED = Rule("record/insertion-placed", N_("A new text gets the number of what it stands after, with an index."))
PACKAGE = Rule(
    "record/package-in-order",
    N_("A package names at least two proposals of its consultation, in order, all sent with it by the same hand."),
)
ANSWERED_ONCE = Rule("record/answered-once", N_("A proposal that was not withdrawn is answered, exactly once."))
REASONED = Rule("record/answered-with-reason", N_("An answer has a verdict and a reason."), f"{LAW}, art. 12 alin. (3)")
#: The law sets no term for an answer; the authority itself announced the day by which it would have them all.
ANSWERED_IN_TIME = Rule(
    "record/answered-in-time",
    N_("A proposal is answered at the latest on the day announced for going on to avizare."),
)
CLOSED_WHY = Rule(
    "record/closed-with-reason",
    N_("A session is closed for one of the reasons that the yearly report counts, in words that everybody can read."),
    f"{LAW}, art. 13 alin. (1) lit. g)",
)
WITHHELD = Rule(
    "record/withheld-with-reason",
    N_("What of a draft is not public falls under a letter of the law, with a reason that everybody can read."),
    f"{LAW}, art. 6",
)
PROMISES = Rule(
    "record/promises-in-order",
    N_("What an answer promises is numbered 1, 2, 3… in its consultation, is of a later day, and ends once."),
)
#: No law sets it: the authority itself named the day.
PROMISED_DAY = Rule("record/promise-in-time", N_("A promise is kept, or given up, by the day that was promised."))
AFTER_PROPOSALS = Rule(
    "record/after-the-last-day", N_("Answers and new versions are published after the last day for proposals.")
)
MOVED = Rule(
    "record/money-moved",
    N_("What is said of a line is said of published figures; money goes from one line to another, above zero."),
)
RULED = Rule(
    "record/contestations-ruled",
    N_("Each contestation of a draft budget is ruled on once, with a reason, before the budget is adopted."),
    "Legea 273/2006, art. 39 alin. (5)",
)
OWN_ACT = Rule("record/withdrawn-by-its-author", N_("A proposal is withdrawn by its author, before it is answered."))
VERSIONS = Rule(
    "record/versions-in-order", N_("Versions of a text are numbered 1, 2, 3…, and each differs from the last.")
)
NAMED = Rule(
    "record/documents-named", N_("A document is named by the SHA-256 of its bytes, a recording by its address.")
)
CAUSES = Rule(
    "record/causes-taken-up",
    N_("A change is ascribed to proposals of this consultation that a public answer took up, at least in part."),
)
HIDDEN = Rule(
    "record/hidden-with-reasons", N_("A proposal is hidden with a statement of reasons, and shown only when hidden.")
)
APPEALED = Rule(
    "record/appealed-once",
    N_("Against the hiding of a proposal its author appeals once; the appeal is decided once, with reasons."),
)
APPEAL_BY_OTHERS = Rule("record/appeal-by-others", N_("Whoever decides an appeal is not who hid the proposal."))
PROJECT_NUMBERS = Rule(
    "record/projects-numbered", N_("The projects of a cycle are numbered 1, 2, 3… and each costs something.")
)
PROJECT_OWN_ACT = Rule("record/project-by-its-author", N_("A project is withdrawn, and appealed about, by its author."))
PROJECT_REVIEWED = Rule(
    "record/projects-reviewed",
    N_("A project that stands is judged once, with a reason, and published by somebody who did not review it."),
)
PROJECT_CHECKLIST = Rule(
    "record/checklist-kept", N_("A project that does not meet a criterion of the checklist is not found eligible.")
)
PROJECT_QUESTIONS = Rule(
    "record/project-questions",
    N_("Reviewers ask the author before the verdict, which waits for the answer until its last day; all in words."),
)
PROJECTS_TOGETHER = Rule(
    "record/verdicts-together", N_("The verdicts on all projects of a cycle that stand are published at once.")
)
PROJECT_APPEALS = Rule(
    "record/project-appealed-once",
    N_("Against a negative review the author appeals once; the appeal is decided once, with reasons."),
)
PROJECT_APPEAL_BY_OTHERS = Rule(
    "record/project-appeal-by-others", N_("Whoever decides an appeal about a project did not review it.")
)
CYCLE_ANNOUNCED = Rule(
    "record/cycle-announced",
    N_("A cycle is announced once, by somebody who did not write it, before anything happens in it."),
)
PHASES_IN_ORDER = Rule(
    "record/phases-in-order", N_("A cycle has all its phases, each of which ends before the next begins.")
)
PHASE_MOVED = Rule(
    "record/phase-moved-later", N_("The days of a phase that is not over are moved later, with a reason.")
)
IN_PHASE = Rule(
    "record/in-its-phase",
    N_("Projects are proposed, judged and appealed about, and votes opened, in the phase of each."),
)
VOTERS_ADMITTED = Rule(
    "record/voters-admitted",
    N_("As many may vote as have proven it; codes for letters are made by two officials, and each is used once."),
)
VOTE_IN_ORDER = Rule(
    "record/vote-in-order",
    N_("A vote is opened, takes in ballots, is closed at its end, loses its key, and is then opened: each once."),
)
BALLOT_PAPER = Rule(
    "record/ballot-paper", N_("The ballot paper that is fixed when a vote begins is of this vote, by its rules.")
)
BALLOTS_LISTED = Rule(
    "record/ballots-listed",
    N_("At the close each committed ballot is listed once, with whether it counts; no more count than may vote."),
)
NO_STRAYS = Rule("record/no-stray-ballots", N_("Every ballot was cast by somebody who has the right to vote."))
BALLOTS_OPENED = Rule(
    "record/ballots-opened", N_("Each ballot that counts is opened, once, and no other; its hash is its commitment.")
)
BALLOTS_LEGAL = Rule("record/ballots-legal", N_("Each opened ballot is marked as the paper of its vote lets it."))
CYCLE_RULES = Rule(
    "record/cycle-rules-frozen",
    N_("The rules of a cycle are frozen when it is announced, and votes can be counted by them."),
)
AS_ANNOUNCED = Rule(
    "record/vote-as-announced",
    N_("A vote has the rules and the money that were announced, the projects that were let in, and the announced end."),
)
ALL_JUDGED = Rule("record/judged-before-the-vote", N_("No project waits for its verdict when the vote is opened."))
RESULTS_BY_TWO = Rule("record/results-by-two", N_("Whoever confirms the results is not who counted first."))
RESULTS = Rule(
    "record/results-recounted",
    N_("The published ballots, counted again by the frozen rules, give the published results."),
)
PROJECT_CONFLICTS = Rule(
    "record/project-conflicts",
    N_("Two projects for the same money exclude each other because it was declared once, with a reason."),
)
PAPER_BALLOTS = Rule(
    "record/paper-ballots",
    N_("Ballots on paper are listed before any other is opened, each once, no more than were given out."),
)
ERASED = Rule("record/erased-once", N_("A text is erased once, on a ground."))
ERASED_BY_TWO = Rule("record/erased-by-two", N_("Whoever erases a text is not the official who chose it."))
KEYS = Rule("record/keys-in-order", N_("A key that is added was not the log's before; one that is retired was."))
WITNESSES = Rule("record/witnesses-in-order", N_("Who is named a witness was none before; who is removed was one."))
QUORUM = Rule("record/quorum-can-hold", N_("No more witnesses are asked for than there are."))
BEGINNING = Rule("record/continued-at-the-beginning", N_("Only the first entry says which log this one continues."))
CONTINUED = Rule(
    "record/continues-the-log-before",
    N_("A log that is not the first begins by citing the signed end of the one before it; the first one cites none."),
)
SPREAD = Rule("record/digest-of-its-day", N_("The digest of a day covers what was entered before it, nothing later."))

DIGESTS = Rule("record/digests-in-order", N_("The digest of a day goes out on that day, once, and the record says so."))


def deadlines_between(
    pack: Pack, start: str, end: str, on: date, circumstances: Collection[str] = ()
) -> Iterator[DeadlineRule]:
    """Return the deadlines that a pack sets from one event to another, as the law stood on a day."""
    for rule in pack.kind(DeadlineRule, on):
        holds = rule.when is None or rule.when in circumstances
        if holds and (rule.start_event, rule.end_event) == (start, end):
            yield rule


def law(pack: Pack, rule: DeadlineRule | Requirement) -> Rule:
    """Return a rule of a pack as the audit tells it."""
    return Rule(f"{pack.id}#{rule.id}", rule.title, rule.citation)
