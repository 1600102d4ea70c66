"""Which time and which place govern a fact: our own sentences, with what a careful reader says of each quantity."""

from __future__ import annotations

import pytest

import healthie

# The text, its region, its day, and for each quantity the days of its period.
TIMES = [
    ("甲军13日称，过去24小时有8人受伤。", "全国", "2024-05-20", ["2024-05-12..2024-05-13"]),
    ("过去三个月，全国新增企业300家。", "全国", "2024-05-20", ["2024-02-21..2024-05-20"]),
    (
        "3日，大港码头到货300吨。同一天，小港码头到货12吨。",
        "全国",
        "2024-05-20",
        ["2024-05-03..2024-05-03", "2024-05-03..2024-05-03"],
    ),
    ("截至17日，全国今年已报告病例300例。", "全国", "2024-05-20", ["2024-01-01..2024-05-17"]),
    ("三年多来，全县培训医生300人次。", "白水县", "2024-05-20", ["2021-01-01..2024-05-20"]),
    (
        "30多年前，全村只有水井3口。如今，水井有40口。",
        "白水县",
        "2024-05-20",
        ["1994-01-01..1994-12-31", "..2024-05-20"],
    ),
    (
        "全国少工委今天发布统计主要数据，截至2023年12月31日，全国有队员900万名。全国有辅导员70万名。",
        "全国",
        "2024-06-01",
        ["..2023-12-31", "..2023-12-31"],
    ),
    ("截至北京时间今天16时，全国报告病例300例。", "全国", "2024-06-01", ["..2024-06-01"]),
    (
        "五年来，城镇化率从58.1%提高到64.2%。",
        "白水县",
        "2026-01-20",
        ["..2020-12-31", "2021-01-01..2025-12-31"],
    ),
    (
        "五年来，我们建成医院12家。\n根据“十五五”规划的建议，新建医院20家。",
        "白水县",
        "2026-01-20",
        ["2021-01-01..2025-12-31", "2026-01-01..2030-12-31"],
    ),
    (
        "2023年3月，深圳发放补贴300元。最近，深圳又发放补贴500元。",
        "全国",
        "2024-06-01",
        ["2023-03-01..2023-03-31", "2023-01-01..2023-12-31"],
    ),
]

# The text, and for each quantity the place; the text is of the whole country, but for the last ones.
PLACES = [
    ("全国", "安徽今年聚焦优势产业，通过减税降费，预计提供岗位110万个。", ["安徽省"]),
    ("全国", "吉林东部的石山遗址、河南新郑的裴岗遗址等10个项目入选。", ["全国"]),
    ("全国", "四川成都至宜宾高铁昨天铺轨完成。这条高铁全长约260公里。", ["四川省"]),
    ("全国", "江苏、浙江等5个省份新建公园120个。", ["全国", "全国"]),
    ("全国", "浙江义乌水果批发市场是最大的集散地。新年临近，市场日均交易量达9000吨。", ["义乌市"]),
    ("全国", "大河灌区位于四川，这里灌溉面积1100万亩。", ["四川省"]),
    ("全国", "甘肃完成造林30万亩。目前我国已有湿地公园900个。", ["甘肃省", "全国"]),
    ("全国", "湖北鄂州的一个开发区，园区企业名单里有企业70家。", ["鄂州市"]),
    ("白水县", "截至2018年底，全县有村卫生室81所。", ["白水县"]),
    ("白水县", "据石桥镇介绍，全镇种植柑橘3万亩。", ["石桥镇"]),
    ("白水县", "石桥镇位于城南。全镇种植柑橘3万亩。", ["石桥镇"]),
    ("白水县", "双溪村位于石桥镇。全村种植柑橘300亩。", ["双溪村"]),
    ("白水县", "全镇种植柑橘3万亩。", ["白水县"]),
]


def days(fact):
    return f"{fact.period.start or ''}..{fact.period.end or ''}" if fact.period else "-"


@pytest.mark.parametrize(("text", "region", "published", "expected"), TIMES, ids=[row[0] for row in TIMES])
def test_times_that_govern(text, region, published, expected):
    assert [days(f) for f in healthie.extract(text, region=region, published=published).facts] == expected


@pytest.mark.parametrize(("region", "text", "expected"), PLACES, ids=[row[1] for row in PLACES])
def test_places_that_govern(region, text, expected):
    facts = healthie.extract(text, region=region, published="2024-12-10").facts
    assert [f.region.name if f.region else "-" for f in facts] == expected
