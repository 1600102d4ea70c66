"""What a list says once for all its members: the verb at its head, the population that its rates are counted per.

Start at `with_shared_deed` and `with_shared_base`.
"""

from __future__ import annotations

from healthie.cues import is_part
from healthie.drafts import Draft, Drafts
from healthie.lexicon import pattern, prefix, suffix, words
from healthie.stretches import Stretch

__all__ = ["with_shared_base", "with_shared_deed"]

# the population that a rate is counted per
_BASE = r"每[百千万十]{1,2}(?:名|个|位)?\p{Han}{0,5}?(?:人口|居民|人|儿童|老人|常住人口)"


def with_shared_deed(pieces: list[Stretch], draft: Draft, drafts: Drafts) -> list[Stretch]:
    """Return the pieces with the verb that a list says once, at its head (配备医师1名、护士10名).

    Parameters
    ----------
    pieces : list of (int, int)
        Its pieces so far.
    draft : Draft
        The draft; every draft before it has its indicator.
    drafts : Drafts
        All drafts of the text.

    Returns
    -------
    list of (int, int)
        The pieces, the added one in front.
    """
    before = next(drafts.back_in_sentence(draft), None)
    if before is None or before.deed is None or not _wants_a_deed(pieces, draft, drafts):
        return pieces
    if before.deed[1] - before.deed[0] < 2 or not _goes_on(before, draft, drafts):
        return pieces
    draft.deed = before.deed
    return [before.deed, *pieces]


def _wants_a_deed(pieces: list[Stretch], draft: Draft, drafts: Drafts) -> bool:
    """Tell whether a count says no deed of its own, and nothing that those counted do."""
    phrases = drafts.phrases
    said = "".join(drafts.text[a:b] for a, b in pieces)
    if draft.cue.role != "level" or is_part(draft.quantity) or len(pieces) > 1 or _is_complete(said):
        return False
    if phrases.before(*draft.left).hanging:  # 与39个国家缔结…
        return False
    behind = phrases.after(*draft.right)
    return not (phrases.says(behind) and phrases.says(phrases.predicate(behind[1], draft.right[1])))


def _goes_on(before: Draft, draft: Draft, drafts: Drafts) -> bool:
    """Tell whether a draft is the next member of the list that the one before it is in."""
    text = drafts.text
    behind = drafts.phrases.skip_after(before.span[1], draft.left[0])  # 新增9家|以上、|民宿30家
    between = text[max(drafts.phrases.end_of(before.right), behind) : draft.left[0]]
    # a verb with who does it goes on only in a list of the same kind
    has_actor = before.deed is not None and not prefix(text, *before.deed, "act", "finds", "addition")
    same_unit = draft.quantity.unit == before.quantity.unit
    if (has_actor and not same_unit) or ((has_actor or not same_unit) and "、" not in between):
        return False
    states = "," in between and _says_its_own(draft, drafts)
    return not states and pattern(r"[、,和及与;]*").fullmatch(between) is not None


def _says_its_own(draft: Draft, drafts: Drafts) -> bool:
    """Tell whether a clause says itself what is done or had (新建诊所3家,|床位达80张; 培育药农2万人,|村民就业5万人)."""
    text, left = drafts.text, draft.left
    if suffix(text, *left, "value_verb") or prefix(text, *left, "completing"):
        return True
    ahead = drafts.phrases.before(*left).stretch
    ends_in_deed = suffix(text, *ahead, "outcome") or drafts.phrases.says(drafts.phrases.after(*draft.right))
    return bool(ends_in_deed) and drafts.phrases.says(ahead)


def _is_complete(said: str) -> bool:
    """Tell whether words need no verb of another: they have one, end in a noun of measure, or say per what."""
    if said in words("facility_noun"):
        return False
    if prefix(said, 0, len(said), "whole_amount"):  # 新增座椅8台、总台数达90台
        return True
    said = pattern("“[^”]*”").sub("", said)  # 建成|“青苗立项”学校
    size = len(said)
    if said.startswith("每") or len(prefix(said, 0, size, "rise", "fall")) > 1:  # 降低交通成本
        return True
    return (
        said in words("befall")
        or bool(suffix(said, 0, size, "head"))
        or bool(prefix(said, 0, size, "act", "other_deed") or suffix(said, 0, size, "act"))
        or pattern("{act}?{comes_off}").fullmatch(said) is not None
    )


def with_shared_base(draft: Draft, drafts: Drafts) -> list[Stretch]:
    """Return the pieces with the population that a list is counted per, once said (每千人口有医师3.1人、护士3.8人).

    Parameters
    ----------
    draft : Draft
        The draft; every draft before it has its indicator.
    drafts : Drafts
        All drafts of the text.

    Returns
    -------
    list of (int, int)
        The pieces, the added one in front.
    """
    before, text = next(drafts.back_in_sentence(draft), None), drafts.text
    # a member of a row of places may name nothing (甲县、乙县分别为3.2张、3.1张)
    if before is None or not draft.pieces or draft.quantity.per or not _goes_on_per(draft, text):
        return draft.pieces
    start, end = draft.pieces[0]
    first = before.pieces[0] if before.pieces else (start, end)
    base = pattern(_BASE).match(text, *first)
    if base is None or pattern(_BASE).match(text, start, end) or before.cue.role != draft.cue.role:
        return draft.pieces
    return [base.span(), *draft.pieces]


def _goes_on_per(draft: Draft, text: str) -> bool:
    """Tell whether a list goes on: behind its mark, or with a part of a person or bed, which is so many per people."""
    value = draft.quantity.value
    # value % 1 raises for numbers of more digits than a decimal divides
    is_fraction = draft.quantity.dimension == "count" and value != value.to_integral_value()
    if len(draft.group) > 1:  # 每千人口医师数、护士数分别为3.1人、3.8人
        return is_fraction
    around = text[draft.left[0] - 1 : draft.left[0] + 1]
    return not words("list_mark").isdisjoint(around) or (is_fraction and around[:1] == ",")
