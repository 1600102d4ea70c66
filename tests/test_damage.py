"""A text with damaged characters is read, less well the more there are; the table is in docs/reliability.md."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import any_text
import corpus_score
import pytest
from damage import carry, damage

import healthie

ROOT = Path(__file__).parents[1]
NAME = "a01-youxian-half-year"
TEXT = (any_text.CORPORA / f"{NAME}.txt").read_text(encoding="utf-8")
GOLD = json.loads((any_text.CORPORA / f"{NAME}.json").read_text(encoding="utf-8"))


def test_no_damage_changes_nothing() -> None:
    assert damage(TEXT, 0, 1).text == TEXT
    assert carry(GOLD, damage(TEXT, 0, 1).offsets) == GOLD


@pytest.mark.parametrize("share", [0.01, 0.05, 0.1, 1])
def test_offsets_find_what_is_unharmed(share: float) -> None:
    found = damage(TEXT, share, 1)
    assert len(found.offsets) == len(TEXT) + 1
    assert found.offsets == sorted(found.offsets)
    unharmed = [i for i in range(len(TEXT)) if i not in found.hurt]
    assert all(found.text[found.offsets[i]] == TEXT[i] for i in unharmed)
    assert len(found.hurt) == pytest.approx(len(TEXT) * share, rel=0.6)
    assert damage(TEXT, share, 1) == found


@pytest.mark.parametrize("share", [0.01, 0.05, 0.1])
@pytest.mark.parametrize("path", sorted(any_text.CORPORA.glob("*.txt"))[::9], ids=lambda path: path.stem)
def test_damaged_reports_are_read(path: any_text.Path, share: float) -> None:
    report = healthie.extract(damage(path.read_text(encoding="utf-8"), share, 2).text)
    any_text.check_report(report)
    any_text.check_exports(report)


def test_a_little_damage_costs_little() -> None:
    total = corpus_score.Score()
    for seed in range(5):
        found = damage(TEXT, 0.01, seed)
        gold = carry(GOLD, found.offsets)
        total += corpus_score.score(found.text, gold, healthie.extract(found.text).to_dict())
    assert total.quantity > 0.9
    assert total.row > 0.75


@pytest.mark.parametrize(
    ("argument", "status", "said"),
    [("--help", 0, "usage: "), ("/no/such/place", 2, "there is no folder /no/such/place.")],
)
def test_the_measure_takes_folders_and_nothing_else(argument: str, status: int, said: str) -> None:
    command = [sys.executable, "scripts/measure_damage.py", argument]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == status
    assert said in result.stdout + result.stderr
    assert "nothing raised" not in result.stdout
