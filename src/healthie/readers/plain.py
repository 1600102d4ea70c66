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

_Reading = tuple[str, str]  # a text, and the encoding in which the bytes are it
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
# Python's own, in which no page is written: of names of the web, of source code, and one that always fails.
_NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
_EMPTY = "it is empty: get or save a new copy, or leave it out."
_ZEROS = "it is not text, it holds zero bytes: save it as UTF-8 text."
_UNKNOWN = "its encoding is not known: save it as UTF-8 or GB18030."


def read_plain(data: bytes) -> Source:
    """Read plain text or Markdown: all of it is text, line ends as they stand."""
    text, encoding = _decoded(data, "")
    return Source(text, encoding=encoding.removesuffix("-sig"))


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
    return _decoded(data, declared)[0]


def _decoded(data: bytes, declared: str) -> _Reading:
    """Return the text, and the encoding in which it was read."""
    if not data.strip() or data in _UTF_16:
        raise ValueError(_EMPTY)
    reading = _reading(data, declared)
    if reading is None:
        raise ValueError(_ZEROS if _has_zeros(data) else _UNKNOWN)
    text, _ = reading
    if sum(text.count(char) for char in _CONTROLS) > _MOST_CONTROLS * len(text):
        raise ValueError("it is not text, it holds control characters: save it as UTF-8 text.")
    if not text.strip():
        raise ValueError(_EMPTY)
    return reading


def _has_zeros(data: bytes) -> bool:
    return b"\0" in data and not data.startswith(_UTF_16)


def _reading(data: bytes, declared: str) -> _Reading | None:
    """Return the text and its encoding, or None if there is no likely one."""
    if data.startswith(_UTF_16):
        return _strict(data, "utf-16")
    if _has_zeros(data):
        return _likeliest(data, _UNMARKED)
    return (
        _strict(data, "utf-8-sig")
        or _as_declared(data, declared)
        or _likeliest(data, ("gb18030", "big5hkscs", *_UNMARKED))
    )


def _strict(data: bytes, encoding: str) -> _Reading | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return (text, encoding) if text else None


def _as_declared(data: bytes, declared: str) -> _Reading | None:
    """Return the text as a page says it is to be read, with a few bad bytes passed over."""
    name = declared.strip().lower()
    encoding = _NAMES.get(name, name or "ascii")
    try:
        if codecs.lookup(encoding).name in _NO_CHARSETS:
            return None
        text = data.decode(encoding, errors="replace")
    except (LookupError, UnicodeError):
        return None
    return (text, encoding) if text and text.count("\ufffd") <= _MOST_BAD * len(text) else None


def _likeliest(data: bytes, encodings: tuple[str, ...]) -> _Reading | None:
    """Return the reading with the most characters in everyday use, or None if there is no likely one."""
    readings = [reading for encoding in encodings if (reading := _strict(data, encoding))]
    best = max(readings, key=lambda reading: _commonness(reading[0]), default=None)
    return best if best is not None and _commonness(best[0]) >= _LEAST_COMMON else None


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
