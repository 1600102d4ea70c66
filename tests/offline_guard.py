"""What a process may not do while healthie works: run in it before anything else, as test_offline.py does.

Start at `watch`. An audit hook sees what Python does and not what C code does by itself: files that Arrow, PDFium or
the maker of charts open are not seen here. What they leave behind in a folder is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

# urllib3 asks on import whether there is IPv6 by binding to this address and letting go: nothing is sent, none listens.
LOCAL_PROBE = ("::1", 0)
# Where modules and their data are, and what the system tells of itself (time zones, the number of processors, fonts).
_SYSTEM = (
    "/proc",
    "/sys",
    "/usr/share",
    "/usr/lib",
    "/lib",
    "/etc/localtime",
    "/etc/mime.types",
    "/dev/null",
    "/dev/urandom",
)
_PROCESSES = (
    "os.system",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "pty.spawn",
    "subprocess.Popen",
)
_CHANGES = (
    "os.chmod",
    "os.chown",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "os.truncate",
    "os.utime",
    "shutil.",
    "tempfile.",
)
_NETWORK = (
    "socket.",
    "urllib.",
    "http.client.",
    "ftplib.",
    "smtplib.",
    "imaplib.",
    "poplib.",
    "nntplib.",
    "telnetlib.",
)


def watch(*, readable: list[str], writable: list[str]) -> list[str]:
    """Forbid sockets, pickles, processes but ours, and files outside of folders; return what is tried, as it grows."""
    tried: list[str] = []
    written = _inside([*writable, os.devnull])
    read = _inside([*readable, *writable, sys.prefix, sys.base_prefix, *filter(None, sys.path), *_SYSTEM])

    def hook(event: str, values: tuple[object, ...]) -> None:
        if _is_forbidden(event, values, read, written):
            tried.append(f"{event} {values!r:.200}")
            raise PermissionError(f"forbidden here: {tried[-1]}")

    sys.addaudithook(hook)
    return tried


def _inside(folders: list[str]) -> Callable[[object], bool]:
    real = [Path(folder).resolve() for folder in folders]

    def is_inside(path: object) -> bool:
        if isinstance(path, int) or path is None:  # what is open already
            return True
        place = Path(os.fsdecode(path)).resolve()  # type: ignore[arg-type]
        return any(place.is_relative_to(folder) for folder in real)

    return is_inside


def _is_forbidden(
    event: str, values: tuple[object, ...], read: Callable[[object], bool], written: Callable[[object], bool]
) -> bool:
    if event == "open":
        path, _, flags = values
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        return not (written if writes else read)(path)
    if event == "pickle.find_class":
        return True
    if event.startswith(_NETWORK):
        return event != "socket.__new__" and not (event == "socket.bind" and values[1] == LOCAL_PROBE)
    if event.startswith(_CHANGES):
        return not all(written(value) for value in values if isinstance(value, str | bytes | os.PathLike))
    return event.startswith(_PROCESSES) and not _is_ours(event, values)


def _is_ours(event: str, values: tuple[object, ...]) -> bool:
    """Tell whether a process is the one that reads a file within limits."""
    if event not in {"subprocess.Popen", "os.posix_spawn"}:  # from Python 3.13 on the one starts the other
        return False
    executable, command, *_ = values
    return (
        executable == sys.executable
        and isinstance(command, list)
        and command[1:4] == ["-I", "-B", "-c"]
        and "healthie.readers.confined" in command[4]
    )
