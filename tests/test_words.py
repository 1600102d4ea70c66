from __future__ import annotations

import importlib.util
import pickle
from collections.abc import Callable
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import pytest
import spacy
import srsly
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import healthie
from healthie.words import cut, find_model, pieces

ROOT = Path(__file__).resolve().parent.parent
CORPORA = sorted((ROOT / "corpora").glob("*.txt"))
GROUPS = ("quantities", "periods", "regions", "programmes", "organisations", "systems", "facts")
TEXT = "白水县卫生健康局2019年上半年工作\n全县建成村卫生室86所，较上年增加9所；接入PACS 12.5万次。"


@pytest.fixture(scope="module")
def words() -> Language:
    return healthie.load()


@pytest.fixture(scope="module")
def characters() -> Language:
    return healthie.load(segmenter="char")


def outlines(doc: Doc) -> dict[str, list[tuple[int, int, str, str]]]:
    return {
        group: [(span.start_char, span.end_char, span.text, span.label_) for span in doc.spans[f"healthie.{group}"]]
        for group in GROUPS
    }


# Words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全县建成村卫生室86所。", "全县 建成 村 卫生室 86 所 。"),
        ("参保率稳定在96.5%以上", "参保率 稳定 在 96.5% 以上"),
        ("孕产妇死亡率9.4/10万", "孕产妇 死亡率 9.4/10万"),
        ("接入PACS系统，CT检查3.6万人次", "接入 PACS 系统 ， CT 检查 3.6万 人次"),
        ("", ""),
        ("。", "。"),
    ],
)
def test_text_becomes_words(text: str, expected: str) -> None:
    assert cut(text) == expected.split()


def hand_cut(name: str) -> list[list[str]]:
    lines = (ROOT / "scripts" / "words" / name).read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


def spans_of(words: list[str]) -> set[tuple[int, int]]:
    return set(pairwise(accumulate(map(len, words), initial=0)))


def test_words_are_those_of_sentences_cut_by_hand() -> None:
    counts = [
        (len(spans_of(gold) & spans_of(found)), len(gold) + len(found))
        for gold in hand_cut("test.txt")
        for found in [cut("".join(gold))]
    ]
    assert 2 * sum(both for both, _ in counts) / sum(total for _, total in counts) >= 0.93


def test_no_sentence_is_both_trained_on_and_measured() -> None:
    assert len(hand_cut("train.txt")) + len(hand_cut("test.txt")) >= 150
    tested = {"".join(sentence) for sentence in hand_cut("test.txt")}
    assert tested.isdisjoint("".join(sentence) for sentence in hand_cut("train.txt"))
    text = "".join(path.read_text(encoding="utf-8") for path in CORPORA)
    assert [sentence for sentence in tested if sentence in text] == []


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("卫生院86所.%/。 \nA万")), max_size=60))
def test_words_join_up_to_any_text(text: str) -> None:
    assert "".join(cut(text)) == text
    assert "".join(pieces(text)) == text


@given(st.text(alphabet=st.sampled_from("卫生院共8.6５%/万亿PAé 。\n"), max_size=30))
def test_no_word_cuts_a_number_or_a_latin_word(text: str) -> None:
    assert {start for start, _ in spans_of(cut(text))} <= {start for start, _ in spans_of(pieces(text))}


def test_a_text_without_marks_is_cut_too() -> None:
    assert "".join(cut("卫生院" * 20_000)) == "卫生院" * 20_000


# The model


def test_the_packaged_model_is_small_and_is_no_pickle() -> None:
    files = {path.name: path.stat().st_size for path in find_model().iterdir()}
    assert sorted(files) == ["features.msgpack", "weights.npz"]
    assert sum(files.values()) <= 8_000_000


def test_another_model_is_taken_from_a_path(tmp_path: Path) -> None:
    names = ["$$", "c.卫"]
    tags = {"B": 0, "B_single": 1, "I": 2, "I_end": 3, "I_first": 4}
    features = {"unigram": [], "bigram": [], "feature_to_idx": {n: i for i, n in enumerate(names)}, "tag_to_idx": tags}
    weights = np.zeros(5 * (len(names) + 5))
    weights[1] = 9.0  # every character is a word of its own
    srsly.write_msgpack(tmp_path / "features.msgpack", features)
    np.savez(tmp_path / "weights.npz", sizes=np.array([5, len(names)]), w=weights)
    nlp = healthie.load(pkuseg_model=tmp_path)
    assert [token.text for token in nlp("卫生院86所")] == ["卫", "生", "院", "86", "所"]
    assert [token.text for token in healthie.load()("卫生院86所")] == ["卫生院", "86", "所"]


def test_mixed_is_looked_for_and_never_downloaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PKUSEG_HOME", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="pkuseg_model='mixed' is not on this machine, and nothing is download"):
        healthie.load(pkuseg_model="mixed")
    folder = tmp_path / "mixed"
    folder.mkdir()
    for file in find_model().iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    assert find_model("mixed") == folder.resolve()
    assert [token.text for token in healthie.load(pkuseg_model="mixed")("建成卫生院8所")] == [
        "建成",
        "卫生院",
        "8",
        "所",
    ]


class Trap:
    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return pytest.fail, ("a pickle was read",)


def test_a_model_that_is_a_pickle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "features.pkl").write_bytes(pickle.dumps(Trap()))
    (tmp_path / "weights.npz").write_bytes((find_model() / "weights.npz").read_bytes())
    with pytest.raises(FileNotFoundError, match="is kept as a pickle, which can run any code"):
        healthie.load(pkuseg_model=tmp_path)


def test_weights_that_hold_a_pickle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "features.msgpack").write_bytes((find_model() / "features.msgpack").read_bytes())
    np.savez(tmp_path / "weights.npz", sizes=np.array([5, 1]), w=np.array([Trap()], dtype=object))
    with pytest.raises(ValueError, match="cannot be read as a model of pkuseg"):
        cut("卫生院", str(tmp_path))


@pytest.mark.parametrize("broken", ["features.msgpack", "weights.npz"])
def test_a_broken_model_is_told_of(tmp_path: Path, broken: str) -> None:
    for file in find_model().iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / broken).write_bytes(b"broken")
    with pytest.raises(ValueError, match="cannot be read as a model of pkuseg"):
        cut("卫生院", str(tmp_path))


def test_a_model_is_for_pkuseg_alone() -> None:
    with pytest.raises(ValueError, match="segmenter='char' uses no model: leave pkuseg_model out"):
        healthie.load(segmenter="char", pkuseg_model="mixed")


# Pipelines


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.stem)
def test_facts_and_spans_are_the_same_under_both(path: Path, words: Language, characters: Language) -> None:
    text = path.read_text(encoding="utf-8")
    by_word, by_character = words(text), characters(text)
    assert by_word.text == text
    assert len(by_word) < 0.75 * len(by_character)
    assert by_word._.healthie == by_character._.healthie == healthie.extract(text)
    # char_span gives nothing where a span is not made of whole tokens: none is lost.
    assert outlines(by_word) == outlines(by_character)
    assert [len(by_word.spans[f"healthie.{group}"]) for group in GROUPS] == [
        len(by_word.user_data["healthie"][group]) for group in GROUPS
    ]
    assert [sentence.start_char for sentence in by_word.sents] == [sent.start_char for sent in by_character.sents]


def test_words_are_the_default(words: Language) -> None:
    doc = words(TEXT)
    assert [token.text for token in doc if token.text.strip()][:8] == [
        "白水县", "卫生", "健康", "局", "2019年", "上半年", "工作", "全县",
    ]  # fmt: skip
    assert words.config["nlp"]["tokenizer"]["@tokenizers"] == "healthie.WordTokenizer.v1"


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("全县卫生院86所.%/。 \nA万")), max_size=40))
def test_any_text_goes_through(text: str) -> None:
    nlp = healthie.load()
    nlp.select_pipes(enable=[])
    doc = nlp(text)
    assert len(doc.text) == len(text)


def test_a_document_survives(words: Language, tmp_path: Path) -> None:
    doc = words(TEXT)
    again = Doc(words.vocab).from_bytes(doc.to_bytes())
    DocBin(store_user_data=True, docs=[doc]).to_disk(tmp_path / "docs.spacy")
    [binned] = DocBin().from_disk(tmp_path / "docs.spacy").get_docs(words.vocab)
    for copy in (again, binned):
        assert [token.text for token in copy] == [token.text for token in doc]
        assert outlines(copy) == outlines(doc)
        assert copy._.healthie == doc._.healthie


def test_a_pipeline_survives(words: Language, tmp_path: Path) -> None:
    words.to_disk(tmp_path / "nlp")
    from_disk = spacy.load(tmp_path / "nlp")
    from_bytes = healthie.load().from_bytes(words.to_bytes())
    for nlp in (from_disk, from_bytes):
        assert [token.text for token in nlp(TEXT)] == [token.text for token in words(TEXT)]
        assert nlp(TEXT)._.healthie == healthie.extract(TEXT)


def test_two_processes_give_what_one_gives(words: Language) -> None:
    texts = [TEXT, "", "全县有卫生院8所。"] * 3
    found = [[token.text for token in doc] for doc in words.pipe(texts, n_process=2, batch_size=2)]
    assert found == [[token.text for token in words(text)] for text in texts]


def test_a_pipeline_can_be_sent_to_another_process(words: Language) -> None:
    words(TEXT)
    tokenizer = pickle.loads(pickle.dumps(words.tokenizer))  # noqa: S301  what a spawned process is sent
    assert [token.text for token in tokenizer("建成卫生院8所")] == ["建成", "卫生院", "8", "所"]


@pytest.mark.parametrize(
    "code", ["1", "healthie.extract('全县有卫生院8所。')", "healthie.load(segmenter='char')('全县有卫生院8所。')"]
)
def test_words_are_loaded_when_they_are_asked_for(run_python: Callable[..., str], code: str) -> None:
    seen = run_python(f"import sys, healthie; {code}; print('spacy_pkuseg' in sys.modules)")
    assert seen.strip() == "False"


# The script


@pytest.mark.skipif(importlib.util.find_spec("jieba") is None, reason="jieba trains the model; healthie[train]")
def test_what_is_trained_on_is_the_same_each_time(run_python: Callable[..., str]) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'scripts')!r})\n"
        "import hashlib, train_words\n"
        "train_words.jieba.setLogLevel('ERROR')\n"
        "print(hashlib.sha256(repr(train_words.training_lines()).encode()).hexdigest())\n"
    )
    assert run_python(code) == run_python(code)
