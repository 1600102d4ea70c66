"""A file read in a process of its own, which is ended when it takes too long or too much memory.

Start at `read_confined`, which starts that process and hands it the bytes; `main` is what runs there. They speak in
JSON, so that nothing that comes back can do more than be text. It is no prison: a file that takes over what reads it
has the rights of the user who reads it, but for writing files.
"""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path, PurePath
from typing import Any

from healthie.readers.limits import Limits
from healthie.readers.whole import read_whole
from healthie.source import Part, Source

__all__ = ["main", "read_confined"]

# -I leaves out the folder that Python is started in and its variables; the places to import from come as an argument.
_CODE = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from healthie.readers.confined import main; main()"
_LONGEST_SUFFIX = 16  # of a name, all that is asked of it
_CLOCK = "SIGXCPU"
_NO_MEMORY = ("SIGABRT", "SIGKILL")  # C++ that gets none gives up by the one, a system that has none left by the other
_ERRORS = {error.__name__: error for error in (ValueError, ImportError, RuntimeError)}


def read_confined(data: bytes, name: str, limits: Limits) -> Source:
    """Read a file in a process of its own.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        Its name: the extension tells a web page that does not begin like one.
    limits : Limits
        The most that it may take.

    Returns
    -------
    Source
        Without a path.

    Raises
    ------
    ImportError
        If what reads its kind is not installed.
    ValueError
        If it is empty, damaged, locked, of a kind that is not read, or takes more than the limits allow.
    RuntimeError
        If no process can be started, or healthie or what reads the file has a fault.

    Examples
    --------
    >>> read_confined("全县有卫生院8所。".encode(), "", Limits(seconds=50)).text
    '全县有卫生院8所。'
    """
    limits.check_size(len(data))
    if not sys.executable:
        raise RuntimeError("Limits need a Python to start a process with, and sys.executable names none: set it.")
    asked = {"name": "a" + PurePath(name).suffix[:_LONGEST_SUFFIX], "limits": asdict(limits)}
    command = [sys.executable, "-I", "-B", "-c", _CODE, json.dumps(_import_path()), json.dumps(asked)]
    try:
        ended = subprocess.run(  # noqa: S603  this Python, and no part of the file
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_long(limits) from None
    except OSError as error:
        raise RuntimeError(
            f"Limits need a process to read in, and none can be started ({error.strerror or error}): "
            f"see whether {sys.executable} runs and there is room for it."
        ) from None
    return _source(ended.stdout, ended.returncode, limits)


def _import_path() -> list[str]:
    """Return where modules are found; never the folder that happens to be worked in, which may hold anything."""
    root = str(Path(__file__).parents[2])
    try:
        here = os.path.realpath(Path.cwd())  # with `python -m` it is the first place, by its whole name
    except FileNotFoundError:  # it has been removed
        here = ""
    places = [place for place in sys.path if Path(place).is_absolute() and os.path.realpath(place) != here]
    return places if root in places else [*places, root]


def _source(answer: bytes, status: int, limits: Limits) -> Source:
    """Return what was read, or raise what kept it from being read."""
    try:
        told: dict[str, Any] = json.loads(answer)
    except ValueError:
        raise _without_answer(status, limits) from None
    if "error" not in told:
        parts = tuple(Part(*part) for part in told.pop("parts"))
        return Source(**told, parts=parts)
    if told["error"] in _ERRORS:
        raise _ERRORS[told["error"]](told["message"])
    raise _too_much(limits)


def _without_answer(status: int, limits: Limits) -> Exception:
    """Return what is to be raised of a process that ended by a signal (a status below 0), or by itself."""
    if status >= 0:
        return RuntimeError(f"the process that read it ended without an answer, with status {status}.")
    name = _signal_name(-status)
    if name == _CLOCK:
        return _too_long(limits)
    if name in _NO_MEMORY:
        return _too_much(limits)
    return ValueError(
        f"the process that read it ended by {name}: the file is damaged or made to harm, or takes more memory than is "
        "allowed: leave it out, or allow more."
    )


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # one of real time
        return f"signal {number}"


def _too_long(limits: Limits) -> ValueError:
    return ValueError(
        f"reading it takes more than the {limits.seconds:g} seconds that are allowed: allow more, or leave it out."
    )


def _too_much(limits: Limits) -> ValueError:
    return ValueError(
        f"reading it takes more than the {limits.memory:,} bytes of memory that are allowed, or it is made to harm: "
        "allow more, or leave it out."
    )


# In the process


def main() -> None:
    """Read what standard input holds, as the second argument says, and write what it is to standard output."""
    asked = json.loads(sys.argv[2])
    limits = Limits(**asked["limits"])
    data = sys.stdin.buffer.read()
    _confine(limits)
    with os.fdopen(os.dup(1), "wb") as output:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a reader prints is no answer
        output.write(_answer(data, asked["name"], limits))


def _confine(limits: Limits) -> None:
    """Hold this process to its limits, as far as the system offers it; it writes no file, and leaves no core."""
    try:
        import resource
    except ImportError:  # Windows
        return
    # The clock of whoever started this comes first: seconds of the processor count where that one has been killed.
    seconds = math.ceil(limits.seconds) + 1
    wanted = {
        resource.RLIMIT_CPU: (seconds, seconds + 1),  # the first ends it by a signal that says so
        resource.RLIMIT_AS: (limits.memory, limits.memory),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
    }
    for kind, asked in wanted.items():
        _, hard = resource.getrlimit(kind)
        soft, most = (each if hard == resource.RLIM_INFINITY else min(each, hard) for each in asked)
        with suppress(ValueError, OverflowError, OSError):  # macOS does not offer all of them
            resource.setrlimit(kind, (soft, most))


def _answer(data: bytes, name: str, limits: Limits) -> bytes:
    """Return as JSON what was read, or what kept it from being read."""
    try:
        return json.dumps(_told(data, name, limits)).encode("ascii")
    except MemoryError:
        return b'{"error": "MemoryError"}'


def _told(data: bytes, name: str, limits: Limits) -> dict[str, Any]:
    """Return what was read as JSON values, or what kept it from being read."""
    try:
        source = read_whole(data, name, limits)
    except MemoryError:
        raise
    except (ValueError, ImportError) as error:
        kind = ImportError if isinstance(error, ImportError) else ValueError
        return {"error": kind.__name__, "message": str(error)}
    except Exception as error:  # noqa: BLE001  told as what it is where it can be seen
        return {"error": "RuntimeError", "message": f"{type(error).__name__}: {error}"}
    return asdict(source) | {"parts": [(part.number, part.start, part.end) for part in source.parts]}
