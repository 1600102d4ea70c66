"""The command ``healthie``: one command a file, and what they share.

Start at `main`. The way of a command: inputs.py turns names, folders and patterns into files; run.py has each read, in
several processes if asked, and keeps what failed; output.py puts what was made of them together, in the formats of
layout.py, with journal.py so that a run that is killed can go on; ending.py holds the exit statuses.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from healthie import __version__
from healthie.cli.check import check
from healthie.cli.ending import UNWRITTEN, USAGE, Ended, complain, ending
from healthie.cli.extract import extract
from healthie.cli.info import info
from healthie.cli.panel import panel
from healthie.cli.view import view

__all__ = ["app", "main"]

_TYPERS_USAGE = 2

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, context_settings={"max_content_width": 100})


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"healthie {__version__}")
        raise typer.Exit


@app.callback()
def _healthie(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    """Turn Chinese government health reports into facts: what, how much, where, when, compared with what.

    Exit status:
    0 all done
    1 check found something
    2 a file failed, the others are done
    64 wrong usage
    74 the output cannot be written
    130 stopped by Ctrl-C
    141 whoever read the output had enough (| head)
    """


for _command in (extract, check, view, panel, info):
    app.command(no_args_is_help=True)(_command)


def main() -> None:
    """Run the command, and end the process with its exit status."""
    if sys.stdout is None:
        complain("standard output is closed, so nothing can be written; let it go to a file or a screen.")
        sys.exit(UNWRITTEN)
    with ending():
        status = _status()
    sys.exit(status)


def _status() -> int | str | None:
    """Run the command, and return its exit status."""
    try:
        app()
    except Ended:
        raise
    except SystemExit as end:
        # 2 is what typer ends with on wrong usage, and ours for files that failed.
        return USAGE if end.code == _TYPERS_USAGE else end.code
    return 0
