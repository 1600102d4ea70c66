"""Quantities: sentences with the answer written into them, sentences that hold none, and properties.

In `SENTENCES` a quantity stands as ``[its characters|value unit modifier]``; unit and modifier may be left out, a range
is ``low..high``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthie.quantities import find_quantities

MARK = re.compile(r"\[([^|\]]+)\|([\d.]+)(?: ([^ \]<>~=]+))?(?: ([<>~=]+))?\]")

SENTENCES = [
    # counts, amounts, rates
    "全县建成标准化卫生室[132所|132 所]，较上年增加[9所|9 所]。",
    "共设床位[1,250张|1250 张]，其中重症[36张|36 张]。",
    "门诊量[37.4万人次|374000 人次]，手术[4182台次|4182 台次]。",
    "争取资金[5300万元|53000000 元]，其中中央[1.2亿元|120000000 元]。",
    "人均补助由[74元|74 元]提高到[79元|79 元]。",
    "签约率[78.6%|78.6 %]，婴儿死亡率[2.7‰|2.7 ‰]，规范率[百分之九十|90 %]。",
    "孕产妇死亡率由[9.4/10万|9.4 /10万]降至[7.1/10万|7.1 /10万]。",
    "较上年提高[3.2个百分点|3.2 百分点]，降低[0.6个千分点|0.6 千分点]。",
    "新建业务用房[2.3万平方米|23000 平方米]，绿化[120亩|120 亩]，管网[15.6公里|15.6 公里]。",
    "采血[38.5吨|38.5 吨]，机采血小板[1860个|1860 个]，日检[6万管|60000 管]。",
    "低保标准[720元/月|720 元/月]，护理补贴[110元/人|110 元/人]，负荷[1.4人/张|1.4 人/张]。",
    "血压控制在[140mmHg|140 mmHg <=]以下，血糖[7.2mmol/L|7.2 mmol/L]，浓度[28微克/立方米|28 微克/立方米]。",
    "派出[14支|14 支]队伍、[83名|83 名]骨干，开设[6门|6 门]课程，印制[3.5万册|35000 册]。",
    "[11部门|11 部门]联合发文，覆盖[9县|9 县]和[2区|2 区]。",
    "举办讲座[56场次|56 场次]，培训[4期|4 期][310人次|310 人次]。",
    "发放物资[2400余件|2400 件 >]、口罩[17万余只|170000 只 >]、手册[3万多册|30000 册 >]。",
    "筛查[1.6万余人次|16000 人次 >]，检出[20多例|20 例 >]。",
    "增长[1.8倍|1.8 倍]，门诊量[翻一番|2 倍]，投入[翻了两番|4 倍]。",
    "分为[12大类|12 类]，涉及[五大类|5 类]。",
    "床位增长[一倍|1 倍]，收入增长近[一倍|1 倍 ~]，签约增长[一倍|1 倍 >=]以上，投入翻了[一倍|1 倍]。",
    # names in Latin letters
    "新购CT[2台|2 台]、DR[5台|5 台]，配备AED[60台|60 台]，重症ICU[16张|16 张]，上线LIS[1套|1 套]，64排CT[3台|3 台]。",
    # Chinese numerals
    "新增[三家|3 家]医院、[两个|2 个]分院，下发[四张|4 张]清单，分[两批|2 批]完成。",
    "聘任村医[一百二十名|120 名]，服务[十余个|10 个 >]社区、[二十多万人|200000 人 >]。",
    "[十几名|10 名 >]专家、[数百名|100 名 >]志愿者、[上千户|1000 户 >=]家庭，近[百台|100 台 ~]设备。",
    "[两三家|2..3 家]药店，[三四十人|30..40 人]，补助[五万元|50000 元]。",
    "[三成|30 % ~]左右的人，[七成|70 % >=]以上。",
    "[三分之二|0.6667 比例]的乡镇，占全省[1/5|0.2 比例]，[半数|0.5 比例 >=]以上，减少[一半|0.5 比例]。",
    "床护比[1:0.6|1.6667 比例]，收入比[2.3∶1|2.3 比例]。",
    "[七成半|75 %]村民，打[八五折|85 %]，等候时间缩短[两个半小时|2.5 小时]，走访[一两百人|100..200 人]。",
    "新建[20来家|20 家 ~]，投入[百万元|1000000 元]，八段锦学员[300人|300 人]，三伏贴[900人次|900 人次]。",
    # without a unit
    "建档人数[40218|40218]，管理率[71.2%|71.2 %]。",
    "诊疗人次[8.6亿|860000000]，惠及[23万|230000]老人、[5万|50000]企业职工。",
    "出生性别比为[107.2|107.2]，比值[2.41|2.41]，缩小[0.06|0.06]，低于标准[0.7|0.7]。",
    "比值由[3.1|3.1]降至[2.8|2.8]，指数达到[96.4|96.4]。",
    "下拨[6.4万|64000]专项经费，带动[十几万|100000 >]居民。",
    # elision
    "分别提高[2.1个|2.1 百分点]、[5.6个百分点|5.6 百分点]。",
    "分别下降[1.7个|1.7 百分点]、上升[0.4个百分点|0.4 百分点]。",
    "分别下降[0.3个|0.3 千分点]、[0.5个千分点|0.5 千分点]。",
    "分别增加[3|3 百分点]、[4.5|4.5 百分点]和[6个百分点|6 百分点]。",
    "分别选派[12|12 名]、[18名|18 名]。",
    "分别接诊[3.2|32000 人次]、[4.5万人次|45000 人次]。",
    "分别投入[300万|3000000 元]、[500万元|5000000 元]。",
    # ranges
    "每乡配备[1—2名|1..2 名]，培育[3至5家|3..5 家]，增长[5%—6%|5..6 %]，占[20-30%|20..30 %]。",
    "补助[1-2万元|10000..20000 元]，建设[5个-8个|5..8 个]，设[100～199张|100..199 张]。",
    "由[5%|5 %]到[8%|8 %]，从[3万张|30000 张]到[5万张|50000 张]。",
    "平均住院日缩短[0.4天|0.4 天]至[8.1天|8.1 天]，床位增加[15张|15 张]至[380张|380 张]。",
    # places reached
    "居全县前[三|3 <=]，位居全省前[五名|5 名 <=]，位列全国前[十|10 <=]。",
    "居全省[第6位|6 位]，列全州[第二名|2 名]，排名全市[第二|2]，居全县[首位|1 位]。",
    "由全省[第9位|9 位]升至[第4位|4 位]，前移[5位|5 位]；分列[第2|2 名]、[3名|3 名]。",
    "综合实力进入全国前[10位|10 位 <=]。",
    # time and age where they are measurements
    "人均预期寿命[79.3岁|79.3 岁]，再提高[1岁|1 岁]。",
    "平均住院日[7.8天|7.8 天]，等候时间缩短到[15分钟|15 分钟]，比标准短[8分钟|8 分钟]。",
    "平均受教育年限[11.2年|11.2 年]，气温升高[0.4℃|0.4 ℃]。",
    "办理时限由[20个工作日|20 工作日]压缩到[7个工作日|7 工作日]。",
    # as the page has it
    "招收学员[３２０人|320 人]，比例达到[４５．６％|45.6 %]。",
    "发病率[63.2/\n10万|63.2 /10万]，累计[4.1万例次|41000 例次]。",
    "占[九成五|95 % >=]以上、[四成|40 % >]多、[三分之一|0.3333 比例 >]强。",
    "年末在岗[2.31\n万人|23100 人]，经费[18.4万\n元|184000 元]。",
    "总诊疗[46.2\n\n— 8 —\n\n万人次|462000 人次]。",
    "合格率 [96 %|96 %]，共 [210 人|210 人]。",
    "設床位[三百張|300 张]，經費[兩萬元|20000 元]。",
    "站点[1840个|1840 个]（处），得分[96.5分|96.5 分]，购车[3辆|3 辆]。",
    "死亡[0例|0 例]，气温下降[3℃|3 ℃]，回款平均[120天|120 天]。",
]

# What a quantity is, by how exact it is said to be.
MODIFIERS = {
    "=": """
    签约60户 预约300人次 节约20万元 附近3家 公约5条 侦破12起 单笔最高3万元 超出目标3个百分点 超过3个百分点
    彩超2台 B超3台 超声4台
    高于全省2.5个百分点 低于全市1个百分点
    """,
    "~": """
    约300人 近1.9亿人 将近40家 大约5000份 接近八成 80%左右 60人上下 约3个百分点 近60% 约占总数的七成
    """,
    ">": """
    超3万人 超过95% 逾200家 突破300万人次 多于6种 50余家 3000多名 20万余元 超50%
    """,
    ">=": """
    不少于2名 不低于90% 不小于3米 至少5张 ≥95% 60%以上 20万人次以上 80%（含）以上 不下20家 至少建成4所 3家及以上
    达到90%以上
    """,
    "<": """
    不足1% 不到30人 低于5% 少于10张 未达60%
    """,
    "<=": """
    不超过3家 不高于10% 至多2名 100张以下 5%以内
    """,
}

# What is no quantity, by kind; a space is written _.
NOTHING = {
    "set phrases and names": """
    两癌筛查 三级医院 二级甲等医院 二甲评审 三甲专家 两票制 一票否决 一站式服务 一体化管理 全面两孩政策 四位一体
    践行“两个维护” 强化“四个意识” 增强“四个自信” 中央八项规定 三会一课 双百工程 千县工程 万名医护进乡村 百县千镇
    三年行动计划 五年规划 两学一做 一老一小 两不愁三保障 三省五市协作 一院一策 五链四群 一核两副 三医联动 两江新区
    十佳医生 百强县 三高共管 六病同防 五方联动 一码通行 一网通办 三定方案 两保合一 三区三州 四梁八柱 一人一档
    七个星镇 四家子镇
    两手抓 四早 三同步 十项准则 两个结合 三个代表 四史教育
    """,
    "formulas, models, codes": """
    4+7带量采购 3+1+1签约 “1+3+N”模式 7×24服务 8·15活动 H7N9禽流感 H1N1 COVID-19防控 2型糖尿病 5G网络 64排CT
    3D打印 B12缺乏 PM2.5监测 5A级景区 CT64室 HPV16型 4K直播 CA125检测 G20 A3图纸 B2级 Z3 B12片
    G60走廊 MDT2.0 120急救中心 12345热线
    12320平台 110联动 315行动 “532”工作法 “258”工程 “15分钟就医圈” “12345”政策
    """,
    "orders": """
    第一人民医院 第三方检测 第八次代表大会 第一阶段 第二批试点 第3次模拟 首批学员 第十五届运动会 第一责任人
    十四届二次会议 市委十次全会 第一时间 第二轮改革 第4期班 第12号令 三期工程 2期工程 1期项目 一审二审
    """,
    "dates and times": """
    2023年 2021—2025年 6月25日 1—7月份 3月5日至8日 二〇二三年五月 2023-05-06_10:18:37 上午9:30 8时30分 前三季度
    第二季度 一季度 前5个月 “十四五”期间 十三五以来 12日上午 2019、2020年 1998年 2022/3/5 十月底 近五年 过去三年
    两年来 24小时值班 连续4年 三天两夜 五年间 一周内 半年 30日
    """,
    "ages that define a group": """
    65岁以上老年人 0-6岁儿童 3岁以下婴幼儿 35—64岁妇女 57岁的王某 60周岁及以上 40-49岁 18岁
    """,
    "phones, documents, addresses": """
    电话：0537-2345678 联系人手机13812345678 邮编272000 卫发〔2023〕12号 索引号：370800123 QQ：12345678
    http://www.example.gov.cn/2023/10/5.html info2023@example.com 400-810-1234 No.2023001 京ICP备12345678号
    阅读量：1203 预计阅读时长5分钟 编号：20230105 （2021）8号 更新时间：1747400868536
    """,
    "articles, deixis, frames of words": """
    一批项目 一系列举措 一种模式 一个机构 一家人 这两家 前三名 后两项 每三年一次 新一轮 另一方面 三个方面
    八个层面 两条底线 四个关键 两个大局 三重保障 最后一公里 多跑一次 之一 唯一 第一 每10万人口 每千人口 每万人
    每2小时 每百张床位 全球前1%
    """,
    "footnotes and titles": """
    服务床位[67] 研究表明[12,13] 《健康中国2030规划纲要》 《关于第3批试点的通知》 [0.25]
    """,
}

# The same where a line begins with it.
HEADINGS = {
    "headings and numbering": """
    一、工作成效 （二）主要做法 3.加强监管 （4）推进改革 1.2_背景 一是强化领导。二是压实责任。 第三章_附则
    ①总体要求 3、完善机制 第六条 2） 十、附件 表3 图2-1 第12页 —_7_— 共6页
    """,
}


def every(table: dict[str, str]) -> list[str]:
    """Return the cells of a table."""
    return [cell.replace("_", " ") for cells in table.values() for cell in cells.split()]


def read(marked: str) -> tuple[str, list[tuple[object, ...]]]:
    """Return a sentence without its marks, and the quantities that they state."""
    text, at = "", 0
    wanted: list[tuple[object, ...]] = []
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        low, _, high = mark[2].partition("..")
        span = (len(text), len(text) + len(mark[1]))
        wanted.append((*span, Decimal(low), Decimal(high) if high else None, mark[3] or "", mark[4] or "="))
        text += mark[1]
        at = mark.end()
    return text + marked[at:], wanted


@pytest.mark.parametrize("marked", SENTENCES)
def test_finds_the_quantities_of_a_sentence(marked: str) -> None:
    text, wanted = read(marked)
    found = [(q.start, q.end, q.value, q.value_max, q.unit, q.modifier) for q in find_quantities(text)]
    assert found == wanted, [text[start:end] for start, end, *_ in found]


@pytest.mark.parametrize(("text", "modifier"), [(text, sign) for sign in MODIFIERS for text in MODIFIERS[sign].split()])
def test_reads_how_exact_it_is(text: str, modifier: str) -> None:
    assert [q.modifier for q in find_quantities(f"其中{text}。")] == [modifier]


@pytest.mark.parametrize("text", every(NOTHING))
def test_finds_nothing(text: str) -> None:
    assert find_quantities(text) == ()
    assert find_quantities(f"我县推进{text}，成效明显。") == ()


@pytest.mark.parametrize("text", every(HEADINGS))
def test_finds_nothing_in_headings(text: str) -> None:
    assert find_quantities(text) == ()
    assert [q.text for q in find_quantities(f"建成8所。\n{text}\n培训30人。")] == ["8所", "30人"]


def test_there_are_enough_counter_examples() -> None:
    assert len({*every(NOTHING), *every(HEADINGS)}) >= 200


@pytest.mark.parametrize(
    ("text", "modifiers"),
    [
        ("分别超92%和94%", [">", ">"]),
        ("分别保持在85%和65%左右", ["~", "~"]),
        ("分别达到90%、95%以上", [">=", ">="]),
        ("达到90%，签约率70%以上", ["=", ">="]),
        ("分别不高于6/10万、3‰", ["<=", "<="]),
        ("约30家，60人", ["~", "="]),
    ],
)
def test_a_list_shares_its_modifier(text: str, modifiers: list[str]) -> None:
    assert [q.modifier for q in find_quantities(text)] == modifiers


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("每千人口床位5.9张", "每千人口"),
        ("每千常住人口医师3.1人", "每千常住人口"),
        ("每10万人口3.4名", "每10万人口"),
        ("人均经费89元", "人均"),
        ("每人每月620元", "每人每月"),
        ("全县床位120张", ""),
    ],
)
def test_reads_the_base_of_a_rate(text: str, per: str) -> None:
    assert [q.per for q in find_quantities(text)] == [per]


def test_the_dimension_comes_from_the_unit() -> None:
    found = find_quantities("投入5万元，建筑120平方米，达到8%，提高2个百分点，居全市第3位，设床位9张")
    assert [q.dimension for q in found] == ["money", "area", "rate", "points", "rank", "count"]


def test_page_furniture_between_facts_is_no_quantity() -> None:
    text = "建成8所。\n\n- 12 -\n\n培训30人。"
    assert [q.text for q in find_quantities(text)] == ["8所", "30人"]


PIECES = "一二三十百千万亿0123456789.,%‰个人家所元次余多约近超以上下左右第位名年月日号、和至-—“”《》（）每居\n 。，"
TEXTS = st.text(st.one_of(st.sampled_from(PIECES), st.characters(codec="utf-8")), max_size=80)


@given(TEXTS)
def test_offsets_hold_and_nothing_overlaps(text: str) -> None:
    found = find_quantities(text)
    assert all(text[q.start : q.end] == q.text and q.start < q.end for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(q.value_max is None or q.value < q.value_max for q in found)
    assert found == find_quantities(text)


@pytest.mark.parametrize(
    "unit", ["1", "1个", "1个、", "一", "十次、", "“", "1月", "1/", "1:1", "A1", "约", "每", "1%-", "(1)", "\n1", "1+"]
)
def test_long_runs_end(unit: str) -> None:
    assert isinstance(find_quantities(unit * 10_000), tuple)
