"""Packages that only some formats need: imported when asked for, and named in one sentence where missing.

Start at `need`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["need"]


def need(module: str, doing: str, *, extra: str, package: str = "") -> Any:  # noqa: ANN401  a module has no type
    """Import a package that an extra brings.

    Parameters
    ----------
    module : str
        The module to import.
    doing : str
        What needs it, to begin the sentence with.
    extra : str
        The extra of healthie that brings it.
    package : str
        The name to install it by, where that is not the module's.

    Returns
    -------
    module
        Imported.

    Raises
    ------
    ImportError
        If it is not installed. What else an import may raise is let through: it is no package to install.

    Examples
    --------
    >>> need("no_such_package", "Writing Excel files", extra="tables")
    Traceback (most recent call last):
    ImportError: Writing Excel files needs no_such_package: pip install 'healthie[tables]'.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module.partition(".")[0]:
            raise
        raise ImportError(f"{doing} needs {package or error.name}: pip install 'healthie[{extra}]'.") from None
