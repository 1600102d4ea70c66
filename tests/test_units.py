"""The unit table and conversion."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
import regex

from healthie import find_quantities
from healthie.gazetteer import read_rows
from healthie.records import Quantity
from healthie.units import convert, find_unit, unit_of

KINDS = {"count", "rare", "noun", "name", "measure", "rate", "time", "age", "point"}


def quantity(value: str, unit: str, high: str | None = None) -> Quantity:
    return Quantity(0, 1, "?", Decimal(value), Decimal(high) if high else None, unit)


def test_the_table_is_sound() -> None:
    rows = read_rows("units")
    names = [row[0] for row in rows]
    assert len(names) == len(set(names)) > 400
    for name, dimension, base, factor, kind, *stop in rows:
        assert name == name.strip()
        assert dimension
        assert base
        assert kind in KINDS, name
        assert Fraction(factor) > 0, name
        assert not stop or regex.compile(stop[0])


def test_a_base_unit_is_one_of_itself() -> None:
    for name, dimension, base, factor, *_ in read_rows("units"):
        if name == base:
            assert Fraction(factor) == 1, name
        elif (unit := unit_of(base)) is not None:
            assert unit.dimension == dimension, name


@pytest.mark.parametrize(
    ("text", "unit", "dimension"),
    [
        ("万人次", None, None),
        ("人次以上", "人次", "count"),
        ("人员", "人", "count"),
        ("人均收入", None, None),
        ("名单", None, None),
        ("名医师", "名", "count"),
        ("平方米的", "平方米", "area"),
        ("元/月的", "元/月", "money/月"),
        ("元/人·年", "元/人·年", "money/人·年"),
        ("/10万", "/10万", "rate"),
        ("/10万人", "/10万人", "rate"),
        ("例/10万人", "例/10万人", "count/10万人"),
        ("人/百亿元", "人/百亿元", "count/百亿元"),
        ("微克/立方米，", "微克/立方米", "mass/立方米"),
        ("/月", None, None),
        ("", None, None),
    ],
)
def test_finds_a_unit(text: str, unit: str | None, dimension: str | None) -> None:
    found = find_unit(text, 0)
    assert (found and found[0].name, found and found[0].dimension) == (unit, dimension)
    assert found is None or text[: found[1]] == found[0].name


@pytest.mark.parametrize(
    ("value", "unit", "to", "wanted"),
    [
        ("372600", "元", "万元", "37.26"),
        ("1.5", "公顷", "平方米", "15000"),
        ("2", "公里", "米", "2000"),
        ("6.25", "‰", "%", "0.625"),
        ("8.7", "/10万", "‰", "0.087"),
        ("0.25", "比例", "%", "25"),
        ("50", "基点", "百分点", "0.5"),
        ("3", "小时", "分钟", "180"),
        ("2", "年", "月", "24"),
        ("500", "毫升", "升", "0.5"),
        ("3", "吨", "公斤", "3000"),
        ("600", "元/月", "万元/月", "0.06"),
        ("20000", "人次", "万人次", "2"),
        ("7", "家", "家", "7"),
    ],
)
def test_converts(value: str, unit: str, to: str, wanted: str) -> None:
    converted = quantity(value, unit).to(to)
    assert (str(converted.value), converted.unit) == (wanted, to)


def test_converts_both_ends_of_a_range() -> None:
    converted = convert(quantity("10000", "元", "20000"), "万元")
    assert (converted.value, converted.value_max) == (1, 2)


def test_keeps_the_place_and_the_text() -> None:
    (found,) = find_quantities("投资2.4亿元")
    converted = found.to("万元")
    assert (converted.start, converted.end, converted.text, converted.value) == (2, 7, "2.4亿元", 24000)


@pytest.mark.parametrize(
    ("unit", "to", "message"),
    [
        ("元", "平方米", "measures money in 元 and cannot be given in '平方米'; choose a unit of money"),
        ("元", "美元", "measures money in 元 and cannot be given in '美元'"),
        ("人", "家", "measures count in 人"),
        ("年", "天", "measures calendar in 月"),
        ("元/月", "万元/人", "measures money/月 in 元/月 and cannot be given in '万元/人'"),
        ("", "元", "has no unit"),
        ("元", "斛", "The unit '斛' is not in the unit table"),
        ("斛", "元", "The unit '斛' is not in the unit table"),
    ],
)
def test_refuses_what_does_not_convert(unit: str, to: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        convert(quantity("1", unit), to)


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "result"),
    [("1.5", "公顷", "亩", "22.5"), ("3", "亩", "平方米", "2000"), ("6", "尺", "米", "2"), ("15", "亩", "公顷", "1")],
)
def test_factors_that_no_decimal_holds_are_exact(value: str, unit: str, wanted: str, result: str) -> None:
    assert str(convert(quantity(value, unit), wanted).value) == result
