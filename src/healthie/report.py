"""What `healthie.extract` returns: a report read, and the forms it can be handed on in.

Start at `Report`: it holds the text and the records found in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthie.records import Document, Entity, Fact
    from healthie.source import Source
    from healthie.view.page import Finding

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

    def to_html(self, *, lang: Literal["zh", "en"] = "zh", findings: Iterable[Finding] = ()) -> str:
        """Return a page that shows the report: the text with all that was found, the facts, charts and findings.

        Parameters
        ----------
        lang : {"zh", "en"}
            The language of the page's own words when it opens; a switch in the page changes it.
        findings : iterable of findings
            What `healthie.check` found, to be shown beside the facts.

        Returns
        -------
        str
            An HTML document that needs no other file and no network. Write it as UTF-8.

        Raises
        ------
        ValueError
            If `lang` is another language, or a finding is about a fact that the report does not have.

        Examples
        --------
        >>> import healthie
        >>> page = healthie.extract("全县建成卫生室8个。").to_html(lang="en")
        >>> page.startswith("<!DOCTYPE html>")
        True
        """
        # The page is made by modules that import the records: they are loaded when a page is asked for.
        from healthie.view import to_html  # noqa: PLC0415

        return to_html(self, lang=lang, findings=findings)

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the first facts and the beginning of the text."""
        from healthie.view import to_notebook  # noqa: PLC0415

        return to_notebook(self)
