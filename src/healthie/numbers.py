"""Numbers in Chinese text, however they are written: ``37.26``, ``３万4千``, ``十几万``, ``三分之一``, ``百分之三十``.

Start at `find_numbers`. It takes the numerals of `healthie.numerals`, left to right, and joins those that make one
number: fractions, percentages, ratios, ranges (`_Joiner`). `parse_number` is the same grammar on a whole string, so the
two cannot differ.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import lru_cache
from math import prod
from typing import NamedTuple

import regex

from healthie.gazetteer import Gazetteer, read_rows
from healthie.numerals import DIGITS, Atom, plain_shape, scan
from healthie.records import Modifier, Number, NumberKind
from healthie.text import Unwrapped

__all__ = ["Form", "find_forms", "find_numbers", "magnitude", "parse_number"]

_W = r"[ ]{0,3}"
_WIDEST_GAP = 8  # characters between two atoms of one number
_RATES = {"百": "%", "千": "‰", "万": "‱"}
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
_RATE_LEAD = regex.compile(rf"(负的?)?(?<![一二两三四五六七八九十百千万\d]{_W})([百千万]){_W}分{_W}之?{_W}(负)?$")
_LONGEST_LEAD = 14
_RATE_TAIL = regex.compile(rf"{_W}([%‰‱])")
_FRACTION_GAP = regex.compile(rf"{_W}分{_W}之{_W}")
_MIXED_GAP = regex.compile(rf"{_W}又{_W}")
_RATIO_GAP = regex.compile(rf"{_W}[∶:]{_W}")
_RANGE_GAP = regex.compile(rf"{_W}(?:-{{1,2}}|~|至|到){_W}")
_SLASHED = regex.compile(r"(?:-?(\d{1,3})[ ])?-?(\d{1,3})/(\d{1,3})(?![\d/.:万千%]|[ ]?[A-Za-z])")
_LONGEST_TOP = 10  # characters of it up to the stroke
_TENTHS = regex.compile(
    rf"[ ]?成(?![为立功员长果就熟本绩套交品型份都像])"
    rf"(?:[ ]?([{DIGITS[1:]}])(?![{DIGITS}十百千万])|(半)(?![天年月日夜个路身边]))?"
)
_IN_TENTHS = regex.compile("[成折]")
_DISCOUNT = regex.compile(r"[ ]?折(?![扣叠线旧页算合射返磨])")
_TWO_DISCOUNT = regex.compile(rf"(?<![{DIGITS}十百千万])([{DIGITS[1:]}])([{DIGITS[1:]}]){_DISCOUNT.pattern}")
FOLD = regex.compile(r"翻了?(?P<about>将近|近|约)?(?P<times>[一两二三四])番")
TIMES = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4}
_NEAR = regex.compile(r"近[ ]?(?=[百千万亿])")
_HALF_TAIL = regex.compile(r"半(?![天年月日夜个路身边])")
_ORDINAL_LEADS = ("第", "第 ", "第\n", "第 \n")
_ORIGIN = regex.compile(r"[从由自][^,。;!?\n]{0,22}$")
_NAME = regex.compile(r"(?<![A-Za-z\d])[A-Z]{2,8}$")
_LATIN = regex.compile(r"[A-Za-z][-_]?$")
_ADDRESS = regex.compile(
    r"(?:https?://|www\.)[!-~]{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}", regex.ASCII
)
# Numbers that hold no numeral of their own, with their value, kind and unit.
_WORDS: tuple[tuple[regex.Pattern[str], str, NumberKind, str], ...] = (
    (regex.compile(r"百分之?百(?![分姓])"), "100", "percent", "%"),
    (regex.compile(r"(?<![过多])半数"), "0.5", "fraction", "比例"),
    (regex.compile(r"半折|(?<=打)[对對]折"), "50", "percent", "%"),
)


class Form(NamedTuple):
    """A number with what the finder of quantities has to know of how it was written.

    Attributes
    ----------
    start, end : int
        Character offsets, sign, 第 and the signs of percentage included.
    value, value_max, modifier, kind
        As on `Number`.
    unit : str
        The unit that the form itself states (``%``, ``‰``, ``比例``), else empty.
    body : str
        The numeral itself; of several, all of them.
    bare : bool
        Only a magnitude (``百``, ``千万``).
    """

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    modifier: Modifier
    kind: NumberKind
    unit: str
    body: str
    bare: bool = False

    @property
    def is_chinese(self) -> bool:
        """Tell whether no Arabic figure is in it."""
        return not any(char.isdecimal() for char in self.body)


def _divide(top: Decimal, bottom: Decimal) -> Decimal | None:
    """Return the quotient to 28 figures; None where there is none."""
    with localcontext() as context:
        context.prec = 28
        return top / bottom if bottom else None


def _tenfold(form: Form, end: int, units: int = 0) -> Form:
    """Return a number of tenths, both ends of it, as a percentage."""
    upper = None if form.value_max is None else form.value_max * 10 + units
    return form._replace(end=end, value=form.value * 10 + units, value_max=upper, kind="percent", unit="%")


class _Joiner:
    """Joins the atoms of one text into forms, left to right; looks at each atom a bounded number of times."""

    def __init__(self, shape: str, atoms: list[Atom]) -> None:
        self.shape = shape
        self.atoms = atoms

    def run(self) -> list[Form]:
        """Return the forms, in order."""
        forms: list[Form] = []
        index = 0
        while index < len(self.atoms):
            form, index = self._fraction(index) or self._slashed(index) or self._ratio(index) or self._single(index)
            while index < len(self.atoms) and self.atoms[index].start < form.end:
                index += 1
            joined = self._range(forms[-1], form) if forms else None
            if joined:
                forms[-1] = joined
            else:
                forms.append(form)
        return forms

    def _is_near(self, index: int) -> bool:
        """Tell whether an atom and the next stand close enough to make one number."""
        return index + 1 < len(self.atoms) and self.atoms[index + 1].start - self.atoms[index].end <= _WIDEST_GAP

    def _gap(self, index: int, pattern: regex.Pattern[str]) -> bool:
        """Tell whether just this stands between an atom and the next."""
        if not self._is_near(index):
            return False
        return bool(pattern.fullmatch(self.shape, self.atoms[index].end, self.atoms[index + 1].start))

    def _fraction(self, index: int) -> tuple[Form, int] | None:
        """Read ``三分之一`` and ``三又五分之一``."""
        if not self._is_near(index):
            return None
        atoms = self.atoms
        whole = atoms[index] if self._gap(index, _MIXED_GAP) and self._gap(index + 1, _FRACTION_GAP) else None
        at = index + 1 if whole else index
        if not self._gap(at, _FRACTION_GAP) or atoms[at].value_max or atoms[at + 1].value_max:
            return None
        quotient = _divide(atoms[at + 1].value, atoms[at].value)
        if quotient is None:
            return None
        first = whole or atoms[at]
        value = quotient + whole.value if whole else quotient
        return Form(first.start, atoms[at + 1].end, value, None, "=", "fraction", "比例", atoms[at + 1].body), at + 2

    def _slashed(self, index: int) -> tuple[Form, int] | None:
        """Read ``2/3`` and ``1 2/3``, where no figure or stroke goes on before or behind."""
        top = self.atoms[index]
        if self.shape.find("/", top.start, top.start + _LONGEST_TOP) < 0:
            return None
        found = _SLASHED.match(self.shape, top.start)
        if not found or int(found[3]) < 2 or self.shape[top.start - 1 : top.start] in tuple("/.-:"):
            return None
        value = Decimal(found[1] or 0) + (_divide(Decimal(found[2]), Decimal(found[3])) or 0)
        after = index
        while after < len(self.atoms) and self.atoms[after].start < found.end():
            after += 1
        signed = -value if top.value < 0 else value
        return Form(top.start, found.end(), signed, None, "=", "fraction", "比例", found[0]), after

    def _ratio(self, index: int) -> tuple[Form, int] | None:
        """Read ``2.5∶1``; a colon needs a one or a decimal beside it, or it is a time or a score."""
        if not self._gap(index, _RATIO_GAP):
            return None
        left, right = self.atoms[index], self.atoms[index + 1]
        sure = "∶" in self.shape[left.end : right.start] or "比" in self.shape[max(0, left.start - 4) : left.start]
        likely = "." in left.body + right.body or right.body == "1" or (left.body == "1" and len(right.body) == 1)
        around = (self.shape[left.start - 1 : left.start], self.shape[right.end : right.end + 1])
        chained = "∶" in around or ":" in around
        value = _divide(left.value, right.value)
        if not (sure or likely) or chained or value is None:
            return None
        return Form(left.start, right.end, value, None, "=", "ratio", "比例", f"{left.body}:{right.body}"), index + 2

    def _single(self, index: int) -> tuple[Form, int]:
        """Read one atom with what stands right before and behind it."""
        atom = self.atoms[index]
        form = Form(
            atom.start, atom.end, atom.value, atom.value_max, atom.modifier, "cardinal", "", atom.body, atom.bare
        )
        left = self.shape[max(0, atom.start - _LONGEST_LEAD) : atom.start]
        if "分" in left and (lead := _RATE_LEAD.search(self.shape, atom.start - len(left), atom.start)):
            value = -form.value if lead[1] or lead[3] else form.value
            return form._replace(start=lead.start(), value=value, kind="percent", unit=_RATES[lead[2]]), index + 1
        if left.endswith(_ORDINAL_LEADS):
            return form._replace(start=self.shape.rindex("第", 0, atom.start), kind="ordinal"), index + 1
        return self._tail(form), index + 1

    def _tail(self, form: Form) -> Form:
        """Read the sign of a rate behind a number, and 成, 折 and 半."""
        if found := _RATE_TAIL.match(self.shape, form.end):
            return form._replace(end=found.end(), kind="percent", unit=found[1])
        if form.body == "一" and (found := _HALF_TAIL.match(self.shape, form.end)):
            return form._replace(end=found.end(), value=Decimal("0.5"), kind="fraction", unit="比例")
        if len(form.body) > 4 or not 0 < form.value <= 10:
            return form
        if found := _TENTHS.match(self.shape, form.end):
            units = DIGITS.index(found[1]) if found[1] else 5 if found[2] else 0
            return _tenfold(form, found.end(), units)
        if found := _DISCOUNT.match(self.shape, form.end):
            return _tenfold(form, found.end())
        return form

    def _range(self, low: Form, high: Form) -> Form | None:
        """Join two forms into a range; the lower end takes over percentage and magnitude of the upper."""
        if high.start - low.end > _WIDEST_GAP or low.bare or high.bare:
            return None
        if low.value_max is not None or high.value_max is not None:
            return None
        same = low.kind == high.kind and low.unit == high.unit
        alike = same or (low.kind == "cardinal" and high.kind == "percent")
        if not alike or low.kind in ("fraction", "ratio"):
            return None
        gap = _RANGE_GAP.fullmatch(self.shape, low.end, high.start)
        if not gap or (low.kind == "percent" and self._is_change(low.start, gap[0])):
            return None
        in_tenths = low.kind == "cardinal" and _IN_TENTHS.search(self.shape, high.start, high.end)
        value = low.value * (10 if in_tenths else _shared(low, high))
        if value >= high.value:
            return None
        modifier = high.modifier if high.modifier != "=" else low.modifier
        body = f"{low.body}-{high.body}"
        return Form(low.start, high.end, value, high.value, modifier, high.kind, high.unit, body)

    def _is_change(self, start: int, gap: str) -> bool:
        """Tell whether 到 leads from one value to another (``从5%到8%``), rather than spanning a range."""
        return gap.strip() in ("到", "至") and bool(_ORIGIN.search(self.shape, max(0, start - 24), start))


def magnitude(body: str) -> int:
    """Return the big magnitude that a numeral ends in: 10000 for ``1.5万``, 1 where there is none.

    Parameters
    ----------
    body : str
        A numeral as on `Form.body`.

    Returns
    -------
    int
        The product of its last magnitudes.

    Examples
    --------
    >>> magnitude("2.3万亿"), magnitude("三百")
    (1000000000000, 1)
    """
    return prod(_SCALES[char] for char in body[len(body.rstrip("万亿兆")) :])


def _shared(low: Form, high: Form) -> int:
    """Return the magnitude that the lower end of a range leaves to the upper (``1-2万``), else 1."""
    if any(char in low.body for char in "万亿兆"):
        return 1
    factor = magnitude(high.body)
    if factor == 1 and high.body[-1] in "百千" and not any(char in low.body for char in "十百千"):
        factor = _SCALES[high.body[-1]]
    return factor if low.value * factor < high.value else 1


@lru_cache(maxsize=1)
def _number_words() -> Gazetteer[None]:
    return Gazetteer((word, None) for _, words in read_rows("number_words") for word in words.split())


@lru_cache(maxsize=1)
def _name_counters() -> tuple[str, ...]:
    return next(tuple(words.split()) for kind, words in read_rows("not_quantities") if kind == "named")


def _is_code(shape: str, atom: Atom) -> bool:
    """Tell whether a figure goes on a Latin name (``H7N9``), rather than counting what it names (``CT2台``)."""
    if not atom.body[0].isdecimal() or not shape[atom.start - 1 : atom.start].isascii():
        return False
    if not _LATIN.search(shape, max(0, atom.start - 2), atom.start):
        return False
    named = _NAME.search(shape, max(0, atom.start - 9), atom.start)
    return not (named and len(atom.body) <= 4 and shape.startswith(_name_counters(), atom.end))


def _visible(shape: str) -> list[Atom]:
    """Return the atoms that stand in no word, address or code."""
    spans = [(found.start, found.end) for found in _number_words().find(shape, folded=True)]
    if "." in shape:
        spans = sorted(spans + [found.span() for found in _ADDRESS.finditer(shape)])
    kept, at = [], 0
    for atom in scan(shape):
        while at < len(spans) and spans[at][1] <= atom.start:
            at += 1
        inside = at < len(spans) and spans[at][0] <= atom.start and atom.end <= spans[at][1]
        inside = inside and not shape.startswith("分之", atom.end)  # 十分 is a word, 十分之一 is not
        if not inside and not _is_code(shape, atom):
            kept.append(atom)
    return kept


def _spelt(shape: str) -> list[Form]:
    """Return the numbers that hold no numeral of their own: ``百分之百``, ``半数``."""
    if "百" not in shape and "半" not in shape and "折" not in shape:
        return []
    words = [
        Form(found.start(), found.end(), Decimal(value), None, "=", kind, unit, found[0])
        for pattern, value, kind, unit in _WORDS
        for found in pattern.finditer(shape)
    ]
    discounts = [
        Form(found.start(), found.end(), Decimal(_two_digits(found)), None, "=", "percent", "%", found[1] + found[2])
        for found in _TWO_DISCOUNT.finditer(shape)
        if _two_digits(found) % 11 != 1  # 七八折 is an estimate
    ]
    return words + discounts


def _two_digits(found: regex.Match[str]) -> int:
    return DIGITS.index(found[1]) * 10 + DIGITS.index(found[2])


def find_forms(shape: str) -> list[Form]:
    """Return the numbers of a text with how they were written.

    Parameters
    ----------
    shape : str
        A text as `healthie.numerals.plain_shape` returns it.

    Returns
    -------
    list of Form
        In the order of the text; no two overlap.

    Examples
    --------
    >>> [(form.body, form.unit) for form in find_forms(plain_shape("达到百分之五十"))]
    [('五十', '%')]
    """
    forms = _Joiner(shape, _visible(shape)).run()
    spelt = _spelt(shape)
    if not spelt:
        return forms
    taken = {at for form in spelt for at in range(form.start, form.end)}
    apart = [form for form in forms if taken.isdisjoint(range(form.start, form.end))]
    return sorted([*apart, *spelt], key=lambda form: form.start)


def find_numbers(text: str) -> tuple[Number, ...]:
    """Find every number in a text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of Number
        In the order of the text; no two overlap.

    Examples
    --------
    >>> [(n.text, str(n.value), n.kind) for n in find_numbers("新建１２所，完成百分之六十以上，列第4")]
    [('１２', '12', 'cardinal'), ('百分之六十', '60', 'percent'), ('第4', '4', 'ordinal')]
    """
    unwrapped = Unwrapped(text)
    found = [(form, *unwrapped.span(form.start, form.end)) for form in find_forms(plain_shape(unwrapped.text))]
    return tuple(
        Number(start, end, text[start:end], form.value, form.value_max, form.modifier, form.kind)
        for form, start, end in found
        if not form.bare
    )


def _whole(shape: str) -> Form | None:
    """Return the one number that a string is, words that mean a number only when alone included; else None."""
    if shape == "半":
        return Form(0, 1, Decimal("0.5"), None, "=", "fraction", "比例", shape)
    if fold := FOLD.fullmatch(shape):
        return Form(
            0,
            len(shape),
            Decimal(2 ** TIMES[fold["times"]]),
            None,
            "~" if fold["about"] else "=",
            "cardinal",
            "倍",
            shape,
        )
    near = _NEAR.match(shape)
    start, end = near.end() if near else 0, len(shape.removesuffix("倍"))
    for form in find_forms(shape):
        if (form.start, form.end) == (start, end) and (near or not form.bare or len(form.body) > 1):
            return form._replace(modifier="~") if near else form
    return None


def parse_number(text: str) -> Number:
    """Read a string that is one number and nothing else.

    Parameters
    ----------
    text : str
        A number in any form that `find_numbers` knows, ``半``, a magnitude (``百万``, ``近百``), a multiple (``两倍``,
        ``翻一番``); spaces around it are allowed.

    Returns
    -------
    Number
        With offsets into `text`.

    Raises
    ------
    TypeError
        If it is no string.
    ValueError
        If the string is not one whole number.

    Examples
    --------
    >>> str(parse_number("十九点四亿").value)
    '1940000000'
    >>> parse_number("一站式")
    Traceback (most recent call last):
        ...
    ValueError: '一站式' is not a number; give one numeral such as '1.8亿', '三十余' or '百分之五'.
    """
    if not isinstance(text, str):
        raise TypeError(f"parse_number reads a string such as '1.8亿', not {type(text).__name__}.")
    body = text.strip()
    left = len(text) - len(text.lstrip())
    if form := _whole(plain_shape(body)):
        end = left + len(body)
        return Number(left, end, body, form.value, form.value_max, form.modifier, form.kind)
    shown = body if len(body) <= 40 else body[:40] + "…"
    raise ValueError(f"{shown!r} is not a number; give one numeral such as '1.8亿', '三十余' or '百分之五'.")
