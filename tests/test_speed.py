"""How fast healthie is, how soon it starts and what memory it takes; how to read it: docs/performance.md.

Times are of the processor, not of the clock, and what is compared is run in turns, so that other work on the machine
counts little. Run with ``pytest -m speed -s``; every other run leaves these tests out.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter, process_time

import pytest
import spacy

import healthie
from healthie.arrow import extract_batches
from healthie.entities import in_order

pytestmark = [pytest.mark.speed, pytest.mark.filterwarnings("ignore")]  # the others' libraries warn

ROOT = Path(__file__).parents[1]
ROUNDS = 5
Row = tuple[str, str]
_FIVE = "recognizers-text, five models"


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Return our own reports."""
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpora").glob("*.txt"))]


@pytest.fixture(scope="module")
def say(pytestconfig: pytest.Config) -> Iterator[Callable[[str, str], None]]:
    """Collect the rows of the table, and print it at the end."""
    rows: list[Row] = []
    yield lambda name, value: rows.append((name, value))
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        print("\n" + "\n".join(f"{name:<48}{value:>16}" for name, value in rows))


def _stages(text: str) -> dict[str, Callable[[], object]]:
    """Return the steps of `healthie.extract` on one text, in its order; each takes what those before it found."""
    found: dict[str, object] = {}

    def keep(name: str, value: object) -> None:
        found[name] = value

    def names() -> tuple[healthie.Entity, ...]:
        return (*healthie.find_programmes(text), *healthie.find_organisations(text), *healthie.find_systems(text))

    def regions() -> tuple[healthie.Entity, ...]:
        document = found["document"]
        return healthie.find_regions(text, home=document.region, published=document.published)

    def periods() -> tuple[healthie.Period, ...]:
        document = found["document"]
        return healthie.find_periods(text, published=document.published, period=document.period)

    def link() -> tuple[healthie.Fact, ...]:
        entities = in_order((*found["regions"], *found["names"]))
        mentions = healthie.Mentions(found["quantities"], found["periods"], entities)
        return healthie.link(text, mentions, found["document"])

    return {
        "document": lambda: keep("document", healthie.read_document(text)),
        "regions": lambda: keep("regions", regions()),
        "names": lambda: keep("names", names()),
        "quantities": lambda: keep("quantities", healthie.find_quantities(text)),
        "periods": lambda: keep("periods", periods()),
        "facts": lambda: keep("facts", link()),
    }


def _others() -> dict[str, Callable[[str], object]]:
    """Return what healthie is measured against; recognizers-text only where it is installed and can be imported."""
    others: dict[str, Callable[[str], object]] = {"spaCy, single characters": spacy.blank("zh").tokenizer}
    try:
        number, unit, time = map(
            import_module, ("recognizers_number", "recognizers_number_with_unit", "recognizers_date_time")
        )
    except ImportError:
        return others
    chinese = number.Culture.Chinese
    numbers, units = number.NumberRecognizer(chinese), unit.NumberWithUnitRecognizer(chinese)
    models = (
        numbers.get_number_model(),
        numbers.get_percentage_model(),
        units.get_dimension_model(),
        units.get_currency_model(),
        time.DateTimeRecognizer(chinese).get_datetime_model(),
    )
    return others | {_FIVE: lambda text: [model.parse(text) for model in models]}


def _seconds(function: Callable[[], object]) -> float:
    start = process_time()
    function()
    return process_time() - start


def test_characters_per_second(texts: list[str], say: Callable[[str, str], None]) -> None:
    others, best = _others(), {}
    for _ in range(ROUNDS):
        spent: dict[str, float] = {}
        for text in texts:
            for name, step in _stages(text).items():
                spent[name] = spent.get(name, 0.0) + _seconds(step)
            for name, other in others.items():
                spent[name] = spent.get(name, 0.0) + _seconds(lambda other=other, text=text: other(text))
        # by itself, as the steps above leave what they know of a text for one another
        spent["healthie.extract"] = sum(_seconds(lambda text=text: healthie.extract(text)) for text in texts)
        best = {name: min(seconds, best.get(name, seconds)) for name, seconds in spent.items()}
    characters, tokeniser = sum(map(len, texts)), best["spaCy, single characters"]
    for name in ("healthie.extract", *others):
        say(f"{name}, characters/s", f"{characters / best[name]:,.0f}")
    say("healthie.extract : spaCy", f"{tokeniser / best['healthie.extract']:.3f}")
    if _FIVE in best:
        say(f"healthie.extract : {_FIVE}", f"{best[_FIVE] / best['healthie.extract']:.1f}")
    stages = list(_stages(""))
    for name in stages:
        share = best[name] / sum(best[stage] for stage in stages)
        say(f"  {name}: share of it; seconds for one of spaCy's", f"{share:.0%}  {best[name] / tokeniser:6.2f}")
    assert all(seconds > 0 for seconds in best.values())


@pytest.mark.skipif(find_spec("pytest_benchmark") is None, reason="needs the extra bench of healthie")
def test_extract(benchmark: Callable[..., object], texts: list[str]) -> None:
    """Keep the figure where pytest-benchmark does (--benchmark-autosave), to compare one release with another."""
    benchmark.pedantic(lambda: [healthie.extract(text) for text in texts], rounds=ROUNDS, warmup_rounds=1)


_TIMED = "import time, sys\n{code}\nprint(time.process_time())"
_COMMAND = """
from contextlib import redirect_stdout, suppress
from io import StringIO
from healthie.cli.commands import app
with redirect_stdout(StringIO()), suppress(SystemExit):
    app(["extract", sys.argv[1]])
"""
_STARTS = {
    "python": "",
    "import healthie": "import healthie",
    "import spacy": "import spacy",
    "the first extract": "import healthie\nhealthie.extract(open(sys.argv[1], encoding='utf-8').read())",
    "healthie extract FILE": _COMMAND,
}


def test_start(run_python: Callable[..., str], say: Callable[[str, str], None]) -> None:
    report = str(min((ROOT / "corpora").glob("*.txt")))
    best = dict.fromkeys(_STARTS, float("inf"))
    for _ in range(ROUNDS):
        for name, code in _STARTS.items():
            best[name] = min(best[name], float(run_python(_TIMED.format(code=code), report)))
    for name, seconds in best.items():
        say(f"{name}, ms of a new process", f"{1000 * seconds:,.0f}")
    say("the first extract : import spacy", f"{best['the first extract'] / best['import spacy']:.2f}")
    say("healthie extract FILE : import spacy", f"{best['healthie extract FILE'] / best['import spacy']:.2f}")
    assert best["import healthie"] - best["python"] <= 0.05


def _in_processes(texts: list[str], n_process: int) -> tuple[float, float, float]:
    """Return the seconds by the clock until the first report, and from it to the last, and those of this process."""
    start = perf_counter()
    stream = healthie.extract_many(texts, n_process=n_process)
    next(stream)
    begun, own = perf_counter(), process_time()
    assert sum(1 for _ in stream) == len(texts) - 1
    return begun - start, perf_counter() - begun, process_time() - own


_BUSY = 1.5  # one is the test that ran before


@pytest.mark.skipif(not hasattr(os, "getloadavg") or os.cpu_count() == 1, reason="needs two cores and their load")
def test_two_processes(texts: list[str], say: Callable[[str, str], None]) -> None:
    """Compare by the clock, as the time of other processes is not ours; other work on the machine counts."""
    many, before = texts * 10, os.getloadavg()[0]
    seconds: dict[int, list[tuple[float, float, float]]] = {1: [], 2: []}
    healthie.extract(texts[0])
    for _ in range(ROUNDS):
        for n_process, seen in seconds.items():
            seen.append(_in_processes(many, n_process))
    start, parent = (min(seen[part] for seen in seconds[2]) for part in (0, 2))
    one, two = (min(rest for _, rest, _ in seen) for seen in seconds.values())
    say("extract_many, 2 processes : 1", f"{one / two:.2f}")
    say("until the first report of 2 processes, s", f"{start:.2f}")
    say("parent of two : one process, processor", f"{parent / min(own for *_, own in seconds[1]):.0%}")
    say("load of the machine before and after", f"{before:.1f} {os.getloadavg()[0]:.1f}")
    if before > _BUSY:
        pytest.skip(f"a load of {before:.1f} leaves no second core: 2 processes : 1 was {one / two:.2f}")
    assert one / two > 1.5


def test_arrow_batches(texts: list[str], say: Callable[[str, str], None]) -> None:
    pa = pytest.importorskip("pyarrow")
    batch = pa.record_batch({"id": range(len(texts)), "text": texts})
    plain, arrow = float("inf"), float("inf")
    for _ in range(ROUNDS):
        plain = min(plain, _seconds(lambda: [healthie.extract(text) for text in texts]))
        arrow = min(arrow, _seconds(lambda: list(extract_batches([batch]))))
    say("extract_batches, characters/s", f"{sum(map(len, texts)) / arrow:,.0f}")
    say("extract_batches : healthie.extract, seconds", f"{arrow / plain:.2f}")
    assert arrow < 1.5 * plain


_MEMORY = """
import json, re, sys
from itertools import count, islice
from pathlib import Path
import healthie

def memory():  # in megabytes, now
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20

text = sys.stdin.read() if len(sys.argv) < 2 else Path(sys.argv[1]).read_text(encoding="utf-8")

def reports():  # every one with other figures, names and dates
    for n in count(1):
        yield re.sub(r"\\d", lambda digit: str((int(digit[0]) + n) % 10), text) + f"甲{n}镇乙{n}医院有床位{n}张。"

seen = []
stream = healthie.extract_many(reports())
for size in (1000, 4000, 5000):
    facts = sum(len(report.facts) for report in islice(stream, size))
    assert facts > size
    seen.append(memory())
print(json.dumps(seen))
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads the memory of a process as Linux tells it")
def test_memory_is_flat(
    run_python: Callable[..., str], say: Callable[[str, str], None], report_text: str, tmp_path: Path
) -> None:
    path = tmp_path / "report.txt"
    path.write_text(report_text, encoding="utf-8")
    early, middle, late = json.loads(run_python(_MEMORY, str(path)))
    for reports, size in ((1000, early), (5000, middle), (10000, late)):
        say(f"memory after {reports:,} reports, MB", f"{size:,.0f}")
    assert late < 1.05 * early


_LONG = """
import json, sys, time
from pathlib import Path
import resource
import healthie

text = "\\n".join(path.read_text(encoding="utf-8") for path in sorted(Path("corpora").glob("*.txt")))
seen = []
for millions in (1, 5):
    long = (text * (millions * 10**6 // len(text) + 1))[: millions * 10**6]
    start = time.process_time()
    healthie.extract(long)
    seen.append(time.process_time() - start)
print(json.dumps([*seen, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="reads the peak of memory as Unix tells it")
def test_a_long_document(run_python: Callable[..., str], say: Callable[[str, str], None]) -> None:
    one, five, peak = json.loads(run_python(_LONG))
    say("1 million characters, s", f"{one:.1f}")
    say("5 million characters, s", f"{five:.1f}")
    say("peak of memory of that, MB", f"{peak:,.0f}")
    assert five < 7 * one  # 5 times where time is linear, 25 times where it is quadratic


# What a pattern that tries again and again would stumble over.
_HARD = {
    "figures": "8",
    "figures and spaces": "8 ",
    "groups of figures": "8,",
    "decimals": "8.8",
    "numerals": "三百五十",
    "magnitudes": "万",
    "a list": "12、",
    "a list of quantities": "12家、",
    "a range without end": "8-",
    "clocks": "8:",
    "fractions": "8/",
    "units": "8人次/万元·年%",
    "shares": "甲分别为8%和9%,",
    "respectively": "分别",
    "open quotation marks": "“签约",
    "straight quotation marks": '"签约',
    "open brackets": "(甲",
    "open titles": "《甲",
    "short forms": "甲(以下简称“乙丙”)",
    "one line": "全县建成村卫生室86所,家庭医生签约率65%以上",
    "sentences": "全县建成村卫生室86所,签约率达65%。",
    "headings": "一、医改\n",
    "wrapped lines": "全县有卫生技术人员,其中执业\n",
    "white space": "\u3000",
    "empty lines": "\n",
    "columns": "甲|",
    "tags": "<b>8人</b>",
    "open tags": "<p",
    "years": "2019年",
    "years in a list": "2019、",
    "months": "1月至",
    "plans": "十四五",
    "places": "海盐、桐乡、",
    "villages": "花溪村",
    "bodies": "健康科技有限公司",
    "hospitals": "人民医院",
    "programmes": "健康行动工程",
    "unknown characters": "甲乙丙丁",
    "Latin letters": "a",
    "addresses": "a@",
    "comparisons": "比上年增长8%",
    "changes": "从8%到9%",
    "rates": "每千人口",
    "percentages": "8%、",
    "counts": "和8家",
    "nested brackets": "((8人",
    "nested quotation marks": "“甲《乙",
    "lists with 分别": "医院、卫生院分别为8家、9家,",
    "semicolons": "建成医院8家;",
    "parts": "其中比上年增加8家、",
    "pointers": "该县",
    "shares of a whole": "占全省的",
    "plans and counts": "计划要建8家,",
}


@pytest.mark.parametrize("piece", _HARD.values(), ids=_HARD)
def test_time_is_linear(check_linear: Callable[..., None], piece: str) -> None:
    """Read 10,000 characters of it, and 80,000."""
    check_linear(healthie.extract, piece, 10_000)
