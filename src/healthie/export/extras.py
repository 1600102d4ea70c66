"""Packages that only some formats need: imported when asked for, and named in one sentence where missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["need"]


def need(module: str, doing: str) -> Any:  # noqa: ANN401  a module has no type of its own
    """Import a package of the extra ``tables``.

    Parameters
    ----------
    module : str
        The module to import.
    doing : str
        What needs it, to begin the sentence with.

    Returns
    -------
    module
        Imported.

    Raises
    ------
    ImportError
        If it is not installed.

    Examples
    --------
    >>> need("no_such_package", "Writing Excel files")
    Traceback (most recent call last):
    ImportError: Writing Excel files needs no_such_package: pip install 'healthie[tables]'.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module.partition(".")[0]:
            raise
        raise ImportError(f"{doing} needs {error.name}: pip install 'healthie[tables]'.") from None
