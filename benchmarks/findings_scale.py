"""Seconds that every rule of FINDINGS takes on timelines of more and more events, and how they grow.

    python benchmarks/findings_scale.py [--events 2500 5000 10000 20000] [--years 10]

Processor time, so that what else the machine does counts little. The timelines are invented, all of the same years, so that a larger one is a
fuller one. What several rules share is worked out by the first of them, and collecting is put off as in a run. The last column is the
exponent b of time = a (n log n)^b, by least squares of the logarithms: 1 is growth by n log n, about 2 would be all against all.
"""

import argparse
import math
import time
from collections.abc import Callable, Sequence

from invented import case_of, evidence, mentions, people, timeline_of

from timeline.collecting import collecting_later
from timeline.findings import FINDINGS
from timeline.findings.accounts import Account

_SHORTEST = 1e-3  # seconds: what takes less is not measured well enough to be fitted


def main() -> None:
    """Prints a line a rule."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, nargs="+", default=[2500, 5000, 10_000, 20_000])
    parser.add_argument("--years", type=int, default=10)
    options = parser.parse_args()
    print(f"ten million additions take {yardstick():.2f} s here")
    seconds: dict[str, list[float]] = {}
    found: dict[str, int] = {}
    case, cast = case_of(options.years), people()
    for count in options.events:
        timeline = timeline_of(count, options.years, cast)
        named = mentions(timeline, cast)
        with collecting_later():
            read = timed(seconds, "reading the rows", lambda: evidence(timeline, case, cast, named))
            print(f"{count:,} events: {shape(read.accounts)}")
            for rule in FINDINGS:
                found[rule.__name__] = len(timed(seconds, rule.__name__, lambda: list(rule(read))))
    seconds["all rules"] = [sum(each) for each in zip(*list(seconds.values())[1:], strict=True)]
    print(f"{'processor seconds for events:':32}" + "".join(f"{count:>9,}" for count in options.events) + " exponent    found")
    for name, took in seconds.items():
        figures = "".join(f"{each:9.2f}" for each in took)
        print(f"{name.replace('_', ' '):32}{figures}{growth(options.events, took):9.2f}{found.get(name, ''):>9}")


def timed[T](seconds: dict[str, list[float]], what: str, work: Callable[[], T]) -> T:
    """What the work gives; its processor seconds are added to the list of that name."""
    start = time.process_time()
    result = work()
    seconds.setdefault(what, []).append(time.process_time() - start)
    return result


def yardstick() -> float:
    """Processor seconds of a plain loop, to hold this machine against another."""
    start, total = time.process_time(), 0
    for number in range(10_000_000):
        total += number
    return time.process_time() - start


def growth(events: Sequence[int], seconds: Sequence[float]) -> float:
    """The exponent b of time = a (n log n)^b; nan for fewer than two sizes, or where it is too short to tell."""
    points = [(math.log(n * math.log(n)), math.log(each)) for n, each in zip(events, seconds, strict=True) if each >= _SHORTEST]
    if len(points) < 2:
        return math.nan
    x, y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    return sum((px - x) * (py - y) for px, py in points) / sum((px - x) ** 2 for px, _ in points)


def shape(rows: Sequence[Account]) -> str:
    """What the rows are like, to be held against a real review's."""
    about = {"words": "words", "cues": "phrases of the lists", "agencies": "agencies named", "mentions": "people named", "kinds": "kinds"}
    return ", ".join(f"{sum(len(getattr(row, part)) for row in rows) / len(rows):.1f} {said}" for part, said in about.items())


if __name__ == "__main__":
    main()
