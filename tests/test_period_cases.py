"""Time expressions again: what a small error in the code gets wrong and no other table holds."""

from __future__ import annotations

import pytest

from healthie import find_periods

CASES = [
    ("近一年,培训300人。", "2022-06-30", "近一年", "2021-07-01", "2022-06-30", "interval"),
    ("较上世纪90年代提高。", "2022-06-30", "上世纪90年代", "1990-01-01", "1999-12-31", "compared"),
    ("比2000年代增长。", "2022-06-30", "2000年代", "2000-01-01", "2009-12-31", "compared"),
    ("2010年代建成。", "2022-06-30", "2010年代", "2010-01-01", "2019-12-31", "multiyear"),
    ("本月,接诊3人。", "2022-06-15", "本月", "2022-06-01", "2022-06-30", "interval"),
]


@pytest.mark.parametrize(("text", "published", "expected"), [(row[0], row[1], row[2:]) for row in CASES])
def test_dates(text, published, expected):
    found = [(p.text, str(p.start), str(p.end), p.kind) for p in find_periods(text, published=published)]
    assert found == [expected]
