"""Pages into one text: `join_pages` puts paragraphs together again that lines and pages cut.

What runs along the pages (heads, feet, page numbers) is left out. It is known by coming back: the same line at the edge
of many pages, or one whose number goes up with the page.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, inf
from typing import TYPE_CHECKING

import regex

from healthie.source import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["PageLine", "PageLines", "join_pages"]

INDENT = "\u3000\u3000"
_NUMBER = regex.compile(r"\d{1,6}")
_SPACE = regex.compile(r"\s+")
_LONGEST = 100  # the address of a page may be long
_PROSE = regex.compile(r"[。；，,]\p{Han}|。$")
_MOST_NUMBERS = 8
_LEAST_SHARE = 0.3  # of the pages: heads of left and right pages differ, and some chapters have none
_ALONE = regex.compile(r"\W{0,3}(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/共]\s*\d{1,4}(?:\s*页)?)?\W{0,3}")
_ENDS = tuple("。；！？：;!?:…|】》")
_HEADING = regex.compile(
    r"[(（]?[一二三四五六七八九十]{1,3}[)）、]|[(（]?\d{1,2}[)）、]|第[一二三四五六七八九十]{1,3}[章节条]"
)
_SAME_SIZE = 1.15
_SLACK = 1.0
_FIRST = regex.compile(r"(?:[A-Za-z0-9.%,+/~-]+|.)[，。；：、！？）》】”’%％]*", regex.DOTALL)


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page.

    Attributes
    ----------
    text : str
        Its text.
    slack : float
        How much room it leaves to where the lines of its column end, in Chinese characters.
    is_indented : bool
        Whether it begins right of where others do.
    size : float
        The size of its print, in any unit.
    """

    text: str
    slack: float = inf
    is_indented: bool = False
    size: float = 1.0


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page.

    Attributes
    ----------
    lines : sequence of PageLine
        In the order in which they are read.
    edges : sequence of int
        Which of them stand at the top or the bottom of the page.
    """

    lines: Sequence[PageLine]
    edges: Sequence[int]


def join_pages(pages: Sequence[PageLines]) -> tuple[str, tuple[Part, ...]]:
    r"""Join the lines of pages into one text.

    Parameters
    ----------
    pages : sequence of PageLines
        In order.

    Returns
    -------
    text : str
        A paragraph a line, without running heads, running feet and page numbers.
    parts : tuple of Part
        Where each page stands in it.

    Examples
    --------
    >>> first = PageLines([PageLine("全县有卫生院8", slack=0.5), PageLine("- 1 -")], [0, 1])
    >>> text, parts = join_pages([first, PageLines([PageLine("所。"), PageLine("- 2 -")], [0, 1])])
    >>> text
    '全县有卫生院8所。\n'
    >>> parts
    (Part(number=1, start=0, end=7), Part(number=2, start=7, end=10))
    """
    running = _running(pages)
    kept = [
        (number, line)
        for number, page in enumerate(pages, start=1)
        for i, line in enumerate(page.lines)
        if (number, i) not in running
    ]
    ends = ["" if _runs_on(before, after) else "\n" for (_, before), (_, after) in pairwise(kept)]
    texts = [(INDENT if line.is_indented else "") + line.text for _, line in kept]
    length = [0] * (len(pages) + 1)
    for (number, _), text, end in zip(kept, texts, [*ends, "\n"], strict=False):
        length[number] += len(text) + len(end)
    parts, at = [], 0
    for number in range(1, len(pages) + 1):
        parts.append(Part(number, at, at + length[number]))
        at += length[number]
    return "".join(text + end for text, end in zip(texts, [*ends, "\n"], strict=False)), tuple(parts)


def _runs_on(before: PageLine, after: PageLine) -> bool:
    """Tell whether a line goes on in the next one, which the width of the page has cut off."""
    if before.slack >= _first_width(after.text) + _SLACK or after.is_indented or "|" in before.text + after.text:
        return False
    is_same_print = max(before.size, after.size) <= _SAME_SIZE * min(before.size, after.size)
    is_latin = before.text[-1].isascii() and before.text[-1].isalpha() and after.text[0].isascii()
    return is_same_print and not is_latin and not before.text.endswith(_ENDS) and not _HEADING.match(after.text)


def _first_width(line: str) -> float:
    """Return the width of what opens a line and is not cut: a character, a word or a number, and the marks behind."""
    return sum(0.5 if char.isascii() else 1.0 for char in _FIRST.match(line)[0])


def _running(pages: Sequence[PageLines]) -> set[tuple[int, int]]:
    """Return the page and index of each line that runs along the pages."""
    seen: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for number, page in enumerate(pages, start=1):
        for i in page.edges:
            for form in _forms(page.lines[i].text, number):
                seen[form].add((number, i))
    least = max(2, ceil(_LEAST_SHARE * len(pages)))
    running = set().union(*(places for places in seen.values() if len({page for page, _ in places}) >= least))
    # What opens the text is its title, though later pages repeat it as their head.
    opens = pages[0].lines[0].text if pages and pages[0].lines else ""
    return running if _ALONE.fullmatch(opens) else running - {(1, 0)}


def _forms(line: str, page: int) -> Iterator[str]:
    """Yield a line as it is, and with one of its numbers counted from that of the page."""
    tight = _SPACE.sub("", line)
    if not tight or len(tight) > _LONGEST or _PROSE.search(tight):
        return
    yield tight
    for match in list(_NUMBER.finditer(tight))[-_MOST_NUMBERS:]:
        yield f"{tight[: match.start()]}\n{int(match[0]) - page}\n{tight[match.end() :]}"
