"""A function over a stream of items in several processes: in order, in bounded memory, none lost through another.

Start at `ordered`. What a function raises comes back as a `Failure` in the place of its result. When a process dies
(killed, out of memory), the items that were on their way are done again one by one, so that only the item that kills it
fails.
"""

from __future__ import annotations

import os
import pickle
import signal
import traceback
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeAlias

__all__ = ["Failure", "ordered"]

_TASKS_A_PROCESS = 4  # one in work and some waiting behind a long one: bounds what is read ahead of the caller

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Failure:
    """What stands in the place of a result that could not be had.

    Attributes
    ----------
    index : int
        Which item it was, from 0.
    error : Exception
        What the function raised.
    """

    index: int
    error: Exception


if TYPE_CHECKING:
    # Items with their indexes, and the same once they are done.
    Task: TypeAlias = "list[tuple[int, Item]]"
    Outcome: TypeAlias = "Result | Failure"
    Submitted: TypeAlias = "tuple[Task[Item], Future[list[Outcome[Result]]]]"


def ordered(
    function: Callable[[Item], Result], items: Iterable[Item], *, n_process: int = 1, a_task: int = 1
) -> Iterator[Result | Failure]:
    """Call a function on each item, lazily.

    Parameters
    ----------
    function : callable
        Of one item. Above one process it is sent to them: a function of a module, or a `functools.partial` of one.
    items : iterable
        A generator is read only a little ahead of what has been taken.
    n_process : int
        How many processes; 1 is this one. Others are started afresh (spawn).
    a_task : int
        How many items are sent to a process at once: more of them where each is done quickly.

    Yields
    ------
    object or Failure
        One for each item, in their order.

    Raises
    ------
    RuntimeError
        If no process can be started.
    Exception
        What the iterable itself raises, after the results of all that it gave before.

    Examples
    --------
    >>> list(ordered(int, ["8", "60"]))
    [8, 60]
    >>> [type(outcome.error).__name__ for outcome in ordered(int, ["八"])]
    ['ValueError']
    """
    if n_process == 1:
        return (_attempt(function, index, item) for index, item in enumerate(items))
    return _in_processes(function, _tasks(items, a_task), n_process)


def _tasks(items: Iterable[Item], a_task: int) -> Iterator[Task[Item]]:
    task: Task[Item] = []
    try:
        for numbered in enumerate(items):
            task.append(numbered)
            if len(task) == a_task:
                yield task
                task = []
    except Exception:
        if task:
            yield task
        raise
    if task:
        yield task


def _in_processes(
    function: Callable[[Item], Result], tasks: Iterator[Task[Item]], n_process: int
) -> Iterator[Outcome[Result]]:
    pool = _start(n_process)
    waiting: deque[Submitted[Item, Result]] = deque()
    unread: Exception | None = None
    try:
        while True:
            try:
                for task in islice(tasks, n_process * _TASKS_A_PROCESS - len(waiting)):
                    waiting.append((task, _submit(pool, function, task)))
            except Exception as error:  # noqa: BLE001 - raised below, once what was read before it is done
                unread = error
            if not waiting:
                break
            task, future = waiting.popleft()
            if future.exception() is None:
                yield from future.result()
                continue
            submitted = [(task, future)]
            if isinstance(future.exception(), BrokenProcessPool):
                # Which of the tasks on their way killed it is not known: none of them goes to a shared pool again.
                submitted += waiting
                waiting.clear()
                pool.shutdown(wait=False)
                pool = _start(n_process)
            yield from _one_by_one(function, submitted)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    if unread is not None:
        raise unread


def _submit(
    pool: ProcessPoolExecutor, function: Callable[[Item], Result], task: Task[Item]
) -> Future[list[Outcome[Result]]]:
    try:
        return pool.submit(_do, function, task)
    except BrokenProcessPool as error:
        lost: Future[list[Outcome[Result]]] = Future()
        lost.set_exception(error)
        return lost


def _one_by_one(
    function: Callable[[Item], Result], submitted: list[Submitted[Item, Result]]
) -> Iterator[Outcome[Result]]:
    """Yield what came back, and in its place what did not: done again, each item with nothing beside it."""
    pool = _start(1)
    try:
        for task, future in submitted:
            if future.exception() is None:
                yield from future.result()
                continue
            for index, item in task:
                _check(pool)
                alone = _submit(pool, function, [(index, item)])
                match alone.exception():
                    case None:
                        yield from alone.result()
                    case BrokenProcessPool():
                        pool = _start(1)
                        yield Failure(index, RuntimeError("the process that read it died, and so did a second one."))
                    case error:  # it cannot be sent to a process, or what was made of it cannot be sent back
                        yield Failure(index, _sendable(error))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _check(pool: ProcessPoolExecutor) -> None:
    try:
        pool.submit(os.getpid).result()
    except BrokenProcessPool as error:
        raise RuntimeError(
            "A process ended before its work: put the call under `if __name__ == '__main__':`, "
            "or use fewer processes if memory ran out."
        ) from error


def _start(n_process: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(n_process, mp_context=get_context("spawn"), initializer=_begin)


# In the processes


def _begin() -> None:
    """Leave Ctrl-C to the parent, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(function: Callable[[Item], Result], task: Task[Item]) -> list[Outcome[Result]]:
    return [_attempt(function, index, item) for index, item in task]


def _attempt(function: Callable[[Item], Result], index: int, item: Item) -> Outcome[Result]:
    try:
        return function(item)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told in its place and stops no other
        return Failure(index, _sendable(error))


def _sendable(error: BaseException) -> Exception:
    """Return the error, or where it would not survive the way between processes, one that says the same."""
    if hasattr(error, "add_note"):  # from Python 3.11: the way of the calls is lost between processes
        error.add_note("".join(traceback.format_tb(error.__traceback__)))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - what was made here
    except Exception:  # noqa: BLE001 - any class can have any trouble with it
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error if isinstance(error, Exception) else RuntimeError(f"{type(error).__name__}: {error}")
