"""Reports as spaCy documents: for training, and for pipelines that go on from here.

Start at `to_docbin`. The documents are like those that `healthie.load` makes: ``doc._.healthie`` is the report, and its
facts and entities are spans in ``doc.spans["healthie.facts"]`` and so on.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from healthie.export.table import clean
from healthie.report import Report

if TYPE_CHECKING:
    from spacy.tokens import Doc, DocBin
    from spacy.vocab import Vocab

__all__ = ["to_doc", "to_docbin"]


def to_doc(report: Report, vocab: Vocab) -> Doc:
    """Return a report as a document.

    Parameters
    ----------
    report : Report
        A report read.
    vocab : spacy.vocab.Vocab
        The vocabulary of the pipeline that the document is for.

    Returns
    -------
    spacy.tokens.Doc
        One token a character, with Latin words and numbers kept together; its sentences are marked.

    Examples
    --------
    >>> import healthie, spacy
    >>> doc = to_doc(healthie.extract("白水县救助贫困人口8名。"), spacy.blank("zh").vocab)
    >>> [(span.text, span.label_) for span in doc.spans["healthie.facts"]]
    [('8名', 'LEVEL')]
    """
    from healthie.components import SentenceMarker, write_report
    from healthie.tokenizer import CharTokenizer

    if clean(report.text) != report.text:
        report = _writable(report)
    doc = SentenceMarker()(CharTokenizer(vocab)(report.text))
    write_report(doc, report)
    return doc


def _writable(report: Report) -> Report:
    """Return a report without lone surrogates, as spaCy stores UTF-8."""
    from healthie.rows import dump, load

    def written(kind: str, records: tuple[Any, ...]) -> tuple[Any, ...]:
        return load(kind, json.loads(clean(json.dumps(dump(kind, records), ensure_ascii=False))))

    [document] = written("document", (report.document,))
    facts, entities = written("facts", report.facts), written("regions", report.entities)
    return Report(clean(report.text), document, facts, entities)


def to_docbin(report: Report) -> DocBin:
    """Return a report as a spaCy file of one document.

    Parameters
    ----------
    report : Report
        A report read.

    Returns
    -------
    spacy.tokens.DocBin
        ``to_disk`` writes it, ``merge`` adds others to it, ``get_docs`` gives the document back.

    Examples
    --------
    >>> import healthie, spacy
    >>> report = healthie.extract("白水县救助贫困人口8名。")
    >>> [doc] = to_docbin(report).get_docs(spacy.blank("zh").vocab)
    >>> doc._.healthie == report
    True
    """
    import spacy
    from spacy.tokens import DocBin

    return DocBin(docs=[to_doc(report, spacy.blank("zh").vocab)], store_user_data=True)
