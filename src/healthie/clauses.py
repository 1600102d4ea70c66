"""Sentences cut into clauses, and every quantity put into its place in one.

Start at `cut`. A clause ends at a comma, a colon or a bracket that holds a quantity of its own; brackets and quotation
marks without one belong to the words around them, as in 社区卫生服务中心（站）.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Clause", "cut"]

_PAIRS = {"(": ")", "[": "]", "“": "”", "‘": "’", "《": "》", "「": "」", "『": "』", "<": ">"}
_QUOTES = frozenset("“‘《「『<")
_BREAKS = frozenset(",:;。!?|\t…")
_LONGEST_BRACKET = 120


@dataclass(frozen=True, slots=True)
class Clause:
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


def _brackets(text: str, start: int, end: int, marks: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Return where each bracket closes, for the pairs that hold no quantity (positive) or hold one (negative)."""
    closes: dict[int, int] = {}
    stack: list[int] = []
    straight = -1
    for at in range(start, end):
        char = text[at]
        if char == '"':
            if straight < 0:
                straight = at
            else:
                closes[straight] = at
                straight = -1
        elif char in _PAIRS:
            stack.append(at)
        elif stack and char == _PAIRS[text[stack[-1]]]:
            closes[stack.pop()] = at
    return {
        a: -b if any(a < s < b for s, _ in marks) else b for a, b in closes.items() if b - a <= _LONGEST_BRACKET
    }


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
    closes = _brackets(text, start, end, marks)
    inside = {at for s, e in marks for at in range(s, e)}
    bounds: list[tuple[int, int, int | None, int]] = []
    hosts: list[int | None] = []
    ends: list[int] = []
    left, at = start, start
    while at < end:
        char = text[at]
        close = closes.get(at, 0)
        if close > 0:
            at = close + 1
            continue
        if close < 0 and text[at] not in _QUOTES and char != '"':
            bounds.append((left, at, hosts[-1] if hosts else None, len(hosts)))
            hosts.append(next((first + i for i, (_, e) in enumerate(marks) if e == at), None))
            ends.append(-close)
            left = at + 1
        elif ends and at == ends[-1]:
            bounds.append((left, at, hosts.pop(), len(ends)))
            ends.pop()
            left = at + 1
        elif char in _BREAKS and at not in inside:
            bounds.append((left, at, hosts[-1] if hosts else None, len(hosts)))
            left = at + 1
        at += 1
    bounds.append((left, end, hosts[-1] if hosts else None, len(hosts)))
    clauses = []
    for a, b, host, depth in bounds:
        while a < b and text[a].isspace():
            a += 1
        if a < b:
            held = tuple(first + i for i, (s, _) in enumerate(marks) if a <= s < b)
            clauses.append(Clause(a, b, held, host, depth))
    return clauses
