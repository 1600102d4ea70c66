"""The words by which a report shows what it is, from ``data/document.tsv``, as patterns."""

from __future__ import annotations

from functools import lru_cache

import regex

from healthie.gazetteer import read_rows

__all__ = ["any_word", "template"]


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(sorted(cell.split(), key=lambda word: (-len(word), word))) for name, cell in read_rows("document")
    }


def _words(name: str) -> str:
    return "|".join(regex.escape(word) for word in _table()[name])


@lru_cache(maxsize=64)
def any_word(name: str) -> regex.Pattern[str]:
    """Return a pattern that finds any word of a class.

    Examples
    --------
    >>> any_word("organ").search("甲县卫健局召开会议")[0]
    '卫健局'
    """
    return regex.compile(_words(name))


@lru_cache(maxsize=64)
def template(text: str) -> regex.Pattern[str]:
    """Compile a pattern in which ``{class}`` stands for any word of a class.

    Examples
    --------
    >>> bool(template("甲县{organ}$").search("甲县卫健局"))
    True
    """
    return regex.compile(regex.sub(r"\{([a-z]+)\}", lambda match: f"(?>{_words(match[1])})", text))
