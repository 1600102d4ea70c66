"""Stretches of a text: two offsets, and what the linking keeps of those before a quantity and of those named.

Start at `Stretch`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Named", "Phrase", "Stretch", "overlap"]

Stretch = tuple[int, int]


class Phrase(NamedTuple):
    """The words before a quantity.

    Attributes
    ----------
    start, end : int
        Where they stand; equal where nothing is left.
    hanging : bool
        Whether a preposition ties them to the quantity (与5家, 为全县930名), so that they are not what is measured.
    apposed : bool
        Whether they are examples of what the quantity counts (影像、检验等3个中心).
    opened : str
        The preposition that they began with, where no verb came after it (为辖区20户家庭…).
    """

    start: int
    end: int
    hanging: bool = False
    apposed: bool = False
    opened: str = ""

    @property
    def stretch(self) -> Stretch:
        """Start and end."""
        return (self.start, self.end)


@dataclass(frozen=True, slots=True)
class Named:
    """Where a text names something.

    Attributes
    ----------
    times, places : sequence of (int, int)
        Times and places: taken off at the edges of a phrase, and cut out of it.
    programmes : sequence of (int, int)
        Programmes: no word is looked for inside one.
    bodies, systems : sequence of (int, int)
        Organisations and information systems: the same, and a noun phrase ends where one begins.
    """

    times: list[Stretch]
    places: list[Stretch]
    programmes: list[Stretch]
    bodies: list[Stretch]
    systems: list[Stretch]


def overlap(stretch: Stretch, other: Stretch | None) -> bool:
    """Tell whether two stretches share a character; False where the second is None.

    Examples
    --------
    >>> overlap((0, 3), (2, 5)), overlap((0, 3), None)
    (True, False)
    """
    return other is not None and stretch[0] < other[1] and other[0] < stretch[1]
