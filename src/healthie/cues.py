"""What the words around a quantity make of it: the record of a role, and comparisons with other times.

Start at `Cue`, which `healthie.roles` and `healthie.gaps` make.
"""

from __future__ import annotations

from typing import NamedTuple

from healthie.lexicon import last_match, pattern, words
from healthie.records import Direction, Quantity, Role
from healthie.stretches import Stretch

__all__ = [
    "EARLIER_VALUE",
    "MET_ALREADY",
    "OF_GOAL",
    "THAN",
    "Cue",
    "Setting",
    "compared",
    "is_part",
    "is_percentage",
    "is_points",
    "is_relative",
    "is_time",
]

_PERCENT_SIGNS = frozenset("%‰％")
_RATIO_MARKS = frozenset(":∶：比")
_TIME = (
    r"(?:(?:\d{1,3}|{digit}+)年前"
    r"|\d{4}年[^,。]{1,6}{time_at}"
    r"|\d{2,4}年度?(?:\d{1,2}月份?)?{time_edge}?(?:全年|{half_year})?{booked}?"
    r"|(?:\d{4}年?[、和]){1,3}\d{4}年|今年(?=[再又]?{rise+fall}|再)"
    r"|\d{1,2}月份?{time_edge}?"
    r"|(?:{last_year}|\d{4}年)?前?{digit}季度末?|前(?:\d{1,2}|{digit}{1,2})个?月|\d{1,2}月?[-至到]\d{1,2}月份?|[上下]半年"
    r"|“[^”]{2,4}”{plan_time}?|\d{4}年“[^”]{2,6}”[^,。]{0,3}"
    r"|{last}一?年度?(?:{in_last_year}|{booked})?"
    r"|{last}一?{round}[^,]{0,2}?"
    r"|第(?:{digit}|\d)+{round}[^,]{0,4}?"
    r"|上一?个?{part_of_year}{time_edge}?|{past_years}?同期|{base_time}"
    r"|[^,。]{0,4}?{base_level}|现在|目前|当前"
    r"|[^,。]{1,8}?{time_before})(?:平均)?(?:水平)?"
)
# what stands before the first value of a change (由2020年的|58%, 从每月|12次)
EARLIER_VALUE = r"{from}(?:{now_time}|\d{4}年[底末]?)?的?(?:最\p{Han}|每\p{Han}{1,4})?$"
# a goal that is met already (提前达到|2025年规划目标); met, but the year of another goal is no goal of its own
MET_ALREADY = r"(?:提前|率先|如期|超额|已经?|均已|全部)(?:达到|实现|完成)了?"
OF_GOAL = r"度?的?{goal_of}?{goal}"
# 比 as a preposition, not in 占比 or 同比
THAN = r"(?<!{ratio_word})比(?!{ratio_tail}(?:{ratio_goes_on}|[\d,。;、)]|$))"
_COMPARE = (
    r"(?P<whole>同比|环比)|(?:" + THAN + r"|{against}(?!此))(?P<ref>" + _TIME + r")(?:{compared_with}|的)?"
    r"|和(?P<ref>" + _TIME + r"){compared_with}"
)


class Cue(NamedTuple):
    """What the words around a quantity make of it.

    Attributes
    ----------
    role : str
        The role.
    direction : str
        The sign of a change or gap.
    reference : (int, int) or None
        The words compared with.
    phrase : (int, int) or None
        Where the measured noun may stand before the quantity; None where all the words before it may hold it.
    tail : (int, int) or None
        Words that close the indicator (比重, 实际 …).
    behind : bool
        Whether the measured noun may stand behind the quantity.
    place : (int, int) or None
        Words that name whose value it is, where that is what is compared with (高于全省平均的|83岁).
    """

    role: Role = "level"
    direction: Direction = ""
    reference: Stretch | None = None
    phrase: Stretch | None = None
    tail: Stretch | None = None
    behind: bool = False
    place: Stretch | None = None


class Setting(NamedTuple):
    """A quantity between its words.

    Attributes
    ----------
    quantity : Quantity
        The quantity.
    span, left, right : (int, int)
        Where it stands, and the words before and behind it.
    sentence : int
        Where its sentence begins, in which a yardstick may stand further ahead.
    """

    quantity: Quantity
    span: Stretch
    left: Stretch
    right: Stretch
    sentence: int


def is_part(quantity: Quantity) -> bool:
    """Tell whether a quantity is a part of something: a percentage, a fraction, 成; not a ratio such as 3∶1."""
    return quantity.unit in words("part_unit") and _RATIO_MARKS.isdisjoint(quantity.text)


def is_points(quantity: Quantity) -> bool:
    """Tell whether a quantity is a difference of percentages."""
    return quantity.unit in words("point_unit")


def is_relative(quantity: Quantity) -> bool:
    """Tell whether a quantity is nothing that can be counted: a part, points or a multiple."""
    return is_part(quantity) or is_points(quantity) or quantity.unit == "倍"


def is_percentage(quantity: Quantity) -> bool:
    """Tell whether a part is written with a percent sign, not in words (成, 分之)."""
    return is_part(quantity) and quantity.text[-1] in _PERCENT_SIGNS


def compared(text: str, start: int, end: int) -> tuple[Stretch, Stretch] | None:
    """Return the last comparison with another time in a stretch.

    Parameters
    ----------
    text : str
        Folded text.
    start, end : int
        The stretch.

    Returns
    -------
    tuple or None
        Where all its words stand, and those that name what is compared with (同比; 上年 of 较上年).
    """
    last = last_match(_COMPARE, text, start, end)
    return last and (last.span(), last.span("whole") if last["whole"] else last.span("ref"))


def is_time(words_compared: str) -> bool:
    """Tell whether the words compared with name another time (上年同期, 改革前)."""
    return bool(pattern(_TIME).fullmatch(words_compared))
