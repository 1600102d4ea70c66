"""The finders as spaCy components: thin factories that put the records into a `Doc`.

Start at `Finder`: `match` finds and changes nothing; `write` is the one writer. Spans stand in
``doc.spans["healthie.quantities"]`` and so on, the records in ``doc.user_data["healthie"]`` as rows that spaCy can
serialise, and the id of a span says which row is its own. ``Doc._.healthie`` and ``Span._.healthie`` build the frozen
records from the rows. Every `spacy.blank` imports this module, so it imports no finder before one is used.
"""

# No `from __future__ import annotations` here: spaCy before 3.8.7 reads the annotations of factories as they stand.
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from healthie.document_record import Document
from healthie.records import Entity, Fact, Label, Mentions, Period, Quantity
from healthie.report import Report

if TYPE_CHECKING:
    from healthie.reading import Given

__all__ = [
    "DocumentReader",
    "FactLinker",
    "Finder",
    "SentenceMarker",
    "get_record",
    "get_report",
    "write",
    "write_report",
]

Record = Quantity | Period | Entity | Fact
Find = Callable[[str, Document], Sequence[Record]]

_KEY = "healthie"
_LABELS: dict[str, Label] = {
    "regions": "REGION",
    "programmes": "PROGRAMME",
    "organisations": "ORG",
    "systems": "SYSTEM",
}
_ENTITIES = tuple(_LABELS)
_WRITES = ["doc.spans", "doc.user_data", "doc._.healthie", "span._.healthie"]


def _stored(doc: Doc) -> dict[str, Any]:
    """Return the rows of a document by kind, to read."""
    stored: dict[str, Any] = doc.user_data.get(_KEY, {})
    return stored


def _store(doc: Doc, kind: str, records: tuple[Any, ...]) -> None:
    from healthie.rows import dump

    doc.user_data.setdefault(_KEY, {})[kind] = dump(kind, records)


def _read(doc: Doc, *kinds: str) -> tuple[Any, ...]:
    from healthie.rows import load

    stored = _stored(doc)
    return tuple(record for kind in kinds for record in load(kind, stored.get(kind, ())))


def _document(doc: Doc) -> Document:
    """Return what the document component has read, else what the caller gave."""
    documents = _read(doc, "document")
    if not documents:
        given = _given(doc)
        return Document(region=given.region, published=given.published)
    document: Document = documents[0]
    return document


def _given(doc: Doc, *, region: str = "", published: str = "") -> "Given":
    """Return what the caller says of this document, over what the pipeline says of every one."""
    from healthie.reading import read_given

    own = _stored(doc).get("given", {})
    return read_given(own.get("region") or region, own.get("published") or published)


def _outline(record: Record) -> tuple[int, int, str]:
    """Return where the span of a record stands, and its label."""
    if isinstance(record, Period):
        return record.char_start, record.char_end, "PERIOD"
    if isinstance(record, Fact):
        return record.quantity.start, record.quantity.end, record.role.upper()
    return record.start, record.end, record.label if isinstance(record, Entity) else "QUANTITY"


def write(doc: Doc, kind: str, records: Sequence[Record]) -> None:
    """Put records of one kind into a document: rows, and a group of spans that whole tokens make up.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        The document; a token that runs across the edge of a record is split.
    kind : str
        ``quantities``, ``periods``, ``regions``, ``programmes``, ``organisations``, ``systems`` or ``facts``.
    records : sequence of records
        What stands in the document. It replaces what was there of this kind.
    """
    from healthie.tokenizer import split_tokens

    _store(doc, kind, tuple(records))
    outlines = [_outline(record) for record in records]
    split_tokens(doc, [edge for start, end, _ in outlines for edge in (start, end)])
    group = f"{_KEY}.{kind}"
    spans = [
        doc.char_span(start, end, label=label, span_id=f"{group}:{index}")
        for index, (start, end, label) in enumerate(outlines)
    ]
    doc.spans[group] = [span for span in spans if span is not None]


def write_report(doc: Doc, report: Report) -> None:
    """Put a report into a document of its text, as the components of a whole pipeline do.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        A document of the same characters.
    report : Report
        A report read; of its quantities and periods, those of facts are written.
    """
    _store(doc, "document", (report.document,))
    write(doc, "quantities", [fact.quantity for fact in report.facts])
    periods = {fact.period: None for fact in report.facts if fact.period and fact.period.text}
    write(doc, "periods", sorted(periods, key=_outline))
    for kind, label in _LABELS.items():
        write(doc, kind, [entity for entity in report.entities if entity.label == label])
    write(doc, "facts", report.facts)


def get_report(doc: Doc) -> Report:
    """Return the report of a document, as ``doc._.healthie`` does.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        A document that has been through a pipeline with healthie's components.

    Returns
    -------
    Report
        Built from the rows; empty where no component has run.
    """
    from healthie.entities import in_order

    return Report(doc.text, _document(doc), _read(doc, "facts"), in_order(_read(doc, *_ENTITIES)))


def get_record(span: Span) -> Record | None:
    """Return the record of a span, as ``span._.healthie`` does.

    Parameters
    ----------
    span : spacy.tokens.Span
        A span of one of the groups ``healthie.…``.

    Returns
    -------
    Quantity, Period, Entity, Fact or None
        None for any other span.
    """
    from healthie.rows import load

    try:
        group, _, index = span.id_.partition(":")
    except KeyError:  # the id is of another vocabulary
        return None
    kind = group.removeprefix(f"{_KEY}.")
    rows = _stored(span.doc).get(kind, ())
    if kind == group or not index.isdecimal() or int(index) >= len(rows):
        return None
    record: Record = load(kind, [rows[int(index)]])[0]
    return record


Doc.set_extension(_KEY, getter=get_report, force=True)
Span.set_extension(_KEY, getter=get_record, force=True)


class SentenceMarker:
    """Marks where sentences begin, by the text: line breaks and 。；！？, not 12.5%. Leaves a parsed document alone."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark the sentences of a document."""
        import numpy as np

        from healthie.text import sentences

        if doc.has_annotation("DEP"):
            return doc
        # What stands before the first sentence belongs to it.
        starts = [0, *(start for start, _ in sentences(doc.text)[1:])]
        firsts = np.searchsorted(doc.to_array("IDX"), starts)
        marks: Any = np.full((len(doc), 1), -1, dtype="int64")
        marks[firsts[firsts < len(doc)]] = 1
        # All at once: setting Token.is_sent_start looks through the whole document each time.
        doc.from_array(["SENT_START"], marks.view("uint64"))
        return doc


class DocumentReader:
    """Reads the report's own place, period, date and title.

    What a caller knows of one document stands in ``doc.user_data["healthie"]["given"]``, a dict with ``region``,
    ``published`` or both, and goes before what the pipeline says of all.

    Parameters
    ----------
    region : str
        The place of every report, by code or by name; empty if each says it.
    published : str
        The date of every report, ``YYYY[-MM[-DD]]``; empty if each says it.
    """

    def __init__(self, region: str = "", published: str = "") -> None:
        from healthie.reading import read_given

        read_given(region, published)  # so that a wrong one is told of now and not in the middle of a stream
        self.region = region
        self.published = published

    def match(self, doc: Doc) -> Document:
        """Return what the document says of itself, and change nothing."""
        from healthie.document import read_document

        given = _given(doc, region=self.region, published=self.published)
        return read_document(doc.text, region=given.region, published=given.published)

    def __call__(self, doc: Doc) -> Doc:
        """Read a document, and keep what it says of itself."""
        _store(doc, "document", (self.match(doc),))
        return doc


class Finder:
    """Finds the mentions of one kind.

    Parameters
    ----------
    kind : str
        ``quantities``, ``periods``, ``regions``, ``programmes``, ``organisations`` or ``systems``.
    find : callable
        From a text, and what it says of itself, to records.
    """

    def __init__(self, kind: str, find: Find) -> None:
        self.kind = kind
        self.find = find

    def match(self, doc: Doc) -> Sequence[Record]:
        """Return what stands in the document, and change nothing."""
        return self.find(doc.text, _document(doc))

    def __call__(self, doc: Doc) -> Doc:
        """Find, and write into the document."""
        write(doc, self.kind, self.match(doc))
        return doc


class FactLinker:
    """Joins what the components before it have found into facts.

    Parameters
    ----------
    indicators : str
        The caller's own rows, by `healthie.own.dump`; empty for the packaged indicators alone.
    """

    def __init__(self, indicators: str = "") -> None:
        self.indicators = indicators

    def match(self, doc: Doc) -> Sequence[Fact]:
        """Return the facts of the document, and change nothing."""
        from healthie.facts import link
        from healthie.own import indicators

        if "quantities" not in _stored(doc):
            raise ValueError("healthie_facts has no quantities to join: add healthie_quantities before it.")
        mentions = Mentions(_read(doc, "quantities"), _read(doc, "periods"), _read(doc, *_ENTITIES))
        table = indicators(self.indicators) if self.indicators else None
        return link(doc.text, mentions, _document(doc), indicators=table)

    def __call__(self, doc: Doc) -> Doc:
        """Link, and write into the document."""
        write(doc, "facts", self.match(doc))
        return doc


def _find_quantities(text: str, _document: Document) -> Sequence[Record]:
    from healthie.quantities import find_quantities

    return find_quantities(text)


def _find_periods(text: str, document: Document) -> Sequence[Record]:
    from healthie.reading import periods_of

    return periods_of(text, document)


def _find_regions(text: str, document: Document, *, rows: str) -> Sequence[Record]:
    from healthie.own import regions
    from healthie.reading import regions_of

    return regions_of(text, document, find=regions(rows)) if rows else regions_of(text, document)


def _find_names(text: str, _document: Document, *, label: Label, rows: str) -> Sequence[Record]:
    from healthie.own import names

    return names(rows).of_kind(text, label)


def _name_finder(kind: str, label: Label, names: dict[str, list[list[str]]]) -> Finder:
    """Make the component for one kind of names; it knows the others, as of names that overlap the longer counts."""
    from healthie import own

    rows = own.dump(names)
    own.names(rows)  # so that a wrong row is told of now and not in the middle of a stream
    return Finder(kind, partial(_find_names, label=label, rows=rows))


@Language.factory("healthie_sentences", assigns=["token.is_sent_start", "doc.sents"])
def make_sentences(nlp: Language, name: str) -> SentenceMarker:  # noqa: ARG001  spaCy calls with both
    """Make the component that marks where sentences begin."""
    return SentenceMarker()


@Language.factory(
    "healthie_document", assigns=["doc.user_data", "doc._.healthie"], default_config={"region": "", "published": ""}
)
def make_document(nlp: Language, name: str, region: str, published: str) -> DocumentReader:  # noqa: ARG001
    """Make the component that reads the report's own place, period, date and title."""
    return DocumentReader(region, published)


@Language.factory("healthie_quantities", assigns=_WRITES, retokenizes=True)
def make_quantities(nlp: Language, name: str) -> Finder:  # noqa: ARG001
    """Make the component that finds quantities."""
    return Finder("quantities", _find_quantities)


@Language.factory("healthie_periods", assigns=_WRITES, retokenizes=True)
def make_periods(nlp: Language, name: str) -> Finder:  # noqa: ARG001
    """Make the component that finds times."""
    return Finder("periods", _find_periods)


@Language.factory("healthie_regions", assigns=_WRITES, retokenizes=True, default_config={"regions": []})
def make_regions(nlp: Language, name: str, regions: list[list[str]]) -> Finder:  # noqa: ARG001
    """Make the component that finds places."""
    from healthie import own

    rows = own.dump(regions)
    if rows:
        own.regions(rows)  # so that a wrong row is told of now
    return Finder("regions", partial(_find_regions, rows=rows))


@Language.factory("healthie_programmes", assigns=_WRITES, retokenizes=True, default_config={"names": {}})
def make_programmes(nlp: Language, name: str, names: dict[str, list[list[str]]]) -> Finder:  # noqa: ARG001
    """Make the component that finds programmes, policies, campaigns and pilots."""
    return _name_finder("programmes", "PROGRAMME", names)


@Language.factory("healthie_organisations", assigns=_WRITES, retokenizes=True, default_config={"names": {}})
def make_organisations(nlp: Language, name: str, names: dict[str, list[list[str]]]) -> Finder:  # noqa: ARG001
    """Make the component that finds organisations."""
    return _name_finder("organisations", "ORG", names)


@Language.factory("healthie_systems", assigns=_WRITES, retokenizes=True, default_config={"names": {}})
def make_systems(nlp: Language, name: str, names: dict[str, list[list[str]]]) -> Finder:  # noqa: ARG001
    """Make the component that finds information systems."""
    return _name_finder("systems", "SYSTEM", names)


@Language.factory(
    "healthie_facts",
    requires=["doc.spans", "doc.user_data"],
    assigns=_WRITES,
    default_config={"indicators": []},
)
def make_facts(nlp: Language, name: str, indicators: list[list[str]]) -> FactLinker:  # noqa: ARG001
    """Make the component that joins what was found into facts."""
    from healthie import own

    rows = own.dump(indicators)
    if rows:
        own.indicators(rows)  # so that a wrong row is told of now
    return FactLinker(rows)
