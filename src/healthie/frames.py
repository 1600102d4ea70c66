"""What stands at the end of the words before a quantity and is never measured: how often, since when, from what.

Start at `without_frame` and `without_vague_value`; `healthie.unmeasured` does the same for the head of a phrase.
"""

from __future__ import annotations

from healthie.lexicon import pattern

__all__ = ["MOVES_TO", "without_frame", "without_vague_value"]

# what leads from a value to the next (由45分钟|缩小至)
MOVES_TO = r"(?:{rise+fall}|{grown})了?[到至为]"
_FRAMES = (
    # 满意度|得|96分, but not 获得, 值得
    r"(?<!{ends_in_de})得",
    # 连续19个季度|居
    r"连续第?(?:\d{1,3}|{digit}{1,3}|两)个?{span_unit}",
    # 产值连跨2个百亿元台阶、|突破
    r"(?:{crosses}|连[跨破])了?(?:\d{1,2}|{digit}|两)个?[^,。;、]{0,6}?{milestone}",
    # 5个方面|20项
    r"(?:\d{1,2}|{digit}|两)(?:个|大|项)|\d{1,2}个?方面",
    # 覆盖率|能
    r"(?<=[力量速率度])能",
    # 门诊量一年|增长
    r"(?<=\p{Han}{2})(?:{digit}|两|半)年(?:来|间)?",
    # 签约人数每年|超过, but not 每人每年, 人均每年, 标准每月
    r"(?<=\p{Han}{2})(?<!每\p{Han}{1,3})(?<![均准资])每[年月日天周]",
    # 签约率最高|为
    r"(?<=\p{Han}{3})最[高低多少大小快慢长短]",
    # “十三五”时期|
    r"“[^”]{2,4}”(?:时|时期|期间)",
    # 从人工登记的|20分钟, 缩短至自助办理的|3分钟
    r"(?<!\p{Han})从(?![业事])\p{Han}{2,10}的",
    r"从{now_time}的?每\p{Han}{1,3}",
    r"(?<=\p{Han}{2})(?:[则将已])?从(?![业事])\p{Han}{2,8}的",
    r"(?:{rise+fall})[到至]\p{Han}{2,8}的",
    # 门诊量翻番|达到, 候诊时间缩短到|
    r"{doubles}",
    r"(?:{rise+fall}|{grown})(?<![率幅度速]达?)了?[到至为]",
)
_FRAME = "(?:" + "|".join(_FRAMES) + ")$"
# the first value of a change where it is no quantity (由原来的三四天|压缩到)
_VAGUE_START = (
    r"[由从][^,。;:、\d]{0,10}?(?:{digit}|[两几数半多]){1,3}个?[多余]?\p{Han}{1,2}?" + MOVES_TO + r"{hedge}*+$"
)
_VAGUE_END, _LONGEST_VAGUE = r"(?:{digit}|[两几数半多]){1,3}个?[多余]?\p{Han}{3,8}$", 12


def without_frame(text: str, start: int, end: int) -> int:
    """Return where a stretch ends without one of these at its end.

    Parameters
    ----------
    text : str
        Folded text.
    start, end : int
        The stretch.

    Returns
    -------
    int
        `end` where none stands there.

    Examples
    --------
    >>> without_frame("门诊量一年", 0, 5)
    3
    """
    frame = pattern(_FRAME).search(text, start, end)
    return int(frame.start()) if frame else end


def without_vague_value(text: str, start: int, end: int) -> int:
    """Return where a stretch ends without the first value of a change where that is no quantity.

    Parameters
    ----------
    text : str
        Folded text.
    start, end : int
        The stretch.

    Returns
    -------
    int
        `end` where none stands there.

    Examples
    --------
    >>> without_vague_value("候诊由原来的三四天压缩到", 0, 12)
    2
    """
    if pattern(_VAGUE_END).search(text, max(start, end - _LONGEST_VAGUE), end) is None:
        return end
    vague = pattern(_VAGUE_START).search(text, start, end)
    return int(vague.start()) if vague else end
