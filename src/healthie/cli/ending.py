"""How the command ends: exit statuses, and one sentence on standard error for each that is not 0.

Start at `ending`, in which every command does its work.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from healthie.cli.interrupt import Interrupted, stop_if_asked
from healthie.cli.screen import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FAILED", "FOUND", "UNWRITTEN", "USAGE", "Ended", "complain", "ending", "usage_error"]

FOUND = 1  # check found something
FAILED = 2  # some file failed, the others are done
USAGE = 64  # EX_USAGE of sysexits.h
UNWRITTEN = 74  # EX_IOERR
_INTERRUPTED = 130  # 128 + SIGINT, as shells say it
_CLOSED = 141  # 128 + SIGPIPE


class Ended(SystemExit):
    """The end of a command, with its exit status."""


def complain(sentence: str) -> None:
    """Tell something on standard error.

    Parameters
    ----------
    sentence : str
        One sentence; characters that could steer a terminal are written as escapes.
    """
    print(f"healthie: {harmless(sentence)}", file=sys.stderr)


def usage_error(sentence: str) -> Ended:
    """Tell what is wrong with how the command was called; return what is to be raised."""
    complain(sentence)
    return Ended(USAGE)


@contextmanager
def ending() -> Iterator[None]:
    """Turn what ends a command before its end into a sentence and an exit status.

    Raises
    ------
    Ended
        With that status.
    """
    try:
        yield
        stop_if_asked()
        sys.stdout.flush()
    except (Interrupted, KeyboardInterrupt):
        from multiprocessing import active_children  # its import would make every command later to start

        for child in active_children():
            child.terminate()
        complain("stopped.")
        raise Ended(_leave(_INTERRUPTED)) from None
    except BrokenPipeError:
        # Whoever reads has enough (| head): that is no fault.
        raise Ended(_leave(_CLOSED)) from None
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else "standard output"
        complain(f"{where}: it cannot be written ({error.strerror}): make room, or write elsewhere.")
        raise Ended(_leave(UNWRITTEN)) from None


def _leave(status: int) -> int:
    """Let what is still buffered go nowhere, so that Python does not try it again while it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status
