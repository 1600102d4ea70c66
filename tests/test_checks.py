"""Checks: our own sentences with what a careful editor would question, near misses, and properties of every report."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import healthie
from healthie.checks import describe
from healthie.checks.interval import written

CORPORA = Path(__file__).parents[1] / "corpora"

# kind: sentences, each with the arithmetic that must be said of it
FOUND = {
    "over-100": [
        ("全县电子健康档案建档率达到104.2%。", "电子健康档案建档率: a part cannot be 104.2% of its whole."),
        ("高血压患者规范管理率为107%，糖尿病患者规范管理率为65%。", "a part cannot be 107% of its whole"),
        ("65岁及以上老年人口占常住人口的118%。", "a part cannot be 118% of its whole"),
        ("家庭医生签约率达到1012‰。", "a part cannot be 1012‰ of its whole"),
    ],
    "fall-over-100": [
        ("全市投诉量同比下降120%。", "What falls by 120% falls below nothing."),
        ("药品支出较上年减少105.5%。", "What falls by 105.5% falls below nothing."),
    ],
    "share": [
        ("16个改造项目中，已有6个竣工，竣工率50%。", "6个 of 16个 is 38%, not 50%."),
        ("全市老年人口45.6万人，占总人口380万人的15%。", "45.6万人 of 380万人 is 12%, not 15%."),
        ("全市老年人口45.6万人，占常住人口的15%。全市常住人口380万人。", "45.6万人 of 380万人 is 12%, not 15%."),
        ("全市有医院32家，其中公立医院18家，占66.3%。", "18家 of 32家 is 56.3%, not 66.3%."),
        ("应体检1200人，实际体检1100人，体检率93.7%。", "1100人 of 1200人 is 91.7%, not 93.7%."),
        ("全市医院564家。医院中，公立医院231家（占45.2%）。", "231家 of 564家 is 41%, not 45.2%."),
        ("发现问题56个，其中已整改52个，整改率82.9%。", "52个 of 56个 is 92.9%, not 82.9%."),
        ("抽检样品500批次，合格490批次，合格率88%。", "490批次 of 500批次 is 98%, not 88%."),
        (
            "上半年，全市出生3.12万人，同比增长9.8%，其中二孩1.47万人，占42.1%。",
            "1.47万人 of 3.12万人 is 46.9～47.4%, not 42.1%.",
        ),
        (
            "卫生总费用90亿元，其中：政府支出22亿元，占24.4%；社会支出41亿元，占49.6%。",
            "41亿元 of 90亿元 is 44.8～46.4%, not 49.6%.",
        ),
    ],
    "part": [
        ("全市有医院32家，其中三级医院38家。", "A part of 32家 cannot be 38家."),
        ("投入资金1200万元，其中中央资金1500万元。", "A part of 1200万元 cannot be 1500万元."),
        ("10个乡镇中，已有12个通过验收。", "A part of 10个 cannot be 12个."),
    ],
    "sum": [
        ("全市有医院32家，其中公立医院18家、民营医院12家。", "18家 + 12家 is 30家, not 32家."),
        ("全市参保480万人，其中职工医保120万人，居民医保380万人。", "120万人 + 380万人 is 499～501万人, not 480万人."),
        ("招收学员600人，其中男320人、女290人。", "320人 + 290人 is 610人, not 600人."),
        ("投入资金1200万元，其中中央资金800万元、省级资金500万元。", "is 1299～1301万元, not 1200万元."),
        ("全市有医疗卫生机构512家（医院32家、卫生院470家、专业公共卫生机构15家）。", "is 517家, not 512家."),
        (
            "总诊疗2300万人次，其中：医院1200万人次，基层医疗卫生机构800万人次，其他机构200万人次。",
            "is 2199～2201万人次, not 2300万人次.",
        ),
        ("门诊患者中，城市居民占56.2%、农村居民占53.8%。", "56.2% + 53.8% is 109.9～110.1%, not 100%."),
    ],
    "direction": [
        ("全市床位数由3200张增加到3100张。", "From 3200张 to 3100张 is no rise."),
        ("婴儿死亡率由3.2‰下降到2022年的3.5‰。", "From 3.2‰ to 3.5‰ is no fall."),
        ("平均住院日从8.6天缩短至9.1天。", "From 8.6天 to 9.1天 is no fall."),
        ("药占比由28.4%降至29.1%。", "From 28.4% to 29.1% is no fall."),
    ],
    "growth": [
        ("全市床位数由3200张增加到3500张，增长19.4%。", "From 3200张 to 3500张 is a change of 9.4%, not +19.4%."),
        ("全市床位数由3200张增加到3500张，增加200张。", "is a change of 300张, not +200张."),
        ("健康素养水平由24.1%提高到28.3%，提高5.2个百分点。", "is a change of 4.1～4.3个百分点, not +5.2个百分点."),
        ("门诊量由1.2亿人次增加到2.9亿人次，增长2.4倍。", "is a change of 1.3～1.6倍, not +2.4倍."),
        (
            "全市床位3500张，比上年增加300张，增长12.4%。",
            "A change of +300张 to 3500张 is a change of 9.4%, not +12.4%.",
        ),
        (
            "2023年上半年，全市门诊量120万人次，同比增长20%。2022年上半年，全市门诊量110万人次。",
            "From 110万人次 to 120万人次 is a change of 8～10%, not +20%.",
        ),
        ("上半年，全市门诊量120万人次（去年同期110万人次），同比增长20%。", "is a change of 8～10%, not +20%."),
    ],
    "points": [
        (
            "签约率由45%提高到56%，提高11%。",
            "From 45% to 56% is 11 percentage points, not 11%; as a growth rate it is 22～27%.",
        ),
        ("药占比由35.2%下降到28.1%，下降7.1%。", "is 7.1 percentage points, not 7.1%"),
    ],
    "gap": [
        (
            "计划全市家庭医生签约率达到50%。全市家庭医生签约率达到56.5%，超过目标9.5个百分点。",
            "56.5% against 50% is a gap of 6～7个百分点, not +9.5个百分点.",
        ),
        (
            "全市学生视力筛查率为87.3%，比全省高8.9个百分点。全省学生视力筛查率为81%。",
            "87.3% against 81% is a gap of 5.8～6.8个百分点, not +8.9个百分点.",
        ),
        (
            "全市药品费用占比26.5%，比全省平均水平（24.1%）高1.2个百分点。",
            "is a gap of 2.3～2.5个百分点, not +1.2个百分点.",
        ),
        ("全市健康素养水平28.3%，高于全国平均水平1.2个百分点（全国为29.7%）。", "is a gap of -1.5～-1.3个百分点"),
        (
            "孕产妇死亡率为8.6/10万，低于全省平均水平（10.2/10万）2.1/10万。",
            "is a gap of -1.7～-1.5/10万, not -2.1/10万.",
        ),
    ],
    "conflict": [
        (
            "全市家庭医生签约率达到56.5%。签约服务扎实推进。全市家庭医生签约率达到53.6%。",
            "家庭医生签约率 is 56.5% in one place and 53.6% in another.",
        ),
        ("全市人均预期寿命为79.3岁。全市人均预期寿命为78.9岁。", "is 79.3岁 in one place and 78.9岁 in another."),
    ],
    "target": [
        (
            "目前，全市家庭医生签约率已达56%。到2025年，全市家庭医生签约率提高到50%。",
            "The target 50% is reached already: 56%.",
        ),
        (
            "2022年，孕产妇死亡率为11.3/10万。到2030年，孕产妇死亡率下降到12/10万。",
            "The target 12/10万 is reached already: 11.3/10万.",
        ),
    ],
    "unit": [
        (
            "投入资金1200万元，其中中央资金800元、省级资金400万元。",
            "With 万 in 800元 the parts add up to 1200万元.",
        ),
        (
            "2022年，全市婴儿死亡率为3.5‰。2023年，全市婴儿死亡率为3.2%。",
            "is 3.5‰ in one place and 3.2% in another: the figures are alike, the units are not.",
        ),
        (
            "2022年，全市次均住院费用为8200元。2023年，全市次均住院费用为8350万元。",
            "is 8200元 in one place and 8350万元",
        ),
        ("2022年，全市门诊量为3200人次。2023年，全市门诊量为3500万人次。", "is 3200人次 in one place and 3500万人次"),
    ],
    "rank": [
        ("健康城市评价在全市10个县区中排名第12位。", "Among 10个 there is no place 第12位."),
        ("综合考核居全省11个市第12位。", "Among 11个 there is no place 第12位."),
    ],
    "period": [
        ("2023年7月至2023年6月，全市体检4万人。", "2023年7月至2023年6月 ends before it begins."),
        ("2024年至2021年，全市新增床位300张。", "2024年至2021年 ends before it begins."),
        ("2023年9月5日至2023年9月1日，全市义诊3000人次。", "ends before it begins."),
    ],
}

# Sentences that look like those above and are right, or may be.
FINE = [
    # rates that may exceed 100 %, and growth
    "病床使用率达到103.5%。",
    "完成年度招生计划的112%。",
    "小学毛入学率为108.3%。",
    "年度投资完成率达到104%。",
    "医院床位3000张，使用率达102.3%。",
    "全市卫生支出占卫生收入的101.2%。",
    "医疗收入同比增长130%。",
    "疫苗接种率达到100%。",
    "结余同比下降130%。",
    "全市投诉量同比下降100%。",
    # shares that fit as rounded, of another whole, or of a whole that is open
    "16个改造项目中，已有6个竣工，竣工率38%。",
    "全市老年人口45.6万人，占总人口380万人的12%。",
    "全市有医院32家，其中公立医院18家，占56.3%。",
    "全市有医院约32家，其中公立医院18家，占55%。",
    "应体检1200人，实际体检1100人，体检率91.7%。",
    "发现问题56个，其中已整改52个，整改率92.9%。",
    "建档87万人，签约26万人，签约率23%。",
    "全市60岁以上老年人45.6万人，占总人口的12%，其中65岁以上33万人，占8.7%。",
    "全市有医院32家，其中公立医院18家，占全省的6.3%。",
    "全市老年人口超过45万人，占总人口380万人的12%。",
    # parts: a list that has ended, rates, bases that differ, 约
    "全市有医院32家，其中三级医院3家，村卫生室870家。",
    "病床使用率78.2%，其中公立医院84.6%。",
    "9个县（市、区）共建成医共体20个。",
    "全市床位约3000张，其中医院床位3010张。",
    # sums: full lists that fit, parts that overlap or are not all, rounding
    "全市有医院32家，其中公立医院18家、民营医院14家。",
    "培训学员600人，其中党员320人、女学员390人。",
    "全市床位3.2万张，其中公立医院2.4万张、民营医院0.9万张。",
    "全市卫生技术人员5200人，其中执业医师2100人、注册护士2400人。",
    "投入资金1200万元，其中中央资金800万元、省级资金300万元。",
    "投入资金1200万元，其中中央资金800万元、捐赠300元。",
    "门诊患者中，城市居民占46.2%、农村居民占53.8%。",
    "落实资金1200万元，其中中央800万元，省级资金300万元，市级资金100万元，县级另行配套300万元。",
    "全市有执业医师2100人，其中男1200人、女900人，中级以上职称1300人。",
    "全市有医院32家（三级医院3家、二级医院29家）。",
    "全市有医院32家（含民营医院12家、专科医院9家）。",
    # a place that rises as its figure falls
    "全省排名由第9位上升到第5位。",
    "婴儿死亡率由3.5‰下降到3.2‰。",
    # growth as rounded, averaged, adjusted, or from another time
    "全市床位数由3200张增加到3500张，增长9.4%。",
    "全市床位数由3200张增加到3500张，年均增长3%。",
    "健康素养水平由24.1%提高到28.3%，提高4.2个百分点。",
    "门诊量由1.2亿人次增加到2.9亿人次，增长1.4倍。",
    "门诊量由1.2亿人次增加到2.4亿人次，翻了一番。",
    "全市床位3500张，比上年增加300张，增长9.4%。",
    "医疗服务收入由3.2亿元增加到3.5亿元，扣除价格因素实际增长7.1%。",
    "地区生产总值由320亿元增加到350亿元，增长6.1%。",
    "全市床位数由2015年的3200张增加到3500张，同比增长2%。",
    "签约率由45%提高到56%，提高11个百分点。",
    "签约率由45%提高到56%，增长24.4%。",
    "签约率达到56.3%，比上年提高3%。",
    # gaps that fit, or whose yardstick is not given
    "全市学生视力筛查率为87.3%，比全省高6.3个百分点。全省学生视力筛查率为81%。",
    "全市药品费用占比26.5%，比全省平均水平（24.1%）高2.4个百分点。",
    "全市学生视力筛查率为87.3%，比全省高8.9个百分点。",
    # values of other years and places, values that are about the same, deeds done twice
    "全市家庭医生签约率达到56.5%。经过努力，全市家庭医生签约率达到57%左右。",
    "2022年，全市家庭医生签约率达到53.6%。2023年，全市家庭医生签约率达到56.5%。",
    "全市家庭医生签约率达到56.5%。青川县家庭医生签约率达到53.6%。",
    "举办培训班12期。又举办培训班11期。",
    # the same words of other people and institutions, named before them
    "糖尿病患者健康管理扎实推进，规范管理率达到72.1%。高血压患者健康管理扎实推进，规范管理率达到75.3%。",
    "高血压患者管理有序推进。全市规范管理率达到72.1%。糖尿病患者管理有序推进。全市规范管理率达到75.3%。",
    "医院方面，次均门诊费用278.5元。基层方面，次均门诊费用271.6元。",
    "县人民医院次均住院费用6200元。县中医院次均住院费用5800元。",
    "医院方面，次均门诊费用278.5元，同比增长9%。2022年，基层次均门诊费用271.6元。",
    # targets ahead, and what is to be held
    "目前，全市家庭医生签约率已达46%。到2025年，全市家庭医生签约率提高到50%。",
    "目前，全市家庭医生签约率已达96%。到2025年，全市家庭医生签约率保持在90%以上。",
    "2022年，孕产妇死亡率为11.3/10万。到2030年，孕产妇死亡率控制在12/10万以下。",
    "2022年，全市婴儿死亡率为3.5‰。2023年，全市婴儿死亡率为0.32%。",
    "2022年，全市次均住院费用为8200元。2023年，全市次均住院费用为0.83万元。",
    "全市门诊量为3200万人次。青川县门诊量为3500人次。",
    "计划全市家庭医生签约率达到50%。全市家庭医生签约率达到56.5%，超过目标6.5个百分点。",
    "2023年，全市家庭医生签约率目标为50%。上半年，全市家庭医生签约率达到56%。",
    # ranks and times that are possible
    "健康城市评价在全市10个县区中排名第3位。",
    "服务满意度居全省第12位。",
    "2022年7月至2023年6月，全市体检4万人。",
    "2021年至2024年，全市新增床位300张。",
]

REPORT = """青川县2023年卫生健康工作总结

2023年，全县共有医疗卫生机构286家，其中医院6家、基层医疗卫生机构274家、其他机构9家。年末实有床位1450张，比上年增加120张，\
增长9.0%。每千常住人口床位数由6.1张提高到6.7张。

全年门诊量82.4万人次，同比增长5.1%。高血压患者规范管理率达到78.2%，高于全市平均水平（75.6%）2.6个百分点。

全县投入资金3200万元，其中中央资金2000万元、省级资金800万元、县级资金400万元。村卫生室达标率由81%提高到91%，提高10%。
"""


def check(text: str, published: str = "2023-07-10") -> tuple[healthie.Finding, ...]:
    return healthie.check(healthie.extract(text, region="510800", published=published))


@pytest.mark.parametrize(
    ("kind", "text", "said"), [(kind, text, said) for kind, rows in FOUND.items() for text, said in rows]
)
def test_what_does_not_fit_is_found_with_its_arithmetic(kind: str, text: str, said: str) -> None:
    found = [finding for finding in check(text) if finding.kind == kind]
    assert [said in finding.message for finding in found] == [True], [finding.message for finding in found]


@pytest.mark.parametrize("text", FINE)
def test_what_fits_raises_no_alarm(text: str) -> None:
    assert [finding.message for finding in check(text)] == []


def test_a_report_with_two_faults() -> None:
    sum_fault, points_fault = check(REPORT, "2024-02-01")
    assert (sum_fault.kind, sum_fault.message) == ("sum", "6家 + 274家 + 9家 is 289家, not 286家.")
    assert (points_fault.kind, points_fault.severity) == ("points", "error")
    assert [span.text for span in points_fault.spans] == ["81%", "91%", "10%"]


def test_a_report_that_fits_raises_no_alarm() -> None:
    mended = REPORT.replace("其他机构9家", "其他机构6家").replace("提高10%。", "提高10个百分点。")
    assert check(mended, "2024-02-01") == ()


@pytest.mark.parametrize("path", sorted(CORPORA.glob("*.txt")), ids=lambda path: path.stem)
def test_no_alarm_over_the_corpora(path: Path) -> None:
    report = healthie.extract(path.read_text(encoding="utf-8"))
    assert [finding.message for finding in healthie.check(report)] == []


def test_a_finding_holds_facts_characters_and_values() -> None:
    report = healthie.extract("全县床位1.25万张。16个改造项目中，已有6个竣工，竣工率50%。")
    (finding,) = healthie.check(report)
    assert finding.facts == (1, 2, 3)
    assert [report.text[span.start : span.end] for span in finding.spans] == ["16个", "6个", "50%"]
    assert (finding.stated, finding.unit) == (Decimal(50), "%")
    assert (finding.expected_low, finding.expected_high) == (Decimal("37.5"), Decimal("37.5"))
    assert finding.message_zh == "6个占16个的38%，不是50%。"
    assert finding.confidence == min(report.facts[i].confidence for i in finding.facts)


@pytest.mark.parametrize("given", ["全县有卫生院8所。", [healthie.extract("全县有卫生院8所。")], None])
def test_what_is_no_report_is_refused_with_the_mend(given: object) -> None:
    with pytest.raises(TypeError, match=rf"^report is a {type(given).__name__}: read one text with healthie\.extract"):
        healthie.check(given)  # type: ignore[arg-type]


def test_a_finding_as_json() -> None:
    (finding,) = check("全市有医院32家，其中三级医院38家。")
    assert json.loads(json.dumps(finding.to_dict())) == {
        "kind": "part",
        "severity": "error",
        "facts": [0, 1],
        "spans": [{"text": "32家", "start": 5, "end": 8}, {"text": "38家", "start": 15, "end": 18}],
        "message": "A part of 32家 cannot be 38家.",
        "message_zh": "38家是32家的一部分，不可能比它大。",
        "stated": 38,
        "expected_low": 0,
        "expected_high": 32,
        "unit": "家",
        "confidence": finding.confidence,
    }


def test_findings_as_lines_of_text() -> None:
    findings = check("全市有医院32家，其中三级医院38家。全市投诉量同比下降120%。")
    assert describe(findings).splitlines() == [
        "5-18 error part: A part of 32家 cannot be 38家.",
        "28-32 error fall-over-100: What falls by 120% falls below nothing.",
    ]
    assert describe(findings[:1], chinese=True) == "5-18 error part: 38家是32家的一部分，不可能比它大。"
    assert describe(()) == ""


def test_a_difference_of_one_in_the_last_figure_is_a_question() -> None:
    assert [f.severity for f in check("全市床位数由3200张增加到3500张，增长9.3%。")] == ["question"]
    assert [f.severity for f in check("全市床位数由3200张增加到3500张，增长8.3%。")] == ["error"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("签约率56.5%", 56.45, 56.55),
        ("签约率56%", 55.5, 56.5),
        ("床位3.2万张", 31500, 32500),
        ("床位3.20万张", 31950, 32050),
        ("医院512家", 512, 512),
        ("投入1200万元", 11995000, 12005000),
        ("费用186元", 185.5, 186.5),
        ("床位约4500张", 4400, 4600),
        ("投入300余万元", 3000000, 4000000),
        ("医院50多家", 50, 60),
        ("死亡率8.6/10万", 8.55, 8.65),
        ("病例3万4千例", 33500, 34500),
        ("覆盖率三成", 25, 35),
        ("医院3至5家", 3, 5),
        ("床位500张以上", 500, float("inf")),
        ("床位不超过500张", float("-inf"), 500),
    ],
)
def test_what_a_number_as_written_can_stand_for(text: str, low: float, high: float) -> None:
    (quantity,) = healthie.find_quantities(text)
    interval = written(quantity)
    assert (float(interval.low), float(interval.high)) == (low, high)


def rounded(value: float, digits: int) -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


@settings(max_examples=60, deadline=None)
@given(st.integers(20, 90000), st.floats(0.02, 0.98), st.integers(0, 2))
def test_a_share_rounded_rightly_raises_no_alarm(whole: int, ratio: float, digits: int) -> None:
    part = max(1, int(whole * ratio))
    share = rounded(100 * part / whole, digits)
    assert check(f"全市有医院{whole}家，其中公立医院{part}家，占{share}%。") == ()


@settings(max_examples=60, deadline=None)
@given(st.floats(1.5, 900), st.floats(0.02, 4), st.integers(0, 2), st.integers(0, 2))
def test_growth_worked_out_before_rounding_raises_no_alarm(
    earlier: float, growth: float, digits: int, digits_of_growth: int
) -> None:
    before, after = rounded(earlier, digits), rounded(earlier * (1 + growth), digits)
    percent = rounded(100 * growth, digits_of_growth)
    assert check(f"全市门诊量由{before}万人次增加到{after}万人次，增长{percent}%。") == ()
    added = rounded(earlier * growth, digits)
    assert check(f"全市门诊量{after}万人次，比上年增加{added}万人次，增长{percent}%。") == ()


FRAGMENTS = [text for rows in FOUND.values() for text, _ in rows] + FINE
NUMBERS = st.sampled_from(["0", "1", "0.0", "9" * 40, "1e9", "-3", "三", "约100", "1-2", "０", "5余", "1,000"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=4),
    st.lists(NUMBERS, min_size=3, max_size=3),
    st.integers(0, 60),
)
def test_no_report_makes_a_check_raise(fragments: list[str], numbers: list[str], cut: int) -> None:
    text = "".join(fragments)[cut:]
    for old, new in zip(("3", "1", "%"), numbers, strict=True):
        text = text.replace(old, new, 2)
    report = healthie.extract(text)
    for finding in healthie.check(report):
        assert all(text[span.start : span.end] == span.text for span in finding.spans)
        assert all(0 <= i < len(report.facts) for i in finding.facts)
        json.dumps(finding.to_dict(), allow_nan=False)
