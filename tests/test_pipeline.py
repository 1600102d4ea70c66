from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timezone
from itertools import islice
from pathlib import Path

import pytest

import healthie
from healthie.entities import in_order
from healthie.records import Entity

PLACE = "全县有卫生院8所。"


def test_extract_needs_only_a_text(report_text: str) -> None:
    report = healthie.extract(report_text)
    assert report.text == report_text
    assert report.document.region is not None
    assert report.document.region.code == "510822"
    values = {fact.quantity.text: fact for fact in report.facts}
    assert values["132所"].indicator.text.endswith("村卫生室")
    assert values["9所"].role == "change"


def test_everything_stands_where_it_says(report_text: str) -> None:
    report = healthie.extract(report_text)
    for fact in report.facts:
        spans = [fact.quantity, fact.sentence, *fact.indicator.spans]
        spans += [span for span in (fact.reference, fact.programme) if span is not None]
        assert all(report_text[span.start : span.end] == span.text for span in spans)
    assert all(report_text[entity.start : entity.end] == entity.text for entity in report.entities)
    assert list(report.entities) == sorted(
        report.entities, key=lambda entity: (entity.start, -entity.end, entity.label)
    )


@pytest.mark.parametrize("region", ["510822", "青川县"])
@pytest.mark.parametrize(
    ("published", "kept"),
    [
        ("2019", "2019"),
        ("2019-07", "2019-07"),
        ("2019-07-31", "2019-07-31"),
        (date(2019, 7, 31), "2019-07-31"),
        (datetime(2019, 7, 31, 23, tzinfo=timezone.utc), "2019-07-31"),
    ],
)
def test_region_and_date_may_be_given(region: str, published: date | str, kept: str) -> None:
    report = healthie.extract(PLACE, region=region, published=published)
    assert report.document.region is not None
    assert (report.document.region.code, report.document.published) == ("510822", kept)
    assert report.facts[0].region is not None
    assert report.facts[0].region.code == "510822"


@pytest.mark.parametrize("empty", [None, ""])
def test_empty_means_not_given(empty: str | None) -> None:
    assert healthie.extract(PLACE, region=empty, published=empty) == healthie.extract(PLACE)


@pytest.mark.parametrize(
    "published",
    ["19", "2019-7", "2019-13", "2019-02-30", "2019年7月", "20190731", "２０１９", "2019-07-31T08", "2019\n"],
)
def test_what_is_no_date_is_refused(published: str) -> None:
    with pytest.raises(ValueError, match="is no date: write YYYY, YYYY-MM or YYYY-MM-DD") as error:
        healthie.extract(PLACE, published=published)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"text": b"8"}, "text is a bytes: give a str"),
        ({"text": None}, "text is a NoneType: give a str"),
        ({"text": PLACE, "region": 510822}, "region is a int: give a str"),
        ({"text": PLACE, "region": b"8"}, "region is a bytes: give a str"),
        ({"text": PLACE, "published": 2019}, "published is a int: give a datetime.date"),
    ],
)
def test_other_types_are_refused(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        healthie.extract(**arguments)  # type: ignore[arg-type]


def test_an_unknown_region_is_refused() -> None:
    with pytest.raises(ValueError, match="无此县"):
        healthie.extract(PLACE, region="无此县")


@pytest.mark.parametrize("text", ["", " \n　", "。", "8", "\ud800", "\0", "。" * 1000])
def test_odd_texts_are_read(text: str) -> None:
    assert healthie.extract(text).text == text


def test_extract_uses_no_spacy(run_python: Callable[..., str]) -> None:
    code = "import sys, healthie; healthie.extract('全县有卫生院8所。'); print('spacy' in sys.modules)"
    assert run_python(code).strip() == "False"


# Many


def texts(count: int, taken: list[int]) -> Iterator[str]:
    for number in range(count):
        taken.append(number)
        yield f"全县有卫生院{number}所。"


@pytest.mark.parametrize("n_process", [1, 2])
def test_many_are_read_in_order(n_process: int, report_text: str) -> None:
    given = [*texts(40, []), report_text, ""]
    assert list(healthie.extract_many(given, n_process=n_process)) == [healthie.extract(text) for text in given]


def test_one_process_reads_one_text_at_a_time() -> None:
    taken: list[int] = []
    reports = healthie.extract_many(texts(10, taken))
    assert taken == []
    next(reports)
    assert taken == [0]


def test_several_processes_read_only_a_little_ahead() -> None:
    taken: list[int] = []
    reports = healthie.extract_many(texts(10_000, taken), n_process=2)
    assert taken == []
    assert [report.text for report in islice(reports, 3)] == list(texts(3, []))
    assert len(taken) < 200
    del reports


def test_a_stream_that_is_left_ends_its_processes(run_python: Callable[..., str], tmp_path: Path) -> None:
    script = tmp_path / "left.py"
    script.write_text(
        "import healthie\n"
        "if __name__ == '__main__':\n"
        "    reports = healthie.extract_many(['全县有卫生院8所。'] * 200, n_process=2)\n"
        "    print(len(next(reports).facts))\n",
        encoding="utf-8",
    )
    started = time.monotonic()
    assert run_python(f"import runpy; runpy.run_path({os.fspath(script)!r}, run_name='__main__')").strip() == "1"
    assert time.monotonic() - started < 60


def test_one_str_is_not_many() -> None:
    with pytest.raises(TypeError, match="texts is one str"):
        healthie.extract_many(PLACE)


@pytest.mark.parametrize("n_process", [0, -1])
def test_no_process_is_refused(n_process: int) -> None:
    with pytest.raises(ValueError, match=f"n_process={n_process} starts no process"):
        healthie.extract_many([PLACE], n_process=n_process)


def test_a_number_of_processes_that_is_no_int_is_refused() -> None:
    with pytest.raises(TypeError, match="n_process is a str: give a whole number, 1 or more"):
        healthie.extract_many([PLACE], n_process="2")  # type: ignore[arg-type]


@pytest.mark.parametrize("n_process", [1, 2])
def test_a_text_that_cannot_be_read_is_told_by_its_index(n_process: int) -> None:
    reports = healthie.extract_many([PLACE, None, PLACE], n_process=n_process)  # type: ignore[list-item]
    assert next(reports).text == PLACE
    with pytest.raises(healthie.ReportError, match="Report 1 cannot be read: text is a NoneType: give a str") as raised:
        next(reports)
    assert raised.value.index == 1
    assert isinstance(raised.value.__cause__, TypeError)
    assert [report.text for report in reports] == [PLACE]


@pytest.mark.parametrize("n_process", [1, 2])
def test_the_others_are_read_where_errors_are_taken(n_process: int) -> None:
    failed: list[healthie.ReportError] = []
    given = [b"8", *[PLACE] * 20, None, PLACE]
    reports = healthie.extract_many(given, n_process=n_process, on_error=failed.append)  # type: ignore[arg-type]
    assert [report.text for report in reports] == [PLACE] * 21
    assert [error.index for error in failed] == [0, 21]


def test_a_script_without_a_guard_is_told(tmp_path: Path) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text("import healthie\nlist(healthie.extract_many(['甲'] * 40, n_process=2))\n", encoding="utf-8")
    result = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=120)
    assert result.returncode == 1
    assert "put the call under `if __name__ == '__main__':`" in result.stderr


# Load


def test_load_refuses_what_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="segmenter='jieba' is unknown: use one of 'pkuseg', 'char'"):
        healthie.load(segmenter="jieba")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="无此县"):
        healthie.load(region="无此县")
    with pytest.raises(ValueError, match="is no date"):
        healthie.load(published="soon")


def test_load_keeps_region_and_date() -> None:
    nlp = healthie.load(region="青川县", published=date(2023, 1, 12))
    assert nlp.get_pipe_config("healthie_document")["region"] == "510822"
    assert nlp(PLACE)._.healthie == healthie.extract(PLACE, region="510822", published="2023-01-12")


def test_entities_stand_in_order() -> None:
    entities = [Entity(4, 6, "丙", "ORG"), Entity(0, 2, "甲", "SYSTEM"), Entity(0, 4, "甲乙", "ORG")]
    assert [entity.text for entity in in_order(entities)] == ["甲乙", "甲", "丙"]


def test_a_region_inside_another_name_is_left_out() -> None:
    region, organisation, other = (
        Entity(0, 2, "甲", "REGION"),
        Entity(0, 4, "甲乙", "ORG"),
        Entity(3, 6, "丙", "REGION"),
    )
    assert in_order([region, organisation, other]) == (organisation, other)
    assert in_order([region, other]) == (region, other)


def test_load_takes_the_rows_of_a_caller() -> None:
    nlp = healthie.load(
        region="青川县", programmes=["百村巡诊接力"], indicators=[("dental-chairs", "牙椅数", "牙椅", "台")]
    )
    report = nlp("百村巡诊接力启动，新增牙椅3台。")._.healthie
    assert report.facts[0].programme is not None
    assert report.facts[0].programme.id == "百村巡诊接力"
    assert report.facts[0].indicator.id.startswith("dental-chairs")
    assert nlp.get_pipe_config("healthie_systems")["names"] == {
        "programmes": [["百村巡诊接力"]],
        "organisations": [],
        "systems": [],
    }
