"""Seconds to merge a return of many rows with its correction, every row rewritten, and to let the rows inherit their ids.

    python benchmarks/corrections.py [--rows 2000 5000 20000]

Processor time, so that what else the machine does counts little. The rows hold invented words.
"""

import argparse
import random
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from timeline.dates import FuzzyDate
from timeline.events import Entry
from timeline.extraction import Extraction
from timeline.inheritance import Memory, remember
from timeline.merging import merge
from timeline.sources import SourceFile, SourceRef

WORDS = [
    f"{first}{last}" for first in ("vis", "tel", "ref", "sch", "nur", "mot") for last in ("a", "e", "ic", "al", "or", "um", "ing", "ed")
]
SECRET = b"s" * 32


def returned(name: str, texts: Sequence[str]) -> Extraction:
    """A file that was read, its rows in order over eight years."""
    file = SourceFile(path=f"police/{name}", sha256=name, agency="Police", label=f"police/{name}")
    entries = tuple(
        Entry(
            when=FuzzyDate((date(2012, 1, 1) + timedelta(days=number * 3000 // len(texts))).isoformat()),
            time=None,
            text=text,
            cells=(),
            source=SourceRef(file, f"row {number}", number),
        )
        for number, text in enumerate(texts, start=1)
    )
    return Extraction(source=file, status="read", seen=len(entries), entries=entries)


def timed[T](what: str, work: Callable[[], T]) -> T:
    """What the work gives; its seconds are printed."""
    start = time.process_time()
    result = work()
    print(f"{what:50} {time.process_time() - start:7.2f} s")
    return result


def main() -> None:
    """Prints a line a step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[2000, 5000, 20_000])
    for count in parser.parse_args().rows:
        chance = random.Random(1)  # noqa: S311 - the same rows every time
        texts = [" ".join(chance.choices(WORDS, k=40)) for _ in range(count)]
        rewritten = [" ".join(word if chance.random() > 0.1 else chance.choice(WORDS) for word in text.split()) for text in texts]
        first = merge([returned("v1.csv", texts)], SECRET)
        _, memory = remember(first, Memory())
        both = [returned("v1.csv", texts), returned("v2.csv", rewritten)]
        merged = timed(f"{count:,} rows rewritten: merging both returns", lambda both=both: merge(both, SECRET))
        timed(f"{count:,} rows rewritten: inheriting their ids", lambda merged=merged, memory=memory: remember(merged, memory))


if __name__ == "__main__":
    main()
