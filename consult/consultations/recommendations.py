"""Recommendations: what any interested person says about a draft (Law 52/2003, art. 3 d) and art. 7(4)-(6)).

On pages it is a "propunere"; one that changes text is tagged "amendament". The words live once, in the record's
bodies; a row here says who, when, on what, and under which register number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache, cached_property
from typing import NewType

from sqlalchemy import ForeignKey, Index, Integer, Select, UniqueConstraint, bindparam, select, text, union, union_all
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.reasons import Reason, ReasonId
from consult.identity.actors import participant_label
from consult.identity.authorities import AuthorityId
from consult.identity.numbered import Numbered
from consult.identity.organisations import Organisation, OrganisationId
from consult.identity.people import Person, PersonId
from consult.identity.registers import read_reference
from consult.record.bodies import Body, BodyId, texts
from consult.record.erasures import ErasedText
from consult.record.moderation_rules import ModerationRule
from consult.refusals import NotFound
from consult.store import Base
from consult.store.base import KEY, key_type
from consult.store.types import state_column

RecommendationId = NewType("RecommendationId", int)
key_type(RecommendationId)


class Kind(StrEnum):
    """What a recommendation asks for."""

    OBSERVATION = "observation"
    CHANGE = "change"
    INSERTION = "insertion"
    DELETION = "deletion"
    #: Of money, from one line of a budget to another.
    MOVE = "move"


class Source(StrEnum):
    """How a recommendation came in; what did not come by these pages was entered by an official."""

    ONLINE = "online"
    PAPER = "paper"
    EMAIL = "email"
    DEBATE = "debate"
    DESK = "desk"


class Verdict(StrEnum):
    """What the authority did with a recommendation; each comes with a reason (art. 12(3))."""

    TAKEN_UP = "taken_up"
    PARTLY = "partly"
    NOT_TAKEN_UP = "not_taken_up"
    OUT_OF_SCOPE = "out_of_scope"


#: What changes the text, at least in part.
TAKEN = frozenset({Verdict.TAKEN_UP, Verdict.PARTLY})


class Recommendation(Numbered, Base):
    """One entry of the register of art. 7(5)."""

    __tablename__ = "recommendation"
    __table_args__ = (
        UniqueConstraint("authority_id", "year", "number"),
        Index("ix_recommendation_on_provision", "consultation_id", "article_key", "id"),
        Index("ix_recommendation_of_consultation", "consultation_id", "id"),
        Index(
            "ix_recommendation_by_support",
            "authority_id",
            "year",
            "supporters",
            postgresql_where=text("supporters > 0"),
            sqlite_where=text("supporters > 0"),
        ),
        Index("ix_recommendation_of_reason", "reason_id", "verdict", "id"),
        Index(
            "ix_recommendation_hidden",
            "authority_id",
            "hidden_at",
            postgresql_where=text("hidden_at IS NOT NULL"),
            sqlite_where=text("hidden_at IS NOT NULL"),
        ),
    )

    id: Mapped[RecommendationId] = mapped_column(primary_key=True)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"))
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    year: Mapped[int]
    kind: Mapped[Kind] = mapped_column(state_column(Kind))
    #: The version that its author read, and the provision in it; no provision means the draft as a whole.
    version_number: Mapped[int]
    provision_key: Mapped[str | None]
    #: The last article of a range that begins with that provision.
    until_key: Mapped[str | None] = mapped_column(default=None)
    provision_label: Mapped[str]
    #: What an inserted text would be called, such as "Art. 7^1".
    inserted_as: Mapped[str] = mapped_column(default="")
    #: The article on whose page it stands today (see `succession`).
    article_key: Mapped[str | None]
    #: None while an author without an account, whose letter an official entered, has not claimed it.
    person_id: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[OrganisationId | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: Whether the author chose to appear by name.
    named: Mapped[bool]
    #: Under which name an author without an account appears: the organisation's, or the person's who chose so.
    signature: Mapped[str] = mapped_column(default="")
    source: Mapped[Source] = mapped_column(state_column(Source), default=Source.ONLINE)
    #: Whether it came after the last instant: it is kept and numbered, and shown as late.
    late: Mapped[bool] = mapped_column(default=False)
    #: When the authority had it, even if it was entered here later.
    received_at: Mapped[datetime]
    #: When its author confirmed it, who had sent it without an account; from then on it is public.
    confirmed_at: Mapped[datetime | None]
    #: How many others support it, as the record was last told.
    supporters: Mapped[int] = mapped_column(default=0)
    #: The package with which it was sent (`packages`).
    package_id: Mapped[int | None] = mapped_column(KEY, ForeignKey("package.id"), index=True)
    #: How many files come with it (`attachments`).
    file_count: Mapped[int] = mapped_column(default=0)
    withdrawn_at: Mapped[datetime | None]
    #: The published answer; drafts of answers live elsewhere and are private.
    verdict: Mapped[Verdict | None] = mapped_column(state_column(Verdict))
    reason_id: Mapped[ReasonId | None] = mapped_column(ForeignKey("reason.id"))
    answered_at: Mapped[datetime | None]
    body_id: Mapped[BodyId | None] = mapped_column(ForeignKey("body.id", ondelete="SET NULL"))
    event_id: Mapped[str] = mapped_column(default="")
    erased_as: Mapped[str | None] = mapped_column(ForeignKey("erased_text.commitment"))
    #: Since when a moderator keeps its words from the pages, for which rule, and the entry that says so.
    hidden_at: Mapped[datetime | None]
    hidden_for: Mapped[ModerationRule | None] = mapped_column(state_column(ModerationRule))
    hidden_in: Mapped[str | None]

    person: Mapped[Person | None] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    body: Mapped[Body | None] = relationship(lazy="raise")
    answer: Mapped[Reason | None] = relationship(lazy="raise")
    erasure: Mapped[ErasedText | None] = relationship(lazy="raise")

    @property
    def is_public(self) -> bool:
        """Whatever was received is in the public register."""
        return True

    @property
    def is_amendment(self) -> bool:
        """Whether it proposes to change the text, and so carries the tag "amendament"."""
        return self.kind is not Kind.OBSERVATION

    @property
    def words(self) -> Mapping[str, str]:
        """The author's words as everybody may read them, `wording` and `reason`; empty while hidden, or once erased."""
        return {} if self.hidden_at else self.kept_words

    @cached_property
    def kept_words(self) -> Mapping[str, str]:
        """The author's words, for themselves and for officials, who answer what is hidden too; empty once erased."""
        return texts(self.body) if self.body else {}

    @property
    def author(self) -> str:
        """The author as the public sees them: an organisation by name, a person by name only if they chose so."""
        return participant_label(
            name=self.signature or (self.person.name if self.person and self.named else None),
            organisation=self.organisation.name if self.organisation else None,
            is_verified=self.person is not None and self.person.is_verified,
        )


class RangeArticle(Base):
    """An article of a range after its first, on whose page the recommendation stands too."""

    __tablename__ = "range_article"
    __table_args__ = (Index("ix_range_article_on_page", "consultation_id", "article_key", "recommendation_id"),)

    recommendation_id: Mapped[RecommendationId] = mapped_column(ForeignKey("recommendation.id"), primary_key=True)
    article_key: Mapped[str] = mapped_column(primary_key=True)
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"))


def recommendation_subject(consultation: Consultation, recommendation: Recommendation) -> str:
    """Return the name of a recommendation in the record, under its consultation's."""
    return f"{consultation.subject}/propuneri/{recommendation.reference}"


#: What says who sent a recommendation, and nothing else of them; and everything that a page shows of one, in one
#: statement.
NAMED = (
    joinedload(Recommendation.person).load_only(Person.name, Person.residence_verified_at),
    joinedload(Recommendation.organisation).load_only(Organisation.name),
)
SHOWN = (
    *NAMED,
    joinedload(Recommendation.body),
    joinedload(Recommendation.erasure),
    joinedload(Recommendation.answer).options(joinedload(Reason.body), joinedload(Reason.erasure)),
)
#: Rows of the register on one page.
PAGE = 20


#: By its number in the authority's register, which is unique; the consultation only confirms it.
NUMBERED = (
    select(Recommendation)
    .where(
        Recommendation.authority_id
        == select(Consultation.authority_id).where(Consultation.id == bindparam("consultation_id")).scalar_subquery(),
        Recommendation.consultation_id == bindparam("consultation_id"),
        Recommendation.number == bindparam("number"),
        Recommendation.year == bindparam("year"),
    )
    .options(*SHOWN)
)


def find_recommendation(db: Session, consultation_id: ConsultationId, reference: str) -> Recommendation:
    """Return one recommendation by its register number and year, such as `47-2026`. Raises NotFound."""
    number, year = read_reference(reference)
    recommendation = db.scalar(NUMBERED, {"consultation_id": consultation_id, "number": number, "year": year})
    if recommendation is None:
        raise NotFound
    return recommendation


@dataclass(frozen=True)
class Rows:
    """One page of recommendations; `after` is the row after which the next page begins, None on the last."""

    recommendations: list[Recommendation]
    after: RecommendationId | None


def list_recommendations(
    db: Session,
    consultation_id: ConsultationId,
    *,
    article_key: str | None = None,
    verdict: Verdict | None = None,
    after: int = 0,
    size: int = PAGE,
    with_words: bool = True,
) -> Rows:
    """Return recommendations in register order, from the one after `after` on.

    A page is found by the index it begins at, so that the last costs as much as the first however long the register.
    `with_words`: what they say and what was answered is read too.
    """
    wanted = {"article_key": article_key, "verdict": verdict}
    by = tuple(name for name, value in wanted.items() if value is not None)
    place = {"consultation_id": consultation_id, "after": after, "size": size + 1}
    found = list(db.scalars(_listing(by, with_words=with_words), wanted | place))
    rows = found[:size]
    return Rows(rows, after=rows[-1].id if len(found) > size else None)


#: What is about an article, by itself or in a range, along two indexes; and the first of both, read no further.
_ABOUT = [
    select(key.label("id")).where(
        stands.consultation_id == bindparam("consultation_id"),
        stands.article_key == bindparam("article_key"),
        key > bindparam("after"),
    )
    for stands, key in ((Recommendation, Recommendation.id), (RangeArticle, RangeArticle.recommendation_id))
]
_SIZE = bindparam("size", type_=Integer())
ABOUT_ARTICLE = union_all(*_ABOUT)
FIRST_ABOUT_ARTICLE = union(*(each.order_by("id").limit(_SIZE).subquery().select() for each in _ABOUT))


@cache
def _listing(by: tuple[str, ...], *, with_words: bool) -> Select[Recommendation]:
    """Make the statement of `list_recommendations`, once: making it costs as much as running it."""
    query = select(Recommendation).where(
        Recommendation.consultation_id == bindparam("consultation_id"), Recommendation.id > bindparam("after")
    )
    for name in by:
        if by == ("article_key",):
            # Joined before all that a page shows besides: PostgreSQL weighs eight tables at once, and told of it last
            # it put together all that was ever said, 10,000 proposals for twenty.
            first = FIRST_ABOUT_ARTICLE.order_by("id").limit(_SIZE).subquery()
            query = query.join(first, first.c.id == Recommendation.id)
        elif name == "article_key":
            # Whatever else is looked for may leave out the first of them.
            query = query.where(Recommendation.id.in_(ABOUT_ARTICLE))
        else:
            query = query.where(getattr(Recommendation, name) == bindparam(name))
    options = SHOWN if with_words else NAMED
    return query.options(*options).order_by(Recommendation.id).limit(_SIZE)
