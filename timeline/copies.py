"""A copy of this process that does a piece of work on another processor, gives its result, and never outlives the process it was copied from."""

import contextlib
import ctypes
import gc
import os
import pickle
import re
import resource
import signal
import warnings
from collections.abc import Callable
from pathlib import Path

_MEMORY, _OWN_MEMORY = Path("/proc/meminfo"), Path("/proc/self/statm")
_AVAILABLE = re.compile(r"^MemAvailable:\s*(\d+) kB$", re.MULTILINE)
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


class Copy[T]:
    """Work that a copy of this process does. What it cannot do there, for whatever reason, is done here when its result is asked for, so that
    an error is the same as without a copy.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        """Begin the work; OSError where the system makes no copy. No other thread of this process may hold a lock that the work needs.

        Signals that end a run wait until somebody is there to end the copy (`receive_signals`).
        """
        self._work = work
        reading, writing = os.pipe()
        self._answer = os.fdopen(reading, "rb")
        parent = os.getpid()
        self._signals = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
        gc.freeze()  # what stands is not searched in the copy, which would then need memory of its own for it
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # of threads, see above
                self._process = os.fork()
            if not self._process:
                self._answer.close()  # or a copy that nobody listens to any more would wait for itself
                _answer(work, writing, parent)
        except OSError:
            self._answer.close()
            self.receive_signals()
            raise
        finally:
            gc.unfreeze()
            os.close(writing)

    def receive_signals(self) -> None:
        """Lets signals in that waited."""
        signal.pthread_sigmask(signal.SIG_SETMASK, self._signals)

    def result(self) -> T:
        """As `Beside`."""
        with self._answer:
            given = self._answer.read()
        if self._ended_well():
            done: T = pickle.loads(given)  # noqa: S301 - from our own copy
            return done
        return self._work()

    def stop(self) -> None:
        """Ends the copy where its result was not asked for."""
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            self._ended_well()
            self._answer.close()

    def _ended_well(self) -> bool:
        process, self._process = self._process, 0
        try:
            return os.waitpid(process, 0)[1] == 0
        except ChildProcessError:  # in a process that was started to ignore how its children end, nobody is told
            return False


def _answer(work: Callable[[], object], writing: int, parent: int) -> None:
    """The copy's life: the work, its result into the pipe, and the end, without anything that ends the process it was copied from."""
    ended = 1
    try:
        end_with_parent(signal.SIGKILL)
        if os.getppid() != parent:  # it is gone already
            return
        for each in _ENDING:
            signal.signal(each, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
        with os.fdopen(writing, "wb") as answer:
            pickle.dump(work(), answer, pickle.HIGHEST_PROTOCOL)
        ended = 0
    finally:
        os._exit(ended)


def memory_is_short() -> bool:
    """Whether the machine can give less memory than this process has, which a copy shares, and comes to need again at worst; where the
    system does not tell, it may still refuse a copy.
    """
    try:
        own = int(_OWN_MEMORY.read_text("ascii").split()[1]) * resource.getpagesize()
        free = _AVAILABLE.search(_MEMORY.read_text("ascii"))
    except (OSError, ValueError, IndexError):
        return False
    return free is not None and int(free[1]) * 1024 < own


def end_with_parent(by: signal.Signals) -> None:
    """Lets the system send this signal to this process when the one that started it is gone, where it can (Linux)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(by), 0, 0, 0)
