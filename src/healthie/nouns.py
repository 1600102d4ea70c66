"""The nouns on either side of a quantity that say what it measures, in the order of the text.

Start at `own_nouns`.
"""

from __future__ import annotations

from itertools import pairwise

from healthie.cues import is_part, is_points
from healthie.drafts import Draft
from healthie.lexicon import last_match, pattern, prefix, suffix, words
from healthie.phrases import Phrases
from healthie.stretches import Phrase, Stretch

__all__ = ["own_nouns"]

# Of words before a counted noun that are longer than this only the deed belongs to it.
_LONGEST_LEAD = 18
# A relative clause before a counted noun that is longer than this says more than what is counted.
_LONGEST_CLAUSE = 40

# a work named behind what it is done to (5万户农房|改造), and what says that it is carried out
_WORK = r"{done_noun}{work_tail}?(?![\p{Han}“])"
_FARTHEST_VERB = 200
_CARRIES_OUT = r"(?:{completes+begins_plan})了?{hedge}*+\d"
# 为|全县|2.3万名老年人免费体检
_FOR_WHOM = r"(?:{for_whom}|为(?:[全各我本][省市州县区旗]|\p{Han}{1,6}[省市州县区旗镇乡])){hedge}*+$"
# what makes those counted do something, with examples of them before their number
_BRINGS_ABOUT = r"(?:(?<!\p{Han})|(?<=是|{hedge+adverb}))(?:{brings_about})(?:[^,;。]{2,40}等)?{hedge}*+$"
# the item that a list goes on with
_NEXT_ITEM = r"、\p{Han}{2,20}\d"
# how often so many do something (平均每天|3万人|往来两地)
_HOW_OFTEN = "(?:平均)?{each_time}|[日月年周]均"
# how far a project has come
_STAGE = r"{adverb}*+{stage_way}?{stage}"
# 在全国考核中|获评A级
_ATTAINS_AMONG = r"在[^,。;]{2,16}?[中上里]{attain}|{all_of}?达到?了?[^,。;\d]{0,20}?标准"


def own_nouns(draft: Draft, phrases: Phrases) -> list[Stretch]:
    """Return the pieces of an indicator that stand in the draft's own words.

    Parameters
    ----------
    draft : Draft
        The draft, with its cue.
    phrases : Phrases
        The phrases of the text.

    Returns
    -------
    list of (int, int)
        The pieces; empty where no noun stands before or behind the quantity.
    """
    cue = draft.cue
    before = phrases.before(*(cue.phrase or draft.left), people=draft.quantity.unit in words("people_unit"))
    if not cue.behind:
        is_cause = cue.role == "change" and before.opened in words("owing_to")  # 医院(因|撤并|比上年减少3家)
        measures = suffix(phrases.text, *before.stretch, "head")  # 因病死亡|人数下降5%
        return [] if is_cause and not measures else phrases.split(before.stretch)
    if measured := _size(draft, phrases):
        return measured
    behind = _with_work(draft, _own_item(draft, phrases.after(*draft.right), phrases), phrases)
    if cue.role == "share":
        action = phrases.predicate(behind[1], draft.right[1])
        pieces = [] if before.hanging else phrases.split(before.stretch)
        return [*pieces, behind, *([action] if action[1] - action[0] >= 2 else [])]
    if attribute := _attribute(draft, before, behind, phrases):
        return [*attribute, _before_being(behind, phrases)]
    counts = not is_part(draft.quantity) and not is_points(draft.quantity)
    if counts and phrases.says(behind):
        return _counted_nouns(draft, before, behind, phrases)
    return _noun_or_deed(draft, before, phrases, counts=counts)


def _noun_or_deed(draft: Draft, before: Phrase, phrases: Phrases, *, counts: bool) -> list[Stretch]:
    """Return the noun before a quantity, or what is done where that is what is counted (造成7人受伤)."""
    pieces = phrases.split(_before_examples(before, phrases))
    action = phrases.predicate(*draft.right)
    acts = action[1] - action[0] >= 2 and phrases.says(action)
    if not acts:
        return pieces
    if prefix(phrases.text, *action, "compose") and (
        body := last_match("由", phrases.text, draft.clause.start, before.end)
    ):
        return phrases.split(phrases.before(draft.clause.start, body.start()).stretch)
    # 筹措8亿元实施改造, 带动300人就业, 先后3次到云县调研
    buys = draft.quantity.unit in words("money_unit") and suffix(phrases.text, *before.stretch, "act")
    often = draft.quantity.unit in words("times_unit")
    if buys or (pieces and (often or prefix(phrases.text, *action, "outcome"))):
        return [*pieces, action]
    if prefix(phrases.text, *action, "befall"):
        sufferers = pieces if suffix(phrases.text, *before.stretch, "person") else []
        return [*sufferers, action]
    if counts and pattern(_HOW_OFTEN).fullmatch(phrases.text, *before.stretch):
        return [*pieces, action]
    caused = suffix(phrases.text, *before.stretch, "cause")
    return pieces if pieces and not (counts and (before.hanging or caused or before.apposed)) else [action]


def _before_examples(before: Phrase, phrases: Phrases) -> Stretch:
    """Return the words before a quantity without the examples that they end with (重点工程|包括甲工程、乙工程等8个)."""
    listing = pattern("{lists_some}").search(phrases.text, *before.stretch) if before.apposed else None
    ends = listing is not None and listing.start() - before.start >= 2
    return (before.start, listing.start()) if listing and ends else before.stretch


def _size(draft: Draft, phrases: Phrases) -> list[Stretch]:
    """Return the dimension right behind a quantity and what has it (44米|深|的|水池)."""
    start, end = draft.right
    size = pattern("(?P<way>{dimension})的(?=\\p{Han}{2})").match(phrases.text, start, end)
    if size is None or draft.quantity.dimension != "length":
        return []
    return [size.span("way"), phrases.after(size.end(), end)]


def _attribute(draft: Draft, before: Phrase, behind: Stretch, phrases: Phrases) -> list[Stretch]:
    """Return the noun of measure that a quantity gives the noun behind it as an attribute (直径38米的钢网)."""
    text, at = phrases.text, phrases.skip_after(*draft.right)
    if not text.startswith("的", at) or not phrases.says(behind):
        return []
    bounds = draft.quantity.modifier in {">", ">=", "<", "<="} and suffix(text, *draft.left, "standing")
    if draft.quantity.dimension == "count" and not bounds:  # 单量达1000单以上的商户
        return []
    noun = pattern(r"{head}$|{dimension}$").search(text, *before.stretch)
    if noun is None:
        return []
    edge = last_match("{whole+attribute_edge}", text, before.start, noun.start())
    opened = edge is not None and edge.group() in words("attribute_edge")
    return phrases.split((edge.end() if edge is not None and opened else before.start, noun.end()))


def _with_work(draft: Draft, behind: Stretch, phrases: Phrases) -> Stretch:
    """Return the noun behind a count with the work that is done to it, where that ends the clause (5万户农房|改造)."""
    if not phrases.says(behind) or not _is_carried_out(draft, phrases):
        return behind
    work = pattern(_WORK).match(phrases.text, phrases.past_aside(behind[1]), draft.right[1])
    return (behind[0], work.end()) if work else behind


def _is_carried_out(draft: Draft, phrases: Phrases) -> bool:
    """Tell whether the list that a count is in opens with the verb of a work (完成|30个小区、9个街区改造)."""
    start = max(draft.clause.start, draft.span[0] - _FARTHEST_VERB)
    return pattern(_CARRIES_OUT).search(phrases.text, start, draft.span[0] + 1) is not None


def _own_item(draft: Draft, behind: Stretch, phrases: Phrases) -> Stretch:
    """Return the noun behind a quantity without the next item of its list, which has a quantity or a size of its own.

    As in 5个省级课题|和人才引进、设备更新3个市级课题, and 8米诊疗车|、新型救护艇.
    """
    joints = phrases.top_level(*behind, words("joint_of_items"))
    at = next((joint for joint in joints if joint >= behind[0] + 2), None)
    if at is None:
        return behind
    is_listed = phrases.text[at] == "、"
    is_size = (
        is_listed and draft.quantity.dimension in {"length", "mass"} and phrases.text.find("等", at, behind[1]) < 0
    )
    goes_on = not is_listed and pattern(_NEXT_ITEM).match(phrases.text, draft.right[1]) is not None
    has_own = goes_on and draft.ahead is not None and phrases.says(phrases.after(*draft.ahead))
    return (behind[0], at) if (is_listed and is_size) or has_own else behind


def _before_being(behind: Stretch, phrases: Phrases) -> Stretch:
    """Return the noun that an attribute opens, without what it is said to be (全长28公里的隧道|是全省最长的隧道)."""
    being = pattern(r"(?<=\p{Han}{2})是\p{Han}").search(phrases.text, *behind)
    return (behind[0], being.start()) if being else behind


def _counted_nouns(draft: Draft, before: Phrase, behind: Stretch, phrases: Phrases) -> list[Stretch]:
    """Return the pieces around a count: deed and noun, and the noun that a list shares or what those counted do."""
    pieces = _deed_and_noun(draft, before, behind, phrases)
    in_parts = len(pieces) > 1 and phrases.text[slice(*pieces[0])] in words("by_manner")
    if in_parts:
        pieces = pieces[1:]  # 分|8个专题|开展培训
    shared = _noun_shared_ahead(draft, behind, phrases)
    if shared is not None:
        return [*pieces, shared]
    action = phrases.predicate(behind[1], draft.right[1])
    if not phrases.says(action) and draft.ahead is not None and phrases.text.startswith("、", behind[1]):
        action = phrases.predicate(phrases.after(*draft.ahead)[1], draft.ahead[1])  # 2个县、5个单位|获评先进
        action = action if prefix(phrases.text, *action, "attain") else (action[0], action[0])
    if prefix(phrases.text, *action, "befall", "passive"):
        return [
            *([] if suffix(phrases.text, *before.stretch, "cause") else pieces[:-1]),
            *phrases.split(behind),
            action,
        ]
    if pieces and prefix(phrases.text, *action, "outcome") and suffix(phrases.text, *before.stretch, "act"):
        return [*pieces, action]  # 帮助260名待业青年就业
    says_little = in_parts or _serves(draft, before, phrases) or _is_bare_count(pieces, draft, behind, action, phrases)
    needs_action = says_little or _is_brought_about(draft, behind, action, phrases)
    return [*pieces, action] if needs_action and phrases.says(action) else pieces


def _serves(draft: Draft, before: Phrase, phrases: Phrases) -> bool:
    """Tell whether those counted are the ones that something is done for (云县为|80名孕产妇|建立档案)."""
    says_how = phrases.text[slice(*before.stretch)] in words("gratis")  # 免费|为90名孕妇建档
    is_open = before.hanging or says_how or not phrases.says(before.stretch)
    served = is_open and pattern(_FOR_WHOM).search(phrases.text, *draft.left)
    return bool(served) or before.opened in words("for_whom")


def _is_bare_count(pieces: list[Stretch], draft: Draft, behind: Stretch, action: Stretch, phrases: Phrases) -> bool:
    """Tell whether a count says nothing without what those counted do, as a noun of one character (3个县)."""
    counts = draft.quantity.dimension == "count"  # 3万立方米污水|未造成污染
    if behind[1] - behind[0] == 1 or (counts and prefix(phrases.text, *action, "negation")):
        return True
    noun = phrases.text[slice(*behind)]
    said = pattern(r"\(\p{Han}{1,4}\)$").sub("", phrases.text[behind[0] : phrases.without_aside(*behind)])
    attains = prefix(phrases.text, *action, "attain") or pattern(_ATTAINS_AMONG).match(phrases.text, *action)
    if len(pieces) == 1 and (said in words("bare_class") or attains):
        return True
    is_project = draft.quantity.dimension == "count" and suffix(phrases.text, *behind, "project_noun")
    if is_project and pattern(_STAGE).match(phrases.text, *action):
        return True  # 4个项目|集中开工
    visits = draft.quantity.unit in words("visit_unit") and suffix(phrases.text, *behind, "person")
    return noun in words("populace") or bool(visits)


def _is_brought_about(draft: Draft, behind: Stretch, action: Stretch, phrases: Phrases) -> bool:
    """Tell whether those counted are made to do something, or are at it (推动8家卫生院|提档升级, 4条高铁|加快建设)."""
    under_way = pattern("{under_way}").search(phrases.text, behind[1], action[1])
    goes_on = under_way is not None and under_way.start() <= max(action[0], behind[1])
    return goes_on or pattern(_BRINGS_ABOUT).search(phrases.text, *draft.left) is not None


def _noun_shared_ahead(draft: Draft, behind: Stretch, phrases: Phrases) -> Stretch | None:
    """Return the noun that a list says once, at its end (4个国家级、9个省级临床重点专科)."""
    if draft.ahead is None:
        return None
    start, end = phrases.after(*draft.ahead)
    work = pattern(_WORK).match(phrases.text, phrases.past_aside(end), draft.ahead[1])
    work = work if work and _is_carried_out(draft, phrases) else None
    if work and phrases.text[behind[1] : behind[1] + 1] == "、":  # 实施30个小区、9个街区|改造
        return (work.start(), work.end())
    if not suffix(phrases.text, *behind, "partial"):
        return None
    grade = pattern(r"{partial}|\p{Han}{1,3}级").match(phrases.text, start, end)
    return (grade.end(), end) if grade and end - grade.end() >= 2 else None


def _deed_and_noun(draft: Draft, before: Phrase, behind: Stretch, phrases: Phrases) -> list[Stretch]:
    """Return the deed before and the noun behind a count (建成|候诊大厅)."""
    text, (start, end) = phrases.text, before.stretch
    holder = suffix(text, start, end, "holder")
    possessor = text.find("的", *behind)
    if suffix(text, *behind, "need"):
        possessor = 0
    of_places = suffix(text, behind[0], possessor, "counted_place") and suffix(text, *behind, "person")
    if possessor > 0 and (holder or of_places or suffix(text, behind[0], possessor, "person")):
        behind = (behind[0], possessor)
        if holder and end - len(holder) > start:
            start = end - len(holder)
    deed = _relative_clause(draft, phrases) or _deed(draft, before._replace(start=start), phrases)
    return [*phrases.split(deed), *phrases.split(behind)]


def _relative_clause(draft: Draft, phrases: Phrases) -> Stretch | None:
    """Return the relative clause before a count (进度较快的5个乡)."""
    if draft.shared or not phrases.text.endswith("的", *draft.left):
        return None
    start, end = phrases.relative(*draft.left)
    return (start, end) if 2 < end - start <= _LONGEST_CLAUSE else None


def _deed(draft: Draft, before: Phrase, phrases: Phrases) -> Stretch:
    """Return the words before a count that belong to what it counts: all, only their verb, or none."""
    text, (start, end) = phrases.text, before.stretch
    if draft.shared or before.hanging or (before.opened and not text.endswith("中", *draft.left)):
        return (start, start)
    if text[draft.span[0] - 1] == "、" and not prefix(text, start, end, "act"):
        return (start, start)  # 开幕式、14场论坛
    if suffix(text, start, end, "place"):
        return (start, start)  # 满意度居|全市14个县市区|第3位
    if before.apposed or phrases.top_level(start, end, frozenset("、")):
        return (start, _end_of_verbs(start, end, phrases))
    if end - start > _LONGEST_LEAD:
        return (end - len(suffix(text, start, end, "act")), end)
    return (start, end)


def _end_of_verbs(start: int, end: int, phrases: Phrases) -> int:
    """Return where the verb at the head of a list ends, or the list where it is one of verbs (新建、改建|卫生院)."""
    marks = [start - 1, *phrases.top_level(start, end, frozenset("、")), end]
    if all(phrases.text[a + 1 : b] in words("act") for a, b in pairwise(marks)):
        return end
    is_word = prefix(phrases.text, start, end, "whole")
    return start if is_word else start + len(prefix(phrases.text, start, end, "act"))
