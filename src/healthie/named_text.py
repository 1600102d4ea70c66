"""A text with the names in it: where times, places, bodies and quotations begin and end.

Start at `NamedText`. `healthie.phrases` cuts its phrases at them.
"""

from __future__ import annotations

from bisect import bisect_left

from healthie.lexicon import find_words, joints, pattern, words
from healthie.stretches import Named, Stretch

__all__ = ["NamedText"]

_OPENING = frozenset("(“《‘「")
_CLOSING = frozenset(")”》’」")
_TITLE = frozenset("“《")
# what is quoted with a mark of a sentence in it is speech, and no name
_QUOTED = r"[“《‘「][^“”《》‘’「」\n,。;:!?]{1,40}[”》’」]"
# a remark in brackets that closes a stretch (（不含中药饮片）)
_ASIDE = r"\({aside}[^()]*\)$"
# Words cut at a position are looked for this far on either side of it.
_LONGEST_WHOLE = 5
# A list of places opens within so many characters.
_PLACE_WITHIN = 4
# More places than this are no list that a row of values shares out.
_MOST_PLACES = 60
# So many names may stand one in another.
_NESTED = 3


class NamedText:
    """A text and the names in it.

    Parameters
    ----------
    text : str
        Folded text.
    named : Named
        Where it names times, places, programmes, organisations and systems.
    """

    def __init__(self, text: str, named: Named) -> None:
        self.text = text
        edges = [*named.times, *(self._with_site(*place) for place in named.places)]
        names = [*named.programmes, *named.bodies, *named.systems]
        self._times = {start for start, _ in named.times}
        self._starts = dict(edges)
        self._ends = {end: start for start, end in edges}
        self._cuts = sorted(edges)
        self._bodies = dict(named.bodies)
        self._body_ends = {end for _, end in named.bodies}
        self._units_of_work = {*self._bodies, *(start for start, _ in named.systems)}
        self._quotes = [match.span() for match in pattern(_QUOTED).finditer(text)]
        inner = sorted([*names, *self._quotes])
        self._name_starts = [start for start, _ in inner]
        # how far the last names reach that begin before a position, by how many do
        ends = [0] * _NESTED + [end for _, end in inner]
        self._reach: list[int] = [max(ends[i : i + _NESTED]) for i in range(len(inner) + 1)]
        self._titles = {start: end for start, end in names if text[start] in _TITLE}

    def _with_site(self, start: int, end: int) -> Stretch:
        """Return a place with the word behind it that makes the name of a port of it (上海港)."""
        tail = pattern("{site_tail}(?!{no_site})").match(self.text, end)
        return (start, tail.end() if tail else end)

    def says(self, stretch: Stretch) -> bool:
        """Tell whether there is a word in a stretch."""
        return bool(pattern(r"\p{L}").search(self.text, *stretch))

    def starts_from_time(self, left: Stretch) -> bool:
        """Tell whether the words before a quantity end in 由 or 从 and a time (由2020年的)."""
        end = left[1] - (self.text[left[1] - 1] == "的")
        start = self._ends.get(end, 0)
        opened = (start > left[0] and self.text[start - 1] in words("from")) or self.text[start] in words("from")
        return start in self._times and opened

    def names_place(self, start: int, end: int) -> bool:
        """Tell whether a place is named in a stretch."""
        return any(self.is_place(at) for at in range(start, end))

    def names_time(self, start: int, end: int) -> bool:
        """Tell whether a time begins in a stretch."""
        return not self._times.isdisjoint(range(start, end))

    def ends_place(self, at: int) -> bool:
        """Tell whether the name of a place ends at a position."""
        return self.is_place(self._ends.get(at, -1))

    def is_place(self, at: int) -> bool:
        """Tell whether a place is named at a position."""
        return at in self._starts and at not in self._times

    def is_body(self, start: int, end: int) -> bool:
        """Tell whether a stretch is the name of an organisation."""
        return self._bodies.get(start) == end

    def inside_name(self, at: int) -> bool:
        """Tell whether a position lies within a name or a quotation, not at its edge."""
        return at < self._reach[bisect_left(self._name_starts, at)]

    def _splits(self, start: int, at: int) -> bool:
        """Tell whether a cut at a position would part a word that is kept whole."""
        if self.text[at - 1 : at + 1] not in joints("whole"):
            return False
        left, right = max(start, at - _LONGEST_WHOLE), min(len(self.text), at + _LONGEST_WHOLE)
        return any(a < at < b for a, b in find_words(self.text, left, right, "whole"))

    def _quotes_in(self, start: int, end: int) -> list[Stretch]:
        i = bisect_left(self._quotes, (start, 0))
        return self._quotes[i : bisect_left(self._quotes, (end, 0))]

    def without_aside(self, start: int, end: int) -> int:
        """Return where a stretch ends without a remark in brackets at its end (（不含中药饮片）)."""
        if self.text[end - 1 : end] != ")":
            return end
        aside = pattern(_ASIDE).search(self.text, start, end)
        return aside.start() if aside else end

    def past_aside(self, at: int) -> int:
        """Return where a text goes on behind a short remark in brackets (街区（厂区）|改造)."""
        aside = pattern(r"\([^()]{1,12}\)").match(self.text, at)
        return int(aside.end()) if aside else at

    def top_level(self, start: int, end: int, marks: frozenset[str]) -> list[int]:
        """Return where characters stand that are not in brackets, quotation marks or words kept whole."""
        found, depth = [], 0
        for at in range(start, end):
            char = self.text[at]
            depth += (char in _OPENING) - (char in _CLOSING)
            if depth <= 0 and char in marks and not self._splits(start, at) and not self._splits(start, at + 1):
                found.append(at)
        return found

    def listed_places(self, start: int, end: int) -> list[Stretch]:
        """Return the places of a list that opens a stretch (甲县、乙县和丙区的签约率): two or more."""
        start = next((at for at in range(start, min(end, start + _PLACE_WITHIN)) if at in self._starts), end)
        found: list[Stretch] = []
        while start < end and start in self._starts and self.is_place(start) and len(found) <= _MOST_PLACES:
            found.append((start, self._starts[start]))
            start = self._starts[start]
            start += self.text[start : start + 1] in words("list_mark")
        return found if len(found) > 1 else []
