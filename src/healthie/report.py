"""What `healthie.extract` returns: a report read, and the forms it can be handed on in.

Start at `Report`: it holds the text and the records found in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from healthie.records import Document, Entity, Fact
    from healthie.source import Source

__all__ = ["Report"]


@dataclass(frozen=True, slots=True)
class Report:
    """A report read.

    Attributes
    ----------
    text : str
        The text as it was given.
    document : Document
        Its own place, time, date and title.
    facts : tuple of Fact
        In the order of the text.
    entities : tuple of Entity
        In the order of the text.
    source : Source or None
        The file it was read from, where it was one.
    """

    text: str = field(repr=False)
    document: Document
    facts: tuple[Fact, ...]
    entities: tuple[Entity, ...]
    source: Source | None = field(default=None, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain JSON values, in the shape of the JSON Schema that is shipped.

        Returns
        -------
        dict
            ``{"document": {...}, "facts": [...], "entities": [...]}``.

        Examples
        --------
        >>> import healthie
        >>> healthie.extract("全县建成卫生室8个。").to_dict()["facts"][0]["value"]
        8
        """
        return {
            "document": self.document.to_dict(),
            "facts": [fact.to_dict() for fact in self.facts],
            "entities": [entity.to_dict() for entity in self.entities],
        }
