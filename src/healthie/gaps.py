"""How far a value is from a yardstick or a goal, and the values of these, by the words before the number.

Each function looks for one construction and returns a `Cue`, or None; `healthie.roles` tries them in turn.
"""

from __future__ import annotations

import regex

from healthie.cues import THAN, Cue, Setting, is_part, is_percentage, is_points, is_time
from healthie.lexicon import last_match, pattern, words
from healthie.phrases import Phrases
from healthie.records import Direction
from healthie.stretches import Stretch

__all__ = [
    "distance",
    "gap",
    "gap_apart",
    "gap_beside_yardstick",
    "gap_from_value",
    "gap_to_goal",
    "gap_to_yardstick",
    "goal",
    "is_goal",
    "is_yardstick",
    "value_beyond",
    "value_of_yardstick",
    "yardstick_apart",
    "yardstick_in_bracket",
    "yardstick_value",
]

# A yardstick is looked for so far back; one with a value stands so far before a gap.
_FARTHEST_YARDSTICK, _FARTHEST_STEP = 400, 40
# What a gap is better in is named so far before its words.
_FARTHEST_MEASURE = 24

_GAP_AFTER = (
    r"(?:" + THAN + r"|较(?!{degree_word})|{with})(?P<ref>[^,]{1,24}?)(?:{compared_with}|比)?,?{still}*+"
    r"(?P<cue>{gap_verb}|(?<!{moving}|至){gap_adjective}){hedge}*+$"
)
# a yardstick with its value (比省里要求的95%|高5个百分点), and how far apart two are (与县级医院差距缩小到)
_GAP_FROM_VALUE = (
    r"(?:" + THAN + r"|较(?!{degree_word})|{with}|{away})(?P<ref>[^,。;\d]{2,20}?)的?[\d.]{1,8}[^\d,。;]{0,4}$"
)
# a goal behind its value (30%的规划目标, 500人的年度任务), and what says how far it is reached
_GOAL = r"(?:以上|左右|以内)?的(?:{goal_of}){0,2}{goal}(?!人群|要求的)"
_BEYOND_GOAL = r"(?P<cue>{gap_verb}|{exceed})(?P<ref>[\d.]{1,8}[%‰]?的(?:{goal_of}){0,2}{goal}){hedge}*+$"
_SHORT_OF_GOAL = (
    r"{away}(?P<ref>[\d.]{1,8}[%‰]?的(?:{goal_of}|“[^”]{1,8}”){0,2}{goal})(?:{only+still})*(?P<cue>{lacking}){hedge}*+$"
)
# how far it is to a yardstick with its value (距省定3.5名的标准|还有0.6名|的差距)
_APART_FROM = (
    r"(?:{away}|{with})(?P<ref>[^,。;]{0,10}?[\d.]{1,8}[^\d,。;]{0,3}的[^,。;\d]{2,8}?){compared_with}?(?:{still+only})*+"
    r"(?:有|存在|相差)?{hedge}*+$"
)
_APART = r"的?{far_apart}"
_YARDSTICK_NAMED = r"(?:{away}|{with})[^,。;\d]{0,8}$"
_YARDSTICK_NOUN = r"的(?:{goal_of}){0,2}(?:{goal}|{required})[^,。;]{0,12}?\d[^,。;]{0,4}的?{far_apart}"
_REACHES_GOAL = r"(?:{away}|{with}|{reaches_goal})++$|(?:{away}|{gap_verb}|{exceed})[^,。;]{1,10}$"
_VALUE_COMPARED = r"(?:" + THAN + r"|较(?!{degree_word})|{away})[^,。;\d]{2,20}?的$"
_GAP_BEHIND = r"{still}*+(?:{gap_verb}|{gap_adjective})"
_GAP_ALONE = r"{still}*+(?P<cue>{gap_verb}|{gap_adjective}){hedge}*+"
_DISTANCE = r"{with}(?P<ref>[^,]{2,20}?)的?(?P<noun>差距)(?:{rise+fall}了?)?[到至为达]?{hedge}*+$"
_GAP_LEFT = r"{away}(?P<ref>[^,]{2,16}?)(?P<cue>{lacking}){hedge}*+$"
_BEYOND_VALUE = r"(?:{gap_verb}|{exceed})(?P<ref>[^,。;\d]{2,16}?(?<!目标)(?<!任务)(?<!计划))的{about}?$"
_BEYOND_WHOSE = r"(?:{gap_verb}|{exceed}|{with}|{reach})(?P<ref>{benchmark+world})(?:同期)?(?:每\p{Han}{1,6})?{about}?$"
_YARDSTICK_BEHIND = r"的(?:总体)?(?:平均|均值|中位)"
_GAP_BARE = r"(?P<cue>{gap_bare}){hedge}*+$"
# 与省定目标相比,|前者低3个百分点
_GAP_OF_ONE = r"[,、]?(?:{former+latter}){still}*+(?P<cue>{gap_bare}){hedge}*+"
_GAP_BEFORE = (
    r"(?<!不)(?P<cue>{exceed}|超(?={target_word}))"
    r"(?P<ref>(?!{digit}+(?:分之|成(?!的?{goal})|个|项))[^,]{2,24}?)的?{about}?$"
)
_NAMED_BEFORE_BRACKET = r"(?:{beyond}|" + THAN + r"|较|{with})(?P<ref>{benchmark})[^,。;()]{0,4}$"
_YARDSTICK = r"(?:{beyond}|" + THAN + r"|较|{with})(?P<ref>[^,;。]{0,12}?{benchmark}[^,;。]{0,4}?){compared_with}?,"


def value_beyond(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 高于全省平均的83岁: the value of the yardstick itself."""
    if phrases.text.find("的", *setting.left) < 0:
        return None
    match = pattern(_BEYOND_VALUE).search(phrases.text, *setting.left)
    if match is None or is_points(setting.quantity) or not pattern("{benchmark}").search(match["ref"]):
        return None
    if is_part(setting.quantity) and not is_percentage(setting.quantity):
        return None  # 不及全省平均的六成
    return Cue(phrase=(setting.left[0], match.start()), place=match.span("ref"))


def value_of_yardstick(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 低于全国3.3人的平均水平: the value stands between a yardstick and its noun."""
    text = phrases.text
    if not pattern(_YARDSTICK_BEHIND).match(text, *setting.right):
        return None
    match = pattern(_BEYOND_WHOSE).search(text, *setting.left)
    return match and Cue(phrase=(setting.left[0], match.start()), place=match.span("ref"))


def gap(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 高出全省3个百分点, 比全省高3个百分点, 距目标还差3个百分点, 超额3%完成任务."""
    text, left = phrases.text, setting.left
    over = pattern(r"超额(?:完成)?了?$").search(text, *left)
    if over:
        task = pattern(r"完成(?P<ref>[^,。;]{2,14})").match(text, setting.span[1])
        return Cue("gap", "+", task and task.span("ref"), (left[0], over.start()))
    match = pattern(_GAP_AFTER).search(text, *left) or pattern(_GAP_LEFT).search(text, *left)
    if match:
        cue = _gap_cue(match, left) if not is_time(match["ref"]) else _moved_from(match, left)
        is_less = cue is not None and setting.quantity.dimension == "time" and match["cue"] in words("sooner")
        return cue._replace(direction="-") if cue is not None and is_less else cue
    match = pattern(_GAP_BEFORE).search(text, *left)
    if match is None:
        return None
    if is_time(match["ref"]):  # 低于上年同期水平9元: a gap to its own past is a change
        return None if is_percentage(setting.quantity) else _gap_cue(match, left)._replace(role="change")
    measured = is_points(setting.quantity) or pattern("{benchmark}").search(match["ref"])
    if not measured:
        return None
    cue = _gap_cue(match, left)
    start = max(setting.sentence, left[0] - _FARTHEST_MEASURE)
    falls = match["cue"] in words("better") and pattern("{less_is_better}").search(text, start, match.start())
    return cue._replace(direction="-") if falls else cue


def gap_from_value(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 比省里要求的95%高5个百分点: the yardstick stands with its value before the verb."""
    text, left = phrases.text, setting.left
    match = pattern(_GAP_ALONE).fullmatch(text, *left)
    base = match and pattern(_GAP_FROM_VALUE).search(text, max(0, left[0] - _FARTHEST_STEP), left[0])
    if match is None or base is None or is_time(base["ref"]):
        return None
    return _gap_cue(match, left, base.span("ref"))._replace(phrase=(left[0], left[0]))


def distance(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 与县级医院差距缩小到1万元: how far apart two are."""
    if phrases.text.find("差距", *setting.left) < 0:
        return None
    apart = pattern(_DISTANCE).search(phrases.text, *setting.left)
    if apart is None:
        return None
    return Cue("gap", "-", apart.span("ref"), (setting.left[0], apart.start()), apart.span("noun"))


def gap_to_goal(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 高于18%的目标值0.9个百分点, 距18%的目标差0.9个百分点: the goal stands with its value before the number."""
    text, left = phrases.text, setting.left
    since = max(setting.sentence, left[1] - _FARTHEST_STEP)
    if not is_points(setting.quantity):
        return None
    match = last_match(_BEYOND_GOAL, text, since, left[1]) or last_match(_SHORT_OF_GOAL, text, since, left[1])
    return match and _gap_cue(match, left)._replace(phrase=(left[0], left[0]))


def gap_apart(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 距省定3.5名的标准还有0.6名的差距: how far it is to a yardstick that stands with its value."""
    text, left = phrases.text, setting.left
    if not pattern(_APART).match(text, *setting.right):
        return None
    match = last_match(_APART_FROM, text, max(setting.sentence, left[1] - _FARTHEST_STEP), left[1])
    return match and Cue("gap", "-", match.span("ref"), (left[0], left[0]))


def yardstick_apart(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 距省定3.5名的标准还有0.6名的差距: the value of the yardstick is of what falls short of it."""
    text, left = phrases.text, setting.left
    named = pattern(_YARDSTICK_NAMED).search(text, *left)
    until = min(len(text), setting.span[1] + _FARTHEST_STEP)
    if named is None or not pattern(_YARDSTICK_NOUN).match(text, setting.span[1], until):
        return None
    return Cue(phrase=(left[0], named.start()))


def is_goal(text: str, right: Stretch) -> bool:
    """Tell whether a quantity is what is to be reached (30%|的规划目标).

    Parameters
    ----------
    text : str
        Folded text.
    right : (int, int)
        The words behind the quantity.

    Returns
    -------
    bool
        Whether a word for a goal follows.
    """
    return pattern(_GOAL).match(text, *right) is not None


def goal(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 提前实现28%的目标: what is to be reached is of what the words before it name."""
    if not is_goal(phrases.text, setting.right):
        return None
    reached = pattern(_REACHES_GOAL).search(phrases.text, *setting.left)
    return Cue(phrase=(setting.left[0], reached.start() if reached else setting.left[1]))


def is_yardstick(text: str, left: Stretch, right: Stretch) -> bool:
    """Tell whether a quantity is the value of a yardstick (比省里要求的|95%|高5个百分点).

    Parameters
    ----------
    text : str
        Folded text.
    left, right : (int, int)
        The words before and behind the quantity.

    Returns
    -------
    bool
        Whether something is compared with it.
    """
    compared_with = pattern(_VALUE_COMPARED).search(text, *left) is not None
    return compared_with and pattern(_GAP_BEHIND).match(text, *right) is not None


def yardstick_value(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 比省里要求的95%(高5个百分点): the value of a yardstick is of what is compared with it."""
    if not is_yardstick(phrases.text, setting.left, setting.right):
        return None
    return Cue(phrase=(setting.left[0], setting.left[0]))


def yardstick_in_bracket(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 低于全国平均水平(18.3/10万): a value alone in the bracket behind a yardstick is the yardstick's own."""
    start, end = setting.left
    if end > start or phrases.text[start - 1 : start] != "(":
        return None
    ref = pattern(_NAMED_BEFORE_BRACKET).search(phrases.text, max(setting.sentence, start - _FARTHEST_STEP), start - 1)
    return ref and Cue(phrase=setting.left, place=ref.span("ref"))


def gap_to_yardstick(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 均高于省定目标,分别高出12.9个百分点: the yardstick stands in a clause before."""
    match = pattern(_GAP_BARE).search(phrases.text, *setting.left)
    if match is None:
        return None
    start = setting.left[0]
    yardstick = last_match(_YARDSTICK, phrases.text, max(setting.sentence, start - _FARTHEST_YARDSTICK), start)
    return _gap_cue(match, setting.left, yardstick.span("ref")) if yardstick else None


def gap_beside_yardstick(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 与省定目标相比,前者低3个百分点,后者高9元: each of two is compared with the yardstick before."""
    one = pattern(_GAP_OF_ONE).fullmatch(phrases.text, *setting.left)
    return gap_to_yardstick(phrases, setting) if one else None


def _moved_from(match: regex.Match[str], left: Stretch) -> Cue | None:
    """Read 比上年高出8个百分点: a gap to its own past is a change. Other words of gaps are verbs of change too."""
    if match["cue"] not in words("gap_bare") or len(match["cue"]) == 1:
        return None
    return _gap_cue(match, left)._replace(role="change")


def _gap_cue(match: regex.Match[str], left: Stretch, reference: Stretch | None = None) -> Cue:
    direction: Direction = "-" if match["cue"] in words("below") else "+"
    return Cue("gap", direction, reference or match.span("ref"), (left[0], match.start()))
