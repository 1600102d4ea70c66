"""What a quantity measures: the nouns of its own, and the topic it takes over where its clause leaves that out.

Start at `indicate`, which tries in turn: a part of those counted right before, a noun that only points back, a part of
a whole named earlier, the nouns of its own (`nouns`), and what it takes over from a neighbour (`anaphora`).
"""

from __future__ import annotations

from healthie.anaphora import NAMED_BEHIND, noun_of, taken_over
from healthie.clauses import Clause
from healthie.completion import completed
from healthie.cues import Cue, Setting, is_part
from healthie.drafts import Draft, Drafts
from healthie.frames import MOVES_TO
from healthie.lexicon import is_compound, last_match, pattern, prefix, suffix, words
from healthie.nouns import own_nouns
from healthie.records import Role
from healthie.roles import read_role
from healthie.said_once import with_shared_base, with_shared_deed
from healthie.stretches import Stretch

__all__ = ["indicate", "take_lead_in"]

_SHORTEST_WHOLE = 3
_SOME_OF = (
    r"(?P<noun>[^,。;]{0,24}?)(?:[之当]?(?<!{middle_before})中(?!{middle_behind})|(?=已有))"
    r"(?:$|,?{now}*+(?:有{hedge}*+|(?P<deed>{act}了?))|,?(?P<part>[^,。;]{2,16}?)(?:就?有|的(?:有)?{hedge}*+))"
)

# what shows at once that some of those before may be meant
_AMONG = r"(?<!{middle_before})中(?!{middle_behind})|已有"
# a list whose members have their values in brackets (依次为甲病(12例)、乙病(9例),)
_VALUED_LIST = (
    r"(?:[为是有]|:)(?P<name>[^,。;:()、]{1,16})\([^()]{1,16}\)"
    r"(?:[、和及](?P<name>[^,。;:()、]{1,16})\([^()]{1,16}\))+,$"
)
# what some of those counted are like (能拍片的, 编制内的, 本科以上学历的)
_LIKE = (
    r"(?P<like>[能会可][\p{Han}A-Z]{1,6}|[\p{Han}\d]{1,6}(?:以上|以下)|[\p{Han}\d]{0,6}{quality_noun})"
    r"的{reach+hedge}*+$"
)
# a list of those that come first, with nothing behind it (病种依次为甲病、乙病,|占报告总数的95%)
_NAMES_IN_TURN = r"(?:{in_turn}|依次)[为是][^,。;]{1,40}、[^,。;]{1,20}$"
# what most of something is (投诉以医疗纠纷和采供血为主,|两者合计占八成)
_MAINLY = r"以(?P<name>[^,。;]{2,24}[、和与及][^,。;]{2,16})为主$"
# a body with what it does at the head of a list (各医院储备|呼吸机9台、输液泵4台)
_BODY, _LONGEST_BODY, _NO_RATE = "{institution}", 6, r"(?!{head})\p{Han}{2}"
_PLAIN = r"\p{Han}{2,10}"
# what names the next part of a whole
_NEXT_PART = r"[、,]\p{Han}{2,12}?则?(?:{reach+hedge+from})*+"
# what belongs to the verb that a list says once (新开工|改造, 排查|出)
_MORE_OF_DEED = r"{and_more_built}|出(?=\p{Han}{2})|{done_to_rules}?(?:[、和及]{done_to_rules}){1,2}"
# among how many places something ranks, and what stands before their number (居全市|12个县(市、区)|第3位)
_COUNTED_FIELD = r"(?P<noun>(?:{among})(?:\([^()]{1,8}\))?|(?<={among}))(?:之?[中里内]|当中)?(?:{place})?$"
_PLACED = (
    r"(?:(?:(?<![得评积总满])|(?!分)){place}|在)"
    r"(?:(?P<field>{benchmark+world})(?:\p{Han}{2})?|(?P<field>\p{Han}{2,6}[省市州盟县区旗])|(?P<field>))$"
)
# who come first, which says nothing of the measure by which they do
_FIRST_ONES = r"(?:排名|得分)?[前后末](?:\d{1,2}|{digit}{1,2}|两)[名位]的?(?:{among})?"
# only per whom and when (达到|每人每年|640元)
_PER = "每{each_one}{each_time}?"
_PER_ALONE = "{reach}(?P<per>" + _PER + ")"
# a place without its number (稳居全国前列、|增长5%)
_ONLY_PLACED = r"{place}[^,。;、]{0,8}?(?:{top_rank}|前{digit}{1,2}[强位名]?)"


def indicate(draft: Draft, drafts: Drafts) -> None:
    """Set the pieces of a draft's indicator, and the reference of a share that names none.

    Parameters
    ----------
    draft : Draft
        The draft; every draft before it has its indicator.
    drafts : Drafts
        All drafts of the text.
    """
    if _is_some_of_those_before(draft, drafts):
        return
    if listed := _list_summed(draft, drafts):
        draft.pieces, draft.own = listed, True
        _close(draft, drafts)
        return
    own = _named(draft, drafts)
    if own and (per := pattern(_PER_ALONE).fullmatch(drafts.text, own[0][0], own[-1][1])):
        _take_over(draft, drafts)
        draft.pieces = [*draft.pieces, per.span("per")]
        return
    own = _given_to_each(own, draft, drafts) or own
    if own and pattern(_FIRST_ONES).fullmatch(drafts.text, own[0][0], own[-1][1]):
        own = []  # 前三名依次是甲县93分
    draft.own = bool(own)
    if glued := _glued_to(draft, own, drafts):
        draft.pieces, draft.own = list(glued.pieces), True
        return
    if own and _points_back(draft, own, drafts):
        return
    clause = _whole_before(draft, drafts)
    if clause is None and (some := _some_like(draft, own, drafts)):
        draft.pieces = some
        _close(draft, drafts)
        return
    draft.whole = noun_of(clause, drafts) if clause else None
    if clause and draft.whole and _is_part_of(draft, clause, drafts):
        _make_part_of(draft, clause, own, drafts)
    elif own:
        _take_own(own, draft, drafts)
    else:
        _take_over(draft, drafts)
    _close(draft, drafts)


def _named(draft: Draft, drafts: Drafts) -> list[Stretch]:
    """Return the nouns of a draft's own, or what is ranked among places counted before it."""
    ranked = _ranked_among(draft, drafts)
    own = own_nouns(draft, drafts.phrases) if ranked is None else ranked
    if not own or draft.cue.role != "change":
        return own
    only_placed = pattern(_ONLY_PLACED).fullmatch(drafts.text, own[0][0], own[-1][1])
    return [] if only_placed or own == [draft.cue.reference] else own  # 门诊量小幅增长,同比|增幅为5%


def _take_own(own: list[Stretch], draft: Draft, drafts: Drafts) -> None:
    """Give a draft its own nouns, with what its neighbours say for it too."""
    if _goes_on_as_part(draft, own, drafts):
        draft.cue = draft.cue._replace(role="share")
    draft.pieces = with_shared_deed(completed(own, draft, drafts), draft, drafts)
    draft.pieces = with_shared_base(draft, drafts)


def _some_like(draft: Draft, own: list[Stretch], drafts: Drafts) -> list[Stretch]:
    """Return the pieces of a count of some of those before it (卫生院12家,能拍片的9家); none for any other."""
    before = next(drafts.back_in_sentence(draft), None)
    like = pattern(_LIKE).search(drafts.text, *draft.left)
    if before is None or like is None or not own or drafts.phrases.says(drafts.phrases.after(*draft.right)):
        return []
    base = next((b for b in drafts.back_in_sentence(draft) if not b.said_of_some), before)
    are_counts = draft.cue.role == base.cue.role == "level" and base.quantity.unit == draft.quantity.unit
    if not are_counts or not base.pieces:
        return []
    draft.said_of_some = True
    noun = next((piece for piece in reversed(base.pieces) if piece != base.deed), base.pieces[-1])
    return [noun, (max(own[0][0], like.start("like")), like.end("like"))]


def _given_to_each(own: list[Stretch], draft: Draft, drafts: Drafts) -> list[Stretch]:
    """Return what a clause gives, and per whom, where the next says only that (落实|监护补助,|每人每年|900元)."""
    clause = next(iter(drafts.clauses_before(draft.clause)), None)
    if not own or clause is None or not pattern(_PER).fullmatch(drafts.text, own[0][0], own[-1][1]):
        return []
    given = pattern(r"\p{Han}{0,6}{money_noun}$").search(drafts.text, clause.start, clause.end)
    if given is None:
        return []
    deed = last_match("{act+stop}", drafts.text, given.start(), given.end() - 2)
    return [(deed.end() if deed else given.start(), given.end()), *own]


def _glued_to(draft: Draft, own: list[Stretch], drafts: Drafts) -> Draft | None:
    """Return the quantity that a second one of the same stands right behind (派出医疗队8批|86人支援云县)."""
    before = next(drafts.back_in_sentence(draft), None)
    if before is None or before.span[1] != draft.span[0] or not before.pieces or not own or draft.cue.role != "level":
        return None
    if drafts.phrases.says(drafts.phrases.after(*draft.right)):  # 3类12项整治任务
        return None
    return before if own[0][0] >= draft.span[1] and before.pieces[0][0] < before.span[0] else None


def _list_summed(draft: Draft, drafts: Drafts) -> list[Stretch]:
    """Return the list right before that a share sums up (前五位为甲病、乙病和丙病,|合计占…); empty without one."""
    if draft.cue.role != "share" or draft.cue.phrase is None or draft.cue.phrase[0] != draft.clause.start:
        return []
    clause = next(iter(drafts.clauses_before(draft.clause)), None)
    sums = pattern("{sums_up}").fullmatch(drafts.text, *draft.cue.phrase)
    goes_on = draft.cue.phrase[0] == draft.cue.phrase[1] and clause is not None and not clause.quantities
    named = goes_on and clause and pattern(_NAMES_IN_TURN).search(drafts.text, clause.start, clause.end)
    if clause is None or not (sums or named):
        return []
    if mainly := pattern(_MAINLY).search(drafts.text, clause.start, clause.end):
        return [mainly.span("name")]
    start = drafts.sentences[draft.sentence][0]
    if valued := pattern(_VALUED_LIST).search(drafts.text, start, draft.clause.start):
        return [(max(start, a), b) for a, b in valued.spans("name")]
    named = last_match(NAMED_BEHIND, drafts.text, clause.start, clause.end)
    start = named.end() if named else clause.start
    has_figure = any(drafts[index].span[1] > start for index in clause.quantities)
    return [(start, clause.end)] if "、" in drafts.text[start : clause.end] and not has_figure else []


def _make_part_of(draft: Draft, clause: Clause, own: list[Stretch], drafts: Drafts) -> None:
    """Make a draft one of a part of the whole that an earlier clause names."""
    whole = draft.whole
    if whole is None:
        return
    level = draft.cue.role == "level"
    own = [piece for piece in own if drafts.text[slice(*piece)] not in drafts.text[slice(*whole)]]
    only_deed = level and not drafts.phrases.says(drafts.phrases.before(*draft.left).stretch)
    draft.pieces = [whole] if only_deed else [whole, *own]
    if level:
        action = drafts.phrases.predicate(drafts.phrases.after(*draft.right)[1], draft.right[1])
        draft.cue = Cue("share", tail=action if only_deed and drafts.phrases.says(action) else None)
        draft.of = clause.quantities[-1] if clause.quantities else None
    draft.reference = draft.reference or whole
    draft.own = True


def _take_over(draft: Draft, drafts: Drafts) -> None:
    """Give a draft without a noun of its own the indicator of another, and its role where that is a share."""
    pieces = _without_goal(_without_addition(taken_over(draft, drafts), drafts), drafts)
    draft.pieces = _without_predicate(pieces, draft, drafts)
    if not draft.pieces:
        return
    sums = pattern("{summed+sums_up}{hedge}*+$").search(drafts.text, *draft.left)
    if sums and len(draft.pieces) > 1 and pattern(_PER).fullmatch(drafts.text, *draft.pieces[-1]):
        draft.pieces = draft.pieces[:-1]  # 救助金|每人|1000元,共计14万元
    cue = draft.cue
    if cue.role == "level" and is_part(draft.quantity) and (grew := suffix(drafts.text, *draft.pieces[-1], "movement")):
        draft.cue = cue = Cue("change", "-" if grew in words("fall") else "+")  # 增速2019年最快,达8%
    if cue.role == "level" and _goes_on_a_rank(draft, drafts):
        draft.cue = cue = Cue("rank")
    if cue.role == "rank" and draft.reference is None:
        draft.reference = _field_before(draft, drafts)
    if cue.role == "level" and is_part(draft.quantity) and _goes_on_a_share(draft, drafts):
        draft.cue = Cue("share")
    elif cue.role == "share" and cue.tail is None and cue.reference is None and _goes_on_a_rate(draft, drafts):
        draft.cue = Cue()
    elif cue.role == "share" and cue.tail and draft.reference is None and cue.phrase is None:
        draft.reference = (draft.pieces[0][0], draft.pieces[-1][1])


def _goes_on_a_rank(draft: Draft, drafts: Drafts) -> bool:
    """Tell whether a number is the later rank of a change (排名由88位|升到41位)."""
    before = next(drafts.back_in_sentence(draft), None)
    if before is None or before.cue.role != "rank" or before.clause != draft.clause:
        return False
    moves = pattern(MOVES_TO).match(drafts.text, *draft.left)
    return moves is not None and before.quantity.unit == draft.quantity.unit


def _field_before(draft: Draft, drafts: Drafts) -> Stretch | None:
    """Return among whom the rank right before in the clause is (从全省第9位|升至第6位)."""
    before = next(drafts.back_in_sentence(draft), None)
    if before is None or before.cue.role != "rank" or before.clause != draft.clause:
        return None
    return before.reference


def _without_predicate(pieces: list[Stretch], draft: Draft, drafts: Drafts) -> list[Stretch]:
    """Return an indicator taken over without what the first does, where the draft does something else.

    As in 六成企业设立了机构,三成进入了海外市场.
    """
    before = next(drafts.back(draft), None)
    if draft.cue.tail is None or before is None or before.cue.role != "share" or len(pieces) < 2:
        return pieces
    return pieces[:-1] if before.pieces == pieces and before.quantity.unit == draft.quantity.unit else pieces


def _without_goal(pieces: list[Stretch], drafts: Drafts) -> list[Stretch]:
    """Return an indicator taken over without the word for a goal (体检|年度目标40万人,完成30万人)."""
    is_goal = len(pieces) > 1 and drafts.text[slice(*pieces[-1])] in words("bare_goal")
    return pieces[:-1] if is_goal else pieces


def _without_addition(pieces: list[Stretch], drafts: Drafts) -> list[Stretch]:
    """Return an indicator taken over without the verb of adding that only the first value has (新增8张、达到90张)."""
    if not pieces:
        return pieces
    start, end = pieces[-1]
    added = suffix(drafts.text, start, end, "addition")
    left = drafts.text[start : end - len(added)]
    return [*pieces[:-1], (start, end - len(added))] if added and left and left not in words("no_topic") else pieces


def _close(draft: Draft, drafts: Drafts) -> None:
    """Add the words that close an indicator, and keep the verb that opens it."""
    if draft.cue.tail and draft.cue.tail not in draft.pieces:
        draft.pieces = [*draft.pieces, draft.cue.tail]
    if not draft.pieces and draft.reference:
        draft.pieces = [draft.reference]
    if draft.own and draft.cue.role == "level" and draft.deed is None:
        start = draft.pieces[0][0]
        first = draft.pieces[0]
        verb = prefix(drafts.text, *first, "act", "finds", "addition")
        is_longer = len(prefix(drafts.text, *first, "whole")) > len(verb)
        if is_longer or is_compound(drafts.text, *first, "act", "head"):  # 监测点, 救治率
            verb = ""
        more = pattern(_MORE_OF_DEED).match(drafts.text, start + len(verb), first[1]) if verb else None
        verb += more.group() if more else ""
        if not verb:
            verb = drafts.text[start : _end_of_deed_of_body(*first, drafts)]
        draft.deed = (start, start + len(verb)) if verb and not drafts.phrases.inside_name(start + len(verb)) else None


def _end_of_deed_of_body(start: int, end: int, drafts: Drafts) -> int:
    """Return where the deed of a body at a position ends (各医院储备|呼吸机); the position where there is none."""
    found = start
    for body in pattern(_BODY).finditer(drafts.text, start, end):
        if body.start() > start + _LONGEST_BODY:
            break
        verb = prefix(drafts.text, body.end(), end, "act")
        if verb and pattern(_NO_RATE).match(drafts.text, body.end() + len(verb), end):
            found = body.end() + len(verb)
    return found


def _is_some_of_those_before(draft: Draft, drafts: Drafts) -> bool:
    """Read 14个镇中有11个实现…, 12个项目中,已完工7个: make a count a share of the count of a whole right before it."""
    before = next(drafts.back(draft), None)
    if (
        before is None
        or before.sentence != draft.sentence
        or not _counts_the_same(before, draft)
        or is_part(draft.quantity)
    ):
        return False
    between = (before.span[1], draft.span[0])
    among = pattern(_AMONG).search(drafts.text, *between)
    match = pattern(_SOME_OF).fullmatch(drafts.text, *between) if among else None
    if match is None:
        return False
    noun = drafts.phrases.before(*match.span("noun")).stretch
    said = next((part for part in ("deed", "part") if match[part]), "")
    deed = match.span(said) if said else _said_of_them(draft, drafts)
    draft.pieces = [noun, deed] if drafts.phrases.says(deed) else [noun]
    draft.cue = Cue("share", reference=noun)
    draft.reference, draft.of, draft.own = noun, before.index, True
    return True


def _counts_the_same(this: Draft, other: Draft) -> bool:
    """Tell whether two quantities count in the same unit, or both count people."""
    units = {this.quantity.unit, other.quantity.unit}
    return len(units) == 1 or units <= words("people_unit")


def _said_of_them(draft: Draft, drafts: Drafts) -> Stretch:
    """Return what is said of some of those counted (24家医院中有15家收入增长)."""
    done = drafts.phrases.predicate(*draft.right)
    start, end = draft.right
    is_plain = pattern(_PLAIN).fullmatch(drafts.text, start, end) is not None
    return (start, end) if is_plain and not drafts.phrases.says(done) else done


def _ranked_among(draft: Draft, drafts: Drafts) -> list[Stretch] | None:
    """Read 居13个县市第二, 居全市12个县(市、区)第3位: set the reference of a rank to the places counted before it.

    Returns what the words before the count name; None where no places are counted.
    """
    before = next(drafts.back(draft), None)
    if draft.cue.role != "rank" or before is None or before.clause != draft.clause:
        return None
    field = pattern(_COUNTED_FIELD).match(drafts.text, before.span[1], draft.span[0])
    placed = pattern(_PLACED).search(drafts.text, *before.left)
    if field is None or placed is None:
        return None
    wider = placed.span("field")  # 全市 of 全市12个县
    draft.reference = wider if wider[1] > wider[0] else (before.span[0], field.end("noun"))
    noun = drafts.phrases.before(before.left[0], placed.start()).stretch
    return drafts.phrases.split(noun) if drafts.phrases.says(noun) else []


def _points_back(draft: Draft, own: list[Stretch], drafts: Drafts) -> bool:
    """Give a draft whose noun only points at an earlier fact (前者, 数量, 降幅, 占比) that fact's indicator."""
    said = "".join(drafts.text[a:b] for a, b in own)
    goes_on = said in words("former", "latter") or (said in words("proportion") and is_part(draft.quantity))
    if draft.cue.role == "level" and not goes_on:
        return False
    if said in words("increase_noun") and (grown := next(drafts.back_in_sentence(draft), None)):
        draft.pieces, draft.of = [*grown.pieces, *own], grown.index  # 药材收购3万公斤,增量占全县四成
        return True
    if said in words("placeholder") and (topic := _topic_of_share(draft, drafts)):
        draft.pieces = [topic, *own]
        return True
    target = _pointed_at(said, draft, drafts)
    adds_noun = said in words("movement")
    if target is None and said in words("proportion"):
        target = _nearest(draft, drafts, "level")
        adds_noun = True
    elif target is None and said in words("movement") and draft.cue.role == "rank":
        target = _nearest(draft, drafts, "level")  # 收入突破9亿元、增速列全省第六
        if target is not None:
            draft.pieces = [*target.pieces, *own]
        return target is not None
    elif target is not None:
        draft.own = False
    if target is None:
        return False
    draft.of = None if draft.cue.role == "level" else target.index
    draft.pieces = [*target.pieces, *own] if adds_noun else list(target.pieces)
    return True


def _topic_of_share(draft: Draft, drafts: Drafts) -> Stretch | None:
    """Return what the share right before is of (民营医院|床位占比达38%、规模增长一倍)."""
    before = next(drafts.back_in_sentence(draft), None)
    if before is None or before.cue.role != "share" or not before.own or not before.pieces:
        return None
    start, end = before.pieces[-1]
    end -= len(suffix(drafts.text, start, end, "share_noun"))
    return (start, end) if start < end < before.pieces[-1][1] else None


def _pointed_at(said: str, draft: Draft, drafts: Drafts) -> Draft | None:
    """Return the earlier draft of the sentence that a noun points at."""
    if said in words("former", "latter"):
        levels = [base for base in drafts.back_in_sentence(draft) if base.cue.role in {"level", "share"}]
        return levels[said in words("former")] if len(levels) > 1 else None
    if said in words("movement"):
        return _nearest(draft, drafts, "change")
    if said in words("proportion"):
        return _nearest(draft, drafts, "share")
    return _nearest(draft, drafts, "level") if said in words("placeholder") else None


def _nearest(draft: Draft, drafts: Drafts, role: Role) -> Draft | None:
    return next((base for base in drafts.back_in_sentence(draft) if base.cue.role == role), None)


def take_lead_in(draft: Draft, drafts: Drafts) -> None:
    """Give a quantity that only a place stands before the role that the lead-in of its list states."""
    lead = drafts.lead_in
    if lead is None or draft.cue.role != "level" or draft.span[0] < lead[1]:
        return
    if drafts.phrases.says(drafts.phrases.before(*draft.left).stretch):
        return
    named = drafts.phrases.before(*lead).stretch
    if not drafts.phrases.names_place(*draft.left) or not drafts.phrases.says(named) or drafts.text[named[0]] == "(":
        return
    cue = read_role(drafts.phrases, Setting(draft.quantity, draft.span, lead, (draft.span[1], draft.span[1]), lead[0]))
    draft.cue = cue if cue.phrase else cue._replace(phrase=lead, behind=False)
    draft.reference = draft.cue.reference


def _whole_before(draft: Draft, drafts: Drafts) -> Clause | None:
    """Return the earlier clause of the sentence that names a whole (三级专科医院中,…; 人员机构分布:…)."""
    some_have = drafts.text.endswith("的有", *draft.left)
    for clause in drafts.clauses_before(draft.clause):
        if clause.depth > draft.clause.depth or clause.end - clause.start < _SHORTEST_WHOLE:
            continue
        is_opened = drafts.text.startswith(":", clause.end)
        names_whole = suffix(drafts.text, clause.start, clause.end, "distribution" if is_opened else "within_end")
        if names_whole or (some_have and clause.quantities):
            return clause
    return None


def _goes_on_a_rate(draft: Draft, drafts: Drafts) -> bool:
    """Tell whether a bare fraction says a rate once more (使用率51.7%,不足六成)."""
    before = next(drafts.back_in_sentence(draft), None)
    is_rate = before is not None and before.cue.role == "level" and is_part(before.quantity)
    only_bounds = not drafts.phrases.says(drafts.phrases.before(*draft.left).stretch)
    of_place = drafts.phrases.names_place(*draft.left)  # 控制率48%,其中云县不足四成
    parts = pattern("占" if of_place else "占|其中").search(drafts.text, *draft.left)
    return is_rate and only_bounds and parts is None


def _goes_on_as_part(draft: Draft, own: list[Stretch], drafts: Drafts) -> bool:
    """Tell whether a percentage is a part as the one before it (占死亡的49%,其中|心脏病28%、脑血管病21%)."""
    before = next(drafts.back_in_sentence(draft), None)
    if draft.cue.role != "level" or not is_part(draft.quantity) or before is None or not before.pieces:
        return False
    divides = before.cue.role == "share" and is_part(before.quantity)
    divides = divides or bool(
        suffix(drafts.text, *before.pieces[-1], "share_noun")
    )  # 医院构成比提高2个百分点,诊所则由…
    if not divides or suffix(drafts.text, *own[-1], "head", "rate_noun", "movement"):
        return False
    between = drafts.text[before.span[1] : draft.span[0]]
    return "其中" in between or pattern(_NEXT_PART).fullmatch(between) is not None


def _goes_on_a_share(draft: Draft, drafts: Drafts) -> bool:
    """Tell whether a level is the later value of a share (占比由38%提高到41%; 占比提高3个百分点,达到63%)."""
    start, end = draft.pieces[-1]
    if suffix(drafts.text, start, end, "share_noun"):
        return True
    before = next(drafts.back(draft), None)
    return (
        before is not None
        and before.cue.role == "share"
        and before.clause == draft.clause
        and before.pieces == draft.pieces
    )


def _is_part_of(draft: Draft, clause: Clause, drafts: Drafts) -> bool:
    """Tell whether a quantity says how much of a whole does something (65.7%开展…, 已有9个达标)."""
    phrases = drafts.phrases
    if draft.cue.role == "share" and draft.cue.tail is not None:
        return True
    if draft.cue.role == "level" and pattern(r"的(?:有|为)?$").search(drafts.text, *draft.left):
        return True
    deed = drafts.text[slice(*draft.left)].removeprefix("已").removesuffix("了")
    same_unit = any(drafts[i].quantity.unit == draft.quantity.unit for i in clause.quantities)
    if draft.cue.role == "level" and (not deed or deed in words("act")) and same_unit:
        return True
    action = phrases.predicate(*draft.right)
    counts_part = draft.cue.role == "level" and not phrases.says(phrases.before(*draft.left).stretch)
    return counts_part and action[1] - action[0] >= 2 and not phrases.says(phrases.after(*draft.right))
