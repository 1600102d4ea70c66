#!/usr/bin/env python3
"""Set healthie's numbers beside those of Recognizers-Text and duckling: the tables of docs/peers.md.

    python -m venv peers
    peers/bin/pip install . recognizers-text-suite 'emoji<1.7' pyduckling-native-phihos
    peers/bin/python scripts/measure_peers.py [--cases ../shared/peers/number-cases.jsonl] [--misses TOOL]

The cases are those of the test suites of six projects. A tool that is not installed is left out. Start at `main`.
"""

from __future__ import annotations

import argparse
import json
import math
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
Values = list[float]
Tool = Callable[[str], Values]


def healthie_values() -> Tool:
    """Return what reads numbers with healthie."""
    import healthie  # noqa: PLC0415 - each tool only where it is installed

    return lambda text: [float(number.value) for number in healthie.find_numbers(text)]


def recognizers_values() -> Tool:
    """Return what reads numbers with all models of Recognizers-Text that give a plain value."""
    from recognizers_number import Culture, NumberRecognizer  # noqa: PLC0415
    from recognizers_number_with_unit import NumberWithUnitRecognizer  # noqa: PLC0415

    numbers, units = NumberRecognizer(Culture.Chinese), NumberWithUnitRecognizer(Culture.Chinese)
    models = [
        numbers.get_number_model(),
        numbers.get_ordinal_model(),
        numbers.get_percentage_model(),
        units.get_age_model(),
        units.get_currency_model(),
        units.get_dimension_model(),
        units.get_temperature_model(),
    ]

    def values(text: str) -> Values:
        found = [result.resolution.get("value") for model in models for result in model.parse(text)]
        return [float(value.rstrip("%")) for value in found if value]

    return values


def duckling_values() -> Tool:
    """Return what reads numbers with duckling, in all its dimensions that give a plain value."""
    import duckling  # noqa: PLC0415

    zones = duckling.load_time_zones("/usr/share/zoneinfo")
    locale = duckling.parse_locale("ZH", duckling.default_locale_lang(duckling.parse_lang("ZH")))
    context = duckling.Context(duckling.parse_ref_time(zones, "UTC", 0), locale)
    names = ["number", "ordinal", "distance", "quantity", "temperature", "amount-of-money", "volume"]
    dimensions = duckling.parse_dimensions(names)

    def values(text: str) -> Values:
        found = [result["value"].get("value") for result in duckling.parse(text, context, dimensions, False)]
        return [float(value) for value in found if isinstance(value, int | float)]

    return values


def installed() -> Iterator[tuple[str, Tool]]:
    """Return the tools of this environment by name."""
    for name, make in {
        "healthie": healthie_values,
        "Recognizers-Text": recognizers_values,
        "duckling": duckling_values,
    }.items():
        try:
            yield name, make()
        except ImportError as error:
            print(f"{name} is left out: {error}")


def is_right(tool: Tool, case: dict[str, Any], wanted: list[float]) -> bool:
    """Tell whether a tool finds all that a case wants.

    A percentage may be its number or the fraction of it: 百分之三十 is 30 to some and 0.3 to others.
    """
    found = tool(case["text"])
    scales = (1, 100, 0.01) if case["kind"] == "percent" or "百分之" in case["text"] else (1,)
    near = [[math.isclose(f * scale, w, rel_tol=1e-6, abs_tol=1e-9) for f in found for scale in scales] for w in wanted]
    return all(map(any, near))


def plain_cases(path: Path) -> Iterator[tuple[str, dict[str, Any], list[float]]]:
    """Return the cases that want plain values: where each is from, the case, the values.

    Those that want nothing are left out: what is no number to one project (万, 一年后) is one to another.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        wanted = [expected["value"] for expected in case["expected"] if isinstance(expected["value"], int | float)]
        if wanted and "note" not in case:
            yield case["src"]["repo"], case, wanted


def measure(tools: dict[str, Tool], path: Path, misses: str | None) -> None:
    """Print how many of the cases each tool reads rightly, by the project that they are from."""
    right: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(tools, 0))
    cases: dict[str, int] = defaultdict(int)
    for origin, case, wanted in plain_cases(path):
        cases[origin] += 1
        for name, tool in tools.items():
            found = is_right(tool, case, wanted)
            right[origin][name] += found
            if name == misses and not found:
                print(f"{case['id']}: {case['text']} wants {wanted}, got {tool(case['text'])}")
    print(f"| cases of | cases | {' | '.join(tools)} |\n|---|---:|{'---:|' * len(tools)}")
    cases["all"] = sum(cases.values())
    right["all"] = {name: sum(row[name] for row in right.values()) for name in tools}
    for origin, count in cases.items():
        print(f"| {origin} | {count} | {' | '.join(str(right[origin][name]) for name in tools)} |")


def measure_speed(tools: dict[str, Tool]) -> None:
    """Print how long each tool takes over the reports of corpora/."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpora").glob("*.txt"))]
    print(f"\n{len(texts)} reports, {sum(map(len, texts))} characters; seconds of CPU:")
    for name, tool in tools.items():
        tool(texts[0])  # what is only done once is not counted
        start = time.process_time()
        count = sum(len(tool(text)) for text in texts)
        print(f"{name}: {time.process_time() - start:.2f} s, {count} values")


def main() -> None:
    """Measure all tools that are there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, default=ROOT.parent / "shared" / "peers" / "number-cases.jsonl")
    parser.add_argument("--misses", metavar="TOOL", help="show what this tool gets wrong")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    tools = dict(installed())
    measure(tools, arguments.cases, arguments.misses)
    measure_speed(tools)


if __name__ == "__main__":
    main()
