"""Quantities: a number, the unit that it counts or measures in, and how exact it is.

Start at `find_quantities`. `_Reader.found` takes the forms of `healthie.numbers`, left to right, drops those that
`healthie.masks` covers and gives each its unit; the methods `_is_…` decide what is a quantity. Then lists are completed
(`_fill`), ranges joined (`_join`), and the words around read (`healthie.modifiers`, `_per`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import regex

from healthie.gazetteer import Gazetteer, read_rows
from healthie.masks import masked, merge
from healthie.modifiers import LIST_GAP, modifier_of, shared
from healthie.numbers import FOLD, TIMES, Form, find_forms, magnitude
from healthie.numerals import GAP, canonical, plain_shape
from healthie.records import Modifier, Quantity
from healthie.table_values import TableValue, find_table_values
from healthie.text import Unwrapped, fold
from healthie.units import Unit, find_unit, unit_of

__all__ = ["find_quantities"]

_LOOK_BACK = 48
_LONGEST_BARE = 9  # a longer run of figures without a unit is a number of a document or a machine
_NUMERALS = frozenset("0123456789零一二两三四五六七八九十百千万亿")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_GAP = regex.compile(GAP)
# a row of figures: its head, which is no sentence, and a number in a column of its own
_ROW_HEAD = regex.compile(r"[^\n,。;:、]{1,40}[ \t|]")
_ROW = regex.compile(r"[^\n,。;:、]{1,20}[ \t|]+[-+]?\d[\d.,]*%?[ \t|]*(?:$|[\n|\t ])")
_INFIX = regex.compile(r"[余多几]?[ ]?(?:大(?=[类项]))?")
# what the first value of a change of time goes on with (从44小时|缩短到2小时)
_MOVES_TO = regex.compile(r"[缩压减延增提降加升涨跌回上下][短缩少长加高低快升降涨跌落滑]?[到至为]")
_GE = regex.compile(rf"个[ ]?(?:(多)|(半))?(?:{GAP})")
_END = regex.compile(r"[ ]?(?:$|[,。;、)!?:\n\r(”\"'】\d]|以上|以下|以内|左右)")
_AGE_END = regex.compile(r"(?:及?以[上下内]|左右)?[ ]?(?:$|[,。;、)\n\r(]|[提增升上延降减下至到和])")
_PLAIN_DECIMAL = regex.compile(r"\p{Han}\d{1,6}\.\d*[1-9]$")
_BEYOND = regex.compile(r"[多余]|强(?![化大度调力劲制])")  # 四成多, 三分之一强
_MOVES = regex.compile(r"[ ]?(?:上?升|跃|提|前移|[下退]?降|下滑|退)")
_BARE_END = regex.compile(r"[ ]?(?:$|[,。;、)!?\n\r(]|以上|以下|左右|以内|和|及|[升提增扩降减缩下])")
_LOOSE_GAP = regex.compile(r"[、,和及与或]\p{Han}{0,6}")
_TOWN = regex.compile(r"[\p{Han}--[大小新老古名强弱重试乡城]][镇乡]|子[镇乡村屯]", regex.V1)
# what orders goes on over a list (第八、|九批)
_PLACE = r"[\d一二三四五六七八九十]{1,4}"
_ORDINALS = regex.compile(rf"第{_PLACE}(?:[、和及与至]{_PLACE}){{0,5}}[、和及与至]$")
_RANGE_GAP = regex.compile(r"[ ]{0,2}(?:-{1,2}|~|至|到)[ ]{0,2}")
_FIRST = regex.compile(r"首(?=位)")
_MOST_ROUNDED = 10**20  # a decimal holds 28 digits; of what is larger four places say nothing
_PER = regex.compile(
    r"(每(?:[一两十百千万亿\d]{1,6})?(?:名|位|个|张|台)?\p{Han}{0,3}?"
    r"(?:人口|居民|老年人|儿童|人|户|病床|床位|床|医师|医生|护士|机构|年|月|天|日|次|例|村|县|镇|乡|家庭|平方公里|学生|职工)(?:每[年月天日次])?"
    r"|[人户次日年月例床校县村]均|均次|[千万]人口)[^,。;!?\n\d]{0,16}$"
)


class _Found(NamedTuple):
    """A form with its unit."""

    form: Form
    end: int
    unit: str
    dimension: str
    kind: str
    more: bool = False  # 余 or 多 stands between number and unit


@lru_cache(maxsize=1)
def _barred() -> dict[str, tuple[str, ...]]:
    """Return the words that keep a number with a counter from being a count, by their class."""
    return {kind: tuple(words.split()) for kind, words in read_rows("not_quantities")}


@lru_cache(maxsize=1)
def _phrases() -> Gazetteer[None]:
    return Gazetteer((phrase, None) for phrase in _barred()["phrase"])


def _phrase_spans(shape: str) -> list[tuple[int, int]]:
    """Return where set phrases stand, but not inside a longer number (万企 in 5万企业)."""
    spans = ((found.start, found.end) for found in _phrases().find(shape, folded=True))
    return [(start, end) for start, end in spans if shape[start - 1 : start] not in _NUMERALS]


@lru_cache(maxsize=1)
def _cues() -> dict[str, regex.Pattern[str]]:
    """Return, by what it decides, the pattern of a word and the few characters between it and a number."""
    return {
        kind: regex.compile(
            rf"(?:{'|'.join(map(regex.escape, words.split()))})[^。;!?\n{'' if kind == 'age' else ','}]{{0,{reach}}}$"
        )
        for kind, reach, words in read_rows("cues")
    }


def _unit_found(form: Form, unit: Unit, end: int, more: bool = False) -> _Found:
    return _Found(form, end, unit.name, unit.dimension, unit.kind, more)


class _Reader:
    """Gives the numbers of one text their units, and tells which of them are quantities."""

    def __init__(self, shape: str) -> None:
        self.shape = shape
        self.forms = sorted([*find_forms(shape), *_spelt(shape)], key=lambda form: form.start)
        self.masks = merge(masked(shape) + _phrase_spans(shape))

    def found(self) -> list[_Found | Form]:
        """Return what each number is: a quantity with its unit, or still only a number."""
        result: list[_Found | Form] = []
        at, covered = 0, 0
        for form in self.forms:
            while at < len(self.masks) and self.masks[at][1] <= form.start:
                at += 1
            if self._is_hidden(form, at) or form.start < covered or self._is_base(form):
                continue
            read = self._read(form)
            result.append(read or form)
            covered = read.end if read else form.end
        return result

    def _is_hidden(self, form: Form, at: int) -> bool:
        """Tell whether a mask covers a number, rather than standing inside it as the foot of a page does."""
        if at >= len(self.masks) or self.masks[at][0] >= form.end:
            return False
        start, end = self.masks[at]
        return not form.start < start < end < form.end

    def _cue(self, kind: str, start: int) -> bool:
        """Tell whether a word of a class of ``data/cues.tsv`` stands before a place."""
        left = self.shape[max(0, start - _LOOK_BACK) : start].rstrip(" \t")
        return bool(_cues()[kind].search(left))

    def _is_base(self, form: Form) -> bool:
        """Tell whether a number is a base (``每10万人``), an order or a class (``前1%``)."""
        left = self.shape[form.start - 1 : form.start]
        return left in ("每", "第") or (left == "前" and form.kind == "percent")

    def _read(self, form: Form) -> _Found | None:
        """Give a number its unit; None where it is no quantity by itself."""
        if form.unit:
            return _Found(form, form.end, form.unit, "rate", "rate")
        if form.kind == "ordinal":
            return self._rank(form)
        if form.body[0] == "0" and form.body[1:2].isdecimal():
            return None
        return self._top(form) or self._counted(form)

    def _counted(self, form: Form) -> _Found | None:
        """Give a cardinal the unit behind it, or none."""
        found = self._unit(form)
        if form.body == "一" and not (found and (found.unit == "倍" or found.form.value != 1)):
            return None  # mostly an article
        if found and self._is_quantity(found):
            return found
        if (found is None or found.kind in ("name", "noun", "rare")) and self._is_bare(form):
            return _Found(form, form.end, "", "", "bare")
        return None

    def _unit(self, form: Form) -> _Found | None:
        """Read the unit behind a number, over a line break, 余 or 多, and 大 (``14大类``)."""
        gap = _GAP.match(self.shape, form.end)
        behind = gap.end() if gap and not self._is_between_rows(form, gap.end()) else form.end
        for start in dict.fromkeys((form.end, behind)):
            infix = _INFIX.match(self.shape, start)
            within = infix.end() if infix else start
            more = within > start and self.shape[start] in "余多几"
            found = self._unit_at(form, within, more) or self._unit_at(form, start, False)
            if found:
                return found
        return None

    def _is_between_rows(self, form: Form, at: int) -> bool:
        """Tell whether a number ends one row of a table, and the next one begins behind it (医院 12⏎人员 300)."""
        if "\n" not in self.shape[form.end : at]:
            return False
        row = self.shape.rfind("\n", 0, form.start) + 1
        return bool(_ROW_HEAD.fullmatch(self.shape, row, form.start) and _ROW.match(self.shape, at))

    def _unit_at(self, form: Form, at: int, more: bool) -> _Found | None:
        """Read the unit at a place; 个 before a measure is no part of it (``3个百分点``)."""
        if ge := _GE.match(self.shape, at):
            inner = find_unit(self.shape, ge.end())
            # 比值 is counted like points, and is no rate; 个治疗量, 个标准箱 are measures too
            if inner and (inner[0].kind in ("time", "rate") or inner[0].dimension in ("points", "other")):
                halved = form._replace(value=form.value + Decimal("0.5")) if ge[2] else form
                return _unit_found(halved, *inner, more or ge[1] is not None)
        unit = find_unit(self.shape, at)
        return _unit_found(form, *unit, more) if unit else None

    def _rank(self, form: Form) -> _Found | None:
        """Read a place reached: ``居全省第3位``, ``全市第一``."""
        placed = self._cue("place", form.start) or self._cue("field", form.start)
        unit = self.shape[form.end : form.end + 1]
        alone = form.body != "首" and (_END.match(self.shape, form.end + 1) or _MOVES.match(self.shape, form.end + 1))
        if unit in ("位", "名") and (placed or alone):
            return _Found(form, form.end + 1, unit, "rank", "rank")
        if placed and form.body != "首" and _END.match(self.shape, form.end):
            return _Found(form, form.end, "", "rank", "rank")
        return None

    def _top(self, form: Form) -> _Found | None:
        """Read a place among the first: ``居全市前三``, ``位列全省前十名``."""
        left = form.start - 1
        if self.shape[left : form.start] != "前" or form.kind != "cardinal" or form.value < 2 or form.bare:
            return None
        if not self._cue("place", left) and not self._cue("field", left):
            return None
        unit = find_unit(self.shape, form.end)
        if unit and unit[0].name in ("位", "名"):
            return _Found(form, unit[1], unit[0].name, "rank", "rank")
        return _Found(form, form.end, "", "rank", "rank") if _END.match(self.shape, form.end) else None

    def _is_bare(self, form: Form) -> bool:
        """Tell whether a number without a unit measures something (``登记人数27430``, ``惠及23万居民``)."""
        follows = self.shape[form.end : form.end + 1]
        lettered = follows.isascii() and follows.isalpha()
        if form.bare or lettered or follows == "级" or len(form.body) > _LONGEST_BARE:
            return False
        if any(char in form.body for char in "万亿"):
            return not form.is_chinese or form.modifier != "=" or len(form.body) > 2
        if form.is_chinese or _YEAR.fullmatch(form.body):
            return False
        counted = self._cue("counted", form.start) or bool(_PLAIN_DECIMAL.search(self.shape, form.start - 1, form.end))
        return counted and bool(_BARE_END.match(self.shape, form.end))

    def _is_quantity(self, found: _Found) -> bool:
        """Tell whether a number with a unit counts or measures, rather than dates, names or orders."""
        form, kind = found.form, found.kind
        if kind == "name":
            return not form.is_chinese and (bool(_END.match(self.shape, found.end)) or self._is_origin(found))
        if kind == "time":
            return self._is_measured_time(found)
        if kind == "age":
            return "." in form.body or (self._cue("age", form.start) and bool(_AGE_END.match(self.shape, found.end)))
        if kind in ("noun", "rare"):
            of_several = kind == "noun" and self.shape[form.start - 1 : form.start] == "等"  # 市教育局等六部门
            return of_several if form.is_chinese else not _YEAR.fullmatch(form.body)
        if form.bare:
            reached = self.shape[form.start - 1 : form.start] in ("过", "达") or self._cue("climbed", form.start)
            paid = found.dimension == "money" and self._cue("paid", form.start)
            return reached or paid or modifier_of(self.shape, form.start, found.end) != "="
        return not self._is_frame(found) and (not form.is_chinese or self._is_chinese_count(found))

    def _orders(self, found: _Found) -> bool:
        """Tell whether a number goes on a list of ordinals (第八、|九批)."""
        start = found.form.start
        ordered = _ORDINALS.search(self.shape, max(0, start - _LOOK_BACK), start)
        return found.unit not in ("位", "名") and ordered is not None

    def _is_measured_time(self, found: _Found) -> bool:
        """Tell whether a span of time is a measurement (``平均住院7.9天``), rather than a date or a duration."""
        if found.form.is_chinese and found.form.value == found.form.value.to_integral_value():
            return False
        cues = ("days",) if found.unit == "日" else ("time", "change")
        measured = self._is_origin(found) or "." in found.form.body
        return measured or any(self._cue(cue, found.form.start) for cue in cues)

    def _is_origin(self, found: _Found) -> bool:
        """Tell whether a change starts here (``从3天缩短到1天``, ``从92点降至90点``)."""
        return self._cue("origin", found.form.start) and bool(_MOVES_TO.match(self.shape, found.end))

    def _is_frame(self, found: _Found) -> bool:
        """Tell whether a counter stands before a noun that only frames what follows (``三个方面``)."""
        if found.form.value >= 1000 or found.dimension != "count":
            return False
        return found.unit == "方面" or self.shape.startswith(_barred()["abstract"], found.end)

    def _is_chinese_count(self, found: _Found) -> bool:
        """Tell whether a Chinese numeral with a counter counts (``两家医院``), rather than points (``这两家``)."""
        form = found.form
        if found.kind == "point" or self._orders(found):
            return False
        if found.unit in ("类", "角") and self.shape[form.end : form.end + 1] != "大":
            return False
        if found.unit in ("个", "家") and _TOWN.match(self.shape, found.end):  # 七个星镇, 四家子镇
            return False
        return self.shape[form.start - 1 : form.start] not in _barred()["before"]


def _spelt(shape: str) -> list[Form]:
    """Return the numbers that only a quantity holds: 首 of 首位, and 翻一番."""
    firsts = (found.span() for found in _FIRST.finditer(shape))
    folds = [(*found.span(), Decimal(2 ** TIMES[found["times"]]), found["about"]) for found in FOLD.finditer(shape)]
    return [
        *(Form(start, end, Decimal(1), None, "=", "ordinal", "", "首") for start, end in firsts),
        *(
            Form(start, end, times, None, "~" if about else "=", "cardinal", "倍", "番")
            for start, end, times, about in folds
        ),
    ]


def _fill(items: list[_Found | Form], shape: str) -> list[_Found]:
    """Give the members of a list the unit that only its last one states: ``12、18名``, ``2.8个、14.3个百分点``."""
    filled: list[_Found] = []
    for item in reversed(items):
        member = _taking(item, filled[-1], shape) if filled and filled[-1].unit else None
        if member:
            filled.append(member)
        elif isinstance(item, _Found):
            filled.append(item)
    return filled[::-1]


def _taking(item: _Found | Form, following: _Found, shape: str) -> _Found | None:
    """Return a member of a list with the unit of the next one; None where it takes none over."""
    form = item.form if isinstance(item, _Found) else item
    if isinstance(item, _Found) and item.unit:
        return following._replace(form=form, end=item.end) if _is_point(item, following, shape) else None
    if not LIST_GAP.fullmatch(shape, item.end, following.form.start):
        return None
    if form.kind == "ordinal":
        ranked = following.unit in ("位", "名")
        return following._replace(form=form, end=item.end, kind="rank", dimension="rank") if ranked else None
    if form.kind != "cardinal" or form.bare or form.is_chinese != following.form.is_chinese:
        return None
    taken = _scaled(form, following.form) if following.form.kind == "cardinal" else form
    return following._replace(form=taken, end=item.end, more=False)


def _is_point(item: _Found, following: _Found, shape: str) -> bool:
    """Tell whether 个 stands for the percentage points of the next member (``下降1.7个、上升0.5个百分点``)."""
    if item.unit != "个" or following.dimension != "points":
        return False
    gap = _LOOSE_GAP if "." in item.form.body else LIST_GAP
    return bool(gap.fullmatch(shape, item.end, following.form.start))


def _scaled(form: Form, following: Form) -> Form:
    """Give a number of a list the magnitude that only the last one states (``3.2、4.5万人``)."""
    factor = magnitude(following.body)
    if factor == 1 or form.value >= 1000 or form.value_max or magnitude(form.body) != 1:
        return form
    return form._replace(value=canonical(form.value * factor))


def _join(items: list[_Found], shape: str) -> list[_Found]:
    """Join two quantities of one unit with a dash between them: ``5个-8个``."""
    joined: list[_Found] = []
    for item in items:
        last = joined[-1] if joined else None
        if last and _is_range(last, item, shape):
            form = last.form._replace(end=item.form.end, value_max=item.form.value)
            joined[-1] = item._replace(form=form)
        else:
            joined.append(item)
    return joined


def _is_range(low: _Found, high: _Found, shape: str) -> bool:
    """Tell whether two quantities are the ends of a range, rather than a change from one to the other."""
    if low.unit != high.unit or low.form.value >= high.form.value or low.form.value_max or high.form.value_max:
        return False
    if low.kind in ("rank", "bare") or not _RANGE_GAP.fullmatch(shape, low.end, high.form.start):
        return False
    left = shape[max(0, low.form.start - _LOOK_BACK) : low.form.start]
    reached = shape[low.end : high.form.start].strip() in ("至", "到") and _cues()["moved"].search(left)
    return not reached and not _cues()["origin"].search(left)


def _modifier(found: _Found, shape: str) -> Modifier:
    """Return how exact a quantity is; a place is exact, unless it is one of the first (``前10位``)."""
    form = found.form
    if (found.kind == "rank" or found.unit in ("位", "名")) and shape[form.start - 1 : form.start] == "前":
        return "<="
    if found.kind == "rank":
        return "="
    beyond = found.kind in ("rate", "measure", "time") and _BEYOND.match(shape, found.end)
    own = ">" if found.more or beyond else form.modifier
    return modifier_of(shape, form.start, found.end, own, gap=found.dimension == "points")


def _base(name: str) -> str:
    """Return what a unit measures in, the same for ``/10万`` and ``‰``."""
    unit = unit_of(name)
    return unit.base if unit else name


def _per(shape: str, start: int) -> str:
    """Return the base of a per-unit reading that stands before a quantity: ``每千人口``."""
    found = _PER.search(shape[max(0, start - 26) : start])
    return str(found[1]) if found else ""


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Find every number that counts or measures something, with its unit.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of Quantity
        In the order of the text; no two overlap.

    Examples
    --------
    >>> [(q.text, str(q.value), q.unit, q.modifier) for q in find_quantities("签约率65%以上，三级医院2家")]
    [('65%', '65', '%', '>='), ('2家', '2', '家', '=')]
    """
    in_cells = [q for value in find_table_values(fold(text)) if (q := _in_cell(text, value)) is not None]
    written = _find_written(text)
    if not in_cells:
        return written
    ends = [cell.end for cell in in_cells]
    starts = [cell.start for cell in in_cells]
    # no written quantity that overlaps a cell: as many cells begin before its end as end by its start
    apart = (q for q in written if bisect_left(starts, q.end) == bisect_right(ends, q.start))
    return tuple(sorted([*apart, *in_cells], key=lambda quantity: quantity.start))


def _in_cell(text: str, value: TableValue) -> Quantity | None:
    """Return the quantity in a cell of a table, as if its unit stood behind it; None where the two make none."""
    number = text[value.start : value.end]
    lead = "" if value.unit else "数"  # a bare number is a quantity only behind what it counts
    found = _find_written(lead + fold(number).removeprefix("+") + value.unit)
    if len(found) != 1 or found[0].start > len(lead):
        return None
    return replace(found[0], start=value.start, end=value.end, text=number)


def _find_written(text: str) -> tuple[Quantity, ...]:
    """Find the quantities that state their own unit or noun."""
    unwrapped = Unwrapped(text)
    shape = plain_shape(unwrapped.text)
    items = _join(_fill(_Reader(shape).found(), shape), shape)
    modifiers = shared(
        shape,
        [(item.form.start, item.end) for item in items],
        [_base(item.unit) for item in items],
        [_modifier(item, shape) for item in items],
    )
    return tuple(
        _quantity(text, shape, unwrapped.span(item.form.start, item.end), item, modifier)
        for item, modifier in zip(items, modifiers, strict=True)
    )


def _quantity(text: str, shape: str, span: tuple[int, int], found: _Found, modifier: Modifier) -> Quantity:
    form = found.form
    start, end = span
    is_quotient = form.kind in ("fraction", "ratio")
    return Quantity(
        start,
        end,
        text[start:end],
        _rounded(form.value) if is_quotient else form.value,
        _rounded(form.value_max) if is_quotient and form.value_max is not None else form.value_max,
        found.unit,
        modifier,
        found.dimension,
        _per(shape, form.start),
    )


def _rounded(value: Decimal) -> Decimal:
    """Return a quotient to four places."""
    return canonical(value.quantize(Decimal("0.0001"))) if abs(value) < _MOST_ROUNDED else value
