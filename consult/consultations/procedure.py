"""The procedure of a consultation: which pack governs it, which days it allows, and what is still missing.

A consultation that is being prepared is judged by the pack in force today; a published one, for ever, by the pack it
froze when it was announced.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation
from consult.i18n import N_, ZONE
from consult.identity.authorities import AuthorityId
from consult.identity.authority_rules import authority_pack
from consult.policy.deadlines import Deadline, Finding, check_date, evaluate
from consult.policy.freezing import thaw
from consult.policy.packs import Pack
from consult.policy.reading import find_pack
from consult.record.packs import pack as kept_pack
from consult.refusals import Refusal, Several

PACK = "ro/law-52-2003"
PROPOSALS = "proposals-period"
SUBMISSION = "announcement-before-avizare"
#: How long after its announcement the dates of a procedure may lie: longer than any was seen to last.
FURTHEST = timedelta(days=3 * 365)
#: How far ahead its frozen pack knows the days off: so far, and for as long as a last day may run past them.
FROZEN_FOR = FURTHEST + timedelta(days=31)


class BeforeTheDeadline(Refusal):
    """A draft goes on to avizare when the proposals are in, not before (art. 7(8))."""

    sentence = N_("The draft can go on to avizare only after the last day for proposals, %(proposals_until)s.")
    field = "submission_on"


class UnlawfulDay(Refusal):
    """The day is not one the law allows; the sentence names the rule and the nearest lawful day."""

    sentence = N_("%(chosen)s is not lawful: %(why)s The nearest lawful date is %(nearest)s.")
    brief = N_("%(chosen)s is not lawful (%(rule)s); the nearest lawful date is %(nearest)s.")

    def __init__(self, field: str, finding: Finding) -> None:
        deadline = finding.deadline
        super().__init__(chosen=finding.chosen, nearest=finding.nearest, why=deadline, rule=deadline.rule)
        self.field = field  # type: ignore[misc]  # the same refusal is met at either of the two dates


class TooFarAhead(Refusal):
    """The day lies beyond the days off that the procedure's pack would know."""

    sentence = N_("%(chosen)s is too far ahead. Choose %(latest)s at the latest, three years after the announcement.")

    def __init__(self, field: str, chosen: date, latest: date) -> None:
        super().__init__(chosen=chosen, latest=latest)
        self.field = field  # type: ignore[misc]  # as above


class UnlawfulDates(Several):
    """A date of an announcement cannot stand, or neither can; `parts` says of each why, for its own field."""


@dataclass(frozen=True)
class LawfulDates:
    """What the law makes of a day of announcement: the earliest last day for proposals, and of going on to avizare."""

    proposals: Deadline
    submission: Deadline


def local_day(at: datetime) -> date:
    """Return the calendar day of an instant where the authority is."""
    return at.astimezone(ZONE).date()


def current_pack() -> Pack:
    """Return the law by which consultations are prepared today, without what an authority set for itself."""
    return find_pack(PACK)


def pack_today(db: Session, authority_id: AuthorityId) -> Pack:
    """Return the pack that a consultation announced today would freeze: the law and the authority's own rules."""
    return authority_pack(db, authority_id, PACK)


def pack_of(db: Session, consultation: Consultation) -> Pack:
    """Return the pack that governs a consultation: the frozen one as soon as it is public."""
    if consultation.pack_digest is None:
        return pack_today(db, consultation.authority_id)
    return frozen_pack(db, consultation.pack_digest)


#: The frozen packs that were read last. What is named by its digest never changes, so no page reads it twice.
_READ: dict[str, Pack] = {}
MOST_READ = 64


def frozen_pack(db: Session, digest: str) -> Pack:
    """Return a pack that a procedure froze."""
    pack = _READ.get(digest)
    if pack is None:
        content = kept_pack(db, digest)
        assert content is not None, "what was frozen is kept"
        pack = _READ[digest] = thaw(content, digest)
        for oldest in [*_READ][:-MOST_READ]:
            _READ.pop(oldest, None)
    return pack


def lawful_dates(pack: Pack, announced_on: date) -> LawfulDates:
    """Compute both dates of an announcement, each with its article and its reason."""
    return LawfulDates(evaluate(pack, PROPOSALS, announced_on), evaluate(pack, SUBMISSION, announced_on))


def check_dates(
    pack: Pack, *, announced_on: date, proposals_until: date, submission_on: date, circumstances: Sequence[str] = ()
) -> date:
    """Refuse dates that are unlawful for an announcement on a day; return the last day for proposals.

    `circumstances`: those of an urgency. A last day that is a day off runs on to the next working day.
    Raises UnlawfulDates, with all that is wrong at once.
    """
    latest = announced_on + FURTHEST
    proposals = check_date(pack, PROPOSALS, announced_on, min(proposals_until, latest), circumstances)
    submission = check_date(pack, SUBMISSION, announced_on, submission_on, circumstances)
    wrong = list(_what_is_wrong(proposals, submission, proposals_until, latest))
    if wrong:
        raise UnlawfulDates(wrong)
    return proposals.nearest


def _what_is_wrong(proposals: Finding, submission: Finding, until: date, latest: date) -> Iterator[Refusal]:
    if until > latest:
        yield TooFarAhead("proposals_until", until, latest)
    elif not proposals.is_lawful:
        yield UnlawfulDay("proposals_until", proposals)
    if submission.chosen > latest:
        yield TooFarAhead("submission_on", submission.chosen, latest)
    elif not submission.is_lawful:
        yield UnlawfulDay("submission_on", submission)
    elif submission.chosen <= proposals.nearest:
        yield BeforeTheDeadline(proposals_until=proposals.nearest)
