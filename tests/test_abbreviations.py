"""Places called by one character."""

import pytest

from healthie.abbreviations import find_abbreviations
from healthie.places import table


def codes(text, home=""):
    chain = table().chain(home, "999912") if home else []
    return [(entity.text, entity.id) for entity in find_abbreviations(text, text, chain, [])]


@pytest.mark.parametrize(
    ("text", "home", "found"),
    [
        ("深化沪浙苏协作", "", [("沪", "310000"), ("浙", "330000"), ("苏", "320000")]),
        ("专家来粤指导，5名医生在京进修", "", [("粤", "440000"), ("京", "110000")]),
        ("8名专家驻台工作", "331000", [("台", "331000")]),
        ("共建沪嘉医疗合作", "330400", [("沪", "310000"), ("嘉", "330400")]),
    ],
)
def test_found(text, home, found):
    assert codes(text, home) == found


@pytest.mark.parametrize("text", ["京东方医院", "在湘雅学习", "京沪高铁", "苏打水", "川贝", "进京东", "桂枝"])
def test_not_found(text):
    assert codes(text) == []
