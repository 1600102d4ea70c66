"""How facts hang together: what a change, gap, share or rank is of, and the reference it shares with its neighbours.

Start at `relate`.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice, pairwise

from healthie.cues import compared, is_part, is_points, is_relative
from healthie.drafts import Draft, Drafts
from healthie.gaps import is_goal, is_yardstick
from healthie.lexicon import last_match, pattern, prefix, suffix, words
from healthie.stretches import Stretch, overlap

__all__ = ["counts_apart", "is_field", "only_finds", "relate", "relate_forward"]

# How many drafts back the same words may have been said, and how far back a comparison governs a change.
_PARAGRAPH = 40
# What a change is of stands so many drafts before it in its sentence at most.
_SENTENCE = 32
# What only opens or ends in the same words is of the same thing within so many sentences.
_FAR, _NEAR = 6, 2
_FARTHEST_SENTENCE = 16
_FARTHEST_COMPARISON = 400
# A share with a noun this long of its own has its own whole.
_LONG_NOUN = 6
# a mark of a list, but for one in brackets (12个县(市、区))
_PARTED = r"、(?![^()]*\))"
# what several of those counted have, that is ranked together (8项指标增速|居全国第一)
_OWN_MEASURE = r"\p{Han}{0,8}?(?:{movement+head}(?:均|都)?{place}|(?<![中里内])(?:均|都)?{place}{benchmark+world})"


def relate(draft: Draft, drafts: Drafts, sentence: Stretch) -> None:
    """Set what a draft is of, and its reference where the sentence states it elsewhere.

    Parameters
    ----------
    draft : Draft
        The draft, with its indicator.
    drafts : Drafts
        All drafts.
    sentence : (int, int)
        Its sentence.
    """
    role = draft.cue.role
    if role == "level":
        return
    if draft.reference is None and role == "change":
        found = compared(drafts.text, max(sentence[0], draft.span[0] - _FARTHEST_COMPARISON), draft.span[0])
        draft.reference = found[1] if found else None
    if draft.of is None and not (draft.cue.tail and "价" in drafts.text[slice(*draft.cue.tail)]):
        draft.of = _target(draft, drafts)  # 39种药品落地,平均降价56%: of no count
    if role == "share" and draft.reference is None:
        draft.reference = _whole(draft, drafts)
    base = None if draft.of is None else drafts[draft.of]
    ranks_growth = role == "rank" and not draft.own
    in_points = role in {"gap", "change"} and is_points(draft.quantity)
    if base is not None and base.cue.role == "change" and (in_points or ranks_growth):
        grown = last_match("{rise+fall}", drafts.text, base.left[0], base.span[0])
        said = drafts.text[slice(*draft.pieces[-1])] if draft.pieces else ""
        if grown is not None and said and said not in words("movement") and draft.pieces != [draft.reference]:
            draft.pieces.append(grown.span())


def relate_forward(members: list[Draft], drafts: Drafts) -> None:
    """Set what changes and ranks are of whose level comes right after them (提高5元、达到60元).

    A level of another time is none (同比增长两成,全年有望超9000例).
    """
    for this, following in pairwise(members):
        if drafts.phrases.names_time(this.span[1], following.span[0]):
            continue
        has_whole = following.cue.role == "share" and following.cue.reference is not None
        goes_on = following.cue.role in {"level", "share"} and not following.own and not has_whole
        if this.cue.role in {"change", "rank"} and this.of is None and goes_on:
            this.of = following.index
    at = {member.index: member for member in members}
    for this in members:
        if this.cue.role == "change" and len(this.group) > 1 and (level := _paired_ahead(this, at)) is not None:
            this.of = level.index


def _paired_ahead(this: Draft, members: Mapping[int, Draft]) -> Draft | None:
    """Return the level in the row right behind that a change in a row comes to.

    As in 分别提升5个和4个百分点,达到71%、64%.
    """
    following = members.get(this.group[-1] + 1)
    if following is None or len(following.group) != len(this.group):
        return None
    level = members.get(following.group[this.group.index(this.index)])
    goes_on = level is not None and level.cue.role in {"level", "share"} and not level.own
    return level if goes_on else None


def _target(draft: Draft, drafts: Drafts) -> int | None:
    if draft.clause.host is not None and not draft.own:
        host = drafts.beside_in_bracket(draft)
        return host.index if host.cue.role == "level" or host.of is None else host.of
    if (whole := _listed_whole(draft, drafts) or _divided(draft, drafts)) is not None:
        return whole.index
    found = _same_words(draft, drafts) if draft.own else _latest(draft, drafts)
    if found is None and draft.own and draft.cue.role == "share" and draft.cue.reference is None:
        latest = _latest(draft, drafts)
        return latest if latest is not None and _may_be_part(draft, drafts[latest], drafts) else None
    return found


def _may_be_part(draft: Draft, base: Draft, drafts: Drafts) -> bool:
    """Tell a part of what was just counted (住院占比) from a ratio with a whole of its own."""
    of_them = drafts.text.find("其中", draft.clause.start, draft.span[0]) >= 0
    of_them = of_them or bool(draft.pieces and suffix(drafts.text, *draft.pieces[-1], "bears"))
    if _has_own_whole(draft, drafts) or _sums_up(draft, drafts):
        return False
    said = bool(draft.pieces and suffix(drafts.text, *draft.pieces[-1], "share_noun"))
    is_of_it = not said or _names_alike(draft, base, drafts)  # 煤矿达到400座,先进产能占比84%
    only_share = bool(draft.pieces) and drafts.text[slice(*draft.pieces[-1])] in words("share_noun")
    of_them = of_them or only_share or _is_paid_part(draft, base, drafts)
    return of_them or (base.quantity.unit not in words("money_unit") and is_of_it)


def _is_paid_part(draft: Draft, base: Draft, drafts: Drafts) -> bool:
    """Tell whether a share is of an amount that someone pays a part of (住院费用82亿元,基金支付占比不足六成)."""
    if not draft.pieces or base.quantity.unit not in words("money_unit"):
        return False
    start, end = draft.pieces[-1]
    end -= len(suffix(drafts.text, start, end, "share_noun"))
    paid_too = any(pattern("{payer}").search(drafts.text, *piece) for piece in base.pieces)
    return bool(suffix(drafts.text, start, end, "bears")) and not paid_too


def _sums_up(draft: Draft, drafts: Drafts) -> bool:
    """Tell whether a share is of all that a list names, not of its last member (甲病、乙病合计占六成)."""
    return draft.cue.phrase is not None and pattern("{sums_up}").fullmatch(drafts.text, *draft.cue.phrase) is not None


def _names_alike(draft: Draft, base: Draft, drafts: Drafts) -> bool:
    """Tell whether two indicators have two characters in a row in common (医疗机构床位, 民营医院床位占比)."""
    said = ("".join(drafts.text[a:b] for a, b in one.pieces) for one in (draft, base))
    mine, theirs = (pattern("{institution}").sub(" ", words_of) for words_of in said)
    return any(mine[at : at + 2] in theirs for at in range(len(mine) - 1))


def _has_own_whole(draft: Draft, drafts: Drafts) -> bool:
    """Tell a ratio whose whole goes without saying (药占比)."""
    said = "".join(drafts.text[start:end] for start, end in draft.pieces)
    return bool(suffix(said, 0, len(said), "own_whole"))


def _latest(draft: Draft, drafts: Drafts) -> int | None:
    """Return the fact before it in the sentence that it can be of."""
    points = is_points(draft.quantity)
    for base in islice(drafts.back_in_sentence(draft), _SENTENCE):
        if points and base.quantity.unit and not is_part(base.quantity) and draft.quantity.unit != "比值":
            continue
        if draft.cue.role == "share" and is_part(base.quantity):
            continue
        if counts_apart(base, draft):
            continue
        same_unit = base.quantity.unit == draft.quantity.unit or draft.quantity.unit in words("places_moved")
        ranks = draft.cue.role == "change" and base.cue.role == "rank" and same_unit
        is_target = base.cue.role == "level" or ranks or (points and _may_be_in_points(draft, base))
        if _moves_too(base, draft):
            return base.of
        if not is_target and not (base.own and draft.cue.role == "rank"):
            continue
        if (
            _only_compares_size(base, drafts)
            or prefix(drafts.text, *base.right, "threshold")
            or base.cue.place is not None  # 低于全国3.1人的平均水平,仅为后者的93%
            or _is_compared_with(base, drafts)
            or is_field(base, draft, drafts)
            or only_finds(base, draft, drafts)
            or _is_reference(base, draft, drafts)
            or _only_owns(base, draft, drafts)
        ):
            continue
        grows = draft.cue.role == "rank" and base.cue.role == "change" and base.of is None and is_part(base.quantity)
        return base.index if is_target or base.cue.role == "share" or grows else None
    return None


def _moves_too(base: Draft, draft: Draft) -> bool:
    """Tell whether a change says once more how far what the one before it is of moved (增加62万人,增幅6.6%)."""
    both = base.cue.role == draft.cue.role == "change" and base.clause != draft.clause
    return both and base.of is not None and is_relative(draft.quantity) and not is_points(draft.quantity)


def _is_reference(base: Draft, draft: Draft, drafts: Drafts) -> bool:
    """Tell whether a quantity, or what it is of, is what another is compared with (完成任务160例的105%)."""
    if draft.reference is None:
        return False
    of_goal = draft.cue.role == "share" and suffix(drafts.text, *draft.reference, "goal")
    named = of_goal and any(overlap(piece, draft.reference) for piece in base.pieces)
    return bool(named) or overlap(base.span, draft.reference)


def counts_apart(base: Draft, draft: Draft) -> bool:
    """Tell whether a change or gap is a count that cannot be of a percentage (新增86个,完成率115%,超额6个).

    Parameters
    ----------
    base : Draft
        The draft before.
    draft : Draft
        The change or gap.

    Returns
    -------
    bool
        False for all but counts and amounts behind percentages.
    """
    beside = draft.index - base.index == 1 and draft.clause == base.clause  # 无烟日比例达64%、增加9天
    moves = draft.cue.role in {"change", "gap"} and not beside
    return moves and is_part(base.quantity) and not is_relative(draft.quantity)


def only_finds(base: Draft, draft: Draft, drafts: Drafts) -> bool:
    """Tell whether a count is what was found by work whose goal a share is of (筛查1万人,确诊8例,完成任务的98%).

    Parameters
    ----------
    base : Draft
        The count.
    draft : Draft
        A draft behind it.
    drafts : Drafts
        All drafts.

    Returns
    -------
    bool
        False where the sentence counts nothing else before.
    """
    if draft.cue.role != "share" or draft.reference is None or base.index == 0:
        return False
    to_goal = suffix(drafts.text, *draft.reference, "goal")
    finds = prefix(drafts.text, base.clause.start, base.clause.end, "finding")
    return bool(to_goal and finds) and drafts[base.index - 1].sentence == draft.sentence


def _may_be_in_points(draft: Draft, base: Draft) -> bool:
    """Tell whether a distance in points is of a share or a growth (增长6.3%,比上月加快0.1个百分点)."""
    return base.cue.role == "share" or draft.cue.role == "gap" or (base.cue.role == "change" and not draft.own)


def is_field(base: Draft, draft: Draft, drafts: Drafts) -> bool:
    """Tell whether a count names the field of a rank in its clause (在11个市中列第8位), and is not what is ranked.

    Parameters
    ----------
    base : Draft
        The count.
    draft : Draft
        A draft behind it.
    drafts : Drafts
        All drafts.

    Returns
    -------
    bool
        False where a mark parts the two (达22家、居全国第6).
    """
    counts_places = base.cue.behind or base.quantity.unit in words("among")  # 11个市, 26县
    if draft.cue.role != "rank" or base.clause != draft.clause or not counts_places:
        return False
    between = (base.span[1], draft.span[0])
    # 8项指标增速居全国第一: the ranked measure, not the field
    parted = pattern(_PARTED).search(drafts.text, *between)
    return parted is None and not pattern(_OWN_MEASURE).match(drafts.text, *between)


def _is_compared_with(base: Draft, drafts: Drafts) -> bool:
    """Tell whether a quantity is the earlier value that another is compared with (比2015年的19.8/10万下降41.4%)."""
    if is_yardstick(drafts.text, base.left, base.right) or is_goal(drafts.text, base.right):
        return True
    found = compared(drafts.text, *base.left)
    return (
        found is not None
        and found[0][1] >= base.left[1] - 1
        and not pattern("{from_value}").search(drafts.text, *base.left)
    )


def _only_compares_size(base: Draft, drafts: Drafts) -> bool:
    """Tell whether a quantity only shows how much another one is (…,可满足3万户居民取暖)."""
    return bool(prefix(drafts.text, base.clause.start, base.span[0], "serves"))


def _same_words(draft: Draft, drafts: Drafts) -> int | None:
    """Return the level or share shortly before that is said of the same thing.

    The same words in any order come first, then words that the draft's own open or end.
    """
    mine, best, found = _words(draft, drafts), 0, None
    for base in islice(drafts.back(draft), _PARAGRAPH):
        if base.cue.role not in {"level", "share"} or not _comparable(draft, base) or _divides_too(draft, base):
            continue
        if base.index in draft.group:
            continue  # 占比分别为80%、77%
        if base.said is None:  # asked for by many drafts behind it
            base.said = _words(base, drafts)
        distance = draft.sentence - base.sentence
        if distance > _FARTHEST_SENTENCE:
            break
        fit = _fit(mine, base.said, opens=distance <= _FAR, ends=distance <= _NEAR)
        # of several totals that end in the same words the first is the widest
        if fit > best or fit == best == 1:
            best, found = fit, base.index
    return found


def _divides_too(draft: Draft, base: Draft) -> bool:
    """Tell whether two shares of a list have wholes of their own (承担了32%的门诊量、27%的住院量)."""
    return draft.cue.role == base.cue.role == "share" and None not in (draft.cue.tail, base.cue.tail)


def _only_owns(base: Draft, draft: Draft, drafts: Drafts) -> bool:
    """Tell whether a count only says whose measure a share is (5个县的产量占全省的80%)."""
    if draft.cue.role != "share" or base.clause != draft.clause or not base.cue.behind or not base.pieces:
        return False
    return pattern(r"的[^的]*{head}$").search(drafts.text, *base.pieces[-1]) is not None


def _comparable(draft: Draft, base: Draft) -> bool:
    """Tell whether one quantity can be of the other by their units: the same, an unknown one, or a part of anything."""
    units = {draft.quantity.unit, base.quantity.unit}
    if len(units) == 1 or not units.isdisjoint({"", "比值"}):
        return True
    return is_part(draft.quantity) or (is_points(draft.quantity) and is_part(base.quantity))


def _fit(mine: str, theirs: str, *, opens: bool, ends: bool) -> int:
    """Weigh how well the words of two drafts fit; what only opens or ends in the same words may have to be near."""
    if not mine or not theirs:
        return 0
    if mine == theirs:
        return 3
    if len(mine) == len(theirs) and sorted(mine) == sorted(theirs):
        return 2
    return int(len(mine) >= 2 and ((opens and theirs.startswith(mine)) or (ends and theirs.endswith(mine))))


def _words(draft: Draft, drafts: Drafts) -> str:
    pieces = [piece for piece in draft.pieces if piece != draft.cue.tail]
    said = "".join(drafts.text[start:end] for start, end in pieces)
    number = suffix(said, 2, len(said), "number_noun", "share_noun")
    return said[: len(said) - len(number)]


def _listed_whole(draft: Draft, drafts: Drafts) -> Draft | None:
    """Return what several parts behind 其中 are of, where a share is the last (职工98人,其中医师30人,党员占两成)."""
    if draft.cue.role != "share" or not draft.own or draft.cue.reference is not None or draft.cue.phrase is None:
        return None
    members: list[Draft] = []
    for base in drafts.back_in_sentence(draft):
        if base.cue.role != "level" or base.quantity.unit in words("money_unit") or not base.pieces:
            return None
        between = drafts.text[base.span[1] : drafts[base.index + 1].span[0]]
        if "其中" in between:
            return base if members and base.quantity.unit == members[-1].quantity.unit else None
        members.append(base)
    return None


def _divided(draft: Draft, drafts: Drafts) -> Draft | None:
    """Return what 其中 divides into shares (医院52家、卫生院120家,|床位2.1万张|,其中医院占71%、卫生院占20%)."""
    if draft.cue.role != "share" or not draft.own or draft.cue.reference is not None or draft.cue.phrase is None:
        return None
    among = drafts.text.rfind("其中", drafts.sentences[draft.sentence][0], draft.span[0])
    for base in drafts.back_in_sentence(draft):
        if base.span[1] <= among:
            if _only_compares_size(base, drafts):
                continue
            return base if base.cue.role == "level" and not is_part(base.quantity) else None
        if base.cue.role != "share":
            return None
    return None


def _own_words(base: Draft, drafts: Drafts) -> Stretch:
    """Return the indicator of a draft as one stretch, without a topic from before another quantity or who has it."""
    own = [piece for piece in base.pieces if piece[0] >= base.left[0]] or base.pieces
    if len(own) > 1 and pattern("(?:{already}|{inner_hedge}|{inner})+").fullmatch(drafts.text, own[0][1], own[1][0]):
        own = own[1:]  # 中心|现有|职工
    if is_part(base.quantity):  # 学员结业率95%,其中优秀结业占7%
        return (own[0][0], own[-1][1] - len(suffix(drafts.text, *own[-1], "rate_mark")))
    return (own[0][0], own[-1][1])


def _is_share_of_own(draft: Draft, drafts: Drafts) -> bool:
    """Tell whether a long noun of its own says what a share is of (…,支持民间项目的资金占比达50%)."""
    if not draft.own or draft.cue.phrase != draft.left:
        return False
    start, end = draft.pieces[-1]
    noun = suffix(drafts.text, start, end, "share_noun")
    return bool(noun) and end - start - len(noun) >= _LONG_NOUN


def _whole(draft: Draft, drafts: Drafts) -> Stretch | None:
    """Return the whole that a share leaves unsaid: that of the share before it, or the total whose parts are listed."""
    if draft.whole is not None or _has_own_whole(draft, drafts) or _is_share_of_own(draft, drafts):
        return draft.whole
    if (whole := _listed_whole(draft, drafts) or _divided(draft, drafts)) is not None and whole.pieces:
        return _own_words(whole, drafts)
    first = None
    for base in drafts.back_in_sentence(draft):
        if base.cue.role == "share" and base.reference is not None and base.cue.phrase is not None:
            return base.reference
        first = base
    if first is None or first.cue.role != "level" or not first.pieces:
        return None
    before = next(drafts.back(draft), None)
    points_back = draft.pieces and drafts.text[slice(*draft.pieces[-1])] in words("proportion")
    is_of_last = before is not None and draft.of == before.index and before.cue.role == "level" and not points_back
    if draft.own and before is not None and is_of_last and before.pieces:
        return _own_words(before, drafts)
    between = drafts.text[first.span[1] : draft.span[0]]
    return _own_words(first, drafts) if "其中" in between else None
