"""Facts again: what a small error in the linker gets wrong and no other table holds."""

from __future__ import annotations

import pytest

import healthie


@pytest.mark.parametrize(
    ("text", "programmes"),
    [
        ("基本公共卫生服务项目投入资金300万元。", ["基本公共卫生服务项目"]),
        ("新建卫生室8个。家庭医生签约服务覆盖4.6万人。", [None, "家庭医生签约服务"]),
        ("家庭医生签约服务覆盖4.6万人。新建卫生室8个。", ["家庭医生签约服务", None]),
    ],
)
def test_the_programme_is_that_of_the_sentence(text, programmes):
    facts = healthie.extract(text).facts
    assert [fact.programme.text if fact.programme else None for fact in facts] == programmes


def test_a_breakdown_is_of_the_time_of_what_it_breaks_down():
    text = "2019年,全县登记患者820人。其中,男性患者430人。"
    first, second = healthie.extract(text, published="2022-01-10").facts
    assert first.period == second.period
    assert str(second.period.start) == "2019-01-01"


# Quantity, place, first and last day and programme of each fact, in a report of 白水县, 2023.
TABLE = [
    # the level of an office is no place, nor is the name of an organisation
    ("蒲城县级医院培训医师8人，澄城县培训医师9人。", ["8人 白水县 2023", "9人 澄城县 2023"]),
    ("澄城县第一医院培训医师8人。", ["8人 白水县 2023"]),
    ("渭南市疾控中心、澄城县医院接诊8人，蒲城县接诊5人。", ["8人 白水县 2023", "5人 蒲城县 2023"]),
    # each of a list of places has its own
    ("蒲城县、澄城县和富平县分别培训医师8人、9人、10人。", ["8人 蒲城县 2023", "9人 澄城县 2023", "10人 富平县 2023"]),
    # a place is that of its clause, and of what is said of it
    ("蒲城县签约8万人，占全市5%，澄城县签约3万人。", ["8万人 蒲城县 2023", "5% 蒲城县 2023", "3万人 澄城县 2023"]),
    ("全省接诊8人，蒲城县接诊9人，全县接诊10人。", ["8人 陕西省 2023", "9人 蒲城县 2023", "10人 白水县 2023"]),
    ("蒲城县新建卫生室8个。培训医师5人。", ["8个 蒲城县 2023", "5人 白水县 2023"]),
    # a sentence that breaks down the one before is of its time
    ("2020年，全县签约8万人。其中，男性4万人。", ["8万人 白水县 2020", "4万人 白水县 2020"]),
    ("2020年签约8万人。\n其中男性4万人。", ["8万人 白水县 2020", "4万人 白水县 2020"]),
    ("2020年底，全县有卫生室132所。其中，达标120所。", ["132所 白水县 ..2020-12-31", "120所 白水县 ..2020-12-31"]),
    ("签约8万人。其中2019年签约3万人。", ["8万人 白水县 2023", "3万人 白水县 2019"]),
    ("2019年签约8万人。2020年，其中男性4万人。", ["8万人 白水县 2019", "4万人 白水县 2020"]),
    ("2020年签约8万人。\n签约率60%。其中男性58%。", ["8万人 白水县 2020", "60% 白水县 2023", "58% 白水县 2023"]),
    ("其中男性8人。", ["8人 白水县 2023"]),
    # what two changes between the same years start from
    (
        "死亡率由2015年的6.1‰降至2020年的5.2‰，发病率由3.2‰降至2.1‰。",
        ["6.1‰ 白水县 2015", "5.2‰ 白水县 2020", "3.2‰ 白水县 2015", "2.1‰ 白水县 2020"],
    ),
    (
        "死亡率从2015年的6.1‰降至2020年的5.2‰，发病率从3.2‰降至2.1‰。",
        ["6.1‰ 白水县 2015", "5.2‰ 白水县 2020", "3.2‰ 白水县 2015", "2.1‰ 白水县 2020"],
    ),
    (
        "死亡率由2015年的6.1‰降至2020年的5.2‰，发病率为3.2‰。",
        ["6.1‰ 白水县 2015", "5.2‰ 白水县 2020", "3.2‰ 白水县 2020"],
    ),
    (
        "死亡率由2015年的6.1‰降至2020年的5.2‰。发病率由3.2‰降至2.1‰。",
        ["6.1‰ 白水县 2015", "5.2‰ 白水县 2020", "3.2‰ 白水县 2023", "2.1‰ 白水县 2023"],
    ),
    # what qualifies a fact is of its time
    ("2020年签约8万人，比2019年增长3%，占全省5%。", ["8万人 白水县 2020", "3% 白水县 2020", "5% 白水县 2020"]),
    (
        "白水县2022年卫生健康工作总结\n五年来，事业全面推进。全县床位达到750张，高于全省平均水平30张。",
        ["750张 白水县 2022", "30张 白水县 2022"],
    ),
    # a programme is that of its clause, and of what is said of it
    ("家庭医生签约服务覆盖4.6万人，新建卫生室8个。", ["4.6万人 白水县 2023 家庭医生签约服务", "8个 白水县 2023"]),
    (
        "家庭医生签约服务覆盖4.6万人，同比增长3%，新建卫生室8个。",
        ["4.6万人 白水县 2023 家庭医生签约服务", "3% 白水县 2023 家庭医生签约服务", "8个 白水县 2023"],
    ),
    (
        "新建卫生室8个，家庭医生签约服务覆盖4.6万人，同比增长3%。",
        ["8个 白水县 2023", "4.6万人 白水县 2023 家庭医生签约服务", "3% 白水县 2023 家庭医生签约服务"],
    ),
    (
        "新建卫生室8个，家庭医生签约服务覆盖4.6万人，培训医师5人。",
        ["8个 白水县 2023", "4.6万人 白水县 2023 家庭医生签约服务", "5人 白水县 2023"],
    ),
    (
        "实施家庭医生签约服务，签约4.6万人，覆盖率60%。",
        ["4.6万人 白水县 2023 家庭医生签约服务", "60% 白水县 2023 家庭医生签约服务"],
    ),
    (
        "实施基本公共卫生服务项目，建档8万人；家庭医生签约服务签约3万人。",
        ["8万人 白水县 2023 基本公共卫生服务项目", "3万人 白水县 2023 家庭医生签约服务"],
    ),
    ("新建卫生室8个、家庭医生签约服务点3个。", ["8个 白水县 2023", "3个 白水县 2023 家庭医生签约服务"]),
    ("家庭医生签约服务、基本公共卫生服务项目投入300万元。", ["300万元 白水县 2023 基本公共卫生服务项目"]),
    ("新建卫生室8个，培训医师5人，推行家庭医生签约服务。", ["8个 白水县 2023", "5人 白水县 2023"]),
]


def in_table(fact):
    """Return a fact as the rows above write it."""
    period = fact.period
    days = f"{period.start or ''}..{period.end or ''}"
    year = str(period.end.year)
    shown = year if days == f"{year}-01-01..{year}-12-31" else days
    return " ".join([fact.quantity.text, fact.region.name, shown, *([fact.programme.text] if fact.programme else [])])


@pytest.mark.parametrize(("text", "rows"), TABLE)
def test_place_time_and_programme(text, rows):
    assert [in_table(fact) for fact in healthie.extract(text, region="白水县", published="2023-07-12").facts] == rows


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("全县新建卫生室9\n个。", [("9\n个", "新建卫生室", "全县新建卫生室9\n个")]),
        (
            "全县登记患者820人，规范管理率\n72%。",
            [
                ("820人", "登记患者", "全县登记患者820人，规范管理率\n72%。"),
                ("72%", "患者|规范管理率", "全县登记患者820人，规范管理率\n72%。"),
            ],
        ),
        ("全县登记患者[1]820人。", [("820人", "登记患者", "全县登记患者[1]820人。")]),
        ('全县<img alt="培训8人">新建卫生室9个。', [("9个", "新建卫生室", "新建卫生室9个。")]),
        (
            "美国报告病例8例，全县报告病例3例。",
            [
                ("8例", "报告病例", "美国报告病例8例，全县报告病例3例。"),
                ("3例", "报告病例", "美国报告病例8例，全县报告病例3例。"),
            ],
        ),
        ("签约8万人。义诊3场。", [("8万人", "签约", "签约8万人。"), ("3场", "义诊", "义诊3场。")]),
        ("签约8万人。3个卫生室建成。", [("8万人", "签约", "签约8万人。"), ("3个", "卫生室", "3个卫生室建成。")]),
        ("没有数字。签约8万人。", [("8万人", "签约", "签约8万人。")]),
    ],
)
def test_characters_as_they_stand(text, said):
    facts = healthie.extract(text, region="白水县", published="2023-07-12").facts
    assert [(f.quantity.text, "|".join(s.text for s in f.indicator.spans), f.sentence.text) for f in facts] == said
    assert all(text[f.sentence.start : f.sentence.end] == f.sentence.text for f in facts)


def test_indicators_of_your_own_are_known_in_every_article():
    rows = [("demo-visits", "听力筛查", "听力筛查", "人次")]
    one = "蒲城县听力筛查3200人次。"
    digest = f"蒲城县办义诊\n本报讯：{one}\n澄城县办义诊\n本报讯：澄城县听力筛查2100人次。"
    nlp = healthie.load(segmenter="char", indicators=rows)
    assert [fact.indicator.id for fact in nlp(one)._.healthie.facts] == ["demo-visits"]
    assert [fact.indicator.id for fact in nlp(digest)._.healthie.facts] == ["demo-visits", "demo-visits"]
    assert "demo-visits" not in [fact.indicator.id for fact in healthie.extract(digest).facts]


def test_a_guessed_time_is_less_sure():
    told, guessed = (
        healthie.extract(text, region="白水县").facts[0].confidence
        for text in ("2022年，全县家庭医生签约8万人。", "签约8万人。")
    )
    assert 0 <= guessed < told <= 1


@pytest.mark.parametrize("text", ["下放自治区级审批权限45项。", "建成自治区级重点专科45个。"])
def test_the_level_of_a_thing_is_no_place(text):
    assert healthie.extract(text, region="昌吉市").facts[0].indicator.text == text[:-4]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (
            "签约8万人，其中老年人3万人，占37.5%。",
            ["family-doctor-contracts", "family-doctor-contracts.elderly", "family-doctor-contracts.elderly"],
        ),
        (
            "高血压患者建档3万人，规范管理率68%。",
            ["hypertension-patients-managed", "hypertension-standard-management-rate"],
        ),
    ],
)
def test_pieces_of_an_indicator_are_known_together(text, ids):
    assert [fact.indicator.id for fact in healthie.extract(text, region="白水县").facts] == ids
