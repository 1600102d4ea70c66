"""The finders over a caller's own rows, as spaCy components need them: made from config, once for each set of rows.

Start at `dump`, which turns rows into the text that a component keeps: JSON, so that it can be pickled and compared.
`names`, `regions` and `indicators` give the finder of such a text; equal texts share one.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from healthie.entities import NameFinder, packaged_names
from healthie.indicators import IndicatorTable, read_indicators
from healthie.regions import RegionFinder

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Config", "dump", "indicators", "names", "regions"]

Config = list[list[str]]

_NAMES = ("programmes", "organisations", "systems")
_PIPELINES = 4  # with rows of their own, at one time


def dump(rows: Config | Mapping[str, Config]) -> str:
    """Turn rows, or tables of rows by kind, into text.

    Parameters
    ----------
    rows : list of list of str, or mapping of str to such
        As a component's config holds them.

    Returns
    -------
    str
        JSON; empty where there are no rows.

    Raises
    ------
    ValueError
        If a cell holds ``$``, which the config of a pipeline would not bring back as it is.

    Examples
    --------
    >>> dump({"programmes": [["清泉计划"]]}), dump([]), dump({"systems": []})
    ('{"programmes": [["清泉计划"]]}', '', '')
    """
    has_rows = bool(rows) if isinstance(rows, list) else any(rows.values())
    text = json.dumps(rows, ensure_ascii=False) if has_rows else ""
    if "$" in text:
        raise ValueError("a row holds $, which has another meaning in the config of a pipeline: leave it out.")
    return text


@lru_cache(maxsize=_PIPELINES)
def names(rows: str) -> NameFinder:
    """Return the finder of programmes, organisations and systems over some rows.

    Parameters
    ----------
    rows : str
        By `dump`, from a mapping of kinds to rows; empty for the packaged names alone.

    Returns
    -------
    NameFinder
        The same for equal rows.

    Raises
    ------
    ValueError
        If there are rows of another kind.

    Examples
    --------
    >>> [found.text for found in names('{"programmes": [["清泉计划"]]}')("启动清泉计划")]
    ['清泉计划']
    """
    tables = json.loads(rows) if rows else {}
    for kind in tables:
        if kind not in _NAMES:
            raise ValueError(f"names of the kind {kind!r} are unknown: give {', '.join(_NAMES)}.")
    return NameFinder(**tables) if tables else packaged_names()


@lru_cache(maxsize=_PIPELINES)
def regions(rows: str) -> RegionFinder:
    """Return the finder of places over some rows.

    Parameters
    ----------
    rows : str
        By `dump`.

    Returns
    -------
    RegionFinder
        The same for equal rows.

    Examples
    --------
    >>> [found.text for found in regions('[["滨江新城"]]')("滨江新城建成医院1所")]
    ['滨江新城']
    """
    return RegionFinder(json.loads(rows))


@lru_cache(maxsize=_PIPELINES)
def indicators(rows: str) -> IndicatorTable:
    """Return the table of indicators with some rows in it.

    Parameters
    ----------
    rows : str
        By `dump`.

    Returns
    -------
    IndicatorTable
        The same for equal rows.

    Examples
    --------
    >>> indicators('[["dental-chairs", "牙椅数", "牙椅", "台"]]').identify("牙椅", "台")
    'dental-chairs'
    """
    return IndicatorTable.packaged(read_indicators(json.loads(rows)))
