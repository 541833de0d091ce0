"""The kinds of letters, and the facts without which each could not be written.

They stand here, below every room that posts, so that a fact that is missing fails in the action that forgot it and
not a minute later in the worker.
"""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

#: A path of this service, as `consult.links` makes them: no letter ever leads anywhere else.
Path = Annotated[str, msgspec.Meta(pattern=r"^/([^/\\]|$)")]


class LetterFacts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What every letter must know: where its reader can go on. A letter has this one link and no other."""

    link: Path


class AccountLetter(LetterFacts, frozen=True, kw_only=True):
    """A letter about the reader's own account, signed by the authority that runs the installation.

    Whoever types an address can make us write to it, so these letters carry no word that a stranger chose.
    """


class AuthorityLetter(LetterFacts, frozen=True, kw_only=True):
    """A letter that an authority signs."""

    authority_id: int


class ConfirmAddress(AccountLetter, frozen=True, kw_only=True, tag="confirm-address"):
    """Someone signed up with this address: is it theirs?"""

    expires_at: datetime


class AlreadyRegistered(AccountLetter, frozen=True, kw_only=True, tag="already-registered"):
    """Someone signed up with an address that has an account; only its holder learns so.

    `link`: sign-in, or where a first password is chosen.
    """


class ResetPassword(AccountLetter, frozen=True, kw_only=True, tag="reset-password"):
    """Someone asked for a new password for this address."""

    expires_at: datetime


class NoSuchAccount(AccountLetter, frozen=True, kw_only=True, tag="no-such-account"):
    """Someone asked for a new password for an address that has no account. `link`: registration."""


class PasswordChanged(AccountLetter, frozen=True, kw_only=True, tag="password-changed"):
    """The password was changed. `link`: where to ask for a new one, should it have been somebody else."""

    changed_at: datetime


class PasswordSet(AccountLetter, frozen=True, kw_only=True, tag="password-set"):
    """The account has its first password. `link`: where to ask for a new one, should it have been somebody else."""

    changed_at: datetime


class SecondStepChanged(AccountLetter, frozen=True, kw_only=True, tag="second-step-changed"):
    """How the reader signs in in two steps is no longer as it was. `link`: the account.

    `change`: set up (or moved to another telephone), given up, reset by an administrator, passed with a recovery code,
    or the recovery codes replaced.
    """

    change: Literal["set_up", "off", "reset", "code_used", "new_codes"]
    changed_at: datetime


class AccountClosed(AccountLetter, frozen=True, kw_only=True, tag="account-closed"):
    """The reader has closed their account; the last letter to this address. `link`: what is kept of whom, and why."""

    closed_at: datetime


class NewSignIn(AccountLetter, frozen=True, kw_only=True, tag="new-sign-in"):
    """Someone signed in from a device not seen before. `device`: in a few words. `link`: the list of sessions."""

    signed_in_at: datetime
    device: str


class Invitation(AuthorityLetter, frozen=True, kw_only=True, tag="invitation"):
    """The reader is asked to act for an organisation or an authority. `place`: its name."""

    inviter: str
    place: str
    expires_at: datetime


class OrganisationVerified(AuthorityLetter, frozen=True, kw_only=True, tag="organisation-verified"):
    """An official has found the organisation in order: its members may now act for it."""

    organisation: str


class OrganisationRefused(AuthorityLetter, frozen=True, kw_only=True, tag="organisation-refused"):
    """An official could not verify the organisation, and says why."""

    organisation: str
    reason: str


class RecommendationReceived(AuthorityLetter, frozen=True, kw_only=True, tag="recommendation-received"):
    """A recommendation has its register number. `provision`: "art. 4", or empty for the draft as a whole."""

    number: str
    title: str
    provision: str
    received_at: datetime


class ConfirmProposal(AccountLetter, frozen=True, kw_only=True, tag="confirm-proposal"):
    """Someone sent a proposal with this address, without an account: is it the reader's?

    It bears no word of the proposal: whoever types an address could make us carry anything to a stranger.
    """

    expires_at: datetime


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
    """A text was erased, which the reader wrote or asked to be erased. `ground`: words to be translated."""

    number: str
    title: str
    ground: str


class ErasureRefused(AuthorityLetter, frozen=True, kw_only=True, tag="erasure-refused"):
    """A text is not erased although the reader asked for it, and why."""

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


class DebateAnnounced(AuthorityLetter, frozen=True, kw_only=True, tag="debate-announced"):
    """A public debate on the draft will be held."""

    title: str
    held_at: datetime
    place: str


class SessionAnnounced(AuthorityLetter, frozen=True, kw_only=True, tag="session-announced"):
    """The session that decides about a draft is announced, to those who said something about it (art. 8(1) b))."""

    title: str
    held_at: datetime
    place: str


class MeetingMoved(AuthorityLetter, frozen=True, kw_only=True, tag="meeting-moved"):
    """A meeting for which the reader may have planned has another time or place."""

    title: str
    held_at: datetime
    place: str
    reason: str


class MeetingCancelled(AuthorityLetter, frozen=True, kw_only=True, tag="meeting-cancelled"):
    """A meeting for which the reader may have planned is called off. `held_at`: when it would have been."""

    title: str
    held_at: datetime
    reason: str


class SpeakerRegistered(AuthorityLetter, frozen=True, kw_only=True, tag="speaker-registered"):
    """The reader is registered to speak at a meeting."""

    title: str
    held_at: datetime
    place: str


class DebateRequestReceived(AuthorityLetter, frozen=True, kw_only=True, tag="debate-request-received"):
    """The reader's organisation asked for a public debate, and the request has a number."""

    number: str
    title: str
    organisation: str


class DebateRequestAnswered(AuthorityLetter, frozen=True, kw_only=True, tag="debate-request-answered"):
    """The request for a public debate is answered: it is held then and there, or there is none, with the reason."""

    number: str
    title: str
    held_at: datetime | None
    place: str
    reason: str


class WitnessAlarm(AuthorityLetter, frozen=True, kw_only=True, tag="witness-alarm"):
    """A witness of the record has cosigned another record than ours, or more of it. For administrators."""

    witness: str
    trouble: Literal["ahead", "fork"]
    noticed_at: datetime


class ConfirmSubscription(AccountLetter, frozen=True, kw_only=True, tag="confirm-subscription"):
    """Someone asked for the daily digest of the record at this address: is it theirs, and do they want it?"""

    expires_at: datetime


class DailyDigest(AuthorityLetter, frozen=True, kw_only=True, tag="daily-digest"):
    """What the record was on a day. `words`: its root to be read aloud; `cosigned`: the names of witnesses.

    `leave`: where its reader asks for no more of them; the one letter that has a second link, since nobody has an
    account for it.
    """

    leave: Path
    day: date
    origin: str
    size: int
    root: str
    words: str
    cosigned: tuple[str, ...]


AnyLetter = (
    ConfirmAddress
    | AlreadyRegistered
    | ResetPassword
    | NoSuchAccount
    | PasswordChanged
    | PasswordSet
    | SecondStepChanged
    | AccountClosed
    | NewSignIn
    | Invitation
    | OrganisationVerified
    | OrganisationRefused
    | RecommendationReceived
    | ConfirmProposal
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
    | DebateAnnounced
    | SessionAnnounced
    | MeetingMoved
    | MeetingCancelled
    | SpeakerRegistered
    | DebateRequestReceived
    | DebateRequestAnswered
    | WitnessAlarm
    | ConfirmSubscription
    | DailyDigest
)
