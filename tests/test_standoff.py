"""Formats that point into the text: brat, W3C Web Annotations and spaCy files, read as their specifications say."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import spacy
from spacy.tokens import DocBin

import healthie
from healthie.document_record import Document
from healthie.records import Entity, Fact, Indicator, Period, Quantity, Region, Span
from healthie.report import Report
from healthie.source import Source

CORPORA = sorted((Path(__file__).parents[1] / "corpora").glob("*.txt"))[::6]
# A hard-wrapped report: the indicator is in pieces, and a line break with an indent runs through one of them.
TEXT = "救助贫\r\n  困户6.2至7\t万名，高于全市"


@pytest.fixture
def wrapped() -> Report:
    def span(words: str) -> Span:
        start = TEXT.index(words)
        return Span(start, start + len(words), words)

    sentence = Span(0, len(TEXT), TEXT)
    quantity = span("6.2至7\t万名")
    gap = span("高于")
    home = Region("510822", "青川县")
    level = Fact(
        Quantity(quantity.start, quantity.end, quantity.text, Decimal(62000), Decimal(70000), "名", ">="),
        Indicator((span("救助"), span("贫\r\n  困户")), "poor-helped"),
        *("level", "", "actual", None, None),
        *(Period(None, date(2019, 12, 31)), home, None),
        sentence,
    )
    change = Fact(
        Quantity(gap.start, gap.end, gap.text, Decimal("0.5"), None, "", "="),
        Indicator((span("救助"), span("贫\r\n  困户")), "poor-helped"),
        *("gap", "+", "target", span("全市"), 0),
        None,
        Region("510800", "广元市", "全市", span("全市").start, span("全市").end),
        None,
        sentence,
    )
    entity = Entity(span("全市").start, span("全市").end, "全市", "REGION", "510800", "广元市")
    return Report(TEXT, Document(title="总结"), (level, change), (entity,))


# ---------------------------------------------------------------------- brat


class Brat:
    """What a standoff file says, read by https://brat.nlplab.org/standoff.html and held against its text."""

    def __init__(self, ann: str, text: str) -> None:
        self.spans: dict[str, tuple[str, list[tuple[int, int]]]] = {}
        self.relations: list[tuple[str, str, str]] = []
        self.attributes: dict[tuple[str, str], str] = {}
        self.notes: dict[str, str] = {}
        names = []
        for line in ann.split("\n")[:-1]:
            name, content, *words = line.split("\t")
            names.append(name)
            getattr(self, {"T": "span", "R": "relation", "A": "attribute", "#": "note"}[name[0]])(name, content, words)
            if name[0] == "T":
                assert words == [" ".join(text[a:b] for a, b in self.spans[name][1])]
        assert len(set(names)) == len(names)

    def span(self, name: str, content: str, words: list[str]) -> None:
        kind, offsets = content.split(" ", 1)
        pieces = [tuple(map(int, piece.split(" "))) for piece in offsets.split(";")]
        assert all(start < end for start, end in pieces)
        assert pieces == sorted(pieces)
        assert not re.search(r"[\n\r]", words[0])
        self.spans[name] = (kind, pieces)  # type: ignore[assignment]

    def relation(self, _name: str, content: str, words: list[str]) -> None:
        kind, source, target = content.split(" ")
        assert not words
        ends = source.removeprefix("Arg1:"), target.removeprefix("Arg2:")
        assert set(ends) <= set(self.spans)
        self.relations.append((kind, *ends))

    def attribute(self, _name: str, content: str, words: list[str]) -> None:
        kind, target, value = content.split(" ")
        assert target in self.spans
        assert not words
        self.attributes[target, kind] = value

    def note(self, _name: str, content: str, words: list[str]) -> None:
        kind, target = content.split(" ")
        assert kind == "AnnotatorNotes"
        assert target in self.spans
        [self.notes[target]] = words

    def of(self, kind: str) -> list[str]:
        return [name for name, (own, _) in self.spans.items() if own == kind]


def test_brat_pieces_and_lines(wrapped: Report) -> None:
    brat = Brat(wrapped.to_brat(), TEXT)
    [indicator] = brat.of("Indicator")
    assert brat.spans[indicator][1] == [(0, 2), (2, 3), (7, 9)]
    assert brat.notes[indicator] == "poor-helped"
    first, second = brat.of("Quantity")
    assert [TEXT[a:b] for a, b in brat.spans[first][1]] == ["6.2至7", "万名"]
    assert {key[1]: value for key, value in brat.attributes.items() if key[0] == first} == {
        "Value": "62000",
        "ValueMax": "70000",
        "Unit": "名",
        "Modifier": "at-least",
        "Role": "level",
        "Status": "actual",
    }
    assert brat.attributes[second, "Direction"] == "up"
    assert brat.attributes[second, "Status"] == "target"
    assert set(brat.relations) == {
        ("HasIndicator", first, indicator),
        ("HasIndicator", second, indicator),
        ("Qualifies", second, first),
        ("ComparedWith", second, brat.of("Reference")[0]),
        ("InRegion", second, brat.of("Region")[0]),
    }


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.stem)
def test_brat_of_whole_reports(path: Path) -> None:
    report = healthie.extract(path.read_text("utf-8"))
    brat = Brat(report.to_brat(), report.text)
    quantities = brat.of("Quantity")
    assert len(quantities) == len(report.facts) > 0
    values = [Decimal(brat.attributes[name, "Value"]) for name in quantities]
    assert values == [fact.quantity.value for fact in report.facts]
    counts = Counter(kind for kind, _, _ in brat.relations)
    assert counts["Qualifies"] == sum(fact.of is not None for fact in report.facts)
    assert counts["ComparedWith"] == sum(fact.reference is not None for fact in report.facts)
    assert counts["HasIndicator"] == sum(bool(fact.indicator.spans) for fact in report.facts)


def test_brat_of_nothing_is_empty() -> None:
    assert healthie.extract("").to_brat() == ""


# ---------------------------------------------------------------------- web annotations


def page_of(report: Report) -> dict[str, Any]:
    page: dict[str, Any] = json.loads(report.to_web_annotations())
    return page


def selected(annotation: dict[str, Any], text: str) -> str:
    """Return what both selectors of an annotation select."""
    position, quote = annotation["target"]["selector"]
    assert (position["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
    start, end = position["start"], position["end"]
    assert text[start:end] == quote["exact"]
    assert text[:start].endswith(quote["prefix"])
    assert text[end:].startswith(quote["suffix"])
    assert len(quote["prefix"]) == min(start, 32)
    return str(quote["exact"])


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.stem)
def test_web_annotations_select_what_they_are_of(path: Path) -> None:
    report = healthie.extract(path.read_text("utf-8"))
    page = page_of(report)
    items = page["items"]
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    assert page["partOf"]["total"] == len(items)
    ids = [item["id"] for item in items]
    assert len(set(ids)) == len(ids)
    assert all(urlsplit(name).scheme == "urn" for name in ids)
    texts = [selected(item, report.text) for item in items]
    by_motivation = {
        kind: [text for item, text in zip(items, texts, strict=True) if item["motivation"] == kind]
        for kind in ("describing", "linking", "identifying")
    }
    assert by_motivation["describing"] == [fact.quantity.text for fact in report.facts]
    assert by_motivation["identifying"] == [entity.text for entity in report.entities]
    assert len(by_motivation["linking"]) == sum(
        len(fact.indicator.spans) + (fact.reference is not None) for fact in report.facts
    )


def test_web_annotations_hold_the_fact_and_link_to_it(wrapped: Report) -> None:
    items = page_of(wrapped)["items"]
    first = items[0]
    line, row = first["body"]
    assert line["value"] == "救助贫\r\n  困户 ≥ 62000–70000名"
    assert json.loads(row["value"]) == wrapped.facts[0].to_dict()
    links = [item for item in items if item["body"][0].get("source") == first["id"]]
    assert [selected(item, TEXT) for item in links] == ["救助", "贫\r\n  困户"]
    assert {body["value"] for item in links for body in item["body"][1:]} == {"indicator", "poor-helped"}


def test_web_annotations_name_their_source(wrapped: Report) -> None:
    file = replace(wrapped, source=Source(TEXT, path="reports/总结 1.txt"))
    sources = {item["target"]["source"] for item in page_of(file)["items"]}
    assert sources == {"reports/%E6%80%BB%E7%BB%93%201.txt"}
    assert page_of(wrapped) == page_of(wrapped)


# ---------------------------------------------------------------------- spaCy


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.stem)
def test_a_docbin_gives_the_report_back(path: Path, tmp_path: Path) -> None:
    report = healthie.extract(path.read_text("utf-8"))
    report.to_docbin().to_disk(tmp_path / "a.spacy")
    [doc] = DocBin().from_disk(tmp_path / "a.spacy").get_docs(spacy.blank("zh").vocab)
    assert doc._.healthie == report
    assert doc.text == report.text
    assert [span.text for span in doc.spans["healthie.facts"]] == [fact.quantity.text for fact in report.facts]
    assert [span._.healthie for span in doc.spans["healthie.facts"]] == list(report.facts)
    kinds = ("regions", "programmes", "organisations", "systems")
    entities = {span._.healthie for kind in kinds for span in doc.spans[f"healthie.{kind}"]}
    assert entities == set(report.entities)


def test_a_docbin_marks_what_the_pipeline_marks(report_text: str) -> None:
    [doc] = healthie.extract(report_text).to_docbin().get_docs(spacy.blank("zh").vocab)
    piped = healthie.load()(report_text)
    marked, wanted = ([(span.text, span.label_) for span in one.spans["healthie.facts"]] for one in (doc, piped))
    assert marked == wanted
    assert [sentence.text for sentence in doc.sents] == [sentence.text for sentence in piped.sents]


@pytest.mark.parametrize("text", ["", "\n", "全县拥有卫生院8\ud800所。", "全县\x00救助\u2028贫困\x0b人口8名。"])
def test_odd_texts_have_every_form(text: str, tmp_path: Path) -> None:
    report = healthie.extract(text)
    Brat(report.to_brat(), report.text)
    for written in (report.to_brat(), report.to_web_annotations(), report.to_csv(), report.to_jsonl()):
        assert written.encode("utf-8").decode("utf-8") == written
    report.to_excel(tmp_path / "a.xlsx")
    report.to_parquet(tmp_path / "a.parquet")
    assert len(list(report.to_docbin().get_docs(spacy.blank("zh").vocab))) == 1
