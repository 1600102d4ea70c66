"""All commands, and the options of ``healthie`` itself.

Start at `run`.
"""

from __future__ import annotations

from typing import Annotated

import typer

from healthie import __version__
from healthie.cli.check import check
from healthie.cli.ending import USAGE, Ended
from healthie.cli.extract import extract
from healthie.cli.info import info
from healthie.cli.panel import panel
from healthie.cli.view import view

__all__ = ["app", "run"]

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


def run() -> int | str | None:
    """Run the command that the arguments of the process name, and return its exit status.

    Raises
    ------
    Ended
        If the command ended before its end.
    """
    try:
        app()
    except Ended:
        raise
    except SystemExit as end:
        # 2 is what typer ends with on wrong usage, and ours for files that failed.
        return USAGE if end.code == _TYPERS_USAGE else end.code
    return 0
