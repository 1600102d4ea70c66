"""A function over a stream of items in several processes: in order, in bounded memory, none lost through another.

Start at `ordered`. What a function raises comes back as a `Failure` in the place of its result. When a process dies
(killed, out of memory), at whatever moment, the items that it was sent are done again one by one, so that only an item
that kills it fails.
"""

from __future__ import annotations

import os
import pickle
import signal
import traceback
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from typing import TypeAlias

__all__ = ["Failure", "ordered"]

_TASKS_A_PROCESS = 4  # one in work and some waiting behind a long one: bounds what is read ahead of the caller
_STARTS = 2  # how often a task is handed over to a process that is killed while it waits
_RECEIVED = b"1"  # what a process says once it has a task

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
        If one of the processes cannot be started; then none is left.
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
    crew = _Crew(n_process)
    waiting: deque[Submitted[Item, Result]] = deque()
    unread: Exception | None = None
    try:
        while True:
            try:
                for task in islice(tasks, n_process * _TASKS_A_PROCESS - len(waiting)):
                    waiting.append((task, crew.submit(function, task)))
            except Exception as error:  # noqa: BLE001 - raised below, once what was read before it is done
                unread = error
            if not waiting:
                break
            task, future = waiting.popleft()
            if future.exception() is None:
                yield from future.result()
                continue
            wait([others for _, others in waiting])  # memory may have run out: nothing is done beside it now
            yield from _one_by_one(crew, function, task)
    finally:
        crew.end()
    if unread is not None:
        raise unread


def _one_by_one(crew: _Crew, function: Callable[[Item], Result], task: Task[Item]) -> Iterator[Outcome[Result]]:
    """Do the items of a task again of which nothing came back, each by itself."""
    for index, item in task:
        is_stillborn = isinstance(crew.submit(abs, [(0, 0)]).exception(), _DiedError)
        if is_stillborn:
            raise RuntimeError(
                "A process ended before its work: put the call under `if __name__ == '__main__':`, "
                "or use fewer processes if memory ran out."
            )
        alone = crew.submit(function, [(index, item)])
        match alone.exception():
            case None:
                yield from alone.result()
            case _DiedError():
                yield Failure(index, RuntimeError("the process that read it died, and so did a second one."))
            case error:  # it cannot be sent to a process, or what was made of it cannot be sent back
                yield Failure(index, _sendable(error))


class _DiedError(Exception):
    """A process ended before it gave back what it was sent."""


class _Crew:
    """Processes, and a thread here for each, which sends it one task at a time and waits for what comes back.

    Raises
    ------
    RuntimeError
        If one of them cannot be started; the others are ended.
    """

    def __init__(self, n_process: int) -> None:
        self._threads = ThreadPoolExecutor(n_process)
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._workers: list[_Worker] = []
        try:
            for _ in range(n_process):
                self._workers.append(_Worker())
                self._idle.put(self._workers[-1])
        except BaseException as error:
            self.end()
            if not isinstance(error, OSError):
                raise
            raise RuntimeError(
                f"Process {len(self._workers) + 1} of {n_process} cannot be started ({error.strerror or error}): "
                "use fewer processes."
            ) from None

    def submit(self, function: Callable[[Item], Result], task: Task[Item]) -> Future[list[Outcome[Result]]]:
        return self._threads.submit(self._do, function, task)

    def _do(self, function: Callable[[Item], Result], task: Task[Item]) -> list[Outcome[Result]]:
        worker = self._idle.get()
        try:
            return worker.do(function, task)
        finally:
            self._idle.put(worker)

    def end(self) -> None:
        """End the processes, whatever they are at."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.end()


class _Worker:
    """A process at the end of a pipe that no other process holds; after its death it is another process.

    A pool of the standard library has one pipe for all its processes: one that is killed within a long result leaves
    half of it there, and everyone waits for the rest. Here its death is the end of the pipe.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._is_ended = False
        self._pipe, self._process = _start()

    def do(self, function: Callable[[Item], Result], task: Task[Item]) -> list[Outcome[Result]]:
        """Do a task in the process.

        Raises
        ------
        _DiedError
            If the process ends meanwhile; the next task gets another one.
        Exception
            If the task or what was made of it cannot be sent.
        """
        self._hand_over(_packed((function, task)))
        try:
            received = self._pipe.recv_bytes()
        except (EOFError, OSError):
            self._start_again()
            raise _DiedError from None
        answer: list[Outcome[Result]] | Exception = ForkingPickler.loads(received)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _hand_over(self, sent: bytes) -> None:
        """Send a task until a process says that it has it: one that was killed while it waited did nothing of it."""
        for _ in range(_STARTS):
            try:
                self._pipe.send_bytes(sent)
                self._pipe.recv_bytes()
            except (EOFError, OSError):
                self._start_again()
            else:
                return
        raise _DiedError

    def _start_again(self) -> None:
        self._pipe.close()
        self._process.kill()  # it may have closed the pipe and live on
        self._process.join()
        with self._lock, suppress(OSError):  # no process can be started now: the next task tries again
            if not self._is_ended:
                self._pipe, self._process = _start()

    def end(self) -> None:
        """End the process for good."""
        with self._lock:
            self._is_ended = True
            self._process.kill()


def _start() -> tuple[Connection[Any, Any], SpawnProcess]:
    """Start a process; return the end of its pipe that is ours, and itself; no pipe is left where none can start."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there,), daemon=True)
    try:
        with _ctrl_c_held():
            process.start()
    except BaseException:
        here.close()
        raise
    finally:
        there.close()
    return here, process


@contextmanager
def _ctrl_c_held() -> Iterator[None]:
    """Hold Ctrl-C back, and from a process started meanwhile: it would end with a traceback before it can ignore it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    from multiprocessing.resource_tracker import ensure_running  # noqa: PLC0415 - Windows has none

    ensure_running()  # where the first process starts it, it lets Ctrl-C through again
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _packed(thing: object) -> bytes:
    """Return what is sent, copied: Python 3.12 crashes where a view of a `BytesIO` is left in a cycle of frames."""
    return bytes(ForkingPickler.dumps(thing))


# In the processes


def _serve(pipe: Connection[Any, Any]) -> None:
    """Do what comes through the pipe, to its end; leave Ctrl-C to the parent, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError):
        while True:
            received = pipe.recv_bytes()
            pipe.send_bytes(_RECEIVED)
            try:
                function, task = ForkingPickler.loads(received)
                answer = _packed([_attempt(function, index, item) for index, item in task])
            except Exception as error:  # noqa: BLE001 - the task or its result cannot be sent: the parent tells
                answer = _packed(_sendable(error))
            pipe.send_bytes(answer)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


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
