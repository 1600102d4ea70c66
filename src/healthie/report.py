"""What `healthie.extract` returns: a report read, and the forms it can be handed on in.

Start at `Report`: it holds the text and the records found in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    import pandas as pd
    import polars as pl
    import pyarrow as pa
    from spacy.tokens import DocBin

    from healthie.checks.finding import Finding
    from healthie.document_record import Document
    from healthie.export.table import Table
    from healthie.records import Entity, Fact
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

    def to_json(self) -> str:
        """Return the report in full, in the shape of `to_dict`, as indented JSON.

        Returns
        -------
        str
            A JSON object, with the key ``source`` where the report was read from a file.
        """
        from healthie.export.json_text import to_json

        return to_json(self, source=self.source.path if self.source else "")

    def to_table(self) -> Table:
        """Return the facts as a tidy table, one row a fact.

        Returns
        -------
        Table
            Its columns are told of in docs/columns.md; the methods below are the table's own.

        Examples
        --------
        >>> import healthie
        >>> healthie.extract("全县建成卫生室8个。").to_table()
        <Table facts: 1 row, 34 columns>
        """
        from healthie.export.facts import facts_table

        return facts_table(self)

    def to_csv(self, path: str | os.PathLike[str] | None = None, *, bom: bool = False) -> str:
        """Return the facts as CSV, and write them to a file if one is named; see `Table.to_csv`.

        Parameters
        ----------
        path : path, optional
            A file to write, in UTF-8.
        bom : bool
            Whether to begin with the byte order mark by which Excel knows UTF-8.

        Returns
        -------
        str
            Lines, each with its end.
        """
        return self.to_table().to_csv(path, bom=bom)

    def to_jsonl(self) -> str:
        """Return the facts as JSON, one object a line; see `Table.to_jsonl`.

        Returns
        -------
        str
            Lines, each with its end; empty without facts.

        Examples
        --------
        >>> import healthie, json
        >>> lines = healthie.extract("全县拥有卫生院8所，床位60张。").to_jsonl().splitlines()
        >>> [json.loads(line)["value"] for line in lines]
        [8, 60]
        """
        return self.to_table().to_jsonl()

    def to_pandas(self) -> pd.DataFrame:
        """Return the facts as a pandas frame; see `Table.to_pandas`.

        Returns
        -------
        pandas.DataFrame
            One row a fact, in the columns of docs/columns.md.

        Raises
        ------
        ImportError
            If pandas or pyarrow is not installed.

        Examples
        --------
        >>> import healthie
        >>> frame = healthie.extract("全县拥有卫生院8所，床位60张。").to_pandas()
        >>> frame["value"].tolist(), frame["unit"].tolist()
        ([8.0, 60.0], ['所', '张'])
        """
        return self.to_table().to_pandas()

    def to_polars(self) -> pl.DataFrame:
        """Return the facts as a polars frame; see `Table.to_polars`.

        Returns
        -------
        polars.DataFrame
            One row a fact, in the columns of docs/columns.md.

        Raises
        ------
        ImportError
            If polars or pyarrow is not installed.

        Examples
        --------
        >>> import healthie
        >>> healthie.extract("全县拥有卫生院8所，床位60张。").to_polars()["value"].to_list()
        [8.0, 60.0]
        """
        return self.to_table().to_polars()

    def to_arrow(self) -> pa.Table:
        """Return the facts as a pyarrow table; see `Table.to_arrow`.

        Returns
        -------
        pyarrow.Table
            One row a fact, in the columns of docs/columns.md.

        Raises
        ------
        ImportError
            If pyarrow is not installed.

        Examples
        --------
        >>> import healthie
        >>> healthie.extract("全县拥有卫生院8所，床位60张。").to_arrow()["unit"].to_pylist()
        ['所', '张']
        """
        return self.to_table().to_arrow()

    def to_excel(self, path: str | os.PathLike[str]) -> None:
        """Write the facts to an Excel file; see `Table.to_excel`.

        Parameters
        ----------
        path : path
            The file to write (.xlsx).

        Raises
        ------
        ImportError
            If openpyxl is not installed.
        ValueError
            If there are more facts than a sheet can hold.

        Examples
        --------
        >>> import healthie, pathlib, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "facts.xlsx")
        ...     healthie.extract("全县建成卫生室8个。").to_excel(path)
        ...     path.exists()
        True
        """
        self.to_table().to_excel(path)

    def to_parquet(self, path: str | os.PathLike[str]) -> None:
        """Write the facts to a Parquet file; see `Table.to_parquet`.

        Parameters
        ----------
        path : path
            The file to write.

        Raises
        ------
        ImportError
            If pyarrow is not installed.

        Examples
        --------
        >>> import healthie, pathlib, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "facts.parquet")
        ...     healthie.extract("全县建成卫生室8个。").to_parquet(path)
        ...     path.exists()
        True
        """
        self.to_table().to_parquet(path)

    def to_docbin(self) -> DocBin:
        """Return the report as a spaCy file of one document; see `healthie.export.docbin`.

        Returns
        -------
        spacy.tokens.DocBin
            ``to_disk`` writes it, ``merge`` adds others to it, ``get_docs`` gives the document back.

        Examples
        --------
        >>> import healthie, spacy
        >>> [doc] = healthie.extract("全县建成卫生室8个。").to_docbin().get_docs(spacy.blank("zh").vocab)
        >>> [span.text for span in doc.spans["healthie.facts"]]
        ['8个']
        """
        from healthie.export.docbin import to_docbin

        return to_docbin(self)

    def to_brat(self) -> str:
        r"""Return the facts and entities as a brat annotation file (.ann); see `healthie.export.brat`.

        Returns
        -------
        str
            Lines, each with its end. They count the characters of the report's own text (.txt).

        Examples
        --------
        >>> import healthie
        >>> healthie.extract("全县建成卫生室8个。").to_brat().splitlines()[0]
        'T1\tQuantity 7 9\t8个'
        """
        from healthie.export.brat import to_brat

        return to_brat(self)

    def to_web_annotations(self) -> str:
        """Return the facts and entities as W3C Web Annotations (JSON-LD); see `healthie.export.web_annotations`.

        Returns
        -------
        str
            An ``AnnotationPage``, as indented JSON.

        Examples
        --------
        >>> import healthie, json
        >>> page = json.loads(healthie.extract("全县建成卫生室8个。").to_web_annotations())
        >>> page["items"][0]["body"][0]["value"]
        '建成卫生室 8个'
        """
        from healthie.export.web_annotations import to_web_annotations

        return to_web_annotations(self)

    def to_html(self, *, lang: Literal["zh", "en"] = "zh", findings: Iterable[Finding] = ()) -> str:
        """Return a page that shows the report: the text with all that was found, the facts, charts and findings.

        Parameters
        ----------
        lang : {"zh", "en"}
            The language of the page's own words when it opens; a switch in the page changes it.
        findings : iterable of Finding
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
        from healthie.view import to_html

        return to_html(self, lang=lang, findings=findings)

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the first facts and the beginning of the text."""
        from healthie.view import to_notebook

        return to_notebook(self)
