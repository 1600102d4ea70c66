"""Which rows of a panel become bars or points, and what is written of each.

Start at `CHOICES`: for each kind of chart, the function that chooses.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from healthie.export.facts import Reports
    from healthie.export.table import Table
    from healthie.records import Role

__all__ = ["CHOICES", "Bar", "Kind", "fitting_kind", "panel_rows", "title_of"]

Kind = Literal["rates", "changes", "places", "years", "targets"]
Row = dict[str, Any]  # of a panel, as JSON values
Bar = dict[str, Any]  # what the chart holds of one: see `_bar`

_AT_MOST = ("<", "<=")
_NAMELESS = "未写明指标"  # 8% by itself, or in a heading: the panel has no words for what it is of
_SIGNS = {"~": "约", ">": ">", ">=": "≥", "<": "<", "<=": "≤"}


def panel_rows(reports: Reports | Table, role: Role, indicator: str) -> list[Row]:
    """Return the rows of a panel that are of a role and an indicator, the surest first.

    Raises
    ------
    ValueError
        If a table is given that is no panel, or one of another role.
    """
    from healthie.export.columns import PANEL_COLUMNS
    from healthie.export.table import Table
    from healthie.panels import panel

    table = reports if isinstance(reports, Table) else panel(reports, role=role)
    if not {column.name for column in PANEL_COLUMNS} <= {column.name for column in table.columns}:
        raise ValueError(f"a table of {table.name or 'something else'} cannot be drawn: give reports or their panel.")
    every = table.to_dicts()
    rows = [row for row in every if row["role"] == role]
    if every and not rows:
        raise ValueError(f'the panel is of the role "{every[0]["role"]}": make the panel with role="{role}".')
    if indicator:
        rows = [row for row in rows if indicator in {row["indicator"], row["indicator_id"]}]
    return sorted(rows, key=lambda row: -row["confidence"])


def fitting_kind(rows: list[Row], indicator: str) -> Kind:
    """Return the kind of chart for who names none: lines where a place states the indicator of several times."""
    if not indicator:
        return "rates"
    times = Counter(place for place, _ in {(row["region_name"], _when(row)) for row in rows if _is_actual(row)})
    return "years" if max(times.values(), default=0) > 1 else "places"


def _rates(rows: list[Row], most: int) -> list[Bar]:
    chosen = [row for row in rows if row["unit"] == "%"][:most]
    chosen.sort(key=lambda row: -row["value"])
    return [_bar(row, label, row["value"]) for row, label in zip(chosen, _labels(chosen), strict=True)]


def _changes(rows: list[Row], most: int) -> list[Bar]:
    chosen = [row for row in rows if row["unit"] in {"%", "百分点"} and row["direction"] and _is_actual(row)][:most]
    chosen.sort(key=lambda row: -_signed(row))
    return [_bar(row, label, _signed(row)) for row, label in zip(chosen, _labels(chosen), strict=True)]


def _places(rows: list[Row], most: int) -> list[Bar]:
    latest: dict[str, Row] = {}
    for row in sorted(_of_one_unit(rows), key=_end):
        latest[row["region_code"] or row["region_name"]] = row
    chosen = sorted(latest.values(), key=lambda row: -row["confidence"])[:most]
    chosen.sort(key=lambda row: -row["value"])
    labels = _distinct([row["region_name"] for row in chosen], [[_when(row), row["region_code"]] for row in chosen])
    return [_bar(row, label, row["value"]) for row, label in zip(chosen, labels, strict=True)]


def _years(rows: list[Row], most: int) -> list[Bar]:
    points: dict[tuple[str, str], Row] = {}
    for row in _of_one_unit(rows):
        if _when(row):
            points.setdefault((row["region_name"], _when(row)), row)  # the surest of what is said of one time
    lines = set(list(dict.fromkeys(place for place, _ in points))[:most])
    chosen = sorted((row for row in points.values() if row["region_name"] in lines), key=_end)
    return [_bar(row, row["region_name"], row["value"]) for row in chosen]


def _targets(rows: list[Row], most: int) -> list[Bar]:
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in sorted(rows, key=_end):
        groups.setdefault(
            (row["indicator"], row["region_code"] or row["region_name"] or "", row["unit"] or ""), []
        ).append(row)
    pairs = [pair for group in groups.values() if (pair := _pair(group))]
    pairs.sort(key=lambda pair: -min(row["confidence"] for row in pair))
    pairs = pairs[:most]
    labels = _labels([actual for actual, _ in pairs])
    bars = [
        _bar(actual, label, 100 * actual["value"] / target["value"])
        | {
            "shown": f"{_shown(actual)}，目标 {_shown(target)}",
            "met": "达到目标" if _is_met(actual, target) else "未达目标",
        }
        for (actual, target), label in zip(pairs, labels, strict=True)
    ]
    return sorted(bars, key=lambda bar: -bar["value"])


def _pair(group: list[Row]) -> tuple[Row, Row] | None:
    """Return what was reached, and its target: the latest for the same day, else the latest before it."""
    targets = [row for row in reversed(group) if not _is_actual(row) and row["value"]]
    reached = [row for row in reversed(group) if _is_actual(row)]
    pairs = [(actual, target) for target in targets for actual in reached if _end(actual) <= _end(target)]
    return next((pair for pair in pairs if _end(pair[0]) == _end(pair[1])), pairs[0] if pairs else None)


def _is_met(actual: Row, target: Row) -> bool:
    if target["modifier"] in _AT_MOST:
        return bool(actual["value"] <= target["value"])
    return bool(actual["value"] >= target["value"])


def _is_actual(row: Row) -> bool:
    return bool(row["status"] == "actual")


def _of_one_unit(rows: list[Row]) -> list[Row]:
    """Return the rows of what was reached in a known place, in the unit that most of them have."""
    rows = [row for row in rows if _is_actual(row) and row["region_name"]]
    units = Counter(row["unit"] for row in rows)
    return [row for row in rows if row["unit"] == units.most_common(1)[0][0]]


def _end(row: Row) -> str:
    return row["period_end"] or row["period_start"] or ""


def _signed(row: Row) -> float:
    value: float = row["value"]
    return -value if row["direction"] == "-" else value


# What is written


def _bar(row: Row, label: str, value: float) -> Bar:
    """Return what the chart holds of a row of the panel."""
    return {
        "label": label,
        "value": value,
        "shown": _shown(row),
        "indicator": row["indicator"] or _NAMELESS,
        "region": row["region_name"] or "",
        "when": _when(row),
        "status": "实际" if _is_actual(row) else "目标",
        "unit": row["unit"] or "",
        "source": row["source"] or "",
    }


def _shown(row: Row) -> str:
    """Return a value as a reader writes it: ``≥72%``, ``4.6万人``, ``−0.4天``."""
    sign = {"+": "+", "-": "−"}.get(row["direction"] or "", "")
    most = "" if row["value_max"] is None else f"–{_digits(row['value_max'])}"
    return f"{_SIGNS.get(row['modifier'], '')}{sign}{_digits(row['value'])}{most}{row['unit'] or ''}"


def _digits(value: float) -> str:
    for size, name in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{value / size:.4g}{name}"
    return f"{value:.6g}"


def _when(row: Row) -> str:
    """Return the time of a row: a year where it is one, or a state at the end of one."""
    period, end = row["period"] or "", row["period_end"] or ""
    if period.startswith("../"):
        return end.removesuffix("-12-31")
    return period


def _labels(rows: list[Row]) -> list[str]:
    """Return the names of the rows' indicators, with place and time where one name stands for several."""
    also = [
        [row["region_name"], _when(row), "" if _is_actual(row) else "目标", row["reference"], row["text"]]
        for row in rows
    ]
    return _distinct([row["indicator"] or _NAMELESS for row in rows], also)


def _distinct(names: Sequence[str], also: Sequence[Sequence[str | None]]) -> list[str]:
    """Return names, with as much of what else there is to say as tells equal ones apart."""
    labels = list(names)
    for number in range(len(also[0]) if also else 0):
        kinds: dict[str, set[str | None]] = {}
        for label, words in zip(labels, also, strict=True):
            kinds.setdefault(label, set()).add(words[number])
        labels = [
            f"{label}（{words[number]}）" if words[number] and len(kinds[label]) > 1 else label
            for label, words in zip(labels, also, strict=True)
        ]
    return [label.replace("）（", "，") for label in labels]


def title_of(kind: Kind, bars: list[Bar]) -> tuple[str, str]:
    """Return title and subtitle: of what place and time all are, what is shown, and in what unit."""
    place, when = _only(bar["region"] for bar in bars), _only(bar["when"] for bar in bars)
    what = {"rates": "各项比率", "changes": "各项增减", "targets": "目标完成情况"}.get(kind, bars[0]["indicator"])
    unit = {"changes": "单位：% 或百分点", "targets": "实际值相当于目标值的百分比，竖线为目标"}.get(
        kind, f"单位：{bars[0]['unit']}" if bars[0]["unit"] else ""
    )
    return f"{place}{what}（{when}）" if when else f"{place}{what}", unit


def _only(words: Iterable[str]) -> str:
    kinds = set(words)
    return kinds.pop() if len(kinds) == 1 else ""


CHOICES: dict[Kind, Callable[[list[Row], int], list[Bar]]] = {
    "rates": _rates,
    "changes": _changes,
    "places": _places,
    "years": _years,
    "targets": _targets,
}
