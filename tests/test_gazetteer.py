"""The generic gazetteer: longest match, offsets, ambiguity kept, tables read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthie.gazetteer import Gazetteer, read_rows
from healthie.text import fold


def test_the_longest_name_wins_and_matches_do_not_overlap():
    names = Gazetteer([("家庭医生", 1), ("家庭医生签约", 2), ("签约率", 3)])
    found = [(match.start, match.end, match.payloads) for match in names.find("家庭医生签约率与签约率")]
    assert found == [(0, 6, (2,)), (8, 11, (3,))]


def test_one_surface_keeps_all_its_payloads_in_order():
    names = Gazetteer([("新城", "a"), ("新城", "b")])
    assert next(names.find("新城")).payloads == ("a", "b")
    assert len(names) == 1


def test_full_width_and_traditional_forms_match():
    names = Gazetteer([("HIS系统", "his"), ("县医院", "hospital")])
    text = "ＨＩＳ系统覆盖縣医院"
    assert [(text[m.start : m.end], m.payloads[0]) for m in names.find(text)] == [
        ("ＨＩＳ系统", "his"),
        ("縣医院", "hospital"),
    ]


def test_empty_surfaces_and_empty_gazetteers_find_nothing():
    assert list(Gazetteer([("", 1)]).find("文字")) == []
    assert list(Gazetteer([]).find("")) == []


def test_rows_may_come_from_any_iterable():
    names = Gazetteer((name, name.upper()) for name in ("ct", "mri"))
    assert [match.payloads for match in names.find("ct与mri")] == [("CT",), ("MRI",)]


@given(st.lists(st.text("甲乙丙丁", min_size=1, max_size=4), min_size=1), st.text("甲乙丙丁 ", max_size=60))
def test_every_match_is_a_name_at_its_offsets(surfaces, text):
    names = Gazetteer((surface, surface) for surface in surfaces)
    end = 0
    for match in names.find(text):
        assert match.start >= end
        assert fold(text[match.start : match.end]) == match.payloads[0]
        end = match.end


def test_read_rows_takes_a_path_and_passes_over_comments(tmp_path):
    path = tmp_path / "mine.tsv"
    path.write_text("# a comment\n\n甲\t1\n乙\t2\n", encoding="utf-8-sig")
    assert read_rows(path) == [("甲", "1"), ("乙", "2")]
    assert read_rows(str(path)) == [("甲", "1"), ("乙", "2")]


def test_a_missing_table_is_said_to_be_missing(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_rows(tmp_path / "none.tsv")
    with pytest.raises(FileNotFoundError):
        read_rows("nosuchtable")


@pytest.mark.parametrize(
    "table",
    ["regions", "zones", "region_words", "region_blocks", "region_deixis", "region_aliases", "region_abbreviations",
     "settlement_words"],
)  # fmt: skip
def test_packaged_tables_are_regular(table):
    rows = read_rows(table)
    assert rows
    assert len({len(row) for row in rows}) == 1
    if table != "regions":
        assert len({row[:1] if table != "region_words" else row for row in rows}) == len(rows)
