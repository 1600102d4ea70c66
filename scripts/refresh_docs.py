"""Write into the pages what their ``$`` lines print: ``python scripts/refresh_docs.py``, then read the diff."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STEP = re.compile(r"^\$ (.*)\n(?:(?!\$ ).*\n)*", re.MULTILINE)


def _run(step: re.Match[str]) -> str:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = os.environ | {"PATH": path}
    result = subprocess.run(  # noqa: S603  the lines are the pages' own
        ["/bin/sh", "-c", step[1]], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    return f"$ {step[1]}\n" + (result.stdout + result.stderr).rstrip() + "\n"


def _refresh(block: re.Match[str]) -> str:
    return "```console\n" + STEP.sub(_run, block[1]) + "```"


if __name__ == "__main__":
    for page in [*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")]:
        text = page.read_text(encoding="utf-8")
        page.write_text(BLOCK.sub(_refresh, text), encoding="utf-8")
