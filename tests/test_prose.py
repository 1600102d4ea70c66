"""Prose: what is taken out of a text before it is linked, and the way back to its offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthie.prose import Prose


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("签约率８１．５％，较上年提高。", "签约率81.5%,较上年提高。"),
        # a line that the width of a page broke
        ("全县共有卫生技术人员3200人，其中执业\n医师1100人。", "全县共有卫生技术人员3200人,其中执业医师1100人。"),
        ("全县共有卫生技术人员3200人，其中执业\n  医师1100人。", "全县共有卫生技术人员3200人,其中执业\n  医师1100人。"),
        # a page number between its two halves
        (
            "全县共有卫生技术人员3200人，其中执业\n- 7 -\n医师1100人。",
            "全县共有卫生技术人员3200人,其中执业医师1100人。",
        ),
        # footnote marks
        ("建档28.6万份[3]，规范管理率81%。", "建档28.6万份,规范管理率81%。"),
        ("建档[含旧档]28万份。", "建档[含旧档]28万份。"),
        # HTML: tags go, and blocks part paragraphs
        ("<p>签约<b>8</b>万人。</p><p>建档9万份。</p>", "签约8万人。\n建档9万份。"),
        ("随访5次。<br/>体检6次。", "随访5次。\n体检6次。"),
        # a paragraph of its own
        ("一、基层服务\n签约8万人。", "一、基层服务\n签约8万人。"),
    ],
)
def test_text(source: str, text: str) -> None:
    assert Prose(source).text == text


def test_a_stretch_over_a_wrap_has_two_pieces() -> None:
    source = "全县共有卫生技术人员3200人，其中执业\n医师1100人。"
    prose = Prose(source)
    start = prose.text.index("执业医师")
    assert [span.text for span in prose.pieces(start, start + 4)] == ["执业", "医师"]
    assert prose.span(start, start + 4).text == "执业\n医师"


def test_at_and_span_are_inverse() -> None:
    source = "建档28.6万份[3]，规范管理率\n81%。"
    prose = Prose(source)
    assert all(prose.at(prose.span(at, at + 1).start) == at for at in range(len(prose.text)))


@given(
    st.lists(st.sampled_from([*"签约率，。；[1]\n 　-第3页%<>", "<p>", "</p>", "<br>", "<b>"]), max_size=60).map(
        "".join
    )
)
def test_pieces_are_true_to_the_source(source: str) -> None:
    prose = Prose(source)
    pieces = prose.pieces(0, len(prose.text)) if prose.text else []
    assert all(source[piece.start : piece.end] == piece.text for piece in pieces)
    assert sum(piece.end - piece.start for piece in pieces) == len(prose.text)
    assert all(0 <= start < end <= len(prose.text) for start, end in prose.paragraphs)
