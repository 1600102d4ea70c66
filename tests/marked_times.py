"""Sentences with the time expressions and their dates written into them, as the tests of periods hold them.

A time stands in a sentence as ``〔its characters|kind|first day..last day〕``. Start at `strip`.
"""

from __future__ import annotations

import regex

from healthie.periods import find_periods

_MARK = regex.compile(r"〔([^〔〕|]+)\|([a-z]+)\|([^〔〕]*)〕")


def strip(marked):
    """Return the sentence without its marks, and what they say: (start, end, kind, from..to)."""
    text, gold, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        gold.append((len(text), len(text) + len(match[1]), match[2], match[3]))
        text += match[1]
        at = match.end()
    return text + marked[at:], gold


def found(text, published="", period=None):
    """Return the times that are found in a text, in the same form."""
    return [
        (p.char_start, p.char_end, p.kind, f"{p.start or ''}..{p.end or ''}")
        for p in find_periods(text, published=published, period=period)
    ]
