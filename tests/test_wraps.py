"""Numbers and units that the width of a page broke in two, and lines that only look so."""

from __future__ import annotations

import pytest

import healthie
from healthie.text import Unwrapped, paragraphs

# Our own sentences: the line before the break, the line behind it, and what stands across the break.
CUT = [
    ("全市基层医疗卫生服务体系不断完善，先后新建、改建标准化村卫生室21", "7个，群众满意。", "21\n7个", "217", "个"),
    ("平均住院日缩短0.", "5天。", "0.\n5天", "0.5", "天"),
    ("县人民医院门诊综合楼项目稳步推进，设备采购有序进行，全年完成投资20", "19万元。", "20\n19万元", "20190000", "元"),
    ("全县门诊人次达到12,", "345人次。", "12,\n345人次", "12345", "人次"),
    ("全县门诊人次明显增加，住院人次也有所增加，药品收入占比下降到29", ".5%，比上年低。", "29\n.5%", "29.5", "%"),
    ("全县推进家庭医生签约服务，重点人群应签尽签，签约率提高5.8个", "百分点。", "5.8个\n百分点", "5.8", "百分点"),
    ("全县推进家庭医生签约服务，重点人群应签尽签，签约率提高5.8个百", "分点。", "5.8个百\n分点", "5.8", "百分点"),
    ("提高5.8个", "百分点。", "5.8个\n百分点", "5.8", "百分点"),
    ("各级医院改善就医体验，推行预约诊疗，上半年完成门诊28.7万人", "次，有序。", "28.7万人\n次", "287000", "人次"),
    ("各级医院改善就医体验，推行预约诊疗，上半年完成门诊服务28.7", "万人次。", "28.7\n万人次", "287000", "人次"),
    ("全市基层医疗卫生服务体系不断完善，先后新建标准化村卫生室二百", "一十七个。", "二百\n一十七个", "217", "个"),
    ("村级服务能力继续提升，全县重点人群签约覆盖率已经达到百分之六", "十。", "百分之六\n十", "60", "%"),
]

# What stays apart: the text, and its quantities.
APART = [
    ("各地情况\n村卫生室217\n312\n415", []),
    ("217\n312\n415\n518", []),
    ("居民健康档案建档率98.7\n65岁以上老年人健康管理率70.1", ["98.7", "70.1"]),
    (
        "全县基层机构基本公共卫生服务项目居民健康档案建档率98.7\n65岁以上老年人健康管理服务的全县平均覆盖率达到70.1",
        ["98.7", "70.1"],
    ),
    ("人民医院,三级乙等,城关镇东风路东段,床位数,217\n312,415,中医医院,二级甲等,城关镇,22", []),
    ("全县坚持以人民健康为中心，推进各项工作，共有村卫生室217\n2020年，全县建成村卫生室312个。", ["312个"]),
    ("全县坚持以人民健康为中心，推进各项工作，共有村卫生室217\n12月，全县招聘医师31名。", ["31名"]),
    ("全县坚持以人民健康为中心，推进各项工作，共有村卫生室217\n3.加强队伍建设，招聘医师31名。", ["31名"]),
    ("全县坚持以人民健康为中心，推进各项工作，共有村卫生室217\n3、加强队伍建设，招聘医师31名。", ["31名"]),
    ("全县坚持以人民健康为中心，推进各项工作，共有村卫生室217\n　　31名医师到岗。", ["31名"]),
    ("机构|床位\n人民医院|217\n312|人", []),
]


@pytest.mark.parametrize("row", CUT, ids=[row[2] for row in CUT])
@pytest.mark.parametrize("end", ["\n", "\r\n", " \n "])
def test_a_quantity_goes_on_in_the_next_line(row: tuple[str, str, str, str, str], end: str) -> None:
    before, after, text, value, unit = row
    report = f"{before}{end}{after}"
    whole = text.replace("\n", end)
    found = [quantity for quantity in healthie.find_quantities(report) if "\n" in quantity.text]
    assert [(str(q.value), q.unit, q.text) for q in found] == [(value, unit, whole)]
    assert report[found[0].start : found[0].end] == whole
    assert any((fact.quantity.text, fact.quantity.unit) == (whole, unit) for fact in healthie.extract(report).facts)


@pytest.mark.parametrize(("text", "found"), APART)
def test_lines_of_their_own_stay_apart(text: str, found: list[str]) -> None:
    assert [quantity.text for quantity in healthie.find_quantities(text)] == found


def test_a_number_goes_on_in_the_next_line() -> None:
    text = f"{CUT[0][0]}\n{CUT[0][1]}"
    (number,) = healthie.find_numbers(text)
    assert (number.text, str(number.value), text[number.start : number.end]) == ("21\n7", "217", "21\n7")


REPORT = (
    "上半年，全县卫生健康系统坚持以人民健康为中心，新建改建标准化村卫生室217个，添置诊疗设备3456台，总投资2019.5万元；"
    "县人民医院完成门诊服务28.7万人次，同比增长12.6%，平均住院日7.9天，比上年同期缩短0.5天，药占比下降5.8个百分点；"
    "家庭医生签约13.45万户，重点人群签约率78.25%，比上年提高3.4个百分点，培训乡村医生1280人次，招聘卫生技术人员146名。"
)


@pytest.mark.parametrize("width", range(21, 60))
def test_a_report_says_the_same_at_every_width(width: int) -> None:
    folded = "\n".join(REPORT[at : at + width] for at in range(0, len(REPORT), width))
    found, wanted = healthie.find_quantities(folded), healthie.find_quantities(REPORT)
    assert [(q.value, q.unit, q.text.replace("\n", "")) for q in found] == [(q.value, q.unit, q.text) for q in wanted]
    assert all(folded[q.start : q.end] == q.text for q in found)


def test_breaks_to_close_are_within_paragraphs() -> None:
    folded = "\n".join(REPORT[at : at + 33] for at in range(0, len(REPORT), 33))
    assert paragraphs(folded) == [(0, len(folded))]
    assert Unwrapped(folded).text == REPORT
    assert Unwrapped(REPORT).text is REPORT


@pytest.mark.parametrize("text", ["医院 12\n人员 300\n", "卫生院 | 21\n村卫生室 | 39876", "诊所|21\n人员|86\n"])
def test_the_next_row_of_a_table_is_no_unit(text: str) -> None:
    assert healthie.find_quantities(text) == ()


def test_a_unit_on_the_next_line_is_read() -> None:
    found = healthie.find_quantities("全县有诊所 12\n所，医院30\n家。")
    assert [quantity.text for quantity in found] == ["12\n所", "30\n家"]
