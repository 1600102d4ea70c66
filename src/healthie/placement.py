"""How a place stands among the words around it: in a row, in a title, as an example, at an end of a way.

Start at `Placement`; `healthie.placescope` asks it which places can govern a quantity.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from healthie.lexicon import pattern, words
from healthie.places import is_under
from healthie.records import Entity
from healthie.stretches import Stretch

__all__ = ["NamedPlaces", "Placement"]

# what stands between two places of a row
_ROW = r"{list_mark}"
# between a place in an example and the number of those that it is one of
_EXAMPLE = r"[^,。;等]{1,24}等[^,。;等]{0,16}"
# behind the first of parts of several places (甲省东部、乙省大部等地)
_LISTED_PARTS = r"[^,。;、等]{0,8}、[^,。;等]{1,30}等[地省市]"
# between the first place of a list of things and a later one; so many places behind it are looked at
_LISTED = r"[^,。;:]{1,40}、"
_NEIGHBOURS = 4
# provinces called by one character each (京津冀鲁)
_MOST_SIGNS = 4
# a way from a place to one that is not known (至乙地高速公路)
_WAY = r"[至到](?!{no_way})\p{Han}{2,6}?{way_noun}"
# what stands between the two ends of a way, and before an end of it (东站至, 连接甲地与)
_STATION_TO = r"\p{Han}{0,4}{way}"
_LINKED, _LONGEST_LINK = r"{links}(?:[^,。;]{2,12}[与和、])?$", 20
# a place inside the title of something (“我的渭南行”)
_TITLE = r"“[^“”]{1,12}$"
_LONGEST_TITLE = 14
# where something is held against others (在全省绩效考核中,市医院位列…)
_CONTEST = r"[^,。;]{0,16}(?:{contest})(?:排名|结果)?[中里]"
# a title is short and has no mark of a sentence, as quoted speech has
_OPENS_TITLE = r"“[^“”,。;:!?]{1,20}”"
# so many places may stand one within the other (省, 市, 县, 镇, 村 and names of their own)
_DEEPEST = 8


class NamedPlaces(NamedTuple):
    """The places that a text names.

    Attributes
    ----------
    regions : sequence of (int, int, Entity)
        Those that stand for themselves, with where they stand.
    seats : sequence of (int, Entity)
        Where the names of bodies begin that open with a place, and that place.
    """

    regions: Sequence[tuple[int, int, Entity]]
    seats: Sequence[tuple[int, Entity]]


class Placement:
    """The places of one text and the words around them.

    Parameters
    ----------
    text : str
        The text.
    regions : sequence of (start, end, Entity)
        Its places, in order.
    """

    def __init__(self, text: str, regions: Sequence[tuple[int, int, Entity]]) -> None:
        self._text = text
        self._regions = regions
        self._ends = [end for _, end, _ in regions]

    def in_row(self, start: int, end: int) -> bool:
        """Tell whether a place is one of several that stand in a row (丹东、抚顺两市, 川渝两地)."""
        outer = self.outermost(start)
        if end - start == 1 <= start - outer < _MOST_SIGNS:
            return True
        i = bisect_right(self._ends, outer) - 1
        after = bisect_right(self._ends, end)
        gaps = [(self._ends[i], outer)] if i >= 0 else []
        gaps += [(end, self._regions[after][0])] if after < len(self._regions) else []
        return any(pattern(_ROW).fullmatch(self._text, *gap) for gap in gaps)

    def ends_route(self, start: int, end: int) -> bool:
        """Tell whether a place is one of the two ends of a way (甲地至乙地高铁, 甲地东站至乙地, 连接甲地与乙地)."""
        i, after = bisect_left(self._ends, start), bisect_right(self._ends, end)
        outer = self.outermost(start)
        before = self._ends[i - 1] if i > 0 else 0
        comes = before > 0 and pattern(_STATION_TO).fullmatch(self._text, before, outer) is not None
        goes = after < len(self._regions) and pattern(_STATION_TO).fullmatch(self._text, end, self._regions[after][0])
        leads = pattern(_WAY).match(self._text, end)
        linked = pattern(_LINKED).search(self._text, max(0, outer - _LONGEST_LINK), outer)
        return comes or bool(leads or goes or linked)

    def leads_list(self, place: Stretch, code: str, at: int) -> bool:
        """Tell whether a list of things of several places opens with a place (甲地湿地、乙地古城等3处)."""
        after = bisect_right(self._ends, place[1])
        until = bisect_right(self._ends, at)
        return any(
            self._text[start - 1] in words("list_mark")
            and entity.id.isdigit()
            and not is_under(entity.id, code)
            and pattern(_LISTED).fullmatch(self._text, place[1], start) is not None
            for start, _, entity in self._regions[after : min(until, after + _NEIGHBOURS)]
        )

    def outermost(self, start: int) -> int:
        """Return where the row of places that a place ends begins (甲省乙市)."""
        for _ in range(_DEEPEST):
            i = bisect_left(self._ends, start)
            if i == len(self._regions) or self._ends[i] != start or self._regions[i][0] >= start:
                break
            start = self._regions[i][0]
        return start

    def innermost(self, end: int) -> int:
        """Return where the row of places that a place begins or goes on with ends (甲省|乙市)."""
        for start, inner, _ in self._regions[(i := bisect_right(self._ends, end)) : i + _DEEPEST]:
            if start != end:
                break
            end = inner
        return end

    def in_title(self, start: int, end: int) -> bool:
        """Tell whether a place stands in the title of something: behind its opening mark, and not all of it."""
        within = pattern(_TITLE).search(self._text, max(0, start - _LONGEST_TITLE), start)
        opened = pattern(_OPENS_TITLE).match(self._text, start - 1) is not None or within is not None
        return opened and (within is not None or self._text[end : end + 1] != "”")

    def exemplifies(self, place: Stretch, at: int) -> bool:
        """Tell whether a place belongs to an example of what is counted (打造甲市夜市等消费聚集区55个, 甲市等5个市)."""
        if self._text[place[1] : place[1] + 1] == "等" or pattern(_LISTED_PARTS).match(self._text, place[1], at):
            return True
        outer = self.outermost(place[0])
        opens = self._text[outer - 1 : outer] in ("", *",;:。\n")
        return not opens and pattern(_EXAMPLE).fullmatch(self._text, place[1], at) is not None

    def holds_contest(self, start: int, end: int) -> bool:
        """Tell whether a place only says among whom something was held against others (在全省绩效考核中)."""
        contest = pattern(_CONTEST).match(self._text, end)
        return contest is not None and self._text[start - 1 : start] in words("done_in")

    def hands_on(self, end: int, *, within: bool) -> bool:
        """Tell whether a place sends help or hands down money, or another place is named right behind it.

        One within the place reported on only acts there (云县选派医生80名).
        """
        if not within and pattern("{sends}").match(self._text, end):
            return True
        i = bisect_right(self._ends, end)
        return i < len(self._regions) and self._regions[i][0] == end
