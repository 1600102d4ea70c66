"""What a noun leaves out because its sentence says it once: the topic, the deed of a list, the population of a rate.

Start at `completed`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, takewhile

from healthie.clauses import Clause
from healthie.cues import is_part, is_points
from healthie.drafts import Draft, Drafts
from healthie.lexicon import find_words, is_compound, last_match, pattern, prefix, skip, suffix, words
from healthie.stretches import Stretch

__all__ = ["completed"]

# 其中 is looked for so far before the clause of the whole.
_FARTHEST_AMONG = 200
# what is done to some of those counted is said in so many characters
_LONGEST_DEED = 6
_KIND = r"{more_of}的(?P<kind>\p{Han}{2,14})$|^(?:对于?|针对)(?P<kind>[^,。;]{2,20})$"  # 像这样的服务点; 对登记问题
_PAYER = r"\p{Han}{0,2}{payer}\p{Han}{0,3}(?<!{money_noun}|{head})"  # 县财政
_DONE_WITH_THEM = r"{done_with_them}了?\p{Han}{2,4}$"  # 老年人7300人,完成体检5400人
_AGAIN = r"[再另还](?:新|将)?{act}$"  # 急救站点增加到80个;年底前再建5个
_HEAD = r"(?:{head_lead})*(?:{act+visit}|\p{Han}{2}(?=率|数$|{total}))?{head}$"
# the name of what is built, before what is said of it
_PROJECT = (
    r"(?:{founding}|{act})?(?P<name>[\p{Han}“”《》]{2,30}?{project_noun})(?!\p{Han}{0,6}(?:{project_noun}))(?!等)"
    r"(?:$|,|{act}|{stop}|{preposition}|{head}|{planned})"
)
# what a plan is for (推进|村级饮水|安全工程)
_PLAN = r"(?:{begins_plan}了?)?(?:{new_round})?(?P<noun>[\p{Han}“”]{2,16}?)(?:{project_tail}){1,3}"
# an industry at the head of a sentence
_SECTOR = r"{develops}?(?P<name>\p{Han}{1,10}?{sector_noun})(?!\p{Han}{0,4}{sector_noun})"
# what grows, in a sentence of its own (民营诊所|快速扩大)
_THRIVES = r"(?P<name>[\p{Han}“”]{2,14}?)(?:{steadily}){1,2}(?:{rise}|{grown})"
# the bodies that a rate is of (医院|病床使用率)
_RATE_OF_BODIES = r"(?:\p{Han}{0,4}?{institution})?(?P<rate>\p{Han}{2,8}率)"
# what a body does, behind its name (卫生院|建成中医馆), and no rate of it (患者|管理率)
_DEED = r"(?>{act})(?!{head})\p{Han}{2}(?!\p{Han}{0,8}率$)"
# an event that brings harm, looked for so far before those who came to it
_FARTHEST_EVENT = 100
_CLAUSES_OF_EVENT = 3
# in a headline a blank stands for the verb: 军队空袭多地 约20人死亡
_BROUGHT = r"(?<!{before_brings}){cause}(?!{behind_brings})|(?<=\p{Han}) (?={hedge}*+$)"
_EVENT = r"(?<!{no_disaster})(?:{disaster}){event_tail}?|(?!{cause})\p{Han}{2}{event_tail}"


def completed(own: list[Stretch], draft: Draft, drafts: Drafts) -> list[Stretch]:
    """Return the pieces with the topic in front that they do not say themselves.

    Parameters
    ----------
    own : list of (int, int)
        The nouns of its own.
    draft : Draft
        The draft; every draft before it has its indicator.
    drafts : Drafts
        All drafts of the text.

    Returns
    -------
    list of (int, int)
        The pieces, the added one in front.
    """
    if event := _event(own, draft, drafts):
        return [event, *own]
    base = _base(draft, drafts)
    text = drafts.text
    said = "".join(text[a:b] for a, b in own)
    if base is None or not base.pieces:
        return _behind(_told_before(said, draft, drafts), own, text)
    if topics := _topics(said, own, draft, base, drafts):
        return [*topics, *own]
    if _only_says_of_some(own, draft, base, drafts):
        return [base.pieces[-1], *own]
    if _names_a_part(said, draft) and _measures_the_same(draft, base, text):
        among = text.rfind("其中", max(0, base.clause.start - _FARTHEST_AMONG), draft.left[0])
        base = next((b for b in _bases(draft, drafts) if b.span[1] <= among), base)
        noun = _shared_noun(base.pieces, text)
        return own if noun in own or text[slice(*noun)] in words("area_part") else [noun, *own]
    return own


def _behind(noun: Stretch | None, own: list[Stretch], text: str) -> list[Stretch]:
    """Return the pieces behind a noun told of before; it alone where it ends in them (占比提升,|占比高于…)."""
    if noun is None:
        return own
    said = "".join(text[a:b] for a, b in own)
    return [noun] if text[slice(*noun)].endswith(said) else [noun, *own]


def _measures_the_same(draft: Draft, base: Draft, text: str) -> bool:
    """Tell whether two quantities have one unit, or the noun of the first names it (入院人次|31万,其中医院9万人次)."""
    unit = draft.quantity.unit
    by_noun = not base.quantity.unit and bool(unit) and text.endswith(unit, *base.pieces[-1])
    return by_noun or unit == base.quantity.unit or (is_points(draft.quantity) and is_part(base.quantity))


def _told_before(said: str, draft: Draft, drafts: Drafts) -> Stretch | None:
    """Return what a draft is of where no quantity of its sentence names it: a whole, a project, a subject, a plan."""
    noun = _shared_noun([draft.whole], drafts.text) if draft.whole and _names_a_part(said, draft) else None
    noun = noun or _kind_before(said, draft, drafts) or _whole_of_member_before(said, draft, drafts)
    noun = noun or (_project(draft, drafts) if said in words("project_measure") else None)
    noun = noun or (_work_before(draft, drafts) if said in words("bare_goal") else None)
    if noun is None and _is_bare(said, draft, drafts):
        noun = _subject_told_of(draft, drafts) or _sector_before(draft, drafts)
    return noun or _planned_for(said, draft, drafts) or _rate_before(said, draft, drafts)


def _work_before(draft: Draft, drafts: Drafts) -> Stretch | None:
    """Return the work that the clause before only names, where this one gives its goal (免费体检,|年度目标40万人)."""
    clause = next(iter(drafts.clauses_before(draft.clause)), None)
    if clause is None or clause.quantities:
        return None
    noun = drafts.phrases.before(clause.start, clause.end).stretch
    return noun if drafts.phrases.says(noun) and noun[1] == clause.end else None


def _kind_before(said: str, draft: Draft, drafts: Drafts) -> Stretch | None:
    """Return the kind of things that the clause before names (像这样的|服务点|,全县建成86个)."""
    clause = next(iter(drafts.clauses_before(draft.clause)), None)
    if clause is None or clause.quantities or said not in words("act"):
        return None
    kind = pattern(_KIND).search(drafts.text[clause.start : clause.end])
    return (clause.start + kind.start("kind"), clause.start + kind.end("kind")) if kind else None


def _whole_of_member_before(said: str, draft: Draft, drafts: Drafts) -> Stretch | None:
    """Return what the member of a list before counts, where this one tells of men or women (活产2万人;其中男1万人)."""
    among = len(said) == 1 and drafts.text.startswith("其中", draft.clause.start)
    again = said in words("act") and pattern(_AGAIN).search(drafts.text, *draft.left)
    if not drafts.goes_on(draft) or not (among or again):
        return None
    near = takewhile(lambda base: base.sentence == draft.sentence - 1, drafts.back(draft))
    counted = [b for b in near if b.cue.role == "level" and b.quantity.unit == draft.quantity.unit and b.pieces]
    return _topic_of(counted[-1], drafts) if counted else None


def _topics(said: str, own: list[Stretch], draft: Draft, base: Draft, drafts: Drafts) -> list[Stretch]:
    """Return the topics that a draft leaves out and the quantities before it name; none where it says its own."""
    if said in words("price_of_goods") and suffix(drafts.text, *base.pieces[-1], "trades"):
        return base.pieces  # 药品|出口|260批,|金额2亿元
    topic = _whose(draft, drafts) or _topic_left_out(said, own, draft, base, drafts)
    return [*_listed_with(topic, draft, drafts), topic] if topic else []


def _event(own: list[Stretch], draft: Draft, drafts: Drafts) -> Stretch | None:
    """Return the event that those who came to harm owe it to (发生地震,造成|5人死亡、12人受伤)."""
    if drafts.text[slice(*own[-1])] not in words("befall") or draft.quantity.unit not in words("people_unit"):
        return None
    since = max(drafts.sentences[draft.sentence][0], draft.span[0] - _FARTHEST_EVENT)
    brought = last_match(_BROUGHT, drafts.text, since, draft.span[0])
    event = last_match(_EVENT, drafts.text, since, brought.start()) if brought else None
    is_near = event and brought and drafts.text.count(",", event.end(), brought.start()) < _CLAUSES_OF_EVENT
    return event.span() if event and is_near else None


def _topic_left_out(said: str, own: list[Stretch], draft: Draft, base: Draft, drafts: Drafts) -> Stretch | None:
    """Return the topic that a bare measure or deed leaves out, where the quantities before it name one."""
    text = drafts.text
    if said in words("project_measure") and (project := _project(draft, drafts)):
        return project
    if host := _fund(said, draft, drafts) or _bodies_before(said, draft, drafts) or _paid_by(said, draft, drafts):
        return host
    last = next(drafts.back_in_sentence(draft), base)
    of_cases = said in words("case_outcome") and last.quantity.unit in words("case_unit")
    leaves_out = of_cases or _leaves_topic_out(said)
    if not (leaves_out or _only_acts(said, draft, base, drafts) or _done_to_some(said, draft, base, drafts)):
        return None
    # a share of some of those counted is no topic (投诉142件,热线转来的占六成,|办结率), the whole that it names is
    bases = (b for b in _bases(draft, drafts) if b.cue.role != "share" or b.reference in b.pieces)
    topics = (_topic_of(b, drafts, said) for b in bases)
    of_goal = text[slice(*base.pieces[-1])] in words("bare_goal")  # 免费体检|年度目标40万人,|完成率75%
    topic = next((t for t in topics if t and (of_goal or _may_be_topic(t, drafts))), None)
    # 参合农民53万人,参合率98%
    says_it = topic and said[:2] in pattern("{disease_with}").sub("", text[slice(*topic)])
    return topic if topic and topic not in own and not says_it else None


def _leaves_topic_out(said: str) -> bool:
    """Tell whether words are a bare measure, if with a mean or an utmost before it, or a deed as it was done."""
    mean = pattern("[年月日]?均?").match(said)
    utmost = len(prefix(said, 0, len(said), "utmost"))
    return (
        any(said[at:] in words("topicless", "bare_goal") for at in range((mean.end() if mean else 0) + 1))
        or not words("object_measure").isdisjoint((said, said[utmost:]))
        or is_compound(said, 0, len(said), "actually", "act")
    )


def _listed_with(topic: Stretch, draft: Draft, drafts: Drafts) -> list[Stretch]:
    """Return what a rate is of besides its topic, where two were counted together (建议42件、提案35件,|办结率100%)."""
    last, *earlier = islice(drafts.back_in_sentence(draft), 2)
    if not earlier or not is_part(draft.quantity) or last.clause == draft.clause or topic not in last.pieces:
        return []
    first = earlier[0]
    joined = first.clause == last.clause and drafts.text.startswith("、", first.span[1])
    both_counted = first.quantity.unit == last.quantity.unit and first.own and last.cue.role == "level"
    other = _topic_of(first, drafts) if joined and both_counted else None
    return [other] if other and other != topic else []


def _may_be_topic(topic: Stretch, drafts: Drafts) -> bool:
    """Tell whether words name something that is measured, not a deed, a body or a measure alone."""
    if is_compound(drafts.text, *topic, "act", "act"):  # 发现问题3处,|督促整改|2处,整改率…
        return False
    no_topic = words("act", "befall", "topicless", "reaching", "no_topic", "other_deed")
    names = drafts.text[slice(*topic)] not in no_topic and not suffix(drafts.text, *topic, "rate_noun", "found_out")
    return names and not drafts.phrases.is_body(*topic)


def _fund(said: str, draft: Draft, drafts: Drafts) -> Stretch | None:
    """Return the fund whose income was counted before what becomes of it (医保基金收入12亿元,|支出10亿元)."""
    if said not in words("fund_measure") or draft.quantity.unit not in words("money_unit"):
        return None
    for base in _bases(draft, drafts):
        start, end = base.pieces[-1]
        flow = suffix(drafts.text, start, end, "fund_flow")
        end = drafts.phrases.without_aside(start, end - len(flow))
        if drafts.text[start:end] in words("no_topic"):  # 实际|支出
            continue
        if flow and len(base.pieces) > 1:
            return base.pieces[0]
        if flow and base.cue.role == "level" and end - start >= 2:
            return (start, end)
    return None


def _paid_by(said: str, draft: Draft, drafts: Drafts) -> Stretch | None:
    """Return what a payer gives a part of the money for (投入设备经费68万元,其中|县财政40万元)."""
    if draft.quantity.unit not in words("money_unit") or not pattern(_PAYER).fullmatch(said):
        return None
    among = drafts.text.rfind("其中", drafts.sentences[draft.sentence][0], draft.span[0])
    base = next((b for b in _bases(draft, drafts) if b.span[1] <= among), None)
    return _topic_of(base, drafts) if base is not None and base.quantity.unit == draft.quantity.unit else None


def _bodies_before(said: str, draft: Draft, drafts: Drafts) -> Stretch | None:
    """Return the bodies counted right before what they have (养老机构9家、|床位90张)."""
    before = next(drafts.back_in_sentence(draft), None)
    if said not in words("facility_noun") or before is None or not before.pieces:
        return None
    bodies = before.quantity.unit in words("place_unit") and suffix(drafts.text, *before.pieces[-1], "body_noun")
    apart = ")" in drafts.text[before.span[1] : draft.span[0]]  # (…;诊所9家),实有|床位
    return _topic_of(before, drafts) if bodies and not apart and before.pieces[-1] != before.deed else None


def _is_bare(said: str, draft: Draft, drafts: Drafts) -> bool:
    """Tell whether words only name a measure, and no place stands before them that they are of."""
    return said in words("bare_measure") and not drafts.phrases.names_place(*draft.left)


def _subject_told_of(draft: Draft, drafts: Drafts) -> Stretch | None:
    """Return what the clauses before a bare measure tell of, where none of them has a figure.

    That is what the sentence opens with (该大桥位于甲县,北起…,|全长), or what was made (建设检验中心,|检测量).
    """
    first = None
    for clause in drafts.clauses_before(draft.clause):
        if any(drafts[index].cue.role != "rank" for index in clause.quantities):
            return None
        if skip(drafts.text, clause.start, clause.end, "lead") < clause.end:  # 首先,新院区位于…
            first = clause
    if first is None:
        return None
    phrases = drafts.phrases
    being = next(_beings(first, drafts), None)
    start, end = phrases.before(first.start, first.end if being is None else being).stretch
    made = prefix(drafts.text, start, end, "founding")
    noun = phrases.subject(start + len(made), end)
    is_subject = made or being is not None or noun[1] < max(end, first.end)
    tail = suffix(drafts.text, *noun, "abstract_tail")  # 中药业带动作用不断增强,|增加值…
    noun = (noun[0], noun[1] - len(tail)) if noun[1] - noun[0] - len(tail) >= 2 else noun
    return noun if noun[1] - noun[0] >= 2 and is_subject else None


def _sector_before(draft: Draft, drafts: Drafts) -> Stretch | None:
    """Return the industry that the sentence before tells of without a figure (石化产业持续增化。|产值突破90亿元)."""
    start = drafts.sentences[draft.sentence][0]
    if draft.clause.start > drafts.clauses[0].start or drafts.text[start - 1 : start] != "。":
        return None
    told = pattern(r"[^。;!?\n]+$").search(drafts.text, max(0, start - _FARTHEST_AMONG), start - 1)
    if told is None:
        return None
    opening = drafts.phrases.before(*told.span(), keep_bodies=True).start
    sector = pattern(_THRIVES).fullmatch(drafts.text, opening, told.end())
    sector = sector or pattern(_SECTOR).match(drafts.text, opening, told.end())
    has_figure = pattern(r"\d").search(drafts.text, opening, told.end())
    return sector.span("name") if sector and not has_figure else None


def _planned_for(said: str, draft: Draft, drafts: Drafts) -> Stretch | None:
    """Return what the plan before is for, where only what was done is said (推进饮水安全工程,|新改建86处)."""
    clause = next(iter(drafts.clauses_before(draft.clause)), None)
    if said not in words("bare_build") or clause is None or clause.quantities:
        return None
    start = drafts.phrases.before(clause.start, clause.end).start
    plan = pattern(_PLAN).fullmatch(drafts.text, start, clause.end)
    return plan.span("noun") if plan else None


def _rate_before(said: str, draft: Draft, drafts: Drafts) -> Stretch | None:
    """Return the rate that the clause before names, where only those it is of stand here (报销比例,|一级医院85%)."""
    clause = next(iter(drafts.clauses_before(draft.clause)), None)
    if clause is None or clause.quantities or not (is_part(draft.quantity) and _names_a_part(said, draft)):
        return None
    if not suffix(drafts.text, clause.start, clause.end, "rate_noun"):
        return None
    noun = drafts.phrases.before(clause.start, clause.end).stretch
    return noun if drafts.phrases.says(noun) else None


def _project(draft: Draft, drafts: Drafts) -> Stretch | None:
    """Return what is built, named at the head of an earlier clause (市医院新院区设置床位800张,|总投资12亿元)."""
    for clause in drafts.clauses_before(draft.clause):
        start = drafts.phrases.before(clause.start, clause.end, keep_bodies=True).start
        named = pattern(_PROJECT).match(drafts.text, start, clause.end)
        if named is not None:
            return (named.start("name"), named.end("name"))
    return None


def _beings(clause: Clause, drafts: Drafts) -> Iterator[int]:
    """Yield where a clause says what or where its subject is: verbs that are no part of a longer word or a name."""
    for start, end in find_words(drafts.text, clause.start, clause.end, "whole", "being_verb"):
        if drafts.text[start:end] in words("being_verb") and not drafts.phrases.inside_name(start):
            yield start


def _only_says_of_some(own: list[Stretch], draft: Draft, base: Draft, drafts: Drafts) -> bool:
    """Tell whether only what some of those counted do stands behind their number (新增专科6个,其中4个|在县级医院)."""
    if len(own) > 1 or own[0][0] < draft.span[1] or draft.quantity.unit != base.quantity.unit:
        return False
    among = pattern("其中(?:有|{hedge})*+$").search(drafts.text, *draft.left)
    return among is not None and bool(prefix(drafts.text, *own[0], "stop"))


def _only_acts(said: str, draft: Draft, base: Draft, drafts: Drafts) -> bool:
    """Tell whether a draft only says what else is done with what was just counted (项目开工8个、竣工5个)."""
    acts = not words("act").isdisjoint((said, said.removeprefix("新"))) or is_compound(
        said, 0, len(said), "act", "comes_off"
    )
    if draft.quantity.unit != base.quantity.unit or not acts:
        return False
    if said[0] == "新" or pattern(r"\p{Han}{act+finds}$").search(drafts.text, *base.pieces[-1]):
        return True
    if base.deed is None and pattern(_DONE_WITH_THEM).search(drafts.text, *draft.left):
        return bool(suffix(drafts.text, *base.pieces[-1], "person"))
    # 发现肿瘤57例,确诊21例
    return base.deed is not None and base.pieces[0][0] <= base.deed[0] and base.deed[1] < base.pieces[-1][1]


def _done_to_some(said: str, draft: Draft, base: Draft, drafts: Drafts) -> bool:
    """Tell whether a draft says what is done to some of those counted (查处单位52家,其中|责令停业6家、|警告9家)."""
    size = len(said)
    is_deed = len(prefix(said, 0, size, "act", "stop", "penalty")) > 1 and not suffix(said, 0, size, "person", "head")
    is_deed = is_deed and size <= _LONGEST_DEED
    among = drafts.text.find("其中", draft.clause.start, draft.span[0]) >= 0
    return is_deed and among and draft.quantity.unit == base.quantity.unit


def _whose(draft: Draft, drafts: Drafts) -> Stretch | None:
    """Return whose values a list gives, parted by a verb from what they are of (公立医院|实现|收入5亿元、结余1亿元)."""
    before, text = next(drafts.back(draft), None), drafts.text
    if before is None or before.quantity.unit != draft.quantity.unit or not text.startswith("、", before.span[1]):
        return None
    if len(before.pieces) < 2 or before.pieces[1][1] > before.span[0]:
        return None
    gap = (before.pieces[0][1], before.pieces[1][0])
    return before.pieces[0] if pattern("{completes}").fullmatch(text, *gap) else None


def _names_a_part(said: str, draft: Draft) -> bool:
    """Tell whether words only name a part of what is counted.

    That is a grade (国家级), or a place of service that the unit does not count (医院 with 张).
    """
    if (draft.cue.behind and pattern(r"{partial}$").search(said)) or said in words("area_part"):
        return True
    unit = draft.quantity.unit
    if unit == "倍":
        return False
    if is_part(draft.quantity) or is_points(draft.quantity):  # 医院病床使用率78%,公立医院76%
        return draft.cue.role != "share" and pattern(r"\p{Han}{0,4}{institution}").fullmatch(said) is not None
    counts_other = bool(unit) and unit not in words("place_unit")
    return counts_other and bool(pattern(r"{institution}(?:\([^()]*\))?$").search(said))


def _shared_noun(pieces: list[Stretch], text: str) -> Stretch:
    """Return the noun of a whole that its parts share: its head, else what its last deed is done to."""
    if rate := pattern(_RATE_OF_BODIES).fullmatch(text, *pieces[0]):
        return (rate.start("rate"), rate.end("rate"))
    for piece in reversed(pieces):
        if suffix(text, *piece, "index"):  # 居民恩格尔系数
            return piece
        head = pattern(_HEAD).search(text, *piece)
        if head:
            return (head.start(), head.end())
    start, end = pieces[0]
    grade = pattern(r"\p{Han}{1,2}级及?(?:以上|以下)?(?:{institution}(?=\p{Han}{2}))?").match(text, start, end)
    if grade and grade.end() < end:
        start = grade.end()
    deed = last_match("{act}", text, start, end) if len(pieces) == 1 else None
    deed = deed if deed is not None and deed.end() - deed.start() > 1 else None  # not 立 of 公立医院
    if deed and deed.end() == end and deed.start() > start + 1 and deed.group() not in words("visit"):
        return (start, deed.start())  # 手足口病报告80例,其中重症2例
    return (deed.start() if deed else start, end)


def _base(draft: Draft, drafts: Drafts) -> Draft | None:
    """Return the draft whose topic goes on into this one."""
    return next(_bases(draft, drafts), None)


def _bases(draft: Draft, drafts: Drafts) -> Iterator[Draft]:
    """Yield the drafts of the sentence that have a noun of their own, from the nearest back; the host of a bracket."""
    if draft.clause.host is not None:
        yield drafts[draft.clause.host]
        return
    for before in drafts.back_in_sentence(draft):
        moves = before.pieces and len(prefix(drafts.text, *before.pieces[0], "rise", "fall")) >= 2
        moves = moves and not prefix(drafts.text, *before.pieces[0], "addition")  # 净增企业5家,总量达20家
        # 课题12个,涉及5个学科,总金额…: what those counted hold or reach is no topic
        held = draft.clause != before.clause and prefix(drafts.text, before.clause.start, before.span[0], "holder")
        if before.own and before.pieces and not moves and not held:
            yield before


def _measure_at_end(text: str, start: int, end: int) -> int:
    """Return where the measure or deed begins that ends a noun (糖尿病|登记人数, 药品|采购); its end without one."""
    said = suffix(text, start, end, "object_measure")
    utmost = suffix(text, start, end - len(said), "utmost") if said else ""
    at = end - max(len(suffix(text, start, end, "topicless", "head")), len(utmost + said))
    if at < end:
        at -= text.endswith("总", start, at)
        at -= len(suffix(text, start, at, "act", "enrols"))
    return min(at, end - len(suffix(text, start, end, "act", "finds", "enrols")))


def _topic_of(base: Draft, drafts: Drafts, said: str = "") -> Stretch | None:
    """Return what a draft is about: its first piece without the deed and the head noun (糖尿病 of 糖尿病登记人数).

    The head noun stays where only a total of it is `said` behind.
    """
    nouns = [piece for piece in base.pieces if piece != base.deed and drafts.text[piece[1] - 1] != "的"]
    start, end = nouns[0] if nouns else base.pieces[0]
    both_before = len(base.pieces) > 1 and base.pieces[1][1] <= base.span[0]
    brings_off = both_before and is_compound(drafts.text, *base.pieces[1], "act", "comes_off")  # 纠纷|调解成功
    deeds = both_before and not brings_off and pattern(_DEED).match(drafts.text, *base.pieces[1])
    if deeds and deeds.end() < base.pieces[1][1]:
        start, end = base.pieces[1]  # 卫生院|建成中医馆
    measure = _measure_at_end(drafts.text, start, end)
    is_added = said in words("bare_total") and prefix(drafts.text, start, end, "addition")  # 新增光伏装机,|总量
    keeps = is_added or said in words("of_same_measure")
    only_how = drafts.text[start:measure] in words("gratis")  # 免费|体检
    if start < measure < end and not (keeps or only_how) and not suffix(drafts.text, start, end, "whole"):
        end = measure
    listed = suffix(drafts.text, start, end, "on_register")
    end -= len(listed) if end - start - len(listed) >= 2 else 0  # 患者在册|人数

    for made in pattern("{make}成?").finditer(drafts.text, start, end - 2):
        start = made.end()
    deed = start + len(prefix(drafts.text, start, end, "act", "addition"))
    if deed > start and pattern(r"出\p{Han}{2}").match(drafts.text, deed, end):
        deed += 1  # 排查出|问题
    is_whole = deed - start == 1 and len(prefix(drafts.text, start, end, "whole")) > 1
    parts_word = is_whole or drafts.text.startswith("业", deed)  # 设|计时速, 制造|业项目
    if start < deed < end and not parts_word and drafts.text[deed:end] not in words("bare_class", "head"):
        start = deed
    examples = last_match(r"、[^,。;]*?等(?=\p{Han}{2})", drafts.text, start, end)  # 村医空缺、设备短缺等|问题
    start = examples.end() if examples else start
    return (start, end) if end - start >= 2 else None
