"""The page of a report: text, facts, charts and findings in one HTML file that loads nothing.

Start at `to_html`. The template escapes everything that comes from a report; style and script are let in by their
hashes alone, so that nothing else in the page can run, whatever a text holds.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal, get_args

import healthie
from healthie.records import Role
from healthie.view.bars import POINTS, Bar, changes, rates
from healthie.view.figures import days_text, value_text
from healthie.view.marks import Line, Run, cut
from healthie.view.templates import asset, render

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthie.checks.finding import Finding
    from healthie.records import Fact
    from healthie.report import Report

__all__ = ["Language", "to_html", "words"]

Language = Literal["zh", "en"]

DOUBTFUL = 0.8
MOST_BARS = 30
_ROLES = get_args(Role)
_LABELS = {"REGION": "region", "PROGRAMME": "programme", "ORG": "org", "SYSTEM": "system"}
_WORD_KINDS = ("indicator", "reference", "period", *_LABELS.values())
_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节部]).{1,40}(?<![。；，、])\s*"
)


@dataclass(frozen=True, slots=True)
class _Chart:
    """A chart as the template draws it."""

    name: str
    note: str
    bars: list[Bar]
    count: int


def to_html(report: Report, *, lang: Language = "zh", findings: Iterable[Finding] = ()) -> str:
    """Return a page that shows a report: its text with all that was found, the facts, charts and findings.

    Parameters
    ----------
    report : Report
        A report read.
    lang : {"zh", "en"}
        The language of the page's own words when it opens; a switch in the page changes it.
    findings : iterable of Finding
        What `healthie.check` found.

    Returns
    -------
    str
        An HTML document that needs no other file and no network. Write it as UTF-8.

    Raises
    ------
    ValueError
        If `lang` is another language, or a finding is about a fact that the report does not have.

    Examples
    --------
    >>> import healthie
    >>> page = to_html(healthie.extract("白水县建成卫生室86所。"), lang="en")
    >>> page.startswith("<!DOCTYPE html>"), "建成卫生室" in page
    (True, True)
    """
    if lang not in words():
        raise ValueError(f"lang={lang!r} is no language of the page: use 'zh' or 'en'.")
    found = tuple(findings)
    doubted = {number for finding in found for number in finding.facts}
    if strangers := doubted - set(range(len(report.facts))):
        raise ValueError(f"findings: the report has no fact {min(strangers)}; give the findings of this report.")
    style, script = asset("page.css"), asset("page.js")
    lines = cut(report)
    return render(
        "page.html",
        lang=lang,
        words=words()[lang],
        version=healthie.__version__,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        data=_safe_json({"words": words(), **_data(report)}),
        report=report,
        title=_title(report),
        head=_head(report),
        roles=_counted(_ROLES, Counter(fact.role for fact in report.facts)),
        kinds=_counted(_WORD_KINDS, _word_counts(report)),
        programmes=sorted({fact.programme.name for fact in report.facts if fact.programme}),
        lines=lines,
        line_class=_line_class,
        marks=_Marks(report),
        pages=_page_numbers(report, lines),
        value_text=value_text,
        days_text=days_text,
        doubtful=DOUBTFUL,
        notes=_notes(report.facts),
        charts=_charts(report.facts),
        findings=found,
        doubted=doubted,
    )


@lru_cache
def words() -> dict[str, dict[str, str]]:
    """Return the page's own words by language and name."""
    table: dict[str, dict[str, str]] = json.loads(asset("words.json"))
    return table


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _safe_json(value: object) -> str:
    """Return JSON in which nothing can end a script element or a line of a script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029\x7f]", lambda char: f"\\u{ord(char[0]):04x}", text)


def _title(report: Report) -> str:
    source = report.source
    return report.document.title or (source and (source.title or _file(source.path))) or ""


def _file(path: str) -> str:
    return re.split(r"[/\\]", path)[-1]


def _head(report: Report) -> list[tuple[str, str, str]]:
    """Return what the head says: the name of a word, a text, and the name of a word where the text is one of ours."""
    document = report.document
    rows = [
        ("place", f"{document.region.name} {document.region.code}".strip() if document.region else "", ""),
        ("time", days_text(document.period) if document.period else "", ""),
        ("published", document.published, ""),
        ("sort", document.kind, document.kind),
        ("body", document.body, ""),
        ("number", document.number, ""),
        ("file", _file(report.source.path) if report.source else "", ""),
    ]
    return [row for row in rows if row[1]]


def _counted(names: Iterable[str], counts: Counter[str]) -> list[tuple[str, int]]:
    return [(name, counts[name]) for name in names if counts[name]]


def _word_counts(report: Report) -> Counter[str]:
    """Count the words of each kind in the text, each once however many facts share them."""
    counts = Counter(_LABELS[entity.label] for entity in report.entities)
    facts = report.facts
    counts["indicator"] = len({piece.start for fact in facts for piece in fact.indicator.spans})
    counts["reference"] = len({fact.reference.start for fact in facts if fact.reference})
    counts["period"] = len({fact.period.char_start for fact in facts if fact.period and fact.period.text})
    return counts


def _notes(facts: tuple[Fact, ...]) -> list[str]:
    """Return the names of the words that the legend needs for these facts."""
    has_target = any(fact.status == "target" for fact in facts)
    has_doubtful = any(fact.confidence < DOUBTFUL for fact in facts)
    return ["hollow"] * has_target + ["doubtful"] * has_doubtful


def _line_class(text: str, title: str) -> str:
    if title and text.strip() == title:
        return "title"
    return "heading" if _HEADING.fullmatch(text) else ""


def _page_numbers(report: Report, lines: list[Line]) -> dict[int, int]:
    """Return the number of the page that begins with or in a line, by the start of the line."""
    source = report.source
    if not source or source.part_kind != "page":
        return {}
    starts = [line.start for line in lines]
    return {starts[bisect_right(starts, part.start) - 1]: part.number for part in source.parts}


class _Marks:
    """The class of a run of text, by the records of one report."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def classes(self, run: Run) -> str:
        """Return the classes by which a run is styled."""
        facts, of = self._report.facts, run.of
        names = ["m"]
        for number in of.get("quantity", ())[:1]:
            names += ["quantity", facts[number].role]
            names += ["doubtful"] * (facts[number].confidence < DOUBTFUL) + ["target"] * (
                facts[number].status == "target"
            )
        names += [kind for kind in ("indicator", "reference", "period") if kind in of]
        # Where entities overlap, the last begun is the inner one.
        names += [_LABELS[self._report.entities[number].label] for number in of.get("entity", ())[-1:]]
        return " ".join(names)


def _charts(facts: tuple[Fact, ...]) -> list[_Chart]:
    charts = {
        ("rates", "rates_note"): rates(facts),
        ("changes_percent", "changes_note"): changes(facts, "%"),
        ("changes_points", "changes_note"): changes(facts, POINTS),
    }
    return [_Chart(name, note, bars[:MOST_BARS], len(bars)) for (name, note), bars in charts.items() if bars]


def _data(report: Report) -> dict[str, Any]:
    """Return what the script needs beyond the page itself: the details of each fact and entity."""
    qualified: dict[int, list[int]] = defaultdict(list)
    for number, fact in enumerate(report.facts):
        if fact.of is not None:
            qualified[fact.of].append(number)
    return {
        "facts": [_fact_data(report, fact, qualified[number]) for number, fact in enumerate(report.facts)],
        "entities": [
            {"label": _LABELS[entity.label], "text": entity.text, "name": entity.name, "id": entity.id}
            for entity in report.entities
        ],
    }


def _fact_data(report: Report, fact: Fact, qualified_by: list[int]) -> dict[str, Any]:
    programme = fact.programme
    part = report.source.part(fact.quantity.start) if report.source else None
    period, region = fact.period, fact.region
    details = [
        ("written", fact.quantity.text),
        ("compared", fact.reference.text if fact.reference else ""),
        ("period", _with_words(days_text(period), period.text) if period else ""),
        ("region", _with_words(f"{region.name} {region.code}".strip(), region.text) if region else ""),
        ("programme", _with_words(programme.name, programme.text) if programme else ""),
        ("sure", f"{fact.confidence:.2f}"),
        ((report.source.part_kind if report.source else "") or "page", str(part.number) if part else ""),
        ("indicator_id", fact.indicator.id),
    ]
    return {
        "programme": programme.name if programme else "",
        "sure": fact.confidence,
        "of": fact.of,
        "by": qualified_by,
        "details": [detail for detail in details if detail[1]],
    }


def _with_words(name: str, written: str) -> str:
    return f"{name}（{written}）" if written and written != name else name
