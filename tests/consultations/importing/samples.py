"""Office documents as their programs write them, as far as a reader of their words can tell."""

from base64 import b85decode
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile
from zlib import decompress

from tests.files.samples import CONTENT_TYPES

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [(same, same) for same in ("office", "text", "table", "style")] + [("draw", "drawing")]
)


def package(parts: dict[str, str | bytes]) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """Return a Word document. `parts`: "numbering", "styles", "footnotes", "header1", as their inner XML."""
    more = {
        f"word/{name}.xml": f"<w:{name.rstrip('1')} {W}>{inner}</w:{name.rstrip('1')}>" for name, inner in parts.items()
    }
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return package({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": document, **more})


def p(words: str, properties: str = "") -> str:
    """Return a paragraph; `words` are runs if they are markup."""
    runs = words if words.startswith("<") else f"<w:r><w:t>{words}</w:t></w:r>"
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def r(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def listed(words: str, depth: int = 0, number: int = 1) -> str:
    return p(words, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def tbl(*rows: list[str], properties: str = "", first: str = "") -> str:
    """Return a table; `first`: properties of its first row."""
    cells = ["".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row) for row in rows]
    written = [f"<w:tr><w:trPr>{first if at == 0 else ''}</w:trPr>{row}</w:tr>" for at, row in enumerate(cells)]
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(written)}</w:tbl>"


#: "Art. 1.", "(1)" and "a)" as Word draws them, and a list of dots.
NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Art. %1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%2)"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="8">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:pStyle w:val="Capitol"/>'
    '<w:lvlText w:val="Capitolul %2"/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def odt(body: str, styles: str = "", *, header: str = "") -> bytes:
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    page = (
        f"<office:document-styles {ODF}><office:master-styles>{header}</office:master-styles></office:document-styles>"
    )
    return package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, "styles.xml": page})


#: A PDF without pages, under a password that nobody needs to know.
LOCKED_PDF = decompress(
    b85decode(
        "c-"
        "n<g%T5A85WMeK^o1i%_q=vD*>K^J7)>CcUWkX;c_4=Dl4VT9&+$k6EN{jEBA9rvZ(Y+>JyqSCjV67%l3DNL^ZhF$Kxpgdtg3*`%*"
        "yY8Cu9!nZol=wh9;U#yMn<W^Nl+U@?V5u`_jbJvzxWs!4e*SXeXr$N&F&B)|==%V2fxPXF3P$);Fv81jGwqQ>c{iUYMYXcu?E~(w"
        ">M)<2<@T@S@;O7p}HJ+FA;(L_tznl^aRIp~XSk4}HRe+#Ce3d#FkogtNA=w$?Qw<u#E&?t^z6xj;ltQtGnAy7ZDrVopZ7l2Dd~w3"
        "IX-QZg4uubmGWg3Rz-"
        "pp_B|0-P~YaC&Jjn3jJqqWprz&a5{npF>phwv9lido0#(9we~q5iBdx+H!Ao`ljKUthVH|BThO5FO(YmKap-"
        "VZfv*TMi9ph$=fcPE*_l;o@c$@csj|x0aezKL;"
    )
)
