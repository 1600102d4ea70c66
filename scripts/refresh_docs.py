"""Write into the pages what their ``$`` lines print: ``python scripts/refresh_docs.py``, then read the diff."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STEP = re.compile(r"^\$ (.*)\n(?:(?!\$ ).*\n)*", re.MULTILINE)


def _run(step: re.Match[str], folder: str) -> str:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = os.environ | {"PATH": path}
    result = subprocess.run(  # noqa: S603  the lines are the pages' own
        ["/bin/sh", "-c", step[1]], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return "\n".join(filter(None, [f"$ {step[1]}", (result.stdout + result.stderr).rstrip()])) + "\n"


def _refresh(block: re.Match[str], folder: str) -> str:
    return "```console\n" + STEP.sub(partial(_run, folder=folder), block[1]) + "```"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:  # what a line writes does not stay
        for part in ("corpora", "examples"):
            shutil.copytree(ROOT / part, Path(folder, part))
        for page in [*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")]:
            text = page.read_text(encoding="utf-8")
            page.write_text(BLOCK.sub(partial(_refresh, folder=folder), text), encoding="utf-8")
