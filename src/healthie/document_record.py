"""The records of what a report, or an article of a digest, says of itself: its place, its time, its title.

Start at `Document`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

# at run time too: pydantic reads the types when a pipeline is made
from healthie.records import Period, Region

__all__ = ["Article", "Document", "DocumentKind"]

DocumentKind = Literal["half-year summary", "annual", "plan", "bulletin", "press", "progress", ""]


@dataclass(frozen=True, slots=True)
class Article:
    """One of several articles that a text holds, as a digest of news does.

    Attributes
    ----------
    start, end : int
        Character offsets, end exclusive.
    region : Region or None
        The place it is about.
    period : Period or None
        The time it is about.
    """

    start: int
    end: int
    region: Region | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a report says of itself.

    Attributes
    ----------
    region : Region or None
        The place it reports on.
    period : Period or None
        The time it reports on.
    published : str
        The date of publication, as exact as is known: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; empty if unknown.
    title : str
        Its title, or empty.
    kind : {"half-year summary", "annual", "plan", "bulletin", "press", "progress", ""}
        What sort of report it is; empty if it does not show.
    body : str
        The body that issued it, as the text writes it; empty if it does not show.
    number : str
        Its document number (``X卫发〔2023〕8号``), or empty.
    articles : tuple of Article
        The articles of a digest, each with its own place and time; empty for a text that is one report.
    """

    region: Region | None = None
    period: Period | None = None
    published: str = ""
    title: str = ""
    kind: DocumentKind = ""
    body: str = ""
    number: str = ""
    articles: tuple[Article, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return ``{"region", "period", "published", "title"}``."""
        region = self.region and {"code": self.region.code, "name": self.region.name}
        period = self.period and {key: day for key, day in self.period.to_dict().items() if key != "text"}
        return {"region": region, "period": period, "published": self.published, "title": self.title}
