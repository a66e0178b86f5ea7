"""What holds of a review whatever was done to a run of it: asked after every fault, by every test of one."""

import hashlib
import json
import zipfile
from collections import Counter
from pathlib import Path

from pipelines.decision_lines import read_review_decisions
from pipelines.memory import read_memory
from pipelines.outputs import FOLDERS
from pipelines.review import open_review

_CACHES = (".cache", ".reading")


def documents(review):
    """Every document that can be seen, by its path under output/, with what it holds: caches and what is being built are none."""
    output = Path(review) / "output"
    found = {}
    for name in FOLDERS:
        for path in sorted((output / name).rglob("*")):
            if path.is_file() and not set(_CACHES) & set(path.parts):
                found[str(path.relative_to(output))] = path.read_bytes()
    return found


def load(review, name):
    return json.loads((Path(review) / "output" / name).read_text("utf-8"))


def assert_holds(review):
    """Either no document can be seen yet, or one whole set: nothing half, no row lost or doubled, every draft made of the timeline beside it."""
    review = Path(review)
    if (review / "record").is_dir():
        read_memory(open_review(review).ids_file)
        read_review_decisions(open_review(review).decisions_file)
    seen = documents(review)
    if not seen:
        return
    _assert_one_set(review, seen)
    for name in seen:
        if name.endswith((".docx", ".xlsx")):
            assert zipfile.ZipFile(review / "output" / name).testzip() is None, name
    _assert_no_row_lost_or_doubled(review)
    _assert_drafts_are_of_this_timeline(review)


def _assert_one_set(review, seen):
    """Everything that can be seen was made by one run: the run that wrote down what it made, last of all."""
    secret = (review / "record" / "secret").read_bytes()
    made = load(review, "restricted/inputs.json")["made"]
    assert set(seen) == {*made, "restricted/inputs.json"}
    for name, hashed in made.items():
        data = seen[name]
        digest = hashlib.blake2b(len(data).to_bytes(8, "big") + data, key=secret, digest_size=20)
        assert digest.hexdigest() == hashed, f"{name} is of another run"


def _assert_no_row_lost_or_doubled(review):
    events = load(review, "working/timeline.json")["events"]
    places = Counter((event["source"]["file"], event["source"]["where"], event["text"]) for event in events)
    assert max(places.values(), default=1) == 1
    assert len({event["id"] for event in events}) == len(events)
    by_file = Counter(event["source"]["file"] for event in events)
    for file in load(review, "working/intake.json")["files"]:
        rows = file["rows"]
        assert rows["seen"] == rows["events"] + rows["unread"] + rows["ignored"]
        assert rows["events"] == by_file[file["file"]]
    assert sum(by_file.values()) == len(events)


def _assert_drafts_are_of_this_timeline(review):
    texts = {event["id"]: event["text"] for event in load(review, "working/timeline.json")["events"]}
    record = load(review, "restricted/replacements.json")
    anonymised = load(review, "anonymised/anonymised.json")["events"]
    assert {record["serials"][event["id"]] for event in anonymised} == set(texts)
    for event in anonymised:
        working = record["serials"][event["id"]]
        text = texts[working]
        made = [each for each in record["replacements"] if each["in"] == working]
        for each in sorted(made, key=lambda each: -each["start"]):
            text = text[: each["start"]] + each["replacement"] + text[each["end"] :]
        assert text == event["text"]
