"""What a quantity without a noun of its own takes over (zero anaphora): of a bracket, list, clause or neighbour.

Start at `taken_over`; `noun_of` gives what a clause names.
"""

from __future__ import annotations

from itertools import takewhile

from healthie.clauses import Clause
from healthie.cues import compared
from healthie.drafts import Draft, Drafts
from healthie.lexicon import last_match, pattern, prefix, suffix, words
from healthie.relations import counts_apart, is_field, only_finds
from healthie.stretches import Stretch, overlap

__all__ = ["NAMED_BEHIND", "noun_of", "taken_over"]

# Roles of quantities that a clause before, with no quantity of its own, may name the subject of.
_OF_A_SUBJECT = frozenset({"level", "gap"})
# who come first in a list by some measure (居前三位的县依次为)
_COME_FIRST = (
    r"{place}?(?:前{digit}|前\d|{rank_lead+superlative_word})(?:位|名)?的?\p{Han}{0,4}?{each}?(?:[是为有]:?|:)"
)
_LONGEST_ROW_OF_PLACES = 200
# among which others something is first or last
_AMONG_OTHERS = r"在[^,。;]{1,16}[中里内]?{superlative_word}$"
# a place that no table holds
_ONLY_PLACE = r"\p{Han}{1,4}[县市区州旗镇乡]"
# how something stands by a yardstick, in a clause without a figure
_STANDS_BY = r"(?:{compare_verb})[^,。;]{0,8}?{benchmark}$"
# how what the clause before names moved (2016年|出现反弹)
_MOVES_ONLY = r"(?<=[年月日中,;:。])(?:也|又|曾)?{occurs}(?:{hedge+steadily})*+(?:{rise+fall})$"
# how the clause says that something moved
_MOVES = r"(?:{steadily+occurs})*+(?:{rise+fall})$"
# a time with its rate of growth, and no more
_GREW_IN = r"[^,。;:]{2,12}?{average}?{movement}{reach+hedge}*+"
# by what something is to be reached, with its year (今年将通过培训,|力争提高到九成)
_BY_MEANS = r"(?:\p{Han}年)?[将并]?{means}"
# what stands before those that a clause names (依次为甲病、乙病, 较高的有甲病)
NAMED_BEHIND = "{each}?[为是]|有"


def taken_over(draft: Draft, drafts: Drafts) -> list[Stretch]:
    """Return the indicator that goes on from the host of a bracket, the clause before, or the quantity before.

    Parameters
    ----------
    draft : Draft
        The draft; every draft before it has its indicator.
    drafts : Drafts
        All drafts of the text.

    Returns
    -------
    list of (int, int)
        The pieces; empty where nothing is taken over.
    """
    if draft.clause.host is not None:
        return list(drafts.beside_in_bracket(draft).pieces)
    if named := _measure_of_first(draft, drafts) or _named_before_bracket(draft, drafts):
        return drafts.phrases.split(named)
    before = next((base for base in drafts.back(draft) if not _is_yardstick(base, draft, drafts)), None)
    # a change with a reference of its own goes on about a subject (人数持续增加,比上年多1200人)
    has_subject = draft.cue.role in _OF_A_SUBJECT or draft.reference is not None
    opens = before is None or before.sentence != draft.sentence
    has_subject = has_subject or (opens and draft.cue.tail is None)  # 总产值连跨两个台阶,年均增长6%
    has_subject = has_subject or drafts.text[draft.clause.start - 1] == "("  # 百日咳(上升12.5%)
    is_compared = _is_compared_before(draft, drafts)
    noun = _noun_before(draft, before, drafts) if has_subject or is_compared else None
    if noun is not None and (pieces := drafts.phrases.split(noun)):
        draft.own = draft.own or is_compared
        return pieces
    if before is None or before.sentence == draft.sentence:
        return list(before.pieces) if before else []
    if drafts.goes_on(draft):
        # 甲市由2人增至4人,增长70%;乙市仅增长19%
        first = _first_of_list(before, drafts) or (list(before.pieces) if draft.cue.role == "change" else [])
        return first or _measure_of_sentence_before(draft, drafts)
    return _measure_of_sentence_before(draft, drafts) or _measure_that_grew(draft, drafts)


def _measure_that_grew(draft: Draft, drafts: Drafts) -> list[Stretch]:
    """Return what the sentence before measures, where this one gives its growth in a time (“十四五”时期增速为9%)."""
    start, at = drafts.sentences[draft.sentence][0], draft.span[0]
    grew = draft.cue.role == "change" and pattern(_GREW_IN).fullmatch(drafts.text, start, at)
    if not grew or not drafts.phrases.names_time(start, at):
        return []
    near = takewhile(lambda base: base.sentence == draft.sentence - 1, drafts.back(draft))
    measured = [base for base in near if base.cue.role == "level" and base.own]
    return list(measured[0].pieces) if len(measured) == 1 else []


def _measure_of_sentence_before(draft: Draft, drafts: Drafts) -> list[Stretch]:
    """Return what the sentence before measures, where this one tells of a place (每千人护士3人。甲市由2人增至4人)."""
    start = max(drafts.sentences[draft.sentence][0], draft.span[0] - _LONGEST_ROW_OF_PLACES)
    if draft.cue.role != "level" or not drafts.phrases.names_place(start, draft.span[0]):
        return []
    near = takewhile(lambda base: base.sentence >= draft.sentence - 1, drafts.back(draft))
    same = (base for base in near if base.cue.role == "level" and base.pieces)
    return next((list(base.pieces) for base in same if base.quantity.unit == draft.quantity.unit), [])


def _first_of_list(last: Draft, drafts: Drafts) -> list[Stretch]:
    """Return the indicator that the sentence of a draft opens with: what a list over semicolons goes on about."""
    members = [last, *drafts.back_in_sentence(last)]
    first = next((base for base in reversed(members) if base.own and base.cue.role in {"level", "share"}), None)
    return list(first.pieces) if first else []


def _is_yardstick(base: Draft, draft: Draft, drafts: Drafts) -> bool:
    """Tell whether a rank or share is of something else: a quantity says how many are ranked, or what was found."""
    compares = draft.cue.role == "gap" and draft.reference is not None  # 选择居家的占六成,比住院的多2000人
    goal = draft.reference if draft.cue.role == "share" else None
    asked = goal is not None and suffix(drafts.text, *goal, "goal") and any(overlap(p, goal) for p in base.pieces)
    is_other = bool(asked) or only_finds(base, draft, drafts) or (counts_apart(base, draft) and not compares)
    return (is_field(base, draft, drafts) and base.cue.role == "level") or is_other


def _end_before_comparison(clause: Clause, drafts: Drafts) -> int:
    """Return where a clause ends without the comparison that closes it (次均费用|与上年相比,下降3%; |较上年略降,)."""
    moves = pattern(_MOVES).search(drafts.text, clause.start, clause.end)
    end = moves.start() if moves else clause.end
    said = compared(drafts.text, clause.start, end)
    return said[0][0] if said is not None and said[0][1] == end else clause.end


def _is_compared_before(draft: Draft, drafts: Drafts) -> bool:
    """Tell whether the clause before names what is compared (次均费用与上年相比,|下降3%)."""
    clause = next(iter(drafts.clauses_before(draft.clause)), None)
    return clause is not None and clause.start < _end_before_comparison(clause, drafts) < clause.end


def _measure_of_first(draft: Draft, drafts: Drafts) -> Stretch | None:
    """Return the measure by which the places of a list come first, where a bracket holds its value.

    As in 签约率居前三位的县依次为:甲县(32%)、乙县(30%).
    """
    start = drafts.sentences[draft.sentence][0]
    at = draft.clause.start
    if drafts.text[at - 1 : at] != "(" or not drafts.phrases.ends_place(at - 1):
        return None
    first = last_match(_COME_FIRST, drafts.text, max(start, at - _LONGEST_ROW_OF_PLACES), at)
    if first is None:
        return None
    start = max(start, *(drafts.text.rfind(mark, start, first.start()) + 1 for mark in ",;:"))
    noun = drafts.phrases.before(start, first.start()).stretch
    return noun if noun[1] - noun[0] >= 2 else None


def _named_before_bracket(draft: Draft, drafts: Drafts) -> Stretch | None:
    """Return what a clause names last, where a bracket holds its value (居前的病种依次为|流感(860例))."""
    clause = next(iter(drafts.clauses_before(draft.clause)), None)
    if clause is None or drafts.text[clause.end : draft.clause.start] != "(":
        return None
    being = last_match(NAMED_BEHIND, drafts.text, clause.start, clause.end)
    noun = (being.end(), clause.end) if being else (clause.end, clause.end)
    is_noun = noun[1] - noun[0] >= 2 and not drafts.phrases.names_place(*noun)
    return noun if is_noun and not any(drafts[index].span[1] > noun[0] for index in clause.quantities) else None


def _noun_before(draft: Draft, before: Draft | None, drafts: Drafts) -> Stretch | None:
    """Return the noun of the clause right before, where that holds no quantity (签约人数最多,为3.2万人)."""
    earlier = (c for c in drafts.clauses_before(draft.clause) if c.depth <= draft.clause.depth)
    clause = next((c for c in earlier if not _only_moves(c, drafts)), None)
    if clause is not None and pattern(_BY_MEANS).match(drafts.text, clause.start, clause.end) and before is not None:
        clause = None  # 今年将通过培训,力争提高到九成
    if clause is None or clause.quantities or draft.clause.quantities[0] != draft.index:
        return None
    if before is not None and before.span[0] > clause.start:
        return None
    if (end := _end_before_comparison(clause, drafts)) > clause.start:
        clause = clause._replace(end=end)
    noun = noun_of(clause, drafts)
    noun = _without_standing(noun, drafts) if noun else None
    if noun is None or noun[1] - noun[0] < 2 or suffix(drafts.text, *noun, "benchmark", "state_word"):
        return None
    subject = drafts.phrases.subject(*noun)
    # 收入达5亿元,规模扩大,同比增长6%
    points_back = before is not None and before.sentence == draft.sentence
    return None if points_back and drafts.text[slice(*subject)] in words("placeholder") else subject


def _only_moves(clause: Clause, drafts: Drafts) -> bool:
    """Tell whether a clause only says how what the one before names moved (死亡率…,其中2016年出现反弹)."""
    moves = pattern(_MOVES_ONLY).search(drafts.text, clause.start, clause.end)
    return moves is not None and not clause.quantities and _end_before_comparison(clause, drafts) == clause.end


def _without_standing(noun: Stretch, drafts: Drafts) -> Stretch | None:
    """Return the words of a clause without how something stands; None where they name a place alone, or nothing."""
    text, (start, end) = drafts.text, noun
    # …,没有死亡病例报告,比上年减少58例; …,在四区中最低,比上年降低1个百分点; …,虽有进步,仍低2个百分点
    if prefix(text, start, end, "negation", "concession") or pattern(_AMONG_OTHERS).search(
        text, max(0, start - 1), end
    ):
        return None
    if first := last_match(_COME_FIRST, text, start, end):
        end = first.start()  # 签约率最高的是云县,为31%
    if stands := last_match(_STANDS_BY, text, start, end):
        end = stands.start()  # 候诊时间好于目标,降到…
    if ends := suffix(text, start, end, "superlative_word"):
        end -= len(ends)  # 其中甲县最高,为99%
        if drafts.phrases.names_place(start, end) or pattern(_ONLY_PLACE).fullmatch(text, start, end):
            return None
    return (start, end)


def noun_of(clause: Clause, drafts: Drafts) -> Stretch | None:
    """Return what a clause names last, behind its last quantity.

    Parameters
    ----------
    clause : Clause
        The clause.
    drafts : Drafts
        All drafts of the text.

    Returns
    -------
    (int, int) or None
        None where it names nothing.
    """
    phrases = drafts.phrases
    start = clause.start
    if clause.quantities:
        last = drafts[clause.quantities[-1]]
        start = phrases.skip_after(last.span[1], clause.end)
    end = clause.end - len(suffix(drafts.text, clause.start, clause.end, "distribution"))
    found = phrases.before(start, end).stretch
    return found if found[1] - found[0] >= 2 else None
