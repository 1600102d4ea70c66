"""Write data/report.schema.json from the types of healthie.schema: ``python scripts/build_schema.py``."""

from __future__ import annotations

import json
from pathlib import Path

from healthie.schema import generate_schema

TARGET = Path(__file__).parents[1] / "src" / "healthie" / "data" / "report.schema.json"

if __name__ == "__main__":
    TARGET.write_text(json.dumps(generate_schema(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
