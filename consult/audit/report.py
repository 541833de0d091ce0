"""An audit told: in sentences for people, in facts for programs."""

from collections.abc import Iterator

from consult.audit.audit import Audit
from consult.audit.failures import Place, plain
from consult.audit.indicators import YearlyReport
from consult.audit.local_rules import known_pack
from consult.i18n import N_, gettext, ngettext, spoken
from consult.policy.rules import Indicator
from consult.record.encoding import encode_base64
from consult.record.events.reports import INCLUDED

#: What is counted in the summary, by the type of its entries.
COUNTED = {
    "consultation.announced": N_("consultations announced: %(count)s"),
    "recommendation.received": N_("proposals received: %(count)s"),
    "package.received": N_("packages of proposals: %(count)s"),
    "recommendation.claimed": N_("proposals claimed by their authors: %(count)s"),
    "support.counted": N_("counts of supporters: %(count)s"),
    "recommendation.withdrawn": N_("proposals withdrawn: %(count)s"),
    "response.published": N_("answers: %(count)s"),
    "version.published": N_("new versions: %(count)s"),
    "debate.announced": N_("debates announced: %(count)s"),
    "consultation.stage_changed": N_("changes of stage: %(count)s"),
    "session.announced": N_("sessions announced: %(count)s"),
    "recommendation.hidden": N_("proposals hidden: %(count)s"),
    "body.erased": N_("texts erased: %(count)s"),
}


def sentences(found: Audit) -> list[str]:
    """Return what an audit found, in the current locale."""
    told = _failed(found) if found.count else _passed(found)
    return [
        *told,
        *_erased_reasons(found),
        *_open_appeals(found),
        *_not_judged(found),
        *_as_of(found),
        *_gaps(found),
        *_by_whom(found),
        *_indicators(found),
    ]


def facts(found: Audit) -> dict[str, object]:
    """Return what an audit found, as JSON values by name."""
    checkpoint = found.verified.checkpoint
    return {
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "root": encode_base64(checkpoint.root),
        "key": found.verified.key.vkey,
        "at": plain(found.at),
        "at_given": found.is_given,
        "since": plain(found.since),
        "until": plain(found.until),
        "witnessed": found.witnessed,
        "entries": dict(sorted(found.seen.items())),
        "packs": [{"name": name, "version": version, "times": times} for (name, version), times in found.packs.items()],
        "unknown_packs": [
            {"name": name, "version": version} for name, version in found.packs if known_pack(name, version) is None
        ],
        "without_session": found.without_session,
        "erased_reasons": [
            {"entry": place.index, "at": plain(place.at), "subject": place.subject, "ground": ground}
            for place, ground in found.erased_reasons
        ],
        "open_appeals": [
            {"entry": place.index, "at": plain(place.at), "subject": place.subject, "days": _age(found, place)}
            for place in found.open_appeals
        ],
        "continues": found.continued
        and {
            "origin": found.continued.end.origin,
            "size": found.continued.end.size,
            "root": encode_base64(found.continued.end.root),
            "given": found.continued.is_given,
        },
        "failures": [failure.json for failure in found.failures],
        "failure_count": found.count,
        "notices": [
            {
                "index": place.index,
                "type": place.type,
                "at": plain(place.at),
                "subject": place.subject,
                "not_among": bound.size,
                "signed_at": plain(bound.at),
                "by": bound.by,
            }
            for place, bound in found.gaps
        ],
        "notice_count": found.gap_count,
        "indicators": [
            {"authority": report.authority, "year": report.year, **report.by_code, "b_partly": report.partly}
            for report in found.reports
        ],
    }


def _failed(found: Audit) -> Iterator[str]:
    checkpoint = found.verified.checkpoint
    headline = ngettext(
        "The hashes of the record %(origin)s hold, but one thing in it cannot have been right:",
        "The hashes of the record %(origin)s hold, but %(count)d things in it cannot have been right:",
        found.count,
    )
    yield headline % {"origin": checkpoint.origin, "count": found.count}
    yield from map(str, found.failures)
    rest = found.count - len(found.failures)
    if rest:
        yield ngettext("… and %(count)d more.", "… and %(count)d more.", rest) % {"count": rest}


def _passed(found: Audit) -> Iterator[str]:
    checkpoint = found.verified.checkpoint
    headline = ngettext(
        "The record %(origin)s holds, and what it tells was lawful: %(count)s entry.",
        "The record %(origin)s holds, and what it tells was lawful: %(count)s entries.",
        checkpoint.size,
    )
    yield headline % {"origin": checkpoint.origin, "count": spoken(checkpoint.size)}
    counted = [
        gettext(words) % {"count": spoken(found.seen[type_])} for type_, words in COUNTED.items() if found.seen[type_]
    ]
    if counted:
        yield gettext("Checked, by its own rules: %(counted)s.") % {"counted": "; ".join(counted)}
    for (name, version), times in found.packs.items():
        used = ngettext(
            "Rules: %(name)s, edition %(version)s, as frozen by %(count)d consultation.",
            "Rules: %(name)s, edition %(version)s, as frozen by %(count)d consultations.",
            times,
        )
        yield used % {"name": name, "version": version, "count": times}


def _erased_reasons(found: Audit) -> Iterator[str]:
    """Name each answer whose reason is gone: it may hold somebody's data, but the words were the authority's own."""
    for place, ground in found.erased_reasons:
        erased = gettext("%(entry)s: the authority erased the reason of its own answer, on the ground %(ground)s.")
        yield erased % {"entry": place, "ground": ground}


def _open_appeals(found: Audit) -> Iterator[str]:
    """Name each appeal that waits, with its age: no law says by when it must be decided, so waiting is no failure."""
    for place in found.open_appeals:
        days = _age(found, place)
        waits = ngettext(
            "%(entry)s: the appeal has waited for %(days)s day and is not decided.",
            "%(entry)s: the appeal has waited for %(days)s days and is not decided.",
            days,
        )
        yield waits % {"entry": place, "days": spoken(days)}


def _age(found: Audit, place: Place) -> int:
    """Return how many whole days an act was ago."""
    assert found.at is not None, "there are entries"
    return max((found.at - place.at).days, 0)


def _not_judged(found: Audit) -> Iterator[str]:
    """Say what was taken on trust: rules that this program does not know, and what began in a log that was not read."""
    for name, version in found.packs:
        if known_pack(name, version) is None:
            unknown = gettext(
                "This program does not know the rules %(name)s, edition %(version)s: what was done under them was "
                "judged by them as they were frozen, not by the law. A newer program may know them."
            )
            yield unknown % {"name": name, "version": version}
    if found.without_session:
        alone = ngettext(
            "%(count)s draft was decided without a session, as an act of the mayor or of the president of the county "
            "council: whether it was one, compare yourself.",
            "%(count)s drafts were decided without a session, as acts of the mayor or of the president of the county "
            "council: whether they were, compare yourself.",
            found.without_session,
        )
        yield alone % {"count": spoken(found.without_session)}
    if found.continued is None:
        return
    end = {"origin": found.continued.end.origin, "size": spoken(found.continued.end.size)}
    if found.continued.is_given:
        yield gettext("It goes on from %(origin)s, of %(size)s entries, which was read first.") % end
    else:
        yield (
            gettext(
                "It says that it goes on from %(origin)s, of %(size)s entries. That log was not given (--continues): "
                "what may have begun there could not be judged."
            )
            % end
        )


def _as_of(found: Audit) -> Iterator[str]:
    if found.at is None:
        return
    judged = (
        gettext("Judged as of %(at)s, the instant that you gave.")
        if found.is_given
        else gettext("Judged as of %(at)s, the time of the newest entry.")
    )
    yield judged % {"at": spoken(found.at)}
    if found.witnessed:
        seen = ngettext(
            "The first entry was signed by somebody outside: it existed by then, and does not say a later time. "
            "That it was not dated back before then, no signature shows.",
            "The first %(count)s entries were signed by somebody outside: each existed by then, and does not say a "
            "later time. That none was dated back before then, no signature shows.",
            found.witnessed,
        )
        yield seen % {"count": spoken(found.witnessed)}
    else:
        yield gettext("No witness has told a time yet: how late the entries were written, nobody outside can say.")


def _gaps(found: Audit) -> Iterator[str]:
    """Name what may have been dated back, which is no failure: an outage looks the same."""
    if not found.gap_count:
        return
    headline = ngettext(
        "Notice: one entry is dated before somebody outside signed the log without it. It may have been dated back; an "
        "outage, in which acts wait to be entered or a signature comes late, looks the same:",
        "Notice: %(count)s entries are dated before somebody outside signed the log without them. They may have been "
        "dated back; an outage, in which acts wait to be entered or a signature comes late, looks the same:",
        found.gap_count,
    )
    yield headline % {"count": spoken(found.gap_count)}
    for place, bound in found.gaps:
        facts = {"entry": place, "size": bound.size, "at": spoken(bound.at), "by": bound.by}
        yield "  " + gettext("%(entry)s: not among the %(size)d entries that %(by)s signed on %(at)s.") % facts
    rest = found.gap_count - len(found.gaps)
    if rest:
        yield ngettext("… and %(count)d more.", "… and %(count)d more.", rest) % {"count": rest}


def _by_whom(found: Audit) -> Iterator[str]:
    if not found.is_trusted:
        unproven = gettext("It was signed with the key %(key)s; compare it with the one that the authority publishes.")
        yield unproven % {"key": found.verified.key.vkey}


def _indicators(found: Audit) -> Iterator[str]:
    for report in found.reports:
        facts = {"authority": report.authority, "year": report.year}
        yield gettext("Figures for the report of art. 13(1) of Law 52/2003, %(authority)s, %(year)s:") % facts
        for indicator, figure in report.figures:
            yield f"  {indicator.code}) {indicator.title}: {_figure(report, indicator, figure)}"


def _figure(report: YearlyReport, indicator: Indicator, figure: int | None) -> str:
    if figure is None:
        return gettext("not in the record")
    if INCLUDED in indicator.counts and report.partly:
        return gettext("%(count)s, of which %(partly)s in part") % {
            "count": spoken(figure),
            "partly": spoken(report.partly),
        }
    return str(spoken(figure))
