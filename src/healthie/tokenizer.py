"""Text into spaCy tokens that never cut a span: words, or single characters with Latin words and digits kept together.

Start at `CharTokenizer` and `WordTokenizer`. `split_tokens` is the promise itself: it cuts the tokens of any `Doc`,
whichever tokenizer made them, where the edges of spans ask for it, and keeps what the tokens and the span groups say.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import regex
from spacy.tokens import Doc, SpanGroup
from spacy.util import registry

from healthie.words import cut, find_model, pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Token
    from spacy.vocab import Vocab
    from typing_extensions import Self

__all__ = ["CharTokenizer", "WordTokenizer", "make_char_tokenizer", "make_word_tokenizer", "split_tokens"]

_NO_SENTENCE_START = 2**64 - 1  # -1, as the unsigned integer that a split takes
# spaCy stores UTF-8, which has no lone surrogates: one character stands for one, so offsets hold.
_SURROGATES = regex.compile(r"[\ud800-\udfff]")


class CharTokenizer:
    """One token a character; a Latin word or a number is one token too.

    Parameters
    ----------
    vocab : spacy.vocab.Vocab
        The vocabulary of the pipeline.

    Examples
    --------
    >>> import spacy
    >>> tokenizer = CharTokenizer(spacy.blank("zh").vocab)
    >>> [token.text for token in tokenizer("接入PACS 12.5万次")]
    ['接', '入', 'PACS', '12.5', '万', '次']
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return a `Doc` whose text is `text`."""
        words: list[str] = []
        spaces: list[bool] = []
        for piece in self.cut(_SURROGATES.sub("\ufffd", text)):
            # spaCy's convention: a single space belongs to the token before it.
            if piece == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
            else:
                words.append(piece)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def cut(self, text: str) -> list[str]:
        """Return the tokens of a text and the spaces between them, as strings that join up to it."""
        return pieces(text)

    def to_bytes(self, **_: object) -> bytes:
        """Return nothing: what there is to know stands in the config."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> Self:
        """Return itself: what there is to know stands in the config."""
        return self

    def to_disk(self, path: str | Path, **_: object) -> None:
        """Write nothing: what there is to know stands in the config."""

    def from_disk(self, _path: str | Path, **_: object) -> Self:
        """Return itself: what there is to know stands in the config."""
        return self


class WordTokenizer(CharTokenizer):
    """One token a word, as `healthie.words.cut` cuts them; the model is read when the first text comes.

    Parameters
    ----------
    vocab : spacy.vocab.Vocab
        The vocabulary of the pipeline.
    model : str
        As `healthie.words.find_model` takes it: empty for the packaged model.

    Raises
    ------
    FileNotFoundError
        If there is no such model.

    Examples
    --------
    >>> import spacy
    >>> tokenizer = WordTokenizer(spacy.blank("zh").vocab)
    >>> [token.text for token in tokenizer("接入PACS 12.5万次")]
    ['接入', 'PACS', '12.5万', '次']
    """

    def __init__(self, vocab: Vocab, model: str = "") -> None:
        super().__init__(vocab)
        find_model(model)  # so that a missing one is told of now and not in the middle of a stream
        self.model = model

    def cut(self, text: str) -> list[str]:
        """Return the tokens of a text and the spaces between them, as strings that join up to it."""
        return cut(text, self.model)


def make_char_tokenizer() -> Callable[[Language], CharTokenizer]:
    """Return what makes the tokenizer of a pipeline: named ``healthie.CharTokenizer.v1`` in a spaCy config.

    Returns
    -------
    callable
        From a `Language` to its tokenizer.
    """
    return _char_tokenizer


def _char_tokenizer(nlp: Language) -> CharTokenizer:
    return CharTokenizer(nlp.vocab)


def make_word_tokenizer(pkuseg_model: str = "") -> Callable[[Language], WordTokenizer]:
    """Return what makes the tokenizer of a pipeline: named ``healthie.WordTokenizer.v1`` in a spaCy config.

    Parameters
    ----------
    pkuseg_model : str
        As `healthie.words.find_model` takes it.

    Returns
    -------
    callable
        From a `Language` to its tokenizer.
    """
    return partial(_word_tokenizer, model=pkuseg_model)


def _word_tokenizer(nlp: Language, *, model: str) -> WordTokenizer:
    return WordTokenizer(nlp.vocab, model)


registry.tokenizers.register("healthie.CharTokenizer.v1", func=make_char_tokenizer)
registry.tokenizers.register("healthie.WordTokenizer.v1", func=make_word_tokenizer)


def split_tokens(doc: Doc, offsets: Iterable[int]) -> None:
    """Cut the tokens of a document at character offsets, in place.

    The pieces of a token inherit its tag, lemma, entity and head; span groups go on to hold the same characters.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        Any document.
    offsets : iterable of int
        Where a token must begin; offsets where one begins already, or that lie in white space, change nothing.

    Examples
    --------
    >>> import spacy
    >>> doc = Doc(spacy.blank("zh").vocab, words=["建成", "86所"], spaces=[False, False])
    >>> split_tokens(doc, [4])
    >>> [token.text for token in doc]
    ['建成', '86', '所']
    """
    cuts: dict[int, list[int]] = {}
    for offset in sorted(set(offsets)):
        token = _token_around(doc, offset)
        if token is not None:
            cuts.setdefault(token.i, []).append(offset - token.idx)
    if not cuts:
        return
    groups = {key: (group, _outlines(group)) for key, group in doc.spans.items()}
    with doc.retokenize() as retokenizer:
        for index, inner in cuts.items():
            token = doc[index]
            edges = [0, *inner, len(token)]
            pieces = [token.text[a:b] for a, b in pairwise(edges)]
            retokenizer.split(token, pieces, _heads(token, len(pieces)), attrs=_attributes(token, pieces))
    # spaCy leaves the groups with the token numbers of before the split.
    for key, (group, outlines) in groups.items():
        spans = [doc.char_span(*edges, label=label, kb_id=kb, span_id=id_) for edges, label, kb, id_ in outlines]
        kept = [span for span in spans if span is not None]
        doc.spans[key] = SpanGroup(doc, name=group.name, attrs=group.attrs, spans=kept)


def _token_around(doc: Doc, offset: int) -> Token | None:
    """Return the token that has characters on both sides of an offset."""
    low, high = 0, len(doc)
    while low < high:
        middle = (low + high) // 2
        if doc[middle].idx < offset:
            low = middle + 1
        else:
            high = middle
    token: Token | None = doc[low - 1] if low else None
    return token if token is not None and token.idx < offset < token.idx + len(token) else None


def _outlines(group: SpanGroup) -> list[tuple[tuple[int, int], int, int, int]]:
    return [((span.start_char, span.end_char), span.label, span.kb_id, span.id) for span in group]


def _heads(token: Token, count: int) -> list[tuple[Token, int] | Token]:
    """Return the heads of a token's pieces: the first keeps its own, the others hang on the first."""
    if not token.doc.has_annotation("DEP"):
        return [(token, i) for i in range(count)]
    own = (token, 0) if token.head.i == token.i else token.head
    return [own, *[(token, 0)] * (count - 1)]


def _attributes(token: Token, pieces: list[str]) -> dict[str | int, list[Any]]:
    """Return what the pieces inherit; left to itself, spaCy leaves in them what the tokens behind had."""
    same: dict[str | int, Any] = {
        "TAG": token.tag,
        "POS": token.pos,
        "DEP": token.dep,
        "ENT_TYPE": token.ent_type,
        "ENT_ID": token.ent_id,
        "ENT_KB_ID": token.ent_kb_id,
    }
    if token.has_morph():
        same["MORPH"] = str(token.morph)
    inherited = {name: [value] * len(pieces) for name, value in same.items()}
    strings = token.vocab.strings
    if token.dep:
        inherited["DEP"][1:] = [strings.add("dep")] * (len(pieces) - 1)
    inherited["LEMMA"] = [strings.add(piece) if token.lemma else 0 for piece in pieces]
    first = {None: 0, True: 1, False: _NO_SENTENCE_START}[token.is_sent_start]
    inherited["SENT_START"] = [first, *[_NO_SENTENCE_START if first else 0] * (len(pieces) - 1)]
    return inherited
