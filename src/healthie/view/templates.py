"""The files of this folder, and HTML made from its templates with everything from a report escaped.

Start at `render`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

__all__ = ["asset", "render"]

# HTML has no way to write some of these, and the others turn the direction of what follows, so that a reader would see
# 18 for 81; one character stands in for each, so that characters still count alike.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@lru_cache
def asset(name: str) -> str:
    """Return the text of a file of this folder."""
    return files("healthie.view").joinpath(name).read_text("utf-8")


@lru_cache
def _template(name: str) -> Template:
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    return environment.from_string(asset(name))


def render(name: str, **values: Any) -> str:  # noqa: ANN401  a template takes what it shows
    """Return a template filled in, as HTML that a browser reads back character for character.

    Parameters
    ----------
    name : str
        The file of the template.
    **values
        What it names. A str is escaped, a `markupsafe.Markup` is not.

    Returns
    -------
    str
        HTML.
    """
    html = _template(name).render(**values)
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", html).replace("\r", "&#13;")
