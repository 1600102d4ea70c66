"""Which place a report is about: the one with most evidence, by where places are named.

Start at `home_place`. A place of the title, the signature or the index table counts most, then places before the
name of a body (X县卫生健康局), then every mention; 全市, 我县 tell which level to prefer, and 我国 speaks for the
whole country.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import regex

from healthie.page import any_word
from healthie.places import resolve_region
from healthie.regions import find_regions

if TYPE_CHECKING:
    from healthie.page import Page
    from healthie.records import Entity, Region

__all__ = ["home_place"]

_NATION = "100000"
# Weights of a place by where it is named; a mention anywhere in the text has half a point.
_IN_TITLE, _IN_SIGNATURE, _IN_CELL, _BEFORE_ORGAN = 12.0, 9.0, 8.0, 1.5
_MOST_ORGANS, _MOST_MENTIONS = 6, 12
# What is left of the weight of a place of another level than 全市, 我县 speak of.
_OTHER_LEVEL = 0.4
# How much weight a place needs to count at all, and how much if it is of that level.
_LEAST, _LEAST_BY_LEVEL = 0.9, 0.5


def home_place(text: str, page: Page, published: str) -> Region | None:
    """Return the place that a report is about, or None where nothing shows it.

    Parameters
    ----------
    text : str
        The text as given.
    page : Page
        Its form.
    published : str
        Its date, which decides between old and new names and codes.

    Returns
    -------
    Region or None
        Without a span in the text.
    """
    entities = find_regions(text, published=published)
    weights = _weights(page, entities)
    for entity in _named(find_regions(page.body_cell, published=published)) if page.body_cell else ():
        weights[entity.id] = weights.get(entity.id, 0.0) + _IN_CELL
    local = _by_level(weights, page, published)
    nation = _nation(page)
    if not local or max(local.values()) < nation:
        is_national = nation > 0 or any(entity.id == _NATION for entity in entities)
        return resolve_region(_NATION) if is_national else None
    return resolve_region(max(local, key=lambda code: (local[code], _depth(code))), published=published)


def _named(entities: tuple[Entity, ...]) -> list[Entity]:
    """Return the places that are named, of two in a row (X市X区) the narrower one."""
    coded = [e for e in entities if e.id.isdigit() and e.id != _NATION and e.text[:1] == e.name[:1]]
    inner = {e.start: e for e in coded}
    return [e for e in coded if not _holds(e, inner.get(e.end))]


def _holds(outer: Entity, inner: Entity | None) -> bool:
    return inner is not None and _is_above(outer.id, inner.id)


def _is_above(outer: str, inner: str) -> bool:
    return inner != outer and inner.startswith(outer[: 2 * _depth(outer)])


def _depth(code: str) -> int:
    """Return 1 for a province, 2 for a city, 3 for a county."""
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


def _weights(page: Page, entities: tuple[Entity, ...]) -> dict[str, float]:
    """Weigh the places by where they are named."""
    weights: dict[str, float] = {}
    mentions: Counter[str] = Counter()
    organs: Counter[str] = Counter()
    starts = {start for start, _ in page.body}
    named = _named(entities)
    titled = {entity.id for entity in named if _inside(entity, page.title)}
    outer = {code for code in titled if any(_is_above(code, other) for other in titled)}
    for entity in named:
        if not (_inside(entity, page.title) or _line_start(page.folded, entity.start) in starts):
            continue
        mentions[entity.id] += 1
        organs[entity.id] += bool(any_word("organ").match(page.folded, entity.end))
        more = _IN_TITLE * (_inside(entity, page.title) and entity.id not in outer)
        more += _IN_SIGNATURE * _inside(entity, page.signature)
        weights[entity.id] = weights.get(entity.id, 0.0) + more
    for code, count in mentions.items():
        weights[code] += min(count, _MOST_MENTIONS) / 2 + _BEFORE_ORGAN * min(organs[code], _MOST_ORGANS)
    return weights


def _line_start(folded: str, at: int) -> int:
    """Return where the line of an offset begins, behind its white space."""
    start = folded.rfind("\n", 0, at) + 1
    return start + len(folded[start:at]) - len(folded[start:at].lstrip())


def _inside(entity: Entity, span: tuple[int, int] | None) -> bool:
    return span is not None and span[0] <= entity.start and entity.end <= span[1]


def _by_level(weights: dict[str, float], page: Page, published: str) -> dict[str, float]:
    """Lift the places of the level that 全市, 我县 speak of, and those above the places named; drop the faint ones."""
    lifted = dict(weights)
    for code, weight in weights.items():
        for above in {code[:2] + "0000", code[:4] + "00"} - {code}:
            if above in weights or weight < _IN_TITLE / 2:  # a county of the title is no evidence for its city
                lifted[above] = lifted.get(above, 0.0) + min(weight, 2.0) / 2
    types = Counter(word[-1] for word in any_word("deixis").findall(page.folded))
    usual = types.most_common(1)[0][0] if types else ""
    kept = {}
    for code, weight in lifted.items():
        name = _name(code, published)
        fits = bool(usual) and name.endswith(usual) and not name.endswith("地区")
        if name and weight >= (_LEAST_BY_LEVEL if fits else _LEAST):
            kept[code] = weight if fits or not usual else weight * _OTHER_LEVEL
    if kept or (not usual and any_word("country").search(page.folded)):
        return kept
    return {code: weight for code, weight in weights.items() if _name(code, published)}


def _name(code: str, published: str) -> str:
    """Return the name of the place under a code, empty where there is none, as under 110100."""
    try:
        return resolve_region(code, published=published).name
    except ValueError:
        return ""


def _nation(page: Page) -> float:
    """Weigh the evidence that a text is about the whole country."""
    title = page.folded[slice(*page.title)] if page.title else ""
    ours, bodies = any_word("nation").findall(page.folded), any_word("nationorgan").findall(page.folded)
    in_title = bool(regex.search("我国|全国|中国|国家", title)) and not any_word("organ").search(title)
    return min(len(ours), 8) + min(len(bodies), 4) / 2 + _IN_TITLE * in_title
