"""The XML inside office documents, read with care: nobody knows who made the file."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

#: Bytes of one part of a document, unpacked. The longest codes have a tenth of it.
LARGEST_PART = 60 * 1024 * 1024

Element = ET.Element


class Unreadable(Exception):  # noqa: N818 - read as a sentence
    """The file is no document of its kind, or damaged."""


class _Builder(ET.TreeBuilder):
    """Builds a tree, but of no document that declares entities: a few lines of them can fill any memory."""

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        raise Unreadable


class Package:
    """The parts of an office document, by name."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(content))
        except (BadZipFile, ValueError, OSError) as problem:
            raise Unreadable from problem
        self.names = frozenset(self._zip.namelist())

    def part(self, name: str) -> Element | None:
        """Return a part as a tree; None if the document has none of that name. Raises Unreadable."""
        if name not in self.names:
            return None
        try:
            with self._zip.open(name) as source:
                content = source.read(LARGEST_PART + 1)
            if len(content) > LARGEST_PART:
                raise Unreadable
            return ET.fromstring(content, ET.XMLParser(target=_Builder()))  # noqa: S314 - it refuses a DOCTYPE
        except (BadZipFile, ET.ParseError, ValueError, OSError, RuntimeError, NotImplementedError) as problem:
            raise Unreadable from problem


def name_of(element: Element) -> str:
    """Return an element's name without its namespace: transitional and strict documents differ in nothing else."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element | None, name: str, default: str = "") -> str:
    """Return an attribute by its name without namespace."""
    if element is None:
        return default
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return default


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the children of a name."""
    return (child for child in ([] if element is None else element) if name_of(child) == name)


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first child of a name, and its first child of the next."""
    for name in path:
        element = next(children(element, name), None)
    return element


def below(element: Element, name: str) -> Iterator[Element]:
    """Yield all elements of a name below this one."""
    return (each for each in element.iter() if name_of(each) == name)
