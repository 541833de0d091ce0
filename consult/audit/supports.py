"""Support for proposals, replayed: the marks that the record was told make the numbers that it was told."""

from collections.abc import Iterator

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.books import Books
from consult.audit.failures import Breach, Words
from consult.audit.proposals import UNDECIDED, never_received, own_number
from consult.i18n import N_
from consult.record.events import SupportCounted
from consult.record.events.consultations import ENDED


def supported(books: Books, act: Act, event: SupportCounted) -> Iterator[Breach]:
    """Each mark comes once and goes once, and together they make the number of supporters."""
    own, procedure = act.subject.proposal, books.procedure(act.subject)
    yield from own_number(own, event.number, act)
    if own is None or procedure is None or books.proposal(act.subject) is None:
        yield from never_received(books, act)
        return
    if procedure.stage in ENDED:
        yield Breach(rules.IN_ORDER, procedure.stage, UNDECIDED)
    marks = procedure.supports.setdefault(own, set())
    if (
        len(set(event.added)) < len(event.added)
        or not marks.isdisjoint(event.added)
        or not marks.issuperset(event.taken_back)
    ):
        yield Breach(rules.SUPPORTS, Words(N_("a mark twice")), Words(N_("each mark once")))
    marks |= set(event.added)
    marks -= set(event.taken_back)
    if event.supporters != len(marks):
        yield Breach(rules.SUPPORTS, event.supporters, len(marks))
