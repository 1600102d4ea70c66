"""The score of a fact: what it is made of, and whether it means what it says."""

from __future__ import annotations

import importlib.util
import json
import sys
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import healthie
from healthie.confidence import costs, weigh
from healthie.gazetteer import read_rows

ROOT = Path(__file__).resolve().parents[1]
DOUBTS = sorted(set(costs()) - {"base", "unseen"})

# By how much the share of facts that are right may differ from the mean score of a bin of at least so many facts. Both
# sets hold few reports, and a report that is misread as a whole moves dozens of facts at once: so the bounds are wide.
# The scores are modest on purpose, so that more facts may be right than they say, but few less.
FEWEST, LESS, MORE = 60, 0.08, 0.14
BINS = ((0.0, 0.8), (0.8, 0.88), (0.88, 0.93), (0.93, 1.01))


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem + "_for_confidence", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


scorer = load(ROOT / "tests" / "corpus_score.py")


@lru_cache
def judged(split: str) -> list[tuple[float, bool]]:
    """Return score and verdict of each fact that counts in the reports of a split."""
    cases = []
    for path in sorted((ROOT / "corpora").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        doc = gold["doc"]
        if doc.get("split") != split:
            continue
        with (ROOT / "corpora" / doc["doc"]).open(encoding="utf-8", newline="") as file:
            text = file.read()
        known = {"region": doc["region"][0], "published": doc["published"]} if doc.get("given") else {}
        report = healthie.extract(text, **known).to_dict()
        for fact, faults in zip(report["facts"], scorer.verdicts(gold, report), strict=True):
            if faults is not None:
                cases.append((fact["confidence"], not faults))
    return cases


def table(cases: list[tuple[float, bool]]) -> list[tuple[str, int, float, float]]:
    rows = []
    for low, high in BINS:
        inside = [case for case in cases if low <= case[0] < high]
        if inside:
            size = len(inside)
            mean, right = sum(score for score, _ in inside) / size, sum(good for _, good in inside) / size
            rows.append((f"{low:.2f}-{min(high, 1):.2f}", size, mean, right))
    return rows


@pytest.mark.parametrize("split", ["train", "test"])
def test_scores_mean_what_they_say(split: str) -> None:
    cases = judged(split)
    assert cases
    rows = table(cases)
    shown = f"{split}\nscore      facts  mean   right\n"
    shown += "\n".join(f"{name}  {size:5}  {mean:.3f}  {right:.3f}" for name, size, mean, right in rows)
    print(shown)
    for _, size, mean, right in rows:
        assert size < FEWEST or -LESS <= right - mean <= MORE, shown


@pytest.mark.parametrize("split", ["train", "test"])
def test_of_facts_at_nine_tenths_nine_in_ten_are_right(split: str) -> None:
    sure = [right for score, right in judged(split) if score >= 0.9]
    assert sure
    assert sum(sure) / len(sure) >= 0.9 - 0.02


def test_doubtful_facts_are_wrong_more_often() -> None:
    cases = sorted(judged("train") + judged("test"))
    tenth = len(cases) // 10
    worst, best = cases[:tenth], cases[-5 * tenth :]
    assert sum(right for _, right in worst) / len(worst) < sum(right for _, right in best) / len(best) - 0.05


def test_most_facts_of_a_plain_report_are_sure(report_text: str) -> None:
    scores = [fact.confidence for fact in healthie.extract(report_text).facts]
    assert sorted(scores)[len(scores) // 2] >= 0.85


def test_scores_are_the_same_each_time(report_text: str) -> None:
    first, second = healthie.extract(report_text), healthie.extract(report_text)
    assert [fact.confidence for fact in first.facts] == [fact.confidence for fact in second.facts]


HEAD = "青田县卫生健康局2021年工作总结\n\n"
TAIL = "\n\n青田县卫生健康局\n2021年12月31日\n"


def sureness(sentence: str, quantity: str, **known: str) -> float:
    text = sentence if known else HEAD + sentence + TAIL
    return next(f.confidence for f in healthie.extract(text, **known).facts if f.quantity.text == quantity)


@pytest.mark.parametrize(
    ("plain", "doubtful"),
    [
        # nothing says what is counted
        (("2021年，全县改造卫生院12所。", "12所"), ("2021年，共12所。", "12所")),
        # another place stands before it
        (("2021年，全县签约率达到63.2%。", "63.2%"), ("2021年，缙云、松阳两地来人学习后，签约率达到63.2%。", "63.2%")),
        # a place among others, of nothing that is told
        (("2021年，全县签约率达到63.2%。", "63.2%"), ("2021年，较好的做法得到推广，位次前移，列全市第4位。", "第4位")),
        # a state as a percentage of something that is no rate
        (("2021年，全县规范管理率91%。", "91%"), ("2021年，全县村医91%。", "91%")),
        # told of as done, at a time that was still to come
        (("2021年，全县开展义诊46场。", "46场"), ("2023年，全县已开展义诊46场。", "46场")),
        # a long noun phrase with a verb in it
        (
            ("2021年，全县开展义诊46场。", "46场"),
            ("2021年，全县组织医共体成员单位为主体的巡回开展的义诊活动以及其他便民服务46场。", "46场"),
        ),
    ],
)
def test_a_doubtful_sentence_scores_lower(plain: tuple[str, str], doubtful: tuple[str, str]) -> None:
    assert sureness(*plain) > sureness(*doubtful)


def test_a_report_that_does_not_say_where_it_is_from_scores_lower() -> None:
    sentence = "改造卫生院12所。"
    with_place = sureness(sentence, "12所", region="青田县", published="2021-12-31")
    (fact,) = healthie.extract(sentence).facts
    assert fact.region is None
    assert fact.confidence < 0.5 < with_place


# The table


def test_every_row_has_a_cost_and_a_meaning() -> None:
    for name, cost, guess, meaning in read_rows("confidence"):
        assert meaning, name
        if name != "base":
            assert float(cost) <= 0, name
            assert float(guess) <= 0, name
    assert costs()["base"] > 0 > costs()["unseen"]


@given(st.sets(st.sampled_from(DOUBTS)), st.sampled_from(DOUBTS))
def test_a_doubt_never_makes_surer(doubts: set[str], one_more: str) -> None:
    before, after = weigh(doubts), weigh(doubts | {one_more})
    assert 0 <= after <= before <= 1


def test_order_and_repetition_change_nothing() -> None:
    assert weigh(DOUBTS[:5]) == weigh([*DOUBTS[:5][::-1], DOUBTS[0]])


def test_an_unknown_doubt_is_an_error() -> None:
    with pytest.raises(KeyError):
        weigh(["no such doubt"])


@given(st.text(alphabet="一二三全市县我比上年同期增长占达到的、，。；（）：0123456789%个家人万第位率\n", max_size=60))
def test_any_text_has_scores_in_range(text: str) -> None:
    assert all(0 <= fact.confidence <= 1 for fact in healthie.extract(text).facts)
