"""What each feature of the overlaps adds: the F1 of same event and discrepancy with one feature switched off, as a markdown table; and their speed.

    python benchmarks/findings.py REVIEW [REVIEW …]           each review with a gold.json
    python benchmarks/findings.py --events 5000 10000 20000   seconds for invented timelines of so many rows

Nothing is written into a review: it is read in a copy.
"""

import argparse
import itertools
import json
import random
import shutil
import time
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import score

from pipelines import steps
from pipelines.intake import intake
from pipelines.reading import extract
from pipelines.review import open_review
from pipelines.setting import set_up
from reports.records import findings_json, timeline_json
from timeline.events import Entry, cells_of
from timeline.extraction import Extraction
from timeline.findings.evidence import Evidence, evidence_from
from timeline.findings.same_event.differences import DIFFERENCES
from timeline.findings.same_event.discrepancies import discrepancies
from timeline.findings.same_event.linking import WEIGHTS, Weights
from timeline.findings.same_event.proposals import same_events
from timeline.merging import merge
from timeline.sources import SourceFile, SourceRef
from timeline.written_dates import WrittenDate, date_rows

SECRET = b"s" * 32
SAMPLE = Path(__file__).parent.parent / "data" / "samples" / "harbour"
WITHOUT: Mapping[str, Weights] = {
    "everything": WEIGHTS,
    "the day of its own date": replace(WEIGHTS, same_day=0.0),
    "a day told in the words": replace(WEIGHTS, day_told=0.0),
    "the next day, and notifications": replace(WEIGHTS, next_day=0.0, notified=0.0),
    "the time": replace(WEIGHTS, time=0.0, other_time=0.0),
    "the kind of event": replace(WEIGHTS, kind=0.0),
    "a meeting is not what led to it": replace(WEIGHTS, other_meeting=0.0),
    "people": replace(WEIGHTS, person=0.0),
    "the agency that one names": replace(WEIGHTS, agency=0.0),
    "rare words": replace(WEIGHTS, words=0.0),
    "groups hold together": replace(WEIGHTS, enough_together=0.0),
    "one agency tells once": replace(WEIGHTS, one_agency=WEIGHTS.enough_together),
}


@dataclass(frozen=True)
class Read:
    """A review as it was read, with its gold answers."""

    evidence: Evidence
    gold: dict[str, Any]
    case: dict[str, Any]
    matched: dict[str, Any]


def main() -> None:
    """Prints a table of F1s, or of seconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reviews", type=Path, nargs="*")
    parser.add_argument("--events", type=int, nargs="+", default=())
    options = parser.parse_args()
    if options.events:
        time_them(options.events)
        return
    reviews = [read(folder) for folder in options.reviews or [SAMPLE]]
    print(
        "| without | " + " | ".join(f"{name}: {what}" for name in _names(options.reviews) for what in ("same event", "discrepancy")) + " |"
    )
    print("|---" * (1 + 2 * len(reviews)) + "|")
    for name, weights in WITHOUT.items():
        row = [f"{value:.3f}" for each in reviews for value in f1s(each, each.evidence, weights)]
        print(f"| {'(nothing left out)' if weights is WEIGHTS else name} | {' | '.join(row)} |")
    row = [f"{value:.3f}" for each in reviews for value in f1s(each, replace(each.evidence, abbreviations={}), WEIGHTS)]
    print(f"| short forms written out | {' | '.join(row)} |")
    for rule in DIFFERENCES:
        rules = tuple(each for each in DIFFERENCES if each is not rule)
        row = [f"{value:.3f}" for each in reviews for value in f1s(each, each.evidence, WEIGHTS, rules)]
        print(f"| differences: {rule.__name__.replace('_', ' ')} | {' | '.join(row)} |")


def _names(reviews: list[Path]) -> list[str]:
    return [folder.name for folder in reviews or [SAMPLE]]


def read(folder: Path) -> Read:
    """The review, read and recognised in a copy."""
    with TemporaryDirectory() as room:
        copy = Path(room) / folder.name
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("output", "record", "gold.json"), symlinks=True)
        review = open_review(copy)
        setting = set_up(review)
        timeline = merge([extract(setting, each) for each in intake(review, setting.case)], SECRET)
        recognition = steps.recognise_all(setting, timeline)
    evidence = evidence_from(
        case=setting.case,
        timeline=timeline,
        cues=setting.cues,
        roles=setting.roles,
        people=recognition.people,
        mentions=recognition.mentions,
        abbreviations={short.casefold(): words for short, words in setting.drafting.abbreviations.items()},
    )
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    events = json.loads(timeline_json(setting.case, timeline))["events"]
    case = tomllib.loads((folder / "case.toml").read_text("utf-8"))
    return Read(evidence, gold, case, score.match_events(gold["events"], events))


def f1s(review: Read, evidence: Evidence, weights: Weights, rules: Any = DIFFERENCES) -> tuple[float, float]:
    """The F1 of same event and of discrepancy."""
    found = [*same_events(evidence, weights), *discrepancies(evidence, weights, rules)]
    result: dict[str, tuple[float, str]] = {}
    findings = json.loads(findings_json(tuple(found)))["findings"]
    score.flagged(result, review.gold, review.case, findings, review.matched, {event["id"]: event for event in review.gold["events"]})
    return result["same_event.f1"][0], result["discrepancy.f1"][0]


def time_them(counts: list[int]) -> None:
    """Prints a row for each number of events."""
    setting = set_up(open_review(SAMPLE))
    print("| events | evidence (s) | same event (s) | discrepancy (s) | groups | discrepancies |\n|---|---|---|---|---|---|")
    for count in counts:
        agencies = [agency.name for agency in setting.case.agencies]
        timeline = merge(list(invented(count, agencies)), SECRET)
        at = [time.process_time()]
        evidence = evidence_from(case=setting.case, timeline=timeline, cues=setting.cues, roles=setting.roles)
        at.append(time.process_time())
        same = list(same_events(evidence))
        at.append(time.process_time())
        differ = list(discrepancies(evidence))
        at.append(time.process_time())
        seconds = " | ".join(f"{later - earlier:.1f}" for earlier, later in itertools.pairwise(at))
        print(f"| {count} | {seconds} | {len(same)} | {len(differ)} |")


PHRASES = (
    *("Home visit by the social worker, children seen", "Strategy discussion by telephone, threshold met", "Bruise to the left cheek"),
    *("Bruise to the right cheek", "Call from neighbour at 9.30pm", "Core group, father attended", "Apologies from school", "DNA clinic"),
    *(
        "Ambulance called yesterday, conveyed to hospital",
        "Letter dated 03/05 received",
        "Refused a care package",
        "Agreed to a care package",
    ),
    *(
        "Police arrested the partner",
        "Weight 7.2 kg",
        "Mother tearful",
        "No reply, card left",
        "Referral sent to social care",
        "Orders and invoices",
    ),
)


def invented(count: int, agencies: list[str]) -> Iterator[Extraction]:
    """Files of so many rows over five years: four phrases each and eight words out of five thousand."""
    chance = random.Random(1)  # noqa: S311 invented rows, no secret
    words = ["".join(chance.choice("abcdefghijklmnoprstuvw") for _ in range(7)) for _ in range(5000)]
    rows: dict[str, list[tuple[str, str]]] = {agency: [] for agency in agencies}
    for _ in range(count):
        day = date(2015, 1, 1) + timedelta(days=chance.randrange(5 * 365))
        text = ". ".join((*chance.sample(PHRASES, 4), " ".join(chance.choice(words) for _ in range(8))))
        rows[chance.choice(agencies)].append((day.isoformat(), text))
    for number, (agency, own) in enumerate(rows.items(), 1):
        file = SourceFile(path=f"{number}.docx", sha256=str(number), agency=agency, label=f"{number}/1", format="docx")
        dates = date_rows([WrittenDate(text=day) for day, _ in own])
        entries = []
        for place, ((_, text), dated) in enumerate(zip(own, dates, strict=True), 1):
            whole, cells = cells_of(iter([("event", "Event", text)]))
            entries.append(Entry(when=dated.when, time=dated.time, text=whole, cells=cells, source=SourceRef(file, f"row {place}", place)))
        yield Extraction(source=file, status="read", seen=len(entries), entries=tuple(entries))


if __name__ == "__main__":
    main()
