"""The corpora are sound, and the library reads them as well as the floors ask."""

from __future__ import annotations

import importlib.util
import json
import sys
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import healthie

HERE = Path(__file__).resolve().parent
CORPORA = HERE.parent / "corpora"
NAMES = sorted(path.name.removesuffix(".ann.tsv") for path in CORPORA.glob("*.ann.tsv"))

# F1 of quantities and of whole rows, by set; raised as the library gets better, never lowered. A new test set, which
# no one who writes rules has read, begins at the bar set for one.
FLOORS = {"train": (0.99, 0.95), "test": (0.99, 0.90)}


def load(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


compiler = load(CORPORA / "compile.py", "healthie_corpora_compile")
scorer = load(HERE / "corpus_score.py", "healthie_corpora_score")


@lru_cache
def text_of(name: str) -> str:
    return compiler.read_text(CORPORA / f"{name}.txt")


@lru_cache
def gold_of(name: str) -> dict[str, Any]:
    return json.loads((CORPORA / f"{name}.json").read_text(encoding="utf-8"))


@lru_cache
def report_of(name: str) -> dict[str, Any]:
    doc = gold_of(name)["doc"]
    known = {"region": doc["region"][0], "published": doc["published"]} if doc.get("given") else {}
    return healthie.extract(text_of(name), **known).to_dict()


def in_split(split: str) -> list[str]:
    return [name for name in NAMES if gold_of(name)["doc"].get("split") == split]


# The corpora themselves


def test_there_are_reports_in_every_set():
    assert len(NAMES) >= 12
    assert sorted(in_split("train") + in_split("test")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_compiled_gold_is_up_to_date(name):
    annotation = (CORPORA / f"{name}.ann.tsv").read_text(encoding="utf-8")
    gold, complaints = compiler.compile_document(text_of(name), annotation, name)
    assert complaints == []
    assert gold_of(name) == gold


@pytest.mark.parametrize("name", NAMES)
def test_gold_offsets_are_right(name):
    text, gold = text_of(name), gold_of(name)
    for fact in gold["facts"]:
        assert text[fact["start"] : fact["end"]] == fact["text"]
        assert "".join(text[s:e] for s, e in fact["indicator"]["spans"]) == fact["indicator"]["text"] != ""
        reference = fact["reference"]
        assert reference is None or text[reference["start"] : reference["end"]] == reference["text"]
    for entity in gold["entities"]:
        assert text[entity["start"] : entity["end"]] == entity["text"]


@pytest.mark.parametrize("name", NAMES)
def test_gold_is_consistent(name):
    facts = gold_of(name)["facts"]
    for before, after in pairwise(facts):
        assert before["end"] <= after["start"]
    for i, fact in enumerate(facts):
        assert bool(fact["direction"]) == (fact["role"] in {"change", "gap"}), fact["text"]
        assert fact["reference"] is None or fact["role"] != "level", fact["text"]
        assert fact["of"] is None or (fact["role"] != "level" and fact["of"] != i), fact["text"]


# The compiler

SAMPLE = "全县现有医院6家，其中公立医院2家，比上年增加1家。乡镇卫生院16家，医院床位数500张。"


CELLS = {
    "kind": "F", "quantity": "6家", "value": "6", "unit": "家", "modifier": "=", "role": "level", "direction": "-",
    "indicator": "医院", "reference": "-", "period": "-", "region": "-", "status": "-", "of": "-",
}  # fmt: skip


def row(quantity="6家", value="6", **cells):
    return "\t".join((CELLS | {"quantity": quantity, "value": value} | cells).values())


def compile_rows(*rows):
    header = "#doc\tx.txt\n#region\t000000\t某县\n#period\t2020-01-01..2020-12-31\n#published\t2021\n"
    return compiler.compile_document(SAMPLE, header + "\n".join(rows), "x")


def test_rows_are_placed_where_they_belong():
    gold, complaints = compile_rows(
        row(),
        row("2家", "2", indicator="公立医院"),
        row("1家", "1", role="change", direction="+", indicator="公立〔医院〕", reference="上年", of="^1"),
        row("16家", "16", indicator="乡镇卫生院"),
        row("500张", "500", unit="张", indicator="医院|床位数"),
        "E\t公立医院\tORG\t-",
        "E\t医院\tORG\t-",
    )
    assert complaints == []
    assert [fact["start"] for fact in gold["facts"]] == [6, 15, 23, 31, 40]
    assert [fact["indicator"]["spans"] for fact in gold["facts"]] == [
        [[4, 6]], [[11, 15]], [[11, 13]], [[26, 31]], [[35, 37], [37, 40]],
    ]  # fmt: skip
    assert gold["facts"][2]["reference"] == {"text": "上年", "start": 19, "end": 21}
    assert gold["facts"][2]["of"] == 1
    assert [(e["start"], e["text"]) for e in gold["entities"]] == [(4, "医院"), (11, "公立医院"), (35, "医院")]


@pytest.mark.parametrize(
    ("bad", "complaint"),
    [
        (row("7家"), "does not stand in the text"),
        (row("00张"), "does not stand in the text"),  # inside 500张
        (row(indicator="诊所"), "does not stand near the quantity"),
        (row(indicator="床位数|公立医院"), "in this order"),
        (row(role="change", direction="-", reference="同期"), "does not stand in the sentence"),
        (row("16家", "16", role="change", reference="上年"), "does not stand in the sentence"),
        (row(value="six"), "is not a number"),
        (row(value="3..2"), "does not rise"),
        (row(role="rate"), "role 'rate' is none of"),
        (row(direction="+"), "does not go with role"),
        (row(of="1"), "neither ^N nor vN"),
        (row(of="v1"), "leads to row 1"),
        (row() + "\t-", "13 columns"),
        ("E\t诊所\tORG\t-", "does not stand in the text"),
        ("E\t医院\tHOSPITAL\t-", "is none of"),
        ("G\tx", "a row begins with"),
        ("#size\t3", "header 'size'"),
    ],
)
def test_a_bad_row_is_an_error(bad, complaint):
    _, complaints = compile_rows(bad)
    assert len(complaints) == 1
    assert complaint in complaints[0]


# The scorer


@pytest.mark.parametrize("name", NAMES)
def test_a_perfect_answer_scores_one(name):
    result = scorer.score(text_of(name), gold_of(name), scorer.as_report(gold_of(name)))
    assert (result.quantity, result.row, result.errors) == (1.0, 1.0, ())


@pytest.mark.parametrize(
    ("change", "rows"),
    [
        ({"modifier": ">"}, 2),
        ({"role": "share", "direction": ""}, 2),
        ({"status": "target"}, 2),
        ({"region": {"code": "110000", "name": "北京市", "text": ""}}, 2),
        ({"of": 0}, 2),
        ({"reference": None}, 2),
        ({"indicator": {"text": "增加", "spans": [[21, 23]]}}, 2),
        ({"indicator": {"text": "公立", "spans": [[11, 13]]}}, 3),
        ({"period": None}, 3),  # the gold asks for none
    ],
)
def test_one_fault_costs_one_row(change, rows):
    gold, _ = compile_rows(
        row(),
        row("2家", "2", indicator="公立医院"),
        row("1家", "1", role="change", direction="+", indicator="公立医院", reference="上年", of="^1"),
    )
    report = scorer.as_report(gold)
    report["facts"][2] |= change
    result = scorer.score(SAMPLE, gold, report)
    assert (result.quantities, result.rows) == (3, rows)


def test_optional_rows_count_for_neither():
    gold, _ = compile_rows(row("?6家"), row("2家", "2", indicator="公立医院"))
    report = scorer.as_report(gold)
    both, one = scorer.score(SAMPLE, gold, report), scorer.score(SAMPLE, gold, report | {"facts": report["facts"][1:]})
    assert (both.asked, both.given, both.row) == (one.asked, one.given, one.row) == (1, 1, 1.0)


# The library on the corpora


@pytest.mark.parametrize("name", NAMES)
def test_offsets_of_facts_are_true(name):
    text, report = text_of(name), report_of(name)
    for fact in report["facts"]:
        assert text[fact["start"] : fact["end"]] == fact["text"]
        assert "".join(text[s:e] for s, e in fact["indicator"]["spans"]) == fact["indicator"]["text"]
        reference = fact["reference"]
        assert reference is None or text[reference["start"] : reference["end"]] == reference["text"]
        assert fact["of"] is None or 0 <= fact["of"] < len(report["facts"])
        sentence = fact["sentence"]
        assert sentence["start"] <= fact["start"] < fact["end"] <= sentence["end"]
    for entity in report["entities"]:
        assert text[entity["start"] : entity["end"]] == entity["text"]


@pytest.mark.parametrize("name", NAMES)
def test_the_report_knows_its_place(name):
    assert report_of(name)["document"]["region"]["code"] == gold_of(name)["doc"]["region"][0]


@pytest.mark.parametrize("split", FLOORS)
def test_facts_reach_the_floor(split):
    total = scorer.Score()
    for name in in_split(split):
        total += scorer.score(text_of(name), gold_of(name), report_of(name))
    quantity, whole = FLOORS[split]
    shown = f"{split}: quantity F1 {total.quantity:.3f}, row F1 {total.row:.3f}\n"
    if split == "train":  # faults that somebody has read make a test report a train report
        shown += "\n".join(total.errors[:40])
    assert total.quantity >= quantity, shown
    assert total.row >= whole, shown
