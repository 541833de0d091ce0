"""Which recommendation changed what: from a changed article back to the people who changed it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.consultations.comparison import Change, Changes
from consult.consultations.consultations import ConsultationId
from consult.consultations.recommendations import SHOWN, TAKEN, Recommendation, RecommendationId
from consult.consultations.succession import articles_named, gone_key
from consult.consultations.versions import Provision, Version, VersionId
from consult.i18n import N_
from consult.record.events import Cause as EventCause
from consult.refusals import Refusal
from consult.store import Base

#: Provision key → the recommendations that changed it.
Causes = Mapping[str, Sequence[RecommendationId]]


class Cause(Base):
    """A recommendation that caused a change of a provision in a version; chosen by the official who publishes it.

    `key`: of the provision in that version; of one that it has no more, the name by which this is known as gone.
    """

    __tablename__ = "cause"

    version_id: Mapped[VersionId] = mapped_column(ForeignKey("version.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    recommendation_id: Mapped[RecommendationId] = mapped_column(
        ForeignKey("recommendation.id"), primary_key=True, index=True
    )


class UnknownCause(Refusal):
    """A change is linked to a recommendation that this consultation did not receive."""

    sentence = N_("One of the proposals does not belong to this consultation.")


class NotTakenUp(Refusal):
    """A recommendation that was not taken up, not even partly, is said to have changed the text."""

    sentence = N_("Proposal no. %(number)s was not taken up, so it cannot have changed the text.")


class NotChangedHere(Refusal):
    """A recommendation is said to have caused a change where nothing changed."""

    sentence = N_("“%(key)s” did not change, so no proposal can have changed it.")


def name_in(version: int, part: Change) -> str:
    """Return the name by which a version says why a provision changed: another may bear the number of one that went."""
    return part.new.key if part.new else gone_key(part.here.key, version - 1)


def add_causes(
    db: Session, consultation_id: ConsultationId, version: Version, changes: Changes, causes: Causes
) -> list[EventCause]:
    """Link changed provisions of a version to the recommendations behind them; returns what the record says of it.

    `changes`: from the version before to this one. Raises UnknownCause, NotTakenUp, NotChangedHere.
    """
    changed = {name_in(version.number, part) for part in changes.touched}
    chosen = {recommendation for recommendations in causes.values() for recommendation in recommendations}
    query = select(Recommendation).where(
        Recommendation.consultation_id == consultation_id, Recommendation.id.in_(chosen)
    )
    known = {recommendation.id: recommendation for recommendation in db.scalars(query)}
    if known.keys() != chosen:
        raise UnknownCause
    for each in known.values():
        if each.verdict not in TAKEN:
            raise NotTakenUp(number=each.register_number)
    stated = []
    for key, recommendations in causes.items():
        if not recommendations:
            continue
        if key not in changed:
            raise NotChangedHere(key=key)
        for recommendation in recommendations:
            db.add(Cause(version_id=version.id, key=key, recommendation_id=recommendation))
        stated.append(EventCause(key, tuple(known[cause].reference for cause in sorted(recommendations))))
    db.flush()
    return stated


CAUSES = (
    select(Cause.key, Recommendation)
    .join(Recommendation, Recommendation.id == Cause.recommendation_id)
    .where(Cause.version_id == bindparam("version_id"))
    .options(*SHOWN)
    .order_by(Recommendation.id)
)
CAUSES_OF_SOME = CAUSES.where(Cause.key.in_(bindparam("keys", expanding=True)))


def causes_of(
    db: Session, version_id: VersionId, keys: Collection[str] | None = None
) -> dict[str, list[Recommendation]]:
    """Return the recommendations behind each changed provision of a version (or of some), in register order."""
    query = CAUSES if keys is None else CAUSES_OF_SOME
    found: dict[str, list[Recommendation]] = {}
    for key, recommendation in db.execute(query, {"version_id": version_id, "keys": [*(keys or ())]}):
        found.setdefault(key, []).append(recommendation)
    return found


@dataclass(frozen=True)
class ChangeMade:
    """A provision that a recommendation changed, and the number of the version in which it did."""

    version: int
    key: str
    label: str


#: Made once, since making a statement costs as much as running it.
CAUSED = (
    select(Cause.recommendation_id, Version.consultation_id, Version.number, Cause.key, Provision.label)
    .join(Version, Version.id == Cause.version_id)
    .outerjoin(Provision, (Provision.version_id == Cause.version_id) & (Provision.key == Cause.key))
    .where(Cause.recommendation_id.in_(bindparam("recommendations", expanding=True)))
    .order_by(Version.number, Provision.position)
)


def changes_caused_by(
    db: Session, recommendation_ids: Iterable[RecommendationId]
) -> dict[RecommendationId, list[ChangeMade]]:
    """Return what each of some recommendations changed; those that changed nothing are left out."""
    found: dict[RecommendationId, list[ChangeMade]] = {}
    rows = db.execute(CAUSED, {"recommendations": list(recommendation_ids)})
    for recommendation_id, consultation_id, number, key, label in rows:
        name = label or articles_named(db, consultation_id, [key])[key].label
        found.setdefault(recommendation_id, []).append(ChangeMade(number, key, name))
    return found
