"""Word files (DOCX): paragraphs and tables in the order of the document.

Start at `read_docx`. python-docx opens the file; the text is taken from its XML, since that also shows what stands in
smart tags, content controls, links and accepted changes.
"""

from __future__ import annotations

import posixpath
from io import BytesIO
from typing import TYPE_CHECKING, Any

from healthie.extras import need
from healthie.readers.limits import check_declarations, check_xml_size, named_xml, open_archive, read_part
from healthie.source import Part, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from zipfile import ZipFile, ZipInfo

    from healthie.readers.limits import Limits

__all__ = ["read_docx"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What was deleted or moved away, and the second form of a drawing.
_LEFT_OUT = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", _FALLBACK})
_TYPES = "[Content_Types].xml"
# Pictures (SVG) and web pages that a file may hold: no reader of Word files takes them for a part of the document.
_NO_PARTS = ("image/", "application/xhtml+xml")
_DAMAGED = "it is damaged, it cannot be opened as a Word file: get or save a new copy."
_NO_MEMORY = 2  # the code of libxml2 for that
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read_docx(data: bytes, limits: Limits) -> Source:
    """Read the body of a Word file.

    Parameters
    ----------
    data : bytes
        The whole file.
    limits : Limits
        How much it may unpack to.

    Returns
    -------
    Source
        A line a paragraph and a line a row of a table, with ``|`` between cells; each is a part. Empty ones are left
        out and not counted.

    Raises
    ------
    ImportError
        If python-docx is not installed.
    ValueError
        If it is damaged, locked, too big, or holds no text.
    """
    docx = need("docx", "Reading Word files", extra="files", package="python-docx")
    with open_archive(data, limits) as archive:
        _check_xml(archive)
    try:
        document = docx.Document(BytesIO(data))
        body = document.element.body
    except Exception as error:  # noqa: BLE001  python-docx lets through whatever its parsers raise
        if isinstance(error, MemoryError) or getattr(error, "code", 0) == _NO_MEMORY:
            raise MemoryError from None
        raise ValueError(_DAMAGED) from None
    text, parts = _join(line for block in body for line in _block_lines(block))
    if not text:
        raise ValueError("it holds no text: if it holds pictures of pages, run text recognition (OCR) on them first.")
    title, published = _properties(document)
    return Source(text, title=title, published=published, part_kind="paragraph", parts=parts)


def _check_xml(archive: ZipFile) -> None:
    """Raise if what python-docx would parse is too big or declares entities: XML by its name, or by its type."""
    named = set(named_xml(archive))
    check_declarations(archive, named)
    typed = set(_typed_xml(archive)) - named
    check_xml_size(named | typed)
    check_declarations(archive, typed)


class _Types:
    """Looks at the types that a file gives its parts, and makes no tree of them."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.suffixes: set[str] = set()

    def start(self, _: str, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("ContentType", "").lower()
        if kind.endswith("xml") and not kind.startswith(_NO_PARTS):
            self.names.add(attributes.get("PartName", "").lower())
            self.suffixes.add(f".{attributes.get('Extension', '').lower()}")

    def close(self) -> None:
        """End, as a parser asks."""


def _typed_xml(archive: ZipFile) -> list[ZipInfo]:
    """Return the parts that are XML by the types that the file gives them, whatever they are called."""
    etree = need("lxml.etree", "Reading Word files", extra="files", package="lxml")
    types = _Types()
    for part in archive.infolist():
        if part.filename == _TYPES:
            try:
                etree.fromstring(read_part(archive, part), etree.XMLParser(target=types, resolve_entities=False))
            except etree.XMLSyntaxError:
                raise ValueError(_DAMAGED) from None
    return [part for part in archive.infolist() if _is_typed(f"/{part.filename}".lower(), types)]


def _is_typed(name: str, types: _Types) -> bool:
    # A suffix is what python-docx takes for one: none in /word/.bin, and so it is that of no default.
    return name in types.names or (posixpath.splitext(name)[1] or ".") in types.suffixes


def _properties(document: Any) -> tuple[str, str]:
    """Return the title and the day that the file states, where it states them well."""
    try:
        properties = document.core_properties
        title, created = properties.title or "", properties.created
    except (ValueError, KeyError, AttributeError, TypeError):
        return "", ""
    return title.strip(), created.date().isoformat() if created else ""


def _join(lines: Iterator[str]) -> tuple[str, tuple[Part, ...]]:
    kept = [line.rstrip() for line in lines if line.strip()]
    parts, at = [], 0
    for number, line in enumerate(kept, start=1):
        parts.append(Part(number, at, at + len(line)))
        at += len(line) + 1
    return "\n".join(kept), tuple(parts)


def _block_lines(block: Any) -> Iterator[str]:
    """Yield the lines of a paragraph, a table, or what holds them."""
    if block.tag == f"{_W}p":
        yield from _paragraph_lines(block)
    elif block.tag == f"{_W}tbl":
        for row in _rows(block):
            yield " | ".join(_cell(cell) for cell in row.iterchildren(f"{_W}tc", f"{_W}sdt"))
    elif block.tag not in _LEFT_OUT:
        for inner in block:
            yield from _block_lines(inner)


def _rows(table: Any) -> Iterator[Any]:
    """Yield the rows of a table, and not those of tables in its cells."""
    for inner in table:
        if inner.tag == f"{_W}tr":
            yield inner
        elif inner.tag not in _LEFT_OUT:
            yield from _rows(inner)


def _paragraph_lines(paragraph: Any) -> Iterator[str]:
    """Yield a paragraph, and then the paragraphs of text boxes that hang on it."""
    boxes: list[Any] = []
    yield "".join(_pieces(paragraph, boxes))
    for box in boxes:
        for block in box:
            yield from _block_lines(block)


def _pieces(element: Any, boxes: list[Any]) -> Iterator[str]:
    """Yield the text in an element, and collect the text boxes in it."""
    for inner in element:
        if inner.tag == f"{_W}t":
            yield inner.text or ""
        elif inner.tag in _SIGNS:
            yield _SIGNS[inner.tag]
        elif inner.tag == f"{_W}txbxContent":
            boxes.append(inner)
        elif inner.tag not in _LEFT_OUT and not _is_hidden(inner):
            yield from _pieces(inner, boxes)


def _is_hidden(element: Any) -> bool:
    """Tell whether a run is set as hidden text, which Word neither shows nor prints."""
    switch = element.find(f"{_W}rPr/{_W}vanish") if element.tag == f"{_W}r" else None
    return switch is not None and switch.get(f"{_W}val", "true") not in {"0", "false", "off"}


def _cell(cell: Any) -> str:
    """Return a cell in one line."""
    lines = (line for block in cell for line in _block_lines(block))
    return " ".join(" ".join(line.split()) for line in lines if line.strip())
