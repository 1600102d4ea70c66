"""Time expressions and their dates: tables of our own sentences with the gold inside, counter-examples, properties."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked_times import found, strip

from healthie.periods import find_periods
from healthie.records import Period
from healthie.text import fold
from healthie.timecontext import Clock, known_days


def year(number, last=None):
    return Period(date(number, 1, 1), date(last or number, 12, 31))


def half(number):
    return Period(date(number, 1, 1), date(number, 6, 30))


HALF_YEAR = [  # a half-year summary of 2018, published on 5 August 2018
    "〔上半年|interval|2018-01-01..2018-06-30〕全县新增签约3.2万人。",
    "〔一季度|interval|2018-01-01..2018-03-31〕门诊量持平,〔二季度|interval|2018-04-01..2018-06-30〕回升。",
    "〔1—7月份|interval|2018-01-01..2018-07-31〕住院1.9万人次。",
    "〔１－６月|interval|2018-01-01..2018-06-30〕分娩2210例。",
    "〔1至6月|interval|2018-01-01..2018-06-30〕完成体检7万人。",
    "〔今年前5个月|interval|2018-01-01..2018-05-31〕报告病例下降。",
    "〔截至7月|until|..2018-07-31〕,已有12个项目开工。",
    "〔截至7月底|until|..2018-07-31〕建档率91%。",
    "〔截止目前|until|..2018-08-05〕,接诊6万人次。",
    "〔目前|until|..2018-08-05〕已有9家通过评审。",
    "〔今年以来|since|2018-01-01..2018-08-05〕抽检4批次。",
    "〔2016年以来|since|2016-01-01..2018-08-05〕累计投入2亿元。",
    "〔自2017年3月启动以来|since|2017-03-01..2018-08-05〕,惠及8000户。",
    "〔7月1日起|since|2018-07-01..2018-08-05〕执行新价格。",
    "〔年底前|deadline|..2018-12-31〕签约率达到35%以上。",
    "〔9月底前|deadline|..2018-09-30〕完成招标。",
    "确保〔年底|deadline|..2018-12-31〕建成3个分院。",
    "〔到2020年底|deadline|..2020-12-31〕实现全覆盖。",
    "力争〔到2020年|deadline|..2020-12-31〕每千人口床位达6张。",
    "〔2019年6月底前|deadline|..2019-06-30〕投入使用。",
    "〔全年|interval|2018-01-01..2018-12-31〕计划培训400人。",
    "〔6月21日|interval|2018-06-21..2018-06-21〕召开现场会。",
    "〔2018年|interval|2018-01-01..2018-12-31〕,全区新建卫生室11个。",
    "〔下半年|interval|2018-07-01..2018-12-31〕继续推进。",
    "〔年内|interval|2018-01-01..2018-12-31〕完成改造。",
    "〔8月底前|deadline|..2018-08-31〕全部到位。",
]

YEAR = [  # an annual review of 2022, published on 18 January 2023
    "〔全年|interval|2022-01-01..2022-12-31〕住院分娩5万例。",
    "〔年末|until|..2022-12-31〕全市有医院88家,比〔上年末|compared|..2021-12-31〕增加3家。",
    "〔2022年末|until|..2022-12-31〕床位4.4万张。",
    "〔2022年底|until|..2022-12-31〕累计建成医共体21个。",
    "门诊量比〔上年|compared|2021-01-01..2021-12-31〕增长4.1%。",
    "与〔上年|compared|2021-01-01..2021-12-31〕相比,护士增加620人。",
    "与〔2019年|compared|2019-01-01..2019-12-31〕持平。",
    "较〔2020年|compared|2020-01-01..2020-12-31〕提高2.2个百分点。",
    "〔今年|interval|2023-01-01..2023-12-31〕,我们将新建6个站点。",
    "〔2023年|interval|2023-01-01..2023-12-31〕计划投入3亿元。",
    "〔去年|interval|2022-01-01..2022-12-31〕筛查9万人。",
    "〔年底前|deadline|..2023-12-31〕建成投用。",
    "〔五年来|multiyear|2018-01-01..2022-12-31〕,床位增加1万张。",
    "〔近三年|multiyear|2020-01-01..2022-12-31〕培训全科医生900名。",
    "〔过去一年|interval|2022-01-01..2022-12-31〕,服务能力提升。",
    "〔“十三五”期间|multiyear|2016-01-01..2020-12-31〕投资12亿元。",
    "〔“十四五”以来|multiyear|2021-01-01..2023-01-18〕新增托位5000个。",
    "〔“十四五”末|deadline|..2025-12-31〕达到4.5个。",
    "〔党的十八大以来|multiyear|2012-01-01..2023-01-18〕成效显著。",
    "〔未来三年|multiyear|2023-01-01..2025-12-31〕将培养600人。",
    "〔2024—2026年|interval|2024-01-01..2026-12-31〕分三批实施。",
    "〔2017年到2021年|interval|2017-01-01..2021-12-31〕,增长两成。",
    "寿命〔从2015年|interval|2015-01-01..2015-12-31〕的76.1岁提高〔到2022年|interval|2022-01-01..2022-12-31〕的78.3岁。",
    "总量是〔2018年|compared|2018-01-01..2018-12-31〕的1.6倍。",
    "规模为〔2018年|compared|2018-01-01..2018-12-31〕的85%。",
    "〔10月|interval|2022-10-01..2022-10-31〕通过验收。",
    "〔12月28日|interval|2022-12-28..2022-12-28〕揭牌。",
    "〔到2022年底|until|..2022-12-31〕建成31个。",
    "〔2021—2022学年|interval|2021-09-01..2022-08-31〕体检学生8万人。",
    "为〔近五年|compared|2018-01-01..2022-12-31〕最低水平。",
    "〔上世纪90年代|multiyear|1990-01-01..1999-12-31〕建院。",
    "基金运行总体平稳,收支基本平衡,〔2022年\n前三季度|interval|2022-01-01..2022-09-30〕结余2亿元。",
    "医保基金运行总体平稳,收支基本平衡,〔2022\n年|interval|2022-01-01..2022-12-31〕投入3亿元。",
    "〔二〇二二年十一月|interval|2022-11-01..2022-11-30〕开诊。",
    "〔2020|interval|2020-01-01..2020-12-31〕、〔2021年|interval|2021-01-01..2021-12-31〕分别为8家和9家。",
    "〔去年10月至今年1月|interval|2022-10-01..2023-01-31〕收治3000人。",
    "为〔2020年5月以来|compared|2020-05-01..2020-05-31〕最低水平。",
    "投资较〔“十三五”时期|compared|2016-01-01..2020-12-31〕翻番。",
    "〔“十四五”前四年|multiyear|2021-01-01..2024-12-31〕新增8家。",
    "〔2022年1月1日至6月30日|interval|2022-01-01..2022-06-30〕共8例。",
    "〔2021年7月—2022年6月|interval|2021-07-01..2022-06-30〕共8例。",
    "〔2022年第四季度|interval|2022-10-01..2022-12-31〕共8例。",
    "〔2022 年 1 月至 11 月|interval|2022-01-01..2022-11-30〕共8例。",
    "〔2022年6月末|until|..2022-06-30〕在册8人。",
    "〔2022年10月至次年3月|interval|2022-10-01..2023-03-31〕为高发季。",
    "〔10月至次年3月|interval|2022-10-01..2023-03-31〕流感高发。",
]


@pytest.mark.parametrize("marked", HALF_YEAR)
def test_half_year_summary(marked):
    text, gold = strip(marked)
    assert found(text, "2018-08-05", half(2018)) == gold


@pytest.mark.parametrize("marked", YEAR)
def test_annual_review(marked):
    text, gold = strip(marked)
    assert found(text, "2023-01-18", year(2022)) == gold


ANCHORED = [  # what stands before decides the year
    (
        "〔2020年|interval|2020-01-01..2020-12-31〕收治7人,〔全年|interval|2020-01-01..2020-12-31〕无死亡。",
        "2022-03-01",
        year(2021),
    ),
    (
        "〔2020年3月|interval|2020-03-01..2020-03-31〕开工,〔8月|interval|2020-08-01..2020-08-31〕完工。",
        "2022-03-01",
        year(2021),
    ),
    (
        "〔2020年|interval|2020-01-01..2020-12-31〕增长3%。\n〔全年|interval|2021-01-01..2021-12-31〕共8家。",
        "2022-03-01",
        year(2021),
    ),
    (
        "三、〔2022年|interval|2022-01-01..2022-12-31〕工作安排\n〔全年|interval|2022-01-01..2022-12-31〕新建9家。",
        "2022-03-01",
        year(2021),
    ),
    (
        "三、〔2022年|interval|2022-01-01..2022-12-31〕任务\n建8家。\n四、其他\n〔全年|interval|2021-01-01..2021-12-31〕8家。",
        "2022-03-01",
        year(2021),
    ),
    (
        "比〔2019年|compared|2019-01-01..2019-12-31〕多8家,〔全年|interval|2021-01-01..2021-12-31〕90家。",
        "2022-03-01",
        year(2021),
    ),
    (
        "〔2020年|interval|2020-01-01..2020-12-31〕比〔上年|compared|2019-01-01..2019-12-31〕增8家。",
        "2022-03-01",
        year(2021),
    ),
    (
        "〔2020年6月|interval|2020-06-01..2020-06-30〕立项,〔当年|interval|2020-01-01..2020-12-31〕建成,〔次年|interval|2021-01-01..2021-12-31〕投用。",
        "",
        year(2021),
    ),
    (
        "〔2021年1—9月|interval|2021-01-01..2021-09-30〕8万人,比〔上年同期|compared|2020-01-01..2020-09-30〕增5%。",
        "2021-11-01",
        year(2021),
    ),
    (
        "〔上半年|interval|2021-01-01..2021-06-30〕8万人,〔去年同期|interval|2020-01-01..2020-06-30〕为7万人。",
        "2021-07-01",
        half(2021),
    ),
    (
        "〔上半年|interval|2021-01-01..2021-06-30〕8万人,较〔同期|compared|2020-01-01..2020-06-30〕增长5%。",
        "2021-07-01",
        half(2021),
    ),
    (
        "〔今天|interval|2024-04-01..2024-04-01〕(〔4月1日|interval|2024-04-01..2024-04-01〕)起施行。",
        "2024-04-01",
        None,
    ),
    (
        "〔本月|interval|2024-04-01..2024-04-30〕接种2万剂,比〔上月|compared|2024-03-01..2024-03-31〕多。",
        "2024-04-20",
        None,
    ),
    (
        "〔11月份|interval|2023-11-01..2023-11-30〕就诊8万人,较〔上月|compared|2023-10-01..2023-10-31〕减少。",
        "2023-12-20",
        None,
    ),
    (
        "〔5月20日起|since|2024-05-20..〕施行。",
        "2024-05-11",
        None,
    ),
    (
        "〔年底前|deadline|..2024-12-31〕完成。",
        "2024-05",
        None,
    ),
    (
        "〔全年|interval|2023-01-01..2023-12-31〕8家。",
        "2024-02-10",
        None,
    ),
    (
        "〔上半年|interval|2024-01-01..2024-06-30〕8家。",
        "2024-07-10",
        None,
    ),
    (
        "〔截至目前|until|..2021-12-31〕共8家。",
        "",
        year(2021),
    ),
    (
        "〔2021年以来|since|2021-01-01..2021-12-31〕新建8家。",
        "",
        year(2021),
    ),
    (
        "〔2023年底|deadline|..2023-12-31〕建成8家。",
        "",
        year(2021),
    ),
    (
        "〔2021年底|until|..2021-12-31〕建成8家。",
        "",
        year(2021),
    ),
    (
        "〔到2021年|until|..2021-12-31〕建成8家。",
        "2022-06-01",
        year(2021),
    ),
    (
        "〔2019年|interval|2019-01-01..2019-12-31〕,全区完成8万人。",
        "2019-06-11",
        half(2019),
    ),
]


IN_PLANS = [  # headings that name another year, deadlines, plans
    (
        "三、2023年工作打算\n〔年底前|deadline|..2023-12-31〕新建8个,〔全年|interval|2023-01-01..2023-12-31〕培训2人。",
        "2022-12-20",
        year(2022),
    ),
    (
        "2023年工作打算\n(一)医改。新建8个。\n(二)公卫。〔上半年|interval|2023-01-01..2023-06-30〕招标。",
        "2022-12-20",
        year(2022),
    ),
    (
        "四、〔明年|interval|2023-01-01..2023-12-31〕目标。〔年底前|deadline|..2023-12-31〕签约2万人。",
        "2022-12-20",
        year(2022),
    ),
    (
        "(三)计划生育稳步转型。〔上半年|interval|2022-01-01..2022-06-30〕出生8千人。",
        "2022-07-08",
        half(2022),
    ),
    (
        "〔2023年6月底前|deadline|..2023-06-30〕完成改造,〔年内|interval|2023-01-01..2023-12-31〕配备医生3名。",
        "2023-01-08",
        year(2022),
    ),
    (
        "〔到2025年|deadline|..2025-12-31〕,床位达到7张。〔2024年|interval|2024-01-01..2024-12-31〕签约70%。",
        "2022-03",
        year(2021, 2025),
    ),
    ("〔到2025年|deadline|..2025-12-31〕,床位达到7张。", "", year(2021, 2025)),
    (
        "〔2021年|interval|2021-01-01..2021-12-31〕就诊率91%。〔下半年|interval|2022-07-01..2022-12-31〕还将新建3个。",
        "2022-07-21",
        Period(date(2022, 1, 1), date(2022, 7, 21)),
    ),
    (
        "药占比由〔上年同期|interval|2017-01-01..2017-06-30〕的34%降至30%。〔1—6月|interval|2018-01-01..2018-06-30〕接诊8万人。",
        "2018-07-09",
        half(2018),
    ),
    (
        "病例由〔上年|interval|2021-01-01..2021-12-31〕的46例减至19例。〔全年|interval|2022-01-01..2022-12-31〕接种4万人。",
        "2023-01-09",
        year(2022),
    ),
    ("〔截至3月底|until|..2023-03-31〕,有站点62个。", "2023-04-06", year(2022)),
]

SPANS = [  # times counted back from the day of the report, 20 May 2024, or from the day named last
    "〔过去三个月|interval|2024-02-21..2024-05-20〕新增3例。",
    "〔最近两周|interval|2024-05-07..2024-05-20〕下降3%。",
    "甲军〔13日|interval|2024-05-13..2024-05-13〕称,〔过去24小时|interval|2024-05-12..2024-05-13〕有3人受伤。",
    "〔过去的48小时里|interval|2024-05-18..2024-05-20〕有3人受伤。",
    "〔30多年前|interval|1994-01-01..1994-12-31〕,村里有水井3口。",
    "是〔十年前|compared|2014-01-01..2014-12-31〕的2.5倍。",
    "三年前瞻性研究、一周年、提前完成。",
    "〔截至17日|until|..2024-05-17〕,有3人。",
    "〔截至当地时间今天|until|..2024-05-20〕有3人。",
    "对照2035年远景目标,增长5%。",
    "〔3日|interval|2024-05-03..2024-05-03〕,建成2处。〔同一天|interval|2024-05-03..2024-05-03〕,又建成3处。",
    "〔一年多来|multiyear|2023-01-01..2024-05-20〕,培训3人。",
]


@pytest.mark.parametrize("marked", SPANS)
def test_spans_up_to_the_day(marked):
    text, gold = strip(marked)
    assert found(text, "2024-05-20") == gold


FORMS = [  # a report of 2019, published on 5 December
    "〔2017、2018两年|interval|2017-01-01..2018-12-31〕投入3亿元。",
    "〔2016年、2017年和2018年三年|interval|2016-01-01..2018-12-31〕投入3亿元。",
    "〔2016—2018年三年间|interval|2016-01-01..2018-12-31〕投入3亿元。",
    "〔2018年底至2019年6月|interval|2018-12-31..2019-06-30〕新增8家。",
    "〔2018.7-2019.6|interval|2018-07-01..2019-06-30〕培训80人。",
    "全县〔1、2月份|interval|2019-01-01..2019-02-28〕接诊2万人。",
    "1、〔2月份|interval|2019-02-01..2019-02-28〕接诊2万人。",
    "〔近三年|multiyear|2017-01-01..2019-11-30〕投入3亿元。",
    "〔截至目前|until|..2019-12-05〕建成8个。",
    "〔截止到2019年5月|until|..2019-05-31〕签约8万人,年均增长3%。",
    "〔1至11月份|interval|2019-01-01..2019-11-30〕接诊8万人。",
    "〔第一季度|interval|2019-01-01..2019-03-31〕2万人,〔三季度末|until|..2019-09-30〕8家。",
    "〔半年来|interval|2019-01-01..2019-06-30〕签约8万人。",
    "〔2010年代|multiyear|2010-01-01..2019-12-31〕发展最快。",
    "就诊率升至90%,〔三年|multiyear|2016-01-01..2019-11-30〕提高6个百分点。",
    "医疗资源增加较快,全市床位数〔截至20\n18年末|until|..2018-12-31〕为3万张,稳步增长,〔2019年1\n月至6月|interval|2019-01-01..2019-06-30〕新增8张。",
]


@pytest.mark.parametrize(("marked", "published", "period"), IN_PLANS)
def test_plans_and_origins(marked, published, period):
    text, gold = strip(marked)
    assert [row for row in found(text, published, period) if row[:2] in [g[:2] for g in gold]] == gold


@pytest.mark.parametrize("marked", FORMS)
def test_forms(marked):
    text, gold = strip(marked)
    assert found(text, "2019-12-05", Period(date(2019, 1, 1), date(2019, 11, 30))) == gold


@pytest.mark.parametrize(("marked", "published", "period"), ANCHORED)
def test_what_stands_before_gives_the_year(marked, published, period):
    text, gold = strip(marked)
    assert found(text, published, period) == gold


NO_TIMES = [
    "实施三年行动计划",
    "推进“健康海盐2030”规划",
    "门诊24小时开放",
    "65岁以上老年人",
    "连续4年获奖",
    "提前两周预约",
    "平均住院日8.6天",
    "出生后3个月内",
    "6月龄婴儿",
    "12月龄、18月龄接种",
    "春节、端午节走访慰问",
    "《妇女发展纲要(2021—2030年)》",
    "印发三年行动计划(2023—2025年)",
    "召开2023年基层卫生工作会议",
    "“十四五”规划编制完成",
    "学前一年教育",
    "具体体现在三个方面",
    "提前3个月完工",
    "每月底线任务",
    "三年初见成效",
    "今后几年",
    "近年来稳步推进",
    "多年来坚持义诊",
    "第三年龄大学",
    "床位2019张",
    "编号20230914",
    "三月三活动",
    "更加美好的明天",
    "完成全年任务的65%",
    "达到全年目标任务",
    "一年级新生",
    "工作满5年的护士",
    "三季稻",
    "党的二十大报告",
    "十五个县",
    "不同年代的建筑",
    "五年规划",
    "十年提高班",
    "三年内完成",
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_no_times(text):
    assert found(text, "2024-05-06", year(2023)) == []


@pytest.mark.parametrize("published", ["2024-13", "24", "2024/05/06", "2023-02-29", "二〇二四"])
def test_a_wrong_date_is_told(published):
    with pytest.raises(ValueError, match="published is"):
        find_periods("全年", published=published)


def test_without_any_year_nothing_is_made_up():
    assert found("上半年8家,年底前10家,6月开工") == []


def test_known_days():
    assert known_days("2023") == (date(2023, 1, 1), date(2023, 12, 31))
    assert known_days("2023-09-14") == (date(2023, 9, 14), date(2023, 9, 14))
    assert known_days("") is None


def test_clock_without_a_date_reckons_with_the_time_to_print():
    clock = Clock.set("", half(2021))
    assert (clock.horizon, clock.today) == (date(2021, 10, 30), date(2021, 6, 30))


TIME_TEXT = st.text(
    alphabet="2019345678年月日上下半全今去前末底初至到-—截季度一二三十四五“”期间以来同比较,。;()\n ０１", max_size=60
)


@given(text=TIME_TEXT, published=st.sampled_from(["", "2019", "2019-06", "2020-02-29", "0001-01-01", "9999-12-31"]))
def test_offsets_order_and_intervals(text, published):
    last = 0
    for period in find_periods(text, published=published, period=year(2019) if "全" in text else None):
        assert text[period.char_start : period.char_end] == period.text != ""
        assert period.char_start >= last
        assert period.start is None or period.end is None or period.start <= period.end
        last = period.char_end


@given(st.text(max_size=80))
def test_any_text(text):
    assert find_periods(text, published="2024-05-06") == find_periods(text, published="2024-05-06")


@given(TIME_TEXT)
def test_full_width_makes_no_difference(text):
    wide = text.translate({code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)})
    assert len(fold(wide)) == len(text)
    assert [p[:3] for p in found(wide, "2024-05-06")] == [p[:3] for p in found(text, "2024-05-06")]


RUNS = [
    "2024年",
    "1",
    "一",
    "近",
    "《",
    "2024年1月1日至",
    "十四五",
    "比去年同期",
    "12月",
    "计划(",
    "自2021年啊",
    "今年",
    "到",
]


@pytest.mark.parametrize("unit", RUNS)
def test_long_runs_end(unit):
    assert isinstance(find_periods(unit * 3000, published="2024-05-05"), tuple)
