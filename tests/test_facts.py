"""Facts: our own sentences with what a careful reader says of each, by construction, and properties of every text.

A row of fact_sentences.tsv is a sentence and its facts, parted by ``; ``: the quantity, the role with its direction,
the pieces of the indicator joined by ``|``, and where there is one ``vs`` the reference, ``of`` the index of the fact
it is of,
``target``, the period named, ``in`` the region named. What is wrong still stands in `STILL_WRONG` and must leave it
once mended.
"""

from __future__ import annotations

from pathlib import Path

import any_text
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import healthie
from healthie.document_record import Document
from healthie.facts import link
from healthie.records import Fact, Mentions

_ROWS = (Path(__file__).parent / "fact_sentences.tsv").read_text("utf-8").splitlines()
SENTENCES = [row.replace("\\n", "\n").split("\t") for row in _ROWS if row and not row.startswith("#")]

# headings, lead-ins, wraps, footnote marks
PASSAGES = [
    (
        "一、下一步工作计划\n建成老年友善医疗机构20家。",
        "20家 level 建成老年友善医疗机构 target",
    ),
    (
        "一、主要成效\n全县建成健康小屋36个。\n二、明年工作打算\n新建健康小屋12个,签约率达到75%。",
        (
            "36个 level 建成健康小屋; 12个 level 新建健康小屋 target 2024-01-01..2024-12-31; "
            "75% level 健康小屋|签约率 target 2024-01-01..2024-12-31"
        ),
    ),
    (
        "到2025年,主要目标如下:\n--人均预期寿命达到79.5岁;\n--健康素养水平达到28%。",
        "79.5岁 level 人均预期寿命 target ..2025-12-31; 28% level 健康素养水平 target ..2025-12-31",
    ),
    (
        "2022年末,全县共有卫生机构312个。床位总数2860张。",
        "312个 level 卫生机构 ..2022-12-31; 2860张 level 床位总数 ..2022-12-31",
    ),
    (
        "会议要求,年底前完成培训600人次。",
        "600人次 level 培训 target ..2023-12-31",
    ),
    (
        "全县登记糖尿病患者1.2万人[2]。管理率为70.1%。",
        "1.2万人 level 登记糖尿病患者; 70.1% level 管理率",
    ),
    (
        "全县登记高血压患者3.16万人，同比增长2.4%，患者满意度达到\n78.4%，较上年提高1.2个百分点。",
        (
            "3.16万人 level 登记高血压患者; 2.4% change+ 登记高血压患者 vs 同比 of 0; 78.4% level 患者满意度; "
            "1.2个百分点 change+ 患者满意度 vs 上年 of 2"
        ),
    ),
]

STILL_WRONG = [
    (
        "高血压、糖尿病管理率均高于省定标准，分别高出3.2个和1.9个百分点。",
        "3.2个 gap+ 高血压|管理率 vs 省定标准; 1.9个百分点 gap+ 糖尿病管理率 vs 省定标准",
        "the clause with the yardstick has no value, and so no topic",
    ),
    (
        "全市综合排名由第4位升至第2位。",
        "第4位 rank 综合排名 in 610500; 第2位 rank 综合排名 in 610500",
        "排名 is taken for the verb of the rank",
    ),
    ("目标任务为筛查5万人。", "5万人 level 筛查 target", "目标任务为 is a lead-in"),
    (
        "基本公共卫生服务经费提高到人均94元。",
        "94元 level 基本公共卫生服务经费|人均",
        "人均 behind the verb of reaching hides it",
    ),
    ("对失独家庭每户每月发放补助800元。", "800元 level 每户每月发放补助", "每户每月 before the deed is dropped"),
    ("投入5600万元完成发热门诊改造。", "5600万元 level 投入|发热门诊改造", "what the money is for is not read"),
    (
        "规范管理率、服药率、控制率分别为81.2%、76.4%和63.0%。",
        "81.2% level 规范管理率; 76.4% level 服药率; 63.0% level 控制率",
        "规范 is shared out as if it were the population",
    ),
    (
        "全市登记在册严重精神障碍患者1.86万人，规范管理率92.3%。",
        "1.86万人 level 登记在册严重精神障碍患者 in 610500; 92.3% level 严重精神障碍患者|规范管理率 in 610500",
        "only one of the two verbs before the topic is taken off",
    ),
    (
        "省、市、县三级医院分别有8家、26家和74家。",
        "8家 level 省|医院; 26家 level 市|医院; 74家 level 县|医院",
        "三级 stands for the levels listed, not for a grade",
    ),
]


def show(report: healthie.Report, fact: Fact) -> str:
    """Return a fact as the rows above write it."""
    said = [fact.quantity.text, fact.role + fact.direction, "|".join(s.text for s in fact.indicator.spans) or "-"]
    if fact.reference:
        said.append(f"vs {fact.reference.text}")
    if fact.of is not None:
        said.append(f"of {fact.of}")
    if fact.status == "target":
        said.append("target")
    if fact.period and fact.period.text and fact.period != report.document.period:
        said.append(f"{fact.period.start or ''}..{fact.period.end or ''}")
    if fact.region and fact.region.text:
        said.append(f"in {fact.region.code or fact.region.name}")
    return " ".join(said)


def read(text: str) -> str:
    report = healthie.extract(text, region="白水县", published="2023-07-12")
    return "; ".join(show(report, fact) for fact in report.facts)


@pytest.mark.parametrize(("text", "facts"), [pytest.param(*row, id=row[0]) for row in (*SENTENCES, *PASSAGES)])
def test_sentences(text: str, facts: str) -> None:
    assert read(text) == facts


# National news, without a place of its own: the places of facts.
NEWS = "新华社北京5月6日电 全国开展健康服务。"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("新的急救中心在青海西宁启用。中心设床位320张。", ["西宁市"]),
        ("在有名的药材大县甘肃岷县，当归种植面积14万亩。", ["岷县"]),
        ("加拿大卫生部门12日宣布向古巴提供1.5亿元医疗援助。", ["加拿大"]),
        ("今天上午，甘肃民勤净水厂开工，工程总投资7亿元。", ["民勤县"]),
        ("在匈牙利，中国医疗队开设了30个诊室。", ["匈牙利"]),
        ("加拿大多地下雪。多伦多、温哥华等市积雪达20厘米。", ["加拿大"]),
        ("大桥起点是汕头市达濠街道，终点为揭阳市地都镇，全长31公里。", ["全国"]),
        ("在甘肃张掖，义诊进了乡镇。当地组织医师45名。", ["张掖市"]),
        ("加拿大卫生部门说，今年报告病例58例。", ["加拿大"]),
        ("甘肃张掖的集市是全国十大集市之一。春节将至，每日成交900吨。", ["张掖市"]),
        ("在最先放开申请的湖北，自9月1日起，收到申请超11万份。", ["湖北省"]),
        ("林区分为东北林区、西南林区等5个大区。", ["全国"]),
        ("西宁冬奥会主题赛事带动2万人参与。", ["全国"]),
        ("“我的西宁行”义诊服务群众3万人次。", ["全国"]),
        ("喀什的石榴、阿克苏的苹果，全疆果园面积为380万亩。", ["新疆维吾尔自治区"]),
        ("全国建成卒中中心1900个。", ["全国"]),
    ],
)
def test_places_in_national_news(text: str, places: list[str]) -> None:
    report = healthie.extract(f"{NEWS}\n{text}", published="2023-05-06")
    assert [fact.region.name if fact.region else "" for fact in report.facts] == places


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        pytest.param(text, facts, id=text, marks=pytest.mark.xfail(reason=why, strict=True))
        for text, facts, why in STILL_WRONG
    ],
)
def test_sentences_still_wrong(text: str, facts: str) -> None:
    assert read(text) == facts


def test_there_are_many_sentences() -> None:
    assert len({text for text, *_ in (*SENTENCES, *PASSAGES, *STILL_WRONG)}) >= 120


PIECES = (
    "全县全市全省占较上年同比增长下降高出超过比其中分别为达到由提高到至每人均签约率床位医院建成新增力争要将年底前"
    "的中和、，；：（）“”。\n 　第位居前者降幅占比数量翻一番倍"
)
WORDS = st.sampled_from(
    [
        *PIECES,
        "3个",
        "12.5%",
        "0.6个百分点",
        "40余万例",
        "第6位",
        "三分之一",
        "2022年",
        "蒲城县",
        "分别",
        "其中",
        "\n\n",
        "[3]",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=50).map("".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_text_is_read_and_offsets_are_true(text: str) -> None:
    report = healthie.extract(text, region="白水县", published="2023-07-12")
    for index, fact in enumerate(report.facts):
        spans = [fact.quantity, fact.sentence, *fact.indicator.spans, *filter(None, [fact.reference])]
        assert all(text[span.start : span.end] == span.text for span in spans)
        assert fact.of != index
        assert fact.of is None or 0 <= fact.of < len(report.facts)
        assert fact.sentence.start <= fact.quantity.start < fact.quantity.end <= fact.sentence.end
        assert [s.start for s in fact.indicator.spans] == sorted(s.start for s in fact.indicator.spans)


@pytest.mark.parametrize(
    ("text", "counted"), [("派出8批医疗队支援湖北", "8批"), ("6所皖江", "6所"), ("8名医生赴武汉", "8名")]
)
def test_a_place_may_end_a_text(text: str, counted: str) -> None:
    assert [fact.quantity.text for fact in healthie.extract(text).facts] == [counted]


def test_every_sentence_can_be_cut_short() -> None:
    for sentence, _ in SENTENCES:
        for size in range(1, 6):
            any_text.check_report(healthie.extract(sentence[: len(sentence) - size]))


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_each_quantity_makes_one_fact(text: str) -> None:
    quantities = healthie.find_quantities(text)
    facts = link(text, Mentions(quantities), Document())
    assert [fact.quantity for fact in facts] == list(quantities)


@pytest.mark.parametrize(
    "clause", ["新增12个，占3%（增长2%），", "分别为3个、5个，", "比上年下降3%，居全省第6位，", "（3个", '"3个']
)
def test_one_endless_sentence_is_read(clause: str) -> None:
    text = "全县" + clause * 300
    quantities = healthie.find_quantities(text)
    assert len(link(text, Mentions(quantities), Document())) == len(quantities)
