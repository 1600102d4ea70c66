"""Damage a text as copying, scanning and typing do, by a fixed seed, and carry gold along.

Start at `damage`; `carry` moves the offsets of compiled gold.
"""

# ruff: noqa: E501 - a table of characters, many of them as wide as two

from __future__ import annotations

import copy
import random
from typing import Any, NamedTuple

# What is read for one another, by eyes and by text recognition.
_ALIKE = (
    "〇O0", "一—", "二=", "三≡", "l1I", "5S", "8B", "2Z", "人入", "未末", "己已", "千干", "土士", "日曰", "大太", "元无", "万方", "所听",
    "个介", "比此", "力刀", "口囗", "、,", "。.", "：:", "；;",
)  # fmt: skip
_OCR = {char: [other for other in group if other != char] for group in _ALIKE for char in group}
_WIDE = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
_WIDTH = _WIDE | {wide: narrow for narrow, wide in _WIDE.items()}


class Damaged(NamedTuple):
    """A text with damage.

    `offsets` has for each offset of the text before, and for its end, where it stands now; `hurt` the characters
    before that are damaged.
    """

    text: str
    offsets: list[int]
    hurt: frozenset[int]


def damage(text: str, share: float, seed: int) -> Damaged:
    """Damage a share of the characters: each dropped, doubled, swapped with the next, of wrong width, or misread."""
    chance = random.Random(seed)  # noqa: S311 - the same damage every time
    made, offsets, hurt, length, i = [], [], set(), 0, 0
    while i < len(text):
        char, step = text[i], 1
        piece = char
        if chance.random() < share:
            kind = chance.choice(_kinds(char, i + 1 < len(text)))
            hurt.add(i)
            if kind == "drop":
                piece = ""
            elif kind == "double":
                piece = char * 2
            elif kind == "swap":
                piece, step = text[i + 1] + char, 2
                hurt.add(i + 1)
            elif kind == "width":
                piece = _WIDTH[char]
            else:
                piece = chance.choice(_OCR[char])
        offsets += [length + k for k in range(step)]
        made.append(piece)
        length += len(piece)
        i += step
    return Damaged("".join(made), [*offsets, length], frozenset(hurt))


def _kinds(char: str, before_another: bool) -> list[str]:
    kinds = ["drop", "double"]
    kinds += ["swap"] * before_another + ["width"] * (char in _WIDTH) + ["misread"] * 2 * (char in _OCR)
    return kinds


def carry(gold: dict[str, Any], offsets: list[int]) -> dict[str, Any]:
    """Return compiled gold with its offsets where they stand in the damaged text; what it says stays as it was."""
    gold = copy.deepcopy(gold)
    for fact in gold["facts"]:
        for span in (fact, *filter(None, [fact["reference"]])):
            span["start"], span["end"] = offsets[span["start"]], offsets[span["end"]]
        fact["indicator"]["spans"] = [[offsets[start], offsets[end]] for start, end in fact["indicator"]["spans"]]
    return gold
