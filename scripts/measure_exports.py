"""Time the outputs of texts without an end of a sentence: ``python scripts/measure_exports.py``.

Each piece is repeated to the two `SIZES`; it prints, as a table of Markdown, the seconds of the processor (one run) and
the megabytes that each output takes, and ends with 1 if one is more than `MOST` times as large for 8 times the text.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import process_time

import healthie

PIECES = ("2倍", "8所、", "全县有卫生院8所，")
SIZES = (10_000, 80_000)
MOST = 1.3 * 8
MEGABYTE = 1_000_000
NLP = healthie.load()

# What takes a report and gives what is written, or how many bytes that are.
OUTPUTS: dict[str, Callable[[healthie.Report], bytes | str | int]] = {
    "`extract`": lambda report: _nothing(healthie.extract(report.text)),
    "`to_csv`": lambda report: report.to_csv(),
    "`to_jsonl`": lambda report: report.to_jsonl(),
    "`to_json`": lambda report: report.to_json(),
    "`to_arrow`": lambda report: report.to_arrow().nbytes,
    "`to_docbin`": lambda report: report.to_docbin().to_bytes(),
    "`load()`, to bytes": lambda report: NLP(report.text).to_bytes(),
    "`to_html`": lambda report: report.to_html(),
    "`to_brat`": lambda report: report.to_brat(),
    "`to_web_annotations`": lambda report: report.to_web_annotations(),
    "`check`": lambda report: _nothing(healthie.check(report)),
    "`panel`": lambda report: healthie.panel([report]).to_csv(),
}


def _nothing(_: object) -> int:
    return 0


def measured(make: Callable[[healthie.Report], bytes | str | int], report: healthie.Report) -> tuple[float, float]:
    """Return the seconds that an output takes, and its megabytes."""
    start = process_time()
    made = make(report)
    seconds = process_time() - start
    size = made if isinstance(made, int) else len(made.encode("utf-8", "replace") if isinstance(made, str) else made)
    return seconds, size / MEGABYTE


def main() -> None:
    """Print the table."""
    reports = [[healthie.extract((piece * size)[:size]) for size in SIZES] for piece in PIECES]
    print("| |", " | ".join(f"`{piece}` (s) | (MB)" for piece in PIECES), "|")
    print("|---|" + "---:|" * 2 * len(PIECES))
    is_linear = True
    for name, make in OUTPUTS.items():
        cells = []
        for sizes in reports:
            few, many = (measured(make, report) for report in sizes)
            is_linear = is_linear and many[1] <= MOST * few[1]
            written = f"{few[1]:.1f}, {many[1]:.1f}" if many[1] else ""
            cells.append(f"{few[0]:.2f}, {many[0]:.2f} | {written}")
        print(f"| {name} |", " | ".join(cells), "|", flush=True)
    sys.exit(not is_linear)


if __name__ == "__main__":
    main()
