"""What a value in a table measures, and what it is of: the heads of its row and of its column.

Start at `indicate_cell`.
"""

from __future__ import annotations

from healthie.cues import Cue, compared, is_part
from healthie.drafts import Draft, Drafts
from healthie.lexicon import pattern, suffix, words
from healthie.table_cells import Cell

__all__ = ["indicate_cell"]

# the head of a row or column, without the unit in brackets behind it
_HEAD_OF_CELL = r"(?:其中:)?(?P<name>(?!\([^()]*\)$).+?|)(?:\([^()]*\))?$"
# the head of a column of changes (同比增长, 比上年增减, 增幅)
_HEAD_OF_CHANGE = r"(?:(?P<both>{up_and_down})|(?P<cue>{rise+fall+movement})(?:率|幅度?)?)$"


def indicate_cell(draft: Draft, cell: Cell, drafts: Drafts) -> None:
    """Set the role and the pieces of a value in a table: the heads of its row and of its column.

    A head that names a place, a time or a total is not measured.

    Parameters
    ----------
    draft : Draft
        The draft.
    cell : Cell
        Its cell.
    drafts : Drafts
        All drafts of the text.
    """
    text, phrases = drafts.text, drafts.phrases
    heads = [pattern(_HEAD_OF_CELL).match(text, *head).span("name") for head in (cell.row, cell.column)]
    said = (head for head in heads if head[0] < head[1])  # (%) alone says nothing
    named = [head for head in said if not phrases.is_place(head[0]) and not phrases.names_time(*head)]
    draft.pieces = [head for head in named if not pattern("{total_row}").fullmatch(text, *head)]
    draft.own = bool(draft.pieces)
    moved = pattern(_HEAD_OF_CHANGE).search(text, *heads[1])
    if moved is not None and is_part(draft.quantity):
        falls = draft.quantity.value < 0 or (not moved["both"] and moved["cue"] in words("fall"))
        _change_in_row(draft, cell, falls, drafts)
    elif suffix(text, *heads[1], "share_noun"):
        draft.cue = Cue("share")
    else:
        draft.cue = Cue("level")


def _change_in_row(draft: Draft, cell: Cell, falls: bool, drafts: Drafts) -> None:
    """Read a column of changes (同比增长): they are of the value before them in the row."""
    said = compared(drafts.text, *cell.column)
    draft.cue = Cue("change", "-" if falls else "+", reference=said and said[1])
    draft.reference = draft.cue.reference
    before = next(drafts.back_in_sentence(draft), None)
    if before is not None and before.cue.role in ("level", "share") and before.pieces:
        draft.pieces, draft.of = list(before.pieces), before.index
