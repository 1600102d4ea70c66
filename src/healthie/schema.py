"""The JSON Schema of a report: the shape of `Report.to_dict`, as types.

Start at `ReportRow`. `report_schema` returns the schema as it is shipped in ``data/report.schema.json``;
`generate_schema` makes it from the types below, and a test holds the two equal and checks real reports against them.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Annotated, Any

from pydantic import ConfigDict, Field, TypeAdapter, with_config
from typing_extensions import NotRequired, TypedDict

from healthie.records import Direction, Label, Modifier, Role, Status

__all__ = ["ReportRow", "generate_schema", "report_schema"]

_CLOSED = ConfigDict(extra="forbid")
Offset = Annotated[int, Field(ge=0, description="Characters from the start of the text.")]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
PartOfDate = Annotated[
    str, Field(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$", description="YYYY, YYYY-MM or YYYY-MM-DD; empty if unknown.")
]
Value = Annotated[int | float, Field(description="A plain number, magnitudes folded in: 1.8亿 is 180000000.")]
Code = Annotated[str, Field(description="GB/T 2260 code of six digits; empty for a place without one.")]


@with_config(_CLOSED)
class OffsetsRow(TypedDict):
    """Where something stands, end exclusive."""

    start: Offset
    end: Offset


@with_config(_CLOSED)
class SpanRow(TypedDict):
    """Some characters of the text."""

    text: str
    start: Offset
    end: Offset


@with_config(_CLOSED)
class IndicatorRow(TypedDict):
    """The words that say what is measured, in one piece or several."""

    text: str
    spans: list[tuple[Offset, Offset]]
    id: Annotated[str, Field(description="The canonical indicator; empty where it is not known.")]


@with_config(_CLOSED)
class PeriodRow(TypedDict):
    """A closed interval of days; null is an open end. The text is empty where it is the report's own period."""

    start: Day | None
    end: Day | None
    text: str


@with_config(_CLOSED)
class RegionRow(TypedDict):
    """A place. The text is empty where it is the report's own."""

    code: Code
    name: str
    text: str


@with_config(_CLOSED)
class EntityRow(TypedDict):
    """A named region, programme, organisation or information system."""

    start: Offset
    end: Offset
    text: str
    label: Label
    id: Annotated[str, Field(description="The code of a region, the canonical name of a programme; else empty.")]
    name: Annotated[str, Field(description="The name in full.")]


@with_config(_CLOSED)
class FactRow(TypedDict):
    """One quantity and all that the text says of it."""

    start: Offset
    end: Offset
    text: Annotated[str, Field(description="The quantity as it stands in the text.")]
    value: Value
    value_max: Annotated[int | float | None, Field(description="The upper end of a range, else null.")]
    unit: Annotated[str, Field(description="The counter or measure; empty where there is none.")]
    modifier: Annotated[Modifier, Field(description="Exact, about, more than, at least, less than, at most.")]
    role: Annotated[Role, Field(description="What the value is of the indicator.")]
    direction: Annotated[Direction, Field(description="The sign of a change or a gap, else empty.")]
    status: Annotated[Status, Field(description="Reached, or planned.")]
    indicator: IndicatorRow
    reference: Annotated[SpanRow | None, Field(description="The words compared with.")]
    of: Annotated[int | None, Field(ge=0, description="The index in `facts` of the fact that this one qualifies.")]
    period: Annotated[PeriodRow | None, Field(description="When it holds.")]
    region: Annotated[RegionRow | None, Field(description="Where it holds.")]
    programme: Annotated[EntityRow | None, Field(description="Under which programme.")]
    sentence: Annotated[
        OffsetsRow, Field(description="The sentence it stands in, or of one over 1,000 characters a stretch around it.")
    ]
    confidence: Annotated[
        float, Field(ge=0, le=1, description="How sure it is: of facts with 0.9, about nine in ten are right.")
    ]


@with_config(_CLOSED)
class DocumentRegionRow(TypedDict):
    """The place a report is about."""

    code: Code
    name: str


@with_config(_CLOSED)
class DocumentPeriodRow(TypedDict):
    """The time a report is about: a closed interval of days; null is an open end."""

    start: Day | None
    end: Day | None


@with_config(_CLOSED)
class DocumentRow(TypedDict):
    """What a report says of itself."""

    region: DocumentRegionRow | None
    period: DocumentPeriodRow | None
    published: PartOfDate
    title: str


@with_config(_CLOSED)
class ReportRow(TypedDict):
    """A report read by healthie."""

    source: NotRequired[Annotated[str, Field(description="The file it was read from: the command line adds it.")]]
    document: DocumentRow
    facts: Annotated[list[FactRow], Field(description="In the order of the text.")]
    entities: Annotated[list[EntityRow], Field(description="In the order of the text.")]


def generate_schema() -> dict[str, Any]:
    """Make the JSON Schema from the types of this module.

    Returns
    -------
    dict
        JSON Schema, draft 2020-12.
    """
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | TypeAdapter(ReportRow).json_schema()


def report_schema() -> dict[str, Any]:
    """Return the JSON Schema of `Report.to_dict`.

    Returns
    -------
    dict
        JSON Schema, draft 2020-12, as shipped in ``healthie/data/report.schema.json``.

    Examples
    --------
    >>> sorted(report_schema()["required"])
    ['document', 'entities', 'facts']
    """
    schema: dict[str, Any] = json.loads(files("healthie").joinpath("data/report.schema.json").read_text("utf-8"))
    return schema
