"""What authorities set for themselves where the law leaves them a number, as the entries tell it.

The rules that a consultation froze must be those of the pack with what the authority had set by then, no others: so a
number that suits one procedure cannot slip in unseen.
"""

from collections.abc import Iterator, Sequence

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.failures import Breach, Words
from consult.i18n import N_
from consult.policy.local import LocalSetting, check_setting
from consult.policy.packs import Pack
from consult.policy.reading import NoSuchPack, PackUnsound, find_pack
from consult.record.events import LocalRuleSet
from consult.refusals import Refusal


class LocalRules:
    """The local rules of every authority, in the order in which they were set."""

    def __init__(self) -> None:
        self._set: dict[tuple[str, str], list[LocalSetting]] = {}

    def of(self, authority: str, pack: str) -> Sequence[LocalSetting]:
        """Return what an authority has set in a pack so far."""
        return self._set.get((authority, pack), ())

    def local_rule_set(self, act: Act, event: LocalRuleSet) -> Iterator[Breach]:
        """An authority sets a rule that the pack leaves to it, to a number that the pack allows, by an act."""
        setting = LocalSetting(event.rule, event.number, event.since, event.act, event.url)
        self._set.setdefault((act.subject.authority, event.pack), []).append(setting)
        if not event.act.strip() or not event.url.strip():
            yield Breach(rules.LOCAL, event.act or None, Words(N_("the act that sets it, and where it can be read")))
        pack = known_pack(event.pack, event.version)
        if pack is None:
            return
        try:
            check_setting(pack, setting)
        except Refusal as refusal:
            yield Breach(rules.LOCAL, f"{event.rule}: {event.number}", Words(N_("%(why)s"), {"why": refusal}))


def known_pack(name: str, version: str) -> Pack | None:
    """Return the pack of a name and edition that came with this program; None where it has no such."""
    ours = pack_here(name)
    return ours if ours and ours.version == version else None


def pack_here(name: str) -> Pack | None:
    """Return the pack of a name that came with this program, in whatever edition; None where it has no such."""
    try:
        return find_pack(name)
    except (NoSuchPack, PackUnsound):
        return None
