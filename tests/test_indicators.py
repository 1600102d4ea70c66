"""Indicators: words and a unit to an id that means the same thing each time, or to none."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthie.gazetteer import read_rows
from healthie.indicator_tables import expand
from healthie.indicators import (
    CanonicalIndicator,
    IndicatorTable,
    _packaged,
    describe,
    identify,
    indicators,
    read_indicators,
)
from healthie.units import unit_of

KNOWN = [
    # resources
    ("全县医疗卫生机构总数", "个", "health-institutions"),
    ("各级各类医院", "家", "hospitals"),
    ("民营医院", "家", "private-hospitals"),
    ("三甲医院", "所", "tertiary-a-hospitals"),
    ("三级公立医院", "家", "public-hospitals.tertiary"),
    ("社区卫生服务中心（站）", "个", "community-health-centres-and-stations"),
    ("社区卫生服务中心", "个", "community-health-centres"),
    ("标准化村卫生室", "所", "village-clinics.standardised"),
    ("新建村级卫生室", "个", "village-clinics.new"),
    ("卫生院改造提升", "所", "township-health-centres.upgraded"),
    ("省级疾控中心", "家", "cdcs.provincial"),
    ("建成胸痛中心", "个", "chest-pain-centres"),
    ("国家级临床重点专科", "个", "key-clinical-specialties.national"),
    ("紧密型县域医共体", "个", "county-medical-communities"),
    ("组建家庭医生签约团队", "支", "family-doctor-teams"),
    ("中医馆", "个", "tcm-halls"),
    ("实有床位", "张", "beds"),
    ("编制床位数", "张", "authorised-beds"),
    ("二级医院病床", "张", "beds.secondary-hospitals"),
    ("病床二级医院", "张", "beds.secondary-hospitals"),
    ("重症监护床位", "张", "icu-beds"),
    ("千人口床位数", "张", "beds-per-1000"),
    ("每千常住人口医疗卫生机构床位数", "张", "beds-per-1000"),
    ("卫生技术人员总数", "人", "health-technicians"),
    ("执业(助理)医师", "名", "licensed-physicians-and-assistants"),
    ("执业医师", "名", "licensed-physicians"),
    ("助理医师", "名", "licensed-assistant-physicians"),
    ("每千人口拥有注册护士", "人", "nurses-per-1000"),
    ("注册护士每千人口", "人", "nurses-per-1000"),
    ("每万名居民拥有全科医生", "名", "general-practitioners-per-10000"),
    ("在岗乡村医生", "人", "village-doctors"),
    ("培训护士", "人次", "persons-trained.registered-nurses"),
    ("公开招聘医护人员", "名", "staff-recruited"),
    # services and hospital performance
    ("总诊疗人次数", "人次", "visits"),
    ("门急诊量", "人次", "outpatient-emergency-visits"),
    ("基层医疗卫生机构诊疗人次", "人次", "visits.primary-care-institutions"),
    ("出院病人", "人次", "discharges"),
    ("病床使用率", "%", "bed-occupancy-rate"),
    ("公立医院平均住院日", "天", "average-length-of-stay.public-hospitals"),
    ("药占比", "%", "drug-share"),
    ("次均门诊费用", "元", "outpatient-cost"),
    ("县域内就诊率", "%", "within-county-visit-rate"),
    ("下转病人", "人次", "referrals-down"),
    ("远程会诊", "例次", "teleconsultations"),
    ("无偿献血", "人次", "blood-donors"),
    ("出院患者四级手术比例", "%", "level-four-operation-share"),
    ("检查检验结果互认项目", "项", "mutual-recognition-items"),
    # public health
    ("居民电子健康档案建档率", "%", "electronic-health-record-rate"),
    ("全县高血压患者规范管理率", "%", "hypertension-standard-management-rate"),
    ("高血压规范管理率", "%", "hypertension-standard-management-rate"),
    ("高血压患者健康管理率", "%", "hypertension-management-rate"),
    ("Ⅱ型糖尿病病人规范化管理率", "%", "diabetes-standard-management-rate"),
    ("在管严重精神障碍患者", "人", "smi-patients-managed"),
    ("６５岁及以上老年人健康管理率", "%", "elderly-management-rate"),
    ("肺结核患者规则服药率", "%", "tb-regular-medication-rate"),
    ("慢阻肺患者规范管理率", "%", "standard-management-rate.copd"),
    ("签约率", "%", "family-doctor-contract-rate"),
    ("残疾人家庭医生签约率", "%", "family-doctor-contract-rate.disabled"),
    ("家庭医生签约签约率", "%", "family-doctor-contract-rate"),
    ("重点人群签约服务覆盖率", "%", "key-group-contract-rate"),
    ("适龄儿童免疫规划疫苗接种率", "%", "nip-vaccination-rate"),
    ("百白破疫苗接种率", "%", "vaccination-rate.dtp"),
    ("结直肠癌筛查", "人", "screenings.bowel-cancer"),
    ("甲乙类传染病报告发病率", "/10万", "class-ab-incidence"),
    ("猩红热发病数", "例", "cases-reported.scarlet-fever"),
    ("居民健康素养水平", "%", "health-literacy"),
    ("发放宣传折页", "份", "publicity-materials"),
    ("举办健康知识讲座", "场", "health-education-sessions"),
    ("举办义诊活动", "场", "free-clinic-events"),
    ("义诊群众", "人次", "free-clinic-patients"),
    # mother and child, population
    ("孕产妇死亡率", "/10万", "maternal-mortality"),
    ("5岁以下儿童死亡率", "‰", "under-five-mortality"),
    ("农村孕产妇住院分娩率", "%", "hospital-delivery-rate"),
    ("免费婚前医学检查率", "%", "premarital-check-rate"),
    ("“两癌”筛查", "人", "two-cancer-screenings"),
    ("农村妇女两癌免费检查", "人", "two-cancer-screenings"),
    ("两癌筛查任务完成率", "%", "two-cancer-screening-completion"),
    ("新生儿听力筛查率", "%", "newborn-hearing-screening-rate"),
    ("出生人口", "人", "births"),
    ("二孩出生", "人", "second-births"),
    ("人口自然增长率", "‰", "natural-growth-rate"),
    ("农村部分计划生育家庭奖励扶助对象", "人", "fp-reward-recipients"),
    ("发放特别扶助金", "元", "fp-funds"),
    # insurance, poverty, age, supervision, money, information
    ("城乡居民基本医保参保率", "%", "insured-rate"),
    ("职工医保参保人数", "人", "insured-employees"),
    ("医保基金支出", "元", "insurance-fund-spending"),
    ("居民医保政策范围内住院费用报销比例", "%", "reimbursement-inpatient.residents"),
    ("因病致贫返贫户", "户", "poverty-due-to-illness"),
    ("贫困人口减免住院费用", "元", "fees-waived.poor"),
    ("医养结合机构在建", "个", "medical-elderly-institutions.under-construction"),
    ("新增托位", "个", "childcare-places.new"),
    ("普惠托位数", "个", "childcare-places.affordable"),
    ("每千人口拥有3岁以下婴幼儿托位数", "个", "childcare-places-per-1000"),
    ("护理型床位占比", "%", "nursing-bed-share"),
    ("卫生监督覆盖率", "%", "supervision-coverage"),
    ("查处行政处罚案件", "件", "administrative-penalties"),
    ("罚款金额", "元", "fines-only"),
    ("没收违法所得", "元", "forfeits"),
    ("检查村卫生室", "家", "units-inspected.village-clinics"),
    ("卫生总费用", "元", "health-expenditure"),
    ("人均卫生总费用", "元", "health-expenditure-per-capita"),
    ("医养结合机构投资", "元", "investment.medical-elderly-institutions"),
    ("电子健康卡", "张", "health-cards"),
    ("上传电子病历", "份", "electronic-medical-records"),
    ("乡镇卫生院设备配备达标率", "%", "equipment-standard-rate.township-health-centres"),
    ("居民人均可支配收入", "元", "disposable-income"),
]

# Words that are not understood to the last one, units that do not fit, two indicators in one, nothing said.
UNKNOWN = [
    ("", "人"),
    ("的", "个"),
    ("全市", "%"),
    ("新增", "个"),
    ("床位", "%"),
    ("医院", "人"),
    ("签约率", "人"),
    ("孕产妇死亡率", "元"),
    ("注册护士", "元"),
    ("医保基金支出", "人次"),
    ("管理率", "%"),
    ("筛查率", "%"),
    ("死亡率", "%"),
    ("达标率", "%"),
    ("发病数", "例"),
    ("医院不含中医医院床位", "张"),
    ("医院（不含中医医院）床位", "张"),
    ("百张以下床位医院", "家"),
    ("撤销村卫生室", "家"),
    ("减少床位", "张"),
    ("村卫生室缺编", "家"),
    ("未参加基本医疗保险人数", "人"),
    ("高血压糖尿病规范管理率肺结核患者管理率", "%"),
    ("婴儿死亡率孕产妇死亡率", "‰"),
    ("老年人儿童健康管理率", "%"),
    ("孕产妇3岁以下儿童系统管理率", "%"),
    ("高血压肺结核患者规则服药率", "%"),
    ("医院、村卫生室", "家"),
    ("二级医院乡镇卫生院", "家"),
    ("医院周边停车位", "个"),
    ("医院食堂", "个"),
    ("床位费", "元"),
    ("医师节慰问", "元"),
    ("护士站", "个"),
    ("病床旁结算", "人次"),
    ("签约仪式", "场"),
    ("签约项目", "个"),
    ("疫苗冷库", "个"),
    ("输出劳务", "人"),
    ("输出", "人"),
    ("招商引进项目", "个"),
    ("引进", "人"),
    ("手术室", "间"),
    ("手术示教", "次"),
    ("门诊大楼", "栋"),
    ("健康产业产值", "元"),
    ("中医药产业园", "个"),
    ("医疗器械企业", "家"),
    ("养老保险", "%"),
    ("参保率", "%"),
    ("出生地", "个"),
    ("会", "次"),
    ("学生", "人"),
    ("学校", "所"),
    ("疫情防控先进个人", "名"),
    ("森林覆盖率", "%"),
    ("粮食产量", "吨"),
    ("旅游接待", "人次"),
    ("新建公路", "公里"),
    ("高新技术企业", "家"),
    ("完成固定资产投资增速目标的县", "个"),
    ("村医平均年龄", "岁"),
]

ROLES = [
    ("县域内就诊率", "百分点", "change", "within-county-visit-rate"),
    ("出院人次", "%", "change", "discharges"),
    ("出生增长", "百分点", "gap", "births"),
    ("居民人均可支配收入实际", "%", "change", "disposable-income"),
    ("公立医院床位", "%", "share", "beds.public-hospitals"),
    ("卫生技术人员医院", "%", "share", "health-technicians.hospitals"),
    ("签约率", "位", "rank", "family-doctor-contract-rate"),
    ("注册护士", "倍", "change", "registered-nurses"),
    # 义诊 is counted in days and in patients: a tenth more of it is of neither
    ("义诊", "%", "change", ""),
    # so many of the hospitals do it: not so much of what is done
    ("开通远程医疗的县级医院", "%", "share", ""),
    ("床位", "元", "change", ""),
]


@pytest.mark.parametrize(("words", "unit", "expected"), KNOWN)
def test_known(words, unit, expected):
    assert identify(words, unit) == expected


@pytest.mark.parametrize(("words", "unit"), UNKNOWN)
def test_unknown(words, unit):
    assert identify(words, unit) == ""


@pytest.mark.parametrize(("words", "unit", "role", "expected"), ROLES)
def test_roles(words, unit, role, expected):
    assert identify(words, unit, role=role) == expected


@pytest.mark.parametrize(
    ("one", "other", "unit"),
    [
        ("床位医院", "医院床位", "张"),
        ("婴儿死亡率", "1岁以下儿童死亡率", "‰"),
        ("2型糖尿病患者规范管理率", "糖尿病病人规范化管理率", "%"),
        ("计生特殊家庭", "计划生育特殊家庭", "户"),
        ("疾控机构", "疾病预防控制中心", "家"),
        ("65岁以上老年人健康管理率", "65周岁及以上老年人健康管理率", "%"),
        ("0～6岁儿童健康管理率", "0至6岁儿童健康管理率", "%"),
        ("医疗卫生机构入院人次", "入院人数", "人次"),
    ],
)
def test_two_ways_to_say_one_thing(one, other, unit):
    assert identify(one, unit) == identify(other, unit) != ""


@pytest.mark.parametrize(
    ("one", "other", "unit"),
    [
        ("签约率", "重点人群签约率", "%"),
        ("托位", "新增托位", "个"),
        ("编制床位", "开放床位", "张"),
        ("高血压患者管理人数", "高血压患者规范管理人数", "人"),
        ("高血压患者规范管理率", "高血压患者健康管理率", "%"),
        ("两癌筛查率", "两癌筛查完成率", "%"),
        ("公立医院", "公立医疗机构", "家"),
        ("罚款", "罚没款", "元"),
        ("贫困人口", "脱贫人口", "人"),
        ("执业医师", "执业（助理）医师", "人"),
        ("甲乙类传染病报告发病率", "法定传染病报告发病率", "/10万"),
        ("基本医疗保险参保率", "基本养老保险参保率", "%"),
        ("职工医保参保人数", "居民医保参保人数", "人"),
        ("60岁以上老年人签约率", "65岁以上老年人签约率", "%"),
    ],
)
def test_two_things_said_alike(one, other, unit):
    assert "" != identify(one, unit) != identify(other, unit) != ""


def test_an_unknown_role_is_an_error():
    with pytest.raises(ValueError, match="'stock' is unknown: give one of change"):
        identify("床位", "张", role="stock")


def test_describe_names_the_groups():
    row = describe("childcare-places.affordable.new")
    assert (row.id, row.name) == ("childcare-places.affordable.new", "托位数（普惠、新增）")
    assert describe("standardisation-rate.village-clinics").name == "标准化建设达标率（村卫生室）"
    assert describe("infant-mortality").source == "国家卫生健康统计调查制度"
    for wrong in ("", "beds.", "beds.moon", "moon"):
        with pytest.raises(ValueError, match="is no indicator id"):
            describe(wrong)


def test_own_rows_stand_beside_the_packaged_ones():
    own = [
        CanonicalIndicator("dental-chairs", "牙椅数", ("{口腔,}牙椅",), ("台",)),
        CanonicalIndicator("maternal-mortality", "孕产妇死亡率", ("孕产妇死亡率",), ("人/10万活产",), "rate"),
    ]
    table = IndicatorTable.packaged(own)
    assert table.identify("公立医院口腔牙椅", "台") == "dental-chairs.public-hospitals"
    assert table.identify("孕产妇死亡率", "人/10万活产") == "maternal-mortality"
    assert table.identify("村卫生室", "所") == "village-clinics"
    assert len(table.rows) == len(indicators()) + 1
    assert identify("牙椅", "台") == ""


def test_own_rows_go_before_packaged_ones_with_the_same_words():
    table = IndicatorTable.packaged(read_indicators([("my-beds", "床位", "床位|病床", "张")]))
    assert table.identify("公立医院床位总数", "张") == "my-beds.public-hospitals"
    assert table.identify("康复床位", "张") == identify("康复床位", "张")  # the longer words count
    assert identify("公立医院床位总数", "张") == "beds.public-hospitals"


def test_own_rows_come_from_a_file(tmp_path):
    path = tmp_path / "own.tsv"
    path.write_text("# our own\ndental-chairs\t牙椅数\t{口腔,}牙椅\t台\tcount\tDental chairs.\t\n", encoding="utf-8")
    table = IndicatorTable.packaged(read_indicators(path))
    assert table.identify("全市口腔牙椅", "台") == "dental-chairs"
    path.write_text("dental-chairs\t牙椅数\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"row 1 of .* has 2 columns: write id, name"):
        read_indicators(path)


def test_a_variant_with_loose_braces_is_an_error():
    with pytest.raises(ValueError, match="braces that do not pair"):
        IndicatorTable([CanonicalIndicator("chairs", "牙椅数", ("{口腔,{新,}}牙椅",), ("台",))])


# ---------------------------------------------------------------- the tables


def test_ids_are_unique_and_in_kebab_case():
    ids = [row[0] for row in read_rows("indicators")]
    groups = [row[0] for row in read_rows("indicator_groups")]
    assert len(ids) == len(set(ids))
    assert len(groups) == len(set(groups))
    assert len(ids) >= 200
    assert [name for name in (*ids, *groups) if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


def test_every_row_is_whole():
    units = {row[0] for row in read_rows("indicator_units")}
    for row in indicators():
        assert row.name, row.id
        assert all(row.variants), row.id
        assert set(row.units) <= units, row.id
        assert re.fullmatch(r"[A-Z].*\.", row.definition), row.id
        assert row.dimension in {"count", "money", "rate", "time", "age", "area", "volume", "mass", "rank"}, row.id
    assert len({row.name for row in indicators()}) == len(indicators())


def test_dimensions_agree_with_the_unit_table():
    for row in indicators():
        unit = unit_of(row.units[0])
        if unit and row.dimension in {"money", "area", "volume", "mass", "age"}:
            assert unit.dimension.partition("/")[0] == row.dimension, row.id


def test_no_variant_is_of_two_indicators_of_one_unit():
    table = _packaged()
    accepted = {row.id: frozenset().union(*(table._grammar.units[unit] for unit in row.units)) for row in table.rows}
    clashes = [
        (words, one.id, other.id)
        for words, entry in table._entries.items()
        for number, one in enumerate(entry.bases)
        for other in entry.bases[number + 1 :]
        if accepted[one.id] & accepted[other.id]
    ]
    assert clashes == []


def test_no_word_that_changes_nothing_is_an_indicator_or_a_group():
    for words, entry in _packaged()._entries.items():
        # 报告 is a deed before its noun and an indicator behind a disease: only one reading comes to an end
        assert not (entry.kinds - {"deed"} and (entry.bases or entry.group)), words


def test_no_word_is_of_two_groups():
    table = _packaged()
    owner: dict[str, str] = {}
    for group in table._groups.values():
        for words in map(table._normal, expand(group.variants)):
            assert owner.setdefault(words, group.id) == group.id, words


def test_implied_groups_and_aliases_exist():
    table = _packaged()
    for base, groups in table._grammar.implied.items():
        assert base in table._rows
        assert groups <= set(table._groups), base
    for (base, group), row in table._grammar.aliases.items():
        assert {base, row} <= set(table._rows), base
        assert group in table._groups, group


@pytest.mark.parametrize("row", indicators(), ids=lambda row: row.id)
def test_a_name_leads_to_its_own_row(row):
    beside = {frozenset(): "", frozenset({"holder"}): "村卫生室"}.get(row.needs, "血吸虫病")
    found = identify(beside + row.plain_name, row.units[0])
    assert found.partition(".")[0] == row.id
    assert bool("." in found) == bool(beside)


# ---------------------------------------------------------------- properties

PIECES = st.sampled_from(
    [
        "全县",
        "累计",
        "建成",
        "新增",
        "高血压",
        "患者",
        "规范",
        "管理",
        "率",
        "床位",
        "医院",
        "公立",
        "村卫生室",
        "签约",
        "人数",
        "（",
        "）",
        "、",
        "和",
        "的",
        "数",
        "65岁以上",
        "老年人",
        "筛查",
        "千人口",
    ]
)
UNITS = st.sampled_from(["", "%", "人", "张", "家", "元", "百分点", "位", "公里", "％"])
ANY_ROLE = st.sampled_from(["level", "change", "gap", "share", "rank"])


@given(st.text(max_size=200), UNITS, ANY_ROLE)
def test_any_text_is_read(words, unit, role):
    found = identify(words, unit, role=role)
    assert found == "" or describe(found).id == found


@given(st.lists(PIECES, max_size=30).map("".join), UNITS, ANY_ROLE)
def test_any_words_of_the_field_are_read(words, unit, role):
    found = identify(words, unit, role=role)
    assert found == "" or describe(found).id == found


@given(st.sampled_from(KNOWN), st.sampled_from(["全市", "我县", "全区累计", "辖区内", "截至目前", "其中"]))
def test_the_place_and_the_reckoning_change_nothing(case, before):
    words, unit, expected = case
    assert identify(before + words, unit) == expected


@given(st.sampled_from(KNOWN), st.integers(0, 40), st.sampled_from([" ", "\n", "\u3000", "“", "”"]))
def test_white_space_and_quotation_marks_change_nothing(case, at, mark):
    words, unit, expected = case
    assert identify(words[:at] + mark + words[at:], unit) == expected


@given(st.sampled_from(KNOWN), st.sampled_from(["某某", "甲地", "示意", "龘"]))
def test_words_that_are_not_understood_leave_no_id(case, before):
    words, unit, _ = case
    assert identify(before + words, unit) == ""
