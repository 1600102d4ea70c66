"""Bars and lines with altair, in letters that have Chinese characters and colours that differ in grey too.

Start at `draw`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

import altair as alt

if TYPE_CHECKING:
    from healthie.charts.bars import Bar, Kind

__all__ = ["draw"]

# The first that is installed is taken: Linux, macOS, Windows.
_FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
_DARK, _LIGHT, _MARK = "#1b5e7b", "#e3a857", "#b3261e"
_LINES = ["#1b5e7b", "#e3a857", "#b3261e", "#7fb7a3", "#5b3a8e", "#8c8c8c"]
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
_WIDTH, _STEP = 480, 26
# 46000 is 4.6万 to a Chinese reader.
_AXIS_LABEL = (
    "abs(datum.value) >= 1e8 ? format(datum.value / 1e8, '~r') + '亿' : "
    "abs(datum.value) >= 1e4 ? format(datum.value / 1e4, '~r') + '万' : datum.label"
)


def draw(kind: Kind, bars: list[Bar], title: str, subtitle: str) -> alt.LayerChart:
    """Draw a chart.

    Parameters
    ----------
    kind : {"rates", "changes", "places", "years", "targets"}
        Which sort of chart.
    bars : list of dict
        What it shows, in its order.
    title, subtitle : str
        What stands over it.

    Returns
    -------
    altair.LayerChart
        Ready to be shown or saved.
    """
    bars = [{key: _shown(value) if isinstance(value, str) else value for key, value in bar.items()} for bar in bars]
    match kind:
        case "changes":
            chart = _changes(bars)
        case "years":
            chart = _lines(bars)
        case "targets":
            chart = _targets(bars)
        case _:
            chart = _bars(bars, _colour("status", ["实际", "目标"], bars))
    return _dressed(chart, _shown(title), _shown(subtitle))


def _shown(text: str) -> str:
    """Return text as a chart may hold it: altair writes its data into a script, which markup in it would end."""
    return _MARKUP.sub("＜", text)


def _changes(bars: list[Bar]) -> alt.LayerChart:
    colour = alt.condition(alt.datum.value < 0, alt.value(_LIGHT), alt.value(_DARK))
    # Room within the axis, so that the value of the longest fall does not stand on its name.
    chart = _bars(bars, colour, padding=70)
    zero = alt.Chart().mark_rule(color="#555555").encode(x=alt.datum(0))
    return alt.LayerChart(layer=[chart, zero])


def _targets(bars: list[Bar]) -> alt.LayerChart:
    """Bars up to or past the line of the target, with both values in a column beside them."""
    colour = _colour("met", ["达到目标", "未达目标"], bars)
    goal = alt.Chart().mark_rule(color=_MARK, strokeWidth=2).encode(x=alt.datum(100))
    return alt.LayerChart(layer=[_bars(bars, colour, beside=True), goal])


def _bars(
    bars: list[Bar],
    colour: Any,  # noqa: ANN401 - a Color or a condition
    *,
    padding: int = 0,
    beside: bool = False,
) -> alt.LayerChart:
    scale = alt.Scale(padding=padding, nice=False) if padding else alt.Undefined
    base = alt.Chart(alt.InlineData(values=bars)).encode(
        x=alt.X("value:Q", title=None, scale=scale, axis=alt.Axis(labelExpr=_AXIS_LABEL, tickCount=6)),
        y=alt.Y("label:N", sort=[bar["label"] for bar in bars], title=None),
        tooltip=_tooltip(),
    )
    written = base.encode(text="shown:N")
    if beside:
        texts = [written.mark_text(align="left").encode(x=alt.value(_WIDTH + 10))]
    else:
        texts = [
            written.mark_text(align="left", dx=4).transform_filter(alt.datum.value >= 0),
            written.mark_text(align="right", dx=-4).transform_filter(alt.datum.value < 0),
        ]
    drawn = base.mark_bar(height=alt.RelativeBandSize(0.7)).encode(color=colour)
    return alt.LayerChart(layer=[drawn, *texts], width=_WIDTH, height=alt.Step(_STEP))


def _lines(bars: list[Bar]) -> alt.LayerChart:
    """Draw a line for each place, with marks of different shape; the values of one line, and the last of several."""
    times = list(dict.fromkeys(bar["when"] for bar in bars))
    places = list(dict.fromkeys(bar["label"] for bar in bars))
    last = {bar["label"]: bar["when"] for bar in bars}
    several = len(places) > 1
    bars = [bar | {"written": bar["shown"] if not several or bar["when"] == last[bar["label"]] else ""} for bar in bars]
    legend = alt.Legend() if several else None
    base = alt.Chart(alt.InlineData(values=bars)).encode(
        x=alt.X("when:O", sort=times, title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=False, padding=20), axis=alt.Axis(labelExpr=_AXIS_LABEL)),
        tooltip=_tooltip(),
    )
    colour = alt.Color("label:N", title="地区", scale=alt.Scale(domain=places, range=_LINES), legend=legend)
    shape = alt.Shape("label:N", title="地区", scale=alt.Scale(domain=places), legend=legend)
    written = base.encode(text="written:N")
    align: Literal["left", "center"] = "left" if several else "center"
    dx, dy = (8, 0) if several else (0, -14)
    layers = [
        base.mark_line().encode(color=colour),
        base.mark_point(filled=True, size=70, opacity=1).encode(color=colour, shape=shape),
        written.mark_text(align=align, dx=dx, dy=dy, stroke="white", strokeWidth=3),  # so that no line runs through
        written.mark_text(align=align, dx=dx, dy=dy),
    ]
    return alt.LayerChart(layer=layers, width=_WIDTH, height=300)


def _colour(field: str, names: list[str], bars: list[Bar]) -> Any:  # noqa: ANN401 - a Color
    legend = alt.Legend(title=None) if len({bar[field] for bar in bars}) > 1 else None
    return alt.Color(f"{field}:N", scale=alt.Scale(domain=names, range=[_DARK, _LIGHT]), legend=legend)


def _tooltip() -> list[Any]:
    names = {"indicator": "指标", "shown": "数值", "region": "地区", "when": "时间", "status": "状态", "source": "来源"}
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in names.items()]


def _dressed(chart: alt.LayerChart, title: str, subtitle: str) -> alt.LayerChart:
    """Return the chart with its title, and with letters that have Chinese characters."""
    dressed: alt.LayerChart = (
        chart.properties(title={"text": title, "subtitle": subtitle})
        .configure(font=_FONT)
        .configure_axis(labelFontSize=12, labelLimit=320, gridColor="#e6e6e6", domain=False, ticks=False)
        .configure_text(fontSize=12)
        .configure_legend(labelFontSize=12, orient="top")
        .configure_title(fontSize=16, subtitleFontSize=12, anchor="start", offset=12)
        .configure_view(stroke=None)
    )
    return dressed
