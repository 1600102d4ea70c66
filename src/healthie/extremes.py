"""Values of those that come first or last by a rate told of before: 其中云县以88%领跑, 高的达三成.

Start at `leads_with` and `extreme`; `healthie.roles` tries them with the other constructions.
"""

from __future__ import annotations

from healthie.cues import Cue, Setting, is_part
from healthie.lexicon import pattern
from healthie.phrases import Phrases

__all__ = ["extreme", "leads_with"]

# the value by which a place leads (云县|以|88%|领跑全市)
_LEADS_WITH, _LEADS = r"以{hedge}*+$", r"的?(?:\p{Han}{2,6})?(?:{leading})"
# the extremes among those that a rate is of (空编率12%,|高的达|三成)
_EXTREME = r"[,;、]?(?:其中)?,?最?{extreme}的{reach+hedge}*+"


def leads_with(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 其中云县以88%领跑全市: the value of a rate told of before, not a part of what leads."""
    if not is_part(setting.quantity) or not pattern(_LEADS_WITH).search(phrases.text, *setting.left):
        return None
    leads = pattern(_LEADS).match(phrases.text, *setting.right)
    return leads and Cue(phrase=setting.left)


def extreme(phrases: Phrases, setting: Setting) -> Cue | None:
    """Read 空编率12%,高的达三成: the highest value of a rate told of before."""
    is_extreme = is_part(setting.quantity) and pattern(_EXTREME).fullmatch(phrases.text, *setting.left)
    return Cue(phrase=(setting.left[0], setting.left[0])) if is_extreme else None
