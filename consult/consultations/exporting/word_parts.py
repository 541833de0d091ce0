"""The parts that every Word document has, so that `word` can be about words."""

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from consult.consultations.exporting.editions import Edition

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

CONTENT_TYPES = f"""{HEAD}<Types xmlns="{PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>\
<Override PartName="/word/styles.xml" ContentType="{WORD}.styles+xml"/>\
<Override PartName="/word/footer1.xml" ContentType="{WORD}.footer+xml"/>\
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>\
</Types>"""
RELATIONS = f"""{HEAD}<Relationships xmlns="{PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>\
<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>\
</Relationships>"""
OF_THE_DOCUMENT = f"""{HEAD}<Relationships xmlns="{PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/>\
<Relationship Id="rId2" Type="{OFFICE}/footer" Target="footer1.xml"/>\
</Relationships>"""


def _style(name: str, title: str, paragraph: str, run: str = "", *, based: str = "Normal") -> str:
    on = f'<w:basedOn w:val="{based}"/>' if name != based else ""
    default = ' w:default="1"' if name == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{name}"><w:name w:val="{title}"/>{on}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


_CENTRED = '<w:keepNext/><w:spacing w:before="240"/><w:jc w:val="center"/>'
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
STYLES = (
    f'{HEAD}<w:styles xmlns:w="{MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
    '<w:sz w:val="24"/><w:lang w:val="ro-RO"/></w:rPr></w:rPrDefault></w:docDefaults>'
    + _style("Normal", "Normal", '<w:spacing w:after="120"/><w:jc w:val="both"/>')
    + _style("Title", "Title", '<w:spacing w:after="120"/><w:jc w:val="center"/>', "<w:b/>")
    + _style("Heading1", "heading 1", f'{_CENTRED}<w:outlineLvl w:val="0"/>', "<w:b/>")
    + _style("Heading2", "heading 2", f'{_CENTRED}<w:outlineLvl w:val="1"/>', "<w:b/>")
    + _style("Article", "Article", '<w:spacing w:before="120"/>')
    + _style("TableText", "Table Text", '<w:spacing w:after="0"/><w:jc w:val="left"/>', '<w:sz w:val="20"/>')
    + _style("Footer", "footer", '<w:jc w:val="left"/>', '<w:sz w:val="16"/>')
    + '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
    f"<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr></w:style></w:styles>"
)
#: A4, with margins of 2.5 cm.
SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709"/></w:sectPr>'
)


def package(edition: Edition, body: str) -> bytes:
    """Return a document with these paragraphs. The same ones give the same bytes, whenever it is made."""
    written = f"{edition.published_at:%Y-%m-%dT%H:%M:%SZ}"
    origin = escape(f"{edition.authority} · {edition.url} · SHA-256 {edition.sha256}")
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELATIONS,
        "word/_rels/document.xml.rels": OF_THE_DOCUMENT,
        "word/document.xml": (
            f'{HEAD}<w:document xmlns:w="{MAIN}" xmlns:r="{OFFICE}"><w:body>{body}{SECTION}</w:body></w:document>'
        ),
        "word/styles.xml": STYLES,
        "word/footer1.xml": (
            f'{HEAD}<w:ftr xmlns:w="{MAIN}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
            f"<w:r><w:t>{origin}</w:t></w:r></w:p></w:ftr>"
        ),
        "docProps/core.xml": (
            f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
            ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{escape(edition.title)}</dc:title><dc:creator>{escape(edition.authority)}</dc:creator>"
            f"<dc:language>ro</dc:language>"
            f'<dcterms:created xsi:type="dcterms:W3CDTF">{written}</dcterms:created></cp:coreProperties>'
        ),
    }
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name, part in parts.items():
            entry = ZipInfo(name, edition.published_at.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, part)
    return content.getvalue()
