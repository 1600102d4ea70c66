from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import healthie
from healthie.export import to_json
from healthie.schema import generate_schema

CORPORA = Path(__file__).parents[1] / "corpora"


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(healthie.report_schema())


def test_the_shipped_schema_is_the_generated_one() -> None:
    assert healthie.report_schema() == generate_schema(), "run python scripts/build_schema.py"


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(healthie.report_schema())


@pytest.mark.parametrize("path", sorted(CORPORA.glob("*.txt")), ids=lambda path: path.stem)
def test_real_reports_are_valid(path: Path, validator: jsonschema.Draft202012Validator) -> None:
    report = healthie.extract(path.read_text(encoding="utf-8"))
    assert report.facts
    validator.validate(report.to_dict())
    validator.validate(json.loads(to_json(report, source=path.name)))


@pytest.mark.parametrize("text", ["", "8", "全县有卫生院8所。"])
def test_small_reports_are_valid(text: str, validator: jsonschema.Draft202012Validator) -> None:
    validator.validate(healthie.extract(text).to_dict())


def _broken(change: dict[str, Any]) -> dict[str, Any]:
    report = healthie.extract("全县有卫生院8所。").to_dict()
    report["facts"][0] |= change
    return report


@pytest.mark.parametrize(
    "change",
    [
        {"value": "8"},
        {"role": "total"},
        {"start": -1},
        {"confidence": 1.5},
        {"certainty": 1},
        {"of": -1},
        {"indicator": {"text": "x"}},
    ],
)
def test_what_is_wrong_is_found(change: dict[str, Any], validator: jsonschema.Draft202012Validator) -> None:
    assert not validator.is_valid(_broken(change))
