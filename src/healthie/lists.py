"""Lists that share: several quantities in a row (分别达到76.4%、70.8%、63.5%), each of its own member of a list.

Start at `share_out`.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice, takewhile

import regex

from healthie.clauses import Clause
from healthie.completion import completed
from healthie.cues import EARLIER_VALUE, Cue, is_part
from healthie.drafts import Draft, Drafts
from healthie.frames import MOVES_TO
from healthie.lexicon import find_words, pattern, prefix, skip, suffix, words
from healthie.phrases import Phrases
from healthie.stretches import Stretch

__all__ = ["carry_change", "share_out"]

# A measure of what happens to those that the first member of a list names (事故起数、死亡人数).
_OUTCOME = r"(?:{visit+befall}){head}"
# Roles that the draft's own words show; a percentage before a noun only looks like a share.
_SETTLED = frozenset({"change", "gap", "rank"})
# the first or last ones of the list before (前两项, 后三类)
_SOME_OF_LIST = r"(?P<which>[前后])(?:两|{digit})[项者个类](?:{head})?(?=分别|{compares}|{rise+fall})"
# what shares out the values of a row
_EACH = r"(?:分别|依次|各|各自)"
# a rate that closes a list, with what it is a rate of
_RATE_OF = r"(?:[对占]\p{Han}{1,12}的|(?<=的))\p{Han}{0,4}{rate_noun}$"
# what each member of a list does (甲院、乙院|分别完成|手术)
_DEED_OF_EACH = r"(?<=\p{Han})(?:{in_turn})(?:{completes}了?)?(?P<deed>\p{Han}{2}.*)"
# what is given to each of the places behind it (分别用于甲县、乙县)
_SERVES_EACH = "{in_turn}{serves_each}"
_LONGEST_ROW_OF_PLACES = 400
# what a list says once with its noun of measure (托育机构、养老机构|贷款余额)
_LONGER_MEASURE = "{measure_lead}+$"
_COUNT = r"(?:{act}|\p{Han}{2}){count_noun}$"


def share_out(draft: Draft, drafts: Drafts) -> bool:
    """Give a draft in a row its member of a list: of nouns or places before the row, or of the facts before.

    Parameters
    ----------
    draft : Draft
        The draft.
    drafts : Drafts
        All drafts; the first of the row has its cue.

    Returns
    -------
    bool
        Whether it was given one; if not, nothing is changed but the cue, which all in a row have from the first.
    """
    if len(draft.group) < 2:
        return False
    first = drafts[draft.group[0]]
    turn = draft.group.index(draft.index)
    if turn:
        draft.cue = _with_own_direction(draft, drafts[draft.group[turn - 1]])
        draft.reference = first.reference
    phrases = drafts.phrases
    of_one = _share_out_reference(draft, first, turn, phrases)
    noun = phrases.before(*(first.cue.phrase or first.left), keep_bodies=True).stretch
    last = first.span[0]
    places = phrases.listed_places(draft.clause.start, max(noun[1], last)) or phrases.listed_places(noun[1], last)
    since = max(draft.clause.start, last - _LONGEST_ROW_OF_PLACES)
    if not places and (served := pattern(_SERVES_EACH).search(drafts.text, since, last)):
        places = phrases.listed_places(served.end(), last)
    if len(places) == len(draft.group):
        return _one_place_each(draft, first, places, noun, drafts)
    draft.place = _place_in_row_before(first, turn, drafts) or _place_at_head(first, turn, drafts)
    if pattern(_SOME_OF_LIST).match(drafts.text, *first.left):
        return _from_facts_before(draft, first, turn, drafts)
    if not phrases.says(noun):
        # 管理率99%,较2016、2017年分别上升1.7和0.6个百分点: of one
        paired = not of_one and _from_facts_before(draft, first, turn, drafts)
        return paired or (not of_one and _from_list_before(draft, first, turn, drafts))
    if drafts.text[noun[0] : noun[1]] in words("movement", "placeholder", "proportion"):
        return _from_facts_before(draft, first, turn, drafts, noun)
    draft.pieces = _member(noun, turn, len(draft.group), phrases)
    if "".join(drafts.text[a:b] for a, b in draft.pieces) in words("area_part"):
        draft.pieces = completed(draft.pieces, first, drafts)
    draft.own = True
    if draft.cue.tail:
        draft.pieces.append(draft.cue.tail)
    return True


def _place_in_row_before(first: Draft, turn: int, drafts: Drafts) -> Stretch | None:
    """Return the place of a value in the row before, which is shared out alike (甲县、乙县分别…3家和2家,分别达…)."""
    before = next(drafts.back_in_sentence(first), None)
    if before is None or len(before.group) != len(first.group):
        return None
    goes_on = first.cue.role in _SETTLED or pattern(_EACH).search(drafts.text, *first.left)
    return drafts[before.group[turn]].place if goes_on else None


def _place_at_head(first: Draft, turn: int, drafts: Drafts) -> Stretch | None:
    """Return the place of a value in a row whose places open the sentence (甲、乙两县实行…,占比分别为80%、77%)."""
    earlier = reversed(list(drafts.clauses_before(first.clause)))
    # 首先,甲、乙两县…
    opening = next((c for c in earlier if skip(drafts.text, c.start, c.end, "lead") < c.end), None)
    if opening is None or opening.quantities or not pattern(_EACH).search(drafts.text, *first.left):
        return None
    places = drafts.phrases.listed_places(opening.start, opening.end)
    opens = bool(places) and skip(drafts.text, opening.start, opening.end, "lead") == places[0][0]
    return places[turn] if opens and len(places) == len(first.group) else None


def _share_out_reference(draft: Draft, first: Draft, turn: int, phrases: Phrases) -> bool:
    """Give a gap in a row its own of the yardsticks that are listed (分别低于全市、全省平均水平687元和2914元).

    Returns whether as many are listed.
    """
    if first.cue.reference is None or draft.cue.role not in {"gap", "change"}:
        return False
    items = _items(first.cue.reference, len(draft.group), phrases)
    if len(items) == len(draft.group):
        draft.reference = items[turn]
    return len(items) == len(draft.group)


def carry_change(draft: Draft, drafts: Drafts) -> None:
    """Give a percentage the change that the verb before its list states (压减时间52%、材料48%).

    Parameters
    ----------
    draft : Draft
        The draft, with its cue.
    drafts : Drafts
        All drafts; those before it have theirs.
    """
    before = next(drafts.back_in_sentence(draft), None)
    if before is None or before.clause != draft.clause or not is_part(draft.quantity) or draft.cue.role in _SETTLED:
        return
    cue, text = before.cue, drafts.text
    if cue.role != "change" or cue.phrase is None or text[draft.left[0] - 1] not in words("list_mark"):
        return
    if cue.phrase[0] >= before.span[1]:
        draft.cue = Cue("change", cue.direction, phrase=drafts.phrases.after(*draft.right))
    elif suffix(text, before.left[0], cue.phrase[0], "fall"):
        draft.cue = Cue("change", cue.direction, phrase=draft.left)


def _with_own_direction(draft: Draft, before: Draft) -> Cue:
    """Return the cue of the one before in the row, with the draft's own direction (提高0.6个、降低0.2个百分点)."""
    cue = before.cue
    own = draft.cue.direction if {draft.cue.role, cue.role} <= {"change", "gap"} else cue.direction
    if cue.direction and draft.quantity.value < 0:  # 分别增长45.2%和-6.1%
        own = "-"
    return Cue(cue.role, own or cue.direction, cue.reference, cue.phrase or before.left, cue.tail)


def _one_place_each(draft: Draft, first: Draft, places: list[Stretch], noun: Stretch, drafts: Drafts) -> bool:
    draft.place = places[draft.group.index(draft.index)]
    rest = drafts.phrases.before(places[-1][1], max(noun[1], places[-1][1])).stretch
    if noun[1] <= places[0][0]:  # 签约率甲县、乙县分别为…
        rest = noun
    if drafts.phrases.says(rest):
        draft.pieces, draft.own = drafts.phrases.split(rest), True
        return True
    before = next((base for base in drafts.back(first) if base.cue.role in {"level", "share"}), None)
    draft.pieces = list(before.pieces) if before else []
    if before is not None and before.cue.role == "share" and not is_part(draft.quantity):
        draft.pieces = draft.pieces[:1]  # 六成医师在甲区执业,乙县、丙县分别有17名、14名
    if before is not None and before.cue.role == "share" and draft.cue.role == "level" and is_part(draft.quantity):
        draft.cue = Cue("share")
    return True


def _skipped(first: Draft, drafts: Drafts) -> int:
    """Return how many facts of the row right before stand between a row and those that it points at (前两项)."""
    before = next(drafts.back_in_sentence(first), None)
    some = pattern(_SOME_OF_LIST).match(drafts.text, *first.left)
    if before is None or some is None or some["which"] != "前":
        return 0
    return max(0, len(before.group) - len(first.group))


def _from_facts_before(draft: Draft, first: Draft, turn: int, drafts: Drafts, noun: Stretch | None = None) -> bool:
    """Pair the quantities in a row with as many facts right before them, in the sentence or the last member of a list.

    Where a noun points at changes (降幅), only those count.
    """
    start = drafts.sentences[first.sentence][0]
    since = first.sentence - (";" in drafts.text[max(0, start - 2) : start])
    near = takewhile(lambda base: base.sentence >= since, drafts.back(first))
    before: Iterable[Draft] = (b for b in near if not (_points_at_others(b, drafts) or _only_starts(b, drafts)))
    if noun is not None and drafts.text[noun[0] : noun[1]] in words("movement"):
        before = (base for base in before if base.cue.role == "change")
    skipped = _skipped(first, drafts)
    earlier = list(islice(before, skipped, skipped + len(draft.group)))
    if len(earlier) < len(draft.group):
        return False
    base = earlier[len(draft.group) - 1 - turn]
    draft.pieces = list(base.pieces)
    if draft.cue.tail:
        draft.pieces.append(draft.cue.tail)
    if noun is not None and base.cue.role == "change":
        draft.pieces.append(noun)
    draft.of = base.index if draft.cue.role != "level" else None
    return True


def _points_at_others(base: Draft, drafts: Drafts) -> bool:
    """Tell whether a count is only of the facts before it (…,两项|比例分别…)."""
    said = "".join(drafts.text[start:end] for start, end in base.pieces)
    return base.quantity.unit in words("item_unit") and said in words("placeholder", "proportion", "pointed_item")


def _only_starts(base: Draft, drafts: Drafts) -> bool:
    """Tell whether a value is the one that a change starts from, not the one that it comes to (由|86%|升到92%)."""
    starts = pattern(EARLIER_VALUE).search(drafts.text, *base.left)
    return starts is not None and pattern(MOVES_TO).match(drafts.text, base.span[1]) is not None


def _take_own_place(draft: Draft, clause: Clause, turn: int, drafts: Drafts) -> bool:
    """Give a draft in a row its own of the places that the clause before lists; tell whether it lists them."""
    places = drafts.phrases.listed_places(clause.start, clause.end)
    if len(places) == len(draft.group):
        draft.place = places[turn]
    return len(places) == len(draft.group)


def _from_list_before(draft: Draft, first: Draft, turn: int, drafts: Drafts) -> bool:
    """Pair the quantities in a row with as many nouns that the clause before lists (甲、乙、丙居前三,分别占…)."""
    clause = next(iter(drafts.clauses_before(first.clause)), None)
    if clause is None or not pattern(_EACH).search(drafts.text, *first.left):
        return False
    ranked = pattern("{place}").search(drafts.text, clause.start, clause.end)
    if _take_own_place(draft, clause, turn, drafts):
        return False  # 甲县、乙县超标率居前两位,依次为…: only the places are listed
    noun = drafts.phrases.before(clause.start, ranked.start() if ranked else clause.end).stretch
    items = _items(noun, len(draft.group), drafts.phrases)
    if len(items) != len(draft.group):
        return False
    draft.pieces, draft.own = drafts.phrases.split(items[turn]), True
    if draft.cue.tail:
        draft.pieces.append(draft.cue.tail)
    whole = next(iter(drafts.clauses_before(clause)), None)
    if draft.cue.role == "share" and whole is not None and drafts.text[whole.end - 1] == "中":
        draft.reference = drafts.phrases.before(whole.start, whole.end - 1).stretch
    return True


def _member(noun: Stretch, turn: int, size: int, phrases: Phrases) -> list[Stretch]:
    """Return the pieces of one member of a list of nouns; of all of it where the list has another length."""
    items = _items(noun, size, phrases)
    if len(items) == size:
        # a member that is only a place (经甲地和乙地出境的班列) has the words of the last one
        return _with_shared_words(items, turn, phrases) or phrases.split(items[-1])
    return _fused(noun, turn, size, phrases) or phrases.split(noun)


def _fused(noun: Stretch, turn: int, size: int, phrases: Phrases) -> list[Stretch]:
    """Return the pieces of one member of a list written as one word (内外资, 一二三产增加值); none without it."""
    word = pattern("{coordinate}").search(phrases.text, *noun)
    if word is None or word.end() - word.start() != size:
        return []
    at = word.start() + turn
    if turn == 0:
        return [(noun[0], at + 1), (word.end(), noun[1])]
    before = [(noun[0], word.start())] if word.start() > noun[0] else []
    own = [(at, noun[1])] if turn == size - 1 else [(at, at + 1), (word.end(), noun[1])]
    return [*before, *own]


def _items(noun: Stretch, size: int, phrases: Phrases) -> list[Stretch]:
    """Return the members of a list of nouns: as parted by 、 if that makes as many as are wanted, else by 和 too."""
    for marks in (frozenset("、"), words("list_mark")):
        items, left = [], noun[0]
        for at in [*phrases.top_level(*noun, marks), noun[1]]:
            if at > left:
                items.append((left, at))
            left = at + 1
        if len(items) == size:
            return items
    return items


def _with_shared_words(items: list[Stretch], turn: int, phrases: Phrases) -> list[Stretch]:
    """Return one member with the deed and head noun that the last one has for all, or the modifier of the first."""
    text, mine = phrases.text, items[turn]
    if deed := pattern(_DEED_OF_EACH).search(text, *items[-1]):
        items = [*items[:-1], (items[-1][0], deed.start())]
        return [*_with_shared_words(items, turn, phrases), deed.span("deed")]
    growth = pattern("{movement}$").search(text, *items[-1])
    if turn < len(items) - 1 and growth and not suffix(text, *mine, "movement"):
        return [*phrases.split(mine), growth.span()]  # 门诊收入、住院收入增速分别快于全市…
    own = _measure(text, mine)
    measured = any(_measure(text, item) for item in items[:-1])
    if turn < len(items) - 1 and (rate := _rate_of_all(items, text)) is not None:
        return [*phrases.split(mine), rate]
    acts = prefix(text, *mine, "act") and suffix(text, *mine, "person")  # 接待患者、医疗总费用
    if own is None and not measured and not acts and (shared := _shared_head(items, text)) is not None:
        return [*phrases.split(mine), shared]
    if turn and all(_is_bare_measure(item, text) for item in items[1:]):
        first = _measure(text, items[0])
        end = first.start() if first else items[0][0]
        end -= len(suffix(text, items[0][0], end, "act"))
        # 诊疗总人次、出院人数: each a measure of its own
        if end > items[0][0] and not pattern("(?:{visit}|总)$").search(text, items[0][0], end):
            return [*phrases.split((items[0][0], end)), mine]
    return phrases.split(mine)


def _rate_of_all(items: list[Stretch], text: str) -> Stretch | None:
    """Return the rate behind 的 that the last member of a list has for all (消费、投资、出口|对增长的贡献率)."""
    rate = pattern(_RATE_OF)
    own = [match.span() if (match := rate.search(text, *item)) else None for item in items]
    return own[-1] if not any(own[:-1]) else None


def _is_bare_measure(item: Stretch, text: str) -> bool:
    """Tell whether an item is a noun of measure alone, or of what happens to those named before (死亡人数)."""
    own = _measure(text, item)
    opens = own is not None and (own.start() == item[0] or prefix(text, item[0], own.start(), "whole_amount"))
    return own is not None and (bool(opens) or pattern(_OUTCOME).fullmatch(text, *item) is not None)


def _shared_head(items: list[Stretch], text: str) -> Stretch | None:
    """Return the head noun that the last member of a list has for all.

    It stands behind the words that end the other members too (甲类、乙类|报销比例), or is the last noun of measure.
    """
    end, last = items[0][1], items[-1]
    if text[slice(*items[0])] in words("partial") and (part := prefix(text, *last, "partial")):
        return (last[0] + len(part), last[1])  # 城镇、农村|居民收入
    for size in (2, 1):
        common = text.rfind(text[end - size : end], last[0] + 1, last[1])
        start = common + size
        parts_word = any(
            a < start < b for a, b in find_words(text, *last, "person", "whole")
        )  # 婴儿、5岁以下儿|童死亡率
        if common >= 0 and last[1] - start >= 2 and not parts_word:
            linked = pattern("{completes}?").match(text, start, last[1] - 2)  # 甲院、乙院|完成|诊疗
            return (linked.end() if linked else start, last[1])
    match = _measure(text, last)
    if match is None or match.start() <= last[0]:
        return None
    longer = pattern(_LONGER_MEASURE).search(text, last[0] + 2, match.start())
    return (longer.start() if longer else match.start(), last[1])


def _parts_word(text: str, at: int, item: Stretch) -> bool:
    """Tell whether a position parts a word of an item (婴儿、5岁以下儿|童死亡率)."""
    return any(start < at < end for start, end in find_words(text, *item, "person", "whole"))


def _measure(text: str, item: Stretch) -> regex.Match[str] | None:
    """Return the noun of measure that ends an item (产量), with the word before it if it is one character (管理率)."""
    listed = pattern("{head}$").search(text, *item)
    if listed and len(listed.group()) > 1:
        return listed
    return pattern(_COUNT).search(text, *item) or listed
