"""Bytes into text: `decode`, for plain text and for the source of a web page.

The encodings are those in which Chinese text comes: UTF-8, UTF-16 with its mark or without, GB18030 (with GBK and
GB2312) and Big5 (with the signs of Hong Kong). Where bytes can be read in more than one, the reading with the most
characters in everyday use counts. What is none of them is refused in one sentence, and so is what is no text at all.
"""

from __future__ import annotations

import codecs
from collections import Counter

from healthie.source import Source
from healthie.text import fold

__all__ = ["decode", "read_plain"]

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UNMARKED = ("utf-16-le", "utf-16-be")
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\v\f\r\x1a\x1c\x1d\x1e\x1f")
_MOST_CONTROLS = 0.01
_LEAST_COMMON = 0.75
_SAMPLE = 20_000  # characters: enough to tell by
# The first of the two levels of Big5 are its characters in everyday use, with the punctuation before them.
_BIG5_COMMON = range(0xA1, 0xC7)
_MOST_BAD = 0.001
_NAMES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
}
_EMPTY = "it is empty: get or save a new copy, or leave it out."
_UNKNOWN = "its encoding is not known: save it as UTF-8 or GB18030."


def read_plain(data: bytes) -> Source:
    """Read plain text or Markdown: all of it is text, line ends as they stand."""
    return Source(decode(data))


def decode(data: bytes, *, declared: str = "") -> str:
    """Turn the bytes of a text file into text.

    Parameters
    ----------
    data : bytes
        The whole file.
    declared : str
        The encoding that a web page says it has: asked where the bytes do not tell it themselves.

    Returns
    -------
    str
        Its text, without a byte order mark.

    Raises
    ------
    ValueError
        If it is empty, no text, or in an encoding that is not known.

    Examples
    --------
    >>> decode("全县有卫生院8所。".encode("gb18030"))
    '全县有卫生院8所。'
    >>> decode("全縣有衛生院8所。".encode("big5"))
    '全縣有衛生院8所。'
    """
    if not data.strip():
        raise ValueError(_EMPTY)
    text = _decode(data, declared)
    if sum(text.count(char) for char in _CONTROLS) > _MOST_CONTROLS * len(text):
        raise ValueError("it is not text, it holds control characters: save it as UTF-8 text.")
    if not text.strip():
        raise ValueError(_EMPTY)
    return text


def _decode(data: bytes, declared: str) -> str:
    if data.startswith(_UTF_16):
        text = _strict(data, "utf-16")
        if text is None:
            raise ValueError(_UNKNOWN)
        return text
    if b"\0" in data:
        text = _likeliest(data, _UNMARKED)
        if text is None:
            raise ValueError("it is not text, it holds zero bytes: save it as UTF-8 text.")
        return text
    text = (
        _strict(data, "utf-8-sig")
        or _as_declared(data, declared)
        or _likeliest(data, ("gb18030", "big5hkscs", *_UNMARKED))
    )
    if text is None:
        raise ValueError(_UNKNOWN)
    return text


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _as_declared(data: bytes, declared: str) -> str | None:
    """Return the text as a page says it is to be read, with a few bad bytes passed over."""
    name = declared.strip().lower()
    try:
        text = data.decode(_NAMES.get(name, name or "ascii"), errors="replace")
    except LookupError:
        return None
    return text if text.count("\ufffd") <= _MOST_BAD * len(text) else None


def _likeliest(data: bytes, encodings: tuple[str, ...]) -> str | None:
    """Return the reading with the most characters in everyday use, or None if there is no likely one."""
    readings = [text for encoding in encodings if (text := _strict(data, encoding))]
    best = max(readings, key=_commonness, default=None)
    return best if best is not None and _commonness(best) >= _LEAST_COMMON else None


def _commonness(text: str) -> float:
    """Return the share of the characters beyond ASCII that are in everyday use; 1 if there are none."""
    chars = Counter(char for char in text[:_SAMPLE] if char > "\x7f" or char == "\0")
    total = sum(chars.values())
    return sum(count for char, count in chars.items() if _is_common(char)) / total if total else 1.0


def _is_common(char: str) -> bool:
    """Tell whether simplified or traditional Chinese uses a character every day."""
    try:
        fold(char).encode("gb2312")
    except UnicodeEncodeError:
        big5 = char.encode("big5", errors="ignore")
        return bool(big5) and big5[0] in _BIG5_COMMON
    return char != "\0"
