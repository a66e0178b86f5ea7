"""A whole run as a board sees it, each in a process of its own: cold start, full, with nothing new, with one changed file, beside a plain script.

    python benchmarks/whole.py [--events N ...] [--without-plain]

For the sample and for reviews of N events made of it (10,000 unless told): seconds by the clock and of processor (children counted), and the
most memory that one process of it took. The plain script (benchmarks/plain.py) reads the same files and writes what it can. On a machine that others
use, read the processor time. Nothing is written into the sample.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from large import make_large

SAMPLE = Path(__file__).parent.parent / "data" / "samples" / "harbour"
STARTS = 5
ROW = "03/02/2020,Seen at the surgery with mother by the practice nurse,None\n"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a command took: seconds by the clock and of processor, and megabytes of its largest process."""

    seconds: float
    processor: float
    megabytes: float

    def __str__(self) -> str:
        return f"{self.seconds:8.2f} s  {self.processor:8.2f} s of processor  {self.megabytes:6.0f} MB"


def taken(command: Sequence[str]) -> Taken:
    """Runs a command to its end; CalledProcessError where it could not do its work."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None  # noqa: S101 - a pipe was asked for
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise subprocess.CalledProcessError(process.returncode, command[:4], stderr=said.decode("utf-8", "replace")[-300:])
    return Taken(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def chronology(*arguments: object) -> Taken:
    """Runs our command in a process of its own."""
    return taken((sys.executable, "-m", "pipelines.cli", *map(str, arguments)))


def change_one_file(review: Path) -> None:
    """One agency's return has a row more."""
    (place, *_) = sorted((review / "intake").glob("gp*"))
    (place / "addendum.csv").write_text("Date,Event,Action taken\n" + ROW, "utf-8")


def measured(name: str, review: Path, folder: Path, *, with_plain: bool) -> None:
    """Prints a line for each way of running a review."""
    full = chronology("run", review)
    same = chronology("run", review)
    change_one_file(review)
    changed = chronology("run", review)
    print(f"{name:14} full           {full}")
    print(f"{name:14} nothing new    {same}   {100 * same.processor / full.processor:5.1f} % of the full run's processor time")
    print(f"{name:14} one file new   {changed}   {100 * changed.processor / full.processor:5.1f} %")
    if with_plain:
        plain = taken((sys.executable, str(Path(__file__).parent / "plain.py"), str(review), str(folder)))
        print(
            f"{name:14} plain script   {plain}   ours is {plain.seconds / full.seconds:.2f} times as fast by the clock, "
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
            folder = Path(made) / f"plain {name}"
            folder.mkdir()
            measured(name, review, folder, with_plain=not options.without_plain)


if __name__ == "__main__":
    main()
