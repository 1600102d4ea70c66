"""The words that checks ask for, from ``data/check_words.tsv`` and ``data/partitions.tsv``.

Start at `find`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from healthie.gazetteer import read_rows

__all__ = ["Partition", "find", "partitions"]


@lru_cache(maxsize=1)
def _classes() -> dict[str, tuple[str, ...]]:
    table: dict[str, set[str]] = {}
    for name, cell in read_rows("check_words"):
        table.setdefault(name, set()).update(cell.split())
    return {name: tuple(sorted(words, key=lambda word: (-len(word), word))) for name, words in table.items()}


@lru_cache(maxsize=64)
def _compiled(template: str) -> regex.Pattern[str]:
    def alternatives(match: regex.Match[str]) -> str:
        return f"(?:{'|'.join(map(regex.escape, _classes()[match[1]]))})"

    return regex.compile(regex.sub(r"\{([a-z_]+)\}", alternatives, template))


def find(template: str, text: str) -> regex.Match[str] | None:
    """Search a text for a construction in which ``{class}`` stands for any word of a class of the table.

    Parameters
    ----------
    template : str
        A regular expression; names of classes in braces.
    text : str
        Folded text.

    Returns
    -------
    regex.Match or None
        The first match.

    Examples
    --------
    >>> find("{upward}[到至]", "由12张增加到15张").group()
    '增加到'
    """
    return _compiled(template).search(text)


@dataclass(frozen=True, slots=True)
class Partition:
    """Sorts of which a thing has one.

    Attributes
    ----------
    is_whole : bool
        Whether there is no other sort.
    sorts : tuple of tuple of str
        The names of each.
    """

    is_whole: bool
    sorts: tuple[tuple[str, ...], ...]

    def sort_of(self, words: str) -> int | None:
        """Return the number of the one sort that some words name; None where they name none, or several."""
        homes = {name: i for i, names in enumerate(self.sorts) for name in names}
        longest_first = sorted(homes, key=len, reverse=True)  # 非公立 is not 公立
        named = {homes[name] for name in regex.findall("|".join(map(regex.escape, longest_first)), words)}
        return named.pop() if len(named) == 1 else None


@lru_cache(maxsize=1)
def partitions() -> tuple[Partition, ...]:
    """Return the rows of ``data/partitions.tsv``."""
    return tuple(
        Partition(whole == "yes", tuple(tuple(names.split("|")) for names in sorts.split()))
        for whole, sorts in read_rows("partitions")
    )
