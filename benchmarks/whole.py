"""A whole run as a board sees it, each in a process of its own: cold start, full, with nothing new, with one changed return, beside a plain script.

    python benchmarks/whole.py [--events N ...] [--without-plain]

For the sample and for reviews of N events made of it (10,000 unless told): seconds by the clock and of processor (children counted), and the most
memory that one process of it took. The most that all of them took at once is watched in runs of their own, of a copy of the review, since
looking makes a run 7 % slower. It is looked at five times a second and counts what several processes of the machine share by its share, so it is
a floor, and lies below the former where one process does nearly all. The changed return is the largest workbook with a row more, sent again under
the same name. The plain script (benchmarks/plain.py) reads the same files and writes what it can.
On a machine that others use, read the processor time. Nothing is written into the sample.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from large import make_large
from memory import Watched
from returns import add_a_row

SAMPLE = Path(__file__).parent.parent / "data" / "samples" / "harbour"
STARTS = 5


@dataclass(frozen=True, slots=True)
class Taken:
    """What a command took: seconds by the clock and of processor, megabytes of its largest process, and of all its processes at once where
    these were watched, else 0.
    """

    seconds: float
    processor: float
    megabytes: float
    together: float

    def __str__(self) -> str:
        return f"{self.seconds:8.2f} s  {self.processor:8.2f} s of processor  {self.megabytes:6.0f} MB the largest process"


def taken(command: Sequence[str], *, watched: bool = False) -> Taken:
    """Runs a command to its end; CalledProcessError where it could not do its work."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None  # noqa: S101 - a pipe was asked for
    with Watched(process.pid) if watched else nullcontext() as watch:
        said = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise subprocess.CalledProcessError(process.returncode, command[:4], stderr=said.decode("utf-8", "replace")[-300:])
    return Taken(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, watch.megabytes if watch else 0)


def chronology(*arguments: object, watched: bool = False) -> Taken:
    """Runs our command in a process of its own."""
    return taken((sys.executable, "-m", "pipelines.cli", *map(str, arguments)), watched=watched)


def events_in(review: Path) -> int:
    """The number of events of the last run."""
    return len(json.loads((review / "output" / "working" / "timeline.json").read_text("utf-8"))["events"])


def measured(name: str, review: Path, folder: Path, *, with_plain: bool) -> None:
    """Prints a line for each way of running a review."""
    copy = shutil.copytree(review, folder / "copy")
    full = chronology("run", review)
    same = chronology("run", review)
    before = events_in(review)
    add_a_row(review / "intake")
    changed = chronology("run", review)
    if events_in(review) != before + 1:
        raise ValueError(f"{name}: the row that the changed return has more was not read as one event")
    print(f"{name:14} full            {full}", flush=True)
    print(f"{name:14} nothing new     {same}   {100 * same.processor / full.processor:5.1f} % of the full run's processor time")
    print(f"{name:14} changed return  {changed}   {100 * changed.processor / full.processor:5.1f} %")
    whole = chronology("run", copy, watched=True)
    add_a_row(copy / "intake")
    again = chronology("run", copy, watched=True)
    print(f"{name:14} all processes   {whole.together:8.0f} MB together at most, full; {again.together:.0f} MB, changed return", flush=True)
    if with_plain:
        plain = taken((sys.executable, str(Path(__file__).parent / "plain.py"), str(review), str(folder / "plain")))
        print(
            f"{name:14} plain script    {plain}   ours is {plain.seconds / full.seconds:.2f} times as fast by the clock, "
            f"{plain.processor / full.processor:.2f} in processor time"
        )


def main() -> None:
    """Prints a line a measure."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--events", type=int, nargs="*", default=[10_000])
    arguments.add_argument("--without-plain", action="store_true")
    options = arguments.parse_args()
    starts = [chronology("--help") for _ in range(STARTS)]
    seconds, processor = statistics.median(each.seconds for each in starts), statistics.median(each.processor for each in starts)
    print(f"{'chronology':14} --help         {seconds:8.2f} s  {processor:8.2f} s of processor  (the median of {STARTS})")
    with TemporaryDirectory() as made:
        sample = Path(shutil.copytree(SAMPLE, Path(made) / "sample", ignore=shutil.ignore_patterns("output", "record")))
        for name, review in (("sample", sample), *((f"{n:,} events", Path(made) / f"of {n}") for n in options.events)):
            if review != sample:
                make_large(SAMPLE, review, int(name.split()[0].replace(",", "")))
            folder = Path(made) / f"beside {name}"
            (folder / "plain").mkdir(parents=True)
            measured(name, review, folder, with_plain=not options.without_plain)


if __name__ == "__main__":
    main()
