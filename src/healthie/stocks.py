"""Of several years: what stands at their end (a stock: 床位达到90张), and what was done in them (a flow: 新增90张).

Start at `is_stock`.
"""

from __future__ import annotations

from datetime import date

from healthie.drafts import Draft
from healthie.lexicon import find_words, pattern, prefix, suffix, words
from healthie.records import Period

__all__ = ["is_stock"]

# what stands at the end of several years is a stock by its noun or its verb
_STOCK_NOUN = r"{stock_noun}"
_STOCK = r"{standing}$|(?:{stock_noun}|(?<!增长)率){reach+hedge}*+$|{holding}\p{Han}{1,12}$"
# what is reached at the end, and is no sum of several years (门诊量、住院量分别突破3万、5万)
_VALUES_BEFORE = r"(?:[\d.]{1,8}[^\d,。;]{1,4}[、和])*+$"
_CROSSES = r"(?<!{summed}){crosses}{hedge}*+" + _VALUES_BEFORE
_PROPORTION = r"(?:{proportion}{each}?{reach+hedge}*+|(?:{stock_noun}|规模)占[^,。;]{1,12}?{hedge}*+)" + _VALUES_BEFORE
# a sum of each year (年吞吐量达3000万人次), a rate (研发投入强度达3%)
_YEARLY = r"(?<!\d)年\p{Han}{1,8}?{head}{each}?{standing}{hedge}*+" + _VALUES_BEFORE
_RATE = r"(?:{rate_noun+rate_like}){each}?{standing}{hedge}*+" + _VALUES_BEFORE
_RANK_OF_FLOW = r"(?:{movement+flow_word+rise+fall}|{steady})[^,。;]{0,12}$"
_REACHED_AT_END = (_CROSSES, _YEARLY, _RATE)


def is_stock(text: str, draft: Draft, period: Period, now: Period | None) -> bool:
    """Tell whether a quantity says what stands at the end of several years (床位达到90张).

    Parameters
    ----------
    text : str
        Folded text.
    draft : Draft
        The quantity, with its indicator.
    period : Period
        The time that governs it.
    now : Period or None
        The time that the report covers.

    Returns
    -------
    bool
        False where the years are not over by then, or the quantity sums up what was done in them.
    """
    is_proportion = draft.cue.role == "share" and _says(text, _PROPORTION, draft)
    reached = is_proportion or any(_says(text, words_of, draft) for words_of in _REACHED_AT_END)
    if not (draft.cue.role in {"level", "rank"} or is_proportion) or _flows(text, draft, period, reached):
        return False
    if period.start is None or period.end is None:
        return False
    years = period.end.year - period.start.year
    if years <= 1 or (now is not None and now.end is not None and not _is_over(period, now.end)):
        return False
    if pattern("{keeps_level}{hedge}*+$").search(text, *draft.left):
        return False
    said = _STOCK_NOUN if draft.cue.role == "rank" else _STOCK
    stands = reached or pattern(said).search(text, *draft.left) is not None
    if draft.cue.role == "rank":  # 综合指数全国第一, not 年均增速全国第一
        stands = stands or not _says(text, _RANK_OF_FLOW, draft)
    return stands or _only_names(text, draft) or _counts_staff(text, draft)


def _says(text: str, words_of: str, draft: Draft) -> bool:
    """Tell whether the words before a quantity, or before the row it is in, end in a pattern."""
    return pattern(words_of).search(text, draft.opening, draft.span[0]) is not None


def _flows(text: str, draft: Draft, period: Period, reached: bool) -> bool:
    """Tell whether a quantity sums up what was done in several years; `reached` if it is a mark passed in them."""
    if prefix(text, *draft.right, "befall"):  # 以来超过3万人受伤
        return True
    if period.kind == "since" and suffix(text, *draft.left, "there_is"):
        return True
    held = pattern("{lead}*+{holding}").match(text, *draft.left) is not None  # 登记在册诊所82家
    if draft.deed is not None and not held:
        return True
    in_flow = draft.quantity.unit in words("flow_unit") and not _says(text, _YEARLY, draft)
    return in_flow or (not reached and pattern("{flow_word}").search(text, *draft.left) is not None)


def _counts_staff(text: str, draft: Draft) -> bool:
    """Tell whether a clause only names the staff or the beds that there are (医师13万人)."""
    named = draft.cue.role == "level" and pattern("{staff_noun}{reach+hedge}*+$").search(text, *draft.left)
    return bool(named) and not any(find_words(text, *draft.left, "act", "stop", "addition"))


def _only_names(text: str, draft: Draft) -> bool:
    """Tell whether a clause only names what there is (“无烟单位”3家,省级卫生村16个), without a verb."""
    is_count = draft.quantity.unit in words("place_unit") and draft.cue.role == "level" and draft.own
    noun_end = draft.pieces[-1][1] if draft.pieces else -1
    opens = text[draft.left[0] - 1 : draft.left[0]] not in words("list_mark")
    closes = text[draft.span[1] : draft.span[1] + 1] in {"", "、", *words("clause_mark")}
    names = is_count and opens and closes and noun_end == draft.span[0]
    return names and not any(find_words(text, *draft.left, "act", "stop", "addition"))


def _is_over(period: Period, end: date) -> bool:
    """Tell whether several years are over in the year in which a report ends, or lead up to it (“十四五”以来)."""
    return period.end is None or period.end.year <= end.year or period.text[-1:] in words("up_to_now_end")
