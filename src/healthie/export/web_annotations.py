"""Facts as W3C Web Annotations (JSON-LD), which point at characters both by position and by the words around them.

Start at `to_web_annotations`.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from healthie.export.facts import document_id
from healthie.export.table import clean
from healthie.value_text import value_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthie.records import Entity, Fact, Span
    from healthie.report import Report

__all__ = ["to_web_annotations"]

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32


def to_web_annotations(report: Report) -> str:
    """Return the facts and entities of a report as an annotation page after the W3C Web Annotation data model.

    Parameters
    ----------
    report : Report
        A report read.

    Returns
    -------
    str
        JSON-LD: an ``AnnotationPage`` whose ``items`` are one annotation for each fact (on its quantity; the bodies are
        a line to read and the fact as `Fact.to_dict` gives it), for each piece of its indicator and its reference
        (linking to the fact), and for each entity. Every target has a ``TextPositionSelector`` (in characters, that is
        code points) and a ``TextQuoteSelector``. The same report gives the same ids.

    Examples
    --------
    >>> import healthie
    >>> page = json.loads(to_web_annotations(healthie.extract("白水县救助贫困人口8名。")))
    >>> fact = page["items"][0]
    >>> fact["body"][0]["value"], fact["target"]["selector"][0]
    ('救助贫困人口 8名', {'type': 'TextPositionSelector', 'start': 9, 'end': 11})
    """
    return json.dumps(_Page(report).page(), ensure_ascii=False, indent=2)


class _Page:
    """A report, with what all its annotations share."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._text = clean(report.text)
        self._document = document_id(report)
        path = report.source.path if report.source else ""
        self._source = quote(path.replace(os.sep, "/")) if path else self._id("text")

    def page(self) -> dict[str, Any]:
        items = list(self._items())
        label = clean(self._report.document.title)
        collection = {"id": self._id("collection"), "type": "AnnotationCollection", "total": len(items)}
        return {
            "@context": _CONTEXT,
            "id": self._id("page"),
            "type": "AnnotationPage",
            "partOf": collection | ({"label": label} if label else {}),
            "startIndex": 0,
            "items": items,
        }

    def _id(self, *parts: object) -> str:
        """Return the IRI of a thing: the same for the same text."""
        return uuid5(NAMESPACE_URL, "/".join(["healthie", self._document, *map(str, parts)])).urn

    def _items(self) -> Iterator[dict[str, Any]]:
        for number, fact in enumerate(self._report.facts):
            yield self._fact(number, fact)
            for piece, span in enumerate(fact.indicator.spans):
                yield self._part(number, fact.indicator.id, span, "indicator", piece)
            if fact.reference:
                yield self._part(number, "", fact.reference, "reference", 0)
        for number, entity in enumerate(self._report.entities):
            yield self._entity(number, entity)

    def _fact(self, number: int, fact: Fact) -> dict[str, Any]:
        unit = fact.quantity.unit
        line = clean(f"{fact.indicator.text} {value_text(fact)}{unit}")
        row = clean(json.dumps(fact.to_dict(), ensure_ascii=False))
        body = [
            _words(line, "describing") | {"format": "text/plain", "language": "zh"},
            _words(row, "describing") | {"format": "application/json"},
        ]
        return self._annotation("describing", body, fact.quantity.start, fact.quantity.end, "fact", number)

    def _part(self, number: int, identifier: str, span: Span, kind: str, piece: int) -> dict[str, Any]:
        link = {"type": "SpecificResource", "source": self._id("fact", number), "purpose": "linking"}
        body = [link, _words(kind, "tagging"), *([_words(identifier, "identifying")] if identifier else [])]
        return self._annotation("linking", body, span.start, span.end, "fact", number, kind, piece)

    def _entity(self, number: int, entity: Entity) -> dict[str, Any]:
        name = entity.id or entity.name
        body = [_words(entity.label, "tagging"), *([_words(clean(name), "identifying")] if name else [])]
        return self._annotation("identifying", body, entity.start, entity.end, "entity", number)

    def _annotation(
        self, motivation: str, body: list[dict[str, Any]], start: int, end: int, *name: object
    ) -> dict[str, Any]:
        text = self._text
        selectors = [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(start - _AROUND, 0) : start],
                "suffix": text[end : end + _AROUND],
            },
        ]
        return {
            "id": self._id(*name),
            "type": "Annotation",
            "motivation": motivation,
            "body": body,
            "target": {"source": self._source, "selector": selectors},
        }


def _words(value: str, purpose: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}
