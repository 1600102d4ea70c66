"""Text of every kind, and what holds for each: shared by test_any_text.py, scripts/fuzz.py and scripts/measure_time.py.

`HOSTILE` and `vocabulary` are what texts are put together from; `check_report` is what must hold for any of them, and
`FINDERS`, `check_exports`, `check_same` and `check_file` are its parts.
"""

# ruff: noqa: E501 - a table of characters, many of them as wide as two

from __future__ import annotations

import csv
import io
import json
import pickle
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import spacy
from spacy.language import Language

import healthie
from healthie.charts import Kind
from healthie.export.table import clean
from healthie.readers import Limits
from healthie.readers.whole import read_whole

ROOT = Path(__file__).parents[1]
DATA = ROOT / "src" / "healthie" / "data"
CORPORA = ROOT / "corpora"
KNOWN = {"region": "白水县", "published": "2023-07-12"}

# What no report should hold and some do, a character or a few at a time.
HOSTILE = (
    "\ud800", "\udfff", "\udc80", "\0", "\x01", "\x1a", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff",
    "\u200b", "\u200d", "\u2060", "\u00ad", "\u202a", "\u202e", "\u2066", "\u2069", "\u200f", "\ufffd", "\uffff",
    "\U0010ffff", "\ue000", "\uf8ff", "\U000f0000", "\U0001f3e5", "\U0001f468\u200d\u2695\ufe0f", "e\u0301", "\u0300" * 3,
    "\u3000", "\u00a0", "\t", "\r", "\r\n", "\n", "\n\n", "\v", "\f", " ", "衛生院", "醫療機構", "萬人次", "億元", "臺灣", "縣",
    "０１２３", "８．５％", "Ⅲ", "㈠", "①", "㎡", "㎏", "℃", "‰", "½", "²", "Ａ", "ﬁ", "ı", "İ", "ß", "٣", "४", "𝟗", "〇", "○",
    "O", "l", "I", "—", "——", "－", "～", "~", "-", "…", "·", "•", "\u0e33", "한국", "かな", "дом", "שלום", "مرحبا",
    "<p>", "</p>", "<script>", "<!--", "-->", "<td>8</td>", "&#56;", "&nbsp;", "&", "http://a.cn/8", "a@b.cn", "| 8 |", "|",
    "=1+1", "@SUM(8)", "+8", "-8", '"', "'", ",", "，", "、", "。", "；", "：", "？", "！", ".", ":", ";", "(", ")", "（", "）", "[", "]",
    "【", "】", "《", "》", "“", "”", "‘", "’", "「", "」", "『", "』", "{", "}", "〔", "〕", "*", "#", "_", "/", "\\", "%", "％", "℅",
)  # fmt: skip
FIGURES = (
    "0", "1", "8", "08", "2019", "2023", "12.5", "8,888", "8，888", "1e9", "8.8.8", "3/4", "8:30", "9" * 30, "0." + "0" * 30 + "1",
    "一", "两", "三百五十", "十万", "百万千瓦", "万", "亿", "零", "半", "几", "多", "余", "上百", "第3", "第三", "三分之二", "百分之八", "成",
    "86所", "81.5%", "4.6万人", "20余家", "37.4万人次", "6.2个百分点", "3—5个", "2倍", "10:3", "-5.2%", "2019年", "1月", "12日", "上半年",
    "2019-2021年", "“十四五”", "2023年1月12日", "8.5.3", "第8条", "〔2019〕8号",
)  # fmt: skip


@lru_cache(maxsize=1)
def words_by_class() -> dict[str, tuple[str, ...]]:
    """Return some words of every class of every table of the package: ``table:class`` to words."""
    found: dict[str, list[str]] = {}
    for path in sorted(DATA.glob("*.tsv")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        for line in lines[:: max(1, len(lines) // 300)]:
            name, *cells = line.split("\t")
            words = [word for cell in (cells or [name]) for word in cell.replace("|", " ").split()]
            kind = f"{path.stem}:{name}" if path.stem in _CLASSED else path.stem
            found.setdefault(kind, []).extend(word for word in [name, *words] if 0 < len(word) <= 12)
    return {kind: tuple(dict.fromkeys(words)) for kind, words in found.items() if words}


_CLASSED = frozenset(
    [
        *("lexicon", "cues", "document", "furniture", "name_words", "not_quantities", "number_words", "organisations"),
        *("programme_words", "systems", "doubt_words", "check_words", "modifiers", "settlement_words"),
    ]
)


@lru_cache(maxsize=1)
def clauses() -> tuple[str, ...]:
    """Return the clauses of our own reports, with the mark that ends each."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPORA.glob("*.txt"))]
    parts = [part for text in texts for part in text.replace("。", "。\0").replace("，", "，\0").split("\0")]
    return tuple(dict.fromkeys(part for part in parts if 0 < len(part) <= 60))


@lru_cache(maxsize=1)
def vocabulary() -> tuple[str, ...]:
    """Return what texts are put together from: the words of the tables, figures, clauses, and what is hostile."""
    words = tuple(dict.fromkeys(word for group in words_by_class().values() for word in group))
    return (*HOSTILE, *FIGURES, *words, *clauses())


# What holds


def check_spans(text: str, spans: Iterable[Any]) -> None:
    """Check that every span says what stands there."""
    for span in spans:
        assert 0 <= span.start < span.end <= len(text), span
        assert text[span.start : span.end] == span.text, span


def check_apart(edges: Iterable[tuple[int, int]]) -> None:
    """Check that spans are in order and that none overlaps another."""
    edges = list(edges)
    assert all(a[1] <= b[0] for a, b in pairwise(edges)), edges


def _find(finder: Callable[..., Iterable[Any]], **known: str) -> Callable[[str], None]:
    def check(text: str) -> None:
        found = list(finder(text, **known))
        if finder is healthie.find_periods:
            assert all(text[span.char_start : span.char_end] == span.text for span in found)
            check_apart((span.char_start, span.char_end) for span in found)
            assert all(not (span.start and span.end) or span.start <= span.end for span in found), found
        else:
            check_spans(text, found)
            check_apart((span.start, span.end) for span in found)

    return check


def _names(text: str) -> None:
    found = [
        f for find in (healthie.find_programmes, healthie.find_organisations, healthie.find_systems) for f in find(text)
    ]
    check_spans(text, found)
    check_apart(sorted((span.start, span.end) for span in found))


def _region(text: str) -> None:
    with suppress(ValueError):  # the documented answer to what is no place
        assert healthie.resolve_region(text).name


def _number(text: str) -> None:
    with suppress(ValueError):  # the documented answer to what is no number
        assert healthie.parse_number(text) is not None


FINDERS: dict[str, Callable[[str], None]] = {
    "find_numbers": _find(healthie.find_numbers),
    "find_quantities": _find(healthie.find_quantities),
    "find_periods": _find(healthie.find_periods, published="2023-07-12"),
    "find_regions": _find(healthie.find_regions),
    "find_regions home": _find(healthie.find_regions, home=healthie.resolve_region("白水县")),
    "names": _names,
    "resolve_region": _region,
    "parse_number": _number,
    "read_document": lambda text: check_document(text, healthie.read_document(text)),
}


def check_document(text: str, document: healthie.Document) -> None:
    """Check what a text says of itself."""
    check_apart((article.start, article.end) for article in document.articles)
    assert all(0 <= article.start < article.end <= len(text) for article in document.articles)
    json.dumps(document.to_dict())


def check_report(report: healthie.Report) -> None:
    """Check the facts and entities of a report against its text and one another."""
    text = report.text
    check_document(text, report.document)
    check_spans(text, report.entities)
    for label in ("REGION", "PROGRAMME", "ORG", "SYSTEM"):
        check_apart((e.start, e.end) for e in report.entities if e.label == label)
    check_apart((fact.quantity.start, fact.quantity.end) for fact in report.facts)
    for index, fact in enumerate(report.facts):
        others = [*fact.indicator.spans, *filter(None, (fact.reference, fact.programme))]
        check_spans(text, [fact.quantity, fact.sentence, *others])
        check_apart((span.start, span.end) for span in fact.indicator.spans)
        assert fact.of != index
        assert fact.of is None or 0 <= fact.of < len(report.facts)
        assert fact.sentence.start <= fact.quantity.start < fact.quantity.end <= fact.sentence.end
        assert 0 <= fact.confidence <= 1
        if fact.period:
            assert text[fact.period.char_start : fact.period.char_end] == fact.period.text
        if fact.region:
            assert text[fact.region.start : fact.region.end] == fact.region.text


class _Page(HTMLParser):
    def error(self, message: str) -> None:
        raise AssertionError(message)


def check_exports(report: healthie.Report) -> None:
    """Check that every export in text can be made, sent as UTF-8 and read again."""
    facts = len(report.facts)
    assert len(json.loads(report.to_json())["facts"]) == facts
    assert len(list(csv.reader(io.StringIO(report.to_csv(), newline="")))) == facts + 1
    assert all(json.loads(line) for line in report.to_jsonl().splitlines())
    for line in report.to_brat().split("\n"):
        if line.startswith("T"):
            _, where, words = line.split("\t")
            pieces = [piece.split() for piece in where.split(" ", 1)[1].split(";")]
            assert words == " ".join(clean(report.text)[int(start) : int(end)] for start, end in pieces)
    for item in json.loads(report.to_web_annotations())["items"]:
        place = item["target"]["selector"][0]
        assert 0 <= place["start"] < place["end"] <= len(report.text)
    findings = healthie.check(report)
    for made in (
        report.to_json(), report.to_csv(), report.to_jsonl(), report.to_brat(), report.to_web_annotations(),
        report.to_html(findings=findings), report._repr_html_(),
    ):  # fmt: skip
        made.encode("utf-8")
    _Page().feed(report.to_html(lang="en"))
    for table in (healthie.panel([report]), healthie.compare(report, report)):
        table.to_csv().encode("utf-8")
    check_charts(report)


def check_charts(report: healthie.Report) -> None:
    """Check that every kind of chart is drawn, or refused in the one sentence that says what it needs."""
    known = {row["indicator"]: None for row in healthie.panel(report).to_dicts() if row["indicator"]}
    for kind in get_args(Kind):
        of_one = kind in {"places", "years"}
        try:
            chart = healthie.plot(report, kind=kind, indicator=next(iter(known), "") if of_one else "")
        except ValueError as error:
            assert str(error).startswith(("there is no fact", f'kind="{kind}" is of one indicator')), error  # noqa: PT017 - the documented answer
            continue
        chart.to_json().encode("utf-8")


def check_binary_exports(report: healthie.Report, folder: Path) -> None:
    """Check the exports that take long: spaCy files, frames, Excel."""
    [doc] = spacy.tokens.DocBin().from_bytes(report.to_docbin().to_bytes()).get_docs(spacy.blank("zh").vocab)
    assert doc._.healthie == report
    assert len(report.to_pandas()) == len(report.to_polars()) == report.to_arrow().num_rows == len(report.facts)
    report.to_excel(folder / "facts.xlsx")
    report.to_parquet(folder / "facts.parquet")


@lru_cache(maxsize=1)
def _nlp() -> Language:
    return healthie.load(**KNOWN)


def check_same(text: str) -> None:
    """Check that `load`, `extract_many` and a report sent elsewhere give what `extract` gives."""
    report = healthie.extract(text)
    assert list(healthie.extract_many([text])) == [report]
    assert pickle.loads(pickle.dumps(report)) == report  # noqa: S301 - what was made here
    # spaCy holds UTF-8, which has no lone surrogates: U+FFFD stands for each.
    known = healthie.extract(clean(text), **KNOWN)
    check_report(known)
    doc = _nlp()(text)
    assert doc.text == known.text
    assert doc._.healthie == known


_LIMITS = Limits(size=1_000_000, unpacked=1_000_000, pages=20)


def check_file(data: bytes, name: str = "") -> None:
    """Check that bytes are read, or refused in one sentence."""
    try:
        source = read_whole(data, name, _LIMITS)
    except ValueError as error:
        assert str(error).endswith("."), repr(error)  # noqa: PT017 - the documented answer
        assert "\n" not in str(error)  # noqa: PT017
        return
    assert source.text
    source.text.encode("utf-8")
    check_apart((part.start, part.end) for part in source.parts)
    assert all(0 <= part.start <= part.end <= len(source.text) for part in source.parts)
    check_report(healthie.extract(source))
