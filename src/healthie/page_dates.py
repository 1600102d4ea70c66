"""When a report was written or put out: signatures, bylines, datelines, stamps of the page, days of meetings.

Start at `read_dates`: it looks for each kind of date in the lines where that kind stands. Which one counts is for
`healthie.page` to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import regex

from healthie.tables import any_word
from healthie.timewords import small_number

__all__ = ["DATE", "LONGEST_LINE", "Dates", "read_dates"]
