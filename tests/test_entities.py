"""Names of programmes, bodies and systems: tables of sentences with the gold inside, and what must hold of any text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthie.entities import NameFinder, find_organisations, find_programmes, find_systems
from healthie.gazetteer import read_rows
from healthie.naming import Hit, longest, named_rows
from healthie.outline import level_with_quotes, outline

MARKS = {"【】": "PROGRAMME", "〈〉": "ORG", "〔〕": "SYSTEM"}
OPENERS = {pair[0]: label for pair, label in MARKS.items()}
CLOSERS = {pair[1] for pair in MARKS}


def read_gold(marked):
    """Return the text without its marks, and the (start, end, label) that they stand for."""
    text, spans, opened = "", [], []
    for char in marked:
        if char in OPENERS:
            opened.append((len(text), OPENERS[char]))
        elif char in CLOSERS:
            start, label = opened.pop()
            spans.append((start, len(text), label))
        else:
            text += char
    return text, sorted(spans)


def find_all(text):
    found = [*find_programmes(text), *find_organisations(text), *find_systems(text)]
    return sorted((entity.start, entity.end, entity.label) for entity in found)


SENTENCES = [
    # programmes of the table, with what stands around them
    "全县【家庭医生签约服务】率达到41.2%，较上年提高3.5个百分点。",
    "稳步实施【医药卫生体制改革】，【三明医改】经验在全市推开。",
    "推进【紧密型县域医共体】建设，落实“【两票制】”和【药品集中带量采购】。",
    "完成妇女【“两癌”筛查】1.2万人、【孕前优生健康检查】860对。",
    "【“两癌”筛查】率82.3%，【“放管服”改革】减少证明6项。",
    "【低保】标准提高到每月720元，发放【育儿补贴】312万元。",
    "参加【城乡居民基本医疗保险】23.4万人，【生育保险】3.1万人。",
    "【国家免疫规划】疫苗接种率98.6%，【适老化改造】1200户。",
    "在9家医院开展【安宁疗护】，评出【老年友善医疗机构】7家。",
    "全市建成【国医堂】86个，覆盖率92.5%。",
    "发动居民参加【爱国卫生运动】，巩固【国家卫生城市】成果。",
    "完成【跨省异地就医直接结算】4.6万人次。",
    # by form
    "启动【青苗健康护航工程】，惠及学生3.2万人。",
    "实施【乡镇卫生院急诊急救能力提升三年行动计划】，投入1800万元。",
    "推进【县级疾控机构实验室能力建设项目】，完成投资600万元。",
    "开展【医疗机构依法执业专项整治行动】，查处案件41起。",
    "深化【基层医疗卫生机构绩效分配改革】，发放奖励213万元。",
    "入选全省首批【基层慢性病运动干预试点】。",
    "《江北区【托育服务提质扩容行动计划(2023-2025年)】》印发。",
    "形成【30分钟急救圈】，实施【卫生人才“1020”工程】。",
    "各项工作进展顺利，全县参加【新型农村合作\n医疗】的农民达到八万人。",
    "推进【“健康合阳”建设】，扩大试点乡镇范围。",
    "建设【健康澄城】，落实【健康合阳行动】。",
    "实施【青苗计划】，推进【银杏守护计划】，启动【甘露工程】。",
    # quotation marks
    "实施【“银针”人才工程】，引进医师38名。",
    "启动【“百医驻村”行动】，派出医生112名。",
    "开展【“医路同行”活动】26场，义诊4300人次。",
    "被确定为“【服务能力提升年】”，接诊8.9万人次。",
    "实行“【一县一策】”管理，建立台账。",
    "打造“【杏林驿站】”等服务品牌，开放站点19个。",
    "“【春蕾】”“【夕阳红】”等健康品牌影响扩大。",
    "完善【中医药“三进”服务模式】。",
    '推行「【两票制】」和"【双随机一公开】"。',
    # organisations
    "〈白水县人民医院〉和〈县疾控中心〉联合举办培训班。",
    "〈市卫生健康委〉印发通知，〈市财政局〉安排资金300万元。",
    "〈省政府〉与〈国家卫生健康委〉签订协议。",
    "与〈江苏省人民医院〉、〈南京医科大学附属口腔医院〉建立协作关系。",
    "〈四川大学华西医院雅安医院〉开诊，〈复旦大学附属中山医院厦门医院〉扩建。",
    "〈县委〉、〈县政府〉高度重视，〈县委宣传部〉全程报道。",
    "〈桐木镇卫生院〉完成改造，床位增至45张。",
    "〈市第二人民医院〉心内科通过验收。",
    "由〈渭南康佑医疗器械有限公司〉捐赠口罩2万只。",
    "〈世卫组织〉通报病例12例，〈央视〉作了报道。",
    "成立〈基本公共卫生服务项目领导小组〉，召开会议3次。",
    "〈中国康复医学会〉授牌，〈澄城日报〉报道。",
    "新建〈旗妇幼保健院〉综合楼，续建〈区中心医院城东院区〉。",
    # bodies inside the names of others
    "〈济宁医学院附属医院〉与〈青岛大学附属医院〉签约，〈潍坊医学院附属医院〉派出医师7名。",
    "〈郑州大学第一附属医院〉、〈北京大学第三医院〉、〈浙江大学医学院附属第一医院〉来院指导。",
    "〈山东大学齐鲁医院〉、〈中国医学科学院肿瘤医院〉、〈中国医学科学院阜外医院〉接受转诊19人。",
    "〈武汉华大基因科技有限公司〉承担检测，〈阿里健康科技（中国）有限公司〉参与。",
    "〈山东威高集团医用高分子制品股份有限公司〉和〈国药控股济宁有限公司〉中标。",
    # systems
    "上线〔全民健康信息平台〕，接入医院26家。",
    "升级〔HIS〕、〔PACS〕，开通〔微信公众号〕预约。",
    "建成〔白水县慢病随访管理系统〕，录入4.3万人。",
    "〔120院前急救调度系统〕运行平稳，派车2316次。",
    "接入〔区域心电诊断平台〕，会诊1.1万例。",
    # one kind inside another: the longer counts
    "组建〈市血防工作领导小组〉。",
    "〈县计划生育协会〉换届，启用〔家庭医生签约服务管理平台〕。",
    "推进【县人民医院迁建项目】，完成主体封顶。",
]

NOTHING = [
    "全市共有乡镇卫生院112家、社区卫生服务中心38家。",
    "三级医院5家，二级以上医疗机构21家，公立医院床位占69%。",
    "各级医院加强管理，基层医疗卫生机构服务能力提升。",
    "牢固树立“四个意识”，做到“两个维护”，打通“最后一公里”。",
    "解决群众“看病难”问题，当好“指挥棒”。",
    "2型糖尿病患者规范管理率73.4%，高血压建档27430人。",
    "新院区二期工程完成主体结构，水库工程开工建设。",
    "办结采购申请152项，节省经费3140万元。",
    "今年录取新生934人，为招生名额的96%。",
    "归集检验报告2600万份，列全省第7位。",
    "卫生健康系统职工放弃休假，格局进一步优化。",
    "推进地基工程，开展搜救行动，实施招生计划，制定青苗计划。",
    "该项目进展顺利，重点项目开工率98%。",
    "中医改革发展座谈会召开，独创城乡联动模式。",
    "全市有蒙医中医医院11所，各县人民医院参加培训。",
    "各项指标实现“双过半”，完成时间过半、任务过半。",
    "",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_finds_every_name_and_no_other(marked):
    text, gold = read_gold(marked)
    assert find_all(text) == gold


@pytest.mark.parametrize("text", NOTHING)
def test_finds_nothing(text):
    assert find_all(text) == []


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("深化医改", "医药卫生体制改革"),
        ("开展“两癌”检查", "两癌筛查"),
        ("实施4+7带量采购", "药品集中带量采购"),
        ("落实长护险", "长期护理保险"),
        ("落实基本公卫服务", "国家基本公共卫生服务项目"),
        ("实施“银针”人才工程", "银针人才工程"),
        ("推行“1+1+X”家庭医生签约服务", "家庭医生签约服务"),
    ],
)
def test_a_programme_has_its_canonical_name_as_id(text, canonical):
    (found,) = find_programmes(text)
    assert (found.id, found.name) == (canonical, canonical)


def test_organisations_and_systems_have_no_id():
    assert {found.id for found in (*find_organisations("县人民医院"), *find_systems("上线HIS"))} == {""}


def test_a_short_form_leads_to_the_name_in_full():
    text = "白水县中医医院医共体总院成立。镇村分院由总院统管，县中医医院牵头。"
    found = {entity.text: entity.name for entity in find_organisations(text)}
    assert found["总院"] == "白水县中医医院医共体总院"


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("白水县人民医院牵头建设。县医院投入23万元。", "县医院", "白水县人民医院"),
        ("白水县医疗健康总医院（以下简称“总院”）成立。总院下设6个中心。", "总院", "白水县医疗健康总医院"),
        ("白水县医疗健康总医院（总院）成立。总院下设6个中心。", "总院", "白水县医疗健康总医院"),
    ],
)
def test_a_short_form_that_does_not_end_the_full_name_leads_to_it(text, short, full):
    found = find_organisations(text)[-1]
    assert (found.text, found.name) == (short, full)


def test_what_a_text_calls_a_name_for_short_is_that_name_from_there_on():
    text = "护航行动之前，《托育服务护航行动实施方案》(以下简称《护航方案》)印发。《护航方案》提出目标。"
    found = [(entity.text, entity.name) for entity in find_programmes(text)]
    assert found[-2:] == [("护航方案", "托育服务护航行动")] * 2


def test_own_programmes_stand_beside_the_packaged_ones_and_before_them():
    find = NameFinder(
        programmes=[("清泉计划", "[清泉]行动|清泉"), "两票制", ("家医", "家庭医生签约服务", "service", "2020", "")]
    )
    found = [
        (e.text, e.id) for e in find("落实“清泉”行动、清泉、两票制、家庭医生签约服务、医联体") if e.label == "PROGRAMME"
    ]
    assert found == [
        ("“清泉”行动", "清泉计划"),
        ("清泉", "清泉计划"),
        ("两票制", "两票制"),
        ("家庭医生签约服务", "家医"),
        ("医联体", "医疗联合体"),
    ]
    assert [e.id for e in find_programmes("落实家庭医生签约服务")] == ["家庭医生签约服务"]


def test_what_is_an_own_name_of_one_kind_is_of_no_other():
    find = NameFinder(systems=["两票制"], organisations=["健康云"])
    found = [(entity.text, entity.label) for entity in find("落实两票制，接入健康云，推进分级诊疗")]
    assert found == [("两票制", "SYSTEM"), ("健康云", "ORG"), ("分级诊疗", "PROGRAMME")]
    assert [entity.label for entity in NameFinder()("落实两票制，接入健康云")] == ["PROGRAMME", "SYSTEM"]


def test_own_rows_without_a_name_are_refused():
    with pytest.raises(ValueError, match="row 2 has no name"):
        NameFinder(organisations=["青蓝", ("", "青蓝基金")])


def test_own_rows_come_from_a_path_too(tmp_path):
    table = tmp_path / "own.tsv"
    table.write_text("# ours\n康康驿站\t康康小站\n", encoding="utf-8")
    find = NameFinder(organisations=table, systems=[("随诊通", "随诊宝")])
    found = {(e.text, e.label): e.name for e in find("康康小站启用随诊宝")}
    assert found == {("康康小站", "ORG"): "康康驿站", ("随诊宝", "SYSTEM"): "随诊通"}


def test_a_row_that_is_no_row_is_told_apart():
    with pytest.raises(TypeError, match="is no row of names"):
        NameFinder(programmes=[("青蓝", 3)])


def test_a_missing_table_is_told():
    with pytest.raises(FileNotFoundError):
        NameFinder(programmes="no/such/table.tsv")


# The tables themselves.


def test_the_programmes_table_is_whole():
    rows = read_rows("programmes")
    programmes = [row for row in rows if row[2] != "not"]
    kinds = {"reform", "service", "screening", "insurance", "assistance", "plan", "project", "campaign", "award"}
    assert len(programmes) >= 250
    assert {len(row) for row in rows} == {5}
    assert {row[2] for row in programmes} <= kinds | {"training", "model", "standard", "policy", "pilot", "body"}
    assert all(re.fullmatch(r"((19|20)\d\d)?", row[3]) for row in programmes)


def test_no_surface_leads_to_two_programmes():
    seen = {}
    for row in read_rows("programmes"):
        if row[2] != "not":
            for surface, name in named_rows([row]):
                assert seen.setdefault(re.sub("[][“”]", "", surface), name) == name


@pytest.mark.parametrize("name", ["name_words", "organisations", "systems", "programme_words"])
def test_word_tables_have_two_columns(name):
    assert {len(row) for row in read_rows(name)} == {2}


def test_every_programme_is_found_under_its_own_name():
    lost = []
    for name, _, kind, *_ in read_rows("programmes"):
        plain = name.replace("[", "").replace("]", "")
        found = find_programmes(f"推进{plain}。")
        if kind != "not" and plain not in {entity.id for entity in found}:
            lost.append(plain)
    assert lost == []


# What holds of any text.

PIECES = st.sampled_from(
    [
        *"“”\"'（）()《》、，。\n １2三个省市县镇的和与",
        *(
            "工程",
            "行动",
            "试点",
            "项目",
            "改革",
            "活动",
            "医院",
            "总院",
            "卫健委",
            "平台",
            "信息系统",
            "HIS",
            "白水县",
            "健康",
        ),
        *("推进", "实施", "基层", "以下简称", "医共体", "两票制", "年", "等", "某某"),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60))
def test_spans_are_of_the_text_and_do_not_overlap(text):
    for find in (find_programmes, find_organisations, find_systems):
        last = 0
        for entity in find(text):
            assert last <= entity.start < entity.end
            assert text[entity.start : entity.end] == entity.text
            assert entity.name
            last = entity.end


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60))
def test_the_outline_has_the_length_of_the_text(text):
    assert len(outline(level_with_quotes(text))) == len(level_with_quotes(text)) == len(text)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=12))
def test_of_overlapping_hits_a_longest_is_kept(spans):
    hits = [Hit(start, start + size) for start, size in spans]
    kept = longest(hits)
    assert kept == sorted(kept)
    assert all(a.end <= b.start for a, b in pairwise(kept))
    for hit in hits:
        assert any(k.start < hit.end and hit.start < k.end and k.end - k.start >= hit.end - hit.start for k in kept)
