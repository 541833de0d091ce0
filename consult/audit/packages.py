"""Proposals that were sent together, replayed: each is there by itself, and all came at once from one hand."""

from collections.abc import Iterator

from consult.audit import rules
from consult.audit.acts import Act, Reference
from consult.audit.books import Books
from consult.audit.failures import Breach, Words
from consult.i18n import N_
from consult.record.events import PackageReceived

#: One proposal is sent by itself.
FEWEST = 2


def package_received(books: Books, act: Act, event: PackageReceived) -> Iterator[Breach]:
    """A package goes by its first proposal; what it names was received at its instant from whoever sends it."""
    if act.body is None:
        yield Breach(rules.READABLE, None, Words(N_("a text")))
    named = [Reference.parse(each) for each in event.recommendations]
    known = [each for each in named if each is not None]
    in_order = known == sorted(set(known)) and len(known) == len(named) >= FEWEST
    if not in_order or not act.about.endswith(f"/{named[0]}"):
        yield Breach(rules.PACKAGE, event.recommendations, Words(N_("two or more numbers in order, the first its own")))
    procedure = books.procedure(act.subject)
    if procedure is None:
        return
    for reference in known:
        waiting = procedure.waiting.get(reference)
        if waiting is None or (waiting.place.at, waiting.author) != (act.at, act.actor.pseudonym):
            yield Breach(rules.PACKAGE, str(reference), Words(N_("a proposal that was sent with it")))
