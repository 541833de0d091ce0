"""Moderation: a recommendation's words are kept from the pages for a published rule, or put back (DSA, art. 17).

Hiding is not erasing: the register number, the answer and the log's copy stay, and the recommendation is weighed like
every other. What the author is told about why is the body of the entry, and so can be checked and, later, appealed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from consult import links, mail
from consult.consultations.appeals import Appeal, appeal_against, waits_for_others
from consult.consultations.closed_accounts import mailbox_of
from consult.consultations.consultations import Consultation
from consult.consultations.dossiers.dossiers import forget_dossiers
from consult.consultations.reader_reports import ReaderReport, conclude_reports, open_reports
from consult.consultations.recommendations import SHOWN, Recommendation, RecommendationId, recommendation_subject
from consult.i18n import DEFAULT_LOCALE, N_, translations
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.record.bodies import Body, keep_body, texts
from consult.record.entries import Leaf, RecordedEvent
from consult.record.events import RecommendationHidden, RecommendationShown
from consult.record.moderation_rules import RULES, ModerationRule
from consult.record.tree import Head
from consult.refusals import NotFound, Refusal

LONGEST_FACTS = 2_000

#: What a statement of reasons says besides the facts and the rule (DSA, art. 17(3)).
MEASURE = N_(
    "The text of the proposal is hidden on all pages of this site, for everybody, until it is shown again. Its number, "
    "its date and its answer stay, and it is weighed like every other proposal. The files of the public record, which "
    "anyone may copy, keep it until it is erased."
)
AUTOMATION = N_("A person noticed it and a person decided; no automated means were used.")
REDRESS = N_(
    "You can appeal once, from the page of your proposal; somebody else than who decided looks at it again. You can "
    "also go to the administrative court."
)


class Hidden(Refusal):
    """What is hidden is not hidden again."""

    sentence = N_("This proposal is hidden already, since %(hidden_at)s.")


class NotHidden(Refusal):
    """Only what is hidden can be shown again."""

    sentence = N_("This proposal is not hidden.")


class AppealWaits(Refusal):
    """What its author has appealed against is decided by others, and once."""

    sentence = N_("The author has appealed; the text is shown again by whoever decides the appeal.")


class NothingToHide(Refusal):
    """A text that was erased cannot be read anyway."""

    sentence = N_("The text of this proposal was erased; there is nothing to hide.")


class FactsMissing(Refusal):
    """A decision says what was found, so that its author can answer it."""

    sentence = N_("Write what you found, in at most %(most)s characters; the author reads it.")
    field = "facts"


def hide_recommendation(
    db: Session, recommendation_id: RecommendationId, *, rule: ModerationRule, facts: str, by: Actor, at: datetime
) -> Recommendation:
    """Take a recommendation's words from the pages, with a statement of reasons to its author.

    `facts`: what was found in it. Raises Hidden, NothingToHide, FactsMissing, NeedsOtherEyes for one's own.
    """
    recommendation = _to_moderate(db, recommendation_id, by, facts)
    if recommendation.hidden_at is not None:
        raise Hidden(hidden_at=recommendation.hidden_at)
    if recommendation.body_id is None:
        raise NothingToHide

    consultation = db.get_one(Consultation, recommendation.consultation_id)
    event = RecommendationHidden(
        subject=recommendation_subject(consultation, recommendation),
        number=recommendation.number,
        ground=rule.ground,
        body=keep_body(db, statement_of_reasons(rule, facts)).committed,
    )
    recommendation.hidden_at, recommendation.hidden_for = at, rule
    recommendation.hidden_in = record(db, event, by=by, at=at).id
    forget_dossiers(db, [consultation.id])
    told = {"rule": RULES[rule].name, "facts": facts.strip()}
    tell_author(db, consultation, recommendation, "recommendation-hidden", at=at, **told)
    conclude_reports(db, recommendation, by=by, at=at)
    return recommendation


def show_recommendation(
    db: Session, recommendation_id: RecommendationId, *, facts: str, by: Actor, at: datetime
) -> Recommendation:
    """Put a hidden recommendation's words back on the pages. `facts`: why.

    Raises NotHidden, AppealWaits, FactsMissing.
    """
    recommendation = _to_moderate(db, recommendation_id, by, facts)
    if recommendation.hidden_at is None:
        raise NotHidden
    if waits_for_others(db, recommendation):
        raise AppealWaits

    consultation = db.get_one(Consultation, recommendation.consultation_id)
    event = RecommendationShown(
        subject=recommendation_subject(consultation, recommendation),
        number=recommendation.number,
        body=keep_body(db, {"reason": facts.strip()}).committed,
    )
    recommendation.hidden_at = recommendation.hidden_for = recommendation.hidden_in = None
    record(db, event, by=by, at=at)
    tell_author(db, consultation, recommendation, "recommendation-shown", at=at, reason=facts.strip())
    return recommendation


def let_stay(db: Session, recommendation_id: RecommendationId, *, by: Actor, at: datetime) -> int:
    """Conclude that a reported recommendation breaks no rule; returns how many reports that answers."""
    recommendation = find_to_moderate(db, recommendation_id, by=by)
    return conclude_reports(db, recommendation, by=by, at=at)


def statement_of_reasons(rule: ModerationRule, facts: str) -> dict[str, str]:
    """Return what the author is told, in the language of the authority (DSA, art. 17(3))."""
    say = translations(DEFAULT_LOCALE).gettext
    return {
        "measure": say(MEASURE),
        "facts": facts.strip(),
        "ground": f"{say(RULES[rule].name)}. {say(RULES[rule].meaning)}",
        "automation": say(AUTOMATION),
        "redress": say(REDRESS),
    }


def reasons_told(db: Session, recommendation: Recommendation) -> dict[str, str]:
    """Return the statement of reasons for which a recommendation is hidden; nothing once it was erased."""
    hidden_in = recommendation.hidden_in
    return said_in(db, [hidden_in]).get(hidden_in, {}) if hidden_in else {}


def said_in(db: Session, events: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return the words to which entries commit, by the ids of these; an entry whose words were erased is left out."""
    kept = select(RecordedEvent.id, Body).join(Body, Body.commitment == RecordedEvent.commitment)
    return {event: texts(body) for event, body in db.execute(kept.where(RecordedEvent.id.in_(events)))}


@dataclass(frozen=True)
class ModerationPage:
    """A recommendation as a moderator sees it, with its words, and the readers' reports that wait.

    `appeal`: its author's, against the decision by which it is hidden now.
    """

    consultation: Consultation
    recommendation: Recommendation
    reports: Sequence[ReaderReport]
    reasons: dict[str, str]
    appeal: Appeal | None


def moderation_page(db: Session, recommendation_id: RecommendationId, *, by: Actor) -> ModerationPage:
    """Read what a moderator judges by. Raises NotFound, NotPermitted."""
    recommendation = find_to_moderate(db, recommendation_id, by=by)
    return ModerationPage(
        consultation=db.get_one(Consultation, recommendation.consultation_id),
        recommendation=recommendation,
        reports=open_reports(db, recommendation_id),
        reasons=reasons_told(db, recommendation),
        appeal=appeal_against(db, recommendation),
    )


def find_to_moderate(db: Session, recommendation_id: RecommendationId, *, by: Actor) -> Recommendation:
    """Return a recommendation that this official may moderate. Raises NotFound, NotPermitted, NeedsOtherEyes."""
    query = select(Recommendation).where(Recommendation.id == recommendation_id)
    recommendation = db.scalar(query.options(*SHOWN))
    if recommendation is None:
        raise NotFound
    require("recommendation.moderate", by, recommendation)
    return recommendation


def hidden_recommendations(db: Session, authority_id: AuthorityId, *, most: int = 100) -> list[Recommendation]:
    """Return what an authority keeps from its pages now, the last hidden first."""
    query = (
        select(Recommendation)
        .where(Recommendation.authority_id == authority_id, Recommendation.hidden_at.is_not(None))
        .options(joinedload(Recommendation.person))
    )
    return list(db.scalars(query.order_by(Recommendation.hidden_at.desc()).limit(most)))


@dataclass(frozen=True)
class Moderated:
    """How often an authority has moderated since it began, for everybody to see."""

    hidden: int
    shown: int


def moderated(db: Session, authority: Authority) -> Moderated:
    """Count what was hidden and what was shown again, by the record; such acts are few."""
    counts = {
        event.type: db.scalar(
            select(func.count())
            .select_from(Leaf)
            .join(Head, (Head.log == Leaf.log) & (Leaf.idx < Head.size))
            .where(Leaf.type == event.type, Leaf.procedure.startswith(f"consult:{authority.slug}/", autoescape=True))
        )
        for event in (RecommendationHidden, RecommendationShown)
    }
    return Moderated(counts[RecommendationHidden.type] or 0, counts[RecommendationShown.type] or 0)


def tell_author(
    db: Session, consultation: Consultation, recommendation: Recommendation, kind: str, *, at: datetime, **told: str
) -> None:
    """Write to the author of a recommendation what was decided about it."""
    mailbox = mailbox_of(db, recommendation)
    if mailbox is None:
        return
    to, locale = mailbox
    facts = {
        "authority_id": recommendation.authority_id,
        "number": recommendation.register_number,
        "title": consultation.title,
        "link": links.confirmation(consultation.reference, recommendation.reference),
    }
    mail.post(db, kind, to=to, locale=locale, facts={**facts, **told}, at=at)


def _to_moderate(db: Session, recommendation_id: RecommendationId, by: Actor, facts: str) -> Recommendation:
    recommendation = find_to_moderate(db, recommendation_id, by=by)
    if not 0 < len(facts.strip()) <= LONGEST_FACTS:
        raise FactsMissing(most=LONGEST_FACTS)
    return recommendation
