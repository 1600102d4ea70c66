"""The records that every part of healthie hands on: plain, frozen, typed, and made of nothing but Python.

Start at `Fact`: it holds the others. Character offsets count from the start
of the text as it was given, end exclusive, and ``text[start:end] == record.text`` always holds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

__all__ = [
    "Direction",
    "Entity",
    "Fact",
    "Indicator",
    "Label",
    "Mentions",
    "Modifier",
    "Number",
    "NumberKind",
    "Period",
    "PeriodKind",
    "Quantity",
    "Region",
    "Role",
    "Span",
    "Status",
    "plain",
]

Modifier = Literal["=", "~", ">", ">=", "<", "<="]
NumberKind = Literal["cardinal", "ordinal", "fraction", "percent", "ratio"]
Role = Literal["level", "change", "gap", "share", "rank"]
Direction = Literal["+", "-", ""]
Status = Literal["actual", "target"]
Label = Literal["REGION", "PROGRAMME", "ORG", "SYSTEM"]
PeriodKind = Literal["interval", "until", "since", "deadline", "multiyear", "compared"]


def plain(value: Decimal) -> int | float:
    """Return a decimal as a JSON number: an int where it is whole, else the nearest float.

    Parameters
    ----------
    value : Decimal
        A finite decimal.

    Returns
    -------
    int or float
        The same number.

    Examples
    --------
    >>> plain(Decimal("37.260")), plain(Decimal("1E+3"))
    (37.26, 1000)
    """
    return int(value) if value == value.to_integral_value() else float(value)


@dataclass(frozen=True, slots=True)
class Span:
    """Some characters of the text.

    Attributes
    ----------
    start, end : int
        Character offsets, end exclusive.
    text : str
        The characters themselves.
    """

    start: int
    end: int
    text: str

    def to_dict(self) -> dict[str, Any]:
        """Return ``{"text", "start", "end"}``."""
        return {"text": self.text, "start": self.start, "end": self.end}

    def shifted(self, by: int) -> Span:
        """Return the span with its offsets counted from a start that lies so many characters before."""
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, without its unit.

    Attributes
    ----------
    start, end : int
        Character offsets of the number.
    text : str
        The number as it stands in the text.
    value : Decimal
        Its value with magnitudes folded in (``2.6亿`` is 260000000); the lower end of a range.
    value_max : Decimal or None
        The upper end of a range, else None.
    modifier : {"=", "~", ">", ">=", "<", "<="}
        How exact the number itself says it is (``140余`` is ``>``).
    kind : {"cardinal", "ordinal", "fraction", "percent", "ratio"}
        How it is written: ``8``, ``第8``, ``三分之一``, ``百分之八`` or ``8%``, ``3∶1``.
    """

    start: int
    end: int
    text: str
    value: Decimal
    value_max: Decimal | None = None
    modifier: Modifier = "="
    kind: NumberKind = "cardinal"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts or measures in.

    Attributes
    ----------
    start, end : int
        Character offsets, from the first character of the number to the last of the unit.
    text : str
        The quantity as it stands in the text.
    value : Decimal
        The number, magnitudes folded in; the lower end of a range.
    value_max : Decimal or None
        The upper end of a range, else None.
    unit : str
        The counter or measure without magnitudes (``元`` of ``37.26万元``), also where a list elides it; else empty.
    modifier : {"=", "~", ">", ">=", "<", "<="}
        Exact, about, more than, at least, less than, at most.
    dimension : str
        What the unit measures, by the unit table (``count``, ``money``, ``rate``, ``rank`` …); empty without a unit.
    per : str
        The base of a per-unit reading (``每千人口``, ``人均``) that stands right before it, else empty.
    """

    start: int
    end: int
    text: str
    value: Decimal
    value_max: Decimal | None = None
    unit: str = ""
    modifier: Modifier = "="
    dimension: str = ""
    per: str = ""

    def to(self, unit: str) -> Quantity:
        """Return the quantity in another unit that measures the same.

        Parameters
        ----------
        unit : str
            The unit wanted, with a magnitude if you like: ``元``, ``万元``, ``公顷``, ``‰``.

        Returns
        -------
        Quantity
            The same place and text; value, value_max and unit changed.

        Raises
        ------
        ValueError
            If the unit table does not hold one of the units, or they do not measure the same.

        Examples
        --------
        >>> from healthie import find_quantities
        >>> find_quantities("投入37.26万元")[0].to("万元").value
        Decimal('37.26')
        """
        from healthie.units import convert  # noqa: PLC0415 - the records import nothing of ours until asked

        return convert(self, unit)

    def shifted(self, by: int) -> Quantity:
        """Return the quantity with its offsets counted from a start that lies so many characters before."""
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class Period:
    """A time, as a closed interval of days (ISO 8601), open where the text leaves it open.

    Attributes
    ----------
    start, end : date or None
        First and last day; None is an open end.
    text : str
        The words that name it; empty where it is the report's own period.
    char_start, char_end : int
        Character offsets of those words.
    kind : {"interval", "until", "since", "deadline", "multiyear", "compared"}
        ``until``: a state at its end (``截至7月``, ``2024年末``); ``since``: up to the report's date (``今年以来``);
        ``deadline``: to be reached by its end (``年底前``); ``multiyear``: a span of several years
        (``“十四五”期间``); ``compared``: the time another value is compared with (``去年同期``, ``上年``);
        ``interval``: every other.
    """

    start: date | None
    end: date | None
    text: str = ""
    char_start: int = 0
    char_end: int = 0
    kind: PeriodKind = "interval"

    def to_dict(self) -> dict[str, Any]:
        """Return ``{"start", "end", "text"}`` with dates as ``YYYY-MM-DD`` or None."""
        return {
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
            "text": self.text,
        }

    def shifted(self, by: int) -> Period:
        """Return the period with its offsets counted from a start that lies so many characters before.

        The report's own period stands nowhere in the text, and is returned as it is.
        """
        return replace(self, char_start=self.char_start + by, char_end=self.char_end + by) if self.text else self


@dataclass(frozen=True, slots=True)
class Region:
    """A place.

    Attributes
    ----------
    code : str
        GB/T 2260 code of six digits; empty for a place without one (a village, 长三角).
    name : str
        Its name as the table writes it (广元市, 青川县).
    text : str
        The words of the text that name it; empty where it is the report's own place.
    start, end : int
        Character offsets of those words.
    """

    code: str
    name: str
    text: str = ""
    start: int = 0
    end: int = 0

    def current(self) -> Region:
        """Follow the region through renames and mergers to what stands in its place today.

        Returns
        -------
        Region
            Today's code and name; the region unchanged where it has no code or the table knows no successor.

        Examples
        --------
        >>> from healthie import resolve_region
        >>> resolve_region("襄樊市", published="2009").current()
        Region(code='420600', name='襄阳市', text='', start=0, end=0)
        """
        from healthie.places import current  # noqa: PLC0415 - the records import nothing of ours until asked

        return current(self)

    def parents(self, *, published: str = "") -> tuple[Region, ...]:
        """Return the places that the region lies in, from the next above it to the country.

        Parameters
        ----------
        published : str
            The date (``YYYY[-MM[-DD]]``) whose divisions count; today's without it.

        Returns
        -------
        tuple of Region
            Empty for the country itself, and for a place without a code.

        Examples
        --------
        >>> from healthie import resolve_region
        >>> [above.name for above in resolve_region("余杭区").parents()]
        ['杭州市', '浙江省', '全国']
        """
        from healthie.places import parents  # noqa: PLC0415 - the records import nothing of ours until asked

        return parents(self, published=published)

    def to_dict(self) -> dict[str, Any]:
        """Return ``{"code", "name", "text"}``."""
        return {"code": self.code, "name": self.name, "text": self.text}

    def shifted(self, by: int) -> Region:
        """Return the region with its offsets counted from a start that lies so many characters before.

        The report's own place stands nowhere in the text, and is returned as it is.
        """
        return replace(self, start=self.start + by, end=self.end + by) if self.text else self


@dataclass(frozen=True, slots=True)
class Entity:
    """A named region, programme, organisation or information system.

    Attributes
    ----------
    start, end : int
        Character offsets.
    text : str
        The name as it stands in the text.
    label : {"REGION", "PROGRAMME", "ORG", "SYSTEM"}
        Its kind.
    id : str
        The GB/T 2260 code of a region (its name where it has none), the canonical name of a programme; else empty.
    name : str
        The name in full.
    """

    start: int
    end: int
    text: str
    label: Label
    id: str = ""
    name: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return ``{"start", "end", "text", "label", "id", "name"}``."""
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "label": self.label,
            "id": self.id,
            "name": self.name,
        }

    def shifted(self, by: int) -> Entity:
        """Return the entity with its offsets counted from a start that lies so many characters before."""
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class Indicator:
    """The words that say what is measured.

    Attributes
    ----------
    spans : tuple of Span
        The pieces, in the order of the text.
    id : str
        The canonical indicator, where it is known; else empty.
    """

    spans: tuple[Span, ...]
    id: str = ""

    @property
    def text(self) -> str:
        """The pieces joined."""
        return "".join(span.text for span in self.spans)

    def to_dict(self) -> dict[str, Any]:
        """Return ``{"text", "spans", "id"}``."""
        return {"text": self.text, "spans": [[span.start, span.end] for span in self.spans], "id": self.id}

    def shifted(self, by: int) -> Indicator:
        """Return the indicator with its offsets counted from a start that lies so many characters before."""
        return replace(self, spans=tuple(span.shifted(by) for span in self.spans))


@dataclass(frozen=True, slots=True)
class Fact:
    """One quantity and all that the text says of it.

    Attributes
    ----------
    quantity : Quantity
        Value, unit, modifier, and where they stand.
    indicator : Indicator
        What is measured.
    role : {"level", "change", "gap", "share", "rank"}
        What the value is of the indicator.
    direction : {"+", "-", ""}
        The sign of a change or a gap.
    status : {"actual", "target"}
        Reached, or planned.
    reference : Span or None
        The words compared with.
    of : int or None
        The index, in the report's facts, of the fact that this one qualifies.
    period : Period or None
        When it holds.
    region : Region or None
        Where it holds.
    programme : Entity or None
        Under which programme.
    sentence : Span
        The sentence it stands in; of one longer than 1,000 characters, a stretch of no more that holds the quantity.
    confidence : float
        How sure it is, from 0 to 1: of facts with 0.9, about nine in ten are wholly right.
    """

    quantity: Quantity
    indicator: Indicator
    role: Role
    direction: Direction
    status: Status
    reference: Span | None
    of: int | None
    period: Period | None
    region: Region | None
    programme: Entity | None
    sentence: Span
    confidence: float = 1.0

    def to_dict(self) -> dict[str, Any]:
        """Return the fact as plain JSON values, in the shape of the JSON Schema."""
        q = self.quantity
        return {
            "start": q.start,
            "end": q.end,
            "text": q.text,
            "value": plain(q.value),
            "value_max": None if q.value_max is None else plain(q.value_max),
            "unit": q.unit,
            "modifier": q.modifier,
            "role": self.role,
            "direction": self.direction,
            "status": self.status,
            "indicator": self.indicator.to_dict(),
            "reference": self.reference and self.reference.to_dict(),
            "of": self.of,
            "period": self.period and self.period.to_dict(),
            "region": self.region and self.region.to_dict(),
            "programme": self.programme and self.programme.to_dict(),
            "sentence": {"start": self.sentence.start, "end": self.sentence.end},
            "confidence": self.confidence,
        }

    def shifted(self, by: int, facts: int = 0) -> Fact:
        """Return the fact as one of a longer text, of which its own is a part.

        Parameters
        ----------
        by : int
            How many characters stand before its own text.
        facts : int
            How many facts there are in them.

        Returns
        -------
        Fact
            With the offsets of all that it holds, and with `of`, counted in the longer text.

        Examples
        --------
        >>> import healthie
        >>> fact = healthie.extract("签约率81%，增长5%。").facts[1].shifted(100, 7)
        >>> fact.quantity.start, fact.of
        (109, 7)
        """
        return replace(
            self,
            quantity=self.quantity.shifted(by),
            indicator=self.indicator.shifted(by),
            reference=self.reference and self.reference.shifted(by),
            period=self.period and self.period.shifted(by),
            region=self.region and self.region.shifted(by),
            programme=self.programme and self.programme.shifted(by),
            of=None if self.of is None else self.of + facts,
            sentence=self.sentence.shifted(by),
        )


@dataclass(frozen=True, slots=True)
class Mentions:
    """Everything the finders found in one text: what `healthie.link` joins into facts.

    Names may stand within one another (the place in the name of a hospital).
    """

    quantities: tuple[Quantity, ...] = ()
    periods: tuple[Period, ...] = ()
    entities: tuple[Entity, ...] = ()
