"""Names that a text gives in short: …三年行动方案(以下简称《方案》) makes 方案 a name wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

import regex

from healthie.gazetteer import Gazetteer
from healthie.naming import Hit

__all__ = ["short_forms"]

K = TypeVar("K")

_SHORT_FOR = regex.compile(
    r"[》”]?\((?:以下|下)?(?:统一|统)?简?称(?:为|:)?[“《]?(?P<short>[^“”《》()、,。\n]{2,20})[”》]?\)"
)
_FARTHEST = 18  # characters between a name and its bracket: 实施方案(2024-2026年)》
_SHORTEST = 3
_BREAK = regex.compile("[,，。；;、\n]")


def short_forms(plain: str, hits: Mapping[Hit, K]) -> Iterator[tuple[Hit, K]]:
    """Find the short forms that a text introduces, each under the name it stands for.

    Parameters
    ----------
    plain : str
        A text that has been through `healthie.outline.level_with_quotes`.
    hits : mapping of Hit to object
        The names of the text and what kind each is.

    Yields
    ------
    tuple of (Hit, object)
        Every occurrence of a short form from there on, and the kind of its full name.

    Examples
    --------
    >>> full = Hit(1, 9)
    >>> plain = "《青苗健康护航行动(以下简称“护航行动”)》启动,护航行动为期三年"
    >>> [(tuple(hit), kind) for hit, kind in short_forms(plain, {full: "PROGRAMME"})]
    [((15, 19, '青苗健康护航行动', ''), 'PROGRAMME'), ((25, 29, '青苗健康护航行动', ''), 'PROGRAMME')]
    """
    ends = {hit.end: hit for hit in hits}
    named: dict[str, tuple[Hit, K]] = {}
    begins: dict[str, int] = {}
    for match in _SHORT_FOR.finditer(plain):
        near = (ends[at] for at in range(match.start(), match.start() - _FARTHEST, -1) if at in ends)
        full = next(near, None)
        if full and len(match["short"]) >= _SHORTEST and not _BREAK.search(plain, full.end, match.start()):
            begins.setdefault(match["short"], match.start())
            named[match["short"]] = (full._replace(name=full.name or plain[full.start : full.end]), hits[full])
    if named:
        for found in Gazetteer(named.items()).find(plain, folded=True):
            full, kind = found.payloads[0]
            if found.start > begins[plain[found.start : found.end]]:
                yield full._replace(start=found.start, end=found.end), kind
