"""Numbers again: what a small error in the code gets wrong and no other table holds; values as a reader sees them."""

from __future__ import annotations

from decimal import Decimal

import pytest

import healthie
from healthie import find_numbers, parse_number
from healthie.value_text import digits, value_text

# text, what is found: characters, value (or low..high), modifier
CASES = [
    ("检出率从3%至5%变化", [("3%", "3", "="), ("5%", "5", "=")]),
    ("3至5余万人", [("3至5余万", "30000..50000", ">")]),
    ("-1/2", [("-1/2", "-0.5", "=")]),
    ("1万-2万元", [("1万-2万", "10000..20000", "=")]),
    ("新购CT2000台", [("2000", "2000", "=")]),
    ("型号CT12345台", []),
    ("四千零十人", [("四千零十", "4010", "=")]),
    ("3万五千六百人", [("3万五千六百", "35600", "=")]),
    ("近1/2的村", [("1/2", "0.5", "=")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds(text, expected):
    found = [
        (n.text, str(n.value) if n.value_max is None else f"{n.value}..{n.value_max}", n.modifier)
        for n in find_numbers(text)
    ]
    assert found == expected


@pytest.mark.parametrize(("text", "times"), [("翻一番", 2), ("翻两番", 4), ("翻了三番", 8), ("翻四番", 16)])
def test_each_doubling_doubles(text, times):
    assert parse_number(text).value == times


@pytest.mark.parametrize(
    ("sentence", "plain", "apart"),
    [
        ("签约率达到60%以上。", "≥ 60", "≥ 60"),
        ("每乡配备医生1—2名。", "1–2", "1–2"),
        ("发放1200—1500元补助。", "1200–1500", "1,200–1,500"),
        ("补助资金1200000元。", "1200000", "1,200,000"),
        ("门诊量同比增长3.50%。", "+3.5", "+3.5"),
        ("门诊量同比下降3.50%。", "−3.5", "−3.5"),
    ],
)
def test_a_value_is_shown(sentence, plain, apart):
    fact = healthie.extract(sentence).facts[0]
    assert (value_text(fact), value_text(fact, thousands=True)) == (plain, apart)


@pytest.mark.parametrize(("value", "shown"), [("1200", "1200"), ("0.50", "0.5"), ("100.00", "100"), ("1E+3", "1000")])
def test_digits_keep_the_zeros_of_whole_numbers(value, shown):
    assert digits(Decimal(value)) == shown
