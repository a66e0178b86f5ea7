"""The child process in which the name detectors live: it loads the models at once, then answers what it is asked on standard input until that ends.

It is told (patterns, texts to search for shapes), at which it begins, and then the texts to search for names; it answers what `Detectors.detect`
gives, or one line that tells why there is no answer and holds nothing of a text. Where it is given None for texts, it loads and says nothing.
"""

import contextlib
import os
import pickle
import resource
import signal
import sys
from collections.abc import Sequence
from functools import cache
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, BinaryIO

from anonymise.rules import Pattern
from timeline.errors import OutputError, place_of

if TYPE_CHECKING:
    from anonymise.detecting.detectors import ByText, Detectors

type Begun = tuple[tuple[Pattern, ...], Sequence[str] | None]
type Answer = tuple[ByText, ByText] | str


def main() -> None:
    """Answers until the parent is gone."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what the system would keep of a crash holds texts
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # or nobody would be told how a copy ended, where the parent was started so
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    waiting: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_take, args=(sys.stdin.buffer, waiting), daemon=True).start()
    with contextlib.suppress(Exception):  # it comes again, and is answered, when somebody asks
        from anonymise.detecting.detectors import load_models

        load_models()
    while True:
        patterns, whole = waiting.get()
        if whole is None:  # it was to load the detectors, for what comes next
            with contextlib.suppress(Exception):  # as above
                _detectors(patterns)
            continue
        answer = _answer(patterns, whole, waiting)
        pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()
        del whole, answer  # no text stays while nothing is asked


def _answer(patterns: tuple[Pattern, ...], whole: Sequence[str], waiting: "SimpleQueue[Sequence[str]]") -> Answer:
    taken: list[Sequence[str]] = []

    def asked() -> Sequence[str]:
        taken.append(waiting.get())
        return taken[0]

    try:
        return _detectors(patterns).detect(whole, asked)
    except OutputError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - the parent must hear of any fault, in words that hold no text
        return f"the name detectors stopped at a fault of the program ({place_of(error)}); please report this line"
    finally:
        if not taken:  # or it would be taken for the beginning of what is asked next
            asked()


@cache
def _detectors(patterns: tuple[Pattern, ...]) -> "Detectors":
    from anonymise.detecting.detectors import load_detectors

    return load_detectors(patterns, copy_threads=len(os.sched_getaffinity(0)) - 1)


def _take(stream: BinaryIO, waiting: "SimpleQueue[Any]") -> None:
    """Takes what is asked as it comes; without a parent there is nothing to look on for."""
    try:
        while True:
            waiting.put(pickle.load(stream))  # noqa: S301 - from our own parent
    finally:
        os._exit(0)  # the stream has ended, be it in the middle of what a killed parent asked


if __name__ == "__main__":
    main()
