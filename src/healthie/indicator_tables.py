"""The tables of indicators as records: `data/indicators.tsv` and the groups, words and units that stand beside it.

Start at `read_indicators` and `packaged_grammar`; `healthie.indicators` reads words by them.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import regex

from healthie.gazetteer import Rows, own_rows, read_rows

__all__ = ["CanonicalIndicator", "Grammar", "Group", "expand", "packaged_grammar", "read_indicators"]

# What must stand beside an indicator that says nothing alone, by the mark at the head of its name: one of these kinds.
NEEDS = {"…": frozenset({"people", "disease", "means", "insured", "goods"}), "〔机构〕": frozenset({"holder"})}
# The kinds of words that hold pairs, written a=b.
_PAIRED = ("rewrite", "implied", "alias")
# id, name, variants and unit must be said of an indicator; dimension, definition and source may.
_FEWEST, _MOST = 4, 7
_BRACES = regex.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class CanonicalIndicator:
    """One row of the indicator table.

    Attributes
    ----------
    id : str
        Stable English id in kebab case; a dot parts it from the groups that restrict it.
    name : str
        Canonical Chinese name; at its head ``…`` says that people or a disease must be named beside it (``…患病率``),
        ``〔机构〕`` that institutions must.
    variants : tuple of str
        Ways to write it; ``{a,b,}`` stands for a, b or nothing.
    units : tuple of str
        The canonical unit, then others that it may be counted in.
    dimension : str
        What the unit measures.
    definition : str
        One sentence.
    source : str
        The standard or statistical system that defines it; empty where that is not sure.

    Examples
    --------
    >>> CanonicalIndicator("dental-chairs", "牙椅数", ("{口腔,}牙椅",), ("台",)).plain_name
    '牙椅数'
    """

    id: str
    name: str
    variants: tuple[str, ...]
    units: tuple[str, ...]
    dimension: str = "count"
    definition: str = ""
    source: str = ""

    @property
    def needs(self) -> frozenset[str]:
        """The kinds of group of which one must stand beside it; empty where it speaks for itself."""
        return next((kinds for mark, kinds in NEEDS.items() if self.name.startswith(mark)), frozenset())

    @property
    def plain_name(self) -> str:
        """The name without the mark of what must stand beside it."""
        return self.name.removeprefix(next((mark for mark in NEEDS if self.name.startswith(mark)), ""))


class Group(NamedTuple):
    """What an indicator's words may restrict it to: 公立医院, 老年人, 新增.

    Attributes
    ----------
    id : str
        What stands behind the dot of an indicator's id.
    kind : str
        ``people``, ``disease``, ``holder``, ``level`` …; see the table.
    name : str
        Chinese name.
    variants : tuple of str
        Ways to write it, as for an indicator.
    """

    id: str
    kind: str
    name: str
    variants: tuple[str, ...]


class Grammar(NamedTuple):
    """The tables beside the indicators.

    Attributes
    ----------
    groups : tuple of Group
        All groups.
    words : mapping of str to tuple of str
        Words that change nothing, by kind (``neutral``, ``deed``, ``change``, ``bracket``).
    rewrites : tuple of (str, str)
        What is written for what, in order.
    implied : mapping of str to frozenset of str
        The groups that an indicator has in itself.
    aliases : mapping of (str, str) to str
        The indicator that an indicator and a group are together.
    units : mapping of str to frozenset of str
        The units that values of a canonical unit may be written in.
    """

    groups: tuple[Group, ...]
    words: Mapping[str, tuple[str, ...]]
    rewrites: tuple[tuple[str, str], ...]
    implied: Mapping[str, frozenset[str]]
    aliases: Mapping[tuple[str, str], str]
    units: Mapping[str, frozenset[str]]


def expand(patterns: Iterable[str]) -> Iterator[str]:
    """Yield the strings that patterns with ``{a,b,}`` stand for.

    Parameters
    ----------
    patterns : iterable of str
        Plain strings, in which ``{a,b,}`` stands for a, b or nothing.

    Yields
    ------
    str
        Every combination.

    Raises
    ------
    ValueError
        If braces do not pair, or stand in one another.

    Examples
    --------
    >>> list(expand(["{乡镇,}卫生院", "诊所"]))
    ['乡镇卫生院', '卫生院', '诊所']
    """
    for pattern in patterns:
        parts = _BRACES.split(pattern)
        if any("{" in part or "}" in part for part in parts):
            raise ValueError(f"the variant {pattern!r} has braces that do not pair: write {{a,b,}}, none in another")
        choices = [part.split(",") if index % 2 else [part] for index, part in enumerate(parts)]
        for combination in itertools.product(*choices):
            yield "".join(combination)


def read_indicators(source: Rows | None = None) -> tuple[CanonicalIndicator, ...]:
    """Read a table of indicators.

    Parameters
    ----------
    source : path or iterable, optional
        The path of a table of tab-separated values, or rows, in the columns of ``data/indicators.tsv``: id, name,
        variants parted by ``|``, units parted by ``|``, and if you like dimension, definition and source; without it
        the packaged table.

    Returns
    -------
    tuple of CanonicalIndicator
        Its rows.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    TypeError
        If a row is neither a str nor a sequence of str.
    ValueError
        If a row has not four to seven columns, its id holds a dot, or braces do not pair.

    Examples
    --------
    >>> read_indicators()[0].id
    'health-institutions'
    >>> read_indicators([("dental-chairs", "牙椅数", "{口腔,}牙椅", "台")])[0].units
    ('台',)
    """
    if source is None:
        return _packaged_indicators()
    found = []
    file = f" of {os.fspath(source)}" if isinstance(source, (str, os.PathLike)) else ""
    for number, row in enumerate(own_rows(source), 1):
        if not _FEWEST <= len(row) <= _MOST:
            raise ValueError(
                f"row {number}{file} has {len(row)} columns: write id, name, variants and unit, and if you like "
                "dimension, definition and source"
            )
        if "." in row[0]:
            raise ValueError(f"the id {row[0]!r} of row {number}{file} holds a dot, which parts indicators from groups")
        found.append(_indicator(row))
        list(expand(found[-1].variants))  # so that wrong braces are told of now
    return tuple(found)


@lru_cache(maxsize=1)
def _packaged_indicators() -> tuple[CanonicalIndicator, ...]:
    return tuple(_indicator(row) for row in read_rows("indicators"))


def _indicator(row: Sequence[str]) -> CanonicalIndicator:
    key, name, variants, unit, *rest = row
    return CanonicalIndicator(
        key, name, tuple(filter(None, variants.split("|"))), tuple(unit.split("|")), *(cell for cell in rest if cell)
    )


@lru_cache(maxsize=1)
def packaged_grammar() -> Grammar:
    """Read the tables that stand beside the indicators.

    Returns
    -------
    Grammar
        The same each time.

    Examples
    --------
    >>> sorted(packaged_grammar().units["辆"])
    ['台', '辆', '部']
    """
    known = {row.id: row for row in read_indicators()}
    groups = []
    for key, kind, name, variants in read_rows("indicator_groups"):
        if name == "=":
            groups.append(Group(key, kind, known[key].name.removesuffix("数"), known[key].variants))
        else:
            groups.append(Group(key, kind, name, tuple(variants.split("|"))))
    words: dict[str, tuple[str, ...]] = {}
    for kind, cell in read_rows("indicator_words"):
        words[kind] = words.get(kind, ()) + (tuple(cell.split("|") if kind in _PAIRED else expand(cell.split("|"))))
    pairs = {kind: [pair.split("=") for pair in words.pop(kind)] for kind in _PAIRED}
    return Grammar(
        groups=tuple(groups),
        words=words,
        rewrites=tuple((old, new) for old, new in pairs["rewrite"]),
        implied={base: frozenset(names.split()) for base, names in pairs["implied"]},
        aliases={(whole.split(".")[0], whole.split(".")[1]): row for whole, row in pairs["alias"]},
        units={unit: frozenset(cell.split("|")) for unit, cell in read_rows("indicator_units")},
    )
