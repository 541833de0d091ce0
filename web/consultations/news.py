"""The news of a consultation: its public acts as the record has them, each said in a sentence."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from consult import links
from consult.consultations.consultations import Stage
from consult.consultations.date_moves import Promised
from consult.consultations.pages import ConsultationPage
from consult.consultations.promises import Ending
from consult.i18n import gettext, ngettext
from consult.record.entries import Entry
from consult.record.events import PackFrozen
from web.ui.dates import day, moment

Facts = Mapping[str, Any]  # Any: what JSON can say


@dataclass(frozen=True)
class News:
    """One act. `href`: where what it made can be read; `act`: its place in the public record."""

    at: datetime
    sentence: str
    href: str | None = None
    act: str | None = None


def news_of(found: ConsultationPage) -> list[News]:
    """Return the acts about a consultation, the newest first; its answers, published together, are one."""
    return sorted(_news(found), key=lambda each: each.at)[::-1]


def _news(found: ConsultationPage) -> Iterator[News]:
    reference = found.consultation.reference
    laws = {pack.id: str(pack.title) for pack in (found.pack, found.budget and found.budget.pack) if pack}
    for entry in found.news:
        said = SENTENCES.get(entry.event.type)
        if said is not None:
            facts = entry.event.stated["facts"]
            if entry.event.type == PackFrozen.type:
                facts = {**facts, "law": laws.get(facts["name"], facts["name"])}
            yield News(entry.event.at, said(facts), _place(reference, entry, facts), links.receipt(entry.event.id))
    if found.answered_at:
        sentence = ngettext(
            "The town hall answered %(num)d proposal, with reasons.",
            "The town hall answered %(num)d proposals, with reasons.",
            found.tally.answered,
        )
        yield News(found.answered_at, sentence % {"num": found.tally.answered}, links.responses(reference))


def _place(reference: str, entry: Entry, facts: Facts) -> str | None:
    match entry.event.type:
        case "version.published":
            return links.changes(reference, facts["number"] - 1, facts["number"])
        case "document.published":
            return links.document(reference, facts["sha256"])
        case "debate.requested" | "debate.request_answered":
            return links.debate_request(reference, facts["number"])
        case "debate.announced" | "session.announced" if facts.get("meeting"):
            return links.meeting(facts["meeting"])
        case "consultation.announced":
            return links.draft_text(reference, 1)
        case _:
            return None


def _stage(facts: Facts) -> str:
    said = {"day": day(date.fromisoformat(facts["on"])), "reason": facts["reason"] or ""}
    sentences = {
        Stage.ANSWERED: gettext("The session of %(day)s returned the draft. %(reason)s"),
        Stage.SUBMITTED: gettext("The draft went on to avizare.") + (" %(reason)s" if facts["reason"] else ""),
        Stage.ADOPTED: gettext("The draft was adopted on %(day)s. %(reason)s"),
        Stage.REJECTED: gettext("The council rejected the draft on %(day)s. %(reason)s"),
        Stage.WITHDRAWN: gettext("The draft was withdrawn on %(day)s. %(reason)s"),
    }
    return sentences[Stage(facts["to_stage"])] % said


def _date_moved(facts: Facts) -> str:
    said = {"day": day(date.fromisoformat(facts["date"])), "was": day(date.fromisoformat(facts["was"]))}
    said["reason"] = facts["reason"]
    if facts["term"] == Promised.PROPOSALS:
        return gettext("Proposals are received until %(day)s instead of %(was)s: %(reason)s") % said
    return gettext("The draft goes on to avizare on %(day)s instead of %(was)s: %(reason)s") % said


def _promised(facts: Facts) -> str:
    said = {"until": day(date.fromisoformat(facts["until"])), "text": facts["text"]}
    return gettext("The town hall promised, until %(until)s: %(text)s") % said


def _promise_ended(facts: Facts) -> str:
    said = {"number": facts["number"], "note": facts["note"]}
    if facts["ending"] == Ending.KEPT:
        return gettext("Promise no. %(number)s was kept: %(note)s") % said
    return gettext("Promise no. %(number)s was given up: %(note)s") % said


def _requested(facts: Facts) -> str:
    said = {"by": facts["by"], "number": facts["number"].replace("-", "/", 1)}
    return gettext("%(by)s asked for a public debate (request no. %(number)s).") % said


def _request_answered(facts: Facts) -> str:
    said = {"number": facts["number"].replace("-", "/", 1), "reason": facts["reason"] or ""}
    if facts["meeting"]:
        return gettext("The request for a debate no. %(number)s was granted.") % said
    return gettext("The request for a debate no. %(number)s was refused: %(reason)s") % said


def _debate(facts: Facts) -> str:
    return gettext("A public debate was announced for %(moment)s: %(place)s") % _meeting(facts)


def _session(facts: Facts) -> str:
    return gettext("The council's session was announced for %(moment)s: %(place)s") % _meeting(facts)


def _meeting(facts: Facts) -> Mapping[str, str]:
    return {"moment": moment(datetime.fromisoformat(facts["starts_at"])), "place": facts["place"]}


SENTENCES: Mapping[str, Callable[[Facts], str]] = {
    "consultation.announced": lambda _: gettext("The draft was published and proposals are received."),
    "pack.frozen": lambda facts: (
        gettext("The rules of the procedure were fixed (%(law)s), with the days off they count by.") % facts
    ),
    "document.published": lambda facts: gettext("A document was published: %(name)s") % {"name": facts["name"]},
    "version.published": lambda facts: (
        gettext("Version %(number)s of the text was published.") % {"number": facts["number"]}
    ),
    "consultation.stage_changed": _stage,
    "consultation.date_moved": _date_moved,
    "promise.made": _promised,
    "promise.ended": _promise_ended,
    "debate.requested": _requested,
    "debate.request_answered": _request_answered,
    "debate.announced": _debate,
    "session.announced": _session,
}
