"""What stands at the head of a noun phrase and is never measured: list marks, hours, who tells of it, some of them.

Start at `past_unmeasured`.
"""

from __future__ import annotations

from healthie.lexicon import pattern, prefix, words

__all__ = ["past_examples", "past_unmeasured"]

# 包括甲、乙在内的|; 甲、乙等地的|; 等|传统目的地
_EXAMPLES = r"包[括含][^,。;]{1,80}?在内的|等{and_others}?的?(?!{waits})(?=\p{Han}{2})"
_KINDS = (
    # (一)…, 3.…, 二是…
    r"\(?(?:{digit}{1,3}|\d{1,2})(?:[)、](?!{digit}(?:、|{numbered_kind}))|\.(?!\d))|十?{digit}是|第{digit},",
    # 8时|接待…
    r"(?:\d{1,2}[时点](?:\d{1,2}分)?[至到-](?:次日)?)?\d{1,2}[时点](?:\d{1,2}分)?的?(?=\p{Han})",
    # 一批|…
    r"一{article_of}(?=\p{Han})",
    # 应|达到…, 使|含盐率…
    r"应(?={should_to})|使(?!{of_use})(?=\p{Han}{2})",
    # 方案要求|每县安排…
    r"(?:\p{Han}{0,6}?{rule_text})?要求(?=\p{Han}{4})",
    # 从300种药品中|选出
    r"中(?={chooses})",
    # 连接甲县与乙县的|大桥全长
    r"{links}[^,。;、]{2,24}?的(?=\p{Han}{2})",
    # 连续5年|实施
    r"连续第?(?:\d{1,3}|{digit}{1,3})个?{span_unit}(?=\p{Han})",
    # 是全省首个|…
    r"[也还]?是\p{Han}{0,6}?{first_of}",
    _EXAMPLES,
    # 按可比价格计算|…
    r"{adjust}[^,]{1,12}?(?:{adjusted}(?:计算)?|计算)",
    # 近三年来|新增
    r"{recent}?(?:\d{1,2}|(?:{digit}|两){1,2})年(?:来|间|以来)?(?=净?{new}|$)",
    # 时隔66年再次|…
    r"{after_pause}(?:\d{1,3}|{digit}{1,3})[多余]?个?{span_unit}{again}?",
    # 它的|…
    r"[它他她其]们?的",
    # 通过…等方式|补充医务人员
    r"(?:{means})[^,。;]{2,24}?{manner}",
    # (含高新区)|…
    r"\({aside}[^()]{1,16}\)",
    # 这两天|…
    r"[这近](?:{digit}|[两几]){1,2}个?(?:天|日|周|月)(?:来|里|内|以来)?",
    # 未来三天|…
    r"{ahead_in_time}(?:\d{1,2}|{digit}{1,2})个?(?:{span_unit}|小时)内?",
    # 一年内就|实现年产…
    r"(?:\d{1,2}|{digit}|[两几半])个?(?:{span_unit}|小时)[内里]就?(?=\p{Han})(?!\p{Han}{2,8}率)",
    # 春节假期|…
    r"(?:\p{Han}{1,3}节|“[^”]{1,4}”|{feast_name})[小长]{0,2}假期?(?:期间)?(?=\p{Han}|$)",
    # 春节期间|…
    r"\p{Han}{2,8}?{during}",
    # 监测数据显示|…, 协会公布的|指数
    r"\p{Han}{0,12}(?:{data_shown}|{publishes}的)(?=\p{Han}|$)",
    # the column of a paper or a broadcast that a headline is in
    r"【[^【】]{1,20}】",
)
_UNMEASURED = "|".join(_KINDS)
# what stands before a deed
_BEFORE_DEED = (
    # 经市里|复核确诊
    r"经(?:[省市县区]里|上级|{examiner}|\p{Han}{1,6}?{examiner})",
    # 依法|查处
    r"{way_of_deed}地?",
)
# 会同县教育局|开展
_PARTNER, _LONGEST_PARTNER = r"{partner_head}等?", 20
# 可|节约…, 并|向…发放
_MAY, _AND = "{able}", "并"


def past_unmeasured(text: str, start: int, end: int) -> int:
    """Return where a phrase goes on behind words at its head that are never measured; 0 where none stand there.

    Parameters
    ----------
    text : str
        Folded text.
    start, end : int
        The phrase.

    Returns
    -------
    int
        An offset of the text.

    Examples
    --------
    >>> past_unmeasured("监测数据显示签约人数超3万", 0, 12)
    6
    """
    return _past(_UNMEASURED, text, start, end) or _past_before_deed(text, start, end)


def _past_before_deed(text: str, start: int, end: int) -> int:
    """Return where a deed begins behind words that only say how, or with whom; 0 where none does."""
    ways = [_past(kind, text, start, end) for kind in _BEFORE_DEED]
    with_whom = len(prefix(text, start, end, "with_partner"))
    if with_whom:
        until = min(end, start + _LONGEST_PARTNER)
        ways += [partner.end() for partner in pattern(_PARTNER).finditer(text, start + with_whom, until)]
    for at in filter(None, ways):
        verb = prefix(text, at, end, "act")
        if verb and text[at + len(verb) : at + len(verb) + 1] not in words("makes_noun"):
            return at
    able = _past(_MAY, text, start, end)
    if able and prefix(text, able, end, "act"):
        return able
    also = _past(_AND, text, start, end)
    return also if also and prefix(text, also, end, "act", "preposition") else 0


def past_examples(text: str, start: int, end: int) -> int:
    """Return where a phrase goes on behind examples of what it names at its head; 0 where none stand there.

    Parameters
    ----------
    text : str
        Folded text.
    start, end : int
        The phrase.

    Returns
    -------
    int
        An offset of the text.

    Examples
    --------
    >>> past_examples("包括内科在内的科室", 0, 9)
    7
    """
    return _past(_EXAMPLES, text, start, end)


def _past(kinds: str, text: str, start: int, end: int) -> int:
    match = pattern(kinds).match(text, start, end)
    return int(match.end()) if match else 0
