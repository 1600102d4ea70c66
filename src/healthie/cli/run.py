"""Files read, one after the other or in several processes, and the account of what could not be.

Start at `begin`, which gives a `Run`; `work` does something with each of its files, and `Run.end` tells what failed.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from healthie.cli.ending import FAILED, Ended, complain, usage_error
from healthie.cli.inputs import Failed, find_files
from healthie.cli.interrupt import stop_if_asked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import TypeVar

    from healthie.cli.inputs import InputFile
    from healthie.readers import Limits
    from healthie.reading import Given

    Made = TypeVar("Made")

__all__ = ["Run", "begin", "given_of", "work"]


@dataclass(slots=True)
class Run:
    """Files to read, and what has come of it.

    Attributes
    ----------
    files : list of InputFile
        All that it is to read.
    output : Path or None
        Where to write; standard output without.
    n_process : int
        How many processes read.
    failed : list of Failed
        What could not be read, and why.
    rows : int
        How many facts or findings were written.
    """

    files: list[InputFile]
    output: Path | None = None
    n_process: int = 1
    failed: list[Failed] = field(default_factory=list)
    rows: int = 0

    def end(self, *, status: int = 0) -> None:
        """Tell what failed, and end the command unless all is well.

        Parameters
        ----------
        status : int
            The exit status where nothing failed.

        Raises
        ------
        Ended
            If something failed, or the status is not 0.
        """
        stop_if_asked()
        for failed in self.failed:
            complain(f"{failed.name}: {failed.reason}")
        count = len({file.name for file in self.files} | {failed.name for failed in self.failed})
        if self.failed and count > 1:
            some = f"{len(self.failed)} of {count} failed; the others are done."
            complain(f"all {count} failed." if len(self.failed) == count else some)
        if self.failed or status:
            raise Ended(FAILED if self.failed else status)


def begin(names: list[str], *, output: Path | None = None, n_process: int = 1, limits: Limits | None = None) -> Run:
    """Return a run over the files that names stand for, none of them its own output, each read within the limits.

    Raises
    ------
    Ended
        If there is nothing else.
    """
    files, failed = find_files(names, besides=output, limits=limits)
    if not files and not failed:
        raise usage_error(f"{output}: all that is to be read lies in the output itself.")
    return Run(files, output, n_process, failed)


def work(
    run: Run,
    task: Callable[[InputFile], Made],
    *,
    files: list[InputFile] | None = None,
    quiet: bool = False,
) -> Iterator[tuple[InputFile, Made]]:
    """Do something with each file, and show on a terminal how far it is.

    Parameters
    ----------
    run : Run
        The run, to which what fails is added.
    task : callable
        Of one file: a function of a module, or a `functools.partial` of one.
    files : list of InputFile, optional
        Those that are still to do; all of the run without.
    quiet : bool
        Whether to show nothing, as where the output itself goes to the terminal.

    Yields
    ------
    (InputFile, object)
        The files of which something was made, in order.
    """
    from tqdm import tqdm

    from healthie.parallel import Failure, ordered

    todo = run.files if files is None else files
    done = len(run.files) - len(todo)
    silent = quiet or not sys.stderr.isatty()
    with tqdm(total=len(run.files), initial=done, unit="file", disable=silent, leave=False) as bar:
        for file, made in zip(todo, ordered(task, todo, n_process=run.n_process), strict=True):
            stop_if_asked()
            if isinstance(made, Failure):
                run.failed.append(Failed(file.name, _reason(made.error).removeprefix(f"{file.name}: ")))
                bar.set_postfix(failed=len(run.failed))
            else:
                yield file, made
            bar.update()


def _reason(error: Exception) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such file."
        case PermissionError():
            return "it may not be read: its permissions forbid it."
        case OSError():
            return f"it cannot be read: {error.strerror or error}."
        case MemoryError():
            return "it cannot be read: memory ran out."
        case ValueError() | ImportError() | RuntimeError():
            return str(error)
        case _:
            return f"it cannot be read, by a fault of healthie: {type(error).__name__}: {error}"


def given_of(region: str, published: str) -> Given:
    """Return what the options say of the reports.

    Raises
    ------
    Ended
        If the region is unknown, or the date is none.
    """
    from healthie.reading import read_given

    try:
        return read_given(region, published)
    except ValueError as error:
        raise usage_error(str(error)) from None
