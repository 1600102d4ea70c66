"""Ctrl-C ends the command, wherever it comes: once in good order, a second time at once.

Start at `heed_ctrl_c`. Ctrl-C raises in whatever runs at that moment. Where that is a finaliser (regex has some, while
it compiles a pattern) or code that catches all, what was raised is lost, and the run would go on. So it is noted too,
and `stop_if_asked` raises it again: after each report, before a report is told as failed, and before an output takes
its place.
"""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

__all__ = ["Interrupted", "heed_ctrl_c", "stop_if_asked"]

_asked = threading.Event()


class Interrupted(BaseException):
    """Ctrl-C. It is no KeyboardInterrupt, as typer makes an ending of its own of that."""


@contextmanager
def heed_ctrl_c() -> Iterator[None]:
    """Let Ctrl-C raise `Interrupted` and be noted; after the work it ends the process without a word.

    Where it is ignored, as in the background of a shell, or not this thread's to handle, nothing is changed.
    """
    in_main_thread = threading.current_thread() is threading.main_thread()
    if not in_main_thread or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    report = sys.unraisablehook

    def report_others(lost: sys.UnraisableHookArgs) -> None:
        if not isinstance(lost.exc_value, Interrupted):  # that one is noted, and will be raised again
            report(lost)

    sys.unraisablehook = report_others
    signal.signal(signal.SIGINT, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        sys.unraisablehook = report


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the next one ends the process at once
    _asked.set()
    raise Interrupted


def stop_if_asked() -> None:
    """Raise Interrupted if there was a Ctrl-C: the first may have been lost in what ran then."""
    if _asked.is_set():
        raise Interrupted
