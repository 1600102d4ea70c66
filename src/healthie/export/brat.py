"""Facts as brat standoff (.ann): what stands where, which quantity measures what, and what each value is.

Start at `to_brat`. The file goes beside the report's own text (.txt), whose characters it counts. brat wants every span
on one line: one that a line break or a tab runs through is given in pieces.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthie.export.table import clean
from healthie.period_labels import label
from healthie.records import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthie.records import Entity, Fact, Label, Modifier
    from healthie.report import Report

__all__ = ["to_brat"]

# A stretch of one line, from its first character that is no white space to its last.
_LINE = re.compile(r"\S(?:[^\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029]*\S)?")
_TYPES: dict[Label, str] = {"REGION": "Region", "PROGRAMME": "Programme", "ORG": "Organisation", "SYSTEM": "System"}
_MODIFIERS: dict[Modifier, str] = {
    "=": "exact",
    "~": "about",
    ">": "more-than",
    ">=": "at-least",
    "<": "less-than",
    "<=": "at-most",
}
_DIRECTIONS = {"+": "up", "-": "down"}

Edges = tuple[int, int]


def to_brat(report: Report) -> str:
    """Return the facts and entities of a report as a brat annotation file.

    Parameters
    ----------
    report : Report
        A report read.

    Returns
    -------
    str
        Lines, each with its end. ``T``: Quantity, Indicator, Reference, Period, Region, Programme, Organisation and
        System. ``R``, from the quantity: HasIndicator, ComparedWith, InPeriod, InRegion, UnderProgramme, and Qualifies
        for the quantity that it qualifies. ``A``, of the quantity: Value, ValueMax, Unit, Modifier, Role, Direction and
        Status. ``#``: the code, the canonical name or the dates of what has them, and the place and time that the text
        does not name beside a quantity, as they are the report's own.

    Examples
    --------
    >>> import healthie
    >>> print(to_brat(healthie.extract("全县救助贫困人口8名。")), end="")
    T1	Quantity 8 10	8名
    A1	Value T1 8
    A2	Unit T1 名
    A3	Modifier T1 exact
    A4	Role T1 level
    A5	Status T1 actual
    T2	Indicator 2 8	救助贫困人口
    R1	HasIndicator Arg1:T1 Arg2:T2
    """
    return _File(report).text()


class _File:
    """The lines of a file as they come about, numbered by kind; a span that is there already is not written again."""

    def __init__(self, report: Report) -> None:
        self._text = clean(report.text)
        self._lines: list[str] = []
        self._counts = dict.fromkeys("TRA#", 0)
        self._spans: dict[tuple[str, tuple[Edges, ...]], str] = {}
        for entity in report.entities:
            self._entity(entity)
        quantities = [self._quantity(fact) for fact in report.facts]
        for fact, quantity in zip(report.facts, quantities, strict=True):
            self._relate(fact, quantity)
            if fact.of is not None:
                self._relation("Qualifies", quantity, quantities[fact.of])

    def text(self) -> str:
        return "".join(line + "\n" for line in self._lines)

    def _add(self, kind: str, content: str) -> str:
        self._counts[kind] += 1
        name = f"{kind}{self._counts[kind]}"
        self._lines.append(f"{name}\t{content}")
        return name

    def _span(self, kind: str, edges: Sequence[Edges], note: str = "") -> str:
        """Return the name of a span, written if it is new; empty where there are no characters to mark."""
        pieces = tuple(
            (start + line.start(), start + line.end())
            for start, end in edges
            for line in _LINE.finditer(self._text[start:end])
        )
        if not pieces:
            return ""
        if (kind, pieces) not in self._spans:
            offsets = ";".join(f"{start} {end}" for start, end in pieces)
            words = " ".join(self._text[start:end] for start, end in pieces)
            name = self._spans[kind, pieces] = self._add("T", f"{kind} {offsets}\t{words}")
            self._note(name, note)
        return self._spans[kind, pieces]

    def _note(self, name: str, note: str) -> None:
        if name and note:
            self._add("#", f"AnnotatorNotes {name}\t{' '.join(clean(note).split())}")

    def _relation(self, kind: str, source: str, target: str) -> None:
        if source and target:
            self._add("R", f"{kind} Arg1:{source} Arg2:{target}")

    def _entity(self, entity: Entity) -> str:
        return self._span(_TYPES[entity.label], [(entity.start, entity.end)], entity.id)

    def _quantity(self, fact: Fact) -> str:
        quantity = fact.quantity
        name = self._span("Quantity", [(quantity.start, quantity.end)])
        attributes = {
            "Value": str(plain(quantity.value)),
            "ValueMax": "" if quantity.value_max is None else str(plain(quantity.value_max)),
            "Unit": "".join(clean(quantity.unit).split()),
            "Modifier": _MODIFIERS[quantity.modifier],
            "Role": fact.role,
            "Direction": _DIRECTIONS.get(fact.direction, ""),
            "Status": fact.status,
        }
        for attribute, value in attributes.items():
            if name and value:
                self._add("A", f"{attribute} {name} {value}")
        return name

    def _relate(self, fact: Fact, quantity: str) -> None:
        """Join a quantity with what the text says of it; what it only implies stands nowhere, and is a note."""
        indicator, reference, period, region = fact.indicator, fact.reference, fact.period, fact.region
        pieces = [(span.start, span.end) for span in indicator.spans]
        self._relation("HasIndicator", quantity, self._span("Indicator", pieces, indicator.id))
        if reference:
            self._relation("ComparedWith", quantity, self._span("Reference", [(reference.start, reference.end)]))
        if period and period.text:
            when = self._span("Period", [(period.char_start, period.char_end)], label(period))
            self._relation("InPeriod", quantity, when)
        elif period:
            self._note(quantity, label(period))
        if region and region.text:
            where = self._span("Region", [(region.start, region.end)], region.code or region.name)
            self._relation("InRegion", quantity, where)
        elif region:
            self._note(quantity, f"{region.code} {region.name}")
        if fact.programme:
            self._relation("UnderProgramme", quantity, self._entity(fact.programme))
