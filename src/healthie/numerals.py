"""The value of one written numeral: Arabic, Chinese or mixed, vague or plain, with its magnitudes.

Start at `scan`: it yields every numeral of a text as an `Atom`. `_value` reads one: cn2an reads and checks the Chinese
below ten thousand, and the rest is read here: magnitudes (万, 亿), Arabic figures, vague words (十几, 两三) and
shorthand (三万五). `healthie.numbers` joins atoms into fractions, percentages, ratios and ranges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache
from math import prod
from typing import NamedTuple

import regex

from healthie.records import Modifier
from healthie.text import fold

__all__ = ["DIGITS", "GAP", "Atom", "canonical", "plain_shape", "scan"]

DIGITS = "零一二三四五六七八九"

# Every way of writing a numeral character, to the plain one; one for one, so that offsets stay true.
_PLAIN = str.maketrans("〇○壹贰叁肆伍陆柒捌玖拾佰仟億負倆俩", "零零一二三四五六七八九十百千亿负两两")
_FORMAL = "贰叁肆伍陆柒捌玖拾"
# Alone, 陆, 伍, 拾 and the like are words; formal numerals come in runs.
_FORMAL_RUN = regex.compile(
    r"[〇○億佰仟壹負倆俩]|(?<=之)[贰叁肆伍陆柒捌玖拾]"
    rf"|[两{DIGITS}十百千万亿兆{_FORMAL}](?:[ ]?[两{DIGITS}十百千万亿兆{_FORMAL}壹佰仟点〇○])++"
)
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
_POWERS |= {"k": 1000, "K": 1000, "w": 10**4, "W": 10**4, "M": 10**6, "G": 10**9}
_TENS = {"廿": "二十", "卅": "三十", "卌": "四十"}
_LONGEST = 64  # a longer run of numeral characters is no number of a report

# What may stand inside a number or before its unit: spaces, a line break, the foot of a page with its number.
_FOOT = r"(?:-{1,2}[ ]?\d{1,4}[ ]?-{1,2}|第[ ]?\d{1,4}[ ]?页)"
_LINE = r"\r?\n[ \t]{0,4}"
GAP = rf"[ \t]{{0,3}}(?:{_LINE}(?:(?:{_LINE}){{0,2}}{_FOOT}[ \t]{{0,4}}(?:{_LINE}){{1,3}})?)?"
_FEET = regex.compile(rf"\n\s{{0,12}}{_FOOT}\s{{0,12}}\n")
_W = GAP
_A = r"(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:(?<!\d\.\d{1,20})\.\d++(?!\.\d))?"
_X = f"两{DIGITS}"
# 千 and 兆 before a unit of measure belong to it (110千伏, 50兆瓦), and 百 to 百分点.
_M = rf"(?:[十万亿]|百(?![ ]?分[ ]?点)|千(?![米克瓦伏卡赫帕焦安])|(?<=[{_X}])千|兆(?![瓦赫字比帕欧焦]))"
_YU = r"余(?![额地热款缺震])"
_DUO = r"多(?!元化|样|媒体|渠道|维|中心|层次|方位)"
_VAGUE = rf"(?:好几|[几数]|(?<![跨迈登站跃冲踏升早晚])上(?=[百千万亿]))(?=[ ]?{_M})"
_MAGNITUDE = rf"{_M}(?![ ]{{0,3}}分[ ]{{0,3}}之)"
_LEAD = rf"(?:{_A}|(?<![\d.])\.\d++|[{_X}]++|[廿卅卌][一二三四五六七八九]?+|{_VAGUE}|十|{_MAGNITUDE})"
_STEP = rf"(?:{_W}(?:{_YU}|{_DUO}|几|来(?![自到源]))?+{_W}{_M})"
_NEXT = (
    # not of 20亿、30亿两个关口, where 两个 sums up the list
    rf"(?:(?<=[十百千万亿兆余多几]){_W}(?!(?<=\d[万亿兆]{{1,3}})[{_X}]个)"
    rf"(?:零\d{{1,4}}(?!\d)|\d++(?:\.\d++)?(?={_W}{_M})|(?:[{DIGITS}廿卅卌]|两(?={_W}{_M}))++){_STEP}*+)"
)
_POINT = rf"(?:(?<=[{_X}十百千万亿]){_W}点{_W}[{DIGITS}]++(?![十百]){_STEP}*+)"
_TAIL = (
    rf"(?:(?<=\d\d|[十百千万亿兆])[ ]?(?:{_YU}|{_DUO})"
    rf"|(?<=[十百千廿卅\d])(?:几|(?:(?<!\d)|(?<=(?<!\d)[1-9]0{{1,2}}))来(?=[个名家年天人位次万]))"
    r"|(?<=\d)(?:[eE][-+]?\d{1,2}(?![\d%])|[kKwW](?![A-Za-z])|[ ]?[MG](?![\w])))"
)
_SIGN = (
    rf"(?:(?<![减抱担胜正])负|零下(?=[\d{_X}十])|(?<![\w.)\]%℃~\-+/]|\d[ ])[-+][ ]?(?=[\d.])"
    r"|(?<=[为是达到率速幅长降增和及、])-(?=\d{1,3}(?:\.\d{1,4})?[ ]?[%‰])"
    r"|(?<=[为是达到至在于温度约近])-(?=\d{1,3}(?:\.\d{1,2})?[ ]?(?:℃|°C|摄氏度)))"
)
_NUMERAL = regex.compile(rf"(?P<sign>{_SIGN})?+(?P<body>{_LEAD}{_STEP}*+{_NEXT}*+{_POINT}?+{_TAIL}?+)")

_MORE = regex.compile("零?(?:余|多|几|来)")
_SOME = regex.compile("^(?:好几|几|数|上)")
_SUFFIX = regex.compile(r"[kKwWMG]$|[eE]([-+]?\d+)$")
_PIECE = regex.compile(r"([^万亿兆]*)([万亿兆]*)")
_FIGURES = regex.compile(rf"({_A}|\.\d+)([十百千]*)|([^\d.]+)")
_PAIR = regex.compile(rf"(?<![{_X}点])([{_X}])([{_X}])(?![{_X}])")
_AFTER = {
    "一": "二两",
    "二": "三",
    "两": "三",
    "三": "四五",
    "四": "五",
    "五": "六",
    "六": "七",
    "七": "八",
    "八": "九",
}


class Atom(NamedTuple):
    """One numeral of a text.

    Attributes
    ----------
    start, end : int
        Character offsets.
    body : str
        Its characters, spaces taken out, every numeral character made plain.
    value : Decimal
        Its value; the lower end where two digits leave it open (``三四十``).
    value_max : Decimal or None
        The upper end, else None.
    modifier : Modifier
        ``>`` where the numeral itself says that there is more (``十几``, ``40余万``), ``~`` for ``70来``, ``>=`` for
        ``上百``.
    bare : bool
        Only a magnitude, as in ``百姓`` or ``万家``: a number only where the words around it make it one.
    """

    start: int
    end: int
    body: str
    value: Decimal
    value_max: Decimal | None
    modifier: Modifier
    bare: bool


def canonical(value: Decimal) -> Decimal:
    """Return a decimal in its plainest form: no zeros at the end of a fraction, no exponent on a whole number.

    Parameters
    ----------
    value : Decimal
        A finite decimal.

    Returns
    -------
    Decimal
        The same number.

    Examples
    --------
    >>> str(canonical(Decimal("37.260"))), str(canonical(Decimal("1E+3")))
    ('37.26', '1000')
    """
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole and abs(value) < Decimal(10) ** 26 else value.normalize()


def plain_shape(text: str) -> str:
    """Return the text folded, with every numeral character made plain, in the same length.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        A string of the same length, ready for `scan`.

    Examples
    --------
    >>> plain_shape("贰佰伍拾萬、３")
    '二百五十万、3'
    """
    return str(_FORMAL_RUN.sub(lambda run: run[0].translate(_PLAIN), fold(text)))


@lru_cache(maxsize=1)
def _reader() -> Callable[[str, str], int | float]:
    from cn2an import cn2an  # noqa: PLC0415 - it takes a tenth of a second, and not every program reads numbers

    reader: Callable[[str, str], int | float] = cn2an
    return reader


def _chinese(numeral: str) -> Decimal:
    """Return the value of plain Chinese below ten thousand; ValueError where it is ill formed."""
    for tens, spelt in _TENS.items():
        numeral = numeral.replace(tens, spelt)
    numeral = numeral.replace("零十", "十")
    if numeral[0] in "百千":
        numeral = "一" + numeral
    if len(numeral) > 1 and numeral[-1] == "两":
        raise ValueError("两 cannot end a numeral")
    try:
        return Decimal(_reader()(numeral.lstrip("零") or "零", "normal"))
    except KeyError:  # cn2an's answer to some ill-formed numerals
        raise ValueError(f"{numeral!r} is ill formed") from None


def _section(text: str) -> Decimal:
    """Return the value of what stands before one magnitude: ``1.8``, ``三百五``, ``7千5百``, ``十九点四``."""
    whole, point, decimals = text.partition("点")
    if point:
        fraction = Decimal("0." + "".join(str(DIGITS.index(digit)) for digit in decimals))
        return (_section(whole) if whole else Decimal(0)) + fraction
    if not any(char.isdecimal() for char in text):
        return _chinese(text)
    total = Decimal(0)
    for figure, powers, rest in _FIGURES.findall(text.replace("零", "")):
        total += _chinese(rest) if rest else Decimal(figure.replace(",", "")) * prod(_POWERS[char] for char in powers)
    return total


def _plain(body: str) -> Decimal:
    """Return the value of a numeral without vague words (``2.6亿``, ``三万五``); ValueError if it is ill formed."""
    factor = Decimal(1)
    if suffix := _SUFFIX.search(body):
        factor = Decimal(10) ** int(suffix[1]) if suffix[1] else Decimal(_POWERS[suffix[0]])
        body = body[: suffix.start()]
    total, last = Decimal(0), Decimal(0)
    for text, magnitudes in _PIECE.findall(body):
        if not text and not magnitudes:
            continue
        scale = Decimal(prod(_POWERS[char] for char in magnitudes))
        value = _section(text) if text else Decimal(1)
        if not magnitudes and last and text in DIGITS[1:]:
            scale = last / 10  # 三万五
        total = (total + value) * scale if total and scale > last else total + value * scale
        last = scale
    return canonical(total * factor)


@lru_cache(maxsize=4096)
def _value(body: str) -> tuple[Decimal, Decimal | None, Modifier]:
    """Return the value, the upper end or None, and how exact the numeral says it is; ValueError if ill formed."""
    kept = _MORE.sub("", _SOME.sub("一", body))
    modifier: Modifier = ">=" if body[0] == "上" else "=" if kept == body else "~" if "来" in body else ">"
    pair = _PAIR.search(kept)
    if pair and pair[2] in _AFTER.get(pair[1], ""):
        low = kept[: pair.start(2)] + kept[pair.end(2) :]
        high = kept[: pair.start(1)] + kept[pair.end(1) :]
        return _plain(low), _plain(high), modifier
    if pair and pair[0] == kept and "零" not in kept:
        raise ValueError("two digits side by side that are neither a year nor an estimate")
    return _plain(kept), None, modifier


def scan(shape: str) -> Iterator[Atom]:
    """Yield the numerals of a text, left to right.

    Parameters
    ----------
    shape : str
        A text as `plain_shape` returns it.

    Yields
    ------
    Atom
        Every numeral that is well formed; no two overlap.

    Examples
    --------
    >>> [(atom.body, int(atom.value)) for atom in scan(plain_shape("投入2.6亿元，签约三千余户"))]
    [('2.6亿', 260000000), ('三千余', 3000)]
    """
    for found in _NUMERAL.finditer(shape):
        sign, body = found.groups()
        if "\n" in body:
            body = _FEET.sub("\n", body)
        body = "".join(body.split())
        if len(body) > _LONGEST:
            continue
        try:
            low, high, modifier = _value(body)
        except (ValueError, ArithmeticError):
            continue
        if sign and sign[0] != "+":
            low, high = (-low, None) if high is None else (-high, -low)
        start, end = found.span()
        yield Atom(start, end, body, low, high, modifier, not body.strip("百千万亿兆"))
