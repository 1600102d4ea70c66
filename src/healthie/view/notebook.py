"""What a notebook shows of a report: its first facts and the beginning of its text.

Start at `to_notebook`. Jupyter, VS Code and the sites that show notebooks differ in what they let through, so this is
plain HTML: no script, no style sheet, no frame, and colours that do on a light ground as on a dark one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from healthie.view.figures import days_text, value_text
from healthie.view.marks import cut
from healthie.view.templates import render

if TYPE_CHECKING:
    from healthie.report import Report

__all__ = ["to_notebook"]

MOST_FACTS = 20
MOST_CHARACTERS = 600


def to_notebook(report: Report) -> str:
    """Return the short form of a report that `Report._repr_html_` shows in a notebook.

    Parameters
    ----------
    report : Report
        A report read.

    Returns
    -------
    str
        A piece of HTML, of the same size however long the report is; it says what it leaves out.

    Examples
    --------
    >>> import healthie
    >>> "1 fact" in to_notebook(healthie.extract("白水县建成卫生室86所。"))
    True
    """
    document = report.document
    beginning = tuple(fact for fact in report.facts if fact.quantity.start < MOST_CHARACTERS)
    excerpt = replace(report, text=report.text[:MOST_CHARACTERS], facts=beginning, entities=())
    return render(
        "notebook.html",
        title=document.title,
        place=f"{document.region.name} {document.region.code}".strip() if document.region else "",
        days=days_text(document.period) if document.period else "",
        facts=report.facts[:MOST_FACTS],
        count=len(report.facts),
        beginning=beginning,
        lines=cut(excerpt),
        shown=len(excerpt.text),
        length=len(report.text),
        value_text=value_text,
        days_text=days_text,
    )
