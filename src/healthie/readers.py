"""Files into text: `read_text` for a path, `decode` for bytes.

The encodings are those in which Chinese text comes: UTF-8, UTF-16 with its mark, and GB18030 (with GBK and GB2312).
What is none of them is refused in one sentence, and so is what is no text at all.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from healthie.text import fold

__all__ = ["decode", "read_text"]

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_KINDS = ((b"%PDF", "a PDF"), (b"PK\x03\x04", "a Word, Excel or ZIP file"), (b"\xd0\xcf\x11\xe0", "an old Word file"))
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\v\f\r\x1a\x1c\x1d\x1e\x1f")
_MOST_CONTROLS = 0.01
_LEAST_COMMON = 0.5


def read_text(path: str | Path) -> str:
    """Read a text file.

    Parameters
    ----------
    path : str or pathlib.Path
        The file.

    Returns
    -------
    str
        Its text, line ends as they stand.

    Raises
    ------
    OSError
        If it cannot be opened.
    ValueError
        If it is empty, no text, or in an encoding that is not known.
    """
    return decode(Path(path).read_bytes())


def decode(data: bytes) -> str:
    """Turn the bytes of a text file into text.

    Parameters
    ----------
    data : bytes
        The whole file.

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
    >>> decode(b"%PDF-1.7")
    Traceback (most recent call last):
    ValueError: it is a PDF, not text: save it as plain text first.
    """
    for magic, kind in _KINDS:
        if data.startswith(magic):
            raise ValueError(f"it is {kind}, not text: save it as plain text first.")
    if b"\0" in data and not data.startswith(_UTF_16):
        raise ValueError("it is not text: it holds zero bytes.")
    text = _decode(data)
    if sum(char in _CONTROLS for char in text) > _MOST_CONTROLS * len(text):
        raise ValueError("it is not text: it holds control characters.")
    if not text.strip():
        raise ValueError("it is empty.")
    return text


def _decode(data: bytes) -> str:
    if data.startswith(_UTF_16):
        return _strict(data, "utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    text = _strict(data, "gb18030")
    # Other encodings often decode as GB18030, into characters that nobody uses. Traditional ones are in use.
    foreign = [char for char in fold(text) if char > "\x7f"]
    if sum(_is_common(char) for char in foreign) < _LEAST_COMMON * len(foreign):
        raise ValueError("its encoding is not known: save it as UTF-8 or GB18030.")
    return text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise ValueError("its encoding is not known: save it as UTF-8 or GB18030.") from None


def _is_common(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
