"""Numbers: every way of writing them, what is none, round trips against an independent writer, and properties."""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthie.numbers import find_numbers, magnitude, parse_number

# text, value (or low..high), modifier, kind
PARSED = [
    ("8", "8", "=", "cardinal"),
    ("0", "0", "=", "cardinal"),
    ("007", "7", "=", "cardinal"),
    ("３６０", "360", "=", "cardinal"),
    ("37.26", "37.26", "=", "cardinal"),
    ("０．５", "0.5", "=", "cardinal"),
    (".75", "0.75", "=", "cardinal"),
    ("1,234,567", "1234567", "=", "cardinal"),
    ("12，345.6", "12345.6", "=", "cardinal"),
    ("-3.2", "-3.2", "=", "cardinal"),
    ("负二十", "-20", "=", "cardinal"),
    ("負貳佰", "-200", "=", "cardinal"),
    ("零下五", "-5", "=", "cardinal"),
    ("2.5e3", "2500", "=", "cardinal"),
    ("40k", "40000", "=", "cardinal"),
    ("30w", "300000", "=", "cardinal"),
    ("零", "0", "=", "cardinal"),
    ("〇", "0", "=", "cardinal"),
    ("两", "2", "=", "cardinal"),
    ("十", "10", "=", "cardinal"),
    ("十一", "11", "=", "cardinal"),
    ("二十", "20", "=", "cardinal"),
    ("廿三", "23", "=", "cardinal"),
    ("卅", "30", "=", "cardinal"),
    ("一百零八", "108", "=", "cardinal"),
    ("一百一十", "110", "=", "cardinal"),
    ("一百十一", "111", "=", "cardinal"),
    ("一百二", "120", "=", "cardinal"),
    ("两千六", "2600", "=", "cardinal"),
    ("三万五", "35000", "=", "cardinal"),
    ("一亿三", "130000000", "=", "cardinal"),
    ("三万零五", "30005", "=", "cardinal"),
    ("四千零三十", "4030", "=", "cardinal"),
    ("九千九百九十九", "9999", "=", "cardinal"),
    ("二零二三", "2023", "=", "cardinal"),
    ("一七二", "172", "=", "cardinal"),
    ("一千二百万", "12000000", "=", "cardinal"),
    ("三亿零二十万", "300200000", "=", "cardinal"),
    ("二十一万亿", "21000000000000", "=", "cardinal"),
    ("五兆六亿", "5000600000000", "=", "cardinal"),
    ("贰佰伍拾万", "2500000", "=", "cardinal"),
    ("壹萬叁仟", "13000", "=", "cardinal"),
    ("六點五", "6.5", "=", "cardinal"),
    ("十九点四亿", "1940000000", "=", "cardinal"),
    ("零点零三", "0.03", "=", "cardinal"),
    ("2.6亿", "260000000", "=", "cardinal"),
    ("3万4千", "34000", "=", "cardinal"),
    ("7千5百", "7500", "=", "cardinal"),
    ("2.5千", "2500", "=", "cardinal"),
    ("5 万", "50000", "=", "cardinal"),
    ("3.6\n亿", "360000000", "=", "cardinal"),
    ("100万三千", "1003000", "=", "cardinal"),
    ("1千零20", "1020", "=", "cardinal"),
    ("两千 四百", "2400", "=", "cardinal"),
    ("十几", "10", ">", "cardinal"),
    ("几十", "10", ">", "cardinal"),
    ("几百", "100", ">", "cardinal"),
    ("好几千", "1000", ">", "cardinal"),
    ("数百", "100", ">", "cardinal"),
    ("数十万", "100000", ">", "cardinal"),
    ("上千", "1000", ">=", "cardinal"),
    ("十几万", "100000", ">", "cardinal"),
    ("二十多", "20", ">", "cardinal"),
    ("百余", "100", ">", "cardinal"),
    ("万余", "10000", ">", "cardinal"),
    ("140余", "140", ">", "cardinal"),
    ("40余万", "400000", ">", "cardinal"),
    ("1000多万", "10000000", ">", "cardinal"),
    ("二百三十余万", "2300000", ">", "cardinal"),
    ("一百零几万", "1000000", ">", "cardinal"),
    ("三十一万多亿", "31000000000000", ">", "cardinal"),
    ("两三", "2..3", "=", "cardinal"),
    ("三五", "3..5", "=", "cardinal"),
    ("二三十", "20..30", "=", "cardinal"),
    ("三四十万", "300000..400000", "=", "cardinal"),
    ("十五六", "15..16", "=", "cardinal"),
    ("七百三四十", "730..740", "=", "cardinal"),
    ("一万六七", "16000..17000", "=", "cardinal"),
    ("1-2", "1..2", "=", "cardinal"),
    ("1—2", "1..2", "=", "cardinal"),
    ("10～20", "10..20", "=", "cardinal"),
    ("3至5", "3..5", "=", "cardinal"),
    ("三到五", "3..5", "=", "cardinal"),
    ("1-2万", "10000..20000", "=", "cardinal"),
    ("8500到3万", "8500..30000", "=", "cardinal"),
    ("七千到九千亿", "700000000000..900000000000", "=", "cardinal"),
    ("5-20%", "5..20", "=", "percent"),
    ("4.5%—5%", "4.5..5", "=", "percent"),
    ("65%", "65", "=", "percent"),
    ("１５．２％", "15.2", "=", "percent"),
    ("6.25‰", "6.25", "=", "percent"),
    ("百分之三十", "30", "=", "percent"),
    ("百分之九十五点五", "95.5", "=", "percent"),
    ("百分之12.5", "12.5", "=", "percent"),
    ("负百分之三", "-3", "=", "percent"),
    ("百分之百", "100", "=", "percent"),
    ("百分百", "100", "=", "percent"),
    ("千分之三", "3", "=", "percent"),
    ("三成", "30", "=", "percent"),
    ("七成六", "76", "=", "percent"),
    ("8.5成", "85", "=", "percent"),
    ("六折", "60", "=", "percent"),
    ("七点五折", "75", "=", "percent"),
    ("三分之一", "0.3333333333333333333333333333", "=", "fraction"),
    ("十分之七", "0.7", "=", "fraction"),
    ("一千分之五", "0.005", "=", "fraction"),
    ("二又五分之一", "2.2", "=", "fraction"),
    ("3/4", "0.75", "=", "fraction"),
    ("一半", "0.5", "=", "fraction"),
    ("半数", "0.5", "=", "fraction"),
    ("一两百", "100..200", "=", "cardinal"),
    ("七成半", "75", "=", "percent"),
    ("八五折", "85", "=", "percent"),
    ("八九成", "80..90", "=", "percent"),
    ("2.52∶1", "2.52", "=", "ratio"),
    ("1:1.25", "0.8", "=", "ratio"),
    ("第8", "8", "=", "ordinal"),
    ("第十二", "12", "=", "ordinal"),
    ("第3万", "30000", "=", "ordinal"),
]

ILL_FORMED = [
    "",
    " ",
    "健康",
    "一站式",
    "八百一千",
    "十一十二",
    "一二三四五六万" * 12,
    "5个",
    "3 5",
    "四川",
    "千",
    "第",
    "%",
    "-",
]

# A text, and the numbers in it.
FOUND = [
    ("全区设村卫生室86所，乡镇卫生院12所", ["86", "12"]),
    ("投入2.4亿元，其中省级8000万元", ["240000000", "80000000"]),
    ("复诊率从百分之四十升到百分之四十五", ["40", "45"]),
    ("三分之二的站点接入，四成以上的人签约", ["0.6666666666666666666666666667", "40"]),
    ("十几名医师和两三百名护士", ["10", "200..300"]),
    ("每千人口床位5.9张", ["5.9"]),
    ("110千伏线路，50兆瓦机组，两千米跑道", ["110", "50", "2000"]),
    ("提高3.2个百分点", ["3.2"]),
    ("体温37.5℃，服药2.5mg", ["37.5", "2.5"]),
    ("2222.2222.22222.222", ["2222", "2222", "22222", "222"]),
    ("他要了三个，又要了五个", ["3", "5"]),
    ("从5%到8%，控制在3%到4%", ["5", "8", "3..4"]),
    ("入院54.6\n\n- 12 -\n\n万人次", ["546000"]),
    ("十分重视，十分之一", ["0.1"]),
]

# Words that hold a numeral character and no number.
NO_NUMBER = [
    "四川与三明", "九江、六安、万州", "百色千阳", "一般一定一起", "进一步统一", "千方百计", "万无一失", "老百姓",
    "数据与数量", "零售与零件", "大陆与陆路", "队伍", "肆意", "收拾", "几乎", "半径", "人数系数", "三角与四周",
    "红十字", "百分比", "十三五和十四五", "网站的地址：http://www.example.com/a?b=30%25", "千家万户", "B12与H7N9",
    "一些一切一样", "凋零", "https://example.org/2023/05", "name126@example.com",
]  # fmt: skip


def ends(value: str) -> tuple[Decimal, Decimal | None]:
    low, _, high = value.partition("..")
    return Decimal(low), Decimal(high) if high else None


@pytest.mark.parametrize(("text", "value", "modifier", "kind"), PARSED)
def test_parses(text: str, value: str, modifier: str, kind: str) -> None:
    number = parse_number(text)
    assert ((number.value, number.value_max), number.modifier, number.kind) == (ends(value), modifier, kind)
    assert (number.start, number.end, number.text) == (0, len(text), text)


@pytest.mark.parametrize(("text", "value", "modifier", "kind"), PARSED)
def test_finds_what_it_parses(text: str, value: str, modifier: str, kind: str) -> None:
    found = [number for number in find_numbers(f"其中，{text}，为准") if number.text == text]
    assert [((n.value, n.value_max), n.modifier, n.kind) for n in found] == [(ends(value), modifier, kind)]


@pytest.mark.parametrize("text", ILL_FORMED)
def test_refuses_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a number; give one numeral such as"):
        parse_number(text)


def test_spaces_around_a_number_are_allowed() -> None:
    number = parse_number("  三十 ")
    assert (number.start, number.end, number.value) == (2, 4, 30)


@pytest.mark.parametrize(("text", "values"), FOUND)
def test_finds(text: str, values: list[str]) -> None:
    assert [(n.value, n.value_max) for n in find_numbers(text)] == [ends(value) for value in values]


@pytest.mark.parametrize("text", NO_NUMBER)
def test_finds_no_number(text: str) -> None:
    assert find_numbers(text) == ()


@pytest.mark.parametrize(("body", "factor"), [("1.5万", 10**4), ("3万亿", 10**12), ("三百", 1), ("12", 1)])
def test_magnitude(body: str, factor: int) -> None:
    assert magnitude(body) == factor


# An independent writer, by the rules of the primary school: groups of four, one 零 for a gap.
DIGITS = "零一二三四五六七八九"
FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")


def write_group(number: int) -> str:
    """Write 0 to 9999."""
    out, gap = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            out += ("零" if gap else "") + DIGITS[digit] + unit
            gap = False
        elif out:
            gap = True
    return out


def write(number: int) -> str:
    """Write a number below 10 to the 16th."""
    out, gap = "", False
    for power, unit in ((10**12, "万"), (10**8, "亿"), (10**4, "万"), (1, "")):
        group = number // power % 10**4
        if group:
            out += ("零" if out and (gap or group < 1000) else "") + write_group(group) + unit
            gap = False
        else:
            out, gap = (out + "亿" if power == 10**8 and out else out), bool(out)
    return out or "零"


def test_reads_what_the_writer_writes() -> None:
    wrong = [number for number in range(100_001) if parse_number(write(number)).value != number]
    assert wrong == []


def test_reads_large_numbers() -> None:
    chance = random.Random(20231101)  # noqa: S311 - a fixed sample, not a secret
    for _ in range(3000):
        number = chance.randrange(10 ** chance.randint(5, 16))
        spelt = write(number)
        assert parse_number(spelt).value == number, spelt
        formal = spelt.translate(FORMAL)
        if len(formal) > 1:
            assert parse_number(formal).value == number, formal


def test_reads_arabic_figures() -> None:
    chance = random.Random(7)  # noqa: S311 - a fixed sample, not a secret
    for _ in range(2000):
        number = chance.randrange(10 ** chance.randint(1, 16))
        assert parse_number(str(number)).value == number
        assert parse_number(f"{number:,}").value == number
        assert parse_number(f"{number}.5万").value == (Decimal(number) + Decimal("0.5")) * 10000


PIECES = "零〇一二两三四五六七八九十百千万亿兆壹贰拾点分之第成折半余多几数上来负廿到至又个元％%‰0123456789,.-—~:∶/ \n"
TEXTS = st.text(st.one_of(st.sampled_from(PIECES), st.characters(codec="utf-8")), max_size=60)


@given(TEXTS)
def test_offsets_hold_and_nothing_overlaps(text: str) -> None:
    found = find_numbers(text)
    assert all(text[n.start : n.end] == n.text and n.start < n.end for n in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(n.value_max is None or n.value < n.value_max for n in found)


@given(TEXTS)
def test_the_same_text_gives_the_same_numbers(text: str) -> None:
    assert find_numbers(text) == find_numbers(text)


@pytest.mark.parametrize(
    "unit", ["1", "一", "十", "万", "1,", "1.", "一点", "百分之", "三分之一", "1-", "第", "1:", "余", "-1"]
)
def test_long_runs_end(unit: str) -> None:
    assert isinstance(find_numbers(unit * 20_000), tuple)


# Numbers only where they are the whole string.
WHOLE = [
    ("半", "0.5", "=", "fraction"),
    ("一倍", "1", "=", "cardinal"),
    ("两倍", "2", "=", "cardinal"),
    ("翻一番", "2", "=", "cardinal"),
    ("近百", "100", "~", "cardinal"),
    ("百万", "1000000", "=", "cardinal"),
    ("千万", "10000000", "=", "cardinal"),
    ("翻了两番", "4", "=", "cardinal"),
]


@pytest.mark.parametrize(("text", "value", "modifier", "kind"), WHOLE)
def test_reads_what_is_a_number_alone(text: str, value: str, modifier: str, kind: str) -> None:
    number = parse_number(text)
    assert (str(number.value), number.modifier, number.kind, number.text) == (value, modifier, kind, text)


@pytest.mark.parametrize("thing", [None, 5])
def test_what_is_no_string_is_refused(thing: object) -> None:
    with pytest.raises(TypeError, match=f"not {type(thing).__name__}"):
        parse_number(thing)  # type: ignore[arg-type]
