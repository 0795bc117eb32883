"""What a reader may not do while it reads: write, ask the network, start programs, linger.

Python tells every such step to its audit hooks (PEP 578). A hook cannot be taken off again, so
it is switched on for the time of one input only.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

#: Processor seconds of one input, and how many bytes the process may grow by.
SECONDS = 2.0
MEMORY = 300 * 1024 * 1024

_CHANGING = frozenset({
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate",
    "os.chmod",
    "os.chown", "os.utime", "shutil.rmtree", "shutil.move", "shutil.copyfile",
})  # fmt: skip
_FORBIDDEN = frozenset({
    "subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn",
    "os.spawn",
    "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind",
    "pickle.find_class",
    "os.kill", "webbrowser.open", "ftplib.connect", "urllib.Request",
})  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class TrespassError(AssertionError):
    """A reader did what no reader may do."""


class OverrunError(AssertionError):
    """A reader took too long, or too much memory."""


class _Watch:
    def __init__(self) -> None:
        self.on = False
        self.programs = False
        self.seen: list[str] = []
        self.folder = os.path.realpath(tempfile.gettempdir())
        self.hooked = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event == "open":
            path, mode, flags = arguments
            if isinstance(path, int) or path is None:
                return
            if (isinstance(mode, str) and set(mode) & set("wax+")) or (flags or 0) & _WRITING:
                self._path(event, path)
        elif event in _CHANGING:
            # What is named below an open folder was opened, and looked at, before.
            if not any(isinstance(one, int) and one > 2 for one in arguments[1:]):
                self._path(event, arguments[0] if arguments else "")
        elif event in _FORBIDDEN and not (self.programs and event == "subprocess.Popen"):
            self.seen.append(f"{event} {arguments[:1]!r}"[:200])

    def _path(self, event: str, path: object) -> None:
        at = os.path.realpath(os.fsdecode(path)) if isinstance(path, str | bytes) else repr(path)
        # Python keeps what it has compiled beside a module that is imported late.
        if "__pycache__" not in at and not at.startswith((self.folder + os.sep, "/dev/null")):
            self.seen.append(f"{event} {at}"[:200])


_WATCH = _Watch()


def _stop(number: int, frame: FrameType | None) -> None:
    raise OverrunError(f"still at work after {5 * SECONDS:.0f} s of processor time")


@contextmanager
def watched(*, programs: bool = False) -> Iterator[None]:
    """What happens inside keeps to the bounds, or a TrespassError or OverrunError is raised.

    Args:
        programs: the reader is one that starts a program of its own, as that of PDF does.
    """
    if not _WATCH.hooked:
        sys.addaudithook(_WATCH)
        _WATCH.hooked = True
    _WATCH.seen.clear()
    memory = _memory()
    # Other tests of this process may have servers running.
    running = children() if programs else []
    before = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, 5 * SECONDS)
    begun = time.process_time()
    _WATCH.on, _WATCH.programs = True, programs
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield
    finally:
        _WATCH.on = False
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    took = time.process_time() - begun
    if _WATCH.seen:
        raise TrespassError("; ".join(_WATCH.seen))
    if took > SECONDS:
        raise OverrunError(f"more than {SECONDS:.0f} s of processor time")
    if _memory() - memory > MEMORY:
        raise OverrunError(f"the process grew by more than {MEMORY // 1024**2} MB")
    if programs and (left := [one for one in children() if one not in running]):
        raise TrespassError(f"{len(left)} processes left over")


def children() -> list[str]:
    """The processes that this one has started and that have not ended."""
    try:
        return Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
    except OSError:
        return []


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
