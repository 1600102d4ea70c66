#!/usr/bin/env python3
"""Build the site into site/: needs ``pip install '.[docs]'`` and no network.

    python scripts/build_site.py [--run]

The tutorial's page is made of examples/tutorial.ipynb as it stands, and one report is shown as ``healthie view`` shows
it; with ``--run`` the notebook is run first, and its outputs are written back. A link to a page that is not there stops
the build, and so does anything that a page would fetch from another server.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "examples" / "tutorial.ipynb"


def run_module(*arguments: str) -> None:
    """Run a module of this Python, and end with its status if it fails."""
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed.")


def check_offline() -> None:
    """Stop if a page takes a picture, a style or a script from another server."""
    fetched = re.compile(
        r"""<(?:script|img|iframe|source)[^>]+src=["']?(?:https?:)?//|<link[^>]+href=["']?https?://|@import"""
    )
    pages = [path for path in (ROOT / "site").rglob("*.html") if fetched.search(path.read_text(encoding="utf-8"))]
    if pages:
        raise SystemExit(f"{', '.join(path.name for path in pages)}: something is fetched from another server.")


def mark_chinese() -> None:
    """Say of the pages in Chinese that they are: screen readers and the choice of glyphs go by that."""
    for path in (ROOT / "site").rglob("*.zh.html"):
        page = path.read_text(encoding="utf-8")
        path.write_text(page.replace('<html lang="en"', '<html lang="zh"', 1), encoding="utf-8")


def main() -> None:
    """Make the pages that are made of something, then the site of all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", action="store_true", help="run the notebook first (needs '.[test]')")
    if parser.parse_args().run:
        no_times = "--ExecutePreprocessor.record_timing=False"
        run_module("nbconvert", "--log-level=WARN", "--to=notebook", "--execute", "--inplace", no_times, str(NOTEBOOK))
    run_module("healthie", "view", str(ROOT / "examples/reports/fuping.docx"), "--output=docs/example.html")
    run_module("nbconvert", "--log-level=WARN", "--to=markdown", "--output-dir=docs", str(NOTEBOOK))
    run_module("zensical", "build", "--strict", "--clean")
    mark_chinese()
    check_offline()


if __name__ == "__main__":
    main()
