"""Reads the tables in ``healthie/data``: tab-separated, headed by comment lines that name source, date and licence."""

from __future__ import annotations

from importlib.resources import files

__all__ = ["read_rows"]


def read_rows(name: str) -> list[list[str]]:
    """Return the rows of a table, comments and empty lines left out.

    Parameters
    ----------
    name : str
        The file's name in ``healthie/data``.

    Returns
    -------
    list of list of str
        The cells of each row.

    Examples
    --------
    >>> read_rows("units.tsv")[0][:2]
    ['%', 'rate']
    """
    text = files("healthie").joinpath("data", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
