"""Web pages: the article, without what the site puts around it.

Start at `read_html`. trafilatura tells the article from navigation and footers; it is given the page and never an
address, so that nothing is fetched.
"""

from __future__ import annotations

import logging
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import regex

from healthie.extras import need
from healthie.readers.limits import (
    MOST_ATTRIBUTES,
    MOST_BLOCKS,
    MOST_CELLS,
    MOST_ELEMENTS,
    MOST_IN_ROW,
    MOST_PAGE_SOURCE,
    MOST_SPANNED,
)
from healthie.readers.plain import decode
from healthie.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["decode_html", "is_html", "read_html"]

_CHARSET = regex.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{1,40})", regex.IGNORECASE
)
_HEAD = 4096
_OPENING = regex.compile(
    r"\s*+(?:<!--.{0,2000}?-->\s*+)*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--.{0,2000}?-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    regex.IGNORECASE | regex.DOTALL,
)
_SITE = regex.compile(r"(?<=\p{Han})\s*[-_|–—]{1,2}\s*[^-_|–—]{0,30}(?:政府|网|委员会|委|局|平台|中心)[^-_|–—]{0,8}$")
_TABLE_RULE = regex.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+\s*")
_TITLE_LINES = 5
_TABLE_PARTS = ("tbody", "tr", "td", "th")
_CELLS = ("td", "th")
# What justext begins a paragraph at.
_BLOCKS = (
    *("blockquote", "br", "caption", "center", "col", "colgroup", "dd", "div", "dl", "dt", "fieldset", "form", "h1"),
    *("h2", "h3", "h4", "h5", "h6", "legend", "li", "optgroup", "option", "p", "pre", "table", "td", "textarea"),
    *("tfoot", "th", "thead", "tr", "ul"),
)
_SPAN = regex.compile(r"0*+([1-9]\d{0,4})")
_SPANS_NOTHING = {"colspan": "1", "rowspan": "1"}
_UNSHOWN = regex.compile(r"display\s*:\s*none", regex.IGNORECASE)
_LONGEST_CELL = 300
_DAY = regex.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def is_html(text: str) -> bool:
    """Tell whether a text is the source of a web page, by how it opens."""
    return bool(_OPENING.match(text))


def decode_html(data: bytes) -> str:
    """Turn the bytes of a web page into text, in the encoding that it declares unless they tell another."""
    declared = _CHARSET.search(data, 0, _HEAD)
    return decode(data, declared=declared[1].decode("ascii", errors="ignore") if declared else "")


def read_html(data: bytes) -> Source:
    """Read the article of a web page.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    Source
        The title and the text of the article, tables with a row a line and ``|`` between cells.

    Raises
    ------
    ImportError
        If trafilatura is not installed.
    ValueError
        If it is no text, or holds no article.
    """
    trafilatura = need("trafilatura", "Reading web pages", extra="files")
    logger = logging.getLogger("trafilatura")
    if not logger.handlers:  # else what it warns of goes to standard error where no logging is set up
        logger.addHandler(logging.NullHandler())
    page = decode_html(data)
    if len(page) > MOST_PAGE_SOURCE:
        raise ValueError(f"it is a web page of more than {MOST_PAGE_SOURCE:,} characters: save the article alone.")
    _check_tags(page)
    tree = trafilatura.load_html(page if is_html(page) else f"<html><body>{page}</body></html>")
    _bound_tables(tree)
    # a page that its script uncovers has nothing else to show
    found, body = _article(_without_hidden(deepcopy(tree)))
    if not body:
        found, body = _article(tree)
    if not body:
        raise ValueError(
            "it holds no article: it may be a list of links, or a page that a script fills; save its text alone."
        )
    title = _SITE.sub("", (found.title or "").strip())
    day = _DAY.match(found.date or "")
    return Source(_titled(title, body), title=title, published=day[0] if day else "")


class _Tags:
    """Looks at the tags that a parser comes by."""

    def __init__(self) -> None:
        self._count = 0

    def start(self, _: str, attributes: Mapping[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise ValueError(f"it is a web page of more than {MOST_ELEMENTS:,} elements: split it, or save it as PDF.")
        if len(attributes) > MOST_ATTRIBUTES:
            raise ValueError(
                f"it has a tag with more than {MOST_ATTRIBUTES:,} attributes, which no honest page has: "
                "save its text alone."
            )

    def close(self) -> None:
        """End, as a parser asks."""


def _check_tags(page: str) -> None:
    """Raise if there are tags without end, or attributes of a tag.

    This parser makes no tree, and its time grows with the page.
    """
    etree = need("lxml.etree", "Reading web pages", extra="files", package="lxml")
    parser = etree.HTMLParser(target=_Tags())
    parser.feed(page)
    parser.close()


def _bound_tables(tree: Any) -> None:
    """Let a cell span no more than its table has, and all cells of the page no more than `MOST_SPANNED` together.

    What a cell spans stands in the text as empty cells: a short page that says 100 everywhere would be a long text.

    Raises
    ------
    ValueError
        If a row has cells without end, or the tables have once each row is filled up to the widest of its table.
    """
    left, cells = MOST_SPANNED, 0
    for rows in _tables(tree):
        if max(map(len, rows)) > MOST_IN_ROW:
            raise ValueError(
                f"it has a table with more than {MOST_IN_ROW:,} cells in a row, which no honest page has: "
                "save its text alone."
            )
        left = _bound_spans(rows, left)
        cells += len(rows) * max(sum(int(cell.get("colspan")) for cell in row) for row in rows)
        if cells > MOST_CELLS:
            raise ValueError(f"its tables have more than {MOST_CELLS:,} cells: split it, or save its text alone.")


def _tables(tree: Any) -> list[list[list[Any]]]:
    """Return the cells of each row of each table; those that stand in no row are read as one, and so are one here."""
    rows: dict[Any, list[Any]] = {}
    for part in () if tree is None else tree.iter("tr", *_CELLS):
        above = part.getparent()
        row = part if part.tag == "tr" else above if above.tag == "tr" else _table_of(part)
        if row is not None:
            rows.setdefault(row, []).extend([part] * (part is not row))
    tables: dict[Any, list[list[Any]]] = {}
    for row, cells in rows.items():
        tables.setdefault(_table_of(row), []).append(cells)
    return list(tables.values())


def _bound_spans(rows: list[list[Any]], left: int) -> int:
    """Bound what the cells of a table span, and return how many the other tables may."""
    widest = max(map(len, rows))
    for above, row in enumerate(rows):
        for cell in row:
            columns, lines = _span(cell, "colspan", widest), _span(cell, "rowspan", len(rows) - above)
            spanned = columns * lines - 1
            is_bounded = spanned <= left
            cell.attrib.update({"colspan": str(columns), "rowspan": str(lines)} if is_bounded else _SPANS_NOTHING)
            left -= spanned if is_bounded else 0
    return left


def _span(cell: Any, name: str, most: int) -> int:
    """Return how many columns or lines a cell spans: 1 where it says no number that could be one."""
    said = _SPAN.fullmatch(cell.get(name, "").strip())
    return min(int(said[1]), most) if said else 1


def _article(tree: Any) -> tuple[Any, str]:
    """Return what trafilatura finds in a page, and the text of its article, empty if there is none."""
    trafilatura = need("trafilatura", "Reading web pages", extra="files")
    blocks = 0 if tree is None else sum(1 for _ in tree.iter(*_BLOCKS))
    # Favouring recall: a button too many is known for what it is later, a paragraph too few is lost.
    found = trafilatura.bare_extraction(
        _without_layout(tree) if tree is not None else "",
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        # Where little text is found, justext is asked too, in time that grows with the square of the paragraphs. Words
        # of a page of so many are not lost without it: one with hardly an article is taken whole.
        fast=blocks > MOST_BLOCKS,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    body = "\n".join(_lines(found.text or "")) if found else ""
    return found, body if body.strip() else ""


def _without_hidden(tree: Any) -> Any:
    """Take out what a browser does not show: elements with the attribute hidden, or the style display:none."""
    parts = [] if tree is None else [part for part in tree.iter() if isinstance(part.tag, str)]
    for part in parts:
        is_hidden = part.get("hidden") is not None or _UNSHOWN.search(part.get("style", "")) is not None
        if is_hidden and part.getparent() is not None:
            part.drop_tree()
    return tree


def _without_layout(tree: Any) -> Any:
    """Make blocks of the tables that only lay out a page, as old sites do: those with an article in a cell."""
    cells = [cell for cell in tree.iter("td") if len(cell.text_content()) > _LONGEST_CELL]
    layout = {_table_of(cell) for cell in cells}
    outer = {above for cell in cells for above in cell.iterancestors("td")}
    innermost = [cell for cell in cells if cell not in outer]
    for part in [part for part in tree.iter("table", *_TABLE_PARTS) if _table_of(part) in layout]:
        part.tag = "div"
    if len(innermost) == 1:
        innermost[0].tag = "article"
    return tree


def _table_of(part: Any) -> Any:
    return part if part.tag == "table" else next(part.iterancestors("table"), None)


def _lines(text: str) -> list[str]:
    """Return the lines, rows of tables without the bars at either end, and without the empty cells at the last."""
    lines = [line for line in text.splitlines() if not _TABLE_RULE.fullmatch(line)]
    return [line.strip().removeprefix("|").rstrip("| ").strip() if line.startswith("|") else line for line in lines]


def _titled(title: str, body: str) -> str:
    """Return the text below its title, where the site sets that apart from the article."""
    head = "".join(body.split("\n", _TITLE_LINES)[:_TITLE_LINES])
    return body if not title or "".join(title.split()) in "".join(head.split()) else f"{title}\n{body}"
