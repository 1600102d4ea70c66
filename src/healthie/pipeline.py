"""The whole job in one call: `extract` for a text, `extract_many` for a stream of them, `load` for a spaCy pipeline.

Start at `extract`: the order of its lines is the way of the data. It uses no spaCy; `load` builds the same steps as
spaCy components, and both give equal reports.
"""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from healthie.document import read_document
from healthie.entities import find_organisations, find_programmes, find_systems
from healthie.facts import link
from healthie.gazetteer import own_rows
from healthie.periods import find_periods
from healthie.quantities import find_quantities
from healthie.reading import Given, in_order, read_given
from healthie.records import Mentions
from healthie.regions import find_regions
from healthie.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future
    from datetime import date

    from spacy.language import Language

    from healthie.gazetteer import Rows

__all__ = ["extract", "extract_many", "load"]

_TEXTS_A_TASK = 16  # enough to outweigh the cost of handing a task to another process
_TASKS_A_PROCESS = 2  # one in work and one waiting: bounds what is read ahead of the caller
_TOKENIZERS = {"char": "healthie.CharTokenizer.v1"}
_PIPES = (
    "healthie_sentences",
    "healthie_quantities",
    "healthie_periods",
    "healthie_regions",
    "healthie_programmes",
    "healthie_organisations",
    "healthie_systems",
    "healthie_facts",
)


def extract(text: str, *, region: str | None = None, published: date | str | None = None) -> Report:
    """Read a report: every quantity in it, with all that the text says of it.

    Parameters
    ----------
    text : str
        The report. Its title, signature, dateline and words tell where and when it is from.
    region : str, optional
        The report's place, by GB/T 2260 code or by name, where the text does not say it or says it wrong.
    published : datetime.date or str, optional
        The day, month or year of its publication: a date, or ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Returns
    -------
    Report
        Its facts and entities, in the order of the text.

    Raises
    ------
    TypeError
        If an argument is of another type.
    ValueError
        If the region is unknown, or `published` is no date.

    Examples
    --------
    >>> report = extract("全县建成村卫生室86所。", region="白水县", published="2019-07")
    >>> fact = report.facts[0]
    >>> fact.indicator.text, fact.quantity.value, fact.quantity.unit, fact.region.code
    ('建成村卫生室', Decimal('86'), '所', '610527')
    """
    return extract_given(text, read_given(region, published))


def extract_given(text: str, given: Given) -> Report:
    """Do what `extract` does, with the place and the date already checked: the steps, one after the other."""
    if not isinstance(text, str):
        raise TypeError(f"text is a {type(text).__name__}: give a str (bytes are decoded first).")
    document = read_document(text, region=given.region, published=given.published)
    entities = (
        *find_regions(text, home=document.region, published=document.published),
        *find_programmes(text),
        *find_organisations(text),
        *find_systems(text),
    )
    mentions = Mentions(
        quantities=find_quantities(text),
        periods=find_periods(text, published=document.published, period=document.period),
        entities=in_order(entities),
    )
    return Report(text, document, link(text, mentions, document), mentions.entities)


def extract_many(texts: Iterable[str], *, n_process: int = 1) -> Iterator[Report]:
    """Read a stream of reports, lazily and in order.

    Parameters
    ----------
    texts : iterable of str
        The reports; a generator is read only a little ahead of what has been taken.
    n_process : int
        How many processes to use. Above 1 they are started afresh (spawn), so a script calls this under
        ``if __name__ == "__main__":``.

    Returns
    -------
    iterator of Report
        One for each text.

    Raises
    ------
    TypeError
        If `texts` is one str, or one of the texts is none.
    ValueError
        If `n_process` is below 1.

    Examples
    --------
    >>> reports = extract_many(["全县建成村卫生室86所。", "全省有医院3个。"])
    >>> [len(report.facts) for report in reports]
    [1, 1]
    """
    if isinstance(texts, str):
        raise TypeError("texts is one str: give an iterable of them, or call healthie.extract.")
    if n_process < 1:
        raise ValueError(f"n_process={n_process} starts no process: give 1 or more.")
    if n_process == 1:
        return map(extract, texts)
    return _extract_parallel(iter(texts), n_process)


def _extract_task(texts: list[str]) -> list[Report]:
    return [extract(text) for text in texts]


def _extract_parallel(texts: Iterator[str], n_process: int) -> Iterator[Report]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    executor = ProcessPoolExecutor(n_process, mp_context=get_context("spawn"))
    waiting: deque[Future[list[Report]]] = deque()
    try:
        while task := list(islice(texts, _TEXTS_A_TASK)):
            waiting.append(executor.submit(_extract_task, task))
            if len(waiting) > n_process * _TASKS_A_PROCESS:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise RuntimeError(
            "A process of extract_many ended before its work: put the call under `if __name__ == '__main__':`, "
            "or use fewer processes if memory ran out."
        ) from error
    finally:
        executor.shutdown(cancel_futures=True)


def load(  # noqa: PLR0913  one for each table
    *,
    segmenter: Literal["char"] = "char",
    region: str | None = None,
    published: date | str | None = None,
    programmes: Rows = (),
    organisations: Rows = (),
    systems: Rows = (),
    regions: Rows = (),
    indicators: Rows = (),
) -> Language:
    """Build a spaCy pipeline that leaves the same records in a `Doc`.

    Parameters
    ----------
    segmenter : {"char"}
        How text becomes tokens: ``char`` is one token a character, with Latin words and digits kept together.
        Whatever it is, no token runs across the edge of a span.
    region : str, optional
        The place of every report, by GB/T 2260 code or by name; else each report says it.
    published : datetime.date or str, optional
        The date of every report; else each report says it.
    programmes, organisations, systems : path or iterable, optional
        Names of your own besides the packaged ones: the path of a table of tab-separated values in UTF-8, or rows, each
        a name, or a name and its variants parted by ``|``.
    regions : path or iterable, optional
        Places of your own: rows of a name, its code of six digits or nothing, and its variants parted by ``|``.
    indicators : path or iterable, optional
        Indicators of your own: rows of an id, a name, variants, units, and if you like dimension, definition and
        source, in the columns of ``data/indicators.tsv``.

    Returns
    -------
    spacy.language.Language
        ``doc._.healthie`` is the `Report`; ``doc.spans["healthie.quantities"]`` and so on hold spans, and
        ``span._.healthie`` is the record of each.

    Raises
    ------
    TypeError
        If an argument or a row is of another type.
    ValueError
        If `segmenter` or the region is unknown, `published` is no date, or a row is not of that form.
    FileNotFoundError
        If there is no file of that path.

    Examples
    --------
    >>> nlp = load(region="白水县")
    >>> doc = nlp("全县建成村卫生室86所。")
    >>> [span.text for span in doc.spans["healthie.quantities"]]
    ['86所']
    >>> doc = load(programmes=[("清泉计划", "清泉行动")])("清泉行动惠及居民86人。")
    >>> doc.spans["healthie.facts"][0]._.healthie.programme.id
    '清泉计划'
    """
    # spaCy takes longer to import than a report takes to read, and extract does without it.
    import spacy

    import healthie.components  # noqa: F401  registers the factories where the package runs without being installed

    if segmenter not in _TOKENIZERS:
        raise ValueError(f"segmenter={segmenter!r} is unknown: use one of {', '.join(map(repr, _TOKENIZERS))}.")
    given = read_given(region, published)
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": _TOKENIZERS[segmenter]}}})
    # The limit guards models whose memory grows with the text; there is none here.
    nlp.max_length = 1_000_000_000
    nlp.add_pipe(
        "healthie_document",
        config={"region": given.region.code or given.region.name if given.region else "", "published": given.published},
    )
    # As of names that overlap the longer counts, each of the three finders has to know all the rows.
    names = {
        kind: own_rows(rows)
        for kind, rows in (("programmes", programmes), ("organisations", organisations), ("systems", systems))
    }
    configs: dict[str, dict[str, Any]] = {
        "healthie_regions": {"regions": own_rows(regions)},
        "healthie_programmes": {"names": names},
        "healthie_organisations": {"names": names},
        "healthie_systems": {"names": names},
        "healthie_facts": {"indicators": own_rows(indicators)},
    }
    for name in _PIPES:
        nlp.add_pipe(name, config=configs.get(name, {}))
    return nlp
