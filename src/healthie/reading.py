"""What `healthie.extract` and the spaCy components share.

Start at `Given`: the place and the date that a caller may state, checked once and in one way. `periods_of` and
`regions_of` run the finders that need to know of what place and time a text is, article by article.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import regex

from healthie.articles import by_article
from healthie.periods import find_periods
from healthie.regions import find_regions, resolve_region

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthie.document_record import Document
    from healthie.records import Entity, Period, Region

__all__ = ["Given", "periods_of", "read_given", "regions_of"]

_ISO = regex.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says of a report.

    Attributes
    ----------
    region : Region or None
        Its place.
    published : str
        Its date, ``YYYY[-MM[-DD]]``; empty if not given.
    """

    region: Region | None = None
    published: str = ""


def _iso(published: object) -> str:
    """Return a date as ``YYYY[-MM[-DD]]``, or raise."""
    if isinstance(published, date):
        return published.isoformat()[:10]
    if not isinstance(published, str):
        raise TypeError(
            f"published is a {type(published).__name__}: give a datetime.date, or a str as YYYY, YYYY-MM or YYYY-MM-DD."
        )
    try:
        if not _ISO.fullmatch(published):
            raise ValueError
        date.fromisoformat(published + "-01-01"[len(published) - 4 :])
    except ValueError:
        raise ValueError(f"published={published!r} is no date: write YYYY, YYYY-MM or YYYY-MM-DD.") from None
    return published


def read_given(region: str | None, published: date | str | None) -> Given:
    """Check and resolve what a caller says of a report.

    Parameters
    ----------
    region : str or None
        A GB/T 2260 code or a name; None or empty if not given.
    published : datetime.date, str or None
        A date, or ``YYYY[-MM[-DD]]``; None or empty if not given.

    Returns
    -------
    Given
        The region from the table, and the date as text.

    Raises
    ------
    TypeError
        If either is of another type.
    ValueError
        If the region is unknown or the date is none.

    Examples
    --------
    >>> read_given("150000", "2019-07")
    Given(region=Region(code='150000', name='内蒙古自治区', text='', start=0, end=0), published='2019-07')
    >>> read_given(None, "July 2019")
    Traceback (most recent call last):
    ValueError: published='July 2019' is no date: write YYYY, YYYY-MM or YYYY-MM-DD.
    """
    day = "" if published is None or published == "" else _iso(published)
    if region is None or region == "":
        return Given(published=day)
    return Given(resolve_region(region, published=day), day)


def periods_of(text: str, document: Document) -> tuple[Period, ...]:
    """Find the times of a text whose own place and time are known.

    Parameters
    ----------
    text : str
        The text as given.
    document : Document
        What it says of itself.

    Returns
    -------
    tuple of Period
        In the order of the text.
    """
    return by_article(
        document, text, lambda part, own, _: find_periods(part, published=own.published, period=own.period)
    )


def regions_of(
    text: str, document: Document, *, find: Callable[..., tuple[Entity, ...]] = find_regions
) -> tuple[Entity, ...]:
    """Find the places of a text whose own place and time are known.

    Parameters
    ----------
    text : str
        The text as given.
    document : Document
        What it says of itself.
    find : callable
        `find_regions`, or a `RegionFinder` that knows places of the caller's own.

    Returns
    -------
    tuple of Entity
        In the order of the text.
    """
    return by_article(document, text, lambda part, own, _: find(part, home=own.region, published=own.published))
