"""A text that holds several articles, as a digest of news does: where each begins, and finders run on one at a time.

Start at `find_articles`: an agency line (本报讯, 新华社…日电) opens an article, with the title above it; in a round-up
of brief news each title in bold does. `by_article` runs a finder on each article by itself, with its own place and
time, so that nothing of one article is taken for another's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple, TypeVar

import regex

from healthie.document_record import Document
from healthie.document_words import template
from healthie.records import Entity, Fact, Mentions, Period
from healthie.text import fold, paragraphs

__all__ = ["Found", "by_article", "cut_mentions", "find_articles"]

_Stretch = tuple[int, int]
_Record = TypeVar("_Record", Entity, Fact, Period)

_LONGEST_TITLE = 120
_TAGS = r"(?:\W{0,40}<[^<>\n]{1,60}>)*"
_AGENCY = rf"{_TAGS}\W{{0,4}}(?:{{agency}}(?!记者)|{{wire}}[^,。\n]{{0,20}}?\d{{1,2}}日(?:综合)?电)"
# a break within the mark of bold ends the paragraph before the mark does
_BOLD = regex.compile(
    rf"{_TAGS}\W*(?:<(?P<tag>strong|b)>[^<>\n]++(?:</(?P=tag)>)?|\*\*[^*\n]++\*\*)(?:\s*<br\s?/?>)*\s*"
)
_SENTENCE_END = frozenset("。；;！？!?")


class Found(NamedTuple):
    """Where an article stands.

    Attributes
    ----------
    start, end : int
        Character offsets, end exclusive.
    is_item : bool
        Whether it is an item of the article before it, rather than one with an agency line.
    """

    start: int
    end: int
    is_item: bool


def find_articles(text: str) -> list[Found]:
    r"""Return the spans of the articles of a text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Found
        In order; together they are the whole text. What stands before the first title is one of its own. Empty for a
        text that is one article.

    Examples
    --------
    >>> text = "甲县办义诊\n本报讯 义诊8场。\n乙县建医院\n本报讯 新建医院1所。"
    >>> [text[found.start : found.end] for found in find_articles(text)]
    ['甲县办义诊\n本报讯 义诊8场。\n', '乙县建医院\n本报讯 新建医院1所。']
    """
    folded = fold(text)
    if template(_AGENCY.removeprefix(_TAGS)).search(folded) is None:
        return []
    spans = paragraphs(text)
    opened = [i for i, (start, end) in enumerate(spans) if template(_AGENCY).match(folded, start, end)]
    if len(opened) < 2:
        return []
    starts: set[int] = set()
    items: set[int] = set()
    for first, last in zip(opened, [*opened[1:], len(spans)], strict=True):
        has_title = first > 0 and _is_title(folded[slice(*spans[first - 1])])
        starts.add(spans[first - has_title][0])
        items.update(_items(folded, spans, first, last))
    edges = sorted(starts | items | {0, len(text)})
    return [Found(start, end, start in items) for start, end in pairwise(edges)]


def _is_title(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and line[-1] not in _SENTENCE_END


def _items(folded: str, spans: list[_Stretch], first: int, last: int) -> list[int]:
    """Return where the items of a round-up begin, which are titled in bold: two or more."""
    titles = [spans[i][0] for i in range(first + 1, last) if _BOLD.fullmatch(folded, *spans[i])]
    return titles if len(titles) > 1 else []


def cut_mentions(mentions: Mentions, start: int, end: int) -> Mentions:
    """Return the mentions that stand in a stretch of the text, with offsets from its start.

    Parameters
    ----------
    mentions : Mentions
        Of the whole text.
    start, end : int
        The stretch.

    Returns
    -------
    Mentions
        Those that stand in it whole.
    """
    return Mentions(
        tuple(q.shifted(-start) for q in mentions.quantities if start <= q.start and q.end <= end),
        tuple(p.shifted(-start) for p in mentions.periods if start <= p.char_start and p.char_end <= end),
        tuple(e.shifted(-start) for e in mentions.entities if start <= e.start and e.end <= end),
    )


def by_article(
    document: Document, text: str, find: Callable[[str, Document, _Stretch], tuple[_Record, ...]]
) -> tuple[_Record, ...]:
    """Run a finder on each article of a text by itself.

    Parameters
    ----------
    document : Document
        What the text says of itself.
    text : str
        The text as given.
    find : callable
        From an article, the document that it is and its span in the text, to records with offsets from its start.

    Returns
    -------
    tuple of records
        With offsets of the text; facts qualify (``of``) facts of their own article.
    """
    if not document.articles:
        return find(text, document, (0, len(text)))
    found: list[_Record] = []
    for article in document.articles:
        own = replace(document, region=article.region, period=article.period, articles=())
        records = find(text[article.start : article.end], own, (article.start, article.end))
        first = len(found)
        for record in records:
            if isinstance(record, Fact):
                found.append(record.shifted(article.start, first))
            else:
                found.append(record.shifted(article.start))
    return tuple(found)
