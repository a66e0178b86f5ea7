"""What reviews cost beyond one: events a minute with 1 and 2 workers, and the cost as reviews and events grow, with the fit. `make scale`.

    PYTHONPATH=. python benchmarks/scale.py [--workers 1 2] [--reviews 1 3 10 30 100] [--events 1000 3000 10000 30000 100000] [--events-each 500]

Workers are process workers of a work pool on a Prefect server with a real PostgreSQL, as docs/scale.md has them, each with all its processes
pinned to one processor of its own; server and database are pinned to none. Everything else is one process pinned to one processor, so its seconds by
the clock are those of the processor on a quiet machine; megabytes are those of all its processes at once, and to watch them takes up to 7 % of a run.
Reviews are made of the sample, no text twice. A part is left out where its list is empty. With the default sizes it takes hours; nothing is
written into the sample.
"""

import argparse
import math
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from large import make_large
from whole import Taken, chronology

from pipelines.nightly.review_ids import id_of
from tests.pipelines.spread.machines import Machines, machines
from tests.pipelines.spread.postgres import running

SAMPLE = Path(__file__).parent.parent / "data" / "samples" / "harbour"
SHARED_BY = 4  # reviews that the workers share
REVIEWS_A_YEAR, EVENTS_A_REVIEW, MONTHS_OPEN = 500, 3_000, 9  # the national service of docs/scale.md, which says why
RUNS_A_REVIEW, NIGHT_HOURS = 60, 8
_LONGEST_SECONDS = 24 * 3600


def folder_of(place: Path, reviews: int, events: int) -> Path:
    """A folder of so many reviews of so many events each; they hold the same rows, but each is a review of its own."""
    folder = place / f"{reviews} of {events}"
    folder.mkdir()
    first = make_large(SAMPLE, folder / "review 1", events)
    for number in range(2, reviews + 1):
        shutil.copytree(first, folder / f"review {number}")
    return folder


def by_workers(place: Path, counts: Sequence[int], events: int) -> None:
    """Prints events a minute that so many workers of a pool get through, from asking for the runs to the last one's end."""
    print(f"\n| workers | reviews of {events:,} events | minutes | events a minute | times one worker |\n|---|---|---|---|---|")
    alone = 0.0
    for count in counts:
        reviews = folder_of(place, SHARED_BY, events)
        made = place / f"{count} workers"
        made.mkdir()
        with running() as postgres, machines(postgres, made, reviews) as ready:
            seconds = _shared(ready, reviews, count)
        a_minute = 60 * SHARED_BY * events / seconds
        alone = alone or a_minute / count
        print(f"| {count} | {SHARED_BY} | {seconds / 60:.1f} | {a_minute:,.0f} | {a_minute / alone:.2f} |", flush=True)
        shutil.rmtree(reviews)


def _shared(ready: Machines, reviews: Path, count: int) -> float:
    """Seconds from asking for a run of each review to the end of the last one."""
    processors = sorted(os.sched_getaffinity(0))
    with ExitStack() as started:
        for number in range(count):
            started.enter_context(ready.worker(f"worker-{number}", processor=processors[number]))
        ready.until(lambda: len(ready.ask("select 1 from worker where status = 'ONLINE'")) >= count)
        start = time.perf_counter()
        ready.enqueue(*(id_of(reviews, each) for each in sorted(reviews.glob("review *"))))
        ready.until(lambda: ready.states().count("COMPLETED") == SHARED_BY, seconds=_LONGEST_SECONDS)
        return time.perf_counter() - start


def by_reviews(place: Path, counts: Sequence[int], events: int) -> float:
    """Prints what a night costs of so many reviews, and one in which nothing is new; gives a review's processor seconds in the latter."""
    print(f"\n| reviews of {events:,} events | processor s, all new | a review | nothing new | a review | MB |\n|---|---|---|---|---|---|")
    full, same = [], []
    for count in counts:
        folder = folder_of(place, count, events)
        new, old = chronology("nightly", "--once", folder, watched=True), chronology("nightly", "--once", folder)
        full.append((count, new))
        same.append((count, old))
        print(
            f"| {count} | {new.processor:,.1f} | {new.processor / count:.2f} | {old.processor:.2f} | {old.processor / count:.3f} | "
            f"{new.together:.0f} |",
            flush=True,
        )
        shutil.rmtree(folder)
    print(f"\nAll new: {straight(full)}. Nothing new: {straight(same)}.")
    return same[-1][1].processor / same[-1][0]


def by_events(place: Path, counts: Sequence[int]) -> list[tuple[int, Taken]]:
    """Prints what a run of one review of so many events costs, and the next in which nothing is new; gives the former."""
    print("\n| events | processor s | clock s | 1,000 events | nothing new | MB |\n|---|---|---|---|---|---|")
    taken = []
    for count in counts:
        review = make_large(SAMPLE, place / f"of {count}", count)
        try:
            new, old = chronology("run", review, watched=True), chronology("run", review)
        except subprocess.CalledProcessError as error:  # the leak check stops a run of made-up words, too: told, and no figure of it
            print(f"| {count:,} | status {error.returncode}: {error.stderr.splitlines()[-1][:60]}… | | | | |", flush=True)
            continue
        taken.append((count, new))
        print(
            f"| {count:,} | {new.processor:,.1f} | {new.seconds:,.1f} | {1000 * new.processor / count:.2f} | {old.processor:.2f} | "
            f"{new.together:.0f} |",
            flush=True,
        )
    if len(taken) > 1:
        at_thousand, exponent, off = power(taken)
        print(f"\nProcessor seconds = {at_thousand:.1f} × (events / 1,000)^{exponent:.2f} (the furthest is {100 * off:.0f} % off).")
    return taken


def plan(taken: Sequence[tuple[int, Taken]], nothing_new: float) -> None:
    """Prints the processor hours of a national service, from what was measured here; what it assumes stands in docs/scale.md."""
    at_thousand, exponent, _ = power(taken)
    run = at_thousand * (EVENTS_A_REVIEW / 1000) ** exponent
    open_reviews = REVIEWS_A_YEAR * MONTHS_OPEN / 12
    runs = REVIEWS_A_YEAR * RUNS_A_REVIEW * run / 3600
    nights = open_reviews * 365 * nothing_new / 3600
    anew = open_reviews * run / 3600
    print(
        f"\nA run of {EVENTS_A_REVIEW:,} events: {run:,.0f} s. {REVIEWS_A_YEAR} reviews a year of {RUNS_A_REVIEW} full runs: {runs:,.0f} hours."
    )
    print(f"{open_reviews:,.0f} open reviews looked at every night: {nights:,.0f} hours a year.")
    print(
        f"All open reviews made anew after an update: {anew:,.1f} hours, {math.ceil(anew / NIGHT_HOURS)} workers for one night of {NIGHT_HOURS} h."
    )


def straight(taken: Sequence[tuple[int, Taken]]) -> str:
    """The straight line through the processor seconds, by least squares, and the furthest that one lies from it."""
    if len(taken) < 2:
        return "one size alone, no fit"
    sizes, seconds = [size for size, _ in taken], [each.processor for _, each in taken]
    slope, start = statistics.linear_regression(sizes, seconds)
    off = max(abs(each - start - slope * size) / each for size, each in zip(sizes, seconds, strict=True))
    return f"{start:.1f} s + {slope:.3f} s a review (the furthest is {100 * off:.0f} % off)"


def power(taken: Sequence[tuple[int, Taken]]) -> tuple[float, float, float]:
    """Processor seconds of 1,000 events and the power with which they grow, by least squares of the logarithms; the furthest that one is off."""
    sizes, seconds = [math.log(size / 1000) for size, _ in taken], [math.log(each.processor) for _, each in taken]
    exponent, start = statistics.linear_regression(sizes, seconds)
    off = max(abs(math.exp(start + exponent * size - each) - 1) for size, each in zip(sizes, seconds, strict=True))
    return math.exp(start), exponent, off


def main() -> None:
    """Prints a table a measure."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    arguments.add_argument("--reviews", type=int, nargs="*", default=[1, 3, 10, 30, 100])
    arguments.add_argument("--events", type=int, nargs="*", default=[1_000, 3_000, 10_000, 30_000, 100_000])
    arguments.add_argument("--events-each", type=int, default=500, help="events of each review where reviews are counted")
    options = arguments.parse_args()
    if max(options.workers, default=0) > len(os.sched_getaffinity(0)):
        sys.exit("there are fewer processors than workers: each worker is pinned to one of its own")
    with TemporaryDirectory() as made:
        place = Path(made)
        if options.workers:
            by_workers(place, options.workers, options.events_each)
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # whatever is started from here on has one processor
        nothing_new = by_reviews(place, options.reviews, options.events_each) if options.reviews else 0.0
        taken = by_events(place, options.events) if options.events else []
        if nothing_new and len(taken) > 1:
            plan(taken, nothing_new)


if __name__ == "__main__":
    main()
