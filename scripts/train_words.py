"""Train the model that cuts text into words (src/healthie/data/words) and measure it.

    python scripts/train_words.py             trains, writes the model, prints its scores
    python scripts/train_words.py --measure   prints the scores, load time and memory of the packaged model

Needs jieba (MIT): pip install 'healthie[train]'. There is no segmented text of official reports whose use is free, so
the model learns from four sources of ours, cut by the dictionary of jieba after our own cuts have corrected it:
the sentences cut by hand (scripts/words/train.txt), the corpora, the names in the lexicons, and sentences put together
from places, indicators, numbers and units; besides these, the words of the dictionary themselves, in a random order.
What it is measured on (scripts/words/test.txt) is read for the scores alone. The same input gives the same model.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from itertools import accumulate, islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import regex
import spacy_pkuseg
import srsly
from spacy_pkuseg.config import config

from healthie.gazetteer import read_rows
from healthie.indicator_tables import expand, read_indicators
from healthie.lexicon import words as lexicon_words
from healthie.places import table
from healthie.words import clauses, cut, find_model, pieces

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # jieba is of 2020: its patterns and its imports are told off by Python of today
    import jieba

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOT = Path(__file__).resolve().parent.parent
HAND = ROOT / "scripts" / "words"
SEED = 20261130
ITERATIONS = 12
HAND_COPIES = 4  # of the sentences cut by hand, beside some hundred times as much text cut by the dictionary
COMMON_WORDS = 20_000  # of the dictionary, the most frequent
WORDS_A_LINE = 8
SMALLEST_WEIGHT = 0.04  # a feature whose weights are all smaller is left out
STEPS = 64  # weights are kept in steps of 1/64, which compress well

# Words by their form, which no dictionary holds.
FIGURE = regex.compile(
    r"\d{4}年|\d{1,2}月份?|\d{1,2}日|第\d+|\d+(?:\.\d+)?/\d+万|\d+(?:\.\d+)?[%％‰]|\d+(?:\.\d+)?(?:万亿|[百千万亿])?"
)
NAMES_OF_PARTS = frozenset({"n", "nt", "nz", "v", "vn", "a", "b"})
PERSON = "nr"
SUFFIXES = frozenset("率费型者性化")  # of the word of two characters before them
COMPOUND = 4  # characters from which a noun or verb of the dictionary counts as several words, if it holds them

Words = list[str]


def read_hand(name: str) -> list[Words]:
    """Read sentences cut by hand."""
    lines = (HAND / name).read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


class Dictionary:
    """The dictionary of jieba as a cutter, corrected by the sentences cut by hand.

    Parameters
    ----------
    hand : iterable of list of str
        What they hold as a word is one; what they hold as several is none.
    """

    def __init__(self, hand: Iterable[Words] = ()) -> None:
        self.jieba = jieba.Tokenizer()
        self.jieba.initialize()
        path = Path(jieba.__file__).with_name("dict.txt")
        rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
        self.common = sorted(((int(count), word) for word, count, kind in rows if kind != PERSON), reverse=True)
        known = {word for word, *_ in rows}
        for word, _, kind in rows:
            if kind in NAMES_OF_PARTS and len(word) >= COMPOUND and _parts(word, known):
                self.jieba.del_word(word)
        for place in table().rows:
            self.jieba.add_word(place.name, 1000)
        self._correct(hand)

    def _correct(self, hand: Iterable[Words]) -> None:
        sentences = list(hand)
        whole = {word for sentence in sentences for word in sentence}
        for sentence in sentences:
            for first, second in pairwise(sentence):
                if first + second not in whole:
                    self.jieba.del_word(first + second)
        for word in sorted(whole):
            if regex.fullmatch(r"\p{Han}{2,}", word):
                self.jieba.add_word(word, max(self.jieba.FREQ.get(word, 0), 1000))

    def cut(self, clause: str) -> Words:
        """Cut a clause into words."""
        words: Words = []
        done = 0
        for match in FIGURE.finditer(clause):
            words += self._cut_han(clause[done : match.start()])
            words.append(match[0])
            done = match.end()
        return words + self._cut_han(clause[done:])

    def _cut_han(self, clause: str) -> Words:
        words: Words = []
        for word in self.jieba.cut(clause, HMM=False):
            if word in SUFFIXES and words and len(words[-1]) == 2:
                words[-1] += word
            else:
                words.append(word)
        return words


def _parts(word: str, known: set[str]) -> bool:
    return any(word[:at] in known and word[at:] in known for at in range(2, len(word) - 1))


def from_hand(sentences: Iterable[Words]) -> Iterator[Words]:
    """Yield the clauses of sentences cut by hand."""
    for sentence in sentences:
        text, starts = "".join(sentence), set(accumulate(map(len, sentence), initial=0))
        for start, end in clauses(text):
            edges = [at for at in range(start, end + 1) if at in starts or at in (start, end)]
            yield [text[a:b] for a, b in pairwise(edges)]


def from_text(text: str, dictionary: Dictionary) -> Iterator[Words]:
    """Yield the clauses of a text, cut by the dictionary."""
    return (dictionary.cut(text[start:end]) for start, end in clauses(text))


def from_names(dictionary: Dictionary) -> Iterator[Words]:
    """Yield the names of programmes, organisations and systems, cut by the dictionary."""
    for kind in ("programmes", "organisations", "systems"):
        for row in read_rows(kind):
            yield from from_text("\n".join(row[:2]).translate({ord(mark): "\n" for mark in "|[] "}), dictionary)


def from_facts(dictionary: Dictionary, chance: random.Random) -> Iterator[Words]:
    """Yield clauses put together from a place, a time, an indicator, a verb, a number and a unit."""
    places = sorted({place.name for place in table().rows})
    verbs, hedges = (sorted(lexicon_words(kind)) for kind in ("reach", "hedge"))
    times = [row[1] for row in read_rows("periods") if regex.fullmatch(r"\p{Han}+", row[1])]
    rows = [row for row in read_indicators() if row.units]
    for place in places:
        row = chance.choice(rows)
        name = chance.choice([row.name, *expand(row.variants)])
        yield [
            *chance.choice([[], [chance.choice(places)]]),
            place,
            *chance.choice([[], [f"{chance.randint(2005, 2027)}年"], dictionary.cut(chance.choice(times))]),
            *dictionary.cut(name),
            *chance.choice([[], dictionary.cut(chance.choice(verbs)), dictionary.cut(chance.choice(hedges))]),
            *figure(row.units, chance),
        ]


def figure(units: Iterable[str], chance: random.Random) -> Words:
    """Return a number and its unit as words."""
    unit = chance.choice([unit for unit in units if unit] or ["个"])
    number = str(chance.choice([chance.randint(1, 99), chance.randint(100, 99999), chance.randint(10, 9999) / 10]))
    if unit in ("%", "‰"):
        return [number + unit]
    return [number + chance.choice(["", "", "万", "亿"]), unit]


def from_dictionary(dictionary: Dictionary, chance: random.Random) -> Iterator[Words]:
    """Yield lines of common words, every second one drawn by how often it is used."""
    common = dictionary.common[:COMMON_WORDS]
    often = chance.choices([word for _, word in common], [count for count, _ in common], k=len(common))
    each = [word for _, word in common]
    chance.shuffle(each)
    words = (part for pair in zip(each, often, strict=True) for word in pair for part in dictionary.cut(word))
    while line := list(islice(words, WORDS_A_LINE)):
        yield line


def training_lines() -> list[Words]:
    """Return all that the model is trained on, by line."""
    chance = random.Random(SEED)  # noqa: S311  no secret
    hand = read_hand("train.txt")
    dictionary = Dictionary(hand)
    lines = [*from_hand(hand)] * HAND_COPIES
    for path in sorted((ROOT / "corpora").glob("*.txt")):
        lines += from_text(path.read_text(encoding="utf-8"), dictionary)
    lines += from_names(dictionary)
    lines += from_facts(dictionary, chance)
    lines += from_dictionary(dictionary, chance)
    return lines


def train(folder: Path) -> None:
    """Train a model and write it into a folder."""
    lines = training_lines()
    characters = sum(len(word) for line in lines for word in line)
    print(f"{len(lines):,} lines, {characters:,} characters")
    random.seed(SEED)  # spacy_pkuseg shuffles with it
    config.featureTrim = 1
    with tempfile.TemporaryDirectory() as work:
        text, hand, model = (Path(work, name) for name in ("train.txt", "hand.txt", "model"))
        text.write_text("\n".join(" ".join(line) for line in lines), encoding="utf-8")
        hand.write_text("\n".join(" ".join(line) for line in from_hand(read_hand("train.txt"))), encoding="utf-8")
        spacy_pkuseg.train(str(text), str(hand), str(model), train_iter=ITERATIONS)
        shrink(model, folder)


def shrink(model: Path, folder: Path) -> None:
    """Write a model without the features that decide nothing, its weights rounded."""
    data = srsly.read_msgpack(model / "features.msgpack")
    with np.load(model / "weights.npz", allow_pickle=False) as file:
        (n_tag, n_feature), weights = file["sizes"], file["w"]
    nodes, edges = weights[: n_tag * n_feature].reshape(n_feature, n_tag), weights[n_tag * n_feature :]
    names = sorted(data["feature_to_idx"], key=data["feature_to_idx"].__getitem__)
    kept = [0, *(1 + np.flatnonzero(np.abs(nodes[1:]).max(axis=1) >= SMALLEST_WEIGHT))]
    features = {names[old]: new for new, old in enumerate(kept)}
    asked = {word for name in features if name.startswith("w") for word in name.rpartition(".")[2].split("*")}
    folder.mkdir(parents=True, exist_ok=True)
    data |= {"feature_to_idx": features, "bigram": [], "unigram": sorted(asked.intersection(data["unigram"]))}
    srsly.write_msgpack(folder / "features.msgpack", data)
    rounded = np.round(np.concatenate([nodes[kept].ravel(), edges]) * STEPS) / STEPS
    np.savez_compressed(folder / "weights.npz", sizes=np.array([n_tag, len(kept)]), w=rounded)


def score(cutter: Callable[[str], Iterable[str]], sentences: Iterable[Words]) -> float:
    """Return the F1 of words: one counts where both its ends are right."""
    counts: Counter[str] = Counter()
    for sentence in sentences:
        gold, found = spans(sentence), spans(cutter("".join(sentence)))
        counts.update(gold=len(gold), found=len(found), both=len(gold & found))
    return 2 * counts["both"] / (counts["gold"] + counts["found"])


def spans(words: Iterable[str]) -> set[tuple[int, int]]:
    """Return where words stand in the text that they join up to."""
    return set(pairwise(accumulate(map(len, words), initial=0)))


COST = """
import time
def memory():
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
import spacy
from healthie.words import cut
before, start = memory(), time.perf_counter()
cut("全县建成村卫生室86所。")
print(f"first words after {time.perf_counter() - start:.2f} s, with the import of spacy-pkuseg; "
      f"memory {memory() - before:.0f} MB more")
text = "全县建成村卫生室86所，较上年增加9所。" * 2000
start = time.perf_counter()
cut(text)
print(f"{len(text) / (time.perf_counter() - start):,.0f} characters a second")
"""


def measure() -> None:
    """Print the scores, and what the model costs."""
    plain = Dictionary.__new__(Dictionary)
    plain.jieba = jieba.Tokenizer()
    cutters = {"healthie": cut, "characters": pieces, "jieba": plain.jieba.lcut}
    for name in ("train.txt", "test.txt"):
        sentences = read_hand(name)
        row = "  ".join(f"{who} {score(cutter, sentences):.3f}" for who, cutter in cutters.items())
        print(f"{name}: {len(sentences)} sentences, {sum(map(len, sentences))} words: F1 {row}")
    sizes = {path.name: path.stat().st_size for path in sorted(find_model().iterdir())}
    print(", ".join(f"{name} {size / 1e6:.2f} MB" for name, size in sizes.items()))
    sys.stdout.flush()
    subprocess.run([sys.executable, "-c", COST], check=True)  # noqa: S603


if __name__ == "__main__":
    jieba.setLogLevel("WARNING")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true", help="train nothing, measure the packaged model")
    if not parser.parse_args().measure:
        train(find_model())
    measure()
