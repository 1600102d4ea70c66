"""Pictures of facts: rates and changes, one indicator over places or years, targets against what was reached.

Start at `plot`. bars.py chooses rows of a panel and says what is written of each; drawing.py makes bars and lines of
them. All that is drawn is data of the chart (``chart.to_dict()``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from healthie.charts.bars import CHOICES, Kind, fitting_kind, panel_rows, title_of
from healthie.extras import need

if TYPE_CHECKING:
    import altair as alt

    from healthie.export.facts import Reports
    from healthie.export.table import Table

__all__ = ["Kind", "plot"]

_NEEDS: dict[Kind, str] = {
    "rates": "a rate is a level in %",
    "changes": "a change is in % or percentage points",
    "places": "it needs a place",
    "years": "it needs a place and a period",
    "targets": "it needs a target and a value reached of one indicator, place and unit",
}


def plot(reports: Reports | Table, *, kind: Kind | None = None, indicator: str = "", most: int = 30) -> alt.LayerChart:
    """Draw a chart of what reports say.

    Parameters
    ----------
    reports : Report, iterable of Report, mapping of str to Report, or Table
        Reports read, or the table that `healthie.panel` made of them.
    kind : {"rates", "changes", "places", "years", "targets"}, optional
        ``rates``: the levels in per cent, the highest first. ``changes``: the changes in per cent or percentage points.
        ``places``: one indicator, a bar for each place, of the latest period that it states. ``years``: one indicator,
        a line for each place. ``targets``: what was reached, in per cent of the target. Without it, ``rates``; with an
        indicator, ``years`` where a place states it of several periods, else ``places``.
    indicator : str
        Which indicator: its name or id in the panel. ``places`` and ``years`` need it; the others show it alone.
    most : int
        How many bars or lines at most: the facts that are the surest.

    Returns
    -------
    altair.LayerChart
        A notebook shows it; ``chart.save("x.png")`` (svg, pdf, json) writes it, and
        ``chart.save("x.html", inline=True)`` a page that needs no network.

    Raises
    ------
    ImportError
        If altair is not installed.
    ValueError
        If there is no such kind, no fact for it, a table that is no panel or one of another role, or `most` is below 1.

    Examples
    --------
    >>> import healthie
    >>> report = healthie.extract("2019年，白水县家庭医生签约率达到41.5%，产前检查率为97.2%。")
    >>> chart = plot(report)
    >>> [rows] = chart.to_dict()["datasets"].values()
    >>> [(row["label"], row["shown"]) for row in rows]
    [('产前检查率', '97.2%'), ('家庭医生签约率', '41.5%')]
    """
    if kind is not None and kind not in get_args(Kind):
        raise ValueError(f"kind={kind!r} is unknown: use one of {', '.join(map(repr, get_args(Kind)))}.")
    if most < 1:
        raise ValueError(f"most={most} leaves nothing to draw: use 1 or more.")
    rows = panel_rows(reports, "change" if kind == "changes" else "level", indicator)
    kind = kind or fitting_kind(rows, indicator)
    if kind in {"places", "years"} and not indicator:
        raise ValueError(f'kind="{kind}" is of one indicator: name it, indicator="…".')
    bars = CHOICES[kind](rows, most)
    if not bars:
        of = f" of {indicator}" if indicator else ""
        raise ValueError(f'there is no fact{of} for kind="{kind}": {_NEEDS[kind]}.')
    need("altair", "Drawing charts", extra="plot")
    from healthie.charts.drawing import draw

    return draw(kind, bars, *title_of(kind, bars))
