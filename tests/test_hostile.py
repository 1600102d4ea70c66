"""Files made to harm: refused in one plain sentence or shown as text. Each test makes its file."""

from __future__ import annotations

import json

import pytest
import regex

import healthie
from healthie.readers import read_bytes

SENTENCE = "全县建成村卫生室86所。"
EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><body>{body}<p>{SENTENCE}</p><p>{SENTENCE}</p></body></html>".encode()


def outcome(data: bytes) -> str:
    """Return the text of a file, or the sentence that refuses it."""
    try:
        return read_bytes(data).text
    except ValueError as error:
        return str(error)


@pytest.mark.parametrize("tag", ["<div>", "<table><tr><td>", "<ul><li>", "<b>", "<blockquote>", "<svg><g>", "<!--"])
def test_tags_in_each_other_without_end_are_read_or_refused(tag: str) -> None:
    assert regex.fullmatch(r"it holds no article: .*\.|(?:全县建成村卫生室86所。\s*){1,2}", outcome(page(tag * 50_000)))


def test_attributes_without_end_are_refused() -> None:
    many = " ".join(f"a{number}=1" for number in range(100_000))
    with pytest.raises(ValueError, match=r"it has a tag with more than 1,000 attributes, .* save its text alone\.$"):
        read_bytes(page(f"<p {many}>8</p>"))
    few = " ".join(f"a{number}=1" for number in range(900))
    assert SENTENCE in read_bytes(page(f"<p {few}>8</p>")).text


@pytest.mark.parametrize(
    "body",
    [
        "<script>document.write('卫生院9所')</script>",
        "<img src='data:image/png;base64," + "A" * 2_000_000 + "'>",
        "<iframe src='data:text/html,<p>卫生院9所</p>'></iframe>",
        "<object data='file:///etc/passwd'></object><embed src='file:///etc/passwd'>",
        "<link rel=stylesheet href='http://192.0.2.1/'><img src='http://192.0.2.1/' onerror='alert(9)'>",
        "<svg onload=alert(9)><text>9</text></svg>",
    ],
    ids=["script", "data", "frame", "object", "link", "svg"],
)
def test_what_a_page_brings_along_is_not_text(body: str) -> None:
    text = read_bytes(page(body)).text
    assert SENTENCE in text
    assert not [word for word in ("9", "alert", "root:") if word in text]


def test_html_in_a_report_is_text_in_a_chart() -> None:
    report = healthie.extract(healthie.Source(f"2019年，白水县{EVIL}签约率达到81.5%。", path=f"{EVIL}.txt"))
    chart = healthie.plot({EVIL: report})
    spec = json.dumps(chart.to_dict(), ensure_ascii=False)
    assert "＜script>alert(1)＜/script>＜img src=x onerror=alert(1)>" in spec
    assert "<img src=x" not in chart.to_html()
