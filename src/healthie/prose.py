"""A text as linking reads it: folded, without hard wraps, footnote marks, tags and buttons, with a way back to offsets.

Start at `Prose`. All of linking counts in offsets of `Prose.text`; `Prose.pieces` turns a stretch of it into the
stretches of the text as given, two where a line break, a footnote mark or a tag stands between.
"""

from __future__ import annotations

from bisect import bisect_left

import regex

from healthie.furniture import buttons
from healthie.records import Span
from healthie.text import fold, paragraphs

__all__ = ["Prose"]

_WRAP = regex.compile(r"[^\S\n]*+\n\s*+(?:(?:-+\s*\d{1,4}\s*-+|第\s*\d{1,4}\s*页)\s*?\n\s*+)?")
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
        cuts = [*(match.span() for match in _CUT.finditer(folded)), *buttons(folded)]
        for start, end in spans:
            cuts.extend(match.span() for match in _WRAP.finditer(folded, start, end))
        self._at: list[int] = []
        opened = {start for start, _ in spans}
        kept = []
        last = 0
        for start, end in [*sorted(cuts), (len(source), len(source))]:
            kept.append(folded[last:start])
            self._at.extend(range(last, start))
            if end in opened and end > start and self._at and not folded[last:start].endswith("\n"):
                kept.append("\n")  # where only a tag parts two paragraphs
                self._at.append(start)
            last = max(last, end)
        self.text = "".join(kept)
        found = [(self.at(start), self.at(end)) for start, end in spans]
        self.paragraphs = [(start, end) for start, end in found if start < end]  # none of tags alone

    def at(self, offset: int) -> int:
        """Return where an offset of the source stands in `text`."""
        return bisect_left(self._at, offset)

    def span(self, start: int, end: int) -> Span:
        """Return the stretch of the source from the first to the last character of ``text[start:end]``."""
        a, b = self._at[start], self._at[end - 1] + 1
        return Span(a, b, self.source[a:b])

    def pieces(self, start: int, end: int) -> list[Span]:
        """Return the unbroken stretches of the source that ``text[start:end]`` comes from, in order."""
        found: list[Span] = []
        left = start
        for at in range(start, end):
            if at + 1 == end or self._at[at + 1] != self._at[at] + 1:
                found.append(self.span(left, at + 1))
                left = at + 1
        return found
