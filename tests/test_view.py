from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest

import healthie
from healthie.document_record import Document
from healthie.records import Entity, Fact, Indicator, Period, Quantity, Region, Span
from healthie.report import Report
from healthie.source import Part, Source
from healthie.view.bars import changes, rates
from healthie.view.figures import days_text, value_text
from healthie.view.marks import cut
from healthie.view.notebook import MOST_CHARACTERS, MOST_FACTS
from healthie.view.page import MOST_BARS

ROOT = Path(__file__).parents[1]
CORPORA = [
    "b03-yinzhou-2018-halfyear",  # spans in several pieces, targets, gaps
    "e08-ningxia-wrapped",  # lines broken inside sentences and values
    "f05-nanning-2022-press",  # many names inside indicators
]
EVIL = "</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>\u2028\"'&amp;"


@dataclass(frozen=True)
class Finding:
    severity: str
    message: str
    message_zh: str
    facts: tuple[int, ...]


class Article(HTMLParser):
    """Reads a page as a browser would: its text, and for each mark its offset, characters and what it belongs to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.marks: list[tuple[int, str, dict[str, tuple[int, ...]]]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._is_inside = False
        self._mark: dict[str, str | None] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._is_inside |= tag == "article"
        if self._is_inside and tag == "span":
            self._mark = dict(attrs)

    def handle_endtag(self, tag: str) -> None:
        self._is_inside &= tag != "article"
        self._mark = None

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.text += data
        if self._mark:
            of = {
                key.removeprefix("data-"): tuple(map(int, (value or "").split()))
                for key, value in self._mark.items()
                if key.startswith("data-") and key != "data-at"
            }
            self.marks.append((int(self._mark["data-at"] or ""), data, of))


def corpus(name: str) -> Report:
    return healthie.extract((ROOT / "corpora" / f"{name}.txt").read_text("utf-8"))


def fact(**change: object) -> Fact:
    fields: dict[str, object] = {
        "quantity": Quantity(0, 3, "8所", Decimal(8), None, "所"),
        "indicator": Indicator(()),
        "role": "level",
        "direction": "",
        "status": "actual",
        "reference": None,
        "of": None,
        "period": None,
        "region": None,
        "programme": None,
        "sentence": Span(0, 0, ""),
    }
    return Fact(**(fields | change))  # type: ignore[arg-type]


@pytest.fixture
def hostile() -> Report:
    """Return a report in which every field that a text or a user can fill holds HTML."""
    text = f"{EVIL}8所，{EVIL}"
    at = len(EVIL)
    hurt = fact(
        quantity=Quantity(at, at + 2, "8所", Decimal(8), None, EVIL),
        indicator=Indicator((Span(0, at, EVIL),), EVIL),
        reference=Span(at + 3, len(text), EVIL),
        period=Period(date(2020, 1, 1), None, EVIL, 0, at),
        region=Region(EVIL, EVIL, EVIL, 0, at),
        programme=Entity(0, at, EVIL, "PROGRAMME", EVIL, EVIL),
    )
    document = Document(Region(EVIL, EVIL), None, EVIL, EVIL, "", EVIL, EVIL)
    entities = (Entity(0, at, EVIL, "REGION", EVIL, EVIL), Entity(2, at, EVIL[2:], "ORG", "", EVIL))
    return Report(text, document, (hurt,), entities, Source(text, path=f"/home/{EVIL}"))


# The text of the page


@pytest.mark.parametrize("name", CORPORA)
def test_the_page_holds_the_text_character_for_character(name: str) -> None:
    report = corpus(name)
    assert Article(report.to_html()).text == report.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "\n\n卫生院8所\r\n卫生室\r60所\n",
        "\u3000\u3000𠮷乡建成 <b>8所</b>\t&lt;\u2028",
        EVIL,
        "8所\x01\x0c",
    ],
)
def test_odd_characters_stay_as_they_are(text: str) -> None:
    report = healthie.extract(text)
    assert Article(report.to_html()).text == text
    assert "".join(line.text + line.ending for line in cut(report)) == text


def test_what_html_cannot_write_is_replaced_one_for_one() -> None:
    page = healthie.extract("建成\x00卫生室\ud83d8所").to_html()
    assert page.encode("utf-8")
    assert Article(page).text == "建成\ufffd卫生室\ufffd8所"


def test_no_mark_of_direction_turns_figures_round() -> None:
    page = healthie.extract("签约率达到\u202e46.5%，有医院\u206681所\u2069。").to_html()
    assert Article(page).text == "签约率达到\ufffd46.5%，有医院\ufffd81所\ufffd。"


@pytest.mark.parametrize("name", CORPORA)
def test_every_mark_stands_where_it_says_and_nothing_is_left_out(name: str) -> None:
    report = corpus(name)
    shown: dict[tuple[str, int], set[int]] = defaultdict(set)
    for at, characters, of in Article(report.to_html()).marks:
        assert report.text[at : at + len(characters)] == characters
        for kind, numbers in of.items():
            for number in numbers:
                shown[kind, number] |= set(range(at, at + len(characters)))
    assert shown == wanted(report)


def wanted(report: Report) -> dict[tuple[str, int], set[int]]:
    """Return the characters of everything found, without the line breaks that stand between lines."""
    spans: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for number, each in enumerate(report.facts):
        spans["quantity", number] = [(each.quantity.start, each.quantity.end)]
        spans["indicator", number] = [(piece.start, piece.end) for piece in each.indicator.spans]
        spans["reference", number] = [(each.reference.start, each.reference.end)] if each.reference else []
        spans["period", number] = [(each.period.char_start, each.period.char_end)] if each.period else []
    for number, entity in enumerate(report.entities):
        spans["entity", number] = [(entity.start, entity.end)]
    places = {
        key: {at for start, end in pairs for at in range(start, end) if report.text[at] not in "\r\n"}
        for key, pairs in spans.items()
    }
    return {key: places for key, places in places.items() if places}


def test_crossing_and_nested_spans_are_all_named() -> None:
    text = "甲乙丙丁戊"
    crossing = fact(
        quantity=Quantity(3, 5, "丁戊", Decimal(1)),
        indicator=Indicator((Span(0, 3, "甲乙丙"),)),
        reference=Span(1, 4, "乙丙丁"),
    )
    entities = (Entity(0, 5, text, "PROGRAMME"), Entity(2, 3, "丙", "REGION"))
    [line] = cut(Report(text, Document(), (crossing,), entities))
    assert [(run.text, run.of) for run in line.runs] == [
        ("甲", {"indicator": (0,), "entity": (0,)}),
        ("乙", {"indicator": (0,), "reference": (0,), "entity": (0,)}),
        ("丙", {"indicator": (0,), "reference": (0,), "entity": (0, 1)}),
        ("丁", {"quantity": (0,), "reference": (0,), "entity": (0,)}),
        ("戊", {"quantity": (0,), "entity": (0,)}),
    ]


# The facts


@pytest.mark.parametrize("name", CORPORA)
def test_every_fact_has_a_row_and_its_details(name: str) -> None:
    report = corpus(name)
    page = report.to_html()
    rows = [attributes["id"] for tag, attributes in Article(page).tags if tag == "tr" and attributes.get("id")]
    assert rows == [f"fact-{number}" for number in range(len(report.facts))]
    for each, row in zip(data(page)["facts"], report.facts, strict=True):
        details = dict(each["details"])
        assert details["written"] == row.quantity.text
        assert details["sure"] == f"{row.confidence:.2f}"
        assert details.get("compared") == (row.reference.text if row.reference else None)
        assert each["of"] == row.of
        assert all(report.facts[number].of == report.facts.index(row) for number in each["by"])


def data(page: str) -> dict[str, list[dict[str, object]]]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    values: dict[str, list[dict[str, object]]] = json.loads(found[1])
    return values


def test_the_head_says_what_the_report_says_of_itself(report_text: str) -> None:
    page = healthie.extract(report_text).to_html(lang="en")
    head = page[page.index("<header") : page.index("</header>")]
    shown = re.sub(r"<[^>]+>|\s+", " ", head)
    for words in ("青川县卫生健康局2022年工作总结", "青川县 510822", "2022", "2023-01-12", "Published"):
        assert words in shown


def test_the_file_and_its_pages_are_shown() -> None:
    text = "建成卫生室8所。\n建成卫生院2所。"
    source = Source(text, "/home/一/报告.pdf", "", "", "page", (Part(1, 0, 9), Part(2, 9, 17)))
    page = replace(healthie.extract(text), source=source).to_html()
    assert "报告.pdf" in page
    assert "/home" not in page
    assert [
        attributes["data-page"] for tag, attributes in Article(page).tags if tag == "p" and "data-page" in attributes
    ] == ["1", "2"]
    ended = replace(source, parts=(Part(1, 0, 3), Part(2, 3, 3), Part(4, 3, 17)))
    assert 'data-page="4"' in replace(healthie.extract(text), source=ended).to_html()
    assert [dict(each["details"])["page"] for each in data(page)["facts"]] == ["1", "2"]


def test_findings_are_shown_in_both_languages() -> None:
    report = healthie.extract("建成卫生室8所。")
    page = report.to_html(findings=[Finding("question", "Is it so?", "是吗？", (0,))])
    assert "Is it so?" in page
    assert "是吗？" in page
    assert "panel-findings" not in report.to_html()[: report.to_html().index("<script>")]


def test_errors_say_what_to_do() -> None:
    report = healthie.extract("建成卫生室8所。")
    with pytest.raises(ValueError, match="use 'zh' or 'en'"):
        report.to_html(lang="fr")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="the report has no fact 7"):
        report.to_html(findings=[Finding("error", "", "", (0, 7))])


# Nothing of a report is more than text


def test_hostile_text_is_escaped_everywhere(hostile: Report) -> None:
    page = hostile.to_html(findings=[Finding("error", EVIL, EVIL, (0,))])
    tags = [tag for tag, _ in Article(page).tags]
    assert tags.count("script") == 2
    assert "img" not in tags
    assert "\u2028" not in re.findall(r"<script.*?</script>", page, re.DOTALL)[0]
    assert Article(page).text == hostile.text
    [one] = data(page)["facts"]
    assert dict(one["details"])["indicator_id"] == EVIL


def test_the_page_lets_only_its_own_style_and_script_in(hostile: Report) -> None:
    page = hostile.to_html()
    policy = dict(Article(page).tags[3][1])["content"] or ""
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    for tag, name in (("style", "style-src"), ("script", "script-src")):
        body = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert len(body) == 1
        digest = b64encode(sha256(body[0].encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}'" in policy
    attributes = {name for _, each in Article(page).tags for name in each}
    assert not [name for name in attributes if name.startswith("on") or name in {"style", "src", "action"}]
    assert not re.search(r"https?:|url\(|@import", files("healthie.view").joinpath("page.css").read_text("utf-8"))


# The page's own words


def test_both_languages_have_the_same_words_and_each_is_used() -> None:
    folder = files("healthie.view")
    words = json.loads(folder.joinpath("words.json").read_text("utf-8"))
    assert set(words) == {"zh", "en"}
    assert list(words["zh"]) == list(words["en"])
    places = {name: re.findall(r"\{\w+\}", text) for name, text in words["zh"].items()}
    assert {name: re.findall(r"\{\w+\}", text) for name, text in words["en"].items()} == places
    sources = "".join(folder.joinpath(name).read_text("utf-8") for name in ("page.html", "page.js", "page.py"))
    kinds = {"half-year summary", "annual", "plan", "bulletin", "press", "progress", "error", "question", "paragraph"}
    parts = {"level", "change", "gap", "share", "rank", "indicator", "reference", "below_any"}
    assert {name for name in words["zh"] if not re.search(rf"\b{name}\b", sources)} <= kinds | parts


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (Period(date(2018, 1, 1), date(2018, 12, 31)), "2018"),
        (Period(date(2018, 1, 1), date(2020, 12, 31)), "2018 – 2020"),
        (Period(date(2018, 1, 1), date(2018, 6, 30)), "2018-01 – 2018-06"),
        (Period(date(2020, 2, 1), date(2020, 2, 29)), "2020-02"),
        (Period(date(2020, 2, 1), date(2020, 2, 28)), "2020-02-01 – 2020-02-28"),
        (Period(date(2020, 2, 1), date(2020, 2, 1)), "2020-02-01"),
        (Period(None, date(2018, 6, 30)), "→ 2018-06-30"),
        (Period(date(2018, 6, 30), None), "2018-06-30 →"),
        (Period(None, None), ""),
    ],
)
def test_days(period: Period, text: str) -> None:
    assert days_text(period) == text


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"quantity": Quantity(0, 1, "", Decimal("1.8E+8"), modifier=">")}, "> 180,000,000"),
        ({"quantity": Quantity(0, 1, "", Decimal(1), Decimal(2))}, "1–2"),
        ({"quantity": Quantity(0, 1, "", Decimal("0.40")), "direction": "-"}, "−0.4"),
        ({"quantity": Quantity(0, 1, "", Decimal(100)), "direction": "+"}, "+100"),
    ],
)
def test_values(change: dict[str, object], text: str) -> None:
    assert value_text(fact(**change)) == text


# The charts


@pytest.mark.parametrize(
    ("text", "bars"),
    [
        ("签约率71.4%，高出年度目标1.4个百分点。", [(71.4, [(70.0, "年度目标 70", False)])]),
        ("标准化率为74%，低于目标值6个百分点。", [(74.0, [(80.0, "目标值 80", False)])]),
        ("2018年签约率71.4%。力争年底前签约率达到75%以上。", [(71.4, [(75.0, "≥ 75", True)])]),
        ("力争年底前签约率达到75%以上。", [(75.0, [])]),
        ("资金执行率112%，门诊增长8%。", []),
        ("签约率99%，低于目标值6个百分点。", [(99.0, [])]),
    ],
)
def test_rates_are_held_against_what_the_text_compares_them_with(text: str, bars: list[tuple[float, object]]) -> None:
    found = rates(healthie.extract(text, published="2018-07").facts)
    assert [(bar.length, [(tick.at, tick.text, tick.is_target) for tick in bar.ticks]) for bar in found] == bars


def test_changes_go_to_both_sides_of_the_middle() -> None:
    facts = healthie.extract("门诊、住院人次分别增长40%、下降10%，死亡率下降2个百分点。").facts
    assert [(bar.start, bar.length) for bar in changes(facts, "%")] == [(50.0, 50.0), (37.5, 12.5)]
    assert [(bar.start, bar.length) for bar in changes(facts, "百分点")] == [(0.0, 50.0)]
    assert changes(facts, "天") == []


def test_long_charts_are_cut_and_say_so() -> None:
    page = healthie.extract("\n".join(f"第{n}村签约率{n}%。" for n in range(1, 60))).to_html(lang="en")
    count = len(rates(healthie.extract("\n".join(f"第{n}村签约率{n}%。" for n in range(1, 60))).facts))
    assert count > MOST_BARS
    assert f"The chart draws the first {MOST_BARS} of {count}" in page


# The colours


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_reach_wcag_aa(scheme: str) -> None:
    css = files("healthie.view").joinpath("page.css").read_text("utf-8")
    light, dark = (tokens(block) for block in re.findall(r":root \{\n(.*?)\}", css, re.DOTALL)[:2])
    assert set(light) == set(dark)
    colours = light if scheme == "light" else dark
    roles = ("level", "change", "gap", "share", "rank")
    names = ("region", "programme", "org", "system", "period")
    grounds = ("paper", "desk", "select")
    for letters in ("ink", "muted", *names):
        for ground in grounds:
            assert contrast(colours[letters], colours[ground]) >= 4.5, (letters, ground)
    for ground in (*(f"{role}-fill" for role in roles), "mark"):
        assert contrast(colours["ink"], colours[ground]) >= 4.5, ground
    assert contrast(colours["paper"], colours["accent"]) >= 4.5
    # What is no letter, but must be seen: bars, underlines, the frames of controls, the ring of focus.
    for shape in (*roles, "rule", "edge", "accent"):
        for ground in grounds:
            assert contrast(colours[shape], colours[ground]) >= 3, (shape, ground)


# In a notebook


def test_a_notebook_shows_facts_and_text(report_text: str) -> None:
    report = healthie.extract(report_text)
    shown = report._repr_html_()
    assert all(fact.indicator.text in shown for fact in report.facts)
    assert "132所" in shown
    assert report.text in Text(shown).text


class Text(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_long_report_does_not_flood_a_notebook() -> None:
    report = healthie.extract("建成标准化村卫生室8所，家庭医生签约率达到81.5%。\n" * 400)
    shown = report._repr_html_()
    assert len(shown) < 30_000
    assert f"The first {MOST_FACTS} of {len(report.facts)} facts" in shown
    assert f"The first {MOST_CHARACTERS} of {len(report.text)} characters" in shown


def test_a_notebook_gets_no_script_and_no_style_sheet(hostile: Report) -> None:
    tags = Article(hostile._repr_html_()).tags
    assert "mathjax_ignore" in (tags[0][1]["class"] or "")
    assert not {"script", "style", "iframe", "img", "link"} & {tag for tag, _ in tags}
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]


def test_a_report_without_facts_is_shown_too() -> None:
    report = healthie.extract("各项工作有序推进。")
    assert "0 facts" in report._repr_html_()
    assert "没有找到事实" in report.to_html()
