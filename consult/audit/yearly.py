"""Yearly reports replayed: in order, by two people, and with the figures that the entries before them give."""

from collections.abc import Iterator
from datetime import date

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.books import Books
from consult.audit.failures import Breach, Words
from consult.audit.indicators import counted_from
from consult.audit.local_rules import known_pack
from consult.i18n import N_, ZONE
from consult.policy.indicators import figures
from consult.record.events import ReportPublished


def report_published(books: Books, act: Act, event: ReportPublished) -> Iterator[Breach]:
    """A report follows the end of its year and those before it, and says what the record gives."""
    if act.about != f"consult:{act.subject.authority}/rapoarte/{event.year}":
        yield Breach(rules.OWN_NUMBER, event.year, act.about)
        return
    if act.at.astimezone(ZONE).year <= event.year:
        yield Breach(rules.REPORTS, act.at, Words(N_("after %(day)s"), {"day": date(event.year, 12, 31)}))
    expected = books.reports[act.about] + 1
    if event.number != expected and not (books.is_continued and expected == 1):
        yield Breach(rules.REPORTS, event.number, expected)
    if event.number > 1 and not (event.reason or "").strip():
        yield Breach(rules.WITH_REASON, None, Words(N_("a reason, in the authority's words")))
    if not event.drafted_by or not all(event.drafted_by) or act.actor.pseudonym in event.drafted_by:
        yield Breach(rules.REPORTS, act.actor.pseudonym, Words(N_("somebody who did not write the report")))
    books.reports[act.about] = max(event.number, books.reports[act.about])
    yield from _recounted(books, act, event)


def _recounted(books: Books, act: Act, event: ReportPublished) -> Iterator[Breach]:
    """Count what the record holds of the year, and work out every figure again.

    In a log that continues another one, part of the year may be in that one: then what is stated is taken as it is.
    """
    counted = {each.measure: each.counted for each in event.measures}
    added = {each.measure: each.added for each in event.measures}
    if not books.may_be_earlier(event.year):
        ours = dict.fromkeys(counted, 0) | counted_from(books, act.subject.authority, event.year, act.at)
        for measure, number in ours.items():
            if counted.get(measure) != number:
                yield Breach(rules.RECOUNTED, f"{measure}: {counted.get(measure, '-')}", f"{measure}: {number}")
        counted = ours
    for measure in sorted(measure for measure, number in added.items() if number < 0):
        yield Breach(rules.RECOUNTED, f"{measure}: {added[measure]}", f"{measure}: 0")
    pack = known_pack(event.pack, event.version)
    if pack is None:
        return
    total = {measure: counted.get(measure, 0) + added.get(measure, 0) for measure in pack.measures}
    stated = {each.indicator: each.value for each in event.figures}
    for figure in figures(pack, total, on=date(event.year, 12, 31)):
        value = None if figure.value is None else str(figure.value)
        if figure.rule.id not in stated or stated[figure.rule.id] != value:
            found = stated.get(figure.rule.id)
            name = f"{figure.rule.code}) {figure.rule.id}"
            yield Breach(rules.RECOUNTED, f"{name}: {found or '-'}", f"{name}: {value or '-'}")
