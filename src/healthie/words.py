"""Chinese text into words, by spacy-pkuseg and a small model of our own.

Start at `cut`: text in, words out that join up to the text again. Marks, spaces and signs stand alone; what lies
between them is a clause, which the model cuts. A Latin word or a number is never cut. The model is trained by
``scripts/train_words.py``.
"""

from __future__ import annotations

import os
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy_pkuseg import pkuseg

__all__ = ["clauses", "cut", "find_model", "pieces"]

_OWN_MODEL = Path(__file__).parent / "data" / "words"
_FILES = ("features.msgpack", "weights.npz")
_PIECE = regex.compile(r"\p{Latin}++|\p{Nd}++(?:\.\p{Nd}++)?|.", regex.DOTALL)
_INSIDE_NUMBER = r"(?<=\p{Nd})[./](?=\p{Nd})|(?<=\p{Nd})[%％‰]"
# The bound keeps the tables that pkuseg fills for a clause small, whatever the text.
_CLAUSE = regex.compile(rf"(?:[^\p{{P}}\p{{S}}\p{{Z}}\p{{C}}]|{_INSIDE_NUMBER}){{1,400}}+")
_HAN = regex.compile(r"\p{Han}")


def pieces(text: str) -> list[str]:
    """Return the smallest parts that text is made of: characters, but Latin words and numbers whole.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of str
        They join up to the text.

    Examples
    --------
    >>> pieces("接入PACS 12.5万次")
    ['接', '入', 'PACS', ' ', '12.5', '万', '次']
    """
    found: list[str] = _PIECE.findall(text)
    return found


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the parts of a text stand that hold words: what lies between marks, spaces and signs.

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    tuple of int
        Start and end, in characters; at most 400 of them.

    Examples
    --------
    >>> text = "建成卫生室86所，完成率98.5%。"
    >>> [text[start:end] for start, end in clauses(text)]
    ['建成卫生室86所', '完成率98.5%']
    """
    return (match.span() for match in _CLAUSE.finditer(text) if _HAN.search(match[0]))


def cut(text: str, model: str = "") -> list[str]:
    """Cut a text into words.

    Parameters
    ----------
    text : str
        Any text.
    model : str
        As `find_model` takes it.

    Returns
    -------
    list of str
        They join up to the text.

    Raises
    ------
    FileNotFoundError
        If there is no such model.
    ValueError
        If it cannot be read.

    Examples
    --------
    >>> cut("全县建成村卫生室86所。")
    ['全县', '建成', '村', '卫生室', '86', '所', '。']
    """
    segmenter = _read(find_model(model))
    words: list[str] = []
    done = 0
    for start, end in clauses(text):
        words += pieces(text[done:start])
        words += _cut_clause(text[start:end], segmenter)
        done = end
    return words + pieces(text[done:])


def _cut_clause(clause: str, segmenter: pkuseg) -> list[str]:
    whole = {match.start() for match in _PIECE.finditer(clause)}
    starts, at = [], 0
    for word in segmenter.cut(clause):
        if at in whole:
            starts.append(at)
        at += len(word)
    return [clause[start:end] for start, end in pairwise([*starts, len(clause)])]


def find_model(name: str = "") -> Path:
    """Return the folder of a model for spacy-pkuseg, which is never downloaded.

    Parameters
    ----------
    name : str
        The path of a folder, or the name of one of pkuseg's own models (``mixed``), which is looked for where pkuseg
        keeps them: in ``~/.pkuseg``, or what the environment variable ``PKUSEG_HOME`` says. Empty for the packaged one.

    Returns
    -------
    pathlib.Path
        It holds ``features.msgpack`` and ``weights.npz``.

    Raises
    ------
    FileNotFoundError
        If there is no such folder, or these files are not in it. Older models are pickles, which can run any code when
        they are read and are therefore refused.

    Examples
    --------
    >>> find_model().name
    'words'
    """
    if not name:
        return _OWN_MODEL
    home = Path(os.environ.get("PKUSEG_HOME") or "~/.pkuseg").expanduser()
    places = [Path(name).expanduser(), home / name]
    for place in places:
        if all((place / file).is_file() for file in _FILES):
            return place.resolve()
    if any((place / "features.pkl").is_file() for place in places):
        raise FileNotFoundError(
            f"pkuseg_model={name!r} is kept as a pickle, which can run any code when it is read: convert it first, as "
            "docs/spacy.md says."
        )
    raise FileNotFoundError(
        f"pkuseg_model={name!r} is not on this machine, and nothing is downloaded: a folder with "
        f"{' and '.join(_FILES)} is needed at one of {', '.join(map(str, places))}."
    )


@lru_cache(maxsize=2)
def _read(folder: Path) -> pkuseg:
    """Read a model once in a process; its words come from the two files alone."""
    import zipfile

    from spacy_pkuseg import pkuseg

    try:
        # Without a user_dict no pickle is read, nor is one where both files are there: see find_model.
        return pkuseg(str(folder), user_dict=None)
    except (AssertionError, EOFError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError(f"{folder} cannot be read as a model of pkuseg ({type(error).__name__}).") from error
