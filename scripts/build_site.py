#!/usr/bin/env python3
"""Build the site into site/: needs ``pip install '.[docs]'`` and no network.

    python scripts/build_site.py [--run]

The tutorial's page is made of examples/tutorial.ipynb as it stands; with ``--run`` the notebook is run first, and its
outputs are written back. A link to a page that is not there stops the build.
"""

from __future__ import annotations

import argparse
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


def main() -> None:
    """Make the tutorial's page, then all pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", action="store_true", help="run the notebook first (needs '.[test]')")
    if parser.parse_args().run:
        run_module("nbconvert", "--log-level=WARN", "--to=notebook", "--execute", "--inplace", str(NOTEBOOK))
    run_module("nbconvert", "--log-level=WARN", "--to=markdown", "--output-dir=docs", str(NOTEBOOK))
    run_module("zensical", "build", "--strict", "--clean")


if __name__ == "__main__":
    main()
