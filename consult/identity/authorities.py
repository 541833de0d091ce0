"""Authorities: the town halls and county councils that consult. One installation serves one of them or a county."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.i18n import N_
from consult.identity.names import email_address, one_line
from consult.refusals import Refusal
from consult.store import Base
from consult.store.base import key_type

AuthorityId = NewType("AuthorityId", int)
key_type(AuthorityId)

DEFAULT_COLOUR = "#0a5a66"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
COLOUR = re.compile(r"#[0-9a-f]{6}")
#: SIRUTA, the national list of places: up to six digits.
SIRUTA = re.compile(r"[0-9]{1,6}")


class Authority(Base):
    """A public authority that consults, with the person whom art. 7 of Law 52/2003 makes responsible for listening."""

    __tablename__ = "authority"

    id: Mapped[AuthorityId] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    #: The host name that selects it; `*` where one installation serves one authority under any name.
    host: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    slogan: Mapped[str] = mapped_column(default="")
    colour: Mapped[str] = mapped_column(default=DEFAULT_COLOUR)
    county: Mapped[str]
    siruta: Mapped[str]
    contact_name: Mapped[str]
    contact_email: Mapped[str]
    contact_phone: Mapped[str]
    #: Where proposals on paper are received, and the mailbox for those by e-mail.
    postal_address: Mapped[str]
    proposals_email: Mapped[str]
    created_at: Mapped[datetime]


ANY_HOST = "*"


class NotAnAuthority(Refusal):
    """A fact about the authority cannot be right."""

    sentence = N_("“%(value)s” cannot be an authority's %(what)s.")


@dataclass(frozen=True)
class AuthorityFacts:
    """What must be known of an authority before it can consult anybody."""

    slug: str
    name: str
    county: str
    siruta: str
    contact_name: str
    contact_email: str
    contact_phone: str
    postal_address: str
    proposals_email: str
    host: str = ANY_HOST
    slogan: str = ""
    colour: str = DEFAULT_COLOUR


def create_authority(db: Session, facts: AuthorityFacts, *, at: datetime) -> Authority:
    """Give an authority its place on this installation; raises NotAnAuthority for facts that cannot be right."""
    for what, pattern, value in (
        ("slug", SLUG, facts.slug),
        ("colour", COLOUR, facts.colour),
        ("siruta", SIRUTA, facts.siruta),
    ):
        if not pattern.fullmatch(value):
            raise NotAnAuthority(what=what, value=value)

    authority = Authority(
        slug=facts.slug,
        host=facts.host.lower(),
        name=one_line(facts.name),
        slogan=facts.slogan,
        colour=facts.colour,
        county=one_line(facts.county),
        siruta=facts.siruta,
        contact_name=one_line(facts.contact_name),
        contact_email=email_address(facts.contact_email),
        contact_phone=facts.contact_phone,
        postal_address=facts.postal_address,
        proposals_email=email_address(facts.proposals_email),
        created_at=at,
    )
    db.add(authority)
    db.flush()
    return authority


def authorities(db: Session) -> list[Authority]:
    """Return all authorities of this installation, by name."""
    return list(db.scalars(select(Authority).order_by(Authority.name)))
