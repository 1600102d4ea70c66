"""Counts of what was raised, cut or added among what was adjusted (调整价格90项,其中上调60项、下调30项).

Start at `adjusted`: verbs of change stand before such a count, which tells how many, and not how far anything moved.
"""

from __future__ import annotations

from healthie.cues import is_relative
from healthie.drafts import Draft, Drafts
from healthie.lexicon import pattern, prefix
from healthie.stretches import Stretch

__all__ = ["adjusted"]

_ONLY_MOVED = r"[,、;]?(?:其中)?{hedge}*+(?P<deed>{adjusts})了?"


def adjusted(draft: Draft, drafts: Drafts) -> list[Stretch]:
    """Return what is counted, where a draft only says how it was adjusted.

    Parameters
    ----------
    draft : Draft
        The draft, with its cue; every draft before it has its indicator.
    drafts : Drafts
        All drafts of the text.

    Returns
    -------
    list of (int, int)
        What was adjusted and the verb; empty for any other draft.
    """
    before = next(drafts.back_in_sentence(draft), None)
    if draft.cue.role != "change" or is_relative(draft.quantity) or before is None or not before.pieces:
        return []
    alike = before.cue.role == "level" and before.quantity.unit == draft.quantity.unit
    only = pattern(_ONLY_MOVED).fullmatch(drafts.text, *draft.left)
    if not alike or only is None or draft.quantity.dimension != "count":
        return []
    things = _adjusted_things(before, drafts)
    return [things, only.span("deed")] if things else []


def _adjusted_things(base: Draft, drafts: Drafts) -> Stretch | None:
    """Return what a count says was adjusted, or what one right behind it says was raised or cut of that."""
    start, end = base.pieces[0]
    deed = prefix(drafts.text, start, end, "adjusts")
    if deed and end - start - len(deed) >= 2:
        return (start + len(deed), end)
    moved = len(base.pieces) > 1 and pattern("{adjusts}").fullmatch(drafts.text, *base.pieces[-1])
    return (start, end) if moved else None
