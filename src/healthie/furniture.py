"""The furniture of a web page: navigation, phone lines, share buttons, index tables, page counters, links.

Start at `furniture`. It judges line by line, only short lines and only by their form, so that body text is never taken;
the words are in `data/furniture.tsv`.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from healthie.gazetteer import read_rows
from healthie.text import fold

__all__ = ["buttons", "furniture", "lines", "words"]

_LONGEST_LINE = 90
_LONGEST_LINK = 60
_LONGEST_STEP = 16
_SHORTEST_MENU = 3
_HOME = frozenset({"首页", "网站首页"})
_SEPARATORS = regex.compile(r"[\s|/·•>»《》【】\[\]():,;、&=_#*+→←↑↓×✕-]+")

_COUNTER = regex.compile(
    r"第?\s*\d{1,4}\s*[/页]\s*(?:共\s*)?\d{0,4}\s*页?|共\s*\d{1,4}\s*页"
    r"|[-~·]\s*\d{1,4}\s*[-~·]|\W+|[A-Za-z]"
)
_STAMP = regex.compile(r"\W{0,4}\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}[:时]\d{1,2}(?:[:分]\d{0,2})?秒?\W{0,3}")
_CONTACT = regex.compile(
    r"(?:电话|热线|[Tt]ele?|TEL|传真|手机|邮编|QQ)[^。;]{0,12}\d{5,}"
    r"|[\w.+-]{1,40}@[\w-]{1,40}\.\w{2,8}|https?://|www\.\w|\w\.gov\.cn"
)
_SPACE, _MARKS = regex.compile(r"\s+"), regex.compile(r"[\s:>【】|]+")
_STEPS = regex.compile(r">{1,2}|》{2}")
_COUNT = regex.compile(r"[\d-]{1,20}[次]?\W*")
_PICTURED = regex.compile(r"记者|通讯员|图")
_HEADING = regex.compile(r"[(第]?[一二三四五六七八九十]{1,3}[)、.章节部条]|\d{1,2}[.、]\D")


@lru_cache(maxsize=16)
def words(*classes: str) -> frozenset[str]:
    """Return the words of some classes of ``data/furniture.tsv``."""
    return frozenset(word for name, cell in read_rows("furniture") if name in classes for word in cell.split())


@lru_cache(maxsize=16)
def _any_of(*classes: str) -> regex.Pattern[str]:
    return regex.compile("|".join(regex.escape(word) for word in sorted(words(*classes), key=lambda w: (-len(w), w))))


def _cells() -> tuple[str, ...]:
    return ("cell-title", "cell-date", "cell-written", "cell-body", "cell-number", "cell-source", "cell-other")


def _is_words(line: str) -> bool:
    """Tell whether a line holds only the words of buttons and menus."""
    parts = [part for part in _SEPARATORS.split(line) if part]
    known = words("whole", "tail")
    return any(part in known for part in parts) and all(part in known or part.isdigit() for part in parts)


def _is_menu(line: str) -> bool:
    """Tell whether a line is a path of the site (首页 > 要闻 > 正文), or a row of its menu."""
    if "。" in line or "," in line or any(map(str.isdigit, line)):
        return False
    steps = [step.strip() for step in _STEPS.split(line)]
    if 2 < len(steps) <= 8 and all(len(step) <= _LONGEST_STEP for step in steps):
        return True
    parts = [part for part in _SEPARATORS.split(line) if part]
    if len(parts) < _SHORTEST_MENU or any(len(part) > _LONGEST_STEP for part in parts):
        return False
    known = sum(part in words("whole") for part in parts)
    return 2 * known >= len(parts) or (known > 1 and not _HOME.isdisjoint(parts))


def _opens(line: str) -> bool:
    """Tell whether a line opens with the name of a field: 责任编辑:, 当前位置 >."""
    tight = _SPACE.sub("", line.lstrip("【[(《•·*#>|- "))
    match = _any_of("open", *_cells()).match(tight)
    if not match:
        return False
    rest = tight[match.end() :]
    return not rest or rest[0] in ":|>/】])" or bool(_COUNT.fullmatch(rest))


def _is_index_row(line: str) -> bool:
    """Tell whether a line is a row of the index table that stands above an official document."""
    cells = [_SPACE.sub("", cell) for cell in line.split("|")]
    return any(_any_of(*_cells()).fullmatch(cell.rstrip(":")) for cell in cells)


def _is_page(line: str) -> bool:
    """Tell whether a folded, stripped line belongs to the page and not to the report."""
    if ("|" in line and _is_index_row(line)) or _COUNTER.fullmatch(line) or _STAMP.fullmatch(line):
        return True
    if len(line) > _LONGEST_LINE:
        return False
    tight = _SPACE.sub("", line)
    if _is_words(line) or _is_menu(line) or _any_of("hold").search(tight):
        return True
    if "。" in line.rstrip("。"):
        return line.count("。") == 1 and len(line) <= _LONGEST_LINK and _ends(tight)
    return _opens(line) or _ends(tight) or bool(_CONTACT.search(line))


def _ends(tight: str) -> bool:
    """Tell whether a line is the credit of a picture."""
    bare = tight.rstrip("。)】]")
    return bool(_PICTURED.search(bare)) and any(bare.endswith(word) for word in words("end"))


def _is_link(line: str) -> bool:
    """Tell whether a line below 推荐阅读 can be the title of another page."""
    return len(line) <= _LONGEST_LINK and "。" not in line and not _HEADING.match(line)


@lru_cache(maxsize=1)
def _buttons() -> regex.Pattern[str]:
    word = _any_of("whole").pattern
    # where white space stands before it, a button begins with all of that
    return regex.compile(rf"(?<![^\S\n])(?:[^\S\n]*+[【\[](?:{word})[】\]])++(?=[^\S\n]*+(?:\n|$))")


def buttons(text: str) -> list[tuple[int, int]]:
    r"""Find the buttons of a page that stand in brackets at the end of a line.

    Examples
    --------
    >>> text = "签约2万户【打印】 【关闭】\n【医改】建成2个。"
    >>> [text[start:end] for start, end in buttons(text)]
    ['【打印】 【关闭】']
    """
    return [match.span() for match in _buttons().finditer(text)]


def lines(text: str) -> list[tuple[int, int]]:
    r"""Return the spans of the lines that hold something, without the white space at either end.

    Examples
    --------
    >>> lines(" 甲\n\n乙")
    [(1, 2), (4, 5)]
    """
    spans, at = [], 0
    for piece in text.splitlines(keepends=True):
        line = piece.strip()
        if line:
            start = at + len(piece) - len(piece.lstrip())
            spans.append((start, start + len(line)))
        at += len(piece)
    return spans


def furniture(text: str) -> tuple[tuple[int, int], ...]:
    r"""Find what a web page puts around a report.

    Parameters
    ----------
    text : str
        The text of a page.

    Returns
    -------
    tuple of (int, int)
        Spans in order: whole lines without the white space at either end. Nothing in them is of the report.

    Examples
    --------
    >>> page = "当前位置:首页 > 工作动态\n全县签约2万户。\n责任编辑:甲"
    >>> [page[start:end] for start, end in furniture(page)]
    ['当前位置:首页 > 工作动态', '责任编辑:甲']
    """
    folded = fold(text)
    spans = lines(folded)
    is_page, in_links = [], False
    for start, end in spans:
        line = folded[start:end]
        is_tail = len(line) <= _LONGEST_LINE and _MARKS.sub("", line) in words("tail")
        in_links = is_tail or (in_links and _is_link(line))
        is_page.append(in_links or _is_page(line))
    for i, (start, end) in enumerate(spans):
        if folded[start:end].isdigit() and any(is_page[max(0, i - 1) : i + 2]):  # a counter of the page, bare
            is_page[i] = True
    return tuple(span for span, page in zip(spans, is_page, strict=True) if page)
