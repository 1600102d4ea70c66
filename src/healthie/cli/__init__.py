"""The command ``healthie``: one command a file, and what they share.

Start at `main`; commands.py has them all. The way of a command: inputs.py turns names, folders and patterns into files;
run.py has each read, in several processes if asked, and keeps what failed; output.py puts what was made of them
together, in the formats of layout.py, with journal.py so that a run that is killed can go on; ending.py holds the exit
statuses, and interrupt.py what Ctrl-C does.
"""

from __future__ import annotations

import sys

from healthie.cli.ending import UNWRITTEN, complain, ending
from healthie.cli.interrupt import heed_ctrl_c

__all__ = ["main"]


def main() -> None:
    """Run the command, and end the process with its exit status."""
    if sys.stdout is None:
        complain("standard output is closed, so nothing can be written; let it go to a file or a screen.")
        sys.exit(UNWRITTEN)
    with heed_ctrl_c(), ending():
        # Importing the commands takes most of the time of a short run: Ctrl-C is heeded before.
        from healthie.cli.commands import run

        status = run()
    sys.exit(status)
