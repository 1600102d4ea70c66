"""Canonical indicators: from the words that say what is measured, and the unit, to an id that two reports share.

Start at `identify`. `IndicatorTable` cuts the words whole into one indicator, groups that restrict it (公立医院,
老年人) and words that change nothing (全市, 累计, 建成, 总数); where a rest is left over, or the unit does not fit,
there is no id: none is better than a wrong one. An id is ``indicator`` or ``indicator.group.group``; what stands before
the first dot is always a row of ``data/indicators.tsv``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from healthie.indicator_tables import CanonicalIndicator, expand, packaged_grammar, read_indicators
from healthie.text import fold

__all__ = ["CanonicalIndicator", "IndicatorTable", "describe", "identify", "indicators", "read_indicators"]

_LONGEST = 120
_MOST_GROUPS = 3
_ROLES = frozenset({"level", "change", "gap", "share", "rank"})
# Units in which a change, a gap or a share of anything may be said, whatever the indicator is counted in.
_RELATIVE = frozenset({"", "%", "‰", "百分点", "千分点", "倍", "比例", "比值", "基点"})
_POINTS = frozenset({"百分点", "千分点", "基点"})
# Two groups of one of these kinds make no sense of one indicator: the words speak of two.
_ONE_OF_A_KIND = frozenset({"people", "disease", "means"})
_HOLDER = "holder"
# The kinds of words that may stand in what is read and change nothing, by the role of what is measured; a deed in a
# share is what is shared (开展…的占80%).
_READ = frozenset({"neutral", "deed", "change"})
_PASSED = dict.fromkeys(_ROLES, _READ) | {"level": _READ - {"change"}, "share": _READ - {"deed"}}

_DROPPED = regex.compile(r"[\s\"'“”‘’「」『』《》〈〉<>【】\[\]〔〕·.。,;:!?|]+")
_RANGE = regex.compile(r"(?<=\d)[~至到](?=\d)")
_BRACKETED = regex.compile(r"\(([^()]*)\)")
# A topic carried over from the clause before may be said again: 家庭医生签约|签约覆盖率.
_TWICE = regex.compile(r"(\p{Han}{2,8})\1")
# Parts strings that are normalised together: no name holds it.
_PARTED = "\0"
_LEFT_OUT = ("不", "除", "未", "非")


class _Entry(NamedTuple):
    """What a string of the vocabulary may be; many strings are of one entry."""

    bases: tuple[CanonicalIndicator, ...] = ()
    group: str = ""
    kinds: frozenset[str] = frozenset()

    def also(self, other: _Entry) -> _Entry:
        """Return the entry of a string that is both."""
        bases = (*self.bases, *(base for base in other.bases if base not in self.bases))
        return _Entry(bases, other.group or self.group, self.kinds | other.kinds)


class _Reading(NamedTuple):
    """A cutting of the first characters; of two, the one with the higher score is the better."""

    score: tuple[int, int, int]
    base: CanonicalIndicator | None
    groups: tuple[str, ...]
    before: str
    base_words: str
    after: str


_NOTHING_READ = _Reading((0, 0, 0), None, (), "", "", "")


class IndicatorTable:
    """The indicators, ready to be looked up by the words of a report.

    Parameters
    ----------
    rows : iterable of CanonicalIndicator
        The indicators; of two with one id the later one holds.
    first : iterable of str
        Ids of rows that go before others with the same words.

    Raises
    ------
    ValueError
        If a variant has braces that do not pair.

    Examples
    --------
    >>> own = CanonicalIndicator("dental-chairs", "牙椅数", ("牙椅", "口腔综合治疗台"), ("台",))
    >>> IndicatorTable([own]).identify("全县牙椅总数", "台")
    'dental-chairs'
    """

    def __init__(self, rows: Iterable[CanonicalIndicator], *, first: Iterable[str] = ()) -> None:
        self._first = frozenset(first)
        self._grammar = packaged_grammar()
        self._rows = {row.id: row for row in rows}
        self._groups = {group.id: group for group in self._grammar.groups}
        self._holders = {group.id for group in self._grammar.groups if group.kind == _HOLDER}
        units = self._grammar.units
        self._fitting = {
            row.id: frozenset().union(*(units.get(own, (own,)) for own in row.units)) for row in self._rows.values()
        }
        self._needs = {row.id: row.needs for row in self._rows.values()}
        self._rewritten = regex.compile("|".join(regex.escape(old) for old, _ in self._grammar.rewrites))
        self._entries: dict[str, _Entry] = {}
        self._words_of_kind: dict[str, set[str]] = {}
        self._fill()
        self._lengths = self._lengths_by_opening()

    @classmethod
    def packaged(cls, extra: Iterable[CanonicalIndicator] = ()) -> IndicatorTable:
        """Return the table that healthie ships, with rows of one's own beside or in place of its rows.

        Parameters
        ----------
        extra : iterable of CanonicalIndicator
            Rows to add (`read_indicators` reads them from a file); one with the id of a packaged row takes its place,
            and where the words of both fit, they mean the added one.

        Returns
        -------
        IndicatorTable
            A new table; the packaged one stays as it is.

        Examples
        --------
        >>> own = CanonicalIndicator("dental-chairs", "牙椅数", ("牙椅",), ("台",))
        >>> IndicatorTable.packaged([own]).identify("牙椅", "台")
        'dental-chairs'
        """
        own = tuple(extra)
        return cls((*read_indicators(), *own), first=(row.id for row in own))

    @property
    def rows(self) -> tuple[CanonicalIndicator, ...]:
        """The indicators, in the order of the table."""
        return tuple(self._rows.values())

    def identify(self, words: str, unit: str, *, role: str = "level") -> str:
        """Return the id of what the words measure; see the function `identify`."""
        if role not in _ROLES:
            raise ValueError(f"role {role!r} is unknown: give one of {', '.join(sorted(_ROLES))}")
        if len(words) > _LONGEST:
            return ""
        unit = fold(unit).strip()
        text = self._normal(words)
        if _TWICE.search(text):
            text = _TWICE.sub(r"\1", text)
        found = self._read(text, unit, role)
        if found is None and "(" in text:
            found = self._read(self._without_brackets(text), unit, role)
        if found and found.after:
            # 床位|医院 and 医院床位 are one thing: the groups are put in front, where a row of the table may know them.
            found = self._read(found.before + found.after + found.base_words, unit, role) or found
        if found is None or found.base is None or self._is_mixed(found.base, found):
            return ""
        return self._composed(found.base.id, set(found.groups))

    def _composed(self, base: str, groups: set[str]) -> str:
        """Return the id of an indicator with groups: those it has in itself left out, a row of its own preferred."""
        for group in sorted(groups):
            if row := self._grammar.aliases.get((base, group)):
                base = row
                groups = groups - {group}
        return ".".join((base, *sorted(groups - self._grammar.implied.get(base, frozenset()))))

    def describe(self, identifier: str) -> CanonicalIndicator:
        """Return the row behind an id; see the function `describe`."""
        base, *groups = identifier.split(".")
        row = self._rows.get(base)
        if row is None or any(group not in self._groups for group in groups):
            raise ValueError(
                f"{identifier!r} is no indicator id: healthie.indicators.indicators() lists those there are"
            )
        if not groups:
            return row
        names = "、".join(self._groups[group].name for group in groups)
        name = f"{row.plain_name}（{names}）"
        return CanonicalIndicator(identifier, name, row.variants, row.units, row.dimension, row.definition, row.source)

    # ------------------------------------------------------------------ the vocabulary

    def _fill(self) -> None:
        given = [
            (_Entry(kinds=frozenset({kind})), string)
            for kind in _READ.intersection(self._grammar.words)
            for string in self._grammar.words[kind]
        ]
        for group in self._groups.values():
            entry = _Entry(group=group.id)
            given += ((entry, string) for string in expand(group.variants))
        for row in self._rows.values():
            entry = _Entry((row,))
            given += ((entry, string) for string in expand((row.plain_name, *row.variants)))
        for entry, string in self._normal_all(given):
            known = self._entries.setdefault(string, entry)
            if known is not entry:
                self._entries[string] = known.also(entry)
            if entry.group:
                self._words_of_kind.setdefault(self._groups[entry.group].kind, set()).add(string)

    def _normal_all(self, given: list[tuple[_Entry, str]]) -> Iterator[tuple[_Entry, str]]:
        """Yield entries with their strings as the vocabulary writes them.

        The strings are made one text for that, which takes a tenth of the time of some ten thousand short ones.
        """
        whole = _PARTED.join(string.replace(_PARTED, "") for _, string in given)
        return zip((entry for entry, _ in given), self._normal(whole).split(_PARTED), strict=True)

    def _lengths_by_opening(self) -> dict[str, list[int]]:
        """Return how long the strings are that a place of a text may open, by its first two characters, or one."""
        lengths: dict[str, list[int]] = {}
        for opening, length in sorted({(string[:2], len(string)) for string in self._entries if string}):
            known = lengths.setdefault(opening, [1] if opening[0] in self._entries else [])
            if length > 1:
                known.append(length)
        return lengths

    def _normal(self, words: str) -> str:
        """Return the words as the vocabulary writes them."""
        text = str(_RANGE.sub("-", _DROPPED.sub("", fold(words))))
        # few words hold anything that is rewritten
        if self._rewritten.search(text):
            for old, new in self._grammar.rewrites:
                text = text.replace(old, new)
        return text

    def _without_brackets(self, text: str) -> str:
        """Return the text without its bracketed words, or as it is where they say what is meant."""
        inside = _BRACKETED.findall(text)
        kept = self._grammar.words["bracket"]
        if any(words in kept or words.startswith(_LEFT_OUT) for words in inside):
            return text
        return str(_BRACKETED.sub("", text))

    # ------------------------------------------------------------------ reading

    def _read(self, text: str, unit: str, role: str) -> _Reading | None:
        """Return the best cutting of the whole text into vocabulary with one indicator that the unit fits."""
        pieces = self._pieces(text)
        if not text or not pieces[0]:
            return None
        best: list[dict[tuple[frozenset[str] | None, frozenset[str]], _Reading]] = [{} for _ in range(len(text) + 1)]
        best[0][None, frozenset()] = _NOTHING_READ
        for at, (readings, following) in enumerate(zip(best, pieces, strict=False)):
            for end, entry in following if readings else ():
                for reading in readings.values():
                    for longer in self._longer(reading, entry, text[at:end], unit, role):
                        # Of the readings to one place, the best for every need and every set of kinds goes on.
                        kinds = frozenset([self._groups[group].kind for group in longer.groups])
                        key = (self._needs[longer.base.id] if longer.base else None, kinds)
                        known = best[end].get(key)
                        if known is None or known.score < longer.score:
                            best[end][key] = longer
        whole = [
            reading
            for (needs, kinds), reading in best[-1].items()
            if needs is not None and (not needs or needs & kinds)
        ]
        return max(whole, key=lambda reading: reading.score, default=None)

    def _pieces(self, text: str) -> list[list[tuple[int, _Entry]]]:
        """Return the vocabulary at each place of a text, and where it ends, if the rest can be cut into vocabulary."""
        size = len(text)
        pieces: list[list[tuple[int, _Entry]]] = [[] for _ in range(size)]
        for at in reversed(range(size)):
            for length in self._lengths.get(text[at : at + 2]) or self._lengths.get(text[at]) or ():
                end = at + length
                if (end == size or (end < size and pieces[end])) and (entry := self._entries.get(text[at:end])):
                    pieces[at].append((end, entry))
        return pieces

    def _longer(self, reading: _Reading, entry: _Entry, words: str, unit: str, role: str) -> Iterator[_Reading]:
        """Yield the readings that a piece of vocabulary makes of one."""
        fit, length, count = reading.score
        score = (fit, length, count - 1)
        _, base, groups, before, base_words, after = reading
        if not entry.kinds.isdisjoint(_PASSED[role]):
            yield _Reading(score, base, groups, before, base_words, after)
        if entry.group and len(groups) < _MOST_GROUPS:
            before, after = (before, after + words) if base else (before + words, after)
            yield _Reading(score, base, (*groups, entry.group), before, base_words, after)
        if base is None and entry.bases:
            fits = [(self._fit(base, unit, role), base.id in self._first) for base in entry.bases]
            fit, _ = best = max(fits)
            # Words of two indicators that the unit does not tell apart (义诊 rose by 10%: days, patients?) are neither.
            if fit and fits.count(best) == 1:
                base = entry.bases[fits.index(best)]
                yield _Reading((fit, len(words), count - 1), base, groups, reading.before, words, reading.after)

    def _fit(self, row: CanonicalIndicator, unit: str, role: str) -> int:
        """Return how well the unit fits the row in that role: 0 not at all, 5 best."""
        if unit and unit in self._fitting[row.id]:
            return 5
        if unit and not (role == "rank" or (role != "level" and unit in _RELATIVE)):
            return 0
        # The unit tells little: what a place holds is measured more often than the places; points are said of rates.
        is_rate = row.dimension == "rate"
        return 1 + 2 * (is_rate == (unit in _POINTS)) + (row.id not in self._holders)

    def _is_mixed(self, base: CanonicalIndicator, reading: _Reading) -> bool:
        """Tell whether the words join what one indicator cannot be of: 孕产妇 and 儿童, 医院 and 村卫生室."""
        kinds = [self._groups[group].kind for group in set(reading.groups)]
        if _HOLDER in kinds and base.id in self._holders:
            return True
        return any(
            kinds.count(kind) > 1 or any(words in reading.base_words for words in self._words_of_kind[kind])
            for kind in _ONE_OF_A_KIND.intersection(kinds)
        )


@lru_cache(maxsize=1)
def _packaged() -> IndicatorTable:
    return IndicatorTable.packaged()


@lru_cache(maxsize=256)  # one in seven facts of a report is of what another one is
def identify(words: str, unit: str, *, role: str = "level") -> str:
    """Return the id of the canonical indicator that a fact measures.

    Parameters
    ----------
    words : str
        The indicator's words, pieces joined (高血压 and 规范管理率: ``高血压规范管理率``).
    unit : str
        The unit of the value, magnitudes taken off; empty where there is none.
    role : {"level", "change", "gap", "share", "rank"}
        What the value is of the indicator; a change in % or 百分点 fits an indicator of any unit.

    Returns
    -------
    str
        ``indicator`` or ``indicator.group``, such as ``beds.public-hospitals``; empty where the words are not known
        to the last one, or the unit does not fit.

    Raises
    ------
    ValueError
        If the role is not one of the five.

    Examples
    --------
    >>> identify("全县高血压患者规范管理率", "%")
    'hypertension-standard-management-rate'
    >>> identify("公立医院床位总数", "张"), identify("床位", "%")
    ('beds.public-hospitals', '')
    """
    return _packaged().identify(words, unit, role=role)


def describe(identifier: str) -> CanonicalIndicator:
    """Return the row of the table behind an id, with its groups in its name.

    Parameters
    ----------
    identifier : str
        An id that `identify` returned.

    Returns
    -------
    CanonicalIndicator
        Name, units, dimension, definition and source.

    Raises
    ------
    ValueError
        If there is no such id.

    Examples
    --------
    >>> describe("beds.public-hospitals").name
    '床位数（公立医院）'
    """
    return _packaged().describe(identifier)


def indicators() -> tuple[CanonicalIndicator, ...]:
    """Return every canonical indicator of the packaged table.

    Returns
    -------
    tuple of CanonicalIndicator
        In the order of the table.

    Examples
    --------
    >>> len(indicators()) > 300
    True
    """
    return _packaged().rows
