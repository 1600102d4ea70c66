"""Search for text whose halves take more time than their length: ``python scripts/measure_halves.py --seconds 600``.

The first half repeats one piece and the second another, for pairs of pieces in an order by a seed, so that each
quantity of the second half may look back over all of the first. A pair is read at 3,000 and 12,000 characters, twice
where it looks bad, in time of the processor. It prints the pairs that take more than `MOST` times as long for four
times the text, and ends with 1 if there is one.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from itertools import product

import healthie

SMALL, LARGE, MOST = 3_000, 12_000, 6.0
# Under this many seconds a ratio says nothing.
SHORTEST = 0.25
FIRST = """
    我国 云县 云县、 全县 全县有 其中 其中， 甲中 甲： 2019年 截至3月底， 今年， 同比增长 较上年
    新建 分别 居全国 占全省的 由甲 从甲到乙 “甲 《甲 （甲 （其中 甲的 人数 每千人口 医院 县医院
    家庭医生签约服务 健康平台 甲等 甲、 甲，乙 预计 将 计划 力争 要 到2025年 十年来 “十四五”
    五年来 一、 1. 第8 贡献了 高于全国 比甲 连接甲与 位于 全长 进行 来自甲的 包括甲 对甲 为甲
    在甲 当地 该县 目前 本周 9日到 自7日 我县 X 8时 http:// 0 ．
    甲 合计 累计 翻一番 同比 从 从8到 亿元 8.5% 8亿元 以上 占 其中甲 和8所 增长到 8人，
""".split()  # noqa: SIM905
SECOND = """
    8人 8人、 8人， 8人； 8人。 8% 8%、 8%， 8个百分点、 第8位、 8倍、 8万元， 三成、
    8所 8 8、 （8人） 8人） 8年 8岁、 新建8所、 其中8人、 占8%、 增长8%、 到8所、
    8所的、 8所和
    甲 甲、 甲， 合计 合计8人 累计8人、 翻一番 翻一番、 同比 从8到9 到8、 亿元 8亿元、
    8.5% 8%以上、 占 其中 分别 分别8%、 和8所
""".split()  # noqa: SIM905


def cost(text: str) -> float:
    """Return the seconds of the processor that a text takes to read."""
    start = time.process_time()
    healthie.extract(text, region="攸县", published="2023-07-05")
    return time.process_time() - start


def halves(first: str, second: str, size: int) -> str:
    """Return a text of about so many characters, half of it one piece, half the other."""
    return first * (size // 2 // len(first)) + second * (size // 2 // len(second))


def growth(first: str, second: str) -> float:
    """Return how many times as long four times the text takes; 0 where it takes too little to tell."""
    small, large = (cost(halves(first, second, size)) for size in (SMALL, LARGE))
    if large < SHORTEST or large < MOST * small:
        return 0.0
    small, large = (min(was, cost(halves(first, second, size))) for was, size in ((small, SMALL), (large, LARGE)))
    return large / small if large > MOST * small else 0.0


def main() -> int:
    """Try pairs until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--seed", type=int, default=8)
    options = parser.parse_args()
    pairs = list(product(FIRST, SECOND))
    random.Random(options.seed).shuffle(pairs)  # noqa: S311
    healthie.extract("全县8人。")
    tried, found, until = 0, 0, time.monotonic() + options.seconds
    for first, second in pairs:
        if time.monotonic() > until:
            break
        tried += 1
        if times := growth(first, second):
            found += 1
            print(f"{first!r} then {second!r}: {times:.1f} times as long", flush=True)
    print(f"{tried} of {len(pairs)} pairs tried, {found} grow faster than the text")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
