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
]


def days(fact):
    return f"{fact.period.start or ''}..{fact.period.end or ''}" if fact.period else "-"


@pytest.mark.parametrize(("text", "region", "published", "expected"), TIMES, ids=[row[0] for row in TIMES])
def test_times_that_govern(text, region, published, expected):
    assert [days(f) for f in healthie.extract(text, region=region, published=published).facts] == expected
