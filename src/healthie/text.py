"""Text as characters: a fold that keeps every offset, and the sentences and paragraphs of a report.

Read `fold` first: every finder looks at the folded text and reports offsets of the text as given, which are the same.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import regex

__all__ = ["fold", "paragraphs", "sentences"]

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

# What opens a line that never continues the one before it: an indent, or the mark of a heading or list item.
_MARK = (
    r"[^\S\n]*(?:[(\[]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[)\]、]|[.:](?!\d))"
    r"|\d(?:\.\d){1,2}\s*(?![万亿千百倍%‰个元])\p{Han}|第[一二三四五六七八九十]+[章节条]|[•·●■◆★▲#*|\-(【《“])"
)
_OPENS = regex.compile(r"[^\S\n]{2,}\S|" + _MARK)
_HEADS = regex.compile(_MARK)
_ENDS = frozenset('。;!?:…|】)]}>》。；！？：”"')
_COMMAS = frozenset(",。、;:)%")
_SHORTEST_BODY_LINE = 12
# A page number between two lines does not part the sentence that runs on under it.
_PAGE_NUMBER = regex.compile(r"\s*-+\s*\d{1,4}\s*-+\s*|\s*第\s*\d{1,4}\s*页(?:\s*共\s*\d{1,4}\s*页)?\s*")
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


_fold_report = lru_cache(maxsize=2)(_fold)


def _is_wrapped(before: str, after: str) -> bool:
    """Tell whether a break between two folded lines, of which the first ends no phrase, comes from the page's width."""
    if len(before) < _SHORTEST_BODY_LINE or "|" in before or "|" in after:
        return False
    # a line that ends in a number or goes on with a comma has been cut whatever else it holds
    is_cut = (before[-1].isdigit() and not after[:1].isspace()) or after.lstrip()[:1] in _COMMAS
    if not (is_cut or any(mark in before for mark in ",。;、")) or _OPENS.match(after):
        return False
    return "。" in before or ";" in before or not _HEADS.match(before)


def _lines(text: str, folded: str) -> list[tuple[int, int]]:
    """Return the spans of the lines that hold something, wrapped ones joined into one."""
    joined: list[tuple[int, int]] = []
    start, before, is_open = 0, "", False
    for piece in folded.splitlines(keepends=True):
        body = piece.rstrip()
        if body and not _PAGE_NUMBER.fullmatch(piece):
            line = piece.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
            if is_open and _is_wrapped(before, line):
                joined[-1] = (joined[-1][0], start + len(line))
            else:
                joined.append((start, start + len(line)))
            before, is_open = body, text[start + len(body) - 1] not in _ENDS
        start += len(piece)
    return joined


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
    return list(_paragraphs(text))


@lru_cache(maxsize=2)
def _paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    folded = fold(text)
    lines = _lines(text, folded)
    if "<" in folded:
        lines = [block for start, end in lines for block in _blocks(folded, start, end)]
    trimmed = []
    for start, end in lines:
        body = folded[start:end]
        trimmed.append((start + len(body) - len(body.lstrip()), start + len(body.rstrip())))
    return tuple(trimmed)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences.

    A paragraph or an HTML tag ends one, and so do 。；！？ (with the quotation marks behind them).

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
        for stop in _SENTENCE_END.finditer(text, start, end):
            if not stop["tag"]:
                found.append((left, stop.end()))
            elif not text[left : stop.start()].isspace() and left < stop.start():
                found.append((left, stop.start()))
            left = stop.end()
        if left < end and not text[left:end].isspace():
            found.append((left, end))
    return found
