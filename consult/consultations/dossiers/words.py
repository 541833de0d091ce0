"""What states, answers and dates are called on paper: in the same words as on the pages."""

from consult.consultations.consultations import Stage
from consult.consultations.documents import DocumentKind
from consult.consultations.legal_dates import Milestone
from consult.consultations.recommendations import Kind, Source, Verdict
from consult.consultations.standings import State
from consult.i18n import gettext, pgettext
from consult.meetings.agendas import Choice, Result
from consult.meetings.meetings import Kind as MeetingKind


def stages() -> dict[Stage, str]:
    """Return what each public stage of a consultation is called."""
    return {
        Stage.PROPOSALS: gettext("Receiving proposals"),
        Stage.ANALYSIS: gettext("Analysing the proposals"),
        Stage.ANSWERED: gettext("Answer published"),
        Stage.SUBMITTED: gettext("Submitted for avizare"),
        Stage.ADOPTED: gettext("Adopted"),
        Stage.REJECTED: gettext("Rejected by the council"),
        Stage.WITHDRAWN: gettext("Withdrawn"),
    }


def milestones() -> dict[Milestone, str]:
    """Return what each date is the date of."""
    return {
        Milestone.ANNOUNCEMENT: gettext("Announcement"),
        Milestone.PROPOSALS: gettext("Last day for proposals"),
        Milestone.DEBATE: gettext("Public debate"),
        Milestone.SUBMISSION: gettext("The draft goes on to avizare"),
        Milestone.SESSION: gettext("Council session"),
        Milestone.OUTCOME: gettext("Outcome"),
    }


def document_kinds() -> dict[DocumentKind, str]:
    """Return what each kind of document is called."""
    return {
        DocumentKind.REPORT: gettext("Explanatory report"),
        DocumentKind.STUDY: gettext("Impact or feasibility study"),
        DocumentKind.ANNEX: gettext("Annex"),
        DocumentKind.OTHER: gettext("Another document"),
        DocumentKind.MINUTES: gettext("Minutes of the debate"),
        DocumentKind.RECOMMENDATIONS: gettext("Written recommendations collected"),
        DocumentKind.OPINION: gettext("Report of avizare"),
        DocumentKind.FINAL: gettext("The act as it was adopted"),
    }


def kinds() -> dict[Kind, str]:
    """Return what each kind of proposal is called."""
    return {
        Kind.OBSERVATION: gettext("Observation"),
        Kind.CHANGE: gettext("Amendment: another wording"),
        Kind.INSERTION: gettext("Amendment: a new text"),
        Kind.DELETION: gettext("Amendment: striking out"),
        Kind.MOVE: gettext("Amendment: money to another line"),
    }


def sources() -> dict[Source, str]:
    """Return how each proposal came in."""
    return {
        Source.ONLINE: gettext("On these pages"),
        Source.PAPER: gettext("On paper"),
        Source.EMAIL: gettext("By e-mail"),
        Source.DEBATE: gettext("Said at a debate"),
        Source.DESK: gettext("Said at the desk"),
    }


def verdicts() -> dict[Verdict, str]:
    """Return what each answer is called."""
    return {
        Verdict.TAKEN_UP: gettext("Taken up"),
        Verdict.PARTLY: gettext("Partly taken up"),
        Verdict.NOT_TAKEN_UP: gettext("Not taken up"),
        Verdict.OUT_OF_SCOPE: gettext("Out of scope"),
    }


def meeting_kinds() -> dict[MeetingKind, str]:
    """Return what each kind of meeting is called."""
    return {
        MeetingKind.DEBATE: gettext("Public debate"),
        MeetingKind.SESSION: gettext("Council session"),
        MeetingKind.DIALOGUE: gettext("Dialogue"),
    }


def results() -> dict[Result, str]:
    """Return what became of an item of an agenda."""
    return {
        Result.ADOPTED: pgettext("draft", "Adopted"),
        Result.AMENDED: gettext("Adopted with amendments"),
        Result.REJECTED: pgettext("draft", "Rejected by the council"),
        Result.WITHDRAWN: pgettext("draft", "Withdrawn"),
        Result.RETURNED: gettext("Returned to the initiator"),
    }


def choices() -> dict[Choice, str]:
    """Return how members vote."""
    return {
        Choice.FOR: gettext("For"),
        Choice.AGAINST: gettext("Against"),
        Choice.ABSTAINED: gettext("Abstained"),
        Choice.ABSENT: gettext("Absent"),
    }


def standings() -> dict[State, str]:
    """Return how a duty stands."""
    return {
        State.MET: gettext("Met"),
        State.NOT_MET: gettext("Not met"),
        State.NOT_YET: gettext("Not yet due"),
        State.NOT_APPLICABLE: gettext("Not asked for here"),
        State.UNKNOWN: gettext("Not confirmed"),
    }
