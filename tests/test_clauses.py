"""Clauses: sentences in which the quantities stand in ``«»``, and what they are cut into."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthie.clauses import Clause, cut

SENTENCES = [
    # commas, colons, semicolons
    ("建成卫生室«12个»,投入«60万元»", ["建成卫生室«12个»", "投入«60万元»"]),
    ("人员构成:医师«20人»、护士«35人»;药师«6人»", ["人员构成", "医师«20人»、护士«35人»", "药师«6人»"]),
    ("共有床位«1,250张»,使用率«81%»", ["共有床位«1,250张»", "使用率«81%»"]),
    # a bracket with a quantity is a clause in its place, and has a host where one stands right before it
    ("床位«512张»(占«6成»),其中新增«12张»", ["床位«512张»", "(占«6成»", "其中新增«12张»"]),
    ("医院(含«3家»分院)«18家»", ["医院", "(含«3家»分院", "«18家»"]),
    ("门诊«8万人次»(其中急诊«1万人次»(占«12%»))", ["门诊«8万人次»", "(其中急诊«1万人次»", "((占«12%»"]),
    # without one it belongs to the words around it
    ("社区卫生服务中心(站)«18个»", ["社区卫生服务中心(站)«18个»"]),
    ("“互联网,医疗”项目«3个»", ["“互联网,医疗”项目«3个»"]),
    ('"一站式,结算"窗口«5个»', ['"一站式,结算"窗口«5个»']),
    ("“新增«3个»,改造«2个»”", ["“新增«3个»", "改造«2个»”"]),
    # brackets that never close
    ("床位(含«12张»,牙椅«3台»", ["床位(含«12张»", "牙椅«3台»"]),
    ("床位)«12张»", ["床位)«12张»"]),
    (" ,建成«3个», ", ["建成«3个»"]),
]


def unmark(marked: str) -> tuple[str, list[tuple[int, int]]]:
    text, marks, start = "", [], 0
    for char in marked:
        if char == "«":
            start = len(text)
        elif char == "»":
            marks.append((start, len(text)))
        else:
            text += char
    return text, marks


def mark(text: str, marks: list[tuple[int, int]], clause: Clause) -> str:
    said, left = "", clause.start
    for start, end in (marks[i] for i in clause.quantities):
        said += f"{text[left:start]}«{text[start:end]}»"
        left = end
    return "(" * clause.depth + said + text[left : clause.end]


@pytest.mark.parametrize(("marked", "clauses"), SENTENCES)
def test_sentences(marked: str, clauses: list[str]) -> None:
    text, marks = unmark(marked)
    assert [mark(text, marks, clause) for clause in cut(text, 0, len(text), marks, 0)] == clauses


@pytest.mark.parametrize(
    ("marked", "hosts"),
    [
        ("床位«512张»(占«6成»),新增«12张»", [None, 7, None]),
        ("医院(含«3家»分院)«18家»", [None, None, None]),
        ("急诊«1万人次»(占«12%»,增长«3%»)", [None, 7, 7]),
    ],
)
def test_the_host_of_a_bracket_is_the_quantity_before_it(marked: str, hosts: list[int | None]) -> None:
    text, marks = unmark(marked)
    assert [clause.host for clause in cut(text, 0, len(text), marks, 7)] == hosts


@given(st.lists(st.sampled_from('增长占床位，,:;()[]“”《》"«3个»«5%»'), max_size=40).map("".join))
def test_every_quantity_is_in_one_clause(noise: str) -> None:
    text, marks = unmark(noise.replace("«", "").replace("»", "") + ",新增«3个»(占«5%»)")
    clauses = cut(text, 0, len(text), marks, 0)
    held = [i for clause in clauses for i in clause.quantities]
    assert sorted(held) == list(range(len(marks)))
    assert all(clause.start < clause.end for clause in clauses)
    assert all(a.end <= b.start for a, b in pairwise(clauses))
