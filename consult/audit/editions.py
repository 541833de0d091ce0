"""The rules that a procedure froze, held against those that came with this program.

Of an edition that this program knows, they must be the same rules, with what the authority had set for itself. Of
another edition of the same rules they may ask for more, never for less; which those were, the report says, since
nobody could judge here whether they are the law.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import structs

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.books import Books
from consult.audit.failures import Breach, Words
from consult.audit.local_rules import known_pack, pack_here
from consult.i18n import N_
from consult.policy.local import with_local
from consult.policy.packs import Pack
from consult.policy.rules import DeadlineRule, Exclusion, LocalRule, Requirement, Rule, Term

#: The members of a pack or a rule that are words about it, or beside what binds.
WORDS = ("title", "text", "cite", "verified", "examples")
#: The members of a pack that bind besides its rules.
BINDING = ("jurisdiction", "time_zone", "valid_from", "valid_until")
CLOSED_DAYS = "closed_days"


def compared(books: Books, act: Act, pack: Pack) -> Iterator[Breach]:
    """Hold frozen rules against those that came with this program, under the same name.

    What the authority had set for itself by then belongs to them; of a continued log, that may stand in an earlier one.
    """
    came = pack_here(pack.id)
    if came is None:
        return
    ours = with_local(came, books.local_rules.of(act.subject.authority, pack.id))
    facts = {"name": ours.id, "version": ours.version}
    if known_pack(pack.id, pack.version):
        differing = _differing(ours, pack)
        if books.is_continued:
            differing -= {rule.id for rule in came.rules if isinstance(rule, LocalRule) and rule.local}
        if differing:
            expected = Words(N_("the rules of %(name)s, edition %(version)s"), facts)
            yield Breach(rules.KNOWN, tuple(sorted(differing)), expected)
    elif looser := _looser(ours, pack, act.at.astimezone(pack.zone).date()):
        expected = Words(N_("no less than the rules of %(name)s, edition %(version)s"), facts)
        yield Breach(rules.NOT_LOOSENED, tuple(sorted(looser)), expected)


def _differing(ours: Pack, theirs: Pack) -> set[str]:
    """Name what binds otherwise in one of two packs."""
    known, bound = [what_binds(rule) for rule in ours.rules], [what_binds(rule) for rule in theirs.rules]
    return {str(each["id"]) for each in (*known, *bound) if each not in known or each not in bound} | _apart(
        ours, theirs
    )


def _apart(ours: Pack, theirs: Pack) -> set[str]:
    """Name what binds otherwise besides the rules."""
    found = {name for name in BINDING if getattr(ours, name) != getattr(theirs, name)}
    if ours.holidays.country != theirs.holidays.country:
        found.add("holidays")
    if ours.holidays.closed_days != theirs.holidays.closed_days:
        found.add(CLOSED_DAYS)
    return found


def _looser(ours: Pack, theirs: Pack, on: date) -> set[str]:
    """Name what an unknown edition lets pass on a day that the known one does not: what it lacks, alters or lifts."""
    known, bound = ({rule.id: rule for rule in pack.rules_in_force(on)} for pack in (ours, theirs))
    found = _apart(ours, theirs) & {"jurisdiction", "time_zone", "holidays"}
    found |= {name for name, rule in known.items() if name not in bound or _asks_less(rule, bound[name])}
    return found | {name for name, rule in bound.items() if name not in known and _lifts(rule)}


def _asks_less(rule: Rule, theirs: Rule) -> bool:
    """Whether theirs may ask for less than ours of the same name: it differs, and not by a stricter term alone."""
    ours, other = (_without(what_binds(each), {"valid_from", "valid_until"}) for each in (rule, theirs))
    if ours == other:
        return False
    length = {"days", "weeks", "months"}
    same = _without(ours, length) == _without(other, length)
    if not (isinstance(rule, DeadlineRule) and isinstance(theirs, DeadlineRule) and same):
        return True
    said = [(mine, yours) for name in length if (mine := ours[name]) is not None and (yours := other[name]) is not None]
    if len(said) != 1:
        return True
    ((mine, yours),) = said
    assert isinstance(mine, int)
    assert isinstance(yours, int)
    return yours < mine if rule.term is Term.MINIMUM else yours > mine


def _lifts(rule: Rule) -> bool:
    """Whether a rule that the known edition does not have takes something away from the others."""
    return isinstance(rule, Exclusion) or (isinstance(rule, Requirement) and bool(rule.lifts))


def _without(members: Mapping[str, object], names: set[str]) -> dict[str, object]:
    return {name: value for name, value in members.items() if name not in names}


def what_binds(rule: Rule) -> dict[str, object]:
    """Return a rule without its words: those may be said better without becoming another rule."""
    return _without(structs.asdict(rule), {*WORDS})
