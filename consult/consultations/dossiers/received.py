"""The middle of the file: the register of art. 7(5) without contact data, then every proposal with its answer."""

from collections.abc import Iterator, Mapping, Sequence

from consult.consultations.attachments import Attachment
from consult.consultations.dossiers import words
from consult.consultations.dossiers.contents import Act, Contents
from consult.consultations.exporting.paper import Piece, heading, lines_of, named, paragraphs, quiet, table
from consult.consultations.packages import Package, PackageId
from consult.consultations.recommendations import Recommendation
from consult.i18n import filesize, gettext, in_sentence, spoken
from consult.record.erasure_grounds import ground_in_words
from consult.record.erasures import ErasedText
from consult.record.moderation_rules import RULES

#: How wide the columns of the register are beside each other.
SHARES = (1.1, 2.2, 2.2, 2.5, 2)


def register(contents: Contents) -> Iterator[Piece]:
    """Yield one row for each recommendation: number, when, from whom, on what, and what became of it."""
    yield {"kind": "leaf"}
    yield heading(gettext("Register of proposals"))
    yield quiet(
        gettext("The register of art. 7(5) of Law 52/2003. How the authors can be reached is kept and not printed.")
    )
    if not contents.recommendations:
        yield paragraphs(gettext("No proposal was received."))
        return
    head = [gettext("No."), gettext("Received"), gettext("Author"), gettext("About"), gettext("Answer")]
    verdicts = words.verdicts()
    rows = (
        [
            each.register_number,
            str(spoken(each.received_at)),
            each.author,
            _about(each),
            verdicts[each.verdict] if each.verdict else gettext("Withdrawn") if each.withdrawn_at else "–",
        ]
        for each in contents.recommendations
    )
    yield table(head, rows, SHARES)


def packages(contents: Contents) -> Iterator[Piece]:
    """Yield what was sent together: by whom, with which letter, under which numbers."""
    if not contents.packages:
        return
    yield heading(gettext("Proposals sent together"))
    numbers: dict[int, list[str]] = {}
    for each in contents.recommendations:
        if each.package_id is not None:
            numbers.setdefault(each.package_id, []).append(each.register_number)
    acts = contents.acts_by_subject
    for package in contents.packages.values():
        yield heading(_name(package), 2)
        yield quiet(f"{spoken(package.received_at)} · {package.organisation.name}")
        yield named(gettext("Numbers in the register"), ", ".join(numbers.get(package.id, ())) or "–")
        if package.erasure:
            yield quiet(_erased(package.erasure))
        elif lines_of(package.letter):
            yield named(gettext("Letter"), package.letter)
        yield from entries(acts.get(contents.subject_of_package(package), ()))


def _name(package: Package) -> str:
    return package.name or gettext("Proposals sent together")


def _about(each: Recommendation) -> str:
    """Return the place that a recommendation is about; of a new text, the number that it would bear too."""
    if each.inserted_as:
        facts = {"number": each.inserted_as, "place": in_sentence(each.provision_label)}
        return gettext("%(number)s, new, after %(place)s") % facts
    return each.provision_label or gettext("The draft as a whole")


def proposals(contents: Contents) -> Iterator[Piece]:
    """Yield every recommendation with its words, its answer, and its entries in the record."""
    if not contents.recommendations:
        return
    yield {"kind": "leaf"}
    yield heading(gettext("Proposals and answers"))
    kinds, sources, verdicts = words.kinds(), words.sources(), words.verdicts()
    acts = contents.acts_by_subject
    for each in contents.recommendations:
        yield heading(gettext("No. %(number)s") % {"number": each.register_number} + f" – {_about(each)}", 2)
        facts = [spoken(each.received_at), sources[each.source], each.author, kinds[each.kind]]
        yield quiet(" · ".join(map(str, [*facts, *_besides(each, contents.packages)])))
        yield from _said(each)
        yield from _files(contents.files.get(each.id, ()))
        yield from _answered(each, verdicts[each.verdict] if each.verdict else "")
        yield from entries(acts.get(contents.subject(each), ()))


def _besides(each: Recommendation, packages: Mapping[PackageId, Package]) -> Iterator[str]:
    if each.late:
        yield gettext("Late")
    if each.supporters:
        yield gettext("Supporters: %(count)s") % {"count": each.supporters}
    if each.withdrawn_at:
        yield gettext("Withdrawn by its author")
    if each.package_id is not None:
        yield gettext("Sent with others: %(name)s") % {"name": _name(packages[PackageId(each.package_id)])}


def _said(each: Recommendation) -> Iterator[Piece]:
    """Yield the author's words, or why they are not to be read."""
    if each.erasure:
        yield quiet(_erased(each.erasure))
    elif each.hidden_at and each.hidden_for:
        said = gettext("This text was hidden on %(day)s by a moderator. The rule: %(rule)s.")
        rule = gettext(RULES[each.hidden_for].name)
        yield quiet(said % {"day": spoken(each.hidden_at), "rule": rule})
    for name, said in ((gettext("Text"), "wording"), (gettext("Reasons"), "reason")):
        if lines_of(each.words.get(said, "")):
            yield named(name, each.words[said])


def _files(files: Sequence[Attachment]) -> Iterator[Piece]:
    """Yield the files that came with it, by their names and sizes and by what the record says of each."""
    for each in files:
        salted = gettext("SHA-256 with its salt: %(hash)s") % {"hash": each.commitment}
        yield quiet(gettext("File: %(name)s, %(size)s") % {"name": each.name, "size": filesize(each.size)}, salted)


def _answered(each: Recommendation, verdict: str) -> Iterator[Piece]:
    """Yield the answer with its reason."""
    if each.answer is None or each.answered_at is None:
        return
    facts = {"verdict": verdict, "moment": spoken(each.answered_at)}
    yield named(gettext("The authority's answer"), gettext("%(verdict)s, %(moment)s") % facts)
    yield quiet(_erased(each.answer.erasure)) if each.answer.erasure else paragraphs(each.answer.text)


def _erased(erasure: ErasedText) -> str:
    said = gettext("This text was erased on %(day)s.") % {"day": spoken(erasure.erased_at)}
    return f"{said} {gettext(ground_in_words(erasure.ground))}."


def entries(acts: Sequence[Act]) -> Iterator[Piece]:
    """Yield where the record says it, and what it commits to; nothing while it is on its way there."""
    if not acts:
        return
    places = ", ".join(f"{act.index} ({act.type})" for act in acts)
    commitment = acts[0].commitment
    yield quiet(
        gettext("Entries in the public record: %(entries)s") % {"entries": places},
        *([gettext("SHA-256 of the words with their salt: %(hash)s") % {"hash": commitment}] if commitment else []),
    )
