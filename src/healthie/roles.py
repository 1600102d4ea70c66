"""What a quantity is of its indicator: level, change, gap, share or rank, by the words before and behind it.

Start at `read_role`. Each role has one function that looks at the words before the number for its construction and
returns a `Cue`, or None.
"""

from __future__ import annotations

import regex

from healthie.cues import THAN, Cue, Setting, compared, is_part, is_percentage, is_points, is_relative
from healthie.extremes import extreme, leads_with
from healthie.frames import MOVES_TO
from healthie.gaps import (
    distance,
    gap,
    gap_apart,
    gap_beside_yardstick,
    gap_from_value,
    gap_to_goal,
    gap_to_yardstick,
    goal,
    value_beyond,
    value_of_yardstick,
    yardstick_apart,
    yardstick_in_bracket,
    yardstick_value,
)
from healthie.lexicon import last_match, pattern, prefix, skip, suffix, words
from healthie.phrases import Phrases
from healthie.records import Direction
from healthie.stretches import Stretch

__all__ = ["read_role"]

_CLAUSE = regex.compile(r"[^,。;、]+")
# What a rank is among stands so far before its own words.
_FARTHEST_FIELD = 12
# Who makes a part of something stands so far before it.
_FARTHEST_GIVER = 160
# A topic of parts opens its sentence so far before one of them.
_FARTHEST_TOPIC = 120

# 得分|居全省第5位 is no 分居
_RANK = (
    r"(?:{in_order})?(?:(?<![得评积总满])|(?!分))(?P<cue>(?>{place}))(?!{dwelling}|{place})"
    r"[由从]?(?:\d{4}年[底末]?的)?(?P<ref>(?:(?!{place})[^,]){0,16}?)(?P<first>前)?$"
)
_RANK_FIELD = r"{benchmark+area}(?:中|各{division}+|同类[^,]{0,6}|[^,]{0,3}{ranked})?$|各{ranked}+(?:\([^()]{1,8}\))?$"
# the measure behind the place that something is ranked in (居全省|满意度|第一)
_RANKED_MEASURE = r"(?<=[国省市县区州旗盟镇乡])(?!{ranked})\p{Han}{0,6}?(?!排名|位次|名次|总数){head}$"
# those that something is ranked among (居省会城市机场首位), which no measure names
_AMONG = r"{member_noun}(?:中|之中)?$"
# 在全市县级医院中排第2
_RANK_AMONG = (
    r"在(?P<ref>(?:{benchmark+world}|\p{Han}{2,6}[省市州盟县区旗])?\p{Han}{0,8}?(?:{member_noun}|{institution}|各{division}+))"
    r"(?:之?中|里|内|当中)?(?:{in_order})?{place}$"
)
# what may stand behind a rank without 第 (排名由36位|升到23位)
_RANK_ENDS = MOVES_TO + r"|[,。;、)]|$"
# 全国排名第八
_RANK_NAMED = r"(?P<ref>{benchmark+world})(?:综合)?(?:排名|位次|名次)$"
_RANK_AHEAD = r"在(?P<ref>{benchmark+world})[^,]{1,16}$"

_SHARE = (
    r"(?P<cue>占)(?!{occupy}(?!区|方))(?:到了|到|去了|去|了)?(?P<ref>[^占,]{0,40}?)的?"
    r"(?P<tail>{proportion}|百分比)?(?:[由从](?:\d{1,4}|{digit}+)年[^,]{0,4}?的)?(?:{share_to+hedge}|:)*+$"
)
_WHOLE = r"^(?P<whole>[^,]{2,20}?)(?<!{middle_before})中(?!{middle_behind})[^,]{2,}$"
# what something makes a part of (民营医院贡献了全市60%的门诊、70%的体检)
_CONTRIBUTES = (
    r"(?<![^,。;:!?\n ).、\-是])(?P<who>[^,。;:]{0,30}?){contribute}了?"
    r"(?:[^,。;、%]{0,6}[\d.]{1,6}%[^,。;、%]{1,16}[、和]){0,5}[^,。;、%]{0,6}$"
)
# 村医中60岁以上的不足两成
_AMONG_THEM = r"(?P<whole>[^,]{2,20}?)(?<!{middle_before})中(?!{middle_behind})[^,]{1,20}的{of_which+hedge}*+$"
# what opens a list of sorts, each with its part in a bracket; what sums the parts up behind one
_SORTS = r"{sort_noun}{each}?(?:主要)?(?:[为是有]|包括|:)[^,。;]*(?:,{next_in_turn}[为是]?[^,。;]*)*$"
_PARTS_OF = r"(?P<ref>\p{Han}{1,8}构成)比?中,"
_TOPIC_OF_PARTS = r"(?:构成比?中|[的者]{proportion}),"
_SUMMED_BEHIND = r"\)(?:[、和及]?[^,。;()]{1,20}\([^()]{1,12}\)){0,12},{sums_up}占"
# those of whom a percentage is (硕士学历的|70%, 对收入满意的仅|19%, 有离职意愿者达|28%)
_SOME_WHO, _WHO = r"的(?:{of_which}|{hedge})?$", r"(?<=\p{Han}{3})(?<![患记作笔学编读使])者(?:{reach+hedge})*+$"
# 高技术产业|在工业中的|占比由2012年的9%
_PART_WITHIN = (
    r"在(?P<ref>[^,。;在]{2,16}?)[中里]?(?:所占)?的?(?P<tail>{share_noun+proportion})"
    r"(?:{reach+hedge+from}|\d{4}年[底末]?的?){0,6}$"
)
# who bears what part of an amount (市级财政负担55%)
_BORNE_BY = r"{payer}\p{Han}{0,4}{bears}了?{hedge}*+$"
# 稳定在全国的四分之一
_WITHIN = r"{value_verb}(?P<ref>{benchmark+world})的?{hedge}*+$"
# 下达 hands a task down, and equals nothing
_OF_THE_WHOLE = (
    r"(?:(?<!下){equals}|{part_of_whole}|{about_whole}(?={whole_word}))"
    r"(?P<ref>(?:(?!(?<!下){equals})[^,]){2,24})的{about}?$"
)
# how much of what it was in another year (恢复到|2019年|的97%)
_OF_A_YEAR = r"(?:{equal_to})(?P<ref>(?:\d{4}年|上年|去年)(?:同期|全年)?(?:水平)?)的{about}?$"
# how much of a task that is told with its value (完成市下达任务|160例的105%)
_OF_A_TASK = (
    r"(?:完成了?|(?<!{occupy})占)(?P<ref>[^,。;\d]{0,10}?(?:{goal_of}){0,2}{goal})[\d.]{1,8}[^,。;\d]{0,4}的{hedge}*+$"
)
# how much of a goal is reached, without 的 (完成|规划任务|92%)
_OF_A_GOAL = r"完成了?(?P<ref>(?:{goal_of}){1,2}{goal}){hedge}*+$"

_THAN_OTHER = r"(?<!可)" + THAN + r"(?P<ref>[^,。;、]{2,16})$"
_MOVED = r"{average}?(?<!{natural})(?<!{at_bound})(?P<cue>{rise+fall}){hedge}*+$"
_MOVEMENT = r"(?<!{natural})(?P<cue>{movement}){reach+hedge}*+$"
# how fast it grew in the end (同比涨幅|收窄至2.1%)
_GROWTH_REACHED = r"(?P<cue>{movement})(?<!率)(?:{rise+fall})了?{result}{hedge}*+$"
# how far, before what it did (保持20%以上的增长)
_MOVED_BEHIND = (
    r"的?(?:平均|年均|总体)?(?:{degree}|两位数)?"
    r"(?P<noun>(?P<cue>{movement+rise+fall})(?:{goal+expectation})?)(?![\p{Han}])"
)
_KEEPS = r"(?:{keeping+set_goal}){hedge}*+$"
_MOVED_TO = r"(?!{movement}(?<!率)达?{result}){rise+fall}了?{result}了?{approx}?$"
# 推动农房风貌提升1.2万户: what is brought about, not how far it moved
_PUSHED = r"(?:累计|共|已|已经)?{push}[^,]{2,}$"
# more or less of a deed than at another time (同比少支出102元)
_DID_MORE = r"(?P<cue>[多少])(?P<deed>\p{Han}{1,2})了?{hedge}*+$"
# growth told of in the clause before its figure (急诊量仍保持正增长,|达到3%)
_GREW = r"(?P<what>[^,。;]{2,24}?)(?:{adverb+keeping+steadily})*+(?P<cue>[正负]?增长),$"
_MOVED_OBJECT = r"(?P<cue>{rise+fall})(?P<noun>\p{Han}{2,12})$"


def read_role(phrases: Phrases, setting: Setting) -> Cue:
    """Read the role of a quantity.

    Parameters
    ----------
    phrases : Phrases
        The phrases of the text.
    setting : Setting
        The quantity between its words.

    Returns
    -------
    Cue
        Its role and what goes with it; a level where nothing says otherwise.
    """
    start, end = setting.left
    if (plain := phrases.without_aside(start, end)) < end:
        setting = setting._replace(left=(start, plain))
    for look in _BEFORE:
        cue = look(phrases, setting)
        if cue is not None and cue.role == "change" and cue.direction == "+" and setting.quantity.value < 0:
            cue = cue._replace(direction="-")  # 同比增长-6.1%
        if cue is not None and not (cue.role == "change" and _counts_what_follows(phrases, setting)):
            return cue
    for look in _FURTHER:
        if (cue := look(phrases, setting)) is not None:
            return cue
    return Cue(behind=True)


def _counts_what_follows(phrases: Phrases, setting: Setting) -> bool:
    """Tell 减少3项审批 (of what follows) from 审批减少3项: a counted noun stands right behind the first."""
    if is_relative(setting.quantity):
        return False
    start, end = phrases.after(*setting.right)
    return end - start >= 2


# ── rank ──


def _rank(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 居全省第3位, 跻身全国百强前10名, 列13个县市第二."""
    text, left = phrases.text, setting.left
    verb = pattern(_RANK).search(text, *left)
    counted = verb and verb["first"] and setting.quantity.unit in {"", *words("rank_unit")}
    if text[setting.span[0]] not in words("ordinal") and not counted:
        return _rank_by_number(text, setting, verb)
    start, end = verb.span("ref") if verb else left
    if verb and end > start and phrases.is_place(start):
        measure = pattern(_RANKED_MEASURE).search(text, start, end)
        tail = measure.span() if measure else None
        return Cue("rank", reference=(start, tail[0] if tail else end), phrase=(left[0], verb.start()), tail=tail)
    field = pattern(_RANK_FIELD).search(text, start, end)
    if field is not None:
        within = field.start() > start
        noun_end = verb.start() if verb and not within else field.start()
        return Cue("rank", reference=field.span(), phrase=(start if within else left[0], noun_end))
    if members := pattern(_RANK_AMONG).search(text, *left) or pattern(_RANK_NAMED).search(text, *left):
        return Cue("rank", reference=members.span("ref"), phrase=(left[0], members.start()))
    ahead = pattern(_RANK_AHEAD).search(text, max(0, left[0] - _FARTHEST_FIELD), end)
    if verb and not ahead and end > start:
        measured = (left[0], verb.start())
        among = pattern(_AMONG).search(text, start, end) is not None
        return Cue("rank", reference=(start, end), phrase=measured) if among else Cue("rank", phrase=(start, end))
    return Cue("rank", reference=ahead and ahead.span("ref"), phrase=(left[0], verb.start() if verb else left[1]))


def _rank_by_number(text: str, setting: Setting, verb: regex.Match[str] | None) -> Cue | None:
    """Read 排名由88位: a plain number behind a noun for a rank."""
    if verb is None or verb["ref"] or verb["cue"] not in words("ranking"):
        return None
    if setting.quantity.unit not in words("rank_unit") or not pattern(_RANK_ENDS).match(text, setting.span[1]):
        return None
    return Cue("rank", phrase=(setting.left[0], verb.end("cue")))


def _rank_in_parts(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 死因构成中,产后出血居首位: the topic says among what something is ranked."""
    text, left = phrases.text, setting.left
    placed = pattern("{place}$").search(text, *left) if text[setting.span[0]] in words("ordinal") else None
    parts = last_match(_PARTS_OF, text, max(setting.sentence, left[0] - _FARTHEST_TOPIC), left[0]) if placed else None
    return Cue("rank", reference=parts.span("ref"), phrase=(left[0], placed.start())) if placed and parts else None


# ── share ──


def _share_before(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 占全省的8%, 药占比28%, 是上年的2倍, 完成计划的112%."""
    if is_part(setting.quantity):
        cue = _share_with_verb(phrases, setting.left) or _share_with_noun(phrases, setting.left)
        if cue is not None:
            return cue
    elif setting.quantity.unit != "倍":
        return None
    since = max(setting.sentence, setting.left[1] - _FARTHEST_TOPIC)
    if is_part(setting.quantity) and (task := last_match(_OF_A_TASK, phrases.text, since, setting.left[1])):
        return Cue("share", reference=task.span("ref"), phrase=(setting.left[0], setting.left[0]))
    match = pattern(_OF_THE_WHOLE).search(phrases.text, *setting.left)
    whole = pattern(_OF_A_YEAR).search(phrases.text, *setting.left) or pattern(_OF_A_GOAL).search(
        phrases.text, *setting.left
    )
    if is_part(setting.quantity) and whole is not None:
        return Cue("share", reference=whole.span("ref"), phrase=(setting.left[0], whole.start()))
    if match is None or (setting.quantity.unit != "倍" and not _names_whole(match["ref"])):
        return None
    return Cue("share", reference=match.span("ref"), phrase=(setting.left[0], match.start()))


def _share_with_verb(phrases: Phrases, left: Stretch) -> Cue | None:
    match = pattern(_SHARE).search(phrases.text, *left)
    if match is None:
        return None
    phrase = (left[0], match.start())
    tail = match.span("tail") if match["tail"] else None
    if match["ref"]:
        return Cue("share", reference=match.span("ref"), phrase=phrase, tail=tail)
    whole = pattern(_WHOLE).search(phrases.text[slice(*phrase)])
    reference = phrases.before(left[0], left[0] + whole.end("whole")).stretch if whole else None
    return Cue("share", reference=reference, phrase=phrase, tail=tail)


def _share_with_noun(phrases: Phrases, left: Stretch) -> Cue | None:
    if pattern(_BORNE_BY).search(phrases.text, *left):
        return Cue("share", phrase=left)
    if within := pattern(_PART_WITHIN).search(phrases.text, *left):
        return Cue("share", reference=within.span("ref"), phrase=(left[0], within.start()), tail=within.span("tail"))
    noun = phrases.before(*left).stretch
    return Cue("share", phrase=left) if suffix(phrases.text, *noun, "share_noun") else None


def _names_whole(words_before: str) -> bool:
    """Tell a whole (招生计划) from a rate, a change or a year."""
    return not pattern(r"占|率|{rise+fall}|^\d{4}年?$").search(words_before)


def _share_behind(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 80%以上的村卫生室, 60%的诊所实现…, 100%投入使用."""
    if not is_part(setting.quantity):
        return None
    text, left, right = phrases.text, setting.left, setting.right
    before = phrases.before(*left).stretch
    reached = suffix(text, *left, "value_verb") and text[right[0] : right[0] + 1] != "的"
    if reached or pattern("{rate_noun}").search(text, *before):
        return None
    start, end = phrases.after(*right)
    if prefix(text, start, end, "own_attribute") and not text.startswith("的", phrases.skip_after(*right)):
        said = _CLAUSE.match(text, start, right[1])  # 六成以上年龄超过50岁
        return Cue("share", reference=before if phrases.says(before) else None, tail=said and said.span())
    if end - start >= 2 and not text.startswith("全覆盖", start):
        return _of_noun_behind(phrases, setting, (start, end))
    action = phrases.predicate(*right)
    if action[1] - action[0] < 2:
        return None
    return Cue("share", reference=before if phrases.says(before) else None, tail=action)


def _share_in_bracket(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 前两位死因依次为早产(26%)、窒息(12%): what part each of several sorts is."""
    text, (start, end) = phrases.text, setting.left
    alone = end == start and text[start - 1 : start] == "(" and text[setting.span[1] : setting.span[1] + 1] == ")"
    if not alone or not is_percentage(setting.quantity):
        return None
    sorts = last_match(_SORTS, text, max(setting.sentence, start - _FARTHEST_GIVER), start)
    summed = pattern(_SUMMED_BEHIND).match(text, setting.span[1])
    return Cue("share") if sorts or summed else None


def _share_of_topic(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 死因构成中,产后出血由31%降至18%; 高级职称者的比例,甲组为53%: the topic says that parts follow."""
    text, (start, end) = phrases.text, setting.left
    if not is_percentage(setting.quantity) or suffix(text, *phrases.before(start, end).stretch, "rate_noun"):
        return None
    topic = last_match(_TOPIC_OF_PARTS, text, max(setting.sentence, start - _FARTHEST_TOPIC), start)
    return Cue("share", phrase=setting.left) if topic else None


def _of_noun_behind(phrases: Phrases, setting: Setting, noun: Stretch) -> Cue:
    """Read what a percentage is of the noun behind it: its value, its rate, or a part of it that something makes."""
    text = phrases.text
    attribute = text.startswith("的", phrases.skip_after(*setting.right))
    moves = suffix(text, *noun, "movement") if attribute else ""
    if moves and noun[1] - noun[0] > len(moves):
        return Cue("change", _sign(moves), phrase=(noun[0], noun[1] - len(moves)))  # 年均3%的消费增速
    if attribute and suffix(text, *noun, "rate_noun"):
        return Cue(phrase=noun)  # 超75%的森林覆盖率
    if prefix(text, *noun, "rated"):
        return Cue(phrase=setting.left, tail=noun)  # 加征25%的关税
    since = max(setting.sentence, setting.left[1] - _FARTHEST_GIVER)
    if given := last_match(_CONTRIBUTES, text, since, setting.left[1]):
        return Cue("share", reference=noun, phrase=given.span("who"), tail=noun)
    return Cue("share", reference=noun, behind=True)


def _share_of_what_is_before(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 其中硕士以上学历的不少于三分之二, 硕士以上学历不足一成: a fraction of what the words before it name."""
    text, left, written = phrases.text, setting.left, setting.quantity.text
    if not is_part(setting.quantity):
        return None
    percentage = is_percentage(setting.quantity) or prefix(written, 0, len(written), "out_of")
    who = text.find("者", *left) >= 0 and pattern(_WHO).search(text, *left)
    if percentage and not (who or pattern(_SOME_WHO).search(text, *left)):
        return None
    within = pattern(_WITHIN).search(text, *left)
    if within is not None:
        return Cue("share", reference=within.span("ref"), phrase=(left[0], within.start()))
    if suffix(text, *phrases.before(*left).stretch, "rate_end") or pattern(r"{dated}的$").search(text, *left):
        return None
    among = pattern(_AMONG_THEM).match(text, *left)
    if among is not None and not percentage:
        whole = phrases.before(left[0], among.end("whole")).stretch
        return Cue("share", reference=whole, phrase=left)
    return Cue("share", phrase=left)


# ── change ──


def _change(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 同比增长5%, 较上年减少3个, 翻一番, 降幅达5%."""
    text, left = phrases.text, setting.left
    comparison = compared(text, *left)
    reference = comparison[1] if comparison else None
    if text[setting.span[0]] == "翻":
        return Cue("change", "+", reference, (left[0], comparison[0][0] if comparison else left[1]))
    match = pattern(_MOVED).search(text, *left) or pattern(_MOVEMENT).search(text, *left)
    if match is None:
        return _change_of_object(phrases, setting)
    deed = suffix(text, left[0], match.end("cue"), "act")
    if not _moves(match, setting, comparison is not None) or len(deed) > len(match["cue"]):
        return None  # 改造提升280万亩: what is done, not how far it moved
    if setting.quantity.unit in words("place_unit") and pattern(_PUSHED).match(text, left[0], match.start()):
        return None
    behind = phrases.after(*setting.right)
    if is_part(setting.quantity) and text.startswith("的", setting.span[1]) and phrases.says(behind):
        return Cue("change", _sign(match["cue"]), reference, behind)  # 减少99%的排放
    start, end = _measured(text, left[0], match.start(), comparison[0] if comparison else None)
    if comparison is None and (other := pattern(_THAN_OTHER).search(text, start, end)):
        reference, end = other.span("ref"), other.start()  # 周期比传统模式缩短八成
    tail = (match.start(), match.end("cue")) if "价" in match["cue"] else None
    if real := pattern("实际$").search(text, left[0], match.start()):
        end, tail = min(end, real.start()), real.span()
    return Cue("change", _sign(match["cue"]), reference, (start, max(start, end)), tail)


def _growth_reached(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 同比涨幅收窄至2.1%: how fast it grew, by the noun for a movement before the verb of reaching."""
    text, left = phrases.text, setting.left
    if not is_percentage(setting.quantity):
        return None
    reached = pattern(_GROWTH_REACHED).search(text, *left)
    comparison = compared(text, left[0], reached.start()) if reached else None
    end = comparison[0][0] if comparison else reached and reached.start()
    return reached and Cue("change", _sign(reached["cue"]), comparison and comparison[1], (left[0], end))


def _moved_behind(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 保持20%以上的增长: the word of change stands behind its number."""
    if not is_part(setting.quantity) or not (keeps := pattern(_KEEPS).search(phrases.text, *setting.left)):
        return None
    moved = pattern(_MOVED_BEHIND).match(phrases.text, phrases.skip_after(*setting.right), setting.right[1])
    comparison = compared(phrases.text, *setting.left)
    end = comparison[0][0] if comparison else keeps.start()
    # the goal belongs to the indicator: 设定8%的|增长预期
    tail = moved.span("noun") if moved is not None and moved.end("noun") > moved.end("cue") else None
    return moved and Cue("change", _sign(moved["cue"]), comparison and comparison[1], (setting.left[0], end), tail)


def _grew(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 急诊量保持正增长,达到3.1%: the clause before says that something grew, this one how fast."""
    text, left = phrases.text, setting.left
    behind = left[0] + 2 * text.startswith("增速", *left)
    only_reaches = left[0] < left[1] == skip(text, behind, left[1], "reach", "hedge")
    if not is_percentage(setting.quantity) or not only_reaches:
        return None
    grew = pattern(_GREW).search(text, max(setting.sentence, left[0] - _FARTHEST_TOPIC), left[0])
    if grew is None or suffix(text, *grew.span("what"), "rate_noun"):
        return None
    return Cue("change", "-" if grew["cue"][0] == "负" else "+", phrase=grew.span("what"))


def _did_more(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 同比少支出102元: more or less of a deed than at another time."""
    left = setting.left
    if pattern(_DID_MORE).search(phrases.text, *left) is None:
        return None
    comparison = compared(phrases.text, *left)
    done = comparison and pattern(_DID_MORE).fullmatch(phrases.text, comparison[0][1], left[1])
    if comparison is None or done is None:
        return None
    return Cue("change", _sign(done["cue"]), comparison[1], (left[0], comparison[0][0]))


def _moves(match: regex.Match[str], setting: Setting, is_compared: bool) -> bool:
    """Tell a verb of change from one of reaching (提高到), from 高 of 高达, and from the last character of a noun.

    A verb of one character (增5个) needs something else that shows a change.
    """
    cue, text = match["cue"], match.string
    if pattern(_MOVED_TO).search(text, *setting.left) or (cue == "高" and text.startswith("达", match.end("cue"))):
        return False
    if cue in words("saves") and not (is_compared or is_relative(setting.quantity)):
        return False  # 为群众节约2亿元
    if cue in words("doubles") and not is_relative(setting.quantity):
        return False  # 中药材产值翻番达到22亿元
    if cue in words("moves_alone") and text.startswith("了", match.end("cue")):
        return True  # 收费降了420元
    return len(cue) > 1 or cue in words("arrow") or is_compared or is_relative(setting.quantity)


def _measured(text: str, start: int, end: int, comparison: Stretch | None) -> Stretch:
    """Return where the measured noun stands: before the words of comparison, or between them and the verb."""
    if comparison is None:
        return start, end
    if pattern(r"\p{Han}{2}").search(text, start, comparison[0]):
        return start, min(end, comparison[0])
    return min(comparison[1], end), end


def _change_of_object(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 减少排队时间三分之一, 提高签约率5个百分点: the measured noun stands between the verb and the number."""
    if not is_part(setting.quantity) and not is_points(setting.quantity):
        return None
    match = pattern(_MOVED_OBJECT).search(phrases.text, *setting.left)
    if match is None or suffix(match["noun"], 0, len(match["noun"]), "reach"):
        return None
    percentage = is_percentage(setting.quantity)
    if len(match["cue"]) < 2 and not (percentage and match["cue"] in words("fall_bare")):
        return None
    # 提高签约率56% may say how high, 减少用能20% says by how much
    if percentage and (match["cue"] not in words("fall") or suffix(match["noun"], 0, len(match["noun"]), "rate_noun")):
        return None
    behind = phrases.after(*setting.right)
    if phrases.text.startswith("的", setting.span[1]) and phrases.says(behind):
        return Cue("change", _sign(match["cue"]), phrase=behind)  # 减少船舶5%的油耗
    return Cue("change", _sign(match["cue"]), phrase=match.span("noun"))


def _sign(cue: str) -> Direction:
    return "-" if cue in words("fall") else "+"


# in the order in which they are tried: a rank before a share before a gap before a change
_BEFORE = (
    _rank_in_parts,
    _rank,
    yardstick_apart,
    gap_apart,
    gap_beside_yardstick,
    goal,
    gap_to_goal,
    value_beyond,
    value_of_yardstick,
    _share_before,
    gap_from_value,
    distance,
    gap,
    yardstick_in_bracket,
    yardstick_value,
    leads_with,
    extreme,
    _growth_reached,
    _change,
    _did_more,
    _grew,
    _moved_behind,
)
_FURTHER = (gap_to_yardstick, _share_in_bracket, _share_of_topic, _share_behind, _share_of_what_is_before)
