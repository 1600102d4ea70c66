"""No text breaks it: whatever the characters, nothing raises, offsets are true, and every way gives the same report.

What must hold is in any_text.py; scripts/fuzz.py looks for more texts that break it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import any_text
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import healthie
from healthie.readers import read_bytes

ROOT = Path(__file__).parents[1]

PIECES = st.sampled_from(any_text.vocabulary())
RARE = st.sampled_from(any_text.HOSTILE + any_text.FIGURES)
TEXTS = st.one_of(
    st.text(st.characters(), max_size=60),  # lone surrogates too
    st.lists(st.one_of(PIECES, RARE), max_size=40).map("".join),
    st.lists(RARE, max_size=60).map("".join),
)
EACH = settings(max_examples=60, deadline=None, derandomize=True)


@pytest.mark.parametrize("name", any_text.FINDERS)
@EACH
@given(text=TEXTS)
def test_every_finder(name: str, text: str) -> None:
    any_text.FINDERS[name](text)


@EACH
@given(TEXTS)
def test_every_way_gives_the_same(text: str) -> None:
    any_text.check_report(healthie.extract(text))
    any_text.check_same(text)


@EACH
@given(TEXTS)
def test_every_text_is_handed_on(text: str) -> None:
    any_text.check_exports(healthie.extract(text))


@settings(EACH, max_examples=15)
@given(TEXTS)
def test_every_text_is_handed_on_to_other_libraries(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    any_text.check_binary_exports(healthie.extract(any_text.clean(text)), tmp_path_factory.mktemp("exports"))


@settings(EACH, max_examples=150)
@given(st.one_of(st.binary(max_size=200), TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))), st.booleans())
def test_every_file_is_read_or_refused(data: bytes, is_page: bool) -> None:
    any_text.check_file(data, "a.html" if is_page else "")


PAGE = "<p>全县有卫生院8所</p><td>8</td>" * 300
MANGLED = "全县建成村卫生室86所,签约率达65%。".encode().decode("gb18030", "replace")
LONG = {
    "a million figures": "9" * 10**6,
    "counts of forty figures": f"全市有医院{'9' * 40}家，其中三级医院{'9' * 40}家。住院{'九' * 40}天。",
    "a million numerals": "九" * 10**6,
    "nested brackets": "(" * 10**5 + "8所" + ")" * 10**5,
    "nested quotation marks": "“《" * 50_000 + "8所" + "》”" * 50_000,
    "a line of five million characters": "甲乙丙丁" * 1_250_000,
    "a page": f"<!DOCTYPE html><html><body>{PAGE}</body></html>",
    "UTF-8 read as GB18030": MANGLED * 300,
    "GB18030 read as UTF-8": ("全县有卫生院8所。" * 300).encode("gb18030").decode("utf-8", "replace"),
    "bidirectional marks": "\u202e8\u2066所\u202c" * 2000,
    "zero width": "全\u200b县8\u200d所\ufeff" * 2000,
    "lone surrogates": "\ud8008所\udc00" * 2000,
    "null": "8\0所\0" * 2000,
}


@pytest.mark.parametrize("name", LONG)
def test_long_texts(name: str) -> None:
    any_text.check_report(healthie.extract(LONG[name]))


# What the fuzzer found, as short as it breaks.


@pytest.mark.parametrize(
    "text",
    [
        "1\nP\0",  # a quantity over the end of a line that ends a sentence
        "床位8张<p 6所b>",  # a quantity in a tag
        "><p等6省><p>4万增长7.4",  # one before quantities that belong together
        "床位8张<</a/8所b>>",  # one in what looks like a tag
        "3333333333333333333333330:1",  # a ratio of more digits than a decimal rounds to
        "0百分百",  # two numbers in one another's words
        "4\n%央视网消息<p><央视网消息",  # a quantity over the end of an article
        "河北村河北村村",  # a village named before, with a province in its name
    ],
)
def test_reports_that_broke_it(text: str) -> None:
    report = healthie.extract(text)
    assert report.facts or report.entities
    any_text.check_report(report)
    for check in any_text.FINDERS.values():
        check(text)


def test_a_percentage_in_words_is_one_number() -> None:
    assert [number.text for number in healthie.find_numbers("0百分百")] == ["百分百"]


@pytest.mark.parametrize("text", ["<img alt='8人'>床位6张", "床位6张<img alt='8人'>", "><p等8省>床位6张"])
def test_what_stands_in_a_tag_is_no_fact(text: str) -> None:
    assert [fact.quantity.text for fact in healthie.extract(text).facts] == ["6张"]


@pytest.mark.parametrize("name", ["北京市" * 40_000, "8" * 10**6, "甲" * 10**6])
def test_a_name_of_any_length_is_no_place(name: str) -> None:
    with pytest.raises(ValueError, match="No region"):
        healthie.resolve_region(name)


def test_a_sentence_holds_its_quantity() -> None:
    [fact] = healthie.extract("1\nP\0").facts
    assert (fact.quantity.text, fact.sentence.text) == ("1\nP", "1\nP")


@pytest.mark.parametrize("mark", ["\x85", "\u2028", "\u2029"])
def test_json_lines_are_lines_for_everyone(mark: str) -> None:
    report = healthie.extract(f"床{mark}位有8张。")
    assert len(report.to_jsonl().splitlines()) == len(report.facts) == 1
    any_text.check_exports(healthie.extract(f"开放床位{mark}数8张,比上年{mark}增加3张。"))


def test_lone_surrogates_reach_spacy_as_replacement_characters() -> None:
    report = healthie.extract("全县\ud800有卫生院8所。")
    [doc] = report.to_docbin().get_docs(any_text._nlp().vocab)
    assert doc.text == "全县\ufffd有卫生院8所。"
    assert [fact.quantity for fact in doc._.healthie.facts] == [fact.quantity for fact in report.facts]


def test_a_part_that_lies_where_no_file_is() -> None:
    """The place of a part in a DOCX file, overwritten: zipfile seeks to before its start."""
    from docx import Document  # noqa: PLC0415 - what reads files is an extra

    made = any_text.io.BytesIO()
    Document().save(made)
    data = bytearray(made.getvalue())
    entry = data.index(b"PK\x01\x02")
    data[entry + 42 : entry + 46] = b"\x00\x00\x00\x00"  # where the first part stands
    end = data.rindex(b"PK\x05\x06")
    data[end + 16 : end + 20] = (int.from_bytes(data[end + 16 : end + 20], "little") + 18_432).to_bytes(4, "little")
    with pytest.raises(ValueError, match=r"^it is damaged, .*copy\.$"):
        read_bytes(bytes(data))


@pytest.mark.skipif(
    find_spec("atheris") is None and os.environ.get("HEALTHIE_REQUIRE_FUZZER") != "1",
    reason="needs atheris, which has a wheel for Python 3.11",
)
def test_a_short_run_of_the_fuzzer(tmp_path: Path) -> None:
    command = [sys.executable, "scripts/fuzz.py", str(tmp_path / "inputs"), "-runs=5000", "-seed=1"]
    command.append(f"-artifact_prefix={tmp_path}/")
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
    told = result.stdout + result.stderr
    assert re.search(r"^5,000 inputs in .*^0 findings", told, re.MULTILINE | re.DOTALL), told[-3000:]
    assert result.returncode == 0
