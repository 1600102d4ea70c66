"""Sentences cut into clauses, and every quantity put into its place in one.

Start at `cut`. A clause ends at a comma, a colon or a bracket that holds a quantity of its own; brackets and quotation
marks without one belong to the words around them, as in 社区卫生服务中心（站）.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import regex

__all__ = ["Clause", "cut"]

_PAIRS = {"(": ")", "[": "]", "“": "”", "‘": "’", "《": "》", "「": "」", "『": "』", "<": ">"}
_BRACKETS = frozenset("([<")
_TITLE = frozenset("“《")
_BREAKS = frozenset(",:;。!?|\t…")
# all of these, and a space
_MARK = regex.compile(f'[{regex.escape("".join((*_PAIRS, *_PAIRS.values(), *_BREAKS)))}" ]')
_STOPS = frozenset(",。!?")
_LONGEST_BRACKET = 120
_LONGEST_HEADLINE = 60


class Clause(NamedTuple):
    """A clause and the quantities in it.

    Attributes
    ----------
    start, end : int
        Where it stands, without the marks around it.
    quantities : tuple of int
        Indices of its quantities, in order.
    host : int or None
        For a clause in brackets, the quantity that stands right before the opening one.
    depth : int
        How many brackets it is in.
    """

    start: int
    end: int
    quantities: tuple[int, ...]
    host: int | None
    depth: int


class _Bracket(NamedTuple):
    """An open bracket that holds a quantity: where it closes, and the quantity before it."""

    close: int
    host: int | None


def cut(text: str, start: int, end: int, marks: Sequence[tuple[int, int]], first: int) -> list[Clause]:
    """Cut a sentence into clauses.

    Parameters
    ----------
    text : str
        Folded text.
    start, end : int
        The sentence.
    marks : sequence of (int, int)
        The quantities in it, in order.
    first : int
        The index of the first of them among all quantities of the text.

    Returns
    -------
    list of Clause
        The clauses in order, those in brackets in the place where they stand.

    Examples
    --------
    >>> text = "床位512张(占6成),其中新增12张"
    >>> [text[c.start : c.end] for c in cut(text, 0, len(text), [(2, 6), (8, 10), (16, 19)], 0)]
    ['床位512张', '占6成', '其中新增12张']
    """
    return _Cutter(text, marks, first).cut(start, end)


class _Cutter:
    """One sentence on its way to clauses."""

    def __init__(self, text: str, marks: Sequence[tuple[int, int]], first: int) -> None:
        self._text = text
        self._first = first
        self._starts = [start for start, _ in marks]
        self._ending = {end: first + i for i, (_, end) in enumerate(marks)}
        self._inside = {at for start, end in marks for at in range(start, end)}
        self._open: list[_Bracket] = []
        self._clauses: list[Clause] = []
        self._is_headline = False

    def cut(self, start: int, end: int) -> list[Clause]:
        self._is_headline = end - start <= _LONGEST_HEADLINE and _STOPS.isdisjoint(self._text[start:end])
        marks = [match.start() for match in _MARK.finditer(self._text, start, end)]
        closes = self._pairs(marks)
        left = behind = start
        for at in marks:
            close = closes.get(at)
            if at < behind:
                continue
            if close is not None and not self._holds_quantity(at, close):
                behind = close + 1
            elif self._is_bound(at, close):
                self._add(left, at)
                self._enter_or_leave(at, close)
                left = at + 1
        self._add(left, end)
        return self._clauses

    def _pairs(self, marks: list[int]) -> dict[int, int]:
        """Return where each bracket and quotation mark closes."""
        closes: dict[int, int] = {}
        stack: list[int] = []
        straight = -1
        for at in marks:
            char = self._text[at]
            if char == '"' and straight < 0:
                straight = at
            elif char == '"':
                closes[straight] = at
                straight = -1
            elif char in _PAIRS:
                stack.append(at)
            elif stack and char == _PAIRS[self._text[stack[-1]]]:
                closes[stack.pop()] = at
        return {a: b for a, b in closes.items() if b - a <= _LONGEST_BRACKET}

    def _holds_quantity(self, start: int, end: int) -> bool:
        return bisect_right(self._starts, start) < bisect_left(self._starts, end)

    def _is_bound(self, at: int, close: int | None) -> bool:
        """Tell whether a clause ends at a position: a bracket opens or closes, or a comma stands there."""
        char = self._text[at]
        opens = close is not None and char in _BRACKETS
        closes = bool(self._open) and at == self._open[-1].close
        # a headline has spaces for commas
        breaks = (char in _BREAKS and not self._leads_parts(at)) or (
            char == " " and self._is_headline and self._parts_words(at)
        )
        return opens or closes or (breaks and at not in self._inside)

    def _leads_parts(self, at: int) -> bool:
        """Tell whether a colon or comma only follows 其中, which belongs to the words behind it (其中:医院3家)."""
        return self._text[at] in ":," and self._text[max(0, at - 2) : at] == "其中"

    def _parts_words(self, at: int) -> bool:
        """Tell whether a space stands between two words that are not one number and its unit."""
        around = self._text[at - 1 : at], self._text[at + 1 : at + 2]
        return around[0].isalpha() and (around[1].isalpha() or around[1] in _TITLE)

    def _enter_or_leave(self, at: int, close: int | None) -> None:
        if close is not None:
            self._open.append(_Bracket(close, self._ending.get(at)))
        elif self._open and at == self._open[-1].close:
            self._open.pop()

    def _add(self, start: int, end: int) -> None:
        """Add a clause, unless there is nothing in it."""
        body = self._text[start:end]
        start += len(body) - len(body.lstrip())
        if start >= end:
            return
        held = range(bisect_left(self._starts, start), bisect_left(self._starts, end))
        host = self._open[-1].host if self._open else None
        self._clauses.append(Clause(start, end, tuple(self._first + i for i in held), host, len(self._open)))
