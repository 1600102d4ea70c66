"""A report as something to look at: one page that stands alone, and what a notebook shows.

Start at `page`: it makes the page of `Report.to_html` from `page.html`, `page.css`, `page.js` and `words.json`. `marks`
cuts the text where what was found begins and ends, `charts` measures the bars, `figures` writes values and days, and
`notebook` makes the short form of `Report._repr_html_`.
"""

from healthie.view.notebook import to_notebook
from healthie.view.page import to_html

__all__ = ["to_html", "to_notebook"]
