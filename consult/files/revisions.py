"""What an office text still tells of how it was written: who struck out what, and what was said in the margin.

A screen may hide them from whoever sends the file, and many have been published by mistake. What people send in as
their own may carry them; what an authority publishes for good may not.
"""

from consult.files.archives import Archive
from consult.files.formats import DOCX, ODT
from consult.files.uploads import CheckedFile, UploadRefused
from consult.i18n import N_

#: Where each format keeps its words, and the marks of a change or a comment among them.
#: Sources: ECMA-376, part 1, sections 17.13.4 and 17.13.5; OASIS OpenDocument 1.3, part 3, sections 5.5 and 14.1.
REVISIONS = {
    DOCX: (
        "word/",
        (b"<w:ins ", b"<w:del ", b"<w:moveFrom ", b"<w:moveTo ", b"<w:commentReference "),
    ),
    ODT: ("content.xml", (b"<text:changed-region ", b"<office:annotation ", b"<office:annotation>")),
}


class RevisionsLeft(UploadRefused):
    """A document to be published in which everybody would read how it came to be."""

    sentence = N_(
        "“%(name)s” still has tracked changes or comments in the margin, which everybody would read. Accept or reject"
        " the changes, delete the comments and save it again, or send it as PDF."
    )


def refuse_revisions(file: CheckedFile, content: bytes) -> None:
    """Refuse a text that carries tracked changes or comments. `content`: the bytes that were checked."""
    if file.format not in REVISIONS:
        return
    place, marks = REVISIONS[file.format]
    archive = Archive(content)
    if any(archive.mentions(name, marks) for name in archive.names if name.startswith(place)):
        raise RevisionsLeft(name=file.name)
