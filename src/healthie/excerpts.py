"""A sentence without an end, cut into excerpts that a row of a table can hold.

Start at `excerpts_of`. Nobody writes such a sentence, but a list, a broken file or an enemy makes one; each of its
facts repeats its sentence, so that what is written of it would grow with the square of the text.
"""

from __future__ import annotations

from bisect import bisect_left

import regex

from healthie.records import Quantity

__all__ = ["LONGEST_SENTENCE", "excerpts_of"]

# Characters of the sentence that a fact gives; the longest with a figure that was seen in real text has 357.
LONGEST_SENTENCE = 1_000
_NEAR = 120  # characters within which a mark of clause is worth cutting at
_MARK = regex.compile(r"(?r)[，,；;、\s]")  # (?r): the last one


def excerpts_of(text: str, start: int, end: int, quantities: list[Quantity]) -> list[tuple[int, int]]:
    """Cut a sentence into stretches of about one length, none of more than `LONGEST_SENTENCE` characters.

    Parameters
    ----------
    text : str
        The text as given.
    start, end : int
        The sentence.
    quantities : list of Quantity
        Those of the text, in order: none is cut.

    Returns
    -------
    list of (int, int)
        Start and end offsets, in order; together they are the sentence. Each ends behind a mark of clause if there is
        one near. Only a stretch that is all one quantity may be longer.

    Examples
    --------
    >>> text = "卫生院8所，" * 300
    >>> cuts = excerpts_of(text, 0, len(text), [])
    >>> cuts, text[cuts[1][0] : cuts[1][0] + 6]
    ([(0, 900), (900, 1800)], '卫生院8所，')
    """
    stretches = []
    while start < end:
        parts = -(-(end - start) // LONGEST_SENTENCE)
        stop = start + -(-(end - start) // parts)
        if stop < end:
            mark = _MARK.search(text, max(start, stop - _NEAR), stop)
            stop = _outside(quantities, start, mark.end() if mark else stop)
        stretches.append((start, stop))
        start = stop
    return stretches


def _outside(quantities: list[Quantity], start: int, stop: int) -> int:
    """Return the end of a stretch, moved to the edge of a quantity that it would cut."""
    i = bisect_left(quantities, stop, key=lambda quantity: quantity.start) - 1
    if i < 0 or quantities[i].end <= stop:
        return stop
    return quantities[i].start if quantities[i].start > start else quantities[i].end
