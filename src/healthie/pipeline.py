"""The whole job in one call: `extract` for a text or a file, `extract_many` for a stream of them, `load` for spaCy.

Start at `extract`: the order of its lines is the way of the data. It uses no spaCy; `load` builds the same steps as
spaCy components, and both give equal reports.
"""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, Literal

from healthie.document import read_document
from healthie.entities import find_organisations, find_programmes, find_systems, in_order
from healthie.facts import link
from healthie.gazetteer import own_rows
from healthie.quantities import find_quantities
from healthie.reading import Given, periods_of, read_given, regions_of
from healthie.records import Mentions
from healthie.report import Report
from healthie.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from spacy.language import Language

    from healthie.gazetteer import Rows
    from healthie.parallel import Failure

__all__ = ["ReportError", "extract", "extract_given", "extract_many", "load"]

_TEXTS_A_TASK = 4  # enough to outweigh the cost of handing a task to another process
_TOKENIZERS = {"pkuseg": "healthie.WordTokenizer.v1", "char": "healthie.CharTokenizer.v1"}
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


def extract(
    text: str | PathLike[str] | Source, *, region: str | None = None, published: date | str | None = None
) -> Report:
    """Read a report: every quantity in it, with all that the text says of it.

    Parameters
    ----------
    text : str, os.PathLike or Source
        The report. A str is always its text; a path is read as `healthie.read` reads it. Its title, signature, dateline
        and words tell where and when it is from; the date that a file states of itself serves where they do not.
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
        If the region is unknown, `published` is no date, or a file cannot be read as a report.
    OSError
        If a file cannot be opened.
    ImportError
        If what reads its kind is not installed.

    Examples
    --------
    >>> report = extract("全县建成村卫生室86所。", region="白水县", published="2019-07")
    >>> fact = report.facts[0]
    >>> fact.indicator.text, fact.quantity.value, fact.quantity.unit, fact.region.code
    ('建成村卫生室', Decimal('86'), '所', '610527')
    """
    return extract_given(text, read_given(region, published))


def extract_given(report: str | PathLike[str] | Source, given: Given) -> Report:
    """Do what `extract` does, with the place and the date already checked: the steps, one after the other."""
    source = _source(report)
    text = source.text
    document = read_document(text, region=given.region, published=given.published, source=source)
    entities = (
        *regions_of(text, document),
        *find_programmes(text),
        *find_organisations(text),
        *find_systems(text),
    )
    mentions = Mentions(
        quantities=find_quantities(text),
        periods=periods_of(text, document),
        entities=entities,
    )
    facts = link(text, mentions, document)
    return Report(text, document, facts, in_order(entities), None if isinstance(report, str) else source)


def _source(report: object) -> Source:
    """Return a report as a file read; text without a file states nothing of itself."""
    if isinstance(report, str):
        return Source(report)
    if isinstance(report, Source):
        return report
    if isinstance(report, PathLike):
        from healthie.readers import read

        return read(report)
    raise TypeError(
        f"text is a {type(report).__name__}: give a str, a pathlib.Path or a Source (bytes are decoded first)."
    )


class ReportError(RuntimeError):
    """What `extract_many` raises, or hands on, at the turn of a report that cannot be read.

    Attributes
    ----------
    index : int
        Which of the texts it was, from 0. What went wrong is the error's cause.
    """

    def __init__(self, index: int, cause: Exception) -> None:
        super().__init__(f"Report {index} cannot be read: {cause}")
        self.index = index
        self.__cause__ = cause


def extract_many(
    texts: Iterable[str | PathLike[str] | Source],
    *,
    n_process: int = 1,
    on_error: Callable[[ReportError], object] | None = None,
) -> Iterator[Report]:
    """Read a stream of reports, lazily and in order.

    Parameters
    ----------
    texts : iterable of str, os.PathLike or Source
        The reports, each as `extract` takes it; a generator is read only a little ahead of what has been taken.
    n_process : int
        How many processes to use. Above 1 they are started afresh (spawn), so a script calls this under
        ``if __name__ == "__main__":``. When one of them dies, what it had to do is done again.
    on_error : callable, optional
        Called with a `ReportError` at the turn of each report that cannot be read, which is then left out. Without it
        the error is raised; ``next`` goes on with the report after it.

    Returns
    -------
    iterator of Report
        One for each text that can be read.

    Raises
    ------
    TypeError
        If `texts` is one report, or `n_process` no int.
    ValueError
        If `n_process` is below 1.
    ReportError
        At its turn, if one of the texts cannot be read, or the process that reads it dies twice.
    RuntimeError
        If no process can be started.

    Examples
    --------
    >>> reports = extract_many(["全县建成村卫生室86所。", "全省有医院3个。"])
    >>> [len(report.facts) for report in reports]
    [1, 1]
    >>> failed = []
    >>> reports = extract_many(["全省有医院3个。", None, "全县有卫生院8所。"], on_error=failed.append)
    >>> [report.facts[0].quantity.text for report in reports], failed[0].index
    (['3个', '8所'], 1)
    """
    if isinstance(texts, str | PathLike | Source):
        raise TypeError(f"texts is one {type(texts).__name__}: give an iterable of them, or call healthie.extract.")
    if not isinstance(n_process, int):
        raise TypeError(f"n_process is a {type(n_process).__name__}: give a whole number, 1 or more.")
    if n_process < 1:
        raise ValueError(f"n_process={n_process} starts no process: give 1 or more.")
    from healthie.parallel import ordered  # what starts processes takes longer to import than a report to read

    outcomes = ordered(extract, texts, n_process=n_process, a_task=_TEXTS_A_TASK)
    # A map goes on after what it raised; a generator would be at its end.
    return map(_report, outcomes) if on_error is None else _reports(outcomes, on_error)


def _report(outcome: Report | Failure) -> Report:
    if not isinstance(outcome, Report):
        raise ReportError(outcome.index, outcome.error)
    return outcome


def _reports(outcomes: Iterator[Report | Failure], on_error: Callable[[ReportError], object]) -> Iterator[Report]:
    for outcome in outcomes:
        if not isinstance(outcome, Report):
            on_error(ReportError(outcome.index, outcome.error))
        else:
            yield outcome


def load(  # noqa: PLR0913  one for each table
    *,
    segmenter: Literal["pkuseg", "char"] = "pkuseg",
    pkuseg_model: str | PathLike[str] = "",
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
    segmenter : {"pkuseg", "char"}
        How text becomes tokens: ``pkuseg`` is one token a word, by spacy-pkuseg; ``char``, which is faster, is one
        token a character, with Latin words and digits kept together. Whichever it is, no token runs across the edge
        of a span, and the facts are the same.
    pkuseg_model : str or path, optional
        Another model for ``pkuseg`` than the packaged one: a folder, or the name of one of pkuseg's own (``"mixed"``)
        in ``~/.pkuseg``. Nothing is downloaded.
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
        If `segmenter` or the region is unknown, `published` is no date, a row is not of that form, or `pkuseg_model` is
        given to another segmenter.
    FileNotFoundError
        If there is no file of that path, or no such model.

    Examples
    --------
    >>> nlp = load(region="白水县")
    >>> doc = nlp("全县建成村卫生室86所。")
    >>> [token.text for token in doc]
    ['全县', '建成', '村', '卫生室', '86', '所', '。']
    >>> [span.text for span in doc.spans["healthie.quantities"]]
    ['86所']
    >>> doc = load(programmes=[("清泉计划", "清泉行动")])("清泉行动惠及居民86人。")
    >>> doc.spans["healthie.facts"][0]._.healthie.programme.id
    '清泉计划'
    """
    # spaCy takes longer to import than a report takes to read, and extract does without it.
    import spacy

    # These register themselves, where the package runs without being installed.
    import healthie.components
    import healthie.tokenizer  # noqa: F401

    if segmenter not in _TOKENIZERS:
        raise ValueError(f"segmenter={segmenter!r} is unknown: use one of {', '.join(map(repr, _TOKENIZERS))}.")
    tokenizer = {"@tokenizers": _TOKENIZERS[segmenter]}
    if pkuseg_model:
        if segmenter != "pkuseg":
            raise ValueError(f"segmenter={segmenter!r} uses no model: leave pkuseg_model out.")
        tokenizer["pkuseg_model"] = fspath(pkuseg_model)
    given = read_given(region, published)
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": tokenizer}})
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
