"""A text as linking reads it: folded, without hard wraps, footnote marks, tags and buttons, with a way back to offsets.

Start at `Prose`. All of linking counts in offsets of `Prose.text`; `Prose.pieces` turns a stretch of it into the
stretches of the text as given, two where a line break, a footnote mark or a tag stands between.
"""

from __future__ import annotations

from bisect import bisect_right

import regex

from healthie.furniture import buttons
from healthie.records import Span
from healthie.text import fold, paragraphs

__all__ = ["Prose"]

_WRAP = regex.compile(r"[^\S\n]*+\n\s*+(?:(?:-+\s*\d{1,4}\s*-+|第\s*\d{1,4}\s*页)\s*?\n\s*+)?")
# What numbers or dots an item of a list: (一), 2., 3), ①, --; not the 二 of 二、三级 nor the 2 of 2.5.
_ITEM_MARK = regex.compile(
    r"(?:\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)|[一二三四五六七八九十]{1,3}[、.](?![一二三四五六七八九十])"
    r"|第?[一二三四五六七八九十]{1,2}(?:是|要)|\d{1,2}(?:[、.](?!\d)|\))|[①-⑳⑴-⒛]|-{1,3}|[●▲■◆★•·*#√✓☑➤➢▪◇□▶►])\s*+"
)
_CUT = regex.compile(r"\[\d{1,3}\]|</?[A-Za-z][^<>\n]{0,200}+>")


class Prose:
    """The text without what stands between its words.

    Parameters
    ----------
    source : str
        The text as given.

    Attributes
    ----------
    source : str
        The text as given.
    text : str
        The folded text without wraps, footnote marks and tags; paragraphs are parted by a line break.
    paragraphs : list of (int, int)
        The paragraphs, in offsets of `text`.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        folded = fold(source)
        spans = paragraphs(source)
        opened = {start for start, _ in spans}
        kept: list[str] = []
        self._starts: list[int] = []  # in `text`, of each stretch that comes unbroken from the source
        self._source_starts: list[int] = []  # and in the source
        size = last = 0
        for start, end in [*_cuts(folded, spans), (len(source), len(source))]:
            body = folded[last:start]
            if end in opened and end > start and (size or body) and not body.endswith("\n"):
                body += "\n"  # where only a tag parts two paragraphs; it stands for the first character of the tag
            if body:
                self._starts.append(size)
                self._source_starts.append(last)
                kept.append(body)
                size += len(body)
            last = max(last, end)
        self.text = "".join(kept)
        self._ends = [*self._starts[1:], size]  # in `text`, of each stretch
        found = [(self.at(start), self.at(end)) for start, end in spans]
        self.paragraphs = [(start, end) for start, end in found if start < end]  # none of tags alone

    def at(self, offset: int) -> int:
        """Return where an offset of the source stands in `text`."""
        i = bisect_right(self._source_starts, offset) - 1
        if i < 0:
            return 0
        return min(self._starts[i] + offset - self._source_starts[i], self._ends[i])

    def past_item_mark(self, start: int, end: int) -> int:
        """Return where the words of a sentence begin, behind the mark of an item of a list ((一), 2., --)."""
        mark = _ITEM_MARK.match(self.text, start, end)
        return mark.end() if mark is not None and mark.end() < end else start

    def _of_source(self, at: int) -> int:
        """Return where a character of `text` stands in the source."""
        i = bisect_right(self._starts, at) - 1
        return self._source_starts[i] + at - self._starts[i]

    def span(self, start: int, end: int) -> Span:
        """Return the stretch of the source from the first to the last character of ``text[start:end]``."""
        a, b = self._of_source(start), self._of_source(end - 1) + 1
        return Span(a, b, self.source[a:b])

    def pieces(self, start: int, end: int) -> list[Span]:
        """Return the unbroken stretches of the source that ``text[start:end]`` comes from, in order."""
        found: list[Span] = []
        i = bisect_right(self._starts, start) - 1
        while start < end:
            stop = min(self._ends[i], end)
            found.append(self.span(start, stop))
            start, i = stop, i + 1
        return found


def _cuts(folded: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what stands between the words: footnote marks, tags, buttons, and the wraps within paragraphs."""
    cuts = [*(match.span() for match in _CUT.finditer(folded)), *buttons(folded)]
    for start, end in spans:
        if folded.find("\n", start, end) >= 0:
            cuts.extend(match.span() for match in _WRAP.finditer(folded, start, end))
    return sorted(cuts)
