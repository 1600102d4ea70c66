"""What a quantity is of its indicator: level, change, gap, share or rank, by the words before and behind it.

Start at `read_role`. Each role has one function that looks at the words before the number for its construction and
returns a `Cue`, or None.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from healthie.lexicon import pattern, words
from healthie.phrases import Phrases, Stretch
from healthie.records import Direction, Quantity, Role

__all__ = ["Cue", "compared", "is_part", "is_points", "read_role"]

_PARTS = frozenset({"%", "‰", "‱", "比例", "成"})
_POINTS = frozenset({"百分点", "千分点", "基点", "比值"})

_TIME = (
    r"(?:\d{4}年[^,。]{1,6}(?:时|前|末|底|初)|\d{2,4}年(?:\d{1,2}月份?)?(?:底|末|初)?(?:同期|上半年|下半年)?|\d{1,2}月份?(?:底|末|初)?|[一二三四]季度(?:末)?|“[^”]{2,4}”(?:末|初|期末|时期|期间)?|[上去前]一?年(?:同期|同月|年末|末|底|初)?"
    r"|[上前]一?(?:次|轮|批|期|年|周)[^,]{0,2}?|第[一二三四五六七八九十\d]+(?:次|轮)[^,]{0,4}?|年初|上一?个?(?:月|季度|半年)(?:末|底)?|(?:历年|历史|上年|去年)?同期(?:平均水平)?|期初|基期"
    r"|[^,。]{1,8}?(?:前|时期|初期|之初|以前|之前|末|底|初|时))"
)
_HEDGES = r"(?:{hedge})*+"


@dataclass(frozen=True, slots=True)
class Cue:
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
    """

    role: Role = "level"
    direction: Direction = ""
    reference: Stretch | None = None
    phrase: Stretch | None = None
    tail: Stretch | None = None
    behind: bool = False


def is_part(quantity: Quantity) -> bool:
    """Tell whether a quantity is a part of something: a percentage, a fraction, 成; not a ratio such as 3∶1."""
    return quantity.unit in _PARTS and not any(mark in quantity.text for mark in ":∶：比")


def is_points(quantity: Quantity) -> bool:
    """Tell whether a quantity is a difference of percentages."""
    return quantity.unit in _POINTS


def read_role(
    phrases: Phrases, quantity: Quantity, span: Stretch, left: Stretch, right: Stretch, sentence: int | None = None
) -> Cue:
    """Read the role of a quantity.

    Parameters
    ----------
    phrases : Phrases
        The phrases of the text.
    quantity : Quantity
        The quantity.
    span, left, right : (int, int)
        Where it stands, and the words before and behind it.
    sentence : int, optional
        Where its sentence begins, in which a yardstick may stand further ahead.

    Returns
    -------
    Cue
        Its role and what goes with it; a level where nothing says otherwise.
    """
    text = phrases.text
    left = (left[0], phrases.without_aside(*left))
    for look in (_rank, _share_before, _gap, _change):
        cue = look(phrases, quantity, span, left)
        if cue is not None and not (cue.role == "change" and _counts_what_follows(phrases, quantity, right)):
            return cue
    cue = _gap_to_yardstick(text, quantity, left, left[0] if sentence is None else sentence)
    return cue or _share_behind(phrases, quantity, left, right) or _share_of_what_is_before(phrases, quantity, left) or Cue(behind=True)


def _counts_what_follows(phrases: Phrases, quantity: Quantity, right: Stretch) -> bool:
    """Tell 减少3项审批 (of what follows) from 审批减少3项: a counted noun stands right behind the first."""
    if is_part(quantity) or is_points(quantity) or quantity.unit == "倍":
        return False
    start, end = phrases.after(*right)
    return end - start >= 2


def _rank(phrases: Phrases, quantity: Quantity, span: Stretch, left: Stretch) -> Cue | None:
    text = phrases.text
    ordinal = text[span[0]] in "第首"
    match = pattern(r"(?P<cue>{place})(?!民|家|住)(?P<ref>[^,]{0,16}?)(?P<first>前)?$").search(text, *left)
    if not ordinal and not (match and match["first"] and quantity.unit in {"位", "名", "强"}):
        return None
    start, end = match.span("ref") if match else left
    if match and end > start and phrases.is_place(start):
        return Cue("rank", reference=(start, end), phrase=(left[0], match.start()))
    among = pattern(_AMONG).search(text, start, end)
    if among is not None:
        noun_end = among.start() if among.start() > start or match is None else match.start()
        begin = start if among.start() > start else left[0]
        return Cue("rank", reference=among.span(), phrase=(begin, noun_end))
    ahead = pattern(r"在(?P<ref>{benchmark})[^,]{1,16}$").search(text, max(0, left[0] - 12), end)
    if match is None or ahead:
        return Cue("rank", reference=ahead.span("ref") if ahead else None, phrase=(left[0], match.start() if match else left[1]))
    return Cue("rank", phrase=(start, end) if end > start else (left[0], match.start()))


_AMONG = (
    r"(?:{benchmark}|自治区|中部|西部|东部|世界|全球|亚洲|国内|省内|市内|县内|区域)(?:中|各[市县区省地]+|同类[^,]{0,6}|[^,]{0,3}[市县区省州院家])?$"
)

_SHARE = (
    r"(?P<cue>占)(?!比|地|用|位|领|据|有率|道)(?:到|了|总)?(?P<ref>[^占,]{0,40}?)(?:的)?"
    r"(?P<tail>比重|比例|份额|百分比|占比)?(?:的|由|从|至|升至|降至|提高到|提高至|下降到|下降至|降低到|:|{hedge})*+$"
)
_OF_THE_WHOLE = r"(?:是|为|相当于|完成|达到|达|完成了)(?P<ref>[^,]{2,24})的(?:约|近)?$"


def _share_before(phrases: Phrases, quantity: Quantity, span: Stretch, left: Stretch) -> Cue | None:
    text = phrases.text
    if not is_part(quantity) and quantity.unit != "倍":
        return None
    if quantity.unit != "倍":
        match = pattern(_SHARE).search(text, *left)
        if match:
            reference = match.span("ref") if match["ref"] else None
            whole = pattern(r"^(?P<whole>[^,]{2,20}?)(?<![其集高初途空])中(?![医药心西级小央国学层老青])[^,]{2,}$").search(text[left[0] : match.start()]) if not reference else None
            if whole:
                reference = phrases.before(left[0], left[0] + whole.end("whole")).stretch
            tail = match.span("tail") if match["tail"] else None
            return Cue("share", reference=reference, phrase=(left[0], match.start()), tail=tail)
        noun = phrases.before(*left).stretch
        if pattern(r"(?:占比|(?<!性别)比重|构成比|所占比例|所占份额)$").search(text, *noun):
            return Cue("share", phrase=left)
    match = pattern(_OF_THE_WHOLE).search(text, *left)
    if match and not pattern(r"[占率]|{rise}|{fall}").search(match["ref"]) and not pattern(r"^\d{4}年?$").match(match["ref"]):
        return Cue("share", reference=match.span("ref"), phrase=(left[0], match.start()))
    if match and quantity.unit == "倍":
        return Cue("share", reference=match.span("ref"), phrase=(left[0], match.start()))
    return None


_GAP_AFTER = (
    r"(?:(?<![同环对占百])比|较(?![好大多少快高低为])|与|跟)(?P<ref>[^,]{1,24}?)(?:相比|比)?,?(?:仍|还|尚|均|也|分别|平均)*"
    r"(?P<cue>高出|多出|超出|(?<![减增提降升缩加放延扩])(?:高|多|低|少|快|慢|长|短|大|小)|相差|还差|尚差|差|领先|落后|优)(?:{hedge})*+$"
)
_GAP_LEFT = r"(?:距离?|离)(?P<ref>[^,]{2,16}?)(?P<cue>还差|尚差|还缺|尚缺|相差|差)(?:{hedge})*+$"
_YARDSTICK = (
    r"(?:高于|高出|超过|超出|优于|低于|落后于?|(?<![同环对占百])比|与|较)(?P<ref>[^,;。]{0,12}?(?:{benchmark})[^,;。]{0,4}?)(?:相比|比较)?,"
)
_GAP_BARE = r"(?P<cue>高出|多出|超出|低|高|多|少|还差|尚差)(?:{hedge})*+$"
_GAP_BEFORE = (
    r"(?P<cue>高于|高出|超出|超过|超额完成|多于|优于|快于|大于|好于|长于|领先于?|低于|少于|落后于?|慢于|小于|短于|不及"
    r"|超(?=年度|目标|计划|序时|全国|全省|全市|预期|任务|省定|市定|国家|上级|既定))(?P<ref>[^,]{2,24}?)(?:的)?(?:约|近|达)?$"
)


def _gap(phrases: Phrases, quantity: Quantity, span: Stretch, left: Stretch) -> Cue | None:
    text = phrases.text
    over = pattern(r"超额(?:完成)?了?$").search(text, *left)
    if over:
        goal = pattern(r"完成(?P<ref>[^,。;]{2,14})").match(text, span[1])
        return Cue("gap", "+", goal.span("ref") if goal else None, (left[0], over.start()))
    match = pattern(_GAP_AFTER).search(text, *left) or pattern(_GAP_LEFT).search(text, *left)
    if match and not _is_time(match["ref"]):
        return _gap_cue(match, left)
    match = pattern(_GAP_BEFORE).search(text, *left)
    if match and not _is_time(match["ref"]) and (is_points(quantity) or pattern("{benchmark}").search(match["ref"])):
        return _gap_cue(match, left)
    return None


def _gap_to_yardstick(text: str, quantity: Quantity, left: Stretch, sentence: int) -> Cue | None:
    """Read 均高于省定目标,分别高出12.9个百分点: the yardstick stands in a clause before."""
    match = pattern(_GAP_BARE).search(text, *left)
    if match is None:
        return None
    yardstick = None
    for yardstick in pattern(_YARDSTICK).finditer(text, sentence, left[0]):
        pass
    if yardstick is None:
        return None
    direction: Direction = "-" if match["cue"] in words("below") else "+"
    return Cue("gap", direction, yardstick.span("ref"), (left[0], match.start()))


def _is_time(words_compared: str) -> bool:
    return bool(pattern(_TIME).fullmatch(words_compared))


def _gap_cue(match: regex.Match[str], left: Stretch) -> Cue:
    direction: Direction = "-" if match["cue"] in words("below") else "+"
    return Cue("gap", direction, match.span("ref"), (left[0], match.start()))


_COMPARE = (
    r"(?P<whole>同比|环比)|(?:与|(?<![同环占])比|较|同|跟|相较于?|对比)(?P<ref>" + _TIME + r")(?:相比|比较|的)?"
)


def compared(text: str, start: int, end: int) -> tuple[Stretch, Stretch] | None:
    """Return the last comparison with another time in a stretch: all its words, and those that name what is compared
    with (同比; 上年 of 较上年).
    """
    last = None
    for last in pattern(_COMPARE).finditer(text, start, end):
        pass
    if last is None:
        return None
    return last.span(), last.span("whole") if last["whole"] else last.span("ref")


def _change(phrases: Phrases, quantity: Quantity, span: Stretch, left: Stretch) -> Cue | None:
    text = phrases.text
    comparison = compared(text, *left)
    reference = comparison[1] if comparison else None
    if text[span[0]] == "翻":
        return Cue("change", "+", reference, (left[0], comparison[0][0] if comparison else left[1]))
    match = pattern(r"(?:年均|月均|平均)?(?P<cue>{rise+fall})" + _HEDGES + "$").search(text, *left) or pattern(
        r"(?P<cue>{movement})(?:{reach+hedge})*$"
    ).search(text, *left)
    if match is None:
        return _change_of_object(phrases, quantity, left)
    if pattern(r"(?:{rise}|{fall})了?(?:到|至|为|成)了?(?:约|近|超过|超)?$").search(text, *left):
        return None
    cue = match["cue"]
    if cue == "高" and text.startswith("达", match.end("cue")):
        return None
    relative = is_part(quantity) or is_points(quantity) or quantity.unit == "倍"
    if len(cue) == 1 and not relative and comparison is None:
        return None
    direction: Direction = "-" if cue in words("fall") else "+"
    start, end = left[0], match.start()
    if comparison is not None:
        # the measured noun stands before the words of comparison, or between them and the verb
        if pattern(r"\p{Han}{2}").search(text, start, comparison[0][0]):
            end = min(end, comparison[0][0])
        else:
            start = min(comparison[0][1], end)
    tail = (match.start(), match.end("cue")) if "价" in cue else None
    real = pattern("实际$").search(text, start, end)
    if real:
        end, tail = real.start(), real.span()
    return Cue("change", direction, reference, (start, max(start, end)), tail)


def _change_of_object(phrases: Phrases, quantity: Quantity, left: Stretch) -> Cue | None:
    """Read 减少排队时间三分之一, 提高签约率5个百分点: the measured noun stands between the verb and the number."""
    fraction = is_part(quantity) and quantity.text[-1] not in "%‰％"
    if not fraction and not is_points(quantity):
        return None
    match = pattern(r"(?P<cue>{rise+fall})(?P<noun>\p{Han}{2,12})$").search(phrases.text, *left)
    if match is None or len(match["cue"]) < 2 or pattern(r"(?:{reach})$").search(match["noun"]):
        return None
    direction: Direction = "-" if match["cue"] in words("fall") else "+"
    return Cue("change", direction, phrase=match.span("noun"))


def _share_behind(phrases: Phrases, quantity: Quantity, left: Stretch, right: Stretch) -> Cue | None:
    """Read 80%以上的村卫生室, 70%村卫生室实现…, 100%投入使用."""
    if not is_part(quantity):
        return None
    text = phrases.text
    start, end = phrases.after(*right)
    before = phrases.before(*left).stretch
    if pattern(r"(?:率|比例|指数|系数|占比|比重)").search(text, *before) or (
        pattern(r"(?:达到?了?|为|是|保持在?|稳定在?|至|到)$").search(text, *left) and text[right[0] : right[0] + 1] != "的"
    ):
        return None
    if end - start >= 2 and not pattern(r"全覆盖").match(text, start):
        return Cue("share", reference=(start, end), behind=True)
    action = phrases.predicate(*right)
    if action[1] - action[0] < 2:
        return None
    return Cue("share", reference=before if phrases.says(before) else None, tail=action)


def _share_of_what_is_before(phrases: Phrases, quantity: Quantity, left: Stretch) -> Cue | None:
    """Read 其中硕士以上学历的不少于三分之二, 硕士以上学历不足一成: a fraction of what the words before it name."""
    text = phrases.text
    if not is_part(quantity):
        return None
    whole_number = quantity.text[-1] in "%‰％" or quantity.text[:3] in {"百分之", "千分之"}
    if whole_number and not pattern(r"的(?:约|近|超过|不少于|不低于|达到?|占|为)?$").search(text, *left):
        return None
    if pattern(r"(?:率|比例|比|水平|度|比重)$").search(text, *phrases.before(*left).stretch):
        return None
    if pattern(r"[年月末期底初在]的$").search(text, *left):
        return None
    return Cue("share", phrase=left)
