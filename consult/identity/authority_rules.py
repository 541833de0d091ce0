"""What an authority set for itself where the law leaves it a number: the minutes of a speaker, a last day for asking.

A council decides it, an administrator writes it down with the number of the decision and where that can be read, and
everybody sees it beside the law. What is written down is never changed: a new decision holds from its own day on.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.i18n import N_, ZONE, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.names import NotAName, one_line
from consult.identity.permissions import Within, require
from consult.identity.pseudonyms import record
from consult.policy.local import LocalSetting, check_setting, local_rules, with_local
from consult.policy.packs import Pack
from consult.policy.reading import find_pack, pack_names
from consult.policy.rules import LocalRule, Quantity
from consult.record.events import LocalRuleSet
from consult.refusals import Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.rows import write

AuthorityRuleId = NewType("AuthorityRuleId", int)
key_type(AuthorityRuleId)

ACT_LENGTH = 200
URL_LENGTH = 500
_URL = re.compile(r"https?://[^\s<>\"]+")


class NoDecision(NotAName):
    """A local rule without the act that set it would be the platform's own opinion."""

    sentence = N_("Write the act that sets it, such as “HCL 12/2026”, on one line of at most %(most)s characters.")
    field = "act"


class NotAPublicAddress(Refusal):
    """Whoever is held to a rule must be able to read where it comes from."""

    sentence = N_("Write the address at which everybody can read the act; it begins with https://.")
    field = "url"


class AuthorityRule(Base):
    """A number that an authority set for a local rule of a pack, from a day on."""

    __tablename__ = "authority_rule"

    id: Mapped[AuthorityRuleId] = mapped_column(primary_key=True)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"), index=True)
    #: The pack and its rule, such as `ro/law-52-2003` and `minutes-per-speaker`.
    pack: Mapped[str]
    rule: Mapped[str]
    number: Mapped[int]
    since: Mapped[date]
    act: Mapped[str]
    url: Mapped[str]
    set_at: Mapped[datetime]

    @property
    def setting(self) -> LocalSetting:
        """What was set, as the rules themselves are told of it."""
        return LocalSetting(rule=self.rule, number=self.number, since=self.since, act=self.act, url=self.url)


@dataclass(frozen=True)
class OwnRule:
    """A local rule as it holds for an authority on a day, and all that was ever set for it, the newest first."""

    pack: Pack
    rule: LocalRule
    history: tuple[AuthorityRule, ...]

    @property
    def words(self) -> str:
        """The number that holds, as a reader says it: "5", or "3 calendar days"."""
        if isinstance(self.rule, Quantity):
            return str(self.rule.number)
        return self.rule.length if self.rule.days else gettext("the same day")


def set_rule(
    db: Session, authority_id: AuthorityId, *, pack: str, setting: LocalSetting, by: Actor, at: datetime
) -> AuthorityRule:
    """Write down what an authority decided for a local rule; procedures announced before keep what they froze.

    Raises NotPermitted, NoSuchPack, NoSuchRule, NotInForce, NotLocal, OutsideRange, NoDecision, NotAPublicAddress.
    """
    require("rules.manage", by, Within(authority_id))
    found = find_pack(pack)
    check_setting(found, setting)
    act = one_line(setting.act, refusal=NoDecision, most=ACT_LENGTH)
    url = setting.url.strip()
    if len(url) > URL_LENGTH or not _URL.fullmatch(url):
        raise NotAPublicAddress

    kept = write(
        db,
        AuthorityRule(
            authority_id=authority_id,
            pack=found.id,
            rule=setting.rule,
            number=setting.number,
            since=setting.since,
            act=act,
            url=url,
            set_at=at,
        ),
    )
    slug = db.scalars(select(Authority.slug).where(Authority.id == authority_id)).one()
    event = LocalRuleSet(
        subject=f"consult:{slug}/reguli",
        pack=found.id,
        version=found.version,
        rule=setting.rule,
        number=setting.number,
        since=setting.since,
        act=act,
        url=url,
    )
    record(db, event, by=by, at=at)
    return kept


def authority_pack(db: Session, authority_id: AuthorityId, name: str) -> Pack:
    """Return a pack with what this authority set for itself in it. Raises NoSuchPack, PackUnsound."""
    return with_local(find_pack(name), settings_of(db, authority_id, name))


def settings_of(db: Session, authority_id: AuthorityId, pack: str) -> tuple[LocalSetting, ...]:
    """Return what an authority set for itself in a pack, in the order in which it did."""
    return tuple(kept.setting for kept in _settings(db, authority_id, pack))


def own_rules(db: Session, authority_id: AuthorityId, *, at: datetime) -> list[OwnRule]:
    """Return every local rule of every pack, as it holds for an authority today."""
    today = at.astimezone(ZONE).date()
    found: list[OwnRule] = []
    for name in pack_names():
        settings = _settings(db, authority_id, name)
        pack = with_local(find_pack(name), [kept.setting for kept in settings])
        for rule in local_rules(pack, on=today):
            history = tuple(kept for kept in reversed(settings) if kept.rule == rule.id)
            found.append(OwnRule(pack, rule, history))
    return found


def _settings(db: Session, authority_id: AuthorityId, pack: str) -> list[AuthorityRule]:
    """Return what an authority set in a pack, in the order in which it did."""
    query = select(AuthorityRule).where(AuthorityRule.authority_id == authority_id, AuthorityRule.pack == pack)
    return list(db.scalars(query.order_by(AuthorityRule.id)))
