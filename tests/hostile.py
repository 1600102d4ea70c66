"""What files made to harm are made of: PDF files object by object, and archives."""

from __future__ import annotations

import io
import zipfile

SENTENCE = "全县建成村卫生室86所。"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf(*objects: str | bytes, trailer: str = "") -> bytes:
    """Return a PDF file of objects numbered from 1, the first of them its root."""
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body if isinstance(body, bytes) else body.encode("latin-1"))
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows)
    end = f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + table + end.encode()


def stream(body: str | bytes, entries: str = "") -> bytes:
    """Return an object that holds bytes."""
    data = body.encode() if isinstance(body, str) else body
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), entries.encode(), data)


FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
CATALOG = "<</Type/Catalog/Pages 2 0 R>>"
PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = (
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    "/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>"
)


def pdf_page(content: str, *objects: str | bytes) -> bytes:
    """Return a PDF file of one page with a font F, and a form X if the first of more objects is one."""
    return pdf(CATALOG, PAGES, PAGE, stream(content), FONT, *objects)


def endless_pdf(depth: int = 40) -> bytes:
    """Return a PDF file of forms that each draw the next one ten times: 10 to the power of `depth` words."""
    drawn = "/X Do " * 10
    forms = [
        stream(
            drawn,
            f"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X {number} 0 R>>/Font<</F 5 0 R>>>>",
        )
        for number in range(7, 7 + depth)
    ]
    last = stream(
        "BT /F 9 Tf 9 9 Td (8) Tj ET", "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>"
    )
    return pdf_page(drawn, *forms, last)


def packed(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP file."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return data.getvalue()


TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>{{more}}</Relationships>'
)


def word_parts(body: str = f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>", relations: str = "") -> dict[str, str]:
    """Return the parts of a DOCX file."""
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(more=relations),
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
    }


def ofd_parts(content: str = "", resources: str = "") -> dict[str, str]:
    """Return the parts of an OFD file of one page that holds a sentence."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    text = (
        '<ofd:TextObject ID="9" Boundary="0 20 200 5" Font="1" Size="4">'
        f'<ofd:TextCode X="0" Y="4" DeltaX="g {len(SENTENCE) - 1} 4">{SENTENCE}</ofd:TextCode></ofd:TextObject>'
    )
    public = "<ofd:PublicRes>Res.xml</ofd:PublicRes>" if resources else ""
    parts = {
        "OFD.xml": f'<ofd:OFD {space} DocType="OFD" Version="1.1"><ofd:DocBody><ofd:DocInfo/>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID>"
        f"<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{public}</ofd:CommonData>"
        '<ofd:Pages><ofd:Page ID="2" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/Pages/Page_0/Content.xml": f'<ofd:Page {space}><ofd:Content><ofd:Layer ID="3">{text}{content}'
        "</ofd:Layer></ofd:Content></ofd:Page>",
    }
    if resources:
        parts["Doc_0/Res.xml"] = f'<ofd:Res {space} BaseLoc="Res">{resources}</ofd:Res>'
    return parts
