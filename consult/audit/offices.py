"""Who may record what: each act in a role that may do it, held by somebody at that time, in an authority that exists.

The record tells roles, never names. So it shows that an authority had, say, an approver when one is said to have
approved, and that nobody acts in a role which everybody has lost; not which of several approvers it was.
"""

from collections import Counter
from collections.abc import Iterator

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.failures import Breach, Words
from consult.i18n import N_
from consult.record.entry_form import Event
from consult.record.events import AuthorityCreated, OfficialAppointed, OfficialDismissed, OrganisationVerified
from consult.record.events.log import SUBJECT as LOG
from consult.record.roles import ADMINISTRATOR, OFFICIALS, ORGANISATION_MEMBER


class Offices:
    """The authorities, and how many people hold each role in each; of a log that goes on, not all are known."""

    def __init__(self) -> None:
        #: Whether some may have been appointed in an earlier log.
        self.is_continued = False
        self._authorities: set[str] = set()
        self._held: Counter[tuple[str, str]] = Counter()
        self._organisations: set[str] = set()

    def breaches(self, act: Act, event: Event) -> Iterator[Breach]:
        """Yield what is wrong with who did an act; called before the act is judged itself."""
        role = act.actor.role
        if role not in event.signers:
            yield Breach(rules.SIGNED, role, event.signers)
        if not act.actor.pseudonym:
            yield Breach(rules.SIGNED, None, Words(N_("a pseudonym")))
        if self.is_continued:
            return
        if role == ORGANISATION_MEMBER and not self._organisations:
            yield Breach(rules.IN_OFFICE, role, Words(N_("an organisation that was verified before")))
        elif role in OFFICIALS and not self._holds(act, event):
            yield Breach(rules.IN_OFFICE, role, Words(N_("an official who was appointed to that, and had not left")))

    def authority_created(self, act: Act, _: AuthorityCreated) -> Iterator[Breach]:
        """An authority begins once."""
        authority = act.subject.authority
        if act.about != f"consult:{authority}" or act.about == LOG or authority in self._authorities:
            yield Breach(rules.AUTHORITY, act.about, Words(N_("an authority that did not act here before")))
        self._authorities.add(authority)

    def official_appointed(self, act: Act, event: OfficialAppointed) -> Iterator[Breach]:
        """Somebody is given a role that there is, in an authority that there is."""
        yield from self._known(act, event.role)
        self._held[act.subject.authority, event.role] += 1

    def official_dismissed(self, act: Act, event: OfficialDismissed) -> Iterator[Breach]:
        """A role is taken from somebody who holds it."""
        yield from self._known(act, event.role)
        held = act.subject.authority, event.role
        if not self._held[held] and not self.is_continued:
            yield Breach(rules.IN_OFFICE, event.role, Words(N_("a role that somebody holds")))
        self._held[held] = max(self._held[held] - 1, 0)

    def organisation_verified(self, act: Act, event: OrganisationVerified) -> Iterator[Breach]:
        """An organisation is named by what the public registry says of it."""
        if not (event.name.strip() and event.registry_number.strip() and event.fiscal_code.strip()):
            expected = Words(N_("a name, a number in the registry and a fiscal code"))
            yield Breach(rules.AUTHORITY, act.about, expected)
        self._organisations.add(act.about)

    def speaks_for(self, act: Act, organisation: str | None) -> Iterator[Breach]:
        """Whoever acts as a member says of which organisation: one that was verified. Nobody else names one."""
        is_member = act.actor.role == ORGANISATION_MEMBER
        if is_member != (organisation is not None):
            expected = Words(N_("the organisation of a member")) if is_member else None
            yield Breach(rules.IN_OFFICE, organisation, expected)
        elif organisation is not None and organisation not in self._organisations and not self.is_continued:
            yield Breach(rules.IN_OFFICE, organisation, Words(N_("an organisation that was verified before")))

    def _known(self, act: Act, role: str) -> Iterator[Breach]:
        authority = act.subject.authority
        if role not in OFFICIALS:
            yield Breach(rules.IN_OFFICE, role, OFFICIALS)
        if act.about != f"consult:{authority}/functionari":
            yield Breach(rules.AUTHORITY, act.about, f"consult:{authority}/functionari")
        if authority not in self._authorities and not self.is_continued:
            yield Breach(rules.AUTHORITY, authority, Words(N_("an authority that began to act here before")))

    def _holds(self, act: Act, event: Event) -> bool:
        """Whether anybody holds the role of an act. The first two of an authority appoint each other."""
        authority, role = act.subject.authority, act.actor.role
        if self._held[authority, role]:
            return True
        if act.about.split("/")[0] == LOG:
            return any(self._held[each, role] for each in self._authorities)
        begins = isinstance(event, AuthorityCreated) or (
            isinstance(event, OfficialAppointed) and event.role == ADMINISTRATOR
        )
        return begins and not any(self._held[authority, each] for each in OFFICIALS)
