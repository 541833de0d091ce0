"""Moderation, replayed: hidden on a ground and with reasons, appealed against once, decided by other eyes."""

from collections.abc import Generator, Iterator

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.books import Books
from consult.audit.failures import Breach, Rule, Words
from consult.audit.proposals import never_received, own_number
from consult.audit.registers import Hiding, Proposal
from consult.i18n import N_
from consult.record.events import AppealDecided, AppealReceived, RecommendationHidden, RecommendationShown
from consult.record.moderation_rules import ModerationRule, rule_of

UPHELD = "upheld"
OUTCOMES = (UPHELD, "refused")
REASONS = Words(N_("a statement of reasons"))


def hidden(books: Books, act: Act, event: RecommendationHidden) -> Iterator[Breach]:
    """A proposal is hidden on a ground, with a statement of reasons, unless it is hidden already."""
    proposal = yield from _moderated(books, act, event.number, rules.HIDDEN)
    if rule_of(event.ground) is None:
        yield Breach(rules.HIDDEN, event.ground, tuple(rule.ground for rule in ModerationRule))
    if proposal is None:
        return
    if proposal.hiding:
        yield Breach(rules.HIDDEN, Words(N_("hidden")), Words(N_("shown")))
    proposal.hiding = Hiding(act.actor.pseudonym)


def shown(books: Books, act: Act, event: RecommendationShown) -> Iterator[Breach]:
    """Only what was hidden is shown again, with the reasons; while an appeal waits, that is for others to decide."""
    proposal = yield from _moderated(books, act, event.number, rules.HIDDEN)
    if proposal is None:
        return
    if proposal.hiding is None:
        yield Breach(rules.HIDDEN, Words(N_("shown")), Words(N_("hidden")))
    elif proposal.hiding.appeal_waits:
        yield Breach(rules.APPEALED, Words(N_("shown")), Words(N_("a decision on the appeal")))
    proposal.hiding = None


def appealed(books: Books, act: Act, event: AppealReceived) -> Iterator[Breach]:
    """Whoever sent a hidden proposal appeals once, with reasons."""
    proposal = yield from _moderated(books, act, event.number, rules.APPEALED)
    if proposal is None:
        return
    if proposal.hiding is None:
        yield Breach(rules.APPEALED, Words(N_("shown")), Words(N_("hidden")))
    elif proposal.hiding.is_appealed:
        yield Breach(rules.APPEALED, Words(N_("a second appeal")), Words(N_("one appeal")))
    else:
        proposal.hiding = proposal.hiding._replace(is_appealed=True, appeal_waits=True)
        books.appeals[act.about] = act.place


def decided(books: Books, act: Act, event: AppealDecided) -> Iterator[Breach]:
    """An appeal that waits is decided with reasons, by another official than who hid it; upheld, the words are back."""
    if event.outcome not in OUTCOMES:
        yield Breach(rules.APPEALED, event.outcome, OUTCOMES)
    proposal = yield from _moderated(books, act, event.number, rules.APPEALED)
    if proposal is None:
        return
    books.appeals.pop(act.about, None)
    hiding = proposal.hiding
    if hiding is None or not hiding.appeal_waits:
        yield Breach(rules.APPEALED, Words(N_("a decision")), Words(N_("an appeal before it")))
    if hiding is not None and hiding.by == act.actor.pseudonym:
        yield Breach(rules.APPEAL_BY_OTHERS, act.actor.pseudonym, Words(N_("another official")))
    if event.outcome == UPHELD:
        proposal.hiding = None
    elif hiding is not None:
        proposal.hiding = hiding._replace(appeal_waits=False)


def _moderated(books: Books, act: Act, number: int, rule: Rule) -> Generator[Breach, None, Proposal | None]:
    """Judge what every act of moderation must be, and return the proposal that it is about."""
    yield from own_number(act.subject.proposal, number, act)
    if not books.wording.says_something(act.body):
        yield Breach(rule, None, REASONS)
    proposal = books.proposal(act.subject)
    if proposal is None:
        yield from never_received(books, act)
    return proposal
