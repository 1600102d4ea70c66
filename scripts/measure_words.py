"""Search for words whose repetition takes more time, or makes more output, than its length.

``python scripts/measure_words.py --seconds 600 --seed 8`` draws sequences of two to six words that constructions are
made of, after those of `KNOWN`, which once did, and repeats each. A sequence is read at 1,500 and 6,000 characters.
Where four times the text takes more than `SUSPECT` times as long, or gives as many more facts, pieces of indicators or
characters of JSON, it is read at 10,000, 20,000 and 40,000, in time of the processor, as far as `LONGEST` seconds and
`PIECES` pieces reach. It prints those where twice the text costs more than `MOST` times as much, and ends with 1 if
there is one.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

import healthie

if TYPE_CHECKING:
    from collections.abc import Iterator

SCREEN, SIZES = (1_500, 6_000), (10_000, 20_000, 40_000)
SUSPECT, MOST = 6.0, 3.0
# Under so many seconds a ratio of times says nothing; above the others a larger text is not tried.
SHORTEST, LONGEST, PIECES = 0.1, 20.0, 300_000
KNOWN = ("合计翻一番8.5%",)
WORDS = """
    甲 乙县 全县 全国 卫生院 签约率 每千人口 “十四五” 2019年 上年 该 目前
    合计 累计 共 总 平均 翻一番 翻两番 增长 增加 提高 下降 减少 提高到 同比 环比 比上年 较上年 比 高于 低于
    从 由 自 到 至 为 达 达到 占 其中 其中， 分别 分别为 依次 各 以上 以下 左右 近 约 超过
    的 和 及 与 、 ， ； ： （ ） 。
    8 8.5 8.5% 8% 8所 8人 8亿元 亿元 万元 万人 个百分点 8个百分点 一倍 三成 第8位 从8到9 和8所 8人、 占8%
    计划 力争 完成 实现 新建 居 排名 目标 “ ” 《 》
""".split()  # noqa: SIM905


class Cost(NamedTuple):
    """What a text costs: seconds of the processor, facts, pieces of their indicators, and characters of JSON or 0."""

    seconds: float
    facts: int
    pieces: int
    json: int


def cost(text: str, *, with_json: bool) -> Cost:
    """Read a text."""
    start = time.process_time()
    report = healthie.extract(text, region="攸县", published="2023-07-05")
    seconds = time.process_time() - start
    pieces = sum(len(fact.indicator.spans) for fact in report.facts)
    return Cost(seconds, len(report.facts), pieces, len(report.to_json()) if with_json else 0)


def repeated(piece: str, size: int) -> str:
    """Return a piece repeated to so many characters, or a few more."""
    return piece * -(-size // len(piece))


def grown(small: Cost, large: Cost, most: float) -> str:
    """Return what of a larger text costs more than so many times as much; empty if nothing does."""
    for name, before, after in zip(Cost._fields, small, large, strict=True):
        # A few facts more than none are no growth.
        if after > most * max(before, SHORTEST / most if name == "seconds" else 20):
            return name
    return ""


def is_suspect(piece: str) -> bool:
    """Tell whether four times the text costs too much; time is taken again, as anything may have come between."""
    few, many = (repeated(piece, size) for size in SCREEN)
    small, large = (cost(text, with_json=True) for text in (few, many))
    what = grown(small, large, SUSPECT)
    if what == "seconds":
        small, large = (cost(text, with_json=True) for text in (few, many))
        what = grown(small, large, SUSPECT)
    return bool(what)


def measured(piece: str) -> tuple[str, list[Cost]]:
    """Return what grows faster than the text, if anything does, and the costs for `SIZES`, as far as tried."""
    costs: list[Cost] = []
    for size in SIZES:
        costs.append(cost(repeated(piece, size), with_json=False))
        what = grown(costs[-2], costs[-1], MOST) if len(costs) > 1 else ""
        if what or costs[-1].seconds > LONGEST or costs[-1].pieces > PIECES:
            break
    return what or ("pieces" if costs[-1].pieces > PIECES else ""), costs


def sequences(seed: int) -> Iterator[str]:
    """Yield what is repeated, without end."""
    yield from KNOWN
    chance = random.Random(seed)  # noqa: S311 - the same search every time
    while True:
        yield "".join(chance.choices(WORDS, k=chance.randint(2, 6)))


def main() -> int:
    """Try sequences until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--seed", type=int, default=8)
    options = parser.parse_args()
    healthie.extract("全县8人。")
    gc.disable()  # where its passes fall is chance
    tried, suspect, found, until = 0, 0, 0, time.monotonic() + options.seconds
    for piece in sequences(options.seed):
        if time.monotonic() > until:
            break
        if tried % 20 == 0:
            gc.collect()
        tried += 1
        if not is_suspect(piece):
            continue
        suspect += 1
        what, costs = measured(piece)
        if what:
            found += 1
            figures = "; ".join(f"{one.seconds:.2f} s, {one.facts:,} facts, {one.pieces:,} pieces" for one in costs)
            print(f"{piece!r}, {what}: {figures}", flush=True)
    print(f"{tried} sequences tried, {suspect} measured, {found} grow faster than the text")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
