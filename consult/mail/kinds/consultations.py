"""Letters about consultations: to authors, to officials, to whoever is concerned."""

from datetime import date, datetime
from typing import Literal

from consult.mail.kinds.facts import AccountLetter, AuthorityLetter, Path


class RecommendationReceived(AuthorityLetter, frozen=True, kw_only=True, tag="recommendation-received"):
    """A recommendation has its register number. `provision`: "art. 4", or empty for the draft as a whole."""

    number: str
    title: str
    provision: str
    received_at: datetime


class PackageReceived(AuthorityLetter, frozen=True, kw_only=True, tag="package-received"):
    """Several recommendations that were sent together have their register numbers."""

    title: str
    numbers: tuple[str, ...]
    received_at: datetime


class ConfirmProposal(AccountLetter, frozen=True, kw_only=True, tag="confirm-proposal"):
    """Someone sent a proposal with this address, without an account: is it the reader's?

    It bears no word of the proposal: whoever types an address could make us carry anything to a stranger.
    """

    expires_at: datetime


class DraftsUnsent(AuthorityLetter, frozen=True, kw_only=True, tag="drafts-unsent"):
    """The last day for proposals is near, and the reader keeps drafts that they have not sent. `day`: the last."""

    title: str
    count: int
    day: date


class AnswerPublished(AuthorityLetter, frozen=True, kw_only=True, tag="answer-published"):
    """The authority has answered the reader's recommendation, with its reason."""

    number: str
    title: str
    verdict: Literal["taken_up", "partly", "not_taken_up", "out_of_scope"]
    reason: str


class RecommendationHidden(AuthorityLetter, frozen=True, kw_only=True, tag="recommendation-hidden"):
    """A moderator took the words of the reader's recommendation from the pages. `rule`: a name to be translated."""

    number: str
    title: str
    rule: str
    facts: str


class RecommendationShown(AuthorityLetter, frozen=True, kw_only=True, tag="recommendation-shown"):
    """The words of the reader's recommendation are on the pages again, and why."""

    number: str
    title: str
    reason: str


class AppealDecided(AuthorityLetter, frozen=True, kw_only=True, tag="appeal-decided"):
    """The reader's appeal against the hiding of their recommendation is decided, by somebody else than who hid it."""

    number: str
    title: str
    outcome: Literal["upheld", "refused"]
    reason: str


class ReportConcluded(AuthorityLetter, frozen=True, kw_only=True, tag="report-concluded"):
    """What became of a recommendation that the reader reported."""

    number: str
    title: str
    outcome: Literal["hidden", "stays"]


class TextErased(AuthorityLetter, frozen=True, kw_only=True, tag="text-erased"):
    """A text was erased, which the reader wrote or asked to be erased. `ground`: words to be translated.

    `title`: of the draft, or of the cycle where it is about a project.
    """

    about: Literal["proposal", "project"] = "proposal"
    number: str
    title: str
    ground: str


class ErasureRefused(AuthorityLetter, frozen=True, kw_only=True, tag="erasure-refused"):
    """A text is not erased although the reader asked for it, and why. `title`: as in `TextErased`."""

    about: Literal["proposal", "project"] = "proposal"
    number: str
    title: str
    reason: str


class VersionPublished(AuthorityLetter, frozen=True, kw_only=True, tag="version-published"):
    """The draft has a new version. `provisions`: only those changed on which the reader had something to say."""

    title: str
    version: int
    provisions: tuple[str, ...]


class ApprovalRequested(AuthorityLetter, frozen=True, kw_only=True, tag="approval-requested"):
    """A colleague asks the reader, who may approve, for the second pair of eyes."""

    title: str
    requested_by: str


class ReturnedToClerk(AuthorityLetter, frozen=True, kw_only=True, tag="returned-to-clerk"):
    """The second pair of eyes did not approve, and says why."""

    title: str
    returned_by: str
    reason: str


class DateMoved(AuthorityLetter, frozen=True, kw_only=True, tag="date-moved"):
    """A date of the announcement was moved. `of`: which, by its name in the record."""

    title: str
    of: Literal["proposals_until", "submission_on"]
    was_on: date
    day: date
    reason: str


class ConfirmFollowing(AuthorityLetter, frozen=True, kw_only=True, tag="confirm-following"):
    """Someone asked that each step of a consultation be written to this address: is it theirs, and do they want it?"""

    title: str
    expires_at: datetime


class ConsultationStep(AuthorityLetter, frozen=True, kw_only=True, tag="consultation-step"):
    """Something happened in a consultation that the reader follows. `happened`: what, as `following.Happened` has it.

    `day`: which it is of, where that is another one than today; `note`: a place, an act, or why. `leave`: where its
    reader asks for no more of them.
    """

    leave: Path
    title: str
    happened: str
    day: date | None
    note: str


class PromiseEnded(AuthorityLetter, frozen=True, kw_only=True, tag="promise-ended"):
    """What became of a promise that an answer to the reader made. `words`: of the promise; `note`: how, or why not."""

    title: str
    ending: Literal["kept", "dropped"]
    words: str
    note: str


class AnswersAssigned(AuthorityLetter, frozen=True, kw_only=True, tag="answers-assigned"):
    """A colleague gives the reader, or the reader's department, recommendations to answer. No word of them is here."""

    title: str
    count: int
    due_on: date
    assigned_by: str


class AnswersReturned(AuthorityLetter, frozen=True, kw_only=True, tag="answers-returned"):
    """Answers that the reader drafted were sent back. Why stands at the desk alone: notes leave it in no letter."""

    title: str
    count: int
    returned_by: str


OfConsultations = (
    RecommendationReceived
    | ConfirmProposal
    | PackageReceived
    | DraftsUnsent
    | AnswerPublished
    | RecommendationHidden
    | RecommendationShown
    | AppealDecided
    | ReportConcluded
    | TextErased
    | ErasureRefused
    | VersionPublished
    | ApprovalRequested
    | ReturnedToClerk
    | DateMoved
    | AnswersAssigned
    | AnswersReturned
    | PromiseEnded
    | ConfirmFollowing
    | ConsultationStep
)
