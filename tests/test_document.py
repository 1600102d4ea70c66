"""What a report says of itself, and the furniture of its page: short reports of our own, with invented figures."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from healthie.document import read_document
from healthie.furniture import furniture
from healthie.places import resolve_region, table

BODY = "全县新建卫生室8个,签约率达到61.2%。\n"


def days(document):
    return document.period and f"{document.period.start or ''}..{document.period.end or ''}"


TITLES = [  # title, date given, time covered, kind
    ("石门县卫生健康局2021年上半年工作总结", "", "2021-01-01..2021-06-30", "half-year summary"),
    ("石门县卫生健康局上半年工作总结", "2021-07-09", "2021-01-01..2021-06-30", "half-year summary"),
    ("石门县卫生健康局2021年工作总结", "2022-01-20", "2021-01-01..2021-12-31", "annual"),
    ("石门县卫生健康局2021年工作总结和2022年工作打算", "", "2021-01-01..2021-12-31", "annual"),
    ("石门县卫生健康局2021年度法治政府建设情况报告", "2022-02", "2021-01-01..2021-12-31", "progress"),
    ("2022年石门县卫生健康工作要点", "2022-03-02", "2022-01-01..2022-12-31", "plan"),
    ("石门县“十四五”卫生健康发展规划", "2022-03-02", "2021-01-01..2025-12-31", "plan"),
    ("2016年石门县卫生和计划生育事业发展情况", "2017-02-06", "2016-01-01..2016-12-31", "progress"),
    ("石门县“十三五”卫生计生事业发展规划实施情况", "2021-03-02", "2016-01-01..2020-12-31", "progress"),
    ("石门县推进医改工作方案落实情况", "2023-03-02", "2023-01-01..2023-12-31", "progress"),
    ("石门县西部计划志愿者服务乡镇卫生院情况", "2023-03-02", "2023-01-01..2023-12-31", "progress"),
    ("县政府办关于印发石门县卫生健康发展规划的通知", "2023-03-02", "2023-01-01..2023-12-31", "plan"),
    ("石门县2021年国民经济和社会发展统计公报", "2022-04-02", "2021-01-01..2021-12-31", "bulletin"),
    ("2022年石门县人民政府工作报告", "2022-01-08", "2021-01-01..2021-12-31", "annual"),
    ("政府工作报告", "2022-01-08", "2021-01-01..2021-12-31", "annual"),
    ("石门县卫生健康局2022年第三季度工作总结", "2022-10-11", "2022-07-01..2022-09-30", "annual"),
    ("1-9月份石门县基本公共卫生服务进展情况通报", "2022-10-11", "2022-01-01..2022-09-30", "progress"),
    ("2022年10月石门县传染病疫情通报", "2022-11-11", "2022-10-01..2022-10-31", "progress"),
    ("石门县健康县建设工作推进情况", "2022-08-11", "2022-01-01..2022-12-31", "progress"),
    ("石门县召开2022年卫生健康工作会议", "2022-03-11", "2022-01-01..2022-12-31", "press"),
    ("石门县2018—2020年健康扶贫工作总结", "2021-01-15", "2018-01-01..2020-12-31", "annual"),
]


@pytest.mark.parametrize(("title", "published", "covered", "kind"), TITLES)
def test_the_title_tells_time_and_kind(title, published, covered, kind):
    found = read_document(f"{title}\n\n{BODY}", published=published)
    assert (days(found), found.kind, found.title, found.published) == (covered, kind, title, published)


def test_a_meeting_looks_back_on_the_year_before():
    text = "石门县召开2022年卫生健康工作会议\n\n会议总结了2021年工作。2021年,全县新建卫生室8个。\n"
    assert days(read_document(text)) == "2021-01-01..2021-12-31"


TEXTS = [  # without a telling title: text, date given, time covered
    ("年末全市有医院88家。全年诊疗900万人次。年末床位4.4万张。", "2023", "2022-01-01..2022-12-31"),
    ("(三)保障民生。新建托位3100个,改造卫生院12家。", "2023-01", "2022-01-01..2022-12-31"),
    ("五年来,床位年均增长4%。新建医院8家。", "2026-01", "2021-01-01..2025-12-31"),
    ("本报讯(记者 甲乙)石门县启动义诊,3000人受益。", "2022-05-20", "2022-01-01..2022-05-20"),
    ("本报记者 甲乙\n2021年前三季度,医保基金支出8亿元。", "2022-01-06", "2021-01-01..2021-12-31"),
    ("2020年新增3家。2020年培训80人。2021年底前建成4家。", "", "2020-01-01..2020-12-31"),
    ("2015年到2019年共8家;2015年到2019年投入2亿元;2015年到2019年培训80人。", "2021-06", "2015-01-01..2019-12-31"),
    ("全县有卫生室80个。", "", None),
]


@pytest.mark.parametrize(("text", "published", "covered"), TEXTS)
def test_the_text_tells_the_time(text, published, covered):
    assert days(read_document(text, published=published)) == covered


def test_a_summary_without_year_takes_the_year_behind_the_last_review():
    text = "临海市卫生健康系统晒上半年成绩单\n\n通报2018年度考核结果。上半年全市签约8万人。\n"
    assert days(read_document(text)) == "2019-01-01..2019-06-30"


PLACES = [
    ("石门县卫生健康局工作总结\n\n" + BODY, "430726"),
    ("工作总结\n\n" + BODY + "石门县卫生健康局\n2021年7月5日", "430726"),
    ("长沙市望城区卫生健康局工作总结\n\n全区签约8万人。", "430112"),
    ("工作总结\n\n全市签约8万人。常德市卫生健康委组织培训。石门县完成较好。", "430700"),
    ("索引号 | 0001 | 发布机构 | 石门县卫生健康局 |\n工作总结\n\n" + BODY, "430726"),
    ("民生保障\n\n全省新增托位。长沙市、常德市、郴州市全部达标,湖南省级平台上线。我省获表彰。", "430000"),
    ("组织义诊\n\n" + "银川市卫健委组织义诊。石嘴山市卫健委组织义诊。" * 3, "640000"),
    ("2021年我国卫生健康事业发展统计公报\n\n全国医院3万家。我国床位增加。", "100000"),
    ("各地推进医改\n\n我国建成最大的网络。国家医保局介绍,我国参保率稳定。常德市的经验受关注。", "100000"),
]


@pytest.mark.parametrize(("text", "code"), PLACES)
def test_the_place(text, code):
    found = read_document(text)
    assert found.region is not None
    assert found.region.code == code


def cases():
    """Return the cases of document_cases.txt: text, place, time covered, date."""
    blocks = (Path(__file__).parent / "document_cases.txt").read_text(encoding="utf-8").split("\n=== ")[1:]
    for block in blocks:
        head, _, text = block.partition("\n")
        yield pytest.param(text.rstrip("\n"), *head.split(" | "), id=text[:16].replace("\n", " "))


@pytest.mark.parametrize(("text", "place", "covered", "published"), list(cases()))
def test_what_a_report_says_of_itself(text, place, covered, published):
    found = read_document(text)
    assert published in ("?", found.published or "-")
    assert covered in ("?", days(found) or "-")
    if place != "?":
        when = published if published[0].isdigit() else regex.sub(r".*\.\.", "", covered).strip("-?")
        code = "" if place == "-" else resolve_region(place, published=when).code
        assert (found.region.code if found.region else "") == code


def test_the_place_of_every_county_by_its_title():
    """A county is known by the title alone, unless another has its name."""
    rows = [row for row in table().rows if row.level == "3" and row.holds("202206") and row.code < "700000"]
    names = [row.name for row in rows]
    missed = []
    for row in rows[::17]:
        found = read_document(f"{row.name}卫生健康局2021年工作总结\n\n签约8万人。", published="2022-01")
        if names.count(row.name) == 1 and (found.region is None or found.region.code != row.code):
            missed.append(row.name)
    assert missed == []


def test_time_grows_no_faster_than_the_text():
    """Runs of anything that could open a time or a name end in good time."""
    for run in ("2024年", "到", "年", "“", "县", "市卫健委", "来源:2024年1月", "今年以来,", "2024年\n", "一、", "健康"):
        assert read_document(run * (20_000 // len(run))).number == ""


def test_what_is_given_stands():
    region = resolve_region("430726")
    found = read_document("常德市卫生健康委2021年工作总结\n2022年1月3日", region=region, published="2022-02")
    assert (found.region, found.published) == (region, "2022-02")


PAGES = [  # page, date, body, number
    ("石门县卫生健康局总结\n\n一切顺利。\n石门县卫生健康局\n2021年7月5日", "2021-07-05", "石门县卫生健康局", ""),
    ("石门县卫生健康局总结\n\n一切顺利。\n\n石门县卫生健康局 二〇二一年七月五日", "2021-07-05", "石门县卫生健康局", ""),
    ("石门县卫生健康局总结\n\n一切顺利。\n石门县卫生健康局\n2021年7月", "2021-07", "石门县卫生健康局", ""),
    (
        (
            "索 引 号 | 0001 | 发文日期 | 2021-07-05 09:30 |\n"
            "发文单位 | 石门县卫健局 | 文 号 | 石卫发〔2021〕8号 |\n石门县总结\n\n顺利。"
        ),
        "2021-07-05",
        "石门县卫健局",
        "石卫发〔2021〕8号",
    ),
    ("石门县卫生健康局总结\n时间:2021-07-05\n来源:县卫健局\n\n一切顺利。", "2021-07-05", "石门县卫生健康局", ""),
    ("发布时间:\n2021-07-05\n石门县卫生健康局总结\n\n一切顺利。", "2021-07-05", "石门县卫生健康局", ""),
    ("政府工作报告\n——2021年1月8日在石门县第十届人民代表大会上\n\n一切顺利。", "2021-01-08", "", ""),
    ("石门县启动义诊\n\n某网7月5日电(记者 甲)2021年,义诊惠及3000人。", "2021-07-05", "", ""),
    ("石卫发〔2021〕8号\n石门县卫生健康局总结\n\n一切顺利。", "", "石门县卫生健康局", "石卫发[2021]8号"),
    ("石门县卫生健康局总结\n\n2021年7月5日,全县义诊。\n签约8万人。", "", "石门县卫生健康局", ""),
    ("石门县总结\n时间:2021-13-45\n\n一切顺利。", "", "", ""),
]


@pytest.mark.parametrize(("page", "published", "body", "number"), PAGES)
def test_date_body_and_number(page, published, body, number):
    found = read_document(page)
    assert (found.published, found.body) == (published, body)
    assert found.number.replace("〔", "[").replace("〕", "]") == number.replace("〔", "[").replace("〕", "]")


def test_a_wrong_date_is_told():
    with pytest.raises(ValueError, match="published is"):
        read_document("全县", published="2021-02-30")


PAGE_LINES = [
    "首页",
    "打印 收藏 关闭",
    "【字号:",
    "当前位置:首页 > 政务公开 > 工作总结",
    "您的位置:",
    "热线:0736-1234567(网站) 信箱:abc@example.com",
    "Tel:0736-1234567",
    "责任编辑:甲乙",
    "浏览次数:1286次",
    "• 2021-07-05 10:18:37",
    "索 引 号 | 0001/2021-00047 | 主题分类 | |",
    "共计1470个字,预计阅读时长6分钟",
    "县长作报告。记者 甲乙 摄",
    "微信扫码分享",
    "第 3 页 共 12 页",
    "- 3 -",
    "湘ICP备12345678号",
    "版权所有:石门县人民政府",
    "https://www.example.com/a.html",
    "扫一扫在手机打开当前页",
    "上一篇:关于义诊的通知",
    "|",
    "相关阅读:",
]


@pytest.mark.parametrize("line", PAGE_LINES)
def test_furniture(line):
    page = f"石门县总结\n{line}\n{BODY}"
    start = page.index(line)
    assert (start, start + len(line)) in furniture(page)
    assert [page[a:b] for a, b in furniture(page) if "卫生室" in page[a:b]] == []


def test_links_below_a_heading_of_links_are_furniture_up_to_the_next_body_line():
    page = f"{BODY}推荐阅读\n石门县新增床位800张\n常德市培训医生60名\n{BODY}"
    assert [page[a:b] for a, b in furniture(page)] == ["推荐阅读", "石门县新增床位800张", "常德市培训医生60名"]


BODY_LINES = [
    "一、主要任务完成情况",
    "关键词 深化医改",
    "来源于财政的资金占61%。",
    "审核128件,办结120件",
    "阅读推广活动86场次,参与3万人",
    "地址不清的档案清理8000份",
    "打印资料2万份,制作图片展板60块。",
    "热线受理咨询1.2万件,办结率99%。",
    "120电话调度8600次",
    "医疗机构 | 床位 | 500",
    "床位\n500\n护士\n620",
    "微信公众号推送文章230篇。",
    "下载安装电子健康卡8万张。",
    "附件炎患者3000例",
    "2021年7月5日",
    "编辑健康手册2册",
    "时间过半,任务过半",
    "收藏中医古籍1200册",
    "评论员文章8篇",
    "签约8万人。记者节慰问60人。",
]


@pytest.mark.parametrize("line", BODY_LINES)
def test_body_is_never_furniture(line):
    assert furniture(f"石门县总结\n{line}\n{BODY}") == ()


@given(st.text(alphabet="首页打印来源:2021-07年月日。|\n 甲县卫健委总结推荐阅读上半第共", max_size=80))
def test_any_page(text):
    spans = furniture(text)
    assert list(spans) == sorted(spans)
    assert all(0 <= a < b <= len(text) and text[a:b].strip() == text[a:b] for a, b in spans)
    found = read_document(text)
    assert found.title in text
    assert found.body == "" or found.body


PIECES = [
    "石门县",
    "常德市",
    "卫生健康局",
    "2021年",
    "上半年",
    "工作总结",
    "五年来",
    "“十四五”",
    "召开",
    "总结",
    "1月5日",
    ",",
    "。",
    "(",
    "我市",
    "今年以来",
    "截至目前",
    "9999年",
    "二〇二一年",
    "一、",
    "来源:",
    ">",
    "首页",
    "健康",
    "日报",
    "2021-02-30",
    "到",
    "由",
    "三年",
    "1、2月",
    "2021",
    "城区",
    "和县",
    "中国",
    "XX县",
    "|",
]


@given(
    st.lists(st.sampled_from([*PIECES, "\n", "\u3000"]), max_size=40).map("".join),
    st.sampled_from(["", "0001", "2022-01", "9999-12-31"]),
)
def test_any_mixture_of_its_words(text, published):
    found = read_document(text, published=published)
    assert found.title in text
    period = found.period
    assert not (period and period.start and period.end) or period.start <= period.end


@pytest.mark.parametrize(
    "text",
    ["解放军某部演习\n某部发射火箭弹30枚。", "新片上映\n《一路向西：梦回敦煌》等新片30部上映，票房50亿元。"],
    ids=["a longer word", "the title of a work"],
)
def test_no_place_from(text):
    assert read_document(text, published="2024-08-01").region is None


@pytest.mark.parametrize("text", [["a"], b"a", None])
def test_what_is_no_text_is_no_report(text: str) -> None:
    with pytest.raises(TypeError, match=f"text is a {type(text).__name__}: give a str"):
        read_document(text)
