"""Text as characters: a fold that keeps every offset, and the sentences and paragraphs of a report.

Read `fold` first: every finder looks at the folded text and reports offsets of the text as given, which are the same.
Where the width of a page broke a line, `Unwrapped` puts it together again; `_lines` is the one place that tells where.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from functools import lru_cache, wraps
from itertools import pairwise
from typing import NamedTuple, TypeVar

import regex

__all__ = ["Unwrapped", "fold", "paragraphs", "remembered", "sentences"]

# One character to one character, so that offsets stay true; NFKC would change lengths.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PUNCTUATION = str.maketrans("\u3000\u00a0\u2002\u2003\u2009﹪﹐﹔﹕〜∼～－﹣−–―‒‐‑—─", "     %,;:~~~----------")
_TRADITIONAL = str.maketrans(
    "萬億點個兩餘幾張處戶種項條將達數據區縣鎮鄉們間隊輛貳叄參陸貫為歲時號類級層場幢棟頭雙噸國強後過約僅實別較減積標準電診療衛員業",
    "万亿点个两余几张处户种项条将达数据区县镇乡们间队辆贰叁叁陆贯为岁时号类级层场幢栋头双吨国强后过约仅实别较减积标准电诊疗卫员业",
)
# Half a surrogate pair is no character; libraries that read text as UTF-8 refuse it.
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
_FOLD = {chr(code): chr(plain) for code, plain in (_FULL_WIDTH | _PUNCTUATION | _TRADITIONAL | _SURROGATES).items()}
_FOLDED = frozenset(_FOLD)
_LONGEST_NAME = 200  # a longer text is a report, which every finder folds: it is kept for the next one
_LONGEST_ARTICLE = 20_000
_T = TypeVar("_T")

# What opens a line that never continues the one before it: an indent, or the mark of a heading or list item.
_MARK = (
    r"[^\S\n]*(?:[(\[]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[)\]、]|[.:](?!\d))"
    r"|\d(?:\.\d){1,2}\s*(?![万亿千百倍%‰个元])\p{Han}|第[一二三四五六七八九十]+[章节条]|[•·●■◆★▲#*|\-(【《“])"
)
_OPENS = regex.compile(r"[^\S\n]{2,}\S|" + _MARK)
# The same on a page whose width is known, where a line may well begin with a figure, a bracket or a quotation mark.
_ITEM = regex.compile(
    r"[(\[]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[)\]、]|[.:](?!\d))|\d(?:\.\d){2}|\d\.\d\s"
    r"|第[一二三四五六七八九十]+[章节条]|[•·●■◆★▲#*|\-【]"
)
_HEADS = regex.compile(_MARK)
_ENDS = frozenset('。;!?:…|】)]}>》。；！？：”"')
_COMMAS = frozenset(",。、;:)%")
_SHORTEST_BODY_LINE = 12
_PAGE_LINES = 5  # as many open lines of one width show how wide the page is
_CLOSERS = frozenset('】)]}>》）”"')
# a row of a table: three cells or more, and no mark of a sentence
_ROW = regex.compile(r"\s*+[^\s,。;、:]++(?:\s++[^\s,。;、:]++){2,}+")
# blanks between the cells of a table, whose lines are no measure of a page's width
_CELLS = regex.compile(r"\S(?: {2,}|\t)\s*+\S")
# so many lines of less than this width, of which less than this part are about as wide as each other, are a list
_LIST_LINES, _LONGEST_LISTED, _ALIKE = 8, 34, 0.5
_NARROWEST = 20  # characters of a line of a page; what is narrower is a list or a table
# What a line cut within a number ends with, what the next begins with, and what the two together have to be.
_FIGURES = frozenset(".,0123456789")
_TAIL = regex.compile(r"(?P<left>[^\d.,]|(?<=[^\d]),)(?P<number>\d{1,9}(?:,\d{3}){0,3}(?:\.\d{0,4}|,\d{0,2})?)$")
_HEAD = regex.compile(r"(?P<number>(?:\d{1,9}|(?=\.\d))(?:,\d{3}){0,3}(?:\.\d{1,4})?)(?P<right>[\p{Han}%‰‱/~-])")
_FIGURE = regex.compile(r"(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,4})?")
_LONGEST_TAIL = 24
_MOST = {"月": 12, "日": 31, "岁": 120}  # of the figures before them
_LONGEST_SPAN = 3  # figures of a span of years
# A line break with no blank line, or the foot of a page, between two lines.
_BREAK = regex.compile(r"[^\S\n]*\n[^\S\n]*|\s*\n(?:\s*-+\s*\d{1,4}\s*-+|\s*第\s*\d{1,4}\s*页)\s*\n\s*")
# A page number between two lines does not part the sentence that runs on under it.
_PAGE_NUMBER = regex.compile(r"\s*-+\s*\d{1,4}\s*-+\s*|\s*第\s*\d{1,4}\s*页(?:\s*共\s*\d{1,4}\s*页)?\s*")
# the number and name of a section in the line of its first sentence (2.1 地区差异 2021年,…)
_RUN_IN = regex.compile(r"\d{1,2}(?:\.\d{1,2}){1,2}[ \t\u3000]+[\p{Han}、]{2,20}[ \t\u3000]+")
_SENTENCE_END = regex.compile(r"""[。;；!！?？][”"』」’)）】]*+|(?P<tag>(?:</?[A-Za-z][^<>\n]{0,200}+>\s*+)++)""")
# Tags of HTML that begin or end a block of text, and those within one.
_BLOCK = regex.compile(
    r"(?:<(?i:/?(?:p|br|div|li|ul|ol|dl|dt|dd|tr|table|tbody|section|article|h[1-6])\b)[^<>\n]{0,200}+>\s*+)++"
)


def fold(text: str) -> str:
    """Return the text with full-width forms, dashes and common traditional characters made plain, one for one.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        A string of the same length: offsets into it are offsets into `text`.

    Examples
    --------
    >>> fold("３７．２６萬元，１—２個")
    '37.26万元,1-2个'
    """
    return _fold(text) if len(text) <= _LONGEST_NAME else _fold_report(text)


def _fold(text: str) -> str:
    # A text holds few of the characters that are folded, and to replace one is faster than to look all of them up.
    for char in _FOLDED.intersection(text):
        text = text.replace(char, _FOLD[char])
    return text


def remembered(read: Callable[[str], _T]) -> Callable[[str], _T]:
    """Keep what a function has read in the last two texts, and in the last articles of a digest of news.

    Every finder goes through a report by itself, and through a digest article by article.

    Parameters
    ----------
    read : callable
        From a text to what it holds.

    Returns
    -------
    callable
        The same, with a memory that does not grow.
    """
    of_report, of_article = lru_cache(maxsize=2)(read), lru_cache(maxsize=64)(read)

    @wraps(read)
    def recalled(text: str) -> _T:
        return of_article(text) if len(text) <= _LONGEST_ARTICLE else of_report(text)

    return recalled


_fold_report = remembered(_fold)


class _Line(NamedTuple):
    """A line that holds something: where it stands, folded; `body` is without the white space behind it."""

    start: int
    text: str
    body: str
    is_open: bool  # no mark ends a sentence at its end

    @property
    def end(self) -> int:
        """Return where the line ends."""
        return self.start + len(self.text)


def _is_wrapped(before: str, after: str) -> bool:
    """Tell whether a break between two folded lines, of which the first ends no phrase, comes from the page's width."""
    if len(before) < _SHORTEST_BODY_LINE or "|" in before or "|" in after:
        return False
    # a line that ends in a number or goes on with a comma has been cut whatever else it holds
    is_cut = (before[-1].isdigit() and not after[:1].isspace()) or after.lstrip()[:1] in _COMMAS
    if not (is_cut or any(mark in before for mark in ",。;、")) or _OPENS.match(after):
        return False
    return "。" in before or ";" in before or not _HEADS.match(before)


class _Widths:
    """How many open lines of a text are about as wide as each other, in characters and on paper."""

    def __init__(self, lines: list[_Line]) -> None:
        prose = [line.body for line in lines if line.is_open and len(line.body) >= _NARROWEST]
        self._chars = Counter(map(len, prose))
        self._cells = Counter(map(_cells, prose))
        self._open = Counter(
            len(line.body)
            for line in lines
            if line.is_open and len(line.body) >= _SHORTEST_BODY_LINE and not _CELLS.search(line.body)
        )

    def are_ragged(self) -> bool:
        """Tell whether the open lines are those of a list, of any width, and not those of a page, which are alike."""
        many = self._open.total()
        if many < _LIST_LINES:
            return False
        most = max(sum(self._open[size + i] for i in range(-2, 3)) for size in self._open)
        return most < _ALIKE * many

    def alike(self, before: str, after: str) -> int:
        """Return how many lines are as wide as one, itself too; 0 if it is narrow, or the next one is wider."""
        size = len(before)
        if size < _NARROWEST:
            return 0
        cells = _cells(before)
        return max(
            sum(self._chars[size + i] for i in range(-2, 3)) if len(after) <= size + 2 else 0,
            sum(self._cells[cells + i] for i in range(-3, 4)) if _cells(after) <= cells + 3 else 0,
        )


def _cells(line: str) -> int:
    """Return how wide a line is in print, where a Chinese character is twice as wide as a figure."""
    return len(line.encode("gb18030", "replace"))


def _cuts_number(before: str, after: str, *, is_full: bool) -> bool:
    """Tell whether a line ends within a number that the next one goes on with: ``村卫生室21`` and ``7个``."""
    tail, head = _TAIL.search(before, max(0, len(before) - _LONGEST_TAIL)), _HEAD.match(after)
    if not tail or not head or _ITEM.match(after):
        return False
    number = tail["number"] + head["number"]
    is_cut = tail["number"][-1] in ".," or head["number"][0] == "."  # no number ends or begins so
    in_prose = is_full or len(before) >= _NARROWEST
    if not _FIGURE.fullmatch(number) or not (is_cut or (in_prose and any(c in before + after for c in ",。;"))):
        return False
    if not tail["left"].isalpha() and not is_full:  # a column of figures
        return False
    most = _MOST.get(head["right"])
    if head["right"] == "年" and len(number) > _LONGEST_SPAN:
        return len(head["number"]) < len("2019") == len(number) and number[:2] in ("19", "20")
    return most is None or float(number.replace(",", "")) <= most


def _is_glued(before: str, after: str, raw: str, *, is_full: bool) -> bool:
    """Tell whether what two lines of a paragraph hold may make one word or number; `raw` is what ends the first."""
    left, right = before[-1], after[0]
    if _parts_figures(before, after):
        return (left != "," or raw == left) and right != "," and _cuts_number(before, after, is_full=is_full)
    if left.isascii() and right.isascii() and left.isalnum() and right.isalnum():
        return False
    return is_full or len(before) >= _NARROWEST


def _may_go_on(line: _Line, following: _Line) -> bool:
    """Tell whether nothing at the end of a line or the start of the next says that they are two."""
    are_rows = all(_ROW.fullmatch(one.body) or len(_CELLS.findall(one.body)) > 1 for one in (line, following))
    if "|" in line.body or "|" in following.text or are_rows or len(_CELLS.findall(line.body)) > 1:
        return False
    return line.is_open or (line.body[-1] in _CLOSERS and following.text[0] in ",。、;")


def _is_indented(line: _Line, following: _Line) -> bool:
    """Tell whether a line begins a paragraph by its indent."""
    indent = len(following.body) - len(following.body.lstrip())
    return indent > 1 and indent != len(line.body) - len(line.body.lstrip())


def _parts_figures(before: str, after: str) -> bool:
    """Tell whether what a break parts are figures, which only a number has side by side."""
    return before[-1] in _FIGURES and after[0] in _FIGURES


def _lines(text: str, folded: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the spans of the lines that hold something, wrapped ones joined into one, and of the wraps to close."""
    lines: list[_Line] = []
    start = 0
    for piece in folded.splitlines(keepends=True):
        body = piece.rstrip()
        if body and not _PAGE_NUMBER.fullmatch(piece):
            whole = piece.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
            lines.append(_Line(start, whole, body, text[start + len(body) - 1] not in _ENDS))
        start += len(piece)
    joined = [(line.start, line.end) for line in lines[:1]]
    wraps: list[tuple[int, int]] = []
    widths: _Widths | None = None
    for line, following in pairwise(lines):
        is_glued = is_joined = False
        if _may_go_on(line, following):
            widths = widths or _Widths(lines)
            after = following.body.lstrip()
            end, begin = line.start + len(line.body), following.start + len(following.body) - len(after)
            alike = widths.alike(line.body, following.body)
            if _BREAK.fullmatch(folded, end, begin) and not _is_indented(line, following):
                is_glued = _is_glued(line.body, after, text[end - 1], is_full=alike > 1)
                is_joined = (is_glued and _parts_figures(line.body, after)) or (
                    alike >= _PAGE_LINES and (line.body[-1] == "、" or not _ITEM.match(after))
                )
            is_joined = is_joined or (line.is_open and _is_wrapped(line.body, following.text))
            if len(line.body) < _LONGEST_LISTED and widths.are_ragged():
                is_glued = is_joined = False
        if not is_joined:
            joined.append((following.start, following.end))
            continue
        joined[-1] = (joined[-1][0], following.end)
        if is_glued:
            wraps.append((end, begin))
    return joined, wraps


def _blocks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the parts of a line between the tags of HTML blocks."""
    tags = [(start, start), *(tag.span() for tag in _BLOCK.finditer(text, start, end)), (end, end)]
    parts = [(a, b) for (_, a), (b, _) in pairwise(tags)]
    return [(a, b) for a, b in parts if not text[a:b].isspace() and a < b]


def paragraphs(text: str) -> list[tuple[int, int]]:
    r"""Return the spans of the paragraphs.

    These are lines, with those that a page's width broke put together again, and the parts of a line between the tags
    of HTML blocks.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of (int, int)
        Start and end offsets, in order, without white space at either end.

    Examples
    --------
    >>> paragraphs("一、医改\n全县建成医共体2个。")
    [(0, 4), (5, 15)]
    """
    return list(_structure(text)[0])


@remembered
def _structure(text: str) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """Return the paragraphs, and the breaks within them that may stand within a word or number."""
    folded = fold(text)
    lines, wraps = _lines(text, folded)
    if "<" in folded:
        lines = [block for start, end in lines for block in _blocks(folded, start, end)]
    trimmed = []
    for start, end in lines:
        body = folded[start:end]
        trimmed.append((start + len(body) - len(body.lstrip()), start + len(body.rstrip())))
    return tuple(trimmed), tuple(wraps)


class Unwrapped:
    r"""A text without the line breaks that the width of a page left within its words and numbers.

    A break counts where two lines are of one paragraph, and both are as wide as a page. Between two figures the lines
    have to be prose, and the two figures together a number that makes sense.

    Parameters
    ----------
    source : str
        The text as given.

    Attributes
    ----------
    text : str
        The text without those breaks; `source` itself where there are none.

    Examples
    --------
    >>> lines = Unwrapped("全县医疗卫生服务体系不断完善，新建、改建村卫生室21\n7个，平均住院日缩短0.\n5天。")
    >>> lines.text
    '全县医疗卫生服务体系不断完善，新建、改建村卫生室217个，平均住院日缩短0.5天。'
    >>> lines.span(24, 28)
    (24, 29)
    """

    def __init__(self, source: str) -> None:
        wraps = _structure(source)[1] if "\n" in source else ()
        self.text = source
        self._starts: list[int] = []  # in `text`, of each stretch behind a break
        self._shifts = [0]  # what the breaks before it took out
        if wraps:
            edges = [0, *(edge for wrap in wraps for edge in wrap), len(source)]
            self.text = "".join(source[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
        for start, end in wraps:
            self._starts.append(start - self._shifts[-1])
            self._shifts.append(self._shifts[-1] + end - start)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of `text` stands in the source, from its first to its last character."""
        if not self._starts:
            return start, end
        return self._at(start), self._at(end - 1) + 1

    def _at(self, at: int) -> int:
        return at + self._shifts[bisect_right(self._starts, at)]


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences.

    A paragraph, a heading in the line of its text or an HTML tag ends one, and so do 。；！？ (with the quotation marks
    behind them).

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of (int, int)
        Start and end offsets, in order.

    Examples
    --------
    >>> text = "签约率12.5%。建档8万份；随访3次"
    >>> [text[start:end] for start, end in sentences(text)]
    ['签约率12.5%。', '建档8万份；', '随访3次']
    """
    found = []
    for start, end in paragraphs(text):
        left = start
        if heading := _RUN_IN.match(text, start, end):
            found.append((left, heading.end()))
            left = heading.end()
        for stop in _SENTENCE_END.finditer(text, start, end):
            if not stop["tag"]:
                found.append((left, stop.end()))
            elif not text[left : stop.start()].isspace() and left < stop.start():
                found.append((left, stop.start()))
            left = stop.end()
        if left < end and not text[left:end].isspace():
            found.append((left, end))
    return found
