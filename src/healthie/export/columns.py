"""The columns of facts, panels and comparisons, declared once: every format has these, docs/columns.md tells of each.

Start at `FACT_COLUMNS`.
"""

from __future__ import annotations

from healthie.export.table import Column

__all__ = ["COLUMNS", "COMPARE_COLUMNS", "FACT_COLUMNS", "PANEL_COLUMNS"]

FACT_COLUMNS = (
    Column("source", "text", "Where the report is from: the name given, else the path of its file, else its title."),
    Column("fact", "integer", "The number of the fact in its report, from 0; with document, the key of the row."),
    Column("indicator", "text", "The words that say what is measured, pieces joined."),
    Column("indicator_id", "text", "The canonical indicator; empty where the words are not known."),
    Column(
        "value",
        "number",
        "The number, magnitudes folded in; the lower end of a range. The sign of a change stands in direction.",
    ),
    Column("value_max", "number", "The upper end of a range; empty otherwise."),
    Column("unit", "text", "What value and value_max are counted or measured in; empty where the text states none."),
    Column(
        "modifier",
        "word",
        "How exact the value is: = exact, ~ about, > more than, >= at least, < less than, <= at most.",
    ),
    Column("role", "word", "What the value is of the indicator: level, change, gap, share or rank."),
    Column("direction", "word", "The sign of a change or a gap, + or -; empty otherwise."),
    Column("status", "word", "actual for what is reached, target for what is planned."),
    Column("reference", "text", "The words compared with; empty without."),
    Column("of", "integer", "The number (fact) of the fact in the same report that this one qualifies; empty without."),
    Column("period_start", "date", "The first day; empty where the period is open or unknown.", "day"),
    Column("period_end", "date", "The last day; empty where the period is open or unknown.", "day"),
    Column(
        "region_code", "text", "The GB/T 2260 code of the place, six digits; empty for a place without one, or none."
    ),
    Column("region_name", "text", "The name of the place; empty if unknown."),
    Column("programme", "text", "The programme it belongs to, by its canonical name; empty without."),
    Column(
        "confidence",
        "number",
        "How sure the fact is: of facts with 0.9, about nine in ten are wholly right.",
        "probability",
    ),
    Column("text", "text", "The quantity as it stands in the report."),
    Column("start", "integer", "Where text begins in the text of the report.", "character"),
    Column("end", "integer", "Where text ends in the text of the report, exclusive.", "character"),
    Column(
        "sentence",
        "text",
        "The sentence of the quantity; of one over 1,000 characters, a stretch around it.",
    ),
    Column("page", "integer", "The page or paragraph of the file, from 1; empty where the format has neither."),
    Column("page_kind", "word", "What page counts: page or paragraph; empty where page is."),
    Column(
        "document", "text", "The report: 16 hexadecimal digits of the SHA-256 of its text, the same for the same text."
    ),
    Column("title", "text", "The title of the report; empty if it has none."),
    Column("published", "text", "When the report was published, YYYY, YYYY-MM or YYYY-MM-DD; empty if unknown."),
    Column(
        "indicator_name",
        "text",
        "The Chinese name of the canonical indicator; empty without an id, or for one of your own.",
    ),
    Column(
        "indicator_spans",
        "text",
        "Where the pieces of the indicator stand: start:end, pieces parted by a space.",
        "character",
    ),
    Column("dimension", "text", "What the unit measures: count, money, rate, time …; empty without a unit."),
    Column("period", "text", "The period in short: 2019, 2019H1, 2019Q3, 2019-07, ../2019-12-31; empty if unknown."),
    Column("sentence_start", "integer", "Where sentence begins in the text of the report.", "character"),
    Column("sentence_end", "integer", "Where sentence ends in the text of the report, exclusive.", "character"),
)
COLUMNS = tuple(column.name for column in FACT_COLUMNS)

_FACT = {column.name: column for column in FACT_COLUMNS}
_INDICATOR = (
    Column("indicator", "text", "The name of the canonical indicator; without one, the words of the text."),
    _FACT["indicator_id"],
    Column("unit", "text", "The unit of the values: one for an indicator, other units in rows of their own."),
)
PANEL_COLUMNS = (
    *_INDICATOR,
    *(_FACT[name] for name in ("region_code", "region_name", "period", "period_start", "period_end", "status", "role")),
    _FACT["reference"],
    Column(
        "value", "number", "The number in unit; the lower end of a range. The sign of a change stands in direction."
    ),
    Column("value_max", "number", "The upper end of a range in unit; empty otherwise."),
    *(_FACT[name] for name in ("modifier", "direction", "confidence", "source", "document", "fact", "text")),
    *(_FACT[name] for name in ("start", "end", "page", "page_kind")),
    Column("facts", "integer", "How many facts state this row, the one shown among them.", "fact"),
    Column("conflicts", "integer", "How many of them state another value.", "fact"),
    Column("others", "text", "The facts not shown, each as source:start:end text, parted by |; empty without."),
)
_SIDE = (
    *("region_code", "region_name", "period", "value", "value_max", "modifier"),
    *("source", "document", "fact", "text", "start", "end", "page", "page_kind", "conflicts"),
)
_PANEL = {column.name: column for column in PANEL_COLUMNS}
COMPARE_COLUMNS = (
    *_INDICATOR,
    _FACT["status"],
    Column("difference", "number", "value_b minus value_a, in unit; empty where a side is missing or a range."),
    Column("ratio", "number", "value_b by value_a; empty where a side is missing or a range, or value_a is 0."),
    *(
        Column(f"{name}_{side}", _PANEL[name].type, f"Of side {side}: {_PANEL[name].meaning}", _PANEL[name].unit)
        for side in "ab"
        for name in _SIDE
    ),
)
