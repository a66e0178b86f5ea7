"""Seconds to write each document of a review of 120 and of 10,000 invented events, and the whole set: of the processor, and by the wall clock.

    python benchmarks/documents.py [--events 120 10000] [--years 10]

Nothing but the writing is timed: rows, findings and pseudonyms are made beforehand. The first size is written twice, and the second time
counts: the first bears the loading of libraries, which stands in a line of its own.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from invented import case_of, evidence, mentions, people, timeline_of

from pipelines.rule_files import rule, rules_in
from reports.drafting import Drafting, read_drafting
from reports.learning_rules import read_learning
from reports.rapid_rules import read_rapid_rules
from reports.reports import ANONYMISED_REPORTS, RECEIPTS, WORKING_REPORTS
from reports.working import Working
from timeline.findings import find
from timeline.findings.ranking import entries_of
from timeline.safe import SafeEvent, SafeFinding, SafePerson, SafeReview, SafeText
from timeline.views import views_of
from timeline.wording.cues import cues_from


def reviews(count: int, years: int) -> tuple[Working, SafeReview]:
    """An invented review with its findings, and the same as if it were pseudonymised."""
    case, cast = case_of(years), people()
    timeline = timeline_of(count, years, cast)
    read = evidence(timeline, case, cast, mentions(timeline, cast))
    findings = find(read)
    kinds = {each.event.id: tuple(sorted(each.kinds)) for each in read.accounts}
    working = Working(case=case, timeline=timeline, findings=findings, people=cast, views=views_of(read), kinds=kinds)
    serials = {event.id: SafeText(f"E{number:04}") for number, event in enumerate(timeline.events, 1)}
    entries = entries_of(findings, count)
    safe = SafeReview(
        reference=SafeText("S-1"),
        kind="scr",
        title=SafeText("Scale"),
        period=SafeText("2012 to 2021"),
        policy=SafeText("overview-report"),
        agencies=tuple(SafeText(each.name) for each in case.agencies),
        people=tuple(SafePerson(pseudonym=SafeText(each.name), role=SafeText(each.role), kind=each.kind) for each in cast),
        events=tuple(
            SafeEvent(
                id=serials[event.id],
                agency=SafeText(event.agency),
                date=SafeText(event.when.edtf[:7]),
                text=SafeText(event.text),
                cells=tuple((cell.meaning, cell.start, cell.end) for cell in event.cells),
            )
            for event in timeline.events
        ),
        analyses=(),
        findings=tuple(
            SafeFinding(
                id=SafeText(f"F{number:04}"),
                kind=each.kind,
                events=tuple(serials[event] for event in each.events),
                agencies=tuple(map(SafeText, each.agencies)),
                period=SafeText(str(each.since)),
                certainty=each.certainty,
                rule=SafeText(each.rule),
                standard=SafeText(each.standard),
                source=SafeText(each.source),
                question=SafeText(each.question),
                entry=entries.get(each.id, 0),
            )
            for number, each in enumerate(findings, 1)
        ),
        counts={"events": count},
    )
    return working, safe


type Took = tuple[float, float]  # seconds of the processor, seconds by the wall clock


def written(working: Working, safe: SafeReview, drafting: Drafting, folder: Path) -> dict[str, Took]:
    """What each document took."""
    took = {}
    for each in WORKING_REPORTS:
        took[each.file] = seconds(lambda each=each: each.write(working, _place(folder, each.file)))
    took[RECEIPTS.folder] = seconds(lambda: RECEIPTS.write(working, _place(folder, RECEIPTS.folder)))
    for each in ANONYMISED_REPORTS:
        took[each.file] = seconds(lambda each=each: each.write(safe, drafting, _place(folder, each.file)))
    took["the whole set"] = (sum(cpu for cpu, _ in took.values()), sum(wall for _, wall in took.values()))
    return took


def _place(folder: Path, name: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def seconds(work: Callable[[], object]) -> Took:
    """How long the work takes."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def main() -> None:
    """Prints a line a document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, nargs="+", default=[120, 10_000])
    parser.add_argument("--years", type=int, default=10)
    options = parser.parse_args()
    rules = read_drafting(rule("phrases"), rule("abbreviations"), cues_from(rules_in("cues")))
    drafting = replace(rules, learning=read_learning(rule("learning")), rapid=read_rapid_rules(rule("rapid_review")))
    with TemporaryDirectory() as folder:
        columns = {}
        for number, count in enumerate(options.events):
            made = reviews(count, options.years)
            if number == 0:
                columns["first"] = written(*made, drafting, Path(folder))
            columns[f"{count:,}"] = written(*made, drafting, Path(folder))
    print(f"{'seconds: processor, wall clock':34}" + "".join(f"{name:>16}" for name in columns))
    for name in next(iter(columns.values())):
        print(f"{name:34}" + "".join(f"{column[name][0]:8.2f}{column[name][1]:8.2f}" for column in columns.values()))


if __name__ == "__main__":
    main()
