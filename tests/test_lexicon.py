"""The words by class: the table itself, and the four ways of asking for it."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from itertools import groupby
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

import healthie
from healthie.lexicon import find_words, joints, last_match, pattern, prefix, skip, suffix, words

TABLE = files("healthie").joinpath("data/lexicon.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in TABLE if line and not line.startswith("#")]
CLASSES = sorted({row[0] for row in ROWS})
SOURCES = [path.read_text(encoding="utf-8") for path in Path(healthie.__file__).parent.glob("*.py")]
# a class is asked for by name in quotation marks, or in braces in a pattern
ASKED = {
    name
    for source in SOURCES
    for match in regex.findall(r"\{([a-z_+]+)\}|\"([a-z_]+)\"", source)
    for part in match
    for name in part.split("+")
}


def test_the_table_can_be_read_and_compared() -> None:
    assert TABLE[0].startswith("#")
    assert any("Source" in line and "MIT" in line for line in TABLE[:5])
    assert all(len(row) == 2 for row in ROWS)
    assert all(len(line) <= 160 for line in TABLE)


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_is_explained_used_and_holds_no_word_twice(name: str) -> None:
    assert any(line.startswith("#") and regex.search(rf"\b{name}\b", line) for line in TABLE)
    assert name in ASKED
    counts = Counter(word for row in ROWS if row[0] == name for word in row[1].split())
    assert [word for word, count in counts.items() if count > 1] == []


def test_an_unknown_class_is_an_error() -> None:
    with pytest.raises(KeyError, match="nonsense"):
        words("nonsense")


@pytest.mark.parametrize(
    ("text", "classes", "found"),
    [
        ("签约率达到", ("reach",), "达到"),
        ("同比下降到", ("reach", "fall"), "下降到"),
        ("签约率", ("reach",), ""),
        ("", ("reach",), ""),
    ],
)
def test_suffix_is_the_longest_word_at_the_end(text: str, classes: tuple[str, ...], found: str) -> None:
    assert suffix(text, 0, len(text), *classes) == found


def test_a_word_does_not_reach_out_of_the_stretch() -> None:
    assert suffix("提高到", 2, 3, "reach") == "到"
    assert prefix("建成区域", 0, 1, "act") == "建"
    assert prefix("建成", 2, 2, "act") == ""


def test_skip_passes_all_words_of_a_class() -> None:
    text = "已全部正式投用"
    assert text[skip(text, 0, len(text), "adverb") :] == "投用"


def test_pattern_groups_the_words_and_prefers_the_longest() -> None:
    assert pattern("{rise}了?").match("净增加3个").group() == "净增加"
    assert pattern(r"{rise+fall}\d").search("同比减少5家").group() == "减少5"
    assert pattern(r"\d{2}").search("第123").group() == "12"


def test_last_match() -> None:
    text = "先增长后下降再回升"
    assert last_match("{rise+fall}", text, 0, len(text)).group() == "回升"
    assert last_match("{rise+fall}", text, 0, 1) is None


@given(st.lists(st.sampled_from(sorted(words("reach", "fall"))) | st.text(max_size=3), max_size=4).map("".join))
def test_suffix_and_prefix_agree_with_a_plain_search(text: str) -> None:
    known = words("reach", "fall")
    assert suffix(text, 0, len(text), "reach", "fall") == max(filter(text.endswith, known), key=len, default="")
    assert prefix(text, 0, len(text), "reach", "fall") == max(filter(text.startswith, known), key=len, default="")


@given(st.lists(st.sampled_from(sorted(words("reach", "fall"))) | st.text(max_size=3), max_size=6).map("".join))
def test_find_words_finds_what_a_pattern_finds(text: str) -> None:
    found = [match.span() for match in pattern("{reach+fall}").finditer(text, 1, len(text))]
    assert list(find_words(text, 1, len(text), "reach", "fall")) == found


def test_joints_are_where_a_cut_would_part_a_word() -> None:
    assert {"继续", "续教"} <= joints("whole")
    assert "院继" not in joints("whole")


def test_a_class_stands_in_one_place() -> None:
    names = [line.split("\t")[0] for line in TABLE if "\t" in line and not line.startswith("#")]
    assert len(list(groupby(names))) == len(set(names))
