"""A published text in Akoma Ntoso 3.0, the XML of legislation (OASIS LegalDocML): for programs that know laws.

The draft is a `bill`, its annexes are attachments. Each provision keeps its name here as its `wId`; its `eId` is made
by the naming convention, in which a paragraph is "art_7__para_2". Source: Akoma Ntoso Version 1.0, OASIS, 2018.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from consult.consultations.exporting.editions import Edition, Node, numeral, tree
from consult.consultations.grammar.kinds import Kind
from consult.consultations.grammar.tables import Table, blocks

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
LANGUAGE = "ron"
COUNTRY = "ro"
#: Each kind's element, and how its eId begins. What the vocabulary has no name for is a container that says its own.
ELEMENTS = {
    Kind.BOOK: ("book", "book"),
    Kind.PART: ("part", "part"),
    Kind.TITLE: ("title", "title"),
    Kind.CHAPTER: ("chapter", "chp"),
    Kind.SECTION: ("section", "sec"),
    Kind.SUBSECTION: ("subsection", "subsec"),
    Kind.ARTICLE: ("article", "art"),
    Kind.PARAGRAPH: ("paragraph", "para"),
    Kind.POINT: ("point", "point"),
    Kind.LETTER: ("point", "point"),
    Kind.DASH: ("indent", "indent"),
}
CONTAINER = "hcontainer"
NOT_IN_IDS = re.compile(r"[^0-9a-zA-ZăâîșțĂÂÎȘȚ]+")
#: Parts of a document that are words and no provisions.
WHOLE = {Kind.NAME: "preface", Kind.PREAMBLE: "preamble", Kind.CLOSING: "conclusions"}


def as_akn(edition: Edition) -> bytes:
    """Return an edition as an XML document."""
    root = ET.Element("akomaNtoso", xmlns=NAMESPACE)
    bill = ET.SubElement(root, "bill", name="proiect")
    _Document(edition, "", set()).write(bill, tree(edition.provisions))
    written: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'.encode()


class _Document:
    """The bill, or an annex attached to it. `attached`: the eId of the attachment; `ids`: those given so far."""

    def __init__(self, edition: Edition, attached: str, ids: set[str]) -> None:
        self._edition = edition
        self._attached = attached
        self._ids = ids

    def write(self, document: ET.Element, nodes: Sequence[Node]) -> None:
        """Write what a document holds, in the order that the vocabulary asks for."""
        self._meta(document)
        for kind in (Kind.NAME, Kind.PREAMBLE):
            self._whole(document, kind, nodes)
        body = ET.SubElement(document, "mainBody" if self._attached else "body")
        held = [node for node in nodes if node.provision.kind not in {*WHOLE, Kind.ANNEX}]
        if self._attached and not held:
            ET.SubElement(body, "p")
        for node in held:
            self._provision(body, node, self._attached)
        self._whole(document, Kind.CLOSING, nodes)
        annexes = [node for node in nodes if node.provision.kind == Kind.ANNEX]
        if annexes:
            attachments = ET.SubElement(document, "attachments")
            for at, node in enumerate(annexes, start=1):
                self._annex(ET.SubElement(attachments, "attachment", eId=f"att_{at}"), node)

    def _annex(self, attachment: ET.Element, node: Node) -> None:
        annex, attached = node.provision, attachment.attrib["eId"]
        ET.SubElement(attachment, "heading").text = " ".join((numeral(annex) or annex.label).split())
        document = ET.SubElement(attachment, "doc", name="anexa")
        attachment.set("wId", annex.key)
        _Document(self._edition, attached, self._ids).write(document, node.inside)
        own = [words for words in (annex.heading, annex.body) if words]
        if own:
            body = document.find("mainBody")
            assert body is not None  # written by `write`
            # The vocabulary lets no words stand beside provisions, so they have a container of their own.
            container = ET.Element(CONTAINER, name="titlu", eId=f"{attached}__titlu")
            _blocks(ET.SubElement(container, "content"), "\n".join(own))
            body.insert(0, container)
            if (empty := body.find("p")) is not None:
                body.remove(empty)

    def _whole(self, document: ET.Element, kind: Kind, nodes: Sequence[Node]) -> None:
        found = [node.provision for node in nodes if node.provision.kind == kind]
        if found:
            part = ET.SubElement(document, WHOLE[kind])
            for provision in found:
                _blocks(part, provision.text)

    def _provision(self, parent: ET.Element, node: Node, within: str) -> None:
        provision = node.provision
        name, prefix = ELEMENTS.get(Kind(provision.kind), (CONTAINER, provision.kind))
        # An article's number runs through the act, whatever chapter it stands in.
        above = self._attached if provision.kind == Kind.ARTICLE else within
        own = "_".join(part for part in (prefix, NOT_IN_IDS.sub("-", provision.number).strip("-")) if part)
        eid = self._unique(f"{above}__{own}" if above else own)
        element = ET.SubElement(parent, name, eId=eid, wId=provision.key)
        if name == CONTAINER:
            element.set("name", provision.kind)
        if number := numeral(provision):
            ET.SubElement(element, "num").text = " ".join(number.split())
        if provision.heading:
            ET.SubElement(element, "heading").text = provision.heading
        if not node.inside:
            # A chapter may still be empty; every provision has words.
            _blocks(ET.SubElement(element, "content"), provision.body)
            return
        if provision.body:
            _blocks(ET.SubElement(element, "intro"), provision.body)
        for each in node.inside:
            self._provision(element, each, eid)

    def _unique(self, eid: str) -> str:
        known, times = eid, 1
        while known in self._ids:
            times += 1
            known = f"{eid}-{times}"
        self._ids.add(known)
        return known

    def _meta(self, document: ET.Element) -> None:
        edition, day = self._edition, self._edition.day.isoformat()
        number, _, year = edition.reference.partition("-")
        work = f"/akn/{COUNTRY}/bill/{year}/{number}"
        expression = f"{work}/{LANGUAGE}@{day}"
        meta = ET.SubElement(document, "meta")
        identification = ET.SubElement(meta, "identification", source="#consult")
        component = self._attached or "main"
        for level, base, file in (
            ("Work", work, ""),
            ("Expression", expression, ""),
            ("Manifestation", expression, ".xml"),
        ):
            frbr = ET.SubElement(identification, f"FRBR{level}")
            ET.SubElement(frbr, "FRBRthis", value=f"{base}/!{component}{file}")
            ET.SubElement(frbr, "FRBRuri", value=base + file)
            if level == "Expression":
                ET.SubElement(frbr, "FRBRalias", value=edition.url, name="pagina")
            ET.SubElement(frbr, "FRBRdate", date=day, name="publicare")
            ET.SubElement(frbr, "FRBRauthor", {"href": "#authority", "as": "#author"})
            if level == "Work":
                ET.SubElement(frbr, "FRBRcountry", value=COUNTRY)
                ET.SubElement(frbr, "FRBRnumber", value=number)
            elif level == "Expression":
                ET.SubElement(frbr, "FRBRversionNumber", value=str(edition.number))
                ET.SubElement(frbr, "FRBRlanguage", language=LANGUAGE)
        if not self._attached:
            references = ET.SubElement(meta, "references", source="#consult")
            for eid, name in (("authority", edition.authority), ("consult", "Consult")):
                ET.SubElement(references, "TLCOrganization", eId=eid, href=edition.authority_url, showAs=name)
            ET.SubElement(references, "TLCRole", eId="author", href="/akn/ontology/role/author", showAs="Inițiator")


def _blocks(parent: ET.Element, words: str) -> None:
    """Write words as paragraphs, one a line, and tables as tables; at least one block, as the vocabulary wants."""
    before = len(parent)
    for block in blocks(words):
        if isinstance(block, Table):
            _table(parent, block)
        else:
            for line in filter(str.strip, block.split("\n")):
                ET.SubElement(parent, "p").text = line.strip()
    if len(parent) == before:
        ET.SubElement(parent, "p")


def _table(parent: ET.Element, table: Table) -> None:
    element = ET.SubElement(parent, "table")
    for at, row in enumerate(table.rows):
        written = ET.SubElement(element, "tr")
        for cell in row:
            _cell(ET.SubElement(written, "th" if at < table.heads else "td"), cell)


def _cell(element: ET.Element, words: str) -> None:
    for line in words.split("\n"):
        ET.SubElement(element, "p").text = line
