"""The page of a report in a real browser: Debian's Chromium, driven by playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import healthie
from healthie.document_record import Document
from healthie.records import Entity, Fact, Indicator, Period, Quantity, Region
from healthie.report import Report

ROOT = Path(__file__).parents[1]
OPTIONS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass
class Opened:
    """A page opened, and all that it did beside showing itself."""

    page: Page
    told: list[str] = field(default_factory=list)

    def text_of(self, query: str) -> list[str]:
        return self.page.locator(query).all_inner_texts()

    def style(self, query: str, name: str) -> str:
        script = "(element, name) => getComputedStyle(element).getPropertyValue(name)"
        return str(self.page.locator(query).first.evaluate(script, name))

    def is_seen(self, query: str) -> bool:
        """Tell whether the middle of an element is on the screen, with nothing above it."""
        return bool(
            self.page.locator(query).first.evaluate(
                """element => {
                    const box = element.getClientRects()[0];
                    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
                    return element.contains(top);
                }"""
            )
        )

    @property
    def focused(self) -> str:
        script = "[document.activeElement.id, document.activeElement.dataset.quantity ?? ''].join('|')"
        return str(self.page.evaluate(script))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        told = pytest.fail if os.environ.get("HEALTHIE_REQUIRE_PROGRAMS") == "1" else pytest.skip
        told("Chromium is not on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Return a function that opens a page; in the end it must have asked for nothing and complained of nothing."""
    opened: list[Opened] = []

    def show(html: str, *, anchor: str = "", **options: object) -> Opened:
        path = tmp_path / f"page{len(opened)}.html"
        path.write_bytes(html.encode("utf-8"))
        page = browser.new_context(**({"viewport": DESKTOP} | options)).new_page()  # type: ignore[arg-type]
        page.set_default_timeout(10_000)
        this = Opened(page)
        page.on("console", lambda message: this.told.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: this.told.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (this.told.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: request.url.startswith(path.as_uri()) or this.told.append(request.url))
        page.goto(path.as_uri() + anchor)
        opened.append(this)
        return this

    yield show
    told = [line for each in opened for line in each.told]
    for each in opened:
        each.page.context.close()
    assert told == []


@pytest.fixture(scope="module")
def report() -> Report:
    return healthie.extract((ROOT / "corpora" / "b03-yinzhou-2018-halfyear.txt").read_text("utf-8"))


def number_of(report: Report, text: str, indicator: str) -> int:
    """Return the number of the fact that has these words: a test shall not depend on how many come before it."""
    [number] = [
        number
        for number, fact in enumerate(report.facts)
        if fact.quantity.text == text and indicator in fact.indicator.text
    ]
    return number


def value(number: int) -> str:
    return f".paper [data-quantity='{number}']"


# From the text to the facts and back


def test_a_click_on_a_value_shows_its_fact(open_page: Callable[..., Opened], report: Report) -> None:
    number = number_of(report, "11.5个百分点", "监督覆盖率")
    shown = open_page(report.to_html())
    assert not shown.is_seen(f"#fact-{number}")
    shown.page.locator(value(number)).click()
    assert shown.is_seen(f"#fact-{number}")
    expect(shown.page.locator("tr[aria-selected=true]")).to_have_id(f"fact-{number}")
    expect(shown.page.locator("#card")).to_contain_text("11.5个百分点")
    assert shown.text_of("#card .value") == ["+11.5 百分点"]


def test_a_click_on_a_fact_shows_its_words(open_page: Callable[..., Opened], report: Report) -> None:
    last = len(report.facts) - 1
    shown = open_page(report.to_html())
    assert not shown.is_seen(value(last))
    shown.page.locator(f"#fact-{last}").evaluate("row => row.click()")
    assert shown.is_seen(value(last))


def test_pieces_reference_period_and_the_fact_qualified_are_lit(
    open_page: Callable[..., Opened], report: Report
) -> None:
    number = number_of(report, "2.3个百分点", "规范签约率")
    fact = report.facts[number]
    assert fact.of is not None
    assert fact.reference is not None
    assert len(fact.indicator.spans) == 2
    shown = open_page(report.to_html())
    shown.page.locator(f"#fact-{number}").click()
    assert "".join(shown.text_of(".paper .indicator.on")) == fact.indicator.text
    assert "".join(shown.text_of(".paper .reference.on")) == fact.reference.text
    assert "".join(shown.text_of(".paper .quantity.on")) == fact.quantity.text
    assert "".join(shown.text_of(".paper .quantity.linked")) == report.facts[fact.of].quantity.text
    assert "".join(shown.text_of(".paper .period.on")) == fact.period.text  # type: ignore[union-attr]
    shown.page.locator("#card [data-go]").first.click()
    expect(shown.page.locator("tr[aria-selected=true]")).to_have_id(f"fact-{fact.of}")


def test_words_of_several_facts_show_one_after_the_other(open_page: Callable[..., Opened], report: Report) -> None:
    shown = open_page(report.to_html())
    mark = shown.page.locator(".paper .indicator[data-indicator*=' ']").first
    numbers = (mark.get_attribute("data-indicator") or "").split()
    seen = []
    for _ in (*numbers, numbers[0]):
        mark.click()
        seen.append(shown.page.locator("tr[aria-selected=true]").get_attribute("id"))
        assert shown.page.locator("tr.group").count() == len(numbers)
    assert seen == [f"fact-{number}" for number in (*numbers, numbers[0])]


def test_a_name_tells_what_it_is(open_page: Callable[..., Opened], report: Report) -> None:
    shown = open_page(report.to_html(lang="en"))
    shown.page.locator(".paper .region", has_text="我区").first.click()
    card = shown.page.locator("#card")
    for words in ("我区", "region", "鄞州区", "330212"):
        expect(card).to_contain_text(words)
    card.get_by_role("button", name="Close").click()
    expect(card).to_be_hidden()
    assert shown.page.locator(".on").count() == 0


def test_an_address_may_name_a_fact(open_page: Callable[..., Opened], report: Report) -> None:
    shown = open_page(report.to_html(), anchor="#fact-40")
    expect(shown.page.locator("tr[aria-selected=true]")).to_have_id("fact-40")
    assert shown.is_seen("#fact-40")
    assert shown.is_seen(value(40))


# Charts and findings


def test_a_bar_shows_its_fact(open_page: Callable[..., Opened], report: Report) -> None:
    shown = open_page(report.to_html(lang="en"))
    shown.page.get_by_role("tab", name="Charts").click()
    expect(shown.page.locator("#panel-facts")).to_be_hidden()
    row = shown.page.locator(".rates .row", has_text="社区卫生服务站标准化率")
    expect(row).to_contain_text("目标值 80")
    svg, bar, tick = (row.locator(name).bounding_box() for name in ("svg", ".length", ".tick"))
    assert svg is not None
    assert bar is not None
    assert tick is not None
    assert bar["width"] / svg["width"] == pytest.approx(0.74, abs=0.01)
    assert (tick["x"] + tick["width"] / 2 - svg["x"]) / svg["width"] == pytest.approx(0.8, abs=0.01)
    row.click()
    expect(row).to_have_attribute("aria-current", "true")
    assert shown.is_seen(value(number_of(report, "74%", "标准化率")))


def test_falls_go_to_the_left_and_rises_to_the_right(open_page: Callable[..., Opened], report: Report) -> None:
    shown = open_page(report.to_html())
    shown.page.locator("#tab-charts").click()
    for name, side in (("手足口病", 1), ("水痘", -1)):
        row = shown.page.locator(".changes .row", has_text=name)
        zero, bar = (row.locator(part).bounding_box() for part in (".zero", ".length"))
        assert zero is not None
        assert bar is not None
        assert (bar["x"] + bar["width"] / 2 - zero["x"]) * side > 5


def test_a_finding_leads_to_its_facts(open_page: Callable[..., Opened], report: Report) -> None:
    @dataclass(frozen=True)
    class Finding:
        severity: str = "error"
        message: str = "These do not add up."
        message_zh: str = "各项之和不符。"
        facts: tuple[int, ...] = (47, 48)

    shown = open_page(report.to_html(findings=[Finding()]))
    expect(shown.page.locator("tr.doubted")).to_have_count(2)
    shown.page.locator("#tab-findings").click()
    expect(shown.page.locator(".findings")).to_contain_text("各项之和不符。")
    shown.page.locator("[data-lang=en]").click()
    expect(shown.page.locator(".findings")).to_contain_text("These do not add up.")
    shown.page.locator(".findings [data-fact='48']").click()
    assert shown.is_seen(value(48))
    expect(shown.page.locator("#card .number")).to_have_text("#48")


# Filters


def visible(shown: Opened) -> list[int]:
    script = "rows => rows.filter(row => !row.hidden).map(row => Number(row.id.slice(5)))"
    return list(shown.page.locator("tbody tr").evaluate_all(script))


def facts_where(report: Report, keeps: Callable[[Fact], bool]) -> list[int]:
    return [number for number, fact in enumerate(report.facts) if keeps(fact)]


def test_roles_are_filtered_in_table_text_and_charts(open_page: Callable[..., Opened], report: Report) -> None:
    shown = open_page(report.to_html())
    shown.page.locator(".key[data-role=change]").click()
    expect(shown.page.locator(".key[data-role=change]")).to_have_attribute("aria-pressed", "false")
    assert visible(shown) == facts_where(report, lambda fact: fact.role != "change")
    assert shown.style(".paper .quantity.change", "background-color") == "rgba(0, 0, 0, 0)"
    assert shown.style(".paper .quantity.gap", "background-color") != "rgba(0, 0, 0, 0)"
    shown.page.locator("#tab-charts").click()
    expect(shown.page.locator(".changes .row").first).to_be_hidden()
    shown.page.locator(".key[data-role=change]").click()
    assert len(visible(shown)) == len(report.facts)


@pytest.mark.parametrize(
    ("kind", "style", "plain"),
    [
        ("region", "color", ""),
        ("programme", "color", ""),
        ("period", "color", ""),
        ("org", "color", ""),
        ("indicator", "border-bottom-color", "rgba(0, 0, 0, 0)"),
        ("reference", "text-decoration-line", "none"),
    ],
)
def test_kinds_of_words_are_turned_off(
    kind: str, style: str, plain: str, open_page: Callable[..., Opened], report: Report
) -> None:
    shown = open_page(report.to_html())
    query = f".paper p:not(.title) .m.{kind}"
    before = shown.style(query, style)
    shown.page.locator(f".key[data-kind={kind}]").click()
    assert shown.style(query, style) == (plain or shown.style(".paper", style)) != before
    assert len(visible(shown)) == len(report.facts)


def test_status_programme_and_doubt(open_page: Callable[..., Opened], report: Report) -> None:
    shown = open_page(report.to_html(lang="en"))
    shown.page.get_by_label("Status").select_option("target")
    targets = facts_where(report, lambda fact: fact.status == "target")
    assert visible(shown) == targets
    assert shown.text_of("#shown") == [f"{len(targets)} of {len(report.facts)}"]
    shown.page.get_by_role("button", name="Clear filters").click()
    expect(shown.page.locator("#shown")).to_have_text(f"{len(report.facts)} of {len(report.facts)}")
    programme = next(fact.programme.name for fact in report.facts if fact.programme)
    shown.page.get_by_label("Programme", exact=True).select_option(programme)
    assert visible(shown) == facts_where(report, lambda fact: bool(fact.programme) and fact.programme.name == programme)  # type: ignore[union-attr]
    shown.page.get_by_label("Programme", exact=True).select_option("")
    shown.page.locator("#below").fill("0.85")
    assert visible(shown) == facts_where(report, lambda fact: fact.confidence < 0.85)
    assert shown.text_of("#below-text") == ["0.85"]


def test_search_in_text_and_facts(open_page: Callable[..., Opened], report: Report) -> None:
    shown = open_page(report.to_html(lang="en"))
    shown.page.get_by_label("Search", exact=True).fill("签约率")
    found = visible(shown)
    assert found == facts_where(report, lambda fact: "签约率" in fact.indicator.text)
    count = report.text.count("签约率")
    assert shown.text_of("#hits") == [f"1 of {count} in the text"]
    script = "[...CSS.highlights.get('found')].map(range => range.toString())"
    assert shown.page.evaluate(script) == ["签约率"] * count
    shown.page.keyboard.press("Enter")
    assert shown.text_of("#hits") == [f"2 of {count} in the text"]
    shown.page.keyboard.press("Shift+Enter")
    shown.page.keyboard.press("Shift+Enter")
    assert shown.text_of("#hits") == [f"{count} of {count} in the text"]


def test_search_runs_over_the_edges_of_marks(open_page: Callable[..., Opened], report: Report) -> None:
    shown = open_page(report.to_html())
    words = "总诊疗632.4万人次、出院"
    shown.page.locator("#search").fill(words)
    assert shown.page.evaluate("[...CSS.highlights.get('found')].map(String)") == [words]


def test_nothing_found_is_said(open_page: Callable[..., Opened], report: Report) -> None:
    shown = open_page(report.to_html(lang="en"))
    shown.page.locator("#search").fill("火星")
    expect(shown.page.locator("#none-shown")).to_be_visible()
    assert shown.text_of("#hits") == ["not in the text"]


# Keys alone


def test_keys_move_between_facts_and_over_to_the_text(open_page: Callable[..., Opened], report: Report) -> None:
    shown = open_page(report.to_html())
    keys = shown.page.keyboard
    shown.page.get_by_role("button", name="清除筛选").focus()
    keys.press("Tab")
    if not shown.focused.startswith("fact-"):  # a pane that scrolls may take a stop of its own
        keys.press("Tab")
    assert shown.focused == "fact-0|"
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    assert shown.focused == "fact-2|"
    expect(shown.page.locator("tr[aria-selected=true]")).to_have_id("fact-2")
    keys.press("Enter")
    assert shown.focused == "|2"
    keys.press("ArrowRight")
    assert shown.focused == "|3"
    keys.press("Space")
    assert shown.focused == "fact-3|"
    keys.press("End")
    assert shown.focused == f"fact-{len(report.facts) - 1}|"
    assert shown.is_seen(f"#fact-{len(report.facts) - 1}")
    keys.press("Escape")
    expect(shown.page.locator("#card")).to_be_hidden()
    assert shown.page.locator(".on, tr[aria-selected=true]").count() == 0
    keys.press("Home")
    assert shown.focused == "fact-0|"


def test_keys_pass_over_facts_filtered_out(open_page: Callable[..., Opened], report: Report) -> None:
    shown = open_page(report.to_html())
    shown.page.locator("#status").select_option("target")
    first, second, *_ = visible(shown)
    shown.page.locator(f"#fact-{first}").focus()
    shown.page.keyboard.press("ArrowDown")
    assert shown.focused == f"fact-{second}|"


def test_tabs_follow_the_arrow_keys(open_page: Callable[..., Opened], report: Report) -> None:
    shown = open_page(report.to_html())
    shown.page.locator("#tab-facts").focus()
    shown.page.keyboard.press("ArrowRight")
    expect(shown.page.locator("#tab-charts")).to_be_focused()
    expect(shown.page.locator("#panel-charts")).to_be_visible()


def test_tab_has_few_stops_and_the_first_skip_the_head(open_page: Callable[..., Opened], report: Report) -> None:
    shown = open_page(report.to_html())
    stops = []
    for _ in range(60):
        shown.page.keyboard.press("Tab")
        if shown.page.evaluate("document.activeElement === document.body"):
            break
        stops.append(shown.page.evaluate("document.activeElement.className || document.activeElement.id || 'other'"))
        assert shown.style(":focus", "outline-style") == "solid"
    assert len(stops) < 40
    shown.page.reload()
    shown.page.keyboard.press("Tab")
    expect(shown.page.get_by_role("link", name="跳到正文")).to_be_focused()
    assert shown.is_seen(".skip a")


# Phone, print, dark, language, no script


@pytest.mark.parametrize("width", [320, 390, 768, 1024])
def test_nothing_is_wider_than_the_screen(width: int, open_page: Callable[..., Opened], report: Report) -> None:
    shown = open_page(report.to_html(), viewport={"width": width, "height": 800})
    for tab in ("#tab-charts", "#tab-facts"):
        shown.page.locator(tab).click()
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_has_one_column_and_cards(open_page: Callable[..., Opened], report: Report) -> None:
    shown = open_page(report.to_html(), viewport=PHONE)
    reading, facts = (shown.page.locator(query).bounding_box() for query in (".reading", ".finding"))
    assert reading is not None
    assert facts is not None
    assert facts["y"] >= reading["y"] + reading["height"]
    assert shown.page.locator(".legend").get_attribute("open") is None
    what, period = (shown.page.locator(f"#fact-0 .{name}").bounding_box() for name in ("what", "period"))
    assert what is not None
    assert period is not None
    assert period["y"] > what["y"]
    number = number_of(report, "11.5个百分点", "监督覆盖率")
    shown.page.locator(value(number)).click()
    assert shown.is_seen("#card .acts button")
    assert shown.is_seen(value(number))
    shown.page.get_by_role("button", name="看表格").click()
    assert shown.is_seen(f"#fact-{number} .what")
    shown.page.get_by_role("button", name="看正文").click()
    assert shown.is_seen(value(number))


def test_print_keeps_charts_and_colours_and_leaves_the_filters(
    open_page: Callable[..., Opened], report: Report
) -> None:
    shown = open_page(report.to_html(), color_scheme="dark")
    shown.page.locator("#fact-2").click()
    shown.page.emulate_media(media="print")
    for query in (".filters", ".languages", ".tabs", "#card", ".skip"):
        expect(shown.page.locator(query).first).to_be_hidden()
    for query in (".paper", "#panel-facts tbody tr", "#panel-charts .rates", "#panel-charts .changes >> nth=0"):
        expect(shown.page.locator(query).first).to_be_visible()
    assert shown.style("html", "print-color-adjust") == "exact"
    assert shown.style(".paper", "color") == "rgb(28, 32, 37)"
    assert shown.style(".paper .quantity.gap", "background-color") == "rgb(232, 218, 248)"
    assert shown.style(".rates .length", "fill") == "rgb(27, 122, 78)"
    pdf = shown.page.pdf(format="A4")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") + pdf.count(b"/Type/Page/") >= 3


@pytest.mark.parametrize(
    ("scheme", "ground", "letters"),
    [("light", "rgb(255, 255, 255)", "rgb(28, 32, 37)"), ("dark", "rgb(23, 25, 28)", "rgb(232, 230, 225)")],
)
def test_light_and_dark_follow_the_reader(
    scheme: str, ground: str, letters: str, open_page: Callable[..., Opened], report: Report
) -> None:
    shown = open_page(report.to_html(), color_scheme=scheme)
    assert shown.style(".reading", "background-color") == ground
    assert shown.style(".paper", "color") == letters


def test_the_language_is_switched_throughout(open_page: Callable[..., Opened], report: Report) -> None:
    switched, made = open_page(report.to_html(lang="zh")), open_page(report.to_html(lang="en"))
    switched.page.locator(value(5)).click()
    switched.page.locator("[data-lang=en]").click()
    assert switched.page.evaluate("document.documentElement.lang") == "en"
    made.page.locator(value(5)).click()
    main = "document.querySelector('header').textContent + document.querySelector('main').textContent"
    assert switched.page.evaluate(main) == made.page.evaluate(main)
    labels = "elements => elements.map(element => element.getAttribute('aria-label'))"
    assert switched.page.locator("[aria-label]").evaluate_all(labels) == made.page.locator("[aria-label]").evaluate_all(
        labels
    )
    # What is left in Chinese is the report's own.
    chinese = """[...document.querySelectorAll('[data-t], th, legend, label, .note')]
        .filter(element => !element.closest('[lang]:not(html)')).map(element => element.textContent)
        .filter(text => /[\\u4e00-\\u9fff]/.test(text.replace(/[^]*option/, '')))"""
    left = [text for text in switched.page.evaluate(chinese) if not any(name in text for name in programmes(report))]
    assert left == []


def programmes(report: Report) -> set[str]:
    return {fact.programme.name for fact in report.facts if fact.programme}


def test_it_can_be_read_without_its_script(open_page: Callable[..., Opened], report: Report) -> None:
    shown = open_page(report.to_html(), java_script_enabled=False)
    for query in (".paper", "#panel-facts", "#panel-charts"):
        expect(shown.page.locator(query)).to_be_visible()


def test_a_screen_reader_meets_names_and_roles(open_page: Callable[..., Opened], report: Report) -> None:
    shown = open_page(report.to_html(lang="en"))
    page = shown.page
    expect(page.get_by_role("grid", name="Facts")).to_be_visible()
    assert page.get_by_role("row").count() == len(report.facts) + 1
    assert page.get_by_role("columnheader").count() == page.locator("#fact-0").get_by_role("gridcell").count()
    nameless = """[...document.querySelectorAll('button, input, select, [role=button], [role=tab]')]
        .filter(element => !(element.textContent.trim() || element.labels?.length || element.ariaLabel)).length"""
    assert page.evaluate(nameless) == 0
    lost = """[...document.querySelectorAll('[aria-controls], [aria-labelledby]')].filter(element =>
        !document.getElementById(element.getAttribute('aria-controls') ?? element.getAttribute('aria-labelledby')))"""
    assert page.evaluate(f"{lost}.length") == 0
    page.locator(value(2)).click()
    assert "同比" in page.locator("#card").inner_text()
    assert "#2" in page.locator("#said").inner_text()
    assert page.evaluate("document.querySelector('.paper').lang") == "zh-CN"


# Whatever a report holds is text

EVIL = "</script><script>window.pwned=1</script><img src=x onerror=alert(1)><a href=javascript:alert(2)>\u2028<!--"


def test_hostile_text_stays_text(open_page: Callable[..., Opened]) -> None:
    base = healthie.extract("2019年建成卫生室8所，比上年增加2所。")
    text = f"{EVIL}{base.text}{EVIL}\r\n\x0b\u202e{EVIL}"
    at = len(EVIL)
    first = replace(
        base.facts[0],
        quantity=Quantity(at, at + 5, text[at : at + 5], base.facts[0].quantity.value, None, EVIL),
        indicator=Indicator(base.facts[0].indicator.spans, EVIL),
        period=Period(None, None, EVIL, 0, at),
        region=Region(EVIL, EVIL),
        programme=Entity(0, at, EVIL, "PROGRAMME", EVIL, EVIL),
    )
    document = Document(Region(EVIL, EVIL), None, EVIL, EVIL, "", EVIL, EVIL)
    entities = (Entity(0, at, EVIL, "REGION", EVIL, EVIL),)
    hostile = Report(text, document, (first, *base.facts[1:]), entities)
    shown = open_page(hostile.to_html())
    for query in (value(0), ".paper .region >> nth=0", "#fact-0", "[data-lang=en]", "#tab-charts"):
        shown.page.locator(query).click()
    shown.page.locator("#search").fill("<script>")
    shown.page.locator("#programme").select_option(EVIL)
    assert shown.page.evaluate("document.querySelector('article').textContent") == text.replace("\u202e", "\ufffd")
    assert shown.page.evaluate("[document.scripts.length, document.images.length, window.pwned]") == [2, 0, None]
    assert shown.page.locator(".paper a, .head a, table a, #card a").count() == 0
    assert shown.page.title() == EVIL


def test_the_policy_stops_what_is_not_the_pages_own(open_page: Callable[..., Opened], report: Report) -> None:
    html = report.to_html().replace("</article>", "<script>window.pwned=1</script><p style='color:red'></article>")
    shown = open_page(html)
    assert shown.page.evaluate("window.pwned") is None
    assert len(shown.told) == 2
    assert all("Content Security Policy" in line for line in shown.told)
    shown.told.clear()


@pytest.mark.parametrize("text", ["", "各项工作有序推进。", "村卫生室8所"])
def test_small_reports_work_too(text: str, open_page: Callable[..., Opened]) -> None:
    shown = open_page(healthie.extract(text).to_html())
    shown.page.locator("[data-lang=en]").click()
    shown.page.locator("#tab-charts").click()
    shown.page.locator("#search").fill("8")
    shown.page.keyboard.press("Escape")
    assert shown.page.locator("tbody tr").count() == len(healthie.extract(text).facts)


def test_a_notebook_piece_runs_nothing(open_page: Callable[..., Opened], report: Report) -> None:
    shown = open_page(f"<!DOCTYPE html><meta charset=utf-8><body>{report._repr_html_()}")
    expect(shown.page.locator("table")).to_be_visible()
    box = shown.page.locator("body > div").bounding_box()
    assert box is not None
    assert box["height"] < 1200
