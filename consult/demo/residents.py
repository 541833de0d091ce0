"""The demo town's people move in: its town hall, citizens and organisations, with accounts for visitors to try."""

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import pyotp
from sqlalchemy.orm import Session

from consult.consultations.procedure import local_day
from consult.consultations.reports import publish_report, report_of, save_report
from consult.demo import town as told
from consult.i18n import DEFAULT_LOCALE, gettext
from consult.identity.actors import Actor, acting_as_member, acting_as_official, acting_as_self
from consult.identity.appointments import appoint, set_roles
from consult.identity.authorities import AuthorityFacts, AuthorityId
from consult.identity.authority_rules import set_rule
from consult.identity.founding import FirstOfficial, found
from consult.identity.offices import ROLE_NAMES
from consult.identity.organisations import Membership, OrganisationId
from consult.identity.passwords import CITIZEN, OFFICIAL, PasswordHash, hash_password
from consult.identity.people import Person, PersonId
from consult.identity.residence import verify_residence
from consult.identity.two_factor import awaited_secret, begin_enrolment, confirm_enrolment
from consult.identity.vault import Vault
from consult.identity.verification import OrganisationFacts, register_organisation, verify_organisation
from consult.identity.witnesses import add_witness, set_quorum
from consult.policy.local import LocalSetting

Keyed = TypeVar("Keyed", told.Official, told.Citizen, told.Organisation)

#: A demonstration's password is some of these, drawn anew for each installation.
WORDS = ("moara", "livada", "podul", "piatra", "vadul", "codrul", "lunca", "dealul", "fagul", "stejarul", "gara", "apa")


#: What an account is for: the roles of an official, or what a citizen may try.
KIND_NAMES: Mapping[str, str] = {str(kind): name for kind, name in (*ROLE_NAMES.items(), *told.VISITOR_NAMES.items())}

#: Where the accounts of a demonstration are kept, in the data folder.
ACCOUNTS = "demo-accounts.json"


@dataclass(frozen=True)
class Account:
    """An account that visitors may use. `kinds`: keys of `KIND_NAMES`. `secret`: of officials, for an app.

    The file keeps keys, not words: who reads it tomorrow may speak another language than who loaded the town.
    """

    name: str
    kinds: Sequence[str]
    email: str
    password: str
    secret: str = ""

    @property
    def role(self) -> str:
        """What can be tried with it, in the current locale."""
        return ", ".join(gettext(KIND_NAMES[kind]) for kind in self.kinds)

    @property
    def code(self) -> str:
        """The code that an authenticator app would show now."""
        return pyotp.TOTP(self.secret).now() if self.secret else ""


@dataclass
class Residents:
    """Who lives in the town so far, by the keys of its data."""

    vault: Vault
    password: str = field(default_factory=lambda: "-".join(secrets.choice(WORDS) for _ in range(4)))
    authority_id: AuthorityId = field(init=False)
    people: dict[str, PersonId] = field(default_factory=dict)
    organisations: dict[str, OrganisationId] = field(default_factory=dict)
    accounts: list[Account] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Hashed once for all: each takes a tenth of a second on purpose.
        self._as_official = hash_password(self.password, OFFICIAL)
        self._as_citizen = hash_password(self.password, CITIZEN)

    def official(self, db: Session, key: str) -> Actor:
        """Return an official at their desk."""
        return acting_as_official(db, self.people[key], self.authority_id)

    def speaker(self, db: Session, key: str, organisation: str | None = None) -> Actor:
        """Return a citizen speaking for themselves or for an organisation."""
        if organisation is None:
            return acting_as_self(db, self.people[key])
        return acting_as_member(db, self.people[key], self.organisations[organisation])

    def open_town_hall(self, db: Session, town: told.Town, *, at: datetime) -> None:
        """Found the authority, by its first two officials, who then appoint the others and keep what is theirs."""
        authority, contact = town.authority, by_key(town.officials, town.authority.contact)
        facts = AuthorityFacts(
            slug=authority.slug,
            name=authority.name,
            slogan=authority.slogan,
            county=authority.county,
            siruta=authority.siruta,
            postal_address=authority.postal_address,
            proposals_email=authority.proposals_email,
            contact_name=contact.name,
            contact_email=contact.email,
            contact_phone=contact.phone,
        )
        founders = town.officials[:2]
        founded = found(db, facts, [FirstOfficial(each.name, each.email) for each in founders], at=at)
        self.authority_id = founded.authority.id
        for official, person in zip(founders, founded.people, strict=True):
            person.password_hash, person.email_confirmed_at = self._as_official, at
            self.people[official.key] = person.id
        db.flush()
        for official in town.officials[2:]:
            self.people[official.key] = add_person(db, official.name, official.email, self._as_official, at=at).id
            for role in official.roles:
                appoint(
                    db, self.authority_id, self.people[official.key], role, by=self.official(db, founders[0].key), at=at
                )
        first, second = founders
        for one, other in ((second, first), (first, second)):
            roles = {*one.roles, *first.roles} if one is second else one.roles
            by = self.official(db, other.key)
            set_roles(db, self.authority_id, self.people[one.key], roles, by=by, at=at)
        for official in town.officials:
            self.accounts.append(self._enrol(db, official, at=at))

    def _enrol(self, db: Session, official: told.Official, *, at: datetime) -> Account:
        person_id = self.people[official.key]
        begin_enrolment(db, person_id, vault=self.vault, at=at)
        secret = awaited_secret(db, person_id, vault=self.vault)
        assert secret is not None
        confirm_enrolment(db, person_id, code=pyotp.TOTP(secret).at(at), vault=self.vault, at=at)
        return Account(official.name, official.roles, official.email, self.password, secret)

    def name_witness(self, db: Session, town: told.Town, witness: told.Witness, *, key: str, at: datetime) -> None:
        """Let the administrator name an association as a witness of the record; nobody shall take it for a real one."""
        organisation = by_key(town.organisations, witness.organisation)
        by = self.official(db, town.officials[0].key)
        add_witness(db, name=f"{organisation.name} (demonstrație)", vkey=key, url=witness.url, by=by, at=at)

    def want_signatures(self, db: Session, count: int, administrator: str, *, at: datetime) -> None:
        """Let the administrator say how many witnesses must have signed."""
        set_quorum(db, count, by=self.official(db, administrator), at=at)

    def set_local_rule(
        self, db: Session, rule: told.LocalRule, administrator: str, *, since: date, at: datetime
    ) -> None:
        """Let the administrator write down what the council decided."""
        setting = LocalSetting(rule.rule, rule.number, since, rule.act, rule.url)
        set_rule(db, self.authority_id, pack=rule.pack, setting=setting, by=self.official(db, administrator), at=at)

    def report_year(self, db: Session, told_of: told.Transparency, *, at: datetime) -> None:
        """Let one official report the year before, and another publish it."""
        year = local_day(at).year - 1
        clerk, approver = self.official(db, told_of.drafted_by), self.official(db, told_of.approved_by)
        draft = save_report(
            db, self.authority_id, year, added=told_of.added, words=told_of.words, edition=0, by=clerk, at=at
        )
        read = report_of(db, self.authority_id, year, draft).digest
        publish_report(db, self.authority_id, year, edition=draft.edition, read=read, by=approver, at=at)

    def join(self, db: Session, citizen: told.Citizen, *, at: datetime) -> None:
        """Let a citizen in, whose address is confirmed."""
        self.people[citizen.key] = add_person(db, citizen.name, citizen.email, self._as_citizen, at=at).id

    def admit(self, db: Session, organisation: told.Organisation, member: str, *, at: datetime) -> None:
        """Let one more person act for an organisation, invited by its first member."""
        membership = Membership(
            organisation_id=self.organisations[organisation.key],
            person_id=self.people[member],
            invited_by=self.people[organisation.members[0]],
            since=at,
        )
        db.add(membership)
        db.flush()

    def prove_residence(self, db: Session, citizen: told.Citizen, *, contact: str, at: datetime) -> None:
        """Let an official see where a citizen lives."""
        verify_residence(db, self.authority_id, citizen.email, by=self.official(db, contact), at=at)

    def register(self, db: Session, organisation: told.Organisation, *, at: datetime) -> None:
        """Let an organisation register; its first member does so."""
        facts = OrganisationFacts(
            name=organisation.name,
            registry_number=organisation.registry_number,
            fiscal_code=organisation.fiscal_code,
            seat=organisation.seat,
            email=organisation.email,
        )
        by = self.speaker(db, organisation.members[0])
        self.organisations[organisation.key] = register_organisation(db, self.authority_id, facts, by=by, at=at).id

    def verify(self, db: Session, organisation: told.Organisation, *, contact: str, at: datetime) -> None:
        """Let an official believe an organisation's papers."""
        verify_organisation(
            db,
            self.organisations[organisation.key],
            note=organisation.note,
            by=self.official(db, contact),
            at=at,
        )


def add_person(db: Session, name: str, email: str, password_hash: PasswordHash, *, at: datetime) -> Person:
    """Add somebody whose address is confirmed: the letters of a sign-up have no readers here."""
    person = Person(
        name=name,
        email=email,
        password_hash=password_hash,
        email_confirmed_at=at,
        locale=DEFAULT_LOCALE,
        created_at=at,
    )
    db.add(person)
    db.flush()
    return person


def by_key(people: Iterable[Keyed], key: str) -> Keyed:
    """Return the one of this key."""
    return next(each for each in people if each.key == key)


def write_accounts(path: Path, accounts: Sequence[Account]) -> None:
    """Keep the accounts of a demonstration beside its data, to be shown again at each start."""
    path.touch(mode=0o600)
    path.write_text(json.dumps([asdict(account) for account in accounts], ensure_ascii=False, indent=1))


def read_accounts(path: Path) -> list[Account]:
    """Return the accounts of a demonstration that was loaded before; none where nothing was."""
    if not path.exists():
        return []
    return [Account(**each) for each in json.loads(path.read_text())]
